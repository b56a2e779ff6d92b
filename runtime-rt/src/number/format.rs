//! Numbers to decimal text: `Number::toString` with radix 10, `toFixed`, `toPrecision` and
//! `toExponential`.
//!
//! Rounding follows the text of the specification: the exact value of the double is rounded, and a
//! tie goes to the larger magnitude. Callers check the range of a digit count and throw; the
//! functions here clamp it.

use super::digits::{Decimal, Places, SHORTEST_DIGITS, rounded, short_decimal, shortest};
use super::integer::u32_digits;

/// Bytes for [`f64_to_string_shortest`]: `-0.0000012345678901234567`.
pub const SHORTEST_BUFFER: usize = 25;
/// Bytes for [`f64_to_fixed`]: a sign, 21 digits, a point and 100 digits.
pub const FIXED_BUFFER: usize = 123;
/// Bytes for [`f64_to_precision`]: a sign, `0.000000` and 100 digits.
pub const PRECISION_BUFFER: usize = 108;
/// Bytes for [`f64_to_exponential`]: a sign, 101 digits, a point and `e-308`.
pub const EXPONENTIAL_BUFFER: usize = 108;

/// Significant digits at most: 21 before the point and 100 behind it, or 1 and 100.
const DIGITS: usize = 121;

/// Appends to a caller's buffer. The buffer sizes above bound what can be written, so a full buffer
/// never happens; checking quietly keeps the panic machinery out of the image.
pub(super) struct Out<'a> {
    buf: &'a mut [u8],
    len: usize,
}

impl<'a> Out<'a> {
    pub(super) fn new(buf: &'a mut [u8]) -> Out<'a> {
        Out { buf, len: 0 }
    }

    pub(super) fn byte(&mut self, byte: u8) {
        debug_assert!(self.len < self.buf.len());
        if let Some(slot) = self.buf.get_mut(self.len) {
            *slot = byte;
            self.len += 1;
        }
    }

    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.byte(byte);
        }
    }

    pub(super) fn finish(self) -> &'a [u8] {
        self.buf.get(..self.len).unwrap_or_default()
    }

    /// Writes digits with the first one at place `exponent`, and `fraction` places behind the point.
    fn positional(&mut self, digits: &[u8], exponent: i32, fraction: i32) {
        let mut place = exponent.max(0);
        while place >= -fraction {
            if place == -1 {
                self.byte(b'.');
            }
            self.byte(digits.get((exponent - place) as usize).copied().unwrap_or(b'0'));
            place -= 1;
        }
    }

    /// Writes `d.ddde±x` with `count` digits.
    fn exponential(&mut self, digits: &[u8], count: i32, exponent: i32) {
        self.positional(digits, 0, count - 1);
        self.byte(b'e');
        self.byte(if exponent < 0 { b'-' } else { b'+' });
        self.integer(exponent.unsigned_abs());
    }

    fn integer(&mut self, n: u32) {
        let mut buf = [0; 10];
        self.bytes(u32_digits(n, &mut buf));
    }

    /// Writes the sign. Returns the magnitude, or `None` after writing a number that is not finite.
    fn sign(&mut self, value: f64) -> Option<f64> {
        if value.is_nan() {
            self.bytes(b"NaN");
            return None;
        }
        let magnitude = if value < 0.0 {
            self.byte(b'-');
            -value
        } else {
            value
        };
        if magnitude == f64::INFINITY {
            self.bytes(b"Infinity");
            return None;
        }
        Some(magnitude)
    }

    /// Writes the shortest digits of a finite magnitude as `Number::toString` lays them out.
    fn shortest(&mut self, magnitude: f64) {
        if let Some(n) = small_integer(magnitude) {
            return self.integer(n);
        }
        let mut buf = [0; SHORTEST_DIGITS];
        let decimal = shortest_digits(magnitude, &mut buf);
        self.decimal(&buf, decimal);
    }

    /// Writes digits as `Number::toString` lays them out.
    pub(super) fn decimal(&mut self, digits: &[u8], decimal: Decimal) {
        let Decimal { len, exponent } = decimal;
        let digits = digits.get(..len).unwrap_or_default();
        if (-6..21).contains(&exponent) {
            self.positional(digits, exponent, (len as i32 - 1 - exponent).max(0));
        } else {
            self.exponential(digits, len as i32, exponent);
        }
    }
}

/// The value as an integer, if it is one that fits.
fn small_integer(magnitude: f64) -> Option<u32> {
    let n = magnitude as u32;
    (f64::from(n) == magnitude).then_some(n)
}

/// Quotient and remainder of an integer below 2^53 and 10^9, by 32-bit divisions: a 64-bit one takes a kilobyte where the
/// machine has none.
fn split(n: u64) -> (u32, u32) {
    const BILLION: u64 = 1_000_000_000;
    /// 10^9 without its factors of 2, of which there are 9: below 2^21.
    const ODD: u32 = 1_953_125;
    // Long division with digits of 28, 11 and 5 bits: a remainder and the next digit fit in 32 bits.
    let n9 = n >> 9;
    let (first, middle, last) = ((n9 >> 16) as u32, (n9 >> 5) as u32 & 0x7ff, n9 as u32 & 0x1f);
    let middle = ((first % ODD) << 11) | middle;
    let last = ((middle % ODD) << 5) | last;
    let quotient = ((first / ODD) << 16) + ((middle / ODD) << 5) + last / ODD;
    (quotient, (n - u64::from(quotient) * BILLION) as u32)
}

/// Shortest digits without trailing zeros. `magnitude` is finite and positive.
fn shortest_digits(magnitude: f64, buf: &mut [u8; SHORTEST_DIGITS]) -> Decimal {
    let Some((n, scale)) = short_decimal(magnitude) else {
        return shortest(magnitude, buf);
    };
    let mut out = Out::new(buf);
    let (high, low_part) = split(n);
    if high != 0 {
        out.integer(high);
    }
    let mut low = [0; 10];
    let low = {
        // A leading one keeps the zeros behind the high part.
        let digits = u32_digits(low_part + if high != 0 { 1_000_000_000 } else { 0 }, &mut low);
        if high != 0 { digits.get(1..).unwrap_or_default() } else { digits }
    };
    out.bytes(low);
    let exponent = out.len as i32 - 1 - scale;
    let mut digits = out.finish();
    while let Some((b'0', rest)) = digits.split_last() {
        digits = rest;
    }
    Decimal { len: digits.len(), exponent }
}

/// `Number::toString(value, 10)`: the shortest decimal that reads back as `value`.
pub fn f64_to_string_shortest(value: f64, buf: &mut [u8; SHORTEST_BUFFER]) -> &[u8] {
    let mut out = Out::new(buf);
    if let Some(magnitude) = out.sign(value) {
        out.shortest(magnitude);
    }
    out.finish()
}

/// `Number.prototype.toFixed(fraction)`, with 0 to 100 places behind the point.
pub fn f64_to_fixed(value: f64, fraction: u32, buf: &mut [u8; FIXED_BUFFER]) -> &[u8] {
    let fraction = fraction.min(100) as i32;
    let mut out = Out::new(buf);
    if let Some(magnitude) = out.sign(value) {
        if magnitude >= 1e21 {
            out.shortest(magnitude);
        } else {
            let mut digits = [0; DIGITS];
            let decimal = rounded_digits(magnitude, Places::Fraction(fraction), &mut digits);
            out.positional(digits.get(..decimal.len).unwrap_or_default(), decimal.exponent, fraction);
        }
    }
    out.finish()
}

/// `Number.prototype.toPrecision(precision)`, with 1 to 100 significant digits.
pub fn f64_to_precision(value: f64, precision: u32, buf: &mut [u8; PRECISION_BUFFER]) -> &[u8] {
    let precision = precision.clamp(1, 100) as i32;
    let mut out = Out::new(buf);
    if let Some(magnitude) = out.sign(value) {
        let mut digits = [0; DIGITS];
        let Decimal { len, exponent } =
            rounded_digits(magnitude, Places::Significant(precision), &mut digits);
        let digits = digits.get(..len).unwrap_or_default();
        if exponent < -6 || exponent >= precision {
            out.exponential(digits, precision, exponent);
        } else {
            out.positional(digits, exponent, precision - 1 - exponent);
        }
    }
    out.finish()
}

/// `Number.prototype.toExponential(fraction)`, with 0 to 100 places behind the point, or with as
/// many as are needed to read the number back.
pub fn f64_to_exponential(value: f64, fraction: Option<u32>, buf: &mut [u8; EXPONENTIAL_BUFFER]) -> &[u8] {
    let mut out = Out::new(buf);
    if let Some(magnitude) = out.sign(value) {
        match fraction {
            Some(fraction) => {
                let count = fraction.min(100) as i32 + 1;
                let mut digits = [0; DIGITS];
                let Decimal { len, exponent } =
                    rounded_digits(magnitude, Places::Significant(count), &mut digits);
                out.exponential(digits.get(..len).unwrap_or_default(), count, exponent);
            }
            None if magnitude == 0.0 => out.exponential(b"0", 1, 0),
            None => {
                let mut digits = [0; SHORTEST_DIGITS];
                let Decimal { len, exponent } = shortest_digits(magnitude, &mut digits);
                out.exponential(digits.get(..len).unwrap_or_default(), len as i32, exponent);
            }
        }
    }
    out.finish()
}

/// [`rounded`], extended to zero.
fn rounded_digits(magnitude: f64, places: Places, digits: &mut [u8; DIGITS]) -> Decimal {
    if magnitude == 0.0 {
        return Decimal { len: 0, exponent: 0 };
    }
    rounded(magnitude, places, digits)
}
