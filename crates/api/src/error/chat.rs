//! Errors of the chat as answers.

use actix_web::http::StatusCode;
use shared_types::ProblemCode;

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
            ChatError::Nobody | ChatError::Unreachable { .. } => {
                answer(StatusCode::BAD_GATEWAY, ProblemCode::HubUnreachable)
            }
            ChatError::Timeout { .. } => {
                answer(StatusCode::GATEWAY_TIMEOUT, ProblemCode::HubTimeout)
            }
            ChatError::Failed { .. } | ChatError::TooLong(_) => {
                answer(StatusCode::BAD_GATEWAY, ProblemCode::HubFailed)
            }
        }
    }
}
