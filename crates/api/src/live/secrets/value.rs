//! A JSON value as it may be told: without secrets, and no longer than is wanted.

use serde_json::{Map, Value};

use super::MASK;
use super::looks::without_secrets;
use super::names::{is_secret, names_secret};

/// About how many bytes are told.
const MOST_BYTES: usize = 32 * 1024;
/// The longest string that is told, in characters.
const LONGEST_STRING: usize = 4_000;
/// The longest string that is looked through: as much more as a secret at the end may have.
const LONGEST_LOOKED_AT: usize = 2 * LONGEST_STRING;
/// How often JSON may be written within a string of JSON before it is not told.
const WITHIN: u8 = 3;
/// What `{"name": "Authorization", "value": "..."}` calls its two parts.
const NAMES: [&str; 7] = [
    "name",
    "key",
    "header",
    "field",
    "parameter",
    "variable",
    "k",
];
const VALUES: [&str; 6] = ["value", "values", "val", "content", "data", "v"];

/// The stored text as a value without secrets, and whether it is cut. Text that is no JSON
/// is told as a string; what cannot be taken apart is not told.
pub(in crate::live) fn shown(stored: &str) -> (Value, bool) {
    let mut walk = Walk {
        left: MOST_BYTES,
        cut: false,
    };
    let told = match serde_json::from_str::<Value>(stored) {
        Ok(value) => walk.value(value, 0),
        Err(_) if is_structure(stored) => {
            walk.cut = true;
            walk.mask()
        }
        Err(_) => walk.string(stored, 0),
    };
    let told = told.unwrap_or_else(|| Value::from(MASK));
    (told, walk.cut)
}

struct Walk {
    /// Bytes that may still be told.
    left: usize,
    cut: bool,
}

impl Walk {
    /// None when there is no room for it.
    fn value(&mut self, value: Value, within: u8) -> Option<Value> {
        match value {
            Value::Null | Value::Bool(_) | Value::Number(_) => self.pay(8).map(|()| value),
            Value::String(text) => self.string(&text, within),
            Value::Array(items) => self.array(items, within),
            Value::Object(fields) => self.object(fields, within),
        }
    }

    fn pay(&mut self, bytes: usize) -> Option<()> {
        let left = self.left.checked_sub(bytes);
        self.cut |= left.is_none();
        self.left = left.unwrap_or(0);
        left.map(|_| ())
    }

    /// A secret's place.
    fn mask(&mut self) -> Option<Value> {
        self.pay(MASK.len() + 2).map(|()| Value::from(MASK))
    }

    fn string(&mut self, text: &str, within: u8) -> Option<Value> {
        let text = match self.json_within(text, within) {
            Some(told) => told,
            None => self.plain(text),
        };
        self.pay(text.len() + 2).map(|()| Value::from(text))
    }

    /// JSON within a string, taken apart like any other; none when it is none.
    fn json_within(&mut self, text: &str, within: u8) -> Option<String> {
        if !is_structure(text) && !text.trim_start().starts_with('"') {
            return None;
        }
        let value = match serde_json::from_str::<Value>(text) {
            Ok(value) => value,
            // JSON, but nested too deep to be taken apart.
            Err(error) if error.to_string().starts_with("recursion") => {
                return Some(MASK.to_owned());
            }
            Err(_) => return None,
        };
        if within >= WITHIN {
            return Some(MASK.to_owned());
        }
        // Its bytes are paid for as a string.
        let before = self.left;
        let told = self.value(value, within + 1);
        self.left = before;
        Some(told.map_or_else(|| MASK.to_owned(), |told| told.to_string()))
    }

    fn plain(&mut self, text: &str) -> String {
        let looked_at = first(text, LONGEST_LOOKED_AT);
        let told = without_secrets(looked_at);
        let short = first(&told, LONGEST_STRING);
        if looked_at.len() == text.len() && short.len() == told.len() {
            return told;
        }
        self.cut = true;
        format!("{short}…")
    }

    fn array(&mut self, items: Vec<Value>, within: u8) -> Option<Value> {
        self.pay(2)?;
        let mut told = Vec::new();
        let mut after_name = false;
        for item in items {
            let is_name = item.as_str().is_some_and(names_secret);
            let item = if after_name && !item.is_null() {
                self.mask()
            } else {
                self.value(item, within)
            };
            after_name = is_name;
            match item {
                Some(item) => told.push(item),
                None => break,
            }
        }
        Some(Value::Array(told))
    }

    fn object(&mut self, fields: Map<String, Value>, within: u8) -> Option<Value> {
        self.pay(2)?;
        let is_named = |name: &&str| {
            let name = fields.get(*name).and_then(Value::as_str);
            name.is_some_and(is_secret)
        };
        let has_secret = NAMES.iter().any(is_named);
        let mut told = Map::new();
        for (name, value) in fields {
            let lower = name.to_lowercase();
            // What a pair is called is not the secret of the pair.
            let is_name = lower == "key" && value.as_str().is_some_and(names_secret);
            let is_value = has_secret && VALUES.contains(&lower.as_str());
            let hidden = (is_secret(&name) && !is_name) || is_value;
            let name = self.plain(&name);
            if self.pay(name.len() + 4).is_none() {
                break;
            }
            let value = if hidden && !value.is_null() {
                self.mask()
            } else {
                self.value(value, within)
            };
            let Some(value) = value else { break };
            told.insert(name, value);
        }
        Some(Value::Object(told))
    }
}

/// Whether it begins as an object or a list does.
fn is_structure(text: &str) -> bool {
    text.trim_start().starts_with(['{', '['])
}

/// So many characters at most.
fn first(text: &str, longest: usize) -> &str {
    let end = text.char_indices().nth(longest);
    end.and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn told(value: &Value) -> Value {
        let (told, cut) = shown(&value.to_string());
        assert!(!cut);
        told
    }

    #[test]
    fn secrets_are_hidden_at_any_depth_whatever_they_are() {
        let stored = json!({
            "query": "select 1",
            "password": "hunter2",
            "options": [{ "Api-Key": { "id": 7, "part": "hunter2" } }, { "token": ["hunter2", 3] }],
            "pin": 1234,
            "secret": null,
            "limit": 5,
        });
        let shown = json!({
            "query": "select 1",
            "password": "•••",
            "options": [{ "Api-Key": "•••" }, { "token": "•••" }],
            "pin": "•••",
            "secret": null,
            "limit": 5,
        });
        assert_eq!(told(&stored), shown);
    }

    #[test]
    fn names_and_values_side_by_side_are_known() {
        let stored = json!({
            "headers": [{ "name": "Authorization", "value": "hunter2" }, ["X-Api-Key", "hunter2"]],
            "env": [{ "key": "DB_PASSWORD", "value": ["hunter2"] }, { "key": "HOME", "value": "/" }],
            "args": ["--password", "hunter2", "--user", "ana"],
        });
        let shown = json!({
            "headers": [{ "name": "Authorization", "value": "•••" }, ["X-Api-Key", "•••"]],
            "env": [{ "key": "DB_PASSWORD", "value": "•••" }, { "key": "•••", "value": "/" }],
            "args": ["--password", "•••", "--user", "ana"],
        });
        assert_eq!(told(&stored), shown);
    }

    #[test]
    fn json_within_strings_is_taken_apart_and_not_without_end() {
        let inner = json!({ "password": "hunter2", "a": 1 }).to_string();
        assert_eq!(
            told(&json!({ "body": inner })),
            json!({ "body": r#"{"a":1,"password":"•••"}"# })
        );
        let mut deep = inner;
        for _ in 0..6 {
            deep = json!({ "body": deep }).to_string();
        }
        assert!(!shown(&deep).0.to_string().contains("hunter2"));
    }

    #[test]
    fn keys_of_objects_and_text_that_is_no_json_are_looked_at_too() {
        assert_eq!(told(&json!({ "sk-abcdef123": 1 })), json!({ "•••": 1 }));
        assert_eq!(
            shown("token=hunter2 and more").0,
            json!("token=••• and more")
        );
        let too_deep = format!("{}\"hunter2\"{}", "[".repeat(200), "]".repeat(200));
        assert_eq!(shown(&too_deep), (json!("•••"), true));
        let within = json!({ "body": too_deep });
        assert_eq!(told(&within), json!({ "body": "•••" }));
    }

    #[test]
    fn what_is_long_is_cut_and_said_to_be() {
        let (told, cut) = shown(&json!({ "text": "é".repeat(9_000) }).to_string());
        assert!(cut);
        assert_eq!(told["text"].as_str().unwrap().chars().count(), 4_001);
        let many: Vec<u32> = (0..50_000).collect();
        let (told, cut) = shown(&json!(many).to_string());
        assert!(cut);
        assert_eq!(told.as_array().unwrap().len(), 4_095);
        // A secret that the cut goes through is not told in part.
        let text = format!(
            "{} https://ana:{}@db",
            "x ".repeat(1_990),
            "hunter2".repeat(50)
        );
        let (told, _) = shown(&json!(text).to_string());
        assert!(!told.to_string().contains("hunter2"), "{told}");
    }
}
