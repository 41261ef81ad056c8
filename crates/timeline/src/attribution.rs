//! Which MCP servers a row counts for.

use std::collections::HashSet;

/// Up to this many names a plain search is faster than hashing.
const FEW: usize = 16;

/// The MCP servers of a row: its target if set, else the names it accessed.
///
/// Nulls and empty names are dropped and each name is given once, in order of first
/// appearance. An empty answer means that the row is unattributed.
pub fn attribute<'a>(
    target: Option<&'a str>,
    accessed: impl IntoIterator<Item = Option<&'a str>>,
) -> Vec<&'a str> {
    if let Some(target) = target.filter(|name| !name.is_empty()) {
        return vec![target];
    }
    let mut names: Vec<&str> = Vec::new();
    let mut seen: HashSet<&str> = HashSet::new();
    for name in accessed
        .into_iter()
        .flatten()
        .filter(|name| !name.is_empty())
    {
        let known = if seen.is_empty() {
            names.contains(&name)
        } else {
            !seen.insert(name)
        };
        if known {
            continue;
        }
        names.push(name);
        if seen.is_empty() && names.len() > FEW {
            seen.extend(names.iter().copied());
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::attribute;

    #[test]
    fn the_target_wins_over_the_names_accessed() {
        assert_eq!(attribute(Some("Slack"), [Some("GitHub")]), ["Slack"]);
    }

    #[test]
    fn an_empty_target_is_none() {
        assert_eq!(attribute(Some(""), [Some("GitHub")]), ["GitHub"]);
    }

    #[test]
    fn nulls_empty_names_and_repeats_are_dropped_in_order() {
        let accessed = [Some("b"), None, Some(""), Some("a"), Some("b")];
        assert_eq!(attribute(None, accessed), ["b", "a"]);
        assert!(attribute(None, [None, Some("")]).is_empty());
        assert!(attribute(None, []).is_empty());
    }

    #[test]
    fn long_lists_are_deduplicated_too() {
        let names: Vec<String> = (0..100).map(|n| format!("mcp {}", n % 40)).collect();
        let expected: Vec<&str> = names.iter().take(40).map(String::as_str).collect();
        assert_eq!(
            attribute(None, names.iter().map(|name| Some(name.as_str()))),
            expected
        );
    }
}
