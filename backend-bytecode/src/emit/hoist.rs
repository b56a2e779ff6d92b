//! Constants out of loops.
//!
//! The IR has its constants where they are used, since most become immediates. One that needs a register is
//! loaded there again in each turn of a loop; here it moves to the nearest block outside of all loops that dominates its
//! uses, and equal ones become one. The number is limited: a register costs a word of the stack, and a tagged one is cleared
//! at each call of the function.
use super::order::Order;
use super::select::{Selection, takes_window};
use jerboa_ir::passes::dominators::Dominators;
use jerboa_ir::{Block, Function, Inst, Terminator, Type, Value};

/// Most tagged registers for constants in a function.
const MAX_TAGGED: usize = 4;
/// Most raw ones.
const MAX_RAW: usize = 12;

/// The function with the constants of its loops moved, if it has any.
pub(super) fn constants(function: &Function, selection: &Selection<'_>, order: &Order) -> Option<Function> {
    let found = find(function, selection, order);
    if found.is_empty() {
        return None;
    }
    let dominators = Dominators::compute(function);
    let mut function = function.clone();
    let mut moved: Vec<Type> = Vec::new();
    let mut same: Vec<Option<Value>> = vec![None; function.values.len()];
    for (block, inst) in found {
        let mut target = block;
        while order.depth[target.index()] > 0 {
            let Some(above) = dominators.immediate(target) else { break };
            target = above;
        }
        if order.depth[target.index()] > 0 {
            continue;
        }
        let data = function.inst(inst);
        let Some(result) = data.result else { continue };
        let earlier = function.block(target).insts.iter().find_map(|other| {
            let other = function.inst(*other);
            let equal = other.op == data.op && other.args.is_empty() && other.imm == data.imm;
            other.result.filter(|value| equal && selection.in_register[value.index()])
        });
        let ty = function.ty(result);
        let tagged = ty == Type::Val;
        let count = moved.iter().filter(|ty| (**ty == Type::Val) == tagged).count();
        if earlier.is_none() && count >= if tagged { MAX_TAGGED } else { MAX_RAW } {
            continue;
        }
        function.blocks[block.index()].insts.retain(|i| *i != inst);
        if earlier.is_some() {
            same[result.index()] = earlier;
            continue;
        }
        let data = &mut function.blocks[target.index()];
        // The last instruction before an exit is the one that exits.
        let exits = matches!(data.terminator, Some(Terminator::Exit { .. }));
        let at = data.insts.len().saturating_sub(usize::from(exits));
        data.insts.insert(at, inst);
        moved.push(ty);
    }
    let rename = |value: &mut Value| {
        if let Some(earlier) = same[value.index()] {
            *value = earlier;
        }
    };
    for inst in &mut function.insts {
        inst.args.iter_mut().for_each(rename);
    }
    for terminator in function.blocks.iter_mut().filter_map(|b| b.terminator.as_mut()) {
        terminator.operand_mut().into_iter().for_each(rename);
        terminator.successors_mut().flat_map(|call| &mut call.args).for_each(rename);
    }
    Some(function)
}

/// The constants in loops that an instruction reads from a register.
fn find(function: &Function, selection: &Selection<'_>, order: &Order) -> Vec<(Block, Inst)> {
    let mut found = Vec::new();
    for block in order.blocks.iter().filter(|b| order.depth[b.index()] > 0) {
        for inst in &function.block(*block).insts {
            let data = function.inst(*inst);
            // Operands of a call are loaded where the callee expects them.
            let constant = data.args.is_empty()
                && !takes_window(data.op)
                && !selection.folded[inst.index()]
                && data.result.is_some_and(|result| {
                    selection.constants[result.index()].is_some() && selection.in_register[result.index()]
                });
            if constant {
                found.push((*block, *inst));
            }
        }
    }
    found
}
