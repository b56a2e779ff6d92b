//! End-to-end tests of the machine backends: CLIF compiled, linked and run in QEMU, against Cranelift's
//! interpreter.

#[path = "machine32/harness.rs"]
mod harness;
#[path = "machine32/generator.rs"]
mod generator;

use harness::{Arg::*, Call, check};
use jerboa_backend_cranelift::machine32::Arch;

const SMALL: &str = "
function %fib(i32) -> i32 system_v {
    fn0 = colocated %fib(i32) -> i32 system_v
block0(v0: i32):
    v1 = iconst.i32 2
    v2 = icmp slt v0, v1
    brif v2, block1(v0), block2
block1(v3: i32):
    return v3
block2:
    v4 = iconst.i32 -1
    v5 = iadd v0, v4
    v6 = call fn0(v5)
    v7 = iconst.i32 -2
    v8 = iadd v0, v7
    v9 = call fn0(v8)
    v10 = iadd v6, v9
    return v10
}
function %sum(i32) -> i32 system_v {
block0(v0: i32):
    v1 = iconst.i32 0
    jump block1(v1, v1)
block1(v2: i32, v3: i32):
    v4 = icmp slt v2, v0
    brif v4, block2, block3
block2:
    v5 = iadd v3, v2
    v6 = iconst.i32 1
    v7 = iadd v2, v6
    jump block1(v7, v5)
block3:
    return v3
}
function %gcd(i32, i32) -> i32 system_v {
block0(v0: i32, v1: i32):
    jump block1(v0, v1)
block1(v2: i32, v3: i32):
    brif v3, block2, block3
block2:
    v4 = urem v2, v3
    jump block1(v3, v4)
block3:
    return v2
}
";

#[test]
fn small_functions() {
    let calls = [
        Call::new("fib", &[I32(15)]),
        Call::new("sum", &[I32(1000)]),
        Call::new("gcd", &[I32(1071), I32(462)]),
        Call::new("gcd", &[I32(17), I32(0)]),
    ];
    for arch in Arch::ALL {
        check(SMALL, &calls, arch, "small");
    }
}

/// Random programs, several to a run of the emulator. `MACHINE32_SEEDS=from..to` chooses others.
#[test]
fn random_programs() {
    let (from, to) = match std::env::var("MACHINE32_SEEDS") {
        Ok(range) => {
            let (from, to) = range.split_once("..").expect("from..to");
            (from.parse().expect("a number"), to.parse().expect("a number"))
        }
        Err(_) => (0u64, 24u64),
    };
    for seed in from..to {
        let (text, calls) = generator::program(seed);
        let arch = Arch::ALL[(seed % 5) as usize];
        check(&text, &calls, arch, &format!("seed{seed}"));
    }
}

/// One function for each operation and type: arguments reduced from i64, the result extended to i64.
fn operation_function(name: &str, ty: &str, arity: usize, text: &str, result: &str) -> String {
    let mut body = String::new();
    for i in 0..3 {
        let value = if ty == "i64" {
            format!(" v{} = iconst.i64 0\n v{} = bor v{i}, v{}\n", 20 + i, 10 + i, 20 + i)
        } else {
            format!(" v{} = ireduce.{ty} v{i}\n", 10 + i)
        };
        if i < arity {
            body += &value;
        }
    }
    body += &format!(" v50 = {text}\n");
    if result == "i64" {
        body += " return v50\n";
    } else {
        body += " v51 = uextend.i64 v50\n return v51\n";
    }
    format!("function %{name}(i64, i64, i64) -> i64 system_v {{\nblock0(v0: i64, v1: i64, v2: i64):\n{body}}}\n")
}

fn operations() -> (String, Vec<String>) {
    let mut text = String::new();
    let mut names = Vec::new();
    let mut add = |name: String, ty: &str, arity: usize, body: &str, result: &str| {
        text += &operation_function(&name, ty, arity, body, result);
        names.push(name);
    };
    for ty in ["i8", "i16", "i32", "i64"] {
        for op in [
            "iadd", "isub", "imul", "band", "bor", "bxor", "ishl", "ushr", "sshr", "smin", "smax",
            "umin", "umax",
        ] {
            add(format!("{op}_{ty}"), ty, 2, &format!("{op} v10, v11"), ty);
        }
        for op in ["ineg", "bnot", "iabs", "clz", "ctz", "popcnt"] {
            add(format!("{op}_{ty}"), ty, 1, &format!("{op} v10"), ty);
        }
        for cond in ["eq", "ne", "slt", "sge", "sgt", "sle", "ult", "uge", "ugt", "ule"] {
            add(format!("{cond}_{ty}"), ty, 2, &format!("icmp {cond} v10, v11"), "i8");
        }
        add(format!("bitselect_{ty}"), ty, 3, "bitselect v10, v11, v12", ty);
        add(format!("select_{ty}"), ty, 3, "select v10, v11, v12", ty);
        add(format!("bmask_{ty}"), ty, 1, "bmask.i32 v10", "i32");
        for to in ["i16", "i32", "i64"] {
            let bits = |ty: &str| ty[1..].parse::<u32>().expect("a width");
            if bits(to) > bits(ty) {
                for op in ["uextend", "sextend"] {
                    add(format!("{op}_{ty}_{to}"), ty, 1, &format!("{op}.{to} v10"), to);
                }
                add(format!("ireduce_{to}_{ty}"), to, 1, &format!("ireduce.{ty} v10"), ty);
            }
        }
    }
    for ty in ["i32", "i64"] {
        for op in ["rotl", "rotr", "umulhi", "smulhi"] {
            add(format!("{op}_{ty}"), ty, 2, &format!("{op} v10, v11"), ty);
        }
        add(format!("bswap_{ty}"), ty, 1, "bswap v10", ty);
    }
    add("bswap_i16".to_owned(), "i16", 1, "bswap v10", "i16");
    (text, names)
}

#[test]
fn every_operation() {
    let (text, names) = operations();
    let mut random = generator::Random::new(7);
    let mut calls = Vec::new();
    for name in &names {
        for i in 0..8 {
            let mut arg = || I64(if i < 2 { random.next() as i64 } else { random.interesting() });
            let first = arg();
            let second = if i == 7 { first } else { arg() };
            calls.push(Call::new(name, &[first, second, arg()]));
        }
    }
    for arch in [Arch::ThumbV7M, Arch::Rv32Imc] {
        check(&text, &calls, arch, "operations");
    }
}
