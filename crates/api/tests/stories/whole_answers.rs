//! Whole answers of a small hub that never changes: whoever changes a shape sees it here.

use hub_sim::AuditRow;
use shared_types::paths;
use timeline::{DAY, HOUR, MINUTE, SECOND};

use crate::world::{Api, Hub, Kind, Moment, told};

const NOW: &str = "2026-06-17T13:47:21Z";

async fn answers_are_these(hub: &Hub) {
    let moment = Moment::new(NOW);
    hub.set_users(&[(1, Some("ana@company.com")), (2, None)])
        .await;
    hub.set_servers(&[("Git MCP", true), ("Time MCP", true), ("Old MCP", false)])
        .await;
    let name = |text: &str| Some(text.to_owned());
    let row = |ago: i64, cost: &str| AuditRow {
        at: moment.now() - ago,
        user_id: Some(1),
        message: name("What changed since Friday?"),
        mcps: vec![name("Git MCP")],
        duration_ms: Some(250),
        cost: name(cost),
        status: name("success"),
        tool_params: name(r#"{"repository": "hub", "token": "abc"}"#),
        tools_used: vec!["git.log".to_owned()],
        tokens_input: Some(900),
        tokens_output: Some(100),
        iterations: Some(2),
        user_agent: name("agent-of/1.0"),
        ..AuditRow::default()
    };
    hub.insert(&[
        row(DAY, "0.02"),
        row(2 * HOUR, "0.000001"),
        AuditRow {
            mcps: vec![name("Git MCP"), name("Time MCP")],
            ..row(HOUR, "0.01")
        },
        AuditRow {
            success: false,
            duration_ms: None,
            user_id: Some(2),
            ..row(3 * MINUTE, "0.5")
        },
        AuditRow {
            was_blocked: true,
            mcps: Vec::new(),
            ..row(MINUTE, "0")
        },
        AuditRow {
            status: name("warning"),
            ..row(SECOND, "1.25")
        },
    ])
    .await;
    let api = Api::live(hub, &moment).await;
    let window = "from=2026-06-17T11:00:00Z&bucket=1h&tz=Europe/Berlin";
    for (file, path) in [
        ("stats", format!("{}?tz=America/New_York", paths::STATS)),
        ("activity", format!("{}?limit=4", paths::ACTIVITY)),
        (
            "activity_of_errors",
            format!("{}?outcome=error", paths::ACTIVITY),
        ),
        ("call", paths::call(1)),
        ("call_not_found", paths::call(77)),
        ("queries", format!("{}?{window}", paths::QUERIES)),
        (
            "queries_compared",
            format!("{}?range=today&compare=previous", paths::QUERIES),
        ),
        (
            "response_times_compared",
            format!("{}?{window}&compare=previous", paths::RESPONSE_TIMES),
        ),
        ("cost", format!("{}?{window}", paths::COST)),
        (
            "response_times",
            format!("{}?{window}", paths::RESPONSE_TIMES),
        ),
        ("errors", format!("{}?{window}", paths::ERRORS)),
        (
            "snapshot",
            format!("{}?range=today&tz=America/Los_Angeles", paths::SNAPSHOT),
        ),
        (
            "snapshot_between",
            format!("{}?{window}&to=2026-06-17T13:00:00Z", paths::SNAPSHOT),
        ),
        ("status", paths::STATUS.to_owned()),
        ("health", paths::HEALTH.to_owned()),
        ("ready", paths::READY.to_owned()),
        ("openapi", paths::OPENAPI.to_owned()),
        ("bad_parameter", format!("{}?range=2h", paths::QUERIES)),
        ("cursor_gone", format!("{}?before_id=77", paths::ACTIVITY)),
        ("not_found", "/nope".to_owned()),
    ] {
        let answer: serde_json::Value = api.get(&path).await.json();
        insta::assert_json_snapshot!(file, answer, {
            ".version" => "[version]",
            ".info.version" => "[version]",
            ".status.version" => "[version]",
            ".request_id" => "[request_id]",
        });
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_small_hub() {
    told(Kind::Embedded, answers_are_these).await;
}
