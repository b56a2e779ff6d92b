//! `at`, `includes`, `indexOf`, `lastIndexOf`.

use jerboa_rt::number::{from_length, to_length};
use jerboa_rt::value::{Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{Args, Result};

use super::{Subject, relative_index};

jerboa_rt::native! {
    /// `array.at(index)`
    fn jrt_n_array_at(vm, args) {
        let on = Subject::new(vm, args)?;
        at(vm, args, on)
    }

    /// `array.includes(value, from)`
    fn jrt_n_array_includes(vm, args) {
        let on = Subject::new(vm, args)?;
        includes(vm, args, on).map(Value::bool)
    }

    /// `array.indexOf(value, from)`
    fn jrt_n_array_index_of(vm, args) {
        let on = Subject::named(vm, args)?;
        let index = index_of(vm, args, on)?;
        vm.integer(index)
    }

    /// `array.lastIndexOf(value, from)`
    fn jrt_n_array_last_index_of(vm, args) {
        let on = Subject::named(vm, args)?;
        let index = last_index_of(vm, args, on)?;
        vm.integer(index)
    }
}

/// The element at an index, which counts from the end if it is negative.
pub(crate) fn at(vm: &mut Vm, args: Args, (subject, length): (Subject, u64)) -> Result<Value<'_>> {
    let [index] = args.take(vm)?;
    let [element] = vm.slots()?;
    let index = vm.to_integer(index)?;
    let place = if index < 0.0 { from_length(length) + index } else { index };
    if place < 0.0 || place >= from_length(length) {
        return Ok(Value::UNDEFINED);
    }
    subject.get(vm, to_length(place), element)?;
    Ok(vm.get(element))
}

/// Whether an element is the same value as the first argument.
pub(crate) fn includes(vm: &mut Vm, args: Args, (subject, length): (Subject, u64)) -> Result<bool> {
    let [wanted, from] = args.take(vm)?;
    let [element] = vm.slots()?;
    for i in first(vm, from, length)?..length {
        subject.get(vm, i, element)?;
        if vm.same_values_zero(element, wanted)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The index of the first element that equals the first argument, or -1.
pub(crate) fn index_of(vm: &mut Vm, args: Args, (subject, length): (Subject, u64)) -> Result<i64> {
    let [wanted, from] = args.take(vm)?;
    let [element] = vm.slots()?;
    for i in first(vm, from, length)?..length {
        if subject.get_present(vm, i, element)? && vm.strict_equals(element, wanted)? {
            return Ok(i as i64);
        }
    }
    Ok(-1)
}

/// The index of the last one, or -1.
pub(crate) fn last_index_of(vm: &mut Vm, args: Args, (subject, length): (Subject, u64)) -> Result<i64> {
    let [wanted] = args.take(vm)?;
    let [element] = vm.slots()?;
    let mut end = length;
    // An array without elements does not ask for the place.
    if let Some(from) = args.get(1).filter(|_| length != 0) {
        let from = vm.to_integer(from)?;
        let from = if from < 0.0 { from_length(length) + from } else { from };
        // Saturating: below 0 nothing is searched.
        end = if from < 0.0 { 0 } else { to_length(from).saturating_add(1).min(length) };
    }
    for i in (0..end).rev() {
        if subject.get_present(vm, i, element)? && vm.strict_equals(element, wanted)? {
            return Ok(i as i64);
        }
    }
    Ok(-1)
}

/// Where a search begins; an array without elements does not ask.
fn first(vm: &mut Vm, from: Slot, length: u64) -> Result<u64> {
    if length == 0 { Ok(0) } else { relative_index(vm, from, length, 0) }
}
