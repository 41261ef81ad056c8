//! Nobody writes into the log what they like.

use serde_json::Value;
use shared_types::{HubState, Status, paths};
use testkit::ApiProcess;
use tokio::task::spawn_blocking;

use crate::world::wire::said;
use crate::world::{Hub, Kind, told, until};

/// What somebody would like to stand at the beginning of a line.
const FORGED: &str = "2026-06-17T00:00:00Z ERROR forged";

/// Requests that try to begin a line of their own, or to paint on a terminal.
fn hostile() -> Vec<String> {
    let mut table = Vec::new();
    let encoded = FORGED.replace(' ', "%20");
    for end in [
        "%0a",
        "%0d%0a",
        "%0D",
        "%00",
        "%1b[2J%1b[31m",
        "%9b31m",
        "%c2%85",
        "%e2%80%a8",
        "\u{85}",
        "\u{2028}",
        "\u{9b}31m",
    ] {
        let text = format!("x{end}{encoded}");
        for target in [
            format!("/{text}"),
            format!("{}/{text}", paths::ACTIVITY),
            format!("{}?tz={text}", paths::STATS),
            format!("{}?{text}=1&{text}=2", paths::STATS),
            format!("{}?q={text}&cursor={text}", paths::ACTIVITY),
            format!("//{text}/%2e%2e/{text}?{text}#{text}"),
        ] {
            table.push(format!(
                "GET {target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
            ));
        }
    }
    for letter in ["\n", "\r", "\0", "\u{1b}[31m", "\u{9b}31m", "\u{85}", "\t"] {
        let text = format!("x{letter}{FORGED}");
        table.push(format!("GET /{text} HTTP/1.1\r\nHost: a\r\n\r\n"));
        table.push(format!("{text} / HTTP/1.1\r\nHost: a\r\n\r\n"));
        for name in [
            "Host",
            "User-Agent",
            "Accept",
            "Accept-Encoding",
            "Last-Event-ID",
            "If-None-Match",
            "Cookie",
            "Authorization",
            "X-Forwarded-For",
            "X-User-Email",
            "X-User-Id",
            "Referer",
            "Origin",
            "Content-Type",
            "Content-Length",
            "Transfer-Encoding",
            "Expect",
            "Upgrade",
        ] {
            let host = if name == "Host" { "" } else { "Host: a\r\n" };
            table.push(format!(
                "GET {} HTTP/1.1\r\n{host}{name}: {text}\r\nConnection: close\r\n\r\n",
                paths::STATS
            ));
        }
        let body = serde_json::json!({ "message": text, text.as_str(): text }).to_string();
        table.push(format!(
            "POST {} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nConnection: close\r\n\
             Content-Length: {}\r\n\r\n{body}",
            paths::ASK,
            body.len()
        ));
    }
    table
}

async fn log_after_all_of_it(hub: &Hub, format: &'static str) -> String {
    let url = hub.url.clone();
    let start = move || {
        ApiProcess::start(&[
            ("DATABASE_URL", &url),
            ("LOG_FORMAT", format),
            ("RUST_LOG", "trace"),
        ])
    };
    let api = spawn_blocking(start).await.unwrap();
    until("it to be live", async || {
        let answer = reqwest::get(format!("{}{}", api.url(), paths::STATUS)).await;
        let status: Status = answer.unwrap().json().await.unwrap();
        (status.state == HubState::Live).then_some(())
    })
    .await;
    for request in hostile() {
        let answer = said(&api.url(), &request).await;
        let (head, _) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
        assert!(!head.to_lowercase().contains("forged"), "{head}");
    }
    let end = "GET /the-last-one HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    said(&api.url(), end).await;
    let log = until("the last request to be logged", async || {
        Some(api.logged()).filter(|log| log.contains("/the-last-one"))
    })
    .await;
    spawn_blocking(move || api.stop()).await.unwrap();
    log
}

async fn a_log_for_people_holds_lines_of_ours_only(hub: &Hub) {
    let log = log_after_all_of_it(hub, "pretty").await;
    for line in log.lines() {
        let (stamp, _) = line.split_once(' ').unwrap_or((line, ""));
        let ours = stamp.parse::<jiff::Timestamp>().is_ok() && !line.starts_with(FORGED);
        assert!(ours, "{line:?}");
        let strange = line.chars().find(|letter| letter.is_control());
        assert_eq!(strange, None, "{line:?}");
    }
}

async fn a_log_for_programs_holds_an_object_a_line(hub: &Hub) {
    let log = log_after_all_of_it(hub, "json").await;
    for line in log.lines() {
        let read: Value = serde_json::from_str(line).unwrap_or_else(|_| panic!("{line:?}"));
        assert!(read["timestamp"].is_string(), "{line:?}");
        let strange = line.chars().find(|letter| letter.is_control());
        assert_eq!(strange, None, "{line:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn for_people() {
    told(Kind::Embedded, a_log_for_people_holds_lines_of_ours_only).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn for_programs() {
    told(Kind::Embedded, a_log_for_programs_holds_an_object_a_line).await;
}
