//! Answers as rich text: made by a worker, under the gateway's policy.

use e2e::{Device, Viewer};
use testkit::{HubMood, Step};

use crate::chat::{ANSWER, ask, at_chat, until_end, with_hub};

/// Known attacks, parted by lines of `%%`: crates/rich-text reads the same.
const VECTORS: &str = include_str!("../../../rich-text/tests/xss/vectors.txt");
const PLACE: &str = "document.querySelector('[data-testid=answer]')";

const ANSWERED: &str = "# Errors\n\n| server | errors |\n|---|--:|\n| files-mcp | 3 |\n\n\
    - [x] counted[^1]\n\n[More](?range=7d) or [elsewhere](https://elsewhere.example)\n\n\
    ```sql\nSELECT count(*) FROM audit_logs;\n```\n\n[^1]: Since midnight.\n";

/// Whether the worker, or what belongs to it, was asked for.
fn asked_for_the_worker(viewer: &Viewer) -> bool {
    let is_it = |address: &String| address.contains("/rich-text-");
    viewer.requests().iter().any(is_it)
}

async fn until_rich(viewer: &Viewer) {
    let rich = format!("{PLACE}?.hasAttribute('data-rich')");
    viewer.until("the answer is rich text", &rich).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_rich_text_and_its_code_has_colours() {
    let Some((world, _hub)) = with_hub(HubMood::Answers(ANSWERED.to_owned())).await else {
        return;
    };
    let before = world.viewer(Device::DESK).await;
    before.until_state("live").await;
    assert!(
        !asked_for_the_worker(&before),
        "it is not in the first load"
    );
    before.leave().await;
    let viewer = at_chat(&world, Device::DESK).await;
    ask(&viewer, "How many errors?").await;
    until_end(&viewer, "whole").await;
    until_rich(&viewer).await;
    for (what, selector) in [
        ("a heading below those of the page", "h3"),
        (
            "a table that scrolls on its own",
            ".table-scroller td.right",
        ),
        ("a task", "input[type=checkbox][disabled]"),
        (
            "a link that stays in the page",
            "a[href=\"?range=7d\"]:not([target])",
        ),
        ("a link that leads out", "a[target=_blank][rel~=noopener]"),
        ("code in colours", "figure[data-language=sql] .hl-keyword"),
        ("a footnote", ".notes li"),
    ] {
        let there = format!(
            "{PLACE}.querySelector({}) !== null",
            serde_json::json!(selector)
        );
        viewer.until(what, &there).await;
    }
    assert!(asked_for_the_worker(&viewer));
    assert_eq!(viewer.complaints(), Vec::<String>::new());
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn code_can_be_copied_once_there_is_some() {
    let mood = HubMood::AnswersWhenTold("```sql\n1;\n```\n".to_owned());
    let Some((world, hub)) = with_hub(mood).await else {
        return;
    };
    let viewer = at_chat(&world, Device::DESK).await;
    ask(&viewer, "Some SQL, please").await;
    until_end(&viewer, "coming").await;
    hub.go_on("```sql\n".len());
    let frame = format!("{PLACE}.querySelector('figure .code-head span')?.textContent === 'sql'");
    viewer.until("the frame of the code is there", &frame).await;
    let copies = format!("{PLACE}.querySelector('[data-copies]') !== null");
    assert_eq!(viewer.read(&copies).await, false, "nothing can be copied");
    let room = format!("{PLACE}.querySelector('.code-head').offsetHeight");
    let before = viewer.read(&room).await;
    hub.go_on(1);
    viewer.until("the code can be copied", &copies).await;
    assert_eq!(viewer.read(&room).await, before, "nothing moved for it");
    hub.go_on("1;\n```\n".len());
    until_end(&viewer, "whole").await;
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn known_attacks_are_rich_text_that_does_nothing() {
    let vectors = VECTORS.replace("\n%%\n", "\n\n***\n\n");
    let data = serde_json::json!({ "text": vectors }).to_string();
    let steps = [Step::events(), Step::event("token", &data)];
    let end = [Step::event("done", "{}"), Step::End];
    let hub = HubMood::Plays(steps.into_iter().chain(end).collect());
    let Some((world, _hub)) = with_hub(hub).await else {
        return;
    };
    let viewer = at_chat(&world, Device::DESK).await;
    let notice = "(() => { window.ran = 0; window.alert = () => { window.ran += 1 }; })()";
    viewer.read(notice).await;
    ask(&viewer, "Hurt me").await;
    until_end(&viewer, "whole").await;
    until_rich(&viewer).await;
    let shown = format!("{ANSWER}.includes('<marquee onstart=alert(1)>')");
    viewer.until("it is all shown as text", &shown).await;
    let elements = "script, img, svg, math, iframe, object, embed, form, style, link, meta, base, video, audio, marquee";
    let run = format!("{PLACE}.querySelectorAll('{elements}').length");
    assert_eq!(viewer.read(&run).await, 0);
    let handlers = format!(
        "[...{PLACE}.querySelectorAll('*')].flatMap((one) => one.getAttributeNames())
            .filter((name) => name.startsWith('on') || name === 'style')"
    );
    assert_eq!(viewer.read(&handlers).await, serde_json::json!([]));
    // Every link is followed, but nowhere.
    let press = format!(
        "(() => {{
            addEventListener('click', (event) => event.preventDefault());
            for (const link of {PLACE}.querySelectorAll('a')) link.click();
        }})()"
    );
    viewer.read(&press).await;
    assert_eq!(viewer.read("window.ran").await, 0, "something ran");
    assert_eq!(viewer.complaints(), Vec::<String>::new());
    viewer.leave().await;
}
