//! Arithmetic on any values. Compiled code has dealt with most small integers before it comes here.

use jerboa_abi::value as word;

use super::{enter, entries, hold, val};
use crate::memory::load;
use crate::number;
use crate::value::{Slot, Value};
use crate::vm::Vm;
use crate::{Result, Thrown};

/// A number as a value.
#[inline(never)]
fn number(sp: *mut u32, number: f64) -> u32 {
    val(enter(super::address(sp)).number(number))
}

/// An integer as a value.
#[inline(never)]
pub(super) fn integer(sp: *mut u32, integer: i32) -> u32 {
    match Value::int(integer) {
        Some(value) => value.word(),
        None => val(enter(super::address(sp)).boxed(f64::from(integer))),
    }
}

/// An integer without a sign as a value.
pub(super) fn unsigned(sp: *mut u32, integer: u32) -> u32 {
    match i32::try_from(integer).ok().and_then(Value::int) {
        Some(value) => value.word(),
        None => val(enter(super::address(sp)).boxed(f64::from(integer))),
    }
}

/// An integer of any size as a value. Apart from [`integer`], since the conversion of 64 bits is a routine of its own.
#[inline(never)]
fn wide_integer(sp: *mut u32, integer: i64) -> u32 {
    val(enter(super::address(sp)).integer(integer))
}

/// Both operands, if they are small integers.
#[inline(always)]
fn small(a: u32, b: u32) -> Option<(i32, i32)> {
    (a & b & word::INT_BIT != 0).then_some((word::to_int(a), word::to_int(b)))
}

/// The product of small integers, if it is exact as a double and not -0.
#[inline(always)]
fn small_product(a: u32, b: u32) -> Option<i64> {
    let (x, y) = small(a, b)?;
    let product = i64::from(x) * i64::from(y);
    let may_be_minus_zero = product == 0 && x | y < 0;
    (!may_be_minus_zero && product.unsigned_abs() < 1 << 53).then_some(product)
}

/// ToNumber of both operands.
#[inline(never)]
fn numbers(sp: *mut u32, a: u32, b: u32) -> Result<(f64, f64)> {
    let (x, y) = (Value::of(a), Value::of(b));
    if let (Some(x), Some(y)) = (x.as_number(), y.as_number()) {
        return Ok((x, y));
    }
    let (vm, [a, b]) = hold(sp, [a, b]);
    Ok((vm.to_number(a)?, vm.to_number(b)?))
}

/// ToInt32 of both operands.
#[inline(never)]
fn integers(sp: *mut u32, a: u32, b: u32) -> Result<(i32, i32)> {
    if let Some(both) = small(a, b) {
        return Ok(both);
    }
    let (vm, [a, b]) = hold(sp, [a, b]);
    Ok((vm.to_i32(a)?, vm.to_i32(b)?))
}

/// An operator on numbers.
#[inline(always)]
fn on_numbers(sp: *mut u32, a: u32, b: u32, operator: impl FnOnce(f64, f64) -> f64) -> u32 {
    match numbers(sp, a, b) {
        Ok((x, y)) => number(sp, operator(x, y)),
        Err(Thrown) => word::EXCEPTION,
    }
}

/// An operator on values that are numbers.
#[inline(always)]
fn on_known_numbers(sp: *mut u32, a: u32, b: u32, operator: impl FnOnce(f64, f64) -> f64) -> u32 {
    number(sp, operator(super::known_number(a), super::known_number(b)))
}

/// Makes one string of the values below `top`, each of which `stringify` makes a string first.
#[inline(always)]
fn concat(top: *mut u32, count: u32, stringify: impl Fn(&mut Vm, Slot) -> Result<()>) -> u32 {
    let top = super::address(top);
    if count == 0 {
        return word::EMPTY_STRING;
    }
    let vm = enter(top);
    let first = Slot(top - 4 * count);
    let mut joined = stringify(vm, first);
    for i in 1..count {
        let next = first.above(i);
        joined = joined
            .and_then(|()| stringify(vm, next))
            .and_then(|()| vm.concat(first, next).map(|joined| joined.store(first)));
    }
    if joined.is_ok() { load(first.0) } else { word::EXCEPTION }
}

/// An operator on 32-bit integers.
#[inline(always)]
fn on_integers(sp: *mut u32, a: u32, b: u32, operator: impl FnOnce(i32, i32) -> i32) -> u32 {
    match integers(sp, a, b) {
        Ok((x, y)) => integer(sp, operator(x, y)),
        Err(Thrown) => word::EXCEPTION,
    }
}

/// `a + b` where one is no number.
#[inline(never)]
fn add_slow(sp: *mut u32, a: u32, b: u32) -> u32 {
    let (vm, [a, b]) = hold(sp, [a, b]);
    val(vm.add(a, b))
}

/// ToNumber of an operand.
#[inline(never)]
fn to_number(sp: *mut u32, a: u32) -> Result<f64> {
    match Value::of(a).as_number() {
        Some(number) => Ok(number),
        None => {
            let (vm, [a]) = hold(sp, [a]);
            vm.to_number(a)
        }
    }
}

entries! {
    /// `a + b`.
    fn jrt_add(sp: sp, a: val, b: val) -> val {
        if let Some((x, y)) = small(a, b) {
            // Two small integers have 31 bits.
            return integer(sp, x.wrapping_add(y));
        }
        match (Value::of(a).as_number(), Value::of(b).as_number()) {
            (Some(x), Some(y)) => number(sp, x + y),
            _ => add_slow(sp, a, b),
        }
    }

    /// `a - b`.
    fn jrt_sub(sp: sp, a: val, b: val) -> val {
        match small(a, b) {
            Some((x, y)) => integer(sp, x.wrapping_sub(y)),
            None => on_numbers(sp, a, b, |x, y| x - y),
        }
    }

    /// `a * b`.
    fn jrt_mul(sp: sp, a: val, b: val) -> val {
        match small_product(a, b) {
            Some(product) => wide_integer(sp, product),
            None => on_numbers(sp, a, b, |x, y| x * y),
        }
    }

    /// `a / b`.
    fn jrt_div(sp: sp, a: val, b: val) -> val {
        if let Some((x, y)) = small(a, b)
            && x != 0 && y != 0 && x % y == 0
        {
            return integer(sp, x / y);
        }
        on_numbers(sp, a, b, |x, y| x / y)
    }

    /// `a % b`.
    fn jrt_rem(sp: sp, a: val, b: val) -> val {
        if let Some((x, y)) = small(a, b)
            && x >= 0 && y > 0
        {
            return Value::small(x % y).word();
        }
        on_numbers(sp, a, b, libm::fmod)
    }

    /// `a ** b`.
    fn jrt_exp(sp: sp, a: val, b: val) -> val {
        on_numbers(sp, a, b, number::math::pow)
    }

    /// `a & b`.
    fn jrt_bit_and(sp: sp, a: val, b: val) -> val {
        on_integers(sp, a, b, |x, y| x & y)
    }

    /// `a | b`.
    fn jrt_bit_or(sp: sp, a: val, b: val) -> val {
        on_integers(sp, a, b, |x, y| x | y)
    }

    /// `a ^ b`.
    fn jrt_bit_xor(sp: sp, a: val, b: val) -> val {
        on_integers(sp, a, b, |x, y| x ^ y)
    }

    /// `a << b`.
    fn jrt_shl(sp: sp, a: val, b: val) -> val {
        on_integers(sp, a, b, |x, y| x << (y & 31))
    }

    /// `a >> b`.
    fn jrt_sar(sp: sp, a: val, b: val) -> val {
        on_integers(sp, a, b, |x, y| x >> (y & 31))
    }

    /// `a >>> b`.
    fn jrt_shr(sp: sp, a: val, b: val) -> val {
        match integers(sp, a, b) {
            Ok((x, y)) => unsigned(sp, x as u32 >> (y & 31)),
            Err(Thrown) => word::EXCEPTION,
        }
    }

    /// `-a`.
    fn jrt_neg(sp: sp, a: val) -> val {
        match to_number(sp, a) {
            Ok(x) => number(sp, -x),
            Err(Thrown) => word::EXCEPTION,
        }
    }

    /// `~a`.
    fn jrt_bit_not(sp: sp, a: val) -> val {
        let (vm, [a]) = hold(sp, [a]);
        val(vm.bit_not(a))
    }

    /// `a + 1`, where `a` is a number.
    fn jrt_inc(sp: sp, a: val) -> val {
        let (vm, [a]) = hold(sp, [a]);
        val(vm.increment(a, 1))
    }

    /// `a - 1`, where `a` is a number.
    fn jrt_dec(sp: sp, a: val) -> val {
        let (vm, [a]) = hold(sp, [a]);
        val(vm.increment(a, -1))
    }

    /// ToNumber, kept as a value.
    fn jrt_to_numeric(sp: sp, a: val) -> val {
        if word::is_int(a) {
            return a;
        }
        let (vm, [a]) = hold(sp, [a]);
        val(vm.to_numeric(a))
    }

    /// The remainder as `%` defines it.
    fn jrt_frem(a: f64, b: f64) -> f64 {
        libm::fmod(a, b)
    }

    /// Concatenation of ToString of the `count` operands below `top`.
    fn jrt_concat(top: top, count: i32) -> val {
        concat(top, count as u32, |vm, slot| vm.to_string(slot))
    }

    /// The same, where none of them is an object.
    fn jrt_concat_primitives(top: top, count: i32) -> val {
        concat(top, count as u32, |vm, slot| vm.primitive_to_string(slot))
    }

    /// The same in less code, see [`Vm::primitive_to_string_compact`].
    fn jrt_concat_compact(top: top, count: i32) -> val {
        concat(top, count as u32, |vm, slot| vm.primitive_to_string_compact(slot))
    }

    /// `a + b` of numbers.
    fn jrt_num_add(sp: sp, a: val, b: val) -> val {
        match small(a, b) {
            Some((x, y)) => integer(sp, x.wrapping_add(y)),
            None => on_known_numbers(sp, a, b, |x, y| x + y),
        }
    }

    /// `a - b` of numbers.
    fn jrt_num_sub(sp: sp, a: val, b: val) -> val {
        match small(a, b) {
            Some((x, y)) => integer(sp, x.wrapping_sub(y)),
            None => on_known_numbers(sp, a, b, |x, y| x - y),
        }
    }

    /// `a * b` of numbers.
    fn jrt_num_mul(sp: sp, a: val, b: val) -> val {
        match small_product(a, b) {
            Some(product) => wide_integer(sp, product),
            None => on_known_numbers(sp, a, b, |x, y| x * y),
        }
    }
}
