//! Text that is SQL somewhere else: in parameters, in questions, and in the hub's own rows.

use hub_sim::AuditRow;
use serde_json::{Value, json};
use shared_types::paths;
use timeline::MINUTE;

use crate::chat::alone;
use crate::world::{Answer, Api, Hub, Moment, on_every_hub};

on_every_hub!(
    a_filter_is_a_text_whatever_is_in_it,
    names_that_are_sql_are_names,
);

const NOW: &str = "2026-06-17T13:47:21Z";
/// A text that no row holds and no parameter takes.
const HARMLESS: &str = "nothing-of-this-name";
/// What has been tried on others.
const PAYLOADS: [&str; 26] = [
    "'",
    "''",
    "' OR '1'='1",
    "' OR 1=1 --",
    "\" OR \"\"=\"",
    "') OR ('1'='1",
    r#"1; DROP TABLE "omni2"."audit_logs"; --"#,
    r#"'; DELETE FROM "omni2"."audit_logs"; --"#,
    "'; UPDATE users SET email = 'x'; --",
    r#"' UNION SELECT password_hash FROM "auth_service"."users" --"#,
    "' UNION ALL SELECT NULL,NULL,NULL,NULL --",
    "'||(SELECT password_hash FROM users LIMIT 1)||'",
    "' AND (SELECT pg_sleep(60)) IS NULL --",
    "'; SELECT pg_sleep(60); --",
    "'; ATTACH DATABASE 'x.db' AS x; --",
    "'; COPY audit_logs TO '/tmp/x'; --",
    "\\'; DROP TABLE users; --",
    "\\",
    "%' ESCAPE '%",
    "_%_",
    "$1",
    "$$; DROP TABLE users; $$",
    "?1 OR 1=1",
    "/**/OR/**/1=1/*",
    "x\u{2bc} OR 1=1 --",
    "＇ OR 1=1 --",
];

/// Whatever a write would change.
async fn traces(hub: &Hub) -> Vec<i64> {
    let tables = if hub.kind.is_postgres() {
        "information_schema.tables"
    } else {
        "sqlite_master"
    };
    let mut traces = Vec::new();
    for sql in [
        "SELECT count(*) FROM omni2.audit_logs",
        "SELECT CAST(sum(id) AS bigint) FROM omni2.audit_logs",
        "SELECT count(DISTINCT email) FROM auth_service.users",
        "SELECT count(*) FROM omni2.mcp_servers",
        &format!("SELECT count(*) FROM {tables}"),
    ] {
        traces.push(hub.number(sql).await);
    }
    traces
}

fn some_calls(moment: &Moment) -> Vec<AuditRow> {
    let row = |n: i64| AuditRow {
        at: moment.now() - n * MINUTE,
        user_id: Some(n % 3),
        question: Some(format!("what is 100 % of {n}?")),
        message: Some(format!("what is 100 % of {n}?")),
        mcp_target: Some("Git MCP".to_owned()),
        ..AuditRow::default()
    };
    (0..20).map(row).collect()
}

async fn with(api: &Api, path: &str, name: &str, text: &str) -> Answer {
    let url = reqwest::Url::parse_with_params(&format!("{}{path}", api.url), [(name, text)]);
    let response = api.client.get(url.unwrap()).send().await.unwrap();
    Answer {
        status: response.status(),
        headers: response.headers().clone(),
        body: response.bytes().await.unwrap().to_vec(),
    }
}

/// An answer, but for what is another one with each.
fn told(answer: &Answer) -> (u16, Value) {
    let mut body: Value = answer.json();
    if let Some(fields) = body.as_object_mut() {
        fields.remove("request_id");
    }
    (answer.status.as_u16(), body)
}

async fn a_filter_is_a_text_whatever_is_in_it(hub: &Hub) {
    let moment = Moment::new(NOW);
    hub.insert(&some_calls(&moment)).await;
    let api = Api::chatting(hub, &moment, alone()).await;
    let before = traces(hub).await;
    let parameters = [
        (paths::STATS, &["tz"][..]),
        (
            paths::QUERIES,
            &["tz", "range", "from", "to", "bucket", "compare"],
        ),
        (
            paths::SNAPSHOT,
            &["tz", "range", "from", "to", "bucket", "compare"],
        ),
        (paths::COST, &["range", "from"]),
        (
            paths::ACTIVITY,
            &[
                "mcp",
                "user",
                "q",
                "status",
                "outcome",
                "cursor",
                "before_id",
                "limit",
                "from",
                "to",
            ],
        ),
    ];
    for (path, names) in parameters {
        for name in names {
            let harmless = told(&with(&api, path, name, HARMLESS).await);
            for payload in PAYLOADS {
                let answer = told(&with(&api, path, name, payload).await);
                assert_eq!(answer, harmless, "{path}?{name}={payload}");
            }
        }
    }
    for payload in PAYLOADS {
        let path = format!("{}/{}", paths::ACTIVITY, payload.replace(['/', '?'], "%2f"));
        let status = with(&api, &path, "tz", "UTC").await.status.as_u16();
        assert!([400, 404].contains(&status), "{path}: {status}");
        // Questions are no SQL either, whatever they are taken for.
        for message in [
            payload.to_owned(),
            format!("errors of \"{payload}\" by user today"),
        ] {
            let body = json!({ "message": message }).to_string();
            let answer = api.post(paths::ASK, &body).await;
            assert_eq!(answer.status, 200, "{message}: {}", answer.text());
        }
    }
    assert_eq!(traces(hub).await, before, "nothing was written");
    api.matching(20).await;
}

async fn names_that_are_sql_are_names(hub: &Hub) {
    let moment = Moment::new(NOW);
    let users: Vec<(i64, String)> = (1..)
        .zip(PAYLOADS)
        .map(|(id, payload)| (id, payload.replace('\'', "''")))
        .collect();
    let users: Vec<_> = users
        .iter()
        .map(|(id, email)| (*id, Some(email.as_str())))
        .collect();
    hub.set_users(&users).await;
    let rows = (1..).zip(PAYLOADS).map(|(id, payload)| AuditRow {
        at: moment.now() - id * MINUTE,
        user_id: Some(id),
        mcp_target: Some(payload.to_owned()),
        tool: Some(payload.to_owned()),
        question: Some(payload.to_owned()),
        message: Some(payload.to_owned()),
        ..AuditRow::default()
    });
    hub.insert(&rows.collect::<Vec<_>>()).await;
    let api = Api::chatting(hub, &moment, alone()).await;
    let before = traces(hub).await;
    for payload in PAYLOADS {
        for name in ["mcp", "user"] {
            let (status, page) = told(&with(&api, paths::ACTIVITY, name, payload).await);
            assert_eq!(
                (status, &page["matching"]),
                (200, &json!(1)),
                "{name}={payload}"
            );
            let call = &page["activities"][0];
            assert_eq!(call["mcp"], payload);
            assert_eq!(call["user_email"], payload);
        }
        let (_, page) = told(&with(&api, paths::ACTIVITY, "q", payload).await);
        let holding = PAYLOADS
            .iter()
            .filter(|other| other.to_lowercase().contains(&payload.to_lowercase()));
        assert_eq!(page["matching"], json!(holding.count()), "q={payload}");
        // The SQL that goes with an answer is run by people: it says no more than it should.
        for question in [
            "errors of \"{}\" by user today",
            "calls of \"{}\" on \"{}\" today",
        ] {
            let message = question.replace("{}", payload);
            let answer = api
                .post(paths::ASK, &json!({ "message": message }).to_string())
                .await;
            assert_eq!(answer.status, 200, "{message}: {}", answer.text());
            run_what_it_says(hub, &answer).await;
        }
    }
    let (_, chart) = told(&api.get(&format!("{}?range=24h", paths::ERRORS)).await);
    let named = chart["data"].as_array().unwrap().len();
    assert_eq!(named, PAYLOADS.len(), "{chart}");
    assert_eq!(traces(hub).await, before, "nothing was written");
}

/// Runs the SQL of an answer as somebody would who copies it, with all that they may do.
async fn run_what_it_says(hub: &Hub, answer: &Answer) {
    let answer: shared_types::ChatAnswer = answer.json();
    if let Some((sql, _)) = answer
        .answer
        .split_once("```sql\n")
        .and_then(|(_, rest)| rest.split_once("\n```"))
    {
        hub.run(sql).await;
    }
}
