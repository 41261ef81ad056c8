//! Rows that no hub should write, and some do.

use hub_sim::AuditRow;
use shared_types::{CallStatus, LatencyChart, QueriesChart, Stats, paths};
use timeline::{DAY, MINUTE, SECOND};

use crate::world::{Api, Hub, Kind, Moment, at, on_every_hub, until};

on_every_hub!(
    odd_rows_are_counted_and_shown_as_they_are,
    a_call_ahead_of_its_time_waits_for_it
);

const NOW: &str = "2026-06-17T13:47:21Z";

#[expect(clippy::unnecessary_wraps, reason = "columns may be null")]
fn name(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn said(hub: &Hub, text: &str) -> AuditRow {
    let row = AuditRow {
        at: at(NOW) - 10 * MINUTE,
        ..AuditRow::default()
    };
    if hub.kind.has_arrays() {
        AuditRow {
            message: name(text),
            ..row
        }
    } else {
        AuditRow {
            question: name(text),
            ..row
        }
    }
}

async fn odd_rows_are_counted_and_shown_as_they_are(hub: &Hub) {
    let moment = Moment::new(NOW);
    let api = Api::live(hub, &moment).await;
    let megabyte = "é".repeat(500_000);
    let huge = match hub.kind {
        Kind::A => "9999.999999",
        _ => "99999999999999999999999999999999999999999999999999",
    };
    let rows = [
        AuditRow {
            user_id: None,
            duration_ms: None,
            ..said(hub, "")
        },
        AuditRow {
            duration_ms: Some(-7),
            cost: name("0.5"),
            llm_tokens: Some(500_000),
            ..said(hub, "negative")
        },
        AuditRow {
            duration_ms: Some(0),
            ..said(hub, "zero")
        },
        AuditRow {
            cost: name("NaN"),
            ..said(hub, "no number")
        },
        AuditRow {
            cost: name("-0.25"),
            llm_tokens: Some(-250_000),
            ..said(hub, "paid back")
        },
        said(hub, &megabyte),
        AuditRow {
            mcp_target: name("🦀 MCP"),
            user_id: Some(i64::from(i32::MAX)),
            ..said(hub, "👩‍👩‍👧 \u{202e}שלום\r\nline\ttab")
        },
        AuditRow {
            duration_ms: Some(i64::from(i32::MAX)),
            success: false,
            ..said(hub, "slow")
        },
        AuditRow {
            success: true,
            was_blocked: true,
            status: name("success"),
            ..said(hub, "refused")
        },
        AuditRow {
            at: 0,
            ..said(hub, "the epoch")
        },
        AuditRow {
            at: at("0001-01-01T00:00:00Z"),
            ..said(hub, "long ago")
        },
        AuditRow {
            at: at("9999-12-30T00:00:00Z"),
            ..said(hub, "far ahead")
        },
    ];
    let ids = hub.insert(&rows).await;
    api.matching(9).await;
    if hub.kind.is_postgres() {
        hub.run(
            "INSERT INTO omni2.audit_logs (timestamp, success) VALUES ('infinity', true), \
             ('-infinity', false), ('4000-01-01 BC', true), ('290000-01-01', true)",
        )
        .await;
    }
    if hub.kind != Kind::B {
        let one = AuditRow {
            cost: name(huge),
            ..said(hub, "dear")
        };
        hub.insert(&[one]).await;
        api.matching(10).await;
    }
    check_feed(hub, &api, &ids).await;
    let all = u64::from(hub.kind != Kind::B) + 9;
    check_figures(hub, &api, all).await;
    // What is far off is shown to who asks for it.
    let old = api
        .activity("from=1969-12-31T00:00:00Z&to=1970-02-01T00:00:00Z")
        .await;
    assert_eq!(old.activities[0].timestamp, "1970-01-01T00:00:00Z");
    assert_eq!(old.matching, 1);
    let everything = api.activity("from=-009999-01-02T01:59:59Z").await;
    assert!(everything.matching >= all + 2, "{}", everything.matching);
    // And the same from the beginning.
    drop(api);
    let api = Api::live(hub, &moment).await;
    api.matching(all).await;
    check_figures(hub, &api, all).await;
}

async fn check_feed(hub: &Hub, api: &Api, ids: &[i64]) {
    let page = api.activity("limit=500").await;
    let call = |n: usize| {
        page.activities
            .iter()
            .find(|call| call.id == ids[n])
            .unwrap()
    };
    assert_eq!(
        (call(0).user_email.as_deref(), call(0).mcp.as_deref()),
        (None, None)
    );
    assert_eq!((call(0).action.as_str(), call(0).duration_ms), ("", None));
    assert_eq!((call(1).duration_ms, call(1).cost), (None, 0.5));
    assert_eq!(call(2).duration_ms, Some(0));
    assert_eq!(call(3).cost, 0.0);
    assert_eq!(call(4).cost, if hub.kind == Kind::B { 0.0 } else { -0.25 });
    assert_eq!(call(5).action, "é".repeat(200));
    assert_eq!(call(6).mcp.as_deref(), Some("🦀 MCP"));
    assert_eq!(call(6).action, "👩‍👩‍👧 \u{202e}שלום line tab");
    assert_eq!(call(6).user_email, None);
    assert_eq!(call(7).status, CallStatus::Error);
    assert_eq!(call(8).status, CallStatus::Blocked);
}

async fn check_figures(hub: &Hub, api: &Api, all: u64) {
    let cards: Stats = api.read(paths::STATS).await;
    assert_eq!(cards.queries_today, all);
    assert!(cards.cost_today.is_finite());
    let cost = match hub.kind {
        Kind::A => 0.25 + 9_999.999_999,
        Kind::B => 0.5,
        // A cost beyond all sense is no cost.
        Kind::Embedded | Kind::C => 0.25,
    };
    assert_eq!(cards.cost_today, cost);
    let chart: QueriesChart = api.read(paths::QUERIES).await;
    assert_eq!(chart.data.iter().map(|hour| hour.count).sum::<u64>(), all);
    assert_eq!(chart.data.iter().map(|hour| hour.errors).sum::<u64>(), 2);
    let chart: LatencyChart = api.read(paths::RESPONSE_TIMES).await;
    assert_eq!(
        chart.data.iter().map(|hour| hour.count).sum::<u64>(),
        2,
        "zero and slow"
    );
    for path in [
        paths::COST,
        paths::ERRORS,
        paths::SNAPSHOT,
        paths::STATUS,
        paths::METRICS,
    ] {
        assert_eq!(
            api.get(&format!("{path}?range=30d")).await.status,
            200,
            "{path}"
        );
    }
}

async fn newest_is(api: &Api, id: i64) {
    until("a call to be the newest", async || {
        let page = api.activity("").await;
        (page.activities[0].id == id).then_some(())
    })
    .await;
}

async fn a_call_ahead_of_its_time_waits_for_it(hub: &Hub) {
    let moment = Moment::new(NOW);
    let ahead = |time: i64| AuditRow {
        at: moment.now() + time,
        ..said(hub, "ahead")
    };
    let before = hub.insert(&[ahead(10 * MINUTE), ahead(3 * DAY)]).await;
    let api = Api::live(hub, &moment).await;
    let later = hub.insert(&[ahead(-MINUTE), ahead(90 * SECOND)]).await;
    api.matching(1).await;
    assert_eq!(api.activity("").await.activities[0].id, later[0]);
    moment.pass(90 * SECOND);
    api.matching(2).await;
    let page = api.activity("").await;
    assert_eq!(
        page.activities[0].id, later[1],
        "it is shown as its time comes"
    );
    let cards: Stats = api.read(paths::STATS).await;
    assert_eq!(cards.queries_today, 2);
    moment.pass(9 * MINUTE);
    // A clock that jumps is followed by the next poll.
    newest_is(&api, before[0]).await;
    api.matching(3).await;
    moment.pass(3 * DAY);
    newest_is(&api, before[1]).await;
    api.matching(4).await;
}
