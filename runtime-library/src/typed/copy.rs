//! Methods that make another typed array: `filter`, `map`, `slice`, `subarray`, `toReversed`, `with`.

use jerboa_rt::Piece;
use jerboa_rt::value::Value;

use super::edit::{assign, copy_elements, reverse};
use super::index_in;
use super::{PROTOTYPE, create, create_like, incompatible, other_constructor, require, require_this};
use crate::array::{Subject, require_callable};

jerboa_rt::native! {
    /// `array.filter(callback, this)`
    fn jrt_n_typed_filter(vm, args) {
        let [callback, this] = args.take(vm)?;
        let [kept, element, verdict, result] = vm.slots()?;
        let (subject, length) = Subject::typed(vm, args)?;
        require_callable(vm, callback)?;
        vm.new_array(0)?.store(kept);
        for i in 0..length {
            subject.get(vm, i, element)?;
            subject.call(vm, callback, this, element, i, verdict)?;
            if vm.get(verdict).to_boolean() {
                vm.array_push(kept, element)?;
            }
        }
        let ty = require(vm, subject.object)?;
        let count = vm.array_length(kept);
        create_like(vm, subject.object, ty, count, result)?;
        for i in 0..count {
            vm.array_get(kept, i).store(element);
            assign(vm, result, i, element)?;
        }
        Ok(vm.get(result))
    }

    /// `array.map(callback, this)`
    fn jrt_n_typed_map(vm, args) {
        let [callback, this] = args.take(vm)?;
        let [element, result] = vm.slots()?;
        let (subject, length) = Subject::typed(vm, args)?;
        require_callable(vm, callback)?;
        let ty = require(vm, subject.object)?;
        create_like(vm, subject.object, ty, length as u32, result)?;
        for i in 0..length {
            subject.get(vm, i, element)?;
            subject.call(vm, callback, this, element, i, element)?;
            assign(vm, result, i as u32, element)?;
        }
        Ok(vm.get(result))
    }

    /// `array.slice(start, end)`
    fn jrt_n_typed_slice(vm, args) {
        let [start, end] = args.take(vm)?;
        let [result] = vm.slots()?;
        let array = args.this();
        let ty = require_this(vm, args)?;
        let length = vm.view_length(array);
        let from = index_in(vm, start, length, 0)?;
        let count = index_in(vm, end, length, length)?.saturating_sub(from);
        create_like(vm, array, ty, count, result)?;
        copy_elements(vm, array, from, result, 0, count)?;
        Ok(vm.get(result))
    }

    /// `array.subarray(start, end)`
    fn jrt_n_typed_subarray(vm, args) {
        let [start, end] = args.take(vm)?;
        let [result, buffer, constructor, offset, count] = vm.slots()?;
        let array = args.this();
        // V8 does not name the receiver here.
        if vm.typed_array(array).is_none() {
            let unnamed = vm.push_value(Value::UNDEFINED)?;
            return Err(incompatible(vm, PROTOTYPE, Piece::Native(args.callee()), unnamed));
        }
        let ty = require(vm, array)?;
        let length = vm.view_length(array);
        let from = index_in(vm, start, length, 0)?;
        let size = index_in(vm, end, length, length)?.saturating_sub(from);
        let first = vm.view_offset(array) + (from << ty.shift());
        vm.view_buffer(array).store(buffer);
        if other_constructor(vm, array, ty, constructor)? {
            Value::small(first as i32).store(offset);
            Value::small(size as i32).store(count);
            create(vm, constructor, &[buffer, offset, count], 0, result)?;
            return Ok(vm.get(result));
        }
        vm.new_view(ty, buffer, first, size)
    }

    /// `array.toReversed()`
    fn jrt_n_typed_to_reversed(vm, args) {
        let [result] = vm.slots()?;
        let array = args.this();
        let ty = require_this(vm, args)?;
        let length = vm.view_length(array);
        vm.new_typed_array(ty, length)?.store(result);
        copy_elements(vm, array, 0, result, 0, length)?;
        reverse(vm, result);
        Ok(vm.get(result))
    }

    /// `array.with(index, value)`
    fn jrt_n_typed_with(vm, args) {
        let [index, value] = args.take(vm)?;
        let [result] = vm.slots()?;
        let array = args.this();
        let ty = require(vm, array)?;
        let length = vm.view_length(array);
        let index = vm.to_integer(index)?;
        let place = if index < 0.0 { f64::from(length) + index } else { index };
        let number = vm.to_number(value)?;
        vm.number(number)?.store(value);
        if !(0.0..f64::from(length)).contains(&place) {
            return Err(vm.throw_range("Invalid typed array index"));
        }
        vm.new_typed_array(ty, length)?.store(result);
        copy_elements(vm, array, 0, result, 0, length)?;
        vm.write_element(result, place as u32, value)?;
        Ok(vm.get(result))
    }
}
