//! Reading one state of the database: every question of one [`Reading`] sees the same
//! rows, whatever is committed meanwhile.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use futures_util::TryStreamExt;
use sqlx::{AssertSqlSafe, Postgres, Sqlite, Transaction};

use super::connect::{Pool, STATEMENT_TIMEOUT};
use super::expressions::{Dialect, Expressions};
use super::filter::{Bind, Filter, Place};
use super::{AuditRow, Email, Pulse, Servers, StoreError, Users};

/// Longer than the database's own limit: reached only when it does not answer at all.
const SILENCE: Duration = Duration::from_secs(STATEMENT_TIMEOUT.as_secs() + 5);

enum Session {
    Postgres(Transaction<'static, Postgres>),
    Sqlite(Transaction<'static, Sqlite>),
}

/// Runs one `query_as` on whichever session it is; both arms are the same text.
macro_rules! ask {
    ($reading:expr, $text:expr, [$($bind:expr),*], $fetch:ident) => {
        match &mut $reading.session {
            Session::Postgres(session) => {
                let query = sqlx::query_as(AssertSqlSafe($text)).persistent(false)$(.bind($bind))*;
                patient(query.$fetch(&mut **session)).await
            }
            Session::Sqlite(session) => {
                let query = sqlx::query_as(AssertSqlSafe($text))$(.bind($bind))*;
                patient(query.$fetch(&mut **session)).await
            }
        }
    };
}

/// One read-only transaction. Dropping it ends it.
pub struct Reading {
    session: Session,
    words: Arc<Expressions>,
}

impl Reading {
    pub(super) async fn begin(pool: &Pool, words: Arc<Expressions>) -> Result<Reading, StoreError> {
        let session = match pool {
            Pool::Postgres(pool) => {
                let text = format!(
                    "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; \
                     SET LOCAL statement_timeout = {}",
                    STATEMENT_TIMEOUT.as_millis()
                );
                Session::Postgres(patient(pool.begin_with(AssertSqlSafe(text))).await?)
            }
            Pool::Sqlite(pool) => Session::Sqlite(patient(pool.begin()).await?),
        };
        Ok(Reading { session, words })
    }

    /// Ends the transaction and gives the connection back.
    ///
    /// # Errors
    /// When the connection broke; nothing that was read is wrong for that.
    pub async fn close(self) -> Result<(), StoreError> {
        match self.session {
            Session::Postgres(session) => patient(session.rollback()).await,
            Session::Sqlite(session) => patient(session.rollback()).await,
        }
    }

    /// Where the table stands, and which transactions may still add to it.
    ///
    /// # Errors
    /// As every question: see [`StoreError`].
    pub async fn pulse(&mut self) -> Result<Pulse, StoreError> {
        let horizon = match self.words.dialect {
            Dialect::Postgres => {
                "pg_snapshot_xmin(s)::text::bigint AS xmin, \
                 pg_snapshot_xmax(s)::text::bigint AS xmax FROM pg_current_snapshot() AS s"
            }
            // One writer, whose ids grow: no row comes late.
            Dialect::Sqlite => "0 AS xmin, 0 AS xmax",
        };
        let cast = match self.words.dialect {
            Dialect::Postgres => "::bigint",
            Dialect::Sqlite => "",
        };
        let text = format!(
            "SELECT coalesce((SELECT max(a.id) FROM omni2.audit_logs a), 0){cast} AS max_id, {horizon}"
        );
        ask!(self, text, [], fetch_one)
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
        patient(query.bind(lows).bind(highs).bind(limit).fetch_all(&mut **session)).await
    }

    /// Intervals without rows among the ids of the newest `ids`, or of all of them, newest
    /// first, at most 10,000.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn gaps(&mut self, above: i64) -> Result<Vec<(i64, i64)>, StoreError> {
        let text = "SELECT (id + 1)::bigint, (next - 1)::bigint FROM \
                    (SELECT a.id::bigint AS id, lead(a.id) OVER (ORDER BY a.id) AS next \
                     FROM omni2.audit_logs a WHERE a.id > $1) AS t \
                    WHERE next > id + 1 ORDER BY id DESC LIMIT 10000";
        let Session::Postgres(session) = &mut self.session else {
            return Ok(Vec::new());
        };
        let query = sqlx::query_as(text).persistent(false).bind(above);
        patient(query.fetch_all(&mut **session)).await
    }

    /// Hands over every row of a span of time, one by one, without its action.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn span(
        &mut self,
        from: i64,
        to: i64,
        mut each: impl FnMut(AuditRow),
    ) -> Result<(), StoreError> {
        let text = format!(
            "SELECT {} FROM omni2.audit_logs a WHERE a.timestamp >= {} AND a.timestamp < {}",
            self.words.columns(false),
            self.words.moment("$1"),
            self.words.moment("$2"),
        );
        macro_rules! stream {
            ($session:expr, $query:expr) => {{
                let mut rows = $query.bind(from).bind(to).fetch(&mut **$session);
                while let Some(row) = patient(rows.try_next()).await? {
                    each(row);
                }
            }};
        }
        match &mut self.session {
            Session::Postgres(session) => stream!(
                session,
                sqlx::query_as::<_, AuditRow>(AssertSqlSafe(text)).persistent(false)
            ),
            Session::Sqlite(session) => {
                stream!(session, sqlx::query_as::<_, AuditRow>(AssertSqlSafe(text)))
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

    /// How many MCP servers there are and how many are switched on.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn servers(&mut self) -> Result<Servers, StoreError> {
        let text = format!(
            "SELECT count(*) AS total, \
             coalesce(sum(CASE WHEN {} THEN 1 ELSE 0 END), 0) AS active \
             FROM omni2.mcp_servers s",
            self.words.active_server
        );
        ask!(self, text, [], fetch_one)
    }

    /// How many users there are and how many came since the moment given; none when users
    /// cannot be read.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn users(&mut self, since: i64) -> Result<Option<Users>, StoreError> {
        if !self.words.knows_users {
            return Ok(None);
        }
        // Times in auth_service have no zone: they are UTC.
        let new = match (self.words.dates_users, self.words.dialect) {
            (false, _) => "CAST($1 AS bigint) IS NULL".to_owned(),
            (true, Dialect::Sqlite) => "u.created_at >= $1".to_owned(),
            (true, Dialect::Postgres) => format!(
                "u.created_at::timestamp >= ({} AT TIME ZONE 'UTC')",
                self.words.moment("$1")
            ),
        };
        let text = format!(
            "SELECT count(*) AS total, \
             coalesce(sum(CASE WHEN {new} THEN 1 ELSE 0 END), 0) AS new \
             FROM auth_service.users u"
        );
        ask!(self, text, [since], fetch_one).map(Some)
    }

    /// The addresses of these users; those that are gone are left out.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn emails(&mut self, ids: &[i64]) -> Result<Vec<Email>, StoreError> {
        if !self.words.knows_users || ids.is_empty() {
            return Ok(Vec::new());
        }
        let cast = match self.words.dialect {
            Dialect::Postgres => "::bigint",
            Dialect::Sqlite => "",
        };
        let text = format!(
            "SELECT u.id{cast} AS id, u.email AS email FROM auth_service.users u WHERE u.id IN {}",
            self.words.numbers("$1")
        );
        let list: Vec<String> = ids.iter().map(i64::to_string).collect();
        let list = format!("[{}]", list.join(","));
        ask!(self, text, [list], fetch_all)
    }

    async fn bound<T>(&mut self, text: &str, binds: &[Bind]) -> Result<Vec<T>, StoreError>
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
                patient(query.fetch_all(&mut **$session)).await
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

/// Waits for the database, but not for ever: a connection that was cut says nothing.
async fn patient<T>(
    question: impl Future<Output = Result<T, sqlx::Error>>,
) -> Result<T, StoreError> {
    match tokio::time::timeout(SILENCE, question).await {
        Ok(answer) => Ok(answer?),
        Err(_) => Err(StoreError::Timeout(SILENCE)),
    }
}
