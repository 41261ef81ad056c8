//! A chart as a picture to keep: its canvas on the theme's ground, with title and legend,
//! in the pixels of the screen.

use js_sys::{Function, Promise};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Blob, CanvasRenderingContext2d, CssStyleDeclaration, Document, Element, HtmlCanvasElement,
};

use crate::browser::download;

/// Around everything, CSS pixels.
const MARGIN: f64 = 20.0;
/// From one line of the legend to the next, CSS pixels.
const LINE: f64 = 22.0;

/// What is drawn.
pub(in crate::charts) struct Picture {
    /// What the API calls the chart.
    pub(in crate::charts) chart: &'static str,
    /// What its colours mean.
    pub(in crate::charts) legend: Vec<Entry>,
}

/// A colour of the style sheet, and what it means.
pub(in crate::charts) struct Entry {
    pub(in crate::charts) token: String,
    pub(in crate::charts) name: String,
}

/// Whether the chart is on the page now.
pub(in crate::charts) fn is_shown(chart: &str) -> bool {
    document().is_some_and(|document| find(&document, chart, "canvas").is_some())
}

/// Saves the picture under this name. Nothing happens where the chart is not shown.
pub(in crate::charts) fn save(picture: &Picture, name: String) {
    let Some(canvas) = compose(picture) else {
        return;
    };
    let made = Promise::new(&mut |resolve: Function, _| {
        // It fails for no picture that could be drawn.
        let _ = canvas.to_blob(&resolve);
    });
    spawn_local(async move {
        let file = JsFuture::from(made).await.ok();
        if let Some(file) = file.and_then(|file| file.dyn_into::<Blob>().ok()) {
            download::file(&name, &file);
        }
    });
}

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

fn find(document: &Document, chart: &str, what: &str) -> Option<Element> {
    let selector = format!("[data-testid=chart-{chart}] {what}");
    document.query_selector(&selector).ok()?
}

/// A sheet with the pen that draws on it, in CSS pixels.
struct Sheet {
    pen: CanvasRenderingContext2d,
    style: CssStyleDeclaration,
    family: String,
}

impl Sheet {
    fn font(&self, weight: u32, size: f64) {
        self.pen
            .set_font(&format!("{weight} {size}px {}", self.family));
    }

    fn ink(&self, token: &str) {
        let colour = self.style.get_property_value(token).unwrap_or_default();
        self.pen.set_fill_style_str(colour.trim());
    }

    fn write(&self, text: &str, x: f64, y: f64) {
        // It fails for no place that is a number.
        let _ = self.pen.fill_text(text, x, y);
    }

    fn width(&self, text: &str) -> f64 {
        self.pen.measure_text(text).map_or(0.0, |text| text.width())
    }
}

fn compose(picture: &Picture) -> Option<HtmlCanvasElement> {
    let document = document()?;
    let text = |what: &str| {
        let found = find(&document, picture.chart, what);
        found
            .and_then(|found| found.text_content())
            .unwrap_or_default()
    };
    let chart = find(&document, picture.chart, "canvas")?
        .dyn_into::<HtmlCanvasElement>()
        .ok()?;
    let place = chart.get_bounding_client_rect();
    let ratio = f64::from(chart.width()) / place.width().max(1.0);
    let canvas = document
        .create_element("canvas")
        .ok()?
        .dyn_into::<HtmlCanvasElement>()
        .ok()?;
    let pen = canvas
        .get_context("2d")
        .ok()??
        .dyn_into::<CanvasRenderingContext2d>()
        .ok()?;
    let style = web_sys::window()?.get_computed_style(&chart).ok()??;
    let family = style.get_property_value("font-family").ok()?;
    let sheet = Sheet { pen, style, family };

    let (title, covers) = (text(".panel-head h2"), text(".panel-head small"));
    sheet.font(650, 15.0);
    let beside = sheet.width(&title) + 10.0;
    sheet.font(400, 12.0);
    // A narrow chart does not cut its own title off.
    let width = place.width().max(beside + sheet.width(&covers)).max(320.0);
    let entries = laid_out(&sheet, &picture.legend, width);
    let lines = entries.last().map_or(0.0, |entry| entry.1 + LINE);
    let head = MARGIN + 28.0 + lines;
    let size = (width + 2.0 * MARGIN, head + place.height() + MARGIN);
    resize(&canvas, (size.0 * ratio, size.1 * ratio));
    let _ = sheet.pen.scale(ratio, ratio);
    sheet.ink("--ground-1");
    // A pixel that is cut at the edge is filled, too.
    sheet.pen.fill_rect(0.0, 0.0, size.0 + 1.0, size.1 + 1.0);
    sheet.pen.set_text_baseline("middle");
    sheet.ink("--ink");
    sheet.font(650, 15.0);
    sheet.write(&title, MARGIN, MARGIN + 8.0);
    sheet.ink("--ink-3");
    sheet.font(400, 12.0);
    sheet.write(&covers, MARGIN + beside, MARGIN + 9.0);
    for (entry, (x, y)) in picture.legend.iter().zip(entries) {
        let (x, y) = (MARGIN + x, MARGIN + 36.0 + y);
        sheet.ink(&entry.token);
        sheet.pen.fill_rect(x, y - 4.5, 9.0, 9.0);
        sheet.ink("--ink-2");
        sheet.write(&entry.name, x + 15.0, y);
    }
    let left = (size.0 - place.width()) / 2.0;
    let _ = sheet.pen.draw_image_with_html_canvas_element_and_dw_and_dh(
        &chart,
        left,
        head,
        place.width(),
        place.height(),
    );
    let middle = (left + place.width() / 2.0, head + place.height() / 2.0);
    sheet.pen.set_text_align("center");
    sheet.ink("--ink");
    sheet.font(680, 24.0);
    sheet.write(&text(".donut-total b"), middle.0, middle.1 - 6.0);
    sheet.ink("--ink-3");
    sheet.font(400, 11.0);
    sheet.write(&text(".donut-total span"), middle.0, middle.1 + 15.0);
    Some(canvas)
}

/// Where each entry of the legend stands, line by line.
fn laid_out(sheet: &Sheet, legend: &[Entry], width: f64) -> Vec<(f64, f64)> {
    let (mut x, mut y) = (0.0, 0.0);
    let place = |entry: &Entry| {
        let wide = 15.0 + sheet.width(&entry.name) + 16.0;
        if x > 0.0 && x + wide > width {
            (x, y) = (0.0, y + LINE);
        }
        let here = (x, y);
        x += wide;
        here
    };
    legend.iter().map(place).collect()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a size"
)]
fn resize(canvas: &HtmlCanvasElement, (width, height): (f64, f64)) {
    canvas.set_width(width.round() as u32);
    canvas.set_height(height.round() as u32);
}
