-- What every generation has besides: tools, and the hub's own indexes.
CREATE TABLE omni2.mcp_tools (
    id serial PRIMARY KEY,
    mcp_server_id int NOT NULL REFERENCES omni2.mcp_servers (id) ON DELETE CASCADE,
    name varchar(255) NOT NULL,
    description text,
    input_schema jsonb,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX audit_logs_user_id ON omni2.audit_logs (user_id);
CREATE INDEX audit_logs_timestamp ON omni2.audit_logs ("timestamp" DESC);
CREATE INDEX audit_logs_mcp_target ON omni2.audit_logs (mcp_target);
CREATE INDEX audit_logs_tool_called ON omni2.audit_logs (tool_called);
CREATE INDEX audit_logs_success ON omni2.audit_logs (success);
