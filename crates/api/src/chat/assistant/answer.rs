//! An answer as it is written: paragraphs, and what goes with them.

use timeline::Zone;

use super::markdown::code;
use super::{moments, numbers};
use crate::live::State;

/// An answer.
#[derive(Debug, Default)]
pub(super) struct Answer {
    /// In Markdown, one block each.
    pub(super) blocks: Vec<String>,
    /// The questions that were put to the figures.
    pub(super) tools: Vec<String>,
    /// What one could ask next.
    pub(super) suggestions: Vec<String>,
    /// What is odd about the figures.
    pub(super) warning: Option<String>,
}

impl Answer {
    /// One that asks the figures this.
    pub(super) fn from(tool: &str) -> Answer {
        Answer {
            tools: vec![tool.to_owned()],
            ..Answer::default()
        }
    }

    /// One that asks the figures nothing.
    pub(super) fn words(block: String) -> Answer {
        Answer {
            blocks: vec![block],
            ..Answer::default()
        }
    }

    pub(super) fn say(&mut self, block: String) {
        self.blocks.push(block);
    }

    /// Says plainly what is not as good as it could be.
    pub(super) fn note_state(&mut self, state: &State, costs: bool, zone: &Zone) {
        if costs && state.costs_estimated {
            self.say("Costs are estimated from tokens: this hub keeps none.".to_owned());
        }
        let warning = match state.stale_since {
            Some(since) => Some(format!(
                "The database has been away since {} ({}): these are the last good figures.",
                moments::exactly(since, zone),
                zone.name()
            )),
            None if state.progress < 1.0 => Some(format!(
                "History is still being read ({}): older figures may be too low.",
                numbers::percent(state.progress)
            )),
            None => None,
        };
        if let Some(warning) = warning {
            self.say(format!("**Note:** {warning}"));
            self.warning = Some(warning);
        }
    }

    /// The same, for those who ask the database themselves.
    pub(super) fn sql(&mut self, sql: Option<&str>) {
        if let Some(sql) = sql {
            self.say(code("sql", sql));
        }
    }
}
