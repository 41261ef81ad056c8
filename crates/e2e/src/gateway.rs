//! What stands between a browser and the dashboard: serves the built page, passes the
//! API's paths on without `/dashboard`, and allows nothing that is not the page's own.

use std::path::Path;
use std::sync::{Arc, Mutex};

use actix_files::{Files, NamedFile, file_extension_to_mime};
use actix_web::body::MessageBody;
use actix_web::dev::{ServerHandle, ServiceRequest, ServiceResponse, fn_service};
use actix_web::http::StatusCode;
use actix_web::http::header::{self, ContentEncoding};
use actix_web::middleware::{DefaultHeaders, Next, from_fn};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use futures_util::StreamExt;
use tokio::sync::watch;

use crate::dist::{self, Dist};

/// No inline scripts, no inline styles, no other host.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; \
    form-action 'none'; frame-ancestors 'none'";

/// A gateway on a port of its own, until it is dropped.
pub struct Gateway {
    address: String,
    streams: watch::Sender<bool>,
    refused: Refused,
    server: ServerHandle,
}

/// Parts of addresses that are answered wrongly.
type Refused = Arc<Mutex<Vec<String>>>;

#[derive(Clone)]
struct Behind {
    api: Arc<str>,
    client: reqwest::Client,
    streams: watch::Receiver<bool>,
}

impl Gateway {
    /// In front of the API at this address, and of the page that `OMNI2_WEB_DIST` names.
    pub fn before(api: &str) -> Gateway {
        let dist = dist::folder();
        Gateway::serve(api, move |app| as_built(app, &dist))
    }

    /// The same, with a page that was compressed beforehand, as in production.
    pub fn compressed(api: &str, dist: Arc<Dist>) -> Gateway {
        Gateway::serve(api, move |app| as_shipped(app, Arc::clone(&dist)))
    }

    fn serve(
        api: &str,
        page: impl Fn(&mut web::ServiceConfig) + Clone + Send + 'static,
    ) -> Gateway {
        let (streams, watched) = watch::channel(true);
        let behind = Behind {
            api: api.into(),
            client: reqwest::Client::new(),
            streams: watched,
        };
        let refused = Refused::default();
        let refusing = Arc::clone(&refused);
        let server = HttpServer::new(move || {
            App::new()
                .app_data(web::Data::from(Arc::clone(&refusing)))
                .app_data(web::Data::new(behind.clone()))
                .wrap(from_fn(refuse))
                .wrap(DefaultHeaders::new().add((header::CONTENT_SECURITY_POLICY, POLICY)))
                .route("/dashboard/api/{path:.*}", web::to(pass_on))
                .configure(page.clone())
        });
        let server = server
            .workers(1)
            .disable_signals()
            .bind(("127.0.0.1", 0))
            .unwrap();
        let address = server.addrs().first().unwrap().to_string();
        let running = server.run();
        let server = running.handle();
        tokio::spawn(running);
        Gateway {
            address,
            streams,
            refused,
            server,
        }
    }

    /// Where the page is.
    pub fn page(&self) -> String {
        format!("http://{}/dashboard/", self.address)
    }

    /// Lets event streams through, or cuts those that are open and lets none through.
    pub fn pass_streams(&self, pass: bool) {
        self.streams.send_replace(pass);
    }

    /// From now on answers addresses that end so (without what follows a `?`) as a gateway
    /// does that finds nobody behind it, whether they are the API's or files of the page.
    pub fn refuse(&self, ending: &str) {
        self.refused.lock().unwrap().push(ending.to_owned());
    }

    /// Refuses nothing any more.
    pub fn allow_all(&self) {
        self.refused.lock().unwrap().clear();
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        drop(self.server.stop(false));
    }
}

fn as_built(app: &mut web::ServiceConfig, dist: &Path) {
    let index = dist.join("index.html");
    let page = Files::new("/dashboard", dist).index_file("index.html");
    // Any other address below is the app's to know.
    app.service(
        page.default_handler(fn_service(move |request: ServiceRequest| {
            let index = index.clone();
            async move {
                let (request, _) = request.into_parts();
                let answer = NamedFile::open_async(index).await?.into_response(&request);
                Ok(ServiceResponse::new(request, answer))
            }
        })),
    );
}

fn as_shipped(app: &mut web::ServiceConfig, dist: Arc<Dist>) {
    app.app_data(web::Data::from(dist));
    let hand_out = |path: web::Path<String>, dist: web::Data<Dist>| async move {
        let named = dist.file(&path).map(|file| (path.as_str(), file));
        let index = || dist.file("").map(|file| ("index.html", file));
        let Some((name, file)) = named.filter(|(name, _)| !name.is_empty()).or_else(index) else {
            return HttpResponse::NotFound().finish();
        };
        let ending = name.rsplit('.').next().unwrap_or_default();
        let mut answer = HttpResponse::Ok();
        answer.content_type(file_extension_to_mime(ending).essence_str());
        if file.brotli.is_some() {
            answer.insert_header(ContentEncoding::Brotli);
        }
        answer.body(file.sent().to_vec())
    };
    app.route("/dashboard/{path:.*}", web::get().to(hand_out));
}

async fn refuse(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let refused = request.app_data::<web::Data<Mutex<Vec<String>>>>();
    let ends = |ending: &String| request.path().ends_with(ending.as_str());
    if refused.is_some_and(|refused| refused.lock().unwrap().iter().any(ends)) {
        let answer = HttpResponse::ServiceUnavailable()
            .content_type("text/html")
            .body("<html><h1>503 Service Temporarily Unavailable</h1></html>");
        return Ok(request.into_response(answer).map_into_boxed_body());
    }
    Ok(next.call(request).await?.map_into_boxed_body())
}

async fn pass_on(
    request: HttpRequest,
    body: web::Bytes,
    behind: web::Data<Behind>,
) -> HttpResponse {
    let mut passing = behind.streams.clone();
    let streams = request.path().ends_with("/stream");
    if streams && !*passing.borrow() {
        return HttpResponse::BadGateway().finish();
    }
    let path = request.path().trim_start_matches("/dashboard");
    let asked = format!("{}{path}?{}", behind.api, request.query_string());
    let method = reqwest::Method::from_bytes(request.method().as_str().as_bytes()).unwrap();
    let mut passed = behind.client.request(method, asked).body(body);
    for name in ["accept", "content-type"] {
        if let Some(value) = request.headers().get(name) {
            passed = passed.header(name, value.as_bytes());
        }
    }
    let Ok(answer) = passed.send().await else {
        return HttpResponse::BadGateway().finish();
    };
    let status = StatusCode::from_u16(answer.status().as_u16()).unwrap();
    let mut response = HttpResponse::build(status);
    for name in ["content-type", "cache-control", "etag"] {
        if let Some(value) = answer.headers().get(name) {
            response.insert_header((name, value.as_bytes()));
        }
    }
    let cut = async move {
        let _ = passing.wait_for(|pass| streams && !pass).await;
    };
    response.streaming(Box::pin(answer.bytes_stream().take_until(Box::pin(cut))))
}
