//! `cargo xtask`: the project's only scripts.
//!
//! | folder | idea |
//! | --- | --- |
//! | `bench` | how large and how quick it is, as it is shipped |
//! | `dev` | the API and the page, running while they are worked on |
//! | `dist` | what is deployed, in one folder |
//! | `fuzz` | inputs that nobody thought of |
//! | `split` | what the page fetches on demand, put into files of its own |
//! | `test` | every check, in order, with one line of sums in the end |
//! | `tidy` | rules that neither compiler nor clippy know |
//! | `tools` | what is needed besides Rust, and how it is had |

mod bench;
mod dev;
mod dist;
mod error;
mod fuzz;
mod page;
mod process;
mod project;
mod say;
mod split;
mod test;
mod tidy;
mod tools;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use error::TaskError;
use project::Project;

/// The project's scripts.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Runs the API and the page, and builds them again as they change
    Dev(dev::Options),
    /// Runs every check and every test
    Test(test::Options),
    /// Splits the page that Trunk has just built: Trunk runs this
    Split,
    /// Measures how large and how quick it is, as it is shipped
    Bench(bench::Options),
    /// Puts all that a machine without containers needs into `target/dist`
    Dist(dist::Options),
    /// Looks for inputs that break something
    Fuzz(fuzz::Options),
    /// Checks the rules that neither compiler nor clippy know
    Tidy,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let project = Project::here();
    let done = match arguments.task {
        Task::Dev(options) => dev::run(&project, options),
        Task::Test(options) => test::run(&project, &options),
        Task::Split => split::run(&project).map_err(TaskError::from),
        Task::Bench(options) => bench::bench(&project, options),
        Task::Dist(options) => dist::run_task(&project, &options),
        Task::Fuzz(options) => fuzz::fuzz(&project, &options),
        Task::Tidy => tidy::run(&project).map_err(TaskError::from),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
