//! How large and how quick the dashboard is: the page as it is shipped, the API as it is
//! shipped, a real browser. `cargo xtask bench` builds both and runs this.
//!
//! | file | question |
//! | --- | --- |
//! | `size` | how many bytes does the first visit load? |
//! | `page` | how long does the first visit take, and what does it ask for? |
//! | `redraw` | how quickly does a chart with many points follow a hand? |
//! | `memory` | does a page that stays open grow? |
//! | `day` | does anything grow while all of it is busy for long? |
//! | `scale` | what do figures cost with many rows, and for many viewers? |
//! | `report` | a table for people, JSON for machines, and whether it is all within bounds |
//! | `stage` | the dashboard that is measured |
//! | `machine` | what it was measured on |
//! | `rhythm`, `readers`, `watched`, `line` | a busy hub, readers of its events, a page that stays open; what grows |
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "what cannot be measured says so by failing; nothing of this is shipped"
)]

mod day;
mod line;
mod machine;
mod memory;
mod page;
mod readers;
mod redraw;
mod report;
mod rhythm;
mod scale;
mod size;
mod stage;
mod watched;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use report::Report;

/// Measures the dashboard that `OMNI2_WEB_DIST` and `OMNI2_API_BIN` name.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    question: Option<Question>,
    /// A folder for the figures as JSON, a file for each question
    #[arg(long, global = true, default_value = "target/bench")]
    json: PathBuf,
}

#[derive(Subcommand)]
enum Question {
    /// How many bytes the first visit loads
    Size,
    /// How long the first visit takes
    Page(page::Options),
    /// How quickly a chart with many points follows a hand
    Redraw(redraw::Options),
    /// Whether a page that stays open grows
    Memory(memory::Options),
    /// Whether anything grows while the hub is busy, many read along and a page is open
    Day(day::Options),
    /// What figures cost with many rows, and for many viewers
    Scale(scale::Options),
    /// Serves what is compared with
    #[command(hide = true)]
    Reference(scale::reference::Options),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if let Some(Question::Reference(options)) = &arguments.question {
        scale::reference::serve(options);
        return ExitCode::SUCCESS;
    }
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(answer(arguments))
}

async fn answer(Arguments { question, json }: Arguments) -> ExitCode {
    let questions = match question {
        Some(question) => vec![question],
        None => vec![
            Question::Size,
            Question::Page(page::Options::default()),
            Question::Redraw(redraw::Options::default()),
            Question::Memory(memory::Options::default()),
            Question::Day(day::Options::default()),
            Question::Scale(scale::Options::default()),
        ],
    };
    let mut within = true;
    for question in questions {
        let report = match question {
            Question::Size => size::measure().await,
            Question::Page(options) => page::measure(&options).await,
            Question::Redraw(options) => redraw::measure(&options).await,
            Question::Memory(options) => memory::measure(&options).await,
            Question::Day(options) => day::measure(&options).await,
            Question::Scale(options) => scale::measure(&options).await,
            // It answers no question, and was served above.
            Question::Reference(_) => continue,
        };
        within &= tell(&report, &json);
    }
    if within {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Prints and keeps a report: whether it is within its bounds.
fn tell(report: &Report, folder: &std::path::Path) -> bool {
    println!("{report}");
    report.keep(folder);
    report.is_within()
}
