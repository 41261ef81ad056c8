//! Line icons, drawn here so that no other host is asked for them.

use leptos::prelude::*;

/// An icon's strokes, on a field of 24 by 24.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Icon {
    Servers,
    Users,
    Pulse,
    Dollar,
    System,
    Moon,
    Sun,
    Check,
    Cross,
    Warning,
    Shield,
    ArrowUp,
    Filter,
    Pause,
    Play,
    Search,
    Globe,
    Table,
    Download,
    Chat,
}

impl Icon {
    const fn strokes(self) -> &'static str {
        match self {
            Icon::Servers => {
                "M12 3v5m0 8v5M3 12h5m8 0h5M10 8h4a2 2 0 0 1 2 2v4a2 2 0 0 1-2 2h-4a2 2 0 0 1-2-2v-4a2 2 0 0 1 2-2Z"
            }
            Icon::Users => {
                "M12.2 8a3.2 3.2 0 1 1-6.4 0 3.2 3.2 0 0 1 6.4 0ZM3.5 19a5.5 5.5 0 0 1 11 0M16 5.4a3.2 3.2 0 0 1 0 5.2M17.6 19a5.6 5.6 0 0 0-2-4.3"
            }
            Icon::Pulse => "M3 12h4l3 7 4-14 3 7h4",
            Icon::Dollar => {
                "M12 3v18M16.5 7.5c-.8-1.4-2.4-2-4.5-2-2.6 0-4.3 1.2-4.3 3.1 0 4.4 9.1 1.9 9.1 6.5 0 2-1.9 3.4-4.8 3.4-2.4 0-4.2-.9-5-2.6"
            }
            Icon::System => "M4 5h16v11H4zM9 20h6M12 16v4",
            Icon::Moon => "M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5Z",
            Icon::Sun => {
                "M12 7.8a4.2 4.2 0 1 0 0 8.4 4.2 4.2 0 0 0 0-8.4ZM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4"
            }
            Icon::Check => "m5 12.5 4.5 4.5L19 7.5",
            Icon::Cross => "M6.5 6.5l11 11M17.5 6.5l-11 11",
            Icon::Warning => "M12 4 3 19.5h18L12 4ZM12 10v4.5M12 17v.2",
            Icon::Shield => {
                "M12 3 5 6v5.5c0 4.4 3 7.8 7 9.5 4-1.7 7-5.1 7-9.5V6l-7-3ZM9 9l6 6M15 9l-6 6"
            }
            Icon::ArrowUp => "M12 19V5M6 11l6-6 6 6",
            Icon::Search => "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM15.5 15.5 20.5 20.5",
            Icon::Globe => {
                "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM3 12h18M12 3c5 5 5 13 0 18M12 3c-5 5-5 13 0 18"
            }
            Icon::Table => "M4 5h16v14H4zM4 10h16M4 14.5h16M10 10v9",
            Icon::Download => "M12 4v11M7 10.5l5 5 5-5M5 20h14",
            Icon::Chat => {
                "M21 12a8 8 0 0 1-8 8H4l1.6-3.2A8 8 0 1 1 21 12ZM8.5 12h.01M12.5 12h.01M16.5 12h.01"
            }
            Icon::Filter => "M4 6h16M7 12h10M10 18h4",
            Icon::Pause => "M8.5 5v14M15.5 5v14",
            Icon::Play => "M7.5 5 18 12 7.5 19V5Z",
        }
    }
}

/// An icon, 1 em high, in the colour of its text. It says nothing: words stand beside it.
pub(crate) fn glyph(icon: Icon) -> AnyView {
    drawn(icon.strokes())
}

/// The same of any strokes.
pub(crate) fn drawn(strokes: &'static str) -> AnyView {
    view! {
        <svg class="glyph" viewBox="0 0 24 24" aria-hidden="true">
            <path d=strokes />
        </svg>
    }
    .into_any()
}
