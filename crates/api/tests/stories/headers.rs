//! Headers of an answer are ours: nothing that somebody sent stands in one.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::json;
use shared_types::paths;

use crate::world::doors::{ANA, basic};
use crate::world::{Answer, Api, Hub, Kind, Moment, Talk, asked, told};

const NOW: &str = "2026-06-17T13:47:21Z";
/// What is sent everywhere.
const SENT: &str = "ech0ed";
/// As it ends a header, and begins another one, where it is not escaped.
const ENDS: &str = "ech0ed%0d%0aset-cookie:%20ech0ed=1%0d%0a%0d%0a<script>";
/// All headers that answers have.
const OURS: [&str; 18] = [
    "allow",
    "cache-control",
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "date",
    "etag",
    "location",
    "referrer-policy",
    "retry-after",
    "set-cookie",
    "transfer-encoding",
    "vary",
    "www-authenticate",
    "x-accel-buffering",
    "x-content-type-options",
    "x-frame-options",
];

fn assert_ours(answer: &Answer, what: &str) {
    for (name, value) in &answer.headers {
        assert!(OURS.contains(&name.as_str()), "{what}: {name}");
        let value = String::from_utf8_lossy(value.as_bytes()).to_lowercase();
        assert!(!value.contains(SENT), "{what}: {name}: {value}");
        assert!(
            !value.contains(['<', '\u{fffd}']),
            "{what}: {name}: {value}"
        );
    }
}

/// What clients may send, with something in it that they should not.
fn headers() -> Vec<(&'static str, String)> {
    let names = [
        "accept",
        "accept-encoding",
        "accept-language",
        "authorization",
        "cookie",
        "forwarded",
        "if-match",
        "if-none-match",
        "if-modified-since",
        "last-event-id",
        "origin",
        "range",
        "referer",
        "user-agent",
        "x-forwarded-for",
        "x-forwarded-host",
        "x-forwarded-prefix",
        "x-forwarded-proto",
        "x-request-id",
        "x-user-email",
        "x-user-id",
        "x-user-role",
        "access-control-request-headers",
        "access-control-request-method",
        "host",
    ];
    let value = |name: &str| match name {
        "host" => SENT.to_owned(),
        "cookie" => format!("{SENT}={SENT}; omni2_session={SENT}"),
        "if-none-match" => format!("\"{SENT}\""),
        _ => format!("{SENT}, <{SENT}>;q=1"),
    };
    names.map(|name| (name, value(name))).to_vec()
}

async fn nothing_that_was_sent_is_in_a_header(hub: &Hub) {
    let talk = Talk::default().behind(basic());
    for talk in [Talk::default(), talk] {
        let mut api = Api::chatting(hub, &Moment::new(NOW), talk).await;
        let mut targets = BTreeSet::new();
        let others = [paths::DOCS, "/api/docs/", "/nope", "/"];
        for path in paths::described()
            .chain(others)
            .filter(|path| *path != paths::STREAM)
        {
            let path = asked(path);
            targets.insert(path.clone());
            targets.insert(format!("{path}/{ENDS}"));
            targets.insert(format!("{path}?{ENDS}"));
            for name in ["tz", "range", "cursor", "q", "next", "redirect", "callback"] {
                targets.insert(format!("{path}?{name}={ENDS}"));
            }
        }
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
        api.client = client.build().unwrap();
        for target in &targets {
            for method in [Method::GET, Method::OPTIONS, Method::POST] {
                let answer = api.ask(method.clone(), target, &[]).await;
                assert_ours(&answer, &format!("{method} {target}"));
            }
        }
        for path in [
            paths::STATS,
            paths::SESSION,
            paths::OPENAPI,
            paths::DOCS,
            "/nope",
        ] {
            for (name, value) in headers() {
                let answer = api.ask(Method::GET, path, &[(name, &value)]).await;
                assert_ours(&answer, &format!("{path} {name}"));
            }
        }
    }
}

async fn a_name_does_not_get_into_the_cookie(hub: &Hub) {
    let api = Api::behind(hub, &Moment::new(NOW), basic()).await;
    for (name, password) in [
        (format!("{SENT}\r\nset-cookie: a=b"), "x"),
        (format!("{SENT}; Domain=example.com"), "x"),
        (ANA.0.to_owned(), ANA.1),
    ] {
        let answer = api
            .sign_in(&json!({ "name": name, "password": password }))
            .await;
        assert_ours(&answer, &name);
        if let Some(cookie) = answer.header("set-cookie") {
            let (_, attributes) = cookie.split_once(';').unwrap();
            assert!(!attributes.to_lowercase().contains("domain"), "{cookie}");
            assert!(!cookie.contains(ANA.0), "{cookie}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_is_sent() {
    told(Kind::Embedded, nothing_that_was_sent_is_in_a_header).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_signs_in() {
    told(Kind::Embedded, a_name_does_not_get_into_the_cookie).await;
}
