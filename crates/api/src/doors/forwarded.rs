//! What proxies say of a request: who asks, from where, and how. Only those of `TRUSTED_PROXIES`
//! are believed; from anybody else the same headers mean nothing.

use std::borrow::Cow;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use actix_web::HttpRequest;
use actix_web::http::header::HeaderMap;
use shared_types::Role;

use super::Visitor;
use crate::config::{ForwardConfig, Proxies, is_email};

/// How many proxies a request may have come through.
const MOST_PROXIES: usize = 32;

/// What a door looks at.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    pub(super) headers: &'a HeaderMap,
    /// Who is connected to us.
    peer: Option<IpAddr>,
    /// The connection itself is encrypted.
    encrypted: bool,
}

impl<'a> Asked<'a> {
    /// What this request shows.
    pub fn of(request: &'a HttpRequest) -> Asked<'a> {
        Asked {
            headers: request.headers(),
            peer: request.peer_addr().map(|peer| peer.ip().to_canonical()),
            encrypted: request.app_config().secure(),
        }
    }

    /// Where the request comes from: the peer; where that is a proxy that is believed, the
    /// nearest address before it that is none.
    pub(super) fn client(&self, proxies: &Proxies) -> IpAddr {
        let mut client = self.peer.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
        let lines: Vec<_> = self.headers.get_all("x-forwarded-for").collect();
        let told = lines
            .into_iter()
            .rev()
            .filter_map(|line| line.to_str().ok());
        for hop in told.flat_map(|line| line.rsplit(',')).take(MOST_PROXIES) {
            if !proxies.believe(client) {
                break;
            }
            let Some(address) = address(hop) else { break };
            client = address;
        }
        client
    }

    /// Whether whoever asks speaks HTTPS, to us or to a proxy that is believed.
    pub fn is_https(&self, proxies: &Proxies) -> bool {
        let told = || {
            let value = self.believed(proxies)?.headers.get("x-forwarded-proto")?;
            value.to_str().ok()?.split(',').next()
        };
        self.encrypted || told().is_some_and(|proto| proto.trim().eq_ignore_ascii_case("https"))
    }

    /// Who asks, as a proxy says that is believed: by number and by address, both.
    pub(super) fn named(&self, proxies: &Proxies, config: &ForwardConfig) -> Option<Visitor> {
        let told = self.believed(proxies)?;
        let number = told.one("x-user-id")?;
        number.parse::<i64>().ok().filter(|id| *id >= 0)?;
        let email = told.one("x-user-email").filter(|email| is_email(email))?;
        let role = told.one("x-user-role").map(str::to_lowercase);
        let is_admin = role.is_some_and(|role| config.admin_roles.contains(&role));
        Some(Visitor {
            name: Cow::Owned(email.to_owned()),
            email: Some(email.to_owned()),
            role: if is_admin { Role::Admin } else { Role::Viewer },
            session: None,
        })
    }

    fn believed(&self, proxies: &Proxies) -> Option<&Self> {
        self.peer
            .is_some_and(|peer| proxies.believe(peer))
            .then_some(self)
    }

    /// One header, given once and not empty: of two, nobody knows which is meant.
    fn one(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.get_all(name);
        // Names of people may be in other letters than ASCII.
        let value = std::str::from_utf8(values.next()?.as_bytes()).ok()?.trim();
        (values.next().is_none() && !value.is_empty()).then_some(value)
    }
}

/// An address, with or without a port.
fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let with_port = || text.parse::<SocketAddr>().ok().map(|address| address.ip());
    let address = text.parse::<IpAddr>().ok().or_else(with_port)?;
    Some(address.to_canonical())
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::{HeaderName, HeaderValue};

    use super::*;

    fn headers(told: &[(&str, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in told {
            let name = HeaderName::from_bytes(name.as_bytes()).unwrap();
            headers.append(name, HeaderValue::from_str(value).unwrap());
        }
        headers
    }

    fn client(peer: &str, told: &[&str]) -> String {
        let told: Vec<_> = told.iter().map(|line| ("x-forwarded-for", *line)).collect();
        let headers = headers(&told);
        let asked = Asked {
            headers: &headers,
            peer: Some(peer.parse().unwrap()),
            encrypted: false,
        };
        asked.client(&"10.0.0.0/8,::1".parse().unwrap()).to_string()
    }

    #[test]
    fn a_client_is_whom_the_outermost_proxy_saw_that_is_believed() {
        // Nobody else's word counts, and what a client says itself stands further left.
        assert_eq!(client("203.0.113.9", &["198.51.100.1"]), "203.0.113.9");
        assert_eq!(
            client("10.1.1.1", &["192.0.2.66, 198.51.100.1"]),
            "198.51.100.1"
        );
        assert_eq!(
            client("10.1.1.1", &["192.0.2.66", "198.51.100.1, 10.2.2.2"]),
            "198.51.100.1"
        );
        assert_eq!(client("::1", &["[2001:db8::7]:4711"]), "2001:db8::7");
        assert_eq!(client("10.1.1.1", &["::ffff:198.51.100.1"]), "198.51.100.1");
        for nothing in [&[][..], &["unknown"], &[""], &["198.51.100.1, junk"]] {
            assert_eq!(client("10.1.1.1", nothing), "10.1.1.1");
        }
    }

    #[test]
    fn https_is_believed_of_a_proxy_only() {
        let headers = headers(&[("x-forwarded-proto", "HTTPS")]);
        let proxies: Proxies = "10.0.0.0/8".parse().unwrap();
        let asked = |peer: &str, encrypted| Asked {
            headers: &headers,
            peer: Some(peer.parse().unwrap()),
            encrypted,
        };
        assert!(asked("10.0.0.1", false).is_https(&proxies));
        assert!(!asked("203.0.113.9", false).is_https(&proxies));
        assert!(asked("203.0.113.9", true).is_https(&proxies));
    }
}
