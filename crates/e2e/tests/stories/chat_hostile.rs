//! Answers that mean ill, and answers without measure: nothing of them runs, nothing
//! hangs, and the page keeps its shape.

use e2e::{Device, Viewer};
use testkit::{HubMood, Step};

use crate::chat::{ANSWER, CHAT, ask, at_chat, until_end, with_hub};

/// Steps of a hub that says this in one event.
fn says(text: &str) -> HubMood {
    let data = serde_json::json!({ "text": text }).to_string();
    HubMood::Plays(vec![
        Step::events(),
        Step::event("token", &data),
        Step::event("done", "{}"),
        Step::End,
    ])
}

/// Nothing ran, nothing was asked of another host, and the window is as wide as it was.
async fn unharmed(viewer: &Viewer) {
    assert_eq!(viewer.read("window.ran ?? 0").await, 0, "something ran");
    let own = viewer.read("location.origin").await;
    let own = own.as_str().unwrap().to_owned();
    let elsewhere: Vec<String> = viewer.requests();
    let elsewhere: Vec<&String> = elsewhere
        .iter()
        .filter(|address| !address.starts_with(&own) && !address.starts_with("about:"))
        .collect();
    assert!(elsewhere.is_empty(), "{elsewhere:?}");
    let inside = format!(
        "(() => {{
            const window = {CHAT}.getBoundingClientRect();
            const said = document.querySelector('[data-testid=chat-said]');
            return window.width === 440 && said.scrollWidth <= said.clientWidth
                && document.documentElement.scrollWidth <= innerWidth;
        }})()"
    );
    viewer.until("everything keeps its shape", &inside).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_answer_holds_is_never_run() {
    let Some((world, hub)) = with_hub(says("")).await else {
        return;
    };
    let viewer = at_chat(&world, Device::DESK).await;
    let hostile = [
        "<script>window.ran = 1</script>",
        "<img src=x onerror='window.ran = 1'>",
        "<svg onload='window.ran = 1'></svg>",
        "<iframe srcdoc='<script>parent.ran = 1</script>'></iframe>",
        "[press](javascript:window.ran=1) <javascript:window.ran=1>",
        "![picture](https://elsewhere.example/spy.png)",
        "[press](data:text/html;base64,PHNjcmlwdD53aW5kb3cucmFuPTE8L3NjcmlwdD4=)",
        "<style>.chat { width: 5000px !important; position: static }</style>",
        "<base href='https://elsewhere.example/'><meta http-equiv='refresh' content='0;url=https://elsewhere.example/'>",
        "\u{202e}reversed \u{2066}isolated without an end",
        "| a | b |\n| - | - |\n| <b onmouseover='window.ran=1'>x</b> | y |",
        "```html\"><script>window.ran=1</script>\n</code></pre><script>window.ran=1</script>\n```",
    ];
    let hostile = format!("{}\n\n{}", hostile.join("\n\n"), "x".repeat(4_000));
    hub.is(says(&hostile));
    ask(&viewer, "Hurt me").await;
    until_end(&viewer, "whole").await;
    let shown = format!("{ANSWER}.includes('window.ran = 1')");
    viewer
        .until("it is shown as the text that it is", &shown)
        .await;
    unharmed(&viewer).await;
    assert_eq!(viewer.complaints(), Vec::<String>::new());
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_is_only_text() {
    let Some((world, _hub)) = with_hub(says("ok")).await else {
        return;
    };
    let viewer = at_chat(&world, Device::DESK).await;
    let question = "<img src=x onerror='window.ran=1'>";
    ask(&viewer, question).await;
    until_end(&viewer, "whole").await;
    let shown = format!(
        "document.querySelector('[data-testid=question]').textContent.trim() === {}",
        serde_json::Value::from(question)
    );
    viewer.until("it reads as it was written", &shown).await;
    unharmed(&viewer).await;
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_letters_one_by_one_stay_smooth() {
    let text = "A word after a word. ".repeat(500);
    let Some((world, _hub)) = with_hub(HubMood::Answers(text.clone())).await else {
        return;
    };
    let viewer = at_chat(&world, Device::DESK).await;
    let watch = "(() => {
        window.frames_seen = 0;
        window.longest = 0;
        const look = () => { window.frames_seen += 1; requestAnimationFrame(look); };
        requestAnimationFrame(look);
        new PerformanceObserver((list) => {
            for (const task of list.getEntries()) window.longest = Math.max(window.longest, task.duration);
        }).observe({ type: 'longtask' });
    })()";
    viewer.read(watch).await;
    ask(&viewer, "Go on and on").await;
    until_end(&viewer, "whole").await;
    let all = format!(
        "{ANSWER}.replaceAll(/\\s+/g, ' ').length === {}",
        text.trim().len()
    );
    viewer.until("every letter is there", &all).await;
    let seen = viewer.read("[window.frames_seen, window.longest]").await;
    let number = |index: usize| seen.get(index).and_then(serde_json::Value::as_f64).unwrap();
    assert!(number(0) > 5.0, "the page was painted meanwhile: {seen}");
    assert!(number(1) < 1_000.0, "nothing takes a second: {seen}");
    let at_end = "(({ scrollTop, clientHeight, scrollHeight }) => scrollTop + clientHeight >= scrollHeight - 40)(document.querySelector('[data-testid=chat-said]'))";
    viewer.until("its end is in view", at_end).await;
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_very_long_answer_is_shown_and_the_page_goes_on() {
    let Some((world, _hub)) = with_hub(HubMood::TooMuch(1_000 * 1024)).await else {
        return;
    };
    let viewer = at_chat(&world, Device::DESK).await;
    ask(&viewer, "Everything, please").await;
    let ended =
        "['whole', 'failed'].includes(document.querySelector('[data-testid=turn]')?.dataset.end)";
    viewer.until("the answer has come to an end", ended).await;
    unharmed(&viewer).await;
    viewer.press("Escape").await;
    viewer
        .until(
            "keys are heard",
            "document.activeElement.dataset.testid === 'chat-open'",
        )
        .await;
    viewer.forgive();
    viewer.leave().await;
}
