//! Input that makes no sense is told so: which parameter, and what is allowed.

use std::collections::BTreeSet;

use reqwest::Method;
use shared_types::{Problem, ProblemCode, paths};

use crate::world::{Answer, Api, Hub, Kind, Moment, asked, told};

const NOW: &str = "2026-06-17T13:47:21Z";

/// Path and query, the parameter that is wrong, and a word of what is allowed.
type Wrong = (String, &'static str, &'static str);

fn long(name: &str, length: usize) -> String {
    format!("{name}={}", "x".repeat(length))
}

fn everywhere() -> Vec<Wrong> {
    let mut table = Vec::new();
    for path in paths::FIGURES.into_iter().chain([paths::STREAM]) {
        let path = asked(path);
        for zone in [
            "Mars/Olympus",
            "",
            "europe/berlin",
            "UTC%00",
            "../../etc/passwd",
            "%F0%9F%A6%80",
        ] {
            let allowed = if zone.contains("%00") {
                "NUL"
            } else {
                "Europe/Berlin"
            };
            table.push((format!("{path}?tz={zone}"), "tz", allowed));
        }
        table.push((format!("{path}?tz=UTC&tz=UTC"), "tz", "once"));
        table.push((format!("{path}?{}", long("x", 9_000)), "query", "8 KiB"));
    }
    for path in paths::WINDOWS {
        for range in ["2h", "", "24H", "-1", "today%27%3B--"] {
            table.push((format!("{path}?range={range}"), "range", "`24h`"));
        }
    }
    for path in [
        paths::QUERIES,
        paths::RESPONSE_TIMES,
        paths::SNAPSHOT,
        paths::STREAM,
    ] {
        for compare in ["yesterday", "", "Previous"] {
            table.push((format!("{path}?compare={compare}"), "compare", "`previous`"));
        }
    }
    table
}

fn windows() -> Vec<Wrong> {
    let mut table = Vec::new();
    for path in paths::WINDOWS {
        let from = "from=2026-06-17T00:00:00Z";
        for (query, name, allowed) in [
            ("from=yesterday".to_owned(), "from", "RFC 3339"),
            ("from=2026-02-30T00:00:00Z".to_owned(), "from", "RFC 3339"),
            ("from=2026-06-17".to_owned(), "from", "RFC 3339"),
            (format!("{from}&to=1750161600"), "to", "RFC 3339"),
            ("to=2026-06-17T00:00:00Z".to_owned(), "from", "`to`"),
            (format!("{from}&range=24h"), "range", "`from`"),
            ("bucket=1h".to_owned(), "bucket", "`from`"),
            (format!("{from}&bucket=7m"), "bucket", "`5m`"),
            (format!("{from}&bucket=61"), "bucket", "`5m`"),
            (format!("{from}&to=2026-06-16T00:00:00Z"), "from", "to"),
            (format!("{from}&to=2026-06-17T00:00:00Z"), "from", "to"),
            ("from=2030-01-01T00:00:00Z".to_owned(), "from", "future"),
            (
                "from=2026-06-01T00:00:00Z&bucket=1m".to_owned(),
                "bucket",
                "5000",
            ),
            ("from=2020-01-01T00:00:00Z".to_owned(), "from", "400"),
            (
                "from=0001-01-01T00:00:00Z&to=0001-02-01T00:00:00Z".to_owned(),
                "from",
                "1970",
            ),
        ] {
            table.push((format!("{path}?{query}"), name, allowed));
        }
    }
    table
}

fn of_activity() -> Vec<Wrong> {
    let mut table = Vec::new();
    for (query, name, allowed) in [
        ("limit=0".to_owned(), "limit", "1 to 500"),
        ("limit=501".to_owned(), "limit", "1 to 500"),
        ("limit=-1".to_owned(), "limit", "1 to 500"),
        ("limit=".to_owned(), "limit", "1 to 500"),
        ("limit=1e2".to_owned(), "limit", "1 to 500"),
        ("limit=99999999999999999999".to_owned(), "limit", "1 to 500"),
        ("limit=1&limit=2".to_owned(), "limit", "once"),
        ("before_id=x".to_owned(), "before_id", "id of a call"),
        ("before_id=-1".to_owned(), "before_id", "id of a call"),
        (
            "before_id=9223372036854775808".to_owned(),
            "before_id",
            "id of a call",
        ),
        ("before_id=1&cursor=abc".to_owned(), "before_id", "`cursor`"),
        ("cursor=junk!".to_owned(), "cursor", "`next`"),
        ("cursor=MTo1OjY6Nw".to_owned(), "cursor", "`next`"),
        (long("cursor", 201), "cursor", "200"),
        ("status=failed".to_owned(), "status", "`blocked`"),
        ("outcome=success".to_owned(), "outcome", "`error`"),
        ("from=x".to_owned(), "from", "RFC 3339"),
        ("to=x".to_owned(), "to", "RFC 3339"),
        (
            "from=2026-06-17T00:00:00Z&to=2026-06-17T00:00:00Z".to_owned(),
            "from",
            "before `to`",
        ),
        (long("q", 201), "q", "200"),
        (long("mcp", 256), "mcp", "255"),
        (long("user", 256), "user", "255"),
        ("q=%00".to_owned(), "q", "NUL"),
    ] {
        table.push((format!("{}?{query}", paths::ACTIVITY), name, allowed));
    }
    table
}

/// A problem as RFC 9457 has it, that gives nothing away.
fn problem(answer: &Answer, path: &str) -> Problem {
    assert_eq!(
        answer.header("content-type"),
        Some("application/problem+json"),
        "{path}"
    );
    assert_eq!(
        answer.header("x-content-type-options"),
        Some("nosniff"),
        "{path}"
    );
    let problem: Problem = answer.json();
    assert_eq!(problem.status, answer.status.as_u16(), "{path}");
    assert_eq!(Some(problem.instance.as_str()), path.split('?').next());
    let code = serde_json::to_value(problem.code).unwrap();
    assert_eq!(
        problem.kind,
        format!("urn:omni2:problem:{}", code.as_str().unwrap())
    );
    assert_eq!(problem.request_id.len(), 32, "{path}");
    assert!(
        !problem.title.is_empty() && problem.detail.ends_with(|end| end != ' '),
        "{path}"
    );
    let body = answer.text();
    for inside in [
        "SELECT",
        "omni2.audit",
        "sqlx",
        ".rs",
        "/tmp",
        "postgres:",
        "panick",
    ] {
        assert!(!body.contains(inside), "{path}: {body}");
    }
    problem
}

async fn every_wrong_parameter_is_named(hub: &Hub) {
    let api = Api::live(hub, &Moment::new(NOW)).await;
    let mut ids = BTreeSet::new();
    for (path, name, allowed) in [everywhere(), windows(), of_activity()].concat() {
        let answer = api.get(&path).await;
        assert_eq!(answer.status, 400, "{path}: {}", answer.text());
        let problem = problem(&answer, &path);
        assert_eq!(problem.code, ProblemCode::BadParameter, "{path}");
        assert!(problem.detail.contains(name), "{path}: {}", problem.detail);
        assert!(
            problem.detail.contains(allowed),
            "{path}: {}",
            problem.detail
        );
        assert!(
            ids.insert(problem.request_id),
            "each request has an id of its own"
        );
    }
    // A call that is not there is a place that is gone.
    let path = format!("{}?before_id=123456", paths::ACTIVITY);
    let problem = problem(&api.get(&path).await, &path);
    assert_eq!(
        (problem.status, problem.code),
        (400, ProblemCode::CursorGone)
    );
    // What nobody knows is ignored; a `+` that was not escaped is one.
    for path in [
        format!("{}?utm_source=mail&_=1", paths::STATS),
        format!("{}?from=2026-06-17T02:00:00+02:00", paths::QUERIES),
        format!("{}?q=%20&mcp=&user=", paths::ACTIVITY),
        format!("{}?cursor=", paths::ACTIVITY),
        // A place at the very end of time, and one at the very beginning.
        format!("{}?cursor=MTo5MjIzMzcyMDM2ODU0Nzc1ODA3OjE", paths::ACTIVITY),
        format!(
            "{}?q=x&cursor=MTotOTIyMzM3MjAzNjg1NDc3NTgwODox",
            paths::ACTIVITY
        ),
    ] {
        let answer = api.get(&path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    }
}

async fn what_is_not_there_or_not_for_this_is_told(hub: &Hub) {
    let api = Api::live(hub, &Moment::new(NOW)).await;
    for path in [
        "/",
        "/api",
        "/api/v1/dashboard",
        "/api/v1/dashboard/nope",
        "/api/v1/dashboard/stats/",
        "/.env",
        "/api/v1/dashboard/..%2f..%2fetc%2fpasswd",
        "/api/docs/nope.js",
    ] {
        let answer = api.get(path).await;
        assert_eq!(answer.status, 404, "{path}");
        assert_eq!(problem(&answer, path).code, ProblemCode::NotFound, "{path}");
    }
    for path in paths::ASKED {
        for method in [Method::GET, Method::HEAD, Method::PUT, Method::DELETE] {
            let answer = api.ask(method.clone(), path, &[]).await;
            assert_eq!(answer.status, 405, "{method} {path}");
            assert_eq!(answer.header("allow"), Some("POST"), "{method} {path}");
        }
    }
    for path in paths::read().filter(|path| *path != paths::SESSION) {
        let path = &asked(path);
        for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
            let answer = api.ask(method.clone(), path, &[]).await;
            assert_eq!(answer.status, 405, "{method} {path}");
            assert_eq!(answer.header("allow"), Some("GET, HEAD"), "{method} {path}");
            assert_eq!(problem(&answer, path).code, ProblemCode::MethodNotAllowed);
        }
    }
    for method in [Method::PUT, Method::PATCH] {
        let answer = api.ask(method.clone(), paths::SESSION, &[]).await;
        assert_eq!(answer.status, 405, "{method}");
        assert_eq!(answer.header("allow"), Some("GET, HEAD, POST, DELETE"));
    }
    let post = |length: usize| {
        let url = format!("{}{}", api.url, paths::STATS);
        api.client.post(url).body(vec![b' '; length]).send()
    };
    let response = post(64 * 1024 + 1).await.unwrap();
    assert_eq!(response.status(), 413);
    let problem: Problem = response.json().await.unwrap();
    assert_eq!(problem.code, ProblemCode::PayloadTooLarge);
    assert!(problem.detail.contains("64 KiB"));
    assert_eq!(post(64 * 1024).await.unwrap().status(), 405);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_parameter_that_is_wrong_is_named() {
    told(Kind::Embedded, every_wrong_parameter_is_named).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn paths_and_methods_that_are_not_there() {
    told(Kind::Embedded, what_is_not_there_or_not_for_this_is_told).await;
}
