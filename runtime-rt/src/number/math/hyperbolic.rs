//! The hyperbolic functions and their inverses, over `exp`, `expm1`, `log` and `log1p`.

use super::{abs, exp, expm1, log, log1p, magnitude_word, sqrt};

/// From here on the halves of e^x and e^-x differ by more than the precision.
const ONE_SIDED: f64 = 22.0;
/// Below this e^x does not overflow.
const EXP_LIMIT: f64 = 709.782_226_562_5;
/// Up to this e^x / 2 does not overflow.
const HALF_EXP_LIMIT: f64 = 710.475_860_073_943_9;
/// 2^-28.
const TINY: f64 = 1.0 / 268_435_456.0;
/// 2^28.
const HUGE: f64 = 268_435_456.0;

/// `half * e^x` for `x` from 22 on; `half` is 0.5 or -0.5.
fn half_exp(half: f64, x: f64) -> f64 {
    if x < EXP_LIMIT {
        half * exp(x)
    } else if x <= HALF_EXP_LIMIT {
        let w = exp(0.5 * x);
        half * w * w
    } else {
        half * f64::INFINITY
    }
}

/// `Math.sinh`.
pub fn sinh(x: f64) -> f64 {
    let magnitude = abs(x);
    if x.is_nan() || magnitude < TINY {
        return x;
    }
    let half = if x < 0.0 { -0.5 } else { 0.5 };
    if magnitude >= ONE_SIDED {
        return half_exp(half, magnitude);
    }
    let t = expm1(magnitude);
    if magnitude < 1.0 { half * (2.0 * t - t * t / (t + 1.0)) } else { half * (t + t / (t + 1.0)) }
}

/// `Math.cosh`.
pub fn cosh(x: f64) -> f64 {
    if x.is_nan() {
        return x;
    }
    let magnitude = abs(x);
    let word = magnitude_word(x);
    if word < 0x3fd6_2e43 {
        // |x| < ln(2) / 2.
        let t = expm1(magnitude);
        let w = 1.0 + t;
        return if word < 0x3c80_0000 { w } else { 1.0 + (t * t) / (w + w) };
    }
    if magnitude >= ONE_SIDED {
        return half_exp(0.5, magnitude);
    }
    let t = exp(magnitude);
    0.5 * t + 0.5 / t
}

/// `Math.tanh`.
pub fn tanh(x: f64) -> f64 {
    let magnitude = abs(x);
    if x.is_nan() || magnitude < TINY {
        return x;
    }
    let z = if magnitude >= ONE_SIDED {
        1.0
    } else if magnitude >= 1.0 {
        1.0 - 2.0 / (expm1(2.0 * magnitude) + 2.0)
    } else {
        let t = expm1(-2.0 * magnitude);
        -t / (t + 2.0)
    };
    if x < 0.0 { -z } else { z }
}

/// `Math.asinh`.
pub fn asinh(x: f64) -> f64 {
    let magnitude = abs(x);
    if x.is_nan() || magnitude < TINY || magnitude == f64::INFINITY {
        return x;
    }
    let w = if magnitude > HUGE {
        log(magnitude) + core::f64::consts::LN_2
    } else if magnitude > 2.0 {
        log(2.0 * magnitude + 1.0 / (sqrt(x * x + 1.0) + magnitude))
    } else {
        let t = x * x;
        log1p(magnitude + t / (1.0 + sqrt(1.0 + t)))
    };
    if x < 0.0 { -w } else { w }
}

/// `Math.acosh`.
pub fn acosh(x: f64) -> f64 {
    if x.is_nan() || x < 1.0 {
        return f64::NAN;
    }
    if x >= HUGE {
        // Includes infinity.
        return log(x) + core::f64::consts::LN_2;
    }
    if x > 2.0 {
        let t = x * x;
        return log(2.0 * x - 1.0 / (x + sqrt(t - 1.0)));
    }
    let t = x - 1.0;
    log1p(t + sqrt(2.0 * t + t * t))
}

/// `Math.atanh`.
pub fn atanh(x: f64) -> f64 {
    let magnitude = abs(x);
    if x.is_nan() || magnitude > 1.0 {
        return f64::NAN;
    }
    if magnitude < TINY {
        return x;
    }
    let t = magnitude + magnitude;
    let w = if magnitude < 0.5 {
        0.5 * log1p(t + t * magnitude / (1.0 - magnitude))
    } else {
        // One gives infinity.
        0.5 * log1p(t / (1.0 - magnitude))
    };
    if x < 0.0 { -w } else { w }
}
