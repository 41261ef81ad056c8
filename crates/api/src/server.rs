//! The server that carries requests to the app, and its patience with whoever is connected.
//!
//! Whoever sends slowly costs a connection for as long as that is allowed, and nothing else: no
//! worker waits for them. So each part of a request has its time, and connections are counted.

use std::io;
use std::net::TcpListener;
use std::time::Duration;

use actix_web::dev::Server;
use actix_web::{HttpServer, web};

use crate::app::{State, app};

/// Connections at once, of all workers together: twice as many as there may be streams. Who
/// comes after them waits until somebody leaves.
const MOST_CONNECTIONS: usize = 8_192;
/// How long open answers may take to end once the server is told to stop, seconds.
const FAREWELL: u64 = 3;

/// How long whoever is connected may take.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// Until the head of the first request is there.
    pub head: Duration,
    /// Until the body of a request is there.
    pub body: Duration,
    /// Until the next request begins. The gateway's servers transports are a second quicker.
    pub idle: Duration,
    /// Until who is told to go is gone.
    pub leaving: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Patience {
            head: Duration::from_secs(5),
            // 64 KiB at most, for which a line of 32 kbit/s takes 16 seconds.
            body: Duration::from_secs(20),
            idle: Duration::from_secs(5),
            leaving: Duration::from_secs(1),
        }
    }
}

/// Serves the app there, with so many workers, until it is stopped.
///
/// # Errors
/// When the listener cannot be used.
pub fn serve(listener: TcpListener, state: web::Data<State>, workers: usize) -> io::Result<Server> {
    let patience = state.patience;
    let server = HttpServer::new(move || app(state.clone()))
        // Who goes away no longer wants an answer: nobody goes on working on it.
        .h1_allow_half_closed(false)
        .client_request_timeout(patience.head)
        .client_disconnect_timeout(patience.leaving)
        .keep_alive(patience.idle)
        .workers(workers)
        .max_connections(MOST_CONNECTIONS.div_ceil(workers.max(1)))
        .shutdown_timeout(FAREWELL)
        .disable_signals()
        .listen(listener)?;
    Ok(server.run())
}
