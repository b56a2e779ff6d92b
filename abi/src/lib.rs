//! The one place that states how Jerboa's parts meet: value tags, heap headers, the image format, the
//! built-in objects, the opcode table and the runtime's entry points.
//!
//! Everything else (encoders, decoders, verifier, interpreter, lowerings, documentation) is derived from
//! the tables here. The crate is `no_std` and has no dependencies, because the device runtime uses it too.
#![no_std]

pub mod builtins;
pub mod edition;
pub mod entry;
pub mod feature;
pub mod header;
pub mod helper;
pub mod image;
pub mod opcode;
pub mod regexp;
pub mod value;
