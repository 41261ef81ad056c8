//! Fingers on a screen.

use std::borrow::Cow;

use chromiumoxide::cdp::browser_protocol::input::{DispatchTouchEventType as Kind, TouchPoint};
use chromiumoxide::{Command, Method};
use serde::{Deserialize, Serialize};

use super::Viewer;
use super::place::{Place, way};

/// Moves of one gesture.
const MOVES: u16 = 8;

impl Viewer {
    /// Taps.
    pub async fn tap(&self, at: Place) {
        self.fingers(Kind::TouchStart, &[at]).await;
        self.fingers(Kind::TouchEnd, &[]).await;
    }

    /// Taps the middle of an element, by its CSS selector.
    pub async fn tap_on(&self, selector: &str) {
        let middle = self.middle_of(selector).await;
        self.tap(middle).await;
    }

    /// Puts one finger down, moves it and lifts it.
    pub async fn pan(&self, from: Place, to: Place) {
        self.fingers(Kind::TouchStart, &[from]).await;
        for place in way(from, to, MOVES) {
            self.fingers(Kind::TouchMove, &[place]).await;
        }
        self.fingers(Kind::TouchEnd, &[]).await;
    }

    /// Puts two fingers down side by side, `from` CSS pixels apart, moves them until they
    /// are `to` apart, and lifts them. The middle stays.
    pub async fn pinch(&self, middle: Place, from: f64, to: f64) {
        let pair = |apart: f64| {
            let (x, y) = middle;
            [(x - apart / 2.0, y), (x + apart / 2.0, y)]
        };
        self.fingers(Kind::TouchStart, &pair(from)).await;
        for (apart, _) in way((from, 0.0), (to, 0.0), MOVES) {
            self.fingers(Kind::TouchMove, &pair(apart)).await;
        }
        self.fingers(Kind::TouchEnd, &[]).await;
    }

    /// Tells where fingers are now; none are left when a touch ends.
    async fn fingers(&self, kind: Kind, at: &[Place]) {
        let points = at.iter().zip(0i32..).map(|(&(x, y), finger)| {
            let point = TouchPoint::builder().x(x).y(y).id(f64::from(finger));
            point.build().unwrap()
        });
        let event = Touch {
            kind,
            points: points.collect(),
        };
        self.page.execute(event).await.unwrap();
    }
}

/// `Input.dispatchTouchEvent`. The library's own leaves an empty list out, without which
/// the browser does not take the end of a touch.
#[derive(Debug, Serialize)]
struct Touch {
    #[serde(rename = "type")]
    kind: Kind,
    #[serde(rename = "touchPoints")]
    points: Vec<TouchPoint>,
}

impl Method for Touch {
    fn identifier(&self) -> Cow<'static, str> {
        "Input.dispatchTouchEvent".into()
    }
}

impl Command for Touch {
    type Response = Done;
}

/// The browser's answer, which says nothing more.
#[derive(Debug, Deserialize)]
struct Done {}
