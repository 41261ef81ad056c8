//! The page through the real gateway: under its policy, by any address, and its files as
//! browsers want them.

use e2e::{Device, Viewer};

use super::{Street, client, header};
use crate::chat::{ask, until_end, until_open};

/// What no answer of the gateway lacks.
const HARDENED: [(&str, &str); 5] = [
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("strict-transport-security", ""),
];

#[tokio::test(flavor = "multi_thread")]
async fn the_page_with_all_that_it_fetches_opens_under_the_gateways_policy() {
    let Some(street) = Street::plain().await else {
        return;
    };
    let first = street.hub.call("database-mcp").await;
    let viewer = Viewer::open(&street.front.page(), Device::DESK).await;
    viewer.until_state("live").await;
    viewer.until_call(first).await;
    // What comes later comes through the gateway at once.
    let next = street.hub.call("github-mcp").await;
    viewer.until_call(next).await;
    // Chunks on demand, and the worker that makes answers rich text.
    viewer.press("c").await;
    until_open(&viewer).await;
    ask(&viewer, "errors by server today").await;
    until_end(&viewer, "whole").await;
    let rich = "document.querySelector('[data-testid=answer]')?.hasAttribute('data-rich')";
    viewer.until("the answer is rich text", rich).await;
    assert_eq!(viewer.complaints(), Vec::<String>::new());
    for address in viewer.requests() {
        let own = address.starts_with(&street.front.page());
        assert!(own || address == "about:blank", "{address}");
    }
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_address_leads_to_the_page_that_it_names() {
    let Some(street) = Street::plain().await else {
        return;
    };
    let id = street.hub.call("database-mcp").await;
    let client = client();
    for (path, to) in [
        ("/", "/dashboard/"),
        ("/dashboard", "/dashboard/"),
        ("/dashboard?range=7d", "/dashboard/?range=7d"),
    ] {
        let answer = client.get(street.front.at(path)).send().await.unwrap();
        assert!([301, 308].contains(&answer.status().as_u16()), "{path}");
        let to = street.front.at(to);
        let place = header(&answer, "location");
        assert!(
            place == to || to.ends_with(place) && place.starts_with('/'),
            "{path}: {place}"
        );
    }
    let link = format!("/dashboard/?range=7d&call={id}");
    let viewer = Viewer::open(&street.front.at(&link), Device::DESK).await;
    let call = "document.querySelector('[data-testid=call]')?.textContent.includes('database-mcp')";
    viewer.until("the call that the address names", call).await;
    viewer
        .go(&street.front.at("/dashboard/no/such/place"))
        .await;
    let lost = "document.querySelector('main.not-found') !== null";
    viewer
        .until("the page says that there is nothing", lost)
        .await;
    assert_eq!(viewer.complaints(), Vec::<String>::new());
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn files_come_compressed_and_are_kept_for_as_long_as_they_hold() {
    let Some(street) = Street::plain().await else {
        return;
    };
    let client = client();
    let page = client.get(street.front.page()).send().await.unwrap();
    assert_eq!(page.status(), 200);
    assert_eq!(header(&page, "cache-control"), "no-cache");
    assert!(header(&page, "content-type").starts_with("text/html"));
    let policy = header(&page, "content-security-policy").to_owned();
    assert!(policy.starts_with("default-src 'none'"), "{policy}");
    assert!(
        !policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"),
        "{policy}"
    );
    assert!(!header(&page, "permissions-policy").is_empty());
    let text = page.text().await.unwrap();
    let wasm = text
        .split(['"', '\'', '=', ' ', '>'])
        .find(|word| word.ends_with("_bg.wasm"));
    let wasm = wasm.expect("the page names its module").to_owned();
    for (encoding, got) in [("br, gzip", "br"), ("gzip", "gzip"), ("identity", "")] {
        let asked = client.get(street.front.at(&wasm));
        let asked = asked.header("accept-encoding", encoding);
        let answer = asked.send().await.unwrap();
        assert_eq!(answer.status(), 200);
        assert_eq!(header(&answer, "content-encoding"), got);
        assert_eq!(header(&answer, "content-type"), "application/wasm");
        let kept = "public, max-age=31536000, immutable";
        assert_eq!(header(&answer, "cache-control"), kept);
        for (name, value) in HARDENED {
            assert_eq!(header(&answer, name), value, "{name}");
        }
    }
    // A page of an older version asks for what is gone: no page in the place of a script.
    let gone = wasm.replace("_bg.wasm", "0_bg.wasm");
    let gone = client.get(street.front.at(&gone)).send().await.unwrap();
    assert_eq!(gone.status(), 404);
    assert!(!header(&gone, "cache-control").contains("immutable"));
    let written = client.post(street.front.page()).send().await.unwrap();
    assert_eq!(written.status(), 405);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_interface_can_be_read_about() {
    let Some(street) = Street::plain().await else {
        return;
    };
    let docs = street.front.at("/dashboard/api/docs");
    let viewer = Viewer::open(&docs, Device::DESK).await;
    let read = "document.body.innerText.includes('/api/v1/dashboard/stats')";
    viewer.until("it lists what can be asked", read).await;
    assert_eq!(viewer.complaints(), Vec::<String>::new());
    for address in viewer.requests() {
        let own = address.starts_with(&street.front.at("/dashboard/api/"))
            || address.starts_with("data:");
        assert!(own || address == "about:blank", "{address}");
    }
    viewer.leave().await;
}
