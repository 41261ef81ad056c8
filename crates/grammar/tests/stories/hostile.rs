//! Messages that are meant to break it.

use grammar::{Known, Person, Understood, understand};
use proptest::prelude::*;
use timeline::Zone;

use crate::world::{ask, heard, known, now, zone};

const LONGEST: usize = 16 * 1024;

#[test]
fn very_long_messages_are_no_question() {
    let filled = |piece: &str| piece.repeat(LONGEST / piece.len());
    for message in [
        filled("a"),
        filled("word "),
        filled("\""),
        filled("“"),
        filled("' '"),
        filled("a.b@"),
        filled("9"),
        filled("1,000,"),
        filled("errors by server last 7 days "),
        filled("last "),
        filled("1 "),
        filled("a_"),
        filled("\u{202e}\u{200b}é"),
        filled("\u{301}"),
        filled("💥"),
        filled("#1 "),
        filled("qwertzu "),
    ] {
        assert!(
            matches!(ask(&message), Understood::Nothing { .. }),
            "{:?}",
            message.get(..8)
        );
    }
}

#[test]
fn what_cannot_be_seen_changes_nothing() {
    assert_eq!(
        heard("er\u{200b}rors \u{202e}by\u{202c} ser\u{ad}ver\u{feff} today"),
        "errors by server @today"
    );
    assert_eq!(
        heard("cost of Ine\u{301}s"),
        "cost @today user=ines.garcia@company.com"
    );
}

#[test]
fn what_is_said_back_is_short() {
    let Understood::Nothing { unknown, .. } = ask(&format!("errors of {}", "x".repeat(9_000)))
    else {
        panic!();
    };
    assert!(unknown.iter().all(|said| said.len() < 300));
}

fn words() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        Just("errors"),
        Just("by"),
        Just("server"),
        Just("last"),
        Just("7"),
        Just("days"),
        Just("since"),
        Just("between"),
        Just("and"),
        Just("9am"),
        Just("git"),
        Just("mcp"),
        Just("john"),
        Just("not"),
        Just("top"),
        Just("slowest"),
        Just("calls"),
        Just("call"),
        Just("#12"),
        Just("vs"),
        Just("yesterday"),
        Just("more"),
        Just("than"),
        Just("\"x\""),
        Just("from"),
        Just("to"),
        Just("Nov"),
        Just("31"),
        Just("Feb"),
        Just("ago"),
        Just("of"),
        Just("99999999999"),
        Just("next"),
        Just("average"),
        Just("up"),
        Just("why"),
        Just("-"),
    ];
    prop::collection::vec(word, 0..14).prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn any_text_is_survived(message in any::<String>(), moment in any::<i64>()) {
        understand(&message, &known(), &zone("America/Santiago"), moment);
    }

    #[test]
    fn any_words_are_survived_at_any_moment(message in words(), moment in any::<i64>()) {
        understand(&message, &known(), &zone("Pacific/Apia"), moment);
        understand(&message, &known(), &zone("Africa/Cairo"), now());
    }

}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_names_are_survived(
        names in prop::collection::vec(any::<String>(), 0..12),
        message in words(),
    ) {
        let users = names.iter().map(|name| Person { email: name, name: Some(name) });
        let known = Known {
            servers: names.iter().map(String::as_str).collect(),
            tools: names.iter().map(String::as_str).collect(),
            users: users.collect(),
        };
        understand(&message, &known, &Zone::utc(), now());
        for name in &names {
            understand(&format!("errors of {name} today"), &known, &Zone::utc(), now());
        }
    }
}
