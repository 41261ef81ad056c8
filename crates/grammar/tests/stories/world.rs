//! The hub that is asked, and the moment it is asked.

use grammar::{Known, Person, Understood, understand};
use timeline::{Micros, Zone};

use crate::notation::written;

const SERVERS: [&str; 14] = [
    "Filesystem MCP",
    "Memory MCP",
    "Everything MCP",
    "Thinking MCP",
    "Time MCP",
    "Git MCP",
    "Browser MCP",
    "Calendar MCP",
    "Search MCP",
    "Metrics MCP",
    "Mail MCP",
    "Database MCP",
    "analytics-warehouse",
    "billing-gateway-mcp",
];
const TOOLS: [&str; 15] = [
    "read_text_file",
    "write_file",
    "search_files",
    "list_directory",
    "git_log",
    "git_status",
    "git_show",
    "get-sum",
    "echo",
    "get_current_time",
    "convert_time",
    "sequentialthinking",
    "create_entities",
    "search_nodes",
    "trigger-long-running-operation",
];
const PEOPLE: [(&str, Option<&str>); 11] = [
    ("ana.silva@company.com", Some("Ana Silva")),
    ("john.smith@company.com", Some("John Smith")),
    ("maya.patel@company.com", Some("Maya Patel")),
    ("maya.stone@company.com", Some("Maya Stone")),
    ("ines.garcia@company.com", Some("Inés García")),
    ("quynh.tran@company.com", Some("Quỳnh Trần")),
    ("report-agent@company.com", Some("Report agent")),
    ("ci-agent@company.com", Some("Build agent")),
    ("noah.becker@company.com", Some("Noah Becker")),
    ("kasia.nowak@company.com", Some("Kasia Nowak")),
    ("emeka.okafor@company.com", None),
];

pub(crate) fn known() -> Known<'static> {
    Known {
        servers: SERVERS.to_vec(),
        tools: TOOLS.to_vec(),
        users: PEOPLE
            .iter()
            .map(|(email, name)| Person { email, name: *name })
            .collect(),
    }
}

pub(crate) fn zone(name: &str) -> Zone {
    Zone::named(name).unwrap()
}

pub(crate) fn at(text: &str) -> Micros {
    text.parse::<jiff::Timestamp>().unwrap().as_microsecond()
}

/// Wednesday, 25 November 2026, 14:20:30 in Berlin.
pub(crate) fn now() -> Micros {
    at("2026-11-25T13:20:30Z")
}

pub(crate) fn ask(message: &str) -> Understood {
    understand(message, &known(), &zone("Europe/Berlin"), now())
}

/// What is understood, in the notation of the table.
pub(crate) fn heard(message: &str) -> String {
    written(&ask(message), &zone("Europe/Berlin"))
}
