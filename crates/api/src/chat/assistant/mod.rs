//! The built-in assistant: free words become a question, figures answer it, Markdown tells.
//!
//! Every figure is one that [`Live`] folds or counts; none is computed here, and what is not
//! understood is said so instead of being guessed.

mod answer;
mod figures;
mod help;
mod links;
mod lists;
mod markdown;
mod moments;
mod numbers;
mod suggestions;
mod today;
mod words;

use futures_util::{StreamExt, stream};
use grammar::{Known, Question as Meant, Understood, understand};
use shared_types::{ChatAbout, ChatBackend, ChatDone};
use timeline::Zone;

use super::{Asker, Backend, ChatError, Event, Events, Question};
use crate::live::{Live, LiveError, Names, Person};
use answer::Answer;
use markdown::text;

/// What it is called.
const NAME: &str = "Omni2 assistant";
/// What it answers from.
const ABOUT: &str = "Built in: answers from this dashboard's figures.";

/// Answers from the dashboard's own figures.
pub(super) struct Assistant {
    live: Live,
}

impl Assistant {
    /// One that knows these figures.
    pub(super) fn new(live: Live) -> Assistant {
        Assistant { live }
    }
}

impl Backend for Assistant {
    fn about(&self) -> ChatAbout {
        ChatAbout {
            backend: ChatBackend::Assistant,
            name: NAME.to_owned(),
            about: ABOUT.to_owned(),
            suggestions: help::starters(grammar::STARTERS.len()),
        }
    }

    fn ask(&self, question: Question, _asker: Asker) -> Events {
        let live = self.live.clone();
        let events = async move {
            match answer(&live, &question.message, &question.zone).await {
                Ok(answer) => stream::iter(events(answer)),
                Err(error) => stream::iter(vec![Event::Failed(error)]),
            }
        };
        stream::once(events).flatten().boxed()
    }
}

/// What free words are answered, for a model that asks them: Markdown, whole.
pub(super) async fn answer_in_words(
    live: &Live,
    message: &str,
    zone: &Zone,
) -> Result<String, ChatError> {
    Ok(answer(live, message, zone).await?.blocks.join("\n\n"))
}

/// As [`answer_in_words`], to a question that needs no understanding.
pub(super) async fn answer_to(
    live: &Live,
    question: &Meant,
    zone: &Zone,
) -> Result<String, ChatError> {
    let answer = tell(live, question, zone)
        .await
        .or_else(|error| excuse(&error))?;
    Ok(answer.blocks.join("\n\n"))
}

/// A block at a time.
fn events(answer: Answer) -> Vec<Event> {
    let blocks = answer.blocks.into_iter().enumerate();
    let token = |(place, block): (usize, String)| {
        let between = if place == 0 { "" } else { "\n\n" };
        Event::Token(format!("{between}{block}"))
    };
    let mut events: Vec<Event> = blocks.map(token).collect();
    events.push(Event::Done(ChatDone {
        tool_calls: u32::try_from(answer.tools.len()).unwrap_or(u32::MAX),
        tools_used: answer.tools,
        iterations: 1,
        warning: answer.warning,
        suggestions: answer.suggestions,
    }));
    events
}

async fn answer(live: &Live, message: &str, zone: &Zone) -> Result<Answer, ChatError> {
    let told = match live.names().await {
        Ok(names) => respond(live, message, zone, &names).await,
        Err(error) => Err(error),
    };
    match told {
        Ok(answer) => Ok(answer),
        Err(error) => excuse(&error),
    }
}

async fn respond(
    live: &Live,
    message: &str,
    zone: &Zone,
    names: &Names,
) -> Result<Answer, LiveError> {
    let understood = understand(message, &known(names), zone, live.now());
    let (question, assumed) = match understood {
        Understood::Question { question, assumed } => (question, assumed),
        Understood::Help => return Ok(help::help()),
        Understood::Courtesy => return Ok(help::courtesy()),
        Understood::Nothing { unknown, nearest } => {
            return Ok(help::not_understood(&unknown, nearest));
        }
    };
    let mut answer = tell(live, &question, zone).await?;
    if !assumed.is_empty() {
        let assumed: Vec<String> = assumed.iter().map(|one| text(one)).collect();
        answer.blocks.insert(
            1.min(answer.blocks.len()),
            format!("Taken for granted: {}.", assumed.join("; ")),
        );
    }
    Ok(answer)
}

async fn tell(live: &Live, question: &Meant, zone: &Zone) -> Result<Answer, LiveError> {
    Ok(match question {
        Meant::Figures(asked) => {
            let told = live.figures(asked, zone).await?;
            figures::answer(asked, &told, zone)
        }
        Meant::Calls(asked) => {
            let told = live.calls(asked, zone).await?;
            lists::calls(asked, &told, zone)
        }
        Meant::Call { id } => match live.one_call(*id).await {
            Ok((detail, sql)) => lists::one_call(&detail, sql.as_deref(), zone),
            Err(LiveError::CallNotFound) => Answer::words(format!("There is **no call #{id}**.")),
            Err(error) => return Err(error),
        },
        Meant::Servers { only, unwell } => {
            let told = live.servers(only.as_deref()).await?;
            lists::servers(&told, only.as_deref(), *unwell, zone)
        }
        Meant::Users => lists::users(&live.users()?, zone),
        Meant::Today => today::answer(&live.glance(zone).await?, zone),
    })
}

fn known(names: &Names) -> Known<'_> {
    Known {
        servers: names.servers.iter().map(String::as_str).collect(),
        tools: names.tools.iter().map(String::as_str).collect(),
        users: names.users.iter().map(person).collect(),
    }
}

fn person(person: &Person) -> grammar::Person<'_> {
    grammar::Person {
        email: &person.email,
        name: person.name.as_deref(),
    }
}

/// Why there are no figures, where that is for people; they are never made up instead.
fn excuse(error: &LiveError) -> Result<Answer, ChatError> {
    let said = match error {
        LiveError::Warming { what, percent } => {
            format!(
                "There are **no figures yet**: {what}, {percent} % so far. Ask again in a moment."
            )
        }
        LiveError::Unavailable(detail) | LiveError::Schema(detail) => {
            format!("I **cannot tell**: {}", text(detail))
        }
        LiveError::Timeout => "The database took **too long** to tell. Ask of a shorter time, or \
             without “by user”, “by tool” and words in quotation marks."
            .to_owned(),
        LiveError::Busy => {
            "The database is **busy** with other questions. Ask again in a moment.".to_owned()
        }
        LiveError::Window(error) => format!(
            "There are **no figures of that time**: {}.",
            text(&error.to_string())
        ),
        _ => {
            return Err(ChatError::Failed {
                who: ChatBackend::Assistant,
                words: "The assistant failed to find an answer.".to_owned(),
                cause: error.to_string(),
            });
        }
    };
    let warning = text(&error.to_string());
    Ok(Answer {
        warning: Some(warning),
        suggestions: help::starters(3),
        ..Answer::words(said)
    })
}
