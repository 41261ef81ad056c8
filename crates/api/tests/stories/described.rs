//! The description of the interface is the interface: every route is in it, and every
//! answer has the shape that it says.

use hub_sim::AuditRow;
use serde_json::Value;
use shared_types::paths;
use timeline::MINUTE;

use crate::world::{Api, Hub, Kind, Moment, asked, told};

const NOW: &str = "2026-06-17T13:47:21Z";

/// Why a value is not of a schema; empty when it is.
fn faults(document: &Value, schema: &Value, value: &Value, at: &str) -> Vec<String> {
    if let Some(name) = schema["$ref"].as_str() {
        let found = document.pointer(name.trim_start_matches('#')).unwrap();
        return faults(document, found, value, at);
    }
    for choice in ["oneOf", "anyOf"] {
        if let Some(choices) = schema[choice].as_array() {
            let fits = |one: &Value| faults(document, one, value, at).is_empty();
            let told = || vec![format!("{at}: fits none of {choices:?}: {value}")];
            return if choices.iter().any(fits) {
                Vec::new()
            } else {
                told()
            };
        }
    }
    if let Some(allowed) = schema["enum"].as_array() {
        let told = || vec![format!("{at}: {value} is none of {allowed:?}")];
        return if allowed.contains(value) {
            Vec::new()
        } else {
            told()
        };
    }
    // What callers made up is described in words only.
    let said = schema.as_object().map_or(0, serde_json::Map::len);
    if said == usize::from(schema["description"].is_string()) && !schema.is_null() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let parts = schema["allOf"].as_array().map_or(&[][..], Vec::as_slice);
    let mut known = Vec::new();
    for part in parts.iter().chain([schema]) {
        let part = match part["$ref"].as_str() {
            Some(name) => document.pointer(name.trim_start_matches('#')).unwrap(),
            None => part,
        };
        found.extend(of_type(part, value, at));
        for name in part["required"].as_array().into_iter().flatten() {
            if value.get(name.as_str().unwrap()).is_none() {
                found.push(format!("{at}: lacks {name}"));
            }
        }
        for (name, schema) in part["properties"].as_object().into_iter().flatten() {
            known.push(name.as_str());
            if let Some(value) = value.get(name) {
                found.extend(faults(document, schema, value, &format!("{at}.{name}")));
            }
        }
        for (n, item) in value.as_array().into_iter().flatten().enumerate() {
            found.extend(faults(
                document,
                &part["items"],
                item,
                &format!("{at}[{n}]"),
            ));
        }
    }
    for name in value
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, _)| name.as_str())
    {
        if !known.contains(&name) {
            found.push(format!("{at}: {name} is not described"));
        }
    }
    found
}

fn of_type(schema: &Value, value: &Value, at: &str) -> Vec<String> {
    let named = match &schema["type"] {
        Value::String(name) => vec![name.as_str()],
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
        _ => return Vec::new(),
    };
    let fits = named.iter().any(|name| match *name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        _ => false,
    });
    if fits {
        Vec::new()
    } else {
        vec![format!("{at}: {value} is not {named:?}")]
    }
}

fn schema<'a>(document: &'a Value, path: &str, status: &str, kind: &str) -> &'a Value {
    let method = if paths::ASKED.contains(&path) {
        "post"
    } else {
        "get"
    };
    let answer = &document["paths"][path][method]["responses"][status];
    let schema = &answer["content"][kind]["schema"];
    assert!(
        schema.is_object(),
        "{path} {status} {kind} is not described: {answer}"
    );
    schema
}

async fn every_answer_has_the_shape_that_is_described(hub: &Hub) {
    let moment = Moment::new(NOW);
    let row = |n| AuditRow {
        at: moment.now() - n * MINUTE,
        user_id: Some(n),
        duration_ms: (n % 2 == 0).then_some(n),
        mcp_target: Some("Git MCP".to_owned()),
        tool_params: Some(r#"{"since": [1, null]}"#.to_owned()),
        tokens_input: Some(10),
        user_agent: Some("agent-of/1.0".to_owned()),
        ..AuditRow::default()
    };
    hub.insert(&(0..60).map(row).collect::<Vec<_>>()).await;
    let api = Api::live(hub, &moment).await;
    let document = api.json(paths::OPENAPI).await;
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    for path in paths::FIGURES.into_iter().chain(paths::MOMENTARY) {
        let answer = api.json(&asked(path)).await;
        let described = schema(&document, path, "200", "application/json");
        let faults = faults(&document, described, &answer, path);
        assert!(faults.is_empty(), "{faults:#?}");
    }
    for path in paths::ASKED {
        let problem: Value = api.post(path, "{}").await.json();
        let described = schema(&document, path, "400", "application/problem+json");
        let faults = faults(&document, described, &problem, path);
        assert!(faults.is_empty(), "{faults:#?}");
    }
    for path in paths::FIGURES.into_iter().chain([paths::STREAM]) {
        let problem: Value = api.get(&format!("{}?tz=x", asked(path))).await.json();
        let described = schema(&document, path, "400", "application/problem+json");
        let faults = faults(&document, described, &problem, path);
        assert!(faults.is_empty(), "{faults:#?}");
    }
    // And what is described is there.
    let described = document["paths"].as_object().unwrap();
    assert_eq!(described.len(), paths::described().count());
    for path in paths::read().filter(|path| *path != paths::STREAM) {
        assert_eq!(api.get(&asked(path)).await.status, 200, "{path}");
    }
    // The checker itself sees what is wrong.
    let described = schema(&document, paths::STATS, "200", "application/json");
    let wrong = serde_json::json!({ "queries_today": "many", "surprise": 1 });
    let told = faults(&document, described, &wrong, "stats").join("\n");
    assert!(
        told.contains("lacks") && told.contains("surprise") && told.contains("many"),
        "{told}"
    );
}

async fn the_page_that_reads_it_needs_no_other_host(hub: &Hub) {
    let api = Api::live(hub, &Moment::new(NOW)).await;
    let page = api.get("/api/docs").await;
    assert_eq!(page.status, 200, "a redirect was followed");
    let html = page.text().to_owned();
    let mut files = Vec::new();
    for part in html.split(['"', '\'']) {
        assert!(
            !part.starts_with("//") && !part.starts_with("http"),
            "another host: {part}"
        );
        if [".js", ".css", ".png"]
            .iter()
            .any(|end| part.ends_with(end))
        {
            files.push(part.trim_start_matches("./").to_owned());
        }
    }
    assert!(files.len() >= 4, "{html}");
    for file in &files {
        let answer = api.get(&format!("/api/docs/{file}")).await;
        assert_eq!(answer.status, 200, "{file}");
        assert!(!answer.body.is_empty());
    }
    let start = api.get("/api/docs/swagger-initializer.js").await;
    assert!(start.text().contains("../openapi.json"));
    assert!(!start.text().contains("http"), "{}", start.text());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn shapes() {
    told(Kind::Embedded, every_answer_has_the_shape_that_is_described).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_page() {
    told(Kind::Embedded, the_page_that_reads_it_needs_no_other_host).await;
}
