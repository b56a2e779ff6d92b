//! End-to-end tests of the machine backends: CLIF compiled, linked and run in QEMU, against Cranelift's
//! interpreter.

#[path = "machine32/generator.rs"]
mod generator;
#[path = "machine32/harness.rs"]
mod harness;
#[path = "machine32/random.rs"]
mod random;

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
    format!(
        "function %{name}(i64, i64, i64) -> i64 system_v {{\nblock0(v0: i64, v1: i64, v2: i64):\n{body}}}\n"
    )
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
            "iadd", "isub", "imul", "band", "bor", "bxor", "ishl", "ushr", "sshr", "smin", "smax", "umin",
            "umax",
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
    let mut random = random::Random::new(7);
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

const INDIRECT: &str = "
function %twice(i32) -> i32 system_v {
block0(v0: i32):
    v1 = iadd v0, v0
    return v1
}
function %square(i32) -> i32 system_v {
block0(v0: i32):
    v1 = imul v0, v0
    return v1
}
function %choose(i32, i32) -> i32 system_v {
    sig0 = (i32) -> i32 system_v
    fn0 = %twice(i32) -> i32 system_v
    fn1 = %square(i32) -> i32 system_v
block0(v0: i32, v1: i32):
    v2 = func_addr.i32 fn0
    v3 = func_addr.i32 fn1
    v4 = select v0, v2, v3
    v5 = call_indirect sig0, v4(v1)
    return v5
}
";

/// Calls through pointers, which the interpreter does not have on 32 bits.
#[test]
fn indirect_calls() {
    let calls = [Call::new("choose", &[I32(1), I32(21)]), Call::new("choose", &[I32(0), I32(21)])];
    for arch in Arch::ALL {
        let Some(outcome) = harness::run(INDIRECT, &calls, arch, "indirect") else { return };
        assert_eq!(outcome.words, [42, 441], "{arch:?}");
    }
}

const DATA: &str = "
function %lookup(i32) -> i32 system_v {
    gv0 = symbol %table
block0(v0: i32):
    v1 = symbol_value.i32 gv0
    v2 = iconst.i32 2
    v3 = ishl v0, v2
    v4 = iadd v1, v3
    v5 = load.i32 v4
    v6 = load.i32 v5
    return v6
}
function %count() -> i32 system_v {
    gv0 = symbol %counter
block0:
    v0 = symbol_value.i32 gv0
    v1 = load.i32 v0
    v2 = iconst.i32 1
    v3 = iadd v1, v2
    store v3, v0
    return v3
}
function %main() system_v {
    fn0 = %lookup(i32) -> i32 system_v
    fn1 = %count() -> i32 system_v
    fn2 = %put32(i32) system_v
    fn3 = %setup() system_v
block0:
    call fn3()
    v0 = iconst.i32 0
    v1 = call fn0(v0)
    call fn2(v1)
    v2 = iconst.i32 1
    v3 = call fn0(v2)
    call fn2(v3)
    v4 = call fn1()
    v5 = call fn1()
    call fn2(v5)
    return
}
";

/// Read-only data with pointers into other data, and writable data.
#[test]
fn data_and_pointers() {
    use jerboa_backend_cranelift::unit::{Data, DataReloc, Linkage, SymbolId, SymbolKind};
    for arch in Arch::ALL {
        let functions = harness::parse(&(harness::output_functions(arch) + DATA));
        let mut unit = harness::unit_of(&functions);
        let find = |unit: &jerboa_backend_cranelift::unit::Unit, name: &str| {
            SymbolId(unit.symbols.iter().position(|s| s.name == name).expect("declared") as u32)
        };
        let (table, counter, main) = (find(&unit, "table"), find(&unit, "counter"), find(&unit, "main"));
        for id in [table, counter] {
            unit.symbols[id.0 as usize].linkage = Linkage::Local;
        }
        let numbers = unit.declare("numbers", SymbolKind::Data, Linkage::Local);
        let words = |words: &[u32]| words.iter().flat_map(|w| w.to_le_bytes()).collect::<Vec<u8>>();
        let data = |symbol, bytes, relocs, writable| Data { symbol, align: 4, bytes, relocs, writable };
        unit.data.push(data(numbers, words(&[11, 22, 33]), Vec::new(), false));
        let relocs = vec![
            DataReloc { offset: 0, target: numbers, addend: 8 },
            DataReloc { offset: 4, target: numbers, addend: 4 },
        ];
        unit.data.push(data(table, words(&[0, 0]), relocs, false));
        unit.data.push(data(counter, words(&[40]), Vec::new(), true));
        let Some(outcome) = harness::run_unit(unit, arch, main, "data") else { return };
        assert_eq!(outcome.words, [33, 22, 42], "{arch:?}");
    }
}

const FLOATS: &str = "
function %arith(f64, f64) -> f64 system_v {
block0(v0: f64, v1: f64):
    v2 = fadd v0, v1
    v3 = fmul v2, v1
    v4 = fneg v3
    v5 = sqrt v4
    return v5
}
function %less(f64, f64) -> i32 system_v {
block0(v0: f64, v1: f64):
    v2 = fcmp ult v0, v1
    brif v2, block1, block2
block1:
    v3 = iconst.i32 1
    return v3
block2:
    v4 = iconst.i32 2
    return v4
}
";

fn calls_in(listing: &str) -> Vec<&str> {
    listing
        .lines()
        .filter(|line| line.contains(" bl ") || line.contains(" jal ra "))
        .filter_map(|line| line.split(' ').next_back())
        .collect()
}

/// The routines that floating point calls, by the platform's names.
#[test]
fn float_calls() {
    use jerboa_backend_cranelift::machine32::{Options, emit_asm};
    let unit = harness::unit_of(&harness::parse(FLOATS));
    let arm = emit_asm(&unit, Arch::ThumbV7M, &Options::default()).expect("compiles");
    assert_eq!(calls_in(&arm), ["__aeabi_dadd", "__aeabi_dmul", "sqrt", "__aeabi_dcmpge"], "{arm}");
    let rv = emit_asm(&unit, Arch::Rv32Imc, &Options::default()).expect("compiles");
    assert_eq!(calls_in(&rv), ["__adddf3", "__muldf3", "sqrt", "__gedf2"], "{rv}");
}

/// What is outside the subset is refused by name.
#[test]
fn unsupported_operations_are_named() {
    use jerboa_backend_cranelift::machine32::{Error, Options, emit_object};
    let text = "
function %wide(i64, i64) -> i64 system_v {
block0(v0: i64, v1: i64):
    v2 = iconcat v0, v1
    v3, v4 = isplit v2
    return v3
}
function %atomic(i32) -> i32 system_v {
block0(v0: i32):
    v1 = atomic_load.i32 v0
    return v1
}
";
    let functions = harness::parse(text);
    for (i, name) in ["iconcat", "atomic_load"].into_iter().enumerate() {
        let unit = harness::unit_of(&functions[i..=i]);
        for arch in Arch::ALL {
            match emit_object(&unit, arch, &Options { optimize: false, check_allocation: true }) {
                Err(Error::Unsupported { inst, .. }) => assert!(inst.contains(name), "{inst}"),
                other => panic!("{other:?}"),
            }
        }
    }
}
