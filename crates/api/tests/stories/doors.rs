//! The doors: who comes in by which, and who stays outside.

use hub_sim::AuditRow;
use reqwest::Method;
use serde_json::{Value, json};
use shared_types::{ProblemCode, paths};
use timeline::{MINUTE, SECOND};

use crate::world::doors::{ANA, VERA, basic, forward, held, token};
use crate::world::{Answer, Api, Hub, Kind, Moment, Talk, asked, told};

const NOW: &str = "2026-06-17T13:47:21Z";

async fn some_calls(hub: &Hub, moment: &Moment) {
    let row = |n| AuditRow {
        at: moment.now() - n * MINUTE,
        ..AuditRow::default()
    };
    hub.insert(&(0..3).map(row).collect::<Vec<_>>()).await;
}

/// Keeps a whole answer, but for the number of the request.
fn keep(name: &str, answer: &Answer) {
    let body: Value = answer.json();
    insta::assert_json_snapshot!(name, body, { ".request_id" => "[request_id]" });
}

fn with_password((name, password): (&str, &str)) -> Value {
    json!({ "name": name, "password": password })
}

/// A path that is asked in a body is asked so.
async fn ask(api: &Api, path: &str, headers: &[(&str, &str)]) -> Answer {
    let method = if paths::ASKED.contains(&path) {
        Method::POST
    } else {
        Method::GET
    };
    api.ask(method, &asked(path), headers).await
}

async fn where_nobody_signs_in_everybody_is_an_admin(hub: &Hub) {
    let api = Api::live(hub, &Moment::new(NOW)).await;
    keep("me_with_none", &api.get(paths::ME).await);
    keep("session_with_none", &api.get(paths::SESSION).await);
    let nowhere = api.sign_in(&with_password(ANA)).await;
    assert_eq!(nowhere.status, 404);
    let answer = api.get(paths::STATS).await;
    assert_eq!(answer.header("vary"), None);
    // What others would send means nothing.
    let headers = [("authorization", "Basic !"), ("cookie", "omni2_session=x")];
    assert_eq!(
        api.ask(Method::GET, paths::STATS, &headers).await.status,
        200
    );
}

async fn nobody_comes_in_without_signing_in(hub: &Hub) {
    let moment = Moment::new(NOW);
    some_calls(hub, &moment).await;
    for (name, door) in [
        ("basic", basic()),
        ("token", token()),
        ("forward", forward()),
    ] {
        let talk = Talk::default().behind(door).believing("127.0.0.1");
        let api = Api::chatting(hub, &moment, talk).await;
        for path in paths::guarded() {
            let answer = ask(&api, path, &[]).await;
            assert_eq!(answer.status, 401, "{name} {path}");
            let challenge = answer.header("www-authenticate");
            assert_eq!(
                challenge,
                Some("Omni2 realm=\"dashboard\""),
                "{name} {path}"
            );
            assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
        }
        // Written otherwise, a path is the same; and nobody learns which there are.
        for path in [
            "/api/v%31/dashboard/stats",
            "/api/v1/dashboard/st%61ts",
            "/api/v1/dashboard/nope",
            "/api/v1/dashboard/stats/",
            "/api/v1/session/",
            "/api/v1",
        ] {
            assert_eq!(api.get(path).await.status, 401, "{name} {path}");
        }
        let open = [
            paths::HEALTH,
            paths::READY,
            paths::METRICS,
            paths::OPENAPI,
            "/api/docs/",
        ];
        for path in open {
            assert_eq!(api.get(path).await.status, 200, "{name} {path}");
        }
        let session = api.get(paths::SESSION).await;
        assert_eq!(session.header("cache-control"), Some("no-store"));
        keep(&format!("session_with_{name}"), &session);
        keep("unauthenticated", &api.get(paths::ME).await);
    }
}

async fn a_name_and_its_password_let_in(hub: &Hub) {
    let moment = Moment::new(NOW);
    some_calls(hub, &moment).await;
    let api = Api::behind(hub, &moment, basic()).await;
    for (who, name) in [(ANA, "me_an_admin"), (VERA, "me_a_viewer")] {
        let answer = api.sign_in(&with_password(who)).await;
        assert_eq!(
            (answer.status.as_u16(), answer.header("cache-control")),
            (200, Some("no-store"))
        );
        keep(name, &answer);
        let set = answer.header("set-cookie").unwrap();
        let (_, attributes) = set.split_once(';').unwrap();
        let all = " Path=/; HttpOnly; SameSite=Strict; Max-Age=43200";
        assert_eq!(attributes, all, "{set}");
        let cookie = held(&answer);
        assert_eq!(api.get_as(&cookie, paths::ME).await.body, answer.body);
        let told: Value = api.get_as(&cookie, paths::SESSION).await.json();
        assert_eq!(told["signed_in"], true);
        for path in paths::FIGURES {
            let answer = api.get_as(&cookie, &asked(path)).await;
            assert_eq!(answer.status, 200, "{path}");
            assert_eq!(
                answer.header("vary"),
                Some("Cookie, Authorization"),
                "{path}"
            );
            assert_eq!(answer.header("cache-control"), Some("private, no-cache"));
        }
    }
}

async fn a_token_lets_in_and_says_whose_it_is(hub: &Hub) {
    let api = Api::behind(hub, &Moment::new(NOW), token()).await;
    let answer = api.sign_in(&json!({ "token": VERA.1 })).await;
    keep("me_with_a_token", &answer);
    let me = api.get_as(&held(&answer), paths::ME).await;
    assert_eq!(me.body, answer.body);
    let wrong = api.sign_in(&json!({ "token": "nobody's" })).await;
    keep("sign_in_failed", &wrong);
    let problem: shared_types::Problem = api.sign_in(&with_password(ANA)).await.json();
    assert!(problem.status == 400 && problem.detail.contains("`token`"));
}

async fn wrong_ones_are_told_alike_and_taken_slowly(hub: &Hub) {
    let moment = Moment::new(NOW);
    let talk = Talk::default().behind(basic()).believing("127.0.0.1");
    let api = Api::chatting(hub, &moment, talk).await;
    let (wrong, nobody) = ((ANA.0, "a guess"), ("nobody", "a guess"));
    for who in [wrong, nobody] {
        for _ in 0..5 {
            let answer = api.sign_in(&with_password(who)).await;
            assert_eq!(answer.status, 401);
            assert_eq!(answer.header("set-cookie"), None);
            keep("sign_in_failed", &answer);
        }
        let answer = api.sign_in(&with_password(who)).await;
        assert_eq!(
            (answer.status.as_u16(), answer.header("retry-after")),
            (429, Some("10"))
        );
        keep("sign_in_throttled", &answer);
    }
    // The right one has to wait as well; somebody else, or from elsewhere, has not.
    assert_eq!(api.sign_in(&with_password(ANA)).await.status, 429);
    assert_eq!(api.sign_in(&with_password(VERA)).await.status, 200);
    let headers = [
        ("content-type", "application/json"),
        ("x-forwarded-for", "203.0.113.9"),
    ];
    let elsewhere = api.send(
        Method::POST,
        paths::SESSION,
        &headers,
        with_password(ANA).to_string(),
    );
    assert_eq!(elsewhere.await.status, 200);
    moment.pass(10 * SECOND);
    for _ in 0..20 {
        assert_eq!(
            api.sign_in(&with_password(ANA)).await.status,
            200,
            "right ones are free"
        );
    }
}

async fn what_is_no_sign_in_is_told_so(hub: &Hub) {
    let api = Api::behind(hub, &Moment::new(NOW), basic()).await;
    let long = "x".repeat(1_025);
    for (body, named) in [
        (json!({ "name": "ana" }), "`password`"),
        (json!({ "password": "x" }), "`name`"),
        (json!({ "name": "", "password": "x" }), "`name`"),
        (json!({ "name": "x".repeat(65), "password": "x" }), "`name`"),
        (json!({ "name": "ana", "password": long }), "`password`"),
        (json!({ "name": 7, "password": "hunter2" }), "`body`"),
        (json!([]), "`body`"),
    ] {
        let answer = api.sign_in(&body).await;
        let problem: shared_types::Problem = answer.json();
        assert_eq!(
            (problem.status, problem.code),
            (400, ProblemCode::BadParameter),
            "{body}"
        );
        assert!(problem.detail.contains(named), "{}", problem.detail);
        assert!(!answer.text().contains("hunter2"));
    }
    let sent = |headers: Vec<(&'static str, &'static str)>| {
        let api = &api;
        async move {
            let body = with_password(ANA).to_string();
            api.send(Method::POST, paths::SESSION, &headers, body).await
        }
    };
    assert_eq!(sent(vec![]).await.status, 415);
    let json = ("content-type", "application/json");
    for (site, status) in [
        ("same-origin", 200),
        ("none", 200),
        ("same-site", 403),
        ("cross-site", 403),
    ] {
        let answer = sent(vec![json, ("sec-fetch-site", site)]).await;
        assert_eq!(answer.status.as_u16(), status, "{site}");
        let headers = [("sec-fetch-site", site)];
        let out = api.ask(Method::DELETE, paths::SESSION, &headers).await;
        let status = if status == 200 { 204 } else { 403 };
        assert_eq!(out.status.as_u16(), status, "{site}");
        if status == 403 {
            keep("from_elsewhere", &answer);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn open_doors() {
    told(Kind::Embedded, where_nobody_signs_in_everybody_is_an_admin).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn closed_doors() {
    told(Kind::Embedded, nobody_comes_in_without_signing_in).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn passwords() {
    told(Kind::Embedded, a_name_and_its_password_let_in).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tokens() {
    told(Kind::Embedded, a_token_lets_in_and_says_whose_it_is).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn guesses() {
    told(Kind::Embedded, wrong_ones_are_told_alike_and_taken_slowly).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nonsense() {
    told(Kind::Embedded, what_is_no_sign_in_is_told_so).await;
}
