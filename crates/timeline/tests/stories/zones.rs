//! Only real IANA names are zones.

use std::collections::HashSet;

use timeline::Zone;

#[test]
fn iana_names_are_known_as_iana_spells_them() {
    for name in [
        "UTC",
        "Etc/UTC",
        "Europe/Berlin",
        "Australia/Lord_Howe",
        "Asia/Kathmandu",
        "Asia/Calcutta",
        "America/Argentina/Buenos_Aires",
        "Pacific/Apia",
    ] {
        assert_eq!(Zone::named(name).as_ref().map(Zone::name), Some(name));
    }
    assert_eq!(Zone::utc().name(), "UTC");
    assert_eq!(Zone::named("UTC"), Some(Zone::utc()));
}

#[test]
fn anything_else_is_no_zone() {
    for name in [
        "",
        " ",
        "utc",
        "europe/berlin",
        "Europe/Berlin ",
        "Europe/Atlantis",
        "Europe",
        "+02:00",
        "UTC+2",
        "<+03>-3",
        "EST5EDT,M3.2.0,M11.1.0",
        "CET-1CEST",
        "localtime",
        "posixrules",
        "posix/Europe/Berlin",
        "/etc/localtime",
        "../../etc/passwd",
        "Factory",
        "Etc/Unknown",
        "Europe/Berlin\0",
        "💥",
    ] {
        assert_eq!(Zone::named(name), None, "{name:?}");
    }
    assert_eq!(Zone::named(&"A".repeat(1 << 20)), None);
}

#[test]
fn zones_can_be_keys() {
    let zones: HashSet<Zone> = ["UTC", "Asia/Tokyo", "UTC"]
        .iter()
        .filter_map(|name| Zone::named(name))
        .collect();
    assert_eq!(zones.len(), 2);
}

#[test]
fn a_clock_that_is_far_off_is_no_crash() {
    let zone = Zone::named("Europe/Berlin").unwrap();
    for now in [i64::MIN, -1, 0, i64::MAX] {
        let _ = zone.today(now);
        let _ = zone.yesterday_until(now);
    }
}
