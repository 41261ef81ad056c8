//! A server that speaks OpenAI's protocol as a language model would, in every mood.

use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Value, json};

use super::http::Received;
use super::server::Server;
use super::step::Step;

const JSON: (&str, &str) = ("content-type", "application/json");
/// The last event of an answer.
const DONE: &[u8] = b"data: [DONE]\n\n";

/// How calls of tools are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spelling {
    /// As OpenAI does: numbered, the arguments in fragments, ended by `tool_calls`.
    Fragments,
    /// At once, without numbers, the arguments as an object, ended by `stop`.
    AtOnce,
    /// Not streamed: one message in JSON.
    OnePiece,
}

/// How the model answers.
#[derive(Clone, Debug)]
pub enum ModelMood {
    /// Well, this Markdown, one letter a piece.
    Answers(String),
    /// As [`ModelMood::Answers`], but each letter, and then the end, waits for
    /// [`StubModel::go_on`].
    AnswersWhenTold(String),
    /// Says this, calls these tools with these arguments, and then repeats all that they told.
    Asks(String, Vec<(String, Value)>, Spelling),
    /// Calls this tool in every round, whatever it is told.
    AsksForEver(String),
    /// These letters, then the end, because there may be no more of them.
    StopsShort(String),
    /// These letters, then nothing more, for ever.
    FallsSilentAfter(String),
    /// Nothing at all, not even a head.
    NeverAnswers,
    /// These letters, then half a piece, then the connection breaks.
    BreaksAfter(String),
    /// These letters, then the stream ends as if all were said.
    EndsWithoutDone(String),
    /// These letters, then an error with these words.
    FailsAfter(String, String),
    /// This status and these words; a 429 also says to come back in 7 s.
    Refuses(u16, String),
    /// Whatever steps, whatever is asked.
    Plays(Vec<Step>),
}

/// A model that says what it is told to, on a port of its own.
pub struct StubModel {
    server: Server,
    mood: Arc<Mutex<ModelMood>>,
}

impl StubModel {
    /// Starts one in this mood, on the current tokio runtime.
    ///
    /// # Panics
    /// When the loopback has no port left.
    pub async fn start(mood: ModelMood) -> StubModel {
        let mood = Arc::new(Mutex::new(mood));
        let shared = Arc::clone(&mood);
        let play = move |request: &Received| {
            let mood = shared.lock().unwrap_or_else(PoisonError::into_inner);
            steps(&mood, request)
        };
        StubModel {
            server: Server::start(Arc::new(play)).await,
            mood,
        }
    }

    /// Its address: what `LLM_BASE_URL` is set to.
    pub fn url(&self) -> String {
        format!("{}/v1", self.server.url())
    }

    /// Is in this mood for all requests from now on.
    pub fn is(&self, mood: ModelMood) {
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

fn steps(mood: &ModelMood, request: &Received) -> Vec<Step> {
    let here = ("POST", "/v1/chat/completions");
    if (request.method.as_str(), request.path.as_str()) != here {
        return Step::answer("404 Not Found", &[JSON], b"{}");
    }
    let told = results(&request.body);
    match mood {
        ModelMood::Plays(steps) => steps.clone(),
        ModelMood::NeverAnswers => vec![Step::Hang],
        ModelMood::Refuses(status, words) => {
            let body = json!({ "error": { "message": words, "type": "invalid_request_error" } });
            let headers: &[(&str, &str)] = match status {
                429 => &[JSON, ("retry-after", "7")],
                _ => &[JSON],
            };
            let body = body.to_string();
            Step::answer(&format!("{status} As Told"), headers, body.as_bytes())
        }
        ModelMood::Asks(_, _, Spelling::OnePiece) if !told.is_empty() => {
            let said = json!({ "role": "assistant", "content": told.join("\n") });
            one_piece(&said, "stop")
        }
        ModelMood::Asks(_, calls, Spelling::OnePiece) => {
            let calls: Vec<Value> = calls.iter().map(whole_call).collect();
            let said = json!({ "role": "assistant", "content": null, "tool_calls": calls });
            one_piece(&said, "tool_calls")
        }
        ModelMood::Asks(..) if !told.is_empty() => answer(&told.join("\n")),
        ModelMood::Asks(text, calls, spelling) => asks(text, calls, *spelling),
        ModelMood::AsksForEver(tool) => asks("", &[(tool.clone(), json!({}))], Spelling::Fragments),
        mood => says(mood),
    }
}

/// What tools have told so far, oldest first.
fn results(body: &str) -> Vec<String> {
    let body: Value = serde_json::from_str(body).unwrap_or_default();
    let messages = body.get("messages").and_then(Value::as_array);
    let tools = messages
        .into_iter()
        .flatten()
        .filter(|message| message.get("role").and_then(Value::as_str) == Some("tool"));
    tools
        .filter_map(|message| message.get("content")?.as_str())
        .map(str::to_owned)
        .collect()
}

fn says(mood: &ModelMood) -> Vec<Step> {
    let mut steps = vec![Step::events()];
    match mood {
        ModelMood::Answers(text) => return answer(text),
        ModelMood::AnswersWhenTold(text) => {
            steps.extend(letters(text).flat_map(|letter| [Step::Wait, letter]));
            steps.push(Step::Wait);
            steps.extend(end("stop"));
        }
        ModelMood::StopsShort(text) => {
            steps.extend(letters(text));
            steps.extend(end("length"));
        }
        ModelMood::FallsSilentAfter(text) => {
            steps.extend(letters(text));
            steps.push(Step::Hang);
        }
        ModelMood::BreaksAfter(text) => {
            steps.extend(letters(text));
            steps.push(Step::Chunk(b"data: {\"cho".to_vec()));
        }
        ModelMood::EndsWithoutDone(text) => {
            steps.extend(letters(text));
            steps.push(Step::End);
        }
        ModelMood::FailsAfter(text, words) => {
            steps.extend(letters(text));
            steps.push(data(&json!({ "error": { "message": words, "code": 500 } })));
            steps.push(Step::End);
        }
        _ => {}
    }
    steps
}

fn answer(text: &str) -> Vec<Step> {
    let mut steps = vec![Step::events()];
    // As OpenAI begins: who speaks, and nothing yet.
    steps.push(piece(&json!({ "role": "assistant", "content": "" }), None));
    steps.extend(letters(text));
    steps.extend(end("stop"));
    steps
}

fn asks(text: &str, calls: &[(String, Value)], spelling: Spelling) -> Vec<Step> {
    let mut steps = vec![Step::events()];
    steps.extend(letters(text));
    if spelling == Spelling::AtOnce {
        let calls: Vec<Value> = calls.iter().map(whole_call).collect();
        steps.push(piece(&json!({ "tool_calls": calls }), None));
        steps.extend(end("stop"));
        return steps;
    }
    for (index, (name, arguments)) in calls.iter().enumerate() {
        let function = json!({ "name": name, "arguments": "" });
        let id = format!("call_of_{name}");
        let call = json!({ "index": index, "id": id, "type": "function", "function": function });
        steps.push(piece(&json!({ "tool_calls": [call] }), None));
        for letter in arguments.to_string().chars() {
            let function = json!({ "arguments": letter.to_string() });
            let more = json!({ "index": index, "function": function });
            steps.push(piece(&json!({ "tool_calls": [more] }), None));
        }
    }
    steps.extend(end("tool_calls"));
    steps
}

fn whole_call((name, arguments): &(String, Value)) -> Value {
    json!({ "function": { "name": name, "arguments": arguments } })
}

fn letters(text: &str) -> impl Iterator<Item = Step> {
    text.chars()
        .map(|letter| piece(&json!({ "content": letter.to_string() }), None))
}

fn end(reason: &str) -> [Step; 4] {
    let numbers = json!({ "choices": [], "usage": { "total_tokens": 42 } });
    let last = piece(&json!({}), Some(reason));
    [last, data(&numbers), Step::Chunk(DONE.to_vec()), Step::End]
}

fn piece(delta: &Value, finish_reason: Option<&str>) -> Step {
    data(&json!({
        "id": "chatcmpl-1",
        "object": "chat.completion.chunk",
        "choices": [{ "index": 0, "delta": delta, "finish_reason": finish_reason }],
    }))
}

fn data(value: &Value) -> Step {
    Step::Chunk(format!("data: {value}\n\n").into_bytes())
}

fn one_piece(message: &Value, reason: &str) -> Vec<Step> {
    let choice = json!({ "index": 0, "message": message, "finish_reason": reason });
    let body = json!({ "object": "chat.completion", "choices": [choice] });
    Step::answer("200 OK", &[JSON], body.to_string().as_bytes())
}
