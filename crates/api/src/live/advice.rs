//! What is wrong with the database, told so that somebody can mend it.

use crate::store::StoreError;

/// What is wrong and what to do about it.
pub(super) fn advice(failure: &StoreError) -> String {
    let what_to_do = match failure {
        StoreError::Unreachable(_) => {
            "Check that it runs and that DATABASE_URL names it; trying again by itself."
        }
        StoreError::Schema(_) => {
            "Point DATABASE_URL at the hub's database, or grant SELECT on what is missing; \
             trying again by itself."
        }
        StoreError::Timeout(_) | StoreError::Busy => {
            "It may be overloaded; trying again by itself."
        }
        StoreError::Address(_) => "Correct DATABASE_URL and start again.",
        StoreError::Refused(_) => "Trying again by itself; the log has the details.",
    };
    format!("{}. {what_to_do}", sentence(&failure.to_string()))
}

/// Begins with a capital letter and ends without a full stop.
fn sentence(text: &str) -> String {
    let mut letters = text.trim_end_matches('.').chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}
