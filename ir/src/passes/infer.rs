//! Whole-program type inference: the kind of every value, every parameter and every result.
//!
//! Optimistic: everything starts as "no value" and grows until nothing changes; bounds of integers are widened after a few
//! rounds. Parameters of functions that are called only directly have the kinds of their arguments; a
//! function that is used as a value can be called with anything. Comparisons refine the values that they compare in the
//! blocks that only one outcome leads to.
use super::dominators::Dominators;
use super::kind::Kind;
use super::memory::Memory;
use super::transfer::{self, MAX_STRING_LENGTH};
use super::typed;
use crate::module::{Const, Function, Imm, InstData, Module, ParamKind, ValueDef};
use crate::op::{IntCond, Op, Terminator};
use crate::types::{Block, FuncId, StrId, Type, Value};
use jerboa_abi::header::typed::Element;
use std::collections::HashSet;

/// What is known.
pub struct Facts {
    functions: Vec<FunctionFacts>,
    /// Kind of each function's result.
    pub results: Vec<Kind>,
    /// Kind of each module variable of type `val`: of all that is ever stored in it.
    globals: Vec<Kind>,
    /// How often each grew.
    global_updates: Vec<u8>,
    /// Functions that the program can reach.
    pub reached: Vec<bool>,
    /// Names that the program assigns to or deletes.
    written: HashSet<StrId>,
    /// It may assign to names that are not seen.
    writes_any: bool,
    /// What memory holds.
    memory: Memory,
    /// For each function, whether it is called through values.
    windowed: Vec<bool>,
    /// Module variables that are set once, at the start of the program.
    set_once: Vec<bool>,
    /// How elements of typed arrays are read, see [`super::typed`].
    typed: typed::Reads,
}

/// Built-in functions that write properties whose names are not seen in the program.
const WRITERS: &[&[u8]] = &[b"assign", b"defineProperty", b"defineProperties", b"set", b"__defineGetter__"];

struct FunctionFacts {
    kinds: Vec<Kind>,
    /// How often a value's kind grew.
    updates: Vec<u8>,
    dominators: Dominators,
    /// For each block, what the only edge to it says.
    refinements: Vec<Vec<(Value, Refinement)>>,
    /// For each block that ends in a branch, what its two edges say.
    edges: Vec<[Vec<(Value, Refinement)>; 2]>,
    /// Comparisons tell of variables, too, that may have left the integers. Code is not made by that: a variable that is an integer in
    /// one part of a loop only would be boxed and unboxed all the time.
    follows_overflow: bool,
}

/// What is known of a value because of the way that was taken.
#[derive(Clone, Copy, Debug)]
enum Refinement {
    /// Less than the other value, if both are integers.
    Less(Value),
    LessOrEqual(Value),
    Greater(Value),
    GreaterOrEqual(Value),
    Equal(Value),
    /// None of these.
    Not(Kind),
}

/// Updates of a value's kind after which its bounds are widened.
const PATIENCE: u8 = 3;

impl Facts {
    /// Infers, taking whatever comes from memory to be anything.
    pub fn compute(module: &Module) -> Facts {
        Facts::with_memory(module, |_| Memory::open())
    }

    /// Infers, with the kinds of what is in memory ([`super::memory`]).
    pub fn of_closed_world(module: &Module) -> Facts {
        Facts::with_memory(module, |windowed| Memory::of(module, windowed))
    }

    /// Infers until nothing refutes what is assumed of elements of typed arrays.
    fn with_memory(module: &Module, memory: impl Fn(&[bool]) -> Memory) -> Facts {
        let mut typed = typed::Reads::new(module);
        loop {
            let mut facts = Facts::compute_with(module, &memory, typed);
            if !facts.typed.is_used() {
                return facts;
            }
            typed = std::mem::take(&mut facts.typed);
            if !typed.refute(module, &facts) {
                facts.typed = typed;
                return facts;
            }
        }
    }

    fn compute_with(module: &Module, memory: impl Fn(&[bool]) -> Memory, typed: typed::Reads) -> Facts {
        let mut windowed = vec![false; module.functions.len()];
        for inst in module.functions.iter().flat_map(|f| &f.insts) {
            if let (Op::Closure, Imm::Func(f)) = (inst.op, &inst.imm) {
                windowed[f.index()] = true;
            }
        }
        let memory = memory(&windowed);
        let closed = !memory.is_open();
        let functions = module.functions.iter().map(|f| FunctionFacts::new(f, closed)).collect();
        let mut facts = Facts {
            functions,
            results: vec![Kind::NONE; module.functions.len()],
            globals: first_kinds(module),
            global_updates: vec![0; module.globals.len()],
            reached: vec![false; module.functions.len()],
            written: HashSet::new(),
            writes_any: module.open_world || module.strings.iter().any(|s| WRITERS.contains(&s.as_slice())),
            memory,
            windowed,
            set_once: vec![false; module.globals.len()],
            typed,
        };
        if facts.typed.is_used() && !module.open_world {
            facts.set_once = set_once(module);
        }
        for inst in module.functions.iter().flat_map(|f| &f.insts) {
            if let (Op::SetProp | Op::DeleteProp, Imm::Str(name)) = (inst.op, &inst.imm) {
                facts.written.insert(*name);
            }
        }
        for (i, function) in module.functions.iter().enumerate() {
            let is_entry = module.entry == Some(FuncId(i as u32));
            facts.reached[i] = is_entry;
            for (k, param) in function.signature.params.iter().enumerate() {
                let value = function.block(Function::ENTRY).params[k];
                let kind = match param.kind {
                    ParamKind::Rest(_) | ParamKind::Arguments => Kind::OBJECT,
                    _ if facts.windowed[i] || is_entry => facts.memory.param(param.kind),
                    _ => Kind::NONE,
                };
                facts.functions[i].kinds[value.index()] = kind;
            }
        }
        let mut changed = true;
        while changed {
            changed = false;
            for i in 0..module.functions.len() {
                if facts.reached[i] {
                    changed |= facts.sweep(module, FuncId(i as u32));
                }
            }
        }
        facts
    }

    /// Whether the program may assign to or delete a property of this name, as far as that is not a part of a class.
    pub fn may_write(&self, name: StrId) -> bool {
        self.writes_any || self.written.contains(&name)
    }

    /// Kind of a value where it is defined.
    pub fn kind(&self, function: FuncId, value: Value) -> Kind {
        self.functions[function.index()].kinds[value.index()]
    }

    /// Kind of a value in a block, with what the way there says.
    pub fn kind_in(&self, function: FuncId, block: Block, value: Value) -> Kind {
        let facts = &self.functions[function.index()];
        let mut kind = facts.kinds[value.index()];
        let mut at = Some(block);
        while let Some(b) = at {
            for (refined, refinement) in &facts.refinements[b.index()] {
                if *refined == value {
                    kind = facts.refine(kind, *refinement);
                }
            }
            at = facts.dominators.immediate(b);
        }
        kind
    }

    /// One round over a function; whether anything grew.
    fn sweep(&mut self, module: &Module, id: FuncId) -> bool {
        let function = module.function(id);
        let order = self.functions[id.index()].dominators.reverse_postorder().to_vec();
        let mut changed = false;
        if self.windowed[id.index()] {
            for (k, param) in function.signature.params.iter().enumerate() {
                let value = function.block(Function::ENTRY).params[k];
                if matches!(param.kind, ParamKind::Arg(_)) {
                    changed |= self.functions[id.index()].grow(value, self.memory.param(param.kind));
                }
            }
        }
        for block in order {
            let data = function.block(block);
            for inst in &data.insts {
                let inst = function.inst(*inst);
                let kind_of = |a: &Value| match function.ty(*a) {
                    Type::Val | Type::I32 => self.kind_in(id, block, *a),
                    // Unboxed values are what their type says.
                    _ => Kind::VALUE,
                };
                let args: Vec<Kind> = inst.args.iter().map(kind_of).collect();
                if let (Op::CallDirect | Op::Closure, Imm::Func(callee)) = (inst.op, &inst.imm) {
                    changed |= !std::mem::replace(&mut self.reached[callee.index()], true);
                    if inst.op == Op::CallDirect {
                        for (k, kind) in args.iter().enumerate() {
                            let param = module.function(*callee).block(Function::ENTRY).params[k];
                            changed |= self.functions[callee.index()].grow(param, *kind);
                        }
                    }
                }
                if let (Op::StoreGlobal, Imm::Global(global)) = (inst.op, &inst.imm) {
                    changed |= self.grow_global(global.index(), args[0]);
                }
                // A computed key may be any name, of a property or of a function that writes properties.
                if matches!(inst.op, Op::GetElem | Op::SetElem | Op::DeleteElem | Op::CallElem)
                    && function.ty(inst.args[1]) == Type::Val
                    && args[1].may_concatenate()
                {
                    changed |= !std::mem::replace(&mut self.writes_any, true);
                }
                changed |= self.memory.absorb(module, id, inst, &args);
                let Some(result) = inst.result else { continue };
                if function.ty(result) == Type::I32 {
                    let kind = match (inst.op, &inst.imm) {
                        (Op::CallDirect, Imm::Func(callee)) => self.results[callee.index()].ints(),
                        _ => transfer::unboxed(inst, &args),
                    };
                    changed |= self.functions[id.index()].grow(result, kind);
                }
                if function.ty(result) == Type::Val {
                    let from_memory = self.memory.result(module, id, inst, &args);
                    let kind = match (inst.op, &inst.imm) {
                        (Op::CallDirect, Imm::Func(callee)) => self.results[callee.index()],
                        (Op::LoadGlobal, Imm::Global(global)) => self.globals[global.index()],
                        (Op::GetProp, _) if is_string_length(module, inst, args[0]) => {
                            Kind::range(0, MAX_STRING_LENGTH)
                        }
                        (Op::CallMethod, _) if self.is_char_code_at(module, inst, &args) => {
                            if self.is_unit_of(module, id, block, inst) {
                                Kind::range(0, 0xffff)
                            } else {
                                Kind::range(0, 0xffff).or_rare()
                            }
                        }
                        _ if is_array_length(module, inst, args.first().copied()) => Kind::LENGTH,
                        _ if self.typed.is_length(module, inst, args.first().copied()) => Kind::LENGTH,
                        (Op::New, _) if self.typed.made_by(function, inst).is_some() => {
                            self.typed.made_by(function, inst).map_or(Kind::OBJECT, Kind::view)
                        }
                        (Op::GetElem | Op::GetElemI, _) if args[0].as_view().is_some() => {
                            let element = args[0].as_view().unwrap_or(Element::DataView);
                            self.element_kind(module, id, block, inst, element, args[1])
                        }
                        _ => from_memory.unwrap_or_else(|| transfer::boxed(inst, &args)),
                    };
                    changed |= self.functions[id.index()].grow(result, kind);
                }
            }
            let Some(terminator) = &data.terminator else { continue };
            for (edge, call) in terminator.successors().enumerate() {
                let params = &function.block(call.block).params;
                for (param, arg) in params.iter().zip(&call.args) {
                    let kind = self.edge_kind(id, function, block, edge, *arg);
                    changed |= self.functions[id.index()].grow(*param, kind);
                }
            }
            if let Terminator::Return(value) = terminator {
                if self.windowed[id.index()] {
                    let kind = match function.ty(*value) {
                        Type::Val => self.kind_in(id, block, *value),
                        _ => Kind::FLOAT.join(Kind::BOOL),
                    };
                    changed |= self.memory.give_back(kind);
                }
                let kind = self.results[id.index()].join(self.kind_in(id, block, *value));
                changed |= kind != self.results[id.index()];
                // Results of recursive functions grow round by round, as loop variables do.
                self.results[id.index()] =
                    if self.functions[id.index()].result_is_unstable(kind != self.results[id.index()]) {
                        kind.widen(self.results[id.index()])
                    } else {
                        kind
                    };
            }
        }
        changed
    }

    /// Whether a call is `string.charCodeAt(integer)` of the built-in function, which nothing replaces.
    fn is_char_code_at(&self, module: &Module, inst: &InstData, args: &[Kind]) -> bool {
        let Imm::Str(name) = inst.imm else { return false };
        inst.op == Op::CallMethod
            && module.string(name) == b"charCodeAt"
            && !self.writes_any
            && !self.written.contains(&name)
            && args[0].is_string()
            && args.get(1).is_some_and(|index| index.is_int())
    }

    /// Whether a property is one that an object has had since an object literal made it, if the value is an object at all and not
    /// undefined or null.
    pub fn has_own(&self, id: FuncId, block: Block, object: Value, name: StrId) -> bool {
        self.memory.has_own(self.kind_in(id, block, object), name)
    }

    /// Whether all that the program does to memory is known: no prototype is exchanged, no object locked, and no property
    /// written whose name is not seen.
    pub fn is_closed(&self) -> bool {
        !self.memory.is_open() && !self.writes_any
    }

    /// Whether a value is an array where it is used: a variable that is not initialised does not get there.
    pub fn is_array(&self, id: FuncId, block: Block, value: Value) -> bool {
        self.kind_in(id, block, value).without(Kind::EMPTY).is_array()
    }

    /// Whether a value is a function of the program, where it is called.
    pub fn is_function(&self, id: FuncId, block: Block, value: Value) -> bool {
        self.kind_in(id, block, value).is_function()
    }

    /// Whether a value is an integer that is at least 0.
    pub fn is_index(&self, id: FuncId, block: Block, value: Value) -> bool {
        let kind = self.kind_in(id, block, value);
        kind.is_int() && kind.bounds().0 >= 0
    }

    /// Whether `length` of an object that is no array is a number, too.
    pub fn lengths_are_numbers(&self) -> bool {
        self.memory.lengths_are_numbers()
    }

    /// Whether an instruction is `length` of a string.
    pub fn is_string_length(&self, module: &Module, id: FuncId, block: Block, inst: &InstData) -> bool {
        inst.op == Op::GetProp && is_string_length(module, inst, self.kind_in(id, block, inst.args[0]))
    }

    /// Whether an instruction is `string.charCodeAt(index)` with an index that is seen to be below the length.
    pub fn is_string_unit(&self, module: &Module, id: FuncId, block: Block, inst: &InstData) -> bool {
        let f = module.function(id);
        let kind_of = |a: &Value| match f.ty(*a) {
            Type::Val => self.kind_in(id, block, *a),
            _ => Kind::VALUE,
        };
        inst.op == Op::CallMethod
            && self.is_char_code_at(module, inst, &inst.args.iter().map(kind_of).collect::<Vec<_>>())
            && self.is_unit_of(module, id, block, inst)
    }

    /// Whether the second operand is at least 0 and below the length of the first, a string.
    fn is_unit_of(&self, module: &Module, id: FuncId, block: Block, inst: &InstData) -> bool {
        let f = module.function(id);
        let facts = &self.functions[id.index()];
        let (string, index) = (inst.args[0], inst.args[1]);
        if self.kind_in(id, block, index).bounds().0 < 0 {
            return false;
        }
        // Strings do not change, so each `length` of the same value is the same number.
        let bounds = |value: Value, refinement: &(Value, Refinement)| match refinement {
            (refined, Refinement::Less(other)) if *refined == value => match f.values[other.index()].def {
                ValueDef::Result(length) => {
                    let length = f.inst(length);
                    let is_length = matches!(length.imm, Imm::Str(name) if module.string(name) == b"length");
                    length.op == Op::GetProp && is_length && self.same_object(f, length.args[0], string)
                }
                ValueDef::Param(..) => false,
            },
            _ => false,
        };
        let mut at = Some(block);
        while let Some(b) = at {
            if facts.refinements[b.index()].iter().any(|r| bounds(index, r)) {
                return true;
            }
            at = facts.dominators.immediate(b);
        }
        // A parameter: below the length on every way to its block, and still the same string.
        let ValueDef::Param(target, position) = f.values[index.index()].def else { return false };
        if target == Function::ENTRY || f.block(target).params.contains(&string) {
            return false;
        }
        f.blocks.iter().zip(&facts.edges).all(|(from, edges)| {
            from.terminator.iter().flat_map(|t| t.successors()).enumerate().all(|(edge, call)| {
                call.block != target || edges[edge].iter().any(|r| bounds(call.args[position as usize], r))
            })
        })
    }

    /// Whether two values are surely the same: one value, or two looks at a module variable that is set once, when it has that
    /// value.
    fn same_object(&self, f: &Function, a: Value, b: Value) -> bool {
        let global = |value: Value| match f.values[value.index()].def {
            ValueDef::Result(inst) => match (f.inst(inst).op, &f.inst(inst).imm) {
                (Op::LoadGlobal, Imm::Global(global)) => Some(global.index()),
                _ => None,
            },
            ValueDef::Param(..) => None,
        };
        a == b || global(a).is_some_and(|g| global(b) == Some(g) && self.set_once[g])
    }

    /// Kind of what reading an element of a typed array gives.
    fn element_kind(
        &mut self,
        module: &Module,
        id: FuncId,
        block: Block,
        inst: &InstData,
        element: Element,
        index: Kind,
    ) -> Kind {
        let f = module.function(id);
        if f.ty(inst.args[1]) == Type::Val && !index.is_int() {
            return Kind::VALUE;
        }
        if self.typed_read(module, id, block, inst, element).is_some() {
            if element == Element::Uint32 { Kind::I32 } else { Kind::element(element) }
        } else if self.is_below_length(module, id, block, inst) {
            Kind::element(element)
        } else {
            Kind::element(element).join(Kind::UNDEFINED)
        }
    }

    /// Whether reading an element of a typed array, at an integer, has a form without boxes: gives the element's type.
    pub(super) fn typed_read(
        &self,
        module: &Module,
        id: FuncId,
        block: Block,
        inst: &InstData,
        element: Element,
    ) -> Option<Element> {
        let result = inst.result?;
        let (handlers, wanted) = self.typed.wanted(id, result);
        let unboxed = match element {
            Element::DataView => false,
            Element::Float32 | Element::Float64 => !handlers && wanted >= typed::Wanted::Number,
            Element::Uint32 => !handlers && wanted == typed::Wanted::Int32,
            _ => {
                (!handlers || element != Element::Int32)
                    && (wanted == typed::Wanted::Int32 || self.is_below_length(module, id, block, inst))
            }
        };
        unboxed.then_some(element)
    }

    /// Whether the index of an element access is at least 0 and below the length of the typed array.
    fn is_below_length(&self, module: &Module, id: FuncId, block: Block, inst: &InstData) -> bool {
        self.typed.length_is_fixed()
            && module.function(id).ty(inst.args[1]) == Type::Val
            && self.is_unit_of(module, id, block, inst)
    }

    /// Whether an instruction reads the length of a typed array, which nothing in the program replaces.
    pub fn is_typed_length(&self, module: &Module, id: FuncId, block: Block, inst: &InstData) -> bool {
        inst.op == Op::GetProp
            && self.typed.is_length(module, inst, Some(self.kind_in(id, block, inst.args[0])))
    }

    fn grow_global(&mut self, global: usize, kind: Kind) -> bool {
        let old = self.globals[global];
        let mut new = old.join(kind);
        if new == old {
            return false;
        }
        let updates = &mut self.global_updates[global];
        *updates = updates.saturating_add(1);
        if *updates > PATIENCE {
            new = new.widen(old);
        }
        self.globals[global] = new;
        true
    }

    /// Kind of a block argument on its edge, with what the outcome of the branch says. That is what bounds the variable
    /// of a loop that is tested at its end: the edge back to its start is one of two that lead there.
    fn edge_kind(&self, id: FuncId, f: &Function, from: Block, edge: usize, arg: Value) -> Kind {
        if !matches!(f.ty(arg), Type::Val | Type::I32) {
            return Kind::VALUE;
        }
        let facts = &self.functions[id.index()];
        let mut kind = self.kind_in(id, from, arg);
        for (refined, refinement) in &facts.edges[from.index()][edge] {
            if *refined == arg {
                kind = facts.refine(kind, *refinement);
            }
        }
        kind
    }
}

impl FunctionFacts {
    fn new(f: &Function, follows_overflow: bool) -> FunctionFacts {
        let mut incoming = vec![0; f.blocks.len()];
        for call in f.blocks.iter().filter_map(|b| b.terminator.as_ref()).flat_map(|t| t.successors()) {
            incoming[call.block.index()] += 1;
        }
        let mut refinements = vec![Vec::new(); f.blocks.len()];
        let mut edges: Vec<[Vec<_>; 2]> = f.blocks.iter().map(|_| Default::default()).collect();
        for (block, edges) in f.blocks.iter().zip(&mut edges) {
            if let Some(Terminator::Branch { cond, then, otherwise }) = &block.terminator {
                for (target, outcome, edge) in [(then, true, 0), (otherwise, false, 1)] {
                    conditions(f, *cond, outcome, &mut edges[edge]);
                    if incoming[target.block.index()] == 1 {
                        refinements[target.block.index()].clone_from(&edges[edge]);
                    }
                }
            }
        }
        FunctionFacts {
            kinds: vec![Kind::NONE; f.values.len()],
            updates: vec![0; f.values.len() + 1],
            dominators: Dominators::compute(f),
            refinements,
            edges,
            follows_overflow,
        }
    }

    /// Adds values to a kind; whether it grew.
    fn grow(&mut self, value: Value, kind: Kind) -> bool {
        let old = self.kinds[value.index()];
        let mut new = old.join(kind);
        if new == old {
            return false;
        }
        let updates = &mut self.updates[value.index()];
        *updates = updates.saturating_add(1);
        if *updates > PATIENCE {
            new = new.widen(old);
        }
        self.kinds[value.index()] = new;
        true
    }

    /// Counts a growth of the result; whether it is time to widen.
    fn result_is_unstable(&mut self, grew: bool) -> bool {
        let updates = self.updates.last_mut().expect("one more than values");
        *updates = updates.saturating_add(u8::from(grew));
        *updates > PATIENCE
    }

    fn refine(&self, kind: Kind, refinement: Refinement) -> Kind {
        if !self.follows_overflow && !matches!(refinement, Refinement::Not(_)) && !kind.is_int() {
            return kind;
        }
        let kind_of = |other: Value| self.kinds[other.index()];
        let known = |other: &Value| self.follows_overflow || kind_of(*other).is_int();
        let greatest = |other: Value| kind_of(other).greatest().filter(|_| known(&other));
        let least = |other: Value| kind_of(other).least().filter(|_| known(&other));
        match refinement {
            Refinement::Less(other) => greatest(other).map_or(kind, |hi| kind.at_most(hi - 1)),
            Refinement::LessOrEqual(other) => greatest(other).map_or(kind, |hi| kind.at_most(hi)),
            Refinement::Greater(other) => least(other).map_or(kind, |lo| kind.at_least(lo + 1)),
            Refinement::GreaterOrEqual(other) => least(other).map_or(kind, |lo| kind.at_least(lo)),
            Refinement::Equal(other) => {
                let kind = greatest(other).map_or(kind, |hi| kind.at_most(hi));
                least(other).map_or(kind, |lo| kind.at_least(lo))
            }
            Refinement::Not(other) => kind.without(other),
        }
    }
}

/// What module variables hold before the program stores anything in them, as far as that can be seen.
fn first_kinds(module: &Module) -> Vec<Kind> {
    let early = super::globals::early_stores(module);
    early
        .iter()
        .map(|stores| if stores.is_empty() || module.open_world { Kind::EMPTY } else { Kind::NONE })
        .collect()
}

/// Which module variables are set by one instruction only, which runs once: it is in the entry function, in no loop.
fn set_once(module: &Module) -> Vec<bool> {
    let mut stores = vec![0; module.globals.len()];
    for (i, f) in module.functions.iter().enumerate() {
        let is_entry = module.entry == Some(FuncId(i as u32));
        for (b, block) in f.blocks.iter().enumerate() {
            for inst in block.insts.iter().map(|inst| f.inst(*inst)) {
                if let (Op::StoreGlobal, Imm::Global(global)) = (inst.op, &inst.imm) {
                    let once = is_entry && !is_in_loop(f, Block(b as u32));
                    stores[global.index()] += if once { 1 } else { 2 };
                }
            }
        }
    }
    stores.into_iter().map(|count| count == 1).collect()
}

/// Whether a block can come after itself.
fn is_in_loop(f: &Function, block: Block) -> bool {
    let mut seen = vec![false; f.blocks.len()];
    let mut next = vec![block];
    while let Some(at) = next.pop() {
        for call in f.block(at).terminator.iter().flat_map(|t| t.successors()) {
            if call.block == block {
                return true;
            }
            if !std::mem::replace(&mut seen[call.block.index()], true) {
                next.push(call.block);
            }
        }
    }
    false
}

/// Whether an instruction reads the length of an array.
pub fn is_array_length(module: &Module, inst: &InstData, object: Option<Kind>) -> bool {
    matches!((inst.op, &inst.imm), (Op::GetProp, Imm::Str(name)) if module.string(*name) == b"length")
        && object.is_some_and(Kind::is_array)
}

/// What a condition says of values when it has this outcome.
fn conditions(f: &Function, cond: Value, outcome: bool, out: &mut Vec<(Value, Refinement)>) {
    use Refinement::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual, Not};
    let ValueDef::Result(inst) = f.values[cond.index()].def else { return };
    let inst = f.inst(inst);
    let pair = || (inst.args[0], inst.args[1]);
    match (inst.op, outcome) {
        (Op::Not, _) => conditions(f, inst.args[0], !outcome, out),
        (Op::Lt | Op::NumLt, true) | (Op::Ge, false) => {
            let (a, b) = pair();
            out.extend([(a, Less(b)), (b, Greater(a))]);
        }
        (Op::Le | Op::NumLe, true) | (Op::Gt, false) => {
            let (a, b) = pair();
            out.extend([(a, LessOrEqual(b)), (b, GreaterOrEqual(a))]);
        }
        (Op::Gt, true) | (Op::Le | Op::NumLe, false) => {
            let (a, b) = pair();
            out.extend([(a, Greater(b)), (b, Less(a))]);
        }
        (Op::Ge, true) | (Op::Lt | Op::NumLt, false) => {
            let (a, b) = pair();
            out.extend([(a, GreaterOrEqual(b)), (b, LessOrEqual(a))]);
        }
        (Op::StrictEq, true) => {
            let (a, b) = pair();
            out.extend([(a, Equal(b)), (b, Equal(a))]);
        }
        (Op::ICmp, _) => {
            let Imm::IntCond(condition) = inst.imm else { return };
            let (a, b) = pair();
            match (condition, outcome) {
                (IntCond::Slt, true) | (IntCond::Sge, false) => out.extend([(a, Less(b)), (b, Greater(a))]),
                (IntCond::Sle, true) | (IntCond::Sgt, false) => {
                    out.extend([(a, LessOrEqual(b)), (b, GreaterOrEqual(a))]);
                }
                (IntCond::Sgt, true) | (IntCond::Sle, false) => out.extend([(a, Greater(b)), (b, Less(a))]),
                (IntCond::Sge, true) | (IntCond::Slt, false) => {
                    out.extend([(a, GreaterOrEqual(b)), (b, LessOrEqual(a))]);
                }
                (IntCond::Eq, true) | (IntCond::Ne, false) => out.extend([(a, Equal(b)), (b, Equal(a))]),
                _ => {}
            }
        }
        (Op::StrictEq, false) => {
            for (a, b) in [pair(), (inst.args[1], inst.args[0])] {
                match f.constant(b) {
                    Some(Const::Undefined) => out.push((a, Not(Kind::UNDEFINED))),
                    Some(Const::Null) => out.push((a, Not(Kind::NULL))),
                    _ => {}
                }
            }
        }
        (Op::IsEmpty, false) => out.push((inst.args[0], Not(Kind::EMPTY))),
        (Op::IsUndefined, false) => out.push((inst.args[0], Not(Kind::UNDEFINED))),
        (Op::IsNullish, false) => out.push((inst.args[0], Not(Kind::UNDEFINED.join(Kind::NULL)))),
        _ => {}
    }
}

fn is_string_length(module: &Module, inst: &InstData, object: Kind) -> bool {
    object.is_string() && matches!(inst.imm, Imm::Str(name) if module.string(name) == b"length")
}

/// The condition of a relational op on integers.
pub fn int_condition(op: Op) -> Option<IntCond> {
    Some(match op {
        Op::Lt | Op::NumLt => IntCond::Slt,
        Op::Le | Op::NumLe => IntCond::Sle,
        Op::Gt => IntCond::Sgt,
        Op::Ge => IntCond::Sge,
        Op::StrictEq | Op::LooseEq => IntCond::Eq,
        _ => return None,
    })
}
