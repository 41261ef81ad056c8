//! Secrets known by their looks, within any text.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::{Regex, RegexBuilder, RegexSet, RegexSetBuilder};

use super::MASK;

/// Patterns, and what stays in the place of what they find. Letters of words are those of ASCII
/// (`-u`): with all that there are, the patterns would take twenty megabytes.
const LOOKS: [(&str, &str); 14] = [
    // A private key, whole or cut short.
    (
        r"-{5}BEGIN [A-Z ]*PRIVATE KEY-{5}(?s:.*?)(?:-{5}END [A-Z ]*PRIVATE KEY-{5}|\z)",
        "•••",
    ),
    // A header, to the end of its line or quote.
    (
        r#"(?i)((?:authorization|cookie)(?:\\*["'])?\s*(?:=>|[:=])\s*(?:\\*["'])?)[^"'\r\n]+"#,
        "${1}•••",
    ),
    // `password=...`, `"api_key": "..."`, also with quotes escaped.
    (
        r#"(?i)((?:pass(?:word|wd|phrase|code)|pwd|secret|token|credentials?|api[ _-]?key|[_-]key|accountkey)(?-u:[\w-]*)(?:\\*["'])?\s*(?:=>|[:=])\s*)(?:\\*"[^"]*"|\\*'[^']*'|[^\s&"'<>]+)"#,
        "${1}•••",
    ),
    // `--password ...`, `-u user:...`.
    (
        r#"(?i)(--?(?-u:[\w-]*)(?:passw(?:or)?d|secret|token|key)(?-u:[\w-]*)\s+)(?:"[^"]*"|'[^']*'|\S+)"#,
        "${1}•••",
    ),
    (r"(-u\s+)\S+:\S+", "${1}•••"),
    (r"(?i)(?-u:\b)(bearer\s+)(?-u:[\w.~+/=-]{6,})", "${1}•••"),
    (r"(?i)(?-u:\b)(basic\s+)[A-Za-z0-9+/]{6,}={1,2}", "${1}•••"),
    // A JSON Web Token, whole or cut short.
    (r"(?-u:\b)eyJ(?-u:[\w-]{8,})(?:\.(?-u:[\w-]*))*", "•••"),
    // `scheme://user:password@host`, `https://token@host`, and the same percent-encoded.
    (r#"(://)[^\s/?#@:"'<>]*:[^\s"'<>]*@"#, "${1}•••@"),
    (r#"(://)[^\s/?#@"'<>]+@"#, "${1}•••@"),
    (r"(?i)(%3a%2f%2f)[^\s&]*%40", "${1}•••%40"),
    (r"(?-u:[\w.-]+):\S+(@(?:tcp|udp|unix)\()", "•••${1}"),
    (r"(hooks\.slack\.com/services/)(?-u:[\w/-]+)", "${1}•••"),
    // Keys that begin as their makers have them begin.
    (
        r"(?-u:\b)(?:[srp]k-(?-u:[\w-]{6,})|(?:[srp]k|whsec)_(?-u:\w{6,})|gh[a-z]_(?-u:\w{6,})|github_pat_(?-u:\w{6,})|glpat-(?-u:[\w-]{6,})|xox[a-z]-(?-u:[\w-]{6,})|xapp-(?-u:[\w-]{6,})|A(?:KIA|SIA|ROA)[A-Z0-9]{6,}|AIza(?-u:[\w-]{6,})|ya29\.(?-u:[\w-]{6,})|npm_(?-u:\w{6,})|hf_(?-u:\w{6,})|dop_v1_(?-u:\w{6,})|SG\.(?-u:[\w-]{6,})(?:\.(?-u:[\w-]*))?)",
        "•••",
    ),
];

/// The most memory that a pattern takes, and that each thread keeps for it, bytes.
const MOST: usize = 128 * 1024;

/// The patterns, and all at once: most text has nothing that any of them finds.
struct Patterns {
    any: RegexSet,
    each: Vec<(Regex, &'static str)>,
}

/// None where a pattern is none, which a test rules out.
static PATTERNS: LazyLock<Option<Patterns>> = LazyLock::new(|| {
    let any = RegexSetBuilder::new(LOOKS.map(|(pattern, _)| pattern))
        .dfa_size_limit(MOST)
        .build();
    let each = LOOKS.into_iter().map(|(pattern, place)| {
        let pattern = RegexBuilder::new(pattern).dfa_size_limit(MOST).build();
        pattern.map(|pattern| (pattern, place))
    });
    let each = each.collect::<Result<_, _>>().ok()?;
    any.ok().map(|any| Patterns { any, each })
});

/// The text with everything in it that looks like a secret hidden.
pub(in crate::live) fn without_secrets(text: &str) -> String {
    // Without its patterns, nothing can be told.
    let Some(patterns) = PATTERNS.as_ref() else {
        return MASK.to_owned();
    };
    if !patterns.any.is_match(text) {
        return text.to_owned();
    }
    let mut said = Cow::Borrowed(text);
    for (pattern, place) in &patterns.each {
        if let Cow::Owned(changed) = pattern.replace_all(&said, *place) {
            said = Cow::Owned(changed);
        }
    }
    said.into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_is_one() {
        assert!(PATTERNS.is_some());
    }

    #[test]
    fn what_looks_like_a_secret_is_hidden_and_the_rest_stays() {
        for (text, shown) in [
            ("Bearer abc.DEF-123", "Bearer •••"),
            ("Basic dXNlcjpwYXNz=", "Basic •••"),
            ("use sk-proj-AbC123xyz now", "use ••• now"),
            ("sk_live_4eC39HqLyjW", "•••"),
            ("ghp_16C7e42F292c6912E7", "•••"),
            ("github_pat_11ABCDEFG0", "•••"),
            ("xoxb-2048-abcdef", "•••"),
            ("id AKIAIOSFODNN7.", "id •••."),
            ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-_1", "•••"),
            ("eyJhbGciOiJIUzI1NiJ9", "•••"),
            (
                "postgres://ana:hun/t@er2@db:5432/hub",
                "postgres://•••@db:5432/hub",
            ),
            (
                "git clone https://abcdef@git.example/x",
                "git clone https://•••@git.example/x",
            ),
            ("postgres%3A%2F%2Fa%3Ab%40db", "postgres%3A%2F%2F•••%40db"),
            ("root:hunter2@tcp(db:3306)/app", "•••@tcp(db:3306)/app"),
            ("?page=2&api_key=hunter2&q=x", "?page=2&api_key=•••&q=x"),
            (
                r#"was {"password": "hunter 2", "a": 1}"#,
                r#"was {"password": •••, "a": 1}"#,
            ),
            (r#"{\"secret\":\"hunter2\"}"#, r#"{\"secret\":•••}"#),
            (
                "Authorization: Digest a=hunter2, b=c\nHost: x",
                "Authorization: •••\nHost: x",
            ),
            ("Cookie: a=hunter2; b=c", "Cookie: •••"),
            (
                "curl -u ana:hunter2 --token hunter2 x",
                "curl -u ••• --token ••• x",
            ),
        ] {
            assert_eq!(without_secrets(text), shown, "{text}");
        }
        let (dashes, what) = ("-".repeat(5), "RSA PRIVATE KEY");
        let begins = format!("{dashes}BEGIN {what}{dashes}\nMIIhunter2\n");
        let whole = format!("a {begins}{dashes}END {what}{dashes} b");
        assert_eq!(without_secrets(&whole), "a ••• b");
        assert_eq!(without_secrets(&begins), "•••", "cut short");
    }

    #[test]
    fn ordinary_text_stays_as_it_is() {
        for text in [
            "What changed since Friday?",
            "https://example.com:8080/a?b=c#d",
            "mail ana@company.com, see task-force and basic training",
            "the primary key of the token table",
            "12:30 – ratio 3:2 ✓",
            "",
        ] {
            assert_eq!(without_secrets(text), text);
        }
    }
}
