//! Printing, against the standard library's digits and against Node.

use super::oracle::{Random, bytes_of, edges, node, rounds};
use super::*;

fn shortest(value: f64) -> String {
    let mut buf = [0; SHORTEST_BUFFER];
    String::from_utf8(f64_to_string_shortest(value, &mut buf).to_vec()).unwrap()
}

fn fixed(value: f64, places: u32) -> String {
    let mut buf = [0; FIXED_BUFFER];
    String::from_utf8(f64_to_fixed(value, places, &mut buf).to_vec()).unwrap()
}

fn precision(value: f64, digits: u32) -> String {
    let mut buf = [0; PRECISION_BUFFER];
    String::from_utf8(f64_to_precision(value, digits, &mut buf).to_vec()).unwrap()
}

fn exponential(value: f64, places: Option<u32>) -> String {
    let mut buf = [0; EXPONENTIAL_BUFFER];
    String::from_utf8(f64_to_exponential(value, places, &mut buf).to_vec()).unwrap()
}

fn radix(value: f64, base: u32) -> String {
    let mut out = Vec::new();
    f64_to_radix(value, base, &mut |bytes: &[u8]| out.extend_from_slice(bytes));
    String::from_utf8(out).unwrap()
}

fn samples(seed: u64, count: u64) -> Vec<f64> {
    let mut random = Random(seed);
    let mut values = edges();
    values.extend((0..rounds(count)).map(|_| random.double()));
    values
}

/// Lines of Node's answers.
fn lines(script: &str, values: &[f64]) -> Option<Vec<String>> {
    let out = node(script, &bytes_of(values))?;
    let text = String::from_utf8(out).unwrap();
    Some(text.split('\n').map(String::from).collect())
}

#[test]
fn layout_of_the_shortest_form() {
    let cases: &[(f64, &str)] = &[
        (0.0, "0"),
        (-0.0, "0"),
        (1.0, "1"),
        (-1.5, "-1.5"),
        (0.000_001, "0.000001"),
        (1e-7, "1e-7"),
        (1.5e-7, "1.5e-7"),
        (1e20, "100000000000000000000"),
        (1e21, "1e+21"),
        (123_456_789_012_345_680_000.0, "123456789012345680000"),
        (1.234e25, "1.234e+25"),
        (f64::MAX, "1.7976931348623157e+308"),
        (5e-324, "5e-324"),
        (-1.234_567_890_123_456_7e-6, "-0.0000012345678901234567"),
        (9_007_199_254_740_993.0, "9007199254740992"),
        (4_294_967_296.0, "4294967296"),
        (1_000_000_001.0, "1000000001"),
        (f64::NAN, "NaN"),
        (f64::INFINITY, "Infinity"),
        (f64::NEG_INFINITY, "-Infinity"),
    ];
    for &(value, text) in cases {
        assert_eq!(shortest(value), text);
    }
}

/// Whether `own` are the digits of `value`, given those that the standard library prints. They are
/// equal, except that of two equally close results ECMAScript takes the even one and the standard
/// library the larger.
fn same_digits(value: f64, own: &str, std: &str) -> bool {
    if own == std {
        return true;
    }
    let (Some((prefix, last)), Some((std_prefix, std_last))) =
        (own.split_at_checked(own.len() - 1), std.split_at_checked(std.len() - 1))
    else {
        return false;
    };
    let (last, std_last): (u32, u32) = (last.parse().unwrap(), std_last.parse().unwrap());
    let exact = format!("{:.800e}", value.abs());
    let exact = exact.split_once('e').unwrap().0;
    let tie = exact.strip_prefix(own).is_some_and(|rest| rest.trim_end_matches('0') == "5");
    prefix == std_prefix && last % 2 == 0 && last + 1 == std_last && tie
}

/// The standard library prints the same digits in another layout.
#[test]
fn shortest_digits_agree_with_std_and_read_back() {
    for value in samples(1, 300_000) {
        let text = shortest(value);
        assert_eq!(text.parse::<f64>().unwrap(), if value == 0.0 { 0.0 } else { value }, "{text}");
        if value == 0.0 {
            continue;
        }
        let expected = format!("{:e}", value.abs());
        let (digits, exponent) = expected.split_once('e').unwrap();
        let printed = exponential(value.abs(), None);
        let (own_digits, own_exponent) = printed.split_once('e').unwrap();
        assert!(same_digits(value, own_digits, digits), "{value:e}: {printed}");
        assert_eq!(own_exponent.parse::<i32>().unwrap(), exponent.parse::<i32>().unwrap());
    }
}

/// Without the fast path for short decimals, which would hide the generator from those.
#[test]
fn generator_alone_agrees_with_std() {
    for value in samples(2, 200_000).into_iter().map(f64::abs).filter(|&value| value != 0.0) {
        let mut buf = [0; digits::SHORTEST_DIGITS];
        let decimal = digits::shortest(value, &mut buf);
        let text = format!("{value:e}");
        let (expected, exponent) = text.split_once('e').unwrap();
        let mut own = String::from_utf8(buf[..decimal.len].to_vec()).unwrap();
        if own.len() > 1 {
            own.insert(1, '.');
        }
        assert!(same_digits(value, &own, expected), "{text}: {own}");
        assert_eq!(decimal.exponent, exponent.parse::<i32>().unwrap());
    }
}

#[test]
fn shortest_agrees_with_node() {
    let values = samples(3, 100_000);
    let Some(expected) = lines("all(Buffer.from(Array.from(doubles(), String).join('\\n')))", &values) else {
        return;
    };
    for (value, text) in values.iter().zip(expected) {
        assert_eq!(shortest(*value), text);
    }
}

#[test]
fn rounding_forms() {
    assert_eq!(fixed(0.5, 0), "1");
    assert_eq!(fixed(2.5, 0), "3");
    assert_eq!(fixed(-1.5, 0), "-2");
    assert_eq!(fixed(1.005, 2), "1.00");
    assert_eq!(fixed(-0.000_000_1, 2), "-0.00");
    assert_eq!(fixed(-0.0, 2), "0.00");
    assert_eq!(fixed(9.995, 2), "9.99");
    assert_eq!(fixed(99.99, 1), "100.0");
    assert_eq!(fixed(0.99, 0), "1");
    assert_eq!(fixed(0.049, 1), "0.0");
    assert_eq!(fixed(0.05, 1), "0.1");
    assert_eq!(fixed(1e21, 2), "1e+21");
    assert_eq!(precision(123.456, 4), "123.5");
    assert_eq!(precision(0.000_001, 2), "0.0000010");
    assert_eq!(precision(1e-7, 2), "1.0e-7");
    assert_eq!(precision(99.99, 3), "100");
    assert_eq!(precision(999.9, 3), "1.00e+3");
    assert_eq!(precision(0.0, 3), "0.00");
    assert_eq!(exponential(0.0, Some(2)), "0.00e+0");
    assert_eq!(exponential(0.0, None), "0e+0");
    assert_eq!(exponential(-1.25, Some(1)), "-1.3e+0");
    assert_eq!(exponential(12345.0, None), "1.2345e+4");
    assert_eq!(exponential(f64::NAN, Some(1)), "NaN");
}

#[test]
fn longest_results_fit_their_buffers() {
    assert_eq!(fixed(-999_999_999_999_999_900_000.0, 100).len(), FIXED_BUFFER);
    assert_eq!(fixed(-1e21, 100), "-1e+21");
    assert_eq!(precision(-0.000_001_234, 100).len(), PRECISION_BUFFER);
    assert_eq!(exponential(-5e-324, Some(100)).len(), EXPONENTIAL_BUFFER);
    assert_eq!(shortest(-1.234_567_890_123_456_7e-6).len(), SHORTEST_BUFFER);
}

#[test]
fn rounding_forms_agree_with_node() {
    let values = samples(4, 60_000);
    let script = "all(Buffer.from(Array.from(doubles(), (x, i) =>
        [x.toFixed(i * 7 % 101), x.toPrecision(1 + i * 11 % 100), x.toExponential(i * 13 % 101),
         x.toExponential(), x.toFixed(i % 5), x.toPrecision(1 + i % 21)].join(' ')).join('\\n')))";
    let Some(expected) = lines(script, &values) else { return };
    for (i, (&value, text)) in values.iter().zip(expected).enumerate() {
        let i = i as u32;
        let own = [
            fixed(value, i * 7 % 101),
            precision(value, 1 + i * 11 % 100),
            exponential(value, Some(i * 13 % 101)),
            exponential(value, None),
            fixed(value, i % 5),
            precision(value, 1 + i % 21),
        ];
        assert_eq!(own.join(" "), text, "{value:e} {i}");
    }
}

#[test]
fn radix_forms() {
    assert_eq!(radix(255.0, 16), "ff");
    assert_eq!(radix(-255.5, 2), "-11111111.1");
    assert_eq!(radix(0.1, 3), "0.0022002200220022002200220022002201");
    assert_eq!(radix(-0.0, 2), "0");
    assert_eq!(radix(f64::NEG_INFINITY, 2), "-Infinity");
}

#[test]
fn radix_agrees_with_node() {
    let values = samples(5, 60_000);
    let script = "all(Buffer.from(Array.from(doubles(), (x, i) =>
        x.toString([2, 3, 4, 5, 7, 8, 9, 16, 20, 32, 35, 36][i % 12])).join('\\n')))";
    let Some(expected) = lines(script, &values) else { return };
    for (i, (&value, text)) in values.iter().zip(expected).enumerate() {
        let base = [2, 3, 4, 5, 7, 8, 9, 16, 20, 32, 35, 36][i % 12];
        assert_eq!(radix(value, base), text, "{value:e} in {base}");
    }
}
