//! The sealed cookie: who somebody is and until when, signed so that nobody else can write it.
//!
//! What it says stands in the cookie itself, so that replicas need to share nothing but their
//! settings. Each user's seal is made with a key of their own, into which their role and the
//! hash of their password go: whoever's line in `AUTH_USERS` changes is out.

use actix_web::http::header::{COOKIE, HeaderMap};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use shared_types::Role;
use timeline::Micros;

use super::visitor::Held;

/// The cookie's name.
const NAME: &str = "omni2_session";
/// The cookie's layout.
const VERSION: u8 = 1;
/// The longest value that is looked at: a name of 64 letters of four bytes, and the rest.
const LONGEST: usize = 512;
/// How many cookies of this name are looked at: folders of one host may each set one.
const MOST: usize = 4;
const MICROS: i64 = 1_000_000;

/// HMAC-SHA-256, keyed.
pub(super) type Seal = Hmac<Sha256>;

/// A seal with this key.
pub(super) fn keyed(key: [u8; 32]) -> Seal {
    // HMAC fills a key up to a block with zeros: done here, nothing can be of a wrong length.
    let mut block = [0; 64];
    let (begins, _) = block.split_at_mut(key.len());
    begins.copy_from_slice(&key);
    Seal::new(&block.into())
}

/// A key made of another: of these parts, whatever stands in them, in this order.
pub(super) fn derived(seal: &Seal, parts: &[&str]) -> [u8; 32] {
    let mut seal = seal.clone();
    for part in parts {
        seal.update(&(part.len() as u64).to_be_bytes());
        seal.update(part.as_bytes());
    }
    seal.finalize().into_bytes().into()
}

/// What a cookie says, not yet believed.
struct Said<'a> {
    held: Held,
    role: Role,
    name: &'a str,
}

/// The value of the cookie of this user.
pub(super) fn sealed(seal: &Seal, name: &str, role: Role, held: Held) -> String {
    let mut bytes = vec![VERSION];
    bytes.extend(held.id);
    bytes.extend((held.expires / MICROS).to_be_bytes());
    bytes.push(u8::from(role == Role::Admin));
    bytes.extend(name.as_bytes());
    let tag = seal.clone().chain_update(&bytes).finalize().into_bytes();
    bytes.extend(tag);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Who holds a cookie that is whole and has not expired. `whose` tells a user's role and seal;
/// also of a name that nobody has, since how long the check takes must not tell either.
pub(super) fn unsealed<'a, T>(
    headers: &HeaderMap,
    now: Micros,
    whose: impl Fn(&str) -> (&'a Seal, Option<(Role, T)>),
) -> Option<(T, Role, Held)> {
    let check = |value: &str| {
        let bytes = URL_SAFE_NO_PAD.decode(value).ok()?;
        let (said, tag) = bytes.split_last_chunk::<32>()?;
        let told = read(said)?;
        let (seal, known) = whose(told.name);
        seal.clone().chain_update(said).verify_slice(tag).ok()?;
        let (role, user) = known?;
        let holds = role == told.role && told.held.expires > now;
        holds.then_some((user, role, told.held))
    };
    values(headers).take(MOST).find_map(check)
}

fn read(bytes: &[u8]) -> Option<Said<'_>> {
    let (version, rest) = bytes.split_first()?;
    let (id, rest) = rest.split_first_chunk::<16>()?;
    let (seconds, rest) = rest.split_first_chunk::<8>()?;
    let (role, name) = rest.split_first()?;
    let role = match role {
        0 => Role::Viewer,
        1 => Role::Admin,
        _ => return None,
    };
    let held = Held {
        id: *id,
        expires: i64::from_be_bytes(*seconds).checked_mul(MICROS)?,
    };
    let name = std::str::from_utf8(name).ok()?;
    (*version == VERSION).then_some(Said { held, role, name })
}

/// Values of cookies of our name.
fn values(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    let lines = headers
        .get_all(COOKIE)
        .filter_map(|line| line.to_str().ok());
    let pairs = lines.flat_map(|line| line.split(';'));
    pairs
        .filter_map(|pair| pair.trim().strip_prefix(NAME)?.strip_prefix('='))
        .filter(|value| value.len() <= LONGEST)
}

/// The header `Set-Cookie` that lets somebody in for so many seconds. The API does not know below
/// which path it is served, so the cookie is for all of the host.
pub fn cookie(value: &str, lasts: i64, secure: bool) -> String {
    let secure = if secure { "; Secure" } else { "" };
    format!("{NAME}={value}; Path=/; HttpOnly; SameSite=Strict; Max-Age={lasts}{secure}")
}

/// The header `Set-Cookie` that takes it away again.
pub fn cleared(secure: bool) -> String {
    cookie("", 0, secure)
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;

    use super::*;

    const HELD: Held = Held {
        id: [7; 16],
        expires: 1_000 * MICROS,
    };

    fn held(cookies: &str, now: Micros) -> Option<Held> {
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, HeaderValue::from_str(cookies).unwrap());
        let (ana, nobody) = (keyed([1; 32]), keyed([2; 32]));
        let whose = |name: &str| match name {
            "ana" => (&ana, Some((Role::Viewer, ()))),
            _ => (&nobody, None),
        };
        unsealed(&headers, now, whose).map(|((), _, held)| held)
    }

    fn of_ana() -> String {
        sealed(&keyed([1; 32]), "ana", Role::Viewer, HELD)
    }

    #[test]
    fn a_cookie_is_read_among_others_until_it_expires() {
        let cookies = format!("a=b; omni2_session=old; {NAME}={}; {NAME}x=1", of_ana());
        assert_eq!(held(&cookies, HELD.expires - 1), Some(HELD));
        assert_eq!(held(&cookies, HELD.expires), None);
    }

    #[test]
    fn one_that_is_altered_anywhere_is_worth_nothing() {
        let bytes = URL_SAFE_NO_PAD.decode(of_ana()).unwrap();
        for place in 0..bytes.len() {
            let mut altered = bytes.clone();
            altered[place] ^= 1;
            let value = URL_SAFE_NO_PAD.encode(&altered);
            assert_eq!(held(&format!("{NAME}={value}"), 0), None, "byte {place}");
        }
        for cut in 0..bytes.len() {
            let value = URL_SAFE_NO_PAD.encode(&bytes[..cut]);
            assert_eq!(held(&format!("{NAME}={value}"), 0), None, "{cut} bytes");
        }
    }

    #[test]
    fn a_seal_is_one_users_with_one_role_only() {
        for (key, name, role) in [
            (1, "ana", Role::Admin),
            (1, "eve", Role::Viewer),
            (2, "ana", Role::Viewer),
            (2, "eve", Role::Viewer),
        ] {
            let value = sealed(&keyed([key; 32]), name, role, HELD);
            assert_eq!(held(&format!("{NAME}={value}"), 0), None, "{name} {role:?}");
        }
    }

    #[test]
    fn parts_of_a_key_do_not_run_into_each_other() {
        let seal = keyed([1; 32]);
        assert_ne!(derived(&seal, &["ab", "c"]), derived(&seal, &["a", "bc"]));
        assert_ne!(derived(&seal, &["ab"]), derived(&seal, &["ab", ""]));
    }
}
