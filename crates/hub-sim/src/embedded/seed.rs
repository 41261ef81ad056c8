//! Users, roles, teams, servers and tools of a fresh embedded hub.

use sqlx::SqliteConnection;

use crate::{
    DAY, HOUR, SimError,
    recording::RECORDING,
    seed::{ROLES, SECRET_MARK, SERVERS, TEAMS, USERS, server_url},
};

/// Fills the tables around `audit_logs`, which are empty: ids count from 1.
pub(super) async fn seed(connection: &mut SqliteConnection, now: i64) -> Result<(), SimError> {
    for role in &ROLES {
        sqlx::query("INSERT INTO roles (name, description, cost_limit_daily) VALUES (?, ?, ?)")
            .bind(role.name)
            .bind(role.description)
            .bind(role.cost_limit_daily)
            .execute(&mut *connection)
            .await?;
    }
    for team in TEAMS {
        sqlx::query("INSERT INTO teams (name) VALUES (?)")
            .bind(team)
            .execute(&mut *connection)
            .await?;
    }
    users(connection, now).await?;
    servers(connection, now).await?;
    tools(connection, now).await
}

async fn users(connection: &mut SqliteConnection, now: i64) -> Result<(), SimError> {
    for user in &USERS {
        let created = now - user.age_days * DAY;
        let id = sqlx::query(
            "INSERT INTO users (username, name, email, role_id, active, password_hash,
                                api_key_hash, last_login_at, created_at, updated_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7, ?8, ?8)",
        )
        .bind(user.username)
        .bind(user.name)
        .bind(user.email)
        .bind(user.role)
        .bind(user.active)
        .bind(SECRET_MARK)
        .bind(user.active.then_some(now - 2 * HOUR))
        .bind(created)
        .execute(&mut *connection)
        .await?
        .last_insert_rowid();
        sqlx::query("INSERT INTO team_members (team_id, user_id) VALUES (?, ?)")
            .bind(user.team)
            .bind(id)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

async fn servers(connection: &mut SqliteConnection, now: i64) -> Result<(), SimError> {
    for server in &SERVERS {
        sqlx::query(
            "INSERT INTO mcp_servers (name, url, is_enabled, is_healthy, version, capabilities,
                                      last_health_check, last_seen, created_at, updated_at)
             VALUES (?1, ?2, ?3, ?3, ?4, '{\"tools\": {}}', ?5, ?6, ?5, ?5)",
        )
        .bind(server.name)
        .bind(server_url(server.name))
        .bind(server.enabled)
        .bind(server.version)
        .bind(now)
        .bind(server.enabled.then_some(now))
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

async fn tools(connection: &mut SqliteConnection, now: i64) -> Result<(), SimError> {
    for server in RECORDING.iter() {
        for (tool, parameters) in server.tools() {
            sqlx::query(
                "INSERT INTO mcp_tools (mcp_server_id, name, description, input_schema,
                                        created_at, updated_at)
                 SELECT id, ?2, 'Seen in the recorded calls', ?3, ?4, ?4
                 FROM mcp_servers WHERE name = ?1",
            )
            .bind(&server.name)
            .bind(tool)
            .bind(parameters.to_string())
            .bind(now)
            .execute(&mut *connection)
            .await?;
        }
    }
    Ok(())
}
