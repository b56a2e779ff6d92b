//! `Number.prototype.toString(radix)` for radices other than ten.
//!
//! The specification leaves the digits to the implementation ("an implementation-approximated
//! value"), and programs print what V8 prints, so this computes the same digits: a fraction is
//! expanded in double arithmetic until the rest is below half the distance to the next double, and
//! an integer beyond 2^53 is divided in double arithmetic while the quotient is not below 2^53, with
//! zeros for the digits divided away. Zero runs are counted rather than stored, so that 100 bytes
//! of stack do where V8 takes a buffer of 2200.

use crate::text::Sink;

/// Digits that can be significant on either side of the point: 53 bits in radix 2, and a spare.
const DIGITS: usize = 56;

/// 2^53, from which on doubles skip integers.
const EXACT: f64 = 9_007_199_254_740_992.0;

const ALPHABET: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";

fn ascii(digit: u32) -> u8 {
    ALPHABET.get(digit as usize).copied().unwrap_or(b'0')
}

fn zeros(count: u32, sink: &mut (impl Sink + ?Sized)) {
    for _ in 0..count {
        sink.push(b"0");
    }
}

/// The digits behind the point.
struct Fraction {
    /// Zeros between the point and the first other digit.
    zeros: u32,
    /// Digit values after the zeros.
    digits: [u8; DIGITS],
    len: usize,
}

impl Fraction {
    /// Expands `fraction` until `delta` covers the rest. Returns whether it rounded up to one.
    fn expand(&mut self, mut fraction: f64, mut delta: f64, radix: u32) -> bool {
        let base = f64::from(radix);
        while fraction >= delta {
            fraction *= base;
            delta *= base;
            let digit = fraction as u32;
            fraction -= f64::from(digit);
            self.push(digit as u8);
            let up = fraction > 0.5 || fraction == 0.5 && digit & 1 == 1;
            if up && fraction + delta > 1.0 {
                return self.round_up(radix);
            }
        }
        false
    }

    fn push(&mut self, digit: u8) {
        if digit == 0 && self.len == 0 {
            self.zeros += 1;
        } else if let Some(slot) = self.digits.get_mut(self.len) {
            *slot = digit;
            self.len += 1;
        }
    }

    /// Adds one to the last digit and drops digits that carry. Returns whether the point is passed.
    fn round_up(&mut self, radix: u32) -> bool {
        while let Some(last) = self.len.checked_sub(1) {
            if let Some(slot) = self.digits.get_mut(last)
                && u32::from(*slot) + 1 < radix
            {
                *slot += 1;
                return false;
            }
            self.len = last;
        }
        // What is left are the zeros before the first digit; the last of them becomes a one.
        if self.zeros == 0 {
            return true;
        }
        self.zeros -= 1;
        self.push(1);
        false
    }
}

/// Writes `value` in `radix`, 2 to 36.
pub fn f64_to_radix(value: f64, radix: u32, sink: &mut (impl Sink + ?Sized)) {
    let radix = radix.clamp(2, 36);
    if value.is_nan() {
        return sink.push(b"NaN");
    }
    let value = if value < 0.0 {
        sink.push(b"-");
        -value
    } else {
        value
    };
    if value == f64::INFINITY {
        return sink.push(b"Infinity");
    }
    let mut integer = libm::floor(value);
    // Half the distance to the next double. For subnormals it would vanish.
    let next = f64::from_bits(value.to_bits() + 1);
    let mut delta = 0.5 * (next - value);
    if delta == 0.0 {
        delta = f64::from_bits(1);
    }
    let mut fraction = Fraction { zeros: 0, digits: [0; DIGITS], len: 0 };
    if fraction.expand(value - integer, delta, radix) {
        integer += 1.0;
    }

    let mut trailing = 0;
    let base = f64::from(radix);
    while integer / base >= EXACT {
        integer /= base;
        trailing += 1;
    }
    let mut whole = integer as u64;
    let mut digits = [0; DIGITS];
    let mut at = DIGITS;
    for slot in digits.iter_mut().rev() {
        let digit = (whole % u64::from(radix)) as u32;
        *slot = ascii(digit);
        // Only the first quotient can be of an integer that large, and rounds as V8's does.
        whole = if integer >= EXACT {
            integer = (integer - f64::from(digit)) / base;
            integer as u64
        } else {
            whole / u64::from(radix)
        };
        at -= 1;
        if whole == 0 {
            break;
        }
    }
    sink.push(digits.get(at..).unwrap_or_default());
    zeros(trailing, sink);

    if fraction.len != 0 {
        sink.push(b".");
        zeros(fraction.zeros, sink);
        for &digit in fraction.digits.iter().take(fraction.len) {
            sink.push(&[ascii(u32::from(digit))]);
        }
    }
}
