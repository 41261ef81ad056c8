//! Sessions: what a cookie is worth, and how it ends.

use api::config::{AuthConfig, Secret, UsersConfig};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::Method;
use shared_types::{Role, paths};
use timeline::{HOUR, SECOND};

use crate::world::doors::{ANA, VERA, ana_and_vera, basic, users};
use crate::world::{Api, Hub, Kind, Moment, Talk, told};

const NOW: &str = "2026-06-17T13:47:21Z";

async fn a_cookie_that_is_altered_or_made_up_is_worth_nothing(hub: &Hub) {
    let api = Api::behind(hub, &Moment::new(NOW), basic()).await;
    let cookie = api.cookie(VERA).await;
    let (name, value) = cookie.split_once('=').unwrap();
    let whole = URL_SAFE_NO_PAD.decode(value).unwrap();
    let mut forged: Vec<Vec<u8>> = (0..whole.len())
        .map(|place| {
            let mut bytes = whole.clone();
            bytes[place] ^= 1;
            bytes
        })
        .collect();
    forged.push(whole[..whole.len() - 1].to_vec());
    forged.push([&whole[..], b"x"].concat());
    forged.push(Vec::new());
    for bytes in forged {
        let cookie = format!("{name}={}", URL_SAFE_NO_PAD.encode(bytes));
        assert_eq!(api.get_as(&cookie, paths::ME).await.status, 401, "{cookie}");
    }
    for junk in ["", "x", "é", &"x".repeat(10_000)] {
        let answer = api.get_as(&format!("{name}={junk}"), paths::ME).await;
        assert_eq!(answer.status, 401);
    }
    // Among others it counts, also behind one that is worth nothing.
    let many = format!("a=b; {name}=old; {cookie}; c=d");
    assert_eq!(api.get_as(&many, paths::ME).await.status, 200);
}

async fn a_cookie_expires(hub: &Hub) {
    let moment = Moment::new(NOW);
    let api = Api::behind(hub, &moment, basic()).await;
    let cookie = api.cookie(ANA).await;
    moment.pass(12 * HOUR - SECOND);
    assert_eq!(api.get_as(&cookie, paths::ME).await.status, 200);
    moment.pass(SECOND);
    assert_eq!(api.get_as(&cookie, paths::ME).await.status, 401);
    let session: shared_types::Session = api.get_as(&cookie, paths::SESSION).await.json();
    assert!(!session.signed_in);
}

/// An API with other settings, and what it makes of this cookie.
async fn taken(hub: &Hub, config: UsersConfig, cookie: &str) -> u16 {
    let api = Api::behind(hub, &Moment::new(NOW), AuthConfig::Basic(config)).await;
    api.get_as(cookie, paths::ME).await.status.as_u16()
}

async fn replicas_agree_and_a_change_of_users_ends_sessions(hub: &Hub) {
    let api = Api::behind(hub, &Moment::new(NOW), basic()).await;
    let cookie = api.cookie(ANA).await;
    assert_eq!(taken(hub, ana_and_vera(), &cookie).await, 200);
    let changed = (VERA.0, "a new password");
    for others in [
        users(&[(ANA, Role::Admin), (changed, Role::Viewer)]),
        users(&[(ANA, Role::Viewer), (VERA, Role::Viewer)]),
        users(&[(ANA, Role::Admin)]),
    ] {
        assert_eq!(taken(hub, others, &cookie).await, 401);
    }
}

async fn with_a_key_only_those_who_changed_are_out(hub: &Hub) {
    let keyed = |key: &str, config: UsersConfig| UsersConfig {
        key: Some(Secret::from(key)),
        ..config
    };
    let key = "a key of thirty-two bytes, or so";
    let auth = AuthConfig::Basic(keyed(key, ana_and_vera()));
    let api = Api::behind(hub, &Moment::new(NOW), auth).await;
    let (ana, vera) = (api.cookie(ANA).await, api.cookie(VERA).await);
    let changed = (VERA.0, "a new password");
    for others in [
        users(&[(ANA, Role::Admin), (changed, Role::Viewer)]),
        users(&[(ANA, Role::Admin), (VERA, Role::Admin)]),
        users(&[(ANA, Role::Admin)]),
    ] {
        assert_eq!(taken(hub, keyed(key, others.clone()), &ana).await, 200);
        assert_eq!(taken(hub, keyed(key, others), &vera).await, 401);
    }
    let other = keyed("another key of thirty-two bytes", ana_and_vera());
    assert_eq!(taken(hub, other, &ana).await, 401);
    assert_eq!(taken(hub, ana_and_vera(), &ana).await, 401);
}

async fn whoever_signs_out_is_out(hub: &Hub) {
    let api = Api::behind(hub, &Moment::new(NOW), basic()).await;
    let (first, second) = (api.cookie(ANA).await, api.cookie(ANA).await);
    let answer = api
        .ask(Method::DELETE, paths::SESSION, &[("cookie", &first)])
        .await;
    assert_eq!((answer.status.as_u16(), answer.body.len()), (204, 0));
    let cleared = "omni2_session=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0";
    assert_eq!(answer.header("set-cookie"), Some(cleared));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    // Also for somebody who kept the cookie; and nobody else is.
    assert_eq!(api.get_as(&first, paths::ME).await.status, 401);
    assert_eq!(api.get_as(&second, paths::ME).await.status, 200);
    let again = api.ask(Method::DELETE, paths::SESSION, &[]).await;
    assert_eq!(again.status, 204);
}

async fn a_cookie_is_kept_to_https_where_a_proxy_says_so(hub: &Hub) {
    for (proxies, proto, secure) in [
        ("127.0.0.1", "https", true),
        ("127.0.0.1", "http", false),
        ("10.0.0.0/8", "https", false),
    ] {
        let talk = Talk::default().behind(basic()).believing(proxies);
        let api = Api::chatting(hub, &Moment::new(NOW), talk).await;
        let headers = [
            ("content-type", "application/json"),
            ("x-forwarded-proto", proto),
        ];
        let body = serde_json::json!({ "name": ANA.0, "password": ANA.1 }).to_string();
        let answer = api.send(Method::POST, paths::SESSION, &headers, body).await;
        let set = answer.header("set-cookie").unwrap();
        assert_eq!(
            set.ends_with("; Secure"),
            secure,
            "{proxies} {proto}: {set}"
        );
        let out = api.ask(Method::DELETE, paths::SESSION, &headers[1..]).await;
        assert_eq!(
            out.header("set-cookie").unwrap().ends_with("; Secure"),
            secure
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn forged() {
    told(
        Kind::Embedded,
        a_cookie_that_is_altered_or_made_up_is_worth_nothing,
    )
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn expired() {
    told(Kind::Embedded, a_cookie_expires).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn changed() {
    told(
        Kind::Embedded,
        replicas_agree_and_a_change_of_users_ends_sessions,
    )
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keyed() {
    told(Kind::Embedded, with_a_key_only_those_who_changed_are_out).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn signed_out() {
    told(Kind::Embedded, whoever_signs_out_is_out).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn encrypted() {
    told(
        Kind::Embedded,
        a_cookie_is_kept_to_https_where_a_proxy_says_so,
    )
    .await;
}
