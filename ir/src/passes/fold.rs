//! Computes what integer ops make of constants, such as the first test of a loop that counts from one constant to another, and
//! drops those that change nothing, such as `| 0` where its operand is an integer anyway.
use super::cleanup::forget;
use super::dominators::reverse_postorder;
use crate::module::{Function, Imm, Module};
use crate::op::{IntCond, Op};
use crate::types::{Inst, Value};

/// Folds in all functions. The branches that are decided by it are for [`super::cleanup`].
pub fn run(module: &mut Module) {
    for f in &mut module.functions {
        let mut same_as: Vec<Value> = (0..f.values.len() as u32).map(Value).collect();
        for block in reverse_postorder(f) {
            for i in 0..f.block(block).insts.len() {
                let inst = f.block(block).insts[i];
                if let Some((op, imm)) = constant_result(f, inst) {
                    forget(f, inst);
                    let data = &mut f.insts[inst.index()];
                    (data.op, data.imm) = (op, imm);
                } else if let (Some(operand), Some(result)) =
                    (unchanged_operand(f, inst), f.inst(inst).result)
                {
                    same_as[result.index()] = operand;
                }
            }
        }
        super::cleanup::rename(f, &same_as);
    }
}

/// The constant that an instruction is equal to.
fn constant_result(f: &Function, inst: Inst) -> Option<(Op, Imm)> {
    let data = f.inst(inst);
    let operand = |i: usize| data.args.get(i).and_then(|arg| constant(f, *arg));
    let (a, b) = (operand(0)?, operand(1)?);
    if let (Op::ICmp, Imm::IntCond(cond)) = (data.op, &data.imm) {
        return Some((Op::BConst, Imm::Bool(holds(*cond, a, b))));
    }
    let result = match data.op {
        Op::IAdd => a.wrapping_add(b),
        Op::ISub => a.wrapping_sub(b),
        Op::IMul => a.wrapping_mul(b),
        Op::IDivS => a.checked_div(b)?,
        Op::IRemS => a.checked_rem(b)?,
        Op::IAnd => a & b,
        Op::IOr => a | b,
        Op::IXor => a ^ b,
        Op::IShl => a.wrapping_shl(b as u32),
        Op::ISar => a.wrapping_shr(b as u32),
        Op::IShr => (a as u32).wrapping_shr(b as u32) as i32,
        _ => return None,
    };
    Some((Op::IConst, Imm::I32(result)))
}

/// The operand that an instruction gives as it is.
fn unchanged_operand(f: &Function, inst: Inst) -> Option<Value> {
    let data = f.inst(inst);
    let neutral = match data.op {
        Op::IAdd | Op::ISub | Op::IOr | Op::IXor | Op::IShl | Op::ISar | Op::IShr => 0,
        Op::IMul => 1,
        Op::IAnd => -1,
        _ => return None,
    };
    (constant(f, *data.args.get(1)?) == Some(neutral)).then(|| data.args[0])
}

fn constant(f: &Function, value: Value) -> Option<i32> {
    match (f.definition(value)?.op, &f.definition(value)?.imm) {
        (Op::IConst, Imm::I32(i)) => Some(*i),
        _ => None,
    }
}

fn holds(cond: IntCond, a: i32, b: i32) -> bool {
    let (ua, ub) = (a as u32, b as u32);
    match cond {
        IntCond::Eq => a == b,
        IntCond::Ne => a != b,
        IntCond::Slt => a < b,
        IntCond::Sle => a <= b,
        IntCond::Sgt => a > b,
        IntCond::Sge => a >= b,
        IntCond::Ult => ua < ub,
        IntCond::Ule => ua <= ub,
        IntCond::Ugt => ua > ub,
        IntCond::Uge => ua >= ub,
    }
}
