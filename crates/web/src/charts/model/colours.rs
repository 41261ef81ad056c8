//! Colours: how they are read from the page's tokens, and which MCP server has which.

use std::collections::BTreeMap;

use shared_types::{OTHER, Snapshot, UNATTRIBUTED};

/// A colour with its opacity.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rgba {
    /// Red, green, blue.
    pub rgb: (u8, u8, u8),
    /// Opacity from 0 to 1.
    pub alpha: f64,
}

impl Rgba {
    /// The same colour, `factor` times as opaque.
    #[must_use]
    pub fn fade(self, factor: f64) -> Rgba {
        Rgba {
            alpha: self.alpha * factor,
            ..self
        }
    }

    /// Reads what a canvas answers for any colour it was given: `#rrggbb`, or
    /// `rgba(r, g, b, a)` where it is translucent.
    pub fn parse(text: &str) -> Option<Rgba> {
        if let Some(hex) = text.strip_prefix('#') {
            let value = u32::from_str_radix(hex, 16)
                .ok()
                .filter(|_| hex.len() == 6)?;
            let [_, r, g, b] = value.to_be_bytes();
            return Some(Rgba {
                rgb: (r, g, b),
                alpha: 1.0,
            });
        }
        let inner = text.strip_prefix("rgba(")?.strip_suffix(')')?;
        let mut parts = inner.split(',').map(str::trim);
        let mut channel = || parts.next()?.parse().ok();
        let rgb = (channel()?, channel()?, channel()?);
        let alpha = opacity(parts.next()?)?;
        Some(Rgba { rgb, alpha })
    }

    /// For a canvas or a style sheet.
    pub fn css(self) -> String {
        let (r, g, b) = self.rgb;
        format!("rgba({r}, {g}, {b}, {})", self.alpha)
    }
}

/// An opacity as a canvas writes it: `0.13`, `1`. The standard reader of floats is exact for
/// any text and length, and takes 12 kB of what a first visit loads.
fn opacity(text: &str) -> Option<f64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    // More digits than a float has say nothing.
    let part = part.get(..15).unwrap_or(part);
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(part) {
        return None;
    }
    let mut value = whole.parse::<u32>().map(f64::from).ok()?;
    let mut place = 0.1;
    for digit in part.bytes() {
        value += f64::from(digit - b'0') * place;
        place /= 10.0;
    }
    (0.0..=1.0).contains(&value).then_some(value)
}

/// How many hues tell MCP servers apart; the style sheet defines one token for each.
pub const HUES: usize = 12;

/// The colour of an MCP server: a number of the style sheet's tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub enum Hue {
    /// One of [`HUES`] hues.
    Mcp(usize),
    /// Calls of no server, and the sum of the rest.
    Neutral,
}

impl Hue {
    /// The class that gives an element this colour.
    pub fn class(self) -> &'static str {
        const CLASSES: [&str; HUES] = [
            "mcp-0", "mcp-1", "mcp-2", "mcp-3", "mcp-4", "mcp-5", "mcp-6", "mcp-7", "mcp-8",
            "mcp-9", "mcp-10", "mcp-11",
        ];
        match self {
            Hue::Mcp(index) => CLASSES.get(index).copied().unwrap_or("mcp-none"),
            Hue::Neutral => "mcp-none",
        }
    }
}

/// Which MCP server has which colour.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct McpColours(BTreeMap<String, Hue>);

impl McpColours {
    /// Colours go to the servers of both charts, which together hold every busy one.
    pub fn of_snapshot(snapshot: Option<&Snapshot>) -> McpColours {
        let Some(snapshot) = snapshot else {
            return McpColours::default();
        };
        let cost = snapshot.cost.data.iter().map(|slice| slice.mcp.as_str());
        let errors = snapshot.errors.data.iter().map(|bar| bar.mcp.as_str());
        McpColours::of(cost.chain(errors))
    }

    /// Gives every name the hue that its hash asks for, or the next free one where two ask
    /// for the same. The same set of names always gets the same colours; with more names
    /// than hues, hues are shared evenly.
    pub fn of<'a>(names: impl IntoIterator<Item = &'a str>) -> McpColours {
        // One by one: collecting would bring a sort along.
        let mut colours = BTreeMap::new();
        for name in names {
            colours.insert(name.to_owned(), Hue::Neutral);
        }
        let mut used = [0usize; HUES];
        for (name, hue) in &mut colours {
            if name == OTHER || name == UNATTRIBUTED {
                continue;
            }
            let fewest = used.iter().copied().min().unwrap_or(0);
            if let Some(index) = preferences(name).find(|&i| used.get(i) == Some(&fewest)) {
                *hue = Hue::Mcp(index);
                used.iter_mut()
                    .skip(index)
                    .take(1)
                    .for_each(|count| *count += 1);
            }
        }
        McpColours(colours)
    }

    /// The names that have a colour of their own.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The colour of a server; a name that was not in the set gets what its hash asks for.
    pub fn get(&self, name: &str) -> Hue {
        self.0.get(name).copied().unwrap_or_else(|| {
            let hashed = preferences(name).next().map_or(Hue::Neutral, Hue::Mcp);
            if name == OTHER || name == UNATTRIBUTED {
                Hue::Neutral
            } else {
                hashed
            }
        })
    }
}

/// Every hue once, the one that the name's hash asks for first. Strides of 5 go through
/// all 12 and keep names that collide from getting neighbouring hues.
fn preferences(name: &str) -> impl Iterator<Item = usize> {
    // FNV-1a.
    let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let first = usize::try_from((hash >> 32) % HUES as u64).unwrap_or(0);
    (0..HUES).map(move |n| (first + n * 5) % HUES)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn colours_are_read_as_a_canvas_writes_them() {
        assert_eq!(
            Rgba::parse("#8b5cf6"),
            Some(Rgba {
                rgb: (139, 92, 246),
                alpha: 1.0
            })
        );
        assert_eq!(
            Rgba::parse("rgba(148, 163, 184, 0.13)"),
            Some(Rgba {
                rgb: (148, 163, 184),
                alpha: 0.13
            })
        );
        for junk in [
            "",
            "#fff",
            "#gggggg",
            "red",
            "rgba(1, 2, 3)",
            "rgba(256, 0, 0, 1)",
        ] {
            assert_eq!(Rgba::parse(junk), None, "{junk}");
        }
    }

    #[test]
    fn calls_of_no_server_are_neutral() {
        let colours = McpColours::of([UNATTRIBUTED, OTHER, "Database MCP"]);
        assert_eq!(colours.get(UNATTRIBUTED), Hue::Neutral);
        assert_eq!(colours.get(OTHER), Hue::Neutral);
        assert_ne!(colours.get("Database MCP"), Hue::Neutral);
    }

    proptest! {
        #[test]
        fn up_to_twelve_servers_have_twelve_colours(
            names in prop::collection::btree_set("[a-z]{1,12}", 0..=HUES),
        ) {
            let colours = McpColours::of(names.iter().map(String::as_str));
            let hues: BTreeSet<Hue> = names.iter().map(|name| colours.get(name)).collect();
            prop_assert_eq!(hues.len(), names.len());
        }

        #[test]
        fn order_does_not_matter(names in prop::collection::vec("[a-z]{1,6}", 0..40)) {
            let forwards = McpColours::of(names.iter().map(String::as_str));
            let backwards = McpColours::of(names.iter().rev().map(String::as_str));
            prop_assert_eq!(forwards, backwards);
        }

        #[test]
        fn parsing_inverts_printing(r: u8, g: u8, b: u8, alpha in 0.0f64..1.0) {
            let colour = Rgba { rgb: (r, g, b), alpha };
            let read = Rgba::parse(&colour.css()).unwrap();
            prop_assert_eq!(read.rgb, colour.rgb);
            prop_assert!((read.alpha - alpha).abs() < 1e-9);
        }
    }
}
