//! The viewer's locale and time zone: figures and times in words.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use send_wrapper::SendWrapper;
use wasm_bindgen::{JsCast, JsValue};

use crate::charts::model::figures::{self, Cut};
use crate::charts::model::frame::Words;
use crate::charts::model::time::wall_seconds;

/// Between a number and its unit: narrow, and never at the end of a line.
const THIN: char = '\u{202f}';

/// The viewer's locale and time zone. Cheap to clone.
#[derive(Clone)]
pub struct Locale(SendWrapper<Rc<Inner>>);

struct Inner {
    zone: String,
    numbers: RefCell<HashMap<(bool, u8, u8), Function>>,
    hour: Function,
    day: Function,
    exact: Function,
    clock: Function,
    moment: Function,
    /// A wall clock in digits, whatever the locale: for offsets.
    wall: Function,
}

/// A wall clock in digits: `11/23/2026, 22:54:51`.
const WALL: [(&str, &str); 7] = [
    ("year", "numeric"),
    ("month", "2-digit"),
    ("day", "2-digit"),
    ("hour", "2-digit"),
    ("minute", "2-digit"),
    ("second", "2-digit"),
    ("hourCycle", "h23"),
];

impl Locale {
    /// As the browser is set, in the time zone that was chosen, if it is one the browser
    /// knows.
    pub fn in_zone(chosen: Option<String>) -> Locale {
        let zone = chosen.filter(|zone| is_zone(zone)).unwrap_or_else(own_zone);
        let dates = |options: &[(&str, &str)]| {
            let options = object(options);
            set(&options, "timeZone", &JsValue::from_str(&zone));
            Intl::DateTimeFormat::new(&Array::new(), &options).format()
        };
        let english = Array::of1(&JsValue::from_str("en-US"));
        let wall = object(&WALL);
        set(&wall, "timeZone", &JsValue::from_str(&zone));
        let wall = Intl::DateTimeFormat::new(&english, &wall).format();
        Locale(SendWrapper::new(Rc::new(Inner {
            numbers: RefCell::default(),
            wall,
            hour: dates(&[
                ("hour", "2-digit"),
                ("minute", "2-digit"),
                ("hourCycle", "h23"),
            ]),
            day: dates(&[("day", "numeric"), ("month", "short")]),
            exact: dates(&[
                ("weekday", "short"),
                ("day", "numeric"),
                ("month", "short"),
                ("year", "numeric"),
                ("hour", "2-digit"),
                ("minute", "2-digit"),
                ("second", "2-digit"),
                ("hourCycle", "h23"),
                ("timeZoneName", "short"),
            ]),
            moment: dates(&[
                ("day", "numeric"),
                ("month", "short"),
                ("hour", "2-digit"),
                ("minute", "2-digit"),
                ("hourCycle", "h23"),
                ("timeZoneName", "short"),
            ]),
            clock: dates(&[
                ("hour", "2-digit"),
                ("minute", "2-digit"),
                ("second", "2-digit"),
                ("hourCycle", "h23"),
            ]),
            zone,
        })))
    }

    /// The viewer's time zone (IANA).
    pub fn zone(&self) -> String {
        self.0.zone.clone()
    }

    /// A cut figure in words: `1.2 M`.
    pub fn say(&self, cut: Cut) -> String {
        let number = self.number(false, cut);
        if cut.unit.is_empty() {
            number
        } else {
            format!("{number}{THIN}{}", cut.unit)
        }
    }

    /// US dollars in words: `$12.34`.
    pub fn money(&self, usd: f64) -> String {
        self.money_cut(figures::money(usd))
    }

    /// US dollars to the micro-dollar that the API prints.
    pub fn exact_money(&self, usd: f64) -> String {
        self.money_cut(Cut {
            value: usd,
            decimals: 6,
            least_decimals: 2,
            unit: "",
        })
    }

    /// A count with every digit: `1,234,567`.
    pub fn exact_count(&self, value: f64) -> String {
        self.say(Cut {
            value,
            decimals: 0,
            least_decimals: 0,
            unit: "",
        })
    }

    /// Milliseconds in words: `234 ms`, `1.2 s`.
    pub fn duration(&self, ms: f64) -> String {
        self.say(figures::duration(ms))
    }

    /// A share in words: `8.2 %`.
    pub fn percent(&self, share: f64) -> String {
        self.say(figures::percent(share))
    }

    /// An instant to the second, with day and zone.
    pub fn exact_time(&self, at_ms: i64) -> String {
        date_words(&self.0.exact, at_ms)
    }

    /// The viewer's wall clock to the second.
    pub fn clock_time(&self, at_ms: i64) -> String {
        date_words(&self.0.clock, at_ms)
    }

    fn money_cut(&self, cut: Cut) -> String {
        let number = self.number(true, cut);
        if cut.unit.is_empty() {
            number
        } else {
            format!("{number}{THIN}{}", cut.unit)
        }
    }

    fn number(&self, dollars: bool, cut: Cut) -> String {
        let key = (dollars, cut.least_decimals, cut.decimals);
        let mut numbers = self.0.numbers.borrow_mut();
        let format = numbers.entry(key).or_insert_with(|| {
            let options = object(if dollars {
                &[
                    ("style", "currency"),
                    ("currency", "USD"),
                    ("currencyDisplay", "narrowSymbol"),
                ]
            } else {
                &[]
            });
            set(
                &options,
                "minimumFractionDigits",
                &cut.least_decimals.into(),
            );
            set(&options, "maximumFractionDigits", &cut.decimals.into());
            Intl::NumberFormat::new(&Array::new(), &options).format()
        });
        words(format, &cut.value.into())
    }
}

impl Words for Locale {
    fn count(&self, value: f64) -> String {
        if value < figures::COMPACT_FROM && value.fract() != 0.0 {
            return self.say(Cut {
                value,
                decimals: 2,
                least_decimals: 0,
                unit: "",
            });
        }
        self.say(figures::compact(value))
    }

    fn decimal(&self, value: f64) -> String {
        self.say(Cut {
            value,
            decimals: 1,
            least_decimals: 1,
            unit: "",
        })
    }

    fn tick(&self, at_ms: i64, midnight: bool) -> String {
        date_words(if midnight { &self.0.day } else { &self.0.hour }, at_ms)
    }

    fn moment(&self, at_ms: i64) -> String {
        date_words(&self.0.moment, at_ms)
    }

    fn whole(&self, value: f64) -> String {
        self.exact_count(value)
    }

    fn dollars(&self, usd: f64) -> String {
        self.exact_money(usd)
    }

    fn took(&self, ms: f64) -> String {
        self.duration(ms)
    }

    fn share(&self, share: f64) -> String {
        self.percent(share)
    }

    fn offset_ms(&self, at_ms: i64) -> i64 {
        let seconds = at_ms.div_euclid(1000);
        let wall = date_words(&self.0.wall, at_ms);
        wall_seconds(&wall).map_or(0, |wall| (wall - seconds) * 1000)
    }
}

/// The browser's own time zone.
fn own_zone() -> String {
    let resolved = Intl::DateTimeFormat::new(&Array::new(), &Object::new()).resolved_options();
    let zone = Reflect::get(&resolved, &"timeZone".into()).ok();
    zone.and_then(|zone| zone.as_string())
        .unwrap_or_else(|| "UTC".to_owned())
}

/// Whether the browser knows this time zone. It throws at one that it does not know, which
/// only a function that may throw can tell.
pub(crate) fn is_zone(name: &str) -> bool {
    let options = object(&[("timeZone", name)]);
    let moment = Date::new(&JsValue::from_f64(0.0));
    let text = Reflect::get(&moment, &"toLocaleString".into());
    let text = text.ok().and_then(|text| text.dyn_into::<Function>().ok());
    text.is_some_and(|text| text.call2(&moment, &"en-US".into(), &options).is_ok())
}

fn object(options: &[(&str, &str)]) -> Object {
    let object = Object::new();
    for (name, value) in options {
        set(&object, name, &JsValue::from_str(value));
    }
    object
}

fn set(object: &Object, name: &str, value: &JsValue) {
    // It fails only for what is no object.
    let _ = Reflect::set(object, &JsValue::from_str(name), value);
}

fn date_words(format: &Function, at_ms: i64) -> String {
    words(format, &JsValue::from_f64(at_ms as f64))
}

fn words(format: &Function, value: &JsValue) -> String {
    format
        .call1(&JsValue::UNDEFINED, value)
        .ok()
        .and_then(|text| text.as_string())
        .unwrap_or_default()
}
