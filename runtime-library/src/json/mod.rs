//! `JSON`.

pub mod parse;
pub mod stringify;

pub(super) use stringify::text_of;
