//! What figures cost with ten thousand rows and with ten million, for one viewer and for a
//! thousand; each beside its yardstick, in the same run.
//!
//! | file | question |
//! | --- | --- |
//! | `filled` | a hub with so many rows, and its yardstick: one count and sum over all of them |
//! | `running` | the API as a process: when it answers, how much memory and time it takes |
//! | `starts` | how soon is it ready, from nothing and from what it kept? |
//! | `load` | how many requests are answered in a second? |
//! | `endpoints` | how does that compare with a constant, with few rows, and with SQL? |
//! | `reference` | the same servers, answering a constant or asking the database each time |
//! | `crowd` | how soon do events arrive, at one reader and at a thousand? |

mod crowd;
mod endpoints;
mod filled;
mod load;
pub(crate) mod reference;
mod running;
mod starts;

use serde_json::json;
use testkit::Postgres;

use crate::machine::Machine;
use crate::report::{Figure, Report};
use filled::Filled;

#[derive(clap::Args, Debug)]
pub(crate) struct Options {
    /// Rows of the largest hub
    #[arg(long, default_value_t = MANY, value_parser = clap::value_parser!(u32).range(100_000..=100_000_000))]
    rows: u32,
    /// Which part to measure; all of them when not given
    #[arg(long, value_enum)]
    only: Option<Part>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    /// Starting, and memory
    Starts,
    /// Requests a second
    Endpoints,
    /// Events, and what is asked of the database
    Crowd,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            rows: MANY,
            only: None,
        }
    }
}

const MANY: u32 = 10_000_000;
const SOME: u32 = 1_000_000;
const FEW: u32 = 10_000;

pub(crate) async fn measure(options: &Options) -> Report {
    let wanted = |part| options.only.is_none_or(|only| only == part);
    let cluster = Postgres::start().unwrap_or_else(|missing| panic!("{missing}"));
    let mut figures: Vec<Figure> = Vec::new();
    let mut samples = serde_json::Map::new();
    let many = Filled::create(&cluster, options.rows).await;
    if wanted(Part::Starts) {
        figures.extend(starts::measure(&many, &mut samples).await);
        figures.extend(starts::embedded(&mut samples).await);
    }
    if wanted(Part::Crowd) {
        figures.extend(crowd::measure(&many, &mut samples).await);
    }
    if wanted(Part::Endpoints) {
        let some = Filled::create(&cluster, SOME).await;
        let few = Filled::create(&cluster, FEW).await;
        figures.extend(endpoints::measure(&few, &some, &many, &mut samples).await);
    }
    samples.insert("rows".to_owned(), json!(options.rows));
    Report {
        bench: "scale",
        how: format!(
            "{} rows of 30 days and 14 MCP servers in PostgreSQL on this machine, generation A; a \
             ratio's yardstick is measured in the same run",
            options.rows
        ),
        machine: Machine::this("no browser".to_owned()),
        figures,
        samples: samples.into(),
    }
}
