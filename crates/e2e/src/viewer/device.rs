//! What somebody looks through.

/// A screen, and what it is operated with.
#[derive(Clone, Copy, Debug)]
pub struct Device {
    /// CSS pixels.
    pub width: u16,
    /// CSS pixels.
    pub height: u16,
    /// Device pixels in a CSS pixel.
    pub ratio: f64,
    /// The system prefers dark.
    pub dark: bool,
    /// Fingers instead of a mouse: nothing hovers.
    pub touch: bool,
}

impl Device {
    /// A screen on a desk.
    pub const DESK: Device = Device {
        width: 1440,
        height: 900,
        ratio: 1.0,
        dark: true,
        touch: false,
    };
    /// A tablet, lying.
    pub const TABLET: Device = Device {
        width: 1024,
        height: 768,
        touch: true,
        ..Device::DESK
    };
    /// A telephone.
    pub const PHONE: Device = Device {
        width: 390,
        height: 844,
        ratio: 2.0,
        touch: true,
        ..Device::DESK
    };
}
