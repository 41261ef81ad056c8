//! The time that is asked about: a window of the page, and what it is compared with.

use grammar::When;
use shared_types::Range;
use timeline::{BucketSize, Micros, Span, Window, WindowError, Zone};

use crate::live::WindowSpec;
use crate::live::frame::window;

/// A time in buckets.
#[derive(Clone, Debug)]
pub(super) struct Stretch {
    pub(super) span: Span,
    pub(super) buckets: Vec<Span>,
    /// What it is compared with, oldest first.
    pub(super) before: Vec<Span>,
    /// What it is compared with ends inside a minute: memory tells it to the second.
    pub(super) to_the_second: bool,
}

impl Stretch {
    /// The very window that the page shows for it, or one in buckets of the size asked for.
    pub(super) fn of(
        when: When,
        step: Option<BucketSize>,
        now: Micros,
        zone: &Zone,
    ) -> Result<Stretch, WindowError> {
        let stretch = Stretch::named(when, now, zone)?;
        let Some(step) = step else {
            return Ok(stretch);
        };
        let Span { from, to } = stretch.span;
        let window = Window::between(from, to, Some(step), now, zone)?;
        let before = if stretch.to_the_second {
            stretch.before
        } else {
            window.before(zone)
        };
        Ok(Stretch {
            span: window.span,
            buckets: window.buckets,
            before,
            to_the_second: stretch.to_the_second,
        })
    }

    fn named(when: When, now: Micros, zone: &Zone) -> Result<Stretch, WindowError> {
        Ok(match when {
            When::Range(timeline::Range::Today) => {
                let today = window(WindowSpec::Named(Range::Today), now, zone)?;
                Stretch {
                    span: today.span,
                    buckets: today.buckets,
                    before: vec![zone.yesterday_until(now)],
                    to_the_second: true,
                }
            }
            When::Range(range) => Stretch::whole(Window::of_range(range, now, zone), zone),
            When::Yesterday => yesterday(now, zone)?,
            When::Between { from, to } => {
                let spec = WindowSpec::Between {
                    from,
                    to: Some(to),
                    bucket: None,
                };
                Stretch::whole(window(spec, now, zone)?, zone)
            }
        })
    }

    fn whole(window: Window, zone: &Zone) -> Stretch {
        Stretch {
            span: window.span,
            before: window.before(zone),
            buckets: window.buckets,
            to_the_second: false,
        }
    }

    /// The whole of what it is compared with.
    pub(super) fn before(&self) -> Option<Span> {
        let (first, last) = (self.before.first()?, self.before.last()?);
        Some(Span {
            from: first.from,
            to: last.to,
        })
    }
}

/// Yesterday by its hours, and the day before it.
fn yesterday(now: Micros, zone: &Zone) -> Result<Stretch, WindowError> {
    let span = zone.yesterday(now);
    let day = Window::between(span.from, span.to, Some(BucketSize::Day), now, zone)?;
    Ok(Stretch {
        span,
        buckets: Window::yesterday(now, zone),
        before: day.before(zone),
        to_the_second: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Micros {
        text.parse::<jiff::Timestamp>().unwrap().as_microsecond()
    }

    #[test]
    fn yesterday_is_compared_with_the_day_before_also_where_clocks_change() {
        let zone = Zone::named("Europe/Berlin").unwrap();
        let now = at("2026-03-30T10:00:30Z");
        let stretch = Stretch::of(When::Yesterday, None, now, &zone).unwrap();
        assert_eq!(stretch.span.from, at("2026-03-28T23:00:00Z"));
        assert_eq!(stretch.span.to, at("2026-03-29T22:00:00Z"));
        assert_eq!(stretch.buckets.len(), 23);
        let before = stretch.before().unwrap();
        assert_eq!(before.from, at("2026-03-27T23:00:00Z"));
        assert_eq!(before.to, stretch.span.from);
    }

    #[test]
    fn today_is_compared_with_yesterday_at_this_time() {
        let zone = Zone::utc();
        let now = at("2026-06-17T13:47:21Z");
        let today = When::Range(timeline::Range::Today);
        let stretch = Stretch::of(today, None, now, &zone).unwrap();
        assert_eq!(stretch.span.to, at("2026-06-17T13:48:00Z"));
        assert_eq!(stretch.before().unwrap().to, at("2026-06-16T13:47:21Z"));
    }
}
