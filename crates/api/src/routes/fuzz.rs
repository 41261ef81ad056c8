//! Queries and bodies as a fuzzer makes them up: `cargo xtask fuzz parameters bodies` runs them
//! for longer.

use std::time::Duration;

use actix_web::test::TestRequest;
use actix_web::web::Bytes;
use actix_web::{HttpRequest, ResponseError};
use bolero::check;
use shared_types::{LONGEST_HISTORY, LONGEST_MESSAGE, Range};

use super::params::Params;
use super::sent::Sent;
use super::{activity, asked};
use crate::error::ApiError;
use crate::live::{Audience, WindowSpec};

/// What parameters are called, so that a byte is enough to name one.
const NAMES: [&str; 16] = [
    "tz",
    "range",
    "from",
    "to",
    "bucket",
    "compare",
    "limit",
    "cursor",
    "before_id",
    "mcp",
    "status",
    "outcome",
    "user",
    "q",
    "last_event_id",
    "_",
];

/// A request for what these bytes stand for: pairs parted by NUL, each a byte for the name and
/// then the value; none where no client could send it.
fn asked_for(bytes: &[u8]) -> Option<HttpRequest> {
    let pairs = bytes.split(|byte| *byte == 0).filter_map(|pair| {
        let (name, value) = pair.split_first()?;
        let name = NAMES.get(usize::from(name % 16))?;
        Some([name.as_bytes(), b"=", value].concat())
    });
    let query = pairs.collect::<Vec<_>>().join(&b'&');
    let target = [b"/?", query.as_slice()].concat();
    let target = actix_web::http::Uri::try_from(target.as_slice()).ok()?;
    Some(
        TestRequest::default()
            .uri(&target.to_string())
            .to_http_request(),
    )
}

/// What is refused is a client's mistake, and says whose and which.
fn told<T>(read: Result<T, ApiError>) -> Option<T> {
    match read {
        Ok(read) => Some(read),
        Err(error) => {
            assert_eq!(error.status_code(), 400, "{error}");
            let detail = error.to_string();
            assert!(detail.starts_with("parameter `"), "{detail}");
            assert!(
                detail.len() < 300 && !detail.contains(char::is_control),
                "{detail:?}"
            );
            None
        }
    }
}

fn short(text: Option<&String>, longest: usize) -> bool {
    text.is_none_or(|text| !text.contains('\0') && (1..=longest).contains(&text.chars().count()))
}

#[test]
fn any_query_is_read_within_bounds_or_refused_by_name() {
    check!(name = "parameters")
        .with_iterations(10_000)
        .with_test_time(Duration::from_secs(3))
        .for_each(|bytes: &[u8]| {
            let Some(params) = asked_for(bytes).and_then(|asked| told(Params::of(&asked))) else {
                return;
            };
            told(params.zone());
            told(params.view(Audience::Everything));
            if let Some(WindowSpec::Between { bucket, .. }) = told(params.window(Range::Day)) {
                assert!(bucket.is_none() || params.get("bucket").is_some());
            }
            if let Some(query) = told(activity::read(&params)) {
                assert!((1..=500).contains(&query.limit));
                assert!(query.before_id.is_none_or(|id| id >= 0));
                assert!(short(query.mcp.as_ref(), 255) && short(query.user.as_ref(), 255));
                assert!(short(query.text.as_ref(), 200) && short(query.cursor.as_ref(), 200));
            }
        });
}

#[test]
fn any_body_is_a_question_within_bounds_or_refused_by_name() {
    check!(name = "bodies")
        .with_iterations(10_000)
        .with_test_time(Duration::from_secs(2))
        .for_each(|bytes: &[u8]| {
            let request = TestRequest::default()
                .insert_header(("content-type", "application/json"))
                .to_http_request();
            let sent = Sent(Ok(Bytes::copy_from_slice(bytes)));
            if let Some(question) = told(asked::question(&request, sent, true)) {
                assert!((1..=LONGEST_MESSAGE).contains(&question.message.len()));
                assert!(!question.message.contains('\0'));
                assert!(question.history.len() <= LONGEST_HISTORY);
            }
        });
}
