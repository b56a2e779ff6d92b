//! Reading numbers, against the standard library and against Node.

use super::oracle::{Random, edges, node, rounds};
use super::*;

#[track_caller]
fn reads(text: &str, value: f64) {
    let own = string_to_number(text.as_bytes());
    assert!(same_value(own, value), "{text:?} is {own:e}, should be {value:e}");
}

#[test]
fn literals() {
    reads("", 0.0);
    reads(" \t\u{feff}\u{3000}\u{2028} ", 0.0);
    reads("  0x1F ", 31.0);
    reads("0B101", 5.0);
    reads("0o17", 15.0);
    reads("0x", f64::NAN);
    reads("-0x10", f64::NAN);
    reads("0b12", f64::NAN);
    reads("-0", -0.0);
    reads("+.5", 0.5);
    reads("5.", 5.0);
    reads("5.e1", 50.0);
    reads(".", f64::NAN);
    reads("e5", f64::NAN);
    reads("1e", f64::NAN);
    reads("1e+", f64::NAN);
    reads("1_000", f64::NAN);
    reads("1 2", f64::NAN);
    reads("-Infinity", f64::NEG_INFINITY);
    reads("infinity", f64::NAN);
    reads("Infinityx", f64::NAN);
    reads("1e1000", f64::INFINITY);
    reads("1e-1000", 0.0);
    reads("1e99999999999999", f64::INFINITY);
    reads("0e99999999999999", 0.0);
    reads("2.4703282292062327208e-324", 0.0);
    reads("2.4703282292062328e-324", 5e-324);
    reads("0x20000000000001", 9_007_199_254_740_992.0);
    reads("0x20000000000003", 9_007_199_254_740_996.0);
    reads("0x200000000000010000000000000000001", f64::from_bits(0x4800_0000_0000_0001));
}

#[test]
fn prefixes() {
    assert_eq!(parse_float(b"  3.25abc"), 3.25);
    assert_eq!(parse_float(b"1e"), 1.0);
    assert_eq!(parse_float(b"1e+x"), 1.0);
    assert_eq!(parse_float(b"-.5.5"), -0.5);
    assert_eq!(parse_float(b"0x10"), 0.0);
    assert_eq!(parse_float(b"Infinity0"), f64::INFINITY);
    assert!(parse_float(b"-").is_nan());
    assert!(parse_float(b"").is_nan());
    assert_eq!(parse_int(b"  -42px", 0), -42.0);
    assert_eq!(parse_int(b"0x1fg", 0), 31.0);
    assert_eq!(parse_int(b"0x1f", 16), 31.0);
    assert_eq!(parse_int(b"0x1f", 10), 0.0);
    assert_eq!(parse_int(b"zz", 36), 1295.0);
    assert_eq!(parse_int(b"12", 2), 1.0);
    assert!(parse_int(b"2", 2).is_nan());
    assert!(parse_int(b"1", 1).is_nan());
    assert!(parse_int(b"1", 37).is_nan());
    assert!(parse_int(b"0x", 16).is_nan());
    assert!(same_value(parse_int(b"-0", 10), -0.0));
}

#[test]
fn what_std_prints_reads_back() {
    let mut random = Random(11);
    let mut values = edges();
    values.extend((0..rounds(300_000)).map(|_| random.double()));
    for value in values {
        reads(&format!("{value:e}"), value);
        reads(&format!("{value:.25e}"), value);
        reads(&format!("{value}"), value);
    }
}

/// Any digits and exponents, compared with the standard library's correctly rounded reading.
#[test]
fn arbitrary_digits_agree_with_std() {
    let mut random = Random(12);
    for _ in 0..rounds(400_000) {
        let count = 1 + random.below(30);
        let mut text: String = (0..count).map(|_| char::from(b'0' + random.below(10) as u8)).collect();
        if random.below(2) == 0 {
            text.insert(random.below(count + 1) as usize, '.');
        }
        let text = format!("{text}e{}", random.below(720) as i32 - 370);
        reads(&text, text.parse().unwrap());
    }
}

/// The exact midpoints between neighbours, and the literals just below and above them: as many as
/// 770 digits, where only exact comparison tells.
#[test]
fn midpoints() {
    let mut random = Random(13);
    let mut lows = vec![0.0, 5e-324, f64::MIN_POSITIVE, f64::MAX, 1.0, 9_007_199_254_740_992.0];
    lows.push(f64::from_bits(f64::MIN_POSITIVE.to_bits() - 1));
    lows.extend((0..rounds(20_000)).map(|_| random.double().abs()));
    for low in lows {
        let text = midpoint(low);
        let high = f64::from_bits(low.to_bits() + 1);
        let even = if low.to_bits() & 1 == 0 { low } else { high };
        reads(&text, even);
        reads(&format!("{text}00000000000"), even);
        // Lengthens the fraction, or the digits in front of an exponent of zero.
        reads(&format!("{text}00001"), high);
        let mut digits = text.into_bytes();
        let last = digits.iter().rposition(|byte| matches!(byte, b'1'..=b'9')).unwrap();
        digits[last] -= 1;
        for zero in digits[last + 1..].iter_mut().filter(|byte| **byte == b'0') {
            *zero = b'9';
        }
        let mut below = String::from_utf8(digits).unwrap();
        below.push_str("999");
        reads(&below, low);
    }
}

/// The decimal expansion of the midpoint above `low`, with a point in it.
fn midpoint(low: f64) -> String {
    let (mantissa, exponent) = super::digits::decompose(low);
    let mut number = super::digits::Generator::EMPTY;
    number.start(2 * mantissa + 1, exponent - 1);
    let place = number.exponent;
    let mut digits = String::new();
    while !number.is_done() {
        digits.push(char::from(b'0' + number.digit()));
        number.advance();
    }
    if place < 0 {
        return format!("0.{}{digits}", "0".repeat((-place - 1) as usize));
    }
    let whole = place as usize + 1;
    while digits.len() < whole {
        digits.push('0');
    }
    digits.insert(whole, '.');
    digits
}

#[test]
fn other_radices_agree_with_node() {
    let mut random = Random(14);
    let mut cases = Vec::new();
    for _ in 0..rounds(60_000) {
        let base = 2 + random.below(35);
        let count = 1 + random.below(if base == 2 { 80 } else { 24 });
        let digits: String =
            (0..count).map(|_| char::from_digit(random.below(base) as u32, base as u32).unwrap()).collect();
        cases.push((digits, base as i32));
    }
    let input: Vec<String> = cases.iter().map(|(digits, base)| format!("{digits} {base}")).collect();
    let script = "all(new Float64Array(String(input).split('\\n').map(line =>
        { const [digits, base] = line.split(' '); return parseInt(digits, +base) })))";
    let Some(out) = node(script, input.join("\n").as_bytes()) else { return };
    for ((digits, base), expected) in cases.iter().zip(out.as_chunks::<8>().0) {
        let own = parse_int(digits.as_bytes(), *base);
        assert!(same_value(own, f64::from_le_bytes(*expected)), "{digits} in {base}: {own}");
        let prefix = match base {
            2 => "0b",
            8 => "0o",
            16 => "0X",
            _ => continue,
        };
        reads(&format!("{prefix}{digits}"), own);
    }
}

/// Short texts over the alphabet of numbers, valid and not.
#[test]
fn arbitrary_text_agrees_with_node() {
    let mut random = Random(15);
    let alphabet: Vec<char> = "000123456789..eEeE+-+-xXoObBaIinfty_ \u{a0}\u{feff}".chars().collect();
    let mut cases: Vec<String> = (0..rounds(150_000))
        .map(|_| {
            let count = random.below(8);
            (0..count).map(|_| alphabet[random.below(alphabet.len() as u64) as usize]).collect()
        })
        .collect();
    cases.extend(["Infinity", "+Infinity ", "-Infinityx", "0x1p3"].map(String::from));
    let script = "all(new Float64Array(String(input).split('\\n').flatMap(text =>
        [Number(text), parseFloat(text), parseInt(text), parseInt(text, 16)])))";
    let Some(out) = node(script, cases.join("\n").as_bytes()) else { return };
    // A byte order mark at the very start of the input is dropped by the decoder.
    for (text, expected) in cases.iter().zip(out.as_chunks::<32>().0) {
        let own = [
            string_to_number(text.as_bytes()),
            parse_float(text.as_bytes()),
            parse_int(text.as_bytes(), 0),
            parse_int(text.as_bytes(), 16),
        ];
        for (own, expected) in own.iter().zip(expected.as_chunks::<8>().0) {
            assert!(same_value(*own, f64::from_le_bytes(*expected)), "{text:?}: {own}");
        }
    }
}
