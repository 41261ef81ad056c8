//! What a part of code is: the many scopes of syntaxes, as a dozen classes.

use std::collections::HashMap;

use syntect::parsing::{Scope, ScopeStack};

/// Which class a scope has, the first that fits; `""` for code as any other, whatever it is
/// in. Each class has its colour in crates/web/styles/chat/code.css.
const CLASSES: [(&str, &str); 45] = [
    ("comment", "comment"),
    ("punctuation.definition.comment", "comment"),
    ("constant.character.escape", "number"),
    ("constant", "number"),
    ("string.regexp", "number"),
    ("string", "string"),
    ("keyword.operator.word", "keyword"),
    ("keyword.operator.logical.python", "keyword"),
    ("keyword.operator", "operator"),
    ("keyword.other.unit", "number"),
    ("keyword", "keyword"),
    ("storage.type.primitive", "type"),
    ("storage.type.numeric", "type"),
    ("storage", "keyword"),
    ("variable.language", "keyword"),
    ("entity.name.function", "function"),
    ("entity.name.macro", "function"),
    ("variable.function", "function"),
    ("support.function", "function"),
    ("support.macro", "function"),
    ("meta.annotation.identifier", "attribute"),
    ("variable.annotation", "attribute"),
    ("entity.name.tag", "tag"),
    ("entity.other.attribute-name", "attribute"),
    ("support.type.property-name", "attribute"),
    ("support.type", "type"),
    ("support.class", "type"),
    ("entity.other.inherited-class", "type"),
    ("entity.name.type", "type"),
    ("entity.name.class", "type"),
    ("entity.name.struct", "type"),
    ("entity.name.enum", "type"),
    ("entity.name.trait", "type"),
    ("entity.name.impl", "type"),
    ("entity.name.namespace", "type"),
    ("entity.name.section", "heading"),
    ("entity.name", "function"),
    ("markup.heading", "heading"),
    ("markup.inserted", "inserted"),
    ("markup.deleted", "deleted"),
    ("meta.diff", "comment"),
    ("markup.raw", "string"),
    ("meta.interpolation", ""),
    ("meta.template.expression", ""),
    ("source", ""),
];

/// Finds classes, and remembers them: a language has a few hundred scopes.
pub(super) struct Classes {
    table: Vec<(Scope, &'static str)>,
    known: HashMap<Scope, Option<&'static str>>,
}

impl Classes {
    pub(super) fn new() -> Classes {
        let scope = |(name, class): &(&str, &'static str)| Some((Scope::new(name).ok()?, *class));
        Classes {
            table: CLASSES.iter().filter_map(scope).collect(),
            known: HashMap::new(),
        }
    }

    /// The class of what lies within these scopes: that of the innermost that has one.
    pub(super) fn of(&mut self, scopes: &ScopeStack) -> &'static str {
        let mut innermost = scopes.scopes.iter().rev();
        innermost
            .find_map(|scope| self.of_one(*scope))
            .unwrap_or_default()
    }

    fn of_one(&mut self, scope: Scope) -> Option<&'static str> {
        let table = &self.table;
        let find = || {
            let fits = table.iter().find(|(prefix, _)| prefix.is_prefix_of(scope));
            fits.map(|(_, class)| *class)
        };
        *self.known.entry(scope).or_insert_with(find)
    }
}
