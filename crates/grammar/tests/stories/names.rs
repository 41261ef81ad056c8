//! Names, as people say them.

use grammar::{Known, Understood, understand};
use timeline::Zone;

use crate::notation::written;
use crate::world::{ask, heard, now};

#[test]
fn a_server_needs_neither_its_case_nor_mcp() {
    for name in [
        "Git MCP",
        "git mcp",
        "GIT",
        "the git server",
        "git's",
        "\"Git MCP\"",
        "`git`",
        "server git",
        "gitt mcp",
    ] {
        assert_eq!(
            heard(&format!("errors of {name} today")),
            "errors @today server=Git MCP",
            "{name}"
        );
    }
    for name in [
        "billing-gateway-mcp",
        "billing gateway",
        "Billing Gateway MCP",
        "biling gateway",
        "billinggateway",
    ] {
        assert_eq!(
            heard(&format!("cost of {name}")),
            "cost @today server=billing-gateway-mcp",
            "{name}"
        );
    }
}

#[test]
fn tools_may_be_spelt_with_spaces() {
    for name in [
        "read_text_file",
        "read text file",
        "Read-Text-File",
        "the read_text_file tool",
        "readtextfile",
        "read_text_fiel",
    ] {
        assert_eq!(
            heard(&format!("errors of {name} today")),
            "errors @today tool=read_text_file",
            "{name}"
        );
    }
}

#[test]
fn users_go_by_first_names_and_addresses() {
    for name in [
        "john",
        "John Smith",
        "john.smith",
        "john.smith@company.com",
        "Smith",
        "user john",
        "jonh smith",
    ] {
        assert_eq!(
            heard(&format!("cost of {name}")),
            "cost @today user=john.smith@company.com",
            "{name}"
        );
    }
    assert_eq!(heard("cost of Inés"), heard("cost of ines"));
    assert_eq!(
        heard("cost of Quỳnh"),
        "cost @today user=quynh.tran@company.com"
    );
    assert_eq!(heard("cost of maya"), "nothing");
    assert_eq!(
        heard("cost of maya stone"),
        "cost @today user=maya.stone@company.com"
    );
}

#[test]
fn servers_with_everyday_names_are_meant_only_where_a_name_is_said() {
    assert_eq!(
        heard("response time by server"),
        "p50,p95,p99 by server @24h"
    );
    assert_eq!(
        heard("errors of the time mcp"),
        "errors @24h server=Time MCP"
    );
    assert_eq!(heard("queries over time"), "queries by time @24h");
    assert_eq!(
        heard("errors of metrics today"),
        "errors @today server=Metrics MCP"
    );
    assert_eq!(heard("cost of everything today"), "cost @today");
    assert_eq!(
        heard("cost of Everything MCP today"),
        "cost @today server=Everything MCP"
    );
    assert_eq!(
        heard("cost of the report agent"),
        "cost @today user=report-agent@company.com"
    );
    assert_eq!(
        heard("unattributed queries today"),
        "queries @today server=Unattributed"
    );
}

#[test]
fn what_was_put_right_is_told() {
    let Understood::Question { assumed, .. } = ask("erors of databse yestreday") else {
        panic!();
    };
    assert_eq!(
        assumed,
        [
            "“erors” read as “errors”",
            "“databse” read as “Database MCP”",
            "“yestreday” read as “yesterday”",
        ]
    );
    let Understood::Question { assumed, .. } = ask("errors of database yesterday") else {
        panic!();
    };
    assert!(assumed.is_empty());
}

#[test]
fn two_servers_of_nearly_one_name_are_told_apart_by_spelling_only() {
    let known = Known {
        servers: vec!["Database MCP", "database-mcp", "staging-db1", "staging-db2"],
        ..Known::default()
    };
    let heard = |message: &str| {
        let zone = Zone::utc();
        written(&understand(message, &known, &zone, now()), &zone)
    };
    assert_eq!(
        heard("cost of Database MCP"),
        "cost @today server=Database MCP"
    );
    assert_eq!(
        heard("cost of database-mcp"),
        "cost @today server=database-mcp"
    );
    assert_eq!(heard("cost of database"), "nothing");
    assert_eq!(heard("cost of databse"), "nothing");
    assert_eq!(
        heard("cost of staging-db1"),
        "cost @today server=staging-db1"
    );
    assert_eq!(heard("cost of staging-db"), "nothing");
    assert_eq!(heard("cost of staging-db3"), "nothing");
}
