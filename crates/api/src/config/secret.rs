//! Settings that are never shown, and may come from a file.

use std::fmt;
use std::path::Path;

use super::ConfigError;

/// A text that is never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The text, for the one place that it is meant for.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The value of a header `Authorization` with this token.
    #[must_use]
    pub fn bearer(&self) -> Secret {
        Secret(format!("Bearer {}", self.0))
    }

    /// The setting of this name, from itself or from the file that `NAME_FILE` tells; none
    /// when neither is given, or itself is empty.
    pub(super) fn given(
        name: &str,
        own: Option<Secret>,
        file: Option<&Path>,
    ) -> Result<Option<Secret>, ConfigError> {
        let Some(path) = file else {
            return Ok(own.filter(|secret| !secret.0.is_empty()));
        };
        if own.is_some() {
            let wrong = format!("set either {name} or {name}_FILE, not both");
            return Err(ConfigError(wrong));
        }
        let wrong = match std::fs::read_to_string(path) {
            Ok(text) if text.trim().is_empty() => "is empty".to_owned(),
            Ok(text) => return Ok(Some(Secret::from(text.as_str()))),
            Err(error) => format!("cannot be read: {error}"),
        };
        let path = path.display();
        Err(ConfigError(format!("{name}_FILE={path} {wrong}")))
    }

    /// As [`Secret::given`], for what goes into a header.
    pub(super) fn token(
        name: &str,
        own: Option<Secret>,
        file: Option<&Path>,
    ) -> Result<Option<Secret>, ConfigError> {
        let token = Secret::given(name, own, file)?;
        let fits = |token: &Secret| token.0.bytes().all(|byte| byte.is_ascii_graphic());
        if token.as_ref().is_some_and(|token| !fits(token)) {
            let wrong = format!("{name} must be one word of visible ASCII letters");
            return Err(ConfigError(wrong));
        }
        Ok(token)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Secret(text.trim().to_owned())
    }
}

impl std::str::FromStr for Secret {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Secret::from(text))
    }
}
