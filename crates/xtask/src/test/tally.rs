//! Counting tests by the line that every test program ends with.

/// Tests that passed and tests that failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

impl Tally {
    /// Counts a line such as `test result: ok. 12 passed; 0 failed; 1 ignored; ...`;
    /// others count nothing.
    pub(crate) fn read(&mut self, line: &str) {
        let Some((_, result)) = line.split_once("test result: ") else {
            return;
        };
        self.passed += before(result, "passed");
        self.failed += before(result, "failed");
    }
}

/// The number before `; word` or ` word;`.
fn before(result: &str, word: &str) -> u64 {
    let mut last = 0;
    for part in result
        .split([' ', ';', '.', ','])
        .filter(|part| !part.is_empty())
    {
        if part == word {
            return last;
        }
        last = part.parse().unwrap_or_default();
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_result_lines_count() {
        let mut tally = Tally::default();
        for line in [
            "running 3 tests",
            "test a_story_of_5 passed ... ok",
            "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.05s",
            "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 filtered out; finished in 1.10s",
            "..test result: ok. 1 passed; 0 failed",
            "7 passed, 7 failed",
        ] {
            tally.read(line);
        }
        assert_eq!(
            tally,
            Tally {
                passed: 16,
                failed: 2
            }
        );
    }
}
