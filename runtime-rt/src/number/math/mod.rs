//! The functions of `Math` and the `%` operator.
//!
//! ECMAScript leaves the accuracy of the transcendental functions open, but programs print their
//! results and are compared with Node, so the aim is V8's results to the last bit. V8 uses Sun's
//! fdlibm, in places in older revisions than the one behind the `libm` crate, and with two changes of its
//! own. Functions whose results agree come from `libm`; the others are here, with fdlibm's
//! coefficients and order of operations. Each replaces its `libm` counterpart in an image, so
//! agreement costs no flash; the reduction of large angles, done in integers, even saves some.

#![allow(clippy::excessive_precision, reason = "coefficients are stated as fdlibm states them")]

mod hyperbolic;
mod logarithm;
mod power;
mod reduction;
#[cfg(test)]
mod tests;
mod trigonometric;

pub use hyperbolic::{acosh, asinh, atanh, cosh, sinh, tanh};
pub use libm::{acos, asin, atan, ceil, expm1, fabs as abs, floor, log2, sqrt, trunc};
pub use logarithm::{log, log1p, log10};
pub use power::{cbrt, exp, pow};
pub use trigonometric::{atan2, cos, sin, tan};

/// The `%` operator: the exact remainder with the sign of `x`.
pub fn rem(x: f64, y: f64) -> f64 {
    libm::fmod(x, y)
}

/// `Math.round`: the nearest integer, and of two the larger. Keeps -0, and gives it above -0.5.
pub fn round(x: f64) -> f64 {
    let up = ceil(x);
    // Adding a half before rounding down would itself round, for 0.49999999999999994 and from 2^52.
    if up - 0.5 > x { up - 1.0 } else { up }
}

/// `Math.fround`.
pub fn fround(x: f64) -> f64 {
    f64::from(x as f32)
}

/// `Math.imul`.
pub fn imul(x: i32, y: i32) -> i32 {
    x.wrapping_mul(y)
}

/// `Math.clz32`.
pub fn clz32(x: u32) -> u32 {
    x.leading_zeros()
}

/// `Math.sign`: keeps NaN and both zeros.
pub fn sign(x: f64) -> f64 {
    if x > 0.0 {
        1.0
    } else if x < 0.0 {
        -1.0
    } else {
        x
    }
}

/// `Math.max` of two numbers: NaN if one is, and +0 above -0.
pub fn max(x: f64, y: f64) -> f64 {
    if x > y || x.is_nan() {
        return x;
    }
    // Equal numbers differ in the sign of zero at most, which the conjunction clears.
    if x == y { f64::from_bits(x.to_bits() & y.to_bits()) } else { y }
}

/// `Math.min` of two numbers: NaN if one is, and -0 below +0.
pub fn min(x: f64, y: f64) -> f64 {
    if x < y || x.is_nan() {
        return x;
    }
    if x == y { f64::from_bits(x.to_bits() | y.to_bits()) } else { y }
}

/// `Math.hypot`: the square root of the sum of squares, scaled by the largest magnitude against
/// overflow and summed with Kahan's compensation.
pub fn hypot(values: &[f64]) -> f64 {
    let mut largest = 0.0;
    let mut nan = false;
    for &value in values {
        let magnitude = abs(value);
        nan |= magnitude.is_nan();
        if magnitude > largest {
            largest = magnitude;
        }
    }
    if largest == f64::INFINITY {
        return largest;
    }
    if nan {
        return f64::NAN;
    }
    if largest == 0.0 {
        return 0.0;
    }
    let mut sum = 0.0;
    let mut compensation = 0.0;
    for &value in values {
        let scaled = abs(value) / largest;
        let term = scaled * scaled - compensation;
        let next = sum + term;
        compensation = (next - sum) - term;
        sum = next;
    }
    sqrt(sum) * largest
}

/// The upper word of a double: sign, exponent and 20 bits of the mantissa.
fn high_word(x: f64) -> u32 {
    (x.to_bits() >> 32) as u32
}

/// The upper word without the sign: compares like the magnitude.
fn magnitude_word(x: f64) -> u32 {
    high_word(x) & 0x7fff_ffff
}

/// `x` with the upper word replaced.
fn with_high_word(x: f64, word: u32) -> f64 {
    f64::from_bits(x.to_bits() & 0xffff_ffff | u64::from(word) << 32)
}

/// `x` cut to the bits of its upper word.
fn head(x: f64) -> f64 {
    f64::from_bits(x.to_bits() & 0xffff_ffff_0000_0000)
}

/// The polynomial in `x` whose coefficients are the `step`-th ones of a slice up to its last, the constant one first. Each step
/// multiplies the sum so far and adds. Out of line, since with soft floating point that is half the code of a function.
#[inline(never)]
fn horner(x: f64, coefficients: &[f64], step: usize) -> f64 {
    let mut sum = 0.0;
    let mut rest = coefficients;
    while let [.., last] = rest {
        sum = last + x * sum;
        rest = rest.get(..rest.len().saturating_sub(step)).unwrap_or_default();
    }
    sum
}
