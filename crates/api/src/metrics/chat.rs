//! Numbers about the chat.

use prometheus::{IntCounterVec, IntGaugeVec, Opts, Registry};
use shared_types::ChatBackend;

/// Counts answers. Cheap to clone; every clone counts the same.
#[derive(Clone)]
pub struct ChatMeter {
    answers: IntCounterVec,
    open: IntGaugeVec,
}

impl ChatMeter {
    pub(super) fn new() -> Result<ChatMeter, prometheus::Error> {
        Ok(ChatMeter {
            answers: IntCounterVec::new(
                Opts::new(
                    "omni2_chat_answers_total",
                    "Answers of the chat, by how they ended: `left` when nobody waited any more",
                ),
                &["backend", "end"],
            )?,
            open: IntGaugeVec::new(
                Opts::new("omni2_chat_open_answers", "Answers being written"),
                &["backend"],
            )?,
        })
    }

    pub(super) fn register(&self, registry: &Registry) -> Result<(), prometheus::Error> {
        registry.register(Box::new(self.answers.clone()))?;
        registry.register(Box::new(self.open.clone()))
    }

    /// An answer begins.
    pub fn begin(&self, backend: ChatBackend) -> ChatCount {
        let backend = match backend {
            ChatBackend::Hub => "hub",
            ChatBackend::Assistant => "assistant",
            ChatBackend::Model => "model",
        };
        self.open.with_label_values(&[backend]).inc();
        ChatCount {
            meter: self.clone(),
            backend,
            end: "left",
        }
    }
}

/// Counts one answer when it is dropped.
pub struct ChatCount {
    meter: ChatMeter,
    backend: &'static str,
    end: &'static str,
}

impl ChatCount {
    /// It became whole.
    pub fn answered(&mut self) {
        self.end = "answered";
    }

    /// It did not.
    pub fn failed(&mut self) {
        self.end = "failed";
    }
}

impl Drop for ChatCount {
    fn drop(&mut self) {
        let labels = [self.backend, self.end];
        self.meter.answers.with_label_values(&labels).inc();
        self.meter.open.with_label_values(&[self.backend]).dec();
    }
}
