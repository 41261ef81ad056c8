//! A program that works while other steps wait.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::process::{ProcessError, cannot, content};

/// A program under way: it has what others leave of the processors, and ends when this is dropped.
pub(super) struct Beside {
    command: Command,
    child: Child,
    log: PathBuf,
}

impl Beside {
    /// Starts it; what it prints is kept in this file.
    ///
    /// # Errors
    /// When it cannot be run, or the file not be written.
    pub(super) fn start(program: &Command, log: &Path) -> Result<Beside, ProcessError> {
        let mut command = unhurried(program);
        let (output, errors) = File::create(log)
            .and_then(|output| Ok((output.try_clone()?, output)))
            .map_err(|source| cannot(&command, source))?;
        command.stdin(Stdio::null()).stdout(output).stderr(errors);
        let child = command.spawn().map_err(|source| cannot(&command, source))?;
        let log = log.to_owned();
        Ok(Beside {
            command,
            child,
            log,
        })
    }

    /// Waits for it; what it has printed is seen now.
    ///
    /// # Errors
    /// When it is not content.
    pub(super) fn finish(mut self) -> Result<(), ProcessError> {
        let status = self.child.wait();
        let printed = std::fs::read(&self.log).unwrap_or_default();
        print!("{}", String::from_utf8_lossy(&printed));
        let status = status.map_err(|source| cannot(&self.command, source))?;
        content(&self.command, status)
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        // Errors mean that it has ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The same program, giving way to others.
fn unhurried(program: &Command) -> Command {
    let mut command = Command::new("nice");
    command
        .args(["-n", "19"])
        .arg(program.get_program())
        .args(program.get_args());
    if let Some(folder) = program.get_current_dir() {
        command.current_dir(folder);
    }
    for (name, value) in program.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begun(script: &str) -> (tempfile::TempDir, Beside) {
        let folder = tempfile::tempdir().unwrap();
        let mut shell = Command::new("sh");
        shell
            .args(["-c", script])
            .env("WHAT", "it")
            .current_dir("/");
        let beside = Beside::start(&shell, &folder.path().join("log")).unwrap();
        (folder, beside)
    }

    #[test]
    fn what_it_prints_is_kept_and_it_gives_way() {
        let (folder, mut beside) = begun("echo $WHAT; pwd; nice; echo late >&2");
        beside.child.wait().unwrap();
        let printed = std::fs::read_to_string(folder.path().join("log")).unwrap();
        assert_eq!(printed, "it\n/\n19\nlate\n");
        assert!(beside.finish().is_ok());
    }

    #[test]
    fn a_failure_is_told_when_it_is_waited_for() {
        let (_folder, beside) = begun("exit 3");
        let error = beside.finish().unwrap_err().to_string();
        assert!(error.contains("exit 3 failed"), "{error}");
    }

    #[test]
    fn it_ends_when_nobody_waits_for_it_any_more() {
        let (_folder, beside) = begun("exec sleep 600");
        let id = nix::unistd::Pid::from_raw(i32::try_from(beside.child.id()).unwrap());
        drop(beside);
        assert!(nix::sys::signal::kill(id, None).is_err());
    }
}
