//! Damaged images: each is refused with a reason, or runs without harm to its end or its limit.
mod machine;

use machine::{Outcome, image, run};

const PROGRAMS: &[&str] = &[
    "'use strict'; function fib(n) { if (n < 2) return n; return fib(n - 1) + fib(n - 2); } console.log('fib ' + fib(10));",
    "'use strict'; var o = { a: 1, b: [1, 2, 3], get c() { return this.a; } };
     function F(x) { this.x = x; } F.prototype.m = function (...r) { return this.x + r.length + arguments.length; };
     for (var k in o) console.log(k + o[k]); for (const v of o.b) console.log(new F(v).m(1, 2));
     try { null.x; } catch (e) { console.log(e.message); } finally { delete o.a; }
     var s = 0.5; for (var i = 0; i < 20; i++) { s = s * 1.5 + i % 3; } console.log(s, typeof s, `${s} ${o.c}`);",
    "'use strict'; function make() { var n = 0; return function () { n += 1; return n; }; }
     var f = make(); f(); console.log(f()); var a = [5, 3, 1]; a[3] = a[0] | 0; console.log(a.length + a[3]);
     function loop(n) { var c = 0, x = 1.25; for (var i = 0; i < n; i++) { if (i & 1) c += i; else x = x * 2 - i; } return c + x; }
     console.log(loop(50)); console.log(Math.floor === undefined, [...a, 4].length);",
];

/// Marsaglia's xorshift, for repeatable damage.
struct Random(u64);

impl Random {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below as u64) as usize
    }
}

#[test]
fn damage_does_no_harm() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let (mut refused, mut ran, mut stopped) = (0, 0, 0);
    let rounds: usize = std::env::var("JERBOA_MUTANTS").ok().and_then(|n| n.parse().ok()).unwrap_or(5000);
    for source in PROGRAMS {
        for optimise in [false, true] {
            let whole = image(source, optimise);
            for round in 0..rounds.div_ceil(2 * PROGRAMS.len()) {
                let mut bytes = whole.bytes.clone();
                for _ in 0..1 + random.next(3) {
                    let at = random.next(bytes.len());
                    bytes[at] = match random.next(4) {
                        0 => bytes[at] ^ (1 << random.next(8)),
                        1 => bytes[at].wrapping_add(1),
                        2 => bytes[random.next(bytes.len())],
                        _ => random.next(256) as u8,
                    };
                }
                if std::env::var_os("JERBOA_KEEP_MUTANT").is_some() {
                    std::fs::write(std::env::temp_dir().join("mutant.bin"), &bytes)
                        .expect("it can be written");
                    println!("{optimise} {round}");
                }
                match run(&bytes, &whole.natives, 1 << 14, Some(20_000)) {
                    Outcome::Refused(_) => refused += 1,
                    Outcome::Stopped => stopped += 1,
                    Outcome::Ended(_) | Outcome::Threw(..) => ran += 1,
                }
            }
        }
    }
    println!("{refused} refused, {ran} ran to an end, {stopped} stopped");
    // The test means something only if both the verifier and the interpreter get their share.
    assert!(refused > rounds / 5 && ran > rounds / 10, "{refused} refused, {ran} ran, {stopped} stopped");
}
