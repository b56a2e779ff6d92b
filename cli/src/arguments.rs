//! The command line.
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Compiles JavaScript for small machines, and runs it.
#[derive(Parser, Debug)]
#[command(
    name = "jerboa",
    version,
    after_help = "Exit status: 0; 1 an uncaught exception or a failed action; 2 usage; \
    3 the source was refused; 4 the program was stopped by --fuel or --timeout; 101 a bug of Jerboa's."
)]
pub struct Arguments {
    /// Folder of target files that are looked up before the built-in ones
    #[arg(long, global = true, value_name = "DIR")]
    pub targets_dir: Option<PathBuf>,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand, Debug)]
pub enum Command {
    /// Compile a program to an image, an object or an intermediate form
    Build(BuildArgs),
    /// Compile a program and run it where the target says
    Run(RunArgs),
    /// Only report what is wrong with programs
    Check(CheckArgs),
    /// Print what is in a bytecode image, or a program's IR, CLIF, assembly or bytecode
    Inspect(InspectArgs),
    /// Say what the bytes of an image are for
    Size(SizeArgs),
    /// List the targets
    Targets,
    /// Say which tools are there and which are missing
    Doctor,
}

/// What executes the program.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Engine {
    /// Compact bytecode and its interpreter
    Bytecode,
    /// Machine code, compiled ahead of time
    Aot,
    /// WebAssembly: short for `-t wasm32 --engine aot`
    Wasm,
}

/// A form that a program can be written out in.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Emit {
    /// Linked image
    Elf,
    /// Flash contents, raw
    Bin,
    /// Flash contents, Intel HEX
    Hex,
    /// Relocatable object of the program
    Obj,
    /// Bytecode image
    Bytecode,
    /// Linked WebAssembly module
    Wasm,
    /// Jerboa's IR
    Ir,
    /// Cranelift's IR
    Clif,
    /// Assembly listing
    Asm,
}

impl Emit {
    /// File name ending.
    pub fn extension(self) -> &'static str {
        match self {
            Emit::Elf => "elf",
            Emit::Bin => "bin",
            Emit::Hex => "hex",
            Emit::Obj => "o",
            Emit::Bytecode => "jbc",
            Emit::Wasm => "wasm",
            Emit::Ir => "ir",
            Emit::Clif => "clif",
            Emit::Asm => "asm",
        }
    }
}

/// What and for whom to compile.
#[derive(Args, Debug)]
pub struct ProgramArgs {
    /// The program: .js is a strict script
    pub file: PathBuf,
    /// Where it is to run: `jerboa targets` lists them
    #[arg(short, long, default_value = "host")]
    pub target: String,
    /// What executes it [default: bytecode; aot on wasm32]
    #[arg(long)]
    pub engine: Option<Engine>,
    /// Bytes for the heap of the program, and for bytecode its stack, such as 4096, 16k or 1M [default: all RAM that is left]
    #[arg(long, value_name = "BYTES", value_parser = bytes)]
    pub heap: Option<u64>,
    /// Bytes for the stack alone, beside the heap [default: a share of the heap for bytecode; what the target's file says for
    /// compiled programs]
    #[arg(long, value_name = "BYTES", value_parser = bytes)]
    pub stack: Option<u64>,
    /// Keep debug information, and report positions of uncaught exceptions also from compiled code
    #[arg(short = 'g')]
    pub debug: bool,
    /// Leave out the line table: smaller images, no positions in stack traces
    #[arg(long, conflicts_with = "debug")]
    pub strip: bool,
    /// Stop the program after about this many calls and turns of loops. Compiled code then counts them, which it does not
    /// otherwise
    #[arg(long, value_name = "UNITS")]
    pub fuel: Option<u32>,
    /// Take in every built-in, also those that the program does not reach
    #[arg(long)]
    pub all_builtins: bool,
    /// Use a runtime that moves every object at each allocation
    #[arg(long)]
    pub gc_stress: bool,
    /// Run the program again and again, with each of its allocations failing in turn and then with each depth of stack, and
    /// report what came of it (on the host)
    #[arg(long, hide = true, conflicts_with = "gc_stress")]
    pub sweep: bool,
}

#[derive(Args, Debug)]
pub struct BuildArgs {
    #[command(flatten)]
    pub program: ProgramArgs,
    /// Where to write: a file, or with several forms its name without ending [default: the program's name]
    #[arg(short, long)]
    pub output: Option<PathBuf>,
    /// Forms to write, separated by commas [default: elf, or wasm]
    #[arg(long, value_delimiter = ',')]
    pub emit: Vec<Emit>,
}

#[derive(Args, Debug)]
pub struct RunArgs {
    #[command(flatten)]
    pub program: ProgramArgs,
    /// Write what was measured to a file, as JSON
    #[arg(long, value_name = "OUT.json")]
    pub stats: Option<PathBuf>,
    /// Stop the program after this many seconds
    #[arg(long, value_name = "SECONDS")]
    pub timeout: Option<f64>,
}

#[derive(Args, Debug)]
pub struct CheckArgs {
    /// The programs
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
}

#[derive(Args, Debug)]
pub struct InspectArgs {
    #[command(flatten)]
    pub program: ProgramArgs,
    /// Form to print: ir, clif, asm or bytecode [default: bytecode]
    #[arg(long)]
    pub emit: Option<Emit>,
}

#[derive(Args, Debug)]
pub struct SizeArgs {
    #[command(flatten)]
    pub program: ProgramArgs,
    /// What the rows stand for
    #[arg(long, value_enum, default_value = "runtime")]
    pub by: SizeBy,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// Print what changed since OLD: what `--json` printed, or an image
    #[arg(long, value_name = "OLD")]
    pub diff: Option<PathBuf>,
}

/// How `jerboa size` groups bytes.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum SizeBy {
    /// Each function and constant
    Function,
    /// Modules of the runtime, functions of the program together
    Module,
    /// Parts of the system
    Runtime,
}

/// A number of bytes with an optional k or M.
fn bytes(text: &str) -> Result<u64, String> {
    let (digits, factor) = match text.char_indices().last() {
        Some((i, 'k' | 'K')) => (&text[..i], 1 << 10),
        Some((i, 'M')) => (&text[..i], 1 << 20),
        Some((i, 'G')) => (&text[..i], 1 << 30),
        _ => (text, 1),
    };
    let number: u64 = digits.parse().map_err(|_| format!("`{text}` is no number of bytes"))?;
    number.checked_mul(factor).ok_or_else(|| format!("`{text}` is too large"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        assert_eq!(bytes("4096"), Ok(4096));
        assert_eq!(bytes("2k"), Ok(2048));
        assert_eq!(bytes("1M"), Ok(1 << 20));
        assert!(bytes("").is_err());
        assert!(bytes("k").is_err());
        assert!(bytes("99999999999999999999G").is_err());
    }

    #[test]
    fn command_line_is_consistent() {
        use clap::CommandFactory;
        Arguments::command().debug_assert();
    }
}
