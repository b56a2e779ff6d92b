//! Comparisons that an earlier one decides.
//!
//! What a loop around a loop has tested, the inner one often tests again in its first turn: `while (lo < hi) { i = lo; j = hi; while
//! (i <= j) …`. Here each block knows which comparisons hold wherever it is entered from, in terms of its parameters.
//!
//! Facts flow forwards once. Of an edge that goes back, only the branch that takes it is known; that is enough for loops that are
//! tested at their ends.
use super::cleanup::forget;
use super::dominators::reverse_postorder;
use crate::module::{Function, Imm, Module, ValueDef};
use crate::op::{IntCond, Op, Terminator};
use crate::types::{Block, Inst, Value};

/// Most facts that are remembered at a time.
const MAX_FACTS: usize = 12;

/// `a < b`, or `a <= b`, of machine integers or of numbers. It is false if one is NaN.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Ordering {
    a: Value,
    b: Value,
    or_equal: bool,
}

impl Ordering {
    /// What is false where this is true, and true where this is false if all operands are ordered.
    fn opposite(self) -> Ordering {
        Ordering { a: self.b, b: self.a, or_equal: !self.or_equal }
    }
}

/// Decides comparisons in all functions. The branches that are decided by it are for [`super::cleanup`].
pub fn run(module: &mut Module) {
    for f in &mut module.functions {
        decide(f);
    }
}

fn decide(f: &mut Function) {
    let order = reverse_postorder(f);
    let mut incoming: Vec<Vec<(Block, usize)>> = vec![Vec::new(); f.blocks.len()];
    for block in &order {
        for (edge, call) in f.block(*block).terminator.iter().flat_map(Terminator::successors).enumerate() {
            incoming[call.block.index()].push((*block, edge));
        }
    }
    let mut known: Vec<Option<Vec<Ordering>>> = vec![None; f.blocks.len()];
    for block in order {
        let mut edges = incoming[block.index()].iter().map(|(from, edge)| {
            let inherited = known[from.index()].as_deref().unwrap_or_default();
            facts_of_edge(f, *from, *edge, inherited)
        });
        let first = if block == Function::ENTRY { None } else { edges.next() };
        let mut facts = first.unwrap_or_default();
        for other in edges {
            facts.retain(|fact| other.contains(fact));
        }
        for i in 0..f.block(block).insts.len() {
            let inst = f.block(block).insts[i];
            let Some(asked) = comparison(f, inst) else { continue };
            let outcome = facts.contains(&asked);
            if outcome || facts.contains(&asked.opposite()) {
                forget(f, inst);
                let data = &mut f.insts[inst.index()];
                (data.op, data.imm) = (Op::BConst, Imm::Bool(outcome));
            }
        }
        known[block.index()] = Some(facts);
    }
}

/// What holds where an edge is taken, of values and of the parameters that they become.
fn facts_of_edge(f: &Function, from: Block, edge: usize, inherited: &[Ordering]) -> Vec<Ordering> {
    let Some(terminator) = &f.block(from).terminator else { return Vec::new() };
    let mut facts = inherited.to_vec();
    if let Terminator::Branch { cond, .. } = terminator
        && let ValueDef::Result(inst) = f.values[cond.index()].def
        && let Some(ordering) = comparison(f, inst)
    {
        // The first successor is where the condition holds. Numbers need not be ordered.
        match edge == 0 {
            true => facts.insert(0, ordering),
            false if f.inst(inst).op == Op::ICmp => facts.insert(0, ordering.opposite()),
            false => {}
        }
    }
    let Some(call) = terminator.successors().nth(edge) else { return Vec::new() };
    let params = &f.block(call.block).params;
    // A parameter of the block itself is about to become another value.
    let names = |value: Value| {
        let passed = params.iter().zip(&call.args).filter(move |(_, arg)| **arg == value);
        passed.map(|(param, _)| *param).chain((!params.contains(&value)).then_some(value))
    };
    let mut all = Vec::new();
    for fact in facts {
        for a in names(fact.a) {
            for b in names(fact.b) {
                all.push(Ordering { a, b, ..fact });
                if !fact.or_equal {
                    all.push(Ordering { a, b, or_equal: true });
                }
            }
        }
    }
    all.truncate(MAX_FACTS);
    all
}

/// The ordering that an instruction tests.
fn comparison(f: &Function, inst: Inst) -> Option<Ordering> {
    let data = f.inst(inst);
    let (or_equal, swapped) = match (data.op, &data.imm) {
        (Op::NumLt, _) | (Op::ICmp, Imm::IntCond(IntCond::Slt)) => (false, false),
        (Op::NumLe, _) | (Op::ICmp, Imm::IntCond(IntCond::Sle)) => (true, false),
        (Op::ICmp, Imm::IntCond(IntCond::Sgt)) => (false, true),
        (Op::ICmp, Imm::IntCond(IntCond::Sge)) => (true, true),
        _ => return None,
    };
    let (a, b) = if swapped { (data.args[1], data.args[0]) } else { (data.args[0], data.args[1]) };
    Some(Ordering { a, b, or_equal })
}
