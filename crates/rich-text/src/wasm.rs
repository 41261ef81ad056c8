//! What the worker calls.

use std::collections::BTreeMap;

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::{Document, Painter, Update};

/// How long code is highlighted at once, in milliseconds: what is not done by then stays
/// plain, so that the page does not have to wait.
const PATIENCE: f64 = 1_000.0;

/// The answers that are being written.
#[wasm_bindgen]
pub struct Answers {
    painter: Painter,
    open: BTreeMap<u32, Document>,
    now: Function,
}

#[wasm_bindgen]
impl Answers {
    /// None yet. `now` tells the time in milliseconds.
    #[wasm_bindgen(constructor)]
    pub fn new(now: Function) -> Answers {
        Answers {
            painter: Painter::new(),
            open: BTreeMap::new(),
            now,
        }
    }

    /// More of an answer: `{keep, blocks}`.
    pub fn push(&mut self, answer: u32, text: &str) -> JsValue {
        self.begin();
        let document = self
            .open
            .entry(answer)
            .or_insert_with(|| Document::new(answer));
        let update = document.push(text, &mut self.painter);
        update.map_or(JsValue::NULL, |update| told(&update))
    }

    /// What has come of an answer but was not looked at: `{keep, blocks}`, or null.
    pub fn look(&mut self, answer: u32) -> JsValue {
        self.begin();
        let document = self.open.get_mut(&answer);
        let behind = document.filter(|document| document.is_behind());
        behind.map_or(JsValue::NULL, |document| {
            told(&document.look(&mut self.painter))
        })
    }

    /// The rest of an answer: `{keep, blocks}`.
    pub fn finish(&mut self, answer: u32, text: &str) -> JsValue {
        self.begin();
        let mut document = self
            .open
            .remove(&answer)
            .unwrap_or_else(|| Document::new(answer));
        told(&document.finish(text, &mut self.painter))
    }

    /// Forgets an answer.
    pub fn forget(&mut self, answer: u32) {
        self.open.remove(&answer);
    }

    fn begin(&mut self) {
        let now = self.now.clone();
        let time = move || {
            let time = now.call0(&JsValue::UNDEFINED).ok();
            time.and_then(|time| time.as_f64()).unwrap_or(f64::MAX)
        };
        let end = time() + PATIENCE;
        self.painter.be_patient(move || time() < end);
    }
}

fn told(update: &Update) -> JsValue {
    let blocks: Array = update.blocks.iter().map(JsValue::from).collect();
    let told = Object::new();
    #[expect(clippy::cast_possible_truncation, reason = "blocks are far fewer")]
    let keep = JsValue::from(update.keep as u32);
    // They fail only for what is no object.
    let _ = Reflect::set(&told, &"keep".into(), &keep);
    let _ = Reflect::set(&told, &"blocks".into(), &blocks);
    told.into()
}
