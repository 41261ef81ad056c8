//! Signing in at the dashboard's own door, through the real gateway.

use e2e::{Device, Viewer};
use testkit::{ApiProcess, hash_of};

use super::{Street, client};
use crate::accessible::{accessible_in_both_themes, axe};
use crate::chat::until_there;
use crate::ranges::picture;

/// An administrator and a viewer, as `AUTH_USERS` names them.
pub(super) fn users(password: &str) -> String {
    format!(
        "ana:admin:{}\nvic:viewer:{}",
        hash_of(password),
        hash_of("a viewer's word")
    )
}

/// Writes into the form and sends it.
pub(super) async fn sign_in(viewer: &Viewer, name: &str, password: &str) {
    until_there(viewer, "[data-testid=sign-in-first]").await;
    viewer.click_on("[data-testid=sign-in-first]").await;
    viewer.press("Control+A").await;
    viewer.write(name).await;
    viewer.press("Tab").await;
    viewer.write(password).await;
    viewer.press("Enter").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_signs_in_and_goes_on_with_what_was_looked_at() {
    let users = users("correct horse");
    let settings = [("AUTH", "basic"), ("AUTH_USERS", users.as_str())];
    let Some(street) = Street::of(1, &settings, &[]).await else {
        return;
    };
    let id = street.hub.call("database-mcp").await;
    let link = street.front.at("/dashboard/?range=7d");
    let viewer = Viewer::open(&link, Device::DESK).await;
    sign_in(&viewer, "ana", "a wrong horse").await;
    let wrong = "document.querySelector('[data-testid=sign-in-wrong]')?.textContent !== ''";
    viewer.until("it says that this was wrong", wrong).await;
    sign_in(&viewer, "ana", "correct horse").await;
    viewer.until_state("live").await;
    viewer.until_call(id).await;
    let gone = "document.querySelector('dialog') === null";
    viewer.until("nothing is over the page", gone).await;
    assert_eq!(viewer.read("location.search").await, "?range=7d");
    let account = "document.querySelector('[data-testid=account]')?.textContent.includes('ana')";
    viewer.until("the bar says who is signed in", account).await;
    assert_eq!(viewer.read("document.cookie").await, "");
    viewer.forgive();
    viewer.reload().await;
    viewer.until_state("live").await;
    assert_eq!(viewer.complaints(), Vec::<String>::new());
    viewer
        .read("localStorage.setItem('omni2.chat', '[]')")
        .await;
    viewer.click_on("[data-testid=account]").await;
    until_there(&viewer, "[data-testid=sign-out]").await;
    viewer.leave_through("[data-testid=sign-out]").await;
    until_there(&viewer, "[data-testid=sign-in-first]").await;
    let shown = "document.querySelector('[data-testid=feed] [data-id]') === null
        && localStorage.getItem('omni2.chat') === null";
    viewer
        .until("nothing is left of what was seen", shown)
        .await;
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_viewer_sees_figures_and_nobodys_name() {
    let users = users("correct horse");
    let settings = [("AUTH", "basic"), ("AUTH_USERS", users.as_str())];
    let Some(street) = Street::of(1, &settings, &[]).await else {
        return;
    };
    let id = street.hub.call("database-mcp").await;
    let viewer = Viewer::open(&street.front.page(), Device::DESK).await;
    sign_in(&viewer, "vic", "a viewer's word").await;
    viewer.until_state("live").await;
    viewer.until_call(id).await;
    let next = street.hub.call("github-mcp").await;
    viewer.until_call(next).await;
    let text = viewer.read("document.body.innerText").await;
    let text = text.as_str().unwrap();
    assert!(
        !text.contains('@') && !text.contains("what is new"),
        "{text}"
    );
    let hidden = "getComputedStyle(document.querySelector('[data-testid=chat-open]')).display";
    assert_eq!(viewer.read(hidden).await, "none");
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_ends_leaves_the_page_where_it_was() {
    let (before, after) = (users("correct horse"), users("another horse"));
    let settings = [("AUTH", "basic"), ("AUTH_USERS", before.as_str())];
    let Some(mut street) = Street::of(1, &settings, &[]).await else {
        return;
    };
    let id = street.hub.call("database-mcp").await;
    let viewer = Viewer::open(&street.front.at("/dashboard/?range=7d"), Device::DESK).await;
    sign_in(&viewer, "ana", "correct horse").await;
    viewer.until_call(id).await;
    // The password is changed, and the API started anew.
    let api = street.apis.remove(0);
    let port = api.url().rsplit(':').next().unwrap().to_owned();
    assert!(api.stop());
    let changed = [
        ("DATABASE_URL", street.hub.url()),
        ("AUTH", "basic"),
        ("AUTH_USERS", after.as_str()),
        ("API_PORT", port.as_str()),
    ];
    street.apis.push(ApiProcess::start(&changed));
    until_there(&viewer, "[data-testid=sign-in-first]").await;
    viewer.until_call(id).await;
    sign_in(&viewer, "ana", "another horse").await;
    viewer.until_state("live").await;
    assert_eq!(viewer.read("location.search").await, "?range=7d");
    let next = street.hub.call("database-mcp").await;
    viewer.until_call(next).await;
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_comes_in_without_a_session_and_programs_show_theirs() {
    let tokens = format!("grafana:viewer:{}", hash_of("a long token of a program"));
    let settings = [("AUTH", "token"), ("AUTH_USERS", tokens.as_str())];
    let Some(street) = Street::of(1, &settings, &[]).await else {
        return;
    };
    let stats = street.front.at("/dashboard/api/v1/dashboard/stats");
    let nobody = client().get(&stats).send().await.unwrap();
    assert_eq!(nobody.status(), 401);
    let problem: serde_json::Value = nobody.json().await.unwrap();
    assert_eq!(problem["code"], "unauthenticated");
    let known = client()
        .get(&stats)
        .bearer_auth("a long token of a program");
    assert_eq!(known.send().await.unwrap().status(), 200);
    // The page itself is for everybody: it asks to sign in.
    let viewer = Viewer::open(&street.front.page(), Device::PHONE).await;
    until_there(&viewer, "[data-testid=sign-in-first]").await;
    viewer.click_on("[data-testid=sign-in-first]").await;
    viewer.write("a long token of a program").await;
    viewer.press("Enter").await;
    viewer.until_state("live").await;
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_can_sign_in() {
    let users = users("correct horse");
    let settings = [("AUTH", "basic"), ("AUTH_USERS", users.as_str())];
    let (Some(axe), Some(street)) = (axe(), Street::of(1, &settings, &[]).await) else {
        return;
    };
    for device in [Device::DESK, Device::PHONE] {
        let viewer = Viewer::open(&street.front.page(), device).await;
        until_there(&viewer, "[data-testid=sign-in-first]").await;
        accessible_in_both_themes(&viewer, &axe, device, "signing in").await;
        picture(&viewer, device, &format!("sign-in-{}", device.width)).await;
        if device.touch {
            viewer.leave().await;
            continue;
        }
        sign_in(&viewer, "ana", "correct horse").await;
        viewer.until_state("live").await;
        viewer.click_on("[data-testid=account]").await;
        until_there(&viewer, "[data-testid=sign-out]").await;
        accessible_in_both_themes(&viewer, &axe, device, "the account").await;
        viewer.leave().await;
    }
}
