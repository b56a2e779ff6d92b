//! `log`, `log1p` and `log10`.

use super::{abs, high_word, horner, magnitude_word, with_high_word};

const LN2_H: f64 = 6.931_471_803_691_238_164_90e-1;
const LN2_L: f64 = 1.908_214_929_270_587_700_02e-10;

/// Coefficients of (log(1 + f) - 2s) / s in s^2, with s = f / (2 + f).
static LG: [f64; 7] = [
    6.666_666_666_666_735_13e-1,
    3.999_999_999_940_941_908e-1,
    2.857_142_874_366_239_149e-1,
    2.222_219_843_214_978_396e-1,
    1.818_357_216_161_805_012e-1,
    1.531_383_769_920_937_332e-1,
    1.479_819_860_511_658_591e-1,
];

/// `Math.log`.
pub fn log(x: f64) -> f64 {
    if x == 0.0 {
        return f64::NEG_INFINITY;
    }
    if x.is_nan() || x < 0.0 {
        return f64::NAN;
    }
    if x == f64::INFINITY {
        return x;
    }
    let mut x = x;
    let mut exponent = 0;
    if high_word(x) < 0x0010_0000 {
        x *= 18_014_398_509_481_984.0;
        exponent = -54;
    }
    let word = high_word(x);
    exponent += (word >> 20) as i32 - 1023;
    let fraction = word & 0x000f_ffff;
    // Brings the argument between sqrt(2) / 2 and sqrt(2).
    let half = (fraction + 0x9_5f64) & 0x0010_0000;
    exponent += (half >> 20) as i32;
    let f = with_high_word(x, fraction | (half ^ 0x3ff0_0000)) - 1.0;
    let k = f64::from(exponent);
    // Without a power of two the sums that start with it must not be formed: adding zero would not
    // be exact in the middle of them.
    let joined = |tail: f64| if exponent == 0 { f - tail } else { k * LN2_H - ((tail - k * LN2_L) - f) };
    if 0x000f_ffff & (2 + fraction) < 3 {
        // |f| < 2^-20.
        if f == 0.0 {
            return if exponent == 0 { 0.0 } else { k * LN2_H + k * LN2_L };
        }
        return joined(f * f * (0.5 - 0.333_333_333_333_333_333 * f));
    }
    let s = f / (2.0 + f);
    let z = s * s;
    let w = z * z;
    let t1 = w * horner(w, &LG[1..6], 2);
    let t2 = z * horner(w, &LG, 2);
    let r = t2 + t1;
    if (0x6147b..0x6b851).contains(&fraction) {
        // Nearer to sqrt(2), f * f / 2 is kept apart for accuracy.
        let half_square = 0.5 * f * f;
        if exponent == 0 {
            return f - (half_square - s * (half_square + r));
        }
        return k * LN2_H - ((half_square - (s * (half_square + r) + k * LN2_L)) - f);
    }
    joined(s * (f - r))
}

/// `Math.log1p`.
pub fn log1p(x: f64) -> f64 {
    let word = magnitude_word(x);
    if x.is_nan() || x < -1.0 {
        return f64::NAN;
    }
    if x == -1.0 {
        return f64::NEG_INFINITY;
    }
    if x == f64::INFINITY {
        return x;
    }
    if word < 0x3e20_0000 {
        // |x| < 2^-29; below 2^-54 the square does not count, and could underflow.
        return if word < 0x3c90_0000 { x } else { x - x * x * 0.5 };
    }
    let mut exponent = 0;
    let mut f = x;
    let mut c = 0.0;
    let mut fraction = 1;
    // Outside of sqrt(2) / 2 - 1 to sqrt(2) - 1 a power of two is taken out of 1 + x, and c is what
    // the rounding of that sum lost.
    if word >= 0x3fda_827a || x < 0.0 && word > 0x3fd2_bec3 {
        let mut u = x;
        if word < 0x4340_0000 {
            u = 1.0 + x;
            exponent = (high_word(u) >> 20) as i32 - 1023;
            c = if exponent > 0 { 1.0 - (u - x) } else { x - (u - 1.0) };
            c /= u;
        } else {
            exponent = (high_word(u) >> 20) as i32 - 1023;
        }
        fraction = high_word(u) & 0x000f_ffff;
        if fraction < 0x6_a09e {
            u = with_high_word(u, fraction | 0x3ff0_0000);
        } else {
            exponent += 1;
            u = with_high_word(u, fraction | 0x3fe0_0000);
            fraction = (0x0010_0000 - fraction) >> 2;
        }
        f = u - 1.0;
    }
    let k = f64::from(exponent);
    let half_square = 0.5 * f * f;
    if fraction == 0 {
        // |f| < 2^-20.
        if f == 0.0 {
            return if exponent == 0 { 0.0 } else { k * LN2_H + (c + k * LN2_L) };
        }
        let r = half_square * (1.0 - 0.666_666_666_666_666_66 * f);
        return if exponent == 0 { f - r } else { k * LN2_H - ((r - (k * LN2_L + c)) - f) };
    }
    let s = f / (2.0 + f);
    let z = s * s;
    let r = z * horner(z, &LG, 1);
    if exponent == 0 {
        return f - (half_square - s * (half_square + r));
    }
    k * LN2_H - ((half_square - (s * (half_square + r) + (k * LN2_L + c))) - f)
}

/// `Math.log10`.
pub fn log10(x: f64) -> f64 {
    const INV_LN10: f64 = core::f64::consts::LOG10_E;
    const LOG10_2_H: f64 = 3.010_299_956_636_117_713_06e-1;
    const LOG10_2_L: f64 = 3.694_239_077_158_930_786_16e-13;

    if x.is_nan() || x <= 0.0 || x == f64::INFINITY {
        return log(x);
    }
    let mut x = abs(x);
    let mut exponent = 0;
    if high_word(x) < 0x0010_0000 {
        x *= 18_014_398_509_481_984.0;
        exponent = -54;
    }
    exponent += (high_word(x) >> 20) as i32 - 1023;
    // A negative exponent is rounded up, with the rest between 1 and 2 for it and below 1 else.
    let up = i32::from(exponent < 0);
    let rest = with_high_word(x, high_word(x) & 0x000f_ffff | (0x3ff - up as u32) << 20);
    let y = f64::from(exponent + up);
    let z = y * LOG10_2_L + INV_LN10 * log(rest);
    z + y * LOG10_2_H
}
