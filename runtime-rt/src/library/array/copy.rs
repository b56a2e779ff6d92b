//! Methods that make a new array of the elements: `concat`, `slice`, `flat`, `flatMap`.

use super::{Subject, append, new_list, relative_index, require_callable};
use crate::value::{Slot, Value};
use crate::vm::Vm;
use crate::{Args, ErrorKind, Result};

crate::native! {
    /// `array.concat(…items)`
    fn jrt_n_array_concat(vm, args) {
        let [result] = vm.slots()?;
        let (subject, _) = Subject::new(vm, args, "concat")?;
        vm.new_array(0)?.store(result);
        concat_one(vm, result, subject.object)?;
        for i in 0..args.len() {
            if let Some(item) = args.get(i) {
                concat_one(vm, result, item)?;
            }
        }
        Ok(vm.get(result))
    }

    /// `array.slice(start, end)`
    fn jrt_n_array_slice(vm, args) {
        let [start, end] = args.take(vm)?;
        let [result] = vm.slots()?;
        let (subject, length) = Subject::new(vm, args, "")?;
        let from = relative_index(vm, start, length, 0)?;
        let to = relative_index(vm, end, length, length)?;
        let count = to.saturating_sub(from);
        new_list(vm, count, result)?;
        copy_range(vm, subject, from, count, result)?;
        Ok(vm.get(result))
    }

    /// `array.flat(depth)`
    fn jrt_n_array_flat(vm, args) {
        let [depth] = args.take(vm)?;
        let [result, none] = vm.slots()?;
        let (subject, _) = Subject::new(vm, args, "")?;
        let depth = if vm.get(depth).is_undefined() { 1.0 } else { vm.to_integer(depth)? };
        vm.new_array(0)?.store(result);
        flatten(vm, result, subject.object, depth, none, none)?;
        Ok(vm.get(result))
    }

    /// `array.flatMap(callback, this)`
    fn jrt_n_array_flat_map(vm, args) {
        let [callback, this] = args.take(vm)?;
        let [result] = vm.slots()?;
        let (subject, _) = Subject::new(vm, args, "flatMap")?;
        if !vm.get(callback).is_callable() {
            return Err(vm.throw_type("flatMap mapper function is not callable"));
        }
        vm.new_array(0)?.store(result);
        flatten(vm, result, subject.object, 1.0, callback, this)?;
        Ok(vm.get(result))
    }

    /// `array.map(callback, this)`
    fn jrt_n_array_map(vm, args) {
        let [callback, this] = args.take(vm)?;
        let [result, element] = vm.slots()?;
        let (subject, length) = Subject::new(vm, args, "map")?;
        require_callable(vm, callback)?;
        if length > crate::array::MAX_LENGTH {
            return Err(vm.throw_range("Invalid array length"));
        }
        new_list(vm, length, result)?;
        for i in 0..length {
            if !subject.get_present(vm, i, element)? {
                vm.set_array_length(result, i + 1)?;
                continue;
            }
            subject.call(vm, callback, this, element, i, element)?;
            append(vm, result, i, element)?;
        }
        Ok(vm.get(result))
    }

    /// `array.filter(callback, this)`
    fn jrt_n_array_filter(vm, args) {
        filter(vm, args)
    }
}

fn filter(vm: &mut Vm, args: Args) -> Result<Value<'_>> {
    let [callback, this] = args.take(vm)?;
    let [result, element, verdict] = vm.slots()?;
    let (subject, length) = Subject::new(vm, args, "filter")?;
    require_callable(vm, callback)?;
    vm.new_array(0)?.store(result);
    for i in 0..length {
        if subject.get_present(vm, i, element)? {
            subject.call(vm, callback, this, element, i, verdict)?;
            if vm.get(verdict).to_boolean() {
                vm.array_push(result, element)?;
            }
        }
    }
    Ok(vm.get(result))
}

/// Appends `count` elements from `from` on, holes as holes.
pub(super) fn copy_range(vm: &mut Vm, subject: Subject, from: u32, count: u32, result: Slot) -> Result<()> {
    let mark = vm.mark();
    let [element] = vm.slots()?;
    let first = vm.array_length(result);
    for i in 0..count {
        if subject.get_present(vm, from + i, element)? {
            append(vm, result, first + i, element)?;
        } else {
            vm.set_array_length(result, first + i + 1)?;
        }
    }
    vm.release(mark);
    Ok(())
}

/// Appends an array's elements, or a value that is no array.
fn concat_one(vm: &mut Vm, result: Slot, item: Slot) -> Result<()> {
    if !vm.get(item).is_array() {
        return vm.array_push(result, item);
    }
    let mark = vm.mark();
    let (subject, length) = Subject::of(vm, item)?;
    vm.array_reserve(result, vm.array_length(result).saturating_add(length))?;
    copy_range(vm, subject, 0, length, result)?;
    vm.release(mark);
    Ok(())
}

/// Appends the elements of `source`, those of arrays in it down to a depth. With a callback, which is called for each
/// element of `source` itself, what it gives is appended so.
fn flatten(vm: &mut Vm, result: Slot, source: Slot, depth: f64, callback: Slot, this: Slot) -> Result<()> {
    let mark = vm.mark();
    vm.enter_native_code()?;
    let [element] = vm.slots()?;
    let none = vm.push_value(Value::UNDEFINED)?;
    let (subject, length) = Subject::of(vm, source)?;
    let mut outcome = Ok(());
    for i in 0..length {
        outcome = (|| {
            if !subject.get_present(vm, i, element)? {
                return Ok(());
            }
            if !vm.get(callback).is_undefined() {
                subject.call(vm, callback, this, element, i, element)?;
            }
            if depth > 0.0 && vm.get(element).is_array() {
                flatten(vm, result, element, depth - 1.0, none, none)
            } else {
                if vm.array_length(result) >= crate::array::MAX_LENGTH {
                    return Err(
                        vm.throw_error(ErrorKind::Range, &[crate::Piece::Text("Invalid array length")])
                    );
                }
                vm.array_push(result, element)
            }
        })();
        if outcome.is_err() {
            break;
        }
    }
    vm.leave_native_code();
    vm.release(mark);
    outcome
}
