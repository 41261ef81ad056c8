//! Every setting in one place: from the environment, or from flags of the same name.

mod auth;
mod chat;
mod secret;
mod users;

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use clap::{Parser, ValueEnum};
use rust_decimal::Decimal;

use crate::store::Database;
use auth::AuthSettings;
use chat::ChatSettings;

pub use auth::{AuthConfig, ForwardConfig, UsersConfig};
pub use chat::{ChatConfig, HubConfig, ModelConfig, Proxies, is_email};
pub use secret::Secret;
pub use users::User;

/// The dashboard's API: follows an Omni2 hub's audit log and serves its figures.
#[derive(Parser, Debug)]
#[command(name = "api", version)]
pub struct Settings {
    /// The hub's database: `sqlite://path` (made and filled by the simulated hub) or `postgres://...` (only read)
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    database_url: Option<Secret>,

    /// A file that holds `DATABASE_URL`
    #[arg(long, env = "DATABASE_URL_FILE")]
    database_url_file: Option<PathBuf>,

    /// Address to serve on
    #[arg(long, env = "API_HOST", default_value = "127.0.0.1")]
    api_host: IpAddr,

    /// Port to serve on; 0 takes a free one
    #[arg(long, env = "API_PORT", default_value_t = 8100)]
    api_port: u16,

    /// Serve without sign-in on an address that others can reach
    #[arg(long, env = "ALLOW_INSECURE", default_value_t = false, action = clap::ArgAction::Set)]
    allow_insecure: bool,

    /// How many days back the timeline reaches, 1 to 400
    #[arg(long, env = "HISTORY_DAYS", default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=400))]
    history_days: u32,

    /// USD per million tokens, where the hub has no cost column
    #[arg(long, env = "PRICE_TOKENS", default_value = "0.80", value_parser = price, allow_negative_numbers = true)]
    price_tokens: Decimal,

    /// The hub's own time zone (IANA)
    #[arg(long, env = "HUB_TZ", default_value = "UTC", value_parser = time_zone)]
    hub_tz: String,

    /// Pause between two looks at the table, milliseconds, 50 to 10000
    #[arg(long, env = "POLL_MS", default_value_t = 500, value_parser = clap::value_parser!(u64).range(50..=10_000))]
    poll_ms: u64,

    /// Where the dashboard keeps what is its own; the embedded database by default
    #[arg(long, env = "STATE_DIR", default_value = "data")]
    state_dir: PathBuf,

    #[command(flatten)]
    auth: AuthSettings,

    #[command(flatten)]
    chat: ChatSettings,

    /// How the log is written
    #[arg(long, env = "LOG_FORMAT", value_enum, default_value_t = LogFormat::Pretty)]
    log_format: LogFormat,

    /// What is logged, as `tracing` filters: `info`, `api=debug`
    #[arg(long, env = "RUST_LOG", default_value = "info")]
    rust_log: String,

    /// Do not serve: print the hash of the password or token on the standard input, for `AUTH_USERS`
    #[arg(long, conflicts_with = "probe")]
    hash_password: bool,

    /// Do not serve: ask the API that serves at `API_HOST` and `API_PORT` whether it is healthy
    #[arg(long)]
    probe: bool,
}

/// What the program is started for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// To serve.
    Serve,
    /// To hash a password.
    HashPassword,
    /// To ask whether the API that serves there is healthy.
    Probe(SocketAddr),
}

/// How the log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    Pretty,
    /// One JSON object a line.
    Json,
}

/// Settings, checked.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where the hub's rows are.
    pub database: Database,
    /// Address to serve on.
    pub host: IpAddr,
    /// Port to serve on; 0 takes a free one.
    pub port: u16,
    /// The file in which folded history is kept.
    pub keep: PathBuf,
    /// How many days back the timeline reaches.
    pub history_days: u32,
    /// USD per million tokens, where the hub has no cost column.
    pub price_tokens: Decimal,
    /// The hub's own time zone (IANA).
    pub hub_tz: String,
    /// Pause between two polls.
    pub poll: Duration,
    /// Who answers in the chat.
    pub chat: ChatConfig,
    /// Who is believed when they say who asks.
    pub proxies: Proxies,
    /// Who may come in.
    pub auth: AuthConfig,
    /// How the log is written.
    pub log_format: LogFormat,
    /// What is logged.
    pub log_filter: String,
}

/// A setting is wrong. The message names it, and never holds a secret.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct ConfigError(String);

impl Settings {
    /// What the program is started for.
    pub fn task(&self) -> Task {
        if self.hash_password {
            return Task::HashPassword;
        }
        if self.probe {
            return Task::Probe(SocketAddr::new(self.api_host, self.api_port));
        }
        Task::Serve
    }

    /// Checks what the settings mean together.
    ///
    /// # Errors
    /// When a setting is wrong; the message names it and what is allowed.
    pub fn check(self) -> Result<Config, ConfigError> {
        let (chat, proxies) = self.chat.check()?;
        let auth = self.auth.check(&proxies)?;
        if auth.is_open() && !self.api_host.is_loopback() && !self.allow_insecure {
            return Err(ConfigError(format!(
                "API_HOST={} can be reached by others, and AUTH=none lets everybody in: set AUTH to \
                 forward, basic or token, serve on 127.0.0.1, or set ALLOW_INSECURE=true where \
                 something in front decides who may come in",
                self.api_host
            )));
        }
        let file = self.database_url_file.as_deref();
        let url = Secret::given("DATABASE_URL", self.database_url, file)?;
        let embedded = || format!("sqlite://{}", self.state_dir.join("omni2.db").display());
        let url = url.map_or_else(embedded, |url| url.expose().to_owned());
        let database = Database::parse(&url).map_err(|error| ConfigError(error.to_string()))?;
        let keep = format!("history-{:016x}.bin", database.identity());
        Ok(Config {
            database,
            keep: self.state_dir.join(keep),
            host: self.api_host,
            port: self.api_port,
            history_days: self.history_days,
            price_tokens: self.price_tokens,
            hub_tz: self.hub_tz,
            poll: Duration::from_millis(self.poll_ms),
            chat,
            proxies,
            auth,
            log_format: self.log_format,
            log_filter: self.rust_log,
        })
    }
}

fn price(text: &str) -> Result<Decimal, String> {
    match text.parse::<Decimal>() {
        Ok(price) if price >= Decimal::ZERO && price <= Decimal::from(1_000_000) => Ok(price),
        _ => {
            Err("must be a decimal number of USD per million tokens, from 0 to 1000000".to_owned())
        }
    }
}

fn time_zone(text: &str) -> Result<String, String> {
    match timeline::Zone::named(text) {
        Some(zone) => Ok(zone.name().to_owned()),
        None => Err("must be an IANA time zone like UTC or Europe/Berlin".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(flags: &[&str]) -> Result<Config, String> {
        let words = std::iter::once("api").chain(flags.iter().copied());
        let settings = Settings::try_parse_from(words).map_err(|error| error.to_string())?;
        settings.check().map_err(|error| error.to_string())
    }

    #[test]
    fn the_embedded_database_is_the_default() {
        let config = settings(&["--state-dir", "somewhere"]).unwrap();
        let Database::Sqlite(path) = config.database else {
            panic!("not the embedded database");
        };
        assert_eq!(path, PathBuf::from("somewhere/omni2.db"));
    }

    #[test]
    fn a_wrong_setting_is_named_with_what_is_allowed() {
        for (flags, said) in [
            (&["--history-days", "0"][..], "1..=400"),
            (&["--poll-ms", "49"], "50..=10000"),
            (&["--price-tokens", "-1"], "USD per million tokens"),
            (&["--hub-tz", "Mars/Olympus"], "Europe/Berlin"),
            (&["--api-host", "0.0.0.0"], "ALLOW_INSECURE"),
            (&["--database-url", "mysql://x"], "DATABASE_URL"),
            (
                &["--database-url-file", "/does/not/exist"],
                "DATABASE_URL_FILE",
            ),
        ] {
            let error = settings(flags).unwrap_err();
            assert!(error.contains(said), "{flags:?}: {error}");
        }
    }

    #[test]
    fn a_password_is_in_no_message_and_no_debug_text() {
        let url = "postgres://me:hunter2@localhost/hub";
        let settings = Settings::try_parse_from(["api", "--database-url", url]).unwrap();
        assert!(!format!("{settings:?}").contains("hunter2"));
        let error =
            self::settings(&["--database-url", "mysql://me:hunter2@localhost"]).unwrap_err();
        assert!(!error.contains("hunter2"), "{error}");
    }

    #[test]
    fn another_address_wants_a_word() {
        let flags = ["--api-host", "0.0.0.0", "--allow-insecure", "true"];
        assert!(settings(&flags).is_ok());
    }
}
