//! Asking in words, and an answer that comes letter by letter.

use e2e::{Device, Viewer};
use testkit::{HubMood, StubHub};

use crate::pixels::calls;
use crate::ranges::picture;
use crate::world::World;

pub(crate) const CHAT: &str = "document.querySelector('[data-testid=chat]')";
const FIELD: &str = "document.querySelector('[data-testid=chat-field]')";
/// The text of the last answer, as it is read.
pub(crate) const ANSWER: &str =
    "([...document.querySelectorAll('[data-testid=answer]')].at(-1)?.innerText.trim() ?? '')";

/// A dashboard, and a hub in this mood to chat with; none where `PostgreSQL` is missing.
pub(crate) async fn with_hub(mood: HubMood) -> Option<(World, StubHub)> {
    let hub = StubHub::start(mood).await;
    let world = World::with_chat(&hub.url()).await?;
    Some((world, hub))
}

/// Somebody who has opened the chat.
pub(crate) async fn at_chat(world: &World, device: Device) -> Viewer {
    let viewer = world.viewer(device).await;
    open_chat(&viewer, device).await;
    viewer
}

/// Opens the chat once the page is live.
pub(crate) async fn open_chat(viewer: &Viewer, device: Device) {
    viewer.until_state("live").await;
    if device.touch {
        viewer.tap_on("[data-testid=chat-open]").await;
    } else {
        viewer.click_on("[data-testid=chat-open]").await;
    }
    until_open(viewer).await;
}

/// Waits until one can write, and the window has come to where it stays.
pub(crate) async fn until_open(viewer: &Viewer) {
    let open = format!(
        "{CHAT}?.dataset.state === 'open' && document.activeElement === {FIELD}
        && {CHAT}.getAnimations().every((one) => one.playState !== 'running')"
    );
    viewer
        .until("the chat is open, and one can write", &open)
        .await;
}

/// Writes a question and sends it.
pub(crate) async fn ask(viewer: &Viewer, question: &str) {
    viewer.write(question).await;
    viewer.press("Enter").await;
}

/// Waits until the last answer reads so.
pub(crate) async fn until_answer(viewer: &Viewer, text: &str) {
    let reads = format!("{ANSWER} === {}", serde_json::Value::from(text));
    viewer
        .until(&format!("the answer reads {text}"), &reads)
        .await;
}

/// Waits until the last answer stands so: `coming`, `whole`, `stopped` or `failed`.
pub(crate) async fn until_end(viewer: &Viewer, end: &str) {
    let stands = format!(
        "[...document.querySelectorAll('[data-testid=turn]')].at(-1)?.dataset.end === '{end}'"
    );
    viewer.until(&format!("the answer is {end}"), &stands).await;
}

/// Waits until there is something, by a CSS selector.
pub(crate) async fn until_there(viewer: &Viewer, selector: &str) {
    let there = format!("document.querySelector('{selector}') !== null");
    viewer.until(&format!("{selector} is there"), &there).await;
}

/// Waits until there is no such thing any more.
pub(crate) async fn until_gone(viewer: &Viewer, selector: &str) {
    let gone = format!("document.querySelector('{selector}') === null");
    viewer.until(&format!("{selector} is gone"), &gone).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_comes_letter_by_letter() {
    let mood = HubMood::AnswersWhenTold("Hello there".to_owned());
    let Some((world, hub)) = with_hub(mood).await else {
        return;
    };
    let viewer = at_chat(&world, Device::DESK).await;
    until_there(&viewer, "[data-testid=chat-greeting]").await;
    ask(&viewer, "Who is there?").await;
    until_end(&viewer, "coming").await;
    until_there(&viewer, "[data-testid=chat-stop]").await;
    let asked = hub.asked().await;
    assert!(asked.body.contains("Who is there?"), "{}", asked.body);
    hub.go_on(5);
    until_answer(&viewer, "Hello").await;
    hub.go_on(1);
    hub.go_on(2);
    until_answer(&viewer, "Hello th").await;
    let aloud = "document.querySelector('[data-testid=chat-aloud]').textContent";
    assert_eq!(viewer.read(aloud).await, "Answering…");
    hub.go_on(4);
    until_answer(&viewer, "Hello there").await;
    until_end(&viewer, "whole").await;
    let said = format!("{aloud}.trim() === 'Hello there'");
    viewer.until("the whole answer is said aloud", &said).await;
    let tools = "[...document.querySelectorAll('[data-testid=turn-tools] li')].map((tool) => tool.textContent).join() === 'list_repos,get_stats'";
    viewer
        .until("the tools that were used are told", tools)
        .await;
    assert_eq!(viewer.complaints(), Vec::<String>::new());
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn shift_breaks_the_line_and_enter_sends() {
    let Some((world, hub)) = with_hub(HubMood::Answers("Fine".to_owned())).await else {
        return;
    };
    let viewer = at_chat(&world, Device::DESK).await;
    viewer.write("one").await;
    viewer.press("Shift+Enter").await;
    viewer.write("two").await;
    let grown = format!("{FIELD}.value === 'one\\ntwo' && {FIELD}.offsetHeight > 40");
    viewer
        .until("the field grows with what is written", &grown)
        .await;
    viewer.press("Enter").await;
    until_end(&viewer, "whole").await;
    let asked = hub.asked().await;
    assert!(asked.body.contains("one\\ntwo"), "{}", asked.body);
    let empty = format!("{FIELD}.value === '' && document.activeElement === {FIELD}");
    viewer.until("one can write the next", &empty).await;
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_had_come_stays_when_an_answer_is_stopped() {
    let mood = HubMood::AnswersWhenTold("A long story".to_owned());
    let Some((world, hub)) = with_hub(mood).await else {
        return;
    };
    let viewer = at_chat(&world, Device::DESK).await;
    ask(&viewer, "Tell me a story").await;
    hub.go_on(6);
    until_answer(&viewer, "A long").await;
    // One answer at a time: what is written meanwhile is not lost.
    ask(&viewer, "Another").await;
    let waits = "document.querySelector('[data-testid=chat-problem]').textContent.includes('One answer at a time')";
    viewer
        .until("it says that one answer is under way", waits)
        .await;
    viewer.click_on("[data-testid=chat-stop]").await;
    until_end(&viewer, "stopped").await;
    hub.left().await;
    until_answer(&viewer, "A long").await;
    let kept = format!("{FIELD}.value === 'Another' && document.activeElement === {FIELD}");
    viewer.until("what was written is still there", &kept).await;
    hub.is(HubMood::Answers("Yes".to_owned()));
    viewer.press("Enter").await;
    until_answer(&viewer, "Yes").await;
    assert_eq!(viewer.complaints(), Vec::<String>::new());
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_comes_while_the_chat_is_closed_is_told_of() {
    let mood = HubMood::AnswersWhenTold("Done".to_owned());
    let Some((world, hub)) = with_hub(mood).await else {
        return;
    };
    let viewer = at_chat(&world, Device::DESK).await;
    ask(&viewer, "Take your time").await;
    hub.go_on(1);
    until_answer(&viewer, "D").await;
    viewer.press("Escape").await;
    let closed = format!(
        "{CHAT}.dataset.state === 'closed' && document.activeElement.dataset.testid === 'chat-open'"
    );
    viewer
        .until("the focus is where it came from", &closed)
        .await;
    hub.go_on(4);
    until_there(&viewer, "[data-testid=chat-open][data-unread=true]").await;
    picture(&viewer, Device::DESK, "chat-unread").await;
    viewer.press("Enter").await;
    until_open(&viewer).await;
    until_answer(&viewer, "Done").await;
    until_gone(&viewer, "[data-testid=chat-open][data-unread=true]").await;
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_in_an_answer_shows_what_it_says_on_the_page() {
    let text = "[The failures](?status=errors) and [elsewhere](https://example.org/)";
    let Some((world, _hub)) = with_hub(HubMood::Answers(text.to_owned())).await else {
        return;
    };
    calls(&world).await;
    let viewer = at_chat(&world, Device::DESK).await;
    ask(&viewer, "What failed?").await;
    until_end(&viewer, "whole").await;
    until_there(&viewer, "[data-testid=answer] a[href*=status]").await;
    viewer
        .click_on("[data-testid=answer] a[href*=status]")
        .await;
    let filtered = "location.search === '?status=errors'
        && [...document.querySelectorAll('[data-testid=feed] .badge')].every((badge) => badge.classList.contains('error'))";
    viewer.until("the feed shows failures", filtered).await;
    let open = format!("{CHAT}.dataset.state === 'open'");
    viewer.until("the chat stays beside it", &open).await;
    let outside = "(() => {
        const link = document.querySelector('[data-testid=answer] a[href^=https]');
        return link.target === '_blank' && link.rel.includes('noopener');
    })()";
    viewer
        .until("other links open beside the page", outside)
        .await;
    viewer.leave().await;
}
