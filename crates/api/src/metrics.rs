//! Numbers for Prometheus.

use std::time::Duration;

use prometheus::{
    Encoder, Gauge, GaugeVec, HistogramOpts, HistogramVec, IntCounterVec, Opts, Registry,
    TextEncoder,
};

use crate::live::Gauges;

mod chat;

pub use chat::{ChatCount, ChatMeter};

/// Answers take from a fraction of a millisecond to the database's time limit.
const SECONDS: [f64; 12] = [
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0,
];

/// Methods that are counted apart. Whoever asks may make up others, and each would be a series.
const METHODS: [&str; 7] = ["GET", "HEAD", "POST", "DELETE", "PUT", "PATCH", "OPTIONS"];
/// All others, and what no route answers.
pub(crate) const OTHER: &str = "other";

/// What is counted, and the gauges that are read when somebody asks.
pub struct Metrics {
    registry: Registry,
    requests: IntCounterVec,
    durations: HistogramVec,
    gauges: GaugeVec,
    poll_age: Gauge,
    chat: ChatMeter,
}

impl Metrics {
    /// # Errors
    /// When two numbers bear one name.
    pub fn new() -> Result<Metrics, prometheus::Error> {
        let metrics = Metrics {
            registry: Registry::new(),
            requests: IntCounterVec::new(
                Opts::new("omni2_http_requests_total", "Requests answered"),
                &["route", "method", "status"],
            )?,
            durations: HistogramVec::new(
                HistogramOpts::new("omni2_http_request_seconds", "Time to the answer's head")
                    .buckets(SECONDS.to_vec()),
                &["route"],
            )?,
            gauges: GaugeVec::new(
                Opts::new(
                    "omni2_dashboard",
                    "State of the dashboard, by what it counts",
                ),
                &["what"],
            )?,
            poll_age: Gauge::new(
                "omni2_last_poll_age_seconds",
                "Seconds since the database was last read; -1 before the first time",
            )?,
            chat: ChatMeter::new()?,
        };
        metrics
            .registry
            .register(Box::new(metrics.requests.clone()))?;
        metrics
            .registry
            .register(Box::new(metrics.durations.clone()))?;
        metrics
            .registry
            .register(Box::new(metrics.gauges.clone()))?;
        metrics
            .registry
            .register(Box::new(metrics.poll_age.clone()))?;
        metrics.chat.register(&metrics.registry)?;
        Ok(metrics)
    }

    /// Where answers of the chat are counted.
    pub fn chat(&self) -> ChatMeter {
        self.chat.clone()
    }

    /// Counts one answer. `status` has three digits; methods that HTTP does not name are one.
    pub fn count(&self, route: &str, method: &str, status: &str, took: Duration) {
        let method = if METHODS.contains(&method) {
            method
        } else {
            OTHER
        };
        self.requests
            .with_label_values(&[route, method, status])
            .inc();
        self.durations
            .with_label_values(&[route])
            .observe(took.as_secs_f64());
    }

    /// Prometheus text.
    ///
    /// # Errors
    /// When it cannot be written, which takes two numbers of one name.
    pub fn text(&self, now: &Gauges) -> Result<Vec<u8>, prometheus::Error> {
        self.poll_age.set(now.last_poll_age_seconds.unwrap_or(-1.0));
        for (what, value) in [
            ("rows_seen", now.rows_seen as f64),
            ("open_gaps", now.open_gaps as f64),
            ("subscribers", now.subscribers as f64),
            ("subscribers_dropped", now.subscribers_dropped as f64),
            ("database_readings", now.database_queries as f64),
            ("database_failures", now.database_errors as f64),
            ("history_progress", now.progress),
            ("live", f64::from(u8::from(now.live))),
            ("resident_bytes", resident_bytes().unwrap_or(0.0)),
        ] {
            self.gauges.with_label_values(&[what]).set(value);
        }
        let mut text = Vec::new();
        TextEncoder::new().encode(&self.registry.gather(), &mut text)?;
        Ok(text)
    }
}

/// Memory held, where the system tells (Linux).
fn resident_bytes() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: f64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kilobytes * 1024.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_that_somebody_made_up_are_one_series() {
        let metrics = Metrics::new().unwrap();
        for number in 0..1_000 {
            let made_up = format!("M{number}");
            metrics.count(OTHER, &made_up, "404", Duration::ZERO);
        }
        let text = metrics.text(&Gauges::default()).unwrap();
        let text = String::from_utf8(text).unwrap();
        let series: Vec<&str> = text
            .lines()
            .filter(|line| line.starts_with("omni2_http_requests_total{"))
            .collect();
        let only = r#"omni2_http_requests_total{method="other",route="other",status="404"} 1000"#;
        assert_eq!(series, [only]);
    }
}
