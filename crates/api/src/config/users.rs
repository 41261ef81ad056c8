//! Who may sign in: lines `name:role:hash`.

use std::collections::HashSet;

use argon2::password_hash::phc::PasswordHash;
use argon2::{ARGON2ID_IDENT, Params};
use shared_types::Role;

use super::{ConfigError, Secret};

/// The longest name, in characters.
const LONGEST_NAME: usize = 64;
/// The most memory that a hash may ask for, KiB: two are computed at once.
const MOST_MEMORY: u32 = 256 * 1024;
/// The most passes over its memory that a hash may ask for.
const MOST_PASSES: u32 = 64;

/// Somebody who may sign in.
#[derive(Clone, Debug)]
pub struct User {
    /// What they are called, or who has the token.
    pub name: String,
    /// What they may see and do.
    pub role: Role,
    /// What their password, or the token, is checked by: an argon2id PHC string.
    pub hash: Secret,
}

/// Reads the lines, which are between one and `most`. What is wrong is told with the number of
/// the line, and without anything that stands in it.
pub(super) fn users(auth: &str, lines: &str, most: usize) -> Result<Vec<User>, ConfigError> {
    let mut found: Vec<User> = Vec::new();
    let mut names = HashSet::new();
    for (number, line) in (1..).zip(lines.lines()) {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let wrong = |what: &str| ConfigError(format!("AUTH_USERS line {number} {what}"));
        let user = user(line).map_err(wrong)?;
        if !names.insert(user.name.clone()) {
            return Err(wrong("has a name that an earlier line has"));
        }
        found.push(user);
    }
    if found.is_empty() || found.len() > most {
        let count = found.len();
        return Err(ConfigError(format!(
            "AUTH_USERS must have 1 to {most} lines `name:role:hash` with AUTH={auth}, and has {count}"
        )));
    }
    Ok(found)
}

/// Whether this can be a name.
fn is_name(text: &str) -> bool {
    let visible = |letter: char| !letter.is_control() && !letter.is_whitespace();
    let length = text.chars().count();
    (1..=LONGEST_NAME).contains(&length) && text.chars().all(visible)
}

fn user(line: &str) -> Result<User, &'static str> {
    let mut parts = line.splitn(3, ':');
    let (Some(name), Some(role), Some(hash)) = (parts.next(), parts.next(), parts.next()) else {
        return Err("must be `name:role:hash`");
    };
    if !is_name(name) {
        return Err("must begin with a name of 1 to 64 visible characters");
    }
    let roles = [Role::Admin, Role::Viewer];
    let role = roles.into_iter().find(|known| known.as_str() == role);
    let role = role.ok_or("must have the role `admin` or `viewer`")?;
    if !is_hash(hash) {
        return Err("must end with a hash as `api --hash-password` prints it: \
                    `$argon2id$v=19$m=...,t=...,p=...$...$...`, up to 256 MiB and 64 passes");
    }
    Ok(User {
        name: name.to_owned(),
        role,
        hash: Secret::from(hash),
    })
}

/// Whether it is a whole hash of argon2id that is not too dear to check.
fn is_hash(text: &str) -> bool {
    let Ok(hash) = PasswordHash::new(text) else {
        return false;
    };
    let Ok(params) = Params::try_from(&hash) else {
        return false;
    };
    let whole = hash.salt.is_some() && hash.hash.is_some();
    let cheap = params.m_cost() <= MOST_MEMORY && params.t_cost() <= MOST_PASSES;
    hash.algorithm == ARGON2ID_IDENT && whole && cheap
}

#[cfg(test)]
mod tests {
    use super::*;

    const HASH: &str = "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$MbNQJvZcaOZfZ4a6Q3AMFw";

    fn read(lines: &str) -> Result<Vec<User>, String> {
        users("basic", lines, 3).map_err(|error| error.to_string())
    }

    #[test]
    fn each_line_is_somebody_and_what_is_no_line_is_passed_over() {
        let lines = format!("# people\n\nana:admin:{HASH}\n  zoë@company.com:viewer:{HASH}  \r\n");
        let users = read(&lines).unwrap();
        let told: Vec<_> = users
            .iter()
            .map(|user| (user.name.as_str(), user.role))
            .collect();
        assert_eq!(
            told,
            [("ana", Role::Admin), ("zoë@company.com", Role::Viewer)]
        );
        assert_eq!(users[1].hash.expose(), HASH);
        assert!(!format!("{users:?}").contains("argon2id"));
    }

    #[test]
    fn a_line_that_cannot_be_read_is_told_by_its_number_alone() {
        let long = "x".repeat(65);
        for (line, said) in [
            ("ana".to_owned(), "`name:role:hash`"),
            (format!("ana:{HASH}"), "`name:role:hash`"),
            (format!(":admin:{HASH}"), "64 visible"),
            (format!("a b:admin:{HASH}"), "64 visible"),
            (format!("{long}:admin:{HASH}"), "64 visible"),
            (format!("ana:Admin:{HASH}"), "`viewer`"),
            ("ana:admin:hunter2".to_owned(), "--hash-password"),
            ("ana:admin:".to_owned(), "--hash-password"),
            (
                format!("ana:admin:{}", HASH.replace("argon2id", "argon2i")),
                "argon2id",
            ),
            (
                format!("ana:admin:{}", HASH.replace("m=8", "m=999999999")),
                "256 MiB",
            ),
            (
                "ana:admin:$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ".to_owned(),
                "argon2id",
            ),
        ] {
            let error = read(&format!("# one\neve:viewer:{HASH}\n{line}")).unwrap_err();
            assert!(error.starts_with("AUTH_USERS line 3 "), "{line}: {error}");
            assert!(error.contains(said), "{line}: {error}");
            assert!(
                !error.contains("hunter2") && !error.contains("c29t"),
                "{error}"
            );
        }
    }

    #[test]
    fn names_are_unique_and_there_is_one_at_least_and_not_too_many() {
        let line = |name: &str| format!("{name}:viewer:{HASH}\n");
        let twice = line("ana") + &line("eve") + &line("ana");
        assert!(read(&twice).unwrap_err().contains("line 3"));
        for lines in [String::new(), "# nobody".to_owned()] {
            assert!(read(&lines).unwrap_err().contains("has 0"));
        }
        let many: String = ["a", "b", "c", "d"].map(line).concat();
        assert!(read(&many).unwrap_err().contains("1 to 3"));
    }
}
