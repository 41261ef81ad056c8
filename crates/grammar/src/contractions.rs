//! Words that were run together: `didn't`, `what's`, `whats`.

/// Without their apostrophe, as many people write them.
const RUN_TOGETHER: [(&str, &str); 26] = [
    ("arent", "are not"),
    ("cannot", "can not"),
    ("cant", "can not"),
    ("can't", "can not"),
    ("couldnt", "could not"),
    ("didnt", "did not"),
    ("doesnt", "does not"),
    ("dont", "do not"),
    ("gimme", "give me"),
    ("hasnt", "has not"),
    ("havent", "have not"),
    ("hows", "how"),
    ("isnt", "is not"),
    ("lemme", "let me"),
    ("lets", "let"),
    ("shouldnt", "should not"),
    ("thats", "that"),
    ("wasnt", "was not"),
    ("werent", "were not"),
    ("whats", "what"),
    ("whatre", "what"),
    ("whos", "who"),
    ("wont", "will not"),
    ("won't", "will not"),
    ("wouldnt", "would not"),
    ("im", "i"),
];

/// Endings that say nothing which the figures could answer.
const ENDINGS: [&str; 6] = ["'s", "'re", "'ve", "'ll", "'d", "'m"];

/// The words in a word; its apostrophes are gone.
pub(crate) fn spelt_out(word: &str) -> Vec<String> {
    if let Some((_, long)) = RUN_TOGETHER.iter().find(|(short, _)| *short == word) {
        return long.split(' ').map(str::to_owned).collect();
    }
    if !word.contains('\'') {
        return vec![word.to_owned()];
    }
    if let Some(stem) = word.strip_suffix("n't") {
        return vec![stem.replace('\'', ""), "not".to_owned()];
    }
    let stem = ENDINGS.iter().find_map(|ending| word.strip_suffix(ending));
    vec![stem.unwrap_or(word).replace('\'', "")]
}
