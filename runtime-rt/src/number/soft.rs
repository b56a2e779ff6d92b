//! Addition, multiplication and division of doubles in integer arithmetic, for machines that have no unit for them.
//!
//! IEEE 754, rounding to nearest, ties to even; subnormal numbers, infinities and NaN included. The operands and results are
//! the bits of doubles. On Arm assembly routines fall back on [`add`] and [`mul`] for operands that are not ordinary, so
//! these are made for size; on RISC-V [`sum`], [`mul`] and [`div`] are all that there is.

const SIGN: u64 = 1 << 63;
/// The lowest bit of the exponent, and the leading bit that normal numbers do not store.
const ONE: u64 = 1 << 52;
const INFINITY: u64 = 0x7ff << 52;
/// Makes a NaN quiet.
const QUIET: u64 = 1 << 51;

/// The biased exponent.
#[inline(always)]
fn exponent(x: u64) -> i32 {
    (x >> 52) as i32 & 0x7ff
}

/// The biased exponent and the significand with the leading one at bit 63, to which that of a subnormal number is shifted. `None`:
/// zero.
#[inline(always)]
fn unpack(x: u64) -> Option<(i32, u64)> {
    let (mut exponent, mut significand) = (exponent(x), x << 11);
    if exponent != 0 {
        return Some((exponent, significand | SIGN));
    }
    if significand == 0 {
        return None;
    }
    exponent = 1;
    while significand & SIGN == 0 {
        significand <<= 1;
        exponent -= 1;
    }
    Some((exponent, significand))
}

/// Rounds `significand` + `rest` / 2^64 and packs it. The significand is below 2^53, and at least 2^52 unless the exponent
/// is 1.
#[inline(always)]
fn pack(sign: u64, exponent: i32, significand: u64, rest: u64) -> u64 {
    if exponent >= 0x7ff {
        return sign | INFINITY;
    }
    let bits = (((exponent - 1) as u64) << 52) + significand;
    let rest = (rest >> 32) as u32 | u32::from(rest as u32 != 0);
    // More than half, or half of what is odd.
    let (_, up) = rest.overflowing_add(0x7fff_ffff + (bits as u32 & 1));
    // A carry out of the significand makes the next exponent, or infinity.
    sign | (bits + u64::from(up))
}

/// `a + b`, by adding ordinary numbers, with exponents that neither cancellation nor a carry takes out of their range: the machine's
/// addition is asked for those, which on a device is the assembly routine.
///
/// Large operands are added at a scale of 2^-256, small ones at 2^128. Going back rounds nothing, since a sum that is
/// subnormal is exact (J. R. Hauser, *Handling floating-point exceptions in numeric programs*, TOPLAS 18(2), 1996).
pub fn add(mut a: u64, mut b: u64) -> u64 {
    /// The first exponent that is scaled down.
    const LARGE: u64 = 0x740 << 52;
    const DOWN: u64 = 256 << 52;
    const UP: u64 = 128 << 52;
    /// The smallest normal number at the large scale.
    const LEAST: u64 = UP + ONE;
    if a & !SIGN < b & !SIGN {
        core::mem::swap(&mut a, &mut b);
    }
    let (large, small) = (a & !SIGN, b & !SIGN);
    if large >= INFINITY {
        return if large > INFINITY {
            a | QUIET
        } else if b == a ^ SIGN {
            INFINITY | QUIET
        } else {
            a
        };
    }
    if large == 0 {
        // -0 only if both are.
        return a & b;
    }
    if large >= LARGE {
        if small < 2 * DOWN {
            return a;
        }
        let sum = plus(a - DOWN, b - DOWN);
        return match sum & !SIGN {
            0 => sum,
            magnitude if magnitude >= INFINITY - DOWN => sum & SIGN | INFINITY,
            _ => sum + DOWN,
        };
    }
    let up = |x: u64| match x & !SIGN {
        // The fraction as that of an ordinary number, less its leading bit.
        small if small < ONE => x & SIGN | plus(small | LEAST, LEAST | SIGN),
        _ => x + UP,
    };
    let sum = plus(up(a), up(b));
    match sum & !SIGN {
        magnitude if magnitude < LEAST => sum & SIGN | (plus(magnitude, LEAST) - LEAST),
        _ => sum - UP,
    }
}

/// `a + b`, whatever they are. Ordinary numbers, which [`add`] says more about, are added here.
pub fn sum(mut a: u64, mut b: u64) -> u64 {
    /// Bits below the last place; the lowest stands for all that are lost.
    const GUARD: u32 = 10;
    if a & !SIGN < b & !SIGN {
        core::mem::swap(&mut a, &mut b);
    }
    let mut e = exponent(a);
    if !(64..0x740).contains(&e) {
        return add(a, b);
    }
    let distance = (e - exponent(b)) as u32;
    if distance > 55 {
        // Zero and subnormal numbers are among these.
        return a;
    }
    let significand = |x: u64| (x << 11 | SIGN) >> (11 - GUARD);
    let (large, mut small) = (significand(a), significand(b));
    let lost = if distance > GUARD { small << (64 - distance) } else { 0 };
    small = small >> distance | u64::from(lost != 0);
    let mut sum = if (a ^ b) & SIGN == 0 { large + small } else { large - small };
    if sum == 0 {
        return 0;
    }
    if sum >> (53 + GUARD) != 0 {
        sum = (sum >> 1) | (sum & 1);
        e += 1;
    }
    while sum >> (52 + GUARD) == 0 {
        sum <<= 1;
        e -= 1;
    }
    let bits = (((e - 1) as u64) << 52) + (sum >> GUARD);
    let rest = sum as u32 & ((1 << GUARD) - 1);
    // More than half, or half of what is odd.
    let up = (rest + (1 << (GUARD - 1)) - 1 + (bits as u32 & 1)) >> GUARD;
    a & SIGN | (bits + u64::from(up))
}

/// The machine's addition.
#[inline(never)]
fn plus(a: u64, b: u64) -> u64 {
    (f64::from_bits(a) + f64::from_bits(b)).to_bits()
}

/// `a * b`.
pub fn mul(a: u64, b: u64) -> u64 {
    let sign = (a ^ b) & SIGN;
    let (x, y) = (a & !SIGN, b & !SIGN);
    if x >= INFINITY || y >= INFINITY {
        return if x > INFINITY {
            a | QUIET
        } else if y > INFINITY {
            b | QUIET
        } else if x == 0 || y == 0 {
            INFINITY | QUIET
        } else {
            sign | INFINITY
        };
    }
    let (Some((e, m)), Some((f, n))) = (unpack(x), unpack(y)) else { return sign };
    let mut e = e + f - 1022;
    // Leading bits at 63 and 52.
    let (mut high, mut low) = widening_mul(m, n >> 11);
    if high < ONE {
        high = (high << 1) | (low >> 63);
        low <<= 1;
        e -= 1;
    }
    settle(sign, e, high, low)
}

/// `a / b`.
///
/// Digit by digit with base 2^11 (D. E. Knuth, *The Art of Computer Programming* 2, 4.3.1, algorithm D): the leading bits of the
/// remainder and of the divisor tell a digit, or one less, in a division of 32 bits.
pub fn div(a: u64, b: u64) -> u64 {
    const DIGITS: u32 = 5;
    const WIDTH: u32 = 11;
    let sign = (a ^ b) & SIGN;
    let (x, y) = (a & !SIGN, b & !SIGN);
    if x >= INFINITY || y >= INFINITY {
        return if x > INFINITY {
            a | QUIET
        } else if y > INFINITY {
            b | QUIET
        } else if x == y {
            INFINITY | QUIET
        } else if x == INFINITY {
            sign | INFINITY
        } else {
            sign
        };
    }
    let Some((f, divisor)) = unpack(y) else {
        return if x == 0 { INFINITY | QUIET } else { sign | INFINITY };
    };
    let Some((mut e, dividend)) = unpack(x) else { return sign };
    e += 1023 - f;
    let (mut rest, divisor) = (dividend >> 11, divisor >> 11);
    if rest < divisor {
        rest <<= 1;
        e -= 1;
    }
    // The first bit is 1; the digits make 55 more, which are three more than the significand has.
    rest -= divisor;
    let mut quotient = 1;
    for _ in 0..DIGITS {
        rest <<= WIDTH;
        let mut digit = (rest >> 32) as u32 / ((divisor >> 32) as u32 + 1);
        rest -= u64::from(digit) * divisor;
        while rest >= divisor {
            rest -= divisor;
            digit += 1;
        }
        quotient = quotient << WIDTH | u64::from(digit);
    }
    settle(sign, e, quotient >> 3, quotient << 61 | u64::from(rest != 0))
}

/// As [`pack`], of a significand of at least 2^52 and any exponent.
#[inline(always)]
fn settle(sign: u64, mut exponent: i32, mut significand: u64, mut rest: u64) -> u64 {
    if exponent < 1 {
        let shift = (1 - exponent).min(54) as u32;
        rest = (significand << (64 - shift)) | u64::from(rest != 0);
        significand >>= shift;
        exponent = 1;
    }
    pack(sign, exponent, significand, rest)
}

/// The upper and the lower half of a product.
#[inline(always)]
fn widening_mul(a: u64, b: u64) -> (u64, u64) {
    let product = |x: u64, y: u64| u64::from(x as u32) * u64::from(y as u32);
    let low = product(a, b);
    let middle = product(a >> 32, b) + (low >> 32);
    let other = product(a, b >> 32) + u64::from(middle as u32);
    let high = product(a >> 32, b >> 32) + (middle >> 32) + (other >> 32);
    (high, (other << 32) | u64::from(low as u32))
}

#[cfg(test)]
mod tests {
    use super::{add, div, mul, sum};

    /// Numbers whose sums, products and quotients meet every path: exponents near each other, near the ends, and special values.
    struct Operands(u64);

    impl Operands {
        fn word(&mut self) -> u64 {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            self.0
        }

        fn double(&mut self) -> u64 {
            let (x, how) = (self.word(), self.word());
            // Few significant bits make ties and exact results likely.
            let x = if how & 1 != 0 { x & (u64::MAX << (how >> 1 & 63)) } else { x };
            let exponent = match how >> 7 & 7 {
                0 => how >> 10 & 0x7ff,
                1 => how >> 10 & 3,
                2 => 0x7fc + (how >> 10 & 3),
                3 => 480 + (how >> 10 & 63),
                4 => 1500 + (how >> 10 & 63),
                _ => 1023 - 32 + (how >> 10 & 63),
            };
            x & !(0x7ff << 52) | exponent << 52
        }
    }

    fn same(ours: u64, machine: f64) -> bool {
        ours == machine.to_bits() || f64::from_bits(ours).is_nan() && machine.is_nan()
    }

    #[test]
    fn results_are_those_of_the_machine() {
        let mut operands = Operands(0x9e37_79b9_7f4a_7c15);
        for _ in 0..2_000_000 {
            let (a, b) = (operands.double(), operands.double());
            let (x, y) = (f64::from_bits(a), f64::from_bits(b));
            assert!(same(add(a, b), x + y), "{a:#x} + {b:#x}");
            assert!(same(sum(a, b), x + y), "{a:#x} + {b:#x}");
            assert!(same(mul(a, b), x * y), "{a:#x} * {b:#x}");
            assert!(same(div(a, b), x / y), "{a:#x} / {b:#x}");
        }
    }

    #[test]
    fn special_values() {
        let values = [
            0.0,
            1.0,
            1.5,
            f64::MIN_POSITIVE,
            5e-324,
            f64::MIN_POSITIVE.next_down(),
            f64::MAX,
            f64::INFINITY,
            f64::NAN,
            f64::EPSILON,
            1.0 - f64::EPSILON / 2.0,
            1.0 + f64::EPSILON,
            2f64.powi(53),
            2f64.powi(-54),
            2f64.powi(-512),
        ];
        for x in values.into_iter().flat_map(|x| [x, -x]) {
            for y in values.into_iter().flat_map(|y| [y, -y]) {
                assert!(same(add(x.to_bits(), y.to_bits()), x + y), "{x:e} + {y:e}");
                assert!(same(sum(x.to_bits(), y.to_bits()), x + y), "{x:e} + {y:e}");
                assert!(same(mul(x.to_bits(), y.to_bits()), x * y), "{x:e} * {y:e}");
                assert!(same(div(x.to_bits(), y.to_bits()), x / y), "{x:e} / {y:e}");
            }
        }
    }
}
