//! Users, roles, teams, servers and tools of a fresh hub.

use sqlx::PgConnection;

use crate::{
    Generation, SimError,
    recording::RECORDING,
    seed::{ROLES, SECRET_MARK, SERVERS, TEAMS, USERS, server_url},
};

/// Fills the tables around `audit_logs`, which are empty: ids count from 1.
pub(super) async fn seed(
    connection: &mut PgConnection,
    generation: Generation,
) -> Result<(), SimError> {
    roles_and_teams(connection).await?;
    users(connection).await?;
    match generation {
        Generation::A => servers_a(connection).await?,
        Generation::B | Generation::C => servers_bc(connection).await?,
    }
    tools(connection).await
}

async fn roles_and_teams(connection: &mut PgConnection) -> Result<(), SimError> {
    sqlx::query(
        "INSERT INTO auth_service.roles (name, description, cost_limit_daily)
         SELECT name, description, daily::numeric
         FROM unnest($1::text[], $2::text[], $3::text[]) AS row(name, description, daily)",
    )
    .bind(ROLES.map(|role| role.name).to_vec())
    .bind(ROLES.map(|role| role.description).to_vec())
    .bind(ROLES.map(|role| role.cost_limit_daily).to_vec())
    .execute(&mut *connection)
    .await?;
    sqlx::query("INSERT INTO auth_service.teams (name) SELECT unnest($1::text[])")
        .bind(TEAMS.to_vec())
        .execute(connection)
        .await?;
    Ok(())
}

async fn users(connection: &mut PgConnection) -> Result<(), SimError> {
    sqlx::query(
        "INSERT INTO auth_service.users (username, name, email, role_id, active, password_hash,
                                         api_key_hash, last_login_at, created_at, updated_at)
         SELECT username, name, email, role, active, $7, $7,
                CASE WHEN active THEN utc - interval '2 hours' END,
                utc - age * interval '1 day', utc - age * interval '1 day'
         FROM (SELECT now() AT TIME ZONE 'UTC') AS clock(utc),
              unnest($1::text[], $2::text[], $3::text[], $4::int[], $5::boolean[], $6::int[])
              WITH ORDINALITY AS row(username, name, email, role, active, age, place)
         ORDER BY place",
    )
    .bind(USERS.iter().map(|user| user.username).collect::<Vec<_>>())
    .bind(USERS.iter().map(|user| user.name).collect::<Vec<_>>())
    .bind(USERS.iter().map(|user| user.email).collect::<Vec<_>>())
    .bind(USERS.iter().map(|user| user.role).collect::<Vec<_>>())
    .bind(USERS.iter().map(|user| user.active).collect::<Vec<_>>())
    .bind(USERS.iter().map(|user| user.age_days).collect::<Vec<_>>())
    .bind(SECRET_MARK)
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "INSERT INTO auth_service.team_members (team_id, user_id)
         SELECT team, id FROM unnest($1::int[], $2::text[]) AS row(team, username)
         JOIN auth_service.users USING (username)",
    )
    .bind(USERS.iter().map(|user| user.team).collect::<Vec<_>>())
    .bind(USERS.iter().map(|user| user.username).collect::<Vec<_>>())
    .execute(connection)
    .await?;
    Ok(())
}

async fn servers_a(connection: &mut PgConnection) -> Result<(), SimError> {
    sqlx::query(
        "INSERT INTO omni2.mcp_servers (name, url, is_enabled, is_healthy, version, capabilities,
                                        last_health_check, last_seen)
         SELECT name, url, enabled, enabled, version, '{\"tools\": {}}', now(),
                CASE WHEN enabled THEN now() END
         FROM unnest($1::text[], $2::text[], $3::boolean[], $4::text[])
              WITH ORDINALITY AS row(name, url, enabled, version, place)
         ORDER BY place",
    )
    .bind(SERVERS.iter().map(|server| server.name).collect::<Vec<_>>())
    .bind(
        SERVERS
            .iter()
            .map(|server| server_url(server.name))
            .collect::<Vec<_>>(),
    )
    .bind(
        SERVERS
            .iter()
            .map(|server| server.enabled)
            .collect::<Vec<_>>(),
    )
    .bind(
        SERVERS
            .iter()
            .map(|server| server.version)
            .collect::<Vec<_>>(),
    )
    .execute(connection)
    .await?;
    Ok(())
}

async fn servers_bc(connection: &mut PgConnection) -> Result<(), SimError> {
    sqlx::query(
        "INSERT INTO omni2.mcp_servers (name, url, description, status, auth_type, auth_config,
                                        health_status, last_health_check)
         SELECT name, url, description, CASE WHEN enabled THEN 'active' ELSE 'inactive' END,
                'bearer', jsonb_build_object('token', $5::text),
                CASE WHEN enabled THEN 'healthy' ELSE 'unknown' END,
                CASE WHEN enabled THEN now() END
         FROM unnest($1::text[], $2::text[], $3::text[], $4::boolean[])
              WITH ORDINALITY AS row(name, url, description, enabled, place)
         ORDER BY place",
    )
    .bind(SERVERS.iter().map(|server| server.name).collect::<Vec<_>>())
    .bind(
        SERVERS
            .iter()
            .map(|server| server_url(server.name))
            .collect::<Vec<_>>(),
    )
    .bind(
        SERVERS
            .iter()
            .map(|server| server.description)
            .collect::<Vec<_>>(),
    )
    .bind(
        SERVERS
            .iter()
            .map(|server| server.enabled)
            .collect::<Vec<_>>(),
    )
    .bind(SECRET_MARK)
    .execute(connection)
    .await?;
    Ok(())
}

async fn tools(connection: &mut PgConnection) -> Result<(), SimError> {
    for server in RECORDING.iter() {
        let tools = server.tools();
        sqlx::query(
            "INSERT INTO omni2.mcp_tools (mcp_server_id, name, description, input_schema)
             SELECT id, tool, 'Seen in the recorded calls', parameters::jsonb
             FROM omni2.mcp_servers, unnest($2::text[], $3::text[]) AS row(tool, parameters)
             WHERE name = $1",
        )
        .bind(&server.name)
        .bind(tools.keys().copied().collect::<Vec<_>>())
        .bind(tools.values().map(ToString::to_string).collect::<Vec<_>>())
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}
