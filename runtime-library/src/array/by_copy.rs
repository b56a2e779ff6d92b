//! Methods that leave the array as it is and give a changed copy: `toReversed`, `toSorted`, `toSpliced`, `with`.
//!
//! Holes become `undefined` in the copies.

use jerboa_rt::number::{from_length, to_length};
use jerboa_rt::value::Slot;
use jerboa_rt::vm::Vm;
use jerboa_rt::{ErrorKind, Piece, Result, Thrown};

use super::sort::{require_comparator, sort};
use super::{Subject, append, new_list, relative_index};

jerboa_rt::native! {
    /// `array.toReversed()`
    fn jrt_n_array_to_reversed(vm, args) {
        let [result, element] = vm.slots()?;
        let (subject, length) = Subject::new(vm, args)?;
        new_copy(vm, length, result)?;
        for i in 0..length {
            subject.get(vm, length - 1 - i, element)?;
            append(vm, result, i as u32, element)?;
        }
        Ok(vm.get(result))
    }

    /// `array.toSorted(comparator)`
    fn jrt_n_array_to_sorted(vm, args) {
        let [comparator] = args.take(vm)?;
        let [result] = vm.slots()?;
        require_comparator(vm, comparator)?;
        let (subject, length) = Subject::new(vm, args)?;
        new_copy(vm, length, result)?;
        copy(vm, subject, 0, length, result)?;
        let copied = Subject::over(vm, result)?;
        sort(vm, copied, length, comparator)?;
        Ok(vm.get(result))
    }

    /// `array.toSpliced(start, skipCount, …items)`
    fn jrt_n_array_to_spliced(vm, args) {
        let [start, skipped] = args.take(vm)?;
        let [result] = vm.slots()?;
        let (subject, length) = Subject::new(vm, args)?;
        let start = relative_index(vm, start, length, 0)?;
        let skipped = match args.len() {
            0 => 0,
            1 => length - start,
            // In range, so the conversion is exact.
            _ => to_length(jerboa_rt::number::clamp(vm.to_integer(skipped)?, from_length(length - start))),
        };
        let added = args.len().saturating_sub(2);
        let total = length - skipped + u64::from(added);
        if total >= 1 << 53 {
            return Err(vm.throw_type("Invalid array length"));
        }
        new_copy(vm, total, result)?;
        copy(vm, subject, 0, start, result)?;
        for i in 0..added {
            if let Some(item) = args.get(2 + i) {
                vm.array_push(result, item)?;
            }
        }
        copy(vm, subject, start + skipped, length, result)?;
        Ok(vm.get(result))
    }

    /// `array.with(index, value)`
    fn jrt_n_array_with(vm, args) {
        let [index, value] = args.take(vm)?;
        let [result] = vm.slots()?;
        let (subject, length) = Subject::new(vm, args)?;
        let number = vm.to_integer(index)?;
        let place = if number < 0.0 { from_length(length) + number } else { number };
        if !(0.0..from_length(length)).contains(&place) {
            return Err(vm.throw_error(
                ErrorKind::Range,
                &[Piece::Text("Invalid index : "), Piece::value(index)],
            ));
        }
        let place = to_length(place);
        new_copy(vm, length, result)?;
        copy(vm, subject, 0, place, result)?;
        vm.array_push(result, value)?;
        copy(vm, subject, place + 1, length, result)?;
        Ok(vm.get(result))
    }
}

/// An empty array for so many elements; refuses what no array can hold before anything is read.
fn new_copy(vm: &mut Vm, length: u64, to: Slot) -> Result<()> {
    if length > u64::from(jerboa_rt::array::MAX_LENGTH) {
        return Err(invalid_length(vm));
    }
    new_list(vm, length as u32, to)
}

fn invalid_length(vm: &mut Vm) -> Thrown {
    vm.throw_range("Invalid array length")
}

/// Appends the elements from one index up to another.
fn copy(vm: &mut Vm, subject: Subject, from: u64, to: u64, result: Slot) -> Result<()> {
    let mark = vm.mark();
    let [element] = vm.slots()?;
    for i in from..to {
        subject.get(vm, i, element)?;
        vm.array_push(result, element)?;
    }
    vm.release(mark);
    Ok(())
}
