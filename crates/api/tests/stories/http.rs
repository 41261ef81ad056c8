//! What HTTP promises besides figures: validators, compression, numbers for operators.

use hub_sim::AuditRow;
use reqwest::Method;
use serde_json::Value;
use shared_types::paths;
use timeline::MINUTE;

use crate::world::{Api, Hub, Kind, Moment, asked, told};

const NOW: &str = "2026-06-17T13:47:21Z";
async fn some_calls(hub: &Hub, moment: &Moment) {
    let row = |n| AuditRow {
        at: moment.now() - n * MINUTE,
        question: Some("What changed?".to_owned()),
        ..AuditRow::default()
    };
    hub.insert(&(0..50).map(row).collect::<Vec<_>>()).await;
}

async fn what_a_client_holds_is_not_sent_again(hub: &Hub) {
    let moment = Moment::new(NOW);
    some_calls(hub, &moment).await;
    let (api, replica) = (Api::live(hub, &moment).await, Api::live(hub, &moment).await);
    for path in paths::FIGURES.into_iter().chain([paths::OPENAPI]) {
        let path = &asked(path);
        let answer = api.get(path).await;
        assert_eq!(
            answer.header("content-type"),
            Some("application/json"),
            "{path}"
        );
        assert_eq!(
            answer.header("cache-control"),
            Some("private, no-cache"),
            "{path}"
        );
        let tag = answer.header("etag").unwrap().to_owned();
        assert_eq!(
            replica.get(path).await.header("etag"),
            Some(tag.as_str()),
            "replicas agree"
        );
        let strong = tag.trim_start_matches("W/").to_owned();
        for held in [
            tag.clone(),
            strong,
            format!("\"other\", {tag}"),
            "*".to_owned(),
        ] {
            let again = api
                .ask(Method::GET, path, &[("if-none-match", &held)])
                .await;
            assert_eq!(
                (again.status.as_u16(), again.body.len()),
                (304, 0),
                "{path}: {held}"
            );
            assert_eq!(again.header("etag"), Some(tag.as_str()), "{path}");
        }
        let other = api
            .ask(Method::GET, path, &[("if-none-match", "W/\"other\"")])
            .await;
        assert_eq!(other.status, 200, "{path}");
        let head = api.ask(Method::HEAD, path, &[]).await;
        assert_eq!((head.status.as_u16(), head.body.len()), (200, 0), "{path}");
        assert_eq!(head.header("etag"), Some(tag.as_str()), "{path}");
        let length = answer.body.len().to_string();
        assert_eq!(
            head.header("content-length"),
            Some(length.as_str()),
            "{path}"
        );
    }
    let tag = api
        .get(paths::STATS)
        .await
        .header("etag")
        .unwrap()
        .to_owned();
    some_calls(hub, &moment).await;
    api.matching(100).await;
    let news = api
        .ask(Method::GET, paths::STATS, &[("if-none-match", &tag)])
        .await;
    assert_eq!(news.status, 200);
    for path in paths::MOMENTARY {
        assert_eq!(
            api.get(path).await.header("cache-control"),
            Some("no-store"),
            "{path}"
        );
        assert_eq!(api.ask(Method::HEAD, path, &[]).await.status, 200, "{path}");
    }
}

async fn answers_are_compressed_when_asked(hub: &Hub) {
    let moment = Moment::new(NOW);
    some_calls(hub, &moment).await;
    let api = Api::live(hub, &moment).await;
    let plain = api.get(paths::SNAPSHOT).await;
    assert_eq!(plain.header("content-encoding"), None);
    for (accepted, encoding) in [
        ("br", "br"),
        ("gzip", "gzip"),
        ("zstd", "zstd"),
        ("gzip;q=0.5, br;q=0.9", "br"),
    ] {
        let packed = api
            .ask(
                Method::GET,
                paths::SNAPSHOT,
                &[("accept-encoding", accepted)],
            )
            .await;
        assert_eq!(
            packed.header("content-encoding"),
            Some(encoding),
            "{accepted}"
        );
        let vary = packed.header("vary").unwrap_or_default().to_lowercase();
        assert!(vary.contains("accept-encoding"), "{accepted}: {vary}");
        assert_eq!(packed.header("etag"), plain.header("etag"), "{accepted}");
        assert!(packed.body.len() * 2 < plain.body.len(), "{accepted}");
        // Sent in one piece: nobody is left with half of it.
        let length = packed.body.len().to_string();
        assert_eq!(
            packed.header("content-length"),
            Some(&*length),
            "{accepted}"
        );
    }
    let plain: Value = plain.json();
    let builder = reqwest::Client::builder;
    for client in [builder().no_brotli(), builder().no_gzip()] {
        let client = client.build().unwrap();
        let unpacked = client
            .get(format!("{}{}", api.url, paths::SNAPSHOT))
            .send()
            .await
            .unwrap();
        assert_eq!(unpacked.json::<Value>().await.unwrap(), plain);
    }
    let refused = api
        .ask(Method::GET, "/nope", &[("accept-encoding", "br")])
        .await;
    assert_eq!(
        refused.header("content-type"),
        Some("application/problem+json")
    );
}

async fn operators_are_given_numbers(hub: &Hub) {
    let moment = Moment::new(NOW);
    some_calls(hub, &moment).await;
    let api = Api::live(hub, &moment).await;
    api.get(paths::STATS).await;
    api.get(&paths::call(1)).await;
    api.get(&paths::call(2)).await;
    api.get("/nope").await;
    let answer = api.get(paths::METRICS).await;
    assert!(
        answer
            .header("content-type")
            .unwrap()
            .starts_with("text/plain; version=0.0.4")
    );
    let text = answer.text();
    for line in [
        "omni2_http_requests_total{method=\"GET\",route=\"/api/v1/dashboard/stats\",status=\"200\"} 1",
        "omni2_http_requests_total{method=\"GET\",route=\"/api/v1/dashboard/activity/{id}\",status=\"200\"} 2",
        "omni2_http_requests_total{method=\"GET\",route=\"other\",status=\"404\"} 1",
        "omni2_dashboard{what=\"rows_seen\"} 50",
        "omni2_dashboard{what=\"live\"} 1",
        "omni2_dashboard{what=\"history_progress\"} 1",
        "omni2_dashboard{what=\"open_gaps\"} 0",
        "omni2_dashboard{what=\"subscribers\"} 0",
        "omni2_last_poll_age_seconds 0",
        "omni2_http_request_seconds_bucket",
        "omni2_dashboard{what=\"resident_bytes\"}",
    ] {
        assert!(
            text.lines().any(|found| found.starts_with(line)),
            "{line} is not in:\n{text}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn validators() {
    told(Kind::Embedded, what_a_client_holds_is_not_sent_again).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn compression() {
    told(Kind::Embedded, answers_are_compressed_when_asked).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn metrics() {
    told(Kind::Embedded, operators_are_given_numbers).await;
}
