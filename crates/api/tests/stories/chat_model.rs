//! A language model that asks the dashboard for figures before it answers.

use hub_sim::AuditRow;
use serde_json::{Value, json};
use shared_types::{
    ActivityPage, CallDetail, ChatAbout, ChatAnswer, ChatBackend, ChatDone, CostChart, Stats, paths,
};
use testkit::{ModelMood, Spelling, StubModel};
use timeline::MINUTE;

use crate::world::{Answering, Api, Hub, Kind, Moment, Said, Talk, told};

const NOW: &str = "2026-06-17T22:47:21Z";
const KEY: &str = "what-opens-the-model";

async fn with_calls(hub: &Hub, moment: &Moment) {
    let row = |n: i64| AuditRow {
        at: moment.now() - n * MINUTE,
        mcp_target: Some("Git MCP".to_owned()),
        cost: Some("0.25".to_owned()),
        success: n % 4 != 0,
        question: Some("Who broke the build?".to_owned()),
        ..AuditRow::default()
    };
    hub.insert(&(1..=20).map(row).collect::<Vec<_>>()).await;
}

fn call(name: &str, arguments: Value) -> (String, Value) {
    (name.to_owned(), arguments)
}

/// The body of the next request to the model.
async fn request(model: &StubModel) -> Value {
    serde_json::from_str(&model.asked().await.body).unwrap()
}

async fn it_answers_from_the_figures_however_it_spells_its_calls(hub: &Hub) {
    let moment = Moment::new(NOW);
    with_calls(hub, &moment).await;
    let calls = vec![
        call("today", json!({})),
        call("chart", json!({ "what": "cost", "range": "7d" })),
        call("calls", json!({ "limit": 2, "errors_only": true })),
        call("call", json!({ "id": 1 })),
    ];
    let model = StubModel::start(ModelMood::Answers(String::new())).await;
    let api = Api::chatting(hub, &moment, Talk::with_model(&model)).await;
    for spelling in [Spelling::Fragments, Spelling::AtOnce, Spelling::OnePiece] {
        model.is(ModelMood::Asks(String::new(), calls.clone(), spelling));
        let question = json!({ "message": "How is today going?" });
        let answer = Answering::asked(&api, "Europe/Berlin", &question).await;
        let (text, last) = answer.all().await;
        // The model repeats what it was told: the very answers that the page gets.
        let told: Vec<&str> = text.lines().collect();
        assert_eq!(told.len(), 4, "{spelling:?}: {text}");
        let zone = "tz=Europe/Berlin";
        let stats: Stats = api.read(&format!("{}?{zone}", paths::STATS)).await;
        assert_eq!(serde_json::from_str::<Stats>(told[0]).unwrap(), stats);
        let cost: CostChart = api.read(&format!("{}?{zone}&range=7d", paths::COST)).await;
        assert_eq!(serde_json::from_str::<CostChart>(told[1]).unwrap(), cost);
        let failed = api.activity("limit=2&outcome=error").await;
        assert_eq!(
            serde_json::from_str::<ActivityPage>(told[2]).unwrap(),
            failed
        );
        let one: CallDetail = api.read(&paths::call(1)).await;
        assert_eq!(serde_json::from_str::<CallDetail>(told[3]).unwrap(), one);
        let done = ChatDone {
            tools_used: ["today", "chart", "calls", "call"]
                .map(str::to_owned)
                .to_vec(),
            tool_calls: 4,
            iterations: 2,
            ..ChatDone::default()
        };
        assert_eq!(last, Said::Done(done), "{spelling:?}");
    }
}

async fn it_tells_what_the_assistant_tells(hub: &Hub) {
    let moment = Moment::new(NOW);
    hub.set_users(&[(1, Some("ann@company.com")), (2, Some("bob@company.com"))])
        .await;
    let row = |n: i64| AuditRow {
        at: moment.now() - n * MINUTE,
        user_id: Some(1 + n % 2),
        mcp_target: Some("Git MCP".to_owned()),
        cost: Some("0.25".to_owned()),
        success: n % 4 != 0,
        ..AuditRow::default()
    };
    hub.insert(&(1..=20).map(row).collect::<Vec<_>>()).await;
    let mut alone = Talk::default();
    alone.config.hub = None;
    let assistant = Api::chatting(hub, &moment, alone).await;
    let model = StubModel::start(ModelMood::Answers(String::new())).await;
    let api = Api::chatting(hub, &moment, Talk::with_model(&model)).await;
    for (words, arguments) in [
        (
            "queries and cost by user today",
            json!({ "measures": ["queries", "cost"], "by": "user" }),
        ),
        (
            "errors of bob@company.com by server last 7 days",
            json!({ "measures": ["errors"], "by": "server", "user": "Bob@Company.com", "when": "7d" }),
        ),
    ] {
        let asked: ChatAnswer = assistant
            .post(paths::ASK, &json!({ "message": words }).to_string())
            .await
            .json();
        assert!(asked.answer.contains('|'), "a table: {}", asked.answer);
        for call in [
            call("figures", arguments),
            call("ask", json!({ "question": words })),
        ] {
            let mood = ModelMood::Asks(String::new(), vec![call.clone()], Spelling::Fragments);
            model.is(mood);
            let (text, _) = Answering::to(&api, "Tell me.").await.all().await;
            assert_eq!(text, asked.answer, "{call:?}");
        }
    }
    // A name that nobody has counts nothing: it is told instead, with those that there are.
    for (arguments, told) in [
        (json!({ "user": "eve@company.com" }), "bob@company.com"),
        (json!({ "server": "Gut MCP" }), "Git MCP"),
        (json!({ "measures": ["joy"] }), "`error_rate`"),
        (json!({ "measures": [] }), "one at least"),
        (
            json!({ "when": "7d", "from": "2026-06-01T00:00:00Z" }),
            "either",
        ),
    ] {
        let mut asked = json!({ "measures": ["queries"] });
        for (name, value) in arguments.as_object().unwrap() {
            asked[name] = value.clone();
        }
        let calls = vec![call("figures", asked)];
        model.is(ModelMood::Asks(String::new(), calls, Spelling::AtOnce));
        let (text, _) = Answering::to(&api, "Tell me.").await.all().await;
        assert!(text.contains(told), "{arguments}: {text}");
    }
}

async fn it_is_asked_in_the_protocol(hub: &Hub) {
    let model = StubModel::start(ModelMood::Answers("Fine.".to_owned())).await;
    let moment = Moment::new(NOW);
    let api = Api::chatting(hub, &moment, Talk::with_model(&model)).await;
    let about: ChatAbout = api.read(paths::CHAT).await;
    assert_eq!(about.backend, ChatBackend::Model);
    assert_eq!(about.name, "small-talk:7b");
    let question = json!({
        "message": "And now?",
        "history": [
            { "role": "user", "text": "How is it?" },
            { "role": "assistant", "text": "Fine." },
        ],
    });
    let answer = Answering::asked(&api, "Europe/Berlin", &question).await;
    assert_eq!(answer.all().await.0, "Fine.");
    let received = model.asked().await;
    assert_eq!(
        received.header("authorization"),
        Some(format!("Bearer {KEY}").as_str())
    );
    let body: Value = serde_json::from_str(&received.body).unwrap();
    assert_eq!(body["model"], "small-talk:7b");
    assert_eq!(body["stream"], true);
    let said = |n: usize| {
        (
            body["messages"][n]["role"].as_str(),
            body["messages"][n]["content"].as_str(),
        )
    };
    assert_eq!(said(0).0, Some("system"));
    let rules = said(0).1.unwrap();
    for rule in [
        "Never invent",
        "Thursday, 2026-06-18 00:47",
        "Europe/Berlin",
    ] {
        assert!(rules.contains(rule), "{rules}");
    }
    assert_eq!(said(1), (Some("user"), Some("How is it?")));
    assert_eq!(said(2), (Some("assistant"), Some("Fine.")));
    assert_eq!(said(3), (Some("user"), Some("And now?")));
    let tools = body["tools"].as_array().unwrap();
    assert_eq!(tools.len(), 6);
    for tool in tools {
        assert_eq!(tool["type"], "function");
        assert_eq!(tool["function"]["parameters"]["type"], "object");
    }
}

async fn calls_and_their_results_go_back_to_it(hub: &Hub) {
    let model = StubModel::start(ModelMood::Answers(String::new())).await;
    let api = Api::chatting(hub, &Moment::new(NOW), Talk::with_model(&model)).await;
    // Junk is told the model, which may ask better.
    let calls = vec![
        call("chart", json!({ "what": "weather" })),
        call("launch_rockets", json!({ "now": true })),
        call(
            "chart",
            json!({ "what": "cost", "range": "7d", "from": "2026-06-01T00:00:00Z" }),
        ),
        call("calls", json!({ "from": "yesterday" })),
        call("call", json!({ "id": 4711 })),
    ];
    model.is(ModelMood::Asks(
        "Let me look.".to_owned(),
        calls,
        Spelling::Fragments,
    ));
    let (text, last) = Answering::to(&api, "What is it?").await.all().await;
    assert!(text.starts_with("Let me look.\n\n"), "{text}");
    for told in [
        "Wrong arguments",
        "no such tool",
        "either `range` or `from`",
        "2026-01-26T10:30:00Z",
        "no call with this id",
    ] {
        assert!(text.contains(told), "{told}: {text}");
    }
    assert!(
        matches!(&last, Said::Done(done) if done.tool_calls == 5),
        "{last:?}"
    );
    request(&model).await;
    let second = request(&model).await;
    let messages = second["messages"].as_array().unwrap();
    let called = &messages[2];
    assert_eq!(
        (called["role"].as_str(), called["content"].as_str()),
        (Some("assistant"), Some("Let me look."))
    );
    for (n, call) in called["tool_calls"].as_array().unwrap().iter().enumerate() {
        assert_eq!(call["type"], "function");
        assert!(call["function"]["arguments"].is_string());
        assert_eq!(messages[3 + n]["role"], "tool");
        assert_eq!(messages[3 + n]["tool_call_id"], call["id"]);
    }
}

async fn it_streams_and_stops_when_nobody_reads(hub: &Hub) {
    let model = StubModel::start(ModelMood::AnswersWhenTold("né🦀".to_owned())).await;
    let api = Api::chatting(hub, &Moment::new(NOW), Talk::with_model(&model)).await;
    model.go_on(1);
    let mut answer = Answering::to(&api, "Hello?").await;
    assert_eq!(answer.next().await, Some(Said::Token("n".to_owned())));
    model.go_on(1);
    assert_eq!(answer.next().await, Some(Said::Token("é".to_owned())));
    drop(answer);
    model.left().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn figures() {
    told(
        Kind::Embedded,
        it_answers_from_the_figures_however_it_spells_its_calls,
    )
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn words() {
    told(Kind::Embedded, it_tells_what_the_assistant_tells).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn protocol() {
    told(Kind::Embedded, it_is_asked_in_the_protocol).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn results() {
    told(Kind::Embedded, calls_and_their_results_go_back_to_it).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn streaming() {
    told(Kind::Embedded, it_streams_and_stops_when_nobody_reads).await;
}
