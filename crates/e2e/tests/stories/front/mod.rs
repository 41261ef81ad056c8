//! The whole dashboard as it is deployed: through the real Traefik and the real server of the
//! page's files, each with the project's own configuration.

mod answers;
mod doors;
mod forward;
mod page;
mod reach;
mod replicas;

use actix_web::dev::ServerHandle;
use actix_web::{App, FromRequest, Handler, HttpServer, Responder, web};
use e2e::{Front, Hub};
use hub_sim::Generation;
use testkit::ApiProcess;

/// A hub's database, one API or several that watch it, and what stands before them.
pub(crate) struct Street {
    pub(crate) hub: Hub,
    pub(crate) apis: Vec<ApiProcess>,
    pub(crate) front: Front,
}

impl Street {
    /// So many APIs with these settings behind a gateway with those; none where something is
    /// missing, which is an error where everything has to be tested.
    pub(crate) async fn of(
        count: usize,
        settings: &[(&str, &str)],
        gateway: &[(&str, &str)],
    ) -> Option<Street> {
        Street::among(&[], count, settings, gateway).await
    }

    /// The same, with servers at these addresses that stand where APIs stand.
    pub(crate) async fn among(
        others: &[String],
        count: usize,
        settings: &[(&str, &str)],
        gateway: &[(&str, &str)],
    ) -> Option<Street> {
        let server = testkit::shared_postgres().inspect_err(testkit::skip_or_fail);
        let hub = Hub::create(testkit::create_database(&server.ok()?), Generation::A).await;
        let mut all = vec![("DATABASE_URL", hub.url())];
        all.extend_from_slice(settings);
        let apis: Vec<ApiProcess> = (0..count).map(|_| ApiProcess::start(&all)).collect();
        let mut addresses = others.to_vec();
        addresses.extend(apis.iter().map(ApiProcess::url));
        let front = Front::before(&addresses, gateway).await;
        let front = front.inspect_err(testkit::skip_or_fail).ok()?;
        Some(Street { hub, apis, front })
    }

    /// One API, and nothing out of the ordinary.
    pub(crate) async fn plain() -> Option<Street> {
        Street::of(1, &[], &[]).await
    }
}

/// A server that answers all that it is asked in one way, until it is dropped.
pub(crate) struct Neighbour {
    pub(crate) address: String,
    server: ServerHandle,
}

impl Neighbour {
    pub(crate) fn who<H, Args>(answers: H) -> Neighbour
    where
        H: Handler<Args, Output: Responder + 'static> + Send + Clone,
        Args: FromRequest + 'static,
    {
        let server = HttpServer::new(move || App::new().default_service(web::to(answers.clone())));
        let server = server.workers(1).disable_signals();
        let server = server.bind(("127.0.0.1", 0)).unwrap();
        let address = format!("http://{}", server.addrs().first().unwrap());
        let running = server.run();
        let server = running.handle();
        tokio::spawn(running);
        Neighbour { address, server }
    }

    /// Goes, and is gone.
    pub(crate) async fn leave(self) {
        self.server.stop(false).await;
    }
}

impl Drop for Neighbour {
    fn drop(&mut self) {
        drop(self.server.stop(false));
    }
}

/// A client that takes answers as they are: it follows no redirect and unpacks nothing.
pub(crate) fn client() -> reqwest::Client {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_gzip()
        .no_brotli()
        .build()
        .unwrap()
}

/// A header of an answer; `""` when it has none.
pub(crate) fn header<'a>(answer: &'a reqwest::Response, name: &str) -> &'a str {
    let value = answer.headers().get(name);
    value.map_or("", |value| value.to_str().unwrap())
}
