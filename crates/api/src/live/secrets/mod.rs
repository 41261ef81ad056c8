//! What must not be told of what callers, tools and servers said: secrets become `•••`.
//!
//! A value is a secret by the name it stands under (`names`), or because it looks like
//! one (`looks`). In doubt it is taken for one: a word too many is hidden rather than a
//! password shown.

mod looks;
mod names;
mod value;

pub(super) use looks::without_secrets;
pub(super) use value::shown;

/// What stands in a secret's place.
const MASK: &str = "•••";
