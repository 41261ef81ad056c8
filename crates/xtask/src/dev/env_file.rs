//! Settings from a file `.env`, as docker compose reads it too.

use std::path::Path;

use super::DevError;

/// The file's settings; none without a file.
///
/// # Errors
/// When it is there and cannot be read.
pub(super) fn read(path: &Path) -> Result<Vec<(String, String)>, DevError> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(settings(&text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(source) => Err(DevError::File {
            path: path.to_owned(),
            source,
        }),
    }
}

fn settings(text: &str) -> Vec<(String, String)> {
    let lines = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.starts_with('#'));
    let pairs = lines.filter_map(|line| line.split_once('='));
    pairs
        .map(|(name, value)| (name.trim().to_owned(), unquoted(value.trim()).to_owned()))
        .collect()
}

fn unquoted(value: &str) -> &str {
    let within = |mark: char| value.strip_prefix(mark)?.strip_suffix(mark);
    within('"').or_else(|| within('\'')).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_settings_and_comments_are_not() {
        let text =
            "# HUB_TZ=UTC\n\n HUB_TZ = Europe/Berlin \nRUST_LOG='api=debug'\nEMPTY=\nnothing\n";
        let expected = [
            ("HUB_TZ", "Europe/Berlin"),
            ("RUST_LOG", "api=debug"),
            ("EMPTY", ""),
        ];
        let expected: Vec<_> = expected.map(|(a, b)| (a.to_owned(), b.to_owned())).into();
        assert_eq!(settings(text), expected);
    }
}
