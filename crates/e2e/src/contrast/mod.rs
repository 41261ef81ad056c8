//! Contrast measured from what is painted: over glass and gradients nothing else tells
//! what is behind a text.
//!
//! The text is made transparent, the window is painted, and the worst pixel behind the
//! text counts.

mod colour;
mod picture;

use std::fmt;

use chromiumoxide::cdp::browser_protocol::page::CaptureScreenshotParams;
use serde::Deserialize;
use serde_json::Value;

use colour::{Colour, over, ratio};
use picture::{Part, Picture};

use crate::Viewer;

/// What a text has to have at least: WCAG 2 AA.
const TEXT: f64 = 4.5;
/// The same for large text: from 24 px, or 18.66 px in bold.
const LARGE_TEXT: f64 = 3.0;

const MEASURE: &str = include_str!("measure.js");

/// How well the text of an element is to be read.
#[derive(Clone, Debug)]
pub struct Contrast {
    /// The element, as a CSS selector.
    pub element: String,
    /// Nothing where no text is to be seen.
    pub worst: Option<Worst>,
}

/// Where it is to be read worst.
#[derive(Clone, Copy, Debug)]
pub struct Worst {
    /// From 1 to 21.
    pub ratio: f64,
    /// What it should be at least.
    pub least: f64,
    /// The text's colour there.
    pub text: Colour,
    /// What is behind it.
    pub ground: Colour,
}

impl Contrast {
    /// Whether it is enough; text that cannot be seen never is.
    pub fn suffices(&self) -> bool {
        self.worst.is_some_and(|worst| worst.ratio >= worst.least)
    }
}

impl fmt::Display for Contrast {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.worst {
            None => write!(f, "{}: no text is to be seen", self.element),
            Some(worst) => write!(
                f,
                "{}: {:.2}, at least {} (text {:?} on {:?})",
                self.element, worst.ratio, worst.least, worst.text, worst.ground
            ),
        }
    }
}

/// What the page says about an element's text.
#[derive(Debug, Deserialize)]
struct Text {
    parts: Vec<Part>,
    /// Whether all of it lies beneath a window, and so is not to be read now.
    beneath: bool,
    colour: Colour,
    opacity: f64,
    large: bool,
}

impl Viewer {
    /// Measures elements, by their CSS selectors, from pixels. Whatever has to be scrolled
    /// for that is scrolled back: what looks at the page next finds it where it was.
    pub async fn contrast(&self, elements: &[String]) -> Vec<Contrast> {
        self.read(REMEMBER).await;
        let mut waiting = elements.to_vec();
        let mut measured = Vec::new();
        while !waiting.is_empty() {
            let question = format!("({MEASURE})({})", Value::from(waiting.clone()));
            let found = self.read(&question).await;
            let found: Vec<Option<Text>> = serde_json::from_value(found).unwrap();
            let picture = self.window().await;
            let width = self.read("innerWidth").await.as_f64().unwrap();
            let ratio = picture.width() as f64 / width;
            let mut later = Vec::new();
            for (place, (element, text)) in waiting.into_iter().zip(found).enumerate() {
                // The first one was brought into sight: more of it there is not.
                if text.is_none() && place > 0 {
                    later.push(element);
                    continue;
                }
                if text.as_ref().is_some_and(|text| text.beneath) {
                    continue;
                }
                let worst = text.and_then(|text| text.worst(&picture, ratio));
                measured.push(Contrast { element, worst });
            }
            waiting = later;
        }
        self.read(&format!("({PUT_BACK})({})", Value::from(elements)))
            .await;
        measured
    }

    async fn window(&self) -> Picture {
        let window = CaptureScreenshotParams::builder()
            .optimize_for_speed(true)
            .build();
        Picture::read(&self.page().screenshot(window).await.unwrap())
    }
}

/// Keeps in mind how far everything is scrolled.
const REMEMBER: &str = "globalThis.scrolledBefore = [...document.querySelectorAll('*')]
    .filter((one) => one.scrollHeight > one.clientHeight || one.scrollWidth > one.clientWidth)
    .map((one) => [one, { left: one.scrollLeft, top: one.scrollTop, behavior: 'instant' }]);
    0";

/// Undoes what measuring has done to elements.
const PUT_BACK: &str = "(selectors) => {
    for (const selector of selectors) {
        const element = document.querySelector(selector);
        if (!element) continue;
        delete element.dataset.text;
        for (const name of ['-webkit-text-fill-color', 'text-decoration-color', 'caret-color', 'transition']) {
            element.style.removeProperty(name);
        }
    }
    for (const [element, place] of globalThis.scrolledBefore) element.scrollTo(place);
    delete globalThis.scrolledBefore;
}";

impl Text {
    fn worst(&self, picture: &Picture, device: f64) -> Option<Worst> {
        let least = if self.large { LARGE_TEXT } else { TEXT };
        let parts = self.parts.iter();
        parts
            .flat_map(|part| picture.colours(*part, device))
            .map(|ground| {
                let text = over(self.colour, self.opacity, ground);
                Worst {
                    ratio: ratio(text, ground),
                    least,
                    text,
                    ground,
                }
            })
            .min_by(|a, b| a.ratio.total_cmp(&b.ratio))
    }
}
