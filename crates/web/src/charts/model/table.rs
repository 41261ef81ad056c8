//! A chart's figures as a table: what is shown in its place, and what is written into a
//! file.

mod csv;

use shared_types::{CostChart, ErrorsChart, LatencyChart, QueriesChart, Window};

use super::frame::Words;
use super::stamp;
use super::time::epoch_ms;

/// One figure, or what it is about.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// When a bucket begins, milliseconds since 1970.
    At(i64),
    /// An MCP server.
    Name(String),
    /// Queries.
    Count(u64),
    /// US dollars.
    Usd(f64),
    /// Milliseconds.
    Ms(f64),
    /// A part of a whole, from 0 to 1.
    Share(f64),
    /// Not known.
    Nothing,
}

impl Cell {
    /// For people, exactly.
    pub fn words(&self, words: &dyn Words) -> String {
        match self {
            // The zone is said once, by the table's caption.
            Cell::At(at) => format!("{}, {}", words.tick(*at, true), words.tick(*at, false)),
            Cell::Name(name) => name.clone(),
            Cell::Count(count) => words.whole(*count as f64),
            Cell::Usd(usd) => words.dollars(*usd),
            Cell::Ms(ms) if ms.fract() == 0.0 => words.whole(*ms),
            Cell::Ms(ms) => words.decimal(*ms),
            Cell::Share(share) => words.share(*share),
            Cell::Nothing => "–".to_owned(),
        }
    }

    /// For machines: RFC 3339 in UTC, plain numbers.
    pub fn plain(&self) -> String {
        match self {
            Cell::At(at) => stamp::utc(*at),
            Cell::Name(name) => name.clone(),
            Cell::Count(count) => count.to_string(),
            Cell::Usd(value) | Cell::Ms(value) | Cell::Share(value) => value.to_string(),
            Cell::Nothing => String::new(),
        }
    }
}

/// A column: what machines call it, and what people do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// In a file: `cost_usd`.
    pub name: &'static str,
    /// On the page: `Cost`.
    pub title: &'static str,
}

const fn column(name: &'static str, title: &'static str) -> Column {
    Column { name, title }
}

/// When a bucket begins. In a file it is followed by the same on the viewer's wall clock.
const TIME: Column = column("time_utc", "From");
const MCP: Column = column("mcp", "MCP");
const QUERIES: Column = column("queries", "Queries");
const ERRORS: Column = column("errors", "Errors");
const COST: Column = column("cost_usd", "Cost");

/// The figures of one chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// What the API calls the chart: `queries`.
    pub name: &'static str,
    /// The range's name, or `custom`.
    pub range: String,
    /// One for each cell of a row.
    pub columns: Vec<Column>,
    /// In the API's order.
    pub rows: Vec<Vec<Cell>>,
    /// What all rows come to, below their columns. It may be less than their sum: a query
    /// that touched two servers counts for both and once in all.
    pub total: Option<Vec<Cell>>,
}

impl Table {
    /// Queries over time, with those of the period before where any are known.
    pub fn queries(chart: &QueriesChart) -> Table {
        let compared = chart.data.iter().any(|point| point.previous.is_some());
        let mut columns = vec![TIME, QUERIES, ERRORS, COST];
        if compared {
            columns.push(column("queries_previous_period", "Period before"));
        }
        let rows = chart.data.iter().filter_map(|point| {
            let mut row = vec![
                Cell::At(epoch_ms(&point.hour)?),
                Cell::Count(point.count),
                Cell::Count(point.errors),
                Cell::Usd(point.cost),
            ];
            if compared {
                row.push(point.previous.map_or(Cell::Nothing, Cell::Count));
            }
            Some(row)
        });
        Table {
            name: "queries",
            range: range(&chart.window),
            columns,
            rows: rows.collect(),
            total: None,
        }
    }

    /// Response-time percentiles over time.
    pub fn response_times(chart: &LatencyChart) -> Table {
        let compared = chart.data.iter().any(|point| point.previous.is_some());
        let ms = |value: Option<f64>| value.map_or(Cell::Nothing, Cell::Ms);
        let mut columns = vec![
            TIME,
            column("p50_ms", "p50, ms"),
            column("p95_ms", "p95, ms"),
            column("p99_ms", "p99, ms"),
            QUERIES,
        ];
        if compared {
            columns.push(column("p95_ms_previous_period", "p95 before, ms"));
        }
        let rows = chart.data.iter().filter_map(|point| {
            let mut row = vec![
                Cell::At(epoch_ms(&point.timestamp)?),
                ms(point.p50),
                ms(point.p95),
                ms(point.p99),
                Cell::Count(point.count),
            ];
            if compared {
                row.push(ms(point.previous));
            }
            Some(row)
        });
        Table {
            name: "response-times",
            range: range(&chart.window),
            columns,
            rows: rows.collect(),
            total: None,
        }
    }

    /// Cost by MCP server.
    pub fn cost(chart: &CostChart) -> Table {
        let row = |slice: &shared_types::CostSlice| {
            vec![
                Cell::Name(slice.mcp.clone()),
                Cell::Usd(slice.cost),
                share(slice.cost, chart.total),
                Cell::Count(slice.queries),
            ]
        };
        Table {
            name: "cost",
            range: range(&chart.window),
            columns: vec![MCP, COST, column("share", "Share"), QUERIES],
            rows: chart.data.iter().map(row).collect(),
            total: Some(vec![
                Cell::Name("All".to_owned()),
                Cell::Usd(chart.total),
                share(chart.total, chart.total),
                Cell::Nothing,
            ]),
        }
    }

    /// Errors by MCP server.
    pub fn errors(chart: &ErrorsChart) -> Table {
        let row = |name: &str, errors: u64, total: u64| {
            vec![
                Cell::Name(name.to_owned()),
                Cell::Count(total),
                Cell::Count(errors),
                share(errors as f64, total as f64),
            ]
        };
        let rows = chart.data.iter();
        Table {
            name: "errors",
            range: range(&chart.window),
            columns: vec![MCP, QUERIES, ERRORS, column("error_share", "Error rate")],
            rows: rows
                .map(|bar| row(&bar.mcp, bar.errors, bar.total))
                .collect(),
            total: Some(row("All, each query once", chart.errors, chart.total)),
        }
    }

    /// Only the buckets that are at least partly between two moments, milliseconds since
    /// 1970.
    #[must_use]
    pub fn between(mut self, from_ms: i64, to_ms: i64) -> Table {
        let begins = |row: &Vec<Cell>| match row.first() {
            Some(Cell::At(at)) => Some(*at),
            _ => None,
        };
        let mut ends = self.rows.iter().skip(1).map(begins).collect::<Vec<_>>();
        ends.push(None);
        let mut ends = ends.into_iter();
        self.rows.retain(|row| {
            let (begins, ends) = (begins(row), ends.next().flatten());
            begins.is_none_or(|at| at < to_ms) && ends.is_none_or(|at| at > from_ms)
        });
        "closer".clone_into(&mut self.range);
        self
    }

    /// The name of a file with these figures, written at this moment:
    /// `omni2-queries-24h-2026-11-23T2215Z.csv`.
    pub fn file_name(&self, at_ms: i64, ending: &str) -> String {
        let moment = stamp::field(at_ms).replace(':', "");
        format!("omni2-{}-{}-{moment}Z.{ending}", self.name, self.range)
    }
}

fn share(part: f64, whole: f64) -> Cell {
    if whole > 0.0 {
        Cell::Share(part / whole)
    } else {
        Cell::Nothing
    }
}

fn range(window: &Window) -> String {
    let name = window.range.map(shared_types::Range::as_str);
    name.unwrap_or("custom").to_owned()
}

#[cfg(test)]
mod tests;
