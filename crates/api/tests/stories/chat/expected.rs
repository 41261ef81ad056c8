//! What the API tells, in the words of the table: `errors?range=7d /errors`,
//! `cost?range=today name=Git_MCP cost`, `errors?range=7d top=errors`, and sums and shares
//! of such figures.

use serde_json::Value;
use timeline::Zone;

use crate::world::{Api, shown};

/// A number, or a name.
pub(super) enum Expected {
    Number(f64),
    Name(String),
}

/// Works out an expression: `a + b`, `a / b`, or one figure.
pub(super) async fn work_out(api: &Api, zone: &str, now: i64, expression: &str) -> Expected {
    if let Some((above, below)) = expression.split_once(" / ") {
        let (above, below) = (
            number(api, zone, now, above).await,
            number(api, zone, now, below).await,
        );
        return Expected::Number(above / below);
    }
    one(api, zone, now, expression).await
}

async fn number(api: &Api, zone: &str, now: i64, expression: &str) -> f64 {
    match one(api, zone, now, expression).await {
        Expected::Number(number) => number,
        Expected::Name(name) => panic!("{expression} is a name: {name}"),
    }
}

async fn one(api: &Api, zone: &str, now: i64, expression: &str) -> Expected {
    let mut words = expression.split_whitespace();
    let path = words.next().unwrap();
    let what: Vec<&str> = words.collect();
    let told = api.json(&full(path, zone, now)).await;
    match what.as_slice() {
        [pointer] if pointer.starts_with('/') => {
            Expected::Number(told.pointer(pointer).and_then(Value::as_f64).unwrap_or(0.0))
        }
        [sum] if sum.starts_with("sum=") => {
            let field = &sum["sum=".len()..];
            let data = told["data"].as_array().unwrap().iter();
            Expected::Number(data.map(|one| one[field].as_f64().unwrap()).sum())
        }
        [top] if top.starts_with("top=") || top.starts_with("least=") => {
            let (way, field) = top.split_once('=').unwrap();
            let mut data = told["data"].as_array().unwrap().clone();
            data.sort_by(|a, b| {
                let order = a[field]
                    .as_f64()
                    .unwrap()
                    .total_cmp(&b[field].as_f64().unwrap());
                let by_name = || a["mcp"].as_str().cmp(&b["mcp"].as_str());
                (if way == "top" { order.reverse() } else { order }).then_with(by_name)
            });
            Expected::Name(data[0]["mcp"].as_str().unwrap().to_owned())
        }
        [name, field] => {
            let name = name.trim_start_matches("name=").replace('_', " ");
            let mut data = told["data"].as_array().unwrap().iter();
            let found = data.find(|one| one["mcp"] == name.as_str());
            Expected::Number(found.map_or(0.0, |one| one[*field].as_f64().unwrap()))
        }
        other => panic!("{expression}: {other:?}"),
    }
}

/// The whole path, with the moments that stand in braces.
fn full(path: &str, zone: &str, now: i64) -> String {
    let known = Zone::named(zone).unwrap();
    let yesterday = known.yesterday(now);
    let before = known.yesterday(yesterday.to - 1);
    let mut path = path.replace("{today}", &shown(yesterday.to));
    path = path.replace("{yesterday}", &shown(yesterday.from));
    path = path.replace("{before_yesterday}", &shown(before.from));
    path = path.replace("{now}", &shown(timeline::running_minute_end(now)));
    let (what, query) = path.split_once('?').unwrap_or((&path, ""));
    let what = match what {
        "stats" | "activity" => what.to_owned(),
        "latency" => "charts/response-times".to_owned(),
        chart => format!("charts/{chart}"),
    };
    format!("/api/v1/dashboard/{what}?{query}&tz={zone}").replace("?&", "?")
}
