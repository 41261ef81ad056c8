//! A program with all its children: stopped together, and waited for.

use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use nix::errno::Errno;
use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;

use super::DevError;
use crate::process::{ProcessError, cannot};

/// How long a program may take to stop before it is ended.
const PATIENCE: Duration = Duration::from_secs(10);
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// A running program, the leader of a process group of its own. So Ctrl-C reaches us
/// alone, and what the program has started ends with it.
pub(super) struct Group {
    what: &'static str,
    leader: Child,
}

impl Group {
    /// Starts it.
    ///
    /// # Errors
    /// When it cannot be run.
    pub(super) fn start(what: &'static str, command: &mut Command) -> Result<Group, ProcessError> {
        let leader = command.stdin(Stdio::null()).process_group(0).spawn();
        let leader = leader.map_err(|source| cannot(command, source))?;
        Ok(Group { what, leader })
    }

    /// Sees that it still runs.
    ///
    /// # Errors
    /// When it has ended.
    pub(super) fn check(&mut self) -> Result<(), DevError> {
        match self.leader.try_wait() {
            Ok(Some(status)) => Err(DevError::Ended {
                what: self.what,
                status,
            }),
            _ => Ok(()),
        }
    }

    /// Asks all of it to stop, and does not wait.
    pub(super) fn ask_to_stop(&self) {
        // An error means that it is gone already.
        let _ = killpg(self.id(), Signal::SIGTERM);
    }

    /// Asks all of it to stop and waits until it has; ends it when it takes too long.
    pub(super) fn stop(&mut self) {
        self.ask_to_stop();
        let began = Instant::now();
        while !self.is_gone() && began.elapsed() < PATIENCE {
            std::thread::sleep(LOOK_EVERY);
        }
        if !self.is_gone() {
            let _ = killpg(self.id(), Signal::SIGKILL);
            let _ = self.leader.wait();
        }
    }

    fn is_gone(&mut self) -> bool {
        // Waited for first: a leader that nobody waits for stays in its group.
        let ended = matches!(self.leader.try_wait(), Ok(Some(_)) | Err(_));
        ended && killpg(self.id(), None) == Err(Errno::ESRCH)
    }

    fn id(&self) -> Pid {
        Pid::from_raw(i32::try_from(self.leader.id()).unwrap_or(i32::MAX))
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.stop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_program_has_started_ends_with_it() {
        let mut shell = Command::new("sh");
        shell.args(["-c", "sleep 600 & sleep 600"]);
        let mut group = Group::start("a shell", &mut shell).unwrap();
        assert!(group.check().is_ok());
        let id = group.id();
        group.stop();
        assert_eq!(killpg(id, None), Err(Errno::ESRCH));
    }

    #[test]
    fn a_program_that_ends_by_itself_is_told_of() {
        let mut group = Group::start("it", Command::new("sh").args(["-c", "exit 7"])).unwrap();
        group.leader.wait().unwrap();
        let said = group.check().unwrap_err().to_string();
        assert!(said.contains("it ended") && said.contains('7'), "{said}");
    }
}
