//! What cannot be reached from outside, however its path is written.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::Street;

/// What clients would tidy up before they ask.
const PATHS: [&str; 16] = [
    "/health",
    "/ready",
    "/metrics",
    "/api/v1/status",
    "/dashboard/api/health",
    "/dashboard/api/metrics",
    "/dashboard/api/../metrics",
    "/dashboard/api/../../metrics",
    "/dashboard/api/v1/../../metrics",
    "/dashboard/api/%2e%2e/metrics",
    "/dashboard/api/%2E%2E%2Fmetrics",
    "/dashboard/api/..%2fmetrics",
    "/dashboard/api//../metrics",
    "/dashboard//metrics",
    "/dashboard/api/;/../metrics",
    "//metrics",
];

/// The whole answer to a path that is sent as it is written.
async fn raw(port: u16, path: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    let asked = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    stream.write_all(asked.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_for_operators_cannot_be_reached() {
    let Some(street) = Street::plain().await else {
        return;
    };
    let port = street.front.port();
    // What would be seen if it could be.
    let inside = reqwest::get(format!("{}/metrics", street.apis[0].url())).await;
    assert!(inside.unwrap().text().await.unwrap().contains("# TYPE"));
    for path in PATHS {
        let answer = raw(port, path).await;
        for secret in ["# TYPE", "\"healthy\"", "\"ready\"", "\"generation\""] {
            assert!(!answer.contains(secret), "{path}:\n{answer}");
        }
    }
    // And what is for everybody can.
    let answer = raw(port, "/dashboard/api/v1/status").await;
    assert!(answer.contains("\"generation\""), "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_of_requests_has_neither_queries_nor_secrets() {
    let Some(street) = Street::plain().await else {
        return;
    };
    let address = street
        .front
        .at("/dashboard/api/v1/dashboard/activity?q=somebodys-words");
    let asked = super::client().get(address);
    let asked = asked
        .header("authorization", "Bearer somebodys-token")
        .header("cookie", "omni2_session=somebodys-session");
    assert!(asked.send().await.unwrap().status().is_success());
    let log = || street.front.logged();
    testkit::until("the request is in the log", || {
        log().contains("/api/v1/dashboard/activity").then_some(())
    });
    for secret in ["somebodys-words", "somebodys-token", "somebodys-session"] {
        assert!(!log().contains(secret), "{secret} in\n{}", log());
    }
}
