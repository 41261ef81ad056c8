//! `cargo xtask bench`: how large and how quick it is, as it is shipped.

use std::path::PathBuf;

use crate::error::TaskError;
use crate::process::{ProcessError, cargo, command, run};
use crate::project::Project;
use crate::tools::ToolError;
use crate::{page, say, tools};

/// The question that looks at no page.
const PAGELESS: &str = "scale";

/// What `cargo xtask bench` can be told.
#[derive(clap::Args, Debug)]
pub(crate) struct Options {
    /// Measures the page in this folder instead of building it
    #[arg(long, value_name = "FOLDER")]
    dist: Option<PathBuf>,
    /// `size`, `page --runs N`, `redraw --sweeps N`, `memory --minutes N` or `scale --rows N`; all of them when left out
    #[arg(
        value_name = "QUESTION",
        trailing_var_arg = true,
        allow_hyphen_values = true
    )]
    question: Vec<String>,
}

/// Why nothing was measured, or that a figure is out of bounds.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BenchError {
    #[error(transparent)]
    Process(#[from] ProcessError),
    #[error(transparent)]
    Tool(#[from] ToolError),
    #[error("out of bounds, or not measured: see above")]
    OutOfBounds,
}

/// Builds the page and the API for release, and measures them.
///
/// # Errors
/// When something does not build or cannot be measured, or is out of its bounds.
pub(crate) fn bench(project: &Project, options: Options) -> Result<(), TaskError> {
    Ok(measure(project, options)?)
}

fn measure(project: &Project, options: Options) -> Result<(), BenchError> {
    let needs_page = options
        .question
        .first()
        .is_none_or(|first| first != PAGELESS);
    let dist = if let Some(told) = options.dist {
        project.root().join(told)
    } else if !needs_page {
        page::folder(project)
    } else {
        say::doing("Building the page as it is shipped");
        tools::prepare(project)?;
        page::build(project)?;
        page::folder(project)
    };
    say::doing("Building the API as it is shipped");
    let packages = ["--package", "api", "--package", "bench"];
    run(cargo(project, &["build", "--release", "--quiet"]).args(packages))?;
    let built = project.target().join("release");
    let mut bench = command(project, built.join("bench"));
    bench
        .args(options.question)
        .arg("--json")
        .arg(project.target().join("bench"))
        .env("OMNI2_WEB_DIST", dist)
        .env("OMNI2_API_BIN", built.join("api"));
    match run(&mut bench) {
        Err(ProcessError::Failed { .. }) => Err(BenchError::OutOfBounds),
        done => Ok(done?),
    }
}
