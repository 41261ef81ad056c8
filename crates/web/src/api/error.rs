use shared_types::{Problem, ProblemCode};

/// Why the API gave no figures, in words for the viewer.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ApiError {
    /// No answer came: the network, or nobody serves there.
    #[error("The dashboard's API does not answer. It is tried again every few seconds.")]
    Unreachable,
    /// The API said what is wrong.
    #[error("{}", .0.detail)]
    Problem(Box<Problem>),
    /// Something answered, not in the API's language: often a gateway.
    #[error("The dashboard's API answered with status {0}, without saying why.")]
    Status(u16),
    /// The answer cannot be read: page and API are of different versions.
    #[error("The API's answer cannot be read: reload the page, its version may be an older one.")]
    Unreadable,
}

impl ApiError {
    /// The API's own name for what is wrong.
    pub fn code(&self) -> Option<ProblemCode> {
        match self {
            ApiError::Problem(problem) => Some(problem.code),
            _ => None,
        }
    }
}
