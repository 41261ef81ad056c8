//! A place for a chart in the test's own page.

use futures_channel::oneshot;
use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web::browser::intl::Locale;
use web::browser::theme::Theme;
use web::charts::canvas_chart;
use web::charts::draw::Drawing;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, HtmlElement};

/// The style sheet's colours that the tests look for.
pub(crate) const PURPLE: (u8, u8, u8) = (139, 92, 246);
pub(crate) const GREEN: (u8, u8, u8) = (16, 185, 129);
pub(crate) const RED: (u8, u8, u8) = (239, 68, 68);

/// A chart on the page, until it is dropped.
pub(crate) struct Stage {
    room: HtmlElement,
    _mounted: Box<dyn std::any::Any>,
}

impl Stage {
    /// Shows a chart in so many CSS pixels and waits until it is drawn.
    pub(crate) async fn show<D: Drawing>(drawing: Signal<D>, width: u32, height: u32) -> Stage {
        let document = document();
        let html: HtmlElement = document.document_element().unwrap().unchecked_into();
        for (token, (r, g, b)) in [("--purple", PURPLE), ("--green", GREEN), ("--red", RED)] {
            html.style()
                .set_property(token, &format!("rgb({r} {g} {b})"))
                .unwrap();
        }
        let room: HtmlElement = document.create_element("div").unwrap().unchecked_into();
        document.body().unwrap().append_child(&room).unwrap();
        let stage_css = ".canvas, .canvas canvas { display: block; width: 100%; height: 100% }";
        let style = document.create_element("style").unwrap();
        style.set_text_content(Some(stage_css));
        document.head().unwrap().append_child(&style).unwrap();
        resize(&room, width, height);
        let mounted: UnmountHandle<_> = mount_to(room.clone(), move || {
            provide_context(Theme::begin());
            provide_context(Locale::in_zone(None));
            let summary = Signal::stored("a chart".to_owned());
            canvas_chart(move || drawing.get(), summary, 11.0)
        });
        let stage = Stage {
            room,
            _mounted: Box::new(mounted),
        };
        stage.until(|stage| !stage.plan().is_null()).await;
        stage
    }

    pub(crate) fn resize(&self, width: u32, height: u32) {
        resize(&self.room, width, height);
    }

    pub(crate) fn canvas(&self) -> HtmlCanvasElement {
        self.room
            .query_selector("canvas")
            .unwrap()
            .unwrap()
            .unchecked_into()
    }

    /// What was drawn last.
    pub(crate) fn plan(&self) -> serde_json::Value {
        let plan = js_sys::Reflect::get(&self.canvas(), &"plan".into()).unwrap();
        plan.as_string().map_or(serde_json::Value::Null, |plan| {
            serde_json::from_str(&plan).unwrap()
        })
    }

    /// Red, green, blue and opacity at a place in CSS pixels.
    pub(crate) fn pixel(&self, x: f64, y: f64) -> [u8; 4] {
        let ratio = web_sys::window().unwrap().device_pixel_ratio();
        let context = self.canvas().get_context("2d").unwrap().unwrap();
        let context: CanvasRenderingContext2d = context.unchecked_into();
        let image = context
            .get_image_data(x * ratio, y * ratio, 1.0, 1.0)
            .unwrap();
        let data = image.data();
        [data[0], data[1], data[2], data[3]]
    }

    /// Waits, a painted frame at a time, until something is so; the test's own time limit
    /// ends a wait for what never comes.
    pub(crate) async fn until(&self, so: impl Fn(&Stage) -> bool) {
        while !so(self) {
            next_frame().await;
        }
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.room.remove();
    }
}

/// Whether a pixel has this colour, give or take what smoothing an edge does.
pub(crate) fn is(pixel: [u8; 4], (r, g, b): (u8, u8, u8)) -> bool {
    let close = |a: u8, b: u8| a.abs_diff(b) < 24;
    pixel[3] > 150 && close(pixel[0], r) && close(pixel[1], g) && close(pixel[2], b)
}

fn document() -> web_sys::Document {
    web_sys::window().unwrap().document().unwrap()
}

fn resize(room: &HtmlElement, width: u32, height: u32) {
    room.style()
        .set_property("width", &format!("{width}px"))
        .unwrap();
    room.style()
        .set_property("height", &format!("{height}px"))
        .unwrap();
}

async fn next_frame() {
    let (sender, receiver) = oneshot::channel();
    let painted = Closure::once_into_js(move || sender.send(()).unwrap());
    let window = web_sys::window().unwrap();
    window
        .request_animation_frame(painted.unchecked_ref())
        .unwrap();
    receiver.await.unwrap();
}
