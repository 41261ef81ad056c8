//! Lists: single calls, one call, servers and users; and the SQL that goes with each.

use hub_sim::AuditRow;
use shared_types::paths;
use timeline::MINUTE;

use super::agree::run;
use super::{ask, assisted, is_understood, printed};
use crate::figures::{NOW, rows};
use crate::world::{Hub, Kind, Moment, on_every_hub};

on_every_hub!(
    single_calls_are_those_of_the_feed,
    one_call_is_told_without_its_secrets,
    servers_that_are_not_well_are_told,
    a_comparison_is_the_cards_own,
);

async fn single_calls_are_those_of_the_feed(hub: &Hub) {
    let moment = Moment::new(NOW);
    hub.insert(&rows::a_month(moment.now())).await;
    let api = assisted(hub, &moment).await;
    for (question, feed) in [
        ("last 5 calls", "limit=5"),
        ("last 5 failed calls", "limit=5&status=error"),
        ("last 5 errors", "limit=5&outcome=error"),
        ("last 3 blocked calls", "limit=3&status=blocked"),
    ] {
        let answer = ask(&api, "Asia/Kolkata", question).await;
        assert!(is_understood(&answer), "{question}: {}", answer.answer);
        let expected = api.activity(feed).await.activities;
        let expected: Vec<String> = expected.iter().map(|call| call.id.to_string()).collect();
        let table = printed::table(&answer.answer);
        let told = table.iter().map(|row| id_of(&row[0]));
        let told: Vec<String> = told.collect();
        assert_eq!(told, expected, "{question}: {}", answer.answer);
        let sql = printed::sql(&answer.answer).unwrap();
        assert_eq!(run(hub, &sql).await.len(), told.len(), "{question}: {sql}");
    }
    for question in [
        "slowest calls last 7 days",
        "most expensive calls last 7 days",
    ] {
        let answer = ask(&api, "UTC", question).await;
        assert!(is_understood(&answer), "{question}: {}", answer.answer);
        assert!(
            printed::table(&answer.answer).len() > 2,
            "{}",
            answer.answer
        );
        run(hub, &printed::sql(&answer.answer).unwrap()).await;
    }
}

/// Of `[#12](?call=12)`.
fn id_of(cell: &str) -> String {
    let id = cell.trim_start_matches("[#");
    id.split(']').next().unwrap().to_owned()
}

async fn one_call_is_told_without_its_secrets(hub: &Hub) {
    let moment = Moment::new(NOW);
    let text = Some("use password=hunter2secret for it".to_owned());
    let row = AuditRow {
        at: moment.now() - MINUTE,
        question: text.clone(),
        message: text.clone(),
        message_preview: text,
        duration_ms: Some(1_234),
        ..AuditRow::default()
    };
    let id = hub.insert(&[row]).await[0];
    let api = assisted(hub, &moment).await;
    for question in [
        format!("what happened in call {id}?"),
        "last 5 calls".to_owned(),
    ] {
        let answer = ask(&api, "UTC", &question).await;
        assert!(answer.answer.contains("1.2 s"), "{}", answer.answer);
        assert!(
            !answer.answer.contains("hunter2secret"),
            "{}",
            answer.answer
        );
    }
    let answer = ask(&api, "UTC", "what happened in call 999999?").await;
    assert!(
        answer.answer.contains("no call #999999"),
        "{}",
        answer.answer
    );
}

async fn servers_that_are_not_well_are_told(hub: &Hub) {
    let moment = Moment::new(NOW);
    hub.set_servers(&[("Git MCP", true), ("Time MCP", true), ("Old MCP", false)])
        .await;
    let ill = if matches!(hub.kind, Kind::Embedded | Kind::A) {
        "is_healthy = FALSE"
    } else {
        "health_status = 'unhealthy'"
    };
    hub.run(&format!(
        "UPDATE omni2.mcp_servers SET {ill} WHERE name = 'Time MCP'"
    ))
    .await;
    let api = assisted(hub, &moment).await;
    let answer = ask(&api, "UTC", "which servers are down?").await;
    assert!(is_understood(&answer), "{}", answer.answer);
    let table = printed::table(&answer.answer);
    assert_eq!(table.len(), 1, "{}", answer.answer);
    assert_eq!((&*table[0][0], &*table[0][2]), ("Time MCP", "unhealthy"));
    let answer = ask(&api, "UTC", "how many servers are active?").await;
    assert_eq!(printed::bold(&answer.answer)[0], "2 of 3");
    let sql = printed::sql(&answer.answer).unwrap();
    assert_eq!(run(hub, &sql).await.len(), 3, "{sql}");
}

async fn a_comparison_is_the_cards_own(hub: &Hub) {
    let moment = Moment::new(NOW);
    hub.insert(&rows::a_month(moment.now())).await;
    let api = assisted(hub, &moment).await;
    let cards = api
        .json(&format!("{}?tz=Europe/Berlin", paths::STATS))
        .await;
    let before = cards["yesterday"]["queries"].as_u64().unwrap();
    let today = cards["queries_today"].as_u64().unwrap();
    let answer = ask(&api, "Europe/Berlin", "queries today vs yesterday").await;
    let way = if today > before { "more" } else { "less" };
    let said = format!("{way}** than yesterday at this time (");
    assert!(answer.answer.contains(&said), "{}", answer.answer);
    let (_, rest) = answer.answer.split_once(&said).unwrap();
    let told = rest.split(')').next().unwrap();
    assert!(
        printed::agrees(told, Some(before as f64)),
        "{}",
        answer.answer
    );
}
