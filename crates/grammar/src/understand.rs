//! From a message to what became of it.

use timeline::{Micros, Zone};

use crate::decide::{Decision, decide};
use crate::gather::gather;
use crate::heard::Heard;
use crate::known::Known;
use crate::names::Names;
use crate::nearest::{MOST, candidates};
use crate::question::Understood;
use crate::spelling::put_right;
use crate::tagging::{Tag, Tagger};
use crate::times::Clock;
use crate::words::{MOST_TOKENS, tokens};

/// What is said back of a message that was not understood.
const MOST_SAID_BACK: usize = 5;

/// Understands a message, in the words of the hub that knows `known`, asked in `zone` at `now`.
///
/// Of messages of any length the first 150 words are looked at; a longer one is no question.
pub fn understand(message: &str, known: &Known<'_>, zone: &Zone, now: Micros) -> Understood {
    let names = Names::new(known);
    let clock = Clock { now, zone };
    let reading = read(message, &names, clock);
    match reading.decision {
        Ok(Decision::Question(question)) => Understood::Question {
            question,
            assumed: reading.heard.assumed,
        },
        Ok(Decision::Help) => Understood::Help,
        Ok(Decision::Courtesy) => Understood::Courtesy,
        Err(mut unknown) => {
            unknown.truncate(MOST_SAID_BACK);
            let tried = candidates(message, &reading.tags, &reading.heard);
            let mut nearest: Vec<String> = Vec::new();
            for candidate in tried {
                let is_question = || {
                    matches!(
                        read(&candidate, &names, clock).decision,
                        Ok(Decision::Question(_))
                    )
                };
                if nearest.len() < MOST && !nearest.contains(&candidate) && is_question() {
                    nearest.push(candidate);
                }
            }
            Understood::Nothing { unknown, nearest }
        }
    }
}

/// What was read in a message.
struct Reading<'a> {
    tags: Vec<Tag<'a>>,
    heard: Heard<'a>,
    decision: Result<Decision, Vec<String>>,
}

fn read<'a>(message: &str, names: &Names<'a>, clock: Clock<'_>) -> Reading<'a> {
    let mut tokens = tokens(message);
    if tokens.len() > MOST_TOKENS {
        let long = "that is longer than one question".to_owned();
        return Reading {
            tags: Vec::new(),
            heard: Heard::default(),
            decision: Err(vec![long]),
        };
    }
    let put_right = put_right(&mut tokens, names);
    let tagger = Tagger {
        message,
        tokens: &tokens,
        put_right: &put_right,
        names,
        clock,
    };
    let tags = tagger.tags();
    let mut heard = gather(message, &tags);
    let asks_how = tokens.is_empty() && message.contains('?');
    let decision = if asks_how {
        Ok(Decision::Help)
    } else {
        decide(&mut heard, clock.now)
    };
    Reading {
        tags,
        heard,
        decision,
    }
}
