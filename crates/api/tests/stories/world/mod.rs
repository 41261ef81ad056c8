//! Where stories take place: a hub's database, a clock that they set, and the API on top.

pub(crate) mod agreement;
mod api;
pub(crate) mod doors;
mod edges;
mod events;
mod feed;
mod hub;
mod moment;
mod reference;
pub(crate) mod role;
mod talk;
mod wait;
pub(crate) mod wire;

use testkit::Missing;
use tokio::task::block_in_place;

pub(crate) use api::{Answer, Api, asked};
pub(crate) use events::Events;
pub(crate) use feed::ids;
pub(crate) use hub::{Hub, Kind};
pub(crate) use moment::{Moment, at, shown, wall_clock};
pub(crate) use reference::Reference;
pub(crate) use talk::{Answering, Said, Talk};
pub(crate) use wait::until;

/// Tells a story on a hub of that kind; without its program only where CI is not `true`.
pub(crate) async fn told(kind: Kind, story: impl AsyncFn(&Hub)) {
    if let Some(hub) = Hub::make(kind).await {
        story(&hub).await;
        hub.end().await;
    }
}

/// What a story needs; none, loudly, where it is missing.
pub(crate) fn needed<T>(start: impl FnOnce() -> Result<T, Missing>) -> Option<T> {
    block_in_place(start)
        .inspect_err(testkit::skip_or_fail)
        .ok()
}

/// Tells each story on each kind of hub, as a test of its own.
macro_rules! on_every_hub {
    ($($story:ident),+ $(,)?) => {$(
        mod $story {
            use crate::world::{Kind, told};

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn embedded() {
                told(Kind::Embedded, super::$story).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn generation_a() {
                told(Kind::A, super::$story).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn generation_b() {
                told(Kind::B, super::$story).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn generation_c() {
                told(Kind::C, super::$story).await;
            }
        }
    )+};
}

pub(crate) use on_every_hub;
