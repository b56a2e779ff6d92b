//! Generators for fuzzing: pure functions of a seed, so that a failure is repeated by its number alone.
//!
//! [`source`] makes mutants of JavaScript programs for the compiler; [`bytes`] makes mutants of binary
//! images for the loader and the verifier. Neither knows what it tests: the oracles live with those who
//! call, and the same property runs for a second in the ordinary tests and for hours under a fuzzer.
//!
//! There is no I/O and no global state here, and no randomness but that of [`rng::Rng`].

pub mod bytes;
pub mod rng;
pub mod source;
pub mod tokens;
