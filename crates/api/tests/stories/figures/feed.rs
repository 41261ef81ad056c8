//! The feed: filters, pages, and how many calls match.

use shared_types::paths;

use super::{NOW, rows};
use crate::world::{Api, Hub, Kind, Moment, at, ids, on_every_hub};

on_every_hub!(
    every_filter_matches_what_sql_matches_page_by_page,
    a_page_begins_after_any_call_that_is_still_there
);

/// A comparison with a time.
fn since(hub: &Hub, comparison: &str, time: &str) -> String {
    match hub.kind {
        Kind::Embedded => format!("timestamp {comparison} {}", at(time)),
        _ => format!("timestamp {comparison} '{time}'"),
    }
}

/// Filters as the URL has them, and the same as a condition of SQL.
fn filters(hub: &Hub) -> Vec<(String, String)> {
    let failed = "(NOT success OR was_blocked)";
    let (touches, names) = match hub.kind {
        Kind::Embedded => (
            "(mcp_target = '{}' OR coalesce(mcp_target, '') = '' AND '{}' IN (SELECT value FROM json_each(mcps_accessed)))",
            "(SELECT count(*) FROM json_each(mcps_accessed) WHERE coalesce(value, '') <> '')",
        ),
        Kind::A => (
            "(mcp_target = '{}' OR coalesce(mcp_target, '') = '' AND '{}' = ANY (mcps_accessed))",
            "(SELECT count(*) FROM unnest(mcps_accessed) AS n WHERE n <> '')",
        ),
        Kind::B | Kind::C => ("mcp_target = '{}'", "0"),
    };
    let touches = |name: &str| touches.replace("{}", name);
    let warned = if hub.kind.has_arrays() {
        "coalesce(status, '') = 'warning'"
    } else {
        "1 = 0"
    };
    let none = format!("coalesce(mcp_target, '') = '' AND {names} = 0");
    let says = |text: &str| {
        let mut columns = vec!["question", "tool_called", "mcp_target", "error_message"];
        if hub.kind.has_arrays() {
            columns.extend(["message", "message_preview", "CAST(mcps_accessed AS text)"]);
        }
        let like = |column: &&str| format!("lower({column}) LIKE '%{text}%' ESCAPE '!'");
        columns.iter().map(like).collect::<Vec<_>>().join(" OR ")
    };
    let by = |email: &str| {
        format!("user_id IN (SELECT id FROM auth_service.users WHERE email = '{email}')")
    };
    let filter = |url: &str, sql: String| (url.to_owned(), sql);
    let (from, to) = ("2026-06-15T01:02:03.5Z", "2026-06-17T10:10:10Z");
    vec![
        filter("", "1 = 1".to_owned()),
        filter("mcp=Git%20MCP", touches("Git MCP")),
        filter("mcp=50%25_Off%20MCP", touches("50%_Off MCP")),
        filter("mcp=Unattributed", none),
        filter("mcp=No%20such%20MCP", "1 = 0".to_owned()),
        filter("status=blocked", "was_blocked".to_owned()),
        filter("status=error", "NOT success AND NOT was_blocked".to_owned()),
        filter("status=warning", format!("NOT {failed} AND {warned}")),
        filter("status=success", format!("NOT {failed} AND NOT ({warned})")),
        filter("outcome=error", failed.to_owned()),
        filter(
            "outcome=error&mcp=Git%20MCP",
            format!("{failed} AND {}", touches("Git MCP")),
        ),
        filter("user=ana.silva%40company.com", by("ana.silva@company.com")),
        filter("user=nobody%40company.com", "1 = 0".to_owned()),
        filter("q=GIT", says("git")),
        filter("q=50%25_off", says("50!%!_off")),
        filter(
            &format!("from={from}&to={to}"),
            format!("{} AND {}", since(hub, ">=", from), since(hub, "<", to)),
        ),
        filter(
            &format!("from={from}&status=success&q=e&user=chen.wei%40company.com"),
            format!(
                "{} AND NOT {failed} AND NOT ({warned}) AND ({}) AND {}",
                since(hub, ">=", from),
                says("e"),
                by("chen.wei@company.com")
            ),
        ),
        // Whole minutes of an hour, as a click on a chart's bucket asks for.
        filter(
            "from=2026-06-17T10:00:00Z&to=2026-06-17T11:00:00Z",
            format!(
                "{} AND {}",
                since(hub, ">=", "2026-06-17T10:00:00Z"),
                since(hub, "<", "2026-06-17T11:00:00Z")
            ),
        ),
    ]
}

async fn every_filter_matches_what_sql_matches_page_by_page(hub: &Hub) {
    let moment = Moment::new(NOW);
    hub.insert(&rows::a_month(moment.now())).await;
    let api = Api::live(hub, &moment).await;
    for (url, condition) in filters(hub) {
        let expected = ids(hub, &condition, moment.now()).await;
        let mut found: Vec<i64> = Vec::new();
        let mut next: Option<String> = None;
        loop {
            let cursor = next.map_or(String::new(), |next| format!("&cursor={next}"));
            let limit = if found.is_empty() { 37 } else { 500 };
            let page = api.activity(&format!("limit={limit}&{url}{cursor}")).await;
            assert_eq!(page.matching, expected.len() as u64, "{url}");
            assert!(!page.matching_capped);
            found.extend(page.activities.iter().map(|call| call.id));
            next = page.next;
            if next.is_none() {
                break;
            }
            assert!(found.len() < expected.len(), "{url}: more pages than calls");
        }
        assert_eq!(found, expected, "{url}");
    }
}

async fn a_page_begins_after_any_call_that_is_still_there(hub: &Hub) {
    let moment = Moment::new(NOW);
    hub.insert(&rows::a_month(moment.now())).await;
    let api = Api::live(hub, &moment).await;
    let all = ids(hub, "1 = 1", moment.now()).await;
    for place in [0, 7, 998, 1_003, 3_000] {
        let page = api
            .activity(&format!("limit=5&before_id={}", all[place]))
            .await;
        let found: Vec<i64> = page.activities.iter().map(|call| call.id).collect();
        assert_eq!(found, all[place + 1..place + 6], "after {place}");
    }
    let last = all.last().unwrap();
    let page = api.activity(&format!("before_id={last}")).await;
    assert!(page.activities.is_empty() && page.next.is_none());
    let page = api.activity("limit=3").await;
    let (kept, gone) = (page.next.unwrap(), page.activities[2].id);
    hub.run(&format!("DELETE FROM omni2.audit_logs WHERE id = {gone}"))
        .await;
    let after = api.activity(&format!("limit=1&cursor={kept}")).await;
    assert_eq!(
        after.activities[0].id, all[3],
        "a cursor survives the call that it names"
    );
    hub.run(&format!("DELETE FROM omni2.audit_logs WHERE id = {last}"))
        .await;
    let answer = api
        .get(&format!("{}?before_id={last}", paths::ACTIVITY))
        .await;
    assert_eq!(answer.status, 400);
    assert_eq!(
        answer.json::<shared_types::Problem>().code,
        shared_types::ProblemCode::CursorGone
    );
}
