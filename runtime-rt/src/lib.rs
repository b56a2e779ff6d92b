//! Placeholder.
#![cfg_attr(not(test), no_std)]

pub mod number;
pub mod text;
