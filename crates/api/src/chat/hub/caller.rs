//! Who the hub is told is asking.

use std::time::Duration;

use tokio::time::timeout;

use super::Hub;
use crate::chat::{Asker, ChatError};
use crate::config::Secret;
use crate::live::Live;

/// How long the hub's users may take to tell a number or an address: an answer need not wait for
/// a database that is away.
const LOOKED_UP_WITHIN: Duration = Duration::from_secs(2);

/// Who asks, in the hub's terms.
pub(super) struct Caller {
    /// Their e-mail address.
    pub(super) email: String,
    /// Their number; left out when nobody knows it.
    pub(super) id: Option<i64>,
    /// The value of the header `Authorization`.
    pub(super) authorization: Option<Secret>,
}

impl Caller {
    /// Completes what is known of the asker: the number from the address (when it is wanted) or
    /// the address from the number; with neither, it is the settings' own user who asks.
    pub(super) async fn of(hub: &Hub, asker: Asker, by_id: bool) -> Result<Caller, ChatError> {
        let email = match (asker.email, asker.id) {
            (Some(email), _) => email,
            (None, None) => hub.user.clone(),
            (None, Some(id)) => address(&hub.live, id).await.ok_or_else(nameless)?,
        };
        let id = match asker.id {
            None if by_id => number(&hub.live, &email).await,
            id => id,
        };
        let own = || hub.token.as_ref().map(Secret::bearer);
        Ok(Caller {
            email,
            id,
            authorization: asker.authorization.or_else(own),
        })
    }
}

async fn number(live: &Live, email: &str) -> Option<i64> {
    let found = timeout(LOOKED_UP_WITHIN, live.user_with(email)).await;
    // Not told apart: whatever the reason, the number is not known.
    found.ok()?.ok()?
}

async fn address(live: &Live, id: i64) -> Option<String> {
    let found = timeout(LOOKED_UP_WITHIN, live.address_of(id)).await;
    found.ok()?.ok()?
}

fn nameless() -> ChatError {
    let words = "The hub wants to know who asks, and the proxy tells a number (X-User-Id) that \
                 is none of the hub's users. Let it tell the address too (X-User-Email).";
    ChatError::Refused {
        words: words.to_owned(),
    }
}
