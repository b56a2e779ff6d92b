//! Asks Node, the behaviour oracle, from tests.

use std::io::Write;
use std::process::{Command, Stdio};

/// Runs `script` in Node with `input` on its standard input, as `Buffer` in `input`. Returns its
/// standard output, or `None` if there is no Node on this machine.
pub fn node(script: &str, input: &[u8]) -> Option<Vec<u8>> {
    let prelude = "const input = require('fs').readFileSync(0);
        const doubles = () => new Float64Array(new Uint8Array(input).buffer);
        
        const all = data => { let b = Buffer.from(data.buffer ?? data, data.byteOffset, data.byteLength);
            for (let at = 0; at < b.length;) at += require('fs').writeSync(1, b, at); };";
    let mut child = Command::new("node")
        .args(["-e", &format!("{prelude}{script}")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .ok()?;
    let mut stdin = child.stdin.take().expect("stdin is piped");
    let input = input.to_vec();
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().expect("node runs");
    writer.join().expect("writer ends").expect("node reads its input");
    assert!(output.status.success(), "the oracle script failed");
    Some(output.stdout)
}

/// The doubles as bytes, for `doubles()` of the prelude.
pub fn bytes_of(values: &[f64]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_le_bytes()).collect()
}

/// How many random cases a test tries: all of `full` where the variable `JERBOA_FULL_TESTS` is set,
/// else a twentieth, which keeps an unoptimised run within seconds.
pub fn rounds(full: u64) -> u64 {
    if std::env::var_os("JERBOA_FULL_TESTS").is_some() { full } else { full / 20 }
}

/// The step at which a test goes through all code points: a prime, unless [`rounds`] is at its full.
pub fn step() -> usize {
    if rounds(20) == 20 { 1 } else { 31 }
}

/// A small seeded generator (SplitMix64), so that a failure repeats.
pub struct Random(pub u64);

impl Random {
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ z >> 31
    }

    /// A number below `limit`.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.bits() % limit
    }

    /// A finite double: any bits, a decimal of few digits, an integer, or near a power of two.
    pub fn double(&mut self) -> f64 {
        loop {
            let value = match self.below(6) {
                0 | 1 => f64::from_bits(self.bits()),
                2 => {
                    let digits = self.below(18) as u32;
                    let n = self.below(10u64.pow(digits));
                    let text = format!("{n}e{}", self.below(40) as i32 - 30);
                    text.parse().expect("a decimal literal")
                }
                3 => (self.bits() as i64 >> self.below(64)) as f64,
                4 => self.below(1 << 53) as f64 / (1u64 << self.below(54)) as f64,
                _ => {
                    let power = f64::from_bits(self.below(2047) << 52);
                    f64::from_bits(power.to_bits().wrapping_add(self.below(5)).saturating_sub(2))
                }
            };
            if value.is_finite() {
                return value;
            }
        }
    }
}

/// Doubles where conversions have edges.
pub fn edges() -> Vec<f64> {
    let mut values = vec![
        0.0,
        -0.0,
        5e-324,
        1e-323,
        2.225_073_858_507_201e-308,
        f64::MIN_POSITIVE,
        f64::MAX,
        0.000_001,
        1e-7,
        f64::from_bits(0x3eb0_c6f7_a0b5_ed8c),
        1e21,
        999_999_999_999_999_900_000.0,
        123_456_789_012_345_680_000.0,
        0.1 + 0.2,
        1.0 / 3.0,
        1.005,
        1.45,
        8.345,
        0.5,
        1.5,
        2.5,
        1e23,
        9_007_199_254_740_991.0,
        9_007_199_254_740_992.0,
        9_007_199_254_740_993.0,
        4_294_967_295.0,
        4_294_967_296.0,
        2_147_483_647.0,
        2_147_483_648.0,
        5.684_341_886_080_802e-14,
        1_125_899_906_842_624.1,
    ];
    for exponent in -323..=308 {
        values.push(format!("1e{exponent}").parse().expect("a literal"));
    }
    for exponent in 0..2047u64 {
        values.push(f64::from_bits(exponent << 52));
        values.push(f64::from_bits((exponent << 52) + 1));
        values.push(f64::from_bits((exponent << 52).saturating_sub(1)));
    }
    for half in 0..200 {
        values.push(f64::from(half) + 0.5);
    }
    values
}
