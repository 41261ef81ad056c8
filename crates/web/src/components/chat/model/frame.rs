//! Where the window is: how far from the corner below on the right, and how large. CSS
//! pixels.

/// Between the window and the edge of the page.
const MARGIN: f64 = 8.0;
/// It gets no narrower.
pub(crate) const LEAST_WIDTH: f64 = 320.0;
/// It gets no lower.
pub(crate) const LEAST_HEIGHT: f64 = 320.0;

/// Place and size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Frame {
    /// From the page's right edge.
    pub(crate) right: f64,
    /// From its bottom.
    pub(crate) bottom: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
}

impl Default for Frame {
    fn default() -> Frame {
        Frame {
            right: 24.0,
            bottom: 24.0,
            width: 440.0,
            height: 620.0,
        }
    }
}

/// Edges that are moved together: one, or two at a corner. -1 is the left or upper one, 1
/// the right or lower one, 0 neither.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Edges {
    pub(crate) across: i8,
    pub(crate) down: i8,
}

impl Frame {
    /// Inside a page of this size.
    #[must_use]
    pub(crate) fn within(self, (width, height): (f64, f64)) -> Frame {
        let (right, wide) = fitted(self.right, self.width, LEAST_WIDTH, width);
        let (bottom, high) = fitted(self.bottom, self.height, LEAST_HEIGHT, height);
        Frame {
            right,
            bottom,
            width: wide,
            height: high,
        }
    }

    /// With these edges moved to the right and down by so much, as far as there is room;
    /// the edges opposite stay where they are.
    #[must_use]
    pub(crate) fn moved(self, edges: Edges, by: (f64, f64), page: (f64, f64)) -> Frame {
        let now = self.within(page);
        let across = (now.right, now.width);
        let (right, width) = moved(across, edges.across, by.0, LEAST_WIDTH, page.0);
        let down = (now.bottom, now.height);
        let (bottom, height) = moved(down, edges.down, by.1, LEAST_HEIGHT, page.1);
        Frame {
            right,
            bottom,
            width,
            height,
        }
    }

    /// As it is kept.
    pub(crate) fn written(self) -> String {
        let Frame {
            right,
            bottom,
            width,
            height,
        } = self;
        format!("{right:.0} {bottom:.0} {width:.0} {height:.0}")
    }

    /// As it was kept.
    pub(crate) fn read(text: &str) -> Option<Frame> {
        // Whole numbers: reading floats would be a good part of the page.
        let mut numbers = text.split(' ').map(|number| number.parse::<u16>().ok());
        let mut next = || numbers.next().flatten().map(f64::from);
        Some(Frame {
            right: next()?,
            bottom: next()?,
            width: next()?,
            height: next()?,
        })
    }
}

/// An end's distance from the page's and a length, made to fit into a page so long.
fn fitted(end: f64, length: f64, least: f64, page: f64) -> (f64, f64) {
    let most = (page - 2.0 * MARGIN).max(0.0);
    let length = length.max(least).min(most);
    (end.min(page - MARGIN - length).max(MARGIN), length)
}

fn moved((end, length): (f64, f64), edge: i8, by: f64, least: f64, page: f64) -> (f64, f64) {
    let most = (page - 2.0 * MARGIN).max(0.0);
    let least = least.min(most);
    match edge {
        0 => (end, length),
        ..0 => {
            let room = (page - MARGIN - end).max(least);
            (end, (length - by).max(least).min(room))
        }
        _ => {
            let far = end + length;
            let end = (end - by).min(far - least).max(MARGIN);
            (end, far - end)
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const DESK: (f64, f64) = (1440.0, 900.0);
    const LEFT: Edges = Edges {
        across: -1,
        down: 0,
    };
    const TOP_LEFT: Edges = Edges {
        across: -1,
        down: -1,
    };
    const BOTTOM_RIGHT: Edges = Edges { across: 1, down: 1 };

    #[test]
    fn an_edge_that_is_moved_out_makes_it_larger() {
        let frame = Frame::default().moved(LEFT, (-60.0, 0.0), DESK);
        assert_eq!((frame.width, frame.height), (500.0, 620.0));
        let frame = frame.moved(TOP_LEFT, (100.0, -80.0), DESK);
        assert_eq!((frame.width, frame.height), (400.0, 700.0));
        let frame = frame.moved(BOTTOM_RIGHT, (-30.0, -40.0), DESK);
        assert_eq!((frame.right, frame.width), (54.0, 370.0));
        assert_eq!((frame.bottom, frame.height), (64.0, 660.0));
    }

    #[test]
    fn it_is_kept_in_whole_pixels() {
        let frame = Frame {
            width: 400.4,
            ..Frame::default()
        };
        assert_eq!(frame.written(), "24 24 400 620");
        assert_eq!(Frame::read("24 24 440 620"), Some(Frame::default()));
        for wrong in ["", "24 24", "a b c d", "24 24 440 -1"] {
            assert_eq!(Frame::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_small_page_gets_all_that_there_is() {
        let frame = Frame::default().within((300.0, 200.0));
        assert_eq!((frame.width, frame.height), (284.0, 184.0));
        assert_eq!((frame.right, frame.bottom), (8.0, 8.0));
    }

    proptest! {
        #[test]
        fn wherever_it_is_moved_it_stays_inside_and_the_other_edges_stay(
            page in (400.0..3000.0, 400.0..2000.0),
            start in (0.0..900.0, 0.0..900.0, 0.0..4000.0, 0.0..4000.0),
            across in -1..=1_i8,
            down in -1..=1_i8,
            by in (-3000.0..3000.0, -3000.0..3000.0),
        ) {
            let (right, bottom, width, height) = start;
            let before = Frame { right, bottom, width, height }.within(page);
            let after = before.moved(Edges { across, down }, by, page);
            for frame in [before, after] {
                prop_assert!(frame.right >= MARGIN && frame.bottom >= MARGIN);
                prop_assert!(frame.width >= LEAST_WIDTH && frame.height >= LEAST_HEIGHT);
                prop_assert!(frame.right + frame.width <= page.0 - MARGIN + 1e-6);
                prop_assert!(frame.bottom + frame.height <= page.1 - MARGIN + 1e-6);
            }
            let far = |frame: Frame| frame.right + frame.width;
            match across {
                0 => prop_assert_eq!((after.right, after.width), (before.right, before.width)),
                1 => prop_assert!((far(after) - far(before)).abs() < 1e-6),
                _ => prop_assert!((after.right - before.right).abs() < 1e-6),
            }
        }
    }
}
