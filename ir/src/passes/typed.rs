//! Typed arrays in type inference: which values they are, and which reads of elements can do without boxes.
//!
//! `new Float64Array(…)` with the built-in constructor gives a value whose elements' type is known as long as inference can follow
//! it. Reading one of its elements gives a number, or `undefined` beyond its end. The latter would forbid a machine register, but
//! nearly all that is done with elements turns `undefined` into NaN anyway (arithmetic), or into 0 (bitwise operators): such reads
//! give that number at once. The uses are looked at after each round of inference, and a read whose result may be looked at
//! otherwise is inferred again without that assumption.
//!
//! The length of a typed array never changes, so an index that was compared with it is known to be in range.
use super::infer::Facts;
use super::kind::Kind;
use crate::module::{Function, Imm, InstData, Module, ValueDef};
use crate::op::{Op, Terminator};
use crate::types::{Block, FuncId, Value};
use jerboa_abi::builtins::{NativeId, PropertyValue, builtin_value};
use jerboa_abi::header::typed::Element;
use std::collections::{BTreeMap, BTreeSet};

/// What all uses of a value make of it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Wanted {
    /// It may matter that it is `undefined`.
    Any,
    /// They turn it into a number.
    Number,
    /// They turn it into 32 bits.
    Int32,
}

/// What is assumed of reads of elements, until it is refuted.
#[derive(Default)]
pub(super) struct Reads {
    /// By function and result: for each read of an element at all.
    wanted: BTreeMap<(FuncId, Value), Wanted>,
    /// Functions with exception handlers.
    with_handlers: BTreeSet<FuncId>,
    /// Nothing in the program names a function that can replace the property `length`.
    length_is_fixed: bool,
    /// The program makes typed arrays.
    used: bool,
}

/// Names of what can replace a property of a built-in object, or what it inherits from.
const REPLACERS: &[&[u8]] = &[
    b"defineProperty",
    b"defineProperties",
    b"__defineGetter__",
    b"setPrototypeOf",
    b"__proto__",
    b"Reflect",
];

impl Reads {
    pub(super) fn new(module: &Module) -> Reads {
        let mut reads = Reads::default();
        let makes =
            |f: &Function| f.insts.iter().any(|inst| inst.op == Op::New && constructed(f, inst).is_some());
        reads.used = module.functions.iter().any(makes);
        if !reads.used {
            return reads;
        }
        reads.length_is_fixed =
            !module.open_world && !module.strings.iter().any(|s| REPLACERS.contains(&s.as_slice()));
        for (i, f) in module.functions.iter().enumerate() {
            let id = FuncId(i as u32);
            if f.insts.iter().any(|inst| inst.op == Op::Catch) {
                reads.with_handlers.insert(id);
            }
            let elements = f.insts.iter().filter(|inst| matches!(inst.op, Op::GetElem | Op::GetElemI));
            let results: BTreeSet<Value> = elements.filter_map(|inst| inst.result).collect();
            if results.is_empty() {
                continue;
            }
            let uses = Uses::of(f);
            for result in results {
                reads.wanted.insert((id, result), uses.wanted(f, result));
            }
        }
        reads
    }

    /// Whether the program makes typed arrays.
    pub(super) fn is_used(&self) -> bool {
        self.used
    }

    /// Whether `length` of a typed array is what it was at first.
    pub(super) fn length_is_fixed(&self) -> bool {
        self.length_is_fixed
    }

    /// Whether a function has exception handlers, and what the uses of an element make of it.
    pub(super) fn wanted(&self, id: FuncId, result: Value) -> (bool, Wanted) {
        (self.with_handlers.contains(&id), self.wanted.get(&(id, result)).copied().unwrap_or(Wanted::Any))
    }

    /// The type of the elements of the typed array that an instruction makes.
    pub(super) fn made_by(&self, f: &Function, inst: &InstData) -> Option<Element> {
        if self.used { constructed(f, inst) } else { None }
    }

    /// Whether an instruction reads the length of a typed array, which nothing in the program replaces.
    pub(super) fn is_length(&self, module: &Module, inst: &InstData, object: Option<Kind>) -> bool {
        self.length_is_fixed
            && matches!((inst.op, &inst.imm), (Op::GetProp, Imm::Str(name)) if module.string(*name) == b"length")
            && object.is_some_and(|kind| kind.as_view().is_some())
    }

    /// Drops what the kinds of other operands refute: an addition of something that may be a string shows what it adds. Whether
    /// there was such.
    pub(super) fn refute(&mut self, module: &Module, facts: &Facts) -> bool {
        let mut refuted = false;
        for (i, f) in module.functions.iter().enumerate() {
            let id = FuncId(i as u32);
            let assumed: Vec<Value> = self
                .wanted
                .range((id, Value(0))..=(id, Value(u32::MAX)))
                .filter(|(_, wanted)| **wanted != Wanted::Any)
                .map(|((_, value), _)| *value)
                .collect();
            if assumed.is_empty() || !facts.reached[i] {
                continue;
            }
            let uses = Uses::of(f);
            for result in assumed {
                let flow = uses.flow(f, result);
                let made = flow.iter().flat_map(|value| {
                    uses.by(*value)
                        .iter()
                        .map(|(block, inst)| match inst {
                            Some(inst) if inst.op == Op::Add => {
                                let other = if inst.args[0] == *value { inst.args[1] } else { inst.args[0] };
                                let is_val = f.ty(other) == crate::types::Type::Val;
                                let text = is_val && facts.kind_in(id, *block, other).may_concatenate();
                                if text { Wanted::Any } else { Wanted::Number }
                            }
                            // A store to what is no typed array keeps the value.
                            Some(inst) if matches!(inst.op, Op::SetElem | Op::SetElemI) => {
                                let (array, index) = (inst.args[0], inst.args[1]);
                                let is_val = f.ty(index) == crate::types::Type::Val;
                                match facts.kind_in(id, *block, array).as_view() {
                                    _ if is_val && !facts.kind_in(id, *block, index).is_int() => Wanted::Any,
                                    None => Wanted::Any,
                                    Some(Element::Float32 | Element::Float64 | Element::Uint8Clamped) => {
                                        Wanted::Number
                                    }
                                    Some(_) => Wanted::Int32,
                                }
                            }
                            _ => Wanted::Int32,
                        })
                        .collect::<Vec<_>>()
                });
                let made = made.min().unwrap_or(Wanted::Int32);
                if made < self.wanted[&(id, result)] {
                    refuted = true;
                    self.wanted.insert((id, result), made);
                }
            }
        }
        refuted
    }
}

/// The type of the elements of the typed array that `new` makes.
fn constructed(f: &Function, inst: &InstData) -> Option<Element> {
    if inst.op != Op::New {
        return None;
    }
    let ValueDef::Result(callee) = f.values[inst.args[0].index()].def else { return None };
    let callee = f.inst(callee);
    let (Op::Builtin, Imm::Builtin(number)) = (callee.op, &callee.imm) else { return None };
    match builtin_value(*number)? {
        PropertyValue::Native(NativeId::Int8Array) => Some(Element::Int8),
        PropertyValue::Native(NativeId::Uint8Array) => Some(Element::Uint8),
        PropertyValue::Native(NativeId::Uint8ClampedArray) => Some(Element::Uint8Clamped),
        PropertyValue::Native(NativeId::Int16Array) => Some(Element::Int16),
        PropertyValue::Native(NativeId::Uint16Array) => Some(Element::Uint16),
        PropertyValue::Native(NativeId::Int32Array) => Some(Element::Int32),
        PropertyValue::Native(NativeId::Uint32Array) => Some(Element::Uint32),
        PropertyValue::Native(NativeId::Float32Array) => Some(Element::Float32),
        PropertyValue::Native(NativeId::Float64Array) => Some(Element::Float64),
        _ => None,
    }
}

/// The uses of a function's values: the block and the instruction, or none for a terminator.
struct Uses<'f>(BTreeMap<Value, Vec<(Block, Option<&'f InstData>)>>);

impl<'f> Uses<'f> {
    fn of(f: &'f Function) -> Uses<'f> {
        let mut uses: BTreeMap<Value, Vec<_>> = BTreeMap::new();
        for (b, block) in f.blocks.iter().enumerate() {
            let at = Block(b as u32);
            for inst in block.insts.iter().map(|inst| f.inst(*inst)) {
                for arg in &inst.args {
                    uses.entry(*arg).or_default().push((at, Some(inst)));
                }
            }
            if let Some(value) = block.terminator.as_ref().and_then(Terminator::operand) {
                uses.entry(value).or_default().push((at, None));
            }
        }
        Uses(uses)
    }

    fn by(&self, value: Value) -> &[(Block, Option<&'f InstData>)] {
        self.0.get(&value).map_or(&[], Vec::as_slice)
    }

    /// A value and the block parameters that it may become.
    fn flow(&self, f: &Function, value: Value) -> BTreeSet<Value> {
        let mut flow = BTreeSet::from([value]);
        let mut grew = true;
        while grew {
            grew = false;
            for call in f.blocks.iter().filter_map(|b| b.terminator.as_ref()).flat_map(Terminator::successors)
            {
                for (arg, param) in call.args.iter().zip(&f.block(call.block).params) {
                    grew |= flow.contains(arg) && flow.insert(*param);
                }
            }
        }
        flow
    }

    /// What the uses of a value make of it, as far as that is seen without kinds.
    fn wanted(&self, f: &Function, value: Value) -> Wanted {
        let flow = self.flow(f, value);
        let uses = flow.iter().flat_map(|value| self.by(*value).iter().map(move |(_, inst)| (*value, *inst)));
        uses.map(|(value, inst)| match inst {
            Some(inst) => wanted_by(inst, value),
            None => Wanted::Any,
        })
        .min()
        // Nothing looks at it.
        .unwrap_or(Wanted::Int32)
    }
}

/// What an instruction makes of an operand.
fn wanted_by(inst: &InstData, value: Value) -> Wanted {
    match inst.op {
        Op::BitAnd | Op::BitOr | Op::BitXor | Op::Shl | Op::Sar | Op::Shr | Op::BitNot | Op::ToI32 => {
            Wanted::Int32
        }
        Op::Sub
        | Op::Mul
        | Op::Div
        | Op::Rem
        | Op::Exp
        | Op::Neg
        | Op::Inc
        | Op::Dec
        | Op::ToNumeric
        | Op::ToF64 => Wanted::Number,
        Op::Lt | Op::Le | Op::Gt | Op::Ge => Wanted::Number,
        // See `Reads::refute`.
        Op::Add if inst.args[0] != inst.args[1] => Wanted::Number,
        Op::SetElem | Op::SetElemI if inst.args[0] != value && inst.args[1] != value => Wanted::Int32,
        _ => Wanted::Any,
    }
}
