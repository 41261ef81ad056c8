-- Both schemas of a generation A hub in one file, unqualified: whoever reads
-- attaches the file twice, as omni2 and as auth_service.
-- Arrays are JSON text, money is decimal text, times are integer microseconds UTC.
CREATE TABLE audit_logs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER,
    "timestamp" INTEGER NOT NULL,
    created_at INTEGER,
    question TEXT,
    message TEXT,
    message_preview TEXT,
    request_type TEXT,
    mcp_target TEXT,
    mcps_accessed TEXT,
    tool_called TEXT,
    tools_used TEXT,
    tool_params TEXT,
    tool_calls_count INTEGER,
    iterations INTEGER,
    tokens_input INTEGER,
    tokens_output INTEGER,
    tokens_cached INTEGER,
    cost_estimate TEXT,
    success INTEGER NOT NULL DEFAULT 1,
    status TEXT,
    was_blocked INTEGER NOT NULL DEFAULT 0,
    block_reason TEXT,
    duration_ms INTEGER,
    error_message TEXT,
    error_id TEXT,
    warning TEXT,
    result_summary TEXT,
    response_preview TEXT,
    ip_address TEXT,
    user_agent TEXT,
    slack_user_id TEXT,
    slack_channel TEXT
);
CREATE INDEX audit_logs_user_id ON audit_logs (user_id);
CREATE INDEX audit_logs_timestamp ON audit_logs ("timestamp" DESC);
CREATE INDEX audit_logs_mcp_target ON audit_logs (mcp_target);
CREATE INDEX audit_logs_tool_called ON audit_logs (tool_called);
CREATE INDEX audit_logs_success ON audit_logs (success);
CREATE TABLE mcp_servers (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    url TEXT NOT NULL,
    is_enabled INTEGER NOT NULL DEFAULT 1,
    is_healthy INTEGER NOT NULL DEFAULT 1,
    last_health_check INTEGER,
    last_seen INTEGER,
    consecutive_failures INTEGER NOT NULL DEFAULT 0,
    version TEXT,
    capabilities TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);
CREATE TABLE mcp_tools (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    mcp_server_id INTEGER NOT NULL REFERENCES mcp_servers (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    description TEXT,
    input_schema TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);
CREATE TABLE roles (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    description TEXT,
    cost_limit_daily TEXT
);
CREATE TABLE users (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    username TEXT NOT NULL UNIQUE,
    name TEXT,
    email TEXT,
    role_id INTEGER REFERENCES roles (id),
    active INTEGER NOT NULL DEFAULT 1,
    password_hash TEXT,
    api_key_hash TEXT,
    last_login_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);
CREATE TABLE teams (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE
);
CREATE TABLE team_members (
    team_id INTEGER NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    PRIMARY KEY (team_id, user_id)
);
-- The simulator's own notes: no hub has this table.
CREATE TABLE sim_meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
