//! Conversions between types, and between the representations of a type.

use jerboa_abi::value as word;

use super::arithmetic::{integer, unsigned};
use super::{address, enter, entries, hold, known_number, val};
use crate::memory::load;
use crate::number;
use crate::value::Value;

entries! {
    /// `typeof a`.
    fn jrt_type_of(sp: sp, a: val) -> val {
        let (vm, [a]) = hold(sp, [a]);
        val(vm.type_name(a))
    }

    /// ToBoolean.
    fn jrt_to_bool(a: val) -> bool {
        u32::from(Value::of(a).to_boolean())
    }

    /// ToString.
    fn jrt_to_str(sp: sp, a: val) -> val {
        if Value::of(a).is_string() {
            return a;
        }
        let (vm, [a]) = hold(sp, [a]);
        if vm.to_string(a).is_ok() { load(a.0) } else { word::EXCEPTION }
    }

    /// ToPropertyKey.
    fn jrt_to_key(sp: sp, a: val) -> val {
        let (vm, [a]) = hold(sp, [a]);
        if vm.to_property_key(a).is_ok() { load(a.0) } else { word::EXCEPTION }
    }

    /// The value of an integer.
    fn jrt_box_i32(sp: sp, a: i32) -> val {
        integer(sp, a)
    }

    /// The value of the bits as an unsigned integer.
    fn jrt_box_u32(sp: sp, a: i32) -> val {
        unsigned(sp, a as u32)
    }

    /// The value of a double.
    fn jrt_box_f64(sp: sp, a: f64) -> val {
        val(enter(address(sp)).number(a))
    }

    /// The integer of a number that is one.
    fn jrt_unbox_i32(a: val) -> i32 {
        match Value::of(a).as_int() {
            Some(integer) => integer,
            None => known_number(a) as i32,
        }
    }

    /// The double of a number.
    fn jrt_unbox_f64(a: val) -> f64 {
        known_number(a)
    }

    /// ToInt32 of a number.
    fn jrt_number_to_i32(a: val) -> i32 {
        match Value::of(a).as_int() {
            Some(integer) => integer,
            None => number::to_i32(known_number(a)),
        }
    }

    /// Whether it is a number.
    fn jrt_is_number(a: val) -> bool {
        u32::from(Value::of(a).is_number())
    }

    /// ToInt32.
    fn jrt_f64_to_i32(a: f64) -> i32 {
        number::to_i32(a)
    }
}
