//! The SQL that goes with an answer, run against the hub, yields the same table; and totals
//! by user and by tool equal the page's.

use serde_json::Value;
use shared_types::{ErrorsChart, paths};
use sqlx::{AssertSqlSafe, Column, Row, TypeInfo, ValueRef};

use super::{ask, assisted, is_understood, printed};
use crate::figures::{NOW, rows};
use crate::world::{Hub, Moment, on_every_hub};

on_every_hub!(
    the_sql_of_an_answer_yields_its_table,
    totals_from_rows_are_those_of_the_page,
);

const QUESTIONS: [&str; 14] = [
    "queries by server last 7 days",
    "errors by server last 7 days",
    "cost by server this week",
    "p95 by server last 24 hours",
    "queries by user last 7 days",
    "cost by user last 7 days",
    "errors by tool last 7 days",
    "cost by tool last 30 days",
    "p95 by tool today",
    "queries by hour today",
    "errors by hour yesterday",
    "cost by user on Git MCP last 7 days",
    "cost by tool on Git MCP last 7 days",
    "error rate by user last 30 days",
];

async fn the_sql_of_an_answer_yields_its_table(hub: &Hub) {
    let moment = Moment::new(NOW);
    hub.insert(&rows::a_month(moment.now())).await;
    let api = assisted(hub, &moment).await;
    for question in QUESTIONS {
        let answer = ask(&api, "Europe/Berlin", question).await;
        assert!(is_understood(&answer), "{question}: {}", answer.answer);
        let sql = printed::sql(&answer.answer).unwrap_or_else(|| panic!("{question}: no SQL"));
        let yields = run(hub, &sql).await;
        let table = printed::table(&answer.answer);
        assert!(table.len() > 2, "{question}: {}", answer.answer);
        for row in &table {
            let name = row[0].replace('\\', "");
            let timed = question.contains("hour");
            let found = if timed {
                yields.get(table.iter().position(|other| other == row).unwrap())
            } else {
                yields.iter().find(|one| one[0] == name.as_str())
            };
            let found =
                found.unwrap_or_else(|| panic!("{question}: {name} is not in {yields:?}\n{sql}"));
            let same = printed::agrees(&row[1], found[1].as_f64());
            assert!(same, "{question}: {row:?} is not {found:?}\n{sql}");
        }
    }
}

async fn totals_from_rows_are_those_of_the_page(hub: &Hub) {
    let moment = Moment::new(NOW);
    hub.insert(&rows::a_month(moment.now())).await;
    let api = assisted(hub, &moment).await;
    let page: ErrorsChart = api.read(&format!("{}?range=7d", paths::ERRORS)).await;
    for by in ["user", "tool"] {
        let answer = ask(&api, "UTC", &format!("queries by {by} last 7 days")).await;
        let told = printed::bold(&answer.answer);
        assert!(
            printed::agrees(&told[0], Some(page.total as f64)),
            "{}",
            answer.answer
        );
        let answer = ask(&api, "UTC", &format!("errors by {by} last 7 days")).await;
        let told = printed::bold(&answer.answer);
        assert!(
            printed::agrees(&told[0], Some(page.errors as f64)),
            "{}",
            answer.answer
        );
    }
}

/// What SQL yields: its rows, cells as JSON.
pub(super) async fn run(hub: &Hub, sql: &str) -> Vec<Vec<Value>> {
    if hub.kind.is_postgres() {
        let text = format!("SELECT to_json(t)::text FROM ({sql}) AS t");
        let rows: Vec<(String,)> = sqlx::query_as(AssertSqlSafe(text))
            .fetch_all(hub.pool())
            .await
            .unwrap();
        return rows.iter().map(|(row,)| in_order(row)).collect();
    }
    let rows = sqlx::query(AssertSqlSafe(sql.to_owned()))
        .fetch_all(hub.file())
        .await
        .unwrap();
    let cell = |row: &sqlx::sqlite::SqliteRow, place: usize| -> Value {
        let raw = row.try_get_raw(place).unwrap();
        if raw.is_null() {
            return Value::Null;
        }
        match raw.type_info().name() {
            "INTEGER" => row.get::<i64, _>(place).into(),
            "REAL" => row.get::<f64, _>(place).into(),
            _ => row.get::<String, _>(place).into(),
        }
    };
    rows.iter()
        .map(|row| {
            (0..row.columns().len())
                .map(|place| cell(row, row.column(place).ordinal()))
                .collect()
        })
        .collect()
}

/// The values of a row in the order of its columns, which a JSON object read as text keeps.
fn in_order(row: &str) -> Vec<Value> {
    let row: Value = serde_json::from_str(row).unwrap();
    let known = ["server", "tool", "asked_by", "starts"];
    let mut cells: Vec<Value> = Vec::new();
    let fields = row.as_object().unwrap();
    cells.extend(known.iter().filter_map(|name| fields.get(*name).cloned()));
    let figures = fields
        .iter()
        .filter(|(name, _)| !known.contains(&name.as_str()));
    cells.extend(figures.map(|(_, value)| value.clone()));
    cells
}
