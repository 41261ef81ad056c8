//! Who the hub is told is asking, and with what it is shown that they may.

use shared_types::{Problem, paths};
use testkit::{HubMood, Received, StubHub};

use crate::world::{Answer, Api, Hub, Kind, Moment, Talk, on_every_hub, told};

on_every_hub!(a_number_belongs_to_an_address);

const NOW: &str = "2026-06-17T13:47:21Z";
const QUESTION: &str = r#"{"message": " What changed? \n"}"#;

async fn ask(api: &Api, path: &str, headers: &[(&str, &str)]) -> Answer {
    let headers = [&[("content-type", "application/json")], headers].concat();
    api.send(reqwest::Method::POST, path, &headers, QUESTION)
        .await
}

/// What the hub receives when it is asked at this path.
async fn received(api: &Api, stub: &StubHub, path: &str, headers: &[(&str, &str)]) -> Received {
    let answer = ask(api, path, headers).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    stub.asked().await
}

fn body(user: &str) -> String {
    format!(r#"{{"user_id":"{user}","message":"What changed?"}}"#)
}

async fn the_hub_is_asked_as_its_interface_says(hub: &Hub) {
    hub.set_users(&[(7, Some("ops@company.com"))]).await;
    let stub = StubHub::start(HubMood::Answers("Much.".to_owned())).await;
    let talk = Talk::with(&stub).identified("t0k3n", "ops@company.com");
    let api = Api::chatting(hub, &Moment::new(NOW), talk).await;
    for path in paths::ASKED {
        let asked = received(&api, &stub, path, &[]).await;
        assert_eq!((asked.method.as_str(), asked.path.as_str()), ("POST", path));
        assert_eq!(asked.body, body("ops@company.com"));
        assert_eq!(asked.header("x-source"), Some("omni2-dashboard"));
        assert_eq!(asked.header("content-type"), Some("application/json"));
        assert_eq!(asked.header("authorization"), Some("Bearer t0k3n"));
        assert_eq!(asked.header("accept-encoding"), None);
        let number = (path == paths::ASK_STREAM).then_some("7");
        assert_eq!(asked.header("x-user-id"), number);
    }
}

async fn nobody_can_say_that_they_are_somebody_else(hub: &Hub) {
    hub.set_users(&[(8, Some("boss@company.com"))]).await;
    let stub = StubHub::start(HubMood::Answers("Much.".to_owned())).await;
    let claims = [
        ("x-user-id", "8"),
        ("x-user-email", "boss@company.com"),
        ("authorization", "Bearer stolen"),
    ];
    // From an address that is not believed, whichever are.
    for proxies in ["", "10.0.0.0/8,::1"] {
        let talk = Talk::with(&stub).believing(proxies);
        let api = Api::chatting(hub, &Moment::new(NOW), talk).await;
        let asked = received(&api, &stub, paths::ASK_STREAM, &claims).await;
        assert_eq!(asked.body, body("dashboard@localhost"));
        assert_eq!(asked.header("x-user-id"), None, "nobody knows that user");
        assert_eq!(asked.header("authorization"), None);
    }
}

async fn a_proxy_that_is_believed_says_who_asks(hub: &Hub) {
    let stub = StubHub::start(HubMood::Answers("Much.".to_owned())).await;
    let talk = Talk::with(&stub)
        .identified("t0k3n", "ops@company.com")
        .believing("127.0.0.0/8");
    let api = Api::chatting(hub, &Moment::new(NOW), talk).await;
    let claims = [
        ("x-user-id", "8"),
        ("x-user-email", "boss@company.com"),
        ("authorization", "Bearer theirs"),
    ];
    for path in paths::ASKED {
        let asked = received(&api, &stub, path, &claims).await;
        assert_eq!(asked.body, body("boss@company.com"));
        let number = (path == paths::ASK_STREAM).then_some("8");
        assert_eq!(asked.header("x-user-id"), number);
        assert_eq!(asked.header("authorization"), Some("Bearer theirs"));
    }
    // What it leaves out is filled in.
    let asked = received(&api, &stub, paths::ASK_STREAM, &claims[..2]).await;
    assert_eq!(asked.header("authorization"), Some("Bearer t0k3n"));
    let asked = received(&api, &stub, paths::ASK_STREAM, &[]).await;
    assert_eq!(asked.body, body("ops@company.com"));
    let long = format!("{}@company.com", "x".repeat(300));
    for (name, value) in [
        ("x-user-id", "8; DROP"),
        ("x-user-id", "-8"),
        ("x-user-id", "99999999999999999999"),
        ("x-user-email", "boss"),
        ("x-user-email", "a b@company.com"),
        ("x-user-email", &long),
    ] {
        let problem: Problem = ask(&api, paths::ASK, &[(name, value)]).await.json();
        assert_eq!(problem.status, 400, "{name}: {value}");
        assert!(problem.detail.contains(name), "{}", problem.detail);
    }
    let twice = [("x-user-id", "8"), ("x-user-id", "9")];
    assert_eq!(ask(&api, paths::ASK, &twice).await.status, 400);
    assert!(stub.asked_already().await.is_none());
}

async fn a_number_belongs_to_an_address(hub: &Hub) {
    hub.set_users(&[
        (8, Some("Boss@company.com")),
        (9, None),
        (10, Some("boss@company.com")),
    ])
    .await;
    let stub = StubHub::start(HubMood::Answers("Much.".to_owned())).await;
    let talk = Talk::with(&stub).believing("127.0.0.1");
    let api = Api::chatting(hub, &Moment::new(NOW), talk).await;
    let path = paths::ASK_STREAM;
    let asked = received(&api, &stub, path, &[("x-user-email", "boss@company.com")]).await;
    assert_eq!(
        asked.header("x-user-id"),
        Some("8"),
        "whatever its capitals"
    );
    let asked = received(&api, &stub, path, &[("x-user-id", "10")]).await;
    assert_eq!(asked.body, body("boss@company.com"));
    for nameless in ["9", "11"] {
        let answer = ask(&api, path, &[("x-user-id", nameless)]).await;
        let problem: Problem = answer.json();
        assert_eq!(problem.status, 400);
        assert!(
            problem.detail.contains("X-User-Email"),
            "{}",
            problem.detail
        );
    }
}

async fn an_answer_does_not_wait_for_a_database_that_is_away(hub: &Hub) {
    let stub = StubHub::start(HubMood::Answers("Much.".to_owned())).await;
    let api = Api::idle_with(&hub.database(), &Moment::new(NOW), Talk::with(&stub));
    let asked = received(&api, &stub, paths::ASK_STREAM, &[]).await;
    assert_eq!(asked.header("x-user-id"), None);
    assert_eq!(asked.body, body("dashboard@localhost"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_interface() {
    told(Kind::Embedded, the_hub_is_asked_as_its_interface_says).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn spoofed() {
    told(Kind::Embedded, nobody_can_say_that_they_are_somebody_else).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn behind_a_proxy() {
    told(Kind::Embedded, a_proxy_that_is_believed_says_who_asks).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_database() {
    told(
        Kind::Embedded,
        an_answer_does_not_wait_for_a_database_that_is_away,
    )
    .await;
}
