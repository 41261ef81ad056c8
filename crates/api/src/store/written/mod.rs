//! SQL that people can run themselves for the figures they were told: the same meanings, in
//! the database's own words, with values written out.
//!
//! Figures are written in steps: `calls` has one row a call (or one for each server or tool
//! of it), `shares` splits costs, `ranked` puts durations in order where the database has no
//! percentiles; what is asked is selected from the last of them.

mod columns;
mod lists;
mod sums;

use rust_decimal::Decimal;

use super::Filter;
use grammar::{By, Measure};

/// Figures to be written as SQL.
#[derive(Clone, Copy, Debug)]
pub struct WrittenSums<'a> {
    /// Which calls.
    pub filter: &'a Filter,
    /// What is counted; the first is what rows are ordered by unless `order` says otherwise.
    pub measures: &'a [Measure],
    /// One row for each of these.
    pub by: Option<By>,
    /// The window's buckets (from, to) in microseconds, for figures by time.
    pub buckets: &'a [(i64, i64)],
    /// By which measure rows stand.
    pub order: Option<Measure>,
    /// From the least.
    pub ascending: bool,
    /// How many rows.
    pub limit: Option<u16>,
    /// USD per million tokens, where the hub has no cost column.
    pub price: Decimal,
}
