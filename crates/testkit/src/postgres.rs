//! A throw-away PostgreSQL cluster.

use std::fs::File;
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use nix::sys::signal::{Signal, kill};
use nix::unistd::{Pid, User, geteuid};
use tempfile::TempDir;

use crate::port::free_port;
use crate::programs::{Missing, postgres_program};
use crate::wait::until;

/// A cluster of its own: can be stopped, killed and started again.
pub struct Postgres {
    pub(crate) folder: TempDir,
    port: u16,
    server: Option<Child>,
    tls: bool,
}

impl Postgres {
    /// Makes a cluster and starts it.
    ///
    /// # Errors
    /// When PostgreSQL is not installed.
    ///
    /// # Panics
    /// When it does not start.
    pub fn start() -> Result<Postgres, Missing> {
        Postgres::make(false)
    }

    /// As [`Postgres::start`], speaking TLS with a certificate that it signed itself.
    ///
    /// # Errors
    /// When PostgreSQL is not installed.
    ///
    /// # Panics
    /// When it does not start.
    pub fn start_with_tls() -> Result<Postgres, Missing> {
        Postgres::make(true)
    }

    fn make(tls: bool) -> Result<Postgres, Missing> {
        let initdb = postgres_program("initdb")?;
        let folder = sure("a temporary folder", TempDir::with_prefix("omni2-pg-"));
        give_away(folder.path());
        let made = as_postgres(&initdb)
            .args([
                "-U",
                "postgres",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
                "-N",
                "-D",
            ])
            .arg(folder.path().join("data"))
            .current_dir(folder.path())
            .output();
        let made = sure("initdb", made);
        assert!(
            made.status.success(),
            "initdb: {}",
            String::from_utf8_lossy(&made.stderr)
        );
        if tls {
            write_certificate(&folder.path().join("data"));
        }
        Ok(Postgres::of(folder, tls))
    }

    /// Starts the cluster whose data lie in this folder.
    pub(crate) fn of(folder: TempDir, tls: bool) -> Postgres {
        let mut cluster = Postgres {
            folder,
            port: free_port(),
            server: None,
            tls,
        };
        cluster.restart();
        cluster
    }

    /// Starts the same cluster again, on the same port, and waits until it answers.
    ///
    /// # Panics
    /// When it does not.
    pub fn restart(&mut self) {
        self.stop();
        self.server = Some(self.spawn());
        let is_ready = sure("pg_isready", postgres_program("pg_isready"));
        let port = self.port.to_string();
        until("PostgreSQL to answer", || {
            let over = self.server.as_mut().map(Child::try_wait);
            if !matches!(over, Some(Ok(None))) {
                // Processes of one that was killed may hold its memory for a moment.
                self.server = Some(self.spawn());
            }
            let asked = Command::new(&is_ready)
                .args(["-q", "-h", "127.0.0.1", "-p", &port])
                .status();
            asked.is_ok_and(|status| status.success()).then_some(())
        });
    }

    fn spawn(&self) -> Child {
        let log = sure("a log", File::create(self.folder.path().join("log")));
        let server = as_postgres(&sure("postgres", postgres_program("postgres")))
            .arg("-D")
            .arg(self.folder.path().join("data"))
            .args(["-p", &self.port.to_string(), "-k"])
            .arg(self.folder.path())
            .args(["-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"])
            .args(["-c", "max_connections=300", "-c", "full_page_writes=off"])
            .args(["-c", if self.tls { "ssl=on" } else { "ssl=off" }])
            .current_dir(self.folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn();
        sure("postgres", server)
    }

    /// Ends it as an operator would (fast shutdown), and waits until it is gone.
    pub fn stop(&mut self) {
        self.end(Signal::SIGINT);
    }

    /// Ends it as a power cut would.
    pub fn kill(&mut self) {
        self.end(Signal::SIGKILL);
    }

    fn end(&mut self, signal: Signal) {
        if let Some(mut server) = self.server.take() {
            // An error means that it is gone already.
            let _ = kill(pid(&server), signal);
            let _ = server.wait();
        }
    }

    /// Ends the server when this process does, however it does: nothing drops what is
    /// static. A shell reads from us, and reads the end when we are gone.
    fn end_with_us(&self) -> Child {
        let script = "trap '' INT TERM; read -r _; kill -QUIT \"$0\" 2>/dev/null; n=0; \
                      while kill -0 \"$0\" 2>/dev/null && [ $n -lt 100 ]; \
                      do n=$((n + 1)); sleep 0.05; done; rm -rf -- \"$1\"";
        let watch = Command::new("sh")
            .args(["-c", script])
            .arg(self.server.as_ref().map_or(0, Child::id).to_string())
            .arg(self.folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        sure("a shell", watch)
    }

    /// Its port on the loopback.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The address of one of its databases.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://postgres@127.0.0.1:{}/{database}", self.port)
    }

    /// A new, empty database; its address.
    ///
    /// # Panics
    /// When it cannot be made.
    pub fn create_database(&self) -> String {
        create_database(&self.url("postgres"))
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        self.end(Signal::SIGQUIT);
    }
}

/// A new, empty database on the server of this address; its own address.
///
/// # Panics
/// When it cannot be made.
pub fn create_database(server: &str) -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let name = format!(
        "test_{}_{}",
        std::process::id(),
        COUNT.fetch_add(1, Ordering::Relaxed)
    );
    let made = Command::new(sure("psql", postgres_program("psql")))
        .args(["-q", "-X", "-v", "ON_ERROR_STOP=1", server, "-c"])
        .arg(format!("CREATE DATABASE {name}"))
        .output();
    let made = sure("psql", made);
    assert!(
        made.status.success(),
        "{}",
        String::from_utf8_lossy(&made.stderr)
    );
    match server.rsplit_once('/') {
        Some((server, _)) => format!("{server}/{name}"),
        None => format!("{server}/{name}"),
    }
}

/// The address of a server where tests may make databases: the one that
/// `OMNI2_TEST_POSTGRES` names, else one of this process's own, for as long as it runs.
///
/// # Errors
/// When there is none and PostgreSQL is not installed.
///
/// # Panics
/// When it is installed and does not start.
pub fn shared_postgres() -> Result<String, Missing> {
    static OWN: OnceLock<Result<(Postgres, Child), String>> = OnceLock::new();
    if let Ok(url) = std::env::var("OMNI2_TEST_POSTGRES") {
        return Ok(url);
    }
    let own = OWN.get_or_init(|| match Postgres::start() {
        Ok(cluster) => {
            let watch = cluster.end_with_us();
            Ok((cluster, watch))
        }
        Err(missing) => Err(missing.program),
    });
    match own {
        Ok((cluster, _)) => Ok(cluster.url("postgres")),
        Err(program) => Err(Missing {
            program: program.clone(),
            package: "postgresql",
        }),
    }
}

/// The server refuses to run as root; then Debian's user `postgres` runs it.
fn as_postgres(program: &Path) -> Command {
    let mut command = Command::new(program);
    if let Some(user) = server_user() {
        command.uid(user.uid.as_raw()).gid(user.gid.as_raw());
    }
    command
}

fn server_user() -> Option<User> {
    geteuid()
        .is_root()
        .then(|| User::from_name("postgres").ok().flatten())?
}

pub(crate) fn give_away(path: &Path) {
    if let Some(user) = server_user() {
        let (uid, gid) = (user.uid.as_raw(), user.gid.as_raw());
        sure("to give a file away", chown(path, Some(uid), Some(gid)));
    }
}

pub(crate) fn as_server_user(program: &Path) -> Command {
    as_postgres(program)
}

fn write_certificate(data: &Path) {
    let names = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
    let made = sure("a certificate", rcgen::generate_simple_self_signed(names));
    for (name, text) in [
        ("server.crt", made.cert.pem()),
        ("server.key", made.signing_key.serialize_pem()),
    ] {
        let path: PathBuf = data.join(name);
        sure("a certificate", std::fs::write(&path, text));
        let owner_only = std::fs::Permissions::from_mode(0o600);
        sure("a certificate", std::fs::set_permissions(&path, owner_only));
        give_away(&path);
    }
}

pub(crate) fn pid(child: &Child) -> Pid {
    Pid::from_raw(i32::try_from(child.id()).unwrap_or(i32::MAX))
}

/// What a test cannot go on without.
pub(crate) fn sure<T, E: std::fmt::Display>(what: &str, result: Result<T, E>) -> T {
    match result {
        Ok(value) => value,
        Err(error) => panic!("{what}: {error}"),
    }
}
