//! The iterations of for-in, for-of and spread.

use super::{entries, hold, status, val};
use crate::Result;
use crate::value::Slot;
use crate::vm::Vm;

/// Appends all that iterating a value gives.
fn append(vm: &mut Vm, array: Slot, iterable: Slot) -> Result<()> {
    let [state, item] = vm.slots()?;
    vm.for_of(iterable)?.store(state);
    loop {
        vm.iterator_next(state)?.store(item);
        if vm.get(item).is_empty() {
            return Ok(());
        }
        vm.array_push(array, item)?;
    }
}

entries! {
    /// The state of a for-in loop.
    fn jrt_for_in_start(sp: sp, object: val) -> val {
        let (vm, [object]) = hold(sp, [object]);
        val(vm.for_in(object))
    }

    /// The next key, or `EMPTY`.
    fn jrt_for_in_next(sp: sp, state: val) -> val {
        let (vm, [state]) = hold(sp, [state]);
        val(vm.iterator_next(state))
    }

    /// The state of a for-of loop.
    fn jrt_iter_start(sp: sp, iterable: val) -> val {
        let (vm, [iterable]) = hold(sp, [iterable]);
        val(vm.for_of(iterable))
    }

    /// The next value, or `EMPTY`.
    fn jrt_iter_next(sp: sp, state: val) -> val {
        let (vm, [state]) = hold(sp, [state]);
        val(vm.iterator_next(state))
    }

    /// Leaves an iteration early.
    fn jrt_iter_close(sp: sp, state: val) -> status {
        let (vm, [state]) = hold(sp, [state]);
        status(vm.iterator_close(state))
    }

    /// Appends an element to an array literal under construction.
    fn jrt_array_push(sp: sp, array: val, value: val) -> status {
        let (vm, [array, value]) = hold(sp, [array, value]);
        status(vm.array_append(array, value))
    }

    /// Appends all elements of an iteration to an array literal under construction.
    fn jrt_array_append(sp: sp, array: val, iterable: val) -> status {
        let (vm, [array, iterable]) = hold(sp, [array, iterable]);
        status(append(vm, array, iterable))
    }
}
