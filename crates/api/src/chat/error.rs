//! Why there is no answer, or no more of it.

use std::time::Duration;

use shared_types::ChatBackend;

use super::called;
use crate::live::LiveError;

/// Why there is no answer. As text it is for people and may repeat words of whoever answers:
/// for the log there is [`ChatError::cause`].
#[derive(Debug, thiserror::Error)]
pub enum ChatError {
    /// More answers are being written than there is room for.
    #[error("{0} answers are being written already. Ask again in a moment.")]
    TooMany(usize),
    /// A server cannot be reached.
    #[error("{} cannot be reached. Ask again in a moment.", called(*.who))]
    Unreachable {
        /// Which.
        who: ChatBackend,
        /// What the system says, for the log.
        cause: String,
    },
    /// A server says nothing, or does not come to an end.
    #[error("{} took too long: more than {} s. Ask again, or ask for less.", called(*.who), .after.as_secs_f64())]
    Timeout {
        /// Which.
        who: ChatBackend,
        /// How long it was given.
        after: Duration,
    },
    /// A limit of whoever answers is reached.
    #[error("{words}")]
    Limited {
        /// In their words where they have some.
        words: String,
        /// When to come back, seconds, if they say.
        retry_after: Option<u32>,
    },
    /// The question is not taken.
    #[error("{words}")]
    Refused {
        /// Why.
        words: String,
    },
    /// A server failed, or says what makes no sense.
    #[error("{words}")]
    Failed {
        /// Which.
        who: ChatBackend,
        /// In their words where they have some.
        words: String,
        /// What it did, without its words, for the log.
        cause: String,
    },
    /// The answer is longer than answers may be.
    #[error("The answer is too long: answers may have {} KiB. Ask for less.", .longest / 1024)]
    TooLong {
        /// Whose.
        who: ChatBackend,
        /// How long it may be, in bytes.
        longest: usize,
    },
    /// The API is stopped.
    #[error("The dashboard is being restarted. Ask again in a moment.")]
    Stopping,
    /// There are no figures to answer from.
    #[error(transparent)]
    Figures(#[from] LiveError),
}

impl ChatError {
    /// What a server did that makes no sense.
    pub(super) fn junk(who: ChatBackend, cause: impl Into<String>) -> ChatError {
        let words = format!("{} gave an answer that makes no sense.", called(who));
        ChatError::Failed {
            who,
            words,
            cause: cause.into(),
        }
    }

    /// An answer that ended before it was whole.
    pub(super) fn broke_off(who: ChatBackend, cause: impl Into<String>) -> ChatError {
        ChatError::Failed {
            who,
            words: format!("The answer broke off. {} said no more.", called(who)),
            cause: cause.into(),
        }
    }

    /// For the log: what happened, without a word of a question or an answer.
    pub fn cause(&self) -> String {
        match self {
            ChatError::TooMany(_) => "too many answers at once".to_owned(),
            ChatError::Unreachable { cause, .. } | ChatError::Failed { cause, .. } => cause.clone(),
            ChatError::Timeout { after, .. } => format!("took more than {after:?}"),
            ChatError::Limited { .. } => "a limit is reached".to_owned(),
            ChatError::Refused { .. } => "refused".to_owned(),
            ChatError::TooLong { longest, .. } => format!("an answer of more than {longest} bytes"),
            ChatError::Stopping => "stopping".to_owned(),
            ChatError::Figures(error) => error.to_string(),
        }
    }
}
