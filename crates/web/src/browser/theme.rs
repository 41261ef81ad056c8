//! Dark or light: the system's preference, then the viewer's choice, kept. A system that
//! forces its own colours decides alone: charts have to be told from its ground.

use super::{listen::listen, storage};
use crate::view::{Watched, effect};

/// The same key as in `theme.js`, which sets the theme before the first paint.
const KEY: &str = "omni2.theme";

/// What the viewer chose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Choice {
    /// As the system prefers.
    #[default]
    System,
    /// Always dark.
    Dark,
    /// Always light.
    Light,
}

impl Choice {
    /// The next one in the order in which a button goes through them.
    #[must_use]
    pub const fn next(self) -> Choice {
        match self {
            Choice::System => Choice::Dark,
            Choice::Dark => Choice::Light,
            Choice::Light => Choice::System,
        }
    }

    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Choice::System => "as the system",
            Choice::Dark => "dark",
            Choice::Light => "light",
        }
    }

    const fn kept(self) -> Option<&'static str> {
        match self {
            Choice::System => None,
            Choice::Dark => Some("dark"),
            Choice::Light => Some("light"),
        }
    }
}

/// The theme, as the whole page knows it.
#[derive(Clone, Copy)]
pub struct Theme {
    choice: Watched<Choice>,
    light: Watched<bool>,
}

impl Theme {
    /// Takes over from `theme.js`, and follows the system and the viewer.
    pub fn begin() -> Theme {
        let choice = Watched::new(match storage::get(KEY).as_deref() {
            Some("dark") => Choice::Dark,
            Some("light") => Choice::Light,
            _ => Choice::System,
        });
        let system = prefers("(prefers-color-scheme: light)");
        let forced = prefers("(forced-colors: active)");
        let resolve = |choice, forced: bool, system| match choice {
            Choice::Dark if !forced => false,
            Choice::Light if !forced => true,
            _ => system,
        };
        let light = Watched::new(resolve(choice.peek(), forced.peek(), system.peek()));
        effect(move || {
            let now = resolve(choice.get(), forced.get(), system.get());
            // The document first: charts read their colours off it.
            apply(now);
            light.set(now);
        });
        Theme { choice, light }
    }

    /// What the viewer chose.
    pub fn choice(self) -> Choice {
        self.choice.get()
    }

    /// Whether the page is light now; colours have to be read again when this changes.
    pub fn is_light(self) -> bool {
        self.light.get()
    }

    /// Goes on to the next choice, and keeps it.
    pub fn next(self) {
        self.choose(self.choice.peek().next());
    }

    /// Chooses, and keeps it.
    pub fn choose(self, choice: Choice) {
        storage::set(KEY, choice.kept());
        self.choice.set(choice);
    }
}

fn apply(light: bool) {
    let document = web_sys::window().and_then(|window| window.document());
    if let Some(root) = document.and_then(|document| document.document_element()) {
        let _ = root.set_attribute("data-theme", if light { "light" } else { "dark" });
    }
}

/// Whether the system prefers this, and from now on when it changes its mind.
fn prefers(this: &str) -> Watched<bool> {
    let query = web_sys::window()
        .and_then(|window| window.match_media(this).ok())
        .flatten();
    let so = Watched::new(query.as_ref().is_some_and(web_sys::MediaQueryList::matches));
    if let Some(query) = query {
        let asked = query.clone();
        listen(&query, "change", move || so.set(asked.matches()));
    }
    so
}
