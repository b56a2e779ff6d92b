//! IR to CLIF.
//!
//! One lowering serves every compiled target: the host through Cranelift's own ISAs, Thumb-2 and RV32 through
//! `machine32`, and WebAssembly through the crate `jerboa-backend-wasm`. Typed ops become CLIF instructions; ops on
//! any values become an inline path for small integers, where that pays, and a call of a runtime entry
//! ([`jerboa_abi::entry`]).
//!
//! # Roots
//!
//! The collector moves objects, so a reference that lives across a call which may collect is kept in a slot of
//! the function's frame on the tagged stack and read again afterwards ([`roots`]). Every function gets
//! the top of that stack as its first parameter and hands its callees the address behind its own live slots. Compared with
//! stack maps this costs a store and a load for each such reference, and nothing else: no tables in flash, no unwinder, the
//! same scheme on WebAssembly, and frames that interpreted code can stand between.
//!
//! # Functions
//!
//! A function that is called directly has a *body* (`jf_N`) that takes its parameters in machine registers with
//! their own types. One that is used as a value has a *windowed entry* (`jw_N`), which finds its arguments on the tagged
//! stack as the runtime laid them out, and calls the body.
//!
//! # Stacks of errors
//!
//! In a program that can look at them, a function which may throw stores the number of its call site in its frame's first word
//! before each call of a function or entry that may throw: one constant and one store. Other programs pay nothing.
//!
//! # Exceptions
//!
//! A checked result: a `val` result is [`jerboa_abi::value::EXCEPTION`]; a function with an `i32` result returns a second
//! integer that is not 0; a `bool` result is 2; after a call with an `f64` result the runtime is asked. A function that
//! can not throw has no such check. The second edge of an IR `exit` is the branch on it.
mod arithmetic;
mod arrays;
mod branches;
mod calls;
mod constants;
mod function;
mod objects;
mod roots;
mod strings;
mod typed;

pub use constants::{ConstRef, ImageLayout};

use crate::unit::{Data, DataReloc, Linkage, SymbolId, SymbolKind, Unit};
use cranelift_codegen::ir::{self, AbiParam, Signature, types};
use cranelift_codegen::isa::{CallConv, TargetFrontendConfig};
use jerboa_abi::builtins::{NATIVES, NativeId};
use jerboa_abi::entry::{Entry, PLAIN, PLAIN_NATIVES, ParamType, ResultType, symbol};
use jerboa_abi::helper::{self, Helper};
use jerboa_ir::passes::infer::Facts as Kinds;
use jerboa_ir::{FuncId, Imm, Module, Op, Terminator, Type};
use std::collections::HashMap;
use target_lexicon::PointerWidth;

/// How a function finds out that the stack is full.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StackCheck {
    /// The machine stack grows down towards the tagged stack, which grows up: compare the two, keeping `reserve` bytes
    /// for the runtime's own frames. One comparison bounds both.
    Facing {
        /// In bytes.
        reserve: u32,
        /// The same for a plain program (`jerboa_abi::entry::PLAIN`), whose runtime has no deep calls.
        plain: u32,
    },
    /// Compare the tagged stack's top with a limit in memory; every frame takes at least two words there
    /// (WebAssembly, whose machine stack can not be seen).
    Limit,
}

/// What the lowering must know of the target.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Target {
    /// Type of addresses: `I32` or `I64`.
    pub pointer: ir::Type,
    /// Calling convention.
    pub call_conv: CallConv,
    /// Stack check.
    pub stack_check: StackCheck,
    /// Calls and turns of loops after which the program is stopped; `None` is without limit, and costs nothing.
    pub fuel: Option<u32>,
}

impl Target {
    /// The symbol of the arena.
    fn arena(&self) -> &'static str {
        match self.stack_check {
            StackCheck::Facing { .. } => symbol::ARENA,
            StackCheck::Limit => symbol::ARENA_WASM,
        }
    }

    fn frontend_config(&self) -> TargetFrontendConfig {
        TargetFrontendConfig {
            default_call_conv: self.call_conv,
            pointer_width: if self.pointer == types::I32 { PointerWidth::U32 } else { PointerWidth::U64 },
            page_size_align_log2: 12,
        }
    }
}

/// Why a module was not lowered. Each is a bug of an earlier phase, not of the user's program.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Error {
    /// A function that is used as a value wants an unboxed parameter.
    #[error("{0} is used as a value but takes unboxed parameters")]
    UnboxedParameter(FuncId),
    /// The module has no entry function.
    #[error("the module has no entry function")]
    NoEntry,
}

/// Lowers a module; `image` is the image that was built for it. The unit defines the functions, the image and the
/// tables [`symbol::FUNCTIONS`], [`symbol::NATIVES`] and [`symbol::RAW_GLOBALS`].
pub fn lower(module: &Module, image: &dyn ImageLayout, target: &Target) -> Result<Unit, Error> {
    let mut unit = Unit::default();
    let mut facts = Facts::of(module);
    if target.fuel.is_some() {
        // Any function may be stopped.
        facts.throws.fill(true);
    }
    let entry = module.entry.ok_or(Error::NoEntry)?;
    let kinds = Kinds::compute(module);
    let mut cx = Context::new(module, image, *target, facts, kinds, &mut unit);
    let mut bodies = Vec::new();
    for i in 0..module.functions.len() {
        let id = FuncId(i as u32);
        if cx.facts.reached[i] {
            bodies.push(function::lower_body(&mut cx, id));
        }
    }
    for i in 0..module.functions.len() {
        let id = FuncId(i as u32);
        if cx.facts.windowed[i] || id == entry {
            bodies.push(function::lower_windowed(&mut cx, id)?);
        }
    }
    let tables = cx.windowed_symbols();
    unit.functions = bodies;
    define_image(&mut unit, image.bytes(), image.natives(), target.pointer);
    define_functions_table(&mut unit, &tables, target.pointer);
    let run = if target.fuel.is_some() {
        symbol::RUN_FUELED
    } else if image.is_traced() {
        symbol::RUN_TRACED
    } else if is_plain(&unit, image) {
        if let StackCheck::Facing { reserve, plain } = target.stack_check
            && reserve != plain
        {
            // Nobody knew before that it is so.
            let stack_check = StackCheck::Facing { reserve: plain, plain };
            return lower(module, image, &Target { stack_check, ..*target });
        }
        // Such a program is small, so the runtime should be, too.
        let concat = unit.symbols.iter_mut().find(|s| s.name == Entry::ConcatPrimitives.symbol());
        concat.into_iter().for_each(|s| s.name = Entry::ConcatCompact.symbol().into());
        symbol::RUN_PLAIN
    } else {
        symbol::RUN_COMPILED
    };
    define_engine(&mut unit, run, target.pointer);
    define_fuel(&mut unit, target);
    let raw = globals_layout(module).1;
    let raw_globals = data_symbol(&mut unit, symbol::RAW_GLOBALS);
    unit.data.push(Data {
        symbol: raw_globals,
        align: 8,
        bytes: vec![0; (raw as usize * 4).max(4)],
        relocs: Vec::new(),
        writable: true,
    });
    Ok(unit)
}

/// A unit with the image and its natives table only: what a device image that runs bytecode links beside the runtime.
pub fn bytecode_unit(image: &[u8], natives: &[NativeId], helpers: &[Helper], target: &Target) -> Unit {
    let mut unit = Unit::default();
    define_image(&mut unit, image, natives, target.pointer);
    let run = if target.fuel.is_some() { symbol::RUN_BYTECODE_FUELED } else { symbol::RUN_BYTECODE };
    define_engine(&mut unit, run, target.pointer);
    define_fuel(&mut unit, target);
    define_helpers(&mut unit, helpers, target.pointer);
    unit
}

/// The limit of a program that has one.
fn define_fuel(unit: &mut Unit, target: &Target) {
    if let Some(fuel) = target.fuel {
        let symbol = data_symbol(unit, symbol::FUEL);
        let bytes = fuel.to_le_bytes().to_vec();
        unit.data.push(Data { symbol, align: 4, bytes, relocs: Vec::new(), writable: true });
    }
}

/// The table of the helpers of the interpreter, null for those that the bytecode does not need.
fn define_helpers(unit: &mut Unit, helpers: &[Helper], pointer: ir::Type) {
    let mut signature = Signature::new(CallConv::SystemV);
    signature.params = [pointer, types::I32, types::I32, types::I32].map(AbiParam::new).to_vec();
    signature.returns = vec![AbiParam::new(types::I32)];
    let size = pointer.bytes();
    let relocs = helpers
        .iter()
        .map(|helper| {
            let kind = SymbolKind::Function(signature.clone());
            let target = unit.declare(helper.symbol(), kind, Linkage::Import);
            DataReloc { offset: *helper as u32 * size, target, addend: 0 }
        })
        .collect();
    let table = data_symbol(unit, helper::TABLE);
    let bytes = vec![0; Helper::ALL.len() * size as usize];
    unit.data.push(Data { symbol: table, align: size, bytes, relocs, writable: false });
}

/// The id of an exported data symbol, which may have been declared as imported by a use.
fn data_symbol(unit: &mut Unit, name: &str) -> SymbolId {
    match unit.symbols.iter().position(|s| s.name == name) {
        Some(i) => {
            unit.symbols[i].linkage = Linkage::Export;
            SymbolId(i as u32)
        }
        None => unit.declare(name, SymbolKind::Data, Linkage::Export),
    }
}

fn define_image(unit: &mut Unit, image: &[u8], natives: &[NativeId], pointer: ir::Type) {
    let image_symbol = data_symbol(unit, symbol::IMAGE);
    unit.data.push(Data {
        symbol: image_symbol,
        align: 8,
        bytes: image.to_vec(),
        relocs: Vec::new(),
        writable: false,
    });
    // Nothing here calls a native; only WebAssembly's linker compares signatures. There it is that of the Rust function
    // `(&mut Vm, Args) -> Result<Value>`: the last two by address, the result's first.
    let mut signature = Signature::new(CallConv::SystemV);
    signature.params = vec![AbiParam::new(pointer); 3];
    let size = pointer.bytes();
    let relocs = natives
        .iter()
        .enumerate()
        .map(|(i, native)| {
            let name = NATIVES[*native as usize].symbol;
            let target = unit.declare(name, SymbolKind::Function(signature.clone()), Linkage::Import);
            DataReloc { offset: i as u32 * size, target, addend: 0 }
        })
        .collect();
    let table = data_symbol(unit, symbol::NATIVES);
    let bytes = vec![0; (natives.len().max(1)) * size as usize];
    unit.data.push(Data { symbol: table, align: size, bytes, relocs, writable: false });
}

/// Whether a program reaches only what does without properties and calls back.
fn is_plain(unit: &Unit, image: &dyn ImageLayout) -> bool {
    let beyond = |entry: &&Entry| !PLAIN.contains(entry);
    let mut beyond = Entry::ALL.iter().filter(beyond);
    image.natives().iter().all(|id| PLAIN_NATIVES.contains(id))
        && !beyond.any(|entry| unit.symbols.iter().any(|s| s.name == entry.symbol()))
}

/// Names the engine that runs the program, so that the linker takes that one.
fn define_engine(unit: &mut Unit, run: &str, pointer: ir::Type) {
    let mut signature = Signature::new(CallConv::SystemV);
    signature.params.push(AbiParam::new(pointer));
    signature.returns.push(AbiParam::new(types::I32));
    let target = unit.declare(run, SymbolKind::Function(signature), Linkage::Import);
    let engine = data_symbol(unit, symbol::ENGINE);
    let relocs = vec![DataReloc { offset: 0, target, addend: 0 }];
    let bytes = vec![0; pointer.bytes() as usize];
    unit.data.push(Data { symbol: engine, align: pointer.bytes(), bytes, relocs, writable: false });
}

fn define_functions_table(unit: &mut Unit, windowed: &[Option<SymbolId>], pointer: ir::Type) {
    let size = pointer.bytes();
    let relocs = windowed
        .iter()
        .enumerate()
        .filter_map(|(i, s)| s.map(|target| DataReloc { offset: i as u32 * size, target, addend: 0 }))
        .collect();
    let table = data_symbol(unit, symbol::FUNCTIONS);
    let bytes = vec![0; (windowed.len().max(1)) * size as usize];
    unit.data.push(Data { symbol: table, align: size, bytes, relocs, writable: false });
}

/// For each module variable its word offset: in the tagged stack's base area if it is a `val`, among the raw ones
/// otherwise. Second, the number of raw words.
pub(crate) fn globals_layout(module: &Module) -> (Vec<u32>, u32) {
    let (mut tagged, mut raw) = (0, 0);
    let mut offsets = Vec::with_capacity(module.globals.len());
    for global in &module.globals {
        match global.ty {
            Type::Val => {
                offsets.push(tagged);
                tagged += 1;
            }
            Type::F64 => {
                raw = (raw + 1) & !1;
                offsets.push(raw);
                raw += 2;
            }
            Type::I32 | Type::Bool => {
                offsets.push(raw);
                raw += 1;
            }
        }
    }
    (offsets, raw)
}

/// Facts about the functions that callers rely on.
pub(crate) struct Facts {
    /// May throw. Calling directly is throwing: the stack may be full.
    pub throws: Vec<bool>,
    /// Used as a value.
    pub windowed: Vec<bool>,
    /// Called directly, or has a windowed entry.
    pub reached: Vec<bool>,
}

impl Facts {
    fn of(module: &Module) -> Facts {
        let n = module.functions.len();
        let mut facts = Facts { throws: vec![false; n], windowed: vec![false; n], reached: vec![false; n] };
        let mut work: Vec<FuncId> = module.entry.into_iter().collect();
        while let Some(id) = work.pop() {
            if std::mem::replace(&mut facts.reached[id.index()], true) {
                continue;
            }
            let function = module.function(id);
            for block in &function.blocks {
                facts.throws[id.index()] |= matches!(block.terminator, Some(Terminator::Throw { .. }));
                for inst in &block.insts {
                    let inst = function.inst(*inst);
                    facts.throws[id.index()] |= inst.op.info().effects.throws;
                    if let Imm::Func(callee) = inst.imm {
                        facts.windowed[callee.index()] |= inst.op == Op::Closure;
                        work.push(callee);
                    }
                }
            }
        }
        facts
    }
}

/// State shared by the functions of a module.
pub(crate) struct Context<'a> {
    pub module: &'a Module,
    pub image: &'a dyn ImageLayout,
    pub target: Target,
    pub facts: Facts,
    pub kinds: Kinds,
    /// See [`arrays::push_is_fixed`].
    pub push_is_fixed: bool,
    pub globals: Vec<u32>,
    unit: &'a mut Unit,
    symbols: HashMap<String, SymbolId>,
}

impl<'a> Context<'a> {
    fn new(
        module: &'a Module,
        image: &'a dyn ImageLayout,
        target: Target,
        facts: Facts,
        kinds: Kinds,
        unit: &'a mut Unit,
    ) -> Context<'a> {
        let globals = globals_layout(module).0;
        let push_is_fixed = arrays::push_is_fixed(module, &kinds);
        Context { module, image, target, facts, kinds, push_is_fixed, globals, unit, symbols: HashMap::new() }
    }

    /// The symbol of an imported datum.
    pub fn data(&mut self, name: &str) -> SymbolId {
        let unit = &mut *self.unit;
        *self
            .symbols
            .entry(name.into())
            .or_insert_with(|| unit.declare(name, SymbolKind::Data, Linkage::Import))
    }

    /// The symbol and signature of a runtime entry.
    pub fn entry(&mut self, entry: Entry) -> (SymbolId, Signature) {
        let mut signature = Signature::new(self.target.call_conv);
        for param in entry.params() {
            signature.params.push(AbiParam::new(match param {
                ParamType::sp | ParamType::top => self.target.pointer,
                ParamType::val | ParamType::i32 => types::I32,
                ParamType::f64 => types::F64,
            }));
        }
        match entry.result() {
            ResultType::none => {}
            ResultType::f64 => signature.returns.push(AbiParam::new(types::F64)),
            _ => signature.returns.push(AbiParam::new(types::I32)),
        }
        let id = self.function_symbol(entry.symbol().into(), &signature, Linkage::Import);
        (id, signature)
    }

    /// The symbol and signature of a function's body.
    pub fn body(&mut self, id: FuncId) -> (SymbolId, Signature) {
        let function = self.module.function(id);
        let mut signature = Signature::new(self.target.call_conv);
        signature.params.push(AbiParam::new(self.target.pointer));
        signature.params.extend(function.signature.params.iter().map(|p| AbiParam::new(wide(p.ty))));
        signature.returns.push(AbiParam::new(wide(function.signature.result)));
        if function.signature.result == Type::I32 && self.facts.throws[id.index()] {
            signature.returns.push(AbiParam::new(types::I32));
        }
        (self.function_symbol(format!("jf_{}", id.0), &signature, Linkage::Local), signature)
    }

    /// The symbol and signature of a function's windowed entry.
    pub fn windowed(&mut self, id: FuncId) -> (SymbolId, Signature) {
        let mut signature = Signature::new(self.target.call_conv);
        signature.params = vec![AbiParam::new(self.target.pointer); 2];
        signature.returns.push(AbiParam::new(types::I32));
        (self.function_symbol(format!("jw_{}", id.0), &signature, Linkage::Local), signature)
    }

    fn windowed_symbols(&mut self) -> Vec<Option<SymbolId>> {
        let module = self.module;
        (0..module.functions.len())
            .map(|i| {
                let id = FuncId(i as u32);
                (self.facts.windowed[i] || module.entry == Some(id)).then(|| self.windowed(id).0)
            })
            .collect()
    }

    fn function_symbol(&mut self, name: String, signature: &Signature, linkage: Linkage) -> SymbolId {
        let unit = &mut *self.unit;
        *self
            .symbols
            .entry(name.clone())
            .or_insert_with(|| unit.declare(name, SymbolKind::Function(signature.clone()), linkage))
    }
}

/// CLIF type of a value in a register.
pub(crate) fn register(ty: Type) -> ir::Type {
    match ty {
        Type::Val | Type::I32 => types::I32,
        Type::F64 => types::F64,
        Type::Bool => types::I8,
    }
}

/// CLIF type of a value as a parameter or result: booleans are widened.
pub(crate) fn wide(ty: Type) -> ir::Type {
    if ty == Type::F64 { types::F64 } else { types::I32 }
}
