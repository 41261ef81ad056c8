//! Work that belongs before the next paint, done once however often it is asked for.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// Runs a piece of work before the next paint.
#[derive(Clone)]
pub(crate) struct BeforePaint(SendWrapper<Rc<Inner>>);

struct Inner {
    asked: Cell<Option<i32>>,
    callback: RefCell<Option<Closure<dyn FnMut()>>>,
}

impl BeforePaint {
    /// This piece of work. It is not run before it is asked for.
    pub(crate) fn new(mut work: impl FnMut() + 'static) -> BeforePaint {
        let inner = Rc::new(Inner {
            asked: Cell::new(None),
            callback: RefCell::new(None),
        });
        let weak = Rc::downgrade(&inner);
        let callback = Closure::new(move || {
            if let Some(inner) = weak.upgrade() {
                inner.asked.set(None);
                work();
            }
        });
        inner.callback.replace(Some(callback));
        BeforePaint(SendWrapper::new(inner))
    }

    /// Asks for the work.
    pub(crate) fn ask(&self) {
        if self.0.asked.get().is_some() {
            return;
        }
        let callback = self.0.callback.borrow();
        if let (Some(window), Some(callback)) = (web_sys::window(), callback.as_ref()) {
            let asked = window.request_animation_frame(callback.as_ref().unchecked_ref());
            self.0.asked.set(asked.ok());
        }
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        if let (Some(asked), Some(window)) = (self.asked.get(), web_sys::window()) {
            let _ = window.cancel_animation_frame(asked);
        }
    }
}
