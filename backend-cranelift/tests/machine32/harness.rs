//! Runs CLIF on an emulated microcontroller and in Cranelift's interpreter.
//!
//! The start-up code is data with a pointer to `main`, which is CLIF as well: it makes the calls and writes
//! each result, as little-endian words, to the board's UART, which QEMU connects to a file.

use cranelift_codegen::data_value::DataValue;
use cranelift_codegen::ir::{ExternalName, Function, GlobalValueData, UserExternalName, types};
use cranelift_interpreter::environment::FunctionStore;
use cranelift_interpreter::interpreter::{Interpreter, InterpreterState};
use cranelift_interpreter::step::ControlFlow;
use jerboa_backend_cranelift::machine32::{Arch, Options, emit_object, rv};
use jerboa_backend_cranelift::unit::{Body, Data, DataReloc, Linkage, SymbolId, SymbolKind, Unit};
use std::fmt::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// An argument of a call.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Arg {
    I32(i32),
    I64(i64),
}

/// A call of a function of the program; its results are compared.
#[derive(Clone, Debug)]
pub struct Call {
    /// The function's name without `%`.
    pub function: String,
    /// Its arguments.
    pub args: Vec<Arg>,
}

impl Call {
    pub fn new(function: &str, args: &[Arg]) -> Call {
        Call { function: function.to_owned(), args: args.to_vec() }
    }
}

/// Parses CLIF for the 32-bit pointer.
pub fn parse(text: &str) -> Vec<Function> {
    cranelift_reader::parse_functions(text).unwrap_or_else(|e| panic!("{e}\n{}", numbered(text)))
}

fn numbered(text: &str) -> String {
    text.lines().enumerate().fold(String::new(), |mut out, (i, line)| {
        let _ = writeln!(out, "{:4} {line}", i + 1);
        out
    })
}

fn name_of(name: &ExternalName) -> Option<String> {
    match name {
        ExternalName::TestCase(name) => Some(name.to_string().trim_start_matches('%').to_owned()),
        _ => None,
    }
}

/// Makes a unit of functions that refer to each other by `%name`; other names are imports.
pub fn unit_of(functions: &[Function]) -> Unit {
    let mut unit = Unit::default();
    let mut ids = std::collections::HashMap::new();
    for func in functions {
        let name = func.name.to_string().trim_start_matches('%').to_owned();
        let kind = SymbolKind::Function(func.signature.clone());
        ids.insert(name.clone(), unit.declare(name, kind, Linkage::Export));
    }
    for (i, func) in functions.iter().enumerate() {
        let mut func = func.clone();
        let refs: Vec<_> = func.dfg.ext_funcs.keys().collect();
        for reference in refs {
            let Some(name) = name_of(&func.dfg.ext_funcs[reference].name) else { continue };
            let signature = func.dfg.signatures[func.dfg.ext_funcs[reference].signature].clone();
            let id = *ids
                .entry(name.clone())
                .or_insert_with(|| unit.declare(name, SymbolKind::Function(signature), Linkage::Import));
            let user = func.declare_imported_user_function(UserExternalName::new(0, id.0));
            func.dfg.ext_funcs[reference].name = ExternalName::User(user);
        }
        let values: Vec<_> = func.global_values.keys().collect();
        for value in values {
            let GlobalValueData::Symbol { name, .. } = &func.global_values[value] else { continue };
            let Some(name) = name_of(name) else { continue };
            let id = *ids
                .entry(name.clone())
                .or_insert_with(|| unit.declare(name, SymbolKind::Data, Linkage::Import));
            let user = func.declare_imported_user_function(UserExternalName::new(0, id.0));
            if let GlobalValueData::Symbol { name, .. } = &mut func.global_values[value] {
                *name = ExternalName::User(user);
            }
        }
        unit.functions.push(Body { symbol: SymbolId(i as u32), func });
    }
    unit
}

/// The results by Cranelift's interpreter, as words.
pub fn interpret(functions: &[Function], calls: &[Call]) -> Vec<u32> {
    let mut words = Vec::new();
    for call in calls {
        let mut store = FunctionStore::default();
        for func in functions {
            store.add(func.name.to_string(), func);
        }
        let state = InterpreterState::default().with_function_store(store);
        let mut interpreter = Interpreter::new(state);
        let args: Vec<DataValue> = call
            .args
            .iter()
            .map(|arg| match *arg {
                Arg::I32(x) => DataValue::I32(x),
                Arg::I64(x) => DataValue::I64(x),
            })
            .collect();
        let outcome = interpreter.call_by_name(&format!("%{}", call.function), &args);
        match outcome {
            Ok(ControlFlow::Return(values)) => {
                for value in values {
                    match value {
                        DataValue::I32(x) => words.push(x as u32),
                        DataValue::I64(x) => words.extend([x as u32, (x >> 32) as u32]),
                        other => panic!("a result of type {}", other.ty()),
                    }
                }
            }
            other => panic!("{call:?}: {other:?}"),
        }
    }
    words
}

struct Board {
    qemu: &'static str,
    machine: &'static str,
    code: u32,
    ram: u32,
    uart: u32,
}

fn board(arch: Arch) -> Board {
    let (qemu, machine, code, ram, uart) = match arch {
        Arch::ThumbV7M => ("qemu-system-arm", "mps2-an385", 0, 0x2000_0000, 0x4000_4000),
        Arch::ThumbV7EM => ("qemu-system-arm", "mps2-an386", 0, 0x2000_0000, 0x4000_4000),
        Arch::ThumbV8MMain => ("qemu-system-arm", "mps2-an505", 0x1000_0000, 0x3800_0000, 0x5020_0000),
        Arch::Rv32Imc | Arch::Rv32Imac => {
            ("qemu-system-riscv32", "virt", 0x8000_0000, 0x8080_0000, 0x1000_0000)
        }
    };
    Board { qemu, machine, code, ram, uart }
}

/// `%put32`, which writes a word to the UART, and `%setup`. One byte a call: the optimiser would take four
/// stores to the same place for one.
pub fn output_functions(arch: Arch) -> String {
    let Board { uart, .. } = board(arch);
    let (enable, store) = if arch.is_thumb() {
        ("v1 = iconst.i32 1\n store.i32 v1, v0+8", "store.i32")
    } else {
        ("v1 = iconst.i32 0", "istore8.i32")
    };
    let mut text = format!(
        "function %setup() system_v {{\nblock0:\n v0 = iconst.i32 {uart:#x}\n {enable}\n return\n}}\n\
         function %put8(i32) system_v {{\nblock0(v0: i32):\n v1 = iconst.i32 {uart:#x}\n \
         {store} v0, v1\n return\n}}\n\
         function %put32(i32) system_v {{\n fn0 = %put8(i32) system_v\nblock0(v0: i32):\n \
         v1 = iconst.i32 8\n call fn0(v0)\n"
    );
    for i in 0..3 {
        let _ = writeln!(
            text,
            " v{} = ushr v{}, v1\n call fn0(v{})",
            i + 2,
            if i == 0 { 0 } else { i + 1 },
            i + 2
        );
    }
    text + " return\n}\n"
}

/// The support routines for 64-bit shifts.
fn shift_routines(arch: Arch) -> String {
    let names = if arch.is_thumb() {
        ["__aeabi_llsl", "__aeabi_llsr", "__aeabi_lasr"]
    } else {
        ["__ashldi3", "__lshrdi3", "__ashrdi3"]
    };
    // For an amount below 32: one word shifted, the other filled from it. Above: one word moved.
    let bodies = [
        (
            "v10 = ishl v3, v1\n v11 = ishl v5, v1\n v12 = isub v6, v1\n v13 = ushr v3, v12\n v14 = bor v11, v13",
            "v20 = iconst.i32 0\n v21 = ishl v3, v1",
        ),
        (
            "v11 = ushr v3, v1\n v14 = ushr v5, v1\n v12 = isub v6, v1\n v13 = ishl v5, v12\n v10 = bor v11, v13",
            "v20 = ushr v5, v1\n v21 = iconst.i32 0",
        ),
        (
            "v11 = ushr v3, v1\n v14 = sshr v5, v1\n v12 = isub v6, v1\n v13 = ishl v5, v12\n v10 = bor v11, v13",
            "v20 = sshr v5, v1\n v19 = iconst.i32 31\n v21 = sshr v5, v19",
        ),
    ];
    names
        .iter()
        .zip(bodies)
        .map(|(name, (near, far))| {
            format!(
                "function %{name}(i64, i32) -> i64 system_v {{\nblock0(v0: i64, v1: i32):\n \
                 v2 = iconst.i64 32\n v3 = ireduce.i32 v0\n v4 = ushr v0, v2\n v5 = ireduce.i32 v4\n \
                 v6 = iconst.i32 32\n v7 = icmp ult v1, v6\n v8 = iconst.i32 0\n v9 = icmp eq v1, v8\n \
                 brif v9, block3(v3, v5), block4\nblock4:\n brif v7, block1, block2\n\
                 block1:\n {near}\n jump block3(v10, v14)\nblock2:\n {far}\n jump block3(v20, v21)\n\
                 block3(v30: i32, v31: i32):\n v32 = uextend.i64 v30\n v33 = uextend.i64 v31\n \
                 v34 = iconst.i64 32\n v35 = ishl v33, v34\n v36 = bor v32, v35\n return v36\n}}\n"
            )
        })
        .collect()
}

/// `%main`, which makes the calls and writes their results.
fn main_function(functions: &[Function], calls: &[Call]) -> String {
    let mut preamble = String::new();
    let mut body = String::new();
    let mut next = 0;
    let _ = writeln!(preamble, " fn0 = %put32(i32) system_v\n fn1 = %setup() system_v");
    let _ = writeln!(body, "block0:\n call fn1()");
    let mut declared: Vec<&str> = Vec::new();
    for call in calls {
        let func = functions
            .iter()
            .find(|f| f.name.to_string() == format!("%{}", call.function))
            .expect("the function is there");
        let index = match declared.iter().position(|&name| name == call.function) {
            Some(index) => index,
            None => {
                declared.push(&call.function);
                let params: Vec<String> =
                    func.signature.params.iter().map(|p| p.value_type.to_string()).collect();
                let results: Vec<String> =
                    func.signature.returns.iter().map(|p| p.value_type.to_string()).collect();
                let arrow = if results.is_empty() { "" } else { " -> " };
                let _ = writeln!(
                    preamble,
                    " fn{} = %{}({}){arrow}{} system_v",
                    declared.len() + 1,
                    call.function,
                    params.join(", "),
                    results.join(", ")
                );
                declared.len() - 1
            }
        };
        let mut args = Vec::new();
        for arg in &call.args {
            let _ = match arg {
                Arg::I32(x) => writeln!(body, " v{next} = iconst.i32 {x}"),
                Arg::I64(x) => writeln!(body, " v{next} = iconst.i64 {x}"),
            };
            args.push(format!("v{next}"));
            next += 1;
        }
        let results: Vec<u32> = (0..func.signature.returns.len() as u32).map(|i| next + i).collect();
        next += results.len() as u32;
        let names: Vec<String> = results.iter().map(|r| format!("v{r}")).collect();
        let equals = if names.is_empty() { "" } else { " = " };
        let _ = writeln!(body, " {}{equals}call fn{}({})", names.join(", "), index + 2, args.join(", "));
        for (result, param) in results.iter().zip(&func.signature.returns) {
            if param.value_type == types::I64 {
                let (lo, amount, high, hi) = (next, next + 1, next + 2, next + 3);
                next += 4;
                let _ = writeln!(
                    body,
                    " v{lo} = ireduce.i32 v{result}\n v{amount} = iconst.i32 32\n \
                     v{high} = ushr v{result}, v{amount}\n v{hi} = ireduce.i32 v{high}\n \
                     call fn0(v{lo})\n call fn0(v{hi})"
                );
            } else {
                let _ = writeln!(body, " call fn0(v{result})");
            }
        }
    }
    format!("function %main() system_v {{\n{preamble}{body} return\n}}\n")
}

/// The code at the reset address: calls `main` and ends the emulation.
fn start_data(unit: &mut Unit, arch: Arch, main: SymbolId) {
    let board = board(arch);
    let start = unit.declare("start", SymbolKind::Data, Linkage::Export);
    let mut bytes = Vec::new();
    let mut relocs = Vec::new();
    if arch.is_thumb() {
        // Vector table: stack, reset, and 14 faults.
        bytes.extend((board.ram + 0x10_0000).to_le_bytes());
        bytes.extend([0; 4 * 15]);
        let reset = bytes.len() as u32;
        // ldr r0, [pc, #16]; blx r0; movs r0, #0x18; ldr r1, [pc, #12]; bkpt 0xab; b .
        // fault: movs r0, #0x18; ldr r1, [pc, #12]; bkpt 0xab; b .
        for half in [0x4804u16, 0x4780, 0x2018, 0x4904, 0xbeab, 0xe7fe] {
            bytes.extend(half.to_le_bytes());
        }
        let fault = bytes.len() as u32;
        for half in [0x2018u16, 0x4902, 0xbeab, 0xe7fe] {
            bytes.extend(half.to_le_bytes());
        }
        relocs.push(DataReloc { offset: bytes.len() as u32, target: main, addend: 0 });
        bytes.extend([0; 4]);
        // ADP_Stopped_ApplicationExit and ADP_Stopped_InternalError
        bytes.extend(0x20026u32.to_le_bytes());
        bytes.extend(0x20024u32.to_le_bytes());
        for (i, offset) in (1..16).map(|i| (i, if i == 1 { reset } else { fault })) {
            relocs.push(DataReloc { offset: 4 * i, target: start, addend: offset as i32 + 1 });
        }
    } else {
        use rv::insn::{Insn, Op, OpImm, SP, Width, X, ZERO};
        let temp = X(5);
        let exit = |code: i32| {
            [
                Insn::Lui { rd: X(10), imm: 0x100 },
                Insn::Lui { rd: X(11), imm: code as u32 >> 12 },
                Insn::OpImm { op: OpImm::Addi, rd: X(11), rs1: X(11), imm: code & 0xfff },
                Insn::Store { width: Width::Word, rs2: X(11), rs1: X(10), imm: 0 },
                Insn::Op { op: Op::Add, rd: ZERO, rs1: ZERO, rs2: ZERO },
            ]
        };
        let mut words = vec![
            Insn::Auipc { rd: temp, imm: 0 }.wide(),
            Insn::OpImm { op: OpImm::Addi, rd: X(6), rs1: temp, imm: 44 }.wide(),
            0x3053_1073, // csrw mtvec, t1
            Insn::Load { width: Width::Word, rd: X(6), rs1: temp, imm: 64 }.wide(),
            Insn::Lui { rd: SP, imm: (board.ram + 0x10_0000) >> 12 }.wide(),
            Insn::Jalr { rd: X(1), rs1: X(6), imm: 0 }.wide(),
        ];
        words.extend(exit(0x5555).iter().map(Insn::wide));
        assert_eq!(words.len(), 11);
        words.extend(exit(0x1_3333).iter().map(Insn::wide));
        assert_eq!(words.len(), 16);
        for word in words {
            bytes.extend(word.to_le_bytes());
        }
        relocs.push(DataReloc { offset: 64, target: main, addend: 0 });
        bytes.extend([0; 4]);
    }
    unit.data.push(Data { symbol: start, align: 128, bytes, relocs, writable: false });
}

/// Where a tool is, or why the test can not run.
fn find_qemu(name: &str) -> Option<PathBuf> {
    std::env::var_os("PATH")
        .and_then(|path| std::env::split_paths(&path).map(|dir| dir.join(name)).find(|p| p.exists()))
}

fn find_linker() -> PathBuf {
    let output = Command::new("rustc").args(["--print", "sysroot"]).output().expect("rustc is installed");
    let root = PathBuf::from(String::from_utf8(output.stdout).expect("a path").trim());
    let host = std::fs::read_dir(root.join("lib/rustlib"))
        .expect("rustlib")
        .filter_map(|entry| Some(entry.ok()?.path().join("bin/rust-lld")))
        .find(|path| path.exists());
    host.expect("rust-lld comes with the toolchain")
}

/// What a run on the emulator gave.
#[derive(Debug)]
pub struct Outcome {
    /// The words written.
    pub words: Vec<u32>,
}

/// Links a unit whose function `main` is given and runs it. `None` if QEMU is not installed.
pub fn run_unit(mut unit: Unit, arch: Arch, main: SymbolId, tag: &str) -> Option<Outcome> {
    let board = board(arch);
    let Some(qemu) = find_qemu(board.qemu) else {
        eprintln!("skipped: {} is not installed", board.qemu);
        return None;
    };
    start_data(&mut unit, arch, main);
    let options = Options { check_allocation: true, ..Options::default() };
    let object = emit_object(&unit, arch, &options).unwrap_or_else(|e| panic!("{arch:?}: {e}"));
    let dir = std::env::temp_dir().join(format!("machine32-{}-{arch:?}-{tag}", std::process::id()));
    std::fs::create_dir_all(&dir).expect("a temporary folder");
    let file = |name: &str| dir.join(name);
    std::fs::write(file("unit.o"), object).expect("written");
    let script = format!(
        "ENTRY(start)\nSECTIONS {{ . = {:#x}; .text : {{ KEEP(*(.rodata.start)) *(.text*) *(.rodata*) }}\n\
         . = {:#x}; .data : {{ *(.data*) *(.bss*) }}\n/DISCARD/ : {{ *(.ARM.exidx*) }} }}\n",
        board.code, board.ram
    );
    std::fs::write(file("link.ld"), script).expect("written");
    let link = Command::new(find_linker())
        .args(["-flavor", "gnu", "--gc-sections", "-T"])
        .arg(file("link.ld"))
        .arg("-o")
        .arg(file("image.elf"))
        .arg(file("unit.o"))
        .output()
        .expect("the linker runs");
    assert!(link.status.success(), "{arch:?}: {}", String::from_utf8_lossy(&link.stderr));
    let mut command = Command::new(qemu);
    command.args(["-M", board.machine, "-nographic", "-monitor", "none", "-icount", "shift=0"]);
    command.arg("-serial").arg(format!("file:{}", file("out.bin").display()));
    command.arg("-kernel").arg(file("image.elf"));
    if arch.is_thumb() {
        command.args(["-semihosting-config", "enable=on,target=native"]);
    } else {
        command.args(["-bios", "none"]);
    }
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn().expect("QEMU runs");
    let start = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().expect("QEMU can be waited for") {
            break status;
        }
        if start.elapsed() > Duration::from_secs(120) {
            child.kill().expect("QEMU can be stopped");
            panic!("{arch:?} {tag}: the program does not end; see {}", dir.display());
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    let bytes = std::fs::read(file("out.bin")).expect("the output");
    assert!(
        status.success(),
        "{arch:?} {tag}: the program faulted after {} words; see {}",
        bytes.len() / 4,
        dir.display()
    );
    let words = bytes.chunks_exact(4).map(|w| u32::from_le_bytes([w[0], w[1], w[2], w[3]])).collect();
    if std::env::var_os("MACHINE32_KEEP").is_none() {
        std::fs::remove_dir_all(&dir).expect("the temporary folder can go");
    }
    Some(Outcome { words })
}

/// Runs the calls on the emulator. `None` if QEMU is not installed.
pub fn run(text: &str, calls: &[Call], arch: Arch, tag: &str) -> Option<Outcome> {
    let functions = parse(text);
    let extra = shift_routines(arch) + &output_functions(arch) + &main_function(&functions, calls);
    let all: Vec<Function> = functions.into_iter().chain(parse(&extra)).collect();
    let unit = unit_of(&all);
    let main = SymbolId(all.len() as u32 - 1);
    run_unit(unit, arch, main, tag)
}

/// Runs the calls on both and compares.
pub fn check(text: &str, calls: &[Call], arch: Arch, tag: &str) {
    let expected = interpret(&parse(text), calls);
    let Some(outcome) = run(text, calls, arch, tag) else { return };
    if outcome.words == expected {
        return;
    }
    let functions = parse(text);
    let mut at = 0;
    for call in calls {
        let func = functions
            .iter()
            .find(|f| f.name.to_string() == format!("%{}", call.function))
            .expect("the function is there");
        let count: usize =
            func.signature.returns.iter().map(|p| if p.value_type == types::I64 { 2 } else { 1 }).sum();
        let want = &expected[at..at + count];
        let got = outcome.words.get(at..at + count);
        assert!(
            got == Some(want),
            "{arch:?} {tag}: {call:?} gave {got:x?} instead of {want:x?}\n{}",
            func.display()
        );
        at += count;
    }
    panic!("{arch:?} {tag}: {} words instead of {}", outcome.words.len(), expected.len());
}

/// The bytes of each function, literals included.
#[allow(dead_code, reason = "for the cost test")]
pub fn code_sizes(unit: &Unit, arch: Arch) -> std::collections::HashMap<String, u64> {
    use object::{Object, ObjectSymbol};
    let object = emit_object(unit, arch, &Options::default()).expect("compiles");
    let file = object::File::parse(&*object).expect("an object file");
    file.symbols()
        .filter(|symbol| symbol.kind() == object::SymbolKind::Text)
        .map(|symbol| (symbol.name().expect("a name").to_owned(), symbol.size()))
        .collect()
}
