//! Methods that change the elements in place: `copyWithin`, `fill`, `reverse`, `set`.

use jerboa_rt::memory::move_bytes;
use jerboa_rt::typed::{load_bits, store_bits};
use jerboa_rt::value::{Key, Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{Result, Thrown};

use super::{index_in, require};

jerboa_rt::native! {
    /// `array.copyWithin(target, start, end)`
    fn jrt_n_typed_copy_within(vm, args) {
        let [target, start, end] = args.take(vm)?;
        let array = args.this();
        let element = require(vm, array)?;
        let length = vm.view_length(array);
        let to = index_in(vm, target, length, 0)?;
        let from = index_in(vm, start, length, 0)?;
        let end = index_in(vm, end, length, length)?;
        let count = end.saturating_sub(from).min(length - to);
        let (first, shift) = (vm.view_bytes(array), element.shift());
        move_bytes(first + (from << shift), first + (to << shift), count << shift);
        Ok(vm.get(array))
    }

    /// `array.fill(value, start, end)`
    fn jrt_n_typed_fill(vm, args) {
        let [value, start, end] = args.take(vm)?;
        let array = args.this();
        let element = require(vm, array)?;
        let length = vm.view_length(array);
        let bits = vm.element_bits(element, value)?;
        let from = index_in(vm, start, length, 0)?;
        let to = index_in(vm, end, length, length)?;
        let first = vm.view_bytes(array);
        for i in from..to {
            store_bits(element, first + (i << element.shift()), bits);
        }
        Ok(vm.get(array))
    }

    /// `array.reverse()`
    fn jrt_n_typed_reverse(vm, args) {
        let array = args.this();
        require(vm, array)?;
        reverse(vm, array);
        Ok(vm.get(array))
    }

    /// `array.set(source, offset)`
    fn jrt_n_typed_set(vm, args) {
        let [source, offset] = args.take(vm)?;
        let array = args.this();
        require(vm, array)?;
        let offset = vm.to_integer(offset)?;
        if offset < 0.0 {
            return Err(too_far(vm));
        }
        if vm.typed_array(source).is_some() {
            let count = vm.view_length(source);
            if offset + f64::from(count) > f64::from(vm.view_length(array)) {
                return Err(too_far(vm));
            }
            copy_elements(vm, source, 0, array, offset as u32, count)?;
            return Ok(Value::UNDEFINED);
        }
        let [count, key, value] = vm.slots()?;
        vm.to_object(source)?;
        vm.get_by_name(source, "length")?.store(count);
        let count = vm.to_length(count)?;
        if offset + count > f64::from(vm.view_length(array)) {
            return Err(too_far(vm));
        }
        // Both are in the array, so the conversions are exact.
        let (offset, count) = (offset as u32, count as u32);
        for i in 0..count {
            Value::small(i as i32).store(key);
            vm.get_element(source, key)?.store(value);
            vm.write_element(array, offset + i, value)?;
        }
        Ok(Value::UNDEFINED)
    }
}

#[cold]
fn too_far(vm: &mut Vm) -> Thrown {
    vm.throw_range("offset is out of bounds")
}

/// Reverses the elements.
pub(super) fn reverse(vm: &Vm, array: Slot) {
    let Some(element) = vm.typed_array(array) else { return };
    let (first, length) = (vm.view_bytes(array), vm.view_length(array));
    for i in 0..length / 2 {
        let (low, high) = (first + (i << element.shift()), first + ((length - 1 - i) << element.shift()));
        let bits = load_bits(element, low);
        store_bits(element, low, load_bits(element, high));
        store_bits(element, high, bits);
    }
}

/// Copies elements of a typed array to another one, which has room for them. The two may share a buffer.
pub(super) fn copy_elements(
    vm: &mut Vm,
    from: Slot,
    start: u32,
    to: Slot,
    place: u32,
    count: u32,
) -> Result<()> {
    let (Some(source), Some(target)) = (vm.typed_array(from), vm.typed_array(to)) else { return Ok(()) };
    if source == target {
        let shift = source.shift();
        move_bytes(
            vm.view_bytes(from) + (start << shift),
            vm.view_bytes(to) + (place << shift),
            count << shift,
        );
        return Ok(());
    }
    let mark = vm.mark();
    let [value, copy] = vm.slots()?;
    vm.copy(from, copy);
    let mut start = start;
    if vm.view_buffer(from) == vm.view_buffer(to) {
        // What is read must not be what was just written.
        vm.new_typed_array(source, count)?.store(copy);
        copy_elements(vm, from, start, copy, 0, count)?;
        start = 0;
    }
    for i in 0..count {
        let bits = load_bits(source, vm.view_bytes(copy) + ((start + i) << source.shift()));
        vm.element_value(source, bits)?.store(value);
        vm.write_element(to, place + i, value)?;
    }
    vm.release(mark);
    Ok(())
}

/// Assigns an element as a program does: to a typed array, or to what a constructor made in its place.
pub(super) fn assign(vm: &mut Vm, array: Slot, index: u32, value: Slot) -> Result<()> {
    match Key::index(index) {
        Some(key) => vm.set_property(array, key, value),
        None => Ok(()),
    }
}
