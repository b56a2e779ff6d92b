//! One run of a program in which a resource gives out at a chosen point, and what must hold after it: for tests (feature
//! `fail-allocation`).

use jerboa_abi::header::{self, Kind};

use crate::Thrown;
use crate::shape;
use crate::value::Value;
use crate::vm::Vm;

/// What gives out, and when.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Limit {
    /// Nothing.
    None,
    /// One allocation, after so many that succeed.
    Allocation(u32),
    /// The stack, with so many bytes left when the program starts.
    Stack(u32),
}

/// How the program ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ending {
    /// By itself: it met no limit, or has caught the error.
    Regular,
    /// By a RangeError that it did not catch.
    RangeError,
    /// By another exception.
    OtherError,
}

/// A promise that was broken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    /// It ended without an exception to report.
    NothingPending,
    /// The heap's invariants do not hold.
    Heap,
    /// The heap's invariants do not hold after a collection.
    Collected,
    /// The program does not run to its end afterwards, with nothing missing.
    Unusable,
}

/// What came of a run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Trial {
    /// How it ended.
    pub ending: Ending,
    /// Whether it met the limit.
    pub limited: bool,
}

/// Runs the program of a VM under a limit and checks the VM.
///
/// # Errors
/// What is wrong with the VM afterwards.
pub fn trial(vm: &mut Vm, limit: Limit) -> Result<Trial, Fault> {
    let mark = vm.mark();
    vm.overflows.set(0);
    if let Limit::Stack(bytes) = limit {
        leave_stack(vm, bytes);
    }
    vm.fail_allocation(match limit {
        Limit::Allocation(n) => n,
        _ => u32::MAX,
    });
    let outcome = vm.run_entry();
    let left = vm.fail_allocation(u32::MAX);
    let limited = match limit {
        Limit::None => false,
        Limit::Allocation(_) => left == u32::MAX,
        Limit::Stack(_) => vm.overflows.get() != 0,
    };
    let ending = match outcome {
        Ok(()) => Ending::Regular,
        Err(Thrown) => match vm.take_pending().map(Value::word) {
            None => return Err(Fault::NothingPending),
            Some(thrown) if is_range_error(Value::of(thrown)) => Ending::RangeError,
            Some(_) => Ending::OtherError,
        },
    };
    vm.release(mark);
    vm.check_heap().map_err(|_| Fault::Heap)?;
    vm.collect();
    vm.check_heap().map_err(|_| Fault::Collected)?;
    Ok(Trial { ending, limited })
}

/// As [`trial`], and runs the program once more without a limit, which it must end by itself.
///
/// # Errors
/// What is wrong with the VM afterwards.
pub fn trial_and_again(vm: &mut Vm, limit: Limit) -> Result<Trial, Fault> {
    let first = trial(vm, limit)?;
    match trial(vm, Limit::None)?.ending {
        Ending::Regular => Ok(first),
        _ => Err(Fault::Unusable),
    }
}

/// Takes words of the stack until only so many bytes are left.
fn leave_stack(vm: &mut Vm, bytes: u32) {
    vm.note_machine_stack();
    let free = vm.raw_sp.get().saturating_sub(vm.sp.get()).saturating_sub(vm.stack_margin.get());
    // If they are fewer, the program overflows even earlier.
    let _ = vm.push_words(free.saturating_sub(bytes) / 4);
}

fn is_range_error(value: Value<'_>) -> bool {
    value.is(Kind::Error) && header::index(value.header()) == shape::RANGE_ERROR
}
