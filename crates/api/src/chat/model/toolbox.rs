//! What a model may ask of the dashboard.

use futures_util::future::BoxFuture;
use serde_json::Value;
use timeline::Zone;

/// A question that a model may ask.
pub(in crate::chat) struct Tool {
    /// What it is called by: letters, digits and `_`.
    pub(in crate::chat) name: &'static str,
    /// What it answers, for the model.
    pub(in crate::chat) description: &'static str,
    /// What it takes: a JSON schema of an object.
    pub(in crate::chat) parameters: Value,
}

/// Questions that a model may ask.
pub(in crate::chat) trait Toolbox: Send + Sync {
    /// All of them.
    fn tools(&self) -> Vec<Tool>;

    /// The answer to one, in the asker's time zone. When there is none it says why, so that the
    /// model can ask better; `arguments` are whatever the model made up.
    fn call<'a>(&'a self, name: &'a str, arguments: Value, zone: &'a Zone)
    -> BoxFuture<'a, String>;
}
