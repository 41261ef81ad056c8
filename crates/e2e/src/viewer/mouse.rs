//! A mouse, or a touchpad: real events of the browser, as from the device itself.

use chromiumoxide::cdp::browser_protocol::input::{
    DispatchMouseEventParams, DispatchMouseEventParamsBuilder, DispatchMouseEventType as Kind,
    MouseButton,
};

use super::Viewer;
use super::keys::CONTROL;
use super::place::{Place, way};

/// Moves of one drag.
const MOVES: u16 = 8;
/// The left button, in the set of those that are held.
const LEFT: i64 = 1;
/// The middle one.
const WHEEL: i64 = 4;

impl Viewer {
    /// Moves the mouse to a place in CSS pixels of the window.
    pub async fn point(&self, x: f64, y: f64) {
        self.mouse(event(Kind::MouseMoved, (x, y))).await;
    }

    /// Moves the mouse onto what a chart's plan has at a place: `of_plan` gives x and y
    /// within the canvas.
    pub async fn point_into(&self, chart: &str, of_plan: &str) {
        let (x, y) = self.place_in(chart, of_plan).await;
        self.point(x, y).await;
    }

    /// Moves there and clicks.
    pub async fn click(&self, at: Place) {
        self.point(at.0, at.1).await;
        self.click_again(at, 1).await;
    }

    /// Clicks the middle of an element, by its CSS selector.
    pub async fn click_on(&self, selector: &str) {
        let middle = self.middle_of(selector).await;
        self.click(middle).await;
    }

    /// Clicks the middle of an element with Control held, which opens a link beside this
    /// page.
    pub async fn control_click_on(&self, selector: &str) {
        let at = self.middle_of(selector).await;
        self.point(at.0, at.1).await;
        self.mouse(pressing(event(Kind::MousePressed, at), 1).modifiers(CONTROL))
            .await;
        let up = event(Kind::MouseReleased, at).button(MouseButton::Left);
        self.mouse(up.buttons(0).click_count(1).modifiers(CONTROL))
            .await;
    }

    /// Clicks the middle of an element with the middle button, or the wheel.
    pub async fn middle_click_on(&self, selector: &str) {
        let at = self.middle_of(selector).await;
        self.point(at.0, at.1).await;
        for (kind, held) in [(Kind::MousePressed, WHEEL), (Kind::MouseReleased, 0)] {
            let middle = event(kind, at).button(MouseButton::Middle).buttons(held);
            self.mouse(middle.click_count(1)).await;
        }
    }

    /// Moves there and clicks twice.
    pub async fn double_click(&self, at: Place) {
        self.click(at).await;
        self.click_again(at, 2).await;
    }

    /// Turns the wheel; positive `by` (CSS pixels) scrolls down.
    pub async fn wheel(&self, at: Place, by: f64) {
        self.turn(at, 0.0, by, 0).await;
    }

    /// Turns the wheel sideways; positive `by` (CSS pixels) scrolls to the right.
    pub async fn wheel_sideways(&self, at: Place, by: f64) {
        self.turn(at, by, 0.0, 0).await;
    }

    /// Pinches on a touchpad, which browsers tell as a wheel with Control; negative `by`
    /// opens the fingers: closer.
    pub async fn pinch_on_pad(&self, at: Place, by: f64) {
        self.turn(at, 0.0, by, CONTROL).await;
    }

    /// Presses at one place, moves to another and lets go there.
    pub async fn drag(&self, from: Place, to: Place) {
        self.hold(from).await;
        self.drag_on(from, to).await;
        self.let_go(to).await;
    }

    /// Presses and holds.
    pub async fn hold(&self, at: Place) {
        self.point(at.0, at.1).await;
        self.mouse(pressing(event(Kind::MousePressed, at), 1)).await;
    }

    /// Moves, while something is held.
    pub async fn drag_on(&self, from: Place, to: Place) {
        for place in way(from, to, MOVES) {
            let moved = event(Kind::MouseMoved, place).button(MouseButton::Left);
            self.mouse(moved.buttons(LEFT)).await;
        }
    }

    /// Lets go of what is held.
    pub async fn let_go(&self, at: Place) {
        let up = event(Kind::MouseReleased, at).button(MouseButton::Left);
        self.mouse(up.buttons(0).click_count(1)).await;
    }

    async fn click_again(&self, at: Place, count: i64) {
        let down = event(Kind::MousePressed, at);
        self.mouse(pressing(down, count)).await;
        let up = event(Kind::MouseReleased, at).button(MouseButton::Left);
        self.mouse(up.buttons(0).click_count(count)).await;
    }

    async fn turn(&self, at: Place, across: f64, down: f64, modifiers: i64) {
        let event = event(Kind::MouseWheel, at).delta_x(across).delta_y(down);
        self.mouse(event.modifiers(modifiers)).await;
    }

    async fn mouse(&self, event: DispatchMouseEventParamsBuilder) {
        self.page.execute(event.build().unwrap()).await.unwrap();
    }
}

fn event(kind: Kind, (x, y): Place) -> DispatchMouseEventParamsBuilder {
    DispatchMouseEventParams::builder().r#type(kind).x(x).y(y)
}

fn pressing(event: DispatchMouseEventParamsBuilder, count: i64) -> DispatchMouseEventParamsBuilder {
    let event = event.button(MouseButton::Left).buttons(LEFT);
    event.click_count(count)
}
