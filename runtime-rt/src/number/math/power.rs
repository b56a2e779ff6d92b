//! `pow`, `exp` and `cbrt`.

use super::super::integer::{is_integral, to_i32};
use super::{abs, head, high_word, horner, magnitude_word, sqrt, with_high_word};

/// `Math.exp`. fdlibm gives the neighbour of e for 1; V8 does not.
pub fn exp(x: f64) -> f64 {
    if x == 1.0 { core::f64::consts::E } else { libm::exp(x) }
}

/// `Math.pow` and the `**` operator.
///
/// Differs from C in that a NaN exponent, and an infinite exponent of 1 or -1, give NaN.
pub fn pow(x: f64, y: f64) -> f64 {
    if y == 0.0 {
        return 1.0;
    }
    if x.is_nan() || y.is_nan() {
        return f64::NAN;
    }
    let magnitude = abs(x);
    if abs(y) == f64::INFINITY {
        return if magnitude == 1.0 {
            f64::NAN
        } else if (magnitude > 1.0) == (y > 0.0) {
            f64::INFINITY
        } else {
            0.0
        };
    }
    if y == 1.0 {
        return x;
    }
    if y == -1.0 {
        return 1.0 / x;
    }
    if y == 2.0 {
        return x * x;
    }
    if y == 0.5 && !x.is_sign_negative() {
        return sqrt(x);
    }
    // Doubles from 2^53 on are even, and so is their low word modulo 2^32.
    let odd = is_integral(y) && to_i32(y) & 1 != 0;
    let sign = if x.is_sign_negative() && odd { -1.0 } else { 1.0 };
    if magnitude == 0.0 || magnitude == f64::INFINITY {
        return sign * if y < 0.0 { 1.0 / magnitude } else { magnitude };
    }
    if x < 0.0 && !is_integral(y) {
        return f64::NAN;
    }
    if magnitude == 1.0 {
        return sign;
    }
    sign * positive_power(magnitude, y)
}

/// `x^y` for finite positive `x` other than one and finite `y`: log2(x) in two pieces, times `y` in
/// two pieces, and 2 to that power.
fn positive_power(x: f64, y: f64) -> f64 {
    let grows = (x > 1.0) == (y > 0.0);
    let limit = if grows { f64::INFINITY } else { 0.0 };
    let (t1, t2) = if magnitude_word(y) > 0x41e0_0000 {
        // |y| > 2^31: only x within 2^-20 of one does not overflow or underflow.
        let word = high_word(x);
        if magnitude_word(y) > 0x43f0_0000 || !(0x3fef_ffff..=0x3ff0_0000).contains(&word) {
            return limit;
        }
        log2_near_one(x)
    } else {
        log2_in_two(x)
    };
    let y1 = head(y);
    let p_l = (y - y1) * t1 + y * t2;
    let p_h = y1 * t1;
    let z = p_l + p_h;
    // log2 of the overflow threshold is this far below 1024.
    const OVERFLOW_TAIL: f64 = 8.008_566_259_537_294e-17;
    if z > 1024.0 || z == 1024.0 && p_l + OVERFLOW_TAIL > z - p_h {
        return f64::INFINITY;
    }
    if z < -1075.0 || z == -1075.0 && p_l <= z - p_h {
        return 0.0;
    }
    exp2_of_two(z, p_h, p_l)
}

const INV_LN2: f64 = core::f64::consts::LOG2_E;
const INV_LN2_H: f64 = 1.442_695_021_629_333_496_09;
const INV_LN2_L: f64 = 1.925_962_991_126_617_468_87e-8;

/// log2(x) for x within 2^-20 of one, by its series.
fn log2_near_one(x: f64) -> (f64, f64) {
    let t = x - 1.0;
    let w = (t * t) * (0.5 - t * (0.333_333_333_333_333_333_33 - t * 0.25));
    let u = INV_LN2_H * t;
    let v = t * INV_LN2_L - w * INV_LN2;
    let t1 = head(u + v);
    (t1, v - (t1 - u))
}

/// log2(x) as a sum of two doubles, the first of 32 bits or fewer.
fn log2_in_two(x: f64) -> (f64, f64) {
    /// Coefficients of (3/2) * (log(x) - 2s - 2/3 s^3) in s^2.
    static L: [f64; 6] = [
        5.999_999_999_999_946_487_25e-1,
        4.285_714_285_785_501_842_52e-1,
        3.333_333_298_183_774_329_18e-1,
        2.727_281_238_085_340_064_89e-1,
        2.306_607_457_755_617_540_67e-1,
        2.069_750_178_003_384_177_84e-1,
    ];
    const CP: f64 = 9.617_966_939_259_755_543_29e-1; // 2 / (3 ln 2)
    const CP_H: f64 = 9.617_967_009_544_372_558_59e-1;
    const CP_L: f64 = -7.028_461_650_952_758_265_16e-9;

    let mut exponent = 0;
    let mut scaled = x;
    if magnitude_word(x) < 0x0010_0000 {
        scaled *= 9_007_199_254_740_992.0;
        exponent = -53;
    }
    let mut word = high_word(scaled);
    exponent += (word >> 20) as i32 - 1023;
    let fraction = word & 0x000f_ffff;
    word = fraction | 0x3ff0_0000;
    // The argument is brought near 1 or 3/2. The bounds are sqrt(3/2) and sqrt(3).
    let (base, dp_h, dp_l) = if fraction > 0x3988e && fraction < 0xb_b67a {
        (1.5, 5.849_624_872_207_641_601_56e-1, 1.350_039_202_129_748_971_28e-8)
    } else {
        if fraction >= 0xb_b67a {
            exponent += 1;
            word -= 0x0010_0000;
        }
        (1.0, 0.0, 0.0)
    };
    let ax = with_high_word(scaled, word);

    // ss = s_h + s_l = (ax - base) / (ax + base).
    let u = ax - base;
    let v = 1.0 / (ax + base);
    let ss = u * v;
    let s_h = head(ss);
    let step = if base == 1.5 { 1 << 18 } else { 0 };
    let t_h = with_high_word(0.0, (word >> 1 | 0x2000_0000) + 0x0008_0000 + step);
    let t_l = ax - (t_h - base);
    let s_l = v * ((u - s_h * t_h) - s_h * t_l);

    let s2 = ss * ss;
    let mut r = s2 * s2 * horner(s2, &L, 1);
    r += s_l * (s_h + ss);
    let s2 = s_h * s_h;
    let t_h = head(3.0 + s2 + r);
    let t_l = r - ((t_h - 3.0) - s2);
    let u = s_h * t_h;
    let v = s_l * t_h + t_l * ss;
    let p_h = head(u + v);
    let p_l = v - (p_h - u);
    let z_h = CP_H * p_h;
    let z_l = CP_L * p_h + p_l * CP + dp_l;
    let t = f64::from(exponent);
    let t1 = head(((z_h + z_l) + dp_h) + t);
    (t1, z_l - (((t1 - t) - dp_h) - z_h))
}

/// 2^(p_h + p_l), where `z` is the sum rounded.
fn exp2_of_two(z: f64, p_h: f64, p_l: f64) -> f64 {
    static P: [f64; 5] = [
        1.666_666_666_666_660_190_37e-1,
        -2.777_777_777_701_559_338_42e-3,
        6.613_756_321_437_934_361_17e-5,
        -1.653_390_220_546_525_153_90e-6,
        4.138_136_797_057_238_460_39e-8,
    ];
    use core::f64::consts::LN_2;
    const LN2_H: f64 = 6.931_471_824_645_996_093_75e-1;
    const LN2_L: f64 = -1.904_654_299_957_768_045_25e-9;

    let mut whole = 0;
    let mut p_h = p_h;
    if magnitude_word(z) > 0x3fe0_0000 {
        whole = to_i32(abs(z) + 0.5);
        if z < 0.0 {
            whole = -whole;
        }
        p_h -= f64::from(whole);
    }
    let t = head(p_l + p_h);
    let u = t * LN2_H;
    let v = (p_l - (t - p_h)) * LN_2 + t * LN2_L;
    let z = u + v;
    let w = v - (z - u);
    let t = z * z;
    let t1 = z - t * horner(t, &P, 1);
    // fdlibm subtracts the last term from the quotient; V8's port has it in the divisor.
    let r = (z * t1) / ((t1 - 2.0) - (w + z * w));
    let z = 1.0 - (r - z);
    let biased = (high_word(z) as i32 >> 20) + whole;
    if biased <= 0 {
        return libm::scalbn(z, whole);
    }
    f64::from_bits(z.to_bits().wrapping_add((i64::from(whole) << 52) as u64))
}

/// `Math.cbrt`: an estimate by dividing the exponent by three, a polynomial to 23 bits and a
/// Newton step. (The correctly rounded one of `libm` differs from V8's in 8% of results.)
pub fn cbrt(x: f64) -> f64 {
    /// Coefficients of 1 / cbrt(r) for r within 1/10 of one.
    const P: [f64; 5] = [
        1.875_951_824_271_770_096_43,
        -1.884_979_795_433_771_698_75,
        1.621_429_720_105_354_466_14,
        -0.758_397_934_778_766_047_437,
        0.145_996_192_886_612_446_982,
    ];
    /// (1023 - 1023 / 3 - 0.03306235651) * 2^20.
    const BIAS: u32 = 715_094_163;
    /// The same for numbers scaled by 2^54.
    const SUBNORMAL_BIAS: u32 = 696_219_795;

    let word = magnitude_word(x);
    if word >= 0x7ff0_0000 || x == 0.0 {
        return x + x;
    }
    let estimate = if word < 0x0010_0000 {
        magnitude_word(x * 18_014_398_509_481_984.0) / 3 + SUBNORMAL_BIAS
    } else {
        word / 3 + BIAS
    };
    let t = with_high_word(0.0, high_word(x) & 0x8000_0000 | estimate);
    let r = (t * t) * (t / x);
    let t = t * ((P[0] + r * (P[1] + r * P[2])) + ((r * r) * r) * (P[3] + r * P[4]));
    // Rounds away from zero to 23 bits, so that the square is exact.
    let t = f64::from_bits((t.to_bits() + 0x8000_0000) & 0xffff_ffff_c000_0000);
    let r = x / (t * t);
    let r = (r - t) / (t + t + r);
    t + t * r
}
