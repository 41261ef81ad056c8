// What code can be written in. It is read by build.rs too, which keeps these syntaxes.

/// Languages, as their syntaxes are called, and what they are called after a fence.
pub(crate) const LANGUAGES: [(&str, &[&str]); 21] = [
    ("Rust", &["rust", "rs"]),
    ("Python", &["python", "py", "python3", "pyi"]),
    // It knows TypeScript too, in as many bytes.
    (
        "TypeScriptReact",
        &["typescript", "ts", "tsx", "mts", "cts"],
    ),
    (
        "JavaScript",
        &["javascript", "js", "jsx", "mjs", "cjs", "node"],
    ),
    ("JSON", &["json", "jsonc", "json5", "ndjson", "jsonl"]),
    ("YAML", &["yaml", "yml"]),
    ("TOML", &["toml"]),
    (
        "SQL",
        &["sql", "postgres", "postgresql", "psql", "sqlite", "mysql"],
    ),
    (
        "Bourne Again Shell (bash)",
        &["bash", "sh", "shell", "zsh", "console", "shell-session"],
    ),
    ("Go", &["go", "golang"]),
    ("Java", &["java"]),
    ("C", &["c", "h"]),
    ("C++", &["c++", "cpp", "cc", "cxx", "hpp"]),
    ("HTML", &["html", "htm", "xhtml"]),
    ("CSS", &["css"]),
    ("Markdown", &["markdown", "md"]),
    ("Diff", &["diff", "patch", "udiff"]),
    ("Dockerfile", &["dockerfile", "docker", "containerfile"]),
    ("XML", &["xml", "svg"]),
    ("Regular Expression", &["regex", "regexp"]),
    ("Makefile", &["makefile", "make"]),
];

/// Syntaxes that those are made of.
#[allow(dead_code, reason = "only build.rs asks")]
pub(crate) const PARTS: [&str; 5] = [
    "commands-builtin-shell-bash",
    "Regular Expressions (Python)",
    "Regular Expressions (Javascript)",
    "Shell-Unix-Generic",
    "Plain Text",
];
