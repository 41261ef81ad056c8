//! Values and names as they are written in SQL that people run themselves.

use super::expressions::Dialect;

/// One second in microseconds.
const SECOND: i64 = 1_000_000;

/// A text in quotation marks, whatever is in it, however the server reads backslashes.
pub(super) fn text(dialect: Dialect, value: &str) -> String {
    // Neither database has it in a text, so no row has it either.
    let value = value.replace('\0', "").replace('\'', "''");
    if dialect == Dialect::Postgres && value.contains('\\') {
        format!("E'{}'", value.replace('\\', "\\\\"))
    } else {
        format!("'{value}'")
    }
}

/// A moment within the calendar, given as microseconds.
pub(super) fn moment(dialect: Dialect, at: i64) -> String {
    let shown = jiff::Timestamp::from_microsecond(at).ok();
    let shown = shown.filter(|_| (0..253_402_300_800 * SECOND).contains(&at));
    let shown = shown.map(|shown| shown.to_string().replace('T', " ").replace('Z', ""));
    match (dialect, shown) {
        (Dialect::Postgres, Some(shown)) => format!("TIMESTAMPTZ '{shown}+00'"),
        (Dialect::Postgres, None) => {
            format!("(TIMESTAMPTZ 'epoch' + {at} * INTERVAL '1 microsecond')")
        }
        (Dialect::Sqlite, Some(shown)) if at % SECOND == 0 => {
            format!("unixepoch('{shown}') * 1000000")
        }
        (Dialect::Sqlite, _) => at.to_string(),
    }
}

/// A table's name: the embedded file has no schemas.
pub(super) fn table(dialect: Dialect, name: &'static str) -> &'static str {
    match dialect {
        Dialect::Postgres => name,
        Dialect::Sqlite => name.split_once('.').map_or(name, |(_, table)| table),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotation_marks_and_backslashes_stay_letters() {
        let text = |value| text(Dialect::Postgres, value);
        assert_eq!(text("it's"), "'it''s'");
        assert_eq!(text("a\\'; DROP"), "E'a\\\\''; DROP'");
        assert_eq!(super::text(Dialect::Sqlite, "a\\'b"), "'a\\''b'");
        assert_eq!(text("nul\0"), "'nul'");
    }

    #[test]
    fn moments_are_read_by_people() {
        let at = 1_781_654_400_000_000;
        assert_eq!(
            moment(Dialect::Postgres, at),
            "TIMESTAMPTZ '2026-06-17 00:00:00+00'"
        );
        assert_eq!(
            moment(Dialect::Sqlite, at),
            "unixepoch('2026-06-17 00:00:00') * 1000000"
        );
        assert_eq!(moment(Dialect::Sqlite, at + 1), (at + 1).to_string());
    }

    #[test]
    fn the_file_has_no_schemas() {
        assert_eq!(table(Dialect::Sqlite, "omni2.audit_logs"), "audit_logs");
    }
}
