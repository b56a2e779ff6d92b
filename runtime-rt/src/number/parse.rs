//! Text to numbers: `StringToNumber`, `parseFloat` and `parseInt`.
//!
//! Decimal literals of any length are rounded correctly, in three steps. Up to 2^53 and 10^19 a
//! double operation is exact (Clinger, "How to read floating point numbers accurately", PLDI 1990).
//! Otherwise the first 19 digits are multiplied by a 64-bit approximation of the power of ten with a
//! known error bound, as in Eisel-Lemire, except that the power is a product of up to nine factors
//! from a table of 144 bytes rather than one of 650 entries. If the error bound reaches the midpoint of
//! two doubles, the digits of the text are compared one by one with the exact digits of that
//! midpoint, from the generator that printing uses too; so no length limit on the text and no big
//! product is needed.

use core::cmp::Ordering;

use super::digits::{Generator, decompose};
use crate::text::{trim, trim_start};

/// The upper 64 bits of 5^(2^i), rounded to nearest.
const POWERS: [u64; 9] = [
    0xa000_0000_0000_0000,
    0xc800_0000_0000_0000,
    0x9c40_0000_0000_0000,
    0xbebc_2000_0000_0000,
    0x8e1b_c9bf_0400_0000,
    0x9dc5_ada8_2b70_b59e,
    0xc278_1f49_ffcf_a6d5,
    0x93ba_47c9_80e9_8ce0,
    0xaa7e_ebfb_9df9_de8e,
];

/// The upper 64 bits of 5^-(2^i), rounded to nearest.
const NEGATIVE_POWERS: [u64; 9] = [
    0xcccc_cccc_cccc_cccd,
    0xa3d7_0a3d_70a3_d70a,
    0xd1b7_1758_e219_652c,
    0xabcc_7711_8461_cefd,
    0xe695_94be_c44d_e15b,
    0xcfb1_1ead_4539_94ba,
    0xa87f_ea27_a539_e9a5,
    0xddd0_467c_64bc_e4a1,
    0xc031_4325_637a_193a,
];

/// `StringToNumber`: what `Number(text)` gives for a WTF-8 string.
pub fn string_to_number(text: &[u8]) -> f64 {
    let text = trim(text);
    let (negative, magnitude) = match text {
        [] => return 0.0,
        [b'0', b'x' | b'X', rest @ ..] => return whole(rest, 4),
        [b'0', b'o' | b'O', rest @ ..] => return whole(rest, 3),
        [b'0', b'b' | b'B', rest @ ..] => return whole(rest, 1),
        _ => split_sign(text),
    };
    match decimal_prefix(magnitude) {
        Some((value, len)) if len == magnitude.len() => apply_sign(negative, value),
        _ => f64::NAN,
    }
}

/// `parseFloat(text)`: the longest prefix that is a decimal literal, after white space.
pub fn parse_float(text: &[u8]) -> f64 {
    let (negative, magnitude) = split_sign(trim_start(text));
    match decimal_prefix(magnitude) {
        Some((value, _)) => apply_sign(negative, value),
        None => f64::NAN,
    }
}

/// `parseInt(text, radix)`, with `radix` after `ToInt32`.
///
/// Where the specification permits an approximation (a radix that is neither 10 nor a power of
/// two), more than about 53 bits are accumulated in the same steps as in V8.
pub fn parse_int(text: &[u8], radix: i32) -> f64 {
    let (negative, mut digits) = split_sign(trim_start(text));
    let mut radix = radix as u32;
    if let [b'0', b'x' | b'X', rest @ ..] = digits
        && (radix == 0 || radix == 16)
    {
        digits = rest;
        radix = 16;
    }
    if radix == 0 {
        radix = 10;
    }
    if !(2..=36).contains(&radix) {
        return f64::NAN;
    }
    let len = digits.iter().take_while(|&&byte| digit_value(byte) < radix).count();
    let digits = digits.get(..len).unwrap_or_default();
    if digits.is_empty() {
        return f64::NAN;
    }
    let value = if radix == 10 {
        decimal_prefix(digits).map_or(f64::NAN, |(value, _)| value)
    } else if radix.is_power_of_two() {
        whole(digits, radix.trailing_zeros())
    } else {
        accumulate(digits, radix)
    };
    apply_sign(negative, value)
}

fn split_sign(text: &[u8]) -> (bool, &[u8]) {
    match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    }
}

fn apply_sign(negative: bool, value: f64) -> f64 {
    if negative { -value } else { value }
}

/// The value of a digit or letter; 36 and more for other bytes.
fn digit_value(byte: u8) -> u32 {
    match byte {
        b'0'..=b'9' => u32::from(byte - b'0'),
        b'a'..=b'z' => u32::from(byte - b'a') + 10,
        b'A'..=b'Z' => u32::from(byte - b'A') + 10,
        _ => u32::MAX,
    }
}

/// The value of digits of `bits` bits each, rounded half to even. NaN if there are none or others.
fn whole(digits: &[u8], bits: u32) -> f64 {
    let mut kept = 0u64;
    let mut dropped = 0u32;
    for &byte in digits {
        let digit = digit_value(byte);
        if digit >> bits != 0 {
            return f64::NAN;
        }
        if kept >> (63 - bits) == 0 {
            kept = kept << bits | u64::from(digit);
        } else {
            // Beyond 58 bits only their being zero or not matters.
            kept |= u64::from(digit != 0);
            dropped = dropped.saturating_add(bits);
        }
    }
    if digits.is_empty() {
        return f64::NAN;
    }
    let value = kept as f64;
    if kept == 0 || dropped == 0 {
        return value;
    }
    let exponent = (value.to_bits() >> 52) as u32;
    if dropped > 2046 - exponent {
        return f64::INFINITY;
    }
    f64::from_bits(value.to_bits() + (u64::from(dropped) << 52))
}

/// The value of digits in `radix`, in chunks of a 32-bit word each from the first that is not zero.
fn accumulate(digits: &[u8], radix: u32) -> f64 {
    let mut value = 0.0;
    let mut part = 0u32;
    let mut multiplier = 1u32;
    for &byte in digits.iter().skip_while(|&&byte| byte == b'0') {
        if multiplier * radix > u32::MAX / 36 {
            value = value * f64::from(multiplier) + f64::from(part);
            part = 0;
            multiplier = 1;
        }
        part = part * radix + digit_value(byte);
        multiplier *= radix;
    }
    value * f64::from(multiplier) + f64::from(part)
}

/// Reads the longest unsigned decimal literal (or `Infinity`) at the start of `text`. Returns its
/// value and length.
fn decimal_prefix(text: &[u8]) -> Option<(f64, usize)> {
    if text.starts_with(b"Infinity") {
        return Some((f64::INFINITY, 8));
    }
    let mut literal = Literal { mantissa: 0, exponent: 0, kept: 0, inexact: false, digits: &[] };
    let mut any = false;
    let mut point = false;
    let mut len = 0;
    for (at, &byte) in text.iter().enumerate() {
        match byte {
            b'0'..=b'9' => {
                any = true;
                if literal.mantissa == 0 && byte != b'0' {
                    literal.digits = text.get(at..).unwrap_or_default();
                }
                literal.push(byte - b'0', point);
            }
            b'.' if !point => point = true,
            _ => break,
        }
        len = at + 1;
    }
    if !any {
        return None;
    }
    if let Some((exponent, more)) = exponent_part(text.get(len..).unwrap_or_default()) {
        literal.exponent = literal.exponent.saturating_add(exponent);
        len += more;
    }
    Some((literal.value(), len))
}

/// Reads `e±digits`. Returns the exponent, saturated, and the length.
fn exponent_part(text: &[u8]) -> Option<(i32, usize)> {
    let [b'e' | b'E', rest @ ..] = text else { return None };
    let (negative, digits) = split_sign(rest);
    let mut exponent = 0i32;
    let mut count = 0;
    for &byte in digits {
        let digit = digit_value(byte);
        if digit > 9 {
            break;
        }
        exponent = exponent.saturating_mul(10).saturating_add(digit as i32);
        count += 1;
    }
    if count == 0 {
        return None;
    }
    let sign_and_e = text.len() - digits.len();
    Some((if negative { -exponent } else { exponent }, sign_and_e + count))
}

/// A decimal literal: `mantissa * 10^exponent`, and possibly more digits behind.
struct Literal<'a> {
    /// The first 19 digits from the first that is not zero.
    mantissa: u64,
    /// The place of the last digit in `mantissa`.
    exponent: i32,
    /// How many digits `mantissa` holds.
    kept: i32,
    /// Whether a digit other than zero was left out of `mantissa`.
    inexact: bool,
    /// The text from the first digit that is not zero, possibly with a point inside.
    digits: &'a [u8],
}

impl Literal<'_> {
    fn push(&mut self, digit: u8, point: bool) {
        if self.kept < 19 {
            self.mantissa = self.mantissa * 10 + u64::from(digit);
            self.kept += i32::from(self.mantissa != 0);
            self.exponent = self.exponent.saturating_sub(i32::from(point));
        } else {
            self.inexact |= digit != 0;
            self.exponent = self.exponent.saturating_add(i32::from(!point));
        }
    }

    fn value(&self) -> f64 {
        // Below 10^19 * 10^-343, which is less than half the smallest double.
        if self.mantissa == 0 || self.exponent < -342 {
            return 0.0;
        }
        if self.exponent > 308 {
            return f64::INFINITY;
        }
        if self.mantissa <= 1 << 53 && !self.inexact && (-19..=19).contains(&self.exponent) {
            // 10^19 is 5^19 * 2^19, and 5^19 fits the mantissa of a double.
            let mut power = 1u64;
            for _ in 0..self.exponent.unsigned_abs() {
                power *= 10;
            }
            let mantissa = self.mantissa as f64;
            return if self.exponent < 0 { mantissa / power as f64 } else { mantissa * power as f64 };
        }
        self.approximate()
    }

    /// Rounds a 64-bit approximation, or the exact value if the approximation can not tell.
    fn approximate(&self) -> f64 {
        let lead = self.mantissa.leading_zeros();
        let mut mantissa = self.mantissa << lead;
        // The value is `mantissa * 2^(log2 - 63)`.
        let mut log2 = 63 - lead as i32 + self.exponent;
        // Each factor may add 2^-62 by cutting off the product and 2^-64 by its own error, which is
        // five units of the final mantissa; digits left out of `mantissa` are up to 2^64 / 10^18.
        let mut error = if self.inexact { 19 } else { 0 };
        let table = if self.exponent < 0 { &NEGATIVE_POWERS } else { &POWERS };
        for (bit, &power) in table.iter().enumerate() {
            if self.exponent.unsigned_abs() >> bit & 1 == 0 {
                continue;
            }
            let five_to = if self.exponent < 0 { -1 << bit } else { 1 << bit };
            // floor(log2(5) * five_to)
            log2 += (five_to * 1_217_359) >> 19;
            mantissa = multiply_high(mantissa, power);
            if mantissa >> 63 == 0 {
                mantissa <<= 1;
            } else {
                log2 += 1;
            }
            error += 5;
        }
        if log2 > 1023 {
            // An error could only matter here if the mantissa were about to become a power of two.
            return f64::INFINITY;
        }
        // Subnormals keep fewer bits.
        let drop = 11 + (-1022 - log2).max(0);
        if drop > 65 {
            return 0.0;
        }
        let (quotient, rest) =
            if drop < 64 { (mantissa >> drop, mantissa << (64 - drop)) } else { (0, mantissa) };
        // `rest` is the part dropped, as a fraction of one with the point at the left.
        let bits = quotient + if log2 > -1023 { ((log2 + 1022) as u64) << 52 } else { 0 };
        let (half, slack) = match drop {
            65 => (u64::MAX, u64::MAX),
            64 => (1 << 63, error),
            _ => (1 << 63, error << (64 - drop)),
        };
        let up = if rest.abs_diff(half) <= slack {
            match self.cmp_midpoint(f64::from_bits(bits)) {
                Ordering::Less => false,
                Ordering::Equal => bits & 1 == 1,
                Ordering::Greater => true,
            }
        } else {
            rest > half
        };
        f64::from_bits(bits + u64::from(up))
    }

    /// Compares the literal with the midpoint of `low` and the next double.
    fn cmp_midpoint(&self, low: f64) -> Ordering {
        let (mantissa, exponent) = decompose(low);
        let mut midpoint = Generator::EMPTY;
        midpoint.start(2 * mantissa + 1, exponent - 1);
        let place = self.exponent + self.kept - 1;
        if place != midpoint.exponent {
            return place.cmp(&midpoint.exponent);
        }
        for &byte in self.digits {
            let digit = match byte {
                b'0'..=b'9' => byte - b'0',
                b'.' => continue,
                _ => break,
            };
            let expected = midpoint.digit();
            if digit != expected {
                return digit.cmp(&expected);
            }
            midpoint.advance();
        }
        if midpoint.is_done() { Ordering::Equal } else { Ordering::Less }
    }
}

/// The upper half of a 128-bit product. Spelt out because 32-bit cores call a library for `u128`.
pub(super) fn multiply_high(a: u64, b: u64) -> u64 {
    let (a1, a0) = (a >> 32, a & 0xffff_ffff);
    let (b1, b0) = (b >> 32, b & 0xffff_ffff);
    let middle = a1 * b0 + ((a0 * b0) >> 32);
    let other = a0 * b1 + (middle & 0xffff_ffff);
    a1 * b1 + (middle >> 32) + (other >> 32)
}
