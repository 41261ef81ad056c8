//! Yardsticks: a server that answers a constant, and one that asks the database each time.
//! Each is a process of its own, as the API is.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use actix_web::{App, HttpResponse, HttpServer, web};
use serde_json::{Value, json};
use shared_types::paths;
use sqlx::PgPool;
use sqlx::postgres::PgPoolOptions;

/// What a board does that asks the database with every request: cards and charts of the last 24
/// hours. Today's, which the page shows, would be next to nothing just after midnight.
pub(super) const QUESTIONS: [(&str, &str); 5] = [
    (
        paths::STATS,
        "SELECT json_build_object('queries', count(*), 'cost', sum(cost_estimate))::text
         FROM omni2.audit_logs WHERE timestamp >= now() - interval '24 hours'",
    ),
    (
        paths::QUERIES,
        "SELECT json_agg(json_build_object('hour', hour, 'count', count))::text FROM
         (SELECT date_trunc('hour', timestamp) AS hour, count(*) FROM omni2.audit_logs
          WHERE timestamp >= now() - interval '24 hours' GROUP BY 1 ORDER BY 1) AS t",
    ),
    (
        paths::COST,
        "SELECT json_agg(json_build_object('mcp', mcp, 'cost', cost))::text FROM
         (SELECT mcp, sum(cost_estimate / cardinality(mcps_accessed)) AS cost
          FROM omni2.audit_logs, unnest(mcps_accessed) AS mcp
          WHERE timestamp >= now() - interval '24 hours' GROUP BY 1 ORDER BY 2 DESC) AS t",
    ),
    (
        paths::RESPONSE_TIMES,
        "SELECT json_agg(json_build_object('hour', hour, 'p', p))::text FROM
         (SELECT date_trunc('hour', timestamp) AS hour,
                 percentile_cont(ARRAY[0.5, 0.95, 0.99]) WITHIN GROUP (ORDER BY duration_ms) AS p
          FROM omni2.audit_logs WHERE timestamp >= now() - interval '24 hours' GROUP BY 1 ORDER BY 1) AS t",
    ),
    (
        paths::ERRORS,
        "SELECT json_agg(json_build_object('mcp', mcp, 'errors', errors, 'total', total))::text FROM
         (SELECT mcp, count(*) FILTER (WHERE NOT success) AS errors, count(*) AS total
          FROM omni2.audit_logs, unnest(mcps_accessed) AS mcp
          WHERE timestamp >= now() - interval '24 hours' GROUP BY 1 ORDER BY 3 DESC) AS t",
    ),
];

/// How the reference is started: `bench reference`, a hidden subcommand.
#[derive(clap::Args, Debug)]
pub(crate) struct Options {
    /// The hub's database
    #[arg(long)]
    hub: String,
}

/// Serves on a free port, which it prints, until it is ended.
pub(crate) fn serve(options: &Options) {
    let served = actix_web::rt::System::new().block_on(run(options.hub.clone()));
    served.unwrap();
}

async fn run(hub: String) -> std::io::Result<()> {
    let pool = PgPoolOptions::new()
        .max_connections(16)
        .connect_lazy(&hub)
        .unwrap();
    let server = HttpServer::new(move || {
        let app = App::new().app_data(web::Data::new(pool.clone()));
        let app = app.route("/constant/{size}", web::get().to(constant));
        QUESTIONS.into_iter().fold(app, |app, (path, question)| {
            app.route(path, web::get().to(move |pool| sql(pool, question)))
        })
    });
    let server = server.disable_signals().bind(("127.0.0.1", 0))?;
    for address in server.addrs() {
        println!("http://{address}");
    }
    server.run().await
}

/// As many bytes as asked for, of JSON. They are made once.
async fn constant(size: web::Path<usize>) -> HttpResponse {
    thread_local! {
        static MADE: std::cell::RefCell<Option<web::Bytes>> = const { std::cell::RefCell::new(None) };
    }
    let size = size.into_inner();
    let bytes = MADE.with_borrow_mut(|made| {
        if made.as_ref().is_none_or(|made| made.len() != size) {
            *made = Some(web::Bytes::from(vec![b' '; size]));
        }
        made.clone().unwrap_or_default()
    });
    HttpResponse::Ok()
        .content_type("application/json")
        .body(bytes)
}

async fn sql(pool: web::Data<PgPool>, question: &'static str) -> HttpResponse {
    let answer: Option<String> = sqlx::query_scalar(question)
        .fetch_one(pool.get_ref())
        .await
        .unwrap();
    let answer: Value = answer
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or(json!(null));
    HttpResponse::Ok().json(answer)
}

/// The reference, as a process, until it is dropped.
pub(super) struct Reference {
    child: Child,
    pub(super) url: String,
}

impl Reference {
    pub(super) fn start(hub: &str) -> Reference {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["reference", "--hub", hub])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(child.stdout.take().unwrap());
        let mut url = String::new();
        said.read_line(&mut url).unwrap();
        let url = url.trim().to_owned();
        Reference { child, url }
    }
}

impl Drop for Reference {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
