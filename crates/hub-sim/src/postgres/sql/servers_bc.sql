-- Servers of generations B and C.
CREATE TABLE omni2.mcp_servers (
    id serial PRIMARY KEY,
    name varchar(255) NOT NULL UNIQUE,
    url varchar(500) NOT NULL,
    description text,
    status varchar(20) NOT NULL DEFAULT 'active',
    protocol varchar(50) NOT NULL DEFAULT 'http',
    timeout_seconds int NOT NULL DEFAULT 30,
    max_retries int NOT NULL DEFAULT 3,
    auth_type varchar(50),
    auth_config jsonb,
    last_health_check timestamptz,
    health_status varchar(20) NOT NULL DEFAULT 'unknown',
    error_count int NOT NULL DEFAULT 0,
    auto_disabled_at timestamptz,
    auto_disabled_reason text,
    meta_data jsonb
);
CREATE TABLE omni2.mcp_health_log (
    id bigserial PRIMARY KEY,
    mcp_server_id int NOT NULL REFERENCES omni2.mcp_servers (id) ON DELETE CASCADE,
    "timestamp" timestamptz NOT NULL DEFAULT now(),
    status varchar(20) NOT NULL,
    response_time_ms int,
    error_message text,
    event_type varchar(50),
    meta_data jsonb
);
