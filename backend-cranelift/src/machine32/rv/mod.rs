//! RV32IMC.

pub mod emit;
pub mod insn;
pub mod span;
