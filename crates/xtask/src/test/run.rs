//! How each step is taken.

use std::num::NonZero;
use std::path::PathBuf;
use std::process::Command;
use std::thread::available_parallelism;

use super::beside::Beside;
use super::cluster::Cluster;
use super::executable::Executable;
use super::step::Step;
use super::tally::Tally;
use super::{TestError, browser};
use crate::process::{ProcessError, cargo, command, read_lines, run};
use crate::project::Project;
use crate::{page, say, tidy, tools};

/// Every package that is built for the machine we are on.
const NATIVE: [&str; 3] = ["--workspace", "--exclude", "web"];
const WASM: &str = "wasm32-unknown-unknown";
/// What of the page is made for the browser: its pure parts have their tests elsewhere.
const PAGE: [&str; 6] = ["--lib", "--bins", "--test", "browser", "--target", WASM];
/// What runs in a worker: the rest of it is made for the machine we are on too.
const WORKER: [&str; 3] = ["--lib", "--target", WASM];
/// Whose test program tells stories in a browser.
const STORIES: &str = "e2e";
/// Tests at once for each two processors, of those that need no browser: they wait for databases and
/// for time to pass as long as they work.
const AT_ONCE: usize = 4;
/// The same of stories in a browser, which works most of the time.
const STORIES_AT_ONCE: usize = 3;
const THREADS: &str = "RUST_TEST_THREADS";
/// Seconds that a test in the browser may take on a slow machine.
const BROWSER_PATIENCE: &str = "120";

/// What steps leave for later ones.
pub(crate) struct Bench<'a> {
    project: &'a Project,
    programs: Vec<Executable>,
    cluster: Option<Cluster>,
    page: Option<Beside>,
}

impl<'a> Bench<'a> {
    pub(crate) fn new(project: &'a Project) -> Bench<'a> {
        Bench {
            project,
            programs: Vec::new(),
            cluster: None,
            page: None,
        }
    }

    /// Takes a step: the tests it ran, and whether it passed.
    pub(crate) fn take(&mut self, step: Step) -> (Tally, Result<(), TestError>) {
        let mut tally = Tally::default();
        let result = match step {
            Step::Fmt => self.cargo(&["fmt", "--all", "--check"]),
            Step::Tidy => tidy::run(self.project).map_err(TestError::from),
            Step::Clippy => self.clippy(&NATIVE, &["--all-targets"]),
            Step::Tools => tools::prepare(self.project).map_err(TestError::from),
            Step::ClippyWeb => self
                .clippy(&["--package", "web"], &PAGE)
                .and_then(|()| self.clippy(&["--package", "rich-text"], &WORKER)),
            Step::Build => self.build(),
            Step::Tests => self.tests(&mut tally),
            Step::DocTests => self.cargo_test(&["--doc"], &NATIVE, &mut tally),
            Step::WebTests => self.cargo_test(&["--lib"], &["--package", "web"], &mut tally),
            Step::BrowserTests => self.browser_tests(&mut tally),
            Step::WebBuild => self.build_page(),
            Step::Stories => self.stories(&mut tally),
        };
        (tally, result)
    }

    /// Begins to build the page beside what comes before that step: tests wait for a third of their time.
    /// Where it cannot be begun, the step itself will say why.
    pub(crate) fn begin_page(&mut self) {
        let log = self.project.target().join("page.log");
        say::doing(&format!(
            "building the page meanwhile: what is printed goes to {}",
            log.display()
        ));
        self.page = Beside::start(&page::builder(self.project), &log).ok();
    }

    fn build_page(&mut self) -> Result<(), TestError> {
        match self.page.take() {
            Some(begun) => begun.finish(),
            None => page::build(self.project),
        }?;
        Ok(())
    }

    /// Ends what steps have started.
    pub(crate) fn close(self) {
        drop(self.cluster);
    }

    fn cargo(&self, words: &[&str]) -> Result<(), TestError> {
        Ok(run(&mut cargo(self.project, words))?)
    }

    fn clippy(&self, packages: &[&str], targets: &[&str]) -> Result<(), TestError> {
        let mut clippy = cargo(self.project, &["clippy", "--quiet"]);
        clippy
            .args(packages)
            .args(targets)
            .args(["--", "-D", "warnings"]);
        Ok(run(&mut clippy)?)
    }

    fn cargo_test(
        &self,
        what: &[&str],
        packages: &[&str],
        tally: &mut Tally,
    ) -> Result<(), TestError> {
        let mut test = cargo(self.project, &["test", "--quiet", "--no-fail-fast"]);
        counted(test.args(packages).args(what), tally)
    }

    /// Builds every test program at once, and notes where they are.
    fn build(&mut self) -> Result<(), TestError> {
        let mut build = cargo(self.project, &["test", "--no-run"]);
        build
            .args(NATIVE)
            .arg("--message-format=json-render-diagnostics");
        let programs = &mut self.programs;
        read_lines(&mut build, |line| programs.extend(Executable::read(line)))?;
        Ok(())
    }

    fn tests(&mut self, tally: &mut Tally) -> Result<(), TestError> {
        let url = self.postgres()?;
        let schemathesis = tools::schemathesis::bring(self.project);
        let of_us: Vec<_> = self
            .programs
            .iter()
            .filter(|program| program.tests)
            .collect();
        let of_us = of_us
            .into_iter()
            .filter(|program| program.package_name() != STORIES);
        self.run_programs(of_us, tally, |test| {
            side_by_side(test, AT_ONCE);
            if let Some(url) = &url {
                test.env("OMNI2_TEST_POSTGRES", url);
            }
            if let Some(folder) = &schemathesis {
                test.env("OMNI2_SCHEMATHESIS", folder);
            }
        })
    }

    /// The address of the one PostgreSQL for all tests, started when first asked for. None
    /// when it is not installed: tests that need it say so themselves.
    fn postgres(&mut self) -> Result<Option<String>, TestError> {
        if let Ok(told) = std::env::var("OMNI2_TEST_POSTGRES") {
            return Ok(Some(told));
        }
        if self.cluster.is_none() {
            let example = self.program("testkit", "example", "postgres");
            let example = example.ok_or(TestError::NotBuilt("testkit's example postgres"))?;
            self.cluster = Cluster::start(&mut command(self.project, example))?;
        }
        Ok(self
            .cluster
            .as_ref()
            .map(|cluster| cluster.url().to_owned()))
    }

    fn browser_tests(&self, tally: &mut Tally) -> Result<(), TestError> {
        let driver = browser::driver(self.project)?;
        let mut test = cargo(
            self.project,
            &[
                "test",
                "--package",
                "web",
                "--test",
                "browser",
                "--target",
                WASM,
            ],
        );
        test.env("CHROMEDRIVER", driver)
            .env("WASM_BINDGEN_USE_BROWSER", "1")
            .env("WASM_BINDGEN_TEST_TIMEOUT", BROWSER_PATIENCE);
        counted(&mut test, tally)
    }

    fn stories(&mut self, tally: &mut Tally) -> Result<(), TestError> {
        browser::chromium(self.project)?;
        let api = self.program("api", "bin", "api");
        let api = api.ok_or(TestError::NotBuilt("the API's binary"))?;
        let url = self.postgres()?;
        let dist = page::folder(self.project);
        let brought = [
            ("OMNI2_AXE", tools::axe::bring(self.project)),
            ("OMNI2_TRAEFIK", tools::front::traefik(self.project)),
            ("OMNI2_CADDY", tools::front::caddy(self.project)),
        ];
        let stories = self.programs.iter().filter(|program| program.tests);
        let stories = stories.filter(|program| program.package_name() == STORIES);
        self.run_programs(stories, tally, |test| {
            side_by_side(test, STORIES_AT_ONCE);
            test.env("OMNI2_WEB_DIST", &dist).env("OMNI2_API_BIN", &api);
            for (name, file) in &brought {
                if let Some(file) = file {
                    test.env(name, file);
                }
            }
            if let Some(url) = &url {
                test.env("OMNI2_TEST_POSTGRES", url);
            }
        })
    }

    /// A program that runs no tests.
    fn program(&self, package: &str, kind: &str, name: &str) -> Option<PathBuf> {
        let crates = self.project.root().join("crates");
        let is_it = |program: &&Executable| {
            let named = program.kind == kind && program.name == name;
            named && !program.tests && program.is_of(&crates, package)
        };
        self.programs
            .iter()
            .find(is_it)
            .map(|program| program.file.clone())
    }

    /// Runs test programs one after another, all of them, as `cargo test` would.
    fn run_programs<'p>(
        &self,
        programs: impl Iterator<Item = &'p Executable>,
        tally: &mut Tally,
        tell: impl Fn(&mut Command),
    ) -> Result<(), TestError> {
        let mut failed = Vec::new();
        for program in programs {
            say::doing(&program.title());
            let mut test = command(self.project, &program.file);
            test.arg("--quiet")
                .current_dir(&program.package)
                .env("CARGO_MANIFEST_DIR", &program.package);
            tell(&mut test);
            match counted(&mut test, tally) {
                Ok(()) => {}
                Err(TestError::Process(ProcessError::Failed { .. })) => {
                    failed.push(program.title());
                }
                Err(error) => return Err(error),
            }
        }
        if failed.is_empty() {
            return Ok(());
        }
        Err(TestError::Programs(failed.join(", ")))
    }
}

/// So many tests at once for each two processors.
fn side_by_side(test: &mut Command, for_two: usize) {
    // Whoever has said it knows better.
    if std::env::var_os(THREADS).is_none() {
        let processors = available_parallelism().map_or(1, NonZero::get);
        test.env(THREADS, (processors * for_two).div_ceil(2).to_string());
    }
}

/// Runs something that runs tests: what it prints is seen, and its results are counted.
fn counted(test: &mut Command, tally: &mut Tally) -> Result<(), TestError> {
    read_lines(test, |line| {
        println!("{line}");
        tally.read(line);
    })?;
    Ok(())
}
