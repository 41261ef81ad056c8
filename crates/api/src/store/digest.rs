//! Whether rows are what they were, without reading them again.

use super::expressions::{Dialect, in_calendar};
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
        if self.words.dialect == Dialect::Sqlite {
            return Ok(None);
        }
        let moment = |at: i64| self.words.moment(&in_calendar(at).to_string());
        let text = format!(
            "SELECT count(*) AS count, \
             coalesce(sum(hashtextextended((ROW({}))::text, 0)), 0)::text AS sum \
             FROM omni2.audit_logs a WHERE a.timestamp >= {} AND a.timestamp < {}",
            self.words.passing(),
            moment(from),
            moment(to),
        );
        self.at_once(text).await.map(Some)
    }
}
