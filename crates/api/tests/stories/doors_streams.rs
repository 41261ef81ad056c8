//! Streams last as long as whoever reads them may come in.

use hub_sim::AuditRow;
use reqwest::Method;
use shared_types::paths;
use timeline::{HOUR, MINUTE, SECOND};

use crate::world::doors::{ANA, basic, forward, named};
use crate::world::{Api, Events, Hub, Kind, Moment, Talk, told};

const NOW: &str = "2026-06-17T13:47:21Z";

/// The comments until the stream's end.
async fn ends(events: &mut Events) -> Vec<String> {
    let mut said = Vec::new();
    while let Some(event) = events.next().await {
        if event.name.is_empty() {
            said.push(event.comment);
        }
    }
    said.retain(|comment| comment != "heartbeat");
    said
}

async fn a_stream_that_grew_old_is_resumed_by_whoever_still_may(hub: &Hub) {
    let moment = Moment::new(NOW);
    let api = Api::behind(hub, &moment, basic()).await;
    let cookie = api.cookie(ANA).await;
    let headers = [("cookie", cookie.as_str())];
    let mut events = Events::open_with(&api, "", None, &headers).await;
    let mut page = events.snapshot().await;
    moment.pass(331 * SECOND);
    assert_eq!(ends(&mut events).await, ["again"]);
    let row = AuditRow {
        at: moment.now() - SECOND,
        ..AuditRow::default()
    };
    hub.insert(&[row]).await;
    let mut events = Events::open_with(&api, "", Some(&events.last), &headers).await;
    assert_eq!(events.next().await.unwrap().comment, "resumed");
    while page.activities.is_empty() {
        let news = events.news().await;
        page.apply(serde_json::from_str(&news.data).unwrap(), 50);
    }
    assert_eq!(page.activities.len(), 1, "it goes on where it was");
    // Younger ones stay.
    moment.pass(269 * SECOND);
    events.news().await;
    assert_eq!(api.live.gauges().subscribers, 1);
}

async fn a_stream_ends_with_its_session(hub: &Hub) {
    let moment = Moment::new(NOW);
    let api = Api::behind(hub, &moment, basic()).await;
    let cookie = api.cookie(ANA).await;
    moment.pass(12 * HOUR - 2 * MINUTE);
    let headers = [("cookie", cookie.as_str())];
    let mut events = Events::open_with(&api, "", None, &headers).await;
    events.snapshot().await;
    moment.pass(2 * MINUTE);
    assert_eq!(ends(&mut events).await, [""; 0], "it just ends");
    let again = api.get_as(&cookie, paths::STREAM).await;
    assert_eq!(again.status, 401);
}

async fn a_stream_ends_when_its_reader_signs_out(hub: &Hub) {
    let api = Api::behind(hub, &Moment::new(NOW), basic()).await;
    let (mine, other) = (api.cookie(ANA).await, api.cookie(ANA).await);
    let mut streams = Vec::new();
    for cookie in [&mine, &mine, &other] {
        let headers = [("cookie", cookie.as_str())];
        let mut events = Events::open_with(&api, "", None, &headers).await;
        events.snapshot().await;
        streams.push(events);
    }
    let out = api
        .ask(Method::DELETE, paths::SESSION, &[("cookie", &mine)])
        .await;
    assert_eq!(out.status, 204);
    let mut stays = streams.pop().unwrap();
    for mut events in streams {
        assert_eq!(ends(&mut events).await, [""; 0]);
    }
    let row = AuditRow {
        at: Moment::new(NOW).now() - SECOND,
        ..AuditRow::default()
    };
    hub.insert(&[row]).await;
    stays.news().await;
}

async fn whom_a_proxy_names_asks_anew_every_five_minutes(hub: &Hub) {
    let moment = Moment::new(NOW);
    let talk = Talk::default().behind(forward()).believing("127.0.0.1");
    let api = Api::chatting(hub, &moment, talk).await;
    let mut events = Events::open_with(&api, "", None, &named("viewer")).await;
    events.snapshot().await;
    moment.pass(331 * SECOND);
    assert_eq!(ends(&mut events).await, ["again"]);
    // Who has become somebody else meanwhile does not resume what another audience missed.
    let last = events.last.clone();
    let mut events = Events::open_with(&api, "", Some(&last), &named("admin")).await;
    events.snapshot().await;
}

async fn where_nobody_signs_in_streams_last(hub: &Hub) {
    let moment = Moment::new(NOW);
    let api = Api::live(hub, &moment).await;
    let mut events = Events::open(&api, "", None).await;
    events.snapshot().await;
    for _ in 0..3 {
        moment.pass(331 * SECOND);
        events.news().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_an_age() {
    told(
        Kind::Embedded,
        a_stream_that_grew_old_is_resumed_by_whoever_still_may,
    )
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_session() {
    told(Kind::Embedded, a_stream_ends_with_its_session).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn signed_out_of() {
    told(Kind::Embedded, a_stream_ends_when_its_reader_signs_out).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn forwarded() {
    told(
        Kind::Embedded,
        whom_a_proxy_names_asks_anew_every_five_minutes,
    )
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn open() {
    told(Kind::Embedded, where_nobody_signs_in_streams_last).await;
}
