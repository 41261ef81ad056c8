//! How much is done for one answer.

/// Bytes of an answer that are read as Markdown: what comes after them stays plain text.
pub(crate) const MARKDOWN: usize = 256 * 1024;
/// Bytes in a block of that plain text.
pub(crate) const PLAIN_BLOCK: usize = 8 * 1024;
/// Bytes of HTML that are made of Markdown at once, by and large: hostile Markdown can
/// become much larger than it is.
pub(crate) const HTML: usize = 4 * 1024 * 1024;
/// How deep elements lie in each other.
pub(crate) const DEPTH: usize = 32;
/// Bytes, and lines, of a piece of code that is highlighted.
pub(crate) const CODE: usize = 200_000;
pub(crate) const CODE_LINES: usize = 2_000;
/// Bytes in a line of it.
pub(crate) const CODE_LINE: usize = 2_000;
/// Bytes of the end of an answer that are read again with each piece that comes...
pub(crate) const EAGER: usize = 1024;
/// ...and beyond that, it is read again when it has grown by this part.
pub(crate) const GROWTH: usize = 32;
