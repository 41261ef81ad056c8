//! What is noted while a page is open: complaints, and what it asks for.

use std::sync::{Arc, Mutex};

use chromiumoxide::Page;
use chromiumoxide::cdp::IntoEventKind;
use chromiumoxide::cdp::browser_protocol::log::{EventEntryAdded, LogEntryLevel};
use chromiumoxide::cdp::browser_protocol::network::EventRequestWillBeSent;
use chromiumoxide::cdp::js_protocol::runtime::{
    ConsoleApiCalledType, EventConsoleApiCalled, EventExceptionThrown,
};
use futures_util::StreamExt;

use super::Viewer;

/// What has been noted about a page.
#[derive(Clone, Default)]
pub(super) struct Notes {
    complaints: Lines,
    requests: Lines,
}

type Lines = Arc<Mutex<Vec<String>>>;

impl Viewer {
    /// Errors and warnings that the browser or the page has written into the console.
    pub fn complaints(&self) -> Vec<String> {
        self.notes.complaints.lock().unwrap().clone()
    }

    /// Forgets the complaints so far: those that a story has brought about on purpose.
    pub fn forgive(&self) {
        self.notes.complaints.lock().unwrap().clear();
    }

    /// Every address that was asked for.
    pub fn requests(&self) -> Vec<String> {
        self.notes.requests.lock().unwrap().clone()
    }
}

impl Notes {
    /// Begins to listen.
    pub(super) async fn of(page: &Page) -> Notes {
        let notes = Notes::default();
        page.enable_log().await.unwrap();
        page.enable_runtime().await.unwrap();
        note(page, &notes.complaints, |event: &EventEntryAdded| {
            let grave = [LogEntryLevel::Error, LogEntryLevel::Warning];
            grave
                .contains(&event.entry.level)
                .then(|| event.entry.text.clone())
        })
        .await;
        note(page, &notes.complaints, |event: &EventConsoleApiCalled| {
            let grave = [ConsoleApiCalledType::Error, ConsoleApiCalledType::Warning];
            grave
                .contains(&event.r#type)
                .then(|| format!("{:?}", event.args))
        })
        .await;
        note(page, &notes.complaints, |event: &EventExceptionThrown| {
            Some(format!("{:?}", event.exception_details))
        })
        .await;
        note(page, &notes.requests, |event: &EventRequestWillBeSent| {
            Some(event.request.url.clone())
        })
        .await;
        notes
    }
}

/// Notes what is to be said of each event of a kind, for as long as the page is open.
async fn note<E>(page: &Page, lines: &Lines, say: impl Fn(&E) -> Option<String> + Send + 'static)
where
    E: IntoEventKind + Unpin + Send + Sync + 'static,
{
    let mut events = page.event_listener::<E>().await.unwrap();
    let lines = Arc::clone(lines);
    tokio::spawn(async move {
        while let Some(event) = events.next().await {
            lines.lock().unwrap().extend(say(&event));
        }
    });
}
