//! Markdown that shows names as they are, whatever is in them.

/// Letters of a name that are shown at most.
const LONGEST: usize = 120;
/// Letters that mean something in Markdown or HTML wherever they stand.
const SPECIAL: [char; 13] = [
    '\\', '`', '*', '_', '[', ']', '<', '>', '|', '~', '&', '$', '#',
];

/// A name or other text of one line, as text.
pub(super) fn text(name: &str) -> String {
    let mut shown = String::with_capacity(name.len());
    let line: String = name.chars().filter_map(plain).collect();
    let words: Vec<&str> = line.split_whitespace().collect();
    let line = words.join(" ");
    if line.is_empty() {
        return "(empty)".to_owned();
    }
    for (count, letter) in line.chars().enumerate() {
        if count == LONGEST {
            shown.push('…');
            break;
        }
        if SPECIAL.contains(&letter) {
            shown.push('\\');
        }
        shown.push(letter);
    }
    shown
}

/// A letter of one line; what turns the direction of writing is left out.
fn plain(letter: char) -> Option<char> {
    let turns = matches!(
        letter,
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
    );
    if turns {
        return None;
    }
    Some(if letter.is_control() { ' ' } else { letter })
}

/// Bold.
pub(super) fn bold(written: &str) -> String {
    format!("**{written}**")
}

/// A table; cells are Markdown already. The first column is text, the others are figures.
pub(super) fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let line = |cells: &[String]| format!("| {} |", cells.join(" | "));
    let heads: Vec<String> = head.iter().map(|cell| (*cell).to_owned()).collect();
    let rule = head
        .iter()
        .enumerate()
        .map(|(place, _)| if place == 0 { "---" } else { "---:" }.to_owned());
    let rule: Vec<String> = rule.collect();
    let mut lines = vec![line(&heads), line(&rule)];
    lines.extend(rows.iter().map(|row| line(row)));
    lines.join("\n")
}

/// A block of code that nothing in it ends.
pub(super) fn code(language: &str, code: &str) -> String {
    let mut longest = 2;
    let mut run = 0;
    for letter in code.chars() {
        run = if letter == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    let fence = "`".repeat(longest + 1);
    format!("{fence}{language}\n{code}\n{fence}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_text_whatever_is_in_them() {
        assert_eq!(text("a|b*c"), "a\\|b\\*c");
        assert_eq!(text("<b>\r\n`x`\u{202e}"), "\\<b\\> \\`x\\`");
        assert_eq!(text(" \n "), "(empty)");
        assert_eq!(text(&"x".repeat(500)).chars().count(), LONGEST + 1);
    }

    #[test]
    fn nothing_in_a_block_of_code_ends_it() {
        assert_eq!(code("sql", "'```'"), "````sql\n'```'\n````");
        assert_eq!(code("sql", "x"), "```sql\nx\n```");
    }
}
