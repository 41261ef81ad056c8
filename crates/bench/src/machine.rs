//! What it was measured on.

use std::process::Command;

use serde::Serialize;

/// A machine and its programs.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Machine {
    processor: String,
    cores: usize,
    /// GB, of 10^9 bytes.
    memory: f64,
    system: String,
    chromium: String,
    rustc: String,
}

impl Machine {
    /// This one, with the browser of this version.
    pub(crate) fn this(chromium: String) -> Machine {
        let first = |file: &str, name: &str| {
            let text = std::fs::read_to_string(file).unwrap_or_default();
            field(&text, name).unwrap_or_else(|| "unknown".to_owned())
        };
        let kilobytes = first("/proc/meminfo", "MemTotal");
        let kilobytes = kilobytes.trim_end_matches(" kB").parse::<f64>();
        let rustc = Command::new("rustc").arg("--version").output();
        let rustc = rustc.map(|said| String::from_utf8_lossy(&said.stdout).trim().to_owned());
        Machine {
            processor: first("/proc/cpuinfo", "model name"),
            cores: std::thread::available_parallelism().map_or(0, usize::from),
            memory: (kilobytes.unwrap_or(0.0) * 1.024e-5).round() / 10.0,
            system: first("/etc/os-release", "PRETTY_NAME"),
            chromium,
            rustc: rustc.unwrap_or_default(),
        }
    }
}

impl std::fmt::Display for Machine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Machine {
            processor,
            cores,
            memory,
            system,
            chromium,
            rustc,
        } = self;
        write!(
            f,
            "{processor}, {cores} cores, {memory} GB; {system}; {chromium}; {rustc}"
        )
    }
}

/// The value in the first line that begins with this name, after `:` or `=`.
fn field(text: &str, name: &str) -> Option<String> {
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    let value = line.trim_start().trim_start_matches([':', '=']).trim();
    Some(value.trim_matches('"').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_from_each_of_the_systems_files() {
        assert_eq!(
            field("cpu\t: 0\nmodel name\t: A B\n", "model name").unwrap(),
            "A B"
        );
        assert_eq!(
            field("PRETTY_NAME=\"Debian 12\"\n", "PRETTY_NAME").unwrap(),
            "Debian 12"
        );
        assert_eq!(field("MemTotal:  12 kB", "MemTotal").unwrap(), "12 kB");
        assert_eq!(field("", "MemTotal"), None);
    }
}
