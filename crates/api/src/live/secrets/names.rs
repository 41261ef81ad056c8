//! Names that secrets stand under.

/// The longest text that is taken for a name.
const LONGEST: usize = 64;

/// Names are secret that have one of these in them, whatever the case, with or without
/// `-`, `_` and the like.
const INSIDE: [&str; 13] = [
    "password",
    "passwd",
    "passphrase",
    "passcode",
    "pwd",
    "secret",
    "token",
    "key",
    "authorization",
    "cookie",
    "credential",
    "connectionstring",
    "sessionid",
];

/// And those that are one of these.
const WHOLE: [&str; 10] = [
    "auth",
    "bearer",
    "databaseurl",
    "dsn",
    "jwt",
    "otp",
    "pass",
    "pin",
    "session",
    "signature",
];

/// Whether a value under this name is a secret.
pub(super) fn is_secret(name: &str) -> bool {
    let name: String = name
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    WHOLE.contains(&name.as_str()) || INSIDE.iter().any(|part| name.contains(part))
}

/// Whether this text is the name of a secret, as in `["--password", "..."]`.
pub(super) fn names_secret(text: &str) -> bool {
    let is_name = text.len() <= LONGEST && !text.contains([' ', '\t', '\n', '=', ':']);
    is_name && is_secret(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_however_they_are_written() {
        for name in [
            "password",
            "DB_PASSWORD",
            "userPassword",
            "api_key",
            "API-Key",
            "apikey",
            "x-api-key",
            "privateKey",
            "access_token",
            "refreshToken",
            "client.secret",
            "Authorization",
            "Proxy-Authorization",
            "Set-Cookie",
            "aws_credentials",
            "auth",
            "PASS",
        ] {
            assert!(is_secret(name), "{name}");
        }
        for name in [
            "query",
            "author",
            "path",
            "passenger",
            "path_to",
            "owner",
            "",
        ] {
            assert!(!is_secret(name), "{name}");
        }
    }
}
