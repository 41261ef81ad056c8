//! A dashboard that watches a hub which a story writes to.

use e2e::{Chromium, Device, Gateway, Hub, Opening, Viewer};
use hub_sim::Generation;
use tempfile::TempDir;
use testkit::ApiProcess;

pub(crate) struct World {
    pub(crate) hub: Hub,
    pub(crate) gateway: Gateway,
    pub(crate) api: ApiProcess,
}

impl World {
    /// An empty hub of generation A on the shared server; none where `PostgreSQL` is
    /// missing, which is an error where everything has to be tested.
    pub(crate) async fn empty() -> Option<World> {
        let server = match testkit::shared_postgres() {
            Ok(server) => server,
            Err(missing) => {
                testkit::skip_or_fail(&missing);
                return None;
            }
        };
        let hub = Hub::create(testkit::create_database(&server), Generation::A).await;
        let (api, gateway) = watch(hub.url());
        is_ready(&api).await;
        Some(World { hub, gateway, api })
    }

    /// The same, with somebody at this address to chat with.
    pub(crate) async fn with_chat(chat: &str) -> Option<World> {
        let world = World::empty().await?;
        let settings = [("DATABASE_URL", world.hub.url()), ("HUB_URL", chat)];
        let api = ApiProcess::start(&settings);
        is_ready(&api).await;
        let gateway = Gateway::before(&api.url());
        Some(World {
            gateway,
            api,
            ..world
        })
    }

    /// The simulated hub, which writes its past at first and goes on live, as somebody
    /// who only tries the dashboard has it.
    pub(crate) fn simulated() -> Simulated {
        let folder = tempfile::tempdir().unwrap();
        let file = format!("sqlite://{}", folder.path().join("hub.db").display());
        let (api, gateway) = watch(&file);
        Simulated {
            gateway,
            api,
            _folder: folder,
        }
    }

    pub(crate) async fn viewer(&self, device: Device) -> Viewer {
        Viewer::open(&self.gateway.page(), device).await
    }

    /// Somebody at a desk who copies: only the whole browser has a clipboard.
    pub(crate) async fn copier(&self) -> Viewer {
        let chromium = Chromium::launch().await;
        let opening = Opening::on(Device::DESK);
        opening.within(chromium, &self.gateway.page()).await
    }
}

/// A dashboard with the simulated hub.
pub(crate) struct Simulated {
    pub(crate) gateway: Gateway,
    pub(crate) api: ApiProcess,
    _folder: TempDir,
}

impl Simulated {
    pub(crate) async fn viewer(&self, device: Device) -> Viewer {
        Viewer::open(&self.gateway.page(), device).await
    }
}

/// Waits until all history is read: until then a line above the figures says how far it is,
/// and as it goes everything below moves up.
async fn is_ready(api: &ApiProcess) {
    let ready = format!("{}/ready", api.url());
    let is_ready = || async {
        let answer = reqwest::get(&ready).await;
        answer.is_ok_and(|answer| answer.status().is_success())
    };
    e2e::until("the API to be ready", is_ready).await;
}

/// An API that watches a database, and a gateway before it.
pub(crate) fn watch(database: &str) -> (ApiProcess, Gateway) {
    let api = ApiProcess::start(&[("DATABASE_URL", database)]);
    let gateway = Gateway::before(&api.url());
    (api, gateway)
}
