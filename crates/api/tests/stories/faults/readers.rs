//! A thousand people open the page and never read what it is sent.

use std::net::SocketAddr;

use hub_sim::AuditRow;
use shared_types::paths;
use socket2::{Domain, Socket, Type};
use testkit::ApiProcess;
use timeline::MINUTE;
use tokio::task::spawn_blocking;

use super::process::borrowed;
use crate::world::{Events, Hub, Kind, told, until, wall_clock};

const DEAF: usize = 1_000;
/// What one of them may cost: events that wait for it are shared by all, so that it is no more
/// than what waits between the server and its connection.
const EACH: u64 = 192 * 1024;
/// Calls that are new in each event.
const NEW: i64 = 40;

/// A connection that asks for the stream and takes next to nothing of it.
fn deaf(address: SocketAddr) -> Socket {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
    // Small windows and segments: the system keeps little for it, so that the server notices.
    socket.set_recv_buffer_size(4_096).unwrap();
    socket.set_tcp_mss(536).unwrap();
    socket.connect(&address.into()).unwrap();
    let asks = format!("GET {} HTTP/1.1\r\nHost: hub\r\n\r\n", paths::STREAM);
    assert_eq!(socket.send(asks.as_bytes()).unwrap(), asks.len());
    socket
}

/// A number of `/metrics`.
async fn gauge(api: &ApiProcess, what: &str) -> u64 {
    let text = reqwest::get(format!("{}{}", api.url(), paths::METRICS)).await;
    let text = text.unwrap().text().await.unwrap();
    let name = format!("omni2_dashboard{{what=\"{what}\"}} ");
    let line = text.lines().find_map(|line| line.strip_prefix(&name));
    line.unwrap().parse().unwrap()
}

async fn open(api: &ApiProcess) -> Events {
    let client = reqwest::Client::new();
    let mut events = Events::at(&client, &api.url(), "", None, &[]).await;
    events.snapshot().await;
    events
}

async fn nobody_else_is_kept_waiting(hub: &Hub) {
    // They and what serves them, each in one process.
    testkit::raise_open_files();
    let url = hub.url.clone();
    let settings = vec![("DATABASE_URL", url), ("POLL_MS", "50".to_owned())];
    let start = move || ApiProcess::start(&borrowed(&settings));
    let api = spawn_blocking(start).await.unwrap();
    until("it to be live", async || {
        (gauge(&api, "live").await == 1).then_some(())
    })
    .await;
    let mut healthy = open(&api).await;
    let (files, before) = (api.open_files(), api.resident());
    let address: SocketAddr = api.url().trim_start_matches("http://").parse().unwrap();
    let all = spawn_blocking(move || (0..DEAF).map(|_| deaf(address)).collect::<Vec<_>>());
    let all = all.await.unwrap();
    let open_now = u64::try_from(DEAF + 1).unwrap();
    until("all to be let in", async || {
        (gauge(&api, "subscribers").await == open_now).then_some(())
    })
    .await;

    let now = wall_clock();
    let long = |n: i64| AuditRow {
        at: now - MINUTE - n,
        message_preview: Some(format!("{n}: {}", "long ".repeat(38))),
        ..AuditRow::default()
    };
    let mut most = 0;
    let mut count = 0;
    while gauge(&api, "subscribers_dropped").await < open_now - 1 {
        let some: Vec<_> = (0..NEW).map(|n| long(count * NEW + n)).collect();
        hub.insert(&some).await;
        count += 1;
        assert!(count < 400, "they are never dropped");
        until("the rows to be counted", async || {
            let seen = gauge(&api, "rows_seen").await;
            (seen >= u64::try_from(count * NEW).unwrap()).then_some(())
        })
        .await;
        // Whoever comes is told the newest at once, and so is everybody who is there.
        drop(open(&api).await);
        healthy.news().await;
        most = most.max(api.resident());
    }
    eprintln!(
        "{count} rounds, {} KiB each",
        (most - before) / 1024 / DEAF as u64
    );
    assert!(
        most < before + EACH * DEAF as u64,
        "{before} bytes before, {most} with {DEAF} who do not read"
    );
    until("the one who reads to be left", async || {
        (gauge(&api, "subscribers").await == 1).then_some(())
    })
    .await;
    drop(all);
    drop(healthy);
    until("every connection to be given back", async || {
        // A few of ours may be held open for the next question.
        (api.open_files() <= files + 8).then_some(())
    })
    .await;
    assert!(spawn_blocking(|| api.stop()).await.unwrap());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_who_never_read() {
    told(Kind::A, nobody_else_is_kept_waiting).await;
}
