//! Which versions the project uses.

use super::ToolError;
use crate::project::Project;

/// The version of wasm-bindgen in Cargo.lock: the command-line tool must be of the same.
///
/// # Errors
/// When Cargo.lock cannot be read or has none.
pub(super) fn wasm_bindgen(project: &Project) -> Result<String, ToolError> {
    let lock = read(project, "Cargo.lock")?;
    locked(&lock, "wasm-bindgen").ok_or(ToolError::Version("Cargo.lock", "wasm-bindgen"))
}

/// The version of Tailwind's command-line tool that Trunk.toml asks for.
///
/// # Errors
/// When Trunk.toml cannot be read or has none.
pub(super) fn tailwind(project: &Project) -> Result<String, ToolError> {
    let config = read(project, "Trunk.toml")?;
    setting(&config, "tailwindcss").ok_or(ToolError::Version("Trunk.toml", "tailwindcss"))
}

fn read(project: &Project, name: &str) -> Result<String, ToolError> {
    let path = project.root().join(name);
    std::fs::read_to_string(&path).map_err(|source| ToolError::Read { path, source })
}

/// The version of a package in the text of a Cargo.lock.
pub(crate) fn locked(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    setting(lines.nth(1)?, "version")
}

/// The text that `name = "text"` gives, in TOML.
pub(crate) fn setting(toml: &str, name: &str) -> Option<String> {
    toml.lines().find_map(|line| {
        let (key, value) = line.split_once('=')?;
        let value = value.trim().strip_prefix('"')?.split('"').next()?;
        (key.trim() == name).then(|| value.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_that_of_the_package_of_exactly_that_name() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.1\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.129\"\n";
        assert_eq!(locked(lock, "wasm-bindgen").as_deref(), Some("0.2.129"));
        assert_eq!(locked(lock, "wasm"), None);
    }

    #[test]
    fn a_setting_is_found_by_its_whole_name() {
        let toml =
            "[tools]\n# tailwindcss\nnot_tailwindcss = \"1\"\ntailwindcss = \"4.3.3\" # the CLI\n";
        assert_eq!(setting(toml, "tailwindcss").as_deref(), Some("4.3.3"));
    }

    #[test]
    fn this_project_says_both() {
        let project = Project::here();
        assert!(wasm_bindgen(&project).is_ok());
        assert!(tailwind(&project).is_ok());
    }
}
