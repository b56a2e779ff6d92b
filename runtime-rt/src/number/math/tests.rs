//! `Math` against Node.

use super::super::oracle::{Random, bytes_of, node, rounds};
use super::super::same_value;
use super::*;

/// Pairs of arguments: any double, around one, tens, thousands, and the edges among themselves.
fn samples(count: u64) -> Vec<f64> {
    let mut random = Random(41);
    let mut out = Vec::new();
    let edges = [
        0.0,
        -0.0,
        0.5,
        -0.5,
        1.0,
        -1.0,
        1.5,
        2.0,
        -2.0,
        3.0,
        -3.0,
        0.1,
        1e-5,
        1e-10,
        -1e-300,
        5e-324,
        1e10,
        1e100,
        -1e100,
        1e308,
        22.0,
        709.5,
        710.2,
        -745.0,
        1024.0,
        -1075.0,
        4_294_967_297.0,
        1e19,
        9_007_199_254_740_993.0,
        0.999_999_9,
        1.000_000_1,
        0.499_999_999_999_999_94,
        std::f64::consts::FRAC_PI_2,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::NAN,
        f64::MAX,
        f64::MIN_POSITIVE,
        6_381_956_970_095_103.0 * 2f64.powi(797),
    ];
    for x in edges {
        for y in edges {
            out.extend([x, y]);
        }
    }
    let mut unit = || (random.bits() >> 11) as f64 / (1u64 << 53) as f64;
    for i in 0..count {
        let (u, v) = (unit(), unit());
        match i % 4 {
            0 => out.extend([u * 2.0 - 1.0, v * 4.0 - 2.0]),
            1 => out.extend([u * 40.0 - 20.0, v * 20.0 - 10.0]),
            2 => out.extend([u * 2000.0 - 1000.0, (v * 40.0 - 20.0).floor()]),
            _ => out.extend([f64::from_bits((u * 1.8e19) as u64), f64::from_bits((v * 1.8e19) as u64)]),
        }
    }
    out
}

type Function = (&'static str, fn(f64, f64) -> f64);

const FUNCTIONS: &[Function] = &[
    ("x % y", rem),
    ("Math.abs(x)", |x, _| abs(x)),
    ("Math.acos(x)", |x, _| acos(x)),
    ("Math.acosh(x)", |x, _| acosh(x)),
    ("Math.asin(x)", |x, _| asin(x)),
    ("Math.asinh(x)", |x, _| asinh(x)),
    ("Math.atan(x)", |x, _| atan(x)),
    ("Math.atan2(x, y)", atan2),
    ("Math.atanh(x)", |x, _| atanh(x)),
    ("Math.cbrt(x)", |x, _| cbrt(x)),
    ("Math.ceil(x)", |x, _| ceil(x)),
    ("Math.clz32(x)", |x, _| f64::from(clz32(crate::number::to_u32(x)))),
    ("Math.cos(x)", |x, _| cos(x)),
    ("Math.cosh(x)", |x, _| cosh(x)),
    ("Math.exp(x)", |x, _| exp(x)),
    ("Math.expm1(x)", |x, _| expm1(x)),
    ("Math.floor(x)", |x, _| floor(x)),
    ("Math.fround(x)", |x, _| fround(x)),
    ("Math.hypot(x, y)", |x, y| hypot(&[x, y])),
    ("Math.hypot(x, y, 3)", |x, y| hypot(&[x, y, 3.0])),
    ("Math.imul(x, y)", |x, y| f64::from(imul(crate::number::to_i32(x), crate::number::to_i32(y)))),
    ("Math.log(x)", |x, _| log(x)),
    ("Math.log10(x)", |x, _| log10(x)),
    ("Math.log1p(x)", |x, _| log1p(x)),
    ("Math.log2(x)", |x, _| log2(x)),
    ("Math.max(x, y)", max),
    ("Math.min(x, y)", min),
    ("Math.pow(x, y)", pow),
    ("Math.round(x)", |x, _| round(x)),
    ("Math.sign(x)", |x, _| sign(x)),
    ("Math.sin(x)", |x, _| sin(x)),
    ("Math.sinh(x)", |x, _| sinh(x)),
    ("Math.sqrt(x)", |x, _| sqrt(x)),
    ("Math.tan(x)", |x, _| tan(x)),
    ("Math.tanh(x)", |x, _| tanh(x)),
    ("Math.trunc(x)", |x, _| trunc(x)),
];

/// Every function, every sample, every bit.
#[test]
fn agrees_with_node() {
    let samples = samples(rounds(100_000));
    let mut report = String::new();
    for &(expression, function) in FUNCTIONS {
        let script = format!(
            "const d = doubles(), out = new Float64Array(d.length / 2);
            for (let i = 0; i < out.length; i++) {{ const x = d[2 * i], y = d[2 * i + 1]; out[i] = {expression}; }}
            all(out)"
        );
        let Some(out) = node(&script, &bytes_of(&samples)) else { return };
        let (mut wrong, mut near) = (0, 0);
        for (pair, expected) in samples.chunks(2).zip(out.as_chunks::<8>().0) {
            let own = function(pair[0], pair[1]);
            let expected = f64::from_le_bytes(*expected);
            // Large angles are reduced more exactly than in fdlibm; see the module on reduction.
            let large_angle = matches!(expression, "Math.cos(x)" | "Math.sin(x)" | "Math.tan(x)")
                && abs(pair[0]) > 800_000.0;
            if large_angle && own.to_bits().abs_diff(expected.to_bits()) == 1 {
                near += 1;
            } else if !same_value(own, expected) {
                wrong += 1;
                if wrong <= 3 {
                    report += &format!("{expression} of {pair:?}: {own:?}, Node {expected:?}\n");
                }
            }
        }
        if wrong != 0 || near > samples.len() / 2000 {
            report +=
                &format!("{expression}: {wrong} of {} differ, {near} in the last bit\n", samples.len() / 2);
        }
    }
    assert!(report.is_empty(), "\n{report}");
}
