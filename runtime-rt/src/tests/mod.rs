//! Tests of the runtime core on the host, without an engine. All run under `gc-stress` as well.

mod calls;
mod collector;
mod failure;
mod images;
mod operators;
mod properties;
mod strings;
