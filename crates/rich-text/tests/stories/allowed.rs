//! What a browser may find in an answer, and nothing else.

use scraper::{ElementRef, Html, Node};

/// Elements, and the attributes each may have.
const ELEMENTS: [(&str, &[&str]); 32] = [
    (
        "a",
        &[
            "href",
            "title",
            "target",
            "rel",
            "class",
            "id",
            "aria-label",
        ],
    ),
    ("blockquote", &[]),
    ("br", &[]),
    ("code", &["dir"]),
    ("del", &[]),
    ("div", &["class", "tabindex", "role", "aria-label"]),
    ("em", &[]),
    ("figure", &["class", "data-language"]),
    ("h3", &["dir"]),
    ("h4", &["dir"]),
    ("h5", &["dir"]),
    ("h6", &["dir"]),
    ("hr", &[]),
    ("input", &["type", "disabled", "checked", "aria-label"]),
    ("li", &["dir", "id"]),
    ("ol", &["start"]),
    ("p", &["dir", "class"]),
    ("pre", &["dir", "tabindex"]),
    ("section", &["class"]),
    ("span", &["class"]),
    ("strong", &[]),
    ("sup", &["class"]),
    ("table", &[]),
    ("tbody", &[]),
    ("td", &["dir", "class"]),
    ("th", &["scope", "dir", "class"]),
    ("thead", &[]),
    ("tr", &[]),
    ("ul", &[]),
    ("html", &[]),
    ("head", &[]),
    ("body", &[]),
];

/// Letters that change the order of others.
const REORDERING: [char; 9] = [
    '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}', '\u{2066}', '\u{2067}', '\u{2068}',
    '\u{2069}',
];

/// Reads HTML as a browser does, and fails on whatever an answer may not have.
#[track_caller]
pub(crate) fn assert_safe(html: &str, of: &str) {
    let document = Html::parse_fragment(html);
    assert!(!html.contains(REORDERING), "reordering: {of:?}");
    for node in document.tree.nodes() {
        match node.value() {
            Node::Element(_) => {
                let element = ElementRef::wrap(node).unwrap();
                assert_element(&element, of);
            }
            Node::Text(_) | Node::Fragment | Node::Document => {}
            other => panic!("{other:?} in {html:?} of {of:?}"),
        }
    }
}

#[track_caller]
fn assert_element(element: &ElementRef<'_>, of: &str) {
    let name = element.value().name();
    let known = ELEMENTS.iter().find(|(known, _)| *known == name);
    let (_, attributes) = known.unwrap_or_else(|| panic!("<{name}> of {of:?}"));
    for (attribute, value) in element.value().attrs() {
        assert!(attributes.contains(&attribute), "{attribute} of {of:?}");
        match attribute {
            "href" => assert_link(element, value, of),
            "id" => assert!(value.starts_with("a1-"), "{value} of {of:?}"),
            _ => {}
        }
    }
}

#[track_caller]
fn assert_link(element: &ElementRef<'_>, address: &str, of: &str) {
    if address.starts_with(['?', '#']) {
        return;
    }
    let lower = address.to_ascii_lowercase();
    let web = ["http://", "https://", "mailto:"];
    let known = web.iter().any(|scheme| lower.starts_with(scheme));
    let path = address.starts_with('/') && !address.starts_with("//");
    assert!(known || path, "{address} of {of:?}");
    assert!(!address.contains(|c: char| c.is_control() || c.is_whitespace()));
    assert_eq!(element.attr("rel"), Some("noopener noreferrer"));
    assert_eq!(element.attr("target"), Some("_blank"));
}
