//! Dominator tree, by the iterative algorithm of Cooper, Harvey and Kennedy ("A Simple, Fast Dominance Algorithm",
//! 2001), which is fast enough for graphs of the size of a function.
use crate::module::Function;
use crate::types::Block;

/// The dominator tree of the reachable blocks.
pub struct Dominators {
    order: Vec<Block>,
    /// Position in `order`; `u32::MAX` for unreachable blocks.
    number: Vec<u32>,
    /// Immediate dominator as a position in `order`; the entry's is itself.
    idom: Vec<u32>,
    /// Preorder interval of the dominator tree, by position in `order`.
    interval: Vec<(u32, u32)>,
}

const UNREACHABLE: u32 = u32::MAX;

impl Dominators {
    /// Computes it.
    pub fn compute(f: &Function) -> Dominators {
        let order = reverse_postorder(f);
        let mut number = vec![UNREACHABLE; f.blocks.len()];
        for (i, block) in order.iter().enumerate() {
            number[block.index()] = i as u32;
        }
        let mut predecessors: Vec<Vec<u32>> = vec![Vec::new(); order.len()];
        for (i, block) in order.iter().enumerate() {
            for call in f.block(*block).terminator.iter().flat_map(|t| t.successors()) {
                predecessors[number[call.block.index()] as usize].push(i as u32);
            }
        }
        let mut idom = vec![UNREACHABLE; order.len()];
        idom[0] = 0;
        let mut changed = true;
        while changed {
            changed = false;
            for i in 1..order.len() {
                let mut new = UNREACHABLE;
                for p in &predecessors[i] {
                    if idom[*p as usize] == UNREACHABLE {
                        continue;
                    }
                    new = if new == UNREACHABLE { *p } else { intersect(&idom, *p, new) };
                }
                if idom[i] != new {
                    idom[i] = new;
                    changed = true;
                }
            }
        }
        let interval = intervals(&idom);
        Dominators { order, number, idom, interval }
    }

    /// The reachable blocks, each before those that it dominates.
    pub fn reverse_postorder(&self) -> &[Block] {
        &self.order
    }

    /// Whether a block can be reached from the entry.
    pub fn is_reachable(&self, block: Block) -> bool {
        self.number[block.index()] != UNREACHABLE
    }

    /// Whether every way to `b` goes through `a`. A block dominates itself; unreachable ones are dominated by none.
    pub fn dominates(&self, a: Block, b: Block) -> bool {
        let (a, b) = (self.number[a.index()], self.number[b.index()]);
        if a == UNREACHABLE || b == UNREACHABLE {
            return false;
        }
        let (a, b) = (self.interval[a as usize], self.interval[b as usize]);
        a.0 <= b.0 && b.1 <= a.1
    }

    /// The immediate dominator of a reachable block; `None` for the entry.
    pub fn immediate(&self, block: Block) -> Option<Block> {
        let i = self.number[block.index()];
        if i == UNREACHABLE || i == 0 { None } else { Some(self.order[self.idom[i as usize] as usize]) }
    }
}

fn intersect(idom: &[u32], mut a: u32, mut b: u32) -> u32 {
    while a != b {
        while a > b {
            a = idom[a as usize];
        }
        while b > a {
            b = idom[b as usize];
        }
    }
    a
}

/// Preorder entry and exit numbers of the tree.
fn intervals(idom: &[u32]) -> Vec<(u32, u32)> {
    let mut children: Vec<Vec<u32>> = vec![Vec::new(); idom.len()];
    for (i, parent) in idom.iter().enumerate().skip(1) {
        children[*parent as usize].push(i as u32);
    }
    let mut interval = vec![(0, 0); idom.len()];
    let mut clock = 0;
    let mut stack = vec![(0u32, 0usize)];
    while let Some((node, next)) = stack.pop() {
        if next == 0 {
            interval[node as usize].0 = clock;
            clock += 1;
        }
        match children[node as usize].get(next) {
            Some(child) => {
                stack.push((node, next + 1));
                stack.push((*child, 0));
            }
            None => {
                interval[node as usize].1 = clock;
                clock += 1;
            }
        }
    }
    interval
}

/// Reverse postorder of the reachable blocks, from the entry.
pub fn reverse_postorder(f: &Function) -> Vec<Block> {
    let mut seen = vec![false; f.blocks.len()];
    let mut order = Vec::new();
    let mut stack = vec![(Function::ENTRY, 0usize)];
    seen[0] = true;
    while let Some((block, next)) = stack.pop() {
        let successor =
            f.block(block).terminator.as_ref().and_then(|t| t.successors().nth(next)).map(|c| c.block);
        match successor {
            Some(successor) => {
                stack.push((block, next + 1));
                if !seen[successor.index()] {
                    seen[successor.index()] = true;
                    stack.push((successor, 0));
                }
            }
            None => order.push(block),
        }
    }
    order.reverse();
    order
}
