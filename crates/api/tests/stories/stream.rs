//! The event stream: a snapshot, then what changed, so that every reader ends up with the
//! page that a fresh visitor gets.

use hub_sim::AuditRow;
use shared_types::event;
use timeline::{HOUR, MINUTE, SECOND};

use crate::world::{Api, Events, Hub, Kind, Moment, on_every_hub, told};

on_every_hub!(deltas_lead_to_the_page_that_a_fresh_visitor_gets);

const NOW: &str = "2026-06-17T13:47:21Z";

fn ago(moment: &Moment, time: i64) -> AuditRow {
    AuditRow {
        at: moment.now() - time,
        user_id: Some(time / MINUTE % 20 + 1),
        mcp_target: Some(format!("MCP {}", time % 3)),
        duration_ms: Some(time / SECOND),
        cost: Some("0.001".to_owned()),
        llm_tokens: Some(1_000),
        ..AuditRow::default()
    }
}

async fn deltas_lead_to_the_page_that_a_fresh_visitor_gets(hub: &Hub) {
    let moment = Moment::new(NOW);
    let rows: Vec<AuditRow> = (1..=60).map(|n| ago(&moment, n * 7 * MINUTE)).collect();
    let ids = hub.insert(&rows).await;
    let api = Api::live(hub, &moment).await;
    let query = "tz=Europe/Berlin&range=24h&compare=previous";
    let mut events = Events::open(&api, query, None).await;
    let mut page = events.snapshot().await;
    assert_eq!(page.activities.len(), 50);
    assert_eq!(
        events.until_same(&mut page, &api, query).await,
        0,
        "it begins with all there is"
    );

    hub.insert(&[
        ago(&moment, SECOND),
        ago(&moment, 3 * HOUR),
        ago(&moment, 50 * HOUR),
    ])
    .await;
    api.matching(63).await;
    assert!(events.until_same(&mut page, &api, query).await > 0);

    // A correction and a deletion, which are read when they are due.
    hub.run(&format!(
        "UPDATE omni2.audit_logs SET success = FALSE WHERE id = {}",
        ids[1]
    ))
    .await;
    hub.run(&format!(
        "DELETE FROM omni2.audit_logs WHERE id = {}",
        ids[3]
    ))
    .await;
    moment.pass(31 * SECOND);
    while page.activities.iter().any(|call| call.id == ids[3]) {
        moment.pass(SECOND);
        events.until_same(&mut page, &api, query).await;
        let event = events.news().await;
        page.apply(serde_json::from_str(&event.data).unwrap(), 50);
    }
    events.until_same(&mut page, &api, query).await;
    let corrected = page
        .activities
        .iter()
        .find(|call| call.id == ids[1])
        .unwrap();
    assert!(corrected.status.is_error());

    // Time alone moves the window on.
    moment.pass(HOUR);
    events.until_same(&mut page, &api, query).await;
    let from = page.queries.window.from.clone();
    assert_eq!(from, "2026-06-16T14:00:00Z");
}

async fn a_reader_that_comes_back_is_told_what_it_missed(hub: &Hub) {
    let moment = Moment::new(NOW);
    hub.insert(&[ago(&moment, HOUR)]).await;
    let api = Api::live(hub, &moment).await;
    let mut events = Events::open(&api, "", None).await;
    let mut page = events.snapshot().await;
    hub.insert(&[ago(&moment, MINUTE)]).await;
    api.matching(2).await;
    events.until_same(&mut page, &api, "").await;
    let last = events.last.clone();
    drop(events);

    hub.insert(&[ago(&moment, SECOND), ago(&moment, 2 * SECOND)])
        .await;
    api.matching(4).await;
    let mut events = Events::open(&api, "", Some(&last)).await;
    let first = events.next().await.unwrap();
    assert_eq!(first.comment, "resumed");
    let missed = events.until_same(&mut page, &api, "").await;
    assert!(missed > 0);
    assert_eq!(page.activities.len(), 4);

    // By the query too, for readers that cannot set a header.
    let query = format!("last_event_id={}", events.last);
    let mut events = Events::open(&api, &query, None).await;
    assert_eq!(events.next().await.unwrap().comment, "resumed");
    assert_eq!(events.until_same(&mut page, &api, "").await, 0);

    // Another process's event, one that is yet to come, and junk: a snapshot.
    let future = last
        .rsplit_once('-')
        .map(|(epoch, _)| format!("{epoch}-999999"))
        .unwrap();
    for unknown in ["00000000000000aa-1", &future, "junk", "7"] {
        let mut events = Events::open(&api, "", Some(unknown)).await;
        assert_eq!(events.snapshot().await, page, "{unknown}");
    }
}

async fn streams_end_with_the_server_and_are_counted(hub: &Hub) {
    let api = Api::live(hub, &Moment::new(NOW)).await;
    let mut readers = Vec::new();
    for query in ["", "tz=Asia/Kolkata", "range=7d", ""] {
        let mut events = Events::open(&api, query, None).await;
        events.snapshot().await;
        readers.push(events);
    }
    assert_eq!(api.live.gauges().subscribers, 4);
    let ends = async {
        for mut events in readers {
            while let Some(event) = events.next().await {
                assert_ne!(event.name, event::SNAPSHOT);
            }
        }
    };
    tokio::join!(api.stop(), ends);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reader_comes_back() {
    told(Kind::A, a_reader_that_comes_back_is_told_what_it_missed).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_server_stops() {
    told(Kind::Embedded, streams_end_with_the_server_and_are_counted).await;
}
