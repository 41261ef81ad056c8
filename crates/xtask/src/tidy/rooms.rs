//! What a room may touch: words that code in a folder does not use.
//!
//! docs/ARCHITECTURE.md tells why; this is where it is enforced.

use super::Finding;
use super::tree::{File, Tree};

/// Code in one place that does without some words.
struct Room {
    /// Files whose paths begin so...
    within: &'static str,
    /// ...but not these.
    except: &'static [&'static str],
    words: &'static [&'static str],
    why: &'static str,
}

const ROOMS: [Room; 8] = [
    Room {
        within: "crates/api/src/store/",
        except: &[],
        words: &["shared_types", "actix"],
        why: "the store gives rows: it knows neither figures nor HTTP",
    },
    Room {
        within: "crates/api/src/",
        except: &["crates/api/src/store/"],
        words: &["sqlx"],
        why: "only the store speaks to the database",
    },
    Room {
        within: "crates/api/src/live/",
        except: &[],
        words: &["actix"],
        why: "figures are made without HTTP; routes put them into answers",
    },
    Room {
        within: "crates/api/src/chat/",
        except: &[],
        words: &["actix"],
        why: "answers come as events; routes put them into answers over HTTP",
    },
    Room {
        within: "crates/timeline/src/",
        except: &[],
        words: &["std::fs", "std::net", "std::env", "std::thread", "tokio"],
        why: "the timeline is arithmetic: no I/O, no settings, no threads",
    },
    Room {
        within: "crates/web/src/",
        except: &[
            "crates/web/src/api/",
            "crates/web/src/browser/",
            "crates/web/src/charts/canvas.rs",
            "crates/web/src/charts/canvas/",
        ],
        words: &["web_sys"],
        why: "the browser is spoken to in browser/, charts/canvas and api/ only",
    },
    Room {
        within: "crates/web/src/",
        except: &["crates/web/src/api/"],
        words: &["gloo_net"],
        why: "only api/ fetches; components read state",
    },
    Room {
        within: "crates/web/src/charts/model/",
        except: &[],
        words: &["leptos", "plotters"],
        why: "a chart's model is pure geometry: it neither draws nor reacts",
    },
];

/// Every use of a word in a room that does without it.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in tree.files().iter().filter(|file| file.is_rust()) {
        for room in ROOMS.iter().filter(|room| room.holds(file)) {
            for (line, code) in file.code() {
                let used = room.words.iter().filter(|word| uses(code, word));
                found.extend(used.map(|word| file.finding(line, format!("{word}: {}", room.why))));
            }
        }
    }
    found
}

impl Room {
    fn holds(&self, file: &File) -> bool {
        let excepted = self
            .except
            .iter()
            .any(|prefix| file.path.starts_with(prefix));
        file.path.starts_with(self.within) && !excepted
    }
}

/// Whether the code has the word; `actix_web` has `actix`, `factix` has not.
fn uses(code: &str, word: &str) -> bool {
    code.match_indices(word).any(|(place, _)| {
        let before = code
            .get(..place)
            .and_then(|before| before.chars().next_back());
        before.is_none_or(|letter| !letter.is_alphanumeric() && letter != '_')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(path: &str, code: &str) -> bool {
        !check(&Tree::made_of(&[(path, code)])).is_empty()
    }

    #[test]
    fn the_store_knows_neither_figures_nor_http() {
        assert!(broken(
            "crates/api/src/store/rows.rs",
            "use shared_types::Stats;"
        ));
        assert!(broken(
            "crates/api/src/store/rows.rs",
            "use actix_web::web;"
        ));
        assert!(!broken(
            "crates/api/src/store/rows.rs",
            "use sqlx::Row; // not actix"
        ));
    }

    #[test]
    fn only_the_store_speaks_to_the_database() {
        assert!(broken(
            "crates/api/src/routes/stats.rs",
            "let pool: sqlx::PgPool;"
        ));
        assert!(broken("crates/api/src/live/follow.rs", "use sqlx::Row;"));
        assert!(!broken("crates/api/tests/harness/mod.rs", "use sqlx::Row;"));
    }

    #[test]
    fn figures_are_made_without_http() {
        assert!(broken(
            "crates/api/src/live/bodies.rs",
            "use actix_web::HttpResponse;"
        ));
    }

    #[test]
    fn the_timeline_is_arithmetic() {
        assert!(broken(
            "crates/timeline/src/zone.rs",
            "std::env::var(\"TZ\")"
        ));
    }

    #[test]
    fn the_browser_is_spoken_to_in_three_places() {
        for path in [
            "components/card/mod.rs",
            "charts/draw/area.rs",
            "charts/model/area.rs",
            "app.rs",
        ] {
            assert!(
                broken(&format!("crates/web/src/{path}"), "use web_sys::window;"),
                "{path}"
            );
        }
        for path in [
            "browser/storage.rs",
            "charts/canvas.rs",
            "charts/canvas/view.rs",
            "api/client.rs",
        ] {
            assert!(
                !broken(&format!("crates/web/src/{path}"), "use web_sys::window;"),
                "{path}"
            );
        }
    }

    #[test]
    fn only_one_room_fetches() {
        assert!(broken(
            "crates/web/src/components/feed/mod.rs",
            "gloo_net::http::Request::get"
        ));
        assert!(broken(
            "crates/web/src/state/mod.rs",
            "use gloo_net::http::Request;"
        ));
        assert!(!broken(
            "crates/web/src/api/client.rs",
            "use gloo_net::http::Request;"
        ));
    }

    #[test]
    fn a_charts_model_is_pure() {
        assert!(broken(
            "crates/web/src/charts/model/ticks.rs",
            "use leptos::prelude::*;"
        ));
        assert!(broken(
            "crates/web/src/charts/model/ticks.rs",
            "use plotters::prelude::*;"
        ));
        assert!(!broken(
            "crates/web/src/charts/draw/area.rs",
            "use plotters::prelude::*;"
        ));
    }

    #[test]
    fn a_word_begins_where_a_word_begins() {
        assert!(uses("actix_web::get", "actix"));
        assert!(!uses("let factix = 1;", "actix"));
    }
}
