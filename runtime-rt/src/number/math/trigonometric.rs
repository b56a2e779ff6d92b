//! `sin`, `cos`, `tan` and `atan2`.

use super::reduction::reduce;
use super::{head, horner, magnitude_word, with_high_word};

/// The upper word of pi/4: up to it, no reduction is needed.
const QUARTER_PI: u32 = 0x3fe9_21fb;

/// `Math.sin`.
pub fn sin(x: f64) -> f64 {
    if magnitude_word(x) <= QUARTER_PI {
        return kernel_sin(x, None);
    }
    match reduce(x) {
        (0, y0, y1) => kernel_sin(y0, Some(y1)),
        (1, y0, y1) => kernel_cos(y0, y1),
        (2, y0, y1) => -kernel_sin(y0, Some(y1)),
        (_, y0, y1) => -kernel_cos(y0, y1),
    }
}

/// `Math.cos`.
pub fn cos(x: f64) -> f64 {
    if magnitude_word(x) <= QUARTER_PI {
        return kernel_cos(x, 0.0);
    }
    match reduce(x) {
        (0, y0, y1) => kernel_cos(y0, y1),
        (1, y0, y1) => -kernel_sin(y0, Some(y1)),
        (2, y0, y1) => -kernel_cos(y0, y1),
        (_, y0, y1) => kernel_sin(y0, Some(y1)),
    }
}

/// `Math.tan`.
pub fn tan(x: f64) -> f64 {
    if magnitude_word(x) <= QUARTER_PI {
        return kernel_tan(x, 0.0, false);
    }
    let (quadrant, y0, y1) = reduce(x);
    kernel_tan(y0, y1, quadrant & 1 == 1)
}

/// Sine of `x + tail`, up to pi/4.
fn kernel_sin(x: f64, tail: Option<f64>) -> f64 {
    static S: [f64; 6] = [
        -1.666_666_666_666_663_243_48e-1,
        8.333_333_333_322_489_461_24e-3,
        -1.984_126_982_985_794_931_34e-4,
        2.755_731_370_707_006_767_89e-6,
        -2.505_076_025_340_686_341_95e-8,
        1.589_690_995_211_550_102_21e-10,
    ];
    if magnitude_word(x) < 0x3e40_0000 {
        return x;
    }
    let z = x * x;
    let v = z * x;
    let r = horner(z, &S[1..], 1);
    match tail {
        None => x + v * (S[0] + z * r),
        Some(y) => x - ((z * (0.5 * y - v * r) - y) - v * S[0]),
    }
}

/// Cosine of `x + y`, up to pi/4.
fn kernel_cos(x: f64, y: f64) -> f64 {
    static C: [f64; 6] = [
        4.166_666_666_666_660_190_37e-2,
        -1.388_888_888_887_410_957_49e-3,
        2.480_158_728_947_672_941_78e-5,
        -2.755_731_435_139_066_330_35e-7,
        2.087_572_321_298_174_827_90e-9,
        -1.135_964_755_778_819_482_65e-11,
    ];
    let word = magnitude_word(x);
    if word < 0x3e40_0000 {
        return 1.0;
    }
    let z = x * x;
    let r = z * horner(z, &C, 1);
    if word < 0x3fd3_3333 {
        return 1.0 - (0.5 * z - (z * r - x * y));
    }
    // About |x| / 4, so that the next two subtractions are exact.
    let quarter = if word > 0x3fe9_0000 { 0.28125 } else { with_high_word(0.0, word - 0x0020_0000) };
    let half_square = 0.5 * z - quarter;
    (1.0 - quarter) - (half_square - (z * r - x * y))
}

/// Tangent of `x + y`, up to pi/4, or minus its reciprocal.
fn kernel_tan(x: f64, y: f64, reciprocal: bool) -> f64 {
    static T: [f64; 13] = [
        3.333_333_333_333_340_919_86e-1,
        1.333_333_333_332_012_426_99e-1,
        5.396_825_397_622_605_213_77e-2,
        2.186_948_829_485_954_245_99e-2,
        8.863_239_823_599_300_057_37e-3,
        3.592_079_107_591_312_353_56e-3,
        1.456_209_454_325_290_255_16e-3,
        5.880_412_408_202_640_968_74e-4,
        2.464_631_348_184_699_068_12e-4,
        7.817_944_429_395_570_923_00e-5,
        7.140_724_913_826_081_903_05e-5,
        -1.855_863_748_552_754_566_54e-5,
        2.590_730_518_636_337_128_84e-5,
    ];
    const QUARTER_PI_H: f64 = core::f64::consts::FRAC_PI_4;
    const QUARTER_PI_L: f64 = 3.061_616_997_868_383_017_93e-17;

    let word = magnitude_word(x);
    if word < 0x3e30_0000 && !reciprocal {
        return x;
    }
    let (mut x, mut y) = (x, y);
    let negative = x < 0.0;
    let large = word >= 0x3fe5_9428; // 0.67434
    if large {
        if negative {
            x = -x;
            y = -y;
        }
        x = (QUARTER_PI_H - x) + (QUARTER_PI_L - y);
        y = 0.0;
    }
    let z = x * x;
    let w = z * z;
    let r = horner(w, &T[1..12], 2);
    let v = z * horner(w, &T[2..], 2);
    let s = z * x;
    let r = y + z * (s * (r + v) + y) + T[0] * s;
    let w = x + r;
    if large {
        let sign = if reciprocal { -1.0 } else { 1.0 };
        let v = sign - 2.0 * (x - (w * w / (w + sign) - r));
        return if negative { -v } else { v };
    }
    if !reciprocal {
        return w;
    }
    // -1 / w to more than double precision.
    let w_h = head(w);
    let v = r - (w_h - x);
    let a = -1.0 / w;
    let a_h = head(a);
    a_h + a * ((1.0 + a_h * w_h) + a_h * v)
}

/// `Math.atan2`.
pub fn atan2(y: f64, x: f64) -> f64 {
    // Where y is more than 2^60 times x, fdlibm gives pi/2, but `libm` adds in x's sign.
    let finite = magnitude_word(x) < 0x7ff0_0000 && magnitude_word(y) < 0x7ff0_0000;
    if finite && x != 0.0 && (magnitude_word(y) as i32 - magnitude_word(x) as i32) >> 20 > 60 {
        return if y < 0.0 { -core::f64::consts::FRAC_PI_2 } else { core::f64::consts::FRAC_PI_2 };
    }
    libm::atan2(y, x)
}
