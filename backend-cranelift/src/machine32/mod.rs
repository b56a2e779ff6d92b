//! Machine backends for 32-bit microcontrollers: Thumb-2 (Armv7-M, Armv7E-M, Armv8-M mainline) and RV32IMC.
//!
//! Cranelift has no 32-bit machine backend, and its `TargetIsa` can not be implemented outside the crate.
//! Its mid-end needs no backend, though: it runs here under the `pulley32` ISA, whose pointers are 32 bits
//! wide. Then come our own steps, one module each:
//!
//! ```text
//! CLIF ─ isa ─▶ optimised CLIF ─ lower ─▶ Program ─ dce ─▶ ─ alloc (regalloc2) ─▶ Program with machine
//! registers ─ thumb::emit or rv::emit ─▶ Assembly ─ layout ─▶ bytes and relocations ─ object ─▶ ELF32
//! ```
//!
//! Numbers of type f64 and f32 live in core registers; arithmetic on them calls the platform's support
//! routines (`__aeabi_dadd` on Arm, `__adddf3` on RISC-V). What the platforms lack is expected from the
//! runtime under the names in [`runtime_symbols`]. None of these routines is a safepoint.

mod abi;
mod alloc;
mod copies;
mod dce;
mod frame;
pub mod inst;
mod isa;
mod layout;
mod legal;
mod lower;
mod object;
pub mod rv;
pub mod thumb;
mod tie;

use crate::unit::Unit;
use cranelift_codegen::Context;
use cranelift_codegen::control::ControlPlane;
use cranelift_codegen::ir;
use std::fmt::Write;

pub use isa::Isa;

/// An instruction set with its floating point and multiplication options.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Arch {
    /// Armv7-M (Cortex-M3), soft float.
    ThumbV7M,
    /// Armv7E-M (Cortex-M4, M7), soft float.
    ThumbV7EM,
    /// Armv8-M mainline (Cortex-M33), soft float.
    ThumbV8MMain,
    /// RV32IMC, soft float.
    Rv32Imc,
    /// RV32IMAC, soft float.
    Rv32Imac,
}

impl Arch {
    /// All of them.
    pub const ALL: [Arch; 5] =
        [Arch::ThumbV7M, Arch::ThumbV7EM, Arch::ThumbV8MMain, Arch::Rv32Imc, Arch::Rv32Imac];

    /// Whether it is one of the Arm instruction sets.
    pub fn is_thumb(self) -> bool {
        matches!(self, Arch::ThumbV7M | Arch::ThumbV7EM | Arch::ThumbV8MMain)
    }
}

/// Choices for [`emit_object`] and [`emit_asm`].
#[derive(Clone, Debug)]
pub struct Options {
    /// Run Cranelift's optimiser.
    pub optimize: bool,
    /// Check the register allocation with regalloc2's checker. Slow; for tests.
    pub check_allocation: bool,
}

impl Default for Options {
    fn default() -> Self {
        Options { optimize: true, check_allocation: cfg!(debug_assertions) }
    }
}

/// Why a unit can not be compiled.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The CLIF is malformed.
    #[error("function `{function}` is not valid CLIF: {message}")]
    Verifier { function: String, message: String },
    /// An operation that no 32-bit backend implements.
    #[error("function `{function}`: the instruction `{inst}` is not supported on 32-bit targets")]
    Unsupported { function: String, inst: String },
    /// A signature that the calling convention can not express.
    #[error("function `{function}`: {what} is not supported on 32-bit targets")]
    Signature { function: String, what: String },
    /// A function refers to a symbol that the unit does not have.
    #[error("function `{function}` refers to the unknown symbol {symbol}")]
    UnknownSymbol { function: String, symbol: String },
    /// A stack frame beyond the reach of the instruction set.
    #[error(
        "function `{function}` needs a stack frame of {bytes} bytes, more than its instruction set can address"
    )]
    Frame { function: String, bytes: u32 },
    /// Register allocation failed, which is a bug.
    #[error("function `{function}`: register allocation failed ({message}); please report this bug")]
    Allocation { function: String, message: String },
    /// The object file could not be written.
    #[error("cannot write the object file: {0}")]
    Object(String),
}

/// Names of the support routines that a runtime must define besides the platform's own and the C library's
/// `sqrt floor ceil trunc rint fma` (and their `f` forms), with their C signatures.
///
/// CLIF's `fcvt_to_*_sat` maps NaN to 0 and saturates; its `fmin`/`fmax` return NaN if either operand is NaN and
/// order -0 below +0.
pub fn runtime_symbols() -> &'static [(&'static str, &'static str)] {
    lower::libcall::RUNTIME
}

/// A compiled function.
#[derive(Clone, Debug)]
pub(crate) struct Compiled {
    pub symbol: crate::unit::SymbolId,
    pub code: layout::Code,
}

/// Compiles a unit to an ELF32 relocatable object.
///
/// # Errors
///
/// See [`Error`]. Every operation outside the supported subset of CLIF is refused by name.
pub fn emit_object(unit: &Unit, arch: Arch, options: &Options) -> Result<Vec<u8>, Error> {
    let functions = compile(unit, arch, options)?;
    object::write(unit, arch, &functions)
}

/// Compiles a unit and prints its machine code, function by function.
///
/// # Errors
///
/// As for [`emit_object`].
pub fn emit_asm(unit: &Unit, arch: Arch, options: &Options) -> Result<String, Error> {
    let mut text = String::new();
    for function in compile(unit, arch, options)? {
        let name = &unit.symbol(function.symbol).name;
        let _ = write!(text, "{name}:\n{}\n", function.code.listing(unit));
    }
    Ok(text)
}

fn compile(unit: &Unit, arch: Arch, options: &Options) -> Result<Vec<Compiled>, Error> {
    let isa = Isa::new(options.optimize);
    unit.functions
        .iter()
        .map(|body| {
            let name = unit.symbol(body.symbol).name.clone();
            let code = compile_function(unit, &isa, arch, options, &name, &body.func)?;
            Ok(Compiled { symbol: body.symbol, code })
        })
        .collect()
}

fn compile_function(
    unit: &Unit,
    isa: &Isa,
    arch: Arch,
    options: &Options,
    name: &str,
    func: &ir::Function,
) -> Result<layout::Code, Error> {
    let invalid = |message: String| Error::Verifier { function: name.to_owned(), message };
    let mut context = Context::for_function(func.clone());
    context.verify(isa.target()).map_err(|e| invalid(e.to_string()))?;
    context.optimize(isa.target(), &mut ControlPlane::default()).map_err(|e| invalid(e.to_string()))?;
    context.compute_cfg();
    context.compute_domtree();
    context.compute_loop_analysis();
    let mut program = lower::lower(unit, arch, name, &context)?;
    dce::run(&mut program);
    tie::run(&mut program);
    let mut allocated = alloc::run(program, arch, options.check_allocation)
        .map_err(|message| Error::Allocation { function: name.to_owned(), message })?;
    copies::run(&mut allocated.program, alloc::call_clobbers(arch));
    allocated.update_written();
    let assembly =
        if arch.is_thumb() { thumb::emit::emit(&mut allocated) } else { rv::emit::emit(&mut allocated) };
    let assembly = assembly.map_err(|bytes| Error::Frame { function: name.to_owned(), bytes })?;
    Ok(layout::assemble(assembly))
}
