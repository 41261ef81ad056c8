//! Times as people say them, on the asker's wall clock.

use grammar::When;
use timeline::{DAY, Micros, Range, Span, Zone};

/// When it was, exactly: `today (since 00:00, Europe/Berlin)`.
pub(super) fn during(when: When, span: Span, zone: &Zone) -> String {
    let zone_name = zone.name();
    let since = |at| format!("(since {}, {zone_name})", moment(at, zone));
    match when {
        When::Range(Range::Today) => {
            format!("today (since {}, {zone_name})", clock(span.from, zone))
        }
        When::Range(Range::Hour) => format!("in the last hour {}", since(span.from)),
        When::Range(Range::SixHours) => format!("in the last 6 hours {}", since(span.from)),
        When::Range(Range::Day) => format!("in the last 24 hours {}", since(span.from)),
        When::Range(Range::Week) => format!("in the last 7 days {}", since(span.from)),
        When::Range(Range::Month) => format!("in the last 30 days {}", since(span.from)),
        When::Yesterday => format!("yesterday ({}, {zone_name})", day(span.from, zone)),
        When::Between { .. } => between(span, zone),
    }
}

/// `from 15 Jun 2026 00:00 to 16 Jun 2026 00:00 (UTC)`.
pub(super) fn between(span: Span, zone: &Zone) -> String {
    let (from, to) = (moment(span.from, zone), moment(span.to, zone));
    format!("from {from} to {to} ({})", zone.name())
}

/// The period that figures are compared with, after `than`.
pub(super) fn before(when: When, span: Span, zone: &Zone) -> String {
    match when {
        When::Range(Range::Today) => "yesterday at this time".to_owned(),
        When::Yesterday => "the day before".to_owned(),
        _ => format!("in the period before ({})", between(span, zone)),
    }
}

/// A bucket: its day when it is one, else its beginning.
pub(super) fn bucket(span: Span, zone: &Zone) -> String {
    // Days are 23 to 25 hours long, or cut by the running minute.
    let civil = zone.civil(span.from);
    let midnight = civil.hour() == 0 && civil.minute() == 0;
    if midnight && span.to - span.from > DAY / 2 {
        return day(span.from, zone);
    }
    moment(span.from, zone)
}

/// `17 Jun 2026 13:47`.
pub(super) fn moment(at: Micros, zone: &Zone) -> String {
    zone.civil(at).strftime("%-d %b %Y %H:%M").to_string()
}

/// `17 Jun 2026 13:47:21`.
pub(super) fn exactly(at: Micros, zone: &Zone) -> String {
    zone.civil(at).strftime("%-d %b %Y %H:%M:%S").to_string()
}

fn day(at: Micros, zone: &Zone) -> String {
    zone.civil(at).strftime("%-d %b %Y").to_string()
}

fn clock(at: Micros, zone: &Zone) -> String {
    zone.civil(at).strftime("%H:%M").to_string()
}
