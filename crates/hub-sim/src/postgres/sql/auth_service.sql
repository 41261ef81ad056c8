-- Identity, the same in every generation. Times have no zone: they are UTC.
CREATE SCHEMA auth_service;
CREATE TABLE auth_service.roles (
    id serial PRIMARY KEY,
    name varchar(100) NOT NULL UNIQUE,
    description text,
    cost_limit_daily numeric(10,2)
);
CREATE TABLE auth_service.users (
    id serial PRIMARY KEY,
    username varchar(100) NOT NULL UNIQUE,
    name varchar(255),
    email varchar(255),
    role_id int REFERENCES auth_service.roles (id),
    active boolean NOT NULL DEFAULT true,
    password_hash text,
    api_key_hash text,
    last_login_at timestamp,
    created_at timestamp NOT NULL DEFAULT (now() AT TIME ZONE 'UTC'),
    updated_at timestamp NOT NULL DEFAULT (now() AT TIME ZONE 'UTC')
);
CREATE TABLE auth_service.teams (
    id serial PRIMARY KEY,
    name varchar(100) NOT NULL UNIQUE
);
CREATE TABLE auth_service.team_members (
    team_id int NOT NULL REFERENCES auth_service.teams (id) ON DELETE CASCADE,
    user_id int NOT NULL REFERENCES auth_service.users (id) ON DELETE CASCADE,
    PRIMARY KEY (team_id, user_id)
);
