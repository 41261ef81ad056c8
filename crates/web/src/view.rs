//! Pieces of view whose types are all alike. Every closure in a `view!` brings a copy of
//! the machinery that keeps it up to date; these bring none.

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

use leptos::ev::MouseEvent;
use leptos::prelude::*;
use leptos::tachys::reactive_graph::SharedReactiveFunction;

/// A piece of view that is built anew when what it reads changes.
pub(crate) type Dynamic = SharedReactiveFunction<AnyView>;

/// A piece of view that is built anew when what it reads changes. What it reads may live in
/// the browser, which has one thread.
pub(crate) fn dynamic(build: impl Fn() -> AnyView + 'static) -> Dynamic {
    let build = send_wrapper::SendWrapper::new(build);
    Arc::new(Mutex::new(move || (*build)()))
}

/// Words that follow what they read.
pub(crate) fn words(say: impl Fn() -> String + 'static) -> Signal<String> {
    let say = send_wrapper::SendWrapper::new(say);
    Signal::derive(move || (*say)())
}

/// Runs now, and again whenever what it reads changes.
pub(crate) fn effect(run: impl FnMut() + 'static) {
    let mut run: Box<dyn FnMut()> = Box::new(run);
    Effect::new(move |_| run());
}

/// Runs on its own, with the owner's contexts, until the owner is gone.
pub(crate) fn spawn(work: impl Future<Output = ()> + 'static) {
    let work: Pin<Box<dyn Future<Output = ()>>> = Box::pin(work);
    leptos::task::spawn_local_scoped_with_cancellation(work);
}

/// What a click does.
pub(crate) fn clicked(act: impl Fn() + 'static) -> Box<dyn FnMut(MouseEvent)> {
    Box::new(move |_| act())
}

/// A value that is watched, cheap to copy: a signal of any type for the price of one. It
/// lives as long as the page does, so it is for what there is once.
pub(crate) struct Watched<T: 'static> {
    changes: RwSignal<u32>,
    value: &'static send_wrapper::SendWrapper<RefCell<T>>,
}

impl<T> Clone for Watched<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Watched<T> {}

impl<T> Watched<T> {
    /// A watched value.
    pub(crate) fn new(value: T) -> Watched<T> {
        Watched {
            changes: RwSignal::new(0),
            value: Box::leak(Box::new(send_wrapper::SendWrapper::new(RefCell::new(
                value,
            )))),
        }
    }

    /// Looks at it, again whenever it changes.
    pub(crate) fn with<R>(self, look: impl FnOnce(&T) -> R) -> R {
        self.changes.track();
        self.peek(look)
    }

    /// Looks at it once.
    pub(crate) fn peek<R>(self, look: impl FnOnce(&T) -> R) -> R {
        look(&self.value.borrow())
    }

    /// Sets it, if it is another one.
    pub(crate) fn set(self, value: T)
    where
        T: PartialEq,
    {
        if *self.value.borrow() != value {
            self.value.replace(value);
            self.changes.update(|times| *times = times.wrapping_add(1));
        }
    }
}
