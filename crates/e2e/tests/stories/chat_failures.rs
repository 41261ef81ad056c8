//! Questions that get no answer: nothing that was written is lost, and it says why.

use e2e::{Device, Viewer};
use testkit::HubMood;

use crate::chat::{ask, at_chat, until_answer, until_end, until_gone, until_there, with_hub};
use crate::ranges::picture;

const FIELD: &str = "document.querySelector('[data-testid=chat-field]')";
const WHY: &str = "(document.querySelector('[data-testid=turn-failed]')?.textContent ?? '')";
const PROBLEM: &str = "document.querySelector('[data-testid=chat-problem]').textContent";

async fn until_why(viewer: &Viewer, words: &str) {
    let told = format!("{WHY}.includes({})", serde_json::Value::from(words));
    viewer.until(&format!("it says why: {words}"), &told).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_that_failed_stays_with_the_reason_and_is_asked_again() {
    let limit = HubMood::Refuses(429, "You may ask 10 questions an hour.".to_owned());
    let Some((world, hub)) = with_hub(limit).await else {
        return;
    };
    let viewer = at_chat(&world, Device::DESK).await;
    ask(&viewer, "How many?").await;
    until_end(&viewer, "failed").await;
    until_why(&viewer, "You may ask 10 questions an hour.").await;
    let question =
        "document.querySelector('[data-testid=question]').textContent.trim() === 'How many?'";
    viewer.until("the question is still there", question).await;
    picture(&viewer, Device::DESK, "chat-failed").await;
    hub.is(HubMood::Answers("Ten".to_owned()));
    viewer.click_on("[data-testid=chat-retry]").await;
    until_answer(&viewer, "Ten").await;
    until_end(&viewer, "whole").await;
    let one = "document.querySelectorAll('[data-testid=turn]').length === 1";
    viewer.until("it is the same question", one).await;
    // A refusal is a failed request to the browser, which says so in its console.
    viewer.forgive();
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_had_come_stays_when_an_answer_breaks() {
    let Some((world, hub)) = with_hub(HubMood::BreaksAfter("The first half".to_owned())).await
    else {
        return;
    };
    let viewer = at_chat(&world, Device::DESK).await;
    ask(&viewer, "All of it?").await;
    until_end(&viewer, "failed").await;
    until_answer(&viewer, "The first half").await;
    hub.is(HubMood::FailsAfter(
        "Half".to_owned(),
        "The model is tired.".to_owned(),
    ));
    viewer.click_on("[data-testid=chat-retry]").await;
    until_why(&viewer, "The model is tired.").await;
    until_answer(&viewer, "Half").await;
    // And when the connection to the page breaks.
    hub.is(HubMood::AnswersWhenTold("Cut off".to_owned()));
    viewer.click_on("[data-testid=chat-retry]").await;
    hub.go_on(3);
    until_answer(&viewer, "Cut").await;
    world.gateway.pass_streams(false);
    until_end(&viewer, "failed").await;
    until_answer(&viewer, "Cut").await;
    viewer.forgive();
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_network_it_says_so_and_keeps_the_question() {
    let Some((world, _hub)) = with_hub(HubMood::Answers("Back".to_owned())).await else {
        return;
    };
    let viewer = at_chat(&world, Device::DESK).await;
    until_there(&viewer, "[data-testid=chat-greeting]").await;
    viewer.unplug(true).await;
    ask(&viewer, "Anybody?").await;
    until_why(&viewer, "offline").await;
    viewer.unplug(false).await;
    viewer.click_on("[data-testid=chat-retry]").await;
    until_answer(&viewer, "Back").await;
    viewer.forgive();
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_answers_can_be_asked_for_again() {
    let Some((world, _hub)) = with_hub(HubMood::Answers("Hi".to_owned())).await else {
        return;
    };
    world.gateway.refuse("/api/v1/chat");
    let viewer = at_chat(&world, Device::DESK).await;
    until_there(&viewer, "[data-testid=chat-failed]").await;
    picture(&viewer, Device::DESK, "chat-nobody").await;
    world.gateway.allow_all();
    viewer.click_on("[data-testid=chat-failed] button").await;
    until_there(&viewer, "[data-testid=chat-greeting]").await;
    viewer.forgive();
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chat_that_could_not_be_fetched_is_fetched_again() {
    let Some((world, _hub)) = with_hub(HubMood::Answers("Hi".to_owned())).await else {
        return;
    };
    let viewer = world.viewer(Device::DESK).await;
    viewer.until_state("live").await;
    world.gateway.refuse(".wasm");
    viewer.click_on("[data-testid=chat-open]").await;
    until_there(&viewer, ".chat-place [role=alert]").await;
    world.gateway.allow_all();
    viewer.click_on(".chat-place button").await;
    crate::chat::until_open(&viewer).await;
    viewer.forgive();
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_and_too_much_are_refused_where_they_are_written() {
    let Some((world, hub)) = with_hub(HubMood::Answers("Fine".to_owned())).await else {
        return;
    };
    let viewer = at_chat(&world, Device::DESK).await;
    viewer.press("Enter").await;
    let empty = format!("{PROBLEM} === 'Write a question first.'");
    viewer.until("there is nothing to send", &empty).await;
    // As pasted: two bytes a letter, one letter too many.
    let paste = format!(
        "(() => {{
            {FIELD}.focus();
            document.execCommand('insertText', false, 'ß'.repeat(8193));
            return {FIELD}.value.length;
        }})()"
    );
    assert_eq!(viewer.read(&paste).await, 8193);
    let long =
        format!("{PROBLEM}.includes('Too long by 2 bytes') && {FIELD}.ariaInvalid === 'true'");
    viewer.until("it says by how much", &long).await;
    viewer.press("Enter").await;
    viewer.until("it is not sent", &long).await;
    until_gone(&viewer, "[data-testid=turn]").await;
    assert!(hub.asked_already().await.is_none());
    viewer.press("Backspace").await;
    let fits = format!(
        "{PROBLEM} === '' && document.querySelector('[data-testid=chat-count]').textContent.startsWith('16.00 of 16')"
    );
    viewer.until("it fits", &fits).await;
    viewer.press("Enter").await;
    until_end(&viewer, "whole").await;
    viewer.leave().await;
}
