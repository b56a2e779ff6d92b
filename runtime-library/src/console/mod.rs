//! `console` and `print`.
//!
//! There are two of each function of `console`: the general one formats objects and knows the format specifiers, which
//! takes kilobytes of flash; the other one writes primitive values only. The compiler takes that one where it can (see
//! `jerboa_abi::builtins::for_primitives`), so that a program that logs texts and numbers does not carry the formatter.

mod format;
pub mod full;
mod output;
#[cfg(test)]
pub(super) use output::captured;
pub mod primitive;
pub mod print;

/// Descriptor of the standard output.
const STDOUT: u32 = 1;
/// Descriptor of the standard error stream.
const STDERR: u32 = 2;
