//! One canvas: sized in device pixels, inked from the style sheet, drawn before the next
//! paint whenever its chart, its size, the screen or the theme changes.

use leptos::html;
use leptos::prelude::*;
use plotters::prelude::IntoDrawingArea;
use plotters_canvas::CanvasBackend;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::draw::{DrawError, Drawing, Fine, Gradients, Ink, Pen};
use super::model::colours::{HUES, Rgba};
use super::model::frame::{Easel, Room};
use super::model::smooth::Point;
use crate::browser::device::{pixel_ratio, size_of};
use crate::browser::frame::BeforePaint;
use crate::browser::intl::Locale;
use crate::browser::theme::Theme;
use crate::view::dynamic;

/// Steps of the paper in a device pixel: see [`super::draw`].
const FINENESS: u32 = 8;

/// Something that can be drawn on a sheet, whatever it is: what has to do with the canvas
/// is there once, not once a kind of chart.
trait Paint {
    fn paint(&self, sheet: &Sheet<'_>) -> Result<(), DrawError>;
}

impl<D: Drawing> Paint for D {
    fn paint(&self, sheet: &Sheet<'_>) -> Result<(), DrawError> {
        sheet.draw(self)
    }
}

/// A chart on a canvas that fills its parent, drawn anew whenever what `read` reads
/// changes. `summary` is for those who do not see it; labels are `letters` CSS pixels high.
pub fn canvas_chart<D: Drawing>(
    read: impl Fn() -> D + 'static,
    summary: Signal<String>,
    letters: f64,
) -> AnyView {
    canvas(Box::new(move || Box::new(read())), summary, letters)
}

fn canvas(read: Box<dyn Fn() -> Box<dyn Paint>>, summary: Signal<String>, letters: f64) -> AnyView {
    let stage = NodeRef::<html::Div>::new();
    let canvas = NodeRef::<html::Canvas>::new();
    let (size, ratio) = (size_of(stage), pixel_ratio());
    let theme = expect_context::<Theme>();
    let locale = expect_context::<Locale>();
    let failed = RwSignal::new(String::new());
    let latest = StoredValue::new_local(None::<Box<dyn Paint>>);
    let repaint = BeforePaint::new(move || {
        let (width, height) = size.get_untracked();
        let Some(canvas) = canvas
            .get_untracked()
            .filter(|_| width >= 1.0 && height >= 1.0)
        else {
            return;
        };
        let (room, ratio) = (Room { width, height }, ratio.get_untracked());
        let sheet = Sheet {
            canvas: &canvas,
            room,
            ratio,
            letters,
            locale: &locale,
        };
        let painted = latest.with_value(|chart| chart.as_ref().map(|chart| chart.paint(&sheet)));
        let error = painted
            .and_then(Result::err)
            .map_or_else(String::new, |e| e.to_string());
        if failed.with_untracked(|old| *old != error) {
            failed.set(error);
        }
    });
    let again = repaint.clone();
    Effect::new(move |_| {
        latest.set_value(Some(read()));
        size.track();
        ratio.track();
        let _ = theme.is_light();
        let _ = canvas.get();
        repaint.ask();
    });
    let failure = dynamic(move || {
        let again = again.clone();
        if failed.with(String::is_empty) {
            return ().into_any();
        }
        view! {
            <div class="notice" role="alert">
                <p>{failed}</p>
                <button class="button" on:click=move |_| again.ask()>"Draw again"</button>
            </div>
        }
        .into_any()
    });
    view! {
        <div class="canvas" node_ref=stage>
            <canvas node_ref=canvas role="img" aria-label=summary></canvas>
            {failure}
        </div>
    }
    .into_any()
}

/// A canvas with its size.
struct Sheet<'a> {
    canvas: &'a HtmlCanvasElement,
    room: Room,
    ratio: f64,
    /// CSS pixels of the letters that a plan measures.
    letters: f64,
    locale: &'a Locale,
}

impl Sheet<'_> {
    fn draw<D: Drawing>(&self, drawing: &D) -> Result<(), DrawError> {
        let letters = self.letters;
        let missing = || DrawError("the browser gave no canvas to draw on".to_owned());
        let context = self
            .canvas
            .get_context("2d")
            .ok()
            .flatten()
            .ok_or_else(missing)?;
        let context: CanvasRenderingContext2d = context.unchecked_into();
        self.prepare(&context);
        let (ink, family) = self.ink(&context).ok_or_else(missing)?;
        let measure = |text: &str| {
            context.set_font(&format!("{letters}px {family}"));
            context
                .measure_text(text)
                .map_or(0.0, |metrics| metrics.width())
        };
        let plan = drawing.plan(&Easel {
            room: self.room,
            words: self.locale,
            measure: &measure,
        });
        let backend = CanvasBackend::with_canvas_object(self.canvas.clone()).ok_or_else(missing)?;
        let area = Fine::new(backend, FINENESS).into_drawing_area();
        let pixel = f64::from(FINENESS);
        let unit = self.ratio * pixel;
        let gradients = CanvasGradients {
            context: &context,
            unit,
        };
        D::draw(
            &plan,
            &Pen::new(&area, unit, pixel, &family),
            &gradients,
            &ink,
        )?;
        self.publish(&plan);
        Ok(())
    }

    /// Gives the canvas its size in device pixels, which also clears it, and makes the
    /// paper finer than the screen.
    fn prepare(&self, context: &CanvasRenderingContext2d) {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a size"
        )]
        let device = |css: f64| (css * self.ratio).round() as u32;
        self.canvas.set_width(device(self.room.width));
        self.canvas.set_height(device(self.room.height));
        let scale = 1.0 / f64::from(FINENESS);
        // None of this fails for finite numbers.
        let _ = context.set_transform(scale, 0.0, 0.0, scale, 0.0, 0.0);
        context.set_line_join("round");
        context.set_line_cap("round");
    }

    /// The style sheet's colours and font family, as the browser computes them here.
    fn ink(&self, context: &CanvasRenderingContext2d) -> Option<(Ink, String)> {
        let style = web_sys::window()?.get_computed_style(self.canvas).ok()??;
        let colour = |token: &str| {
            let value = style.get_property_value(token).unwrap_or_default();
            // A canvas answers every colour it is given in one of two plain notations.
            context.set_fill_style_str("#000");
            context.set_fill_style_str(value.trim());
            context
                .fill_style()
                .as_string()
                .and_then(|text| Rgba::parse(&text))
                .unwrap_or_default()
        };
        let mut hues = [Rgba::default(); HUES];
        for (index, hue) in hues.iter_mut().enumerate() {
            *hue = colour(&format!("--mcp-{index}"));
        }
        let ink = Ink {
            grid: colour("--grid"),
            strong: colour("--ink"),
            plain: colour("--ink-2"),
            faint: colour("--ink-3"),
            purple: colour("--purple"),
            blue: colour("--blue"),
            green: colour("--green"),
            orange: colour("--orange"),
            red: colour("--red"),
            alarm: colour("--alarm"),
            neutral: colour("--mcp-none"),
            hues,
        };
        Some((ink, style.get_property_value("font-family").ok()?))
    }

    /// Leaves the plan with the canvas, so that what was drawn can be looked up.
    fn publish(&self, plan: &impl serde::Serialize) {
        let plan = serde_json::to_string(plan).unwrap_or_default();
        // It fails only for what is no object.
        let _ = js_sys::Reflect::set(self.canvas, &"plan".into(), &JsValue::from_str(&plan));
    }
}

/// The canvas's own gradients.
struct CanvasGradients<'a> {
    context: &'a CanvasRenderingContext2d,
    unit: f64,
}

impl Gradients for CanvasGradients<'_> {
    fn fill(&self, outline: &[Point], from: (Point, Rgba), to: (Point, Rgba)) {
        let Some((first, rest)) = outline.split_first() else {
            return;
        };
        let place = |point: &Point| (point.0 * self.unit, point.1 * self.unit);
        let ((x0, y0), (x1, y1)) = (place(&from.0), place(&to.0));
        let gradient = self.context.create_linear_gradient(x0, y0, x1, y1);
        // Both offsets are within 0 and 1 and both colours are colours.
        let _ = gradient.add_color_stop(0.0, &from.1.css());
        let _ = gradient.add_color_stop(1.0, &to.1.css());
        self.context.set_fill_style_canvas_gradient(&gradient);
        self.context.begin_path();
        let (x, y) = place(first);
        self.context.move_to(x, y);
        for point in rest {
            let (x, y) = place(point);
            self.context.line_to(x, y);
        }
        self.context.close_path();
        self.context.fill();
    }
}
