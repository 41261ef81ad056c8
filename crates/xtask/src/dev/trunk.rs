//! Trunk, which builds the page, serves it, and builds it again when it has changed.

use std::path::Path;

use super::DevError;
use super::group::Group;
use crate::project::Project;
use crate::{say, tools};

/// The port that Trunk.toml sends API requests to.
const USUAL_API_PORT: u16 = 8100;

/// Starts it.
///
/// # Errors
/// When it cannot be run.
pub(super) fn serve(
    project: &Project,
    release: bool,
    port: u16,
    api_port: u16,
) -> Result<Group, DevError> {
    say::doing("Building the page (some minutes the first time); Trunk serves it when it is built");
    let mut trunk = tools::trunk(project);
    if api_port != USUAL_API_PORT {
        trunk.arg("--config").arg(configure(project, api_port)?);
    }
    trunk
        .env_remove("TRUNK_SERVE_PORT")
        .args(["serve", "--port", &port.to_string()]);
    if release {
        trunk.arg("--release");
    }
    Ok(Group::start("Trunk", &mut trunk)?)
}

/// Writes a Trunk.toml that sends API requests elsewhere: a flag of Trunk can only add a
/// second proxy to the one of the file.
fn configure(project: &Project, api_port: u16) -> Result<std::path::PathBuf, DevError> {
    let original = project.root().join("Trunk.toml");
    let folder = project.target().join("xtask");
    let copy = folder.join("Trunk.toml");
    let file = |path: &Path| {
        let path = path.to_owned();
        move |source| DevError::File { path, source }
    };
    let text = std::fs::read_to_string(&original).map_err(file(&original))?;
    std::fs::create_dir_all(&folder).map_err(file(&folder))?;
    std::fs::write(&copy, elsewhere(&text, project.root(), api_port)).map_err(file(&copy))?;
    Ok(copy)
}

/// The same settings for another port, with paths that hold in any folder.
fn elsewhere(text: &str, root: &Path, api_port: u16) -> String {
    let usual = format!("\"http://127.0.0.1:{USUAL_API_PORT}/");
    let mut text = text.replace(&usual, &format!("\"http://127.0.0.1:{api_port}/"));
    for folder in ["crates", "target"] {
        let absolute = format!("\"{}/", root.join(folder).display());
        text = text.replace(&format!("\"{folder}/"), &absolute);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_projects_own_settings_can_be_sent_to_another_port() {
        let project = Project::here();
        let text = std::fs::read_to_string(project.root().join("Trunk.toml")).unwrap();
        let other = elsewhere(&text, Path::new("/elsewhere"), 8123);
        assert!(
            other.contains("backend = \"http://127.0.0.1:8123/api/\""),
            "{other}"
        );
        assert!(
            other.contains("target = \"/elsewhere/crates/web/index.html\""),
            "{other}"
        );
        assert!(
            !other.contains("\"crates/") && !other.contains("\"target/"),
            "{other}"
        );
    }
}
