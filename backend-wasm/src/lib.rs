//! WebAssembly from CLIF.
//!
//! [`emit_object`] turns a [`Unit`] into a relocatable object that `wasm-ld` links with a runtime archive built
//! for `wasm32-unknown-unknown`.
//!
//! # Why from CLIF
//!
//! Jerboa's IR is lowered once, to CLIF with 32-bit pointers, and from there to each machine. WebAssembly is one more such
//! machine, rather than having a lowering of the IR to itself. So there is one place that says what an IR
//! operation means, where a value's tag is and when the collector may run; a test that passes natively tests
//! the lowering that the browser gets. Cranelift's mid-end (global value numbering, loop-invariant code
//! motion, alias analysis, its rewrite rules) comes with it. What Cranelift would do next, WebAssembly
//! engines do themselves: instruction selection for the real machine, and register allocation. What is lost is control
//! flow's structure, and that the dominator tree gives back.
//!
//! # How
//!
//! ```text
//! CLIF ── divisor ── Context::optimize ── irreducible ── values ── emit ── tidy ── locals ── peephole ── encode ── object
//!         keeps      Cranelift's mid-end  one entry per  what is   struc-  control assign-   shorter     bytes     sections,
//!         divisions                       cycle          on stack  tured           ment                            symbols
//! ```
//!
//! `select` says what each CLIF instruction becomes. Nothing is spawned, and the same unit gives the same bytes.
//!
//! Stack slots lie in linear memory, on the stack that `__stack_pointer` points into; it grows down, and is kept at a
//! multiple of 16. User stack maps are not represented, because WebAssembly's own stack cannot be walked; the lowering keeps the
//! collector's roots on the tagged stack instead.

mod bits;
mod code;
mod divisor;
mod emit;
mod encode;
mod error;
mod irreducible;
mod liveness;
mod locals;
mod object;
mod peephole;
mod select;
mod tidy;
mod values;

pub use error::Error;

use code::Code;
use cranelift_codegen::control::ControlPlane;
use cranelift_codegen::dominator_tree::DominatorTree;
use cranelift_codegen::flowgraph::ControlFlowGraph;
use cranelift_codegen::ir::{Function, InstructionData};
use cranelift_codegen::isa::{self, OwnedTargetIsa};
use cranelift_codegen::settings::{self, Configurable};
use cranelift_codegen::{Context, verify_function};
use jerboa_backend_cranelift::unit::{Body, Linkage, SymbolKind, Unit};
use object::Types;
use select::View;
use std::collections::{BTreeMap, BTreeSet};

/// Alignment of a frame in linear memory, in bytes; that of the C ABI.
const FRAME_ALIGN: u32 = 16;

/// How to emit.
#[derive(Clone, Debug)]
pub struct Options {
    /// Whether Cranelift's mid-end runs.
    pub optimize: bool,
    /// Whether Cranelift's verifier also runs after each pass, and not just on the unit.
    pub verify_passes: bool,
    /// Names of symbols that the linked module exports to its host. Others with [`Linkage::Export`] are seen by the
    /// linker only.
    pub exports: BTreeSet<String>,
}

impl Default for Options {
    fn default() -> Self {
        Options { optimize: true, verify_passes: cfg!(debug_assertions), exports: BTreeSet::new() }
    }
}

/// Emits a relocatable WebAssembly object.
///
/// # Errors
///
/// If a function is not valid CLIF for 32-bit pointers, uses what WebAssembly does not have ([`Error`] names the
/// opcode), or if the symbols of the unit contradict each other.
pub fn emit_object(unit: &Unit, opts: &Options) -> Result<Vec<u8>, Error> {
    check_definitions(unit)?;
    let isa = pulley32(opts);
    let mut types = Types::default();
    let mut codes = Vec::with_capacity(unit.functions.len());
    for body in &unit.functions {
        codes.push(compile(unit, body, &*isa, &mut types)?);
    }
    object::write(unit, &codes, types, opts)
}

/// The instruction set whose settings the verifier and the mid-end consult: 32-bit pointers, little-endian.
fn pulley32(opts: &Options) -> OwnedTargetIsa {
    let mut flags = settings::builder();
    let mut set = |name, value| flags.set(name, value).expect("a setting of Cranelift");
    set("opt_level", if opts.optimize { "speed" } else { "none" });
    set("enable_verifier", if opts.verify_passes { "true" } else { "false" });
    let builder = isa::lookup_by_name("pulley32").expect("Cranelift is built with Pulley");
    builder.finish(settings::Flags::new(flags)).expect("Pulley's settings are consistent")
}

fn check_definitions(unit: &Unit) -> Result<(), Error> {
    let mut seen = BTreeSet::new();
    let functions = unit.functions.iter().map(|body| (body.symbol, true));
    for (id, is_function) in functions.chain(unit.data.iter().map(|data| (data.symbol, false))) {
        let symbol = unit.symbol(id);
        let fail = |reason| Err(Error::Definition { symbol: symbol.name.clone(), reason });
        if matches!(symbol.kind, SymbolKind::Function(_)) != is_function {
            return fail("the symbol is of the other kind");
        }
        if symbol.linkage == Linkage::Import {
            return fail("the symbol is declared as an import");
        }
        if !seen.insert(id) {
            return fail("it is defined twice");
        }
    }
    for data in &unit.data {
        if !data.align.is_power_of_two() {
            let symbol = unit.symbol(data.symbol).name.clone();
            return Err(Error::Definition { symbol, reason: "the alignment is not a power of two" });
        }
    }
    Ok(())
}

fn compile(unit: &Unit, body: &Body, isa: &dyn isa::TargetIsa, types: &mut Types) -> Result<Code, Error> {
    let name = &unit.symbol(body.symbol).name;
    let invalid = |message: String| Error::Invalid { function: name.clone(), message };
    let mut context = Context::for_function(body.func.clone());
    verify_function(&context.func, isa).map_err(|errors| invalid(errors.to_string()))?;
    divisor::hide(&mut context.func);
    context.optimize(isa, &mut ControlPlane::default()).map_err(|error| invalid(error.to_string()))?;
    let mut func = context.func;
    let placeholders = irreducible::normalize(&mut func);
    let cfg = ControlFlowGraph::with_function(&func);
    let domtree = DominatorTree::with_function(&func, &cfg);
    // An empty function has no entry, and the verifier refuses it.
    let (slots, frame_size) =
        frame_layout(&func).ok_or_else(|| invalid("the frame is too large".to_owned()))?;
    let mut view = View { func: &func, unit, name, slots, types: BTreeMap::new() };
    for block in func.layout.blocks() {
        for inst in func.layout.block_insts(block) {
            if let InstructionData::CallIndirect { sig_ref, .. } = func.dfg.insts[inst] {
                let ty = types.intern(&func.dfg.signatures[sig_ref], name)?;
                view.types.insert(sig_ref, ty);
            }
        }
    }
    let values = values::Values::of(&view, &cfg, &placeholders)?;
    let shape = emit::Shape::of(&view, &domtree);
    let mut code = emit::emit(&view, &values, &shape, &placeholders, frame_size)?;
    tidy::tidy(&mut code);
    locals::assign(&mut code);
    peephole::shorten(&mut code);
    Ok(code)
}

/// The offset of each stack slot in the frame, and the frame's size, in bytes. `None` if it exceeds the address space.
fn frame_layout(func: &Function) -> Option<(Vec<u32>, u32)> {
    let mut end: u32 = 0;
    let mut offsets = Vec::new();
    for slot in func.sized_stack_slots.values() {
        let align = 1_u32.checked_shl(slot.align_shift.into())?.clamp(4, FRAME_ALIGN);
        end = end.checked_next_multiple_of(align)?;
        offsets.push(end);
        end = end.checked_add(slot.size)?;
    }
    let size = end.checked_next_multiple_of(FRAME_ALIGN)?;
    (size <= i32::MAX as u32).then_some((offsets, size))
}
