//! Copies of a cluster: a backup that is put back later, and a replica that takes its place.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::Postgres;
use crate::postgres::{as_server_user, give_away, sure};
use crate::programs::{Missing, postgres_program};

impl Postgres {
    /// Makes a backup of it as it is now, while it runs; the last one is forgotten.
    ///
    /// # Errors
    /// When `pg_basebackup` is not installed.
    ///
    /// # Panics
    /// When there is no room for it.
    pub fn back_up(&self) -> Result<(), Missing> {
        let backup = self.folder.path().join("backup");
        if backup.exists() {
            sure("to forget a backup", fs::remove_dir_all(&backup));
        }
        self.copy_to(&backup, &[])
    }

    /// Stops it, puts the backup in the place of its data and starts it again.
    ///
    /// # Panics
    /// When there is no backup, or it does not start.
    pub fn put_back(&mut self) {
        self.kill();
        let data = self.folder.path().join("data");
        let backup = self.folder.path().join("backup");
        sure("to take the data away", fs::remove_dir_all(&data));
        sure("to put the backup back", fs::rename(&backup, &data));
        self.restart();
    }

    /// A replica that follows it, on a port of its own. Reads can be put to it.
    ///
    /// # Errors
    /// When `pg_basebackup` is not installed.
    ///
    /// # Panics
    /// When it does not start.
    pub fn replica(&self) -> Result<Postgres, Missing> {
        let folder = sure("a temporary folder", TempDir::with_prefix("omni2-pg-"));
        give_away(folder.path());
        self.copy_to(&folder.path().join("data"), &["--write-recovery-conf"])?;
        Ok(Postgres::of(folder, false))
    }

    /// Makes a replica a server of its own.
    ///
    /// # Panics
    /// When it does not become one.
    pub fn promote(&self) {
        let mut psql = Command::new(sure("psql", postgres_program("psql")));
        psql.args(["-q", "-X", "-A", "-t", &self.url("postgres"), "-c"])
            .arg("SELECT pg_promote()");
        let told = done("psql", psql);
        assert_eq!(told.trim(), "t", "the replica was not promoted");
    }

    fn copy_to(&self, folder: &Path, more: &[&str]) -> Result<(), Missing> {
        let mut copy = as_server_user(&postgres_program("pg_basebackup")?);
        copy.args(["-h", "127.0.0.1", "-U", "postgres", "-c", "fast", "-N"])
            .args(["-p", &self.port().to_string()])
            .args(more)
            .arg("-D")
            .arg(folder)
            .current_dir(self.folder.path());
        done("pg_basebackup", copy);
        Ok(())
    }
}

/// Runs a program to its good end; what it said.
fn done(name: &str, mut program: Command) -> String {
    let output = sure(name, program.output());
    let failed = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{name}: {failed}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}
