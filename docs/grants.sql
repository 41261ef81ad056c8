-- The dashboard's own role in a hub's database: reads the columns that the dashboard shows,
-- and nothing else. For PostgreSQL 13 to 17, and every generation of the hub's schema; what a
-- hub lacks is passed over. Run it with psql, in the hub's database, as the owner of its tables
-- (with CREATEROLE) or as a superuser:
--
--     psql -f grants.sql "postgres://owner@host/hub"
--     psql -c '\password omni2_dashboard' "postgres://owner@host/hub"
--
-- Run it again after every upgrade of the hub: it takes away what it granted before and
-- grants anew, in one transaction that a running dashboard does not notice.
--
--   -v role=NAME          another name than omni2_dashboard
--   -v password=PASSWORD  sets the password at once. The server may log it: \password does not
--                         tell the server what it is
--   -v connections=NUMBER how many connections the role may have; 20 is enough for three
--                         dashboards, which take six each

\set ON_ERROR_STOP on
\if :{?role} \else \set role omni2_dashboard \endif
\if :{?connections} \else \set connections 20 \endif

BEGIN;
SET LOCAL client_min_messages = notice;

-- psql replaces no variables between dollars: settings carry them there.
SELECT set_config('omni2_dashboard.role', :'role', true) AS role,
       set_config('omni2_dashboard.connections', :'connections', true) AS connections
\gset

DO $role$
DECLARE
    reader name := current_setting('omni2_dashboard.role');
    most int := current_setting('omni2_dashboard.connections');
BEGIN
    IF to_regnamespace('omni2') IS NULL THEN
        RAISE EXCEPTION 'the database % has no schema omni2', current_database()
            USING HINT = 'Connect to the hub''s own database.';
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = reader) THEN
        EXECUTE format('CREATE ROLE %I', reader);
    ELSIF EXISTS (SELECT FROM pg_roles WHERE rolname = reader
                  AND (rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls))
        OR EXISTS (SELECT FROM pg_auth_members JOIN pg_roles r ON r.oid = member
                   WHERE r.rolname = reader)
        OR EXISTS (SELECT FROM pg_class JOIN pg_roles r ON r.oid = relowner
                   WHERE r.rolname = reader) THEN
        -- Somebody else's role: to take its rights away is not for this script.
        RAISE EXCEPTION 'the role % may do more than read', reader
            USING HINT = 'Choose another name: -v role=NAME';
    END IF;
    EXECUTE format('ALTER ROLE %I LOGIN NOINHERIT CONNECTION LIMIT %s', reader, most);
    -- The role itself could undo these: what protects is what is not granted. They are there
    -- for whoever uses the role by hand, and for the day on which somebody grants too much.
    EXECUTE format('ALTER ROLE %I SET default_transaction_read_only = on', reader);
    EXECUTE format('ALTER ROLE %I SET statement_timeout = %L', reader, '15s');
    EXECUTE format('ALTER ROLE %I SET idle_in_transaction_session_timeout = %L', reader, '5min');
    -- Every table is named with its schema: a function of the same name in `public` is never run.
    EXECUTE format('ALTER ROLE %I SET search_path = pg_catalog', reader);
END
$role$;

DO $grants$
DECLARE
    reader name := current_setting('omni2_dashboard.role');
    space name;
    found record;
BEGIN
    IF NOT has_database_privilege(reader, current_database(), 'CONNECT') THEN
        EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), reader);
    END IF;
    FOREACH space IN ARRAY ARRAY['omni2', 'auth_service'] LOOP
        CONTINUE WHEN to_regnamespace(quote_ident(space)) IS NULL;
        EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA %I FROM %I', space, reader);
        EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', space, reader);
    END LOOP;
    -- Not on this list: auth_service.users.password_hash and api_key_hash,
    -- omni2.mcp_servers.auth_config, and every column that nobody reads.
    FOR found IN
        WITH wanted (space, kind, names) AS (VALUES
            ('omni2', 'audit_logs', ARRAY[
                'id', 'user_id', 'timestamp', 'question', 'message', 'message_preview',
                'request_type', 'source', 'mcp_target', 'mcps_accessed', 'tool_called',
                'tools_used', 'tool_params', 'tool_calls_count', 'iterations', 'tokens_input',
                'tokens_output', 'tokens_cached', 'llm_tokens_used', 'cost_estimate', 'cost_usd',
                'success', 'status', 'was_blocked', 'block_reason', 'duration_ms',
                'error_message', 'error_id', 'warning', 'result_summary', 'response_preview',
                'ip_address', 'user_agent', 'slack_user_id', 'slack_channel']),
            ('omni2', 'mcp_servers', ARRAY[
                'name', 'is_enabled', 'is_healthy', 'status', 'health_status',
                'last_health_check', 'consecutive_failures', 'error_count',
                'auto_disabled_reason']),
            ('omni2', 'mcp_tools', ARRAY['name']),
            ('auth_service', 'users', ARRAY['id', 'email', 'name', 'created_at']))
        SELECT w.space, w.kind,
               string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) AS columns
        FROM wanted w
        JOIN pg_namespace n ON n.nspname = w.space
        JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = w.kind
            AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            AND a.attname = ANY (w.names)
        GROUP BY w.space, w.kind
    LOOP
        EXECUTE format('GRANT SELECT (%s) ON %I.%I TO %I',
                       found.columns, found.space, found.kind, reader);
        RAISE NOTICE 'reads %.%: %', found.space, found.kind, found.columns;
    END LOOP;
END
$grants$;

-- What everybody may do, this role may too. That is the hub's business, and only told.
DO $public$
DECLARE
    reader name := current_setting('omni2_dashboard.role');
    found text;
BEGIN
    SELECT string_agg(format('%I.%I', n.nspname, c.relname), ', ' ORDER BY 1) INTO found
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname IN ('omni2', 'auth_service') AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
        AND has_table_privilege(reader, c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE');
    IF found IS NOT NULL THEN
        RAISE WARNING 'granted to PUBLIC, and so to %: %', reader, found;
    END IF;
    IF has_schema_privilege(reader, to_regnamespace('public'), 'CREATE') THEN
        RAISE WARNING 'everybody may make tables in the schema public, and so may %', reader
            USING HINT = 'REVOKE CREATE ON SCHEMA public FROM PUBLIC';
    END IF;
END
$public$;

\if :{?password}
ALTER ROLE :"role" PASSWORD :'password';
\endif
COMMIT;
