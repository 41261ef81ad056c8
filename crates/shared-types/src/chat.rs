use serde::{Deserialize, Serialize};

/// The longest message, in bytes of UTF-8.
pub const LONGEST_MESSAGE: usize = 16 * 1024;
/// How many earlier messages go along with a question.
pub const LONGEST_HISTORY: usize = 20;

/// Who answers, and what one could ask.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChatAbout {
    /// Who answers.
    pub backend: ChatBackend,
    /// Their name, for people.
    pub name: String,
    /// What they answer from, in a few words, for people.
    pub about: String,
    /// Questions to begin with.
    pub suggestions: Vec<String>,
}

/// Who answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum ChatBackend {
    /// The hub.
    Hub,
    /// The dashboard itself, from its own figures.
    Assistant,
    /// A language model that asks the dashboard for figures.
    Model,
}

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChatQuestion {
    /// In words, 16 KiB at most.
    #[cfg_attr(
        feature = "openapi",
        schema(min_length = 1, max_length = 16384, pattern = "\\S")
    )]
    pub message: String,
    /// What was said before, oldest first, 20 at most: for a language model, which remembers
    /// nothing itself.
    #[cfg_attr(feature = "openapi", schema(max_items = 20, nullable))]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub history: Vec<ChatTurn>,
}

/// What was said before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChatTurn {
    /// By whom.
    pub role: ChatRole,
    /// In words.
    pub text: String,
}

/// Who said it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum ChatRole {
    /// The one who asks.
    User,
    /// The one who answers.
    Assistant,
}

/// An answer, whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChatAnswer {
    /// It worked.
    pub success: bool,
    /// In Markdown.
    pub answer: String,
    /// How many tools were called.
    #[serde(default)]
    pub tool_calls: u32,
    /// Which.
    #[serde(default)]
    pub tools_used: Vec<String>,
    /// Rounds between model and tools.
    #[serde(default)]
    pub iterations: u32,
    /// What went wrong, for people.
    #[serde(default)]
    pub error: Option<String>,
    /// What was odd, for people.
    #[serde(default)]
    pub warning: Option<String>,
    /// What one could ask next.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub suggestions: Vec<String>,
}

/// Names of the events of a streamed answer.
pub mod chat_event {
    /// Carries a [`super::ChatToken`].
    pub const TOKEN: &str = "token";
    /// Carries a [`super::ChatDone`]: the last event of an answer that worked.
    pub const DONE: &str = "done";
    /// Carries a [`super::ChatFailure`]: the last event of one that did not.
    pub const ERROR: &str = "error";
}

/// The next piece of an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChatToken {
    /// In Markdown; it can be as small as one character.
    pub text: String,
}

/// The end of an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChatDone {
    /// Tools that were called.
    #[serde(default)]
    pub tools_used: Vec<String>,
    /// How many calls of tools.
    #[serde(default)]
    pub tool_calls: u32,
    /// Rounds between model and tools.
    #[serde(default)]
    pub iterations: u32,
    /// What was odd, for people.
    #[serde(default)]
    pub warning: Option<String>,
    /// What one could ask next.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub suggestions: Vec<String>,
}

/// Why an answer broke off.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChatFailure {
    /// For people, with what to do.
    pub error: String,
}
