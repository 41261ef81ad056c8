//! Figures computed without the API: by PostgreSQL, or from the rows of the file one by one.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use sqlx::{AssertSqlSafe, PgPool};

use super::{Hub, Kind};

/// Sums of some calls; cost in USD with six decimals.
#[derive(Debug, Default, Clone, PartialEq)]
pub(crate) struct Sum {
    pub(crate) queries: i64,
    pub(crate) errors: i64,
    pub(crate) cost: f64,
}

/// p50, p95 and p99, and of how many durations.
#[derive(Debug, Default, Clone, PartialEq)]
pub(crate) struct Latency {
    pub(crate) count: i64,
    pub(crate) quantiles: Vec<f64>,
}

/// One call of the file.
pub(crate) struct Call {
    at: i64,
    failed: bool,
    cost: Decimal,
    duration: Option<i64>,
    mcps: Vec<String>,
}

pub(crate) enum Reference {
    Sql { pool: PgPool, calls: String },
    Rows(Vec<Call>),
}

impl Reference {
    pub(crate) async fn of(hub: &Hub) -> Reference {
        if hub.kind == Kind::Embedded {
            return Reference::Rows(file(hub).await);
        }
        let cost = match hub.kind {
            Kind::B => "coalesce(llm_tokens_used, 0)::numeric / 1000000",
            Kind::C => "CASE WHEN cost_usd = 'NaN' THEN 0 ELSE coalesce(cost_usd, 0) END",
            _ => "CASE WHEN cost_estimate = 'NaN' THEN 0 ELSE coalesce(cost_estimate, 0) END",
        };
        let many = match hub.kind {
            Kind::A => {
                "(SELECT coalesce(array_agg(DISTINCT n), '{}') FROM unnest(mcps_accessed) n WHERE n <> '')"
            }
            _ => "'{}'::text[]",
        };
        let calls = format!(
            "(SELECT (extract(epoch FROM timestamp) * 1000000)::bigint AS at, \
              NOT success OR was_blocked AS failed, {cost} AS cost, \
              CASE WHEN duration_ms >= 0 THEN duration_ms END AS duration, \
              CASE WHEN mcp_target <> '' THEN ARRAY[mcp_target::text] ELSE {many} END AS mcps \
              FROM omni2.audit_logs) AS c"
        );
        Reference::Sql {
            pool: hub.pool().clone(),
            calls,
        }
    }

    /// Sums of each stretch between two edges.
    pub(crate) async fn sums(&self, edges: &[i64]) -> Vec<Sum> {
        let (from, to) = (&edges[..edges.len() - 1], &edges[1..]);
        match self {
            Reference::Sql { pool, calls } => {
                let sql = format!(
                    "SELECT count(c.at), count(*) FILTER (WHERE c.failed), \
                     round(coalesce(sum(c.cost), 0), 6)::float8 \
                     FROM generate_series(1, cardinality($1) - 1) AS b(n) \
                     LEFT JOIN {calls} ON width_bucket(c.at, $1) = b.n GROUP BY b.n ORDER BY b.n"
                );
                let query = sqlx::query_as(AssertSqlSafe(sql)).bind(edges);
                let rows: Vec<(i64, i64, f64)> = query.fetch_all(pool).await.unwrap();
                let sum = |(queries, errors, cost)| Sum {
                    queries,
                    errors,
                    cost,
                };
                rows.into_iter().map(sum).collect()
            }
            Reference::Rows(calls) => from
                .iter()
                .zip(to)
                .map(|(from, to)| {
                    let inside: Vec<&Call> = calls
                        .iter()
                        .filter(|call| (*from..*to).contains(&call.at))
                        .collect();
                    total(&inside)
                })
                .collect(),
        }
    }

    /// Percentiles of each stretch between two edges.
    pub(crate) async fn latencies(&self, edges: &[i64]) -> Vec<Latency> {
        let (from, to) = (&edges[..edges.len() - 1], &edges[1..]);
        match self {
            Reference::Sql { pool, calls } => {
                let sql = format!(
                    "SELECT count(c.duration), coalesce(percentile_cont(ARRAY[0.5, 0.95, 0.99]) \
                     WITHIN GROUP (ORDER BY c.duration), '{{}}') \
                     FROM generate_series(1, cardinality($1) - 1) AS b(n) \
                     LEFT JOIN {calls} ON width_bucket(c.at, $1) = b.n GROUP BY b.n ORDER BY b.n"
                );
                let query = sqlx::query_as(AssertSqlSafe(sql)).bind(edges);
                let rows: Vec<(i64, Vec<Option<f64>>)> = query.fetch_all(pool).await.unwrap();
                let latency = |(count, found): (i64, Vec<Option<f64>>)| Latency {
                    count,
                    quantiles: found.into_iter().flatten().collect(),
                };
                rows.into_iter().map(latency).collect()
            }
            Reference::Rows(calls) => from
                .iter()
                .zip(to)
                .map(|(from, to)| {
                    let inside = calls.iter().filter(|call| (*from..*to).contains(&call.at));
                    let mut durations: Vec<i64> = inside.filter_map(|call| call.duration).collect();
                    durations.sort_unstable();
                    let quantile = |q| quantile(&durations, q);
                    Latency {
                        count: i64::try_from(durations.len()).unwrap(),
                        quantiles: [0.5, 0.95, 0.99].into_iter().filter_map(quantile).collect(),
                    }
                })
                .collect(),
        }
    }

    /// Sums of each server in a stretch of time.
    pub(crate) async fn by_mcp(&self, from: i64, to: i64) -> BTreeMap<String, Sum> {
        match self {
            Reference::Sql { pool, calls } => {
                let sql = format!(
                    "SELECT m.name, count(*), count(*) FILTER (WHERE c.failed), \
                     round(sum(c.cost / cardinality(c.names)), 6)::float8 FROM \
                     (SELECT *, CASE WHEN mcps = '{{}}' THEN ARRAY['Unattributed'] ELSE mcps END AS names \
                      FROM {calls}) AS c, unnest(c.names) AS m(name) \
                     WHERE c.at >= $1 AND c.at < $2 GROUP BY m.name"
                );
                let query = sqlx::query_as(AssertSqlSafe(sql)).bind(from).bind(to);
                let rows: Vec<(String, i64, i64, f64)> = query.fetch_all(pool).await.unwrap();
                let named = |(name, queries, errors, cost)| {
                    (
                        name,
                        Sum {
                            queries,
                            errors,
                            cost,
                        },
                    )
                };
                rows.into_iter().map(named).collect()
            }
            Reference::Rows(calls) => {
                let mut parts: BTreeMap<String, Vec<Call>> = BTreeMap::new();
                for call in calls.iter().filter(|call| (from..to).contains(&call.at)) {
                    let none = ["Unattributed".to_owned()];
                    let names = if call.mcps.is_empty() {
                        &none[..]
                    } else {
                        &call.mcps
                    };
                    for name in names {
                        parts.entry(name.clone()).or_default().push(Call {
                            cost: call.cost / Decimal::from(names.len()),
                            mcps: Vec::new(),
                            ..*call
                        });
                    }
                }
                let sum = |calls: &Vec<Call>| total(&calls.iter().collect::<Vec<_>>());
                parts
                    .iter()
                    .map(|(name, calls)| (name.clone(), sum(calls)))
                    .collect()
            }
        }
    }
}

fn total(calls: &[&Call]) -> Sum {
    let cost: Decimal = calls.iter().map(|call| call.cost).sum();
    Sum {
        queries: i64::try_from(calls.len()).unwrap(),
        errors: i64::try_from(calls.iter().filter(|call| call.failed).count()).unwrap(),
        cost: cost.round_dp(6).to_string().parse().unwrap(),
    }
}

/// As `percentile_cont`: between the two neighbouring ranks.
fn quantile(sorted: &[i64], q: f64) -> Option<f64> {
    let rank = q * (sorted.len().checked_sub(1)? as f64);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a rank"
    )]
    let below = rank.floor() as usize;
    let (low, high) = (sorted[below], sorted[(below + 1).min(sorted.len() - 1)]);
    Some(low as f64 + (high - low) as f64 * rank.fract())
}

async fn file(hub: &Hub) -> Vec<Call> {
    type Row = (
        i64,
        bool,
        bool,
        Option<String>,
        Option<i64>,
        Option<String>,
        Option<String>,
    );
    let sql = "SELECT timestamp, success, was_blocked, cost_estimate, duration_ms, mcp_target, \
               mcps_accessed FROM audit_logs";
    let rows: Vec<Row> = sqlx::query_as(sql).fetch_all(hub.file()).await.unwrap();
    let call = |(at, success, blocked, cost, duration, target, accessed): Row| {
        let accessed: Vec<Option<String>> = accessed
            .map(|json| serde_json::from_str(&json).unwrap())
            .unwrap_or_default();
        let mut mcps: Vec<String> = match target.filter(|name| !name.is_empty()) {
            Some(target) => vec![target],
            None => accessed
                .into_iter()
                .flatten()
                .filter(|name| !name.is_empty())
                .collect(),
        };
        mcps.sort_unstable();
        mcps.dedup();
        Call {
            at,
            failed: !success || blocked,
            cost: cost.and_then(|text| text.parse().ok()).unwrap_or_default(),
            duration: duration.filter(|ms| *ms >= 0),
            mcps,
        }
    };
    rows.into_iter().map(call).collect()
}
