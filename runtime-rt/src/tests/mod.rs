//! Tests of the runtime core on the host, without an engine and without built-in functions (the library's crate has
//! those that ask for some). All run under `gc-stress` as well.

mod calls;
mod collector;
mod failure;
mod images;
mod operators;
mod properties;
mod strings;
