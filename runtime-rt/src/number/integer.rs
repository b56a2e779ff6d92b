//! Doubles to machine integers as the specification's abstract operations say, and integers to
//! decimal text.
//!
//! The conversions take the double apart by its bits. `as` would saturate where ECMAScript wraps,
//! and on cores without a double-precision unit each comparison or conversion is a library call.

/// Bytes for [`i32_to_decimal`] and [`u32_to_decimal`].
pub const I32_BUFFER: usize = 11;

/// Digits of `n` at the end of `buf`, which ten bytes are enough for.
#[inline(never)]
pub(super) fn u32_digits(n: u32, buf: &mut [u8]) -> &[u8] {
    let mut at = buf.len();
    let mut rest = n;
    for slot in buf.iter_mut().rev() {
        *slot = b'0' + (rest % 10) as u8;
        rest /= 10;
        at -= 1;
        if rest == 0 {
            break;
        }
    }
    buf.get(at..).unwrap_or_default()
}

/// Decimal digits of `n`.
pub fn u32_to_decimal(n: u32, buf: &mut [u8; I32_BUFFER]) -> &[u8] {
    u32_digits(n, buf)
}

/// Decimal digits of `n`, with a minus sign if it is negative.
pub fn i32_to_decimal(n: i32, buf: &mut [u8; I32_BUFFER]) -> &[u8] {
    let len = u32_digits(n.unsigned_abs(), buf).len();
    let mut at = I32_BUFFER - len;
    if n < 0 {
        at -= 1;
        if let Some(slot) = buf.get_mut(at) {
            *slot = b'-';
        }
    }
    buf.get(at..).unwrap_or_default()
}

/// `ToInt32`: truncates and wraps modulo 2^32; NaN and the infinities give 0.
pub fn to_i32(value: f64) -> i32 {
    let bits = value.to_bits();
    let exponent = (bits >> 52) as i32 & 0x7ff;
    let shift = exponent - 1075;
    // A shift of 32 and more leaves no bit in the low word, and infinities and NaN have one of 972;
    // below -52 the value is less than one. Zero and subnormals end up there too.
    if !(-52..32).contains(&shift) {
        return 0;
    }
    let mantissa = (bits & ((1 << 52) - 1)) | 1 << 52;
    let magnitude = if shift >= 0 { (mantissa as u32) << shift } else { (mantissa >> -shift) as u32 };
    let n = magnitude as i32;
    if (bits as i64) < 0 { n.wrapping_neg() } else { n }
}

/// `ToUint32`.
#[inline]
pub fn to_u32(value: f64) -> u32 {
    to_i32(value) as u32
}

/// `ToInt16`.
pub fn to_i16(value: f64) -> i16 {
    to_i32(value) as i16
}

/// `ToUint16`.
#[inline]
pub fn to_u16(value: f64) -> u16 {
    to_i32(value) as u16
}

/// `ToInt8`.
pub fn to_i8(value: f64) -> i8 {
    to_i32(value) as i8
}

/// `ToUint8`.
pub fn to_u8(value: f64) -> u8 {
    to_i32(value) as u8
}

/// `ToUint8Clamp`: saturates, and rounds half to even; NaN gives 0.
pub fn to_u8_clamp(value: f64) -> u8 {
    if value.is_nan() || value <= 0.0 {
        return 0;
    }
    if value >= 255.0 {
        return 255;
    }
    let floor = to_i32(value);
    let rest = value - f64::from(floor);
    let up = rest > 0.5 || rest == 0.5 && floor & 1 == 1;
    (floor + i32::from(up)) as u8
}

/// The `i32` that `value` is exactly, if it is one. Negative zero is not.
pub fn f64_to_i32_exact(value: f64) -> Option<i32> {
    let bits = value.to_bits();
    let n = to_i32(value);
    if n == 0 {
        return (bits == 0).then_some(0);
    }
    (f64::from(n).to_bits() == bits).then_some(n)
}

/// The array index that `value` is exactly, 0 to 2^32 - 2, if it is one. Negative zero is index 0,
/// because its property key is `"0"`.
pub fn f64_to_array_index(value: f64) -> Option<u32> {
    let n = to_u32(value);
    (n != u32::MAX && f64::from(n) == value).then_some(n)
}

/// Whether `value` is finite and has no fractional part (`Number.isInteger`).
pub fn is_integral(value: f64) -> bool {
    let bits = value.to_bits();
    let exponent = (bits >> 52) as i32 & 0x7ff;
    match exponent {
        0x7ff => false,
        0..1023 => bits << 1 == 0,
        1023..1075 => bits & (u64::MAX >> (exponent - 1011)) == 0,
        _ => true,
    }
}

/// The number nearest to `value` in 0 to `high`. The method of `f64` checks its bounds, and says with `core::fmt` what is wrong.
pub fn clamp(value: f64, high: f64) -> f64 {
    if value > high {
        high
    } else if value > 0.0 {
        value
    } else {
        0.0
    }
}

/// `ToIntegerOrInfinity`: truncates; NaN and -0 give +0.
pub fn to_integer_or_infinity(value: f64) -> f64 {
    let bits = value.to_bits();
    let exponent = (bits >> 52) as i32 & 0x7ff;
    if exponent < 1023 || value.is_nan() {
        return 0.0;
    }
    if exponent >= 1075 {
        return value;
    }
    f64::from_bits(bits & !(u64::MAX >> (exponent - 1011)))
}

/// The integer that a number in 0 to 2^53 is, rounded down. The conversion of the language takes any number, which costs a routine
/// of its own where doubles are calculated by software.
pub fn to_length(value: f64) -> u64 {
    let bits = value.to_bits();
    let exponent = (bits >> 52) as u32 & 0x7ff;
    if exponent < 1023 { 0 } else { (bits << 11 | 1 << 63) >> (1086 - exponent.min(1086)) }
}

/// A length or index of at most 2^53 as a double, without a conversion of 64 bits as above.
pub fn from_length(length: u64) -> f64 {
    let low = f64::from(length as u32);
    match (length >> 32) as u32 {
        0 => low,
        // Times 2^32, by the exponent.
        high => f64::from_bits(f64::from(high).to_bits() + (32 << 52)) + low,
    }
}

/// `SameValue` on numbers: NaN equals itself and the zeros differ (`Object.is`).
pub fn same_value(a: f64, b: f64) -> bool {
    a.to_bits() == b.to_bits() || a.is_nan() && b.is_nan()
}

/// `SameValueZero` on numbers: NaN equals itself and so do the zeros (`Map`, `Set`, `includes`).
pub fn same_value_zero(a: f64, b: f64) -> bool {
    a == b || a.is_nan() && b.is_nan()
}
