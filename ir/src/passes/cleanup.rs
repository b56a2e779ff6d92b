//! Removes what nothing needs: unreachable blocks, block parameters that always have the same value, unused instructions.
use super::dominators::reverse_postorder;
use crate::module::{Function, Module, ValueDef};
use crate::op::Terminator;
use crate::types::{Block, Value};

/// Cleans all functions.
pub fn run(module: &mut Module) {
    for function in &mut module.functions {
        clear_unreachable(function);
        remove_trivial_params(function);
        remove_unused(function);
    }
}

/// Empties blocks that can not be reached; their numbers stay.
fn clear_unreachable(f: &mut Function) {
    let mut reached = vec![false; f.blocks.len()];
    for block in reverse_postorder(f) {
        reached[block.index()] = true;
    }
    for (data, reached) in f.blocks.iter_mut().zip(reached) {
        if !reached {
            data.insts.clear();
            data.params.clear();
            data.terminator = Some(Terminator::Unreachable);
        }
    }
}

/// A parameter whose arguments are all the same value (or itself) is that value.
fn remove_trivial_params(f: &mut Function) {
    // What each value turned out to be; followed to the end by `resolve`.
    let mut same_as: Vec<Value> = (0..f.values.len() as u32).map(Value).collect();
    let mut incoming: Vec<Vec<(Block, usize)>> = vec![Vec::new(); f.blocks.len()];
    for (b, block) in f.blocks.iter().enumerate() {
        for (edge, call) in block.terminator.iter().flat_map(|t| t.successors()).enumerate() {
            incoming[call.block.index()].push((Block(b as u32), edge));
        }
    }
    let mut changed = true;
    while changed {
        changed = false;
        for (b, incoming) in incoming.iter().enumerate().skip(1) {
            let mut i = 0;
            while i < f.blocks[b].params.len() {
                let param = f.blocks[b].params[i];
                let args = incoming.iter().map(|(from, edge)| {
                    let call = f.block(*from).terminator.as_ref().and_then(|t| t.successors().nth(*edge));
                    resolve(&same_as, call.map_or(param, |c| c.args[i]))
                });
                let mut only = None;
                let mut trivial = true;
                for arg in args {
                    if arg != param && only != Some(arg) {
                        trivial &= only.is_none();
                        only = Some(arg);
                    }
                }
                // The result of an instruction that leaves its block by the exit edge has no value there, but the
                // verifier has refused arguments of that sort.
                match only {
                    Some(value) if trivial && !is_late(f, incoming, value) => {
                        same_as[param.index()] = value;
                        f.blocks[b].params.remove(i);
                        for (from, edge) in incoming {
                            let terminator = f.blocks[from.index()].terminator.as_mut();
                            if let Some(call) = terminator.and_then(|t| t.successors_mut().nth(*edge)) {
                                call.args.remove(i);
                            }
                        }
                        changed = true;
                    }
                    _ => i += 1,
                }
            }
        }
    }
    renumber_params(f);
    let fix = |v: &mut Value| *v = resolve(&same_as, *v);
    for inst in &mut f.insts {
        inst.args.iter_mut().for_each(fix);
    }
    for terminator in f.blocks.iter_mut().filter_map(|b| b.terminator.as_mut()) {
        if let Some(value) = terminator.operand_mut() {
            fix(value);
        }
        for call in terminator.successors_mut() {
            call.args.iter_mut().for_each(fix);
        }
    }
}

/// Whether the value is the result of the last instruction of a predecessor whose both edges lead to the block: it is
/// passed on one of them only, and must stay a parameter.
fn is_late(f: &Function, incoming: &[(Block, usize)], value: Value) -> bool {
    incoming.iter().any(|(from, _)| {
        let block = f.block(*from);
        let last = block.insts.last().and_then(|i| f.inst(*i).result);
        matches!(&block.terminator, Some(Terminator::Exit { next, exit }) if next.block == exit.block)
            && last == Some(value)
    })
}

fn resolve(same_as: &[Value], mut value: Value) -> Value {
    while same_as[value.index()] != value {
        value = same_as[value.index()];
    }
    value
}

fn renumber_params(f: &mut Function) {
    for b in 0..f.blocks.len() {
        for i in 0..f.blocks[b].params.len() {
            let param = f.blocks[b].params[i];
            f.values[param.index()].def = ValueDef::Param(Block(b as u32), i as u32);
        }
    }
}

/// Removes instructions without effects whose result nothing uses, and parameters that only feed such.
fn remove_unused(f: &mut Function) {
    let mut used = vec![false; f.values.len()];
    let mut work: Vec<Value> = Vec::new();
    for block in &f.blocks {
        for inst in &block.insts {
            let inst = f.inst(*inst);
            if !inst.op.info().effects.removable() {
                work.extend(&inst.args);
            }
        }
        work.extend(block.terminator.iter().filter_map(|t| t.operand()));
    }
    work.extend(&f.block(Function::ENTRY).params);
    let mut arguments: Vec<Vec<Value>> = vec![Vec::new(); f.values.len()];
    for call in f.blocks.iter().filter_map(|b| b.terminator.as_ref()).flat_map(|t| t.successors()) {
        for (param, arg) in f.block(call.block).params.iter().zip(&call.args) {
            arguments[param.index()].push(*arg);
        }
    }
    while let Some(value) = work.pop() {
        if std::mem::replace(&mut used[value.index()], true) {
            continue;
        }
        match f.values[value.index()].def {
            ValueDef::Result(inst) => work.extend(&f.inst(inst).args),
            ValueDef::Param(..) => work.extend(&arguments[value.index()]),
        }
    }
    for b in 0..f.blocks.len() {
        let insts = std::mem::take(&mut f.blocks[b].insts);
        f.blocks[b].insts = insts
            .into_iter()
            .filter(|inst| {
                let inst = f.inst(*inst);
                !inst.op.info().effects.removable() || inst.result.is_none_or(|r| used[r.index()])
            })
            .collect();
        let keep: Vec<bool> = f.blocks[b].params.iter().map(|p| used[p.index()]).collect();
        if keep.iter().all(|k| *k) {
            continue;
        }
        let mut kept = keep.iter();
        f.blocks[b].params.retain(|_| kept.next().copied().unwrap_or(true));
        for terminator in f.blocks.iter_mut().filter_map(|b| b.terminator.as_mut()) {
            for call in terminator.successors_mut().filter(|c| c.block.index() == b) {
                let mut kept = keep.iter();
                call.args.retain(|_| kept.next().copied().unwrap_or(true));
            }
        }
    }
    renumber_params(f);
}
