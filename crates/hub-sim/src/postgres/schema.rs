//! The schema: made, recognised, dropped.

use sqlx::{AssertSqlSafe, PgConnection, PgPool};

use super::seed;
use crate::{Generation, SimError};

/// The start of the comment on the schema `omni2` that marks it as ours.
const MARK: &str = "simulated hub (hub-sim), generation ";

const AUTH_SERVICE: &str = include_str!("sql/auth_service.sql");
const GENERATION_A: &str = include_str!("sql/generation_a.sql");
const GENERATION_B: &str = include_str!("sql/generation_b.sql");
const GENERATION_C: &str = include_str!("sql/generation_c.sql");
const SERVERS_BC: &str = include_str!("sql/servers_bc.sql");
const COMMON: &str = include_str!("sql/common.sql");

/// Makes the schemas `omni2` and `auth_service` of that generation with the
/// hub's own indexes, and seeds users, roles, teams, servers and tools, in one
/// transaction. Their times count back from the database's clock. Does nothing
/// when it has already been done.
///
/// # Errors
/// [`SimError::NotOurs`] when one of the schemas is there and not ours,
/// [`SimError::OtherGeneration`] when ours is of another generation,
/// [`SimError::Database`] otherwise.
pub async fn create(pool: &PgPool, generation: Generation) -> Result<(), SimError> {
    let mut transaction = pool.begin().await?;
    // Two simulators that start together: the second waits, then finds it done.
    sqlx::query("SELECT pg_advisory_xact_lock(hashtext('hub-sim'))")
        .execute(&mut *transaction)
        .await?;
    match ours(&mut transaction).await? {
        Some(found) if found == generation.to_string() => return Ok(()),
        Some(found) => {
            return Err(SimError::OtherGeneration {
                wanted: generation,
                found,
            });
        }
        None => {}
    }
    refuse_schema(&mut transaction, "auth_service").await?;
    for sql in statements(generation) {
        sqlx::raw_sql(*sql).execute(&mut *transaction).await?;
    }
    seed::seed(&mut transaction, generation).await?;
    let mark = format!("COMMENT ON SCHEMA omni2 IS '{MARK}{generation}'");
    sqlx::raw_sql(AssertSqlSafe(mark))
        .execute(&mut *transaction)
        .await?;
    Ok(transaction.commit().await?)
}

fn statements(generation: Generation) -> &'static [&'static str] {
    match generation {
        Generation::A => &[AUTH_SERVICE, GENERATION_A, COMMON],
        Generation::B => &[AUTH_SERVICE, GENERATION_B, SERVERS_BC, COMMON],
        Generation::C => &[AUTH_SERVICE, GENERATION_B, GENERATION_C, SERVERS_BC, COMMON],
    }
}

/// Drops both schemas with everything in them, if they are ours.
///
/// # Errors
/// [`SimError::NotOurs`] when `omni2` does not bear the mark; nothing is dropped.
pub async fn drop(pool: &PgPool) -> Result<(), SimError> {
    let mut transaction = pool.begin().await?;
    if ours(&mut transaction).await?.is_none() {
        refuse_schema(&mut transaction, "auth_service").await?;
        return Ok(());
    }
    sqlx::raw_sql("DROP SCHEMA omni2 CASCADE; DROP SCHEMA IF EXISTS auth_service CASCADE")
        .execute(&mut *transaction)
        .await?;
    Ok(transaction.commit().await?)
}

/// The generation of our schema `omni2`, none when there is no such schema.
async fn ours(connection: &mut PgConnection) -> Result<Option<String>, SimError> {
    let comment: Option<Option<String>> = sqlx::query_scalar(
        "SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = 'omni2'",
    )
    .fetch_optional(connection)
    .await?;
    let Some(comment) = comment else {
        return Ok(None);
    };
    let generation = comment
        .as_deref()
        .and_then(|comment| comment.strip_prefix(MARK));
    let not_ours = || SimError::NotOurs {
        schema: "omni2".to_owned(),
    };
    generation
        .map(|found| Some(found.to_owned()))
        .ok_or_else(not_ours)
}

/// An error when the schema is there.
async fn refuse_schema(connection: &mut PgConnection, schema: &str) -> Result<(), SimError> {
    let there: bool =
        sqlx::query_scalar("SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = $1)")
            .bind(schema)
            .fetch_one(connection)
            .await?;
    if there {
        return Err(SimError::NotOurs {
            schema: schema.to_owned(),
        });
    }
    Ok(())
}
