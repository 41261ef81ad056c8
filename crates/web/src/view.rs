//! Pieces of view whose types are all alike. Every closure in a `view!` brings a copy of
//! the machinery that keeps it up to date; these bring none.

use std::sync::{Arc, Mutex};

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
