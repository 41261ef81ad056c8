//! A picture of the window, pixel by pixel.

use std::collections::BTreeSet;
use std::io::Cursor;

use serde::Deserialize;

use super::colour::Colour;

/// What the browser has painted.
pub(super) struct Picture {
    width: usize,
    bytes: Vec<u8>,
    /// Bytes of a pixel.
    depth: usize,
}

/// A part of the window, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub(super) struct Part {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Picture {
    /// From a PNG.
    pub(super) fn read(png: &[u8]) -> Picture {
        let mut decoder = png::Decoder::new(Cursor::new(png));
        decoder.set_transformations(png::Transformations::normalize_to_color8());
        let mut reader = decoder.read_info().unwrap();
        let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
        let frame = reader.next_frame(&mut bytes).unwrap();
        Picture {
            width: frame.width as usize,
            bytes,
            depth: frame.color_type.samples(),
        }
    }

    /// Device pixels across.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// The different colours of the pixels that are wholly within a part, where a CSS pixel
    /// is so many device pixels.
    pub(super) fn colours(&self, part: Part, ratio: f64) -> BTreeSet<Colour> {
        let range = |from: f64, length: f64| {
            let (from, to) = (from * ratio, (from + length) * ratio);
            whole(from.ceil())..whole(to.floor())
        };
        let columns = range(part.left, part.width);
        let rows = range(part.top, part.height);
        let places = rows.flat_map(|y| columns.clone().map(move |x| (x, y)));
        places.filter_map(|(x, y)| self.colour(x, y)).collect()
    }

    fn colour(&self, x: usize, y: usize) -> Option<Colour> {
        let begin = (y * self.width + x) * self.depth;
        let pixel = self.bytes.get(begin..begin + 3)?;
        pixel.try_into().ok().filter(|_| x < self.width)
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a place in the window, which is at least 0"
)]
fn whole(value: f64) -> usize {
    value.max(0.0) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_read_where_it_is() {
        let mut png = Vec::new();
        let mut encoder = png::Encoder::new(&mut png, 3, 2);
        encoder.set_color(png::ColorType::Rgb);
        let mut writer = encoder.write_header().unwrap();
        let bytes: Vec<u8> = (0..18).collect();
        writer.write_image_data(&bytes).unwrap();
        writer.finish().unwrap();
        let picture = Picture::read(&png);
        let part = Part {
            left: 1.0,
            top: 1.0,
            width: 2.0,
            height: 5.0,
        };
        let colours = picture.colours(part, 1.0);
        assert_eq!(colours, BTreeSet::from([[12, 13, 14], [15, 16, 17]]));
    }
}
