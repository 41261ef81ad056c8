//! A table as comma-separated values (RFC 4180).

use super::{Cell, Table};
use crate::charts::model::frame::Words;
use crate::charts::model::stamp;

/// Ends every line, also the last one.
const END: &str = "\r\n";

impl Table {
    /// The table as a file: a header, then a line for each row. Times are given twice: in
    /// UTC, and on the viewer's wall clock.
    pub fn csv(&self, words: &dyn Words) -> String {
        let mut names = Vec::new();
        for column in &self.columns {
            names.push(column.name);
            if column.name == super::TIME.name {
                names.push("time_local");
            }
        }
        let mut text = names.join(",") + END;
        for row in &self.rows {
            let fields: Vec<String> = row.iter().map(|cell| field(cell, words)).collect();
            text.push_str(&fields.join(","));
            text.push_str(END);
        }
        text
    }
}

fn field(cell: &Cell, words: &dyn Words) -> String {
    match cell {
        Cell::At(at) => {
            let local = stamp::local(*at, words.offset_ms(*at));
            format!("{},{local}", stamp::utc(*at))
        }
        Cell::Name(name) => quoted(name),
        plain => plain.plain(),
    }
}

/// A name in quotes. Spreadsheets take what begins like a formula for one, and run it, so
/// such a name is marked as text.
fn quoted(name: &str) -> String {
    let is_formula = name.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let mark = if is_formula { "'" } else { "" };
    format!("\"{mark}{}\"", name.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Reads one quoted field back, as RFC 4180 says.
    fn read(field: &str) -> Option<String> {
        let inner = field.strip_prefix('"')?.strip_suffix('"')?;
        let bare = inner.replace("\"\"", "");
        (!bare.contains('"')).then(|| inner.replace("\"\"", "\""))
    }

    #[test]
    fn what_looks_like_a_formula_is_marked_as_text() {
        assert_eq!(quoted("=HYPERLINK(\"x\")"), "\"'=HYPERLINK(\"\"x\"\")\"");
        assert_eq!(quoted("@sum"), "\"'@sum\"");
        assert_eq!(quoted("mail-mcp, old"), "\"mail-mcp, old\"");
    }

    proptest! {
        #[test]
        fn any_name_reads_back(name in "(?s).*") {
            let back = read(&quoted(&name)).unwrap();
            prop_assert_eq!(back.strip_prefix('\'').unwrap_or(&back), name.strip_prefix('\'').unwrap_or(&name));
        }

        #[test]
        fn no_name_begins_like_a_formula(name in "[=+@\\-\t\r]?.{0,6}") {
            let back = read(&quoted(&name)).unwrap();
            prop_assert!(!back.starts_with(['=', '+', '-', '@', '\t', '\r']));
        }
    }
}
