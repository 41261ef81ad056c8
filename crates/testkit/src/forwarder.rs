//! A network between two programs, with its faults: what connects to it is led on to another
//! port, and on the way things happen to it.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{ReadHalf, WriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

use crate::postgres::sure;

/// How the way is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// Good.
    Passes,
    /// Each piece of an answer comes so much later.
    Slow(Duration),
    /// Nobody is there: connections end as soon as they begin, and those that are open end.
    Ends,
    /// Packets are lost: connections begin, and nothing comes through. Those that were open
    /// meanwhile are dead for ever, without either side being told, as behind a firewall
    /// that forgot them.
    Silent,
}

/// Stands in front of a port of the loopback, on a port of its own; ends when it is dropped.
pub struct Forwarder {
    address: SocketAddr,
    way: Way,
    task: JoinHandle<()>,
}

/// What every connection looks at.
#[derive(Clone)]
struct Way {
    line: Arc<watch::Sender<(Line, u16)>>,
    /// Bytes of answers that pass until a connection is cut; negative: none is.
    left: Arc<AtomicI64>,
    cuts: Arc<AtomicU64>,
}

impl Forwarder {
    /// Leads to this port, on the current tokio runtime.
    ///
    /// # Panics
    /// When the loopback has no port left.
    pub async fn start(to: u16) -> Forwarder {
        let listener = sure("a port", TcpListener::bind(("127.0.0.1", 0)).await);
        let address = sure("its address", listener.local_addr());
        let way = Way {
            line: Arc::new(watch::Sender::new((Line::Passes, to))),
            left: Arc::new(AtomicI64::new(-1)),
            cuts: Arc::default(),
        };
        let through = way.clone();
        let task = tokio::spawn(async move {
            // Connections end with the way: they belong to its task.
            let mut open = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                open.spawn(through.clone().carry(stream));
                while open.try_join_next().is_some() {}
            }
        });
        Forwarder { address, way, task }
    }

    /// An address of what it leads to, by this way: `postgres://user@host:port/name`.
    pub fn url(&self, direct: &str) -> String {
        let (who, place) = direct.split_once('@').unwrap_or((direct, ""));
        let name = place.split_once('/').map_or("", |(_, name)| name);
        format!("{who}@{}/{name}", self.address)
    }

    /// Is so from now on.
    pub fn is(&self, line: Line) {
        self.way.line.send_modify(|(now, _)| *now = line);
    }

    /// Leads to another port from now on; what is open to the old one ends.
    pub fn leads_to(&self, port: u16) {
        self.way.line.send_modify(|(_, to)| *to = port);
    }

    /// Lets so many bytes of answers pass, and cuts the connection on which the next one
    /// comes, wherever in a message that is. Once.
    pub fn cut_after(&self, bytes: u32) {
        self.way.left.store(i64::from(bytes), Ordering::SeqCst);
    }

    /// How many connections were cut in the middle of an answer.
    pub fn cuts(&self) -> u64 {
        self.way.cuts.load(Ordering::SeqCst)
    }
}

impl Drop for Forwarder {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Way {
    /// One connection, until either side ends it or the way does.
    async fn carry(self, mut client: TcpStream) {
        let mut line = self.line.subscribe();
        let (began, to) = *line.borrow_and_update();
        let mut server = match began {
            Line::Ends => return,
            Line::Silent => return std::future::pending().await,
            Line::Passes | Line::Slow(_) => match TcpStream::connect(("127.0.0.1", to)).await {
                Ok(server) => server,
                Err(_) => return,
            },
        };
        let _ = (client.set_nodelay(true), server.set_nodelay(true));
        let (mut questions, mut answers_to) = client.split();
        let (mut answers, mut questions_to) = server.split();
        tokio::select! {
            _ = tokio::io::copy(&mut questions, &mut questions_to) => {}
            _ = self.answer(&mut answers, &mut answers_to) => {}
            silent = fate(&mut line, to) => if silent {
                // Both ends stay open, and nobody carries anything between them.
                std::future::pending::<()>().await;
            },
        }
    }

    async fn answer(&self, from: &mut ReadHalf<'_>, to: &mut WriteHalf<'_>) -> io::Result<()> {
        let mut bytes = vec![0; 16 * 1024];
        loop {
            let read = from.read(&mut bytes).await?;
            let piece = bytes.get(..read).unwrap_or_default();
            if piece.is_empty() {
                return Ok(());
            }
            let line = self.line.borrow().0;
            if let Line::Slow(late) = line {
                tokio::time::sleep(late).await;
            }
            let passes = self.passes(piece.len());
            to.write_all(piece.get(..passes).unwrap_or_default())
                .await?;
            if passes < piece.len() {
                self.cuts.fetch_add(1, Ordering::SeqCst);
                return Ok(());
            }
        }
    }

    /// How many of so many bytes pass.
    fn passes(&self, bytes: usize) -> usize {
        let many = i64::try_from(bytes).unwrap_or(i64::MAX);
        let left = self
            .left
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| {
                // After the cut everything passes again.
                (left >= 0).then(|| (left - many).max(-1))
            });
        let left = left.unwrap_or(i64::MAX);
        usize::try_from(left).map_or(bytes, |left| left.min(bytes))
    }
}

/// Waits until the way is no longer there for a connection that leads to this port; whether
/// nobody is told.
async fn fate(line: &mut watch::Receiver<(Line, u16)>, to: u16) -> bool {
    let over =
        line.wait_for(|(line, now_to)| *now_to != to || matches!(line, Line::Ends | Line::Silent));
    over.await.is_ok_and(|over| over.0 == Line::Silent)
}
