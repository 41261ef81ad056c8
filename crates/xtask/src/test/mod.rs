//! `cargo xtask test`: every check and every test, in order, whatever fails.

mod beside;
mod browser;
mod cluster;
mod executable;
mod report;
mod run;
mod step;
mod tally;

use std::time::Instant;

use crate::error::TaskError;
use crate::process::ProcessError;
use crate::project::Project;
use crate::tools::ToolError;
use crate::{say, tidy};
pub(crate) use executable::Executable;
use report::{Done, Outcome};
use run::Bench;
use step::Step;

/// What `cargo xtask test` can be told.
#[derive(clap::Args, Debug)]
pub(crate) struct Options {
    /// Only this step (again for more), and those it needs
    #[arg(long, value_enum, value_name = "NAME")]
    only: Vec<Step>,
}

/// Why a step failed, or that some did.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TestError {
    #[error(transparent)]
    Process(#[from] ProcessError),
    #[error(transparent)]
    Tool(#[from] ToolError),
    #[error(transparent)]
    Tidy(#[from] tidy::TidyError),
    #[error("{program} is missing: install {package} (Debian)")]
    Missing {
        program: &'static str,
        package: &'static str,
    },
    #[error("{0} was not built")]
    NotBuilt(&'static str),
    #[error("these test programs failed: {0}")]
    Programs(String),
    #[error("not every step passed")]
    Failed,
}

impl TestError {
    /// Whether something is only not installed here.
    fn is_missing_program(&self) -> bool {
        matches!(self, TestError::Missing { .. })
    }
}

/// Runs the steps, prints what became of each, and one line of sums in the end.
///
/// # Errors
/// When any step failed.
pub(crate) fn run(project: &Project, options: &Options) -> Result<(), TaskError> {
    let everything_is_installed = std::env::var("CI").as_deref() == Ok("true");
    let mut bench = Bench::new(project);
    let mut done: Vec<Done> = Vec::new();
    let steps = step::chosen(&options.only);
    for step in steps.iter().copied() {
        let page_is_next =
            steps.contains(&Step::WebBuild) && failed_before(&done, Step::WebBuild).is_none();
        if step == Step::Tests && page_is_next {
            bench.begin_page();
        }
        let next = match failed_before(&done, step) {
            Some(before) => Done::not_run(step, before),
            None => attempt(&mut bench, step, everything_is_installed),
        };
        done.push(next);
    }
    bench.close();
    print!("{}", report::table(&done));
    println!("{}", report::sums(&done));
    if report::all_is_well(&done) {
        Ok(())
    } else {
        Err(TestError::Failed.into())
    }
}

/// The step that this one needs and that did not pass.
fn failed_before(done: &[Done], step: Step) -> Option<Step> {
    let failed = |need: &&Step| {
        done.iter()
            .any(|done| done.step == **need && !done.passed())
    };
    step.needs().iter().find(failed).copied()
}

fn attempt(bench: &mut Bench<'_>, step: Step, everything_is_installed: bool) -> Done {
    say::doing(&format!("{}: {}", step.name(), step.what()));
    let began = Instant::now();
    let (tally, result) = bench.take(step);
    let took = began.elapsed();
    let outcome = match result {
        Ok(()) => Outcome::Passed,
        Err(error) if error.is_missing_program() && !everything_is_installed => {
            say::loudly(&format!("NOT TESTED: {}: {error}", step.name()));
            Outcome::Skipped
        }
        Err(error) => {
            say::loudly(&format!("FAILED: {}: {error}", step.name()));
            Outcome::Failed
        }
    };
    println!("    {} took {}", step.name(), say::time(took));
    Done {
        step,
        outcome,
        tally,
        took,
    }
}
