//! Figures that move softly to where they are going.

use std::cell::RefCell;
use std::rc::Rc;

use super::clock::now_ms;
use super::frame::BeforePaint;
use crate::view::{Watched, effect};

/// How long a figure is on its way, milliseconds.
const WAY: f64 = 280.0;
/// How much of its way a figure goes in one frame at most, milliseconds: on a busy page a late
/// frame makes the way longer instead of leaving it out.
const STRIDE: f64 = 70.0;

/// A figure that is going somewhere.
struct Way {
    from: f64,
    to: f64,
    /// How long it has been going, milliseconds.
    gone: f64,
    /// When the last frame was, milliseconds since 1970; none before the first.
    last: Option<i64>,
}

impl Way {
    /// Goes on at a frame, and says where the figure is then.
    fn go_on(&mut self, now: i64) -> f64 {
        let since = self.last.map_or(0, |last| now - last) as f64;
        self.gone += since.clamp(0.0, STRIDE);
        self.last = Some(now);
        if self.is_done() {
            return self.to;
        }
        // Fast at first, slower towards the end.
        let left = 1.0 - self.gone / WAY;
        self.to - (self.to - self.from) * left * left * left
    }

    fn is_done(&self) -> bool {
        self.gone >= WAY
    }
}

/// Follows a figure: from what was shown before it goes to the new one within a moment; at
/// once for the first, and where the viewer wants less motion.
pub(crate) fn followed(target: impl Fn() -> Option<f64> + 'static) -> Watched<Option<f64>> {
    let shown = Watched::new(None);
    let way = Rc::new(RefCell::new(None::<Way>));
    let step = Rc::new(RefCell::new(None::<BeforePaint>));
    let (on_way, again) = (Rc::clone(&way), Rc::downgrade(&step));
    let work = BeforePaint::new(move || {
        let mut way = on_way.take();
        let Some(figure) = way.as_mut().map(|way| way.go_on(now_ms())) else {
            return;
        };
        let way = way.filter(|way| !way.is_done());
        let step = again.upgrade().filter(|_| way.is_some());
        on_way.replace(way);
        shown.set(Some(figure));
        if let Some(step) = step.and_then(|step| step.borrow().clone()) {
            step.ask();
        }
    });
    step.replace(Some(work));
    effect(move || {
        let (before, to) = (shown.peek(), target());
        match (before, to) {
            (Some(from), Some(to)) if wants_motion() => {
                way.replace(Some(Way {
                    from,
                    to,
                    gone: 0.0,
                    last: None,
                }));
                if let Some(step) = step.borrow().as_ref() {
                    step.ask();
                }
            }
            _ => {
                way.replace(None);
                shown.set(to);
            }
        }
    });
    shown
}

/// Whether the viewer does not mind motion, and sees it.
fn wants_motion() -> bool {
    let Some(window) = web_sys::window() else {
        return false;
    };
    let query = window.match_media("(prefers-reduced-motion: reduce)");
    let less = query.ok().flatten().is_some_and(|query| query.matches());
    let hidden = window.document().is_some_and(|document| document.hidden());
    !less && !hidden
}
