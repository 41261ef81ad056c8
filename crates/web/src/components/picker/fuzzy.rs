//! Which of many labels somebody means who types a few letters of it.

/// How well the letters fit, the more the better; none where they do not occur in this
/// order. Beginnings of words and letters that follow each other weigh more; blanks and
/// case do not matter.
pub(super) fn fit(typed: &str, label: &str) -> Option<u32> {
    let mut wanted = typed.chars().flat_map(char::to_lowercase);
    let mut wanted = wanted
        .by_ref()
        .filter(|letter| !letter.is_whitespace())
        .peekable();
    let (mut fit, mut before, mut run) = (0, ' ', 0);
    for letter in label.chars().flat_map(char::to_lowercase) {
        let Some(next) = wanted.peek() else { break };
        if *next == letter {
            let begins = !before.is_alphanumeric();
            run += 1;
            fit += run + if begins { 8 } else { 0 };
            wanted.next();
        } else {
            run = 0;
        }
        before = letter;
    }
    wanted.peek().is_none().then_some(fit)
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
