//! A hub that one can chat with, in every mood.

use std::sync::{Arc, Mutex, PoisonError};

use super::http::Received;
use super::server::Server;
use super::step::Step;

const JSON: (&str, &str) = ("content-type", "application/json");

/// How the hub answers.
#[derive(Clone, Debug)]
pub enum HubMood {
    /// Well, this Markdown, one letter an event.
    Answers(String),
    /// As [`HubMood::Answers`], but each letter, and then the end, waits for [`StubHub::go_on`].
    AnswersWhenTold(String),
    /// These letters, then nothing more, for ever.
    FallsSilentAfter(String),
    /// Nothing at all, not even a head.
    NeverAnswers,
    /// Well, this Markdown, but byte by byte.
    Dribbles(String),
    /// These letters, then half an event, then the connection breaks.
    BreaksAfter(String),
    /// These letters, then the stream ends as if all were said.
    EndsWithoutDone(String),
    /// These letters, then an event `error` with these words.
    FailsAfter(String, String),
    /// This status and these words: `{"detail": "..."}`; a 429 also says to come back in 7 s.
    Refuses(u16, String),
    /// This status and this body, which is HTML.
    SaysHtml(u16, String),
    /// Sends everybody to this address.
    Redirects(String),
    /// Letters that are no UTF-8 between good ones: `a`, junk, `b`.
    BrokenLetters,
    /// Letters without end: so many of them, in events of 1 KiB.
    TooMuch(usize),
    /// One event with so many bytes of text.
    GiantEvent(usize),
    /// Events whose data is no JSON.
    JunkEvents,
    /// An answer that is packed though nobody asked for that.
    Packed,
    /// Does not know how to stream: 404 there, this Markdown in one piece else.
    CannotStream(String),
    /// This Markdown in one piece, also where events are asked for.
    OnePiece(String),
    /// `{"success": false}` with these words.
    NoSuccess(String),
    /// Whatever steps, whatever is asked.
    Plays(Vec<Step>),
}

/// A hub that says what it is told to, on a port of its own.
pub struct StubHub {
    server: Server,
    mood: Arc<Mutex<HubMood>>,
}

impl StubHub {
    /// Starts one in this mood, on the current tokio runtime.
    ///
    /// # Panics
    /// When the loopback has no port left.
    pub async fn start(mood: HubMood) -> StubHub {
        let mood = Arc::new(Mutex::new(mood));
        let shared = Arc::clone(&mood);
        let play = move |request: &Received| {
            let mood = shared.lock().unwrap_or_else(PoisonError::into_inner);
            steps(&mood, request)
        };
        StubHub {
            server: Server::start(Arc::new(play)).await,
            mood,
        }
    }

    /// Its address: what `HUB_URL` is set to.
    pub fn url(&self) -> String {
        self.server.url()
    }

    /// Is in this mood for all questions from now on.
    pub fn is(&self, mood: HubMood) {
        *self.mood.lock().unwrap_or_else(PoisonError::into_inner) = mood;
    }

    /// Lets it say so many letters more, where it waits to be told; the end is one more.
    pub fn go_on(&self, letters: usize) {
        self.server.go_on(letters);
    }

    /// The next request that was not looked at yet; waits for it.
    ///
    /// # Panics
    /// When none comes.
    pub async fn asked(&self) -> Received {
        self.server.asked().await
    }

    /// A request that was not looked at yet, if there is one.
    pub async fn asked_already(&self) -> Option<Received> {
        self.server.asked_already().await
    }

    /// Waits until somebody went away before their answer was whole.
    ///
    /// # Panics
    /// When nobody does.
    pub async fn left(&self) {
        self.server.left().await;
    }
}

/// What is done with a request in a mood.
fn steps(mood: &HubMood, request: &Received) -> Vec<Step> {
    let streams = match (request.method.as_str(), request.path.as_str()) {
        ("POST", "/api/v1/chat/ask/stream") => true,
        ("POST", "/api/v1/chat/ask") => false,
        _ => return refusal(404, "Not Found"),
    };
    match mood {
        HubMood::Plays(steps) => steps.clone(),
        HubMood::NeverAnswers => vec![Step::Hang],
        HubMood::Refuses(status, words) => refusal(*status, words),
        HubMood::SaysHtml(status, html) => {
            let kind = ("content-type", "text/html; charset=utf-8");
            Step::answer(&line(*status), &[kind], html.as_bytes())
        }
        HubMood::Redirects(to) => Step::answer("302 Found", &[("location", to)], b""),
        HubMood::NoSuccess(words) => {
            let body = format!(
                r#"{{"success":false,"answer":"","error":{}}}"#,
                quoted(words)
            );
            Step::answer("200 OK", &[JSON], body.as_bytes())
        }
        HubMood::Packed => {
            let headers = [
                ("content-type", "text/event-stream"),
                ("content-encoding", "gzip"),
            ];
            Step::answer("200 OK", &headers, b"\x1f\x8b\x08\x00")
        }
        HubMood::CannotStream(_) if streams => refusal(404, "Not Found"),
        HubMood::CannotStream(text) | HubMood::OnePiece(text) => one_piece(text),
        mood if streams => streamed(mood),
        HubMood::Answers(text) | HubMood::Dribbles(text) => one_piece(text),
        HubMood::TooMuch(length) | HubMood::GiantEvent(length) => one_piece(&"x".repeat(*length)),
        HubMood::JunkEvents => Step::answer("200 OK", &[JSON], b"junk"),
        HubMood::BrokenLetters => {
            let body = b"{\"success\":true,\"answer\":\"a\xff\xfeb\"}";
            Step::answer("200 OK", &[JSON], body)
        }
        HubMood::AnswersWhenTold(text) => {
            let mut steps = vec![Step::Wait];
            steps.extend(one_piece(text));
            steps
        }
        HubMood::FailsAfter(_, words) => refusal(500, words),
        _ => vec![
            Step::chunked("200 OK", &[JSON]),
            Step::Chunk(b"{\"succ".to_vec()),
        ],
    }
}

fn streamed(mood: &HubMood) -> Vec<Step> {
    let mut steps = vec![Step::events()];
    match mood {
        HubMood::Answers(text) => {
            steps.extend(letters(text));
            steps.extend(end());
        }
        HubMood::AnswersWhenTold(text) => {
            steps.extend(letters(text).flat_map(|letter| [Step::Wait, letter]));
            steps.push(Step::Wait);
            steps.extend(end());
        }
        HubMood::FallsSilentAfter(text) => {
            steps.extend(letters(text));
            steps.push(Step::Hang);
        }
        HubMood::Dribbles(text) => {
            let data = format!("event: token\ndata: {{\"text\":{}}}\n\n", quoted(text));
            steps.push(Step::Dribble(data.into_bytes()));
            steps.extend(end());
        }
        HubMood::BreaksAfter(text) => {
            steps.extend(letters(text));
            steps.push(Step::Chunk(b"event: token\ndata: {\"te".to_vec()));
        }
        HubMood::EndsWithoutDone(text) => {
            steps.extend(letters(text));
            steps.push(Step::End);
        }
        HubMood::FailsAfter(text, words) => {
            steps.extend(letters(text));
            steps.push(Step::event(
                "error",
                &format!(r#"{{"error":{}}}"#, quoted(words)),
            ));
            steps.push(Step::End);
        }
        HubMood::BrokenLetters => {
            let data = b"event: token\ndata: {\"text\":\"a\xff\xfeb\"}\n\n";
            steps.push(Step::Chunk(data.to_vec()));
            steps.extend(end());
        }
        HubMood::TooMuch(length) => {
            steps.extend((0..length / 1024).map(|_| token(&"x".repeat(1024))));
            steps.extend(end());
        }
        HubMood::GiantEvent(length) => {
            steps.push(token(&"x".repeat(*length)));
            steps.extend(end());
        }
        _ => {
            steps.push(Step::event("token", "no JSON"));
            steps.extend(end());
        }
    }
    steps
}

fn letters(text: &str) -> impl Iterator<Item = Step> {
    text.chars().map(|letter| token(&letter.to_string()))
}

fn token(text: &str) -> Step {
    Step::event("token", &format!(r#"{{"text":{}}}"#, quoted(text)))
}

fn end() -> [Step; 2] {
    let data = r#"{"tools_used":["list_repos","get_stats"],"tool_calls":3,"iterations":2}"#;
    [Step::event("done", data), Step::End]
}

fn one_piece(text: &str) -> Vec<Step> {
    let body = format!(
        r#"{{"success":true,"answer":{},"tool_calls":3,"tools_used":["list_repos","get_stats"],"iterations":2,"error":null,"warning":null}}"#,
        quoted(text)
    );
    Step::answer("200 OK", &[JSON], body.as_bytes())
}

fn refusal(status: u16, words: &str) -> Vec<Step> {
    let body = format!(r#"{{"detail":{}}}"#, quoted(words));
    let headers: &[(&str, &str)] = match status {
        429 => &[JSON, ("retry-after", "7")],
        _ => &[JSON],
    };
    Step::answer(&line(status), headers, body.as_bytes())
}

fn line(status: u16) -> String {
    format!("{status} As Told")
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
