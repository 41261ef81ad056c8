//! `AUTH=forward`: a proxy says who asks, and nobody else is believed.

use reqwest::Method;
use serde_json::Value;
use shared_types::{Me, Role, Session, paths};

use crate::world::doors::{forward, named};
use crate::world::{Api, Hub, Kind, Moment, Talk, told};

const NOW: &str = "2026-06-17T13:47:21Z";

async fn api(hub: &Hub, proxies: &str) -> Api {
    let talk = Talk::default().behind(forward()).believing(proxies);
    Api::chatting(hub, &Moment::new(NOW), talk).await
}

async fn a_proxy_that_is_believed_says_who_asks_and_with_which_role(hub: &Hub) {
    let api = api(hub, "127.0.0.0/8").await;
    for (role, known) in [
        ("admin", Role::Admin),
        ("ADMIN", Role::Admin),
        ("Owner", Role::Admin),
        ("viewer", Role::Viewer),
        ("administrator", Role::Viewer),
        ("", Role::Viewer),
    ] {
        let me: Me = api.ask(Method::GET, paths::ME, &named(role)).await.json();
        assert_eq!(me.role, known, "{role}");
    }
    let nobody_said = &named("admin")[..2];
    let answer = api.ask(Method::GET, paths::ME, nobody_said).await;
    let me: Value = answer.json();
    insta::assert_json_snapshot!("me_as_a_proxy_says", me);
    let twice = [&named("admin")[..], &[("x-user-role", "viewer")]].concat();
    let me: Me = api.ask(Method::GET, paths::ME, &twice).await.json();
    assert_eq!(
        me.role,
        Role::Viewer,
        "of two roles nobody knows which is meant"
    );
    let session: Session = api
        .ask(Method::GET, paths::SESSION, &named(""))
        .await
        .json();
    assert!(session.signed_in);
    assert_eq!(session.url.as_deref(), Some("https://hub.example/login"));
    assert_eq!(
        api.sign_in(&serde_json::json!({ "token": "x" }))
            .await
            .status,
        404
    );
}

async fn half_a_name_is_none(hub: &Hub) {
    let api = api(hub, "127.0.0.1").await;
    let (id, email) = (("x-user-id", "7"), ("x-user-email", "boss@company.com"));
    for headers in [
        &[][..],
        &[id],
        &[email],
        &[("x-user-id", ""), email],
        &[("x-user-id", "-7"), email],
        &[("x-user-id", "seven"), email],
        &[id, ("x-user-id", "8"), email],
        &[id, ("x-user-email", "boss")],
        &[id, ("x-user-email", "")],
        &[id, email, ("x-user-email", "other@company.com")],
    ] {
        let answer = api.ask(Method::GET, paths::ME, headers).await;
        assert_eq!(answer.status, 401, "{headers:?}");
    }
    // What lets in elsewhere does not here.
    let others = [("authorization", "Bearer x"), ("cookie", "omni2_session=x")];
    assert_eq!(api.ask(Method::GET, paths::ME, &others).await.status, 401);
}

async fn nobody_else_is_believed(hub: &Hub) {
    for proxies in ["10.0.0.0/8,::1", "192.0.2.1"] {
        let api = api(hub, proxies).await;
        let spoofed = [&named("admin")[..], &[("x-forwarded-for", "10.0.0.1")]].concat();
        for path in [paths::ME, paths::STATS, paths::SNAPSHOT, paths::STREAM] {
            let answer = api.ask(Method::GET, path, &spoofed).await;
            assert_eq!(answer.status, 401, "{path}");
        }
        let session: Session = api.ask(Method::GET, paths::SESSION, &spoofed).await.json();
        assert!(!session.signed_in);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn believed() {
    told(
        Kind::Embedded,
        a_proxy_that_is_believed_says_who_asks_and_with_which_role,
    )
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn half() {
    told(Kind::Embedded, half_a_name_is_none).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn spoofed() {
    told(Kind::Embedded, nobody_else_is_believed).await;
}
