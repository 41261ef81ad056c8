//! Which rows of a long list are in the document, and where: only those in view and a few
//! around them.

/// Height of a row, CSS pixels.
pub(crate) const ROW: usize = 52;
/// Rows beyond each edge of the view that are in the document.
const AROUND: usize = 8;
/// Rows come and go this many at a time, not with every pixel.
const STEP: usize = 4;

/// The rows in the document: from `first` up to and without `end`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Rows {
    pub(crate) first: usize,
    pub(crate) end: usize,
}

impl Rows {
    /// Of `count` rows, for a view of this height that is scrolled down by `top`; CSS
    /// pixels.
    pub(crate) fn of(count: usize, top: usize, height: usize) -> Rows {
        let below = (top + height).div_ceil(ROW) + AROUND;
        let end = (below.div_ceil(STEP) * STEP).min(count);
        // A view that is below the list, since that became shorter, shows its end.
        let first = (top / ROW).min(count).saturating_sub(AROUND) / STEP * STEP;
        Rows {
            first: first.min(end),
            end,
        }
    }

    /// Height of the rows above, which are not in the document; CSS pixels.
    pub(crate) fn above(self) -> usize {
        self.first * ROW
    }

    /// Height of the rows below, of `count` in all; CSS pixels.
    pub(crate) fn below(self, count: usize) -> usize {
        count.saturating_sub(self.end) * ROW
    }
}

/// How far a view is scrolled down once all of this row is in it: as little further as will
/// do. CSS pixels.
pub(crate) fn revealing(row: usize, top: usize, height: usize) -> usize {
    let begins = row * ROW;
    let ends = begins + ROW;
    if begins < top {
        begins
    } else if ends > top + height {
        ends.saturating_sub(height)
    } else {
        top
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_row_in_view_is_in_the_document(
            count in 0usize..10_000, part in 0.0..1.0f64, height in 0usize..1_500,
        ) {
            let most = (count * ROW).saturating_sub(height);
            let top = (most as f64 * part) as usize;
            let rows = Rows::of(count, top, height);
            prop_assert!(rows.first <= rows.end && rows.end <= count);
            prop_assert!(rows.above() <= top);
            let reaches = rows.end * ROW;
            prop_assert!(reaches >= (top + height).min(count * ROW));
            prop_assert_eq!(rows.above() + (rows.end - rows.first) * ROW + rows.below(count), count * ROW);
        }

        #[test]
        fn the_document_holds_few_rows_however_many_there_are(
            count in 0usize..10_000, top in 0usize..600_000, height in 0usize..1_500,
        ) {
            let rows = Rows::of(count, top, height);
            let in_view = height / ROW + 2;
            prop_assert!(rows.first <= rows.end);
            prop_assert!(rows.end - rows.first <= in_view + 2 * (AROUND + STEP));
        }

        #[test]
        fn a_row_that_is_revealed_is_in_view(
            row in 0usize..10_000, top in 0usize..600_000, height in ROW..1_500usize,
        ) {
            let now = revealing(row, top, height);
            prop_assert!(now <= row * ROW && (row + 1) * ROW <= now + height);
            prop_assert_eq!(revealing(row, now, height), now);
        }
    }

    #[test]
    fn a_wall_sized_feed_stays_small() {
        let rows = Rows::of(10_000, 250_000, 900);
        assert!(rows.end - rows.first < 45, "{rows:?}");
    }
}
