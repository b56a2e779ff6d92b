//! Analyses and transformations, named by what they find or change.
//!
//! [`run`] is the pipeline. After each pass the verifier runs in debug builds.
pub mod callees;
pub mod captures;
pub mod classes;
pub mod cleanup;
pub mod coroutine;
pub mod dominators;
pub mod field_calls;
pub mod fold;
pub mod forward;
pub mod globals;
pub mod hoist;
pub mod implied;
pub mod infer;
pub mod inline;
pub mod kind;
pub mod loops;
mod memory;
mod operators;
pub mod print;
pub mod push;
pub mod scalars;
pub mod shapes;
pub mod specialise;
pub mod thread;
mod transfer;
mod typed;

use crate::module::Module;
use crate::verify::{VerifyError, verify};

/// The most rounds of inlining.
const MAX_ROUNDS: usize = 4;

/// Runs all passes in their order.
///
/// # Errors
/// A broken invariant, which is a bug of the pass before; always checked at the end, after each pass in debug builds.
pub fn run(module: &mut Module) -> Result<(), VerifyError> {
    captures::run(module);
    cleanup::run(module);
    check(module)?;
    // What one constant is computed from may be another one.
    while globals::run(module) {
        cleanup::run(module);
        check(module)?;
    }
    scalars::run(module);
    // A body that is inlined may show what else is called.
    for round in 0..MAX_ROUNDS {
        callees::run(module);
        cleanup::run(module);
        check(module)?;
        let plain = classes::run(module, round == 0);
        check(module)?;
        if !inline::run(module) && !plain {
            break;
        }
        cleanup::run(module);
        check(module)?;
        scalars::run(module);
    }
    field_calls::run(module);
    forward::run(module);
    thread::run(module);
    cleanup::run(module);
    cleanup::remove_unused_functions(module);
    push::run(module);
    check(module)?;
    let facts = infer::Facts::compute(module);
    specialise::run(module, &facts);
    check(module)?;
    fold::run(module);
    implied::run(module);
    cleanup::run(module);
    check(module)?;
    hoist::run(module);
    check(module)?;
    // A loop and the code before it may have read the same variable.
    forward::run(module);
    cleanup::run(module);
    print::run(module);
    cleanup::run(module);
    verify(module)
}

fn check(module: &Module) -> Result<(), VerifyError> {
    if cfg!(debug_assertions) { verify(module) } else { Ok(()) }
}
