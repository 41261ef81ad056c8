use shared_types::{CostSlice, ErrorBar, LatencyPoint, QueryPoint, Range};

use super::super::frame::testing::Plain;
use super::*;

fn window(range: Option<Range>) -> Window {
    Window {
        range,
        from: "2026-11-23T20:00:00Z".to_owned(),
        to: "2026-11-23T22:15:00Z".to_owned(),
        bucket_seconds: 3600,
        tz: "UTC".to_owned(),
        progress: 1.0,
        stale_since: None,
    }
}

fn queries(previous: Option<u64>) -> QueriesChart {
    let point = |hour: &str, count, previous| QueryPoint {
        hour: hour.to_owned(),
        count,
        errors: 1,
        cost: 0.000_012,
        previous,
    };
    QueriesChart {
        data: vec![
            point("2026-11-23T20:00:00Z", 1200, None),
            point("2026-11-23T21:00:00Z", 0, previous),
        ],
        window: window(Some(Range::Day)),
    }
}

#[test]
fn a_file_has_plain_figures_and_times_in_utc_and_on_the_wall() {
    let text = Table::queries(&queries(None)).csv(&Plain);
    let expected = "time_utc,time_local,queries,errors,cost_usd\r\n\
        2026-11-23T20:00:00Z,2026-11-23T20:00:00+00:00,1200,1,0.000012\r\n\
        2026-11-23T21:00:00Z,2026-11-23T21:00:00+00:00,0,1,0.000012\r\n";
    assert_eq!(text, expected);
}

#[test]
fn what_was_before_is_a_column_where_it_is_known() {
    let table = Table::queries(&queries(Some(7)));
    assert_eq!(
        table.columns.last().unwrap().name,
        "queries_previous_period"
    );
    let last = |row: &Vec<Cell>| row.last().cloned().unwrap();
    let before: Vec<Cell> = table.rows.iter().map(last).collect();
    assert_eq!(before, [Cell::Nothing, Cell::Count(7)]);
}

#[test]
fn an_hour_without_calls_has_no_response_times() {
    let chart = LatencyChart {
        data: vec![LatencyPoint {
            timestamp: "2026-11-23T20:00:00Z".to_owned(),
            p50: Some(120.0),
            p95: Some(250.5),
            p99: None,
            count: 3,
            previous: None,
        }],
        window: window(None),
    };
    let table = Table::response_times(&chart);
    assert!(table.csv(&Plain).ends_with(",120,250.5,,3\r\n"));
    let row = table.rows.first().unwrap();
    let words: Vec<String> = row.iter().map(|cell| cell.words(&Plain)).collect();
    assert_eq!(words.get(1..).unwrap(), ["120", "250.5", "–", "3"]);
}

#[test]
fn servers_come_as_the_api_orders_them_with_what_all_come_to() {
    let cost = CostChart {
        data: vec![CostSlice {
            mcp: "mail-mcp".to_owned(),
            cost: 1.5,
            queries: 4,
        }],
        total: 6.0,
        costs_estimated: false,
        window: window(Some(Range::Today)),
    };
    let table = Table::cost(&cost);
    assert_eq!(
        table.csv(&Plain),
        "mcp,cost_usd,share,queries\r\n\"mail-mcp\",1.5,0.25,4\r\n"
    );
    let errors = ErrorsChart {
        data: vec![ErrorBar {
            mcp: "-mcp".to_owned(),
            errors: 0,
            total: 0,
        }],
        total: 0,
        errors: 0,
        window: window(Some(Range::Week)),
    };
    let table = Table::errors(&errors);
    assert_eq!(
        table.csv(&Plain),
        "mcp,queries,errors,error_share\r\n\"'-mcp\",0,0,\r\n"
    );
}

#[test]
fn a_file_is_named_after_what_is_in_it() {
    let at = epoch_ms("2026-11-23T22:15:59Z").unwrap();
    let table = Table::queries(&queries(None));
    let name = table.file_name(at, "csv");
    assert_eq!(name, "omni2-queries-24h-2026-11-23T2215Z.csv");
}

#[test]
fn a_closer_look_keeps_the_buckets_that_it_shows() {
    let at = |text: &str| epoch_ms(text).unwrap();
    let whole = Table::queries(&queries(None));
    let first = whole
        .clone()
        .between(at("2026-11-23T20:10:00Z"), at("2026-11-23T20:50:00Z"));
    assert_eq!(first.rows.as_slice(), whole.rows.get(..1).unwrap());
    let both = whole
        .clone()
        .between(at("2026-11-23T20:59:00Z"), at("2026-11-23T21:01:00Z"));
    assert_eq!(both.rows, whole.rows);
    let last = whole
        .clone()
        .between(at("2026-11-23T21:00:00Z"), at("2026-11-23T22:00:00Z"));
    assert_eq!(last.rows.as_slice(), whole.rows.get(1..).unwrap());
}
