//! A language model that does not behave: what somebody who asks is told.

use serde_json::Value;
use shared_types::ProblemCode::{ModelFailed, ModelTimeout, TooManyRequests};
use shared_types::{ChatDone, Problem, ProblemCode, paths};
use testkit::{ModelMood, StubModel};

use crate::world::{Answering, Api, Hub, Kind, Moment, Said, Talk, told};

const NOW: &str = "2026-06-17T22:47:21Z";
const KEY: &str = "what-opens-the-model";
const WORDS: &str = "The model is overloaded.";

/// The body of the next request to the model.
async fn request(model: &StubModel) -> Value {
    serde_json::from_str(&model.asked().await.body).unwrap()
}

async fn it_cannot_ask_for_ever(hub: &Hub) {
    let model = StubModel::start(ModelMood::AsksForEver("today".to_owned())).await;
    let api = Api::chatting(hub, &Moment::new(NOW), Talk::with_model(&model)).await;
    let problem: Problem = api
        .post(paths::ASK, r#"{"message": "Hello?"}"#)
        .await
        .json();
    assert_eq!(
        (problem.status, problem.code),
        (502, ProblemCode::ModelFailed)
    );
    for _ in 1..8 {
        assert!(request(&model).await.get("tool_choice").is_none());
    }
    assert_eq!(request(&model).await["tool_choice"], "none");
    assert!(
        model.asked_already().await.is_none(),
        "eight rounds and no more"
    );
}

async fn trouble_is_told(hub: &Hub) {
    let model = StubModel::start(ModelMood::NeverAnswers).await;
    let talk = Talk::with_model(&model).impatient(300);
    let api = Api::chatting(hub, &Moment::new(NOW), talk).await;
    let refuses = |status, words: &str| ModelMood::Refuses(status, words.to_owned());
    let wrong_key = format!("Incorrect API key provided: {KEY}");
    for (mood, status, code, said) in [
        (
            refuses(401, &wrong_key),
            502,
            ModelFailed,
            "does not let the dashboard in",
        ),
        (refuses(400, WORDS), 502, ModelFailed, WORDS),
        (refuses(400, &wrong_key), 502, ModelFailed, "HTTP 400"),
        (refuses(429, WORDS), 429, TooManyRequests, WORDS),
        (refuses(500, WORDS), 502, ModelFailed, WORDS),
        (
            ModelMood::FailsAfter(String::new(), WORDS.to_owned()),
            502,
            ModelFailed,
            WORDS,
        ),
        (ModelMood::NeverAnswers, 504, ModelTimeout, "took too long"),
    ] {
        model.is(mood.clone());
        for path in paths::ASKED {
            let answer = api.post(path, r#"{"message": "Hello?"}"#).await;
            assert!(!answer.text().contains(KEY), "{}", answer.text());
            let problem: Problem = answer.json();
            assert_eq!((problem.status, problem.code), (status, code), "{mood:?}");
            assert!(
                problem.detail.contains(said),
                "{mood:?}: {}",
                problem.detail
            );
        }
    }
    let some = || "ab".to_owned();
    for (mood, said) in [
        (ModelMood::FallsSilentAfter(some()), "took too long"),
        (ModelMood::BreaksAfter(some()), "broke off"),
        (ModelMood::EndsWithoutDone(some()), "broke off"),
        (ModelMood::FailsAfter(some(), WORDS.to_owned()), WORDS),
    ] {
        model.is(mood.clone());
        let (text, last) = Answering::to(&api, "Hello?").await.all().await;
        assert_eq!(text, "ab", "{mood:?}");
        assert!(
            matches!(&last, Said::Error(words) if words.contains(said)),
            "{mood:?}: {last:?}"
        );
    }
    model.is(ModelMood::StopsShort(some()));
    let (_, last) = Answering::to(&api, "Hello?").await.all().await;
    let Said::Done(ChatDone {
        warning: Some(warning),
        ..
    }) = last
    else {
        panic!("{last:?}");
    };
    assert!(warning.contains("too long"), "{warning}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rounds() {
    told(Kind::Embedded, it_cannot_ask_for_ever).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn trouble() {
    told(Kind::Embedded, trouble_is_told).await;
}
