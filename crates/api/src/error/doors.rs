//! Those who stay outside, as answers.

use actix_web::http::StatusCode;
use shared_types::ProblemCode;

use super::ApiError;
use crate::doors::DoorError;

/// How one signs in is told by `/api/v1/session`; a scheme that no browser knows keeps it from
/// asking for a password in a window of its own.
pub(super) const CHALLENGE: &str = "Omni2 realm=\"dashboard\"";

impl ApiError {
    /// Whoever is signed in may not: says what wants an admin.
    pub fn forbidden(what: &str) -> ApiError {
        let detail = format!("{what} needs an admin.");
        ApiError::new(StatusCode::FORBIDDEN, ProblemCode::Forbidden, detail)
    }

    /// A page of somebody else's would sign people in or out.
    pub fn from_elsewhere() -> ApiError {
        let detail = "One signs in and out from the dashboard's own pages only.";
        ApiError::new(StatusCode::FORBIDDEN, ProblemCode::Forbidden, detail)
    }
}

impl From<DoorError> for ApiError {
    fn from(error: DoorError) -> Self {
        let (outside, limit) = (StatusCode::UNAUTHORIZED, StatusCode::TOO_MANY_REQUESTS);
        match error {
            DoorError::Unauthenticated => ApiError::new(
                outside,
                ProblemCode::Unauthenticated,
                "Nobody is signed in. /api/v1/session tells how one signs in.",
            ),
            DoorError::Failed => ApiError::new(
                outside,
                ProblemCode::SignInFailed,
                "The name, the password or the token is wrong.",
            ),
            DoorError::Throttled(seconds) => ApiError::new(
                limit,
                ProblemCode::TooManyRequests,
                "Too many wrong passwords or tokens came from here. Wait a moment.",
            )
            .retry(seconds),
            DoorError::Busy => ApiError::new(
                limit,
                ProblemCode::TooManyRequests,
                "Too many people are signing in at once. Try again in a moment.",
            )
            .retry(1),
            DoorError::Internal => ApiError::internal(error),
        }
    }
}
