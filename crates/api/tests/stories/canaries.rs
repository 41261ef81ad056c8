//! A hub with a canary in every column that is never read, and wherever else somebody may put a
//! secret: the program says none of it, to nobody and in no line of its log.

use hub_sim::AuditRow;
use serde_json::{Value, json};
use shared_types::{ActivityPage, HubState, Range, Status, paths};
use testkit::ApiProcess;
use timeline::{HOUR, MINUTE};
use tokio::task::spawn_blocking;

use crate::detail::{CANARY, planted};
use crate::world::{Hub, Kind, on_every_hub, until, wall_clock};

on_every_hub!(no_canary_sings_to_anybody_nor_in_the_log_at_any_level);

/// What sings in columns that are never read.
const UNREAD: &str = "unr34dC0lumn";
/// How many calls hold canaries.
const CALLS: i64 = 12;

/// Columns that are never read, and whether they hold JSON.
fn never_read(kind: Kind) -> Vec<(&'static str, &'static str, bool)> {
    let mut columns = vec![
        ("auth_service.users", "username", false),
        ("auth_service.users", "password_hash", false),
        ("auth_service.users", "api_key_hash", false),
        ("auth_service.roles", "name", false),
        ("auth_service.roles", "description", false),
        ("auth_service.teams", "name", false),
        ("omni2.mcp_servers", "url", false),
        ("omni2.mcp_tools", "description", false),
        ("omni2.mcp_tools", "input_schema", true),
    ];
    columns.extend(match kind {
        Kind::Embedded | Kind::A => [
            ("omni2.mcp_servers", "version", false),
            ("omni2.mcp_servers", "capabilities", true),
        ]
        .to_vec(),
        Kind::B | Kind::C => [
            ("omni2.mcp_servers", "description", false),
            ("omni2.mcp_servers", "protocol", false),
            ("omni2.mcp_servers", "auth_type", false),
            ("omni2.mcp_servers", "auth_config", true),
            ("omni2.mcp_servers", "meta_data", true),
            ("omni2.mcp_health_log", "error_message", false),
            ("omni2.mcp_health_log", "event_type", false),
            ("omni2.mcp_health_log", "meta_data", true),
        ]
        .to_vec(),
    });
    columns
}

async fn plant(hub: &Hub) {
    if !hub.kind.has_arrays() {
        hub.run(
            "INSERT INTO omni2.mcp_health_log (mcp_server_id, status) \
             SELECT id, 'unhealthy' FROM omni2.mcp_servers",
        )
        .await;
    }
    for (table, column, holds_json) in never_read(hub.kind) {
        let text = match (holds_json, hub.kind.is_postgres()) {
            (false, _) => format!("'{UNREAD}-' || id"),
            (true, true) => format!("jsonb_build_object('token', '{UNREAD}')"),
            (true, false) => format!("'{{\"token\": \"{UNREAD}\"}}'"),
        };
        hub.run(&format!("UPDATE {table} SET {column} = {text}"))
            .await;
        let planted = format!("{table} WHERE CAST({column} AS text) LIKE '%{UNREAD}%'");
        let count = hub.number(&format!("SELECT count(*) FROM {planted}")).await;
        assert!(count > 0, "{table}.{column}");
    }
}

/// Calls in every state, minutes and days ago, with secrets wherever people leave them.
fn calls(now: i64) -> Vec<AuditRow> {
    let said = format!("no login at postgres://ana:{CANARY}@db with token={CANARY}");
    let asked = format!("why does it fail with token={CANARY}?");
    let row = |n: i64| AuditRow {
        at: now - n * n * 5 * HOUR - MINUTE,
        user_id: Some(1 + n % 3),
        question: Some(asked.clone()),
        message: Some(asked.clone()),
        message_preview: (n % 2 == 0).then(|| asked.clone()),
        mcp_target: Some("Git MCP".to_owned()),
        tool: Some("git_log".to_owned()),
        tool_params: Some(planted().to_string()),
        success: n % 3 != 0,
        was_blocked: n % 4 == 1,
        duration_ms: Some(n * 100),
        cost: Some("0.01".to_owned()),
        error_message: Some(said.clone()),
        block_reason: Some(said.clone()),
        warning: Some(said.clone()),
        result_summary: Some(said.clone()),
        response_preview: Some(said.clone()),
        user_agent: Some(format!("curl Bearer {CANARY}")),
        ..AuditRow::default()
    };
    (0..CALLS).map(row).collect()
}

fn assert_silent(what: &str, text: &str) {
    for canary in [UNREAD, CANARY, "C4N4RY", hub_sim::SECRET_MARK] {
        if let Some(place) = text.find(canary) {
            let start = text.floor_char_boundary(place.saturating_sub(200));
            let end = text.ceil_char_boundary(place + 40);
            panic!("{what}: {}", &text[start..end]);
        }
    }
}

/// Every question that can be asked by reading.
fn read(page: &ActivityPage) -> Vec<String> {
    let mut asked: Vec<String> = paths::read()
        .filter(|path| ![paths::STREAM, paths::CALL].contains(path))
        .map(str::to_owned)
        .collect();
    for path in paths::WINDOWS
        .into_iter()
        .filter(|path| *path != paths::STREAM)
    {
        for range in Range::ALL {
            asked.push(format!("{path}?range={}&compare=previous", range.as_str()));
        }
        asked.push(format!(
            "{path}?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z"
        ));
    }
    for query in [
        "limit=500",
        "limit=2",
        "status=error",
        "status=blocked",
        "outcome=error",
        "mcp=Git%20MCP",
        "user=nobody",
        "q=fail",
        "q=postgres",
        "q=no%20login",
        "before_id=5",
        "cursor=junk",
        "from=1970-01-01T00:00:00Z",
    ] {
        asked.push(format!("{}?{query}", paths::ACTIVITY));
    }
    // What is not read cannot be guessed by counting either.
    asked.push(format!("{}?next={}", paths::ACTIVITY, page.matching));
    asked.extend(page.activities.iter().map(|call| paths::call(call.id)));
    asked.extend(["/nope", paths::DOCS].map(str::to_owned));
    asked
}

const QUESTIONS: [&str; 14] = [
    "help",
    "errors by user last 30 days",
    "errors by tool last 30 days",
    "cost by server last 30 days",
    "show the last calls",
    "show the errors of the last 30 days",
    "slowest calls last 30 days",
    "blocked calls last 30 days",
    "what is call #1",
    "which servers are there",
    "how many users are there",
    "are all servers healthy",
    "p95 by tool today",
    "why did it fail",
];

async fn text(url: &str) -> String {
    reqwest::get(url).await.unwrap().text().await.unwrap()
}

/// The stream's first events: a snapshot, and a delta that holds a call that is new.
async fn streamed(hub: &Hub, url: &str, now: i64) -> String {
    let mut answer = reqwest::get(format!("{url}{}?range=24h", paths::STREAM))
        .await
        .unwrap();
    let mut text = String::new();
    let mut told = false;
    while !text.contains("event: delta") {
        let more = answer.chunk().await.unwrap().expect("the stream goes on");
        text.push_str(&String::from_utf8_lossy(&more));
        if text.contains("event: snapshot") && !told {
            hub.insert(&calls(now)[..1]).await;
            told = true;
        }
    }
    text
}

async fn no_canary_sings_to_anybody_nor_in_the_log_at_any_level(hub: &Hub) {
    let now = wall_clock();
    plant(hub).await;
    hub.insert(&calls(now)).await;
    let address = hub.url.clone();
    let start = move || {
        ApiProcess::start(&[
            ("DATABASE_URL", &address),
            ("POLL_MS", "50"),
            ("RUST_LOG", "trace"),
        ])
    };
    let api = spawn_blocking(start).await.unwrap();
    let url = api.url();
    until("it to be live", async || {
        let status = text(&format!("{url}{}", paths::STATUS)).await;
        let status: Status = serde_json::from_str(&status).unwrap();
        (status.state == HubState::Live).then_some(())
    })
    .await;
    let all = format!(
        "{url}{}?limit=500&from=2000-01-01T00:00:00Z",
        paths::ACTIVITY
    );
    let page: ActivityPage = serde_json::from_str(&text(&all).await).unwrap();
    assert_eq!(page.activities.len(), calls(now).len());
    for asked in read(&page) {
        assert_silent(&asked, &text(&format!("{url}{asked}")).await);
    }
    let unread = text(&format!("{url}{}?q={UNREAD}", paths::ACTIVITY)).await;
    let unread: Value = serde_json::from_str(&unread).unwrap();
    assert_eq!(unread["matching"], 0, "nor can it be guessed");
    assert_silent("the stream", &streamed(hub, &url, now).await);
    let client = reqwest::Client::new();
    for question in QUESTIONS {
        for path in paths::ASKED {
            let asked = client.post(format!("{url}{path}"));
            let answer = asked
                .json(&json!({ "message": question }))
                .send()
                .await
                .unwrap();
            assert_eq!(answer.status(), 200, "{question}");
            assert_silent(question, &answer.text().await.unwrap());
        }
    }
    let log = until("the log to tell of the end", async || {
        let log = api.logged();
        text(&format!("{url}/the-end")).await;
        log.contains("/the-end").then_some(log)
    })
    .await;
    assert!(log.contains("\"TRACE\""), "at every level");
    for line in log.lines() {
        // What was asked for is a visitor's own text, and was asked for by this story.
        assert_silent("the log", line);
    }
    spawn_blocking(move || api.stop()).await.unwrap();
}
