//! The corpus and its runner: one expected output for each program, checked on every engine and target.
//!
//! A program is a file `programs/<topic>/<name>.js` with its standard output beside it in `<name>.out`.
//! The expectation comes from Node and never from Jerboa (`--bless`), and `--verify-node` shows that it
//! still holds; so a defect that all our engines share can not become the expected behaviour. A file under
//! `diagnostics/` is a source that must be refused; its `.code` file lists what the diagnostic must say.
//!
//! Engines are run through the `jerboa` command alone, as a user would: no library is linked here, and what
//! is tested is what ships. Unit tests of this crate check the runner itself and the shape of the corpus.

pub mod config;
pub mod exec;
pub mod judge;
pub mod node;
pub mod program;
pub mod runner;
pub mod sweep;
