//! Somebody who came in.

use std::borrow::Cow;

use shared_types::{Me, Role, SignIn};
use timeline::Micros;

use crate::live::Audience;

/// What somebody is called where nobody signs in.
const EVERYBODY: &str = "everybody";

/// Somebody who came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visitor {
    /// What they are called.
    pub name: Cow<'static, str>,
    /// Their e-mail address, where it is known.
    pub email: Option<String>,
    /// What they may see and do.
    pub role: Role,
    /// What let them in, where it was a cookie.
    pub(super) session: Option<Held>,
}

/// A session that somebody holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Held {
    /// Its number, which is random.
    pub(super) id: [u8; 16],
    /// When it ends.
    pub(super) expires: Micros,
}

impl Visitor {
    /// Whoever asks where nobody signs in.
    pub fn anybody() -> Visitor {
        Visitor {
            name: Cow::Borrowed(EVERYBODY),
            email: None,
            role: Role::Admin,
            session: None,
        }
    }

    /// What they are told of people.
    pub fn audience(&self) -> Audience {
        match self.role {
            Role::Admin => Audience::Everything,
            Role::Viewer => Audience::WithoutPeople,
        }
    }

    /// Whether they may do what only admins may.
    pub fn is_admin(&self) -> bool {
        self.role == Role::Admin
    }

    /// As they are told about themselves.
    pub fn me(&self, sign_in: SignIn) -> Me {
        let expires = self.session.map(|held| held.expires);
        let moment = expires.and_then(|at| jiff::Timestamp::from_microsecond(at).ok());
        Me {
            name: self.name.clone().into_owned(),
            email: self.email.clone(),
            role: self.role,
            sign_in,
            may_see_people: self.is_admin(),
            may_chat: self.is_admin(),
            expires: moment.map(|at| at.to_string()),
        }
    }
}
