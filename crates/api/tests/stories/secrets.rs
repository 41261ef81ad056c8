//! What must never leave: secrets in columns, people's addresses and programs, passwords.

use std::io;
use std::sync::{Arc, LazyLock};

use hub_sim::{AuditRow, SECRET_MARK};
use parking_lot::Mutex;
use shared_types::{HubState, Problem, paths};
use timeline::MINUTE;
use tracing_subscriber::fmt::MakeWriter;

use crate::world::{Answer, Api, Events, Hub, Kind, Moment, on_every_hub, told};

on_every_hub!(no_answer_and_no_line_of_the_log_holds_a_secret);

const NOW: &str = "2026-06-17T13:47:21Z";
const PASSWORD: &str = "correct-horse-battery";

/// Everything that is logged in this process from the first look at it on.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Log;

    fn make_writer(&'a self) -> Log {
        self.clone()
    }
}

static LOG: LazyLock<Log> = LazyLock::new(|| {
    let log = Log::default();
    tracing_subscriber::fmt()
        .with_ansi(false)
        .with_max_level(tracing::Level::DEBUG)
        .with_writer(log.clone())
        .init();
    log
});

fn logged() -> String {
    String::from_utf8_lossy(&LOG.0.lock()).into_owned()
}

fn assert_clean(what: &str, text: &str) {
    let never = [
        SECRET_MARK,
        PASSWORD,
        "203.0.113.77",
        "agent-of/1.0",
        "U0SLACK",
        "C0SLACK",
    ];
    for secret in never {
        assert!(!text.contains(secret), "{secret} is in {what}");
    }
}

async fn no_answer_and_no_line_of_the_log_holds_a_secret(hub: &Hub) {
    LazyLock::force(&LOG);
    let moment = Moment::new(NOW);
    let row = AuditRow {
        at: moment.now() - MINUTE,
        user_id: Some(1),
        tool: Some("git_log".to_owned()),
        tool_params: Some(format!("{{\"password\": \"{SECRET_MARK}\"}}")),
        ip_address: Some("203.0.113.77".to_owned()),
        user_agent: Some("agent-of/1.0".to_owned()),
        slack_user_id: Some("U0SLACK".to_owned()),
        slack_channel: Some("C0SLACK".to_owned()),
        ..AuditRow::default()
    };
    hub.insert(&[row]).await;
    let url = hub
        .url
        .replace("postgres@", &format!("postgres:{PASSWORD}@"));
    let api = Api::serve(&api::store::Database::parse(&url).unwrap(), &moment);
    api.is(HubState::Live).await;
    let not_the_call = |path: &&str| ![paths::CALL, paths::STREAM].contains(path);
    for path in paths::read().filter(not_the_call) {
        assert_clean(path, api.get(path).await.text());
    }
    // A page of one call tells where it came from, and nothing else of this.
    let call = api.get(&paths::call(1)).await;
    assert!(call.text().contains("•••"));
    let call = call
        .text()
        .replace("203.0.113.77", "")
        .replace("agent-of/1.0", "");
    assert_clean(
        "one call",
        &call.replace("U0SLACK", "").replace("C0SLACK", ""),
    );
    let looked = format!("{}?q={SECRET_MARK}", paths::ACTIVITY);
    assert_eq!(
        api.activity(&format!("q={SECRET_MARK}")).await.matching,
        0,
        "nor can it be guessed"
    );
    assert_clean(&looked, api.get(&looked).await.text());
    let mut events = Events::open(&api, "", None).await;
    assert_clean("the stream", &events.next().await.unwrap().data);

    let answer: Answer = api.get("/nope").await;
    let problem: Problem = answer.json();
    let log = logged();
    assert!(
        log.contains(&problem.request_id),
        "a problem's id stands in the log"
    );
    for line in log.lines() {
        // What is asked for is a visitor's own text; the path is logged without it.
        assert_clean("the log", line);
    }
}

async fn a_password_is_not_told_when_it_does_not_help(hub: &Hub) {
    LazyLock::force(&LOG);
    let (_, host) = hub.url.split_once('@').unwrap();
    let url = format!("postgres://nobody:{PASSWORD}@{host}");
    let api = Api::serve(
        &api::store::Database::parse(&url).unwrap(),
        &Moment::new(NOW),
    );
    let status = api.is(HubState::Stale).await;
    assert!(status.detail.is_some());
    for path in [paths::STATUS, paths::READY, paths::STATS] {
        assert_clean(path, api.get(path).await.text());
    }
    for line in logged().lines() {
        assert_clean("the log", line);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_login_that_is_refused() {
    told(Kind::A, a_password_is_not_told_when_it_does_not_help).await;
}
