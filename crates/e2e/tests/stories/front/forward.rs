//! A hub's own auth service decides who may come in, through Traefik's `ForwardAuth`.

use actix_web::{HttpRequest, HttpResponse};
use e2e::{Device, Viewer};

use super::{Neighbour, Street, client};
use crate::chat::until_there;

const TRUSTING: [(&str, &str); 3] = [
    ("AUTH", "forward"),
    ("TRUSTED_PROXIES", "127.0.0.1"),
    ("SIGN_IN_URL", "https://hub.example/sign-in"),
];

/// The auth service knows `ana`, an administrator, and `vic`, who is none, by the cookie `hub`.
async fn decide(request: HttpRequest) -> HttpResponse {
    let cookies = request.headers().get("cookie");
    let cookies = cookies
        .and_then(|cookies| cookies.to_str().ok())
        .unwrap_or_default();
    let name = cookies.split("; ").find_map(|one| one.strip_prefix("hub="));
    let (id, role) = match name {
        Some("ana") => ("1", "admin"),
        Some("vic") => ("2", "operator"),
        _ => return HttpResponse::Unauthorized().json(serde_json::json!({ "detail": "who?" })),
    };
    HttpResponse::Ok()
        .insert_header(("X-User-Id", id))
        .insert_header((
            "X-User-Email",
            format!("{}@hub.example", name.unwrap_or_default()),
        ))
        .insert_header(("X-User-Role", role))
        .finish()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_hub_says_who_it_is_and_nobody_says_so_themselves() {
    let auth = Neighbour::who(decide);
    let verify = format!("{}/verify", auth.address);
    let gateway = [("OMNI2_FORWARD_AUTH", verify.as_str())];
    let Some(street) = Street::of(1, &TRUSTING, &gateway).await else {
        return;
    };
    let me = street.front.at("/dashboard/api/v1/me");
    let boast = |asked: reqwest::RequestBuilder| {
        asked
            .header("X-User-Id", "1")
            .header("x-user-email", "ana@hub.example")
            .header("X-USER-ROLE", "admin")
    };
    assert_eq!(client().get(&me).send().await.unwrap().status(), 401);
    assert_eq!(boast(client().get(&me)).send().await.unwrap().status(), 401);
    let vic = boast(client().get(&me)).header("cookie", "hub=vic");
    let vic: serde_json::Value = vic.send().await.unwrap().json().await.unwrap();
    assert_eq!(vic["email"], "vic@hub.example");
    assert_eq!(vic["role"], "viewer");
    let ana = client().get(&me).header("cookie", "hub=ana");
    let ana: serde_json::Value = ana.send().await.unwrap().json().await.unwrap();
    assert_eq!(ana["role"], "admin");
    // How one signs in is for everybody to know.
    let session = street.front.at("/dashboard/api/v1/session");
    let way: serde_json::Value = reqwest::get(session).await.unwrap().json().await.unwrap();
    assert_eq!(way["sign_in"], "forward");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_an_auth_service_nobody_is_believed() {
    let Some(street) = Street::of(1, &TRUSTING, &[]).await else {
        return;
    };
    let asked = client().get(street.front.at("/dashboard/api/v1/me"));
    let asked = asked
        .header("X-User-Id", "1")
        .header("X-User-Email", "ana@hub.example")
        .header("X-User-Role", "admin");
    assert_eq!(asked.send().await.unwrap().status(), 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_goes_on_by_itself_once_one_has_signed_in_at_the_hub() {
    let auth = Neighbour::who(decide);
    let verify = format!("{}/verify", auth.address);
    let gateway = [("OMNI2_FORWARD_AUTH", verify.as_str())];
    let Some(street) = Street::of(1, &TRUSTING, &gateway).await else {
        return;
    };
    let viewer = Viewer::open(&street.front.page(), Device::DESK).await;
    until_there(&viewer, "[data-testid=sign-in-link]").await;
    let link = "document.querySelector('[data-testid=sign-in-link]').href";
    assert_eq!(viewer.read(link).await, "https://hub.example/sign-in");
    viewer.read("document.cookie = 'hub=ana; path=/'").await;
    viewer.until_state("live").await;
    let id = street.hub.call("database-mcp").await;
    viewer.until_call(id).await;
    let account = "document.querySelector('[data-testid=account]')?.textContent.includes('ana')";
    viewer.until("the bar says who is signed in", account).await;
    viewer.leave().await;
}
