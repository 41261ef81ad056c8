//! What operators watch the API with, `docs/prometheus-rules.yml` and `docs/grafana.json`, asks for
//! what `/metrics` tells, and for nothing else; and their manual tells of all of it.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;
use serde_json::Value;
use shared_types::paths;
use testkit::{HubMood, StubHub};

use crate::chat::alone;
use crate::world::{Api, Hub, Kind, Moment, Talk, asked, told};

const NOW: &str = "2026-06-17T13:47:21Z";
const RULES: &str = include_str!("../../../../docs/prometheus-rules.yml");
const BOARD: &str = include_str!("../../../../docs/grafana.json");
const MANUAL: &str = include_str!("../../../../docs/OPERATIONS.md");
const SETTINGS: &str = include_str!("../../../../.env.example");

/// Labels that Prometheus itself adds to all that it reads.
const ADDED: [&str; 2] = ["job", "instance"];
/// Series that Prometheus itself makes.
const MADE: [&str; 1] = ["up"];

/// Metrics, the labels of each, and the values of each label.
type Told = BTreeMap<String, BTreeMap<String, BTreeSet<String>>>;

/// Notes what `/metrics` tells.
fn note(told: &mut Told, text: &str) {
    let sample = Regex::new(r"^(\w+)(?:\{(.*)\})? ").unwrap();
    let label = Regex::new(r#"(\w+)="([^"]*)""#).unwrap();
    for line in text.lines() {
        let Some(parts) = sample.captures(line) else {
            continue;
        };
        let labels = told.entry(parts[1].to_owned()).or_default();
        let written = parts.get(2).map_or("", |written| written.as_str());
        for parts in label.captures_iter(written) {
            let values = labels.entry(parts[1].to_owned()).or_default();
            values.insert(parts[2].to_owned());
        }
    }
}

/// What is asked for in a text with `PromQL` that is not told.
fn faults(told: &Told, promql: &str) -> Vec<String> {
    let selector = Regex::new(r"\b(omni2_\w+|up)\b(?:\{([^}]*)\})?").unwrap();
    let matcher = Regex::new(r#"(\w+) *(=~|!~|!=|=) *"([^"]*)""#).unwrap();
    let mut found = Vec::new();
    for parts in selector.captures_iter(promql) {
        let name = &parts[1];
        if MADE.contains(&name) {
            continue;
        }
        let Some(labels) = told.get(name) else {
            found.push(format!("{name} is not told"));
            continue;
        };
        let written = parts.get(2).map_or("", |written| written.as_str());
        for parts in matcher.captures_iter(written) {
            let (label, how, value) = (&parts[1], &parts[2], &parts[3]);
            if ADDED.contains(&label) {
                continue;
            }
            let Some(values) = labels.get(label) else {
                found.push(format!("{name} has no label {label}"));
                continue;
            };
            let fits = |known: &String| match how {
                "=" | "!=" => known == value,
                _ => Regex::new(&format!("^(?:{value})$"))
                    .unwrap()
                    .is_match(known),
            };
            if !values.iter().any(fits) {
                found.push(format!("{name} never has {label}{how}{value}"));
            }
        }
    }
    let known: BTreeSet<&str> = told
        .values()
        .flat_map(BTreeMap::keys)
        .map(String::as_str)
        .chain(ADDED)
        .collect();
    let lists = Regex::new(r"\b(?:by|without|on|ignoring) *\(([^)]*)\)").unwrap();
    let written = Regex::new(r"\{\{ *(?:\$labels\.)?(\w+)").unwrap();
    let listed = lists
        .captures_iter(promql)
        .flat_map(|parts| parts[1].split(',').map(str::to_owned).collect::<Vec<_>>());
    let named = written
        .captures_iter(promql)
        .map(|parts| parts[1].to_owned());
    for label in listed.chain(named) {
        if !known.contains(label.trim()) {
            found.push(format!("nothing has the label {}", label.trim()));
        }
    }
    found
}

/// Every text of a JSON document under one of these keys.
fn texts<'a>(value: &'a Value, keys: &[&str], found: &mut Vec<&'a str>) {
    match value {
        Value::Array(list) => list.iter().for_each(|one| texts(one, keys, found)),
        Value::Object(map) => {
            for (key, one) in map {
                let wanted = keys.contains(&key.as_str());
                found.extend(one.as_str().filter(|_| wanted));
                texts(one, keys, found);
            }
        }
        _ => {}
    }
}

/// Everything that an API tells on a day on which everything happens.
async fn everything_told(hub: &Hub) -> Told {
    let mut told = Told::new();
    let failing = StubHub::start(HubMood::Refuses(500, "no".to_owned())).await;
    for talk in [alone(), Talk::with(&failing)] {
        let api = Api::chatting(hub, &Moment::new(NOW), talk).await;
        let once = paths::read().filter(|path| *path != paths::STREAM);
        for path in once.chain(["/nope"]) {
            api.get(&asked(path)).await;
        }
        api.post(paths::ASK, r#"{"message": "how many queries today"}"#)
            .await;
        note(&mut told, api.get(paths::METRICS).await.text());
    }
    told
}

async fn operators_watch_what_there_is(hub: &Hub) {
    let told = everything_told(hub).await;
    assert!(told.len() > 5, "{told:?}");
    // All of the file: prose names labels as `{{ $labels.name }}`, and no metric.
    let wrong = faults(&told, RULES);
    assert_eq!(wrong, Vec::<String>::new(), "prometheus-rules.yml");
    let board: Value = serde_json::from_str(BOARD).unwrap();
    let mut asked = Vec::new();
    texts(&board, &["expr", "legendFormat", "definition"], &mut asked);
    let variable = Regex::new(r"label_values\((.*), (\w+)\)").unwrap();
    for text in &asked {
        let text = variable.replace_all(text, "$1 by ($2)");
        let wrong = faults(&told, &text);
        assert_eq!(wrong, Vec::<String>::new(), "grafana.json: {text}");
    }
    assert!(asked.len() > 20, "{asked:?}");
    // And what is told is watched by somebody: nothing was forgotten.
    let everything = format!("{RULES}{}", asked.join("\n"));
    for (name, labels) in told {
        let base = name.trim_end_matches("_sum").trim_end_matches("_count");
        assert!(everything.contains(base), "nobody looks at {name}");
        for what in labels.get("what").into_iter().flatten() {
            assert!(everything.contains(what), "nobody looks at {name} {what}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn alerts_and_boards() {
    told(Kind::Embedded, operators_watch_what_there_is).await;
}

#[test]
fn the_manual_tells_of_every_alert_and_every_setting() {
    let named = |pattern: &str, text: &str| -> BTreeSet<String> {
        let pattern = Regex::new(pattern).unwrap();
        let found = pattern.captures_iter(text);
        found.map(|parts| parts[1].to_owned()).collect()
    };
    let alerts = named(r"(?m)^ +- alert: (\w+)$", RULES);
    let told = named(r"(?m)^\| `(Omni2\w+)` \|", MANUAL);
    assert_eq!(told, alerts, "alerts");
    let settings = named(r"(?m)^#?([A-Z][A-Z0-9_]+)=", SETTINGS);
    assert!(settings.len() > 15, "{settings:?}");
    for setting in settings {
        assert!(MANUAL.contains(&format!("`{setting}`")), "{setting}");
    }
}

#[test]
fn what_is_not_told_is_found() {
    let mut told = Told::new();
    note(
        &mut told,
        "# HELP omni2_a Some\nomni2_a{what=\"open\"} 1\nomni2_b 2\n",
    );
    let wrong = |promql: &str| faults(&told, promql).join(", ");
    let right = r#"sum by (what) (rate(omni2_a{what="open", job="x"}[5m])) / omni2_b + up{a="b"}"#;
    assert_eq!(wrong(right), "");
    assert_eq!(wrong("omni2_c > 1"), "omni2_c is not told");
    assert_eq!(wrong(r#"omni2_b{what="x"}"#), "omni2_b has no label what");
    let never = wrong(r#"omni2_a{what=~"shut.*"}"#);
    assert_eq!(never, "omni2_a never has what=~shut.*");
    assert_eq!(
        wrong("sum by (kind) (omni2_a)"),
        "nothing has the label kind"
    );
    assert_eq!(wrong("{{ $labels.kind }}"), "nothing has the label kind");
}
