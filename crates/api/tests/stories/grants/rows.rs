//! What the hub holds while its role is tried.

use hub_sim::AuditRow;
use timeline::{HOUR, MINUTE};

use crate::world::Moment;

/// Rows that leave no column empty, over 60 days.
pub(super) fn full_rows(moment: &Moment) -> Vec<AuditRow> {
    let some = |text: &str| Some(text.to_owned());
    let row = |n: i64| AuditRow {
        at: moment.now() - MINUTE - n * 5 * HOUR,
        created_at: Some(moment.now()),
        user_id: Some(1 + n % 9),
        question: some("What changed?"),
        message: some("What changed since Friday?"),
        message_preview: some("What changed since"),
        request_type: some("chat"),
        mcp_target: (n % 3 == 0).then(|| "Time MCP".to_owned()),
        mcps: vec![some("Git MCP"), some("Time MCP")],
        tool: some("git_log"),
        tools_used: vec!["Git MCP.git_log".to_owned(), "Time MCP.now".to_owned()],
        tool_params: some(r#"{"repository": "hub"}"#),
        tool_calls_count: Some(2),
        iterations: Some(3),
        tokens_input: Some(900),
        tokens_output: Some(100),
        tokens_cached: Some(10),
        llm_tokens: Some(1_000),
        cost: some("0.0125"),
        success: n % 7 != 0,
        status: some(if n % 5 == 0 { "warning" } else { "success" }),
        was_blocked: n % 11 == 0,
        block_reason: some("over the limit"),
        duration_ms: Some(40 + n),
        error_message: some("no such branch"),
        error_id: some("E-7"),
        warning: some("slow"),
        result_summary: some("12 commits"),
        response_preview: some("Much changed"),
        ip_address: some("203.0.113.77"),
        user_agent: some("agent-of/1.0"),
        slack_user_id: some("U0SLACK"),
        slack_channel: some("C0SLACK"),
        source: some("ws_chat"),
        ..AuditRow::default()
    };
    (0..288).map(row).collect()
}
