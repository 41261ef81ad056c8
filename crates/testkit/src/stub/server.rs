//! A server that takes connections one by one and does what its play says.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Mutex, Semaphore, mpsc};
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::http::{Received, read};
use super::step::Step;
use crate::postgres::sure;
use crate::wait::DEADLINE;

/// What a server does when it is asked this.
pub(super) type Play = Arc<dyn Fn(&Received) -> Vec<Step> + Send + Sync>;

/// A server on a free port of the loopback; it ends when it is dropped.
pub(super) struct Server {
    address: SocketAddr,
    go: Arc<Semaphore>,
    asked: Mutex<mpsc::UnboundedReceiver<Received>>,
    left: Mutex<mpsc::UnboundedReceiver<()>>,
    task: JoinHandle<()>,
}

/// What every connection needs.
#[derive(Clone)]
struct Stage {
    play: Play,
    go: Arc<Semaphore>,
    asked: mpsc::UnboundedSender<Received>,
    left: mpsc::UnboundedSender<()>,
}

impl Server {
    /// Serves on the current tokio runtime.
    pub(super) async fn start(play: Play) -> Server {
        let listener = sure("a port", TcpListener::bind(("127.0.0.1", 0)).await);
        let address = sure("its address", listener.local_addr());
        let go = Arc::new(Semaphore::new(0));
        let (asked, was_asked) = mpsc::unbounded_channel();
        let (left, was_left) = mpsc::unbounded_channel();
        let stage = Stage {
            play,
            go: Arc::clone(&go),
            asked,
            left,
        };
        let task = tokio::spawn(async move {
            // Connections end with the server: they belong to its task.
            let mut open = tokio::task::JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                open.spawn(stage.clone().serve(stream));
                while open.try_join_next().is_some() {}
            }
        });
        Server {
            address,
            go,
            asked: Mutex::new(was_asked),
            left: Mutex::new(was_left),
            task,
        }
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Lets so many [`Step::Wait`]s be over.
    pub(super) fn go_on(&self, steps: usize) {
        self.go.add_permits(steps);
    }

    /// The next request that nobody has looked at yet.
    pub(super) async fn asked(&self) -> Received {
        self.next("a request", &self.asked).await
    }

    /// A request that nobody has looked at yet, if there is one already.
    pub(super) async fn asked_already(&self) -> Option<Received> {
        self.asked.lock().await.try_recv().ok()
    }

    /// Waits until somebody has gone away before their answer was whole.
    pub(super) async fn left(&self) {
        self.next("somebody to go away", &self.left).await;
    }

    async fn next<T>(&self, what: &str, from: &Mutex<mpsc::UnboundedReceiver<T>>) -> T {
        let next = async { from.lock().await.recv().await };
        match timeout(DEADLINE, next).await {
            Ok(Some(next)) => next,
            _ => panic!("waited {DEADLINE:?} in vain: {what}"),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Stage {
    async fn serve(self, mut stream: TcpStream) {
        // Each write is a packet: what a story sends is what arrives.
        let _ = stream.set_nodelay(true);
        let Ok(request) = read(&mut stream).await else {
            return;
        };
        let steps = (self.play)(&request);
        let _ = self.asked.send(request);
        let (mut from, mut to) = stream.split();
        let gone = tokio::select! {
            done = self.act(steps, &mut to) => done.is_err(),
            () = end_of(&mut from) => true,
        };
        if gone {
            let _ = self.left.send(());
        }
    }

    async fn act(&self, steps: Vec<Step>, to: &mut (impl AsyncWrite + Unpin)) -> io::Result<()> {
        for step in steps {
            match step {
                Step::Raw(bytes) => to.write_all(&bytes).await?,
                Step::Chunk(bytes) => to.write_all(&chunk(&bytes)).await?,
                Step::Dribble(bytes) => {
                    for byte in bytes {
                        to.write_all(&chunk(&[byte])).await?;
                        to.flush().await?;
                        tokio::task::yield_now().await;
                    }
                }
                Step::Wait => {
                    if let Ok(one) = self.go.acquire().await {
                        one.forget();
                    }
                }
                Step::Hang => std::future::pending::<()>().await,
                Step::End => to.write_all(b"0\r\n\r\n").await?,
            }
        }
        to.shutdown().await
    }
}

fn chunk(bytes: &[u8]) -> Vec<u8> {
    let mut chunk = format!("{:x}\r\n", bytes.len()).into_bytes();
    chunk.extend_from_slice(bytes);
    chunk.extend_from_slice(b"\r\n");
    chunk
}

/// Waits until the other side is gone. Nothing more of it is read: one request a connection.
async fn end_of(stream: &mut (impl AsyncRead + Unpin)) {
    let mut bytes = [0; 1024];
    while stream.read(&mut bytes).await.is_ok_and(|read| read > 0) {}
}
