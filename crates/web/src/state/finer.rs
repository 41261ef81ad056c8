//! Figures of a part of time, finer than those of all there is.

use futures_util::future::join;
use shared_types::{LatencyChart, QueriesChart, paths};

use crate::api;
use crate::browser::clock::now_ms;
use crate::charts::model::time::rfc3339;
use crate::charts::model::view::View;

/// The chart of queries over time, among those that could not be had.
pub(super) const QUERIES: u32 = 1;
/// The chart of response times.
pub(super) const RESPONSE_TIMES: u32 = 2;

/// Figures of each chart that could be had.
pub(super) struct Finer {
    /// The part of time that they are of.
    pub(super) held: View,
    pub(super) bucket_seconds: u32,
    /// Milliseconds since 1970.
    pub(super) asked_ms: i64,
    pub(super) queries: Option<QueriesChart>,
    pub(super) response_times: Option<LatencyChart>,
}

/// What the API gave.
pub(super) struct Answer {
    /// None when it gave nothing at all.
    pub(super) finer: Option<Finer>,
    /// Which charts it gave none of.
    pub(super) failed: u32,
    /// Why.
    pub(super) why: String,
}

impl Answer {
    /// Asks for both charts, as fine as this view deserves.
    pub(super) async fn get(zone: &str, view: View) -> Answer {
        let held = view.with_margins();
        let asked_ms = now_ms();
        let held = View {
            to: held.to.min(asked_ms + 60_000),
            ..held
        };
        let bucket_seconds = view.bucket_seconds();
        let asked = [
            ("from", rfc3339(held.from)),
            ("to", rfc3339(held.to)),
            ("bucket", bucket_seconds.to_string()),
            ("compare", "previous".to_owned()),
        ];
        let (queries, times) = (
            api::address(paths::QUERIES, zone, &asked),
            api::address(paths::RESPONSE_TIMES, zone, &asked),
        );
        let (queries, response_times) = join(api::get(&queries), api::get(&times)).await;
        let (failed, error) = match (&queries, &response_times) {
            (Ok(_), Ok(_)) => (0, None),
            (Err(error), Ok(_)) => (QUERIES, Some(error)),
            (Ok(_), Err(error)) => (RESPONSE_TIMES, Some(error)),
            (Err(error), Err(_)) => (QUERIES | RESPONSE_TIMES, Some(error)),
        };
        let why = error.map(ToString::to_string).unwrap_or_default();
        let finer = (failed != QUERIES | RESPONSE_TIMES).then(|| Finer {
            held,
            bucket_seconds,
            asked_ms,
            queries: queries.ok(),
            response_times: response_times.ok(),
        });
        Answer { finer, failed, why }
    }
}
