//! The text of an answer in the document: plain at first, then block by block as rich text.
//! Only what is new is touched.

use leptos::ev::MouseEvent;
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement, Text};

/// Says that blocks stand there, no plain text.
const RICH: &str = "data-rich";

/// Says that a button copies code.
const COPIES: &str = "data-copies";
/// What stands on it.
pub(crate) const COPY: &str = "Copy";
const COPY_ALOUD: &str = "Copy code";

/// The id of the element that an answer stands in.
pub(crate) fn id_of(answer: u32) -> String {
    format!("answer-{answer}")
}

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

fn place(answer: u32) -> Option<Element> {
    document()?.get_element_by_id(&id_of(answer))
}

/// Adds a piece of plain text, unless blocks stand there already.
pub(crate) fn add(answer: u32, piece: &str) {
    let Some(place) = place(answer).filter(|place| !place.has_attribute(RICH)) else {
        return;
    };
    let last = place.last_child();
    match last.and_then(|last| last.dyn_into::<Text>().ok()) {
        Some(text) => {
            let _ = text.append_data(piece);
        }
        None => {
            let _ = place.append_with_str_1(piece);
        }
    }
}

/// Puts plain text in the place of whatever stands there.
pub(crate) fn plain(answer: u32, text: &str) {
    if let Some(place) = place(answer) {
        place.set_text_content(Some(text));
        let _ = place.remove_attribute(RICH);
    }
}

/// Puts blocks (HTML that is safe) in the place of those after the first `keep`.
pub(crate) fn replace(answer: u32, keep: usize, blocks: &[String]) {
    let (Some(place), Some(document)) = (place(answer), document()) else {
        return;
    };
    if !place.has_attribute(RICH) {
        place.set_text_content(None);
        let _ = place.set_attribute(RICH, "");
    }
    let mut index = u32::try_from(keep).unwrap_or(u32::MAX);
    for html in blocks {
        let block = place.children().item(index).or_else(|| {
            let block = document.create_element("div").ok()?;
            place.append_child(&block).ok()?;
            Some(block)
        });
        if let Some(block) = block {
            block.set_inner_html(html);
            furnish(&document, &block);
        }
        index += 1;
    }
    while let Some(left) = place.children().item(index) {
        left.remove();
    }
}

/// Gives code a head with its language and, once there is any, a button that copies it.
fn furnish(document: &Document, block: &Element) {
    let Ok(found) = block.query_selector_all("figure.code") else {
        return;
    };
    for index in 0..found.length() {
        let code = found.item(index).and_then(|node| node.dyn_into().ok());
        if let Some(code) = code {
            // It fails for no element that is in the document.
            let _ = head(document, &code);
        }
    }
}

fn head(document: &Document, code: &Element) -> Option<()> {
    let make = |name: &str, class: &str, text: &str| {
        let made = document.create_element(name).ok()?;
        made.set_class_name(class);
        made.set_text_content(Some(text));
        Some(made)
    };
    let language = code.get_attribute("data-language").unwrap_or_default();
    let head = make("div", "code-head", "")?;
    head.append_child(&*make("span", "", &language)?).ok()?;
    // Of an answer that is still coming there may be no more than the frame.
    if code.text_content().is_some_and(|code| !code.is_empty()) {
        let copies = make("button", "chat-small", COPY)?;
        for (attribute, value) in [("type", "button"), (COPIES, ""), ("aria-label", COPY_ALOUD)] {
            copies.set_attribute(attribute, value).ok()?;
        }
        head.append_child(&copies).ok()?;
    }
    code.prepend_with_node_1(&head).ok()
}

/// What an answer says, as it is read.
pub(crate) fn words(answer: u32) -> String {
    let place = place(answer).and_then(|place| place.dyn_into::<HtmlElement>().ok());
    place.map(|place| place.inner_text()).unwrap_or_default()
}

/// A button in an answer that copies code, and was pressed.
pub(crate) struct Copies {
    button: Element,
    /// The code.
    pub(crate) code: String,
}

impl Copies {
    /// The button that this click is on, if it is on one.
    pub(crate) fn of(event: &MouseEvent) -> Option<Copies> {
        let button = target(event)?.closest(&format!("[{COPIES}]")).ok()??;
        let frame = button.closest("figure").ok()??;
        let code = frame.query_selector("pre").ok()??.text_content()?;
        Some(Copies { button, code })
    }

    /// Says on the button how it went, or what it does.
    pub(crate) fn say(&self, words: &str) {
        self.button.set_text_content(Some(words));
        let aloud = if words == COPY { COPY_ALOUD } else { words };
        let _ = self.button.set_attribute("aria-label", aloud);
    }
}

/// Whether a click was on a link that is followed in place.
pub(crate) fn follows_link(event: &MouseEvent) -> bool {
    let link = target(event).and_then(|target| target.closest("a[href]").ok().flatten());
    link.is_some() && event.default_prevented()
}

fn target(event: &MouseEvent) -> Option<Element> {
    event.target()?.dyn_into().ok()
}
