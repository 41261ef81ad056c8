//! The plain way to every figure: look at each row. Slow, and easy to believe.

use std::collections::BTreeMap;

use jiff::Timestamp;
use timeline::{Call, McpTally, Micros, Money, Placed, Sketch, Span, Tally, Timeline};

/// A row of the audit log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) at: Micros,
    pub(crate) mcps: Vec<String>,
    pub(crate) cost: Money,
    pub(crate) error: bool,
    pub(crate) duration_ms: Option<i64>,
}

/// `2026-03-29T10:30:30Z` as microseconds.
pub(crate) fn at(text: &str) -> Micros {
    text.parse::<Timestamp>().unwrap().as_microsecond()
}

pub(crate) fn span(from: &str, to: &str) -> Span {
    Span {
        from: at(from),
        to: at(to),
    }
}

pub(crate) fn usd(text: &str) -> Money {
    Money::parse(text).unwrap()
}

/// A row that only says when.
pub(crate) fn row(when: &str, mcps: &[&str]) -> Row {
    let mcps = mcps.iter().map(|&name| name.to_owned()).collect();
    Row {
        at: at(when),
        mcps,
        cost: usd("0.01"),
        error: false,
        duration_ms: Some(10),
    }
}

pub(crate) fn add(timeline: &mut Timeline, now: Micros, row: &Row) -> Placed {
    let mcps: Vec<&str> = row.mcps.iter().map(String::as_str).collect();
    let Row {
        at,
        cost,
        error,
        duration_ms,
        ..
    } = *row;
    timeline.add(
        now,
        &Call {
            at,
            mcps: &mcps,
            cost,
            error,
            duration_ms,
        },
    )
}

pub(crate) fn filled<'a>(now: Micros, rows: impl IntoIterator<Item = &'a Row>) -> Timeline {
    let mut timeline = Timeline::new(30);
    for row in rows {
        add(&mut timeline, now, row);
    }
    timeline
}

pub(crate) fn inside(rows: &[Row], span: Span) -> impl Iterator<Item = &Row> {
    rows.iter().filter(move |row| span.contains(row.at))
}

pub(crate) fn tally(rows: &[Row], span: Span) -> Tally {
    let mut sum = Tally::default();
    for row in inside(rows, span) {
        sum += Tally {
            queries: 1,
            errors: u64::from(row.error),
            cost: row.cost,
        };
    }
    sum
}

pub(crate) fn by_mcp(rows: &[Row], span: Span) -> Vec<McpTally> {
    let mut sums: BTreeMap<&str, Tally> = BTreeMap::new();
    for row in inside(rows, span) {
        let errors = u64::from(row.error);
        if row.mcps.is_empty() {
            *sums.entry("Unattributed").or_default() += Tally {
                queries: 1,
                errors,
                cost: row.cost,
            };
        }
        for (index, name) in row.mcps.iter().enumerate() {
            let cost = row.cost.share(index, row.mcps.len());
            *sums.entry(name).or_default() += Tally {
                queries: 1,
                errors,
                cost,
            };
        }
    }
    let named = |(name, tally): (&str, Tally)| McpTally {
        name: name.to_owned(),
        tally,
    };
    let mut sums: Vec<McpTally> = sums.into_iter().map(named).collect();
    sums.sort_by_key(|mcp| std::cmp::Reverse(mcp.tally.queries));
    sums
}

/// The durations that count for percentiles; of one server, or of every row.
pub(crate) fn durations(rows: &[Row], mcp: Option<&str>, span: Span) -> Vec<i64> {
    let of_server = |row: &&Row| match mcp {
        None => true,
        Some("Unattributed") => row.mcps.is_empty(),
        Some(mcp) => row.mcps.iter().any(|name| name == mcp),
    };
    inside(rows, span)
        .filter(of_server)
        .filter_map(|row| row.duration_ms)
        .filter(|ms| *ms >= 0)
        .collect()
}

/// `percentile_cont`.
pub(crate) fn percentile(values: &[i64], q: f64) -> Option<f64> {
    let mut values = values.to_vec();
    values.sort_unstable();
    let rank = q * (values.len().checked_sub(1)? as f64);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a rank"
    )]
    let below = rank.floor() as usize;
    let low = values[below] as f64;
    let high = values[(below + 1).min(values.len() - 1)] as f64;
    Some(low + (high - low) * rank.fract())
}

/// A percentile may differ by 1 % or 1 ms.
pub(crate) fn close(ours: Option<f64>, exact: Option<f64>) -> bool {
    match (ours, exact) {
        (Some(ours), Some(exact)) => (ours - exact).abs() <= (exact * 0.01).max(1.0),
        (ours, exact) => ours == exact,
    }
}

/// Whether a sketch stands for these durations.
pub(crate) fn assert_sketch_of(sketch: &Sketch, durations: &[i64]) {
    assert_eq!(sketch.count(), durations.len() as u64);
    for q in [0.0, 0.25, 0.5, 0.75, 0.95, 0.99, 1.0] {
        let (ours, exact) = (sketch.quantile(q), percentile(durations, q));
        assert!(
            close(ours, exact),
            "p{}: {ours:?}, exactly {exact:?}",
            q * 100.0
        );
    }
}

/// Whether every figure of the timeline over the span is that of the rows.
pub(crate) fn assert_figures(timeline: &Timeline, rows: &[Row], span: Span) {
    let total = tally(rows, span);
    assert_eq!(timeline.tally(span), total, "tally of {span:?}");
    let by_server = timeline.by_mcp(span);
    assert_eq!(by_server, by_mcp(rows, span), "by MCP in {span:?}");
    let shares: Money = by_server.iter().map(|mcp| mcp.tally.cost).sum();
    assert_eq!(
        shares, total.cost,
        "the shares of {span:?} add up to its total"
    );
    assert_sketch_of(&timeline.latency(span), &durations(rows, None, span));
    for mcp in &by_server {
        let durations = durations(rows, Some(&mcp.name), span);
        assert_sketch_of(&timeline.latency_of(&mcp.name, span), &durations);
    }
}
