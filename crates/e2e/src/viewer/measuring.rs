//! What the browser counts about a page.

use chromiumoxide::cdp::browser_protocol::page::AddScriptToEvaluateOnNewDocumentParams;
use chromiumoxide::cdp::browser_protocol::performance::{EnableParams, GetMetricsParams, Metric};
use chromiumoxide::cdp::js_protocol::heap_profiler::CollectGarbageParams;
use serde::Serialize;

use super::Viewer;

/// What a page holds, once what nobody holds any more is gone.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Counts {
    /// Bytes of JavaScript's own objects.
    pub heap: f64,
    /// Nodes of all documents, attached or not.
    pub nodes: f64,
    /// Event listeners.
    pub listeners: f64,
}

impl Viewer {
    /// Runs a script in each document from now on, before any of its own.
    pub async fn run_first(&self, script: &str) {
        let script = AddScriptToEvaluateOnNewDocumentParams::new(script);
        self.page.execute(script).await.unwrap();
    }

    /// Collects garbage, and counts what is left.
    pub async fn counts(&self) -> Counts {
        self.page.execute(EnableParams::default()).await.unwrap();
        // Twice: what the first round finalises may hold what only the second one finds.
        for _ in 0..2 {
            let collect = CollectGarbageParams::default();
            self.page.execute(collect).await.unwrap();
        }
        let answer = self.page.execute(GetMetricsParams::default()).await;
        let metrics = answer.unwrap().result.metrics;
        Counts {
            heap: metric(&metrics, "JSHeapUsedSize"),
            nodes: metric(&metrics, "Nodes"),
            listeners: metric(&metrics, "JSEventListeners"),
        }
    }
}

fn metric(all: &[Metric], name: &str) -> f64 {
    let metric = all.iter().find(|metric| metric.name == name);
    metric
        .unwrap_or_else(|| panic!("the browser counts no {name}"))
        .value
}
