//! The worker itself: started, asked, listened to, and ended when it is dropped.

use std::rc::Rc;

use gloo_timers::callback::Timeout;
use js_sys::{Object, Reflect};
use serde::Deserialize;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Url, WorkerOptions, WorkerType};

use super::Rendered;
use super::queue::Ask;

/// How long it may take for the worker to be fetched, in milliseconds.
const FETCHING: u32 = 60_000;
/// How long it may take to answer, in milliseconds: fifty times what it needs for the longest
/// answer. On a machine that is busy with other things three seconds were not enough for a
/// line of SQL; nobody is kept waiting, since an answer can be read meanwhile.
const ANSWERING: u32 = 15_000;

/// A running worker.
pub(super) struct Worker {
    runs: web_sys::Worker,
    ready: bool,
    heard: Rc<dyn Fn(Heard)>,
    deadline: Option<Timeout>,
    _message: Closure<dyn FnMut(MessageEvent)>,
    _error: Closure<dyn FnMut()>,
}

/// What was heard of it.
pub(super) enum Heard {
    /// It can be asked.
    Ready,
    /// How an answer looks, and whether that was asked for: it may also have had second
    /// thoughts about the last piece.
    Rendered(Rendered, bool),
    /// It has looked at an answer, and waits for more before it says how that looks.
    Later(u32),
    /// It said nothing in time, or did not manage what it was asked.
    Lost,
    /// It could not be fetched, or fell over.
    Broken,
}

/// What the worker posts: crates/web/rich-text-worker.js.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Said {
    says: String,
    answer: u32,
    keep: usize,
    blocks: Vec<String>,
}

impl Worker {
    /// Starts it; none where the browser has no workers, or the page none to start.
    pub(super) fn start(heard: impl Fn(Heard) + 'static) -> Option<Worker> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = web_sys::Worker::new_with_options(&address()?, &options).ok()?;
        let heard: Rc<dyn Fn(Heard)> = Rc::new(heard);
        let (says, breaks) = (Rc::clone(&heard), Rc::clone(&heard));
        let message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            says(understood(event.data()));
        });
        let error = Closure::<dyn FnMut()>::new(move || breaks(Heard::Broken));
        worker.set_onmessage(Some(message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(error.as_ref().unchecked_ref()));
        let late = Rc::clone(&heard);
        Some(Worker {
            runs: worker,
            ready: false,
            heard,
            deadline: Some(Timeout::new(FETCHING, move || late(Heard::Broken))),
            _message: message,
            _error: error,
        })
    }

    /// Whether it has been fetched.
    pub(super) fn is_ready(&self) -> bool {
        self.ready
    }

    /// Asks it; from now on it has to answer in time.
    pub(super) fn ask(&mut self, ask: &Ask) {
        let op = if ask.finish { "finish" } else { "push" };
        self.post(ask.answer, op, &ask.text);
        let late = Rc::clone(&self.heard);
        self.deadline
            .replace(Timeout::new(ANSWERING, move || late(Heard::Lost)));
    }

    /// It has said something: there is nothing to wait for.
    pub(super) fn answered(&mut self) {
        self.ready = true;
        drop(self.deadline.take());
    }

    /// Tells it to forget an answer.
    pub(super) fn forget(&self, answer: u32) {
        self.post(answer, "drop", "");
    }

    fn post(&self, answer: u32, op: &str, text: &str) {
        let message = Object::new();
        for (name, value) in [
            ("answer", answer.into()),
            ("op", op.into()),
            ("text", text.into()),
        ] {
            let value: JsValue = value;
            // It fails only for what is no object.
            let _ = Reflect::set(&message, &name.into(), &value);
        }
        // It fails only for what cannot be copied; then no answer comes.
        let _ = self.runs.post_message(&message);
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.runs.set_onmessage(None);
        self.runs.set_onerror(None);
        self.runs.terminate();
    }
}

fn understood(message: JsValue) -> Heard {
    let said: Said = serde_wasm_bindgen::from_value(message).unwrap_or_default();
    let (answer, keep, blocks) = (said.answer, said.keep, said.blocks);
    let rendered = Rendered {
        answer,
        keep,
        blocks,
    };
    match said.says.as_str() {
        "ready" => Heard::Ready,
        "asked" => Heard::Rendered(rendered, true),
        "unasked" => Heard::Rendered(rendered, false),
        "later" => Heard::Later(answer),
        "lost" => Heard::Lost,
        _ => Heard::Broken,
    }
}

/// Where the worker is: what the page says, seen from where the page's own script is, which
/// is at hand whatever the page's address.
fn address() -> Option<String> {
    let document = web_sys::window()?.document()?;
    let attribute = |selector: &str, name: &str| {
        let element = document.query_selector(selector).ok()??;
        element.get_attribute(name)
    };
    let worker = attribute("meta[name=rich-text]", "content")?;
    let script = attribute("link[rel=modulepreload]", "href")?;
    let script = Url::new_with_base(&script, &document.base_uri().ok()??).ok()?;
    Some(Url::new_with_base(&worker, &script.href()).ok()?.href())
}
