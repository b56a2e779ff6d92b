//! Scalar replacement: an object literal that never leaves its function becomes a variable for each property.
//!
//! A literal stays at home if it is used for nothing but reading and writing the properties that it was born with, by
//! constant names. Then nobody can tell whether it exists: it has no other reference, no accessors, and its prototype is never
//! asked. Its properties become SSA values, with a block parameter wherever paths join; [`super::cleanup`]
//! removes those that turn out to be needless.
use super::dominators::Dominators;
use crate::module::{Const, Function, Imm, Module};
use crate::op::{Op, Terminator};
use crate::types::{Block, Inst, StrId, Type, Value};

/// Properties of a literal beyond which it is left alone: each may become a parameter of many blocks.
const MAX_KEYS: usize = 16;
/// Blocks of a function times properties beyond which the same holds.
const MAX_PARAMS: usize = 4096;

/// Replaces the literals of all functions.
pub fn run(module: &mut Module) {
    for function in &mut module.functions {
        // A literal in a property of another one may stay at home once that one is gone.
        while let Some((block, at)) = candidate(function) {
            replace(function, block, at);
        }
    }
}

/// A literal that stays at home: its block and its position there.
fn candidate(f: &Function) -> Option<(Block, usize)> {
    let has_literals = f.insts.iter().any(|i| i.op == Op::NewObject);
    if !has_literals {
        return None;
    }
    // Uses that are no accesses of a property by name, and the names that are accessed.
    let mut escapes = vec![false; f.values.len()];
    let mut names: Vec<Vec<StrId>> = vec![Vec::new(); f.values.len()];
    for block in &f.blocks {
        for inst in &block.insts {
            let inst = f.inst(*inst);
            let accessed = match (inst.op, &inst.imm) {
                (Op::GetProp | Op::SetProp, Imm::Str(key)) => {
                    names[inst.args[0].index()].push(*key);
                    1
                }
                _ => 0,
            };
            inst.args.iter().skip(accessed).for_each(|arg| escapes[arg.index()] = true);
        }
        if let Some(terminator) = &block.terminator {
            terminator.operand().into_iter().for_each(|v| escapes[v.index()] = true);
            terminator.successors().flat_map(|c| &c.args).for_each(|v| escapes[v.index()] = true);
        }
    }
    for (b, block) in f.blocks.iter().enumerate() {
        for (at, inst) in block.insts.iter().enumerate() {
            let inst = f.inst(*inst);
            if let (Op::NewObject, Imm::Keys(keys), Some(object)) = (inst.op, &inst.imm, inst.result)
                && !escapes[object.index()]
                && names[object.index()].iter().all(|name| keys.contains(name))
                && keys.len() <= MAX_KEYS
                && keys.len() * f.blocks.len() <= MAX_PARAMS
            {
                return Some((Block(b as u32), at));
            }
        }
    }
    None
}

/// What the properties hold at a place.
type State = Vec<Value>;

fn replace(f: &mut Function, home: Block, at: usize) {
    let literal = f.block(home).insts[at];
    let data = f.inst(literal).clone();
    let (Imm::Keys(keys), Some(object)) = (data.imm, data.result) else { return };
    let dominators = Dominators::compute(f);
    let mut incoming = vec![0; f.blocks.len()];
    for call in f.blocks.iter().filter_map(|b| b.terminator.as_ref()).flat_map(|t| t.successors()) {
        incoming[call.block.index()] += 1;
    }
    // Every way to a block below the literal's leads through that one, so all its predecessors have a state. A block
    // with one predecessor takes over the state of that one; all others have parameters.
    let mut states: Vec<Option<State>> = vec![None; f.blocks.len()];
    let mut joins = vec![false; f.blocks.len()];
    let order = dominators.reverse_postorder().to_vec();
    for block in order.iter().copied().filter(|b| *b != home && dominators.dominates(home, *b)) {
        if incoming[block.index()] > 1 {
            joins[block.index()] = true;
            let params = keys.iter().map(|_| f.add_block_param(block, Type::Val)).collect();
            states[block.index()] = Some(params);
        }
    }
    // What the results of reads turned out to be.
    let mut same_as: Vec<Option<Value>> = vec![None; f.values.len()];
    for block in order {
        let mut state = match states[block.index()].take() {
            Some(state) => state,
            None if block == home => Vec::new(),
            None => continue,
        };
        let last = f.block(block).insts.last().copied();
        let insts = std::mem::take(&mut f.blocks[block.index()].insts);
        let mut kept: Vec<Inst> = Vec::with_capacity(insts.len());
        for inst in insts {
            if inst == literal {
                state = data.args.iter().map(|a| resolve(&same_as, *a)).collect();
                forget(f, inst);
                continue;
            }
            let data = f.inst(inst);
            let slot = match (data.op, &data.imm) {
                (Op::GetProp | Op::SetProp, Imm::Str(key)) if data.args[0] == object => {
                    keys.iter().position(|k| k == key)
                }
                _ => None,
            };
            match (slot, data.op, data.result) {
                (Some(slot), Op::SetProp, _) => state[slot] = resolve(&same_as, data.args[1]),
                (Some(slot), _, Some(result)) => same_as[result.index()] = Some(state[slot]),
                _ => {
                    kept.push(inst);
                    continue;
                }
            }
            forget(f, inst);
        }
        let data = &mut f.blocks[block.index()];
        // What might have left by the second edge is gone.
        if kept.last().copied() != last
            && let Some(Terminator::Exit { next, .. }) = &data.terminator
        {
            data.terminator = Some(Terminator::Jump(next.clone()));
        }
        data.insts = kept;
        for call in data.terminator.iter_mut().flat_map(|t| t.successors_mut()) {
            let to = call.block.index();
            if joins[to] {
                call.args.extend(&state);
            } else if call.block != home && dominators.dominates(home, call.block) {
                states[to] = Some(state.clone());
            }
        }
    }
    substitute(f, &same_as);
}

/// Makes nothing of an instruction that is in no block any more, for those who look at all of a function's instructions.
fn forget(f: &mut Function, inst: Inst) {
    let data = &mut f.insts[inst.index()];
    data.op = Op::Const;
    data.imm = Imm::Const(Const::Undefined);
    data.args.clear();
}

fn resolve(same_as: &[Option<Value>], mut value: Value) -> Value {
    // Parameters that were added later are what they are.
    while let Some(other) = same_as.get(value.index()).copied().flatten() {
        value = other;
    }
    value
}

fn substitute(f: &mut Function, same_as: &[Option<Value>]) {
    for inst in &mut f.insts {
        inst.args.iter_mut().for_each(|v| *v = resolve(same_as, *v));
    }
    for terminator in f.blocks.iter_mut().filter_map(|b| b.terminator.as_mut()) {
        if let Some(value) = terminator.operand_mut() {
            *value = resolve(same_as, *value);
        }
        for call in terminator.successors_mut() {
            call.args.iter_mut().for_each(|v| *v = resolve(same_as, *v));
        }
    }
}
