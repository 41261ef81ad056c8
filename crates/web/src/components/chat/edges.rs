//! The window's size: its edges and corners are dragged, or moved by arrow keys.

use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::prelude::*;

use super::model::frame::{Edges, Frame, LEAST_HEIGHT, LEAST_WIDTH};
use crate::browser::viewport::window_size;
use crate::browser::{pointer, storage};
use crate::view::{Kept, Watched, words};

/// As it is kept.
const KEY: &str = "omni2.chat.frame";
/// How far an arrow key moves an edge, CSS pixels.
const STEP: f64 = 16.0;

/// Every edge and corner, by its name in the style sheet.
const ALL: [(&str, i8, i8); 8] = [
    ("left", -1, 0),
    ("top", 0, -1),
    ("top-left", -1, -1),
    ("right", 1, 0),
    ("bottom", 0, 1),
    ("top-right", 1, -1),
    ("bottom-left", -1, 1),
    ("bottom-right", 1, 1),
];

/// Where the window is and how large, cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Placed {
    frame: Watched<Option<Frame>>,
    page: Watched<(f64, f64)>,
    /// Where it was and where the pointer was when an edge was taken.
    grip: Kept<Option<(Frame, f64, f64)>>,
}

impl Placed {
    /// As it was left.
    pub(super) fn begin() -> Placed {
        let kept = storage::get(KEY).and_then(|text| Frame::read(&text));
        Placed {
            frame: Watched::new(kept),
            page: window_size(),
            grip: Kept::new(None),
        }
    }

    /// Where it is: within the page, however small that has become.
    fn now(self) -> Frame {
        let frame = self.frame.get().unwrap_or_default();
        frame.within(self.page.get())
    }

    /// A length of it, for the style sheet.
    pub(super) fn length(self, of: fn(Frame) -> f64) -> Signal<String> {
        words(move || format!("{:.0}px", of(self.now())))
    }

    fn moved(self, edges: Edges, from: Frame, by: (f64, f64)) {
        let frame = from.moved(edges, by, self.page.peek());
        self.frame.set(Some(frame));
    }

    fn keep(self) {
        let frame = untrack(|| self.now());
        storage::set(KEY, Some(&frame.written()));
    }

    fn pressed(self, edges: Edges, event: &KeyboardEvent) {
        let by = match event.key().as_str() {
            "ArrowLeft" if edges.across != 0 => (-STEP, 0.0),
            "ArrowRight" if edges.across != 0 => (STEP, 0.0),
            "ArrowUp" if edges.down != 0 => (0.0, -STEP),
            "ArrowDown" if edges.down != 0 => (0.0, STEP),
            "Home" => {
                event.prevent_default();
                self.frame.set(None);
                storage::set(KEY, None);
                return;
            }
            _ => return,
        };
        event.prevent_default();
        self.moved(edges, untrack(|| self.now()), by);
        self.keep();
    }
}

/// All that can be taken hold of.
pub(super) fn edges(placed: Placed) -> AnyView {
    ALL.map(|(name, across, down)| edge(placed, name, Edges { across, down }))
        .into_iter()
        .collect_view()
        .into_any()
}

fn edge(placed: Placed, name: &'static str, edges: Edges) -> AnyView {
    let down = move |event: PointerEvent| {
        if event.button() == 0 {
            event.prevent_default();
            pointer::capture(&event);
            let at = (f64::from(event.client_x()), f64::from(event.client_y()));
            placed
                .grip
                .put(Some((untrack(|| placed.now()), at.0, at.1)));
        }
    };
    let moved = move |event: PointerEvent| {
        if let Some((frame, x, y)) = placed.grip.change(|grip| *grip).flatten() {
            let at = (f64::from(event.client_x()), f64::from(event.client_y()));
            placed.moved(edges, frame, (at.0 - x, at.1 - y));
        }
    };
    let up = move |_: PointerEvent| {
        if placed.grip.change(Option::take).flatten().is_some() {
            placed.keep();
        }
    };
    let class = format!("chat-edge {name}");
    let testid = format!("chat-edge-{name}");
    let keys = move |event: KeyboardEvent| placed.pressed(edges, &event);
    // Two edges and the corner between them do for keys: any size can be had with them.
    let (role, label, orientation) = match name {
        "left" => ("separator", "Width of the chat", Some("vertical")),
        "top" => ("separator", "Height of the chat", Some("horizontal")),
        "top-left" => ("button", "Size of the chat: arrow keys change it", None),
        _ => ("none", "", None),
    };
    let named = (!label.is_empty()).then_some(label);
    let value = words(move || {
        let frame = placed.now();
        let value = if edges.down == 0 {
            frame.width
        } else {
            frame.height
        };
        format!("{value:.0}")
    });
    let most = words(move || {
        let (width, height) = placed.page.get();
        format!("{:.0}", if edges.down == 0 { width } else { height })
    });
    let least = if edges.down == 0 {
        LEAST_WIDTH
    } else {
        LEAST_HEIGHT
    };
    let is_separator = orientation.is_some();
    let told = move |signal: Signal<String>| is_separator.then_some(signal);
    view! {
        <div
            class=class
            data-testid=testid
            role=role
            tabindex=named.map(|_| "0")
            aria-label=named
            title=named
            aria-orientation=orientation
            aria-valuenow=told(value)
            aria-valuemin=is_separator.then(|| format!("{least:.0}"))
            aria-valuemax=told(most)
            on:pointerdown=down
            on:pointermove=moved
            on:pointerup=up
            on:pointercancel=up
            on:keydown=keys
        ></div>
    }
    .into_any()
}
