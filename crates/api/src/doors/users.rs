//! Users of `AUTH_USERS`: who they are, and what lets them in.

use std::borrow::Cow;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Arc;

use actix_web::http::header::HeaderMap;
use shared_types::{Role, SignIn};
use timeline::{Micros, SECOND};

use super::session::{Seal, derived, keyed, sealed, unsealed};
use super::throttle::Throttle;
use super::verify::{Remembered, Verifier, like};
use super::visitor::Held;
use super::{DoorError, Shown, Visitor};
use crate::clock::Clock;
use crate::config::{User, UsersConfig, is_email};

/// What the key of sessions is made with where the settings have none.
const OWN: [u8; 32] = *b"omni2 dashboard: sessions, no. 1";

/// Users, and what lets them in.
pub(super) struct Users {
    kind: SignIn,
    known: Vec<Known>,
    /// Where each stands.
    places: HashMap<String, usize>,
    /// The seal of everybody that there is not.
    nobody: Seal,
    /// What a password is checked by when nobody has that name: takes as long, and fits nothing.
    spare: Arc<str>,
    /// How long a session lasts, seconds.
    lasts: i64,
    throttle: Throttle,
    verifier: Verifier,
    remembered: Remembered,
}

struct Known {
    name: String,
    role: Role,
    hash: Arc<str>,
    seal: Seal,
}

impl Users {
    /// `own` is random: a key for this process alone.
    pub(super) fn new(kind: SignIn, config: &UsersConfig, clock: &Clock, own: [u8; 32]) -> Users {
        let master = keyed(key(kind, config));
        let seal = |name: &str, role: &str, hash: &str| {
            keyed(derived(&master, &["session", name, role, hash]))
        };
        let known = |user: &User| Known {
            name: user.name.clone(),
            role: user.role,
            hash: Arc::from(user.hash.expose()),
            seal: seal(&user.name, user.role.as_str(), user.hash.expose()),
        };
        let known: Vec<Known> = config.users.iter().map(known).collect();
        let places = config.users.iter().map(|user| user.name.clone());
        let hashes = known.iter().map(|known| &*known.hash);
        let own = keyed(own);
        Users {
            kind,
            places: places.zip(0..).collect(),
            nobody: seal("", "", ""),
            spare: like(hashes, derived(&own, &["spare"])),
            lasts: i64::from(config.hours) * 3_600,
            known,
            throttle: Throttle::new(clock),
            verifier: Verifier::default(),
            remembered: Remembered::new(keyed(derived(&own, &["remembered"])), clock.clone()),
        }
    }

    pub(super) fn kind(&self) -> SignIn {
        self.kind
    }

    /// How long a session lasts, seconds.
    pub(super) fn lasts(&self) -> i64 {
        self.lasts
    }

    /// Whoever a program's header says, which is believed again for a minute.
    pub(super) async fn by_authorization(
        &self,
        shown: Shown,
        client: IpAddr,
    ) -> Result<Visitor, DoorError> {
        let mark = self.remembered.mark(&shown);
        if let Some(known) = self
            .remembered
            .whose(&mark)
            .and_then(|place| self.known.get(place))
        {
            return Ok(known.visitor(None));
        }
        let place = self.check(&shown, client).await?;
        self.remembered.keep(mark, place);
        self.visitor(place)
    }

    /// Whose this is, after a check that takes as long whether somebody has that name or not.
    pub(super) async fn verified(
        &self,
        shown: &Shown,
        client: IpAddr,
    ) -> Result<Visitor, DoorError> {
        let place = self.check(shown, client).await?;
        self.visitor(place)
    }

    /// Gives somebody a session: who they are now, and the value of their cookie.
    pub(super) fn seal(&self, visitor: Visitor, id: [u8; 16], now: Micros) -> (Visitor, String) {
        let held = Held {
            id,
            expires: (now.div_euclid(SECOND) + self.lasts) * SECOND,
        };
        let known = self.find(&visitor.name);
        let seal = known.map_or(&self.nobody, |known| &known.seal);
        let value = sealed(seal, &visitor.name, visitor.role, held);
        let visitor = Visitor {
            session: Some(held),
            ..visitor
        };
        (visitor, value)
    }

    /// Whoever holds a cookie of ours.
    pub(super) fn unseal(&self, headers: &HeaderMap, now: Micros) -> Option<Visitor> {
        let whose = |name: &str| match self.find(name) {
            Some(known) => (&known.seal, Some((known.role, known))),
            None => (&self.nobody, None),
        };
        let (known, _, held) = unsealed(headers, now, whose)?;
        Some(known.visitor(Some(held)))
    }

    async fn check(&self, shown: &Shown, client: IpAddr) -> Result<usize, DoorError> {
        let tried = self.throttle.begin(client, shown.name()).inspect_err(|_| {
            tracing::warn!(%client, "too many wrong passwords or tokens");
        })?;
        let place = self.place_of(shown.name());
        let hashes: Vec<Arc<str>> = match (shown, place) {
            (Shown::Token(_), _) => self.known.iter().map(|known| known.hash.clone()).collect(),
            (Shown::Password { .. }, Some(place)) => {
                let known = self.known.get(place);
                known.map(|known| known.hash.clone()).into_iter().collect()
            }
            (Shown::Password { .. }, None) => vec![self.spare.clone()],
        };
        let fits = self.verifier.which(hashes, shown.secret().to_owned()).await;
        // What was not checked was not wrong.
        let fits = fits.inspect_err(|_| self.throttle.was_right(&tried))?;
        let found = match shown {
            Shown::Token(_) => fits,
            Shown::Password { .. } => fits.and(place),
        };
        if found.is_some() {
            self.throttle.was_right(&tried);
        } else {
            tracing::warn!(%client, "a wrong password or token");
        }
        found.ok_or(DoorError::Failed)
    }

    fn visitor(&self, place: usize) -> Result<Visitor, DoorError> {
        let known = self.known.get(place).ok_or(DoorError::Internal)?;
        Ok(known.visitor(None))
    }

    fn place_of(&self, name: &str) -> Option<usize> {
        self.places.get(name).copied()
    }

    fn find(&self, name: &str) -> Option<&Known> {
        self.known.get(self.place_of(name)?)
    }
}

impl Known {
    fn visitor(&self, session: Option<Held>) -> Visitor {
        Visitor {
            name: Cow::Owned(self.name.clone()),
            email: is_email(&self.name).then(|| self.name.clone()),
            role: self.role,
            session,
        }
    }
}

/// What sessions are signed with: the settings' key; else all of the users, so that replicas
/// agree, and any change of them ends every session.
fn key(kind: SignIn, config: &UsersConfig) -> [u8; 32] {
    let own = keyed(OWN);
    let kind = if kind == SignIn::Token {
        "token"
    } else {
        "basic"
    };
    if let Some(key) = &config.key {
        return derived(&own, &[kind, "key", key.expose()]);
    }
    let users = config.users.iter();
    let told = users.flat_map(|user| [&user.name, user.role.as_str(), user.hash.expose()]);
    let parts: Vec<&str> = [kind, "users"].into_iter().chain(told).collect();
    derived(&own, &parts)
}
