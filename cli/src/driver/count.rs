//! Running with measurement: executed instructions, heap, machine stack, sizes.
//!
//! Two means, neither of which costs the image a byte. Our QEMU plugin (`qemu_plugin.rs`) counts instructions and notes
//! the count at the image's marks. GDB's protocol ([`super::gdb`]) fills the stack with a pattern before the program starts
//! and stops it where it ends, to see how deep the pattern was overwritten and to read `jerboa_stats`. On the host the
//! image writes those words to a file, in wasm they are read from its memory; instructions are counted on emulated
//! devices only.

use std::ffi::OsString;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use std::{fs, thread};

use jerboa_abi::entry::ROOT_BYTES;
use jerboa_abi::image::field;
use serde::Serialize;

use super::gdb::{Stop, Stub};
use super::image::Image;
use super::process::{Deadline, Outcome, Output, Running, ScratchFolder, find_program, tool_output};
use super::run::{qemu, run, runner};
use super::target::{RunnerKind, Target};
use super::{Error, Result, runtime_build, wasm};

/// Everything that is measured about one run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Stats {
    /// `null` where they can not be counted, or where the program ended before it began.
    pub instructions: Option<Instructions>,
    pub heap: Heap,
    /// Deepest use of the machine stack and of the VM's stack area together, in bytes; 0 where unknown.
    pub stack_peak: u32,
    /// The part of it that is outside of the arena: what [`Stats::heap`] does not bound.
    pub machine_stack_peak: u32,
    /// Code, constants and initial values of the whole image in bytes.
    pub flash: u64,
    /// Static variables of the whole image in bytes, without stack and heap.
    pub ram_static: u64,
    /// Code and constants of the program alone in bytes; the tables of the built-ins that it uses, and of lines, are only in `flash`.
    pub program_bytes: u64,
}

/// Executed instructions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Instructions {
    /// From `jerboa_mark_setup` to `jerboa_mark_run`.
    pub setup: u64,
    /// From `jerboa_mark_run` to `jerboa_mark_end`, or to the end of a program that exits by itself.
    pub run: u64,
}

/// Figures of the collector.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Heap {
    /// Size of the arena in bytes.
    pub size: u32,
    /// Most bytes in use at one time.
    pub peak: u32,
    pub collections: u32,
}

/// Stack bytes that nobody touched.
const PAINT: u8 = 0xA5;

/// Memory that is painted before the program starts, as address and bytes.
type Painted = (u64, usize);

/// Where instructions are counted: names for the plugin, and empty functions of the image.
pub(super) const MARKS: [(&str, &str); 3] =
    [("setup", "jerboa_mark_setup"), ("run", "jerboa_mark_run"), ("end", "jerboa_mark_end")];

/// Name and bytes of the image's statistics.
const STATS_SYMBOL: &str = "jerboa_stats";
const STATS_BYTES: usize = 16;

/// Runs `image` as [`super::run::run`] does and measures. `program_bytes` is passed on into the result.
pub fn run_with_stats(
    target: &Target,
    image: &Path,
    output: Output,
    limit: Option<Duration>,
    program_bytes: u64,
) -> Result<(Outcome, Stats)> {
    let sizes = Image::open(image)?.sizes()?;
    let deadline = limit.map(Deadline::after);
    let mut stats =
        Stats { flash: sizes.flash, ram_static: sizes.ram_static, program_bytes, ..Stats::default() };
    let outcome = match runner(target)?.kind {
        RunnerKind::Qemu => {
            let counted = run_counted(target, image, output, deadline)?;
            stats.instructions = counted.instructions;
            stats.take(counted.words);
            if counted.stack_peak > 0 {
                stats.stack_peak = counted.stack_peak;
                stats.machine_stack_peak = counted.machine_stack_peak;
            }
            counted.outcome
        }
        RunnerKind::Process => {
            let scratch = ScratchFolder::new()?;
            let file = scratch.file("stats");
            fs::write(&file, "").map_err(Error::io(&file))?;
            let mut command = Command::new(image);
            command.env("JERBOA_STATS_FILE", &file);
            let outcome = Running::start(&mut command, output)?.finish(deadline)?;
            let bytes = fs::read(&file).map_err(Error::io(&file))?;
            stats.take((bytes.len() == STATS_BYTES).then(|| words(&bytes)));
            outcome
        }
        RunnerKind::Wasm => {
            let ran = wasm::run(image, output, deadline)?;
            stats.take(ran.stats);
            ran.outcome
        }
        RunnerKind::Command => run(target, image, output, limit)?,
    };
    Ok((outcome, stats))
}

impl Stats {
    /// Takes over the image's own figures. The order is that of `runtime-rt/image/src/stats.rs`.
    fn take(&mut self, words: Option<[u32; 4]>) {
        if let Some([size, peak, collections, stack_peak]) = words {
            self.heap = Heap { size, peak, collections };
            self.stack_peak = stack_peak;
        }
    }
}

/// The little-endian words of `jerboa_stats`.
///
/// # Panics
/// Unless there are 16 bytes.
pub fn words(bytes: &[u8]) -> [u32; 4] {
    std::array::from_fn(|i| u32::from_le_bytes(bytes[4 * i..4 * i + 4].try_into().expect("four bytes")))
}

/// What an emulator tells about a run.
#[derive(Debug)]
pub struct Counted {
    pub outcome: Outcome,
    pub instructions: Option<Instructions>,
    /// In bytes; 0 if the image has no stack of its own.
    pub stack_peak: u32,
    /// The part of it that is outside of the arena.
    pub machine_stack_peak: u32,
    /// `jerboa_stats`, if the image keeps statistics.
    pub words: Option<[u32; 4]>,
}

/// Runs an image in its target's emulator and counts.
pub fn run_counted(
    target: &Target,
    image: &Path,
    output: Output,
    deadline: Option<Deadline>,
) -> Result<Counted> {
    let scratch = ScratchFolder::new()?;
    let runner = runner(target)?;
    let counts = scratch.file("counts");
    let socket = scratch.file("gdb");
    let file = Image::open(image)?;

    let mut command = qemu(target, runner, image)?;
    command.arg("-plugin").arg(plugin_option(&file, runner.program.as_deref().unwrap_or_default(), &counts)?);
    let mut chardev = OsString::from("socket,server=on,wait=off,id=gdb,path=");
    chardev.push(&socket);
    command.arg("-chardev").arg(chardev).args(["-gdb", "chardev:gdb", "-S"]);

    let mut running = Running::start(&mut command, output)?;
    let looked = match look_inside(&file, &socket, &mut running, deadline) {
        Ok(looked) => looked,
        Err(Inside::Driver(error)) => return Err(error),
        // An emulator that did not start at all has said why itself.
        Err(Inside::Io(_)) if running.has_ended() => Looked::default(),
        Err(Inside::Io(error)) => return Err(Error::Count { reason: error.to_string() }),
    };
    let outcome = running.finish(deadline)?;
    let text = fs::read_to_string(&counts).unwrap_or_default();
    Ok(Counted {
        outcome,
        instructions: instructions(&text),
        stack_peak: looked.stack_peak,
        machine_stack_peak: looked.machine_stack_peak,
        // Before the end there is something else at their place.
        words: looked.words.filter(|_| has_passed(&text, "end")),
    })
}

#[derive(Debug, Default)]
struct Looked {
    stack_peak: u32,
    machine_stack_peak: u32,
    words: Option<[u32; 4]>,
}

enum Inside {
    Driver(Error),
    Io(io::Error),
}

impl From<Error> for Inside {
    fn from(error: Error) -> Self {
        Inside::Driver(error)
    }
}

impl From<io::Error> for Inside {
    fn from(error: io::Error) -> Self {
        Inside::Io(error)
    }
}

/// Paints the stack, lets the program run to its end and reads what it left.
fn look_inside(
    file: &Image,
    socket: &Path,
    running: &mut Running,
    deadline: Option<Deadline>,
) -> Result<Looked, Inside> {
    let mut looked = Looked::default();
    let mut stub = connect(socket, running)?;
    let machine = machine_stack(file)?;
    let stacks = [machine, vm_stack(file, &mut stub)?];
    for &(start, len) in stacks.iter().flatten() {
        stub.write_memory(start, &vec![PAINT; len])?;
    }
    if let Some(end) = file.symbol("jerboa_platform_exit")? {
        stub.break_at(end, 2)?;
    }
    stub.set_timeout(deadline.map(|d| d.left()).transpose()?)?;
    let stop = stub.run().map_err(|error| match (error.kind(), deadline) {
        (ErrorKind::WouldBlock | ErrorKind::TimedOut, Some(d)) => {
            d.left().map_or_else(Inside::from, |_| error.into())
        }
        _ => Inside::from(error),
    })?;
    if stop == Stop::Ended {
        return Ok(looked);
    }
    for stack in stacks.into_iter().flatten() {
        let (start, len) = stack;
        let used = (len - untouched(&stub.read_memory(start, len)?)) as u32;
        looked.stack_peak += used;
        if Some(stack) == machine {
            looked.machine_stack_peak = used;
        }
    }
    if let Some(address) = file.symbol(STATS_SYMBOL)? {
        looked.words = Some(words(&stub.read_memory(address, STATS_BYTES)?));
    }
    stub.detach()?;
    Ok(looked)
}

/// The machine stack, if it is not in the VM's stack area.
fn machine_stack(file: &Image) -> Result<Option<Painted>> {
    if file.symbol("__jerboa_stack_end")?.is_some_and(|end| end > 0) {
        return Ok(None);
    }
    let ends = file.symbol("__jerboa_stack_bottom")?.zip(file.symbol("__jerboa_stack_top")?);
    Ok(ends.map(|(bottom, top)| (bottom, (top - bottom) as usize)))
}

/// The area of the VM's stacks, and of the machine stack of compiled code: where [`jerboa_rt::Vm`] has it in its arena.
fn vm_stack(file: &Image, stub: &mut Stub) -> Result<Option<Painted>, Inside> {
    let arena = file.symbol("__jerboa_heap_start")?.zip(file.symbol("__jerboa_heap_end")?);
    let (Some((start, end)), Some(image)) = (arena, file.symbol("jerboa_image")?) else { return Ok(None) };
    let len = file.symbol("__jerboa_stack_bytes")?.unwrap_or(0) as u32;
    let globals = stub.read_memory(image + field::GLOBALS as u64, 2)?;
    let before = ROOT_BYTES + 4 * u32::from(u16::from_le_bytes([globals[0], globals[1]]));
    // With too little memory there will be no VM.
    Ok((start + u64::from(before + len) <= end).then_some((start + u64::from(before), len as usize)))
}

/// Bytes between the two ends of a painted area that were not written to: its longest run of paint.
fn untouched(bytes: &[u8]) -> usize {
    bytes.split(|&byte| byte != PAINT).map(<[u8]>::len).max().unwrap_or(0)
}

/// The emulator makes its socket a moment after it was started.
fn connect(socket: &Path, running: &mut Running) -> io::Result<Stub> {
    let begin = Instant::now();
    loop {
        match Stub::connect(socket) {
            Ok(stub) => return Ok(stub),
            Err(error) if running.has_ended() || begin.elapsed() > Duration::from_secs(20) => {
                return Err(error);
            }
            Err(_) => thread::sleep(Duration::from_millis(1)),
        }
    }
}

/// Reads the plugin's lines. A program that exits by itself never passes the last mark: then the exit ends the run.
fn instructions(text: &str) -> Option<Instructions> {
    let at = |name: &str| -> Option<u64> { line_of(text, name)?.split_once(' ')?.1.parse().ok() };
    let (setup, run) = (at("setup")?, at("run")?);
    let end = at("end").or_else(|| at("exit"))?;
    Some(Instructions { setup: run - setup, run: end - run })
}

/// Whether the program has passed a mark, by the plugin's lines.
fn has_passed(text: &str, mark: &str) -> bool {
    line_of(text, mark).is_some()
}

fn line_of<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    text.lines().find(|line| line.split(' ').next() == Some(name))
}

/// The value of QEMU's option: path of the plugin, the file for its lines, the marks.
fn plugin_option(file: &Image, program: &str, counts: &Path) -> Result<OsString> {
    let mut option = escaped(&plugin(program)?);
    option.push(",out=");
    option.push(escaped(counts));
    for (name, symbol) in MARKS {
        let address = file.symbol(symbol)?.ok_or_else(|| Error::Count {
            reason: format!("the image has no symbol `{symbol}`; was it stripped?"),
        })?;
        option.push(format!(",mark={name}:{address:x}"));
    }
    Ok(option)
}

/// A comma in an option of QEMU's is written twice.
fn escaped(path: &Path) -> OsString {
    path.to_string_lossy().replace(',', ",,").into()
}

/// The plugin for this QEMU, compiled first if need be.
fn plugin(program: &str) -> Result<PathBuf> {
    const SOURCE: &str = include_str!("qemu_plugin.rs");
    let fail = |reason: String| Error::Count { reason };
    let path = find_program(program).ok_or_else(|| fail(format!("`{program}` was not found")))?;
    let api = if major_version(&path).map_err(fail)? >= 9 { 2 } else { 1 };
    let folder = runtime_build::cache_folder_of_user().join("qemu-plugin");
    let library = folder.join(format!("count-{:016x}-{api}.so", runtime_build::hash(SOURCE.as_bytes())));
    if library.is_file() {
        return Ok(library);
    }
    let scratch = ScratchFolder::new()?;
    let source = scratch.file("jerboa_count.rs");
    fs::write(&source, SOURCE).map_err(Error::io(&source))?;
    fs::create_dir_all(&folder).map_err(Error::io(&folder))?;
    // Jerboas that run at the same time compile it each for itself; the last one's stays.
    let partial = folder.join(format!("partial-{}.so", std::process::id()));
    let mut rustc = Command::new("rustc");
    rustc.args(["--edition=2024", "--crate-type=cdylib", "-O", "-Cpanic=abort", "-Cstrip=symbols"]);
    rustc.arg("--check-cfg=cfg(plugin_api_2)").args(if api == 2 { &["--cfg=plugin_api_2"][..] } else { &[] });
    tool_output(rustc.arg("-o").arg(&partial).arg(&source)).map_err(fail)?;
    fs::rename(&partial, &library).map_err(Error::io(&library))?;
    Ok(library)
}

/// `QEMU emulator version 7.2.22 (...)`: 7.
fn major_version(program: &Path) -> Result<u32, String> {
    let text = tool_output(Command::new(program).arg("--version"))?;
    let version = text.split_once("version ").and_then(|(_, rest)| rest.split('.').next()?.parse().ok());
    version.ok_or_else(|| format!("`{}` does not tell its version", program.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_split_the_count() {
        let text = "setup 10\nrun 25\nend 1025\nexit 1100\n";
        assert_eq!(instructions(text), Some(Instructions { setup: 15, run: 1000 }));
        assert_eq!(instructions("setup 10\nrun 25\nexit 30\n"), Some(Instructions { setup: 15, run: 5 }));
        assert_eq!(instructions("exit 30\n"), None);
        assert!(has_passed("end 7\nexit 9\n", "end") && !has_passed("exit 9\n", "end"));
    }

    #[test]
    fn paint_is_left_between_the_ends() {
        assert_eq!(untouched(&[1, PAINT, 2, PAINT, PAINT, PAINT, 3]), 3);
        assert_eq!((untouched(&[]), untouched(&[1, 2]), untouched(&[PAINT; 5])), (0, 0, 5));
    }

    #[test]
    fn words_are_little_endian() {
        let mut bytes = [0; STATS_BYTES];
        bytes[..5].copy_from_slice(&[1, 2, 0, 0, 7]);
        assert_eq!(words(&bytes), [0x201, 7, 0, 0]);
    }
}
