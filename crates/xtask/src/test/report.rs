//! What became of the steps.

use std::fmt::Write;
use std::time::Duration;

use super::step::Step;
use super::tally::Tally;
use crate::say;

/// What became of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Passed,
    Failed,
    /// Something is not installed here.
    Skipped,
    /// A step that it needs did not pass.
    NotRun,
}

/// A step that is done with.
#[derive(Clone, Debug)]
pub(crate) struct Done {
    pub(crate) step: Step,
    pub(crate) outcome: Outcome,
    pub(crate) tally: Tally,
    pub(crate) took: Duration,
}

impl Done {
    /// A step that was not taken, since another that it needs did not pass.
    pub(crate) fn not_run(step: Step, before: Step) -> Done {
        let reason = format!(
            "NOT RUN: {}, since {} did not pass",
            step.name(),
            before.name()
        );
        say::loudly(&reason);
        Done {
            step,
            outcome: Outcome::NotRun,
            tally: Tally::default(),
            took: Duration::ZERO,
        }
    }

    pub(crate) fn passed(&self) -> bool {
        self.outcome == Outcome::Passed
    }
}

/// A line a step: its name, what became of it, its tests, its time.
pub(crate) fn table(all: &[Done]) -> String {
    let mut text = String::from("\n");
    for Done {
        step,
        outcome,
        tally,
        took,
    } in all
    {
        let became = match outcome {
            Outcome::Passed => "ok",
            Outcome::Failed => "FAILED",
            Outcome::Skipped => "NOT TESTED",
            Outcome::NotRun => "NOT RUN",
        };
        let Tally { passed, failed } = tally;
        let tests = match passed + failed {
            0 => String::new(),
            _ => format!("{passed} of {} tests", passed + failed),
        };
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "{:<14} {became:<11} {tests:<20} {:>12}",
            step.name(),
            say::time(*took)
        );
    }
    let whole: Duration = all.iter().map(|done| done.took).sum();
    let _ = writeln!(
        text,
        "{:<14} {:<11} {:<20} {:>12}\n",
        "all",
        "",
        "",
        say::time(whole)
    );
    text
}

/// `N passed, N failed`. A step that failed without a failing test counts as one failure,
/// so that the line never looks better than the run was.
pub(crate) fn sums(all: &[Done]) -> String {
    let passed: u64 = all.iter().map(|done| done.tally.passed).sum();
    let failed: u64 = all.iter().map(failures).sum();
    format!("{passed} passed, {failed} failed")
}

fn failures(done: &Done) -> u64 {
    match done.outcome {
        Outcome::Failed => done.tally.failed.max(1),
        _ => done.tally.failed,
    }
}

/// Whether no step failed. What was skipped has been said loudly.
pub(crate) fn all_is_well(all: &[Done]) -> bool {
    all.iter()
        .all(|done| matches!(done.outcome, Outcome::Passed | Outcome::Skipped))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn done(outcome: Outcome, passed: u64, failed: u64) -> Done {
        Done {
            step: Step::Tests,
            outcome,
            tally: Tally { passed, failed },
            took: Duration::from_secs(75),
        }
    }

    #[test]
    fn sums_are_of_everything() {
        let all = [done(Outcome::Passed, 10, 0), done(Outcome::Failed, 5, 2)];
        assert_eq!(sums(&all), "15 passed, 2 failed");
        assert!(!all_is_well(&all));
        assert!(all_is_well(&all[..1]));
    }

    #[test]
    fn a_check_that_fails_is_a_failure_without_tests() {
        assert_eq!(sums(&[done(Outcome::Failed, 0, 0)]), "0 passed, 1 failed");
        assert!(!all_is_well(&[done(Outcome::NotRun, 0, 0)]));
    }

    #[test]
    fn the_table_has_a_line_for_each_step_and_one_for_all() {
        let text = table(&[done(Outcome::Passed, 10, 0), done(Outcome::Skipped, 0, 0)]);
        assert!(
            text.contains("10 of 10 tests") && text.contains("1 min 15 s"),
            "{text}"
        );
        assert!(
            text.contains("NOT TESTED") && text.contains("2 min 30 s"),
            "{text}"
        );
    }
}
