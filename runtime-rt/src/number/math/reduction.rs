//! Reduction of angles to the quadrant around zero.
//!
//! Up to 2^20 the result is fdlibm's to the last bit. Larger angles are reduced in integers, in a
//! sixth of the code and more exactly, so that the last bit of a sine differs from V8's in one of
//! 2000 results there.

use super::super::integer::to_i32;
use super::{abs, magnitude_word};
use crate::number::parse::multiply_high;

/// pi/2 in three steps of 33 bits, each with the rest that follows it.
const STEPS: [(f64, f64); 3] = [
    (1.570_796_326_734_125_614_17, 6.077_100_506_506_192_249_32e-11),
    (6.077_100_506_303_965_976_60e-11, 2.022_266_248_795_950_631_54e-21),
    (2.022_266_248_711_166_455_80e-21, 8.478_427_660_368_899_569_97e-32),
];

/// The first 1184 bits of 2/pi behind the point.
static TWO_OVER_PI: [u32; 37] = [
    0xa2f9_836e,
    0x4e44_1529,
    0xfc27_57d1,
    0xf534_ddc0,
    0xdb62_9599,
    0x3c43_9041,
    0xfe51_63ab,
    0xdebb_c561,
    0xb724_6e3a,
    0x424d_d2e0,
    0x0649_2eea,
    0x09d1_921c,
    0xfe1d_eb1c,
    0xb129_a73e,
    0xe882_35f5,
    0x2ebb_4484,
    0xe99c_7026,
    0xb45f_7e41,
    0x3991_d639,
    0x8353_39f4,
    0x9c84_5f8b,
    0xbdf9_283b,
    0x1ff8_97ff,
    0xde05_980f,
    0xef2f_118b,
    0x5a0a_6d1f,
    0x6d36_7ecf,
    0x27cb_09b7,
    0x4f46_3f66,
    0x9e5f_ea2d,
    0x7527_bac7,
    0xebe5_f17b,
    0x3d07_39f7,
    0x8a52_92ea,
    0x6bfb_5fb1,
    0x1f8d_5d08,
    0x5603_3046,
];

/// `x` as `quadrant * pi/2 + y0 + y1` with `quadrant` modulo 4 and `y0 + y1` up to pi/4. NaN for
/// numbers that are not finite.
pub(super) fn reduce(x: f64) -> (u32, f64, f64) {
    let word = magnitude_word(x);
    if word >= 0x7ff0_0000 {
        return (0, f64::NAN, f64::NAN);
    }
    let magnitude = abs(x);
    // Below 2^19 * pi/2 the multiple of a 33-bit step is exact.
    let (quadrant, y0, y1) =
        if word <= 0x4139_21fb { reduce_medium(magnitude) } else { reduce_large(magnitude) };
    if x < 0.0 { (quadrant.wrapping_neg() & 3, -y0, -y1) } else { (quadrant & 3, y0, y1) }
}

/// Subtracts a multiple of pi/2, in as many steps as the cancellation calls for (Cody and Waite).
fn reduce_medium(x: f64) -> (u32, f64, f64) {
    /// Bits of cancellation up to which the first and the second step are exact enough.
    const ENOUGH: [u32; 2] = [16, 49];

    let multiple = to_i32(x * core::f64::consts::FRAC_2_PI + 0.5);
    let n = f64::from(multiple);
    let [(first, first_rest), later @ ..] = STEPS;
    let mut r = x - n * first;
    let mut w = n * first_rest;
    let mut y0 = r - w;
    for ((step, rest), enough) in later.into_iter().zip(ENOUGH) {
        let lost = (magnitude_word(x) >> 20).wrapping_sub(magnitude_word(y0) >> 20) as i32;
        if lost <= enough as i32 {
            break;
        }
        let t = r;
        w = n * step;
        r = t - w;
        w = n * rest - ((t - r) - w);
        y0 = r - w;
    }
    (multiple as u32, y0, (r - y0) - w)
}

/// Multiplies by the bits of 2/pi that matter (Payne and Hanek), in integers: those above would
/// contribute whole turns, and 192 are enough below, of which 62 may cancel.
fn reduce_large(x: f64) -> (u32, f64, f64) {
    let (mantissa, exponent) = super::super::digits::decompose(x);
    // The first bit whose product with the mantissa is not a multiple of 4 quadrants.
    let start = exponent - 2;
    let word = |index: i32| match usize::try_from(index) {
        Ok(index) => u64::from(TWO_OVER_PI.get(index).copied().unwrap_or(0)),
        Err(_) => 0,
    };
    let mut product = [0u32; 6];
    for (shift, factor) in [mantissa & 0xffff_ffff, mantissa >> 32].into_iter().enumerate() {
        let mut carry = 0;
        for (place, slot) in product.iter_mut().enumerate().skip(shift) {
            // Words come least significant first.
            let index = (start >> 5) + 5 - (place - shift) as i32;
            let pair = word(index) << 32 | word(index + 1);
            let bits = (pair << (start & 31)) >> 32;
            let wide = u64::from(*slot) + bits * factor + carry;
            *slot = wide as u32;
            carry = wide >> 32;
        }
    }
    let [p0, p1, p2, p3, p4, p5] = product.map(u64::from);
    let mut quadrant = (p5 >> 30) as u32;
    // The fraction of a quadrant, in 128 bits and 62 to spare.
    let mut high = p5 << 34 | p4 << 2 | p3 >> 30;
    let mut middle = p3 << 34 | p2 << 2 | p1 >> 30;
    let mut low = p1 << 34 | p0 << 2;
    let negative = high >> 63 == 1;
    if negative {
        quadrant += 1;
        high = !high;
        middle = !middle;
        low = !low;
    }
    let mut scale = 0;
    while high >> 63 == 0 && scale > -128 {
        high = high << 1 | middle >> 63;
        middle = middle << 1 | low >> 63;
        low <<= 1;
        scale -= 1;
    }
    // Times pi/2, whose 128 bits have the point behind the first.
    const HALF_PI_H: u64 = 0xc90f_daa2_2168_c234;
    const HALF_PI_L: u64 = 0xc4c6_628b_80dc_1cd1;
    let cross = multiply_high(high, HALF_PI_L);
    let (rest, carry0) = high.wrapping_mul(HALF_PI_H).overflowing_add(cross);
    let (rest, carry1) = rest.overflowing_add(multiply_high(middle, HALF_PI_H));
    let top = multiply_high(high, HALF_PI_H) + u64::from(carry0) + u64::from(carry1);
    // 53 bits or 52, and 64 that follow.
    let power = |exponent: i32| f64::from_bits(((1023 + exponent) as u64) << 52);
    let a = (top & !0x7ff) as f64 * power(scale - 63);
    let b = ((top & 0x7ff) << 53 | rest >> 11) as f64 * power(scale - 116);
    let y0 = a + b;
    let y1 = (a - y0) + b;
    if negative { (quadrant, -y0, -y1) } else { (quadrant, y0, y1) }
}
