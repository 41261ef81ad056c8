//! Settings of the doors: who may come in.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use reqwest::Url;

use super::users::{User, users};
use super::{ConfigError, Proxies, Secret};

/// Tokens at most: each may have to be tried.
const MOST_TOKENS: usize = 16;
/// Users at most.
const MOST_USERS: usize = 100;
/// The shortest key that signs sessions, in bytes: as long as what it signs with.
const SHORTEST_KEY: usize = 32;

/// Settings of the doors, as they are given.
#[derive(Args, Debug)]
pub(super) struct AuthSettings {
    /// Who may come in: everybody, whom a proxy names, or whoever has a password or a token
    #[arg(long, env = "AUTH", value_enum, default_value_t = Auth::None)]
    auth: Auth,

    /// With `AUTH=forward`: roles (`X-User-Role`) that may see everything, separated by commas
    #[arg(long, env = "ADMIN_ROLES", default_value = "admin")]
    admin_roles: String,

    /// With `AUTH=forward`: where people sign in, an address or a path
    #[arg(long, env = "SIGN_IN_URL")]
    sign_in_url: Option<String>,

    /// With `AUTH=basic` or `token`: lines `name:role:hash`; role is `admin` or `viewer`, hash is what `--hash-password` prints
    #[arg(long, env = "AUTH_USERS", hide_env_values = true)]
    auth_users: Option<Secret>,

    /// A file that holds `AUTH_USERS`
    #[arg(long, env = "AUTH_USERS_FILE")]
    auth_users_file: Option<PathBuf>,

    /// How long one stays signed in, hours, 1 to 720
    #[arg(long, env = "AUTH_SESSION_HOURS", default_value_t = 12, value_parser = clap::value_parser!(u32).range(1..=720))]
    auth_session_hours: u32,

    /// What sessions are signed with, 32 bytes at least; made of `AUTH_USERS` when not given
    #[arg(long, env = "AUTH_SESSION_KEY", hide_env_values = true)]
    auth_session_key: Option<Secret>,

    /// A file that holds `AUTH_SESSION_KEY`
    #[arg(long, env = "AUTH_SESSION_KEY_FILE")]
    auth_session_key_file: Option<PathBuf>,
}

/// How one signs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Auth {
    /// Not at all: everybody who reaches the API may see everything
    None,
    /// A proxy of `TRUSTED_PROXIES` says who asks
    Forward,
    /// With a name and a password
    Basic,
    /// With a token
    Token,
}

/// Who may come in.
#[derive(Clone, Debug, Default)]
pub enum AuthConfig {
    /// Everybody, and they may see everything.
    #[default]
    None,
    /// Whom a proxy names that is believed.
    Forward(ForwardConfig),
    /// Whoever knows a name and its password.
    Basic(UsersConfig),
    /// Whoever has a token.
    Token(UsersConfig),
}

/// What is made of what a proxy says.
#[derive(Clone, Debug)]
pub struct ForwardConfig {
    /// Roles that may see everything, in small letters.
    pub admin_roles: Vec<String>,
    /// Where people sign in.
    pub sign_in_url: Option<String>,
}

/// Who may sign in, and for how long.
#[derive(Clone, Debug)]
pub struct UsersConfig {
    /// Who; names are unique.
    pub users: Vec<User>,
    /// What sessions are signed with; made of the users when there is none.
    pub key: Option<Secret>,
    /// How long a session lasts, hours.
    pub hours: u32,
}

impl AuthConfig {
    /// Whether everybody comes in.
    pub fn is_open(&self) -> bool {
        matches!(self, AuthConfig::None)
    }
}

impl AuthSettings {
    /// Checks them, given who is believed.
    pub(super) fn check(self, proxies: &Proxies) -> Result<AuthConfig, ConfigError> {
        match self.auth {
            Auth::None => Ok(AuthConfig::None),
            Auth::Forward => self.forward(proxies).map(AuthConfig::Forward),
            Auth::Basic => self.users("basic", MOST_USERS).map(AuthConfig::Basic),
            Auth::Token => self.users("token", MOST_TOKENS).map(AuthConfig::Token),
        }
    }

    fn forward(self, proxies: &Proxies) -> Result<ForwardConfig, ConfigError> {
        if proxies.is_empty() {
            let wrong = "AUTH=forward believes proxies of TRUSTED_PROXIES when they say who asks, and \
                         none is set: give their addresses or CIDRs, like 10.0.0.0/8";
            return Err(ConfigError(wrong.to_owned()));
        }
        let roles = self.admin_roles.split(',').map(str::trim);
        let roles = roles.filter(|role| !role.is_empty()).map(str::to_lowercase);
        let given = self.sign_in_url.as_deref().map(str::trim);
        let url = given.filter(|url| !url.is_empty()).map(place).transpose()?;
        Ok(ForwardConfig {
            admin_roles: roles.collect(),
            sign_in_url: url,
        })
    }

    fn users(self, auth: &str, most: usize) -> Result<UsersConfig, ConfigError> {
        let file = self.auth_users_file.as_deref();
        let lines = Secret::given("AUTH_USERS", self.auth_users, file)?;
        let lines = lines.ok_or_else(|| {
            ConfigError(format!(
                "AUTH={auth} needs AUTH_USERS or AUTH_USERS_FILE: who may come in, a line \
                 `name:role:hash` each"
            ))
        })?;
        let file = self.auth_session_key_file.as_deref();
        let key = Secret::given("AUTH_SESSION_KEY", self.auth_session_key, file)?;
        let short = |key: &Secret| key.expose().len() < SHORTEST_KEY;
        if key.as_ref().is_some_and(short) {
            let wrong =
                "AUTH_SESSION_KEY must have 32 bytes at least: `openssl rand -hex 32` makes one";
            return Err(ConfigError(wrong.to_owned()));
        }
        Ok(UsersConfig {
            users: users(auth, lines.expose(), most)?,
            key,
            hours: self.auth_session_hours,
        })
    }
}

/// Where people sign in: an address, or a path of this very host.
fn place(url: &str) -> Result<String, ConfigError> {
    let plain = !url.contains(|letter: char| letter.is_control() || letter == '\\');
    // `//host` would be another host's.
    let path = url.starts_with('/') && !url.starts_with("//");
    let address = || {
        let url = Url::parse(url).ok()?;
        let named = url.host_str().is_some_and(|host| !host.is_empty());
        let bare = url.username().is_empty() && url.password().is_none();
        (matches!(url.scheme(), "http" | "https") && named && bare).then_some(())
    };
    if plain && (path || address().is_some()) {
        return Ok(url.to_owned());
    }
    let wrong =
        "SIGN_IN_URL must be an address like https://hub.example/login, or a path like /login";
    Err(ConfigError(wrong.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_sent_to_an_address_or_to_a_path_of_this_host() {
        for fine in [
            "/login",
            "/",
            "https://hub.example/login?next=%2F",
            "http://127.0.0.1:8000",
        ] {
            assert_eq!(place(fine).unwrap(), fine);
        }
        for wrong in [
            "login",
            "//evil.example",
            "/\\evil.example",
            "javascript:alert(1)",
            "https://me:hunter2@hub.example",
            "https://",
            "/a\nb",
        ] {
            let error = place(wrong).unwrap_err().to_string();
            assert!(
                error.contains("SIGN_IN_URL") && !error.contains("hunter2"),
                "{wrong}"
            );
        }
    }
}
