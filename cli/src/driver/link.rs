//! Linking: the program's objects and the runtime's archive become an image.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use jerboa_abi::edition::{CHOSEN, Edition, LOOP};

use super::count::MARKS;
use super::gates::Gates;
use super::process::ScratchFolder;
use super::target::{Flavor, Memory, Registry, Target};
use super::{Error, Result, toolchain};
use jerboa_abi::entry::ROOT_BYTES;

/// Bytes that stay free between the machine stack of compiled code and the tagged stack, for the runtime's own frames.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reserve {
    /// What the runtime wants to be left where it asks: see `runtime-rt/src/aot/machine.rs`.
    pub native: u32,
    /// What a function must find when it is entered. Compiled code has it in its instructions.
    pub entry: u32,
}

impl Reserve {
    /// For any image. The figures come from images with everything in them: the deepest chain of frames without a question
    /// takes 904 bytes on Arm and 1008 on RISC-V, and the margin of 64 between the stacks is there too; 320 are for how the
    /// runtime gets to where it asks, and for functions that do not ask. Whoever adds a large frame to a native
    /// measures again.
    pub const ANY: Reserve = Reserve { native: 960, entry: 960 + 320 };
    /// For any plain program ([`jerboa_abi::entry::PLAIN`]), whose deepest natives ask apart and whose runtime takes 440 bytes
    /// at most.
    pub const PLAIN: Reserve = Reserve { native: 320, entry: 624 };
}

/// What is linked and how.
#[derive(Debug, Clone)]
pub struct Job<'a> {
    pub target: &'a Target,
    /// Where the target's linker scripts come from.
    pub registry: &'a Registry,
    /// Objects of the program, and of host functions.
    pub objects: &'a [PathBuf],
    /// The archive of [`super::runtime_build::archive`].
    pub runtime: &'a Path,
    /// Features that the program has by itself, by name: see [`jerboa_abi::feature`].
    pub features: &'a [String],
    /// The edition of the interpreter's loop; `None`: there is no bytecode.
    pub edition: Option<Edition>,
    /// Arena in bytes; `None`: what the target's file says. 0: all RAM that is left.
    pub heap: Option<u64>,
    /// The VM's stack area in bytes, by which the arena is larger. `None`: what the target's file says for compiled programs,
    /// and a share of the heap for others.
    pub stack: Option<u64>,
    /// The bytes of its tagged module variables if the program is compiled: then the machine stack is in the VM's stack area,
    /// which lies behind them.
    pub compiled: Option<u64>,
    /// What the program was compiled with, if it was and the target is a device.
    pub reserve: Reserve,
    /// Keep debug information.
    pub debug: bool,
    pub output: &'a Path,
}

impl Job<'_> {
    fn heap(&self) -> u64 {
        self.heap.unwrap_or(self.target.heap.size)
    }

    /// Bytes of the VM's stack area; 0: a share of the heap.
    fn vm_stack(&self) -> u64 {
        let (default, least) = match self.compiled {
            Some(_) => (self.target.stack.size, SET_UP_STACK),
            None => (0, 0),
        };
        // The stack pointer is aligned to 16 on RISC-V, to 8 on Arm.
        self.stack.unwrap_or(default).max(least).next_multiple_of(16)
    }

    /// Bytes of a machine stack of its own.
    fn machine_stack(&self) -> u64 {
        self.target.stack.size.next_multiple_of(16)
    }

    /// For compiled programs: where the VM's stack area ends, from the start of the arena.
    fn stack_end(&self) -> Option<u64> {
        Some(u64::from(ROOT_BYTES) + self.compiled? + self.vm_stack())
    }
}

/// The least bytes of the VM's stack area in compiled programs, which set up the VM on it.
const SET_UP_STACK: u64 = 512;

/// Bytes of the VM's stack area on the host, on top of the heap: frames of 64-bit machines are large.
pub(super) const HOST_STACK: u64 = 1 << 20;

/// The same for WebAssembly, as the runtime has it (`runtime-rt/src/aot/machine.rs`).
const WASM_STACK: u64 = 48 << 10;

/// Links an image. Errors of the linker become errors of ours where they are known.
pub fn link(job: &Job<'_>) -> Result<()> {
    match job.target.link.flavor {
        Flavor::Gnu => device(job),
        Flavor::Wasm => wasm(job),
        Flavor::Cc => host(job),
    }
}

fn device(job: &Job<'_>) -> Result<()> {
    let target = job.target;
    let memory = target.device_memory()?;
    let lacks = |what| Error::TargetLacks { target: target.name.clone(), what };
    let console = target.console.ok_or_else(|| lacks("console"))?;
    let exit = target.exit.ok_or_else(|| lacks("way to end"))?;

    let scratch = ScratchFolder::new()?;
    let script = scratch.file("image.ld");
    let mut text = memory_command(memory);
    for part in &target.link.scripts {
        text.push_str(&job.registry.script(part)?);
    }

    let vm_stack = job.vm_stack();
    let heap = if job.heap() == 0 { 0 } else { job.heap() + vm_stack };
    let mut symbols = vec![
        ("__jerboa_stack_size", if job.compiled.is_some() { 0 } else { job.machine_stack() }.to_string()),
        ("__jerboa_stack_end", job.stack_end().unwrap_or(0).to_string()),
        ("__jerboa_vm_stack", vm_stack.to_string()),
        ("__jerboa_heap_size", heap.to_string()),
        ("__jerboa_native_reserve", job.reserve.native.to_string()),
        ("__jerboa_entry_reserve", job.reserve.entry.to_string()),
        ("jerboa_console_write", console.kind.symbol().ok_or_else(|| lacks("console of its own"))?.into()),
        ("jerboa_exit", exit.kind.symbol().ok_or_else(|| lacks("way to end of its own"))?.into()),
    ];
    symbols.extend(console.address.map(|address| ("__jerboa_uart_base", address.to_string())));
    symbols.extend(exit.address.map(|address| ("__jerboa_exit_base", address.to_string())));

    let mut gates = Gates::of_archive(job.runtime, job.features)?;
    if let Some(edition) = job.edition {
        // What a script names is kept, so it names only this one.
        text.push_str(&format!("PROVIDE({CHOSEN} = \"{LOOP}{}\");\n", edition.name()));
    }
    loop {
        fs::write(&script, gates.script() + &text).map_err(Error::io(&script))?;
        let mut command = toolchain::lld("gnu")?;
        // Segments need no alignment to pages: nothing maps them.
        command.args(["--gc-sections", "--nmagic", "-static", "-T"]).arg(&script);
        command.args(symbols.iter().map(|(name, value)| format!("--defsym={name}={value}")));
        // Functions with the same code become one: nothing compares their addresses, but for what counts instructions.
        command.arg("--icf=all").args(MARKS.map(|(_, mark)| format!("--keep-unique={mark}")));
        if !job.debug {
            command.arg("--strip-debug");
        }
        inputs(&mut command, job);
        finish(&mut command, job)?;
        if !gates.widen(job.output)? {
            return Ok(());
        }
    }
}

/// The linker's view of the memory map, which has its one home in the target's file.
fn memory_command(memory: Memory) -> String {
    let mut text = String::from("MEMORY\n{\n");
    for (name, access, region) in [("FLASH", "rx", memory.flash), ("RAM", "rwx", memory.ram)] {
        writeln!(
            text,
            "    {name} ({access}) : ORIGIN = {:#x}, LENGTH = {:#x}",
            region.origin, region.length
        )
        .expect("writing to a string");
    }
    text.push_str("}\n\n");
    text
}

/// Where the arena of a host program is mapped: far above its code and data, and below 4 GiB with any size of heap.
const HOST_ARENA: u64 = 0x4000_0000;

fn host(job: &Job<'_>) -> Result<()> {
    let mut command = Command::new("cc");
    command.env("LC_ALL", "C");
    // Symbols of absolute value and 32-bit addresses of constants need a fixed load address.
    command.args(["-no-pie", "-Wl,--gc-sections", "-Wl,-z,noexecstack"]);
    let stack = job.stack.unwrap_or(HOST_STACK);
    command.arg(format!("-Wl,--defsym=__jerboa_heap_size={}", job.heap() + stack));
    command.arg(format!("-Wl,--defsym=__jerboa_vm_stack={stack}"));
    command.arg(format!("-Wl,--defsym=jerboa_arena={HOST_ARENA:#x}"));
    if !job.debug {
        command.arg("-Wl,--strip-debug");
    }
    inputs(&mut command, job);
    command.arg("-lm");
    finish(&mut command, job)
}

/// The size of linear memory is static data, shadow stack and arena. The linker knows the first only while it links,
/// so that it is asked first: given too little memory it says how much is needed.
fn wasm(job: &Job<'_>) -> Result<()> {
    const PAGE: u64 = 65536;
    let command = |memory: u64| -> Result<Command> {
        let mut command = toolchain::lld("wasm")?;
        command.args(["--no-entry", "--export=_start", "--export-if-defined=jerboa_stats", "--gc-sections"]);
        // The stack lies first, so that an overflow traps instead of overwriting data.
        command.args(["--stack-first", "-z", &format!("stack-size={}", job.machine_stack())]);
        command.args([format!("--initial-memory={memory}"), format!("--max-memory={memory}")]);
        command.arg(if job.debug { "--strip-debug" } else { "--strip-all" });
        inputs(&mut command, job);
        Ok(command)
    };
    let needed = match finish(&mut command(PAGE)?, job) {
        Ok(()) => PAGE,
        Err(Error::Link { log }) => memory_needed(&log).ok_or(Error::Link { log })?,
        Err(other) => return Err(other),
    };
    finish(&mut command((needed + WASM_STACK + job.heap()).next_multiple_of(PAGE))?, job)
}

fn inputs(command: &mut Command, job: &Job<'_>) {
    command.args(job.objects).arg(job.runtime).args(&job.target.link.args).arg("-o").arg(job.output);
}

fn finish(command: &mut Command, job: &Job<'_>) -> Result<()> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.output().map_err(|source| match source.kind() {
        std::io::ErrorKind::NotFound => {
            Error::MissingTool { tool: program.clone(), help: "install a C compiler, such as gcc".into() }
        }
        _ => Error::Spawn { program, source },
    })?;
    if output.status.success() {
        return Ok(());
    }
    let log = [output.stdout, output.stderr].concat();
    Err(explain(&String::from_utf8_lossy(&log), job))
}

/// Finds the cause in what the linker said.
fn explain(log: &str, job: &Job<'_>) -> Error {
    if let (Some((region, over)), Some(memory)) = (overflow(log), job.target.memory) {
        // A heap that was asked for is the one to blame for RAM only if the rest fits; the linker checks that apart.
        let length = if region == "FLASH" { memory.flash.length } else { memory.ram.length };
        return Error::DoesNotFit { target: job.target.name.clone(), region, length, over };
    }
    if log.contains("jerboa: the heap does not fit into RAM") {
        return Error::HeapDoesNotFit { target: job.target.name.clone(), heap: job.heap() };
    }
    let symbols = undefined(log);
    if !symbols.is_empty() {
        return Error::UndefinedSymbols { symbols };
    }
    Error::Link { log: log.trim_end().to_owned() }
}

/// Region and bytes of the largest overflow. lld reports each section that is beyond the end, the last one with all.
fn overflow(log: &str) -> Option<(String, u64)> {
    let of_line = |line: &str| {
        let region = quoted(line.split_once("region ")?.1)?;
        let bytes = line.split_once("overflowed by ")?.1.split(' ').next()?.parse().ok()?;
        Some((bytes, region))
    };
    log.lines().filter_map(of_line).max().map(|(bytes, region)| (region, bytes))
}

fn undefined(log: &str) -> Vec<String> {
    let of_line = |line: &str| {
        let lld = line.split_once("undefined symbol: ").map(|(_, name)| name.trim().to_owned());
        lld.or_else(|| quoted(line.split_once("undefined reference to ")?.1))
    };
    let mut symbols: Vec<String> = log.lines().filter_map(of_line).collect();
    symbols.sort();
    symbols.dedup();
    symbols
}

/// The name between any of the quotes that linkers use.
fn quoted(text: &str) -> Option<String> {
    let inner = text.strip_prefix(['\'', '`', '"'])?;
    Some(inner[..inner.find(['\'', '`', '"'])?].to_owned())
}

fn memory_needed(log: &str) -> Option<u64> {
    log.split_once("initial memory too small, ")?.1.split(' ').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overflows_of_both_linkers_are_read() {
        let lld = "rust-lld: error: section '.text' will not fit in region 'FLASH': overflowed by 24 bytes\n\
                   rust-lld: error: section '.rodata' will not fit in region 'FLASH': overflowed by 924 bytes\n";
        assert_eq!(overflow(lld), Some(("FLASH".into(), 924)));
        let bfd = "ld: region `RAM' overflowed by 16 bytes\n";
        assert_eq!(overflow(bfd), Some(("RAM".into(), 16)));
        assert_eq!(overflow("ld: cannot find x\n"), None);
    }

    #[test]
    fn undefined_symbols_are_listed_once() {
        let log = "rust-lld: error: undefined symbol: gpio_write\n>>> referenced by a.o\n\
                   rust-lld: error: undefined symbol: adc\n\
                   a.c:(.text+0x1): undefined reference to `gpio_write'\n";
        assert_eq!(undefined(log), ["adc", "gpio_write"]);
    }

    #[test]
    fn the_memory_that_wasm_needs_is_read() {
        let log = "rust-lld: error: initial memory too small, 65568 bytes needed\n";
        assert_eq!(memory_needed(log), Some(65568));
    }
}
