//! Angles. The browser has its own sine: a second one would be loaded for nothing.

/// Sine and cosine of an angle in radians.
pub(super) fn sin_cos(angle: f64) -> (f64, f64) {
    #[cfg(target_arch = "wasm32")]
    return (js_sys::Math::sin(angle), js_sys::Math::cos(angle));
    #[cfg(not(target_arch = "wasm32"))]
    return angle.sin_cos();
}
