//! What is shown to be let in: a name and a password, or a token.

use actix_web::http::header::{AUTHORIZATION, HeaderMap};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use shared_types::{Credentials, SignIn};

/// The longest name, in characters.
const LONGEST_NAME: usize = 64;
/// The longest password or token, in bytes.
const LONGEST_SECRET: usize = 1024;

/// What is shown. Has no `Debug`: nothing of it may get into the log.
pub enum Shown {
    /// A name and its password.
    Password {
        /// The name.
        name: String,
        /// The password.
        password: String,
    },
    /// A token, which says whose it is.
    Token(String),
}

impl Shown {
    /// What a program sends in the header `Authorization`; none when it sends nothing, or nothing
    /// that this door takes.
    pub(super) fn of(headers: &HeaderMap, kind: SignIn) -> Option<Shown> {
        let mut values = headers.get_all(AUTHORIZATION);
        let value = values.next()?.to_str().ok()?;
        if values.next().is_some() {
            return None;
        }
        let (scheme, rest) = value.split_once(' ')?;
        let rest = rest.trim();
        match kind {
            SignIn::Basic if scheme.eq_ignore_ascii_case("basic") => {
                let text = String::from_utf8(STANDARD.decode(rest).ok()?).ok()?;
                let (name, password) = text.split_once(':')?;
                Shown::password(name.to_owned(), password.to_owned()).ok()
            }
            SignIn::Token if scheme.eq_ignore_ascii_case("bearer") => {
                Shown::token(rest.to_owned()).ok()
            }
            _ => None,
        }
    }

    /// What somebody sends in a body; else what is wrong with it, and what is allowed.
    pub(super) fn sent(
        sent: Credentials,
        kind: SignIn,
    ) -> Result<Shown, (&'static str, &'static str)> {
        match kind {
            SignIn::Token => Shown::token(sent.token.unwrap_or_default()),
            _ => Shown::password(
                sent.name.unwrap_or_default(),
                sent.password.unwrap_or_default(),
            ),
        }
    }

    /// Whose it is, as far as it says.
    pub(super) fn name(&self) -> &str {
        match self {
            Shown::Password { name, .. } => name,
            Shown::Token(_) => "",
        }
    }

    /// What is checked.
    pub(super) fn secret(&self) -> &str {
        match self {
            Shown::Password { password, .. } => password,
            Shown::Token(token) => token,
        }
    }

    fn password(name: String, password: String) -> Result<Shown, (&'static str, &'static str)> {
        if !(1..=LONGEST_NAME).contains(&name.chars().count()) {
            return Err(("name", "must be a text of 1 to 64 characters"));
        }
        if !(1..=LONGEST_SECRET).contains(&password.len()) {
            return Err(("password", "must be a text of 1 to 1024 bytes"));
        }
        Ok(Shown::Password { name, password })
    }

    fn token(token: String) -> Result<Shown, (&'static str, &'static str)> {
        if !(1..=LONGEST_SECRET).contains(&token.len()) {
            return Err(("token", "must be a text of 1 to 1024 bytes"));
        }
        Ok(Shown::Token(token))
    }
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;

    use super::*;

    fn read(value: &str, kind: SignIn) -> Option<(String, String)> {
        let mut headers = HeaderMap::new();
        headers.insert(AUTHORIZATION, HeaderValue::from_str(value).unwrap());
        let shown = Shown::of(&headers, kind)?;
        Some((shown.name().to_owned(), shown.secret().to_owned()))
    }

    #[test]
    fn a_password_may_hold_colons_and_a_token_is_taken_as_it_is() {
        let basic = format!("basic {}", STANDARD.encode("zoë:a:b c"));
        let read_back = read(&basic, SignIn::Basic);
        assert_eq!(read_back, Some(("zoë".to_owned(), "a:b c".to_owned())));
        let token = read("Bearer  abc ", SignIn::Token);
        assert_eq!(token, Some((String::new(), "abc".to_owned())));
    }

    #[test]
    fn what_this_door_does_not_take_is_nothing() {
        let basic = format!("Basic {}", STANDARD.encode("ana:b"));
        for (value, kind) in [
            (basic.as_str(), SignIn::Token),
            ("Bearer abc", SignIn::Basic),
            ("Bearer", SignIn::Token),
            ("Bearer ", SignIn::Token),
            ("Basic !!!", SignIn::Basic),
            ("Basic YW5h", SignIn::Basic),
            ("", SignIn::Basic),
        ] {
            assert_eq!(read(value, kind), None, "{value}");
        }
        let mut twice = HeaderMap::new();
        for _ in 0..2 {
            twice.append(AUTHORIZATION, HeaderValue::from_static("Bearer abc"));
        }
        assert!(Shown::of(&twice, SignIn::Token).is_none());
    }
}
