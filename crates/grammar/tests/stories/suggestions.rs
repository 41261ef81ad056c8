//! What is suggested is understood.

use grammar::{HELP, Known, STARTERS, Understood, understand};
use timeline::Zone;

use crate::world::{ask, heard, now};

#[test]
fn questions_to_begin_with_and_examples_of_help_are_understood() {
    let examples = HELP.iter().flat_map(|kind| kind.examples).copied();
    for asked in STARTERS.into_iter().chain(examples) {
        assert!(matches!(ask(asked), Understood::Question { .. }), "{asked}");
        // Also where the hub knows nobody yet.
        let of_nobody = understand(asked, &Known::default(), &Zone::utc(), now());
        assert!(matches!(of_nobody, Understood::Question { .. }), "{asked}");
    }
}

#[test]
fn questions_near_to_one_that_makes_no_sense_are_understood() {
    for asked in [
        "errors of frobnicator today",
        "tell me a joke",
        "tokens by user",
        "what did maya spend yesterday",
        "why is everything so slow",
        "cost tomorrow",
        "",
    ] {
        let Understood::Nothing { nearest, .. } = ask(asked) else {
            panic!("{asked}: {}", heard(asked));
        };
        assert_eq!(nearest.len(), 3, "{asked}");
        for near in nearest {
            assert!(matches!(ask(&near), Understood::Question { .. }), "{near}");
        }
    }
}

#[test]
fn a_name_that_two_people_have_is_asked_back() {
    let Understood::Nothing { unknown, nearest } = ask("what did maya spend yesterday") else {
        panic!();
    };
    assert_eq!(
        unknown,
        ["“maya” can be any of maya.patel@company.com, maya.stone@company.com"]
    );
    assert_eq!(
        nearest[..2],
        [
            "what did maya.patel@company.com spend yesterday",
            "what did maya.stone@company.com spend yesterday"
        ]
    );
}
