//! A page that stays open, looked at now and then: what it holds.

use e2e::{Counts, Hub, Viewer};
use hub_sim::Generation;
use hub_sim::generator::Generator;
use serde::Serialize;
use testkit::Postgres;

use crate::line::grown;
use crate::report::Figure;
use crate::rhythm;
use crate::stage::{Stage, USABLE};

/// What may be more in the end than at first, by the straight line through all looks. The
/// same for any length: a longer run is a stricter one.
const MOST_HEAP: f64 = 1.0;
const MOST_WASM: f64 = 1.0;
const MOST_NODES: f64 = 200.0;
const MOST_LISTENERS: f64 = 50.0;

/// Keeps hold of the memory that the page's WebAssembly works in.
const CATCH: &str = "(() => {
    for (const name of ['instantiate', 'instantiateStreaming']) {
        const own = WebAssembly[name];
        WebAssembly[name] = async (...given) => {
            const made = await own.apply(WebAssembly, given);
            const memory = (made.instance ?? made).exports.memory;
            if (memory instanceof WebAssembly.Memory) window.wasmMemory ??= memory;
            return made;
        };
    }
})()";

/// One look at the page.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Look {
    /// Minutes since the first one.
    pub(crate) at: f64,
    counts: Counts,
    /// Bytes.
    wasm: f64,
    /// Nodes in the document.
    attached: f64,
}

/// A hub that can be written to, and a page that watches it and whose feed is full.
pub(crate) struct Watched {
    pub(crate) hub: Hub,
    pub(crate) generator: Generator,
    pub(crate) stage: Stage,
    pub(crate) viewer: Viewer,
    /// How high the feed is, CSS pixels.
    pub(crate) held: f64,
    /// Ends with the hub's database.
    pub(crate) _cluster: Postgres,
}

impl Watched {
    /// With a past that is longer than what the feed holds.
    pub(crate) async fn begin() -> Watched {
        let cluster = Postgres::start().unwrap_or_else(|missing| panic!("{missing}"));
        let hub = Hub::create(cluster.create_database(), Generation::A).await;
        let mut generator = Generator::new(7);
        rhythm::past(&hub, &mut generator).await;
        let stage = Stage::watching(hub.url()).await;
        let (viewer, held) = open(&stage).await;
        Watched {
            hub,
            generator,
            stage,
            viewer,
            held,
            _cluster: cluster,
        }
    }
}

/// Opens the page and fills its feed with all that it can hold: its height then, CSS pixels.
async fn open(stage: &Stage) -> (Viewer, f64) {
    let viewer = stage.visitor().await;
    viewer.run_first(CATCH).await;
    viewer.go(&stage.gateway.page()).await;
    viewer.until("the page can be used", USABLE).await;
    let held = fill_feed(&viewer).await;
    (viewer, held)
}

/// Scrolls down until the feed holds all it can, and up again: its height in CSS pixels.
async fn fill_feed(viewer: &Viewer) -> f64 {
    let more = "new Promise((told) => {
        const feed = document.querySelector('[data-testid=feed]');
        const before = feed.scrollHeight;
        feed.scrollTop = before;
        const began = performance.now();
        const look = () => {
            if (feed.scrollHeight > before) told(true);
            else if (performance.now() - began > 3000) told(false);
            else requestAnimationFrame(look);
        };
        look();
    })";
    while viewer.read(more).await == true {}
    let top = "(() => {
        const feed = document.querySelector('[data-testid=feed]');
        feed.scrollTop = 0;
        return feed.scrollHeight;
    })()";
    viewer.read(top).await.as_f64().unwrap_or(f64::NAN)
}

/// Looks at the page once its garbage is collected, so many minutes after the first look.
pub(crate) async fn look(viewer: &Viewer, at: f64) -> Look {
    let counts = viewer.counts().await;
    let wasm = viewer.read("window.wasmMemory?.buffer.byteLength").await;
    let attached = "(() => {
        const walker = document.createTreeWalker(document, NodeFilter.SHOW_ALL);
        let count = 1;
        while (walker.nextNode()) count += 1;
        return count;
    })()";
    let attached = viewer.read(attached).await;
    Look {
        at,
        counts,
        wasm: wasm.as_f64().unwrap_or(f64::NAN),
        attached: attached.as_f64().unwrap_or(f64::NAN),
    }
}

/// What has grown from look to look.
pub(crate) fn figures(looks: &[Look]) -> Vec<Figure> {
    let mega = |bytes: f64| bytes / 1e6;
    let grown = |name, unit, most, of: &dyn Fn(&Look) -> f64| {
        let points: Vec<(f64, f64)> = looks.iter().map(|look| (look.at, of(look))).collect();
        grown(name, unit, most, &points)
    };
    vec![
        grown("JavaScript heap grew", "MB", MOST_HEAP, &|look| {
            mega(look.counts.heap)
        }),
        grown("WebAssembly memory grew", "MB", MOST_WASM, &|look| {
            mega(look.wasm)
        }),
        grown("nodes grew", "", MOST_NODES, &|look| look.counts.nodes),
        grown("nodes outside the document grew", "", MOST_NODES, &|look| {
            look.counts.nodes - look.attached
        }),
        grown("event listeners grew", "", MOST_LISTENERS, &|look| {
            look.counts.listeners
        }),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_grows_too_much_is_found() {
        let at = |minute: i32, nodes: f64| Look {
            at: f64::from(minute),
            counts: Counts {
                heap: 5e6,
                nodes,
                listeners: 9.0,
            },
            wasm: 2e6,
            attached: 900.0,
        };
        let steady: Vec<Look> = (0..6).map(|minute| at(minute, 1_000.0)).collect();
        let leaky: Vec<Look> = (0..6)
            .map(|minute| at(minute, 1_000.0 + 60.0 * f64::from(minute)))
            .collect();
        let bad = |looks: &[Look]| {
            figures(looks)
                .iter()
                .filter(|figure| figure.value > figure.most.unwrap())
                .count()
        };
        assert_eq!((bad(&steady), bad(&leaky)), (0, 2));
    }
}
