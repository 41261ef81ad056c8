//! MCP names, each held once and called by a small number.

use std::collections::HashMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// The name under which rows without an MCP server count.
pub const UNATTRIBUTED: &str = "Unattributed";
/// The name under which MCP servers beyond the limits count together.
pub const OTHER: &str = "Other";

/// Distinct names of servers that are told apart.
const MAX_NAMES: usize = 4_096;
/// Characters of a name that are kept: what `varchar(255)` holds.
const MAX_CHARS: usize = 255;

/// Stands for a name within one timeline.
pub(crate) type NameId = u16;

/// [`UNATTRIBUTED`] in every timeline.
pub(crate) const UNATTRIBUTED_ID: NameId = 0;
/// [`OTHER`] in every timeline.
pub(crate) const OTHER_ID: NameId = 1;

/// The names of a timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<String>", into = "Vec<String>")]
pub(crate) struct Names {
    by_id: Vec<Arc<str>>,
    ids: HashMap<Arc<str>, NameId>,
}

impl Names {
    pub(crate) fn new() -> Names {
        let mut names = Names {
            by_id: Vec::new(),
            ids: HashMap::new(),
        };
        names.intern(UNATTRIBUTED);
        names.intern(OTHER);
        names
    }

    /// The number of a name; [`OTHER_ID`] for a new one when the table is full.
    pub(crate) fn intern(&mut self, name: &str) -> NameId {
        let name = cut(name);
        if let Some(id) = self.ids.get(name) {
            return *id;
        }
        let reserved = usize::from(OTHER_ID) + 1;
        let Some(id) = NameId::try_from(self.by_id.len())
            .ok()
            .filter(|id| usize::from(*id) < MAX_NAMES + reserved)
        else {
            return OTHER_ID;
        };
        let name: Arc<str> = Arc::from(name);
        self.by_id.push(Arc::clone(&name));
        self.ids.insert(name, id);
        id
    }

    /// The number of a name that is known.
    pub(crate) fn id(&self, name: &str) -> Option<NameId> {
        self.ids.get(cut(name)).copied()
    }

    pub(crate) fn name(&self, id: NameId) -> &str {
        self.by_id.get(usize::from(id)).map_or(OTHER, |name| name)
    }

    /// How many numbers are given out; every number is below.
    pub(crate) fn len(&self) -> usize {
        self.by_id.len()
    }

    /// Takes over the names of another table. The answer maps its numbers to ours; `None`
    /// when they are the same already.
    pub(crate) fn adopt(&mut self, other: &Names) -> Option<Vec<NameId>> {
        let map: Vec<NameId> = other.by_id.iter().map(|name| self.intern(name)).collect();
        let same = map
            .iter()
            .enumerate()
            .all(|(index, id)| index == usize::from(*id));
        (!same).then_some(map)
    }
}

impl From<Vec<String>> for Names {
    /// In the order of their numbers.
    fn from(by_id: Vec<String>) -> Names {
        let mut names = Names::new();
        for name in &by_id {
            names.intern(name);
        }
        names
    }
}

impl From<Names> for Vec<String> {
    fn from(names: Names) -> Vec<String> {
        names.by_id.iter().map(ToString::to_string).collect()
    }
}

/// The first 255 characters of a name.
fn cut(name: &str) -> &str {
    match name.char_indices().nth(MAX_CHARS) {
        Some((end, _)) => name.get(..end).unwrap_or(name),
        None => name,
    }
}
