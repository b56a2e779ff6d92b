//! Methods that change the array in place.

use jerboa_rt::number::{from_length, to_length};
use jerboa_rt::value::{Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{ErrorKind, Piece, Result};

use super::copy::copy_range;
use super::{Output, Subject, is_packed, relative_index};

jerboa_rt::native! {
    /// `array.push(…values)`
    fn jrt_n_array_push(vm, args) {
        let array = args.this();
        if vm.is_simple_array(array) {
            for i in 0..args.len() {
                if let Some(value) = args.get(i) {
                    vm.array_append(array, value)?;
                }
            }
            let length = vm.array_length(array);
            return vm.integer(i64::from(length));
        }
        let (subject, length) = Subject::new(vm, args)?;
        let end = length + u64::from(args.len());
        if end > MAX_SAFE {
            let [claimed] = vm.slots()?;
            vm.index(length)?.store(claimed);
            return Err(vm.throw_error(
                ErrorKind::Type,
                &[
                    Piece::Text("Pushing "),
                    Piece::Int(args.len() as i32),
                    Piece::Text(" elements on an array-like of length "),
                    Piece::value(claimed),
                    Piece::Text(" is disallowed, as the total surpasses 2**53-1"),
                ],
            ));
        }
        for i in 0..args.len() {
            if let Some(value) = args.get(i) {
                subject.set(vm, length + u64::from(i), value)?;
            }
        }
        subject.set_length(vm, end)?;
        vm.index(end)
    }

    /// `array.pop()`
    fn jrt_n_array_pop(vm, args) {
        let [element] = vm.slots()?;
        let (subject, length) = Subject::new(vm, args)?;
        let Some(last) = length.checked_sub(1) else {
            subject.set_length(vm, 0)?;
            return Ok(Value::UNDEFINED);
        };
        subject.get(vm, last, element)?;
        if vm.is_simple_array(subject.object) {
            vm.set_array_length(subject.object, last as u32)?;
        } else {
            subject.delete(vm, last)?;
            subject.set_length(vm, last)?;
        }
        Ok(vm.get(element))
    }

    /// `array.shift()`
    fn jrt_n_array_shift(vm, args) {
        let [element, moved] = vm.slots()?;
        let (subject, length) = Subject::new(vm, args)?;
        let Some(last) = length.checked_sub(1) else {
            subject.set_length(vm, 0)?;
            return Ok(Value::UNDEFINED);
        };
        subject.get(vm, 0, element)?;
        if is_packed(vm, subject.object) {
            vm.array_move(subject.object, 1, 0, last as u32);
            vm.set_array_length(subject.object, last as u32)?;
            return Ok(vm.get(element));
        }
        for i in 1..length {
            subject.shift(vm, i, i - 1, moved)?;
        }
        subject.delete(vm, last)?;
        subject.set_length(vm, last)?;
        Ok(vm.get(element))
    }

    /// `array.unshift(…values)`
    fn jrt_n_array_unshift(vm, args) {
        let [moved] = vm.slots()?;
        let (subject, length) = Subject::new(vm, args)?;
        let total = length + u64::from(args.len());
        if total > MAX_SAFE {
            return Err(vm.throw_type("Invalid array length"));
        }
        open_gap(vm, subject, length, 0, 0, u64::from(args.len()), moved)?;
        for i in 0..args.len() {
            if let Some(value) = args.get(i) {
                subject.set(vm, u64::from(i), value)?;
            }
        }
        if !vm.get(subject.object).is_array() || u64::from(vm.array_length(subject.object)) != total {
            subject.set_length(vm, total)?;
        }
        vm.index(total)
    }

    /// `array.splice(start, deleteCount, …items)`
    fn jrt_n_array_splice(vm, args) {
        let [start, removed] = args.take(vm)?;
        let [result, moved] = vm.slots()?;
        let (subject, length) = Subject::new(vm, args)?;
        let start = relative_index(vm, start, length, 0)?;
        let removed = match args.len() {
            0 => 0,
            1 => length - start,
            _ => to_length(jerboa_rt::number::clamp(vm.to_integer(removed)?, from_length(length - start))),
        };
        let added = args.len().saturating_sub(2);
        let total = length - removed + u64::from(added);
        if total > MAX_SAFE {
            return Err(vm.throw_type("Invalid array length"));
        }
        let mut output = Output::like(vm, subject, removed, result)?;
        copy_range(vm, subject, start, removed, &mut output)?;
        output.finish(vm)?;
        open_gap(vm, subject, length, start, removed, u64::from(added), moved)?;
        for i in 0..added {
            if let Some(value) = args.get(2 + i) {
                subject.set(vm, start + u64::from(i), value)?;
            }
        }
        if !vm.get(subject.object).is_array() || u64::from(vm.array_length(subject.object)) != total {
            subject.set_length(vm, total)?;
        }
        Ok(vm.get(result))
    }

    /// `array.reverse()`
    fn jrt_n_array_reverse(vm, args) {
        let [low, high] = vm.slots()?;
        let (subject, length) = Subject::new(vm, args)?;
        for i in 0..length / 2 {
            let k = length - 1 - i;
            let has_low = subject.get_present(vm, i, low)?;
            let has_high = subject.get_present(vm, k, high)?;
            if has_high {
                subject.set(vm, i, high)?;
            } else if has_low {
                subject.delete(vm, i)?;
            }
            if has_low {
                subject.set(vm, k, low)?;
            } else if has_high {
                subject.delete(vm, k)?;
            }
        }
        Ok(vm.get(subject.object))
    }

    /// `array.fill(value, start, end)`
    fn jrt_n_array_fill(vm, args) {
        let [value, start, end] = args.take(vm)?;
        let (subject, length) = Subject::new(vm, args)?;
        let from = relative_index(vm, start, length, 0)?;
        let to = relative_index(vm, end, length, length)?;
        for i in from..to {
            subject.set(vm, i, value)?;
        }
        Ok(vm.get(subject.object))
    }

    /// `array.copyWithin(target, start, end)`
    fn jrt_n_array_copy_within(vm, args) {
        let [target, start, end] = args.take(vm)?;
        let [moved] = vm.slots()?;
        let (subject, length) = Subject::new(vm, args)?;
        let to = relative_index(vm, target, length, 0)?;
        let from = relative_index(vm, start, length, 0)?;
        let end = relative_index(vm, end, length, length)?;
        let count = end.saturating_sub(from).min(length - to);
        for step in 0..count {
            let i = if from < to { count - 1 - step } else { step };
            subject.shift(vm, from + i, to + i, moved)?;
        }
        Ok(vm.get(subject.object))
    }
}

/// The greatest length of anything.
const MAX_SAFE: u64 = (1 << 53) - 1;

/// Moves what comes after `removed` elements from `start` on, so that `added` ones fit in their place. The length of a real
/// array is right afterwards; that of another object is the caller's business.
fn open_gap(
    vm: &mut Vm,
    subject: Subject,
    length: u64,
    start: u64,
    removed: u64,
    added: u64,
    moved: Slot,
) -> Result<()> {
    if added == removed {
        return Ok(());
    }
    let (from, to) = (start + removed, start + added);
    let total = length - removed + added;
    if is_packed(vm, subject.object)
        && u64::from(vm.array_length(subject.object)) == length
        && total <= u64::from(jerboa_rt::array::MAX_LENGTH)
    {
        // All are below 2^30.
        let (length, total, from, to) = (length as u32, total as u32, from as u32, to as u32);
        if added > removed {
            vm.set_array_length(subject.object, total)?;
        }
        vm.array_move(subject.object, from, to, length - from);
        if added > removed {
            // No hole may remain in the gap, where a store would look for setters on the prototypes.
            for i in from..to.min(total) {
                vm.array_set(subject.object, i, Value::UNDEFINED);
            }
        } else {
            vm.set_array_length(subject.object, total)?;
        }
        return Ok(());
    }
    if added < removed {
        for i in from..length {
            subject.shift(vm, i, i - (removed - added), moved)?;
        }
        for i in (total..length).rev() {
            subject.delete(vm, i)?;
        }
    } else {
        for i in (from..length).rev() {
            subject.shift(vm, i, i + (added - removed), moved)?;
        }
    }
    Ok(())
}
