CREATE SCHEMA omni2;
CREATE TABLE omni2.audit_logs (
    id serial PRIMARY KEY,
    user_id int,
    "timestamp" timestamptz NOT NULL DEFAULT now(),
    question text,
    mcp_target varchar(255),
    tool_called varchar(255),
    tool_params jsonb,
    llm_tokens_used int,
    success boolean NOT NULL DEFAULT true,
    was_blocked boolean NOT NULL DEFAULT false,
    block_reason text,
    duration_ms int,
    error_message text,
    error_id varchar(64),
    result_summary text,
    ip_address inet,
    user_agent text,
    slack_user_id varchar(64),
    slack_channel varchar(64)
);
