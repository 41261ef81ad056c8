//! The API while it is worked on: built, started, and started anew when it has changed.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use super::DevError;
use super::group::Group;
use crate::process::{ProcessError, cargo, command, run};
use crate::project::Project;
use crate::say;

/// How long it may take from its start until it serves.
const SERVES_WITHIN: Duration = Duration::from_mins(1);
const LOOK_EVERY: Duration = Duration::from_millis(50);
const WHAT: &str = "the API";

/// How the API is built and started.
pub(super) struct Api<'a> {
    project: &'a Project,
    release: bool,
    port: u16,
    settings: Vec<(String, String)>,
}

impl<'a> Api<'a> {
    /// `env` gives way to what the environment says.
    pub(super) fn new(
        project: &'a Project,
        release: bool,
        port: u16,
        env: Vec<(String, String)>,
        database_url: Option<String>,
    ) -> Api<'a> {
        let unset = |(name, _): &(String, String)| std::env::var_os(name).is_none();
        let mut settings: Vec<_> = env.into_iter().filter(unset).collect();
        if let Some(url) = database_url {
            settings.retain(|(name, _)| !name.starts_with("DATABASE_URL"));
            settings.push(("DATABASE_URL".to_owned(), url));
        }
        settings.retain(|(name, _)| name != "API_PORT" && name != "API_HOST");
        settings.push(("API_PORT".to_owned(), port.to_string()));
        settings.push(("API_HOST".to_owned(), Ipv4Addr::LOCALHOST.to_string()));
        Api {
            project,
            release,
            port,
            settings,
        }
    }

    /// Builds it.
    ///
    /// # Errors
    /// When it does not build.
    pub(super) fn build(&self) -> Result<(), ProcessError> {
        let mut build = cargo(self.project, &["build", "--package", "api"]);
        if self.release {
            build.arg("--release");
        }
        say::timed(
            "Building the API (minutes the first time, then seconds)",
            || run(&mut build),
        )
    }

    /// Starts it and waits until it serves; none when told to stop meanwhile.
    ///
    /// # Errors
    /// When it ends or does not serve in time.
    pub(super) fn start(&self, stop: &Receiver<()>) -> Result<Option<Group>, DevError> {
        let profile = if self.release { "release" } else { "debug" };
        let binary = self.project.target().join(profile).join("api");
        let mut api = command(self.project, binary);
        api.envs(self.settings.iter().map(|(name, value)| (name, value)));
        if self.settings.iter().any(|(name, _)| name == "DATABASE_URL") {
            // The API takes one of the two, and the flag was given.
            api.env_remove("DATABASE_URL_FILE");
        }
        let mut running = Group::start(WHAT, &mut api)?;
        let began = Instant::now();
        while !serves(self.port) {
            running.check()?;
            if began.elapsed() > SERVES_WITHIN {
                return Err(DevError::NotServing(SERVES_WITHIN));
            }
            match stop.recv_timeout(LOOK_EVERY) {
                Err(RecvTimeoutError::Timeout) => {}
                Ok(()) | Err(RecvTimeoutError::Disconnected) => return Ok(None),
            }
        }
        say::doing(&format!(
            "The API serves at http://127.0.0.1:{}/api/docs",
            self.port
        ));
        Ok(Some(running))
    }

    /// Builds it again and puts the new one in the place of `running`, which goes on
    /// serving when the build fails. False when told to stop meanwhile.
    ///
    /// # Errors
    /// When the new one ends or does not serve.
    pub(super) fn renew(&self, running: &mut Group, stop: &Receiver<()>) -> Result<bool, DevError> {
        say::doing("The API's sources have changed");
        if let Err(error) = self.build() {
            say::doing(&format!("{error}; the API as it was goes on serving"));
            return Ok(true);
        }
        running.stop();
        Ok(match self.start(stop)? {
            Some(new) => {
                *running = new;
                true
            }
            None => false,
        })
    }
}

/// Whether it answers that it is well.
fn serves(port: u16) -> bool {
    ask(port).is_ok_and(|answer| answer.starts_with("HTTP/1.1 200"))
}

fn ask(port: u16) -> std::io::Result<String> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(1))?;
    stream.set_read_timeout(Some(Duration::from_secs(1)))?;
    stream.write_all(b"GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(env: &[(&str, &str)], url: Option<&str>) -> Vec<(String, String)> {
        let env = env
            .iter()
            .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
            .collect();
        Api::new(&Project::here(), false, 8123, env, url.map(str::to_owned)).settings
    }

    #[test]
    fn flags_come_before_the_file() {
        let file = [
            ("API_PORT", "1"),
            ("DATABASE_URL_FILE", "x"),
            ("HUB_TZ", "UTC"),
        ];
        let said = settings(&file, Some("sqlite://here.db"));
        let has = |name: &str, value: &str| said.contains(&(name.to_owned(), value.to_owned()));
        assert!(has("API_PORT", "8123") && has("HUB_TZ", "UTC"));
        assert!(has("DATABASE_URL", "sqlite://here.db"));
        assert!(!said.iter().any(|(name, _)| name == "DATABASE_URL_FILE"));
    }

    #[test]
    fn only_a_good_answer_counts_as_serving() {
        let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = std::thread::spawn(move || {
            for answer in ["HTTP/1.1 503 No\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n"] {
                let (mut stream, _) = listener.accept().unwrap();
                let mut asked = [0; 1024];
                let _ = stream.read(&mut asked).unwrap();
                stream.write_all(answer.as_bytes()).unwrap();
            }
        });
        assert!(!serves(port));
        assert!(serves(port));
        server.join().unwrap();
        assert!(!serves(port), "nothing listens any more");
    }
}
