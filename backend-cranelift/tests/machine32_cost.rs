//! Code size and executed instructions of small functions, as a committed snapshot: a change's diff shows what
//! it did to them. QEMU counts one nanosecond an instruction; the counts are as fine as the boards' timers, 40
//! instructions on Arm and 100 on RISC-V, and may be off by one such tick. `MACHINE32_BLESS=1` rewrites the
//! snapshot.

#[path = "machine32/harness.rs"]
#[allow(dead_code, reason = "the harness serves other tests as well")]
mod harness;

use jerboa_backend_cranelift::machine32::{Arch, Options, emit_asm};
use jerboa_backend_cranelift::unit::SymbolId;
use std::fmt::Write;

const SOURCE: &str = include_str!("machine32/cost.clif");

/// Functions with the argument of their measured call.
const CALLS: &[(&str, i32)] = &[
    ("fib", 25),
    ("fib_checked", 20),
    ("sum", 10000),
    ("sum_checked", 10000),
    ("dot", 1000),
    ("sieve", 200),
    ("crc", 200),
    ("sum64", 10000),
    ("switch", 10000),
];

fn timer(arch: Arch) -> &'static str {
    if arch.is_thumb() {
        "function %start_timer() system_v {\nblock0:\n v0 = iconst.i32 0xe000e010\n v1 = iconst.i32 0xffffff\n \
         store v1, v0+4\n v2 = iconst.i32 5\n store v2, v0\n return\n}\n\
         function %now() -> i32 system_v {\nblock0:\n v0 = iconst.i32 0xe000e018\n v1 = load.i32 v0\n \
         v2 = iconst.i32 0xffffff\n v3 = isub v2, v1\n return v3\n}\n"
    } else {
        "function %start_timer() system_v {\nblock0:\n return\n}\n\
         function %now() -> i32 system_v {\nblock0:\n v0 = iconst.i32 0x200bff8\n v1 = load.i32 v0\n return v1\n}\n"
    }
}

fn main_text() -> String {
    let mut preamble =
        " fn0 = %put32(i32) system_v\n fn1 = %setup() system_v\n fn2 = %start_timer() system_v\n \
                        fn3 = %now() -> i32 system_v\n"
            .to_owned();
    let mut body = "block0:\n call fn1()\n call fn2()\n".to_owned();
    for (i, (name, arg)) in CALLS.iter().enumerate() {
        let v = 10 * (i + 1);
        let _ = writeln!(preamble, " fn{} = %{name}(i32) -> i32 system_v", i + 4);
        let _ = write!(
            body,
            " v{v} = iconst.i32 {arg}\n v{} = call fn3()\n v{} = call fn{}(v{v})\n v{} = call fn3()\n \
             v{} = isub v{}, v{}\n call fn0(v{})\n call fn0(v{})\n",
            v + 1,
            v + 2,
            i + 4,
            v + 3,
            v + 4,
            v + 3,
            v + 1,
            v + 2,
            v + 4
        );
    }
    format!("function %main() system_v {{\n{preamble}{body} return\n}}\n")
}

#[test]
fn cost() {
    let mut table = String::from("arch function bytes instructions\n");
    for arch in [Arch::ThumbV7M, Arch::Rv32Imc] {
        let text = format!("{SOURCE}{}{}{}", harness::output_functions(arch), timer(arch), main_text());
        let functions = harness::parse(&text);
        let unit = harness::unit_of(&functions);
        let listing = emit_asm(&unit, arch, &Options::default()).expect("compiles");
        if std::env::var_os("MACHINE32_LIST").is_some() {
            println!("{listing}");
        }
        let sizes = harness::code_sizes(&unit, arch);
        let main = SymbolId(functions.len() as u32 - 1);
        let Some(outcome) = harness::run_unit(unit, arch, main, "cost") else { return };
        let tick = if arch.is_thumb() { 40 } else { 100 };
        for ((name, arg), pair) in CALLS.iter().zip(outcome.words.chunks(2)) {
            let call = harness::Call::new(name, &[harness::Arg::I32(*arg)]);
            let expected = harness::interpret(&harness::parse(SOURCE), &[call]);
            assert_eq!(pair[0], expected[0], "{arch:?} {name}");
            let _ = writeln!(
                table,
                "{arch:?} {name}({arg}) {} {}",
                sizes[*name],
                u64::from(pair[1] & 0xff_ffff) * tick
            );
        }
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/machine32/cost.txt");
    if std::env::var_os("MACHINE32_BLESS").is_some() {
        std::fs::write(path, &table).expect("written");
    }
    let known = std::fs::read_to_string(path).unwrap_or_default();
    let same = known.lines().count() == table.lines().count()
        && known.lines().zip(table.lines()).all(|(known, new)| same_cost(known, new));
    assert!(same, "the snapshot differs; MACHINE32_BLESS=1 rewrites it\n{table}");
}

/// Whether two rows agree but for one tick of the timer.
fn same_cost(known: &str, new: &str) -> bool {
    let split = |row: &str| {
        let (rest, count) = row.rsplit_once(' ')?;
        Some((rest.to_owned(), count.parse::<i64>().ok()))
    };
    match (split(known), split(new)) {
        (Some((a, Some(x))), Some((b, Some(y)))) => a == b && (x - y).abs() <= 100,
        _ => known == new,
    }
}
