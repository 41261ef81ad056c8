//! What was said is kept, cleared, copied and saved.

use e2e::{Device, Viewer};
use testkit::HubMood;

use crate::chat::{
    ANSWER, CHAT, ask, at_chat, open_chat, until_answer, until_end, until_gone, until_there,
    with_hub,
};
use crate::ranges::picture;

const FIELD: &str = "document.querySelector('[data-testid=chat-field]')";
const CODE: &str = "Take this:\n\n```sql\nSELECT 1;\n```\n";

async fn reopened(viewer: &Viewer) {
    viewer.reload().await;
    viewer.until_state("live").await;
    viewer.press("c").await;
    crate::chat::until_open(viewer).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conversation_and_a_draft_outlive_the_page() {
    let Some((world, hub)) = with_hub(HubMood::Answers("**Kept**".to_owned())).await else {
        return;
    };
    let viewer = at_chat(&world, Device::DESK).await;
    ask(&viewer, "Is it kept?").await;
    until_end(&viewer, "whole").await;
    viewer.write("half a quest").await;
    reopened(&viewer).await;
    let draft = format!("{FIELD}.value === 'half a quest'");
    viewer.until("the draft is there", &draft).await;
    let answered = format!("{ANSWER}.includes('Kept')");
    viewer.until("the answer is there", &answered).await;
    // An answer that was being given is there as far as it had come.
    hub.is(HubMood::AnswersWhenTold("Unfinished".to_owned()));
    viewer.press("Enter").await;
    hub.go_on(5);
    until_answer(&viewer, "Unfin").await;
    reopened(&viewer).await;
    until_end(&viewer, "failed").await;
    until_answer(&viewer, "Unfin").await;
    hub.is(HubMood::Answers("Finished".to_owned()));
    viewer.click_on("[data-testid=chat-retry]").await;
    until_answer(&viewer, "Finished").await;
    viewer.forgive();
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_cleared_can_be_had_back_for_a_while() {
    let Some((world, _hub)) = with_hub(HubMood::Answers("Here".to_owned())).await else {
        return;
    };
    let viewer = at_chat(&world, Device::DESK).await;
    ask(&viewer, "Where?").await;
    until_end(&viewer, "whole").await;
    viewer.click_on("[data-testid=chat-clear]").await;
    until_gone(&viewer, "[data-testid=turn]").await;
    let back = "document.activeElement.textContent === 'Undo'";
    viewer.until("the way back has the focus", back).await;
    picture(&viewer, Device::DESK, "chat-cleared").await;
    viewer.press("Enter").await;
    until_answer(&viewer, "Here").await;
    viewer.click_on("[data-testid=chat-clear]").await;
    until_gone(&viewer, "[data-testid=turn]").await;
    reopened(&viewer).await;
    until_gone(&viewer, "[data-testid=turn]").await;
    assert_eq!(viewer.complaints(), Vec::<String>::new());
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_and_code_are_copied_and_all_is_saved() {
    let Some((world, _hub)) = with_hub(HubMood::Answers(CODE.to_owned())).await else {
        return;
    };
    let files = tempfile::tempdir().unwrap();
    let viewer = world.copier().await;
    open_chat(&viewer, Device::DESK).await;
    viewer.save_into(files.path()).await;
    ask(&viewer, "Some SQL, please").await;
    until_end(&viewer, "whole").await;
    viewer.click_on("[data-testid=copy-answer]").await;
    until_there(&viewer, "[data-testid=copy-answer][aria-label=Copied]").await;
    assert_eq!(viewer.clipboard().await, CODE);
    // What the worker draws may be behind what has come.
    let code = "document.querySelector('[data-testid=answer] pre')?.textContent === 'SELECT 1;\\n'";
    viewer.until("all of the code stands there", code).await;
    viewer.click_on("[data-testid=answer] [data-copies]").await;
    let copied = "document.querySelector('[data-copies]').textContent === 'Copied'";
    viewer.until("the code is copied", copied).await;
    assert_eq!(viewer.clipboard().await.trim_end(), "SELECT 1;");
    viewer.click_on("[data-testid=chat-export]").await;
    let (name, content) = viewer.saved(files.path(), "md");
    assert!(name.starts_with("omni2-chat-20"), "{name}");
    let text = String::from_utf8(content).unwrap();
    assert!(text.contains("```text\nSome SQL, please\n```"), "{text}");
    assert!(text.contains("```sql\nSELECT 1;\n```"), "{text}");
    assert_eq!(viewer.complaints(), Vec::<String>::new());
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_may_keep_nothing_chats_all_the_same() {
    let Some((world, _hub)) = with_hub(HubMood::Answers("Works".to_owned())).await else {
        return;
    };
    let viewer = world.viewer(Device::DESK).await;
    let forbid = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })";
    viewer.run_first(forbid).await;
    reopened(&viewer).await;
    for _ in 0..2 {
        ask(&viewer, "Does it work?").await;
        until_end(&viewer, "whole").await;
    }
    let two =
        format!("document.querySelectorAll('[data-testid=turn]').length === 2 && {CHAT} !== null");
    viewer.until("both are there", &two).await;
    viewer.leave().await;
}
