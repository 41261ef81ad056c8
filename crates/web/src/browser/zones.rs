//! The time zones that the browser knows.

use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::intl;

/// Names that browsers go on listing, and what they are called today.
const RENAMED: [(&str, &str); 12] = [
    ("Africa/Asmera", "Africa/Asmara"),
    ("America/Buenos_Aires", "America/Argentina/Buenos_Aires"),
    ("America/Godthab", "America/Nuuk"),
    ("Asia/Calcutta", "Asia/Kolkata"),
    ("Asia/Katmandu", "Asia/Kathmandu"),
    ("Asia/Rangoon", "Asia/Yangon"),
    ("Asia/Saigon", "Asia/Ho_Chi_Minh"),
    ("Atlantic/Faeroe", "Atlantic/Faroe"),
    ("Europe/Kiev", "Europe/Kyiv"),
    ("Pacific/Enderbury", "Pacific/Kanton"),
    ("Pacific/Ponape", "Pacific/Pohnpei"),
    ("Pacific/Truk", "Pacific/Chuuk"),
];

fn today(name: String) -> String {
    let renamed = RENAMED.iter().find(|(before, _)| *before == name);
    // An old browser may not know the new name yet.
    let known = renamed.filter(|(_, now)| intl::is_zone(now));
    known.map_or(name, |(_, now)| (*now).to_owned())
}

/// Every zone's name (IANA), by and large in the order of the alphabet; none in
/// an old browser.
pub(crate) fn names() -> Vec<String> {
    let global = js_sys::global();
    let names = Reflect::get(&global, &"Intl".into())
        .and_then(|intl| Reflect::get(&intl, &"supportedValuesOf".into()))
        .ok()
        .and_then(|ask| ask.dyn_into::<Function>().ok())
        .and_then(|ask| ask.call1(&JsValue::UNDEFINED, &"timeZone".into()).ok());
    names.map_or_else(Vec::new, |names| {
        let names = Array::from(&names);
        names
            .iter()
            .filter_map(|name| name.as_string())
            .map(today)
            .collect()
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
