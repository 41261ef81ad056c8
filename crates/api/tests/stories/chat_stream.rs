//! An answer of the hub as it comes: letter by letter, and no longer than somebody reads it.

use shared_types::{ChatAbout, ChatAnswer, ChatBackend, ChatDone, paths};
use testkit::{HubMood, StubHub};

use crate::world::{Answering, Api, Hub, Kind, Moment, Said, Talk, told, until};

const NOW: &str = "2026-06-17T13:47:21Z";

fn end() -> ChatDone {
    ChatDone {
        tools_used: vec!["list_repos".to_owned(), "get_stats".to_owned()],
        tool_calls: 3,
        iterations: 2,
        warning: None,
        suggestions: Vec::new(),
    }
}

fn token(letter: &str) -> Said {
    Said::Token(letter.to_owned())
}

async fn every_letter_arrives_before_the_next_is_sent(hub: &Hub) {
    let stub = StubHub::start(HubMood::AnswersWhenTold("né€🦀".to_owned())).await;
    let api = Api::chatting(hub, &Moment::new(NOW), Talk::with(&stub)).await;
    stub.go_on(1);
    let mut answer = Answering::to(&api, "Hello?").await;
    assert_eq!(answer.headers["content-type"], "text/event-stream");
    assert_eq!(answer.headers["cache-control"], "no-store");
    let coding = answer.headers.get("content-encoding");
    assert!(coding.is_none_or(|coding| coding == "identity"));
    assert_eq!(answer.next().await, Some(token("n")));
    for letter in ["é", "€", "🦀"] {
        stub.go_on(1);
        assert_eq!(answer.next().await, Some(token(letter)));
    }
    stub.go_on(1);
    assert_eq!(answer.next().await, Some(Said::Done(end())));
    assert_eq!(answer.next().await, None);
}

async fn an_answer_in_one_piece_is_the_same(hub: &Hub) {
    let text = "# Two\n\n| a | b |\n| --- | --- |\n| \"1\" | 2 |\n";
    let stub = StubHub::start(HubMood::Answers(text.to_owned())).await;
    let api = Api::chatting(hub, &Moment::new(NOW), Talk::with(&stub)).await;
    for mood in [
        HubMood::Answers(text.to_owned()),
        HubMood::Dribbles(text.to_owned()),
        HubMood::CannotStream(text.to_owned()),
        HubMood::OnePiece(text.to_owned()),
    ] {
        stub.is(mood.clone());
        let answer = api.post(paths::ASK, r#"{"message": " Hello? "}"#).await;
        assert_eq!(answer.status, 200, "{mood:?}");
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        let answer: ChatAnswer = answer.json();
        let done = end();
        let whole = ChatAnswer {
            success: true,
            answer: text.to_owned(),
            tool_calls: done.tool_calls,
            tools_used: done.tools_used.clone(),
            iterations: done.iterations,
            ..ChatAnswer::default()
        };
        assert_eq!(answer, whole, "{mood:?}");
        let streamed = Answering::to(&api, "Hello?").await.all().await;
        assert_eq!(streamed, (text.to_owned(), Said::Done(done)), "{mood:?}");
    }
}

async fn the_hub_is_told_when_nobody_reads_any_more(hub: &Hub) {
    let stub = StubHub::start(HubMood::FallsSilentAfter("ab".to_owned())).await;
    let api = Api::chatting(hub, &Moment::new(NOW), Talk::with(&stub)).await;
    // In the middle of an answer,
    let mut answer = Answering::to(&api, "Hello?").await;
    assert_eq!(answer.next().await, Some(token("a")));
    assert_eq!(answer.next().await, Some(token("b")));
    stub.asked().await;
    drop(answer);
    stub.left().await;
    // before it has begun,
    stub.is(HubMood::NeverAnswers);
    for path in paths::ASKED {
        let question = api.client.post(format!("{}{path}", api.url));
        let question = question.json(&serde_json::json!({ "message": "Hello?" }));
        let asking = tokio::spawn(question.send());
        stub.asked().await;
        asking.abort();
        stub.left().await;
    }
    // and it is counted.
    let line = r#"omni2_chat_answers_total{backend="hub",end="left"} 3"#;
    until("three answers to be given up", async || {
        let text = api.get(paths::METRICS).await.text().to_owned();
        let open = r#"omni2_chat_open_answers{backend="hub"} 0"#;
        (text.contains(line) && text.contains(open)).then_some(())
    })
    .await;
}

async fn so_many_at_once_and_no_more(hub: &Hub) {
    let stub = StubHub::start(HubMood::FallsSilentAfter("a".to_owned())).await;
    let mut talk = Talk::with(&stub);
    talk.limits.answers = 2;
    let api = Api::chatting(hub, &Moment::new(NOW), talk).await;
    let mut first = Answering::to(&api, "One?").await;
    assert_eq!(first.next().await, Some(token("a")));
    let second = Answering::to(&api, "Two?").await;
    for path in paths::ASKED {
        let refused = api.post(path, r#"{"message": "Three?"}"#).await;
        assert_eq!(refused.status, 503);
        assert_eq!(refused.header("retry-after"), Some("5"));
        assert!(refused.text().contains("too_many_chats"), "{refused:?}");
    }
    // Whoever goes makes room, and so does whoever has been answered.
    drop(second);
    stub.left().await;
    stub.is(HubMood::Answers("b".to_owned()));
    for _ in 0..3 {
        assert_eq!(Answering::to(&api, "Three?").await.all().await.0, "b");
    }
    let metrics = api.get(paths::METRICS).await;
    for line in [
        r#"omni2_chat_answers_total{backend="hub",end="answered"} 3"#,
        r#"omni2_chat_open_answers{backend="hub"} 1"#,
    ] {
        assert!(metrics.text().contains(line), "{}", metrics.text());
    }
}

async fn it_ends_with_the_server(hub: &Hub) {
    let stub = StubHub::start(HubMood::FallsSilentAfter("a".to_owned())).await;
    let api = Api::chatting(hub, &Moment::new(NOW), Talk::with(&stub)).await;
    let answer = Answering::to(&api, "Hello?").await;
    let ((), (text, last)) = tokio::join!(api.stop(), answer.all());
    assert_eq!(text, "a");
    assert!(
        matches!(&last, Said::Error(words) if words.contains("restarted")),
        "{last:?}"
    );
    stub.left().await;
}

async fn it_says_who_answers(hub: &Hub) {
    let api = Api::live(hub, &Moment::new(NOW)).await;
    let about: ChatAbout = api.read(paths::CHAT).await;
    assert_eq!(about.backend, ChatBackend::Hub);
    assert!(about.suggestions.len() >= 3 && !about.name.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn letters() {
    told(Kind::Embedded, every_letter_arrives_before_the_next_is_sent).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_one_piece() {
    told(Kind::Embedded, an_answer_in_one_piece_is_the_same).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn going_away() {
    told(Kind::Embedded, the_hub_is_told_when_nobody_reads_any_more).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn crowds() {
    told(Kind::Embedded, so_many_at_once_and_no_more).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_end() {
    told(Kind::Embedded, it_ends_with_the_server).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_answers() {
    told(Kind::Embedded, it_says_who_answers).await;
}
