use wasm_bindgen_test::wasm_bindgen_test;
use web::browser::intl::Locale;
use web::charts::model::frame::Words;

/// Spaces of every width as plain ones.
fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

#[wasm_bindgen_test]
fn figures_are_grouped_and_compact_where_they_are_long() {
    let locale = Locale::in_zone(None);
    assert_eq!(locale.count(2_400.0), "2,400");
    assert_eq!(plain(&locale.count(1_234_567.0)), "1.2 M");
    assert_eq!(locale.exact_count(1_234_567.0), "1,234,567");
}

#[wasm_bindgen_test]
fn money_shows_cents_and_what_is_below_them() {
    let locale = Locale::in_zone(None);
    assert_eq!(locale.money(12.3), "$12.30");
    assert_eq!(locale.money(0.0012), "$0.0012");
    assert_eq!(locale.exact_money(136.780_001), "$136.780001");
}

#[wasm_bindgen_test]
fn durations_and_shares_have_units() {
    let locale = Locale::in_zone(None);
    assert_eq!(plain(&locale.duration(234.0)), "234 ms");
    assert_eq!(plain(&locale.duration(1_240.0)), "1.2 s");
    assert_eq!(plain(&locale.percent(0.0824)), "8.2 %");
}

#[wasm_bindgen_test]
fn ticks_are_round_on_the_viewers_clock() {
    let locale = Locale::in_zone(None);
    let noon = 1_769_428_800_000;
    let midnight_of_the_viewer = noon - 43_200_000 - locale.offset_ms(noon);
    assert_eq!(locale.tick(midnight_of_the_viewer, false), "00:00");
    assert_eq!(locale.tick(midnight_of_the_viewer, true), "Jan 26");
}
