-- On top of generation B.
ALTER TABLE omni2.audit_logs
    ADD COLUMN cost_usd numeric,
    ADD COLUMN source varchar(20);
