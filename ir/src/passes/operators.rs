//! Operators on constant numbers, and what follows for branches.
//!
//! Sums and products of constants are how programs spell constants. (Integer operators, which come about later, are folded by
//! [`super::fold`].)
use crate::module::{Const, Function, Imm};
use crate::op::{Op, Terminator};
use crate::types::{Inst, Value};

/// Makes constants of the operators of a function whose operands are constant numbers.
pub(super) fn constants(f: &mut Function) {
    for b in 0..f.blocks.len() {
        for i in 0..f.blocks[b].insts.len() {
            let inst = f.blocks[b].insts[i];
            let Some(outcome) = outcome(f, inst) else { continue };
            let data = &mut f.insts[inst.index()];
            (data.op, data.imm) = match outcome {
                Outcome::Number(x) => (Op::Const, Imm::Const(Const::Number(x))),
                Outcome::Truth(truth) => (Op::BConst, Imm::Bool(truth)),
            };
            data.args.clear();
            // It does not leave by the second edge any more.
            let block = &mut f.blocks[b];
            if i + 1 == block.insts.len()
                && let Some(Terminator::Exit { next, .. }) = &block.terminator
            {
                block.terminator = Some(Terminator::Jump(next.clone()));
            }
        }
    }
}

enum Outcome {
    Number(f64),
    Truth(bool),
}

/// What an instruction computes, if it is known. NaN is left alone: it equals no constant.
fn outcome(f: &Function, inst: Inst) -> Option<Outcome> {
    let data = f.inst(inst);
    let number = |i: usize| data.args.get(i).and_then(|value| number(f, *value));
    let result = match data.op {
        Op::Neg => -number(0)?,
        Op::Add | Op::NumAdd => number(0)? + number(1)?,
        Op::Sub | Op::NumSub => number(0)? - number(1)?,
        Op::Mul | Op::NumMul => number(0)? * number(1)?,
        Op::Div => number(0)? / number(1)?,
        // As in C, the result has the sign of the dividend.
        Op::Rem => number(0)? % number(1)?,
        Op::Lt | Op::NumLt => return Some(Outcome::Truth(number(0)? < number(1)?)),
        Op::Le | Op::NumLe => return Some(Outcome::Truth(number(0)? <= number(1)?)),
        Op::Gt => return Some(Outcome::Truth(number(0)? > number(1)?)),
        Op::Ge => return Some(Outcome::Truth(number(0)? >= number(1)?)),
        Op::StrictEq | Op::LooseEq => return Some(Outcome::Truth(number(0)? == number(1)?)),
        _ => return None,
    };
    (!result.is_nan()).then_some(Outcome::Number(result))
}

fn number(f: &Function, value: Value) -> Option<f64> {
    match f.constant(value)? {
        Const::Number(x) => Some(x),
        _ => None,
    }
}
