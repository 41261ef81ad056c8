//! `docs/grants.sql`: the role that it makes sees what the dashboard shows, and nothing else.

mod rows;

use std::process::Output;

use api::store::Database;
use serde_json::json;
use shared_types::{ChatAnswer, HubState, Stats, paths};
use sqlx::postgres::PgPoolOptions;
use sqlx::{AssertSqlSafe, PgPool};
use timeline::{DAY, HOUR};
use tokio::process::Command;

use rows::full_rows;

use crate::chat::alone;
use crate::world::{Api, Hub, Kind, Moment, told};

const NOW: &str = "2026-06-17T13:47:21Z";
const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/grants.sql");
/// PostgreSQL's word for what is not granted.
const NOT_GRANTED: &str = "42501";

/// Runs the script as an operator does, for this role.
async fn run_script(hub: &Hub, role: &str) -> Output {
    let psql = testkit::postgres_program("psql").unwrap();
    let run = Command::new(psql)
        .args(["-X", "-v", &format!("role={role}"), "-f", SCRIPT, &hub.url])
        .output();
    run.await.unwrap()
}

/// The role, made by the script, and the hub's address for it.
async fn granted(hub: &Hub) -> (String, String) {
    let (server, database) = hub.url.rsplit_once('/').unwrap();
    let role = format!("{database}_Dashboard");
    // The second time changes nothing.
    for _ in 0..2 {
        let done = run_script(hub, &role).await;
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success() && !said.contains("ERROR"), "{said}");
    }
    let (_, host) = server.split_once('@').unwrap();
    (format!("postgres://{role}@{host}/{database}"), role)
}

async fn forget(hub: &Hub, role: &str) {
    hub.run(&format!(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{role}'; \
         DROP OWNED BY \"{role}\"; DROP ROLE \"{role}\""
    ))
    .await;
}

/// Every question that a page, a client or somebody who chats puts to the database.
fn questions() -> Vec<String> {
    let old = "from=2026-04-20T00:00:00Z&to=2026-04-28T00:00:00Z";
    let mut asked: Vec<String> = paths::FIGURES
        .iter()
        .filter(|path| **path != paths::CALL)
        .flat_map(|path| {
            let short = format!("{path}?tz=Europe/Berlin");
            let long = format!("{path}?range=30d&compare=previous");
            let windowed = paths::WINDOWS.contains(path);
            [Some(short), windowed.then_some(long)]
        })
        .flatten()
        .collect();
    // Older than the history: read from the database.
    asked.extend(paths::CHARTS.map(|path| format!("{path}?{old}")));
    for filter in [
        "limit=500",
        "mcp=Git%20MCP",
        "status=warning",
        "status=blocked",
        "outcome=error",
        "user=ana.silva%40company.com",
        "q=friday",
        "q=branch&mcp=Time%20MCP",
        old,
        "before_id=100",
    ] {
        asked.push(format!("{}?{filter}", paths::ACTIVITY));
    }
    asked.extend([1, 2, 5, 7, 11, 288, 999].map(paths::call));
    asked
}

async fn everything_reads_as_it_does_for_the_owner(hub: &Hub) {
    let moment = Moment::new(NOW);
    hub.insert(&full_rows(&moment)).await;
    // What is only in these columns: a new user, a name unlike the address, a tool nobody called.
    hub.run(
        "UPDATE omni2.mcp_servers SET last_health_check = '2026-06-17T13:40:00Z'; \
         UPDATE auth_service.users SET created_at = '2026-06-15', name = 'Wilhelmina Quux' WHERE id = 3; \
         UPDATE omni2.mcp_tools SET name = 'frobnicate_all' \
         WHERE id = (SELECT min(id) FROM omni2.mcp_tools)",
    )
    .await;
    let (url, role) = granted(hub).await;
    let owner = Api::chatting(hub, &moment, alone()).await;
    let reader = Api::idle_with(&Database::parse(&url).unwrap(), &moment, alone());
    reader.follow();
    reader.is(HubState::Live).await;
    for path in questions() {
        let (told, seen) = (owner.get(&path).await, reader.get(&path).await);
        assert_eq!(seen.status, told.status, "{path}: {}", seen.text());
        let problem = told.status != 200;
        assert!(!problem || path == paths::call(999), "{}", told.text());
        assert!(
            problem || seen.text() == told.text(),
            "{path}: {}",
            seen.text()
        );
    }
    for question in [
        "queries by user in the last 50 days",
        "errors by tool this month",
        "what did ana.silva@company.com ask this week",
        "the slowest calls this month",
        "the most expensive calls this month",
        "which MCP servers are unhealthy",
        "how many users are there",
        "how often was the tool git_log called this week",
        "how often was frobnicate_all called this week",
        "how many queries did Wilhelmina Quux make this month",
    ] {
        let body = json!({ "message": question }).to_string();
        let told = owner.post(paths::ASK, &body).await;
        let seen = reader.post(paths::ASK, &body).await;
        assert_eq!(seen.text(), told.text(), "{question}");
        let answer: ChatAnswer = told.json();
        assert!(answer.success && answer.tool_calls > 0, "{answer:?}");
    }
    let cards: Stats = reader.read(paths::STATS).await;
    assert_eq!((cards.total_users, cards.new_users_7d), (Some(28), Some(1)));
    let metrics = reader.get(paths::METRICS).await;
    assert!(
        metrics.text().contains("what=\"database_failures\"} 0"),
        "the database refused something: {}",
        metrics.text()
    );
    drop(reader);
    forget(hub, &role).await;
}

/// What the database says to this: its code, none when it did it.
async fn refused(reader: &PgPool, sql: &str) -> Option<String> {
    let done = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()));
    let error = done.execute(reader).await.err()?;
    let error = error.into_database_error().expect("an answer");
    Some(error.code().unwrap_or_default().into_owned())
}

async fn nothing_else_can_be_read_and_nothing_written(hub: &Hub) {
    let moment = Moment::new(NOW);
    hub.insert(&full_rows(&moment)[..1]).await;
    let (url, role) = granted(hub).await;
    // Somebody was generous by hand: the next run takes it back.
    hub.run(&format!(
        "GRANT ALL ON auth_service.users, omni2.audit_logs TO \"{role}\""
    ))
    .await;
    let again = run_script(hub, &role).await;
    assert!(again.status.success(), "{again:?}");
    let one = PgPoolOptions::new().max_connections(1);
    let reader = one.connect(&url).await.unwrap();
    let written = "UPDATE omni2.audit_logs SET success = TRUE";
    let read_only = refused(&reader, written).await;
    assert_eq!(read_only.as_deref(), Some("25006"), "read-only by itself");
    // Whoever has the password can undo that.
    let undone = refused(&reader, "SET default_transaction_read_only = off").await;
    assert_eq!(undone, None);
    let mut forbidden = vec![
        "SELECT password_hash FROM auth_service.users",
        "SELECT api_key_hash FROM auth_service.users",
        "SELECT * FROM auth_service.users",
        "SELECT u FROM auth_service.users u",
        "SELECT id FROM auth_service.roles",
        "SELECT url FROM omni2.mcp_servers",
        "SELECT input_schema FROM omni2.mcp_tools",
        "COPY auth_service.users TO STDOUT",
        written,
        "INSERT INTO omni2.audit_logs (success) VALUES (TRUE)",
        "DELETE FROM omni2.audit_logs",
        "TRUNCATE omni2.audit_logs",
        "SELECT id FROM omni2.audit_logs FOR UPDATE",
        "DO $$ BEGIN LOCK TABLE omni2.audit_logs IN ACCESS EXCLUSIVE MODE; END $$",
        "SELECT nextval('omni2.audit_logs_id_seq')",
        "DROP TABLE omni2.mcp_tools",
        "CREATE TABLE omni2.mine ()",
        "CREATE SCHEMA mine",
        "CREATE ROLE mine",
    ];
    if !hub.kind.has_arrays() {
        forbidden.push("SELECT auth_config FROM omni2.mcp_servers");
        forbidden.push("SELECT id FROM omni2.mcp_health_log");
    }
    for sql in forbidden {
        let code = refused(&reader, sql).await;
        assert_eq!(code.as_deref(), Some(NOT_GRANTED), "{sql}");
    }
    reader.close().await;
    forget(hub, &role).await;
}

async fn a_hub_without_identity_is_granted_too(hub: &Hub) {
    let moment = Moment::new(NOW);
    hub.insert(&full_rows(&moment)[..2]).await;
    hub.run("DROP SCHEMA auth_service CASCADE; DROP TABLE omni2.mcp_tools")
        .await;
    let (url, role) = granted(hub).await;
    let api = Api::serve(&Database::parse(&url).unwrap(), &moment);
    api.is(HubState::Live).await;
    let cards: Stats = api.read(paths::STATS).await;
    assert_eq!((cards.total_users, cards.active_mcps), (None, Some(9)));
    drop(api);
    forget(hub, &role).await;
}

/// Nothing is done, and it is said why.
async fn stops(hub: &Hub, role: &str, why: &str) {
    let done = run_script(hub, role).await;
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(!done.status.success() && said.contains(why), "{said}");
}

async fn what_would_do_harm_is_not_done(hub: &Hub) {
    stops(hub, "postgres", "may do more than read").await;
    let (_, database) = hub.url.rsplit_once('/').unwrap();
    let member = format!("{database}_member");
    hub.run(&format!(
        "CREATE ROLE {member}; GRANT pg_monitor TO {member}"
    ))
    .await;
    stops(hub, &member, "may do more than read").await;
    hub.run(&format!("DROP ROLE {member}; DROP SCHEMA omni2 CASCADE"))
        .await;
    stops(hub, &member, "has no schema omni2").await;
    let made = format!("SELECT count(*) FROM pg_roles WHERE rolname = '{member}'");
    assert_eq!(hub.number(&made).await, 0);
}

macro_rules! tests {
    ($($story:ident: $($kind:ident as $name:ident),+;)+) => {$(
        mod $story {$(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                super::told(super::Kind::$kind, super::$story).await;
            }
        )+}
    )+};
}

tests! {
    everything_reads_as_it_does_for_the_owner: A as generation_a, B as generation_b, C as generation_c;
    nothing_else_can_be_read_and_nothing_written: A as generation_a, C as generation_c;
    a_hub_without_identity_is_granted_too: B as generation_b;
    what_would_do_harm_is_not_done: C as generation_c;
}

/// The old rows are older than what is held in memory.
const _: () = assert!(288 * 5 * HOUR > 50 * DAY);
