//! One PostgreSQL for all test programs.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use std::os::unix::process::CommandExt;

use crate::process::{ProcessError, cannot};

/// A throw-away server, run by an example of testkit for as long as its standard input
/// stays open: it ends when this is dropped, and also when this process is killed.
pub(crate) struct Cluster {
    server: Child,
    url: String,
}

impl Cluster {
    /// Starts it; none, with the reason printed, when PostgreSQL is not installed.
    ///
    /// # Errors
    /// When the example cannot be run.
    pub(crate) fn start(example: &mut Command) -> Result<Option<Cluster>, ProcessError> {
        // A group of its own: Ctrl-C would end it before it has cleaned up.
        example
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .process_group(0);
        let mut server = example.spawn().map_err(|source| cannot(example, source))?;
        let mut url = String::new();
        if let Some(output) = server.stdout.take() {
            // At the end of output there is no address: it has said why.
            let _ = BufReader::new(output).read_line(&mut url);
        }
        let url = url.trim().to_owned();
        if url.is_empty() {
            let _ = server.wait();
            return Ok(None);
        }
        Ok(Some(Cluster { server, url }))
    }

    /// Its address.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.server.stdin.take());
        let _ = self.server.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_lasts_until_it_is_dropped() {
        let mut example = Command::new("sh");
        example.args(["-c", "echo postgres://there; cat > /dev/null"]);
        let cluster = Cluster::start(&mut example).unwrap().unwrap();
        assert_eq!(cluster.url(), "postgres://there");
        drop(cluster);
    }

    #[test]
    fn without_an_address_there_is_none() {
        let mut example = Command::new("sh");
        example.args(["-c", "exit 1"]);
        assert!(Cluster::start(&mut example).unwrap().is_none());
    }
}
