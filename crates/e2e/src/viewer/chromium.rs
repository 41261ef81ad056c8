//! The browser itself: a process, in which several people may have a window each.

use std::path::Path;
use std::sync::Arc;

use chromiumoxide::cdp::browser_protocol::browser::BrowserContextId;
use chromiumoxide::cdp::browser_protocol::target::{
    CreateBrowserContextParams, CreateTargetParams, EventTargetInfoChanged,
};
use chromiumoxide::{Browser, BrowserConfig, Page};
use futures_util::StreamExt;
use tempfile::TempDir;
use testkit::DEADLINE;

/// Chromium without a window on the screen, until it is dropped.
pub struct Chromium {
    browser: Browser,
    _folder: TempDir,
}

/// Switches: nothing is asked of other hosts, and no GPU is needed.
const SWITCHES: [&str; 7] = [
    "disable-dev-shm-usage",
    "disable-gpu",
    "disable-quic",
    "disable-background-networking",
    "disable-component-update",
    "disable-sync",
    "no-first-run",
];

/// Chromium's engine without the browser around it, where Debian's chromium-headless-shell has
/// it: the program in `PATH` is a script that would outlive whoever ends it.
const SHELL: &str = "/usr/lib/chromium/chromium-headless-shell";

impl Chromium {
    /// Starts the whole Chromium of this machine, with a data folder of its own. Only it has a
    /// clipboard, and only its figures are those that people see.
    pub async fn launch() -> Arc<Chromium> {
        let chromium = ["chromium", "chromium-browser", "google-chrome"];
        let chromium = chromium.into_iter().find_map(testkit::in_path);
        let chromium = chromium.expect("chromium is missing: install chromium (Debian)");
        Chromium::start(&chromium).await
    }

    /// Starts the same engine without a browser around it, which takes half the processor time
    /// of a story; the whole where only that is installed.
    pub async fn shell() -> Arc<Chromium> {
        let shell = Path::new(SHELL);
        if shell.is_file() {
            Chromium::start(shell).await
        } else {
            Chromium::launch().await
        }
    }

    async fn start(program: &Path) -> Arc<Chromium> {
        let folder = tempfile::tempdir().unwrap();
        let config = BrowserConfig::builder()
            .chrome_executable(program)
            .user_data_dir(folder.path())
            .no_sandbox()
            .new_headless_mode()
            .viewport(None)
            .launch_timeout(DEADLINE)
            // A page may be watched for as long as that, and then tells what it saw.
            .request_timeout(DEADLINE * 2)
            .args(SWITCHES);
        let (browser, mut events) = Browser::launch(config.build().unwrap()).await.unwrap();
        tokio::spawn(async move { while events.next().await.is_some() {} });
        Arc::new(Chromium {
            browser,
            _folder: folder,
        })
    }

    /// Its name and version, as `Chrome/150.0.1.2`.
    pub async fn version(&self) -> String {
        self.browser.version().await.unwrap().product
    }

    /// An empty page that shares neither cache nor storage with any other.
    pub(super) async fn page(&self) -> (Page, BrowserContextId) {
        let context = CreateBrowserContextParams::default();
        let context = self.browser.create_browser_context(context).await.unwrap();
        let page = CreateTargetParams::builder()
            .url("about:blank")
            .browser_context_id(context.clone())
            .build()
            .unwrap();
        (self.browser.new_page(page).await.unwrap(), context)
    }

    /// Waits until `act` has opened another page at an address that ends so.
    pub(super) async fn opens(&self, ending: &str, act: impl Future<Output = ()>) {
        let opened = self.browser.event_listener::<EventTargetInfoChanged>();
        let mut opened = opened.await.unwrap();
        act.await;
        let found = async {
            while let Some(page) = opened.next().await {
                if page.target_info.url.ends_with(ending) {
                    return;
                }
            }
        };
        let found = tokio::time::timeout(DEADLINE, found).await;
        found.unwrap_or_else(|_| panic!("no page opens at {ending}"));
    }

    /// Closes one page, and forgets all that it has stored.
    pub(super) async fn forget(&self, context: BrowserContextId) {
        let _ = self.browser.dispose_browser_context(context).await;
    }

    /// Closes the browser.
    pub(super) async fn close(mut self) {
        let _ = self.browser.close().await;
        let _ = self.browser.wait().await;
    }
}
