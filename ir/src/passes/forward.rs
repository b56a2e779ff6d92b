//! Forwards what cells and module variables are known to hold.
//!
//! A load of a variable that was stored or loaded before, with nothing between that may store it, is the value of then. What may run
//! code of the program may store all of them; two cells may be the same one. Known is what holds at the end of a block's only
//! predecessor, so extended basic blocks are followed and joins are not.
use super::dominators::reverse_postorder;
use crate::module::{Function, Imm, Module};
use crate::op::Op;
use crate::types::{Block, Value};

/// A variable in memory.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Place {
    /// The content of a cell.
    Cell(Value),
    /// A module variable, by number.
    Global(u32),
}

/// The places whose content is known; there are few.
type Known = Vec<(Place, Value)>;

/// Forwards in all functions. The loads that are left without a use are for [`super::cleanup`].
pub fn run(module: &mut Module) {
    for function in &mut module.functions {
        forward(function);
    }
}

fn forward(f: &mut Function) {
    let mut same_as: Vec<Value> = (0..f.values.len() as u32).map(Value).collect();
    let predecessors = sole_predecessors(f);
    let mut at_end: Vec<Known> = vec![Known::new(); f.blocks.len()];
    let mut changed = false;
    for block in reverse_postorder(f) {
        let mut known = predecessors[block.index()].map(|p| at_end[p.index()].clone()).unwrap_or_default();
        for inst in &f.block(block).insts {
            let inst = f.inst(*inst);
            let value = |i: usize| same_as[inst.args[i].index()];
            match (inst.op, &inst.imm, inst.result) {
                (Op::LoadCell, _, Some(result)) => {
                    changed |= load(&mut known, Place::Cell(value(0)), result, &mut same_as);
                }
                (Op::LoadGlobal, Imm::Global(g), Some(result)) => {
                    changed |= load(&mut known, Place::Global(g.0), result, &mut same_as);
                }
                (Op::NewCell, _, Some(result)) => known.push((Place::Cell(result), value(0))),
                (Op::StoreCell, ..) => {
                    known.retain(|(place, _)| matches!(place, Place::Global(_)));
                    known.push((Place::Cell(value(0)), value(1)));
                }
                (Op::StoreGlobal, Imm::Global(g), _) => {
                    known.retain(|(place, _)| *place != Place::Global(g.0));
                    known.push((Place::Global(g.0), value(0)));
                }
                _ => {
                    let effects = inst.op.info().effects;
                    // What only writes has places of its own.
                    if effects.writes && effects.throws {
                        known.clear();
                    }
                }
            }
        }
        at_end[block.index()] = known;
    }
    if changed {
        super::cleanup::rename(f, &same_as);
    }
}

/// A load: whether its result is known. If not, it is from now on.
fn load(known: &mut Known, place: Place, result: Value, same_as: &mut [Value]) -> bool {
    match known.iter().find(|(other, _)| *other == place) {
        Some((_, value)) => {
            same_as[result.index()] = *value;
            true
        }
        None => {
            known.push((place, result));
            false
        }
    }
}

/// The block before each block that has only one, reached by one edge.
fn sole_predecessors(f: &Function) -> Vec<Option<Block>> {
    let mut edges = vec![0; f.blocks.len()];
    let mut predecessors = vec![None; f.blocks.len()];
    for (b, block) in f.blocks.iter().enumerate() {
        for call in block.terminator.iter().flat_map(|t| t.successors()) {
            edges[call.block.index()] += 1;
            predecessors[call.block.index()] = Some(Block(b as u32));
        }
    }
    for (predecessor, edges) in predecessors.iter_mut().zip(edges) {
        if edges != 1 {
            *predecessor = None;
        }
    }
    predecessors
}
