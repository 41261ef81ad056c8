//! What operators of PostgreSQL do: roles that may read some of a hub, and locks.

use sqlx::{AssertSqlSafe, Postgres, Transaction};

use super::{Hub, until};

/// Keeps everybody from this table until the transaction ends, as a migration does.
pub(crate) async fn lock(hub: &Hub, table: &str) -> Transaction<'static, Postgres> {
    let mut long = hub.pool().begin().await.unwrap();
    let sql = format!("LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE");
    sqlx::raw_sql(AssertSqlSafe(sql))
        .execute(&mut *long)
        .await
        .unwrap();
    long
}

/// Waits until so many wait for a lock.
pub(crate) async fn wait_for_locks(hub: &Hub, count: i64) {
    let waiting = "SELECT count(*) FROM pg_stat_activity \
                   WHERE datname = current_database() AND wait_event_type = 'Lock'";
    until("others to wait for a lock", async || {
        (hub.number(waiting).await == count).then_some(())
    })
    .await;
}

/// A role that may read these, and its address.
pub(crate) async fn reader(hub: &Hub, name: &str, grants: &str) -> (String, String) {
    let (server, database) = hub.url.rsplit_once('/').unwrap();
    let role = format!("{database}_{name}");
    let (_, host) = server.split_once('@').unwrap();
    hub.run(&format!(
        "CREATE ROLE {role} LOGIN; {}",
        grants.replace("ROLE", &role)
    ))
    .await;
    (format!("postgres://{role}@{host}/{database}"), role)
}

/// Takes a role away, with whatever it does just now.
pub(crate) async fn forget(hub: &Hub, role: &str) {
    hub.run(&format!(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{role}'; \
         DROP OWNED BY {role}; DROP ROLE {role}"
    ))
    .await;
}
