//! The real program: its start and its end.

use std::io::Read;
use std::time::Duration;

use shared_types::{HubState, Problem, ProblemCode, Readiness, Status, paths};
use tempfile::TempDir;
use testkit::ApiProcess;
use tokio::task::spawn_blocking;

use crate::world::{Hub, Kind, told, until};

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

/// A disk that is mounted read-only, a folder of somebody else: only the next start is slower.
async fn keeps_nothing_and_says_so(hub: &Hub) {
    let folder = TempDir::new().unwrap();
    let taken = folder.path().join("taken");
    std::fs::write(&taken, "a file where a folder should be").unwrap();
    let (url, state) = (hub.url.clone(), taken.display().to_string());
    let start = move || ApiProcess::start(&[("DATABASE_URL", &url), ("STATE_DIR", &state)]);
    let api = spawn_blocking(start).await.unwrap();
    let url = api.url();
    until("figures all the same", async || {
        get(&url, paths::STATS)
            .await
            .status()
            .is_success()
            .then_some(())
    })
    .await;
    let warned = until("a warning that names the setting", async || {
        let log = api.logged();
        let mut lines = log.lines();
        let line = lines.find(|line| line.contains("could not be kept in STATE_DIR"));
        line.map(str::to_owned)
    })
    .await;
    assert!(warned.contains("\"WARN\""), "{warned}");
    assert!(spawn_blocking(|| api.stop()).await.unwrap());
    let left = std::fs::read_to_string(taken).unwrap();
    assert_eq!(left, "a file where a folder should be");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_folder_that_cannot_be_written_to_takes_no_figure_away() {
    told(Kind::A, keeps_nothing_and_says_so).await;
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
fn nobody_reads_its_log_any_more() {
    let folder = TempDir::new().unwrap();
    let url = format!("sqlite://{}", folder.path().join("letters.db").display());
    std::fs::write(folder.path().join("letters.db"), "dear diary").unwrap();
    let api = ApiProcess::start(&[("DATABASE_URL", &url)]);
    api.leave_unheard();
    let answered = |path: &str| {
        let address = api.url();
        let mut stream =
            std::net::TcpStream::connect(address.trim_start_matches("http://")).unwrap();
        let request = format!("GET {path} HTTP/1.0\r\n\r\n");
        std::io::Write::write_all(&mut stream, request.as_bytes()).unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        text
    };
    // Each problem is a line of the log.
    for _ in 0..5 {
        assert!(answered("/nothing").starts_with("HTTP/1.0 404"));
    }
    assert!(answered(paths::HEALTH).starts_with("HTTP/1.0 200"));
    assert!(api.stop(), "it stops when it is asked to");
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
    let reason = told.reason.unwrap();
    assert!(!reason.contains("letters"), "{reason}");
    assert!(api.stop());
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "dear diary");
}
