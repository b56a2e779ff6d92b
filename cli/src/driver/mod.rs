//! Everything between object files and a running image: targets, the runtime's archive, linking, image files, runners
//! and measurement.
//!
//! This is the only part of Jerboa that spawns processes. It prints nothing: progress goes to a callback, results
//! and errors to the caller. The order of a build is
//!
//! 1. [`target::Registry::load`] reads a target's description,
//! 2. [`runtime_build::archive`] finds or builds the runtime for its triple,
//! 3. [`link::link`] makes the image of the program's objects and that archive,
//! 4. [`image`] converts and measures it,
//! 5. [`run::run`] runs it where the target says, or [`count::run_counted`] does so and counts.

pub mod count;
pub mod doctor;
pub mod error;
mod gates;
pub mod gdb;
pub mod image;
pub mod link;
pub mod modules;
mod package;
pub mod process;
pub mod run;
pub mod runtime_build;
pub mod stack_depth;
pub mod target;
pub mod toolchain;
pub mod wasm;

pub use error::{Error, Result};

/// Receives one line about what is being done now, such as the first build of a runtime.
pub type Progress<'a> = &'a dyn Fn(&str);

#[cfg(test)]
mod boot_tests;
