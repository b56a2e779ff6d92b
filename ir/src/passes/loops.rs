//! Natural loops.
use super::dominators::Dominators;
use crate::module::Function;
use crate::types::Block;

/// A loop: the blocks from which its head can be reached without leaving what the head dominates.
pub struct Loop {
    /// Where it is entered, and only there.
    pub head: Block,
    /// Whether a block is in it, by number.
    pub body: Vec<bool>,
}

/// The loops of a function, outer ones before those inside of them.
pub fn compute(f: &Function, dominators: &Dominators) -> Vec<Loop> {
    let mut predecessors = vec![Vec::new(); f.blocks.len()];
    for block in dominators.reverse_postorder() {
        for call in f.block(*block).terminator.iter().flat_map(|t| t.successors()) {
            predecessors[call.block.index()].push(*block);
        }
    }
    let mut loops = Vec::new();
    for head in dominators.reverse_postorder().iter().copied() {
        let into = &predecessors[head.index()];
        let mut work: Vec<Block> = into.iter().copied().filter(|b| dominators.dominates(head, *b)).collect();
        if work.is_empty() {
            continue;
        }
        let mut body = vec![false; f.blocks.len()];
        body[head.index()] = true;
        while let Some(block) = work.pop() {
            if !std::mem::replace(&mut body[block.index()], true) {
                work.extend(&predecessors[block.index()]);
            }
        }
        loops.push(Loop { head, body });
    }
    loops
}
