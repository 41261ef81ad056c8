//! Which of many labels somebody means who types a few letters of it.

/// How well what is typed fits, the more the better; none where the letters of one of its
/// words do not occur in their order. Beginnings of words and letters that follow each other
/// weigh more; case does not matter.
pub(super) fn fit(typed: &str, label: &str) -> Option<u32> {
    let lower = |text: &str| {
        text.chars()
            .flat_map(char::to_lowercase)
            .collect::<Vec<_>>()
    };
    let label = lower(label);
    let words = typed.split_whitespace();
    words.map(|word| word_fits(&lower(word), &label)).sum()
}

/// The best of all places where a word can begin.
fn word_fits(word: &[char], label: &[char]) -> Option<u32> {
    let begins = |before: Option<&char>| before.is_none_or(|before| !before.is_alphanumeric());
    let from = |start: usize| {
        let (mut wanted, mut fit, mut run) = (word.iter().peekable(), 0, 0);
        let mut before = start.checked_sub(1).and_then(|index| label.get(index));
        for letter in label.iter().skip(start) {
            if wanted.next_if_eq(&letter).is_some() {
                run += 1;
                fit += run + if begins(before) { 8 } else { 0 };
            } else {
                run = 0;
            }
            before = Some(letter);
        }
        wanted.peek().is_none().then_some(fit)
    };
    let first = word.first()?;
    let starts = label
        .iter()
        .enumerate()
        .filter(|(_, letter)| *letter == first);
    starts.filter_map(|(start, _)| from(start)).max()
}

/// The indices of the labels that fit, the best first; as they come where nothing is typed.
pub(super) fn found<'a>(typed: &str, labels: impl Iterator<Item = &'a str>) -> Vec<usize> {
    let fits = labels.enumerate();
    let mut fits: Vec<(usize, u32, usize)> = fits
        .filter_map(|(index, label)| Some((index, fit(typed, label)?, label.len())))
        .collect();
    if !typed.trim().is_empty() {
        // Of two that fit as well, the shorter one says less that was not asked for.
        fits.sort_by_key(|(_, fit, length)| (std::cmp::Reverse(*fit), *length));
    }
    fits.into_iter().map(|(index, ..)| index).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LABELS: [&str; 5] = [
        "Go to queries",
        "Range: last 24 hours",
        "Theme: dark",
        "Theme: as the system",
        "Time zone…",
    ];

    fn first(typed: &str) -> Option<&'static str> {
        let found = found(typed, LABELS.into_iter());
        LABELS.get(*found.first()?).copied()
    }

    #[test]
    fn a_few_letters_are_enough() {
        assert_eq!(first("dark"), Some("Theme: dark"));
        assert_eq!(first("theme dark"), Some("Theme: dark"));
        assert_eq!(first("tz"), Some("Time zone…"));
        assert_eq!(first("zone time"), Some("Time zone…"));
        assert_eq!(first("24"), Some("Range: last 24 hours"));
        assert_eq!(first("GTQ"), Some("Go to queries"));
        assert_eq!(first("xyz"), None);
    }

    #[test]
    fn everything_is_there_while_nothing_is_typed() {
        assert_eq!(found(" ", LABELS.into_iter()), [0, 1, 2, 3, 4]);
    }

    proptest! {
        #[test]
        fn a_label_is_found_by_itself(label in "\\PC{1,20}") {
            prop_assert!(fit(&label, &label).is_some());
        }

        #[test]
        fn letters_in_order_are_found(label in "[a-z ]{1,20}", kept in proptest::collection::vec(any::<bool>(), 20)) {
            let typed: String = label.chars().zip(kept).filter(|(_, keep)| *keep).map(|(letter, _)| letter).collect();
            prop_assert!(fit(&typed, &label).is_some());
        }
    }
}
