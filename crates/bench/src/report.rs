//! What was measured: a table for people, JSON for machines.

use std::fmt;
use std::path::Path;

use serde::Serialize;

use crate::machine::Machine;

/// The answer to one question.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    /// The question's name on the command line.
    pub(crate) bench: &'static str,
    /// How it was measured, in a line.
    pub(crate) how: String,
    pub(crate) machine: Machine,
    pub(crate) figures: Vec<Figure>,
    /// What the figures were made of, for whoever wants to look closer.
    pub(crate) samples: serde_json::Value,
}

/// One figure.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Figure {
    pub(crate) name: String,
    /// The median, where it was measured more than once.
    pub(crate) value: f64,
    pub(crate) unit: &'static str,
    /// More than this is too much.
    pub(crate) most: Option<f64>,
    /// Less than this is too little.
    pub(crate) least: Option<f64>,
    /// What else there is to say.
    pub(crate) note: String,
}

impl Figure {
    /// One that has no bound.
    pub(crate) fn of(name: impl Into<String>, value: f64, unit: &'static str) -> Figure {
        Figure {
            name: name.into(),
            value,
            unit,
            most: None,
            least: None,
            note: String::new(),
        }
    }

    /// The median of several values, with the lowest and the highest as a note.
    pub(crate) fn median(name: impl Into<String>, values: &[f64], unit: &'static str) -> Figure {
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        let (low, high) = (sorted.first(), sorted.last());
        let (low, high) = (low.copied().unwrap(), high.copied().unwrap());
        let middle = (sorted.len() - 1) / 2;
        let note = format!("{} to {}", digits(low), digits(high));
        let value = sorted.get(middle..=sorted.len() / 2).unwrap();
        let value = value.iter().sum::<f64>() / value.len() as f64;
        Figure::of(name, value, unit).note(note)
    }

    pub(crate) fn most(mut self, most: f64) -> Figure {
        self.most = Some(most);
        self
    }

    pub(crate) fn least(mut self, least: f64) -> Figure {
        self.least = Some(least);
        self
    }

    pub(crate) fn note(mut self, note: impl Into<String>) -> Figure {
        self.note = note.into();
        self
    }

    fn is_within(&self) -> bool {
        // Also what could not be measured (NaN) is not within a bound.
        self.most.is_none_or(|most| self.value <= most)
            && self.least.is_none_or(|least| self.value >= least)
    }
}

impl Report {
    /// Whether every figure is within its bound.
    pub(crate) fn is_within(&self) -> bool {
        self.figures.iter().all(Figure::is_within)
    }

    /// Writes it into a file of the folder, named like the question.
    pub(crate) fn keep(&self, folder: &Path) {
        std::fs::create_dir_all(folder).unwrap();
        let file = folder.join(format!("{}.json", self.bench));
        let text = serde_json::to_string_pretty(self).unwrap();
        std::fs::write(file, text + "\n").unwrap();
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\n{}: {}\n{}\n", self.bench, self.how, self.machine)?;
        let widest = self.figures.iter().map(|figure| figure.name.len()).max();
        let width = widest.unwrap_or(0);
        for figure in &self.figures {
            let Figure {
                name,
                value,
                unit,
                most,
                least,
                note,
            } = figure;
            let bound = match (most, least, figure.is_within()) {
                (Some(most), _, true) => format!("at most {}", digits(*most)),
                (Some(most), _, false) => format!("TOO MUCH: at most {}", digits(*most)),
                (None, Some(least), true) => format!("at least {}", digits(*least)),
                (None, Some(least), false) => format!("TOO LITTLE: at least {}", digits(*least)),
                (None, None, _) => String::new(),
            };
            let line = format!(
                "{name:<width$}  {:>10} {unit:<9} {bound:<16} {note}",
                digits(*value)
            );
            writeln!(f, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

/// Up to three digits behind the point, none where they say nothing.
fn digits(value: f64) -> String {
    let text = format!("{value:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_median_is_in_the_middle() {
        assert!((Figure::median("a", &[3.0, 1.0, 2.0], "s").value - 2.0).abs() < 1e-9);
        let even = Figure::median("a", &[4.0, 1.0, 2.0, 3.0], "s");
        assert!((even.value - 2.5).abs() < 1e-9);
        assert_eq!(even.note, "1 to 4");
    }

    #[test]
    fn too_much_is_said_and_counts() {
        let report = |value: f64| Report {
            bench: "size",
            how: "as usual".to_owned(),
            machine: Machine::this("Chrome/1".to_owned()),
            figures: vec![Figure::of("all", value, "kB").most(250.0)],
            samples: serde_json::Value::Null,
        };
        assert!(report(250.0).is_within());
        assert!(!report(250.1).is_within() && !report(f64::NAN).is_within());
        assert!(report(250.1).to_string().contains("TOO MUCH: at most 250"));
        let little = Figure::of("ratio", 0.7, "times").least(0.75);
        assert!(!little.is_within() && little.least(0.7).is_within());
    }
}
