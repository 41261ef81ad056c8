//! Reading one state of the database: every question of one [`Reading`] sees the same
//! rows, whatever is committed meanwhile.

use std::sync::Arc;

use sqlx::AssertSqlSafe;

use super::conditions::Bind;
use super::expressions::{Expressions, in_calendar};
use super::filter::{Filter, Place};
use super::session::{Session, ask, next, patient};
use super::{AuditRow, Limits, Passing, StoreError};

/// One read-only transaction. Dropping it ends it.
pub struct Reading {
    pub(super) session: Session,
    pub(super) words: Arc<Expressions>,
    pub(super) limits: Limits,
}

impl Reading {
    pub(super) fn new(session: Session, words: Arc<Expressions>, limits: Limits) -> Reading {
        Reading {
            session,
            words,
            limits,
        }
    }

    /// Ends the transaction and gives the connection back.
    ///
    /// # Errors
    /// When the connection broke; nothing that was read is wrong for that.
    pub async fn close(self) -> Result<(), StoreError> {
        patient(self.limits, self.session.close()).await
    }

    /// Rows with ids above `after`, lowest first, at most `limit`.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn above(&mut self, after: i64, limit: i64) -> Result<Vec<AuditRow>, StoreError> {
        let text = format!(
            "SELECT {} FROM omni2.audit_logs a WHERE a.id > $1 ORDER BY a.id LIMIT $2",
            self.words.columns(true)
        );
        ask!(self, text, [after, limit], fetch_all)
    }

    /// Rows whose ids lie in one of the intervals (both ends in), at most `limit` from each.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn within(
        &mut self,
        intervals: &[(i64, i64)],
        limit: i64,
    ) -> Result<Vec<AuditRow>, StoreError> {
        // LATERAL with its own order and limit: always a short walk along the primary key.
        let Session::Postgres(session) = &mut self.session else {
            return Ok(Vec::new());
        };
        let text = format!(
            "SELECT r.* FROM unnest($1::bigint[], $2::bigint[]) AS g(lo, hi) \
             CROSS JOIN LATERAL (SELECT {} FROM omni2.audit_logs a \
             WHERE a.id BETWEEN g.lo AND g.hi ORDER BY a.id LIMIT $3) AS r",
            self.words.columns(true)
        );
        let (lows, highs): (Vec<i64>, Vec<i64>) = intervals.iter().copied().unzip();
        let query = sqlx::query_as(AssertSqlSafe(text)).persistent(false);
        patient(
            self.limits,
            query
                .bind(lows)
                .bind(highs)
                .bind(limit)
                .fetch_all(&mut **session),
        )
        .await
    }

    /// Intervals without rows from the id after `above` to the highest, newest first, at
    /// most 10,000.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn gaps(&mut self, above: i64) -> Result<Vec<(i64, i64)>, StoreError> {
        let text = "SELECT before + 1, id - 1 FROM \
                    (SELECT a.id::bigint AS id, \
                     lag(a.id::bigint, 1, $1) OVER (ORDER BY a.id) AS before \
                     FROM omni2.audit_logs a WHERE a.id > $1) AS t \
                    WHERE id > before + 1 ORDER BY id DESC LIMIT 10000";
        let Session::Postgres(session) = &mut self.session else {
            return Ok(Vec::new());
        };
        let query = sqlx::query_as(text).persistent(false).bind(above);
        patient(self.limits, query.fetch_all(&mut **session)).await
    }

    /// Hands over every row of a span of time, one by one, as far as figures are made of it.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn span(
        &mut self,
        from: i64,
        to: i64,
        mut each: impl FnMut(&Passing<'_>),
    ) -> Result<(), StoreError> {
        let (from, to) = (in_calendar(from), in_calendar(to));
        let text = |columns: &str| {
            AssertSqlSafe(format!(
                "SELECT {columns} FROM omni2.audit_logs a WHERE a.timestamp >= {} AND a.timestamp < {}",
                self.words.moment("$1"),
                self.words.moment("$2"),
            ))
        };
        match &mut self.session {
            Session::Postgres(session) => {
                let query = sqlx::query(text(self.words.passing())).persistent(false);
                let mut rows = query.bind(from).bind(to).fetch(&mut **session);
                while let Some(row) = next(self.limits, &mut rows).await? {
                    each(&Passing::of(&row)?);
                }
            }
            Session::Sqlite(session) => {
                let query = sqlx::query_as::<_, AuditRow>(text(&self.words.columns(false)));
                let mut rows = query.bind(from).bind(to).fetch(&mut **session);
                while let Some(row) = next(self.limits, &mut rows).await? {
                    each(&row.passing());
                }
            }
        }
        Ok(())
    }

    /// One page of rows, newest first.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn page(
        &mut self,
        filter: &Filter,
        after: Option<Place>,
        limit: i64,
    ) -> Result<Vec<AuditRow>, StoreError> {
        let mut asked = filter.conditions(&self.words);
        asked.older_than(&self.words, after);
        let text = format!(
            "SELECT {} FROM omni2.audit_logs a WHERE {} \
             ORDER BY a.timestamp DESC, a.id DESC LIMIT {limit}",
            self.words.columns(true),
            asked.text(),
        );
        self.bound(&text, asked.binds()).await
    }

    /// How many rows match, counting no further than `cap`.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn count(&mut self, filter: &Filter, cap: i64) -> Result<i64, StoreError> {
        let asked = filter.conditions(&self.words);
        let text = format!(
            "SELECT count(*) FROM (SELECT 1 FROM omni2.audit_logs a WHERE {} LIMIT {cap}) AS t",
            asked.text()
        );
        let rows: Vec<(i64,)> = self.bound(&text, asked.binds()).await?;
        Ok(rows.first().map_or(0, |(count,)| *count))
    }

    /// Where the row with this id stands in the order of time.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn place(&mut self, id: i64) -> Result<Option<Place>, StoreError> {
        let text = format!(
            "SELECT {} FROM omni2.audit_logs a WHERE a.id = $1",
            self.words.columns(false)
        );
        let row: Option<AuditRow> = ask!(self, text, [id], fetch_optional)?;
        Ok(row.and_then(|row| row.at.map(|at| Place { at, id: row.id })))
    }

    /// The one row that a text without parameters asks for, in one go: PostgreSQL is not told to
    /// prepare it first. For what each poll asks.
    pub(super) async fn at_once<T>(&mut self, text: String) -> Result<T, StoreError>
    where
        T: Send + Unpin + for<'r> sqlx::FromRow<'r, sqlx::postgres::PgRow>,
        T: for<'r> sqlx::FromRow<'r, sqlx::sqlite::SqliteRow>,
    {
        let text = AssertSqlSafe(text);
        match &mut self.session {
            Session::Postgres(session) => {
                let asked = sqlx::raw_sql(text).fetch_one(&mut **session);
                Ok(T::from_row(&patient(self.limits, asked).await?)?)
            }
            Session::Sqlite(session) => {
                let asked = sqlx::query_as(text).fetch_one(&mut **session);
                patient(self.limits, asked).await
            }
        }
    }

    pub(super) async fn bound<T>(
        &mut self,
        text: &str,
        binds: &[Bind],
    ) -> Result<Vec<T>, StoreError>
    where
        T: Send + Unpin + for<'r> sqlx::FromRow<'r, sqlx::postgres::PgRow>,
        T: for<'r> sqlx::FromRow<'r, sqlx::sqlite::SqliteRow>,
    {
        macro_rules! bind_all {
            ($query:expr, $session:expr) => {{
                let mut query = $query;
                for bind in binds {
                    query = match bind {
                        Bind::Number(number) => query.bind(*number),
                        Bind::Text(text) => query.bind(text.clone()),
                    };
                }
                patient(self.limits, query.fetch_all(&mut **$session)).await
            }};
        }
        let text = AssertSqlSafe(text.to_owned());
        match &mut self.session {
            Session::Postgres(session) => {
                bind_all!(sqlx::query_as(text).persistent(false), session)
            }
            Session::Sqlite(session) => bind_all!(sqlx::query_as(text), session),
        }
    }
}
