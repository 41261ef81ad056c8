//! Asking a running API whether it is healthy: for containers, which have nothing else to ask with.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use shared_types::paths;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// How long an answer may take.
const LONGEST: Duration = Duration::from_secs(3);
/// How an answer begins that all is well.
const HEALTHY: &[u8; 13] = b"HTTP/1.1 200 ";

/// Whether the API that serves there is healthy.
///
/// # Errors
/// When it is not: one line for people.
pub async fn probe(serves: SocketAddr) -> Result<(), String> {
    let address = reached(serves);
    let url = format!("http://{address}{}", paths::HEALTH);
    match timeout(LONGEST, asked(address)).await {
        Ok(Ok(true)) => Ok(()),
        Ok(Ok(false)) => Err(format!("{url} answers, and not with 200")),
        Ok(Err(error)) => Err(format!("{url}: {error}")),
        Err(_) => Err(format!("{url} did not answer within {LONGEST:?}")),
    }
}

/// Whoever serves on every address is asked on the loopback.
fn reached(serves: SocketAddr) -> SocketAddr {
    let host = match serves.ip() {
        IpAddr::V4(host) if host.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(host) if host.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        host => host,
    };
    SocketAddr::new(host, serves.port())
}

/// The first line is all that is read. A client of HTTP would want the certificates of encrypted
/// connections, which a container may not have.
async fn asked(address: SocketAddr) -> io::Result<bool> {
    let mut stream = TcpStream::connect(address).await?;
    let path = paths::HEALTH;
    let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut begins = [0; HEALTHY.len()];
    stream.read_exact(&mut begins).await?;
    Ok(begins == *HEALTHY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_serves_everywhere_is_asked_on_the_loopback() {
        for (serves, asked) in [
            ("0.0.0.0:8100", "127.0.0.1:8100"),
            ("[::]:8100", "[::1]:8100"),
            ("10.0.0.7:80", "10.0.0.7:80"),
        ] {
            assert_eq!(reached(serves.parse().unwrap()).to_string(), asked);
        }
    }
}
