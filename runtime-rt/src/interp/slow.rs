//! Out-of-line parts of the instructions. Each gives the result's word, or `EXCEPTION`.

use jerboa_abi::header::{Kind, closure};
use jerboa_abi::image::function;
use jerboa_abi::opcode::{Define, ErrorKind as ErrorCode, FloatUnary, Unary};
use jerboa_abi::{header, value as word};

use crate::call::invoke_native;
use crate::define::Descriptor;
use crate::error::{ErrorKind, Piece};
use crate::gate::gate;
use crate::lines::{place_of, text};
use crate::memory::{fill, load, load_byte, load_half, move_words, store};
use crate::property::name;
use crate::shape::attributes;
use crate::value::{Key, Slot, Value};
use crate::vm::Vm;
use crate::{Result, Thrown};

/// The word of a result.
#[inline(always)]
pub(super) fn to_word(result: Result<Value<'_>>) -> u32 {
    match result {
        Ok(value) => value.word(),
        Err(Thrown) => word::EXCEPTION,
    }
}

/// `undefined`, or `EXCEPTION`.
pub(super) fn to_unit(result: Result<()>) -> u32 {
    match result {
        Ok(()) => word::UNDEFINED,
        Err(Thrown) => word::EXCEPTION,
    }
}

/// ToString, or ToPropertyKey, of a copy.
pub(super) fn to_text(vm: &mut Vm, operator: Unary, a: Slot) -> u32 {
    let mark = vm.mark();
    let Ok(slot) = vm.push(a) else { return word::EXCEPTION };
    let done = if operator == Unary::ToStr { vm.to_string(slot) } else { vm.to_property_key(slot) };
    let result = if done.is_ok() { load(slot.0) } else { word::EXCEPTION };
    vm.release(mark);
    result
}

/// The words above the stack pointer that an instruction uses become part of the stack; the first of them.
fn cover(vm: &Vm, words: u32) -> Slot {
    let window = vm.sp.get();
    vm.sp.set(window + 4 * words);
    Slot(window)
}

#[inline(never)]
pub(super) fn concat(vm: &mut Vm, count: u32) -> u32 {
    let window = cover(vm, count);
    let result = concat_window(vm, window, count);
    vm.sp.set(window.0);
    to_word(result.map(|()| Value::of(load(window.0))))
}

fn concat_window(vm: &mut Vm, window: Slot, count: u32) -> Result<()> {
    if count == 0 {
        store(window.0, word::EMPTY_STRING);
        return Ok(());
    }
    vm.to_string(window)?;
    for i in 1..count {
        let next = window.above(i);
        vm.to_string(next)?;
        vm.concat(window, next)?.store(window);
    }
    Ok(())
}

#[inline(never)]
pub(super) fn new_array(vm: &mut Vm, count: u32) -> u32 {
    let window = cover(vm, count);
    let result = to_word(vm.new_array_literal(window, count));
    vm.sp.set(window.0);
    result
}

#[inline(never)]
pub(super) fn new_object(vm: &mut Vm, shape: u32) -> u32 {
    let shape = (jerboa_abi::image::FIRST_SHAPE + shape) & 0xffff;
    let count = vm.shape_count(shape);
    let window = cover(vm, count);
    let capacity = if count == 0 { crate::object::DEFAULT_CAPACITY } else { count };
    let result = to_word(vm.new_object_of_shape(shape, capacity));
    if result != word::EXCEPTION {
        move_words(window.0, result + 4, count);
    }
    vm.sp.set(window.0);
    result
}

#[inline(never)]
pub(super) fn new_closure(vm: &mut Vm, function: u32, count: u32) -> u32 {
    let window = cover(vm, count);
    let result = to_word(vm.new_closure(function, window, count));
    vm.sp.set(window.0);
    result
}

/// Address of a captured value, unless the register holds no closure with so many.
#[inline(always)]
pub(super) fn capture_address(closure: u32, index: u32) -> Option<u32> {
    if !word::is_pointer(closure) {
        return None;
    }
    let head = load(closure);
    if header::kind(head) != Kind::Function as u32 {
        return None;
    }
    let aux = header::aux(head);
    let first = u32::from(aux & closure::HAS_PROPERTIES != 0);
    (first + index < aux & closure::WORDS_MASK).then_some(closure + 4 + 4 * (first + index))
}

/// Address of a cell's content, unless the register holds no cell.
#[inline(always)]
pub(super) fn cell_address(cell: u32) -> Option<u32> {
    (word::is_pointer(cell) && header::kind(load(cell)) == Kind::Cell as u32).then_some(cell + 4)
}

#[inline(never)]
pub(super) fn get_length(vm: &mut Vm, object: Slot) -> u32 {
    to_word(vm.get_named(object, name::LENGTH))
}

/// The length of the string in a register, as a small integer.
#[inline(never)]
pub(super) fn string_length(vm: &mut Vm, string: Slot) -> u32 {
    if !vm.get(string).is_string() {
        return Value::small(0).word();
    }
    match vm.string_length(string) {
        Ok(length) => Value::small(length as i32).word(),
        Err(Thrown) => word::EXCEPTION,
    }
}

/// A code unit of the string in a register, as a small integer.
#[inline(never)]
pub(super) fn string_unit(vm: &mut Vm, string: Slot, index: u32) -> u32 {
    if vm.flatten(string).is_err() {
        return word::EXCEPTION;
    }
    let unit = if vm.get(string).is_string() { vm.code_unit_at(string, index) } else { None };
    Value::small(i32::from(unit.unwrap_or(0))).word()
}

/// An element at an integer that need not be an index.
#[inline(never)]
pub(super) fn get_element_at(vm: &mut Vm, object: Slot, index: i32) -> u32 {
    let mark = vm.mark();
    let result = to_word(crate::property::element_at(vm, object, index));
    vm.release(mark);
    result
}

/// Sets an element at an integer that need not be an index.
#[inline(never)]
pub(super) fn set_element_at(vm: &mut Vm, object: Slot, index: i32, value: Slot) -> u32 {
    let mark = vm.mark();
    let result = to_unit(crate::property::set_element_at(vm, object, index, value));
    vm.release(mark);
    result
}

#[inline(never)]
pub(super) fn set_element(vm: &mut Vm, object: Slot, key: Slot, value: Slot) -> u32 {
    to_unit(crate::property::set_element(vm, object, key, value))
}

#[inline(never)]
pub(super) fn delete_key(vm: &mut Vm, object: Slot, key: u32) -> u32 {
    let mark = vm.mark();
    let result = vm.push_word(key).and_then(|key| vm.delete_element(object, key));
    vm.release(mark);
    to_unit(result)
}

#[inline(never)]
pub(super) fn delete_element(vm: &mut Vm, object: Slot, key: Slot) -> u32 {
    to_unit(vm.delete_element(object, key))
}

#[inline(never)]
pub(super) fn define(vm: &mut Vm, what: Define, object: Slot, key: Slot, value: Slot) -> u32 {
    let mark = vm.mark();
    let result = define_inner(vm, what, object, key, value);
    vm.release(mark);
    to_unit(result)
}

fn define_inner(vm: &mut Vm, what: Define, object: Slot, key: Slot, value: Slot) -> Result<()> {
    if !vm.get(object).is_object() {
        return Err(not_a_literal(vm));
    }
    let key = vm.push(key)?;
    vm.to_property_key(key)?;
    let flags = attributes::ENUMERABLE | attributes::CONFIGURABLE;
    let accessor = Descriptor { attributes: flags, given: flags, ..Descriptor::default() };
    let descriptor = match what {
        Define::Field => Descriptor::data(value, attributes::ALL),
        Define::Getter => Descriptor { getter: Some(value), ..accessor },
        Define::Setter => Descriptor { setter: Some(value), ..accessor },
    };
    vm.define_own_property(object, Key::slot(key), &descriptor).map(drop)
}

#[inline(never)]
pub(super) fn set_proto(vm: &mut Vm, object: Slot, proto: Slot) -> u32 {
    if !vm.get(object).is_object() || !vm.get(proto).is_object() && !vm.get(proto).is_null() {
        return word::UNDEFINED;
    }
    to_unit(vm.set_prototype_of(object, proto).map(drop))
}

#[inline(never)]
pub(super) fn array_push(vm: &mut Vm, array: Slot, value: Slot) -> u32 {
    to_unit(if vm.get(array).is(Kind::Array) {
        vm.array_append(array, value)
    } else {
        Err(not_a_literal(vm))
    })
}

/// An instruction that builds a literal was given something else, which no compiler does.
#[cold]
#[inline(never)]
fn not_a_literal(vm: &mut Vm) -> Thrown {
    vm.throw_type("bad instruction")
}

#[inline(never)]
pub(super) fn array_append(vm: &mut Vm, array: Slot, iterable: Slot) -> u32 {
    let mark = vm.mark();
    let result = append_all(vm, array, iterable);
    vm.release(mark);
    to_unit(result)
}

fn append_all(vm: &mut Vm, array: Slot, iterable: Slot) -> Result<()> {
    if !vm.get(array).is(Kind::Array) {
        return Err(not_a_literal(vm));
    }
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

/// The iterator of a register that a correct program set by `forin` or `iter`.
#[inline(never)]
pub(super) fn iterator_next(vm: &mut Vm, state: Slot) -> u32 {
    if !vm.get(state).is(Kind::Iterator) {
        return word::EMPTY;
    }
    to_word(vm.iterator_next(state))
}

/// Leaves an iteration early.
#[inline(never)]
pub(super) fn iterator_close(vm: &mut Vm, state: Slot) -> u32 {
    if !vm.get(state).is(Kind::Iterator) {
        return word::UNDEFINED;
    }
    to_unit(vm.iterator_close(state))
}

/// `for (… of value)`, with the value's text in the error.
#[inline(never)]
pub(super) fn iterate(vm: &mut Vm, value: Slot) -> u32 {
    if !vm.is_iterable(value)
        && let Some(text) = expression_text(vm)
    {
        let _ = throw_not_a(vm, text, " is not iterable");
        return word::EXCEPTION;
    }
    to_word(vm.for_of(value))
}

#[cold]
#[inline(never)]
pub(super) fn throw_error(vm: &mut Vm, kind: ErrorCode, message: u32) -> u32 {
    let kind = match kind {
        ErrorCode::Error => ErrorKind::Error,
        ErrorCode::TypeError => ErrorKind::Type,
        ErrorCode::RangeError => ErrorKind::Range,
        ErrorCode::ReferenceError => ErrorKind::Reference,
        ErrorCode::SyntaxError => ErrorKind::Syntax,
    };
    let mark = vm.mark();
    if let Ok(slot) = vm.push_word(message) {
        let _ = vm.throw_error(kind, &[Piece::Value(slot)]);
    }
    vm.release(mark);
    word::EXCEPTION
}

#[cold]
#[inline(never)]
pub(super) fn throw_uninitialised(vm: &mut Vm, name: u32) -> u32 {
    let mark = vm.mark();
    if let Ok(slot) = vm.push_word(name) {
        let pieces =
            [Piece::Text("Cannot access '"), Piece::Value(slot), Piece::Text("' before initialization")];
        let _ = vm.throw_error(ErrorKind::Reference, &pieces);
    }
    vm.release(mark);
    word::EXCEPTION
}

/// A function's frame, when the stack has no room for it.
#[cold]
#[inline(never)]
pub(super) fn stack_overflow(vm: &mut Vm) {
    let _ = vm.throw_stack_overflow();
}

/// Source text of the running instruction's callee or operand.
fn expression_text(vm: &Vm) -> Option<&'static [u8]> {
    let place = place_of(vm, vm.engine.get() - vm.image);
    Some(text(vm.image, place.text.checked_sub(1)?))
}

fn throw_not_a(vm: &mut Vm, text: &[u8], what: &str) -> Thrown {
    vm.throw_error(ErrorKind::Type, &[Piece::Bytes(text), Piece::Text(what)])
}

/// Calls anything but a compiled function; the window is above the stack pointer and stays there.
#[inline(never)]
pub(super) fn call_other(vm: &mut Vm, argc: u32) -> u32 {
    let window = cover(vm, argc + 2);
    let result = if vm.get(window).is(Kind::Native) {
        // Native code that calls back counts itself, so the depth of the C stack needs no check here.
        // SAFETY: the callee in the window is a native of the image, and the window is on top of the stack.
        unsafe { invoke_native(vm, argc) }
    } else {
        call_value(vm, window, argc)
    };
    vm.sp.set(window.0);
    result
}

gate! {
    /// Calls a value that need not be callable.
    if Calls, fn call_value(vm: &mut Vm, window: Slot, argc: u32) -> u32 {
        if vm.get(window).is_callable() {
            return vm.call_word(argc).unwrap_or(word::EXCEPTION);
        }
        match expression_text(vm) {
            Some(text) => throw_not_a(vm, text, " is not a function"),
            None => vm.throw_not_callable(argc),
        };
        word::EXCEPTION
    }
}

/// Puts the method of a window's `this` in its place.
#[inline(never)]
pub(super) fn load_method(vm: &mut Vm, key: u32, argc: u32) -> u32 {
    let window = vm.sp.get();
    store(window, word::UNDEFINED);
    cover(vm, argc + 2);
    // SAFETY: the verifier has seen that the constant is a key, and it lies in the image.
    let key = unsafe { Key::constant(key) };
    let result = to_word(vm.get_property(Slot(window + 4), key));
    store(window, result);
    vm.sp.set(window);
    result
}

/// The same when the key is in the callee's place.
#[inline(never)]
pub(super) fn load_element_method(vm: &mut Vm, argc: u32) -> u32 {
    let window = cover(vm, argc + 2);
    let result = to_word(vm.get_element(window.above(1), window));
    store(window.0, result);
    vm.sp.set(window.0);
    result
}

/// Lays the elements of the array in a window's first argument out as arguments; their number, or `EXCEPTION`.
#[inline(never)]
pub(super) fn spread_arguments(vm: &mut Vm, before: u32) -> u32 {
    let window = cover(vm, before + 1);
    let array = load(window.above(before).0);
    let is_array = Value::of(array).is(Kind::Array);
    let count = if is_array { vm.array_length(window.above(before)) } else { 0 };
    let room = vm.push_words(count).is_ok();
    if room && count > 0 {
        vm.spread_elements(window.above(before), window.above(before), count);
    }
    vm.sp.set(window.0);
    if room { count } else { word::EXCEPTION }
}

/// `new` with the window above the stack pointer: new object, callee, `this`, arguments. `EMPTY` if the compiled function in the
/// window's second word is to be entered.
#[inline(never)]
pub(super) fn construct(vm: &mut Vm, argc: u32) -> u32 {
    let window = vm.sp.get();
    store(window, word::UNDEFINED);
    store(window + 8, word::UNDEFINED);
    cover(vm, argc + 3);
    let callee = Slot(window + 4);
    let done = if !vm.is_constructor(vm.get(callee)) {
        match expression_text(vm) {
            Some(text) => throw_not_a(vm, text, " is not a constructor"),
            None => vm.throw_not_constructor(argc),
        };
        word::EXCEPTION
    } else if vm.get(callee).is(Kind::Function) {
        match vm.prepare_construct(callee) {
            Ok(()) => {
                store(window, load(window + 8));
                word::EMPTY
            }
            Err(Thrown) => word::EXCEPTION,
        }
    } else {
        match vm.construct_word(argc) {
            Ok(word) => word,
            Err(Thrown) => word::EXCEPTION,
        }
    };
    vm.sp.set(window + 4);
    done
}

/// Whether a call with so many arguments needs [`adjust_arguments`].
#[inline(always)]
pub(super) fn takes_other_arguments(descriptor: u32, argc: u32) -> bool {
    const VARIADIC: u32 = (function::REST | function::ARGUMENTS | function::NEW_TARGET) as u32;
    argc != load_byte(descriptor + function::PARAMS as u32)
        || load_half(descriptor + function::FLAGS as u32) & VARIADIC != 0
}

/// Makes a window what a function wants: missing arguments `undefined`, then the rest array, the arguments object and
/// `new.target` if it has them. Leaves the stack pointer as it is.
#[inline(never)]
pub(super) fn adjust_arguments(vm: &mut Vm, window: u32, argc: u32, descriptor: u32) -> Result<()> {
    let flags = load_half(descriptor + function::FLAGS as u32) as u16;
    let params = load_byte(descriptor + function::PARAMS as u32);
    let top = vm.sp.get();
    vm.sp.set(window + 4 * (argc + 2));
    let result = adjust_in_place(vm, window, argc, params, flags);
    vm.sp.set(top);
    result
}

fn adjust_in_place(vm: &mut Vm, window: u32, argc: u32, params: u32, flags: u16) -> Result<()> {
    let first = Slot(window + 8);
    if flags & (function::REST | function::ARGUMENTS | function::NEW_TARGET) != 0 {
        adjust_variadic(vm, first, argc, params, flags)
    } else if argc < params {
        vm.push_words(params - argc).map(drop)
    } else {
        Ok(())
    }
}

gate! {
    /// Adds what functions want beyond their parameters.
    if Variadic, fn adjust_variadic(vm: &mut Vm, first: Slot, argc: u32, params: u32, flags: u16) -> Result<()> {
        let new_target =
            if flags & function::NEW_TARGET != 0 { vm.take_new_target() } else { word::UNDEFINED };
        let new_target = vm.push_word(new_target)?;
        let [rest, arguments] = vm.slots()?;
        // Room for the parameters that are missing, before the values are put there.
        vm.push_words(params.saturating_sub(argc) + 3)?;
        if flags & function::REST != 0 {
            let extra = argc.saturating_sub(params);
            vm.new_array_from(first.above(params.min(argc)), extra)?.store(rest);
        }
        if flags & function::ARGUMENTS != 0 {
            vm.new_arguments(first, argc)?.store(arguments);
        }
        let values = [
            (function::REST, load(rest.0)),
            (function::ARGUMENTS, load(arguments.0)),
            (function::NEW_TARGET, load(new_target.0)),
        ];
        if argc < params {
            fill(first.above(argc).0, params - argc, word::UNDEFINED);
        }
        let mut at = first.above(params).0;
        for (flag, word) in values {
            if flags & flag != 0 {
                store(at, word);
                at += 4;
            }
        }
        Ok(())
    }
}

#[inline(never)]
pub(super) fn float_unary(operator: FloatUnary, x: f64) -> f64 {
    match operator {
        FloatUnary::Neg => -x,
        FloatUnary::Abs => f64::from_bits(x.to_bits() & !(1 << 63)),
        FloatUnary::Sqrt => libm::sqrt(x),
        FloatUnary::Floor => libm::floor(x),
        FloatUnary::Ceil => libm::ceil(x),
        FloatUnary::Trunc => libm::trunc(x),
    }
}
