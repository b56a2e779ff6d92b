//! Boots the platform's self-test on every board that can run here, and checks what the driver gets back.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::count::{Heap, run_with_stats};
use super::error::Error;
use super::image::{Image, SymbolKind};
use super::link::{Job, Reserve, link};
use super::process::{Outcome, Output, ScratchFolder, find_program};
use super::run::{run, runner};
use super::runtime_build::{Variant, archive};
use super::target::{Registry, Target};

const STDOUT: &str = "self-test: output\n";
const STDERR: &str = "self-test: diagnostics\n";
const STATUS: i32 = 7;
const LIMIT: Option<Duration> = Some(Duration::from_secs(60));

/// A board with the runtime for it.
struct Bench {
    target: Target,
    registry: Registry,
    runtime: PathBuf,
    scratch: ScratchFolder,
}

impl Bench {
    fn new(name: &str) -> Bench {
        let registry = Registry::new(None);
        let target = registry.load(name).unwrap();
        let runtime = archive(&target, Variant::SelfTest, &|line| eprintln!("{line}")).unwrap();
        Bench { target, registry, runtime, scratch: ScratchFolder::new().unwrap() }
    }

    /// The benches of all boards whose emulator is installed: `./x setup` sees to it, a bare checkout may do without.
    fn all() -> impl Iterator<Item = Bench> {
        let boards = Registry::new(None).boards().unwrap().into_iter();
        boards.filter(has_emulator).map(|board| Bench::new(&board.name))
    }

    fn job<'a>(&'a self, output: &'a Path) -> Job<'a> {
        let Bench { target, registry, runtime, .. } = self;
        Job {
            target,
            registry,
            objects: &[],
            runtime,
            features: &[],
            edition: None,
            heap: None,
            stack: None,
            compiled: None,
            reserve: Reserve::ANY,
            debug: false,
            output,
        }
    }

    fn image(&self) -> PathBuf {
        let output = self.scratch.file("image");
        link(&self.job(&output)).unwrap();
        output
    }

    /// What the self-test writes: on a serial port both descriptors are one channel.
    fn expected(&self) -> Outcome {
        let serial = self.target.console.unwrap().kind.is_uart();
        let (stdout, stderr) =
            if serial { (STDOUT.to_owned() + STDERR, "") } else { (STDOUT.to_owned(), STDERR) };
        Outcome { status: STATUS, stdout: stdout.into(), stderr: stderr.into() }
    }
}

fn has_emulator(target: &Target) -> bool {
    let program = runner(target).unwrap().program.as_deref();
    !target.is_emulated() || program.is_some_and(|program| find_program(program).is_some())
}

#[test]
fn every_board_boots_and_ends() {
    for bench in Bench::all() {
        let outcome = run(&bench.target, &bench.image(), Output::Capture, LIMIT).unwrap();
        assert_eq!(outcome, bench.expected(), "{}", bench.target.name);
    }
}

#[test]
fn figures_come_out() {
    for bench in Bench::all() {
        let name = &bench.target.name;
        let image = bench.image();
        let measure = || run_with_stats(&bench.target, &image, Output::Capture, LIMIT, 0).unwrap();
        let (outcome, stats) = measure();
        assert_eq!(outcome, bench.expected(), "{name}");
        assert_eq!(stats.heap, Heap { size: stats.heap.size, peak: 12, collections: 3 }, "{name}");
        assert!(stats.flash > 1000, "{name}: {stats:?}");
        if bench.target.is_emulated() {
            // The self-test's run is a loop of 100,000 rounds of two instructions, with a call around it.
            let instructions = stats.instructions.unwrap();
            assert!((200_000..200_030).contains(&instructions.run), "{name}: {instructions:?}");
            assert!((100..10_000).contains(&instructions.setup), "{name}: {instructions:?}");
            // It takes 512 bytes of stack.
            assert!((512..2048).contains(&stats.stack_peak), "{name}: {stats:?}");
            assert!((8..512).contains(&stats.ram_static), "{name}: {stats:?}");
            assert_eq!(measure().1, stats, "{name}");
        } else {
            assert_eq!(stats.instructions, None, "{name}");
        }
    }
}

#[test]
fn the_heap_has_the_size_that_was_asked_for() {
    for name in ["hifive1", "host", "mps2-an386", "wasm32"] {
        let bench = Bench::new(name);
        if !has_emulator(&bench.target) {
            continue;
        }
        let output = bench.scratch.file("image");
        link(&Job { heap: Some(8192), ..bench.job(&output) }).unwrap();
        let (outcome, stats) = run_with_stats(&bench.target, &output, Output::Capture, LIMIT, 0).unwrap();
        assert_eq!(outcome.status, STATUS, "{name}");
        // Linear memory comes in pages of 64 kB; on the host the arena holds the stacks beside the heap.
        let slack = match name {
            "wasm32" => 65536,
            "host" => super::link::HOST_STACK as u32,
            _ => 0,
        };
        assert!((8192..=8192 + slack).contains(&stats.heap.size), "{name}: {stats:?}");
    }
}

#[test]
fn an_overflowing_stack_faults() {
    let mut bench = Bench::new("hifive1");
    if !has_emulator(&bench.target) {
        return;
    }
    let output = bench.scratch.file("image");
    bench.target.stack.size = 256;
    link(&bench.job(&output)).unwrap();
    let outcome = run(&bench.target, &output, Output::Capture, LIMIT).unwrap();
    assert_eq!((outcome.status, outcome.stderr.as_slice()), (101, &b"jerboa: machine fault\n"[..]));
}

#[test]
fn what_does_not_fit_is_said() {
    let mut bench = Bench::new("mps2-an386");
    let output = bench.scratch.file("image");
    let error = link(&Job { heap: Some(1 << 30), ..bench.job(&output) }).unwrap_err();
    assert!(matches!(error, Error::HeapDoesNotFit { heap: 0x4000_0000, .. }), "{error}");

    let size = std::mem::replace(&mut bench.target.stack.size, 1 << 30);
    let error = link(&bench.job(&output)).unwrap_err();
    assert!(matches!(&error, Error::DoesNotFit { region, .. } if region == "RAM"), "{error}");
    bench.target.stack.size = size;

    bench.target.memory.as_mut().unwrap().flash.length = 256;
    let error = link(&bench.job(&output)).unwrap_err();
    let Error::DoesNotFit { region, over, .. } = &error else { panic!("{error}") };
    assert_eq!(region, "FLASH");
    bench.target.memory.as_mut().unwrap().flash.length = 256 + over;
    link(&bench.job(&output)).unwrap();
}

#[test]
fn an_undefined_symbol_is_named() {
    let mut bench = Bench::new("mps2-an386");
    bench.target.link.args.push("--undefined=gpio_write".into());
    bench.target.link.args.push("--require-defined=gpio_write".into());
    let output = bench.scratch.file("image");
    let error = link(&bench.job(&output)).unwrap_err();
    assert!(error.to_string().contains("gpio_write"), "{error}");
}

#[test]
fn raw_forms_hold_what_the_elf_loads() {
    let bench = Bench::new("hifive1");
    let image = Image::open(&bench.image()).unwrap();
    let (base, bin) = image.to_bin().unwrap();
    assert_eq!(base, 0x2040_0000);
    // Between sections there may be bytes that only align the next one.
    let flash = image.sizes().unwrap().flash;
    assert!((flash..flash + 16).contains(&(bin.len() as u64)), "{} for {flash}", bin.len());

    let mut read = vec![0xFF; bin.len()];
    let mut high = 0;
    for line in image.to_ihex().unwrap().lines() {
        let digits = line.strip_prefix(':').unwrap().as_bytes();
        let pairs = digits.chunks(2).map(|p| std::str::from_utf8(p).unwrap());
        let bytes: Vec<u8> = pairs.map(|pair| u8::from_str_radix(pair, 16).unwrap()).collect();
        assert_eq!(bytes.iter().fold(0u8, |sum, byte| sum.wrapping_add(*byte)), 0, "{line}");
        let data = &bytes[4..bytes.len() - 1];
        match bytes[3] {
            0 => {
                let at = ((high << 16 | u64::from(bytes[1]) << 8 | u64::from(bytes[2])) - base) as usize;
                read[at..at + data.len()].copy_from_slice(data);
            }
            4 => high = u64::from(u16::from_be_bytes([data[0], data[1]])),
            kind => assert_eq!(kind, 1, "{line}"),
        }
    }
    assert!(read == bin);
}

#[test]
fn symbols_are_sorted_by_size() {
    let bench = Bench::new("mps2-an386");
    let image = Image::open(&bench.image()).unwrap();
    let symbols = image.symbols().unwrap();
    assert!(symbols.is_sorted_by(|a, b| a.size >= b.size));
    let reset = symbols.iter().find(|s| s.name == "jerboa_reset").unwrap();
    assert_eq!(reset.kind, SymbolKind::Code);
    assert!(symbols.iter().any(|s| s.kind == SymbolKind::Variable));
    let code: u64 = symbols.iter().filter(|s| s.kind != SymbolKind::Variable).map(|s| s.size).sum();
    assert!(code <= image.sizes().unwrap().flash);
}

#[test]
fn the_time_limit_ends_an_emulator() {
    let bench = Bench::new("mps2-an386");
    if !has_emulator(&bench.target) {
        return;
    }
    // An image that never ends: the way to end is the loop of boards that nobody watches.
    let mut endless = Bench::new("mps2-an386");
    endless.target.exit = Some(super::target::Exit { kind: super::target::ExitKind::Halt, address: None });
    let image = endless.image();
    let limit = Some(Duration::from_millis(300));
    let error = run(&bench.target, &image, Output::Capture, limit).unwrap_err();
    assert!(matches!(error, Error::TimeLimit { .. }), "{error}");
    let error = run_with_stats(&bench.target, &image, Output::Capture, limit, 0).unwrap_err();
    assert!(matches!(error, Error::TimeLimit { .. }), "{error}");
}
