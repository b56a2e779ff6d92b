//! Thumb-2.

pub mod emit;
pub mod insn;
pub mod span;
