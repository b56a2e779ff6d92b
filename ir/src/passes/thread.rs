//! Branches that are decided where they are come to from.
//!
//! A function that returns `a || b` and is inlined in a condition leaves a block that has the result as a parameter and only tests it.
//! On an edge where the result is known to be true or false, the edge can go where the branch goes; a block that jumps there with a
//! boolean can branch itself, and the boolean is never boxed. Known as jump threading.
//!
//! Heads of loops are left alone, so loops keep having one entry.
use super::cleanup::rename;
use super::dominators::reverse_postorder;
use crate::module::{BlockCall, Const, Function, Imm, Module, ValueDef};
use crate::op::{Op, Terminator};
use crate::types::{Block, Type, Value};

/// The most times that a function is looked at again after changes.
const MAX_ROUNDS: usize = 8;

/// Threads jumps in all functions. What is left without a use or a way to it is for [`super::cleanup`].
pub fn run(module: &mut Module) {
    for f in &mut module.functions {
        drop_conversions(f);
        for _ in 0..MAX_ROUNDS {
            if !thread(f) {
                break;
            }
        }
    }
}

/// ToBoolean of a boolean is the boolean.
fn drop_conversions(f: &mut Function) {
    let mut same_as: Vec<Value> = (0..f.values.len() as u32).map(Value).collect();
    let mut changed = false;
    for inst in f.blocks.iter().flat_map(|b| &b.insts) {
        let data = f.inst(*inst);
        if data.op == Op::ToBool
            && let Some(boxed) = f.definition(data.args[0]).filter(|d| d.op == Op::BoxBool)
            && let Some(result) = data.result
        {
            same_as[result.index()] = boxed.args[0];
            changed = true;
        }
    }
    if changed {
        rename(f, &same_as);
    }
}

/// What a block does that an edge can pass by.
enum Passage {
    /// It only jumps.
    Jump(BlockCall),
    /// It only branches on whether its parameter of this number is true.
    Test { param: usize, then: BlockCall, otherwise: BlockCall },
}

/// One round; whether something changed.
fn thread(f: &mut Function) -> bool {
    let order = reverse_postorder(f);
    let mut number = vec![usize::MAX; f.blocks.len()];
    for (i, block) in order.iter().enumerate() {
        number[block.index()] = i;
    }
    let mut incoming: Vec<Vec<(Block, usize)>> = vec![Vec::new(); f.blocks.len()];
    for block in &order {
        for (edge, call) in f.block(*block).terminator.iter().flat_map(Terminator::successors).enumerate() {
            incoming[call.block.index()].push((*block, edge));
        }
    }
    let closed = closed_blocks(f, &order);
    let mut changed = false;
    for block in order {
        let is_head =
            incoming[block.index()].iter().any(|(from, _)| number[from.index()] >= number[block.index()]);
        if block == Function::ENTRY || is_head || !closed[block.index()] {
            continue;
        }
        let Some(passage) = passage(f, block) else { continue };
        if let Passage::Jump(onward) = &passage {
            // Only for what is tested there.
            let tested = match self::passage(f, onward.block) {
                Some(Passage::Test { param, .. }) => onward.args[param],
                _ => continue,
            };
            if !closed[onward.block.index()] || !f.block(block).params.contains(&tested) {
                continue;
            }
        }
        for (from, edge) in &incoming[block.index()] {
            changed |= pass_by(f, *from, *edge, block, &passage);
        }
    }
    changed
}

/// The blocks of which no other one uses a value.
fn closed_blocks(f: &Function, order: &[Block]) -> Vec<bool> {
    let mut home = vec![None; f.values.len()];
    for block in order {
        let data = f.block(*block);
        let results = data.insts.iter().filter_map(|inst| f.inst(*inst).result);
        for value in data.params.iter().copied().chain(results) {
            home[value.index()] = Some(*block);
        }
    }
    let mut closed = vec![true; f.blocks.len()];
    for block in order {
        let data = f.block(*block);
        let operands = data.insts.iter().flat_map(|inst| &f.inst(*inst).args).copied();
        let passed =
            data.terminator.iter().flat_map(Terminator::successors).flat_map(|call| &call.args).copied();
        let tested = data.terminator.iter().filter_map(Terminator::operand);
        for value in operands.chain(passed).chain(tested) {
            if let Some(home) = home[value.index()].filter(|home| home != block) {
                closed[home.index()] = false;
            }
        }
    }
    closed
}

fn passage(f: &Function, block: Block) -> Option<Passage> {
    let data = f.block(block);
    match data.terminator.as_ref()? {
        Terminator::Jump(call) if data.insts.is_empty() && call.block != block => {
            Some(Passage::Jump(call.clone()))
        }
        Terminator::Branch { cond, then, otherwise } => {
            let (tested, negated) = tested(f, *cond);
            let param = data.params.iter().position(|param| *param == tested)?;
            let only_tests = data.insts.iter().all(|inst| matches!(f.inst(*inst).op, Op::ToBool | Op::Not));
            // What it computes is not there for who passes by.
            let passes = then.args.iter().chain(&otherwise.args).any(|arg| {
                matches!(f.values[arg.index()].def, ValueDef::Result(inst) if data.insts.contains(&inst))
            });
            if !only_tests || passes {
                return None;
            }
            let (then, otherwise) = if negated { (otherwise, then) } else { (then, otherwise) };
            Some(Passage::Test { param, then: then.clone(), otherwise: otherwise.clone() })
        }
        _ => None,
    }
}

/// Lets an edge to a block go where the block goes; whether it could.
fn pass_by(f: &mut Function, from: Block, edge: usize, block: Block, passage: &Passage) -> bool {
    let terminator = f.block(from).terminator.as_ref();
    let Some(terminator @ (Terminator::Jump(_) | Terminator::Branch { .. })) = terminator else {
        return false;
    };
    // An edge before it may have made another one of it.
    let Some(call) = terminator.successors().nth(edge).filter(|call| call.block == block) else {
        return false;
    };
    let params = &f.block(block).params;
    let onward = |to: &BlockCall| {
        let value = |arg: &Value| params.iter().position(|param| param == arg).map_or(*arg, |i| call.args[i]);
        BlockCall { block: to.block, args: to.args.iter().map(value).collect() }
    };
    let to = match passage {
        Passage::Jump(to) => onward(to),
        Passage::Test { param, then, otherwise } => {
            let arg = call.args[*param];
            match truth(f, terminator, edge, arg) {
                Some(true) => onward(then),
                Some(false) => onward(otherwise),
                None => {
                    let Some(cond) = boolean(f, arg) else { return false };
                    if !matches!(terminator, Terminator::Jump(_)) {
                        return false;
                    }
                    let branch =
                        Terminator::Branch { cond, then: onward(then), otherwise: onward(otherwise) };
                    let loc = f.block(block).loc;
                    let data = &mut f.blocks[from.index()];
                    (data.terminator, data.loc) = (Some(branch), loc);
                    return true;
                }
            }
        }
    };
    let call = f.blocks[from.index()].terminator.as_mut().and_then(|t| t.successors_mut().nth(edge));
    if let Some(call) = call {
        *call = to;
    }
    true
}

/// Whether a value is true on an edge, if that is known.
fn truth(f: &Function, terminator: &Terminator, edge: usize, value: Value) -> Option<bool> {
    let (value, negated) = tested(f, value);
    if let Terminator::Branch { cond, .. } = terminator {
        let (decided, opposite) = tested(f, *cond);
        if decided == value {
            return Some((edge == 0) ^ opposite ^ negated);
        }
    }
    let definition = f.definition(value)?;
    let truth = match (definition.op, &definition.imm) {
        (Op::BConst, Imm::Bool(truth)) | (Op::Const, Imm::Const(Const::Bool(truth))) => *truth,
        (Op::Const, Imm::Const(Const::Undefined | Const::Null)) => false,
        (Op::Const, Imm::Const(Const::Number(x))) => *x != 0.0 && !x.is_nan(),
        (Op::Closure | Op::NewObject | Op::NewArray, _) => true,
        _ => return None,
    };
    Some(truth ^ negated)
}

/// The value whose truth decides that of another one, and whether they are opposites.
fn tested(f: &Function, mut value: Value) -> (Value, bool) {
    let mut negated = false;
    while let Some(definition) = f.definition(value) {
        match definition.op {
            Op::ToBool | Op::BoxBool => {}
            Op::Not => negated = !negated,
            _ => break,
        }
        value = definition.args[0];
    }
    (value, negated)
}

/// A value as a machine boolean, if there is one.
fn boolean(f: &Function, value: Value) -> Option<Value> {
    if f.ty(value) == Type::Bool {
        return Some(value);
    }
    f.definition(value).filter(|d| d.op == Op::BoxBool).map(|d| d.args[0])
}
