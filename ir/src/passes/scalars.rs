//! Scalar replacement: an object literal that never leaves its function becomes a variable for each property. The same goes for
//! shared variables (cells) and closures.
//!
//! A literal stays at home if it is used for nothing but reading and writing the properties that it was born with, by
//! constant names. Then nobody can tell whether it exists: it has no other reference, no accessors, and its prototype is never
//! asked. A cell stays at home if it is only loaded and stored, a closure if only its captured values are: once
//! [`super::inline`] has put its body in the place of all of its calls. What they hold becomes SSA values, with a block parameter wherever
//! paths join; [`super::cleanup`] removes those that turn out to be needless.
use super::cleanup::forget;
use super::dominators::Dominators;
use crate::module::{Function, Imm, InstData, Module, ValueDef};
use crate::op::{Op, Terminator};
use crate::types::{Block, FuncId, Inst, Type, Value};
use std::collections::HashSet;

/// Properties of a literal beyond which it is left alone: each may become a parameter of many blocks.
const MAX_KEYS: usize = 16;
/// Blocks of a function times properties beyond which the same holds.
const MAX_PARAMS: usize = 4096;

/// Replaces the literals, cells and closures of all functions.
pub fn run(module: &mut Module) {
    forward_captures(module);
    for function in &mut module.functions {
        // A literal in a property of another one may stay at home once that one is gone.
        while let Some((block, at)) = candidate(function) {
            replace(function, block, at);
        }
    }
}

/// Number of slots of what an instruction makes, if it can be replaced.
fn slots(inst: &InstData) -> Option<usize> {
    match (inst.op, &inst.imm) {
        (Op::NewObject, Imm::Keys(keys)) => Some(keys.len()),
        (Op::NewCell | Op::Closure, _) => Some(inst.args.len()),
        _ => None,
    }
}

/// The slot of an object made by `home` that an instruction reads or writes, if it does nothing else with it.
fn slot(home: &InstData, inst: &InstData) -> Option<usize> {
    match (home.op, inst.op, &home.imm, &inst.imm) {
        (Op::NewObject, Op::GetProp | Op::SetProp, Imm::Keys(keys), Imm::Str(key)) => {
            keys.iter().position(|k| k == key)
        }
        (Op::NewCell, Op::LoadCell | Op::StoreCell, ..) => Some(0),
        (Op::Closure, Op::LoadCapture | Op::StoreCapture, _, Imm::Index(k)) => {
            Some(*k as usize).filter(|k| *k < home.args.len())
        }
        _ => None,
    }
}

/// A literal that stays at home: its block and its position there.
fn candidate(f: &Function) -> Option<(Block, usize)> {
    if !f.insts.iter().any(|i| slots(i).is_some()) {
        return None;
    }
    let mut escapes = vec![false; f.values.len()];
    let made_by = |value: Value| match f.values[value.index()].def {
        ValueDef::Result(inst) => Some(f.inst(inst)).filter(|home| slots(home).is_some()),
        ValueDef::Param(..) => None,
    };
    for block in &f.blocks {
        for inst in &block.insts {
            let inst = f.inst(*inst);
            let object = inst.args.first().and_then(|object| made_by(*object));
            let accessed = usize::from(object.is_some_and(|home| slot(home, inst).is_some()));
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
            if let (Some(slots), Some(object)) = (slots(inst), inst.result)
                && !escapes[object.index()]
                && slots <= MAX_KEYS
                && slots * f.blocks.len() <= MAX_PARAMS
            {
                return Some((Block(b as u32), at));
            }
        }
    }
    None
}

/// Replaces the captured values of closures that were made in the same function, as far as nothing overwrites them, also
/// where the closure goes elsewhere, too.
fn forward_captures(module: &mut Module) {
    let Some(stored) = stored_captures(module) else { return };
    for f in &mut module.functions {
        let mut same_as: Vec<Option<Value>> = vec![None; f.values.len()];
        for b in 0..f.blocks.len() {
            let insts = std::mem::take(&mut f.blocks[b].insts);
            let mut kept = Vec::with_capacity(insts.len());
            for inst in insts {
                let data = f.inst(inst);
                let captured = match (data.op, &data.imm) {
                    (Op::LoadCapture, Imm::Index(k)) => captured(f, &stored, data.args[0], *k),
                    _ => None,
                };
                match (captured, data.result) {
                    (Some(captured), Some(result)) => {
                        same_as[result.index()] = Some(captured);
                        forget(f, inst);
                    }
                    _ => kept.push(inst),
                }
            }
            f.blocks[b].insts = kept;
        }
        if same_as.iter().any(Option::is_some) {
            substitute(f, &same_as);
        }
    }
}

/// What a closure captured, if it is made in this function.
fn captured(f: &Function, stored: &HashSet<(FuncId, u32)>, closure: Value, k: u32) -> Option<Value> {
    let ValueDef::Result(home) = f.values[closure.index()].def else { return None };
    match (f.inst(home).op, &f.inst(home).imm) {
        (Op::Closure, Imm::Func(callee)) if !stored.contains(&(*callee, k)) => {
            f.inst(home).args.get(k as usize).copied()
        }
        _ => None,
    }
}

/// The captured values that are overwritten, by function and position; `None` if that is not known.
fn stored_captures(module: &Module) -> Option<HashSet<(FuncId, u32)>> {
    let mut stored = HashSet::new();
    for (i, f) in module.functions.iter().enumerate() {
        for inst in f.blocks.iter().flat_map(|b| &b.insts).map(|inst| f.inst(*inst)) {
            let (Op::StoreCapture, Imm::Index(k)) = (inst.op, &inst.imm) else { continue };
            let is_callee = |value: Value| match f.values[value.index()].def {
                ValueDef::Param(Function::ENTRY, at) => {
                    f.signature.params[at as usize].kind == crate::module::ParamKind::Callee
                }
                _ => false,
            };
            match f.values[inst.args[0].index()].def {
                _ if is_callee(inst.args[0]) => stored.insert((FuncId(i as u32), *k)),
                ValueDef::Result(home) => match f.inst(home).imm {
                    Imm::Func(callee) if f.inst(home).op == Op::Closure => stored.insert((callee, *k)),
                    _ => return None,
                },
                ValueDef::Param(..) => return None,
            };
        }
    }
    Some(stored)
}

/// What the slots hold at a place; those that nothing loads hold nothing where paths join.
type State = Vec<Option<Value>>;

/// Which slots of an object are loaded at all.
fn loaded_slots(f: &Function, home: &InstData, object: Value, slots: usize) -> Vec<bool> {
    let mut loaded = vec![false; slots];
    for inst in f.blocks.iter().flat_map(|b| &b.insts).map(|inst| f.inst(*inst)) {
        if inst.args.first() == Some(&object)
            && inst.result.is_some()
            && let Some(slot) = slot(home, inst)
        {
            loaded[slot] = true;
        }
    }
    loaded
}

fn replace(f: &mut Function, home: Block, at: usize) {
    let literal = f.block(home).insts[at];
    let data = f.inst(literal).clone();
    let (Some(slots), Some(object)) = (slots(&data), data.result) else { return };
    let dominators = Dominators::compute(f);
    let mut incoming = vec![0; f.blocks.len()];
    for call in f.blocks.iter().filter_map(|b| b.terminator.as_ref()).flat_map(|t| t.successors()) {
        incoming[call.block.index()] += 1;
    }
    // Every way to a block below the literal's leads through that one, so all its predecessors have a state. A block
    // with one predecessor takes over the state of that one; all others have parameters.
    let loaded = loaded_slots(f, &data, object, slots);
    let mut states: Vec<Option<State>> = vec![None; f.blocks.len()];
    let mut joins = vec![false; f.blocks.len()];
    let order = dominators.reverse_postorder().to_vec();
    for block in order.iter().copied().filter(|b| *b != home && dominators.dominates(home, *b)) {
        if incoming[block.index()] > 1 {
            joins[block.index()] = true;
            let params = loaded.iter().map(|loaded| loaded.then(|| f.add_block_param(block, Type::Val)));
            states[block.index()] = Some(params.collect());
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
                state = data.args.iter().map(|a| Some(resolve(&same_as, *a))).collect();
                forget(f, inst);
                continue;
            }
            let access = f.inst(inst);
            let slot = if access.args.first() == Some(&object) { slot(&data, access) } else { None };
            match (slot, access.result) {
                (Some(slot), None) => state[slot] = Some(resolve(&same_as, access.args[1])),
                (Some(slot), Some(result)) => same_as[result.index()] = state[slot],
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
                let held = state.iter().zip(&loaded).filter(|(_, loaded)| **loaded);
                call.args.extend(held.filter_map(|(value, _)| *value));
            } else if call.block != home && dominators.dominates(home, call.block) {
                states[to] = Some(state.clone());
            }
        }
    }
    substitute(f, &same_as);
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
