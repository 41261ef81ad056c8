//! Where buckets begin, computed by PostgreSQL's own knowledge of time zones.

use sqlx::{AssertSqlSafe, PgPool};

/// The edges of a range's buckets, its end included.
pub(crate) async fn of_range(pool: &PgPool, range: &str, zone: &str, now: i64) -> Vec<i64> {
    let local = format!(
        "((TIMESTAMPTZ 'epoch' + $1::bigint * INTERVAL '1 microsecond') AT TIME ZONE '{zone}')"
    );
    // As date_bin would, which PostgreSQL 13 has not: whole parts of the local day.
    let part = |unit: &str, of: &str, size: i32| {
        format!(
            "(date_trunc('{unit}', {local}) - INTERVAL '1 {of}' \
             * (extract({of} FROM {local})::int % {size}))"
        )
    };
    let (first, step) = match range {
        "today" => (format!("date_trunc('day', {local})"), "1 hour"),
        "1h" => (
            format!("date_trunc('minute', {local}) - INTERVAL '1 hour'"),
            "1 minute",
        ),
        "6h" => (
            format!("{} - INTERVAL '6 hours'", part("minute", "minute", 5)),
            "5 minutes",
        ),
        "24h" => (
            format!("date_trunc('hour', {local}) - INTERVAL '24 hours'"),
            "1 hour",
        ),
        "7d" => (
            format!("{} - INTERVAL '7 days'", part("hour", "hour", 6)),
            "6 hours",
        ),
        "30d" => (
            format!("date_trunc('day', {local}) - INTERVAL '30 days'"),
            "1 day",
        ),
        _ => panic!("no range: {range}"),
    };
    let sql = format!(
        "SELECT (extract(epoch FROM e AT TIME ZONE '{zone}') * 1000000)::bigint FROM \
         (SELECT generate_series({first}, {local}, INTERVAL '{step}') AS e UNION \
          SELECT date_trunc('minute', {local}) + INTERVAL '1 minute') AS edges ORDER BY e"
    );
    sqlx::query_scalar(AssertSqlSafe(sql))
        .bind(now)
        .fetch_all(pool)
        .await
        .unwrap()
}
