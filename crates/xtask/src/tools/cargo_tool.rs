//! A program that cargo installs.

use super::ToolError;
use crate::process::{cargo, command, find, output, run};
use crate::project::Project;
use crate::say;

/// A program of exactly one version.
pub(super) struct CargoTool {
    pub(super) program: &'static str,
    /// The package on crates.io that has it.
    pub(super) package: &'static str,
    pub(super) version: String,
    /// How long it takes to build, on two cores.
    pub(super) minutes: u32,
    /// Settings of the release profile that it is built with.
    pub(super) profile: &'static [&'static str],
}

impl CargoTool {
    /// Uses the one that is there if its version is right, else installs it into the
    /// target folder.
    ///
    /// # Errors
    /// When it cannot be installed.
    pub(super) fn ensure(&self, project: &Project) -> Result<(), ToolError> {
        let CargoTool {
            program,
            version,
            minutes,
            ..
        } = self;
        if find(project, program).is_some() {
            let said = output(command(project, program).arg("--version")).unwrap_or_default();
            if says(&said, version) {
                return Ok(());
            }
        }
        let what = format!(
            "Installing {program} {version} into {} (about {minutes} minutes on two cores, once)",
            project.tools().display()
        );
        say::timed(&what, || {
            run(cargo(project, &["install"]).args(self.words(project)))
        })?;
        Ok(())
    }

    /// What follows `cargo install`.
    fn words(&self, project: &Project) -> Vec<String> {
        let CargoTool {
            package, version, ..
        } = self;
        let root = project.tools().display().to_string();
        let mut words = vec!["--locked".to_owned(), format!("{package}@{version}")];
        words.extend(["--root".to_owned(), root]);
        for setting in self.profile {
            words.extend(["--config".to_owned(), format!("profile.release.{setting}")]);
        }
        words
    }
}

/// Whether what a program says about itself names this version.
pub(super) fn says(said: &str, version: &str) -> bool {
    let words = said.split_whitespace();
    words
        .map(|word| word.trim_start_matches('v'))
        .any(|word| word == version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_known_by_its_whole_word() {
        assert!(says("trunk 0.21.14\n", "0.21.14"));
        assert!(says("≈ tailwindcss v4.3.3\n\nUsage:", "4.3.3"));
        assert!(!says("trunk 0.21.14-beta.1", "0.21.14"));
        assert!(!says("", "0.21.14"));
    }

    #[test]
    fn it_is_installed_below_the_target_folder_with_its_own_profile() {
        let tool = CargoTool {
            program: "it",
            package: "it-cli",
            version: "1.2.3".to_owned(),
            minutes: 1,
            profile: &["lto=false", "opt-level=1"],
        };
        let words = tool.words(&Project::here()).join(" ");
        assert!(
            words.starts_with("--locked it-cli@1.2.3 --root "),
            "{words}"
        );
        let profile = "--config profile.release.lto=false --config profile.release.opt-level=1";
        assert!(words.ends_with(profile), "{words}");
    }
}
