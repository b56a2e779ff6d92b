//! Removes what nothing needs: operators on constants, decided branches, unreachable blocks, block parameters that always have the same value, blocks that go
//! on in one other that nothing else leads to, unused instructions, unused functions.
use super::dominators::reverse_postorder;
use super::operators;
use crate::module::{BlockCall, Const, Function, Imm, Module, ValueDef};
use crate::op::{Op, Terminator};
use crate::types::{Block, FuncId, Inst, Value};

/// Cleans all functions.
pub fn run(module: &mut Module) {
    for function in &mut module.functions {
        operators::constants(function);
        decide_branches(function);
        clear_unreachable(function);
        remove_trivial_params(function);
        join_blocks(function);
        remove_unused(function);
    }
}

/// Makes nothing of an instruction that is in no block any more, for those who look at all of a function's instructions.
pub(super) fn forget(f: &mut Function, inst: Inst) {
    let data = &mut f.insts[inst.index()];
    data.op = Op::Const;
    data.imm = Imm::Const(Const::Undefined);
    data.args.clear();
}

/// Removes the functions that nothing can reach. The others get new numbers.
pub fn remove_unused_functions(module: &mut Module) {
    let Some(entry) = module.entry else { return };
    let mut used = vec![false; module.functions.len()];
    let mut work = vec![entry];
    while let Some(id) = work.pop() {
        if std::mem::replace(&mut used[id.index()], true) {
            continue;
        }
        let f = module.function(id);
        for inst in f.blocks.iter().flat_map(|b| &b.insts) {
            if let Imm::Func(callee) = f.inst(*inst).imm {
                work.push(callee);
            }
        }
    }
    if used.iter().all(|used| *used) {
        return;
    }
    let mut numbers = Vec::with_capacity(used.len());
    let mut kept = 0;
    for used in &used {
        numbers.push(used.then_some(FuncId(kept)));
        kept += u32::from(*used);
    }
    let mut position = 0;
    module.functions.retain(|_| {
        position += 1;
        used[position - 1]
    });
    module.entry = numbers[entry.index()];
    let texts = std::mem::take(&mut module.expression_texts);
    let texts = texts.into_iter().filter_map(|((f, loc), text)| Some(((numbers[f.index()]?, loc), text)));
    module.expression_texts = texts.collect();
    for f in &mut module.functions {
        for i in 0..f.insts.len() {
            let Imm::Func(callee) = f.insts[i].imm else { continue };
            match numbers[callee.index()] {
                Some(number) => f.insts[i].imm = Imm::Func(number),
                // It stands in no block.
                None => forget(f, Inst(i as u32)),
            }
        }
    }
}

/// Makes jumps of branches whose condition is known, and removes checks that always hold.
fn decide_branches(f: &mut Function) {
    for b in 0..f.blocks.len() {
        let insts = std::mem::take(&mut f.blocks[b].insts);
        let last = insts.last().copied();
        let mut kept = Vec::with_capacity(insts.len());
        for inst in insts {
            let data = f.inst(inst);
            let operand = data.args.first().map(|a| known(f, *a));
            let outcome = match (data.op, operand) {
                (Op::IsUndefined, Some(Known::Const(c))) => Some(c == Const::Undefined),
                (Op::IsNullish, Some(Known::Const(c))) => Some(matches!(c, Const::Undefined | Const::Null)),
                (Op::IsEmpty, Some(Known::Const(c))) => Some(c == Const::Empty),
                (Op::IsUndefined | Op::IsNullish | Op::IsEmpty, Some(Known::Object)) => Some(false),
                (Op::ToBool, Some(Known::Object)) => Some(true),
                (Op::CheckInit, Some(Known::Object)) => {
                    forget(f, inst);
                    continue;
                }
                _ => None,
            };
            if let Some(outcome) = outcome {
                let data = &mut f.insts[inst.index()];
                (data.op, data.imm) = (Op::BConst, Imm::Bool(outcome));
                data.args.clear();
            }
            kept.push(inst);
        }
        let block = &mut f.blocks[b];
        // What might have left by the second edge is gone.
        if kept.last().copied() != last
            && let Some(Terminator::Exit { next, .. }) = &block.terminator
        {
            block.terminator = Some(Terminator::Jump(next.clone()));
        }
        block.insts = kept;
        let Some(Terminator::Branch { cond, then, otherwise }) = &f.blocks[b].terminator else { continue };
        let ValueDef::Result(cond) = f.values[cond.index()].def else { continue };
        let outcome = match (f.inst(cond).op, &f.inst(cond).imm) {
            (Op::BConst, Imm::Bool(true)) => then,
            (Op::BConst, Imm::Bool(false)) => otherwise,
            _ => continue,
        };
        f.blocks[b].terminator = Some(Terminator::Jump(outcome.clone()));
    }
}

/// What is plain to see of a value.
#[derive(Clone, Copy)]
enum Known {
    Const(Const),
    Object,
    Nothing,
}

fn known(f: &Function, value: Value) -> Known {
    let ValueDef::Result(inst) = f.values[value.index()].def else { return Known::Nothing };
    match (f.inst(inst).op, &f.inst(inst).imm) {
        (Op::Const, Imm::Const(c)) => Known::Const(*c),
        (Op::Closure | Op::NewObject | Op::NewArray, _) => Known::Object,
        _ => Known::Nothing,
    }
}

/// Appends blocks that are entered by one jump only to the block that ends in it.
fn join_blocks(f: &mut Function) {
    let mut incoming = vec![0; f.blocks.len()];
    for call in f.blocks.iter().filter_map(|b| b.terminator.as_ref()).flat_map(|t| t.successors()) {
        incoming[call.block.index()] += 1;
    }
    for b in 0..f.blocks.len() {
        while let Some(Terminator::Jump(BlockCall { block: next, args })) = &f.blocks[b].terminator {
            let next = next.index();
            // Parameters that are left have an argument that can not stand for them.
            if next == b || incoming[next] != 1 || !args.is_empty() {
                break;
            }
            // `catch` begins its block.
            let first = f.blocks[next].insts.first();
            if first.is_some_and(|inst| f.inst(*inst).op == Op::Catch) {
                break;
            }
            let insts = std::mem::take(&mut f.blocks[next].insts);
            let terminator = f.blocks[next].terminator.replace(Terminator::Unreachable);
            let loc = f.blocks[next].loc;
            let block = &mut f.blocks[b];
            block.insts.extend(insts);
            (block.terminator, block.loc) = (terminator, loc);
        }
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
    rename(f, &same_as);
}

/// Uses in the place of each value the one that it is the same as, followed to the end.
pub(super) fn rename(f: &mut Function, same_as: &[Value]) {
    let fix = |v: &mut Value| *v = resolve(same_as, *v);
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
