//! The dashboard that is measured: the API as it is shipped, the page as it is shipped.

use std::sync::Arc;

use e2e::{Chromium, Device, Dist, Gateway, Opening, Viewer};
use tempfile::TempDir;
use testkit::ApiProcess;

/// What is true once the page can be used: it is live, all four charts are drawn and the
/// cards show figures.
pub(crate) const USABLE: &str =
    "(document.querySelector('[data-testid=live][data-state=live]') !== null
    && ['queries', 'cost', 'response-times', 'errors'].every((chart) =>
        document.querySelector(`[data-testid=chart-${chart}] canvas`)?.plan)
    && ['active-mcps', 'users', 'queries', 'cost'].every((card) =>
        document.querySelector(`[data-testid=card-${card}]`)?.dataset.value))";

/// A dashboard and a browser.
pub(crate) struct Stage {
    pub(crate) dist: Arc<Dist>,
    pub(crate) gateway: Gateway,
    pub(crate) chromium: Arc<Chromium>,
    pub(crate) api: ApiProcess,
    _folder: Option<TempDir>,
}

impl Stage {
    /// With the simulated hub, once it has written its past.
    pub(crate) async fn simulated() -> Stage {
        let folder = tempfile::tempdir().unwrap();
        let hub = format!("sqlite://{}", folder.path().join("hub.db").display());
        let stage = Stage::of(&hub, Some(folder)).await;
        stage.visit().await.leave().await;
        stage
    }

    /// With this hub.
    pub(crate) async fn watching(hub: &str) -> Stage {
        Stage::of(hub, None).await
    }

    async fn of(hub: &str, folder: Option<TempDir>) -> Stage {
        let dist = Arc::new(Dist::shipped());
        let api = ApiProcess::start(&[("DATABASE_URL", hub)]);
        let gateway = Gateway::compressed(&api.url(), dist.clone());
        Stage {
            dist,
            gateway,
            chromium: Chromium::launch().await,
            api,
            _folder: folder,
        }
    }

    /// Opens the page as somebody who has never been here, and waits until it can be used.
    pub(crate) async fn visit(&self) -> Viewer {
        let viewer = self.visitor().await;
        viewer.go(&self.gateway.page()).await;
        viewer.until("the page can be used", USABLE).await;
        viewer
    }

    /// Takes a seat as somebody who has never been here, and opens nothing yet.
    pub(crate) async fn visitor(&self) -> Viewer {
        let opening = Opening::on(Device::DESK).uncached();
        opening.before(self.chromium.clone()).await
    }

    /// The path of an address below the page's; none when it is elsewhere.
    pub(crate) fn path<'a>(&self, address: &'a str) -> Option<&'a str> {
        let page = self.gateway.page();
        let path = address.strip_prefix(&page)?;
        path.split(['?', '#']).next()
    }
}

/// What a viewer's page has asked for, without what is no request.
pub(crate) fn requests(viewer: &Viewer) -> Vec<String> {
    let mut requests = viewer.requests();
    requests.retain(|address| !address.starts_with("about:"));
    requests
}
