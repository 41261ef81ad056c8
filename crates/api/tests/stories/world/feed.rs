//! Calls of the feed, and the rows that they are.

use shared_types::{ActivityPage, paths};
use sqlx::AssertSqlSafe;
use timeline::{Micros, running_minute_end};

use super::agreement::{Agrees, read, same};
use super::{Api, Hub, Kind, at};

/// What tells one call from another: id, time, whether it failed.
type Row = (i64, Micros, bool);

/// The ids that match a condition, in the order of the feed.
pub(crate) async fn ids(hub: &Hub, condition: &str, now: Micros) -> Vec<i64> {
    let rows = rows(hub, condition, now).await;
    rows.into_iter().map(|(id, ..)| id).collect()
}

async fn rows(hub: &Hub, condition: &str, now: Micros) -> Vec<Row> {
    let (from, to) = (now - 32 * timeline::DAY, running_minute_end(now));
    let from = from - from.rem_euclid(timeline::QUARTER);
    let failed = "NOT success OR was_blocked";
    if hub.kind == Kind::Embedded {
        let sql = format!(
            "SELECT id, timestamp, {failed} FROM audit_logs AS a WHERE timestamp >= {from} \
             AND timestamp < {to} AND ({condition}) ORDER BY timestamp DESC, id DESC"
        );
        let sql = sql.replace("auth_service.", "");
        return sqlx::query_as(AssertSqlSafe(sql))
            .fetch_all(hub.file())
            .await
            .unwrap();
    }
    let moment = |at: i64| format!("(TIMESTAMPTZ 'epoch' + {at} * INTERVAL '1 microsecond')");
    let sql = format!(
        "SELECT id::bigint, (extract(epoch FROM timestamp) * 1000000)::bigint, {failed} \
         FROM omni2.audit_logs AS a WHERE timestamp >= {} AND timestamp < {} \
         AND ({condition}) ORDER BY timestamp DESC, id DESC",
        moment(from),
        moment(to)
    );
    sqlx::query_as(AssertSqlSafe(sql))
        .fetch_all(hub.pool())
        .await
        .unwrap()
}

/// The feed shows exactly these rows, each once, page by page.
pub(super) async fn shows_the_rows(hub: &Hub, api: &Api, now: Micros) -> Agrees {
    let exact = rows(hub, "1 = 1", now).await;
    let mut shown: Vec<Row> = Vec::new();
    let mut next = String::new();
    loop {
        let path = format!("{}?limit=500{next}", paths::ACTIVITY);
        let page: ActivityPage = read(api, &path).await?;
        same!(page.matching, exact.len() as u64, "calls that match");
        let calls = page.activities.iter();
        shown.extend(calls.map(|call| (call.id, at(&call.timestamp), call.status.is_error())));
        match page.next {
            Some(cursor) if shown.len() < exact.len() => next = format!("&cursor={cursor}"),
            _ => break,
        }
    }
    let differs = shown.iter().zip(&exact).find(|(ours, exact)| ours != exact);
    same!(differs, None, "calls of the feed");
    same!(shown.len(), exact.len(), "calls of the feed");
    Ok(())
}
