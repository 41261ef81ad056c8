//! `cargo xtask dist`: all that a machine without containers needs, in one folder.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::error::TaskError;
use crate::process::{ProcessError, cargo, run};
use crate::project::Project;
use crate::tools::ToolError;
use crate::{page, say, tools};

/// What `cargo xtask dist` can be told.
#[derive(clap::Args, Debug)]
pub(crate) struct Options {
    /// Only the page: what a container that serves it needs
    #[arg(long)]
    web_only: bool,
}

/// What is copied as it is, and what it is called there.
const COPIED: [(&str, &str); 9] = [
    ("crates/web/Caddyfile", "Caddyfile"),
    ("traefik", "traefik"),
    ("systemd", "systemd"),
    (".env.example", "dashboard.env.example"),
    ("docs/grants.sql", "docs/grants.sql"),
    ("docs/grafana.json", "docs/grafana.json"),
    ("docs/prometheus-rules.yml", "docs/prometheus-rules.yml"),
    ("docs/OPERATIONS.md", "docs/OPERATIONS.md"),
    ("LICENSE", "LICENSE"),
];

/// Why there is no folder.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DistError {
    #[error(transparent)]
    Process(#[from] ProcessError),
    #[error(transparent)]
    Tool(#[from] ToolError),
    #[error("{path} cannot be copied: {source}", path = path.display())]
    Copy { path: PathBuf, source: io::Error },
}

/// Builds the page and the API for release and puts them, with all that serves and watches
/// them, into `target/dist`.
///
/// # Errors
/// When something does not build or cannot be copied.
pub(crate) fn run_task(project: &Project, options: &Options) -> Result<(), TaskError> {
    Ok(make(project, options)?)
}

fn make(project: &Project, options: &Options) -> Result<(), DistError> {
    let folder = project.target().join("dist");
    say::doing("Building the page");
    tools::prepare(project)?;
    page::build(project)?;
    begin_anew(&folder)?;
    put(&page::folder(project), &folder.join("web"))?;
    if !options.web_only {
        say::doing("Building the API");
        let words = [
            "build",
            "--release",
            "--locked",
            "--quiet",
            "--package",
            "api",
        ];
        run(&mut cargo(project, &words))?;
        put(
            &project.target().join("release/api"),
            &folder.join("bin/api"),
        )?;
        for (from, to) in COPIED {
            put(&project.root().join(from), &folder.join(to))?;
        }
    }
    say::doing(&format!(
        "{} is complete: docs/OPERATIONS.md says where it goes",
        folder.display()
    ));
    Ok(())
}

/// What an earlier version had and this one has not must not stay.
fn begin_anew(folder: &Path) -> Result<(), DistError> {
    match fs::remove_dir_all(folder) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => Err(DistError::Copy {
            path: folder.to_owned(),
            source,
        }),
        _ => Ok(()),
    }
}

/// Copies a file, or a folder with all that is in it.
fn put(from: &Path, to: &Path) -> Result<(), DistError> {
    let failed = |source| DistError::Copy {
        path: from.to_owned(),
        source,
    };
    if !from.is_dir() {
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder).map_err(failed)?;
        }
        fs::copy(from, to).map_err(failed)?;
        return Ok(());
    }
    for entry in fs::read_dir(from).map_err(failed)? {
        let name = entry.map_err(failed)?.file_name();
        // What a build that was broken off has left is not shipped.
        if !name.to_string_lossy().starts_with('.') {
            put(&from.join(&name), &to.join(&name))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_is_copied_is_there() {
        let project = Project::here();
        for (from, _) in COPIED {
            assert!(project.root().join(from).exists(), "{from}");
        }
    }
}
