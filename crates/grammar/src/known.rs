//! What the hub knows by name.

/// Names that a question may mention. Whoever asks may spell them in any case, without `MCP` or
/// `server`, by a first name, or with a typing error.
#[derive(Clone, Debug, Default)]
pub struct Known<'a> {
    /// MCP servers, as the hub spells them.
    pub servers: Vec<&'a str>,
    /// Tools, as the hub spells them, without the server's name.
    pub tools: Vec<&'a str>,
    /// Users that have an e-mail address.
    pub users: Vec<Person<'a>>,
}

/// A user of the hub.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Person<'a> {
    /// The e-mail address, which users are told apart by.
    pub email: &'a str,
    /// What they are called, where the hub knows it.
    pub name: Option<&'a str>,
}
