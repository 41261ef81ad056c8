//! Roles: a viewer sees every figure, and nothing of who asked what.

use hub_sim::AuditRow;
use reqwest::Method;
use serde_json::Value;
use shared_types::{ActivityPage, CallDetail, paths};
use timeline::{DAY, HOUR, MINUTE, SECOND};

use crate::world::doors::{ANA, VERA, basic};
use crate::world::{Answer, Api, Events, Hub, Kind, Moment, asked, on_every_hub, told};

on_every_hub!(a_viewer_is_told_nothing_of_people);

const NOW: &str = "2026-06-17T13:47:21Z";
/// Stands in everything that people wrote, that quotes them, or that tells where they were.
const PRIVATE: &str = "zwetschge";

fn private(what: &str) -> String {
    format!("{what} of {PRIVATE}")
}

/// A call of which every field that may tell of somebody does.
fn call(moment: &Moment, ago: i64) -> AuditRow {
    let name = |text: &str| Some(text.to_owned());
    AuditRow {
        at: moment.now() - ago,
        user_id: Some(1),
        question: Some(private("the question")),
        message: Some(private("the message")),
        message_preview: Some(private("the preview")),
        mcps: vec![name("Git MCP")],
        tools_used: vec!["git.log".to_owned()],
        tool_params: Some(format!("{{\"name\": \"{PRIVATE}\"}}")),
        success: false,
        error_message: Some(private("the error")),
        error_id: name("E-17"),
        warning: Some(private("the warning")),
        block_reason: Some(private("the reason")),
        result_summary: Some(private("the result")),
        response_preview: Some(private("the answer")),
        user_agent: Some(private("the program")),
        slack_user_id: Some(private("the number")),
        slack_channel: Some(private("the channel")),
        ip_address: name("203.0.113.77"),
        duration_ms: Some(250),
        cost: name("0.01"),
        llm_tokens: Some(10_000),
        ..AuditRow::default()
    }
}

/// Reads raw bytes: whatever field it is in, it must not be there.
fn assert_nobody(what: &str, text: &str) {
    for word in [PRIVATE, "@company.com", "203.0.113.77"] {
        assert!(!text.contains(word), "{what} tells {word}: {text}");
    }
}

async fn a_hub_with_calls(hub: &Hub, moment: &Moment) {
    let email = format!("{PRIVATE}@company.com");
    hub.set_users(&[(1, Some(email.as_str()))]).await;
    let rows: Vec<AuditRow> = (1..60).map(|n| call(moment, n * MINUTE)).collect();
    hub.insert(&rows).await;
    hub.insert(&[call(moment, 100 * DAY)]).await;
}

async fn a_viewer_is_told_nothing_of_people(hub: &Hub) {
    let moment = Moment::new(NOW);
    a_hub_with_calls(hub, &moment).await;
    let api = Api::behind(hub, &moment, basic()).await;
    let (ana, vera) = (api.cookie(ANA).await, api.cookie(VERA).await);
    // The admin first: what is kept for one is not for the other.
    let old = format!(
        "{}?to=2026-06-01T00:00:00Z&from=2026-01-01T00:00:00Z",
        paths::ACTIVITY
    );
    let between = format!("{}?from=2026-06-17T13:00:00Z&bucket=1m", paths::SNAPSHOT);
    let more = [
        old,
        between,
        format!("{}?limit=500", paths::ACTIVITY),
        format!("{}?outcome=error&mcp=Git%20MCP", paths::ACTIVITY),
        format!("{}?range=today&compare=previous", paths::SNAPSHOT),
        format!("{}?before_id=20&limit=5", paths::ACTIVITY),
    ];
    for path in paths::read().map(asked).chain(more) {
        if [paths::STREAM, paths::CHAT].contains(&path.as_str()) {
            continue;
        }
        let whole = api.get_as(&ana, &path).await;
        let part = api.get_as(&vera, &path).await;
        assert_eq!(
            (whole.status.as_u16(), part.status.as_u16()),
            (200, 200),
            "{path}"
        );
        if path != paths::ME {
            assert_nobody(&path, part.text());
        }
        let rows = path.starts_with(paths::ACTIVITY) || path.starts_with(paths::SNAPSHOT);
        assert_eq!(whole.text().contains(PRIVATE), rows, "{path}");
        if rows {
            assert_ne!(whole.header("etag"), part.header("etag"), "{path}");
            same_but_for_people(&path, &whole, &part);
        }
    }
    stream_tells_nobody(hub, &api, &moment, [&ana, &vera]).await;
}

/// What one sees of figures the other does, to the last digit.
fn same_but_for_people(path: &str, whole: &Answer, part: &Answer) {
    let (mut whole, part): (Value, Value) = (whole.json(), part.json());
    let hide = |row: &mut Value| {
        row["user_email"] = Value::Null;
        row["action"] = Value::from("");
    };
    if let Some(rows) = whole.get_mut("activities").and_then(Value::as_array_mut) {
        rows.iter_mut().for_each(hide);
    } else {
        hide(&mut whole);
        for name in [
            "message",
            "parameters",
            "error",
            "warning",
            "block_reason",
            "result",
            "response",
            "caller",
        ] {
            whole.as_object_mut().unwrap().remove(name);
        }
    }
    assert_eq!(whole, part, "{path}");
}

/// Snapshots and deltas of both audiences, opened on the same page at once.
async fn stream_tells_nobody(hub: &Hub, api: &Api, moment: &Moment, [ana, vera]: [&str; 2]) {
    let (ana, vera) = ([("cookie", ana)], [("cookie", vera)]);
    let mut whole = Events::open_with(api, "", None, &ana).await;
    let mut part = Events::open_with(api, "", None, &vera).await;
    let (all, some) = (whole.news().await, part.news().await);
    assert!(all.data.contains(PRIVATE));
    assert_nobody("the snapshot", &some.data);
    // Who comes back as somebody else is not told what the other audience missed.
    let mut other = Events::open_with(api, "", Some(&all.id), &vera).await;
    let first = other.news().await;
    assert_eq!(first.name, "snapshot");
    assert_nobody("the other's snapshot", &first.data);

    hub.insert(&[call(moment, SECOND)]).await;
    // What nobody may see changes for nobody: only the admin is told of a new address.
    hub.run("UPDATE auth_service.users SET email = 'zwetschge.b@company.com' WHERE id = 1")
        .await;
    moment.pass(MINUTE + SECOND);
    let mut told = false;
    while !told {
        let event = whole.news().await;
        told = event.data.contains("zwetschge.b@company.com");
    }
    let mut new = false;
    while !new {
        let event = part.news().await;
        assert_nobody("a delta", &event.data);
        let delta: Value = serde_json::from_str(&event.data).unwrap();
        new = delta["activity"]["new"]
            .as_array()
            .is_some_and(|new| !new.is_empty());
    }
    // A whole page of new calls at once is told as a snapshot.
    let rows: Vec<AuditRow> = (0..600).map(|_| call(moment, 0)).collect();
    hub.insert(&rows).await;
    loop {
        let event = part.news().await;
        assert_nobody("what follows", &event.data);
        if event.name == "snapshot" {
            break;
        }
    }
    assert_eq!(api.live.gauges().subscribers, 3);
}

async fn what_a_viewer_sees_whole(hub: &Hub) {
    let moment = Moment::new(NOW);
    let email = format!("{PRIVATE}@company.com");
    hub.set_users(&[(1, Some(email.as_str()))]).await;
    hub.insert(&[call(&moment, HOUR)]).await;
    let api = Api::behind(hub, &moment, basic()).await;
    let vera = api.cookie(VERA).await;
    let page: Value = api.get_as(&vera, paths::ACTIVITY).await.json();
    insta::assert_json_snapshot!("activity_without_people", page);
    let call: Value = api.get_as(&vera, &paths::call(1)).await.json();
    insta::assert_json_snapshot!("call_without_people", call);
}

async fn what_needs_an_admin_is_refused(hub: &Hub) {
    let moment = Moment::new(NOW);
    a_hub_with_calls(hub, &moment).await;
    let api = Api::behind(hub, &moment, basic()).await;
    let (ana, vera) = (api.cookie(ANA).await, api.cookie(VERA).await);
    let refused = |name: &str, answer: &Answer| {
        assert_eq!(answer.status, 403, "{name}");
        assert_eq!(
            answer.header("content-type"),
            Some("application/problem+json")
        );
        let problem: Value = answer.json();
        insta::assert_json_snapshot!(name, problem, { ".request_id" => "[request_id]" });
    };
    for name in ["user", "q"] {
        let path = format!("{}?{name}={PRIVATE}@company.com", paths::ACTIVITY);
        refused(
            &format!("forbidden_{name}"),
            &api.get_as(&vera, &path).await,
        );
        let page: ActivityPage = api.get_as(&ana, &path).await.json();
        assert_eq!(page.matching > 0, name == "user");
        // Empty is none.
        let empty = format!("{}?{name}=", paths::ACTIVITY);
        assert_eq!(api.get_as(&vera, &empty).await.status, 200);
    }
    refused("forbidden_chat", &api.get_as(&vera, paths::CHAT).await);
    assert_eq!(api.get_as(&ana, paths::CHAT).await.status, 200);
    for (path, name) in [
        (paths::ASK, "forbidden_ask"),
        (paths::ASK_STREAM, "forbidden_ask_stream"),
    ] {
        let headers = [
            ("cookie", vera.as_str()),
            ("content-type", "application/json"),
        ];
        let question = r#"{"message": "Who asks most?"}"#;
        refused(
            name,
            &api.send(Method::POST, path, &headers, question).await,
        );
    }
    let call: CallDetail = api.get_as(&ana, &paths::call(1)).await.json();
    assert!(
        call.message.is_some() && call.caller.is_some(),
        "an admin is told everything"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whole_answers_for_a_viewer() {
    told(Kind::Embedded, what_a_viewer_sees_whole).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn refusals() {
    told(Kind::Embedded, what_needs_an_admin_is_refused).await;
}
