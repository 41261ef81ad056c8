//! Whether rows are what they were, without reading them again.

use super::expressions::{Dialect, in_calendar};
use super::{Filter, Reading, StoreError};

/// What PostgreSQL says of rows, as far as they are read: how many they are, and the sum of their
/// hashes. Equal for equal rows, whatever their order.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Digest {
    count: i64,
    sum: String,
}

impl Reading {
    /// The digest of the rows of a span of time, as far as figures are made of them; none where the
    /// database has no hashes (SQLite).
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn digest(&mut self, from: i64, to: i64) -> Result<Option<Digest>, StoreError> {
        let moment = |at: i64| self.words.moment(&in_calendar(at).to_string());
        let rows = format!(
            "omni2.audit_logs a WHERE a.timestamp >= {} AND a.timestamp < {}",
            moment(from),
            moment(to),
        );
        let row = format!("ROW({})", self.words.passing());
        self.digest_of(&row, &rows).await
    }

    /// The digest of what these pages hold, each the first one of its filter and of so many rows
    /// at most; none where the database has no hashes (SQLite).
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn digest_of_pages(
        &mut self,
        pages: &[(&Filter, i64)],
    ) -> Result<Option<Digest>, StoreError> {
        let columns = self.words.columns(true);
        let page = |(number, (filter, limit)): (usize, &(&Filter, i64))| {
            let conditions = filter.written(&self.words).text();
            format!(
                "(SELECT {number} AS page, {columns} FROM omni2.audit_logs a WHERE {conditions} \
                 ORDER BY a.timestamp DESC, a.id DESC LIMIT {limit})"
            )
        };
        let pages: Vec<String> = pages.iter().enumerate().map(page).collect();
        let rows = format!("({}) AS p", pages.join(" UNION ALL "));
        self.digest_of("p", &rows).await
    }

    /// The digest of rows as they are written in SQL: one of them, and where all of them are.
    async fn digest_of(&mut self, row: &str, rows: &str) -> Result<Option<Digest>, StoreError> {
        if self.words.dialect == Dialect::Sqlite {
            return Ok(None);
        }
        let text = format!(
            "SELECT count(*) AS count, \
             coalesce(sum(hashtextextended(({row})::text, 0)), 0)::text AS sum FROM {rows}"
        );
        self.at_once(text).await.map(Some)
    }
}
