//! Many rows in one statement.

use sqlx::{AssertSqlSafe, PgExecutor, postgres::PgArguments, query::QueryScalar};

use super::columns::{Column, Values, columns};
use crate::{AuditRow, Generation, SimError};

/// Inserts rows in one statement and returns their ids, in the order of `rows`.
///
/// Rows with an explicit id keep it and do not move the sequence on. The rows
/// travel as one array a column: some thousands at a time is a good measure.
///
/// # Errors
/// [`SimError::Database`] when the database refuses: a value out of its column's
/// range, an id that is taken, a connection that is gone.
pub async fn insert<'e>(
    executor: impl PgExecutor<'e>,
    generation: Generation,
    rows: &[AuditRow],
) -> Result<Vec<i64>, SimError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let columns = columns(generation, rows);
    let ids = rows.iter().map(|row| row.id).collect::<Vec<_>>();
    let query = sqlx::query_scalar(AssertSqlSafe(sql(&columns))).bind(ids);
    let query = columns.into_iter().fold(query, bind);
    Ok(query.fetch_all(executor).await?)
}

type Ids<'q> = QueryScalar<'q, sqlx::Postgres, i64, PgArguments>;

fn bind<'q>(query: Ids<'q>, column: Column<'q>) -> Ids<'q> {
    match column.values {
        Values::Number(values) => query.bind(values),
        Values::Text(values) => query.bind(values),
        Values::Owned(values) => query.bind(values),
        Values::Bool(values) => query.bind(values),
    }
}

/// The same text for every insert of a generation, so that it is prepared once.
fn sql(columns: &[Column<'_>]) -> String {
    let names: Vec<String> = columns
        .iter()
        .map(|column| format!("\"{}\"", column.name))
        .collect();
    let arrays: Vec<String> = (2..).zip(columns).map(array).collect();
    let values: Vec<String> = names.iter().zip(columns).map(value).collect();
    let (names, arrays, values) = (names.join(", "), arrays.join(", "), values.join(", "));
    format!(
        "INSERT INTO omni2.audit_logs (id, {names}) \
         SELECT coalesce(row.id, nextval('omni2.audit_logs_id_seq')), \
                {values} \
         FROM unnest($1::bigint[], {arrays}) AS row(id, {names}) \
         RETURNING id::bigint"
    )
}

fn array((parameter, column): (usize, &Column<'_>)) -> String {
    let element = match column.values {
        Values::Number(_) => "bigint",
        Values::Text(_) | Values::Owned(_) => "text",
        Values::Bool(_) => "boolean",
    };
    format!("${parameter}::{element}[]")
}

fn value((name, column): (&String, &Column<'_>)) -> String {
    match column.cast {
        "micros" => format!("'epoch'::timestamptz + row.{name} * interval '1 microsecond'"),
        cast => format!("row.{name}::{cast}"),
    }
}
