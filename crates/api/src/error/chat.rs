//! Errors of the chat as answers.

use actix_web::http::StatusCode;
use shared_types::{ChatBackend, ProblemCode};

use super::ApiError;
use crate::chat::ChatError;

impl From<ChatError> for ApiError {
    fn from(error: ChatError) -> Self {
        let detail = error.to_string();
        let answer = |status, code| ApiError::new(status, code, detail);
        match error {
            ChatError::Figures(error) => error.into(),
            ChatError::TooMany(_) => {
                answer(StatusCode::SERVICE_UNAVAILABLE, ProblemCode::TooManyChats).retry(5)
            }
            ChatError::Stopping => {
                answer(StatusCode::SERVICE_UNAVAILABLE, ProblemCode::Stopping).retry(5)
            }
            ChatError::Limited { retry_after, .. } => ApiError {
                retry_after,
                ..answer(StatusCode::TOO_MANY_REQUESTS, ProblemCode::TooManyRequests)
            },
            ChatError::Refused { .. } => answer(StatusCode::BAD_REQUEST, ProblemCode::HubRefused),
            ChatError::Unreachable { who, .. } => {
                let code = of(
                    who,
                    ProblemCode::HubUnreachable,
                    ProblemCode::ModelUnreachable,
                );
                answer(StatusCode::BAD_GATEWAY, code)
            }
            ChatError::Timeout { who, .. } => {
                let code = of(who, ProblemCode::HubTimeout, ProblemCode::ModelTimeout);
                answer(StatusCode::GATEWAY_TIMEOUT, code)
            }
            ChatError::Failed { who, .. } | ChatError::TooLong { who, .. } => {
                let code = of(who, ProblemCode::HubFailed, ProblemCode::ModelFailed);
                answer(StatusCode::BAD_GATEWAY, code)
            }
        }
    }
}

/// The code for whoever answers. The assistant asks no other server: what fails there is ours.
fn of(who: ChatBackend, hub: ProblemCode, model: ProblemCode) -> ProblemCode {
    match who {
        ChatBackend::Hub => hub,
        ChatBackend::Model => model,
        ChatBackend::Assistant => ProblemCode::Internal,
    }
}
