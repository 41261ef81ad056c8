//! Who may come in, and what they may see.
//!
//! There is one door, which the settings choose. With `AUTH=none` it stands open and nobody is
//! asked anything. Else [`Doors::admit`] finds out who asks: from what a proxy says that is
//! believed ([`forwarded`]), from a sealed cookie ([`session`]), or from a password or token
//! that a program sends along ([`verify`]). Whoever comes in is a [`Visitor`] with a role.

mod credentials;
mod error;
mod forwarded;
mod presence;
mod session;
mod stay;
mod throttle;
mod users;
mod verify;
mod visitor;

use std::sync::Arc;

use parking_lot::Mutex;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use shared_types::{Credentials, Session, SignIn};

use crate::clock::Clock;
use crate::config::{AuthConfig, ForwardConfig, Proxies};
use presence::Sessions;
use users::Users;

pub use credentials::Shown;
pub use error::DoorError;
pub use forwarded::Asked;
pub use session::{cleared, cookie};
pub use stay::Stay;
pub use verify::{HashError, hashed};
pub use visitor::Visitor;

/// The doors of one API.
pub struct Doors {
    door: Door,
    proxies: Proxies,
    clock: Clock,
    sessions: Arc<Sessions>,
    random: Mutex<StdRng>,
}

enum Door {
    Open,
    Forward(ForwardConfig),
    Users(Box<Users>),
}

/// Somebody who has signed in just now.
pub struct SignedIn {
    /// Who.
    pub visitor: Visitor,
    /// The value of the cookie that lets them in from now on.
    pub sealed: String,
    /// How long it does, seconds.
    pub lasts: i64,
}

impl Doors {
    /// The door that the settings choose. `entropy` is random: what is made of it, numbers of
    /// sessions and a key for this process alone, nobody may guess.
    pub fn new(auth: &AuthConfig, proxies: Proxies, clock: Clock, entropy: [u8; 32]) -> Doors {
        let mut random = StdRng::from_seed(entropy);
        let door = match auth {
            AuthConfig::None => Door::Open,
            AuthConfig::Forward(config) => Door::Forward(config.clone()),
            AuthConfig::Basic(config) => {
                let users = Users::new(SignIn::Basic, config, &clock, random.random());
                Door::Users(Box::new(users))
            }
            AuthConfig::Token(config) => {
                let users = Users::new(SignIn::Token, config, &clock, random.random());
                Door::Users(Box::new(users))
            }
        };
        Doors {
            door,
            proxies,
            clock,
            sessions: Arc::default(),
            random: Mutex::new(random),
        }
    }

    /// Whether everybody comes in.
    pub fn is_open(&self) -> bool {
        matches!(self.door, Door::Open)
    }

    /// How one signs in.
    pub fn kind(&self) -> SignIn {
        match &self.door {
            Door::Open => SignIn::None,
            Door::Forward(_) => SignIn::Forward,
            Door::Users(users) => users.kind(),
        }
    }

    /// Who is believed when they say who asks, from where, and how.
    pub fn proxies(&self) -> &Proxies {
        &self.proxies
    }

    /// Whoever asks, if they may come in. A cookie costs microseconds; a password that a program
    /// sends along is checked at most once a minute.
    ///
    /// # Errors
    /// When nobody is signed in, what is shown is wrong, or too much of it was.
    pub async fn admit(&self, asked: &Asked<'_>) -> Result<Visitor, DoorError> {
        let users = match &self.door {
            Door::Open => return Ok(Visitor::anybody()),
            Door::Forward(config) => {
                let named = asked.named(&self.proxies, config);
                return named.ok_or(DoorError::Unauthenticated);
            }
            Door::Users(users) => users,
        };
        if let Some(visitor) = self.by_cookie(users, asked) {
            return Ok(visitor);
        }
        let shown = Shown::of(asked.headers, users.kind());
        let shown = shown.ok_or(DoorError::Unauthenticated)?;
        let client = asked.client(&self.proxies);
        users.by_authorization(shown, client).await
    }

    /// How to sign in, and whether whoever asks has: with a cookie, or somewhere else.
    pub fn about(&self, asked: &Asked<'_>) -> Session {
        let (signed_in, url) = match &self.door {
            Door::Open => (true, None),
            Door::Forward(config) => {
                let named = asked.named(&self.proxies, config);
                (named.is_some(), config.sign_in_url.clone())
            }
            Door::Users(users) => (self.by_cookie(users, asked).is_some(), None),
        };
        Session {
            sign_in: self.kind(),
            signed_in,
            url,
        }
    }

    /// Signs somebody in.
    ///
    /// # Errors
    /// When what is shown is wrong, or too much of it was.
    pub async fn sign_in(&self, asked: &Asked<'_>, shown: Shown) -> Result<SignedIn, DoorError> {
        let Door::Users(users) = &self.door else {
            return Err(DoorError::Unauthenticated);
        };
        let client = asked.client(&self.proxies);
        let visitor = users.verified(&shown, client).await?;
        let id = self.random.lock().random();
        let (visitor, sealed) = users.seal(visitor, id, (self.clock)());
        tracing::info!(name = %visitor.name, role = visitor.role.as_str(), "signed in");
        Ok(SignedIn {
            visitor,
            sealed,
            lasts: users.lasts(),
        })
    }

    /// Ends the session of whoever asks: its streams on this process end, and its cookie is
    /// worth nothing here any more.
    pub fn sign_out(&self, asked: &Asked<'_>) {
        let Door::Users(users) = &self.door else {
            return;
        };
        let left = self.by_cookie(users, asked);
        if let Some(held) = left.and_then(|visitor| visitor.session) {
            self.sessions.end(held.id);
        }
    }

    /// How long a stream of this visitor's may stay open; none where it may for ever.
    pub fn stay(&self, visitor: &Visitor) -> Option<Stay> {
        if self.is_open() {
            return None;
        }
        let age = stay::age(&mut *self.random.lock());
        let presence = visitor.session.map(|held| self.sessions.join(held.id));
        let expires = visitor.session.map(|held| held.expires);
        Some(Stay::new(self.clock.clone(), age, expires, presence))
    }

    /// What is sent in a body, if it is what one signs in with here.
    ///
    /// # Errors
    /// The name of what is missing or too long, and what is allowed.
    pub fn shown(&self, credentials: Credentials) -> Result<Shown, (&'static str, &'static str)> {
        Shown::sent(credentials, self.kind())
    }

    fn by_cookie(&self, users: &Users, asked: &Asked<'_>) -> Option<Visitor> {
        let visitor = users.unseal(asked.headers, (self.clock)())?;
        let held = visitor.session.as_ref();
        held.is_none_or(|held| !self.sessions.has_ended(held.id))
            .then_some(visitor)
    }
}
