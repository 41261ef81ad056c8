use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::DrawError;
use crate::charts::model::colours::Rgba;
use crate::charts::model::frame::{Label, Rect};
use crate::charts::model::smooth::Point;
use crate::charts::model::trace::Trace;

/// Where a text's anchor is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// At its left end.
    Left,
    /// In its middle.
    Center,
    /// At its right end.
    Right,
}

/// Draws in CSS pixels on a paper of finer units.
pub struct Pen<'a, DB: DrawingBackend> {
    area: &'a DrawingArea<DB, Shift>,
    unit: f64,
    pixel: f64,
    family: &'a str,
}

impl<'a, DB: DrawingBackend> Pen<'a, DB> {
    /// A pen on this paper, with `unit` of its steps a CSS pixel and `pixel` of them a
    /// device pixel; texts are set in the font family.
    pub fn new(area: &'a DrawingArea<DB, Shift>, unit: f64, pixel: f64, family: &'a str) -> Self {
        Pen {
            area,
            unit,
            pixel,
            family,
        }
    }

    /// A line through points, so many CSS pixels wide.
    ///
    /// # Errors
    /// When the backend fails.
    pub fn line(&self, points: &[Point], colour: Rgba, width: f64) -> Result<(), DrawError> {
        let style = Self::ink(colour).stroke_width(self.length(width));
        self.draw(&PathElement::new(self.places(points), style))
    }

    /// A piece of a line, so many CSS pixels wide. One point between two gaps is a dot, not
    /// nothing.
    ///
    /// # Errors
    /// When the backend fails.
    pub fn trace(&self, trace: &Trace, colour: Rgba, width: f64) -> Result<(), DrawError> {
        match (trace.upper.as_slice(), trace.lower.as_slice()) {
            ([alone], _) => self.dot(*alone, width * 1.2, colour),
            (line, []) => self.line(line, colour, width),
            (upper, lower) => {
                let shifted = |by: f64| move |&(x, y): &Point| (x, y + by);
                let above = upper.iter().map(shifted(-width / 2.0));
                let below = lower.iter().rev().map(shifted(width / 2.0));
                self.fill(&above.chain(below).collect::<Vec<Point>>(), colour)
            }
        }
    }

    /// A filled outline.
    ///
    /// # Errors
    /// When the backend fails.
    pub fn fill(&self, outline: &[Point], colour: Rgba) -> Result<(), DrawError> {
        if outline.len() < 3 {
            return Ok(());
        }
        self.draw(&Polygon::new(
            self.places(outline),
            Self::ink(colour).filled(),
        ))
    }

    /// A filled circle.
    ///
    /// # Errors
    /// When the backend fails.
    pub fn dot(&self, center: Point, radius: f64, colour: Rgba) -> Result<(), DrawError> {
        let radius = i32::try_from(self.length(radius)).unwrap_or(i32::MAX);
        self.draw(&Circle::new(
            self.place(center),
            radius,
            Self::ink(colour).filled(),
        ))
    }

    /// A horizontal line one device pixel high, exactly on a row of pixels.
    ///
    /// # Errors
    /// When the backend fails.
    pub fn hairline(&self, from: f64, to: f64, y: f64, colour: Rgba) -> Result<(), DrawError> {
        let row = (y * self.unit / self.pixel).round() * self.pixel;
        let (left, right) = (whole(from * self.unit), whole(to * self.unit));
        let corners = [
            (left, whole(row - self.pixel / 2.0)),
            (right, whole(row + self.pixel / 2.0)),
        ];
        let style = Self::ink(colour).filled();
        // Half a pixel off the row would blur it: rows of pixels lie between whole numbers.
        let half = whole(self.pixel / 2.0);
        let corners = corners.map(|(x, y)| (x, y + half));
        self.draw(&Rectangle::new(corners, style))
    }

    /// A filled rectangle.
    ///
    /// # Errors
    /// When the backend fails.
    pub fn rect(&self, rect: Rect, colour: Rgba) -> Result<(), DrawError> {
        let corners = [
            self.place((rect.left, rect.top)),
            self.place((rect.right(), rect.bottom())),
        ];
        self.draw(&Rectangle::new(corners, Self::ink(colour).filled()))
    }

    /// A text of so many CSS pixels, its middle line at the label's y.
    ///
    /// # Errors
    /// When the backend fails.
    pub fn text(
        &self,
        label: &Label,
        align: Align,
        size: f64,
        bold: bool,
        colour: Rgba,
    ) -> Result<(), DrawError> {
        let weight = if bold {
            FontStyle::Bold
        } else {
            FontStyle::Normal
        };
        let across = match align {
            Align::Left => HPos::Left,
            Align::Center => HPos::Center,
            Align::Right => HPos::Right,
        };
        let font = FontDesc::new(FontFamily::Name(self.family), size * self.unit, weight);
        let ink = Self::ink(colour);
        let style = TextStyle::from(font)
            .color(&ink)
            .pos(Pos::new(across, VPos::Center));
        let place = self.place((label.x, label.y));
        self.draw(&Text::new(label.text.as_str(), place, style))
    }

    fn draw<'e, E>(&self, element: &'e E) -> Result<(), DrawError>
    where
        &'e E: plotters::element::PointCollection<'e, (i32, i32)>,
        E: plotters::element::Drawable<DB>,
    {
        self.area
            .draw(element)
            .map_err(|error| DrawError(error.to_string()))
    }

    fn ink(colour: Rgba) -> RGBAColor {
        let (r, g, b) = colour.rgb;
        RGBAColor(r, g, b, colour.alpha)
    }

    fn places(&self, points: &[Point]) -> Vec<(i32, i32)> {
        points.iter().map(|&point| self.place(point)).collect()
    }

    fn place(&self, point: Point) -> (i32, i32) {
        (whole(point.0 * self.unit), whole(point.1 * self.unit))
    }

    fn length(&self, css: f64) -> u32 {
        u32::try_from(whole(css * self.unit)).unwrap_or(1).max(1)
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "casts saturate, far off the paper"
)]
fn whole(length: f64) -> i32 {
    length.round() as i32
}
