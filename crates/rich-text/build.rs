//! Keeps the syntaxes of a few languages, out of the many that two-face knows.
//!
//! The set is taken apart as it is written to files, since syntect itself cannot part with a
//! syntax: others refer to it by its place. So all places stay, most of them empty.

use std::collections::BTreeMap;
use std::path::Path;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use syntect::dumps::{dump_binary, from_reader};
use syntect::parsing::SyntaxSet;
use syntect::parsing::syntax_definition::{Context, ContextId};

#[path = "src/highlight/names.rs"]
mod names;

/// Why the syntaxes could not be had.
#[derive(Debug, thiserror::Error)]
enum BuildError {
    #[error("two-face's syntaxes are not as syntect writes them: {0}")]
    Shape(String),
    #[error("two-face knows no syntax {0}")]
    Missing(String),
    #[error("OUT_DIR is not set: cargo runs this")]
    NotCargo,
    #[error(transparent)]
    File(#[from] std::io::Error),
}

/// A set of syntaxes, as syntect writes it.
#[derive(Serialize, Deserialize)]
struct Set {
    syntaxes: Vec<Syntax>,
    path_syntaxes: Vec<(String, usize)>,
}

#[derive(Default, Serialize, Deserialize)]
struct Syntax {
    name: String,
    file_extensions: Vec<String>,
    scope: String,
    first_line_match: Option<String>,
    hidden: bool,
    variables: BTreeMap<String, String>,
    contexts: Vec<u8>,
}

/// What a syntax is made of.
#[derive(Serialize, Deserialize)]
struct Contexts {
    ids: BTreeMap<String, ContextId>,
    contexts: Vec<Context>,
}

impl Syntax {
    /// The syntax without anything that it knows. As many contexts are left as there were:
    /// others may refer to them, and syntect does not bear it when they are missing.
    fn emptied(&self) -> Result<Syntax, BuildError> {
        let mut contexts: Contexts = read(&self.contexts)?;
        contexts.ids.clear();
        contexts.contexts.fill(Context::new(false));
        Ok(Syntax {
            contexts: dump_binary(&contexts),
            ..Syntax::default()
        })
    }
}

fn read<T: DeserializeOwned>(written: &[u8]) -> Result<T, BuildError> {
    from_reader(written).map_err(|error| BuildError::Shape(error.to_string()))
}

fn main() -> Result<(), BuildError> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/highlight/names.rs");
    let all = dump_binary::<SyntaxSet>(&two_face::syntax::extra_newlines());
    let mut set: Set = read(&all)?;
    let languages = names::LANGUAGES.iter().map(|(name, _)| *name);
    let wanted: Vec<&str> = languages.chain(names::PARTS).collect();
    let has = |name: &&&str| set.syntaxes.iter().any(|syntax| syntax.name == **name);
    if let Some(missing) = wanted.iter().find(|name| !has(name)) {
        return Err(BuildError::Missing((*missing).to_owned()));
    }
    set.path_syntaxes.clear();
    for syntax in &mut set.syntaxes {
        if wanted.contains(&syntax.name.as_str()) {
            // They are looked up by name only.
            syntax.file_extensions.clear();
            syntax.first_line_match = None;
        } else {
            *syntax = syntax.emptied()?;
        }
    }
    let folder = std::env::var_os("OUT_DIR").ok_or(BuildError::NotCargo)?;
    std::fs::write(Path::new(&folder).join("syntaxes.bin"), dump_binary(&set))?;
    Ok(())
}
