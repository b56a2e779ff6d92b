//! The constructors of typed arrays, `from` and `of`.

use jerboa_abi::header::Kind;
use jerboa_abi::header::typed::Element;
use jerboa_rt::value::{Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{Args, ErrorKind, Piece, Result, Thrown};

use super::edit::{assign, copy_elements};
use super::{create, out_of_range, require_new, to_index};
use crate::array::{Subject, require_callable};

jerboa_rt::native! {
    /// `TypedArray`, which only other constructors may call.
    fn jrt_n_typed_array(vm, args) {
        Err(vm.throw_type("Abstract class TypedArray not directly constructable"))
    }

    /// `TypedArray.from(items, map, this)`
    fn jrt_n_typed_from(vm, args) {
        let [items, map, this] = args.take(vm)?;
        let [list, result, value, index, count] = vm.slots()?;
        require_constructor(vm, args.this())?;
        if !vm.get(map).is_undefined() {
            require_callable(vm, map)?;
        }
        let length = collect(vm, items, list)?;
        Value::small(length as i32).store(count);
        create(vm, args.this(), &[count], length, result)?;
        for i in 0..length {
            item(vm, list, i, value)?;
            if !vm.get(map).is_undefined() {
                Value::small(i as i32).store(index);
                vm.call_with(map, this, &[value, index])?.store(value);
            }
            assign(vm, result, i, value)?;
        }
        Ok(vm.get(result))
    }

    /// `TypedArray.of(…items)`
    fn jrt_n_typed_of(vm, args) {
        let [result] = vm.slots()?;
        let count = vm.push_value(Value::small(args.len() as i32))?;
        require_constructor(vm, args.this())?;
        create(vm, args.this(), &[count], args.len(), result)?;
        for i in 0..args.len() {
            if let Some(value) = args.get(i) {
                assign(vm, result, i, value)?;
            }
        }
        Ok(vm.get(result))
    }
}

/// Defines the constructors.
macro_rules! constructors {
    ($($element:ident $symbol:ident;)+) => {
        jerboa_rt::native! {$(
            #[doc = concat!("`new ", stringify!($element), "Array(…)`")]
            fn $symbol(vm, args) {
                construct(vm, args, Element::$element)
            }
        )+}
    };
}

constructors! {
    Int8 jrt_n_int8_array;
    Uint8 jrt_n_uint8_array;
    Uint8Clamped jrt_n_uint8_clamped_array;
    Int16 jrt_n_int16_array;
    Uint16 jrt_n_uint16_array;
    Int32 jrt_n_int32_array;
    Uint32 jrt_n_uint32_array;
    Float32 jrt_n_float32_array;
    Float64 jrt_n_float64_array;
}

fn require_constructor(vm: &mut Vm, value: Slot) -> Result<()> {
    if vm.is_constructor(vm.get(value)) {
        return Ok(());
    }
    Err(vm.throw_error(ErrorKind::Type, &[Piece::value(value), Piece::Text(" is not a constructor")]))
}

fn construct(vm: &mut Vm, args: Args, element: Element) -> Result<Value<'_>> {
    let [first] = args.take(vm)?;
    require_new(vm, args, element.class())?;
    if !vm.get(first).is_object() {
        return match to_index(vm, first)? {
            Some(length) => vm.new_typed_array(element, length),
            None => Err(invalid_length(vm, first)),
        };
    }
    if vm.get(first).is(Kind::Buffer) {
        return of_buffer(vm, args, element);
    }
    let [list, result, value] = vm.slots()?;
    if vm.typed_array(first).is_some() {
        let length = vm.view_length(first);
        vm.new_typed_array(element, length)?.store(result);
        copy_elements(vm, first, 0, result, 0, length)?;
        return Ok(vm.get(result));
    }
    let length = collect(vm, first, list)?;
    vm.new_typed_array(element, length)?.store(result);
    for i in 0..length {
        item(vm, list, i, value)?;
        vm.write_element(result, i, value)?;
    }
    Ok(vm.get(result))
}

/// `new …Array(buffer, byteOffset, length)`
fn of_buffer(vm: &mut Vm, args: Args, element: Element) -> Result<Value<'_>> {
    let [buffer, offset, length] = args.take(vm)?;
    let size = 1 << element.shift();
    let outside =
        |vm: &mut Vm| out_of_range(vm, "Start offset ", offset, " is outside the bounds of the buffer");
    let Some(start) = to_index(vm, offset)? else { return Err(outside(vm)) };
    if start % size != 0 {
        return Err(misaligned(vm, "start offset", element));
    }
    let given = if vm.get(length).is_undefined() {
        None
    } else {
        match to_index(vm, length)? {
            Some(count) => Some(count),
            None => return Err(invalid_length(vm, length)),
        }
    };
    let end = vm.buffer_length(buffer);
    let count = match given {
        Some(count) => {
            if u64::from(start) + u64::from(count) * u64::from(size) > u64::from(end) {
                return Err(invalid_length(vm, length));
            }
            count
        }
        None if !end.is_multiple_of(size) => return Err(misaligned(vm, "byte length", element)),
        None if start > end => return Err(outside(vm)),
        None => (end - start) / size,
    };
    vm.new_view(element, buffer, start, count)
}

#[cold]
fn invalid_length(vm: &mut Vm, length: Slot) -> Thrown {
    out_of_range(vm, "Invalid typed array length: ", length, "")
}

#[cold]
fn misaligned(vm: &mut Vm, what: &str, element: Element) -> Thrown {
    let pieces = [
        Piece::Text(what),
        Piece::Text(" of "),
        Piece::Text(element.class()),
        Piece::Text(" should be a multiple of "),
        Piece::Int(1 << element.shift()),
    ];
    vm.throw_error(ErrorKind::Range, &pieces)
}

/// Puts what has the items in a slot, and gives their number: an array of what can be iterated, or an array-like itself.
fn collect(vm: &mut Vm, items: Slot, list: Slot) -> Result<u32> {
    if vm.get(items).is_nullish() {
        let what = if vm.get(items).is_null() { "object null" } else { "undefined" };
        return Err(vm.throw_error(
            ErrorKind::Type,
            &[
                Piece::Text(what),
                Piece::Text(" is not iterable (cannot read property Symbol(Symbol.iterator))"),
            ],
        ));
    }
    if vm.has_iterator(items)? {
        let mark = vm.mark();
        let [iterator, value] = vm.slots()?;
        vm.for_of(items)?.store(iterator);
        vm.new_array(0)?.store(list);
        loop {
            let next = vm.iterator_next(iterator)?;
            if next.is_empty() {
                break;
            }
            next.store(value);
            vm.array_push(list, value)?;
        }
        vm.release(mark);
        return Ok(vm.array_length(list));
    }
    vm.copy(items, list);
    vm.to_object(list)?;
    let mark = vm.mark();
    let (_, length) = Subject::of(vm, list)?;
    vm.release(mark);
    if jerboa_rt::number::from_length(length) > super::MAX_LENGTH {
        return Err(vm.throw_range("Array buffer allocation failed"));
    }
    Ok(length as u32)
}

/// Puts an item of what [`collect`] gave in a slot.
fn item(vm: &mut Vm, list: Slot, index: u32, to: Slot) -> Result<()> {
    let mark = vm.mark();
    let index = vm.push_value(Value::small(index as i32))?;
    vm.get_element(list, index)?.store(to);
    vm.release(mark);
    Ok(())
}
