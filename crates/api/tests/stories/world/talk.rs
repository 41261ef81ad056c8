//! A chat, and somebody who reads its answers.

use std::path::PathBuf;
use std::pin::Pin;
use std::time::Duration;

use api::chat::Limits;
use api::config::{AuthConfig, ChatConfig, HubConfig, ModelConfig, Proxies, Secret};
use api::server::Patience;
use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use reqwest::header::HeaderMap;
use serde_json::{Value, json};
use shared_types::{ChatDone, ChatFailure, ChatToken, chat_event, paths};
use testkit::{StubHub, StubModel};

use super::Api;

/// Longer than anything that a story waits for.
const PATIENCE: Duration = Duration::from_secs(30);

/// Who answers, and how long they and whoever asks may take; who may come in, and how much the
/// database is asked.
#[derive(Clone)]
pub(crate) struct Talk {
    pub(crate) config: ChatConfig,
    pub(crate) limits: Limits,
    pub(crate) proxies: Proxies,
    pub(crate) auth: AuthConfig,
    /// Where history is kept.
    pub(crate) keep: Option<PathBuf>,
    pub(crate) database: api::store::Limits,
    pub(crate) patience: Patience,
}

impl Default for Talk {
    /// With a hub that is not there.
    fn default() -> Self {
        Talk::at("http://127.0.0.1:9")
    }
}

impl Talk {
    /// With this hub, as it is found when nothing else is set.
    pub(crate) fn with(hub: &StubHub) -> Talk {
        Talk::at(&hub.url())
    }

    pub(crate) fn at(url: &str) -> Talk {
        let hub = HubConfig {
            url: url.to_owned(),
            token: None,
            user: "dashboard@localhost".to_owned(),
        };
        Talk {
            config: ChatConfig {
                hub: Some(hub),
                model: None,
            },
            limits: Limits::default(),
            proxies: Proxies::default(),
            auth: AuthConfig::default(),
            keep: None,
            database: api::store::Limits::default(),
            patience: Patience::default(),
        }
    }

    /// With this model, and no hub.
    pub(crate) fn with_model(model: &StubModel) -> Talk {
        let mut talk = Talk::default();
        talk.config.hub = None;
        talk.config.model = Some(ModelConfig {
            url: model.url(),
            model: "small-talk:7b".to_owned(),
            key: Some(Secret::from("what-opens-the-model")),
        });
        talk
    }

    /// As it is, but nobody waits longer than so many milliseconds without a byte.
    pub(crate) fn impatient(mut self, milliseconds: u64) -> Talk {
        self.limits.idle = Duration::from_millis(milliseconds);
        self
    }

    /// With this token, as this user.
    pub(crate) fn identified(mut self, token: &str, user: &str) -> Talk {
        let hub = self.config.hub.as_mut().unwrap();
        hub.token = Some(Secret::from(token));
        user.clone_into(&mut hub.user);
        self
    }

    /// Believing these.
    pub(crate) fn believing(mut self, proxies: &str) -> Talk {
        self.proxies = proxies.parse().unwrap();
        self
    }
}

/// An event of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    Token(String),
    Done(ChatDone),
    Error(String),
    Heartbeat,
}

/// An answer that is being read.
pub(crate) struct Answering {
    body: Pin<Box<dyn Stream<Item = reqwest::Result<Bytes>> + Send>>,
    text: String,
    pub(crate) headers: HeaderMap,
}

impl Answering {
    /// Asks, and waits for the head of an answer that must be a stream.
    pub(crate) async fn to(api: &Api, message: &str) -> Answering {
        Answering::asked(api, "UTC", &json!({ "message": message })).await
    }

    /// As [`Answering::to`], in this time zone, with this body.
    pub(crate) async fn asked(api: &Api, zone: &str, body: &Value) -> Answering {
        let request = api
            .client
            .post(format!("{}{}?tz={zone}", api.url, paths::ASK_STREAM))
            .header("accept-encoding", "br, gzip")
            .json(body);
        let sent = tokio::time::timeout(PATIENCE, request.send()).await;
        let response = sent.expect("a head in time").unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        assert_eq!(status, 200, "{:?}", response.text().await);
        Answering {
            body: Box::pin(response.bytes_stream()),
            text: String::new(),
            headers,
        }
    }

    /// The next event; none at the end.
    pub(crate) async fn next(&mut self) -> Option<Said> {
        loop {
            if let Some(end) = self.text.find("\n\n") {
                let block: String = self.text.drain(..end + 2).collect();
                return Some(said(block.trim_end()));
            }
            let more = tokio::time::timeout(PATIENCE, self.body.next()).await;
            let more = more.expect("an event in time")?;
            self.text
                .push_str(std::str::from_utf8(&more.unwrap()).unwrap());
        }
    }

    /// Everything that is said until the end: the text, and the last event.
    pub(crate) async fn all(mut self) -> (String, Said) {
        let mut text = String::new();
        while let Some(said) = self.next().await {
            match said {
                Said::Token(more) => text.push_str(&more),
                Said::Heartbeat => {}
                last => {
                    assert_eq!(self.next().await, None, "nothing comes after the end");
                    return (text, last);
                }
            }
        }
        panic!("no end: {text}");
    }
}

fn said(block: &str) -> Said {
    if block == ": heartbeat" {
        return Said::Heartbeat;
    }
    let (name, data) = block.split_once('\n').unwrap();
    let name = name.strip_prefix("event: ").unwrap();
    let data = data.strip_prefix("data: ").unwrap();
    match name {
        chat_event::TOKEN => Said::Token(serde_json::from_str::<ChatToken>(data).unwrap().text),
        chat_event::DONE => Said::Done(serde_json::from_str(data).unwrap()),
        chat_event::ERROR => Said::Error(serde_json::from_str::<ChatFailure>(data).unwrap().error),
        other => panic!("nobody knows the event {other}"),
    }
}
