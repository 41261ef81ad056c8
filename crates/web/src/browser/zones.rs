//! The time zones that the browser knows.

use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// Every zone's name (IANA), in the order of the alphabet; none in an old browser.
pub(crate) fn names() -> Vec<String> {
    let global = js_sys::global();
    let names = Reflect::get(&global, &"Intl".into())
        .and_then(|intl| Reflect::get(&intl, &"supportedValuesOf".into()))
        .ok()
        .and_then(|ask| ask.dyn_into::<Function>().ok())
        .and_then(|ask| ask.call1(&JsValue::UNDEFINED, &"timeZone".into()).ok());
    names.map_or_else(Vec::new, |names| {
        let names = Array::from(&names);
        names.iter().filter_map(|name| name.as_string()).collect()
    })
}

/// The browser's own zone.
pub(crate) fn own() -> String {
    let resolved = Intl::DateTimeFormat::new(&Array::new(), &Object::new()).resolved_options();
    let zone = Reflect::get(&resolved, &"timeZone".into()).ok();
    zone.and_then(|zone| zone.as_string()).unwrap_or_default()
}

/// What a zone's clocks show: `23:15 GMT+1`. Empty for one that the browser does not know.
pub(crate) fn clock(zone: &str, at_ms: i64) -> String {
    let options = Object::new();
    for (name, value) in [
        ("timeZone", zone),
        ("hour", "2-digit"),
        ("minute", "2-digit"),
        ("hourCycle", "h23"),
        ("timeZoneName", "short"),
    ] {
        // It fails only for what is no object.
        let _ = Reflect::set(&options, &name.into(), &value.into());
    }
    let moment = Date::new(&JsValue::from_f64(at_ms as f64));
    let say = Reflect::get(&moment, &"toLocaleTimeString".into()).ok();
    let say = say.and_then(|say| say.dyn_into::<Function>().ok());
    let text = say.and_then(|say| say.call2(&moment, &Array::new(), &options).ok());
    text.and_then(|text| text.as_string()).unwrap_or_default()
}
