//! The API in this process, behind a real port, asked over HTTP.

use std::net::TcpListener;
use std::time::Duration;

use actix_web::dev::ServerHandle;
use actix_web::{HttpServer, web};
use api::app::{State, app};
use api::chat::Chat;
use api::doors::Doors;
use api::live::{Live, Options};
use api::metrics::Metrics;
use api::store::{Database, Limits, Store};
use parking_lot::Mutex;
use rand::SeedableRng;
use rand::rngs::StdRng;
use reqwest::header::HeaderMap;
use reqwest::{Method, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::Value;
use shared_types::{ActivityPage, HubState, Status, paths};
use tokio_util::sync::CancellationToken;

use super::{Hub, Moment, Talk, until};

/// USD per million tokens, where the hub has no cost column.
pub(crate) const PRICE: &str = "1.00";

/// A path as it is asked for: of the first call, where it is the path of one.
pub(crate) fn asked(path: &str) -> String {
    path.replace("{id}", "1")
}

/// An answer, read to its end.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub(crate) fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }
}

/// The API, serving.
pub(crate) struct Api {
    pub(crate) url: String,
    pub(crate) client: reqwest::Client,
    pub(crate) live: Live,
    stop: CancellationToken,
    server: ServerHandle,
}

impl Api {
    /// Serves this hub's figures, and waits until all of them are there.
    pub(crate) async fn live(hub: &Hub, moment: &Moment) -> Api {
        let api = Api::serve(&hub.database(), moment);
        api.is(HubState::Live).await;
        api
    }

    /// Serves, whatever the database says.
    pub(crate) fn serve(database: &Database, moment: &Moment) -> Api {
        let api = Api::idle(database, moment);
        api.follow();
        api
    }

    /// As [`Api::serve`], asking no more of the database than this.
    pub(crate) fn limited(database: &Database, moment: &Moment, limits: Limits) -> Api {
        let talk = Talk {
            database: limits,
            ..Talk::default()
        };
        let api = Api::idle_with(database, moment, talk);
        api.follow();
        api
    }

    /// Looks at the database from here on.
    pub(crate) fn follow(&self) {
        self.live.follow(self.stop.clone());
    }

    /// Serves, but does not look at the database yet.
    pub(crate) fn idle(database: &Database, moment: &Moment) -> Api {
        Api::idle_with(database, moment, Talk::default())
    }

    /// Serves this hub's figures, with this chat, and waits until all of them are there.
    pub(crate) async fn chatting(hub: &Hub, moment: &Moment, talk: Talk) -> Api {
        let api = Api::idle_with(&hub.database(), moment, talk);
        api.follow();
        api.is(HubState::Live).await;
        api
    }

    /// As [`Api::idle`], with this chat.
    pub(crate) fn idle_with(database: &Database, moment: &Moment, talk: Talk) -> Api {
        let stop = CancellationToken::new();
        let options = Options {
            history_days: 30,
            price: PRICE.parse().unwrap(),
            poll: Duration::from_millis(50),
            source: database.source().to_owned(),
            hub_tz: "UTC".to_owned(),
            epoch: 7,
        };
        let store = Store::new(database, talk.database);
        let live = Live::new(store, options, moment.clock(), &stop);
        let doors = Doors::new(&talk.auth, talk.proxies, moment.clock(), [7; 32]);
        let metrics = Metrics::new().unwrap();
        let (limits, clock, meter) = (talk.limits, moment.clock(), metrics.chat());
        let chat = Chat::new(&talk.config, limits, &live, clock, meter, stop.clone()).unwrap();
        let state = web::Data::new(State {
            live: live.clone(),
            chat,
            doors,
            metrics,
            ids: Mutex::new(StdRng::seed_from_u64(1)),
        });
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let server = HttpServer::new(move || app(state.clone()))
            .h1_allow_half_closed(false)
            .workers(1)
            .shutdown_timeout(1)
            .disable_signals()
            .listen(listener)
            .unwrap()
            .run();
        let handle = server.handle();
        tokio::spawn(server);
        Api {
            url,
            client: reqwest::Client::builder()
                .no_gzip()
                .no_brotli()
                .build()
                .unwrap(),
            live,
            stop,
            server: handle,
        }
    }

    /// Any request.
    pub(crate) async fn ask(&self, method: Method, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.send(method, path, headers, "").await
    }

    /// Any request with a body.
    pub(crate) async fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<reqwest::Body>,
    ) -> Answer {
        let mut request = self.client.request(method, format!("{}{path}", self.url));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = request.body(body).send().await.unwrap();
        Answer {
            status: response.status(),
            headers: response.headers().clone(),
            body: response.bytes().await.unwrap().to_vec(),
        }
    }

    /// Sends this JSON.
    pub(crate) async fn post(&self, path: &str, json: &str) -> Answer {
        let headers = [("content-type", "application/json")];
        self.send(Method::POST, path, &headers, json.to_owned())
            .await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.ask(Method::GET, path, &[]).await
    }

    /// The body of an answer that must be 200.
    pub(crate) async fn read<T: DeserializeOwned>(&self, path: &str) -> T {
        let answer = self.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
        answer.json()
    }

    pub(crate) async fn json(&self, path: &str) -> Value {
        self.read(path).await
    }

    pub(crate) async fn activity(&self, query: &str) -> ActivityPage {
        self.read(&format!("{}?{query}", paths::ACTIVITY)).await
    }

    /// Waits until it is in this state. Nobody asks it: there may be a door.
    pub(crate) async fn is(&self, state: HubState) -> Status {
        until(&format!("the status to be {state:?}"), async || {
            let status = self.live.status();
            (status.state == state).then_some(status)
        })
        .await
    }

    /// Waits until so many calls match.
    pub(crate) async fn matching(&self, count: u64) {
        until(&format!("{count} calls to match"), async || {
            let page = self.activity("limit=1").await;
            (page.matching == count).then_some(())
        })
        .await;
    }

    /// Stops it and waits until it has.
    pub(crate) async fn stop(self) {
        self.stop.cancel();
        self.server.stop(true).await;
    }
}

impl Drop for Api {
    fn drop(&mut self) {
        self.stop.cancel();
        // The command is sent at once; nobody waits for its end.
        drop(self.server.stop(false));
    }
}
