//! The sheet that a chart is drawn on: a canvas sized in device pixels and inked from the
//! style sheet.

use plotters::prelude::IntoDrawingArea;
use plotters_canvas::CanvasBackend;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use crate::browser::intl::Locale;
use crate::charts::draw::{DrawError, Drawing, Fine, Gradients, Ink, Pen};
use crate::charts::model::colours::{HUES, Rgba};
use crate::charts::model::frame::{Easel, Room};
use crate::charts::model::smooth::Point;
use crate::charts::model::view::View;

/// Steps of the paper in a device pixel: see [`crate::charts::draw`].
const FINENESS: u32 = 8;

/// A canvas with its size.
pub(super) struct Sheet<'a> {
    pub(super) canvas: &'a HtmlCanvasElement,
    pub(super) room: Room,
    /// Device pixels in a CSS pixel.
    pub(super) ratio: f64,
    /// CSS pixels of the letters that a plan measures.
    pub(super) letters: f64,
    /// What part of time to show; none is all there is.
    pub(super) view: Option<View>,
    /// What is pointed at.
    pub(super) picked: Option<usize>,
}

impl Sheet<'_> {
    /// Plans a drawing, and draws it.
    ///
    /// # Errors
    /// When the browser gives no canvas, or drawing fails.
    pub(super) fn draw<D: Drawing>(
        &self,
        drawing: &D,
        locale: &Locale,
    ) -> Result<D::Plan, DrawError> {
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
            words: locale,
            measure: &measure,
            view: self.view.filter(|_| D::OVER_TIME),
            picked: self.picked,
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
        Ok(plan)
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
        let plan = serde_wasm_bindgen::to_value(plan).unwrap_or_default();
        let plan = js_sys::JSON::stringify(&plan).map_or(JsValue::UNDEFINED, JsValue::from);
        // It fails only for what is no object.
        let _ = js_sys::Reflect::set(self.canvas, &"plan".into(), &plan);
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
