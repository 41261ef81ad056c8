//! The project's own static configuration, on another port.

use std::path::{Path, PathBuf};

/// Where the project's configuration serves.
const OWN: &str = "127.0.0.1:8090";

/// The static configuration with this port in the place of its own, and nothing else changed.
pub(super) fn config(root: &Path, folder: &Path, port: u16) -> PathBuf {
    let text = std::fs::read_to_string(root.join("traefik/traefik.yml")).unwrap();
    assert_eq!(
        text.matches(&format!("address: {OWN}")).count(),
        1,
        "the gateway's one address"
    );
    let text = text.replace(
        &format!("address: {OWN}"),
        &format!("address: 127.0.0.1:{port}"),
    );
    let file = folder.join("traefik.yml");
    std::fs::write(&file, text).unwrap();
    file
}
