//! A dashboard that watches a hub which a story writes to.

use e2e::{Device, Gateway, Hub, Viewer};
use hub_sim::Generation;
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
        Some(World { hub, gateway, api })
    }

    pub(crate) async fn viewer(&self, device: Device) -> Viewer {
        Viewer::open(&self.gateway.page(), device).await
    }
}

/// An API that watches a database, and a gateway before it.
pub(crate) fn watch(database: &str) -> (ApiProcess, Gateway) {
    let api = ApiProcess::start(&[("DATABASE_URL", database)]);
    let gateway = Gateway::before(&api.url());
    (api, gateway)
}
