//! A hub in every mood but a good one: what somebody who asks is told.

use std::time::Duration;

use reqwest::StatusCode;
use shared_types::ProblemCode::{HubFailed, HubRefused, HubTimeout, TooManyRequests};
use shared_types::{Problem, ProblemCode, paths};
use testkit::{HubMood, StubHub};

use crate::world::{Answer, Answering, Api, Hub, Kind, Moment, Said, Talk, told};

const NOW: &str = "2026-06-17T13:47:21Z";
/// More bytes than the connection holds: the hub notices when nobody reads on.
const MUCH: usize = 16 * 1024 * 1024;
const WORDS: &str = "The daily limit of 100 questions is reached.";

/// Mood, status, code, and a part of what is said.
type Refusal = (HubMood, u16, ProblemCode, &'static str);

fn asked(answer: &Answer, mood: &HubMood) -> Problem {
    assert_eq!(
        answer.header("content-type"),
        Some("application/problem+json"),
        "{mood:?}: {answer:?}"
    );
    answer.json()
}

fn refusals() -> Vec<Refusal> {
    let refuses = |status| HubMood::Refuses(status, WORDS.to_owned());
    let html = |status| HubMood::SaysHtml(status, "<h1>Bad gateway</h1>".to_owned());
    vec![
        (refuses(429), 429, TooManyRequests, WORDS),
        (refuses(400), 400, HubRefused, WORDS),
        (refuses(500), 502, HubFailed, WORDS),
        (refuses(403), 502, HubFailed, WORDS),
        (refuses(401), 502, HubFailed, WORDS),
        (html(401), 502, HubFailed, "does not let the dashboard in"),
        (html(404), 502, HubFailed, "has no chat"),
        (html(429), 429, TooManyRequests, "no more questions"),
        (html(400), 400, HubRefused, "does not take"),
        (html(502), 502, HubFailed, "HTTP 502"),
        (html(200), 502, HubFailed, "makes no sense"),
        (HubMood::Packed, 502, HubFailed, "makes no sense"),
        (HubMood::JunkEvents, 502, HubFailed, "makes no sense"),
        (HubMood::NoSuccess(WORDS.to_owned()), 502, HubFailed, WORDS),
        (
            HubMood::FailsAfter(String::new(), WORDS.to_owned()),
            502,
            HubFailed,
            WORDS,
        ),
        (
            HubMood::BreaksAfter(String::new()),
            502,
            HubFailed,
            "broke off",
        ),
        (HubMood::NeverAnswers, 504, HubTimeout, "took too long"),
    ]
}

async fn before_an_answer_begins_it_is_a_problem(hub: &Hub) {
    let stub = StubHub::start(HubMood::NeverAnswers).await;
    let talk = Talk::with(&stub).impatient(300);
    let api = Api::chatting(hub, &Moment::new(NOW), talk).await;
    for (mood, status, code, said) in refusals() {
        stub.is(mood.clone());
        for path in paths::ASKED {
            let answer = api.post(path, r#"{"message": "Hello?"}"#).await;
            let problem = asked(&answer, &mood);
            assert_eq!(
                (problem.status, problem.code),
                (status, code),
                "{mood:?} {path}"
            );
            assert!(
                problem.detail.contains(said),
                "{mood:?} {path}: {}",
                problem.detail
            );
            assert!(!problem.detail.contains('<'), "{}", problem.detail);
            let comes_back = matches!(mood, HubMood::Refuses(429, _)).then_some("7");
            assert_eq!(answer.header("retry-after"), comes_back, "{mood:?}");
        }
    }
}

async fn once_it_has_begun_it_is_an_event(hub: &Hub) {
    let stub = StubHub::start(HubMood::NeverAnswers).await;
    let talk = Talk::with(&stub).impatient(300);
    let api = Api::chatting(hub, &Moment::new(NOW), talk).await;
    let some = || "ab".to_owned();
    for (mood, said) in [
        (HubMood::FallsSilentAfter(some()), "took too long"),
        (HubMood::BreaksAfter(some()), "broke off"),
        (HubMood::EndsWithoutDone(some()), "broke off"),
        (HubMood::FailsAfter(some(), WORDS.to_owned()), WORDS),
    ] {
        stub.is(mood.clone());
        let (text, last) = Answering::to(&api, "Hello?").await.all().await;
        assert_eq!(text, "ab", "{mood:?}");
        let Said::Error(error) = last else {
            panic!("{mood:?}: {last:?}");
        };
        assert!(error.contains(said), "{mood:?}: {error}");
    }
}

/// Each letter comes long before anybody loses patience, and the end never comes.
async fn an_answer_that_only_dribbles_is_ended(hub: &Hub) {
    let stub = StubHub::start(HubMood::AnswersWhenTold("drip ".repeat(8_000))).await;
    let mut talk = Talk::with(&stub);
    talk.limits.duration = Duration::from_millis(500);
    let api = Api::chatting(hub, &Moment::new(NOW), talk).await;
    stub.go_on(1);
    let mut answer = Answering::to(&api, "Hello?").await;
    let last = loop {
        match answer.next().await {
            Some(Said::Token(_)) => stub.go_on(1),
            Some(Said::Heartbeat) => {}
            last => break last,
        }
    };
    let Some(Said::Error(words)) = last else {
        panic!("{last:?}");
    };
    assert!(words.contains("took too long"), "{words}");
    assert_eq!(answer.next().await, None);
    stub.left().await;
}

async fn questions_are_sent_nowhere_else(hub: &Hub) {
    let elsewhere = StubHub::start(HubMood::Answers("from elsewhere".to_owned())).await;
    let to = format!("{}{}", elsewhere.url(), paths::ASK);
    let stub = StubHub::start(HubMood::Redirects(to)).await;
    let api = Api::chatting(hub, &Moment::new(NOW), Talk::with(&stub)).await;
    for path in paths::ASKED {
        let answer = api.post(path, r#"{"message": "Hello?"}"#).await;
        let problem: Problem = answer.json();
        assert_eq!(
            (problem.status, problem.code),
            (502, ProblemCode::HubFailed)
        );
        assert!(problem.detail.contains("elsewhere"), "{}", problem.detail);
    }
    assert!(elsewhere.asked_already().await.is_none());
}

async fn a_hub_that_is_not_there(hub: &Hub) {
    let gone = testkit::free_port();
    let talk = Talk::at(&format!("http://127.0.0.1:{gone}"));
    let api = Api::chatting(hub, &Moment::new(NOW), talk).await;
    for path in paths::ASKED {
        let problem: Problem = api.post(path, r#"{"message": "Hello?"}"#).await.json();
        assert_eq!(
            (problem.status, problem.code),
            (502, ProblemCode::HubUnreachable)
        );
        assert!(!problem.detail.contains("127.0.0.1"), "{}", problem.detail);
    }
    // Nor can anybody be reached where packets are lost on the way.
    let mut talk = Talk::at("http://192.0.2.1:9");
    talk.limits.connect = Duration::from_millis(50);
    let api = Api::chatting(hub, &Moment::new(NOW), talk).await;
    let problem: Problem = api
        .post(paths::ASK, r#"{"message": "Hello?"}"#)
        .await
        .json();
    assert_eq!(
        (problem.status, problem.code),
        (502, ProblemCode::HubUnreachable)
    );
}

async fn too_much_is_cut_and_said_so(hub: &Hub) {
    let stub = StubHub::start(HubMood::TooMuch(MUCH)).await;
    let api = Api::chatting(hub, &Moment::new(NOW), Talk::with(&stub)).await;
    let (text, last) = Answering::to(&api, "Hello?").await.all().await;
    assert_eq!(text.len(), 1024 * 1024);
    assert!(
        matches!(&last, Said::Error(words) if words.contains("1024 KiB")),
        "{last:?}"
    );
    stub.left().await;
    for mood in [HubMood::TooMuch(MUCH), HubMood::GiantEvent(MUCH)] {
        stub.is(mood.clone());
        let path = match mood {
            HubMood::GiantEvent(_) => paths::ASK_STREAM,
            _ => paths::ASK,
        };
        let answer = api.post(path, r#"{"message": "Hello?"}"#).await;
        let problem = asked(&answer, &mood);
        assert_eq!(
            (problem.status, problem.code),
            (502, ProblemCode::HubFailed)
        );
        stub.left().await;
    }
}

async fn broken_letters_are_replaced(hub: &Hub) {
    let stub = StubHub::start(HubMood::BrokenLetters).await;
    let api = Api::chatting(hub, &Moment::new(NOW), Talk::with(&stub)).await;
    let (text, last) = Answering::to(&api, "Hello?").await.all().await;
    assert_eq!(text, "a\u{fffd}\u{fffd}b");
    assert!(matches!(last, Said::Done(_)), "{last:?}");
    let answer = api.post(paths::ASK, r#"{"message": "Hello?"}"#).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.text().contains("a\u{fffd}\u{fffd}b"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn problems() {
    told(Kind::Embedded, before_an_answer_begins_it_is_a_problem).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn events() {
    told(Kind::Embedded, once_it_has_begun_it_is_an_event).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn dribbling() {
    told(Kind::Embedded, an_answer_that_only_dribbles_is_ended).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn redirects() {
    told(Kind::Embedded, questions_are_sent_nowhere_else).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_there() {
    told(Kind::Embedded, a_hub_that_is_not_there).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn too_much() {
    told(Kind::Embedded, too_much_is_cut_and_said_so).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn letters() {
    told(Kind::Embedded, broken_letters_are_replaced).await;
}
