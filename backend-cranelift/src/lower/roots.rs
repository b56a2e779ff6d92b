//! Which references need a slot on the tagged stack, and which slot.
//!
//! A value of type `val` that is live after an instruction that may collect (a *safepoint*) is *rooted*: it is stored to
//! its slot where it is defined and read from there after every safepoint. Constants are not: they are no references,
//! or refer to the image, which does not move. Slots are shared by values whose lives (as intervals of the reverse
//! postorder) do not overlap.
//!
//! A safepoint shows the collector all slots up to the last one that is live. One among them may be *stale*: nothing
//! was stored in it yet, or what it holds is dead and was out of sight at an earlier safepoint, so that it was not
//! updated when its object moved. Such a slot is cleared before the safepoint; where only the slow path of an op is one
//! ([`is_cold`]), it is cleared there, and stays stale on the other path.
use jerboa_ir::passes::dominators::reverse_postorder;
use jerboa_ir::{Block, Function, Imm, Inst, Module, Op, Type, Value, ValueDef};
use std::collections::HashMap;

/// The result of the analysis.
pub struct Roots {
    slots: Vec<Option<u32>>,
    depths: HashMap<Inst, u32>,
    stale: HashMap<Inst, Vec<u32>>,
    live: HashMap<Inst, Vec<Value>>,
    /// Number of slots.
    pub count: u32,
    reserved: u32,
}

impl Roots {
    /// The slot of a value, if it is rooted.
    pub fn slot(&self, value: Value) -> Option<u32> {
        self.slots[value.index()]
    }

    /// Number of words of the frame that are in use at a safepoint.
    pub fn depth(&self, inst: Inst) -> u32 {
        self.depths.get(&inst).copied().unwrap_or(self.reserved)
    }

    /// Slots to be cleared before a safepoint.
    pub fn stale(&self, inst: Inst) -> &[u32] {
        self.stale.get(&inst).map_or(&[], Vec::as_slice)
    }

    /// The references that are live across a safepoint.
    pub fn live(&self, inst: Inst) -> &[Value] {
        self.live.get(&inst).map_or(&[], Vec::as_slice)
    }

    /// Analyses a function whose frame has at least `least` words at every safepoint, of which the first `reserved` are for
    /// something else.
    pub fn compute(module: &Module, f: &Function, least: u32, reserved: u32) -> Roots {
        let least = least.max(reserved);
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
        let slots = assign(module, f, &order, &live_in, &rooted, reserved);
        let count = slots.iter().flatten().max().map_or(0, |s| s + 1).max(least);
        let depths: HashMap<Inst, u32> = live_after
            .iter()
            .map(|(inst, values)| {
                let depth = values.iter().filter_map(|v| slots[v.index()]).max().map_or(0, |s| s + 1);
                (*inst, depth.max(least))
            })
            .collect();
        let stale = stale(f, &order, &slots, &depths, reserved..count);
        Roots { slots, depths, stale, live: live_after.into_iter().collect(), count, reserved }
    }
}

/// Whether an op may collect.
pub fn is_safepoint(op: Op) -> bool {
    op.info().effects.allocates
}

/// Whether an op is a safepoint on a slow path only, which begins with
/// [`Lower::enter_slow_path`](super::function::Lower::enter_slow_path).
pub fn is_cold(op: Op) -> bool {
    matches!(
        op,
        Op::Add
            | Op::NumAdd
            | Op::Sub
            | Op::NumSub
            | Op::BitAnd
            | Op::BitOr
            | Op::BitXor
            | Op::Inc
            | Op::Dec
            | Op::Lt
            | Op::Le
            | Op::Gt
            | Op::Ge
            | Op::ToNumeric
            | Op::ToI32
            | Op::ToF64
            | Op::BoxI32
            | Op::GetElem
            | Op::GetElemI
            | Op::SetElem
            | Op::SetElemI
    )
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
    reserved: u32,
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
    let mut busy_until = vec![u32::MAX; reserved as usize];
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

/// For each safepoint those of `managed` slots below its depth that may be stale there.
fn stale(
    f: &Function,
    order: &[Block],
    slots: &[Option<u32>],
    depths: &HashMap<Inst, u32>,
    managed: std::ops::Range<u32>,
) -> HashMap<Inst, Vec<u32>> {
    let count = managed.end as usize;
    let mut found = HashMap::new();
    // May be stale at the start of each block.
    let mut stale_in = vec![vec![false; count]; f.blocks.len()];
    stale_in[Function::ENTRY.index()].fill(true);
    let mut changed = true;
    while changed {
        changed = false;
        found.clear();
        for block in order {
            let data = f.block(*block);
            let mut stale = stale_in[block.index()].clone();
            let store = |value: Value, stale: &mut [bool]| {
                if let Some(slot) = slots[value.index()] {
                    stale[slot as usize] = false;
                }
            };
            for param in &data.params {
                store(*param, &mut stale);
            }
            for inst in &data.insts {
                if let Some(depth) = depths.get(inst) {
                    let (seen, unseen) = stale.split_at_mut(*depth as usize);
                    let slots: Vec<u32> =
                        (managed.start..*depth).filter(|slot| seen[*slot as usize]).collect();
                    if !slots.is_empty() {
                        found.insert(*inst, slots);
                    }
                    if !is_cold(f.inst(*inst).op) {
                        seen.fill(false);
                    }
                    unseen.fill(true);
                }
                if let Some(result) = f.inst(*inst).result {
                    store(result, &mut stale);
                }
            }
            for call in data.terminator.iter().flat_map(|t| t.successors()) {
                for (into, from) in stale_in[call.block.index()].iter_mut().zip(&stale) {
                    changed |= *from && !*into;
                    *into |= *from;
                }
            }
        }
    }
    found
}
