//! Who and what a fresh hub knows: users, roles, teams, servers.

mod people;

pub(crate) use people::{USERS, User};

/// Stands in every column that holds a secret (password and key hashes,
/// `auth_config`): whoever shows it has read what must never be read.
pub const SECRET_MARK: &str = "hub-sim-secret-never-read";

/// A row of `auth_service.roles`; ids count from 1 in this order.
pub(crate) struct Role {
    pub(crate) name: &'static str,
    pub(crate) description: &'static str,
    /// USD a day, decimal text.
    pub(crate) cost_limit_daily: &'static str,
}

pub(crate) const ROLES: [Role; 4] = [
    Role {
        name: "admin",
        description: "Runs the hub",
        cost_limit_daily: "100.00",
    },
    Role {
        name: "developer",
        description: "Builds with it",
        cost_limit_daily: "25.00",
    },
    Role {
        name: "viewer",
        description: "Asks questions",
        cost_limit_daily: "5.00",
    },
    Role {
        name: "agent",
        description: "A program",
        cost_limit_daily: "50.00",
    },
];

/// A row of `auth_service.teams`; ids count from 1 in this order.
pub(crate) const TEAMS: [&str; 4] = ["Platform", "Data", "Support", "Agents"];

/// A row of `omni2.mcp_servers`; ids count from 1 in this order.
pub(crate) struct Server {
    pub(crate) name: &'static str,
    pub(crate) description: &'static str,
    pub(crate) enabled: bool,
    pub(crate) version: &'static str,
}

const fn server(
    name: &'static str,
    description: &'static str,
    enabled: bool,
    version: &'static str,
) -> Server {
    Server {
        name,
        description,
        enabled,
        version,
    }
}

/// The first six are those of the recording and receive all calls. The others
/// are known to the hub but idle, or switched off.
pub(crate) const SERVERS: [Server; 13] = [
    server("Filesystem MCP", "Files below one folder", true, "0.6.3"),
    server("Memory MCP", "A knowledge graph", true, "0.6.3"),
    server(
        "Everything MCP",
        "Every feature of the protocol",
        true,
        "2.0.0",
    ),
    server("Thinking MCP", "Step-by-step thinking", true, "0.6.2"),
    server("Time MCP", "Time zones", true, "1.14.1"),
    server("Git MCP", "One repository", true, "1.14.1"),
    server("Browser MCP", "Web pages; idle", true, "0.4.0"),
    server("Calendar MCP", "Appointments; idle", true, "1.2.0"),
    server("Search MCP", "Web search; idle", true, "0.9.1"),
    server("Mail MCP", "Switched off", false, "0.3.2"),
    server("Metrics MCP", "Switched off", false, "0.2.0"),
    server("Tickets MCP", "Switched off", false, "1.0.4"),
    server("Wiki MCP", "Switched off", false, "0.8.0"),
];

/// Where a simulated server would be; `.invalid` never resolves.
pub(crate) fn server_url(name: &str) -> String {
    let host: String = name
        .chars()
        .map(|letter| {
            if letter == ' ' {
                '-'
            } else {
                letter.to_ascii_lowercase()
            }
        })
        .collect();
    format!("http://{host}.invalid/mcp")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recording::RECORDING;

    #[test]
    fn the_hub_knows_every_recorded_server_as_enabled() {
        for recorded in RECORDING.iter() {
            let known = SERVERS.iter().find(|server| server.name == recorded.name);
            assert!(
                known.is_some_and(|server| server.enabled),
                "{}",
                recorded.name
            );
        }
    }

    #[test]
    fn roles_and_teams_of_users_exist() {
        for user in &USERS {
            assert!((1..=4).contains(&user.role) && (1..=4).contains(&user.team));
            assert!(
                user.active || user.weight == 0.0,
                "{} is gone",
                user.username
            );
        }
    }
}
