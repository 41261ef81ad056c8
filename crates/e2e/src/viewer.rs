//! Somebody with a browser.

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chromiumoxide::cdp::browser_protocol::emulation::{
    MediaFeature, SetDeviceMetricsOverrideParams,
};
use chromiumoxide::cdp::browser_protocol::input::{DispatchKeyEventParams, DispatchKeyEventType};
use chromiumoxide::cdp::browser_protocol::log::{EventEntryAdded, LogEntryLevel};
use chromiumoxide::cdp::browser_protocol::network::EventRequestWillBeSent;
use chromiumoxide::cdp::js_protocol::runtime::{
    ConsoleApiCalledType, EvaluateParams, EventConsoleApiCalled, EventExceptionThrown,
};
use chromiumoxide::layout::Point;
use chromiumoxide::page::ScreenshotParams;
use chromiumoxide::{Browser, BrowserConfig, Page};
use futures_util::StreamExt;
use serde_json::Value;
use tempfile::TempDir;
use testkit::DEADLINE;

/// What somebody looks through.
#[derive(Clone, Copy, Debug)]
pub struct Device {
    /// CSS pixels.
    pub width: u16,
    /// CSS pixels.
    pub height: u16,
    /// Device pixels in a CSS pixel.
    pub ratio: f64,
    /// The system prefers dark.
    pub dark: bool,
}

impl Device {
    /// A screen on a desk.
    pub const DESK: Device = Device {
        width: 1440,
        height: 900,
        ratio: 1.0,
        dark: true,
    };
    /// A tablet, lying.
    pub const TABLET: Device = Device {
        width: 1024,
        height: 768,
        ..Device::DESK
    };
    /// A telephone.
    pub const PHONE: Device = Device {
        width: 390,
        height: 844,
        ratio: 2.0,
        ..Device::DESK
    };
}

/// Somebody with a browser of their own, until they are dropped.
pub struct Viewer {
    browser: Browser,
    page: Page,
    complaints: Notes,
    requests: Notes,
    _folder: TempDir,
}

type Notes = Arc<Mutex<Vec<String>>>;

impl Viewer {
    /// Opens a page in Europe/Berlin.
    pub async fn open(address: &str, device: Device) -> Viewer {
        let chromium = ["chromium", "chromium-browser", "google-chrome"];
        let chromium = chromium.into_iter().find_map(testkit::in_path);
        let chromium = chromium.expect("chromium is missing: install chromium (Debian)");
        let folder = tempfile::tempdir().unwrap();
        let config = BrowserConfig::builder()
            .chrome_executable(chromium)
            .user_data_dir(folder.path())
            .no_sandbox()
            .new_headless_mode()
            .viewport(None)
            .launch_timeout(DEADLINE)
            .request_timeout(DEADLINE)
            .args([
                "disable-dev-shm-usage",
                "disable-gpu",
                "disable-quic",
                "disable-background-networking",
                "disable-component-update",
                "disable-sync",
                "no-first-run",
            ]);
        let (browser, mut events) = Browser::launch(config.build().unwrap()).await.unwrap();
        tokio::spawn(async move { while events.next().await.is_some() {} });
        let page = browser.new_page("about:blank").await.unwrap();
        let (complaints, requests) = (Notes::default(), Notes::default());
        listen(&page, &complaints, &requests).await;
        let viewer = Viewer {
            browser,
            page,
            complaints,
            requests,
            _folder: folder,
        };
        viewer.take(device).await;
        viewer
            .page
            .emulate_timezone("Europe/Berlin".to_owned())
            .await
            .unwrap();
        viewer.page.goto(address).await.unwrap();
        viewer
    }

    /// Changes to another device.
    pub async fn take(&self, device: Device) {
        let (width, height) = (i64::from(device.width), i64::from(device.height));
        let metrics = SetDeviceMetricsOverrideParams::new(width, height, device.ratio, false);
        self.page.execute(metrics).await.unwrap();
        let scheme = if device.dark { "dark" } else { "light" };
        let scheme = MediaFeature::new("prefers-color-scheme", scheme);
        self.page
            .emulate_media_features(vec![scheme])
            .await
            .unwrap();
    }

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
        let so = !matches!(value, Value::Null | Value::Bool(false));
        assert!(
            so,
            "waited in vain: {what}\nthe console: {:?}",
            self.complaints()
        );
        value
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

    /// Moves the mouse to a place in CSS pixels of the window.
    pub async fn point(&self, x: f64, y: f64) {
        self.page.move_mouse(Point::new(x, y)).await.unwrap();
    }

    /// Moves the mouse onto what a chart's plan has at a place: `of_plan` gives x and y
    /// within the canvas.
    pub async fn point_into(&self, chart: &str, of_plan: &str) {
        let place = format!(
            "(() => {{
                const canvas = document.querySelector('[data-testid=chart-{chart}] canvas');
                if (!canvas?.plan) return null;
                const {{ left, top }} = canvas.getBoundingClientRect();
                const [x, y] = ({of_plan})(JSON.parse(canvas.plan));
                return [left + x, top + y];
            }})()"
        );
        let place = self.until(&format!("{chart} is drawn"), &place).await;
        let [x, y] = [0, 1].map(|i| place.get(i).and_then(Value::as_f64).unwrap());
        self.point(x, y).await;
    }

    /// Presses a key where the focus is.
    pub async fn press(&self, key: &str) {
        let stroke = |kind| {
            let event = DispatchKeyEventParams::builder()
                .r#type(kind)
                .key(key)
                .code(key);
            event.build().unwrap()
        };
        self.page
            .execute(stroke(DispatchKeyEventType::KeyDown))
            .await
            .unwrap();
        self.page
            .execute(stroke(DispatchKeyEventType::KeyUp))
            .await
            .unwrap();
    }

    /// Errors and warnings that the browser or the page has written into the console.
    pub fn complaints(&self) -> Vec<String> {
        self.complaints.lock().unwrap().clone()
    }

    /// Every address that was asked for.
    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }

    /// Takes a picture of the whole page into a file.
    pub async fn picture(&self, file: &Path) {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        let whole = ScreenshotParams::builder().full_page(true).build();
        self.page.save_screenshot(whole, file).await.unwrap();
    }

    /// Closes the browser.
    pub async fn leave(mut self) {
        let _ = self.browser.close().await;
        let _ = self.browser.wait().await;
    }
}

async fn listen(page: &Page, complaints: &Notes, requests: &Notes) {
    page.enable_log().await.unwrap();
    page.enable_runtime().await.unwrap();
    let mut log = page.event_listener::<EventEntryAdded>().await.unwrap();
    let notes = Arc::clone(complaints);
    tokio::spawn(async move {
        while let Some(event) = log.next().await {
            if matches!(
                event.entry.level,
                LogEntryLevel::Error | LogEntryLevel::Warning
            ) {
                notes.lock().unwrap().push(event.entry.text.clone());
            }
        }
    });
    let mut console = page
        .event_listener::<EventConsoleApiCalled>()
        .await
        .unwrap();
    let notes = Arc::clone(complaints);
    tokio::spawn(async move {
        while let Some(event) = console.next().await {
            if matches!(
                event.r#type,
                ConsoleApiCalledType::Error | ConsoleApiCalledType::Warning
            ) {
                notes.lock().unwrap().push(format!("{:?}", event.args));
            }
        }
    });
    let mut thrown = page.event_listener::<EventExceptionThrown>().await.unwrap();
    let notes = Arc::clone(complaints);
    tokio::spawn(async move {
        while let Some(event) = thrown.next().await {
            notes
                .lock()
                .unwrap()
                .push(format!("{:?}", event.exception_details));
        }
    });
    let mut asked = page
        .event_listener::<EventRequestWillBeSent>()
        .await
        .unwrap();
    let notes = Arc::clone(requests);
    tokio::spawn(async move {
        while let Some(event) = asked.next().await {
            notes.lock().unwrap().push(event.request.url.clone());
        }
    });
}
