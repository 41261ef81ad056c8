//! The real API, as a process.

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::time::Instant;

use nix::sys::signal::{Signal, kill};
use tempfile::TempDir;

use crate::postgres::{pid, sure};
use crate::programs::{Missing, find};
use crate::wait::DEADLINE;

/// The API's binary, running.
pub struct ApiProcess {
    child: Child,
    /// What it keeps, unless the settings say where.
    _state: TempDir,
    address: String,
    log: Arc<Mutex<String>>,
    unheard: Arc<AtomicBool>,
}

impl ApiProcess {
    /// Starts it on a free port with these settings, and waits until it serves.
    ///
    /// # Panics
    /// When it does not start.
    pub fn start(settings: &[(&str, &str)]) -> ApiProcess {
        ApiProcess::run(Command::new(binary()), settings)
    }

    /// As [`ApiProcess::start`], on a disk with no room for files larger than this: what it
    /// writes beyond fails, with the system's own error.
    ///
    /// # Errors
    /// When `prlimit` is not installed.
    ///
    /// # Panics
    /// When it does not start.
    pub fn start_with_room(bytes: u64, settings: &[(&str, &str)]) -> Result<ApiProcess, Missing> {
        let mut shell = Command::new(find("prlimit", "util-linux")?);
        // The signal that comes with the error would end the process: a full disk sends none.
        shell
            .arg(format!("--fsize={bytes}:unlimited"))
            .args(["sh", "-c", "trap '' XFSZ; exec \"$0\""])
            .arg(binary());
        Ok(ApiProcess::run(shell, settings))
    }

    /// Makes room for files of any size, as somebody does who tidies up.
    ///
    /// # Panics
    /// When the system does not let us.
    pub fn make_room(&self) {
        let prlimit = sure("prlimit", find("prlimit", "util-linux"));
        limit(prlimit, "--fsize=unlimited", self.id());
    }

    fn run(mut command: Command, settings: &[(&str, &str)]) -> ApiProcess {
        let state = sure("a temporary folder", TempDir::with_prefix("omni2-state-"));
        let child = command
            .env_remove("DATABASE_URL")
            .env("STATE_DIR", state.path())
            .env("API_PORT", "0")
            .env("LOG_FORMAT", "json")
            .env("NO_COLOR", "1")
            .envs(settings.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn();
        let mut child = sure(
            "the API's binary (build it with `cargo build -p api`)",
            child,
        );
        let (sender, lines) = mpsc::channel();
        let log = Arc::new(Mutex::new(String::new()));
        let unheard = Arc::new(AtomicBool::new(false));
        if let Some(written) = child.stderr.take() {
            let (log, unheard) = (Arc::clone(&log), Arc::clone(&unheard));
            // Reads on after the address, so that the process never waits for its log.
            std::thread::spawn(move || {
                for line in BufReader::new(written).lines().map_while(Result::ok) {
                    let mut log = log.lock().unwrap_or_else(PoisonError::into_inner);
                    log.push_str(&line);
                    log.push('\n');
                    let _ = sender.send(line);
                    if unheard.load(Ordering::Relaxed) {
                        break;
                    }
                }
            });
        }
        let began = Instant::now();
        let mut said = String::new();
        loop {
            let left = DEADLINE.saturating_sub(began.elapsed());
            let Ok(line) = lines.recv_timeout(left) else {
                let _ = child.kill();
                let _ = child.wait();
                panic!("the API did not start:\n{said}");
            };
            if let Some(address) = address_in(&line) {
                return ApiProcess {
                    child,
                    _state: state,
                    address,
                    log,
                    unheard,
                };
            }
            said.push_str(&line);
            said.push('\n');
        }
    }

    /// `http://127.0.0.1:port`
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Bytes of memory that it holds.
    ///
    /// # Panics
    /// Where the system does not tell.
    pub fn resident(&self) -> u64 {
        self.status("VmRSS:")
    }

    /// The most bytes of memory that it has held so far.
    ///
    /// # Panics
    /// Where the system does not tell.
    pub fn most_resident(&self) -> u64 {
        self.status("VmHWM:")
    }

    fn status(&self, name: &str) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.id()));
        let status = sure("its status", status);
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
        kilobytes.unwrap_or(u64::MAX / 1024) * 1024
    }

    /// Files and connections that it holds open.
    ///
    /// # Panics
    /// Where the system does not tell.
    pub fn open_files(&self) -> usize {
        let open = std::fs::read_dir(format!("/proc/{}/fd", self.id()));
        sure("its files", open).count()
    }

    /// Reads one more line of its log and then no more, as somebody does who goes away: what it
    /// writes after that fails.
    pub fn leave_unheard(&self) {
        self.unheard.store(true, Ordering::Relaxed);
    }

    /// Ends it as a power cut would, and waits until it is gone.
    pub fn kill(self) {
        drop(self);
    }

    /// All that it has logged so far.
    pub fn logged(&self) -> String {
        let log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        log.clone()
    }

    /// Asks it to stop and waits until it has; whether it left without an error.
    pub fn stop(mut self) -> bool {
        let _ = kill(pid(&self.child), Signal::SIGTERM);
        self.child.wait().is_ok_and(|status| status.success())
    }
}

impl Drop for ApiProcess {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Limits a process that runs anew.
fn limit(prlimit: PathBuf, what: &str, id: u32) {
    let done = Command::new(prlimit)
        .args([what, "--pid", &id.to_string()])
        .status();
    assert!(sure("prlimit", done).success(), "{what} was not allowed");
}

/// What the API's own `--hash-password` makes of a password.
///
/// # Panics
/// When it makes nothing of it.
pub fn hash_of(password: &str) -> String {
    let child = Command::new(binary())
        .arg("--hash-password")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let mut child = sure("the API's binary", child);
    if let Some(mut input) = child.stdin.take() {
        sure("a password", writeln!(input, "{password}"));
    }
    let output = sure("a hash", child.wait_with_output());
    assert!(output.status.success(), "no hash was made");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// What `OMNI2_API_BIN` names, else what this build made, beside the test's own binary.
fn binary() -> PathBuf {
    if let Some(told) = std::env::var_os("OMNI2_API_BIN") {
        return PathBuf::from(told);
    }
    let own = sure("this test's own path", std::env::current_exe());
    let folder = own
        .parent()
        .and_then(|deps| deps.parent())
        .map(PathBuf::from);
    folder.unwrap_or_default().join("api")
}

/// The address in the line of the log that tells it, whatever its format; without colours.
fn address_in(line: &str) -> Option<String> {
    let quoted = line.split_once("\"address\":\"");
    let (_, rest) = quoted.or_else(|| line.split_once("serves address="))?;
    let end = rest.find(|letter: char| letter == '"' || letter.is_whitespace());
    rest.get(..end.unwrap_or(rest.len())).map(str::to_owned)
}
