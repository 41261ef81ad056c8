//! Why somebody stays outside.

/// Why somebody stays outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DoorError {
    /// Nobody is signed in, or not any more.
    #[error("nobody is signed in")]
    Unauthenticated,
    /// The name, the password or the token is wrong: which, nobody is told.
    #[error("what was shown is wrong")]
    Failed,
    /// Too many wrong ones; another one may be tried after so many seconds.
    #[error("too many wrong ones")]
    Throttled(u32),
    /// More are being checked than there is room for.
    #[error("too many are being checked")]
    Busy,
    /// A mistake of ours.
    #[error("what was shown could not be checked")]
    Internal,
}
