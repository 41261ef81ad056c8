//! A recorded call in words, as a person might have asked for it.

use std::borrow::Cow;

use serde_json::Value;

/// The longest argument that is quoted, in characters.
const LONGEST_QUOTE: usize = 120;

/// One line that says what the call does, from the tool and its parameters alone.
/// A tool that is not known is named as it is.
pub(crate) fn of_call(mcp: &str, tool: &str, params: &Value) -> String {
    let get = |key| text(params.get(key));
    match tool {
        // Filesystem
        "read_text_file" => match params.get("head") {
            Some(head) => format!(
                "Read the first {} lines of {}",
                text(Some(head)),
                get("path")
            ),
            None => format!("Read {}", get("path")),
        },
        "write_file" => format!("Write {}", get("path")),
        "list_directory" => format!("List {}", get("path")),
        "directory_tree" => format!("Show the tree of {}", get("path")),
        "get_file_info" => format!("Size and dates of {}", get("path")),
        "search_files" => format!("Find {} in {}", get("pattern"), get("path")),
        // Git
        "git_branch" => format!(
            "List {} branches of {}",
            get("branch_type"),
            get("repo_path")
        ),
        "git_diff" => format!("Compare {} with {}", get("repo_path"), get("target")),
        "git_log" => format!("Last {} commits of {}", get("max_count"), get("repo_path")),
        "git_show" => format!("Show {} of {}", get("revision"), get("repo_path")),
        "git_status" => format!("Status of {}", get("repo_path")),
        // Memory
        "read_graph" => "Read the whole knowledge graph".to_owned(),
        "search_nodes" => format!("Search memory for {}", get("query")),
        "open_nodes" => format!("Look up {}", list(params.get("names"))),
        "create_entities" => format!("Remember {}", first(params, "entities", "name")),
        "create_relations" => relation(params),
        "add_observations" => {
            format!(
                "Add a note on {}",
                first(params, "observations", "entityName")
            )
        }
        // Time
        "get_current_time" => format!("What time is it in {}?", get("timezone")),
        "convert_time" => {
            let [from, to] = [get("source_timezone"), get("target_timezone")];
            format!("Convert {} from {from} to {to}", get("time"))
        }
        // Everything and Thinking
        "echo" => format!("Echo: {}", get("message")),
        "get-sum" => format!("Add {} and {}", get("a"), get("b")),
        "get-structured-content" => format!("Weather in {}", get("location")),
        "get-annotated-message" => format!("Show a message of type {}", get("messageType")),
        "get-resource-links" => format!("List {} resource links", get("count")),
        "get-tiny-image" => "Show the tiny image".to_owned(),
        "trigger-long-running-operation" => {
            format!(
                "Run {} s of work in {} steps",
                get("duration"),
                get("steps")
            )
        }
        "sequentialthinking" => format!("Think about: {}", get("thought")),
        other => format!("Call {other} on {mcp}"),
    }
}

fn relation(params: &Value) -> String {
    let end = |key| first(params, "relations", key);
    format!("Link {} to {}", end("from"), end("to"))
}

/// The `field` of the first object in the array `array`.
fn first<'v>(params: &'v Value, array: &str, field: &str) -> Cow<'v, str> {
    text(params.get(array).and_then(|items| items.get(0)?.get(field)))
}

fn list(names: Option<&Value>) -> String {
    let names = names
        .and_then(Value::as_array)
        .map_or(&[][..], Vec::as_slice);
    names
        .iter()
        .map(|name| text(Some(name)))
        .collect::<Vec<_>>()
        .join(", ")
}

fn text(value: Option<&Value>) -> Cow<'_, str> {
    match value {
        None => Cow::Borrowed("?"),
        Some(Value::String(text)) if text.chars().count() > LONGEST_QUOTE => {
            Cow::Owned(text.chars().take(LONGEST_QUOTE).chain(['…']).collect())
        }
        Some(Value::String(text)) => Cow::Borrowed(text),
        Some(other) => Cow::Owned(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::recording::RECORDING;

    #[test]
    fn a_call_reads_like_a_request() {
        let read = of_call(
            "Filesystem MCP",
            "read_text_file",
            &json!({"path": "/srv/files/a.txt"}),
        );
        assert_eq!(read, "Read /srv/files/a.txt");
        let sum = of_call("Everything MCP", "get-sum", &json!({"a": 24, "b": 12}));
        assert_eq!(sum, "Add 24 and 12");
        let link = json!({"relations": [{"from": "invoice", "to": "quota"}]});
        assert_eq!(
            of_call("Memory MCP", "create_relations", &link),
            "Link invoice to quota"
        );
    }

    #[test]
    fn every_recorded_call_has_words_of_its_own() {
        for server in RECORDING.iter() {
            for call in &server.successes {
                assert!(
                    !call.sentence.starts_with("Call "),
                    "{} has no words",
                    call.tool
                );
                assert!(!call.sentence.contains('?') || call.tool == "get_current_time");
            }
        }
    }
}
