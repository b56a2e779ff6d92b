//! Methods that call a callback for each element and give no new array.

use jerboa_rt::value::{Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{Args, Result};

use super::{Subject, require_callable};

jerboa_rt::native! {
    /// `array.forEach(callback, this)`
    fn jrt_n_array_for_each(vm, args) {
        let on = Subject::named(vm, args)?;
        until(vm, args, on, |_| false)?;
        Ok(Value::UNDEFINED)
    }

    /// `array.every(callback, this)`
    fn jrt_n_array_every(vm, args) {
        let on = Subject::named(vm, args)?;
        Ok(Value::bool(!until(vm, args, on, |verdict| !verdict.to_boolean())?))
    }

    /// `array.some(callback, this)`
    fn jrt_n_array_some(vm, args) {
        let on = Subject::named(vm, args)?;
        Ok(Value::bool(until(vm, args, on, |verdict| verdict.to_boolean())?))
    }

    /// `array.find(callback, this)`
    fn jrt_n_array_find(vm, args) {
        let [element] = vm.slots()?;
        let on = Subject::named(vm, args)?;
        find(vm, args, on, false, element)?;
        Ok(vm.get(element))
    }

    /// `array.findIndex(callback, this)`
    fn jrt_n_array_find_index(vm, args) {
        let [element] = vm.slots()?;
        let on = Subject::named(vm, args)?;
        let index = find(vm, args, on, false, element)?;
        vm.integer(index)
    }

    /// `array.findLast(callback, this)`
    fn jrt_n_array_find_last(vm, args) {
        let [element] = vm.slots()?;
        let on = Subject::named(vm, args)?;
        find(vm, args, on, true, element)?;
        Ok(vm.get(element))
    }

    /// `array.findLastIndex(callback, this)`
    fn jrt_n_array_find_last_index(vm, args) {
        let [element] = vm.slots()?;
        let on = Subject::named(vm, args)?;
        let index = find(vm, args, on, true, element)?;
        vm.integer(index)
    }

    /// `array.reduce(callback, initial)`
    fn jrt_n_array_reduce(vm, args) {
        let [result] = vm.slots()?;
        let on = Subject::named(vm, args)?;
        reduce(vm, args, on, false, result)?;
        Ok(vm.get(result))
    }

    /// `array.reduceRight(callback, initial)`
    fn jrt_n_array_reduce_right(vm, args) {
        let [result] = vm.slots()?;
        let on = Subject::named(vm, args)?;
        reduce(vm, args, on, true, result)?;
        Ok(vm.get(result))
    }
}

/// Calls the callback for each element that is there, until what it returns satisfies `stop`; whether that happened.
pub(crate) fn until(
    vm: &mut Vm,
    args: Args,
    on: (Subject, u64),
    stop: fn(Value<'_>) -> bool,
) -> Result<bool> {
    let [callback, this] = args.take(vm)?;
    let [element] = vm.slots()?;
    let (subject, length) = on;
    require_callable(vm, callback)?;
    for i in 0..length {
        if subject.get_present(vm, i, element)? {
            subject.call(vm, callback, this, element, i, element)?;
            if stop(vm.get(element)) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// The index of the first element (or the last one, from the end) that the callback accepts, or -1; the element is put in
/// a slot, `undefined` if there is none.
pub(crate) fn find(
    vm: &mut Vm,
    args: Args,
    on: (Subject, u64),
    backwards: bool,
    element: Slot,
) -> Result<i64> {
    let [callback, this] = args.take(vm)?;
    let [verdict] = vm.slots()?;
    let (subject, length) = on;
    require_callable(vm, callback)?;
    for step in 0..length {
        let i = if backwards { length - 1 - step } else { step };
        subject.get(vm, i, element)?;
        subject.call(vm, callback, this, element, i, verdict)?;
        if vm.get(verdict).to_boolean() {
            return Ok(i as i64);
        }
    }
    super::MISSING.store(element);
    Ok(-1)
}

/// Folds the elements that are there, from the end if `backwards`; the result is put in a slot.
pub(crate) fn reduce(
    vm: &mut Vm,
    args: Args,
    on: (Subject, u64),
    backwards: bool,
    result: Slot,
) -> Result<()> {
    let [callback] = args.take(vm)?;
    let [element, index, none] = vm.slots()?;
    let (subject, length) = on;
    require_callable(vm, callback)?;
    let mut started = false;
    if let Some(initial) = args.get(1) {
        vm.copy(initial, result);
        started = true;
    }
    for step in 0..length {
        let i = if backwards { length - 1 - step } else { step };
        if !subject.get_present(vm, i, element)? {
            continue;
        }
        if !started {
            vm.copy(element, result);
            started = true;
            continue;
        }
        vm.index(i)?.store(index);
        vm.call_with(callback, none, &[result, element, index, subject.object])?.store(result);
    }
    if started { Ok(()) } else { Err(vm.throw_type("Reduce of empty array with no initial value")) }
}
