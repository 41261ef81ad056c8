use std::cell::{Cell, RefCell};

use super::*;

thread_local! {
    static PAINTER: RefCell<Painter> = RefCell::default();
}

fn painted(language: &str, code: &str) -> Option<String> {
    PAINTER.with_borrow_mut(|painter| painter.paint(language, code))
}

#[track_caller]
fn has(language: &str, code: &str, class: &str, word: &str) {
    let html = painted(language, code).unwrap_or_else(|| panic!("{language} stays plain"));
    let span = format!("<span class=\"hl-{class}\">{word}");
    assert!(
        html.contains(&span),
        "{language}: no {class} {word} in {html}"
    );
}

#[test]
fn words_of_every_language_have_their_classes() {
    has(
        "rust",
        "fn main() { let a = \"b\"; } // c\n",
        "keyword",
        "fn",
    );
    has("rs", "fn main() {}\n", "function", "main");
    has("python", "def f(x):\n    return 1 # c\n", "comment", "# c");
    has("ts", "const a: string = 'b';\n", "string", "&#39;b&#39;");
    has("tsx", "const a = <b c=\"d\">e</b>;\n", "tag", "b");
    has("js", "function f() { return 12 }\n", "number", "12");
    has("json", "{\"a\": true}\n", "number", "true");
    has("yml", "a: b # c\n", "comment", "# c");
    has("toml", "[a]\nb = 1\n", "number", "1");
    has(
        "sql",
        "SELECT count(*) FROM omni2.audit_logs WHERE a = 'b';\n",
        "string",
        "&#39;b&#39;",
    );
    has("sql", "SELECT 1;\n", "keyword", "SELECT");
    has(
        "bash",
        "if true; then echo \"$a\"; fi # c\n",
        "comment",
        "# c",
    );
    has("console", "echo 'a'\n", "string", "&#39;a&#39;");
    has("go", "package main\n\nfunc f() {}\n", "function", "f");
    has("java", "class A { int b = 1; }\n", "type", "A");
    has("c", "int main(void) { return 0; }\n", "keyword", "return");
    has("c++", "class A { public: int b; };\n", "type", "A");
    has("html", "<p class=\"a\">b</p>\n", "tag", "p");
    has("css", "a { color: red; }\n", "attribute", "color");
    has("md", "# A\n\n**b** `c`\n", "heading", "# A");
    has("diff", "-a\n+b\n", "inserted", "+b");
    has(
        "Dockerfile",
        "FROM rust:1.95 # c\nRUN ls\n",
        "keyword",
        "FROM",
    );
    has("xml", "<a b=\"c\"/>\n", "tag", "a");
    has("make", "a: b\n\techo c\n", "function", "a");
}

#[test]
fn every_language_is_known_by_all_its_names() {
    let painter = Painter::new();
    for (name, aliases) in names::LANGUAGES {
        for alias in aliases {
            let syntax = painter.syntax(alias).map(|syntax| syntax.name.as_str());
            assert_eq!(syntax, Some(name), "{alias}");
        }
    }
}

#[test]
fn the_text_is_all_there() {
    let code = "fn <T>(a: &'static str) -> \"b\\n\" { /* c */ }\n\n  d";
    let html = painted("rust", code).unwrap();
    let text = scraper::Html::parse_fragment(&html);
    assert_eq!(text.root_element().text().collect::<String>(), code);
}

#[test]
fn what_is_unknown_or_too_long_stays_plain() {
    assert_eq!(painted("", "a"), None);
    assert_eq!(painted("klingon", "a"), None);
    assert_eq!(painted("rust", &"a".repeat(2_001)), None);
    assert_eq!(painted("rust", &"a\n".repeat(2_001)), None);
    assert!(painted("rust", &"a\n".repeat(200)).is_some());
}

#[test]
fn when_time_is_up_the_code_stays_plain() {
    let mut painter = Painter::new();
    let lines = Cell::new(0);
    painter.be_patient(move || {
        lines.set(lines.get() + 1);
        lines.get() <= 3
    });
    assert!(painter.paint("rust", "a\nb\nc\n").is_some());
    assert_eq!(painter.paint("rust", "a\nb\nc\n"), None);
}

#[test]
fn the_syntaxes_are_small() {
    assert!(SYNTAXES.len() < 200_000, "{} bytes", SYNTAXES.len());
}
