//! Who looks at the page, as far as it shows them something else than others.

use crate::api::{
    ApiError,
    session::{Caller, caller},
};
use crate::view::Watched;

/// What the API says of the viewer, cheap to copy. Nothing until it has said it.
#[derive(Clone, Copy)]
pub struct You(Watched<Option<Caller>>);

impl You {
    /// Nobody knows yet.
    pub fn begin() -> You {
        You(Watched::new(None))
    }

    /// Asks the API, unless it has said it already.
    ///
    /// # Errors
    /// When nobody is signed in, or there is no answer.
    pub(super) async fn learn(self) -> Result<(), ApiError> {
        if self.0.peek().is_none() {
            self.0.set(Some(caller().await?));
        }
        Ok(())
    }

    /// Somebody else may look from now on.
    pub(super) fn forget(self) {
        self.0.set(None);
    }

    /// Whether it may be shown who asked for what.
    pub fn sees_people(self) -> bool {
        self.0.get().is_none_or(|you| you.sees_people)
    }

    /// Whether the viewer may ask in the chat.
    pub fn may_chat(self) -> bool {
        self.0.get().is_none_or(|you| you.may_chat)
    }

    /// The viewer's name, where one has to sign in.
    pub fn name(self) -> Option<String> {
        self.0.get().and_then(|you| you.name)
    }
}
