//! Where links may lead.

/// Schemes that links may have, with what has to follow.
const SCHEMES: [&str; 3] = ["http://", "https://", "mailto:"];

/// A link that is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Link<'a> {
    /// Within this page.
    Inside(&'a str),
    /// To somewhere else: in a tab of its own.
    Outside(&'a str),
}

impl<'a> Link<'a> {
    /// The link to an address, entities in it resolved; none where it may not lead.
    ///
    /// What browsers would leave out or take for something else (white space, control
    /// characters, backslashes) is in no address that is followed.
    pub(crate) fn to(address: &'a str) -> Option<Link<'a>> {
        let odd = |letter: char| letter.is_control() || letter.is_whitespace() || letter == '\\';
        if address.is_empty() || address.contains(odd) {
            return None;
        }
        if address.starts_with(['?', '#']) {
            return Some(Link::Inside(address));
        }
        let has_scheme = SCHEMES.iter().any(|scheme| {
            let start = address.get(..scheme.len());
            let starts = start.is_some_and(|start| start.eq_ignore_ascii_case(scheme));
            starts && address.len() > scheme.len()
        });
        // Two slashes lead to another host.
        let is_path = address.starts_with('/') && !address.starts_with("//");
        (has_scheme || is_path).then_some(Link::Outside(address))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_the_web_to_people_and_into_the_page() {
        for address in [
            "https://a.example/?b=c#d",
            "HTTP://a.example",
            "mailto:a@b.example",
            "/dashboard/",
        ] {
            assert_eq!(Link::to(address), Some(Link::Outside(address)));
        }
        for address in ["?range=7d", "#a1-note-1"] {
            assert_eq!(Link::to(address), Some(Link::Inside(address)));
        }
    }

    #[test]
    fn and_nowhere_else() {
        for address in [
            "",
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java\nscript:alert(1)",
            "\u{1}javascript:alert(1)",
            " https://a.example",
            "data:text/html,a",
            "vbscript:a",
            "file:///etc/passwd",
            "blob:https://a.example/b",
            "//a.example",
            "/\\a.example",
            "/\t/a.example",
            "\\\\a.example",
            "https:a.example",
            "https://",
            "a.example",
            "ｊavascript:alert(1)",
            "javascript://a.example/%0aalert(1)",
        ] {
            assert_eq!(Link::to(address), None, "{address}");
        }
    }
}
