//! The real program: its settings, its start and its end.

use std::io::Read;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use shared_types::{HubState, Problem, ProblemCode, Readiness, Status, paths};
use tempfile::TempDir;
use testkit::ApiProcess;
use tokio::task::spawn_blocking;

use crate::world::{Hub, Kind, told, until};

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_api"));
    for name in [
        "DATABASE_URL",
        "DATABASE_URL_FILE",
        "RUST_LOG",
        "API_HOST",
        "API_PORT",
        "STATE_DIR",
    ] {
        command.env_remove(name);
    }
    command.stdin(Stdio::null());
    command
}

fn run(settings: &[(&str, &str)]) -> Output {
    program().envs(settings.iter().copied()).output().unwrap()
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
}

#[test]
fn help_lists_every_setting_and_hides_what_is_secret() {
    let output = program()
        .arg("--help")
        .env("DATABASE_URL", "postgres://me:hunter2@h/d")
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

async fn get(url: &str, path: &str) -> reqwest::Response {
    reqwest::get(format!("{url}{path}")).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_first_start_says_what_it_prepares_and_stops_when_told() {
    let folder = TempDir::new().unwrap();
    let state = folder.path().display().to_string();
    let api = spawn_blocking(move || ApiProcess::start(&[("STATE_DIR", &state)]))
        .await
        .unwrap();
    let url = api.url();
    assert_eq!(get(&url, paths::HEALTH).await.status(), 200);
    let reason = until("the first days to be written", async || {
        let told: Readiness = get(&url, paths::READY).await.json().await.unwrap();
        told.reason
            .filter(|reason| reason.contains("first seven days"))
    })
    .await;
    assert!(
        reason.starts_with("warming: ") && reason.contains('%'),
        "{reason}"
    );
    let answer = get(&url, paths::STATS).await;
    assert_eq!(answer.headers()["retry-after"], "1");
    let problem: Problem = answer.json().await.unwrap();
    assert_eq!((problem.status, problem.code), (503, ProblemCode::Warming));
    assert!(
        problem.detail.starts_with("The simulated hub is writing"),
        "{}",
        problem.detail
    );
    assert!(problem.detail.contains('%'), "{}", problem.detail);
    let status: Status = get(&url, paths::STATUS).await.json().await.unwrap();
    assert_eq!(
        (status.state, status.source.as_str()),
        (HubState::Warming, "simulated hub")
    );
    assert!(
        spawn_blocking(|| api.stop()).await.unwrap(),
        "SIGTERM is no failure"
    );
}

/// A program on a real hub, its address in a file, with a reader that stays to the end.
async fn stops_with_a_reader(hub: &Hub) {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("address");
    std::fs::write(&file, format!("{}\n", hub.url)).unwrap();
    let file = file.display().to_string();
    let settings = [("DATABASE_URL_FILE", file), ("POLL_MS", "50".to_owned())];
    let start = move || {
        let settings: Vec<(&str, &str)> = settings.iter().map(|(n, v)| (*n, v.as_str())).collect();
        ApiProcess::start(&settings)
    };
    let api = spawn_blocking(start).await.unwrap();
    let url = api.url();
    until("it to be live", async || {
        let status: Status = get(&url, paths::STATUS).await.json().await.unwrap();
        let live = status.state == HubState::Live && status.source == "PostgreSQL";
        live.then_some(())
    })
    .await;
    let reader = get(&url, paths::STREAM).await;
    let read = tokio::spawn(reader.bytes());
    assert!(spawn_blocking(|| api.stop()).await.unwrap());
    let ended = tokio::time::timeout(Duration::from_secs(10), read).await;
    assert!(ended.is_ok(), "the stream ends with the program");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn its_address_comes_from_a_file_and_it_stops_with_a_reader() {
    told(Kind::B, stops_with_a_reader).await;
}

#[test]
fn two_programs_share_one_file_and_one_of_them_writes() {
    let folder = TempDir::new().unwrap();
    let state = folder.path().display().to_string();
    let first = ApiProcess::start(&[("STATE_DIR", &state)]);
    let second = ApiProcess::start(&[("STATE_DIR", &state)]);
    assert!(first.stop() && second.stop());
}

#[test]
fn a_file_of_somebody_else_is_left_alone() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("letters.db");
    std::fs::write(&path, "dear diary").unwrap();
    let url = format!("sqlite://{}", path.display());
    let api = ApiProcess::start(&[("DATABASE_URL", &url)]);
    let url = api.url();
    let told: Readiness = testkit::until("it to say so", || {
        let address = url.trim_start_matches("http://");
        let mut stream = std::net::TcpStream::connect(address).ok()?;
        let request = format!("GET {} HTTP/1.0\r\n\r\n", paths::READY);
        std::io::Write::write_all(&mut stream, request.as_bytes()).ok()?;
        let mut text = String::new();
        stream.read_to_string(&mut text).ok()?;
        let (_, body) = text.split_once("\r\n\r\n")?;
        let told: Readiness = serde_json::from_str(body).ok()?;
        told.reason.as_ref()?.contains("left alone").then_some(told)
    });
    assert!(!told.ready);
    assert!(api.stop());
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "dear diary");
}
