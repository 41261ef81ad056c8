//! What is said in the chat, and what the hub is shown, is in no line of the log.

use serde_json::json;
use shared_types::paths;
use tempfile::TempDir;
use testkit::{ApiProcess, HubMood, StubHub};
use tokio::task::spawn_blocking;

use crate::world::until;

const QUESTION: &str = "what-did-the-boss-ask";
const ANSWER: &str = "what-the-hub-answered";
const WORDS: &str = "what-the-hub-complained-of";
const TOKEN: &str = "what-opens-the-hub";
const THEIRS: &str = "what-opens-it-for-the-boss";

async fn ask(url: &str, path: &str) -> u16 {
    let request = reqwest::Client::new()
        .post(format!("{url}{path}"))
        .header("authorization", format!("Bearer {THEIRS}"))
        .header("x-user-email", "boss@company.com")
        .json(&json!({ "message": QUESTION, "history": [{ "role": "user", "text": QUESTION }] }));
    let answer = request.send().await.unwrap();
    let status = answer.status().as_u16();
    answer.bytes().await.unwrap();
    status
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_that_is_said_is_logged_at_any_level() {
    let stub = StubHub::start(HubMood::Answers(ANSWER.to_owned())).await;
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("token");
    std::fs::write(&file, format!("{TOKEN}\n")).unwrap();
    let settings = [
        ("STATE_DIR", folder.path().display().to_string()),
        ("HUB_URL", format!("{}/", stub.url())),
        ("HUB_TOKEN_FILE", file.display().to_string()),
        ("TRUSTED_PROXIES", "10.0.0.0/8".to_owned()),
        // All that this program, the client and the server can say.
        ("RUST_LOG", "trace".to_owned()),
    ];
    let start = move || {
        let settings: Vec<(&str, &str)> = settings.iter().map(|(n, v)| (*n, v.as_str())).collect();
        ApiProcess::start(&settings)
    };
    let api = spawn_blocking(start).await.unwrap();
    let moods = [
        (HubMood::Answers(ANSWER.to_owned()), 200),
        (
            HubMood::FailsAfter(ANSWER.to_owned(), WORDS.to_owned()),
            200,
        ),
        (HubMood::BreaksAfter(ANSWER.to_owned()), 200),
        (HubMood::Refuses(400, WORDS.to_owned()), 400),
        (HubMood::Refuses(500, WORDS.to_owned()), 502),
        (HubMood::NoSuccess(WORDS.to_owned()), 502),
        (HubMood::JunkEvents, 502),
    ];
    for (mood, status) in moods {
        stub.is(mood.clone());
        assert_eq!(ask(&api.url(), paths::ASK_STREAM).await, status, "{mood:?}");
        let asked = stub.asked().await;
        assert_eq!(
            asked.header("authorization"),
            Some(format!("Bearer {TOKEN}").as_str())
        );
        ask(&api.url(), paths::ASK).await;
        stub.asked().await;
    }
    let log = until("the last trouble to be logged", async || {
        let log = api.logged();
        let told = log.matches("the chat has no answer").count() == 12;
        told.then_some(log)
    })
    .await;
    for secret in [QUESTION, ANSWER, WORDS, TOKEN, THEIRS, "boss@company.com"] {
        let line = log.lines().find(|line| line.contains(secret));
        assert_eq!(line, None, "{secret}");
    }
    assert!(
        log.contains("hyper"),
        "the client's own log is looked at too"
    );
    spawn_blocking(move || api.stop()).await.unwrap();
}
