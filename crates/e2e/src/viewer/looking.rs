//! Looking at the page: what is there, and waiting until something is.

use std::path::Path;
use std::time::Duration;

use chromiumoxide::cdp::browser_protocol::page::CaptureScreenshotFormat;
use chromiumoxide::cdp::js_protocol::runtime::EvaluateParams;
use chromiumoxide::page::ScreenshotParams;
use serde_json::Value;
use testkit::DEADLINE;

use super::{Device, Viewer};

impl Viewer {
    /// What an expression of JavaScript is worth; promises are waited for.
    pub async fn read(&self, expression: &str) -> Value {
        let question = EvaluateParams::builder()
            .expression(expression)
            .await_promise(true)
            .return_by_value(true)
            .build()
            .unwrap();
        let answer = self.page.evaluate(question).await;
        let answer = answer.unwrap_or_else(|error| panic!("{expression}: {error}"));
        answer.value().cloned().unwrap_or(Value::Null)
    }

    /// Waits until the page is so, looking at each painted frame: what the expression is
    /// worth then.
    pub async fn until(&self, what: &str, expression: &str) -> Value {
        let seen = self.watch(expression).await;
        self.seen(what, seen)
    }

    /// Waits until the page is so, for what nobody hurries: as long as five other things may
    /// take.
    pub async fn until_at_last(&self, what: &str, expression: &str) -> Value {
        let mut seen = None;
        for _ in 0..5 {
            seen = self.watch(expression).await;
            if seen.is_some() {
                break;
            }
        }
        self.seen(what, seen)
    }

    /// Looks at each painted frame until the page is so: what the expression is worth then.
    /// None when it never is.
    async fn watch(&self, expression: &str) -> Option<Value> {
        let limit = DEADLINE.as_millis();
        let look = format!(
            "new Promise((seen) => {{
                const began = performance.now();
                const look = async () => {{
                    const value = await ({expression});
                    if (value || performance.now() - began > {limit}) seen(value);
                    else requestAnimationFrame(look);
                }};
                look();
            }})"
        );
        let patience = DEADLINE + Duration::from_secs(5);
        let value = tokio::time::timeout(patience, self.read(&look))
            .await
            .unwrap_or_default();
        (!matches!(value, Value::Null | Value::Bool(false))).then_some(value)
    }

    fn seen(&self, what: &str, seen: Option<Value>) -> Value {
        seen.unwrap_or_else(|| {
            panic!(
                "waited in vain: {what}\nthe console: {:?}",
                self.complaints()
            )
        })
    }

    /// Waits until the pill says `live`, `warming`, `reconnecting` or `stale`.
    pub async fn until_state(&self, state: &str) {
        let pill =
            format!("document.querySelector('[data-testid=live][data-state={state}]') !== null");
        self.until(&format!("the pill says {state}"), &pill).await;
    }

    /// Waits until the feed has this call.
    pub async fn until_call(&self, id: i64) {
        let row =
            format!("document.querySelector('[data-testid=feed] [data-id=\"{id}\"]') !== null");
        self.until(&format!("call {id} is in the feed"), &row).await;
    }

    /// Takes a picture of the whole page into a file.
    pub async fn picture(&self, file: &Path) {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        let picture = || {
            let picture = ScreenshotParams::builder();
            if file.extension().is_some_and(|ending| ending == "webp") {
                // For keeping: a tenth of the size.
                let small = picture.format(CaptureScreenshotFormat::Webp).quality(82);
                return small.build();
            }
            picture.build()
        };
        let device = self.preferences.lock().unwrap().device;
        let device = device.expect("a page is looked at on a device");
        let height = self.read("document.documentElement.scrollHeight").await;
        let height = height
            .as_u64()
            .and_then(|height| u16::try_from(height).ok());
        let height = height.unwrap_or(device.height);
        self.take(Device { height, ..device }).await;
        // What was out of the window is painted for the first one, which may miss some.
        self.page.screenshot(picture()).await.unwrap();
        self.page.save_screenshot(picture(), file).await.unwrap();
        self.take(device).await;
    }
}
