//! What part of time a chart shows: zoomed, panned, and how fine its buckets are to be.

/// A span of time, milliseconds since 1970.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// The left edge.
    pub from: i64,
    /// The right edge.
    pub to: i64,
}

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// Beyond this there is no calendar, milliseconds since 1970.
const CALENDAR: i64 = 8_000_000_000_000;

/// Nobody looks closer: a bucket is a minute.
pub const NARROWEST: i64 = 10 * MINUTE;

impl View {
    /// As an address tells it: `from..to`.
    pub fn told(text: &str) -> Option<View> {
        let (from, to) = text.split_once("..")?;
        let view = View {
            from: from.parse().ok()?,
            to: to.parse().ok()?,
        };
        let readable = view.from >= 0 && view.to <= CALENDAR && view.span() >= MINUTE;
        readable.then_some(view)
    }

    /// How long it is.
    pub fn span(self) -> i64 {
        self.to - self.from
    }

    /// Whether it holds all of another one.
    pub fn covers(self, other: View) -> bool {
        self.from <= other.from && self.to >= other.to
    }

    /// `factor` times as long, with the moment `at` where it is. Between [`NARROWEST`] and
    /// the limits, and within these.
    #[must_use]
    pub fn zoomed(self, at: i64, factor: f64, limits: View) -> View {
        let longest = limits.span().max(NARROWEST);
        let span = whole(self.span() as f64 * factor).clamp(NARROWEST.min(longest), longest);
        let part = (at - self.from) as f64 / self.span().max(1) as f64;
        let from = at - whole(span as f64 * part);
        View {
            from,
            to: from + span,
        }
        .within(limits)
    }

    /// So much later.
    #[must_use]
    pub fn shifted(self, by: i64, limits: View) -> View {
        let moved = View {
            from: self.from.saturating_add(by),
            to: self.to.saturating_add(by),
        };
        moved.within(limits)
    }

    /// As much of it to either side, for what is panned to next.
    #[must_use]
    pub fn with_margins(self) -> View {
        View {
            from: self.from - self.span() / 2,
            to: self.to + self.span() / 2,
        }
    }

    /// Seconds of the buckets that a span of this length is told in, as the API chooses
    /// them for `from` and `to`.
    pub fn bucket_seconds(self) -> u32 {
        match self.span() {
            span if span <= 2 * HOUR => 60,
            span if span <= 12 * HOUR => 300,
            span if span <= 2 * DAY => 3_600,
            span if span <= 14 * DAY => 21_600,
            _ => 86_400,
        }
    }

    /// Moved as little as needed to lie within the limits; cut where it is longer.
    fn within(self, limits: View) -> View {
        let span = self.span().min(limits.span());
        let from = self.from.min(limits.to - span).max(limits.from);
        View {
            from,
            to: from + span,
        }
    }
}

/// Fingers or a mouse on a chart: the moments below them stay below them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grip {
    /// Pointers, each with the moment it holds.
    held: Vec<(i32, f64, i64)>,
}

impl Grip {
    /// How many pointers hold.
    pub fn count(&self) -> usize {
        self.held.len()
    }

    /// A pointer takes hold of the moment that is below it: a third one is not heeded.
    pub fn take(&mut self, pointer: i32, x: f64, at: i64) {
        self.release(pointer);
        if self.held.len() < 2 {
            self.held.push((pointer, x, at));
        }
    }

    /// A pointer lets go.
    pub fn release(&mut self, pointer: i32) {
        self.held.retain(|held| held.0 != pointer);
    }

    /// A pointer has moved to `x` CSS pixels from the left edge of a plot that is `width`
    /// wide and shows `view`: what it shows now. None for a pointer that holds nothing.
    pub fn moved(
        &mut self,
        pointer: i32,
        x: f64,
        width: f64,
        view: View,
        limits: View,
    ) -> Option<View> {
        let held = self.held.iter_mut().find(|held| held.0 == pointer)?;
        held.1 = x;
        let width = width.max(1.0);
        match self.held.as_slice() {
            [(_, x, at)] => {
                let now = view.from + whole(view.span() as f64 * x / width);
                Some(view.shifted(at - now, limits))
            }
            [(_, x1, t1), (_, x2, t2)] => {
                let apart = x2 - x1;
                // Fingers on top of each other hold no span.
                if apart.abs() < 8.0 || t1 == t2 {
                    return Some(view);
                }
                let per_pixel = (t2 - t1) as f64 / apart;
                if per_pixel <= 0.0 {
                    return Some(view);
                }
                let from = *t1 - whole(per_pixel * x1);
                let wanted = View {
                    from,
                    to: from + whole(per_pixel * width),
                };
                // The limits of zooming hold for fingers too.
                Some(wanted.zoomed(t1.midpoint(*t2), 1.0, limits))
            }
            _ => None,
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "casts of floats saturate")]
fn whole(value: f64) -> i64 {
    value.round() as i64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LIMITS: View = View {
        from: 0,
        to: 30 * DAY,
    };

    fn view() -> impl Strategy<Value = View> {
        (0..29 * DAY, NARROWEST..DAY).prop_map(|(from, span)| View {
            from,
            to: from + span,
        })
    }

    #[test]
    fn a_closer_look_is_told_in_finer_buckets() {
        let spans = [HOUR, 6 * HOUR, DAY, 7 * DAY, 30 * DAY];
        let finest = spans.map(|to| View { from: 0, to }.bucket_seconds());
        assert_eq!(finest, [60, 300, 3_600, 21_600, 86_400]);
    }

    proptest! {
        #[test]
        fn the_moment_below_the_pointer_stays_below_it(
            view in view(), part in 0.0f64..1.0, factor in 0.3f64..1.0,
        ) {
            let at = view.from + whole(view.span() as f64 * part);
            let zoomed = view.zoomed(at, factor, LIMITS);
            let there = (at - zoomed.from) as f64 / zoomed.span() as f64;
            prop_assert!((there - part).abs() < 1e-3, "{part} {there}");
        }

        #[test]
        fn whatever_is_done_stays_within_the_limits(
            view in view(), at in -DAY..40 * DAY, factor in 0.0f64..1e6, by in -90 * DAY..90 * DAY,
        ) {
            for view in [view.zoomed(at, factor, LIMITS), view.shifted(by, LIMITS)] {
                prop_assert!(LIMITS.covers(view), "{view:?}");
                prop_assert!(view.span() >= NARROWEST);
            }
        }

        #[test]
        fn zooming_in_and_out_again_comes_back(view in view(), part in 0.2f64..0.8) {
            let at = view.from + whole(view.span() as f64 * part);
            let closer = view.zoomed(at, 0.8, LIMITS);
            if closer.span() > NARROWEST {
                let back = closer.zoomed(at, 1.25, LIMITS);
                prop_assert!((back.from - view.from).abs() <= 4, "{back:?} {view:?}");
            }
        }

        #[test]
        fn a_dragged_moment_follows_the_hand(view in view(), from in 0.0f64..500.0, to in 0.0f64..500.0) {
            let at = |view: View, x: f64| view.from + whole(view.span() as f64 * x / 500.0);
            let wide = View { from: -40 * DAY, to: 80 * DAY };
            let mut grip = Grip::default();
            grip.take(1, from, at(view, from));
            let moved = grip.moved(1, to, 500.0, view, wide).unwrap();
            prop_assert_eq!(moved.span(), view.span());
            prop_assert!((at(moved, to) - at(view, from)).abs() <= 2);
        }

        #[test]
        fn pinched_moments_stay_below_their_fingers(
            view in view(), a in 100.0f64..200.0, b in 260.0f64..400.0, wider in 0.0f64..80.0,
        ) {
            let at = |view: View, x: f64| view.from + whole(view.span() as f64 * x / 500.0);
            let wide = View { from: -90 * DAY, to: 120 * DAY };
            let mut grip = Grip::default();
            grip.take(1, a, at(view, a));
            grip.take(2, b, at(view, b));
            let pinched = grip.moved(2, b + wider, 500.0, view, wide).unwrap();
            if pinched.span() > NARROWEST {
                let slack = view.span() / 500 + 2;
                prop_assert!((at(pinched, a) - at(view, a)).abs() <= slack);
                prop_assert!((at(pinched, b + wider) - at(view, b)).abs() <= slack);
            }
        }
    }
}
