//! Settings of the chat.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::Args;
use ipnet::IpNet;
use reqwest::Url;

use super::{ConfigError, Secret};

/// The longest e-mail address (RFC 5321).
const LONGEST_ADDRESS: usize = 254;
/// The longest name of a model, in bytes.
const LONGEST_MODEL: usize = 200;

/// Settings of the chat, as they are given.
#[derive(Args, Debug)]
pub(super) struct ChatSettings {
    /// The hub to chat with: `https://hub.example`
    // Hidden, since somebody may write credentials into it, which is refused.
    #[arg(long, env = "HUB_URL", hide_env_values = true)]
    hub_url: Option<Secret>,

    /// What the dashboard shows the hub as `Authorization: Bearer ...`
    #[arg(long, env = "HUB_TOKEN", hide_env_values = true)]
    hub_token: Option<Secret>,

    /// A file that holds `HUB_TOKEN`
    #[arg(long, env = "HUB_TOKEN_FILE")]
    hub_token_file: Option<PathBuf>,

    /// Whose e-mail address goes to the hub when no proxy says who asks
    #[arg(long, env = "CHAT_USER", default_value = "dashboard@localhost", value_parser = email)]
    chat_user: String,

    /// Whose `X-User-*` headers are believed: addresses or CIDRs, separated by commas
    #[arg(
        long,
        env = "TRUSTED_PROXIES",
        default_value = "",
        hide_default_value = true
    )]
    trusted_proxies: Proxies,

    /// An OpenAI-compatible server for the chat, where there is no hub: `http://127.0.0.1:11434/v1`
    #[arg(long, env = "LLM_BASE_URL", hide_env_values = true)]
    llm_base_url: Option<Secret>,

    /// The model there
    #[arg(long, env = "LLM_MODEL")]
    llm_model: Option<String>,

    /// What the dashboard shows it as `Authorization: Bearer ...`
    #[arg(long, env = "LLM_API_KEY", hide_env_values = true)]
    llm_api_key: Option<Secret>,

    /// A file that holds `LLM_API_KEY`
    #[arg(long, env = "LLM_API_KEY_FILE")]
    llm_api_key_file: Option<PathBuf>,
}

/// Who answers in the chat: the hub where there is one, else the model.
#[derive(Debug, Clone, Default)]
pub struct ChatConfig {
    /// The hub to chat with.
    pub hub: Option<HubConfig>,
    /// A language model to chat with.
    pub model: Option<ModelConfig>,
}

/// A server that speaks OpenAI's protocol.
#[derive(Debug, Clone)]
pub struct ModelConfig {
    /// Its address, without a slash at its end.
    pub url: String,
    /// The model there.
    pub model: String,
    /// What the dashboard shows it.
    pub key: Option<Secret>,
}

/// A hub to chat with.
#[derive(Debug, Clone)]
pub struct HubConfig {
    /// Its address, without a slash at its end.
    pub url: String,
    /// What the dashboard shows it when the asker shows nothing.
    pub token: Option<Secret>,
    /// Whose e-mail address it is given when nobody says who asks.
    pub user: String,
}

/// Proxies that are believed when they say who asks.
#[derive(Debug, Clone, Default)]
pub struct Proxies(Vec<IpNet>);

impl Proxies {
    /// Whether one with this address is.
    pub fn believe(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|network| network.contains(&address))
    }

    /// Whether nobody is.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl std::str::FromStr for Proxies {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let named = text
            .split(',')
            .map(str::trim)
            .filter(|name| !name.is_empty());
        let networks: Option<Vec<IpNet>> = named.map(network).collect();
        networks.map(Proxies).ok_or_else(|| {
            "must be addresses or CIDRs, separated by commas, like 10.0.0.0/8,192.0.2.1".to_owned()
        })
    }
}

impl ChatSettings {
    pub(super) fn check(self) -> Result<(ChatConfig, Proxies), ConfigError> {
        let file = self.hub_token_file.as_deref();
        let token = Secret::token("HUB_TOKEN", self.hub_token, file)?;
        let url = address("HUB_URL", "HUB_TOKEN", self.hub_url)?;
        let hub = url.map(|url| HubConfig {
            url,
            token,
            user: self.chat_user,
        });
        let file = self.llm_api_key_file.as_deref();
        let key = Secret::token("LLM_API_KEY", self.llm_api_key, file)?;
        let url = address("LLM_BASE_URL", "LLM_API_KEY", self.llm_base_url)?;
        let named = url
            .map(|url| Ok((url, model(self.llm_model)?)))
            .transpose()?;
        let model = named.map(|(url, model)| ModelConfig { url, model, key });
        Ok((ChatConfig { hub, model }, self.trusted_proxies))
    }
}

/// The name of the model.
fn model(name: Option<String>) -> Result<String, ConfigError> {
    let name = name.unwrap_or_default().trim().to_owned();
    let long = name.len() > LONGEST_MODEL || name.chars().any(char::is_control);
    if name.is_empty() || long {
        let wrong = "LLM_MODEL must name a model of LLM_BASE_URL, in 200 letters at most";
        return Err(ConfigError(wrong.to_owned()));
    }
    Ok(name)
}

/// The address of a server, without a slash at its end. The message never repeats it.
fn address(name: &str, token: &str, url: Option<Secret>) -> Result<Option<String>, ConfigError> {
    let wrong = |what: &str| ConfigError(format!("{name} {what}"));
    let Some(url) = Secret::given(name, url, None)? else {
        return Ok(None);
    };
    let url = Url::parse(url.expose()).ok();
    let url = url.filter(|url| matches!(url.scheme(), "http" | "https"));
    let url = url.filter(|url| url.host_str().is_some_and(|host| !host.is_empty()));
    let url = url.ok_or_else(|| {
        wrong("must be an address like https://hub.example or http://127.0.0.1:8000/hub")
    })?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(wrong(&format!("must not hold a password: set {token}")));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(wrong("must end with its path: no `?`, no `#`"));
    }
    Ok(Some(url.as_str().trim_end_matches('/').to_owned()))
}

/// Whether this can be an e-mail address: enough to keep nonsense out, since it is the hub that
/// knows its users.
pub fn is_email(text: &str) -> bool {
    let plain = |letter: char| !letter.is_control() && !letter.is_whitespace();
    let named = text
        .split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && !host.is_empty());
    named && text.len() <= LONGEST_ADDRESS && text.chars().all(plain)
}

fn email(text: &str) -> Result<String, String> {
    let text = text.trim();
    if is_email(text) {
        return Ok(text.to_owned());
    }
    Err("must be an e-mail address".to_owned())
}

fn network(text: &str) -> Option<IpNet> {
    let one = || {
        text.parse::<IpAddr>()
            .ok()
            .map(|address| IpNet::from(address.to_canonical()))
    };
    text.parse().ok().or_else(one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_kept_without_a_slash_at_their_end() {
        let address = |text: &str| super::address("HUB_URL", "HUB_TOKEN", Some(Secret::from(text)));
        for (given, kept) in [
            ("http://hub:8000", "http://hub:8000"),
            ("https://hub.example/", "https://hub.example"),
            (" https://hub.example/omni2/ ", "https://hub.example/omni2"),
            ("http://[::1]:9", "http://[::1]:9"),
        ] {
            assert_eq!(address(given).unwrap().as_deref(), Some(kept), "{given}");
        }
        assert_eq!(address(" ").unwrap(), None);
        for wrong in [
            "hub",
            "ftp://hub",
            "http://",
            "file:///etc",
            "http://hub?x=1",
            "http://hub#x",
            "http://me@hub",
            "http://:hunter2@hub",
        ] {
            let told = address(wrong).unwrap_err().to_string();
            assert!(
                told.starts_with("HUB_URL must ") && !told.contains("hunter2"),
                "{told}"
            );
        }
    }

    #[test]
    fn proxies_are_believed_by_their_networks() {
        let proxies = "10.0.0.0/8, 192.0.2.1,fd00::/8,"
            .parse::<Proxies>()
            .unwrap();
        for (address, believed) in [
            ("10.1.2.3", true),
            ("::ffff:10.1.2.3", true),
            ("192.0.2.1", true),
            ("192.0.2.2", false),
            ("fd12::1", true),
            ("::1", false),
        ] {
            assert_eq!(
                proxies.believe(address.parse().unwrap()),
                believed,
                "{address}"
            );
        }
        assert!(!Proxies::default().believe(IpAddr::from([127, 0, 0, 1])));
        for wrong in ["everyone", "10.0.0.0/33", "10.0.0.1;10.0.0.2"] {
            assert!(wrong.parse::<Proxies>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_cannot_be_an_email_address_is_none() {
        for fine in ["a@b", "john@company.com", "jörg@firma.example"] {
            assert!(is_email(fine), "{fine}");
        }
        for wrong in ["", "@", "a@", "@b", "a b@c", "a@b\n", "a@b\u{0}", "john"] {
            assert!(!is_email(wrong), "{wrong}");
        }
        assert!(!is_email(&format!("a@{}", "b".repeat(253))));
    }
}
