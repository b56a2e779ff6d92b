//! The way from the interpreter's loop to what its short paths do not handle.
//!
//! In an image (feature `helper-table`) it goes through the table of [`jerboa_abi::helper`], so that only the helpers of
//! the program's instructions are linked; elsewhere helpers are called directly.

use jerboa_abi::helper::Helper;
use jerboa_abi::opcode::{Binary, Compare, Define, FloatUnary, Unary};
use jerboa_abi::value as word;

use super::slow::{self, to_word};
use crate::Thrown;
use crate::memory::{load_byte, pointer, store};
use crate::number;
use crate::ops::{Arithmetic, Bitwise, Comparison};
use crate::value::{Key, Slot, Value};
use crate::vm::Vm;

/// The one signature of all helpers.
type HelperFn = unsafe extern "C" fn(vm: *mut Vm, a: u32, b: u32, c: u32) -> u32;

/// Calls a helper that an instruction of the running program needs.
#[cfg(feature = "helper-table")]
#[inline(always)]
fn call(helper: Helper, vm: &mut Vm, a: u32, b: u32, c: u32) -> u32 {
    unsafe extern "C" {
        /// See [`jerboa_abi::helper::TABLE`].
        static jerboa_helpers: [HelperFn; Helper::ALL.len()];
    }
    // SAFETY: the compiler put the helpers of all instructions of the program in the table.
    unsafe { jerboa_helpers[helper as usize](vm, a, b, c) }
}

/// Calls a helper.
#[cfg(not(feature = "helper-table"))]
#[inline(always)]
fn call(helper: Helper, vm: &mut Vm, a: u32, b: u32, c: u32) -> u32 {
    macro_rules! table {
        ($(($id:ident, $symbol:ident))*) => { [$($symbol),*] };
    }
    const HELPERS: [HelperFn; Helper::ALL.len()] = jerboa_abi::for_each_helper!(table);
    // SAFETY: the arguments are those that the helper takes.
    unsafe { HELPERS[helper as usize](vm, a, b, c) }
}

/// Defines helpers.
macro_rules! helpers {
    ($(fn $symbol:ident($vm:ident, $a:ident, $b:ident, $c:ident) $body:expr)+) => {$(
        /// See [`jerboa_abi::helper`].
        ///
        /// # Safety
        /// `vm` is live and nobody else uses it; the words are what the instruction passes: slots of its stack, keys or counts.
        #[unsafe(no_mangle)]
        unsafe extern "C" fn $symbol(vm: *mut Vm, $a: u32, $b: u32, $c: u32) -> u32 {
            // SAFETY: by the contract.
            let $vm = unsafe { &mut *vm };
            let _ = ($b, $c);
            $body
        }
    )+};
}

fn truth(result: crate::Result<bool>) -> u32 {
    match result {
        Ok(truth) => word::from_bool(truth),
        Err(Thrown) => word::EXCEPTION,
    }
}

/// The operator of a number that the loop passes on; it was read from verified code.
macro_rules! operator {
    ($type:ident, $number:ident) => {
        match $type::from_byte($number as u8) {
            Some(operator) => operator,
            None => return word::UNDEFINED,
        }
    };
}

helpers! {
    fn jrt_i_add(vm, a, b, _c) to_word(vm.add(Slot(a), Slot(b)))
    fn jrt_i_sub(vm, a, b, _c) to_word(vm.arithmetic_inline(Arithmetic::Sub, Slot(a), Slot(b)))
    fn jrt_i_mul(vm, a, b, _c) to_word(vm.arithmetic_inline(Arithmetic::Mul, Slot(a), Slot(b)))
    fn jrt_i_div(vm, a, b, _c) to_word(vm.arithmetic_inline(Arithmetic::Div, Slot(a), Slot(b)))
    fn jrt_i_rem(vm, a, b, _c) to_word(vm.arithmetic_inline(Arithmetic::Rem, Slot(a), Slot(b)))
    fn jrt_i_exp(vm, a, b, _c) to_word(vm.arithmetic_inline(Arithmetic::Exp, Slot(a), Slot(b)))
    fn jrt_i_bits(vm, a, b, operator) {
        let operator = match operator!(Binary, operator) {
            Binary::BitAnd => Bitwise::And,
            Binary::BitOr => Bitwise::Or,
            Binary::BitXor => Bitwise::Xor,
            Binary::Shl => Bitwise::Shl,
            Binary::Sar => Bitwise::Shr,
            _ => Bitwise::ShrUnsigned,
        };
        to_word(vm.bitwise(operator, Slot(a), Slot(b)))
    }
    fn jrt_i_unary(vm, a, operator, _c) {
        to_word(match operator!(Unary, operator) {
            Unary::Neg => vm.negate(Slot(a)),
            Unary::BitNot => vm.bit_not(Slot(a)),
            _ => vm.to_numeric(Slot(a)),
        })
    }
    fn jrt_i_text(vm, a, operator, _c) slow::to_text(vm, operator!(Unary, operator), Slot(a))
    fn jrt_i_new_instance(vm, a, _b, _c) to_word(vm.new_this(Slot(a)))
    fn jrt_i_type_of(vm, a, _b, _c) to_word(vm.type_name(Slot(a)))
    fn jrt_i_relation(vm, a, b, comparison) {
        let comparison = match operator!(Compare, comparison) {
            Compare::Lt => Comparison::Less,
            Compare::Le => Comparison::LessEqual,
            Compare::Gt => Comparison::Greater,
            _ => Comparison::GreaterEqual,
        };
        truth(vm.compare(comparison, Slot(a), Slot(b)))
    }
    fn jrt_i_strict_eq(vm, a, b, _c) truth(vm.strict_equals(Slot(a), Slot(b)))
    fn jrt_i_loose_eq(vm, a, b, _c) truth(vm.loose_equals(Slot(a), Slot(b)))
    fn jrt_i_instance_of(vm, a, b, _c) truth(vm.instance_of(Slot(a), Slot(b)))
    fn jrt_i_in(vm, a, b, _c) truth(vm.has_element(Slot(a), Slot(b)))
    fn jrt_i_concat(vm, count, _b, _c) slow::concat(vm, count)
    fn jrt_i_float_rem(_vm, d, a, b) {
        // SAFETY: as in the loop: addresses of register pairs.
        unsafe { set_float(d, number::math::rem(float(a), float(b))) };
        0
    }
    fn jrt_i_float_unary(_vm, d, operator, a) {
        // SAFETY: as before.
        unsafe { set_float(d, slow::float_unary(operator!(FloatUnary, operator), float(a))) };
        0
    }
    fn jrt_i_to_int(vm, d, a, _c) {
        slow::to_unit(vm.to_i32(Slot(a)).map(|x| store(d, x as u32)))
    }
    fn jrt_i_to_float(vm, d, a, _c) {
        // SAFETY: as before.
        slow::to_unit(vm.to_number(Slot(a)).map(|x| unsafe { set_float(d, x) }))
    }
    fn jrt_i_new_object(vm, shape, _b, _c) slow::new_object(vm, shape)
    fn jrt_i_new_array(vm, count, _b, _c) slow::new_array(vm, count)
    fn jrt_i_array_push(vm, array, value, _c) slow::array_push(vm, Slot(array), Slot(value))
    fn jrt_i_array_append(vm, array, items, _c) slow::array_append(vm, Slot(array), Slot(items))
    // SAFETY: the verifier has seen that the constant is a key, and it lies in the image.
    fn jrt_i_get_prop(vm, object, key, _c) to_word(crate::property::property(vm, Slot(object), unsafe { Key::constant(key) }))
    fn jrt_i_set_prop(vm, object, key, value) {
        // SAFETY: as before.
        slow::to_unit(crate::property::set_property(vm, Slot(object), unsafe { Key::constant(key) }, Slot(value)))
    }
    fn jrt_i_get_length(vm, object, _b, _c) slow::get_length(vm, Slot(object))
    fn jrt_i_str_length(vm, string, _b, _c) slow::string_length(vm, Slot(string))
    fn jrt_i_str_unit(vm, string, index, _c) slow::string_unit(vm, Slot(string), index)
    fn jrt_i_get_elem(vm, object, key, _c) to_word(crate::property::element(vm, Slot(object), Slot(key)))
    fn jrt_i_get_elem_i(vm, object, index, _c) slow::get_element_at(vm, Slot(object), index as i32)
    fn jrt_i_set_elem(vm, object, key, value) slow::set_element(vm, Slot(object), Slot(key), Slot(value))
    fn jrt_i_set_elem_i(vm, object, index, value) {
        slow::set_element_at(vm, Slot(object), index as i32, Slot(value))
    }
    fn jrt_i_typed_len(_vm, array, _b, _c) crate::typed::length_of(array)
    fn jrt_i_typed_get_i(_vm, array, index, _c) crate::typed::integer_at(array, index)
    fn jrt_i_typed_get_f(_vm, d, array, index) {
        // SAFETY: as before.
        unsafe { set_float(d, crate::typed::float_at(array, index)) };
        0
    }
    fn jrt_i_typed_set_i(_vm, array, index, value) {
        crate::typed::set_integer_at(array, index, value as i32);
        0
    }
    fn jrt_i_typed_set_f(_vm, array, index, value) {
        // SAFETY: as before.
        crate::typed::set_float_at(array, index, unsafe { float(value) });
        0
    }
    fn jrt_i_delete_prop(vm, object, key, _c) slow::delete_key(vm, Slot(object), key)
    fn jrt_i_delete_elem(vm, object, key, _c) slow::delete_element(vm, Slot(object), Slot(key))
    // Its operands are more than three: it reads them.
    fn jrt_i_define(vm, pc, fp, _c) {
        let slot = |k: u32| Slot(fp + load_byte(pc + k));
        let what = load_byte(pc + 1);
        slow::define(vm, operator!(Define, what), slot(2), slot(3), slot(4))
    }
    fn jrt_i_set_proto(vm, object, proto, _c) slow::set_proto(vm, Slot(object), Slot(proto))
    fn jrt_i_load_method(vm, key, argc, _c) slow::load_method(vm, key, argc)
    fn jrt_i_load_elem_method(vm, argc, _b, _c) slow::load_element_method(vm, argc)
    fn jrt_i_spread(vm, before, _b, _c) slow::spread_arguments(vm, before)
    fn jrt_i_construct(vm, argc, _b, _c) slow::construct(vm, argc)
    fn jrt_i_for_in(vm, object, _b, _c) to_word(vm.for_in(Slot(object)))
    fn jrt_i_iterate(vm, value, _b, _c) slow::iterate(vm, Slot(value))
    fn jrt_i_iter_next(vm, state, _b, _c) slow::iterator_next(vm, Slot(state))
    fn jrt_i_iter_close(vm, state, _b, _c) slow::iterator_close(vm, Slot(state))
}

/// The double in a register pair.
///
/// # Safety
/// The address is that of a register pair.
unsafe fn float(at: u32) -> f64 {
    // SAFETY: by the contract.
    unsafe { pointer(at).cast::<f64>().read_unaligned() }
}

/// Sets the double in a register pair.
///
/// # Safety
/// The address is that of a register pair.
unsafe fn set_float(at: u32, x: f64) {
    // SAFETY: by the contract.
    unsafe { pointer(at).cast::<f64>().write_unaligned(x) }
}

/// An operator with a small integer on the right.
#[inline(never)]
fn call_imm(helper: Helper, vm: &mut Vm, a: Slot, b: i8, operator: u32) -> u32 {
    let mark = vm.mark();
    let Ok(slot) = vm.push_word(Value::small(i32::from(b)).word()) else { return word::EXCEPTION };
    let result = call(helper, vm, a.0, slot.0, operator);
    vm.release(mark);
    result
}

#[inline(always)]
pub(super) fn binary(vm: &mut Vm, operator: Binary, a: Slot, b: Slot) -> u32 {
    call(Helper::of_binary(operator)[0], vm, a.0, b.0, operator as u32)
}

#[inline(always)]
pub(super) fn binary_imm(vm: &mut Vm, operator: Binary, a: Slot, b: i8) -> u32 {
    call_imm(Helper::of_binary(operator)[0], vm, a, b, operator as u32)
}

/// A comparison: `TRUE`, `FALSE` or `EXCEPTION`.
#[inline(always)]
pub(super) fn compare(vm: &mut Vm, comparison: Compare, a: Slot, b: Slot) -> u32 {
    call(Helper::of_compare(comparison)[0], vm, a.0, b.0, comparison as u32)
}

#[inline(always)]
pub(super) fn compare_imm(vm: &mut Vm, comparison: Compare, a: Slot, b: i8) -> u32 {
    call_imm(Helper::of_compare(comparison)[0], vm, a, b, comparison as u32)
}

#[inline(always)]
pub(super) fn unary(vm: &mut Vm, operator: Unary, a: Slot) -> u32 {
    let helper = match operator {
        Unary::ToStr | Unary::ToKey => Helper::Text,
        Unary::TypeOf => Helper::TypeOf,
        Unary::NewInstance => Helper::NewInstance,
        _ => Helper::Unary,
    };
    call(helper, vm, a.0, operator as u32, 0)
}

/// Names for the loop, with the types of what they take.
macro_rules! names {
    ($(fn $name:ident($($argument:ident: $type:ty => $word:expr),*) $helper:ident)+) => {$(
        #[inline(always)]
        pub(super) fn $name(vm: &mut Vm, $($argument: $type),*) -> u32 {
            let words: &[u32] = &[$($word),*];
            let word = |i: usize| words.get(i).copied().unwrap_or(0);
            call(Helper::$helper, vm, word(0), word(1), word(2))
        }
    )+};
}

names! {
    fn concat(count: u32 => count) Concat
    fn float_rem(d: u32 => d, a: u32 => a, b: u32 => b) FloatRem
    fn float_unary(d: u32 => d, operator: u8 => u32::from(operator), a: u32 => a) FloatUnary
    fn to_int(d: u32 => d, a: Slot => a.0) ToInt
    fn to_float(d: u32 => d, a: Slot => a.0) ToFloat
    fn new_object(shape: u32 => shape) NewObject
    fn new_array(count: u32 => count) NewArray
    fn array_push(array: Slot => array.0, value: Slot => value.0) ArrayPush
    fn array_append(array: Slot => array.0, items: Slot => items.0) ArrayAppend
    fn get_property(object: Slot => object.0, key: u32 => key) GetProp
    fn set_property(object: Slot => object.0, key: u32 => key, value: Slot => value.0) SetProp
    fn get_length(object: Slot => object.0) GetLength
    fn string_length(string: Slot => string.0) StrLength
    fn string_unit(string: Slot => string.0, index: i32 => index as u32) StrUnit
    fn get_element(object: Slot => object.0, key: Slot => key.0) GetElem
    fn get_element_at(object: Slot => object.0, index: i32 => index as u32) GetElemI
    fn set_element(object: Slot => object.0, key: Slot => key.0, value: Slot => value.0) SetElem
    fn set_element_at(object: Slot => object.0, index: i32 => index as u32, value: Slot => value.0) SetElemI
    fn typed_length(array: u32 => array) TypedLen
    fn typed_integer(array: u32 => array, index: i32 => index as u32) TypedGetI
    fn typed_float(d: u32 => d, array: u32 => array, index: i32 => index as u32) TypedGetF
    fn set_typed_integer(array: u32 => array, index: i32 => index as u32, value: i32 => value as u32) TypedSetI
    fn set_typed_float(array: u32 => array, index: i32 => index as u32, value: u32 => value) TypedSetF
    fn delete_key(object: Slot => object.0, key: u32 => key) DeleteProp
    fn delete_element(object: Slot => object.0, key: Slot => key.0) DeleteElem
    fn define(pc: u32 => pc, fp: u32 => fp) Define
    fn set_proto(object: Slot => object.0, proto: Slot => proto.0) SetProto
    fn load_method(key: u32 => key, argc: u32 => argc) LoadMethod
    fn load_element_method(argc: u32 => argc) LoadElemMethod
    fn spread_arguments(before: u32 => before) Spread
    fn construct(argc: u32 => argc) Construct
    fn for_in(object: Slot => object.0) ForIn
    fn iterate(value: Slot => value.0) Iterate
    fn iterator_next(state: Slot => state.0) IterNext
    fn iterator_close(state: Slot => state.0) IterClose
}
