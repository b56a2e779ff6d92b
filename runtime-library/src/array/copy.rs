//! Methods that make a new array of the elements: `concat`, `slice`, `flat`, `flatMap`.

use jerboa_abi::builtins::NativeId;
use jerboa_abi::value as word;
use jerboa_rt::value::{Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{Args, Result};

use super::{Output, Subject, relative_index, require_callable};

jerboa_rt::native! {
    /// `array.concat(…items)`
    fn jrt_n_array_concat(vm, args) {
        let [result] = vm.slots()?;
        let (subject, _) = Subject::named(vm, args)?;
        let mut output = Output::like(vm, subject, 0, result)?;
        concat_one(vm, &mut output, subject.object)?;
        for i in 0..args.len() {
            if let Some(item) = args.get(i) {
                concat_one(vm, &mut output, item)?;
            }
        }
        output.finish(vm)?;
        Ok(vm.get(result))
    }

    /// `array.slice(start, end)`
    fn jrt_n_array_slice(vm, args) {
        let [start, end] = args.take(vm)?;
        let [result] = vm.slots()?;
        let (subject, length) = Subject::new(vm, args)?;
        let from = relative_index(vm, start, length, 0)?;
        let to = relative_index(vm, end, length, length)?;
        let count = to.saturating_sub(from);
        let mut output = Output::like(vm, subject, count, result)?;
        copy_range(vm, subject, from, count, &mut output)?;
        output.finish(vm)?;
        Ok(vm.get(result))
    }

    /// `array.flat(depth)`
    fn jrt_n_array_flat(vm, args) {
        let [depth] = args.take(vm)?;
        let [result, none] = vm.slots()?;
        let (subject, length) = Subject::new(vm, args)?;
        let depth = if vm.get(depth).is_undefined() { 1.0 } else { vm.to_integer(depth)? };
        let mut output = Output::like(vm, subject, 0, result)?;
        flatten(vm, &mut output, (subject, length), depth, none, none)?;
        Ok(vm.get(result))
    }

    /// `array.flatMap(callback, this)`
    fn jrt_n_array_flat_map(vm, args) {
        let [callback, this] = args.take(vm)?;
        let [result] = vm.slots()?;
        let (subject, length) = Subject::named(vm, args)?;
        if !vm.get(callback).is_callable() {
            return Err(vm.throw_type("flatMap mapper function is not callable"));
        }
        let mut output = Output::like(vm, subject, 0, result)?;
        flatten(vm, &mut output, (subject, length), 1.0, callback, this)?;
        Ok(vm.get(result))
    }

    /// `array.map(callback, this)`
    fn jrt_n_array_map(vm, args) {
        let [callback, this] = args.take(vm)?;
        let [result, element] = vm.slots()?;
        let (subject, length) = Subject::named(vm, args)?;
        require_callable(vm, callback)?;
        let mut output = Output::like(vm, subject, length, result)?;
        for i in 0..length {
            if !subject.get_present(vm, i, element)? {
                output.skip(vm)?;
                continue;
            }
            subject.call(vm, callback, this, element, i, element)?;
            output.push(vm, element)?;
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
    let (subject, length) = Subject::named(vm, args)?;
    require_callable(vm, callback)?;
    let mut output = Output::like(vm, subject, 0, result)?;
    for i in 0..length {
        if subject.get_present(vm, i, element)? {
            subject.call(vm, callback, this, element, i, verdict)?;
            if vm.get(verdict).to_boolean() {
                output.push(vm, element)?;
            }
        }
    }
    Ok(vm.get(result))
}

/// Appends `count` elements from `from` on, holes as holes.
pub(super) fn copy_range(
    vm: &mut Vm,
    subject: Subject,
    from: u64,
    count: u64,
    output: &mut Output,
) -> Result<()> {
    let mark = vm.mark();
    let [element] = vm.slots()?;
    for i in from..from + count {
        if subject.get_present(vm, i, element)? {
            output.push(vm, element)?;
        } else {
            output.skip(vm)?;
        }
    }
    vm.release(mark);
    Ok(())
}

/// Appends an array's elements, or a value that is no array.
fn concat_one(vm: &mut Vm, output: &mut Output, item: Slot) -> Result<()> {
    let array = vm.get(item).is_array();
    let spread = if vm.get(item).is_object() {
        match vm.call_hook(NativeId::ConcatSpreadable, &[item])? {
            Some(said) if said != word::EMPTY => said == word::TRUE,
            _ => array,
        }
    } else {
        false
    };
    if !spread {
        if output.len() >= MAX_SAFE {
            return Err(vm.throw_type("Invalid array length"));
        }
        return output.push(vm, item);
    }
    let mark = vm.mark();
    let (subject, length) = Subject::of(vm, item)?;
    if output.len() + length > MAX_SAFE {
        return Err(vm.throw_type("Invalid array length"));
    }
    if array {
        // At most what both arrays have, so it is no number that a program made up.
        output.reserve(vm, length as u32)?;
    }
    copy_range(vm, subject, 0, length, output)?;
    vm.release(mark);
    Ok(())
}

/// The greatest integer that a double can tell from its neighbours.
const MAX_SAFE: u64 = (1 << 53) - 1;

/// Appends the elements of `source`, those of arrays in it down to a depth. With a callback, which is called for each
/// element of `source` itself, what it gives is appended so.
fn flatten(
    vm: &mut Vm,
    output: &mut Output,
    (subject, length): (Subject, u64),
    depth: f64,
    callback: Slot,
    this: Slot,
) -> Result<()> {
    let mark = vm.mark();
    vm.enter_native_code()?;
    let [element] = vm.slots()?;
    let none = vm.push_value(Value::UNDEFINED)?;
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
                let inner = Subject::of(vm, element)?;
                flatten(vm, output, inner, depth - 1.0, none, none)
            } else {
                output.push(vm, element)
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
