//! One audit row, whatever the generation it ends up in.

/// A row of `audit_logs`, generation-neutral.
///
/// A writer puts each field into the column of the same meaning. Where a
/// generation lacks a column, the value is dropped, with four exceptions that
/// keep a row whole in generations B and C:
///
/// * `mcp_target` falls back to the first name in [`mcps`](Self::mcps),
/// * `tool_called` falls back to the tool of the first of [`tools_used`](Self::tools_used),
/// * `question` falls back to [`message`](Self::message),
/// * `llm_tokens_used` falls back to `tokens_input + tokens_output`.
///
/// Build one with `AuditRow { at, user_id: Some(1), ..AuditRow::default() }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRow {
    /// An explicit id, or the database's next one.
    pub id: Option<i64>,
    /// When the request began: microseconds since the epoch, UTC.
    pub at: i64,
    /// `created_at` (A), microseconds; null by default.
    pub created_at: Option<i64>,
    /// `auth_service.users.id`; the user may be gone.
    pub user_id: Option<i64>,
    /// What was asked (B, C).
    pub question: Option<String>,
    /// What was asked, in full (A).
    pub message: Option<String>,
    /// The first 200 characters of `message` (A). Null unless given.
    pub message_preview: Option<String>,
    /// `chat` or `gateway` (A).
    pub request_type: Option<String>,
    /// The one MCP server called. Usually null in A.
    pub mcp_target: Option<String>,
    /// Every MCP server called (A).
    pub mcps: Vec<Option<String>>,
    /// With no names in `mcps`: write null rather than an empty array.
    pub null_mcps: bool,
    /// The one tool called.
    pub tool: Option<String>,
    /// Every tool called, as `mcp.tool` (A).
    pub tools_used: Vec<String>,
    /// Arguments of the call, JSON text.
    pub tool_params: Option<String>,
    /// How many tools were called (A).
    pub tool_calls_count: Option<i32>,
    /// Rounds between model and tools (A).
    pub iterations: Option<i32>,
    /// Tokens sent to the model, cached ones included (A).
    pub tokens_input: Option<i32>,
    /// Tokens the model answered with (A).
    pub tokens_output: Option<i32>,
    /// The part of `tokens_input` served from a cache (A).
    pub tokens_cached: Option<i32>,
    /// All tokens together (B, C).
    pub llm_tokens: Option<i32>,
    /// USD as decimal text (A, C). `"NaN"` is allowed.
    pub cost: Option<String>,
    /// Whether the request succeeded.
    pub success: bool,
    /// `success`, `error` or `warning` (A).
    pub status: Option<String>,
    /// Refused by policy.
    pub was_blocked: bool,
    /// Why it was refused.
    pub block_reason: Option<String>,
    /// How long the request took, milliseconds.
    pub duration_ms: Option<i64>,
    /// What went wrong.
    pub error_message: Option<String>,
    /// The hub's name for the failure.
    pub error_id: Option<String>,
    /// What was odd about a success (A).
    pub warning: Option<String>,
    /// How the request went, one line.
    pub result_summary: Option<String>,
    /// The start of the answer (A).
    pub response_preview: Option<String>,
    /// The caller's address: personal data.
    pub ip_address: Option<String>,
    /// The caller's program: personal data.
    pub user_agent: Option<String>,
    /// The caller's Slack id: personal data.
    pub slack_user_id: Option<String>,
    /// The Slack channel of the request: personal data.
    pub slack_channel: Option<String>,
    /// `ws_chat` or `mcp_gateway` (C).
    pub source: Option<String>,
}

impl Default for AuditRow {
    /// A successful row at the epoch with everything else null.
    fn default() -> Self {
        Self {
            id: None,
            at: 0,
            created_at: None,
            user_id: None,
            question: None,
            message: None,
            message_preview: None,
            request_type: None,
            mcp_target: None,
            mcps: Vec::new(),
            null_mcps: true,
            tool: None,
            tools_used: Vec::new(),
            tool_params: None,
            tool_calls_count: None,
            iterations: None,
            tokens_input: None,
            tokens_output: None,
            tokens_cached: None,
            llm_tokens: None,
            cost: None,
            success: true,
            status: None,
            was_blocked: false,
            block_reason: None,
            duration_ms: None,
            error_message: None,
            error_id: None,
            warning: None,
            result_summary: None,
            response_preview: None,
            ip_address: None,
            user_agent: None,
            slack_user_id: None,
            slack_channel: None,
            source: None,
        }
    }
}

impl AuditRow {
    /// The first server with a name, `mcp_target` before `mcps`.
    pub fn first_mcp(&self) -> Option<&str> {
        let named = |name: &&str| !name.is_empty();
        self.mcp_target
            .as_deref()
            .filter(named)
            .or_else(|| self.mcps.iter().flatten().map(String::as_str).find(named))
    }

    /// `tool`, else the tool of the first `mcp.tool` in `tools_used`.
    pub fn first_tool(&self) -> Option<&str> {
        let first = || self.tools_used.first()?.rsplit('.').next();
        self.tool.as_deref().or_else(first)
    }

    /// `llm_tokens`, else the sum of what went in and came out.
    pub fn all_tokens(&self) -> Option<i32> {
        self.llm_tokens
            .or_else(|| self.tokens_input?.checked_add(self.tokens_output?))
    }

    /// When the request ended, microseconds: `at` plus the duration, if any.
    pub fn ended_at(&self) -> i64 {
        let ran = self.duration_ms.unwrap_or(0).max(0);
        self.at.saturating_add(ran.saturating_mul(1_000))
    }
}
