//! One call with all its fields, as the hub's generation has them, and without secrets.

use hub_sim::AuditRow;
use serde_json::{Value, json};
use shared_types::{Activity, CallDetail, CallStatus, Caller, Problem, ProblemCode, Tokens, paths};
use timeline::{DAY, HOUR, MINUTE};

use crate::world::{Answer, Api, Hub, Kind, Moment, on_every_hub};

on_every_hub!(
    a_call_is_told_with_all_its_fields,
    no_secret_of_a_call_is_told,
    what_is_long_is_cut_and_said_to_be,
    a_call_that_is_not_there_is_told_so,
);

const NOW: &str = "2026-06-17T13:47:21Z";
/// What is planted where secrets are.
pub(crate) const CANARY: &str = "c4n4rySings";

#[expect(clippy::unnecessary_wraps, reason = "columns may be null")]
fn name(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn whole(moment: &Moment) -> AuditRow {
    AuditRow {
        at: moment.now() - HOUR,
        user_id: Some(1),
        message: name("What changed since Friday?\nAnd why?"),
        message_preview: name("What changed"),
        request_type: name("chat"),
        mcps: vec![name("Git MCP"), name("Time MCP")],
        tools_used: vec!["git.log".to_owned(), "time.now".to_owned()],
        tool_params: name(r#"{"since": "Friday", "limit": 20, "paths": ["a", null, 1.5]}"#),
        tool_calls_count: Some(2),
        iterations: Some(3),
        tokens_input: Some(1_200),
        tokens_output: Some(345),
        tokens_cached: Some(200),
        cost: name("0.012345"),
        success: false,
        status: name("error"),
        duration_ms: Some(2_500),
        error_message: name("the repository is locked"),
        error_id: name("E-17"),
        warning: name("slow"),
        block_reason: name("none"),
        result_summary: name("nothing"),
        response_preview: name("I could not"),
        ip_address: name("203.0.113.77"),
        user_agent: name("agent-of/1.0"),
        slack_user_id: name("U0SLACK"),
        slack_channel: name("C0SLACK"),
        source: name("ws_chat"),
        ..AuditRow::default()
    }
}

async fn a_call_is_told_with_all_its_fields(hub: &Hub) {
    let moment = Moment::new(NOW);
    hub.set_users(&[(1, Some("ana@company.com"))]).await;
    let bare = AuditRow {
        at: moment.now() - 200 * DAY,
        ..AuditRow::default()
    };
    let ids = hub.insert(&[whole(&moment), bare]).await;
    let api = Api::live(hub, &moment).await;
    let told: CallDetail = api.read(&paths::call(ids[0])).await;
    let listed = api.activity("").await.activities.remove(0);
    assert_eq!(told.call, listed, "as the feed has it");
    assert_eq!(told.call.user_email.as_deref(), Some("ana@company.com"));
    assert_eq!(told.call.status, CallStatus::Error);

    let (a, c) = (hub.kind.has_arrays(), hub.kind == Kind::C);
    let only = |there: bool, text: &str| there.then(|| text.to_owned());
    let expected = CallDetail {
        call: listed,
        cost_estimated: hub.kind == Kind::B,
        message: name("What changed since Friday?\nAnd why?"),
        request_type: only(a, "chat"),
        source: only(c, "ws_chat"),
        tool: only(!a, "log"),
        tools: if a {
            vec!["git.log".to_owned(), "time.now".to_owned()]
        } else {
            Vec::new()
        },
        parameters: Some(json!({"since": "Friday", "limit": 20, "paths": ["a", null, 1.5]})),
        tool_calls: a.then_some(2),
        iterations: a.then_some(3),
        tokens: Some(Tokens {
            input: a.then_some(1_200),
            output: a.then_some(345),
            cached: a.then_some(200),
            total: Some(1_545),
        }),
        error: name("the repository is locked"),
        error_id: name("E-17"),
        warning: only(a, "slow"),
        block_reason: name("none"),
        result: name("nothing"),
        response: only(a, "I could not"),
        caller: Some(Caller {
            ip_address: name("203.0.113.77"),
            user_agent: name("agent-of/1.0"),
            slack_user_id: name("U0SLACK"),
            slack_channel: name("C0SLACK"),
        }),
        cut: Vec::new(),
        stale_since: None,
    };
    assert_eq!(told, expected);

    // A call that says next to nothing, older than history: what there is not is absent.
    let answer = api.json(&paths::call(ids[1])).await;
    let fields: Vec<&str> = answer
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    let mut of_the_feed: Vec<&str> = [
        "id",
        "user_email",
        "action",
        "mcp",
        "mcps",
        "duration_ms",
        "cost",
        "status",
        "timestamp",
        "cost_estimated",
    ]
    .to_vec();
    of_the_feed.sort_unstable();
    assert_eq!(fields, of_the_feed);
    let call: Activity = serde_json::from_value(answer).unwrap();
    assert_eq!((call.action.as_str(), call.cost), ("", 0.0));
}

/// Parameters with the canary wherever somebody may put a secret.
pub(crate) fn planted() -> Value {
    let inner = json!({ "password": CANARY, "deep": { "api_key": CANARY } }).to_string();
    json!({
        "query": "select 1",
        "password": CANARY,
        "DB_PASSWD": CANARY,
        "accessToken": { "of": [CANARY] },
        "list": [{ "client-secret": [CANARY, { "a": CANARY }] }, [[{ "x-api-key": CANARY }]]],
        "headers": {
            "Authorization": format!("Basic {CANARY}"),
            "Cookie": format!("a={CANARY}; b={CANARY}"),
            "accept": format!("Bearer {CANARY}"),
        },
        "pairs": [{ "name": "Authorization", "value": CANARY }, ["X-Auth-Token", CANARY]],
        "args": ["--password", CANARY, format!("--token={CANARY}"), "-v"],
        "url": format!("postgres://ana:{CANARY}@db:5432/hub"),
        "link": format!("https://{CANARY}@git.example/x?api_key={CANARY}&page=2"),
        "values": [
            format!("sk-{CANARY}"),
            format!("ghp_{CANARY}"),
            "AKIAC4N4RYSINGS",
            format!("eyJhbGciOiJIUzI1NiJ9.{CANARY}.{CANARY}"),
        ],
        "body": inner,
        "twice": json!({ "body": inner }).to_string(),
        "command": format!("curl -H 'Authorization: Bearer {CANARY}' -u ana:{CANARY} http://a"),
        format!("sk-{CANARY}"): 1,
    })
}

async fn no_secret_of_a_call_is_told(hub: &Hub) {
    let moment = Moment::new(NOW);
    let said = format!("no login at postgres://ana:{CANARY}@db with token={CANARY}");
    let row = AuditRow {
        tool_params: Some(planted().to_string()),
        error_message: Some(said.clone()),
        block_reason: Some(said.clone()),
        warning: Some(said.clone()),
        result_summary: Some(said.clone()),
        response_preview: Some(said.clone()),
        message: Some(format!("why does sk-{CANARY} fail?")),
        message_preview: None,
        user_agent: Some(format!("curl Bearer {CANARY}")),
        ..whole(&moment)
    };
    let ids = hub.insert(&[row]).await;
    let api = Api::live(hub, &moment).await;
    let answer = api.get(&paths::call(ids[0])).await;
    let text = answer.text();
    assert!(!text.contains(CANARY) && !text.contains("C4N4RY"), "{text}");
    let told: CallDetail = answer.json();
    let parameters = told.parameters.unwrap();
    assert_eq!(parameters["query"], "select 1", "the rest is there");
    assert_eq!(parameters["url"], "postgres://•••@db:5432/hub");
    assert_eq!(
        parameters["args"],
        json!(["--password", "•••", "--token=•••", "-v"])
    );
    assert_eq!(told.message.as_deref(), Some("why does ••• fail?"));
    assert_eq!(told.call.action, "why does ••• fail?");
    let error = Some("no login at postgres://•••@db with token=•••");
    assert_eq!(told.error.as_deref(), error);
}

async fn what_is_long_is_cut_and_said_to_be(hub: &Hub) {
    let moment = Moment::new(NOW);
    let long = format!("{} and an end", "é is a letter ".repeat(40_000));
    let some = json!({ "rows": vec!["a row of some length"; 5_000] });
    let rows = [
        AuditRow {
            message: Some(long.clone()),
            tool_params: Some(some.to_string()),
            ..whole(&moment)
        },
        // Longer than is read at all, in one piece and however well it is packed.
        AuditRow {
            tool_params: Some(json!({ "text": "x".repeat(2_000_000) }).to_string()),
            error_message: Some("x".repeat(100_000)),
            ..whole(&moment)
        },
    ];
    let ids = hub.insert(&rows).await;
    let api = Api::live(hub, &moment).await;
    let answer = api.get(&paths::call(ids[0])).await;
    assert!(answer.body.len() < 100_000, "{}", answer.body.len());
    let told: CallDetail = answer.json();
    assert_eq!(told.cut, ["parameters", "message"]);
    let message = told.message.unwrap();
    let start = message.strip_suffix('…').unwrap();
    assert!(long.starts_with(start) && start.chars().count() > 19_000);
    let rows = told.parameters.unwrap()["rows"].as_array().unwrap().len();
    assert!((1_000..2_000).contains(&rows), "{rows}");
    let told: CallDetail = api.read(&paths::call(ids[1])).await;
    assert_eq!(told.parameters, None);
    assert_eq!(told.cut, ["parameters", "error"]);
}

fn code(answer: &Answer) -> (u16, ProblemCode, String) {
    let problem: Problem = answer.json();
    (answer.status.as_u16(), problem.code, problem.detail)
}

async fn a_call_that_is_not_there_is_told_so(hub: &Hub) {
    let moment = Moment::new(NOW);
    let ahead = AuditRow {
        at: moment.now() + 5 * MINUTE,
        ..AuditRow::default()
    };
    let ids = hub.insert(&[whole(&moment), ahead]).await;
    let api = Api::live(hub, &moment).await;
    for id in [0, 123_456, i64::MAX, ids[1]] {
        let (status, code, _) = code(&api.get(&paths::call(id)).await);
        assert_eq!((status, code), (404, ProblemCode::CallNotFound), "{id}");
    }
    for id in [
        "x",
        "-1",
        "+1",
        "1.5",
        "1e3",
        "%201",
        "9223372036854775808",
        "1%00",
        "%D9%A1",
        "null",
    ] {
        let path = format!("{}/{id}", paths::ACTIVITY);
        let (status, code, detail) = code(&api.get(&path).await);
        assert_eq!((status, code), (400, ProblemCode::BadParameter), "{id}");
        assert!(
            detail.contains("`id`") && detail.contains("id of a call"),
            "{detail}"
        );
    }
    moment.pass(5 * MINUTE);
    assert_eq!(
        api.get(&paths::call(ids[1])).await.status,
        200,
        "its time has come"
    );
    hub.run(&format!(
        "DELETE FROM omni2.audit_logs WHERE id = {}",
        ids[0]
    ))
    .await;
    let (status, code, _) = code(&api.get(&paths::call(ids[0])).await);
    assert_eq!((status, code), (404, ProblemCode::CallNotFound), "deleted");
}
