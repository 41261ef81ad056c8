//! No secret is in the repository.

use super::Finding;
use super::tree::{File, Tree};

/// How tokens of well-known services begin, and how much follows at least.
const TOKENS: [(&str, usize); 8] = [
    ("AKIA", 16),
    ("ghp_", 36),
    ("github_pat_", 22),
    ("glpat-", 20),
    ("sk-", 32),
    ("xoxb-", 20),
    ("xoxp-", 20),
    ("hooks.slack.com/services/", 20),
];

/// How a private key in PEM begins, whatever its kind stands between the two. Written in
/// halves, so that this file does not find itself.
const KEY: [&str; 2] = [concat!("-----", "BEGIN "), concat!("PRIVATE ", "KEY-----")];

/// Files that hold settings or data of one installation.
const OWN: [&str; 3] = [".env", ".db", ".pem"];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in tree.files() {
        if OWN.iter().any(|ending| file.ends_with(ending)) {
            found.push(file.finding(0, "belongs to one installation, not into the repository"));
        }
        let lines = file.lines().filter(|(_, line)| has_secret(line));
        found.extend(lines.map(|(line, _)| secret(file, line)));
    }
    found
}

fn secret(file: &File, line: usize) -> Finding {
    // What it is stays unsaid: logs are read by more people than files.
    file.finding(
        line,
        "looks like a secret: take it out, and have it replaced where it counts",
    )
}

fn has_secret(line: &str) -> bool {
    KEY.iter().all(|part| line.contains(part))
        || TOKENS
            .iter()
            .any(|(prefix, least)| has_token(line, prefix, *least))
}

fn has_token(line: &str, prefix: &str, least: usize) -> bool {
    line.match_indices(prefix).any(|(place, _)| {
        let rest = line.get(place + prefix.len()..).unwrap_or_default();
        let letter = |letter: &char| letter.is_ascii_alphanumeric() || "_-/".contains(*letter);
        // A word that merely ends so (`task-`) begins no token.
        let before = line
            .get(..place)
            .and_then(|before| before.chars().next_back());
        let begins = before.is_none_or(|letter| !letter.is_ascii_alphanumeric());
        begins && rest.chars().take_while(letter).count() >= least
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(path: &str, text: &str) -> bool {
        !check(&Tree::made_of(&[(path, text)])).is_empty()
    }

    #[test]
    fn tokens_and_keys_are_found_anywhere() {
        for (prefix, least) in TOKENS {
            let token = format!("KEY={prefix}{}", "A1".repeat(least));
            assert!(broken("docs/a.md", &token), "{prefix}");
        }
        let key = KEY.join("RSA ");
        assert!(broken("traefik/a.txt", &key));
    }

    #[test]
    fn files_of_one_installation_are_found() {
        assert!(broken(".env", "") && broken("data/omni2.db", "") && broken("tls/key.pem", ""));
        assert!(!broken(".env.example", "LLM_API_KEY="));
    }

    #[test]
    fn words_that_look_alike_are_none() {
        assert!(!broken(
            "docs/a.md",
            "the task-that-is-much-longer-than-thirty-two-letters"
        ));
        assert!(!broken("docs/a.md", "AKIA is how they begin"));
    }
}
