use serde::{Deserialize, Serialize};

/// Who may come in, as the settings have it: how one signs in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum SignIn {
    /// Not at all: everybody who reaches the API may see everything.
    #[default]
    None,
    /// Somewhere else: a proxy says who asks.
    Forward,
    /// With a name and a password.
    Basic,
    /// With a token.
    Token,
}

/// What somebody may see and do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Everything.
    Admin,
    /// Figures, and calls without what tells of people.
    Viewer,
}

impl Role {
    /// The name on the wire and in settings.
    pub const fn as_str(self) -> &'static str {
        match self {
            Role::Admin => "admin",
            Role::Viewer => "viewer",
        }
    }
}

/// How to sign in, and whether whoever asks has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Session {
    /// How one signs in.
    pub sign_in: SignIn,
    /// Whoever asks may come in.
    pub signed_in: bool,
    /// With `forward`: where people sign in, an address or a path; `None` where nobody said.
    pub url: Option<String>,
}

/// What one signs in with: a name and a password, or a token. Has no `Debug`: nothing of it may
/// get into a log.
#[derive(Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Credentials {
    /// With `basic`: the name, 64 characters at most.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 64))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// With `basic`: the password, 1024 bytes at most.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 1024))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
    /// With `token`: the token, 1024 bytes at most.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 1024))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
}

/// Who asks, and what they may do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Me {
    /// What they are called; `everybody` where nobody signs in.
    pub name: String,
    /// Their e-mail address, where it is known.
    pub email: Option<String>,
    /// What they may see and do.
    pub role: Role,
    /// How one signs in.
    pub sign_in: SignIn,
    /// They are told who asked what.
    pub may_see_people: bool,
    /// They may ask in the chat.
    pub may_chat: bool,
    /// Until when they stay signed in, RFC 3339; `None` where nothing here ends it.
    pub expires: Option<String>,
}
