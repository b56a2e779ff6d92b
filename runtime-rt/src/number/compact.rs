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

/// A number as a fraction. One loop does all the arithmetic: see [`Fraction::combine`].
struct Fraction {
    /// The words that are in use.
    words: usize,
    /// The integers, by the numbers below.
    terms: [[u32; WORDS]; 3],
}

/// What is left of the number.
const NUMBER: usize = 0;
/// Half the distance to the double below.
const MARGIN: usize = 1;
/// What both are fractions of.
const ONE: usize = 2;
/// No integer: only the sign is wanted.
const NONE: usize = 3;

impl Fraction {
    /// The sign of `n * number + m * margin + o * one`, which takes the place of one of the three, if it is not to be less than zero nor
    /// more than what this many words hold. The factors are between -2 and 10.
    #[inline(never)]
    fn combine(&mut self, to: usize, n: i32, m: i32, o: i32) -> i32 {
        let (mut carry, mut any) = (0_i64, 0);
        for i in 0..self.words.min(WORDS) {
            let product = |term: usize, factor: i32| i64::from(factor) * i64::from(self.terms[term][i]);
            carry += product(NUMBER, n) + product(MARGIN, m) + product(ONE, o);
            any |= carry as u32;
            if let Some(term) = self.terms.get_mut(to) {
                term[i] = carry as u32;
            }
            carry >>= 32;
        }
        if carry < 0 { -1 } else { i32::from(carry != 0 || any != 0) }
    }

    /// See [`Fraction::combine`].
    fn sign(&mut self, n: i32, m: i32, o: i32) -> i32 {
        self.combine(NONE, n, m, o)
    }

    /// Puts an integer at a place that is a multiple of 32 bits.
    fn put(&mut self, to: usize, integer: u64, shift: u32) {
        let place = (shift / 32) as usize;
        if let Some([low, high]) = self.terms[to].get_mut(place..).and_then(|words| words.first_chunk_mut()) {
            (*low, *high) = (integer as u32, (integer >> 32) as u32);
        }
    }

    /// The integer part of the number, a digit, which is taken off it.
    fn digit(&mut self) -> i32 {
        let mut digit = 0;
        while self.sign(1, 0, -1) >= 0 {
            self.combine(NUMBER, 1, 0, -1);
            digit += 1;
        }
        digit
    }
}

/// The fewest digits that read back as the double with these bits, and of those the closest to it; of two equally close, the
/// even one. The double is finite and positive.
fn shortest(bits: u64, digits: &mut [u8; SHORTEST_DIGITS]) -> Decimal {
    const LEADING: u64 = 1 << 52;
    let (fraction, biased) = (bits & (LEADING - 1), (bits >> 52) as i32);
    let (mantissa, exponent) =
        if biased == 0 { (fraction, -1074) } else { (fraction | LEADING, biased - 1075) };
    // Below a power of two the neighbour is only half as far away.
    let extra = 1 + i32::from(fraction == 0 && biased > 1);
    let unit = exponent - extra;
    let shift = unit.unsigned_abs();
    let mut left = Fraction { words: (shift / 32 + 3) as usize, terms: [[0; WORDS]; 3] };
    let (up, down) = if unit < 0 { (0, shift) } else { (shift, 0) };
    left.put(NUMBER, mantissa << extra, up);
    left.put(MARGIN, 1, up);
    left.put(ONE, 1, down);
    for _ in 0..shift % 32 {
        if unit < 0 {
            left.combine(ONE, 0, 0, 2);
        } else {
            left.combine(NUMBER, 2, 0, 0);
            left.combine(MARGIN, 0, 2, 0);
        }
    }
    let mut exponent = -1;
    while left.sign(1, 0, -1) >= 0 {
        left.combine(ONE, 0, 0, 10);
        exponent += 1;
    }
    // Reading back ties to even, so an even mantissa owns both ends.
    let inclusive = i32::from(mantissa & 1 == 0);
    let mut len = 0;
    loop {
        left.combine(NUMBER, 10, 0, 0);
        left.combine(MARGIN, 0, 10, 0);
        let mut digit = left.digit();
        if len == 0 && digit == 0 {
            exponent -= 1;
            continue;
        }
        let low = left.sign(1, -1, 0) < inclusive;
        // The neighbour above is `extra` times as far.
        let high = left.sign(1, extra, -1) + inclusive > 0;
        if high && (!low || left.sign(2, 0, -1) + (digit & 1) > 0) {
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
