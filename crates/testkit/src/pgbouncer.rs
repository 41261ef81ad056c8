//! PgBouncer in transaction mode, as many hubs have it in front of their database.

use std::net::TcpStream;
use std::process::{Child, Stdio};

use nix::sys::signal::{Signal, kill};
use tempfile::TempDir;

use crate::Postgres;
use crate::port::free_port;
use crate::postgres::{as_server_user, give_away, pid, sure};
use crate::programs::{Missing, find};
use crate::wait::until;

/// A pooler in front of a cluster.
pub struct Pgbouncer {
    _folder: TempDir,
    port: u16,
    server: Child,
}

impl Pgbouncer {
    /// Starts one. Two server connections for all clients: a session's state does not
    /// survive its transaction.
    ///
    /// # Errors
    /// When PgBouncer is not installed.
    ///
    /// # Panics
    /// When it does not start.
    pub fn start(cluster: &Postgres) -> Result<Pgbouncer, Missing> {
        let program = find("pgbouncer", "pgbouncer")?;
        let folder = sure("a temporary folder", TempDir::with_prefix("omni2-bouncer-"));
        let port = free_port();
        let config = folder.path().join("pgbouncer.ini");
        let text = format!(
            "[databases]\n* = host=127.0.0.1 port={}\n[pgbouncer]\nlisten_addr = 127.0.0.1\n\
             listen_port = {port}\nunix_socket_dir =\nauth_type = any\npool_mode = transaction\n\
             default_pool_size = 2\nmax_client_conn = 100\n",
            cluster.port()
        );
        // With `auth_type = any` the server's user is the one named here.
        let text = text.replace("port=", "user=postgres port=");
        sure("a configuration", std::fs::write(&config, text));
        give_away(folder.path());
        give_away(&config);
        let server = as_server_user(&program)
            .arg("-q")
            .arg(&config)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        let server = sure("pgbouncer", server);
        until("PgBouncer to listen", || {
            TcpStream::connect(("127.0.0.1", port)).ok()
        });
        Ok(Pgbouncer {
            _folder: folder,
            port,
            server,
        })
    }

    /// The address of a database through the pooler, given its own.
    pub fn url(&self, direct: &str) -> String {
        let database = direct.rsplit('/').next().unwrap_or_default();
        format!("postgres://postgres@127.0.0.1:{}/{database}", self.port)
    }
}

impl Drop for Pgbouncer {
    fn drop(&mut self) {
        let _ = kill(pid(&self.server), Signal::SIGTERM);
        let _ = self.server.wait();
    }
}
