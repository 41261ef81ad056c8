//! What the assistant says when there is nothing to say, and of names that play tricks.

use hub_sim::AuditRow;
use shared_types::ChatAnswer;
use timeline::MINUTE;

use super::{alone, ask, assisted, is_understood, printed};
use crate::figures::NOW;
use crate::world::{Api, Hub, Moment, on_every_hub};

on_every_hub!(
    an_unknown_name_is_never_answered_with_a_wider_figure,
    names_break_nothing,
    before_there_are_figures_it_says_so,
);

async fn an_unknown_name_is_never_answered_with_a_wider_figure(hub: &Hub) {
    let moment = Moment::new(NOW);
    hub.insert(&calls(&moment, "Git MCP")).await;
    let api = assisted(hub, &moment).await;
    for question in [
        "errors on Zeppelin MCP today",
        "what did zaphod spend today",
        "how often was the tool frobnicate called today",
        "queries of nobody@nowhere.invalid last 7 days",
    ] {
        let answer = ask(&api, "UTC", question).await;
        assert!(!is_understood(&answer), "{question}: {}", answer.answer);
        assert!(!answer.suggestions.is_empty(), "{question}");
    }
    let typo = ask(&api, "UTC", "queries on Gti MCP today").await;
    assert!(is_understood(&typo), "{}", typo.answer);
    assert!(
        printed::bold(&typo.answer)[0].starts_with("3 "),
        "{}",
        typo.answer
    );
}

async fn names_break_nothing(hub: &Hub) {
    let moment = Moment::new(NOW);
    for name in ["a|b*c", "<img src=x>", "`tick`", "it's \\ 'quoted'"] {
        hub.insert(&calls(&moment, name)).await;
    }
    let api = assisted(hub, &moment).await;
    let answer = ask(&api, "UTC", "queries by server today").await;
    for shown in [
        "| a\\|b\\*c | 3 |",
        "| \\<img src=x\\> | 3 |",
        "| \\`tick\\` | 3 |",
    ] {
        assert!(answer.answer.contains(shown), "{shown}: {}", answer.answer);
    }
    let answer = ask(
        &api,
        "UTC",
        "queries by user that mention \"' OR 1=1; --\" today",
    )
    .await;
    let sql = printed::sql(&answer.answer);
    if let Some(sql) = sql {
        assert!(sql.contains("''"), "{sql}");
    }
}

async fn before_there_are_figures_it_says_so(hub: &Hub) {
    let moment = Moment::new(NOW);
    let api = Api::idle_with(&hub.database(), &moment, alone());
    let answer: ChatAnswer = ask(&api, "UTC", "how many queries today?").await;
    assert!(
        answer.answer.contains("no figures yet"),
        "{}",
        answer.answer
    );
    assert!(answer.warning.is_some());
    let help = ask(&api, "UTC", "/help").await;
    assert!(!help.answer.is_empty());
}

fn calls(moment: &Moment, server: &str) -> Vec<AuditRow> {
    let call = |n: i64| AuditRow {
        at: moment.now() - n * MINUTE,
        user_id: Some(1),
        mcp_target: Some(server.to_owned()),
        tool: Some("log".to_owned()),
        duration_ms: Some(10 * n),
        ..AuditRow::default()
    };
    (1..=3).map(call).collect()
}
