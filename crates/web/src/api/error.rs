use shared_types::ProblemCode;

/// Why the API gave no figures, in words for the viewer.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ApiError {
    /// No answer came: the network, or nobody serves there.
    #[error("The dashboard's API does not answer.")]
    Unreachable,
    /// The browser knows of no network.
    #[error("This device is offline.")]
    Offline,
    /// The API said what is wrong.
    #[error("{detail}")]
    Problem {
        /// Its own name for it, as it stands on the wire.
        code: String,
        /// In words.
        detail: String,
    },
    /// Something answered, not in the API's language: often a gateway.
    #[error("The dashboard's API answered with status {0}, without saying why.")]
    Status(u16),
    /// The answer cannot be read: page and API are of different versions.
    #[error("The API's answer cannot be read: reload the page, its version may be an older one.")]
    Unreadable,
}

impl ApiError {
    /// Whether it is for want of a signed-in viewer. A gateway may say it in its own way.
    pub fn wants_sign_in(&self) -> bool {
        matches!(self, ApiError::Status(401)) || self.is(ProblemCode::Unauthenticated)
    }

    /// Whether this is what the API says is wrong.
    pub fn is(&self, what: ProblemCode) -> bool {
        let ApiError::Problem { code, .. } = self else {
            return false;
        };
        let what = serde_wasm_bindgen::to_value(&what);
        what.is_ok_and(|what| what.as_string().as_deref() == Some(code))
    }
}
