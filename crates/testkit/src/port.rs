//! Ports for servers that have to be told theirs.

use std::net::{Ipv4Addr, TcpListener, UdpSocket};
use std::sync::{Mutex, PoisonError};

/// Below those that systems give to whoever asks for any, so that neither somebody's connection nor a server
/// that asked for any comes to have one of these between its choice and its use.
const PORTS: std::ops::Range<u16> = 15_000..30_000;

/// What this process has claimed, until it ends: of each port the UDP half, which no server here uses, so
/// that two processes never choose the same one.
static CLAIMED: Mutex<Vec<UdpSocket>> = Mutex::new(Vec::new());

/// A port that nothing listens on, and that no other story is given.
///
/// # Panics
/// When all of them are taken.
pub fn free_port() -> u16 {
    let mut claimed = CLAIMED.lock().unwrap_or_else(PoisonError::into_inner);
    let free = PORTS.into_iter().find_map(|port| {
        let claim = UdpSocket::bind((Ipv4Addr::LOCALHOST, port)).ok()?;
        TcpListener::bind((Ipv4Addr::LOCALHOST, port)).ok()?;
        Some((port, claim))
    });
    let Some((port, claim)) = free else {
        panic!("no port of {PORTS:?} is free");
    };
    claimed.push(claim);
    port
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_is_given_once_and_only_while_nothing_listens_there() {
        let first = free_port();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, first + 1));
        let second = free_port();
        assert!(PORTS.contains(&second));
        assert_ne!(second, first, "given twice");
        assert_ne!(second, first + 1, "somebody listens there");
        drop(listener);
        let listens = TcpListener::bind((Ipv4Addr::LOCALHOST, second));
        assert!(listens.is_ok(), "{second} is not free");
    }
}
