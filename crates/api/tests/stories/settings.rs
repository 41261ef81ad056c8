//! The real program's settings: a wrong one stops the start with a line that names it.

use std::process::{Command, Output, Stdio};

/// The real program, without what the settings around it say.
pub(crate) fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_api"));
    for name in [
        "DATABASE_URL",
        "DATABASE_URL_FILE",
        "RUST_LOG",
        "API_HOST",
        "API_PORT",
        "STATE_DIR",
        "HUB_URL",
        "HUB_TOKEN",
        "HUB_TOKEN_FILE",
        "CHAT_USER",
        "TRUSTED_PROXIES",
        "AUTH",
        "ADMIN_ROLES",
        "SIGN_IN_URL",
        "AUTH_USERS",
        "AUTH_USERS_FILE",
        "AUTH_SESSION_HOURS",
        "AUTH_SESSION_KEY",
        "AUTH_SESSION_KEY_FILE",
        "ALLOW_INSECURE",
        "LLM_BASE_URL",
        "LLM_MODEL",
        "LLM_API_KEY",
        "LLM_API_KEY_FILE",
    ] {
        command.env_remove(name);
    }
    command.stdin(Stdio::null());
    command
}

fn run(settings: &[(&str, &str)]) -> Output {
    program().envs(settings.iter().copied()).output().unwrap()
}

/// It does not start, and says why in one line, without what is secret.
fn stops(settings: &[(&str, &str)], named: &str, said: &str) {
    let output = run(settings);
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success(), "{settings:?}");
    assert_eq!(told.lines().count(), 1, "{settings:?}: {told}");
    assert!(
        told.starts_with("error: ") && told.contains(named),
        "{settings:?}: {told}"
    );
    assert!(told.contains(said), "{settings:?}: {told}");
    assert!(!told.contains("hunter2"), "{settings:?}: {told}");
}

#[test]
fn a_wrong_setting_stops_the_start_with_one_line_that_names_it() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = taken
        .local_addr()
        .map(|address| (taken, address.port().to_string()));
    let (_held, port) = taken.unwrap();
    for (settings, named, said) in [
        (&[("API_PORT", "seven")][..], "API_PORT", "seven"),
        (&[("API_PORT", "65536")], "API_PORT", "65535"),
        (&[("API_PORT", &port)], "API_PORT", "another process"),
        (&[("API_HOST", "localhost")], "API_HOST", "localhost"),
        (&[("API_HOST", "0.0.0.0")], "API_HOST", "ALLOW_INSECURE"),
        (
            &[("API_HOST", "203.0.113.1"), ("ALLOW_INSECURE", "true")],
            "API_HOST",
            "of this machine",
        ),
        (
            &[("ALLOW_INSECURE", "perhaps")],
            "ALLOW_INSECURE",
            "perhaps",
        ),
        (&[("HISTORY_DAYS", "0")], "HISTORY_DAYS", "1..=400"),
        (&[("HISTORY_DAYS", "401")], "HISTORY_DAYS", "1..=400"),
        (&[("PRICE_TOKENS", "-1")], "PRICE_TOKENS", "from 0"),
        (&[("PRICE_TOKENS", "cheap")], "PRICE_TOKENS", "USD"),
        (&[("HUB_TZ", "Mars/Olympus")], "HUB_TZ", "Europe/Berlin"),
        (&[("POLL_MS", "1")], "POLL_MS", "50..=10000"),
        (&[("LOG_FORMAT", "xml")], "LOG_FORMAT", "xml"),
        (&[("RUST_LOG", "api=loud")], "RUST_LOG", "api=loud"),
        (
            &[("DATABASE_URL", "mysql://me:hunter2@localhost/hub")],
            "DATABASE_URL",
            "postgres://",
        ),
        (
            &[("DATABASE_URL", "postgres://me:hunter2@[oops/hub")],
            "DATABASE_URL",
            "PostgreSQL",
        ),
        (
            &[("DATABASE_URL", "sqlite://:memory:")],
            "DATABASE_URL",
            "file",
        ),
        (
            &[("DATABASE_URL", "sqlite://a"), ("DATABASE_URL_FILE", "b")],
            "DATABASE_URL_FILE",
            "not both",
        ),
        (
            &[("DATABASE_URL_FILE", "/does/not/exist")],
            "DATABASE_URL_FILE",
            "cannot be read",
        ),
    ] {
        stops(settings, named, said);
    }
}

#[test]
fn a_wrong_setting_of_the_chat_stops_it_too() {
    for (settings, named, said) in [
        (&[("HUB_URL", "hub.example")][..], "HUB_URL", "https://"),
        (&[("HUB_URL", "ftp://hub.example")], "HUB_URL", "https://"),
        (
            &[("HUB_URL", "https://me:hunter2@hub.example")],
            "HUB_URL",
            "HUB_TOKEN",
        ),
        (&[("HUB_TOKEN", "hunter2 again")], "HUB_TOKEN", "one word"),
        (
            &[("HUB_TOKEN_FILE", "/does/not/exist")],
            "HUB_TOKEN_FILE",
            "cannot be read",
        ),
        (
            &[("HUB_TOKEN_FILE", "/dev/null")],
            "HUB_TOKEN_FILE",
            "is empty",
        ),
        (&[("CHAT_USER", "somebody")], "CHAT_USER", "e-mail"),
        (
            &[("TRUSTED_PROXIES", "10.0.0.0/8,everyone")],
            "TRUSTED_PROXIES",
            "CIDRs",
        ),
        (
            &[("LLM_BASE_URL", "https://llm.example/v1")],
            "LLM_MODEL",
            "must name",
        ),
        (
            &[("LLM_BASE_URL", "https://:hunter2@llm.example")],
            "LLM_BASE_URL",
            "LLM_API_KEY",
        ),
        (
            &[("LLM_API_KEY", "hunter2\u{e9}")],
            "LLM_API_KEY",
            "one word",
        ),
    ] {
        stops(settings, named, said);
    }
}

#[test]
fn a_door_that_cannot_be_closed_stops_it_too() {
    let hash = "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$MbNQJvZcaOZfZ4a6Q3AMFw";
    let ana = format!("ana:admin:{hash}");
    let tokens = (0..17).map(|n| format!("{n}:viewer:{hash}"));
    let tokens = tokens.collect::<Vec<_>>().join("\n");
    let basic = ("AUTH", "basic");
    for (settings, named, said) in [
        (&[("AUTH", "some")][..], "AUTH", "some"),
        (&[("API_HOST", "0.0.0.0")], "API_HOST", "AUTH=none"),
        (&[("API_HOST", "0.0.0.0")], "API_HOST", "basic or token"),
        (&[("AUTH", "forward")], "TRUSTED_PROXIES", "AUTH=forward"),
        (
            &[
                ("AUTH", "forward"),
                ("TRUSTED_PROXIES", "10.0.0.0/8"),
                ("SIGN_IN_URL", "//evil.example"),
            ],
            "SIGN_IN_URL",
            "https://",
        ),
        (&[basic], "AUTH_USERS_FILE", "AUTH=basic"),
        (&[("AUTH", "token")], "AUTH_USERS", "AUTH=token"),
        (&[basic, ("AUTH_USERS", "# nobody")], "AUTH_USERS", "has 0"),
        (
            &[basic, ("AUTH_USERS", "# ana\nana:admin:hunter2")],
            "AUTH_USERS line 2",
            "--hash-password",
        ),
        (
            &[basic, ("AUTH_USERS", &ana), ("AUTH_USERS_FILE", "x")],
            "AUTH_USERS_FILE",
            "not both",
        ),
        (
            &[basic, ("AUTH_USERS_FILE", "/does/not/exist")],
            "AUTH_USERS_FILE",
            "cannot be read",
        ),
        (
            &[("AUTH", "token"), ("AUTH_USERS", &tokens)],
            "AUTH_USERS",
            "1 to 16",
        ),
        (
            &[basic, ("AUTH_USERS", &ana), ("AUTH_SESSION_KEY", "hunter2")],
            "AUTH_SESSION_KEY",
            "32 bytes",
        ),
        (
            &[("AUTH_SESSION_HOURS", "721")],
            "AUTH_SESSION_HOURS",
            "1..=720",
        ),
    ] {
        stops(settings, named, said);
    }
}

#[test]
fn help_lists_every_setting_and_hides_what_is_secret() {
    let output = program()
        .arg("--help")
        .env("DATABASE_URL", "postgres://me:hunter2@h/d")
        .env("HUB_TOKEN", "hunter2")
        .env("AUTH_USERS", "ana:admin:hunter2")
        .env("AUTH_SESSION_KEY", "hunter2")
        .env("LLM_API_KEY", "hunter2")
        .output();
    let output = output.unwrap();
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    for name in [
        "DATABASE_URL",
        "DATABASE_URL_FILE",
        "API_HOST",
        "API_PORT",
        "ALLOW_INSECURE",
        "HISTORY_DAYS",
        "PRICE_TOKENS",
        "HUB_TZ",
        "POLL_MS",
        "HUB_URL",
        "HUB_TOKEN",
        "HUB_TOKEN_FILE",
        "CHAT_USER",
        "TRUSTED_PROXIES",
        "AUTH",
        "ADMIN_ROLES",
        "SIGN_IN_URL",
        "AUTH_USERS",
        "AUTH_USERS_FILE",
        "AUTH_SESSION_HOURS",
        "AUTH_SESSION_KEY",
        "AUTH_SESSION_KEY_FILE",
        "LLM_BASE_URL",
        "LLM_MODEL",
        "LLM_API_KEY",
        "LLM_API_KEY_FILE",
        "STATE_DIR",
        "LOG_FORMAT",
        "RUST_LOG",
    ] {
        assert!(
            text.contains(&format!("[env: {name}")),
            "{name} is not in {text}"
        );
    }
    assert!(!text.contains("hunter2"), "{text}");
}
