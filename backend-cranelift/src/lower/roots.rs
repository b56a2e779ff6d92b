//! Which references need a slot on the tagged stack, and which slot.
//!
//! A value of type `val` that is live after an instruction that may collect (a *safepoint*) is *rooted*: it is stored to
//! its slot where it is defined and read from there after every safepoint. Constants are not: they are no references,
//! or refer to the image, which does not move. Slots are shared by values whose lives (as intervals of the reverse
//! postorder) do not overlap. A slot that some safepoint would show to the collector before anything was stored in it
//! is initialised at the function's start.
use jerboa_ir::passes::dominators::reverse_postorder;
use jerboa_ir::{Block, Function, Imm, Inst, Module, Op, Type, Value, ValueDef};
use std::collections::HashMap;

/// The result of the analysis.
pub struct Roots {
    slots: Vec<Option<u32>>,
    depths: HashMap<Inst, u32>,
    /// Slots to be set to undefined at the start.
    pub uninitialised: Vec<u32>,
    /// Number of slots.
    pub count: u32,
}

impl Roots {
    /// The slot of a value, if it is rooted.
    pub fn slot(&self, value: Value) -> Option<u32> {
        self.slots[value.index()]
    }

    /// Number of words of the frame that are in use at a safepoint.
    pub fn depth(&self, inst: Inst) -> u32 {
        self.depths.get(&inst).copied().unwrap_or(0)
    }

    /// Analyses a function.
    pub fn compute(module: &Module, f: &Function) -> Roots {
        let order = reverse_postorder(f);
        let live_in = liveness(module, f, &order);
        let mut live_after: Vec<(Inst, Vec<Value>)> = Vec::new();
        let mut rooted = vec![false; f.values.len()];
        for block in &order {
            let mut live = live_out(f, *block, &live_in);
            step_terminator(module, f, *block, &mut live);
            for inst in f.block(*block).insts.iter().rev() {
                let data = f.inst(*inst);
                if let Some(result) = data.result {
                    live.remove(result);
                }
                if is_safepoint(data.op) {
                    let values: Vec<Value> = live.iter().collect();
                    for value in &values {
                        rooted[value.index()] = true;
                    }
                    live_after.push((*inst, values));
                }
                for arg in &data.args {
                    if may_move(module, f, *arg) {
                        live.insert(*arg);
                    }
                }
            }
        }
        let slots = assign(module, f, &order, &live_in, &rooted);
        let count = slots.iter().flatten().max().map_or(0, |s| s + 1);
        let depths: HashMap<Inst, u32> = live_after
            .into_iter()
            .map(|(inst, values)| {
                (inst, values.iter().filter_map(|v| slots[v.index()]).max().map_or(0, |s| s + 1))
            })
            .collect();
        let uninitialised = uninitialised(f, &order, &slots, &depths, count);
        Roots { slots, depths, uninitialised, count }
    }
}

/// Whether an op may collect.
pub fn is_safepoint(op: Op) -> bool {
    op.info().effects.allocates
}

/// Whether a value is a reference that the collector may move.
fn may_move(module: &Module, f: &Function, value: Value) -> bool {
    let data = f.values[value.index()];
    if data.ty != Type::Val {
        return false;
    }
    match data.def {
        ValueDef::Param(..) => true,
        ValueDef::Result(inst) => {
            let inst = f.inst(inst);
            match (inst.op, &inst.imm) {
                (Op::Const | Op::Builtin | Op::BoxBool, _) => false,
                (Op::Closure, Imm::Func(callee)) => !is_static_closure(module.function(*callee)),
                _ => true,
            }
        }
    }
}

/// Whether the closure of a function is its descriptor in the image: it holds nothing, and there is only ever one.
pub fn is_static_closure(f: &Function) -> bool {
    f.captures == 0 && !f.flags.has_properties && f.flags.single
}

/// A set of values.
#[derive(Clone, PartialEq, Eq)]
struct Set(Vec<u64>);

impl Set {
    fn new(values: usize) -> Set {
        Set(vec![0; values.div_ceil(64)])
    }

    fn insert(&mut self, value: Value) {
        self.0[value.index() / 64] |= 1 << (value.index() % 64);
    }

    fn remove(&mut self, value: Value) {
        self.0[value.index() / 64] &= !(1 << (value.index() % 64));
    }

    fn union(&mut self, other: &Set) {
        for (a, b) in self.0.iter_mut().zip(&other.0) {
            *a |= b;
        }
    }

    fn iter(&self) -> impl Iterator<Item = Value> + '_ {
        self.0.iter().enumerate().flat_map(|(i, word)| {
            (0..64).filter(move |bit| word >> bit & 1 != 0).map(move |bit| Value((i * 64 + bit) as u32))
        })
    }
}

/// Values live at the end of a block, before its terminator's own operands are added.
fn live_out(f: &Function, block: Block, live_in: &[Set]) -> Set {
    let mut live = Set::new(f.values.len());
    for call in f.block(block).terminator.iter().flat_map(|t| t.successors()) {
        live.union(&live_in[call.block.index()]);
    }
    live
}

fn step_terminator(module: &Module, f: &Function, block: Block, live: &mut Set) {
    let Some(terminator) = &f.block(block).terminator else { return };
    let args = terminator.successors().flat_map(|call| call.args.iter().copied());
    for value in args.chain(terminator.operand()) {
        if may_move(module, f, value) {
            live.insert(value);
        }
    }
}

/// Movable values live at the start of each block (without its parameters).
fn liveness(module: &Module, f: &Function, order: &[Block]) -> Vec<Set> {
    let mut live_in = vec![Set::new(f.values.len()); f.blocks.len()];
    let mut changed = true;
    while changed {
        changed = false;
        for block in order.iter().rev() {
            let mut live = live_out(f, *block, &live_in);
            step_terminator(module, f, *block, &mut live);
            for inst in f.block(*block).insts.iter().rev() {
                let data = f.inst(*inst);
                if let Some(result) = data.result {
                    live.remove(result);
                }
                for arg in &data.args {
                    if may_move(module, f, *arg) {
                        live.insert(*arg);
                    }
                }
            }
            for param in &f.block(*block).params {
                live.remove(*param);
            }
            if live != live_in[block.index()] {
                live_in[block.index()] = live;
                changed = true;
            }
        }
    }
    live_in
}

/// Slots by linear scan over intervals of instruction numbers.
fn assign(
    module: &Module,
    f: &Function,
    order: &[Block],
    live_in: &[Set],
    rooted: &[bool],
) -> Vec<Option<u32>> {
    let mut interval: Vec<Option<(u32, u32)>> = vec![None; f.values.len()];
    let mut touch = |value: Value, at: u32| {
        if rooted[value.index()] {
            let range = interval[value.index()].get_or_insert((at, at));
            range.0 = range.0.min(at);
            range.1 = range.1.max(at);
        }
    };
    let mut at = 0;
    for block in order {
        for value in live_in[block.index()].iter().chain(f.block(*block).params.iter().copied()) {
            touch(value, at);
        }
        for inst in &f.block(*block).insts {
            at += 1;
            let data = f.inst(*inst);
            for arg in &data.args {
                touch(*arg, at);
            }
            if let Some(result) = data.result {
                touch(result, at);
            }
        }
        at += 1;
        let mut live = live_out(f, *block, live_in);
        step_terminator(module, f, *block, &mut live);
        for value in live.iter() {
            touch(value, at);
        }
        at += 1;
    }
    let mut ranges: Vec<(u32, u32, Value)> =
        interval.iter().enumerate().filter_map(|(i, r)| r.map(|(a, b)| (a, b, Value(i as u32)))).collect();
    ranges.sort();
    let mut slots = vec![None; f.values.len()];
    let mut busy_until: Vec<u32> = Vec::new();
    for (start, end, value) in ranges {
        // A value that ends where another begins may still be an operand there: keep them apart.
        let slot = busy_until.iter().position(|until| *until < start).unwrap_or_else(|| {
            busy_until.push(0);
            busy_until.len() - 1
        });
        busy_until[slot] = end;
        slots[value.index()] = Some(slot as u32);
    }
    slots
}

/// Slots that are below the depth of some safepoint which can be reached without a store to them.
fn uninitialised(
    f: &Function,
    order: &[Block],
    slots: &[Option<u32>],
    depths: &HashMap<Inst, u32>,
    count: u32,
) -> Vec<u32> {
    let words = (count as usize).div_ceil(64);
    let full = vec![u64::MAX; words];
    let mut stored_in = vec![full; f.blocks.len()];
    stored_in[0] = vec![0; words];
    let mut missing = vec![false; count as usize];
    let mut changed = true;
    let mut last_round = false;
    while changed || last_round {
        changed = false;
        for block in order {
            let mut stored = stored_in[block.index()].clone();
            let store = |value: Value, stored: &mut Vec<u64>| {
                if let Some(slot) = slots[value.index()] {
                    stored[slot as usize / 64] |= 1 << (slot % 64);
                }
            };
            for param in &f.block(*block).params {
                store(*param, &mut stored);
            }
            for inst in &f.block(*block).insts {
                if last_round && let Some(depth) = depths.get(inst) {
                    for slot in 0..*depth {
                        missing[slot as usize] |= stored[slot as usize / 64] >> (slot % 64) & 1 == 0;
                    }
                }
                if let Some(result) = f.inst(*inst).result {
                    store(result, &mut stored);
                }
            }
            for call in f.block(*block).terminator.iter().flat_map(|t| t.successors()) {
                let target = &mut stored_in[call.block.index()];
                for (a, b) in target.iter_mut().zip(&stored) {
                    changed |= *a & !*b != 0;
                    *a &= b;
                }
            }
        }
        if last_round {
            break;
        }
        last_round = !changed;
    }
    (0..count).filter(|slot| missing[*slot as usize]).collect()
}
