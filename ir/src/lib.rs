//! Jerboa's typed SSA intermediate representation.
//!
//! Ops stay at JavaScript's level, with types on them: the interpreter wants them whole, the native backends
//! expand them. The crate knows neither JavaScript's syntax nor any target, does no I/O and is deterministic.
//!
//! * [`op`]: the op table: name, operands, result, effects and meaning of every op;
//! * [`module`]: modules, functions, blocks, instructions, constants;
//! * [`builder`]: SSA construction from variables (Braun et al., CC 2013);
//! * [`text`]: the text form, printer and parser, with `print(parse(x)) == x`;
//! * [`verify`]: the invariants, each checked;
//! * [`passes`]: analyses and transformations.
pub mod builder;
pub mod module;
pub mod op;
pub mod passes;
pub mod text;
pub mod types;
pub mod verify;

pub use module::*;
pub use op::{Op, Terminator};
pub use types::*;
