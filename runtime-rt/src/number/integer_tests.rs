//! Conversions to machine integers, against Node and against their definitions.

use super::oracle::{Random, bytes_of, edges, node, rounds};
use super::*;

fn samples() -> Vec<f64> {
    let mut random = Random(21);
    let mut values = edges();
    values.extend([f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -0.5, 254.5, 255.5, -1.0, -2_147_483_648.0]);
    values.extend((0..rounds(100_000)).map(|_| random.double()));
    values.extend((0..rounds(20_000)).map(|_| random.below(1 << 34) as f64 / 4.0 - 2e9));
    values
}

#[test]
fn wrapping_conversions_agree_with_node() {
    let values = samples();
    let script = "all(new Float64Array(Array.from(doubles()).flatMap(x => [x | 0, x >>> 0, x << 16 >> 16,
        new Uint16Array([x])[0], new Int8Array([x])[0], new Uint8Array([x])[0],
        new Uint8ClampedArray([x])[0], Number.isInteger(x), Math.trunc(x) || 0])))";
    let Some(out) = node(script, &bytes_of(&values)) else { return };
    for (&value, expected) in values.iter().zip(out.as_chunks::<72>().0) {
        let own = [
            f64::from(to_i32(value)),
            f64::from(to_u32(value)),
            f64::from(to_i16(value)),
            f64::from(to_u16(value)),
            f64::from(to_i8(value)),
            f64::from(to_u8(value)),
            f64::from(to_u8_clamp(value)),
            f64::from(u8::from(is_integral(value))),
            to_integer_or_infinity(value),
        ];
        assert_eq!(bytes_of(&own), expected, "{value:e}");
    }
}

#[test]
fn exact_integers() {
    for value in samples() {
        let exact = value as i32;
        let is = f64::from(exact) == value && !(exact == 0 && value.is_sign_negative());
        assert_eq!(f64_to_i32_exact(value), is.then_some(exact), "{value:e}");
        let index = value as u32;
        let is = f64::from(index) == value && index != u32::MAX;
        assert_eq!(f64_to_array_index(value), is.then_some(index), "{value:e}");
    }
    assert_eq!(f64_to_i32_exact(-0.0), None);
    assert_eq!(f64_to_i32_exact(-2_147_483_648.0), Some(i32::MIN));
    assert_eq!(f64_to_i32_exact(2_147_483_648.0), None);
    assert_eq!(f64_to_array_index(4_294_967_295.0), None);
    assert_eq!(f64_to_array_index(4_294_967_294.0), Some(4_294_967_294));
}

#[test]
fn decimal_text() {
    let mut random = Random(22);
    let edges = [0, 1, -1, 9, 10, -10, 99, 100, i32::MAX, i32::MIN];
    for n in edges.into_iter().chain((0..rounds(50_000)).map(|_| (random.bits() as i32) >> random.below(32)))
    {
        let mut buf = [0; I32_BUFFER];
        assert_eq!(i32_to_decimal(n, &mut buf), n.to_string().as_bytes());
        assert_eq!(u32_to_decimal(n as u32, &mut buf), (n as u32).to_string().as_bytes());
    }
}

#[test]
fn sameness() {
    let other_nan = f64::from_bits(0xfff8_0000_0000_0001);
    assert!(same_value(f64::NAN, other_nan) && same_value_zero(f64::NAN, other_nan));
    assert!(!same_value(0.0, -0.0) && same_value_zero(0.0, -0.0));
    assert!(same_value(1.5, 1.5) && !same_value(1.5, 2.5) && !same_value_zero(1.5, f64::NAN));
}
