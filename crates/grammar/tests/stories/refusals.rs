//! What is not understood is never answered by something wider.

use grammar::Understood;

use crate::world::{ask, heard};

fn unknown(message: &str) -> String {
    match ask(message) {
        Understood::Nothing { unknown, .. } => unknown.join("; "),
        _ => panic!("{message}: {}", heard(message)),
    }
}

#[test]
fn names_that_nobody_has_restrict_to_nothing() {
    for message in [
        "errors of frobnicator today",
        "what did zaphod spend yesterday",
        "cost of nobody@company.com",
        "queries of git_frobnicate",
        "p95 of the payments server",
        "errors of git-proxy today",
        "calls of mary last week",
        "latency in Frankfurt",
    ] {
        assert!(unknown(message).contains('“'), "{message}");
    }
    assert_eq!(unknown("errors of frobnicator today"), "“frobnicator”");
    assert_eq!(unknown("queries of git_frobnicate"), "“git_frobnicate”");
}

#[test]
fn what_the_figures_do_not_tell_is_said() {
    assert!(unknown("tokens by user today").contains("tokens went in"));
    assert!(unknown("forecast the cost of this month").contains("not known"));
    assert!(unknown("how much will we spend tomorrow").contains("not known"));
    assert!(unknown("cost tomorrow").contains("still to come"));
    assert!(unknown("errors next week").contains("still to come"));
    assert!(unknown("why are there so many errors").contains("not why"));
    assert!(unknown("how much did I spend").contains("name the user"));
    assert!(unknown("was git down yesterday").contains("not kept"));
    assert!(unknown("how many tools are there").contains("not counted"));
    assert!(unknown("what tools does memory mcp have").contains("which tools there are"));
    assert!(unknown("list tools").contains("which tools there are"));
    assert!(unknown("fastest calls today").contains("the slowest"));
    assert!(unknown("highest cost today").contains("of what"));
    assert!(unknown("best p95").contains("of what"));
    assert!(unknown("what were her slowest calls").contains("name the user"));
    assert!(unknown("errors last week until now").contains("since"));
    assert!(unknown("queries on weekends").contains("weekends"));
    assert!(unknown("what is our monthly spend").contains("monthly"));
    assert!(unknown("total spend to date").contains("history"));
    assert!(unknown("total cost of all time").contains("history"));
    assert!(unknown("average errors").contains("averages"));
}

#[test]
fn other_topics_are_none() {
    for message in [
        "what's the weather",
        "tell me a joke",
        "write a poem about servers",
        "who is the president",
        "drop table audit_logs",
        "cost by team",
        "errors by country",
        "queries over 5 seconds",
        "calls > 10 dollars",
        "lorem ipsum dolor sit amet",
    ] {
        unknown(message);
    }
}

#[test]
fn a_negation_is_handled_or_refused() {
    for message in [
        "calls that were not blocked",
        "errors of all servers except git",
        "cost not today",
        "queries without john",
        "errors excluding memory mcp",
        "which servers have no errors",
        "users who never called git",
    ] {
        unknown(message);
    }
    assert_eq!(
        heard("how many calls were not successful today"),
        "queries @today outcome=error"
    );
    assert_eq!(heard("is git not healthy?"), "servers server=Git MCP");
    assert_eq!(heard("which servers aren't responding"), "servers unwell");
}

#[test]
fn two_of_a_kind_are_asked_for_one_at_a_time() {
    for message in [
        "errors of git mcp and memory mcp",
        "cost of ana and john",
        "errors by server and user",
        "errors today and last week",
        "errors on monday vs friday",
        "call 12 and call 13",
        "cost in september vs october",
        "successful or blocked calls today",
    ] {
        unknown(message);
    }
}

#[test]
fn numbers_that_mean_nothing_here_are_not_overlooked() {
    for message in [
        "errors 5",
        "top 0 servers",
        "last 0 calls",
        "top 99999999999999999999 users",
        "call 99999999999999999999999",
        "errors in the last 99999999999999999999 days",
        "errors in the last 999999999 years",
        "queries last 1.5 hours",
        "errors on 2026-02-30",
        "errors on 11/20/2026",
        "errors between 14:00 and 10:00",
        "errors at 25:00",
    ] {
        unknown(message);
    }
}
