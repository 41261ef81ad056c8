//! Pieces of view whose types are all alike. Every closure in a `view!` brings a copy of
//! the machinery that keeps it up to date; these bring none.

use std::any::Any;
use std::cell::RefCell;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::{Arc, Mutex};

use leptos::ev::MouseEvent;
use leptos::prelude::*;
use leptos::tachys::reactive_graph::{OwnedView, SharedReactiveFunction};
use send_wrapper::SendWrapper;

/// A piece of view that is built anew when what it reads changes.
pub(crate) type Dynamic = SharedReactiveFunction<AnyView>;

/// A piece of view that is built anew when what it reads changes. What it reads may live in
/// the browser, which has one thread.
pub(crate) fn dynamic(build: impl Fn() -> AnyView + 'static) -> Dynamic {
    let build = SendWrapper::new(build);
    Arc::new(Mutex::new(move || (*build)()))
}

/// Words that follow what they read.
pub(crate) fn words(say: impl Fn() -> String + 'static) -> Signal<String> {
    let say = SendWrapper::new(say);
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

/// One view among many that come and go, under an owner of its own without a parent, which
/// goes with it. A parent would keep a word about each that ever was: nothing that is in
/// context is found from here.
pub(crate) fn alone(build: impl FnOnce() -> AnyView) -> OwnedView<AnyView> {
    let owner = Owner::default();
    let view = owner.with(build);
    OwnedView::new_with_owner(view, owner)
}

/// What a click does.
pub(crate) fn clicked(act: impl Fn() + 'static) -> Box<dyn FnMut(MouseEvent)> {
    Box::new(move |_| act())
}

/// A value that is kept for as long as its owner lives, cheap to copy: of any type for the
/// price of one.
pub(crate) struct Kept<T> {
    value: StoredValue<SendWrapper<Rc<dyn Any>>>,
    holds: PhantomData<fn() -> T>,
}

impl<T> Clone for Kept<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Kept<T> {}

impl<T: 'static> Kept<T> {
    /// A kept value.
    pub(crate) fn new(value: T) -> Kept<T> {
        Kept {
            value: StoredValue::new(SendWrapper::new(Rc::new(RefCell::new(value)))),
            holds: PhantomData,
        }
    }

    /// Looks at it and may change it; none when its owner is gone.
    pub(crate) fn change<R>(self, change: impl FnOnce(&mut T) -> R) -> Option<R> {
        let value = self.value.try_get_value()?;
        // What is in there was put there by `new`.
        let value = value.downcast_ref::<RefCell<T>>()?;
        let mut value = value.try_borrow_mut().ok()?;
        Some(change(&mut value))
    }

    /// Puts another value in its place.
    pub(crate) fn put(self, value: T) {
        self.change(|held| *held = value);
    }
}

/// A value that is watched, cheap to copy: a signal of any type for the price of one. It
/// lives as long as its owner.
pub(crate) struct Watched<T> {
    changes: RwSignal<u32>,
    value: Kept<T>,
}

impl<T> Clone for Watched<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Watched<T> {}

impl<T: Clone + Default + PartialEq + 'static> Watched<T> {
    /// A watched value.
    pub(crate) fn new(value: T) -> Watched<T> {
        Watched {
            changes: RwSignal::new(0),
            value: Kept::new(value),
        }
    }

    /// The value, again whenever it changes.
    pub(crate) fn get(self) -> T {
        self.changes.track();
        self.peek()
    }

    /// The value now.
    pub(crate) fn peek(self) -> T {
        self.value.change(|value| value.clone()).unwrap_or_default()
    }

    /// Sets it, if it is another one.
    pub(crate) fn set(self, value: T) {
        let differs = self.value.change(|held| {
            let differs = *held != value;
            *held = value;
            differs
        });
        if differs == Some(true) {
            self.changes.update(|times| *times = times.wrapping_add(1));
        }
    }
}
