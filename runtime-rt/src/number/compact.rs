//! Numbers to text in little code: what images get whose programs print few numbers.
//!
//! The digits come from the algorithm of Steele and White, as those of [`super::digits`], which says more about it, but without
//! an estimate of the exponent and without division: the number is scaled by ten until it lies between 0.1 and 1, and a
//! digit is found by subtracting. That takes a step for each decimal place, on integers of few words where exponents are
//! small, and 300 steps on 36 words at the ends of the range. The parts of a double are taken from its bits, so that no
//! routine of floating-point arithmetic is linked for it.

use super::digits::{Decimal, SHORTEST_DIGITS};
use super::format::{Out, SHORTEST_BUFFER};

/// Words of the integers that are calculated with: 1076 bits before the point of the largest double, or behind that of the
/// smallest, and 63 for a significand and two factors of ten.
const WORDS: usize = 36;

/// Multiplies by ten. The product must fit.
#[inline(never)]
fn multiply(number: &mut [u32]) {
    let mut carry = 0;
    for word in number {
        let wide = u64::from(*word) * 10 + u64::from(carry);
        *word = wide as u32;
        carry = (wide >> 32) as u32;
    }
    debug_assert!(carry == 0);
}

/// Subtracts a number that is not larger.
fn subtract(number: &mut [u32], other: &[u32]) {
    let mut borrow = false;
    for (word, take) in number.iter_mut().zip(other) {
        let (low, under) = word.overflowing_sub(*take);
        let (low, again) = low.overflowing_sub(u32::from(borrow));
        *word = low;
        borrow = under | again;
    }
    debug_assert!(!borrow);
}

/// The sign of `a + factor * b - c`, for factors up to 2.
#[inline(never)]
fn compare(a: &[u32], factor: u32, b: &[u32], c: &[u32]) -> i32 {
    let mut carry = 0i64;
    let mut any = 0;
    for ((x, y), z) in a.iter().zip(b).zip(c) {
        carry += i64::from(*x) + i64::from(factor) * i64::from(*y) - i64::from(*z);
        any |= carry as u32;
        carry >>= 32;
    }
    if carry < 0 { -1 } else { i32::from(carry != 0 || any != 0) }
}

/// Puts `n * 2^shift` into zeros.
#[inline(never)]
fn put(to: &mut [u32; WORDS], n: u64, shift: i32) {
    let shift = shift.max(0) as u32;
    let (low, high) = (n << (shift % 32), n >> 32 >> (32 - shift % 32));
    let words = [low as u32, (low >> 32) as u32, high as u32];
    for (slot, word) in to.iter_mut().skip((shift / 32) as usize).zip(words) {
        *slot = word;
    }
}

/// The fewest digits that read back as the double with these bits, and of those the closest to it; of two equally close, the
/// even one. The double is finite and positive.
fn shortest(bits: u64, digits: &mut [u8; SHORTEST_DIGITS]) -> Decimal {
    const ONE: u64 = 1 << 52;
    let (fraction, biased) = (bits & (ONE - 1), (bits >> 52) as i32);
    let (mantissa, exponent) = if biased == 0 { (fraction, -1074) } else { (fraction | ONE, biased - 1075) };
    // Below a power of two the neighbour is only half as far away.
    let extra = 1 + u32::from(fraction == 0 && biased > 1);
    let unit = exponent - extra as i32;
    let (mut number, mut one, mut margin) = ([0; WORDS], [0; WORDS], [0; WORDS]);
    put(&mut number, mantissa << extra, unit);
    put(&mut one, 1, -unit);
    // Half the distance to the neighbour below; the one above is `extra` times as far.
    put(&mut margin, 1, unit);
    let words = (unit.unsigned_abs() / 32 + 3) as usize;
    let (Some(number), Some(one), Some(margin)) =
        (number.get_mut(..words), one.get_mut(..words), margin.get_mut(..words))
    else {
        return Decimal { len: 0, exponent: 0 };
    };
    let mut exponent = -1;
    while compare(number, 0, number, one) >= 0 {
        multiply(one);
        exponent += 1;
    }
    // Reading back ties to even, so an even mantissa owns both ends.
    let inclusive = i32::from(mantissa & 1 == 0);
    let mut len = 0;
    loop {
        multiply(number);
        multiply(margin);
        let mut digit = 0;
        while compare(number, 0, number, one) >= 0 {
            subtract(number, one);
            digit += 1;
        }
        if len == 0 && digit == 0 {
            exponent -= 1;
            continue;
        }
        let low = compare(number, 0, number, margin) < inclusive;
        let high = compare(number, extra, margin, one) + inclusive > 0;
        if high && (!low || compare(number, 1, number, one) + (digit & 1) > 0) {
            digit += 1;
        }
        if digit == 10 {
            // Only the first digit can get here: later ones have a reachable end above them.
            digit = 1;
            exponent += 1;
        }
        if let Some(slot) = digits.get_mut(len) {
            *slot = b'0' + digit as u8;
            len += 1;
        }
        if low || high || len == SHORTEST_DIGITS {
            return Decimal { len, exponent };
        }
    }
}

/// As [`super::f64_to_string_shortest`], in a third of the code where doubles are soft, and in several times its time.
pub fn f64_to_string_compact(value: f64, buf: &mut [u8; SHORTEST_BUFFER]) -> &[u8] {
    const INFINITY: u64 = 0x7ff << 52;
    let bits = value.to_bits();
    let magnitude = bits & (u64::MAX >> 1);
    let mut out = Out::new(buf);
    if bits != magnitude && magnitude.wrapping_sub(1) < INFINITY {
        out.byte(b'-');
    }
    if magnitude == 0 {
        out.byte(b'0');
    } else if magnitude < INFINITY {
        let mut digits = [0; SHORTEST_DIGITS];
        let decimal = shortest(magnitude, &mut digits);
        out.decimal(&digits, decimal);
    } else {
        out.bytes(if magnitude == INFINITY { b"Infinity" } else { b"NaN" });
    }
    out.finish()
}

#[cfg(test)]
mod tests {
    use super::super::format::f64_to_string_shortest;
    use super::*;

    fn check(value: f64) {
        let (mut a, mut b) = ([0; SHORTEST_BUFFER], [0; SHORTEST_BUFFER]);
        let compact = f64_to_string_compact(value, &mut a);
        let usual = f64_to_string_shortest(value, &mut b);
        assert_eq!(compact, usual, "{:#x}", value.to_bits());
    }

    #[test]
    fn it_says_the_same_as_the_usual_way() {
        let mut state = 0x2545_f491_4f6c_dd1d_u64;
        for i in 0..40_000 {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            check(f64::from_bits(state));
            check(f64::from_bits(state >> 12 | (900 + i % 240) << 52));
            check((state >> 40) as f64 / 1000.0);
        }
        for exponent in 0..0x7ff_u64 {
            // Powers of two and their neighbours.
            for bits in [exponent << 52, (exponent << 52) + 1, (exponent << 52).wrapping_sub(1)] {
                check(f64::from_bits(bits));
                check(-f64::from_bits(bits));
            }
        }
        for exponent in -323..309 {
            check(format!("1e{exponent}").parse().unwrap());
            check(format!("9.5e{exponent}").parse().unwrap());
        }
    }

    #[test]
    fn special_values() {
        for value in [0.0, -0.0, f64::NAN, -f64::NAN, f64::INFINITY, -f64::INFINITY, f64::MAX, 5e-324] {
            check(value);
        }
    }
}
