//! The two ports.

use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

use super::DevError;

/// Sees that both are free, before anything is built.
///
/// # Errors
/// Naming the one that is taken, and how to choose another.
pub(super) fn check(page: u16, api: u16) -> Result<(), DevError> {
    if page == api {
        return Err(DevError::SamePort(page));
    }
    for (port, what, flag) in [(page, "the page", "--port"), (api, "the API", "--api-port")] {
        if answers(port) || TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_err() {
            return Err(DevError::PortTaken { port, what, flag });
        }
    }
    Ok(())
}

/// Whether something serves there.
pub(super) fn answers(port: u16) -> bool {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    TcpStream::connect_timeout(&address, Duration::from_millis(200)).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_named_with_the_flag_that_chooses_another() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        let free = {
            let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
            free.local_addr().unwrap().port()
        };
        let said = check(port, free).unwrap_err().to_string();
        assert!(
            said.contains(&port.to_string()) && said.ends_with("--port"),
            "{said}"
        );
        let said = check(free, port).unwrap_err().to_string();
        assert!(
            said.contains(&port.to_string()) && said.ends_with("--api-port"),
            "{said}"
        );
        assert!(check(free, free).is_err());
    }
}
