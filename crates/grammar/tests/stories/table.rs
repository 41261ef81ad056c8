//! Questions as people put them, and what they mean: `tests/questions.txt`.

use std::collections::HashSet;

use crate::world::{ask, heard};

const TABLE: &str = include_str!("../questions.txt");

fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = TABLE.lines().map(str::trim);
    lines
        .filter(|line| !line.is_empty() && !line.starts_with("//"))
        .map(|line| line.rsplit_once(" => ").unwrap())
}

#[test]
fn every_question_of_the_table_means_what_stands_beside_it() {
    let wrong: Vec<String> = rows()
        .filter(|(asked, meant)| heard(asked) != *meant)
        .map(|(asked, meant)| {
            format!(
                "{asked}\n  meant: {meant}\n  heard: {}\n  {:?}",
                heard(asked),
                ask(asked)
            )
        })
        .collect();
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn the_table_has_more_than_a_hundred_questions() {
    let asked: HashSet<&str> = rows().map(|(asked, _)| asked).collect();
    assert!(asked.len() > 150, "{}", asked.len());
    assert_eq!(asked.len(), rows().count(), "one stands there twice");
}

#[test]
fn case_and_punctuation_do_not_matter() {
    for (asked, meant) in rows().filter(|(asked, _)| !asked.contains(['"', '“'])) {
        assert_eq!(heard(&asked.to_lowercase()), meant, "{asked}");
        assert_eq!(heard(&format!("  {asked}  !!")), meant, "{asked}");
    }
}
