//! Doors, and people who come in by them.

use api::config::{AuthConfig, ForwardConfig, Secret, User, UsersConfig};
use argon2::{Argon2, Params, PasswordHasher};
use serde_json::{Value, json};
use shared_types::{Role, paths};

use super::{Answer, Api, Hub, Moment, Talk};

/// What lets in whom: an admin and a viewer.
pub(crate) const ANA: (&str, &str) = ("ana@company.com", "ana's password");
pub(crate) const VERA: (&str, &str) = ("vera", "vera's password");

/// A hash that is cheap to check: stories are not about how dear it is.
pub(crate) fn hash(secret: &str) -> String {
    let argon2 = Argon2::from(Params::new(8, 1, 1, None).unwrap());
    let hash = argon2.hash_password_with_salt(secret.as_bytes(), b"some salt");
    hash.unwrap().to_string()
}

/// These may come in.
pub(crate) fn users(users: &[((&str, &str), Role)]) -> UsersConfig {
    let user = |((name, secret), role): &((&str, &str), Role)| User {
        name: (*name).to_owned(),
        role: *role,
        hash: Secret::from(hash(secret).as_str()),
    };
    UsersConfig {
        users: users.iter().map(user).collect(),
        key: None,
        hours: 12,
    }
}

/// Ana and Vera may come in.
pub(crate) fn ana_and_vera() -> UsersConfig {
    users(&[(ANA, Role::Admin), (VERA, Role::Viewer)])
}

/// A door with names and passwords.
pub(crate) fn basic() -> AuthConfig {
    AuthConfig::Basic(ana_and_vera())
}

/// A door with tokens.
pub(crate) fn token() -> AuthConfig {
    AuthConfig::Token(ana_and_vera())
}

/// A door at which a proxy says who asks.
pub(crate) fn forward() -> AuthConfig {
    AuthConfig::Forward(ForwardConfig {
        admin_roles: vec!["admin".to_owned(), "owner".to_owned()],
        sign_in_url: Some("https://hub.example/login".to_owned()),
    })
}

/// What a proxy says of somebody with this role.
pub(crate) fn named(role: &str) -> [(&str, &str); 3] {
    [
        ("x-user-id", "7"),
        ("x-user-email", "boss@company.com"),
        ("x-user-role", role),
    ]
}

impl Talk {
    /// Behind this door.
    pub(crate) fn behind(mut self, auth: AuthConfig) -> Talk {
        self.auth = auth;
        self
    }
}

impl Api {
    /// Serves this hub's figures behind this door, and waits until all of them are there.
    pub(crate) async fn behind(hub: &Hub, moment: &Moment, auth: AuthConfig) -> Api {
        Api::chatting(hub, moment, Talk::default().behind(auth)).await
    }

    /// Tries to sign in with what stands in this body.
    pub(crate) async fn sign_in(&self, body: &Value) -> Answer {
        self.post(paths::SESSION, &body.to_string()).await
    }

    /// Signs in with a name and a password: what a browser sends from then on.
    pub(crate) async fn cookie(&self, (name, password): (&str, &str)) -> String {
        let answer = self
            .sign_in(&json!({ "name": name, "password": password }))
            .await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        held(&answer)
    }

    /// A path as somebody who holds this cookie asks for it.
    pub(crate) async fn get_as(&self, cookie: &str, path: &str) -> Answer {
        let headers = [("cookie", cookie)];
        self.ask(reqwest::Method::GET, path, &headers).await
    }
}

/// The cookie that an answer sets, as a browser sends it.
pub(crate) fn held(answer: &Answer) -> String {
    let cookie = answer.header("set-cookie").unwrap();
    cookie.split(';').next().unwrap().to_owned()
}
