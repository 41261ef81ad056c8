//! What this process, and those that it starts, may have open.

use nix::sys::resource::{Resource, getrlimit, setrlimit};

/// As many files and connections as the system lets us have: a shell often allows 1,024.
pub fn raise_open_files() {
    let limit = Resource::RLIMIT_NOFILE;
    if let Ok((_, most)) = getrlimit(limit) {
        // Where even that is not allowed, a story says what it lacked.
        let _ = setrlimit(limit, most, most);
    }
}
