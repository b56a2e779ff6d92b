//! The exact decimal digits of a double.
//!
//! This is the free-format algorithm of Steele and White ("How to print floating-point numbers
//! accurately", PLDI 1990) with the estimator of Burger and Dybvig ("Printing floating-point
//! numbers quickly and accurately", PLDI 1996): the value is kept as a fraction `r / s` between 1
//! and 10, whose integer part is the next digit. Grisu, Ryū, Schubfach and Eisel-Lemire are faster
//! but each needs a table of powers of ten (600 bytes to 10 kB) or code to compute it, and Grisu
//! needs this algorithm as its fallback anyway. Here one generator of about a kilobyte serves
//! shortest printing, fixed printing and the halfway comparison of parsing. Most numbers that
//! programs print never come here: [`short_decimal`] answers for integers and for decimals of up to
//! 15 digits with a few floating-point operations.

use core::cmp::Ordering;

use super::bignum::Big;

/// Splits a finite, non-negative double into `(mantissa, exponent)` with value
/// `mantissa * 2^exponent`.
pub(super) fn decompose(value: f64) -> (u64, i32) {
    let bits = value.to_bits();
    let fraction = bits & ((1 << 52) - 1);
    match (bits >> 52) as i32 & 0x7ff {
        0 => (fraction, -1074),
        biased => (fraction | 1 << 52, biased - 1075),
    }
}

/// Generates decimal digits, most significant first.
pub(super) struct Generator {
    /// What is left of the number, relative to the place of the current digit.
    r: Big,
    /// The weight of the current digit.
    s: Big,
    /// The factors that brought `s` into range and normalised it: 1 or 10, and a power of two.
    ten: u32,
    normal: u32,
    /// The power of ten by which `r` is scaled down: `exponent`, or one less.
    scale: i32,
    /// The place of the first digit: the number is between 10^exponent and 10^(exponent + 1).
    pub(super) exponent: i32,
}

impl Generator {
    /// What [`Generator::start`] makes a number of: where it stands, because it is large.
    pub(super) const EMPTY: Generator =
        Generator { r: Big::ZERO, s: Big::ZERO, ten: 1, normal: 1, scale: 0, exponent: 0 };

    /// Starts an empty generator on the number `n * 2^unit`. `n` is not zero and has at most 55 bits; the number is
    /// between 2^-1076 and 2^1024.
    pub(super) fn start(&mut self, n: u64, unit: i32) {
        let log2 = unit + 63 - n.leading_zeros() as i32;
        // floor(log2 * log10(2)), which is floor(log10(number)) or one less.
        let scale = (log2 * 78913) >> 18;
        self.scale = scale;
        self.exponent = scale;
        self.r.set_product(n, unit - scale, -scale);
        self.s.set_product(1, scale - unit, scale);
        self.s.mul(10);
        if self.r.cmp(&self.s) == Ordering::Less {
            // Not ten times as large, after all. Both are multiplied, for want of a division.
            self.ten = 10;
            self.r.mul(10);
        } else {
            self.exponent += 1;
        }
        self.normal = 1 << self.s.normal_shift();
        self.r.mul(self.normal);
        self.s.mul(self.normal);
    }

    /// The digit at the current place, 0 to 9. Takes it off the number.
    pub(super) fn digit(&mut self) -> u8 {
        self.r.div_digit(&self.s)
    }

    /// Moves to the next place, after [`Generator::digit`].
    pub(super) fn advance(&mut self) {
        self.r.mul(10);
    }

    /// Whether nothing is left of the number.
    pub(super) fn is_done(&self) -> bool {
        self.r.is_zero()
    }

    /// Compares what is left after [`Generator::digit`] with half a unit of that digit's place.
    fn cmp_half(&self) -> Ordering {
        self.r.cmp_sum(1, &self.r, &self.s)
    }
}

/// Digits of a double in a caller's buffer: ASCII, and the power of ten of the first one.
pub(super) struct Decimal {
    pub(super) len: usize,
    pub(super) exponent: i32,
}

/// Most digits that [`shortest`] produces.
pub(super) const SHORTEST_DIGITS: usize = 17;

/// The fewest digits that read back as `value`, and of those the closest to it; of two equally
/// close, the even one. `value` is finite and positive.
pub(super) fn shortest(value: f64, digits: &mut [u8; SHORTEST_DIGITS]) -> Decimal {
    let (mantissa, exponent) = decompose(value);
    // Below a power of two the neighbour is only half as far away.
    let uneven = mantissa == 1 << 52 && exponent > -1074;
    let extra = 1 + i32::from(uneven);
    let unit = exponent - extra;
    let mut number = Generator::EMPTY;
    number.start(mantissa << extra, unit);
    let mut ten_to = number.exponent;
    // Half the distance to the neighbour below, in the scale of `number.r`; the one above is
    // `extra` times as far. Reading back ties to even, so an even mantissa owns both ends.
    let mut margin = Big::ZERO;
    margin.set_product(1, unit - number.scale, -number.scale);
    margin.mul(number.ten);
    margin.mul(number.normal);
    let inclusive = mantissa & 1 == 0;
    let mut len = 0;
    for slot in digits.iter_mut() {
        let mut digit = number.digit();
        let below = number.r.cmp(&margin);
        let above = number.r.cmp_sum(extra as u32, &margin, &number.s);
        let low = below == Ordering::Less || inclusive && below == Ordering::Equal;
        let high = above == Ordering::Greater || inclusive && above == Ordering::Equal;
        if high {
            let up = !low
                || match number.cmp_half() {
                    Ordering::Less => false,
                    Ordering::Equal => digit & 1 == 1,
                    Ordering::Greater => true,
                };
            digit += u8::from(up);
        }
        if digit == 10 {
            // Only the first digit can get here: later ones have a reachable end above them.
            digit = 1;
            ten_to += 1;
        }
        *slot = b'0' + digit;
        len += 1;
        if low || high {
            break;
        }
        number.advance();
        margin.mul(10);
    }
    Decimal { len, exponent: ten_to }
}

/// How many digits [`rounded`] should produce.
#[derive(Clone, Copy)]
pub(super) enum Places {
    /// This many significant digits, at least one.
    Significant(i32),
    /// All digits down to this many behind the decimal point.
    Fraction(i32),
}

/// The exact value of a positive finite double, rounded half up to `places`.
///
/// Digits beyond `len` are zeros: a carry out of the first digit lengthens the number by a place
/// without writing one. `len` is zero if the value rounds to zero.
pub(super) fn rounded(value: f64, places: Places, digits: &mut [u8]) -> Decimal {
    let (mantissa, unit) = decompose(value);
    let mut number = Generator::EMPTY;
    number.start(mantissa, unit);
    let exponent = number.exponent;
    let count = match places {
        Places::Significant(count) => count,
        Places::Fraction(places) => exponent + 1 + places,
    };
    let mut up = false;
    if count == 0 {
        up = number.digit() >= 5;
    }
    let mut len = 0;
    for slot in digits.iter_mut().take(count.max(0) as usize) {
        if len != 0 {
            number.advance();
        }
        *slot = b'0' + number.digit();
        len += 1;
    }
    if len != 0 {
        up = number.cmp_half() != Ordering::Less;
    }
    if up {
        for slot in digits.iter_mut().take(len).rev() {
            if *slot != b'9' {
                *slot += 1;
                return Decimal { len, exponent };
            }
            *slot = b'0';
        }
        if let Some(slot) = digits.first_mut() {
            *slot = b'1';
        }
        return Decimal { len: len.max(1), exponent: exponent + 1 };
    }
    Decimal { len, exponent }
}

/// A pair `(n, scale)` such that `n / 10^scale` is the shortest decimal that reads back as
/// `value`, for integers below 2^53 and decimals of at most 15 digits; `None` for others.
///
/// `value` is finite and positive. Two decimals of up to 15 digits never read back as the same
/// double, so the first one found that does is the shortest; `n <= 2^53` and `10^scale` with
/// `scale <= 22` are exact, so the division is a correctly rounded reading of the decimal.
pub(super) fn short_decimal(value: f64) -> Option<(u64, i32)> {
    const LIMIT: f64 = 1e15;
    if value < 9_007_199_254_740_992.0 {
        let whole = value as u64;
        if whole as f64 == value {
            return Some((whole, 0));
        }
    }
    if value < 1e-7 {
        return None;
    }
    let mut power = 1.0;
    for scale in 1..=22 {
        power *= 10.0;
        let scaled = value * power;
        if scaled >= LIMIT {
            break;
        }
        let n = (scaled + 0.5) as u64;
        let nearest = n as f64;
        // Two roundings, of `value` and of the product, separate `scaled` from an integer if the
        // value is a decimal of this many places. The test spares the division otherwise.
        let error = scaled - nearest;
        let error = if error < 0.0 { -error } else { error };
        if error <= scaled * (1.0 / (1u64 << 51) as f64) && nearest / power == value {
            return Some((n, scale));
        }
    }
    None
}
