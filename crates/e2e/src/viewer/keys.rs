//! A keyboard.

use chromiumoxide::cdp::browser_protocol::input::{
    DispatchKeyEventParams, DispatchKeyEventType as Kind, InsertTextParams,
};
use chromiumoxide::keys::get_key_definition;

use super::Viewer;

/// Held beside a key, in the set of modifiers.
pub(super) const CONTROL: i64 = 2;

const MODIFIERS: [(&str, i64); 4] = [
    ("Alt+", 1),
    ("Control+", CONTROL),
    ("Meta+", 4),
    ("Shift+", 8),
];

impl Viewer {
    /// Presses a key where the focus is, by its name in the browser, with what is held
    /// before it: `Enter`, `a`, `Control+k`, `Shift+Tab`.
    pub async fn press(&self, keys: &str) {
        let (modifiers, key) = held(keys);
        let known = get_key_definition(key);
        let known = known.unwrap_or_else(|| panic!("no key is called {key}"));
        // A key that is held for a command writes nothing.
        let writes = modifiers & !SHIFT == 0;
        let text = known.text.or((known.key.len() == 1).then_some(known.key));
        let text = text.filter(|_| writes);
        let stroke = DispatchKeyEventParams::builder()
            .key(known.key)
            .code(known.code)
            .windows_virtual_key_code(known.key_code)
            .native_virtual_key_code(known.key_code)
            .modifiers(modifiers);
        let down = match text {
            Some(text) => stroke.clone().r#type(Kind::KeyDown).text(text),
            None => stroke.clone().r#type(Kind::RawKeyDown),
        };
        for event in [down, stroke.r#type(Kind::KeyUp)] {
            self.page.execute(event.build().unwrap()).await.unwrap();
        }
    }

    /// Writes a text where the focus is, key by key; letters that this keyboard lacks come
    /// as from an input method.
    pub async fn write(&self, text: &str) {
        for letter in text.chars() {
            let letter = letter.to_string();
            match letter.as_str() {
                "\n" => self.press("Enter").await,
                known if get_key_definition(known).is_some() => self.press(known).await,
                other => {
                    let insert = InsertTextParams::new(other);
                    self.page.execute(insert).await.unwrap();
                }
            }
        }
    }
}

const SHIFT: i64 = 8;

/// What is held, and the key: `Control+Shift+k`.
fn held(keys: &str) -> (i64, &str) {
    let mut left = keys;
    let mut held = 0;
    while let Some((rest, bit)) = MODIFIERS
        .iter()
        .find_map(|(name, bit)| Some((left.strip_prefix(name)?, bit)))
        .filter(|(rest, _)| !rest.is_empty())
    {
        left = rest;
        held |= bit;
    }
    (held, left)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_held_stands_before_the_key() {
        assert_eq!(held("Enter"), (0, "Enter"));
        assert_eq!(held("Control+Shift+k"), (CONTROL | SHIFT, "k"));
        assert_eq!(held("+"), (0, "+"));
        assert_eq!(held("Control++"), (CONTROL, "+"));
    }
}
