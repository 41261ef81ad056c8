//! The recorded MCP calls that every simulated row draws on (see `data/README.md`).

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::generator::sentence;

const CSV: &[u8] = include_bytes!("../data/mcp-calls.csv");

/// What a parameter text that the recording cut gets to be whole JSON again: an
/// ellipsis says that something is missing.
const CUT_MARK: &str = "…\"}";

/// Every recorded call, by server, in order of the servers' first call.
pub(crate) static RECORDING: LazyLock<Vec<RecordedServer>> = LazyLock::new(|| parse(CSV));

/// A server of the recording and its calls.
#[derive(Debug)]
pub(crate) struct RecordedServer {
    pub(crate) name: String,
    pub(crate) successes: Vec<Call>,
    pub(crate) failures: Vec<Call>,
}

/// One recorded call.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) tool: String,
    /// Whole JSON, always.
    pub(crate) params: Value,
    pub(crate) params_text: String,
    pub(crate) duration_us: i64,
    pub(crate) response_bytes: i64,
    /// What the server answered when it failed.
    pub(crate) error: Option<String>,
    /// The call in words.
    pub(crate) sentence: String,
}

#[derive(Deserialize)]
struct Line {
    mcp: String,
    tool: String,
    params: String,
    success: u8,
    duration_us: i64,
    response_bytes: i64,
    error: String,
}

/// Lines that cannot be read are left out; a test holds that there are none.
fn parse(csv_text: &[u8]) -> Vec<RecordedServer> {
    let mut servers: Vec<RecordedServer> = Vec::new();
    let mut reader = csv::Reader::from_reader(csv_text);
    for line in reader.deserialize::<Line>().flatten() {
        let name = line.mcp.clone();
        let success = line.success != 0;
        let Some(call) = call(line) else { continue };
        let position = servers.iter().position(|server| server.name == name);
        let position = position.unwrap_or_else(|| {
            servers.push(RecordedServer {
                name,
                successes: Vec::new(),
                failures: Vec::new(),
            });
            servers.len() - 1
        });
        if let Some(server) = servers.get_mut(position) {
            let calls = if success {
                &mut server.successes
            } else {
                &mut server.failures
            };
            calls.push(call);
        }
    }
    servers
}

fn call(line: Line) -> Option<Call> {
    let params: Value = serde_json::from_str(&line.params)
        .or_else(|_| serde_json::from_str(&format!("{}{CUT_MARK}", line.params)))
        .ok()?;
    Some(Call {
        sentence: sentence::of_call(&line.mcp, &line.tool, &params),
        params_text: params.to_string(),
        params,
        tool: line.tool,
        duration_us: line.duration_us,
        response_bytes: line.response_bytes,
        error: (!line.error.is_empty()).then_some(line.error),
    })
}

impl RecordedServer {
    fn calls(&self) -> impl Iterator<Item = &Call> {
        self.successes.iter().chain(&self.failures)
    }

    /// The tools that were called, by name, each with a JSON schema of the
    /// arguments seen in calls that succeeded.
    pub(crate) fn tools(&self) -> BTreeMap<&str, Value> {
        let mut seen: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
        for call in self.calls() {
            seen.entry(&call.tool).or_default();
        }
        for call in &self.successes {
            let properties = seen.entry(&call.tool).or_default();
            for (key, value) in call.params.as_object().into_iter().flatten() {
                properties.insert(key.clone(), json!({ "type": json_type(value) }));
            }
        }
        let schema =
            |properties| json!({ "type": "object", "properties": Value::Object(properties) });
        seen.into_iter()
            .map(|(tool, properties)| (tool, schema(properties)))
            .collect()
    }
}

fn json_type(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_recording_is_used() {
        let calls: usize = RECORDING.iter().map(|server| server.calls().count()).sum();
        assert_eq!(calls, 6_800);
        assert_eq!(RECORDING.len(), 6);
    }

    #[test]
    fn every_server_of_the_recording_has_successes_and_failures() {
        for server in RECORDING.iter() {
            assert!(
                !server.successes.is_empty(),
                "{} never succeeded",
                server.name
            );
            assert!(!server.failures.is_empty(), "{} never failed", server.name);
            assert!(server.failures.iter().all(|call| call.error.is_some()));
        }
    }

    #[test]
    fn parameters_that_the_recording_cut_are_whole_json_with_an_ellipsis() {
        let cut = |call: &&Call| call.params_text.contains('…');
        let calls: usize = RECORDING
            .iter()
            .map(|server| server.calls().filter(cut).count())
            .sum();
        assert_eq!(calls, 222);
    }

    #[test]
    fn a_tool_lists_the_arguments_that_were_seen() {
        let server = RECORDING
            .iter()
            .find(|server| server.name == "Filesystem MCP")
            .unwrap();
        let tools = server.tools();
        assert_eq!(
            tools["read_text_file"]["properties"]["head"]["type"],
            "number"
        );
        assert_eq!(
            tools["read_text_file"]["properties"]["path"]["type"],
            "string"
        );
    }
}
