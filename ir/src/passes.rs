//! Analyses and transformations, named by what they find or change.
pub mod dominators;
