//! Whether rows are what they were, without reading them again.

use sqlx::AssertSqlSafe;

use super::expressions::in_calendar;
use super::session::{Session, patient};
use super::{Reading, StoreError};

/// What PostgreSQL says of all rows of a span, as far as figures are made of them: how many they
/// are, and the sum of their hashes. Equal for equal rows, whatever their order.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Digest {
    count: i64,
    sum: String,
}

impl Reading {
    /// The digest of the rows of a span of time; none where the database has no hashes (SQLite).
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn digest(&mut self, from: i64, to: i64) -> Result<Option<Digest>, StoreError> {
        let Session::Postgres(session) = &mut self.session else {
            return Ok(None);
        };
        let text = format!(
            "SELECT count(*) AS count, \
             coalesce(sum(hashtextextended((ROW({}))::text, 0)), 0)::text AS sum \
             FROM omni2.audit_logs a WHERE a.timestamp >= {} AND a.timestamp < {}",
            self.words.passing(),
            self.words.moment("$1"),
            self.words.moment("$2"),
        );
        let query = sqlx::query_as(AssertSqlSafe(text)).persistent(false);
        let query = query.bind(in_calendar(from)).bind(in_calendar(to));
        patient(self.limits, query.fetch_one(&mut **session))
            .await
            .map(Some)
    }
}
