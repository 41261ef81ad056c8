//! Programs, which send a password or a token along instead of a cookie.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::Method;
use serde_json::json;
use shared_types::{Me, Problem, ProblemCode, Role, paths};
use testkit::{HubMood, StubHub};
use timeline::{MINUTE, SECOND};

use crate::world::doors::{ANA, VERA, basic, token};
use crate::world::{Answer, Api, Hub, Kind, Moment, Talk, told};

const NOW: &str = "2026-06-17T13:47:21Z";

fn password((name, password): (&str, &str)) -> String {
    format!("Basic {}", STANDARD.encode(format!("{name}:{password}")))
}

async fn get(api: &Api, authorization: &str) -> Answer {
    let headers = [("authorization", authorization)];
    api.ask(Method::GET, paths::ME, &headers).await
}

async fn who(api: &Api, authorization: &str) -> (String, Role) {
    let me: Me = get(api, authorization).await.json();
    assert_eq!(me.expires, None, "it is shown every time");
    (me.name, me.role)
}

async fn programs_come_in_with_what_people_sign_in_with(hub: &Hub) {
    let moment = Moment::new(NOW);
    let api = Api::behind(hub, &moment, basic()).await;
    assert_eq!(
        who(&api, &password(ANA)).await,
        (ANA.0.to_owned(), Role::Admin)
    );
    assert_eq!(
        who(&api, &password(VERA)).await,
        (VERA.0.to_owned(), Role::Viewer)
    );
    assert_eq!(get(&api, &format!("Bearer {}", ANA.1)).await.status, 401);
    let api = Api::behind(hub, &moment, token()).await;
    let bearer = format!("bearer {}", VERA.1);
    assert_eq!(who(&api, &bearer).await, (VERA.0.to_owned(), Role::Viewer));
    assert_eq!(get(&api, &password(VERA)).await.status, 401);
}

async fn wrong_ones_are_throttled_and_right_ones_remembered(hub: &Hub) {
    let moment = Moment::new(NOW);
    let api = Api::behind(hub, &moment, basic()).await;
    assert_eq!(get(&api, &password(ANA)).await.status, 200);
    for _ in 0..5 {
        let answer = get(&api, &password((ANA.0, "a guess"))).await;
        let problem: Problem = answer.json();
        assert_eq!(
            (problem.status, problem.code),
            (401, ProblemCode::SignInFailed)
        );
        assert_eq!(
            answer.header("www-authenticate"),
            Some("Omni2 realm=\"dashboard\"")
        );
    }
    let answer = get(&api, &password((ANA.0, "a guess"))).await;
    assert_eq!(
        (answer.status.as_u16(), answer.header("retry-after")),
        (429, Some("10"))
    );
    // Guesses in the form are the same guesses.
    let form = api
        .sign_in(&json!({ "name": ANA.0, "password": "a guess" }))
        .await;
    assert_eq!(form.status, 429);
    // What was right a moment ago still is; a minute later it has to wait like any other.
    assert_eq!(get(&api, &password(ANA)).await.status, 200);
    moment.pass(MINUTE);
    for _ in 0..5 {
        assert_eq!(get(&api, &password((ANA.0, "a guess"))).await.status, 401);
    }
    assert_eq!(get(&api, &password(ANA)).await.status, 429);
    moment.pass(10 * SECOND);
    assert_eq!(get(&api, &password(ANA)).await.status, 200);
}

async fn what_lets_in_here_is_not_shown_to_the_hub(hub: &Hub) {
    hub.set_users(&[(8, Some(ANA.0))]).await;
    let stub = StubHub::start(HubMood::Answers("Much.".to_owned())).await;
    let talk = Talk::with(&stub).behind(basic()).believing("127.0.0.1");
    let api = Api::chatting(hub, &Moment::new(NOW), talk).await;
    let headers = [
        ("content-type", "application/json"),
        ("authorization", &password(ANA)),
        ("x-user-id", "9"),
        ("x-user-email", "boss@company.com"),
    ];
    let question = r#"{"message": "What changed?"}"#;
    let answer = api
        .send(Method::POST, paths::ASK_STREAM, &headers, question)
        .await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let asked = stub.asked().await;
    assert_eq!(asked.header("authorization"), None);
    assert_eq!(asked.header("x-user-id"), Some("8"), "ana's own number");
    assert!(asked.body.contains(ANA.0), "{}", asked.body);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn let_in() {
    told(
        Kind::Embedded,
        programs_come_in_with_what_people_sign_in_with,
    )
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn throttled() {
    told(
        Kind::Embedded,
        wrong_ones_are_throttled_and_right_ones_remembered,
    )
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn and_the_hub() {
    told(Kind::Embedded, what_lets_in_here_is_not_shown_to_the_hub).await;
}
