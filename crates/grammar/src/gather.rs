//! What belongs together: tags and their neighbours.

mod beside;
mod numbers;
mod place;

use timeline::BucketSize;

use crate::heard::Heard;
use crate::names::Entity;
use crate::question::{By, Measure};
use crate::sense::{Count, Sense};
use crate::tagging::{Meaning, Tag, kind_of};
use place::Place;

/// The longest piece of a message that is said back.
const MOST_SAID_BACK: usize = 60;

/// What a message says.
pub(crate) fn gather<'a>(message: &str, tags: &[Tag<'a>]) -> Heard<'a> {
    let show = Meaning::Sense(Sense::Show);
    let mut heard = Heard {
        show: tags.iter().any(|tag| tag.meaning == show),
        asks: asks(message),
        ..Heard::default()
    };
    let telling =
        |tag: &&Tag<'a>| !matches!(tag.meaning, Meaning::Sense(Sense::Filler | Sense::Show));
    let tags: Vec<&Tag<'a>> = tags.iter().filter(telling).collect();
    for index in 0..tags.len() {
        let place = Place {
            message,
            tags: &tags,
            index,
        };
        if let Some(tag) = tags.get(index) {
            let said = message.get(tag.from..tag.to).unwrap_or_default();
            heard.assumed.extend(tag.told.clone());
            heard.tag(&tag.meaning, &place, &shortened(said));
        }
    }
    heard
}

impl<'a> Heard<'a> {
    fn tag(&mut self, meaning: &Meaning<'a>, place: &Place<'_, 'a>, said: &str) {
        match meaning {
            Meaning::Sense(sense) => self.sense(*sense, place, said),
            Meaning::Name(entity) => self.name(*entity),
            Meaning::Several(entities) => self.several(entities, said),
            Meaning::Time(time) => {
                if place.sense_before() == Some(Sense::By) {
                    self.unknown.push(format!("“by {said}”"));
                }
                let from = self.change && said.to_lowercase().starts_with("from ");
                self.times.push((time.clone(), self.against || from));
                self.times_said.push(said.to_owned());
            }
            Meaning::Number(Some(number)) => self.number(*number, place, said),
            Meaning::Id(Some(id)) => self.ids.push(*id),
            Meaning::Text(text) => self.texts.push(text.clone()),
            Meaning::Number(None) | Meaning::Id(None) | Meaning::Unknown => {
                self.unknown.push(format!("“{said}”"));
            }
        }
    }

    fn name(&mut self, entity: Entity<'a>) {
        if !self.names.contains(&entity) {
            self.names.push(entity);
        }
    }

    fn several(&mut self, entities: &[Entity<'a>], said: &str) {
        let names = entities.iter().take(5).map(|entity| entity.name);
        let names = names.collect::<Vec<_>>().join(", ");
        self.unknown.push(format!("“{said}” can be any of {names}"));
    }

    fn sense(&mut self, sense: Sense, place: &Place<'_, 'a>, said: &str) {
        match sense {
            Sense::Measure(measures) => {
                let latest = matches!(place.sense_before(), Some(Sense::Latest(_)));
                self.latest_one |= latest && !said.ends_with(['s', 'S']);
                self.measure(measures, place);
            }
            Sense::SuccessRate => {
                self.of_success = true;
                self.measure(&[Measure::ErrorRate], place);
                let told =
                    "the success rate is told as the error rate, which is what it lacks of 100 %";
                self.assumed.push(told.to_owned());
            }
            Sense::Comparative(measures) => {
                self.measure(measures, place);
                self.change = true;
            }
            Sense::Spender(count) => {
                self.measure(&[Measure::Cost], place);
                self.dimension(By::User, count, place);
            }
            Sense::Average => self.average = true,
            Sense::Calls(count) => self.call_or_calls(count, place),
            Sense::Outcome(outcome) => {
                self.lists_calls |= place.sense_before() == Some(Sense::What);
                if !self.outcomes.contains(&outcome) {
                    self.outcomes.push(outcome);
                }
            }
            Sense::Failing => self.failing = true,
            Sense::Dimension(by, count) => self.dimension(by, count, place),
            Sense::Step(step, count) => {
                self.step = Some(step);
                self.dimension(By::Time, count, place);
            }
            Sense::HourOfDay => {
                self.of_day = true;
                self.step = Some(BucketSize::Hour);
                self.dimension(By::Time, Count::One, place);
            }
            Sense::Judged(ascending) => self.judged(ascending),
            Sense::Rather(measures, rank) => self.rather(measures, rank, place),
            Sense::Peak => self.peak(),
            Sense::Single => self.single(place, said),
            Sense::Active => self.active(place),
            Sense::Different => self.distinct(true, place, said),
            Sense::Distinct => self.distinct(false, place, said),
            Sense::Pronoun => self.pronoun = Some(said.to_owned()),
            Sense::Rank(measures, ascending) => self.rank = Some((measures, ascending)),
            Sense::Extreme(ascending) | Sense::Top(ascending) => self.extreme = Some(ascending),
            Sense::HowMany => self.count(place),
            Sense::Moved { down } => self.moved = Some(down),
            Sense::Health { unwell } => self.health = Some(unwell | self.health.unwrap_or(false)),
            // `the users who had errors, with how many each`
            Sense::By if said.eq_ignore_ascii_case("each") && !self.by.is_empty() => {}
            Sense::By if !place.leads_somewhere() => self.unknown.push(format!("“{said}”")),
            Sense::Not => self.unknown.push(format!(
                "“{said}” (say what you want, not what you do not want)"
            )),
            Sense::Beyond(reason) => self.unknown.push(format!("“{said}”: {reason}")),
            Sense::Against => {
                self.against |= !matches!(place.after(), Some(Meaning::Name(_)));
            }
            // `compare today with yesterday`
            Sense::Preposition if matches!(said, "with" | "to" | "and") => {
                self.against |= self.change;
            }
            other => self.remember(other, place),
        }
    }

    /// What only has to be known to have been said.
    fn remember(&mut self, sense: Sense, place: &Place<'_, 'a>) {
        match sense {
            Sense::HowMuch => self.how_much = true,
            Sense::How => self.how = true,
            Sense::What => {
                self.what = true;
                self.lists_errors |= matches!(
                    place.sense_after(),
                    Some(Sense::Measure(&[Measure::Errors]))
                );
            }
            Sense::List => self.list = true,
            Sense::Latest(_) => self.latest = true,
            Sense::Does => self.does = true,
            Sense::Uses => self.uses = true,
            Sense::Change => self.change = true,
            Sense::Fine => self.fine = true,
            Sense::Status => self.status = true,
            Sense::Glance => self.glance = true,
            Sense::Help => self.help = true,
            Sense::Courtesy => self.courtesy = true,
            Sense::All => self.everything = true,
            Sense::Why => self.why = true,
            _ => {}
        }
    }

    fn measure(&mut self, measures: &[Measure], place: &Place<'_, 'a>) {
        let ordered = place.sense_before() == Some(Sense::By);
        if ordered && self.calls.is_some() && self.measures.is_empty() {
            self.measures.push(Measure::Queries);
        }
        if ordered && !self.measures.is_empty() {
            self.order = measures.first().copied();
        }
        for measure in measures {
            if !self.measures.contains(measure) {
                self.measures.push(*measure);
            }
        }
    }

    fn call_or_calls(&mut self, count: Count, place: &Place<'_, 'a>) {
        if place.sense_before() == Some(Sense::By) {
            match count {
                Count::One => self.per_call = true,
                Count::Many => self.measure(&[Measure::Queries], place),
            }
            return;
        }
        if place.among_measures() {
            self.measures.push(Measure::Queries);
            return;
        }
        self.lists_calls |= matches!(
            place.sense_before(),
            Some(Sense::Rank(..) | Sense::Single | Sense::What | Sense::List | Sense::Latest(_))
        );
        if count == Count::One {
            self.one = true;
        }
        self.calls = Some(count);
    }

    fn dimension(&mut self, by: By, count: Count, place: &Place<'_, 'a>) {
        let introduced = place.sense_before() == Some(Sense::By);
        let named = |meaning: Option<&Meaning<'a>>| matches!(meaning, Some(Meaning::Name(entity)) if Some(entity.kind) == kind_of(by));
        // `server Git`, `the git_log tool`: said with its name.
        let beside = named(place.after()) || (named(place.before()) && !introduced);
        if count == Count::One && beside {
            return;
        }
        // `the users who`: who they are was said.
        let relative =
            matches!(place.sense_before(), Some(Sense::Dimension(before, _)) if before == by);
        self.one |= count == Count::One && !introduced && !relative;
        if !self.by.contains(&by) {
            self.by.push(by);
        }
    }
}

/// Whether it looks like a question.
fn asks(message: &str) -> bool {
    let first = message.split_whitespace().next().unwrap_or_default();
    message.contains('?') || matches!(first.to_lowercase().as_str(), "is" | "are" | "how")
}

/// The beginning of what was said.
fn shortened(said: &str) -> String {
    let cut = said.chars().take(MOST_SAID_BACK).collect::<String>();
    if cut.len() < said.len() {
        format!("{cut}…")
    } else {
        cut
    }
}
