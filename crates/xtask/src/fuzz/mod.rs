//! `cargo xtask fuzz`: inputs that nobody thought of, led by what they reach.
//!
//! bolero runs the same tests in two ways: under `cargo test` with the inputs that are kept and
//! some random ones, and here, built with libFuzzer and counters in every branch. That needs a
//! C++ compiler, and neither another toolchain nor another program.

mod targets;

use std::path::{Path, PathBuf};
use std::process::Command;

use clap::ValueEnum;

use crate::error::TaskError;
use crate::process::{ProcessError, cargo, command, output, read_lines, run};
use crate::project::Project;
use crate::say;
use crate::test::Executable;
use targets::Target;

/// What the compiler is told, so that libFuzzer sees which branches an input takes.
const FLAGS: &str = "--cfg fuzzing --cfg fuzzing_libfuzzer -Cpasses=sancov-module \
    -Ccodegen-units=1 -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares";
/// The longest input, bytes; the longest time that one may take, seconds; the most memory, MiB.
const BOUNDS: &str = "-max_len=2048 -timeout=20 -rss_limit_mb=2048";

/// What `cargo xtask fuzz` can be told.
#[derive(clap::Args, Debug)]
pub(crate) struct Options {
    /// How long each target is run
    #[arg(long, default_value_t = 5)]
    minutes: u32,
    /// Only these; all of them when left out
    #[arg(value_enum, value_name = "TARGET")]
    targets: Vec<Target>,
}

/// Why nothing was fuzzed, or that something was found.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FuzzError {
    #[error(transparent)]
    Process(#[from] ProcessError),
    #[error("{path}: {source}", path = path.display())]
    Folder {
        path: PathBuf,
        source: std::io::Error,
    },
    #[error("the compiler does not say which machine it compiles for")]
    NoHost,
    #[error("the test program of {0} was not built")]
    NotBuilt(&'static str),
    #[error("found something in: {0} (see above)")]
    Found(String),
}

/// Runs each target for so long; what it reached that nothing kept reaches is kept.
///
/// # Errors
/// When something does not build, or an input was found that fails.
pub(crate) fn fuzz(project: &Project, options: &Options) -> Result<(), TaskError> {
    let targets = match options.targets.as_slice() {
        [] => Target::value_variants(),
        some => some,
    };
    let mut found = Vec::new();
    for target in targets {
        if !fuzz_one(project, *target, options.minutes)? {
            found.push(target.name());
        }
    }
    if found.is_empty() {
        return Ok(());
    }
    Err(FuzzError::Found(found.join(", ")).into())
}

/// Whether nothing was found.
fn fuzz_one(project: &Project, target: Target, minutes: u32) -> Result<bool, FuzzError> {
    let program = build(project, target)?;
    let kept = folder(target.kept(project.root()))?;
    let beside = project.target().join("fuzz").join(target.name());
    let tried = folder(beside.join("tried"))?;
    let failed = folder(beside.join("failed"))?;
    let what = format!("Fuzzing {} for {minutes} minutes", target.name());
    say::doing(&what);
    let seconds = u64::from(minutes) * 60;
    let words = format!(
        "{} {} {BOUNDS} -max_total_time={seconds} -print_final_stats=1 -verbosity=0 -artifact_prefix={}/",
        tried.display(),
        kept.display(),
        failed.display()
    );
    match run(&mut libfuzzer(project, &program, target, &words)) {
        Err(ProcessError::Failed { .. }) => return Ok(false),
        done => done?,
    }
    let words = format!(
        "-merge=1 {BOUNDS} -verbosity=0 {} {}",
        kept.display(),
        tried.display()
    );
    run(&mut libfuzzer(project, &program, target, &words))?;
    let count = std::fs::read_dir(&kept).map_or(0, Iterator::count);
    say::doing(&format!("{count} inputs are kept in {}", kept.display()));
    Ok(true)
}

/// The test program with libFuzzer in it.
fn build(project: &Project, target: Target) -> Result<PathBuf, FuzzError> {
    let package = target.package();
    say::doing(&format!("Building {package} to be fuzzed"));
    let mut build = cargo(project, &["test", "--no-run", "--quiet"]);
    build
        .args(["--package", package, target.program()])
        // Said, so that build scripts and macros are built without counters.
        .args(["--target", &host(project)?])
        .arg("--message-format=json-render-diagnostics")
        .env("CARGO_TARGET_DIR", project.target().join("fuzz/build"))
        .env("RUSTFLAGS", FLAGS);
    let mut program = None;
    read_lines(&mut build, |line| {
        let found = Executable::read(line).filter(|found| found.tests);
        program = found.map(|found| found.file).or(program.take());
    })?;
    program.ok_or(FuzzError::NotBuilt(package))
}

/// libFuzzer, told this, trying that test.
fn libfuzzer(project: &Project, program: &Path, target: Target, words: &str) -> Command {
    let mut command = command(project, program);
    command
        .args([
            target.test(),
            "--exact",
            "--nocapture",
            "--quiet",
            "--test-threads=1",
        ])
        .env("BOLERO_LIBFUZZER_ARGS", words)
        // What it calls itself with to choose which inputs are worth keeping.
        .env("BOLERO_LIBTEST_HARNESS", "1")
        .env("BOLERO_TEST_NAME", target.test());
    command
}

/// What rustc compiles for when it is told nothing.
fn host(project: &Project) -> Result<String, FuzzError> {
    let said = output(command(project, "rustc").arg("-vV"))?;
    let host = said.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or(FuzzError::NoHost)
}

fn folder(path: PathBuf) -> Result<PathBuf, FuzzError> {
    match std::fs::create_dir_all(&path) {
        Ok(()) => Ok(path),
        Err(source) => Err(FuzzError::Folder { path, source }),
    }
}
