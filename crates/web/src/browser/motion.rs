//! Figures that move softly to where they are going.

use std::cell::RefCell;
use std::rc::Rc;

use super::clock::now_ms;
use super::frame::BeforePaint;
use crate::view::{Watched, effect};

/// How long a figure is on its way, milliseconds.
const WAY: f64 = 280.0;

/// Follows a figure: from what was shown before it goes to the new one within a moment; at
/// once for the first, and where the viewer wants less motion.
pub(crate) fn followed(target: impl Fn() -> Option<f64> + 'static) -> Watched<Option<f64>> {
    let shown = Watched::new(None);
    // Where from, where to, since when.
    let way = Rc::new(RefCell::new((0.0, 0.0, 0)));
    let step = Rc::new(RefCell::new(None::<BeforePaint>));
    let (on_way, again) = (Rc::clone(&way), Rc::downgrade(&step));
    let work = BeforePaint::new(move || {
        let (from, to, since) = *on_way.borrow();
        let part = ((now_ms() - since) as f64 / WAY).clamp(0.0, 1.0);
        if part >= 1.0 {
            shown.set(Some(to));
            return;
        }
        // Fast at first, slower towards the end.
        let eased = 1.0 - (1.0 - part) * (1.0 - part) * (1.0 - part);
        shown.set(Some(from + (to - from) * eased));
        if let Some(step) = again.upgrade().and_then(|step| step.borrow().clone()) {
            step.ask();
        }
    });
    step.replace(Some(work));
    effect(move || {
        let (before, to) = (shown.peek(), target());
        match (before, to) {
            (Some(from), Some(to)) if wants_motion() => {
                way.replace((from, to, now_ms()));
                if let Some(step) = step.borrow().as_ref() {
                    step.ask();
                }
            }
            _ => shown.set(to),
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
