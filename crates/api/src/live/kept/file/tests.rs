use timeline::{Call, HOUR, MINUTE, Money};

use super::super::Terms;
use super::*;

const NOW: i64 = 1_767_225_600_000_000;

fn place() -> Place {
    Place {
        terms: Terms {
            columns: 7,
            price: "0.80".to_owned(),
            history_days: 30,
        },
        at: NOW,
        high: 300,
        gaps: vec![(3, 5), (290, 290)],
    }
}

fn history() -> Timeline {
    let mut timeline = Timeline::new(30);
    for number in 0..300_i64 {
        let mcps = [format!("mcp {}", number % 5), "é".repeat(300)];
        let mcps: Vec<&str> = mcps.iter().map(String::as_str).collect();
        timeline.add(
            NOW,
            &Call {
                at: NOW - number * 7 * MINUTE - number % 3 * 100 * HOUR,
                mcps: &mcps,
                cost: Money::from_picodollars(i128::from(number) * 1_234_567_891),
                error: number % 7 == 0,
                duration_ms: (number % 11 != 0).then_some(number * number),
            },
        );
    }
    timeline
}

#[test]
fn what_is_kept_is_read_back_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("not yet there").join("history.bin");
    assert!(read(&file).unwrap().is_none(), "nothing was kept");
    let history = history();
    for _ in 0..2 {
        let bytes = write(&file, &place(), &history).unwrap();
        assert_eq!(bytes, fs::metadata(&file).unwrap().len());
    }
    let (kept, timeline) = read(&file).unwrap().unwrap();
    assert!(timeline == history, "the same history");
    assert_eq!(kept.terms, place().terms);
    assert_eq!((kept.at, kept.high, kept.gaps), (NOW, 300, place().gaps));
    let left = fs::read_dir(file.parent().unwrap()).unwrap().count();
    assert_eq!(left, 1, "nothing else is left there");
}

#[test]
fn a_file_that_was_cut_or_touched_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("history.bin");
    write(&file, &place(), &history()).unwrap();
    let whole = fs::read(&file).unwrap();
    for length in [
        0,
        7,
        8,
        20,
        100,
        whole.len() / 2,
        whole.len() - 9,
        whole.len() - 1,
    ] {
        fs::write(&file, &whole[..length]).unwrap();
        assert!(read(&file).is_err(), "{length} bytes of it");
    }
    for at in [
        0,
        15,
        16,
        40,
        whole.len() / 2,
        whole.len() - 8,
        whole.len() - 1,
    ] {
        let mut touched = whole.clone();
        touched[at] ^= 0x10;
        fs::write(&file, &touched).unwrap();
        assert!(read(&file).is_err(), "byte {at} is another");
    }
    let longer = [whole.as_slice(), &[0; 5]].concat();
    fs::write(&file, longer).unwrap();
    assert!(read(&file).is_err(), "something follows");
}
