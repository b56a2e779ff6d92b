//! Order of the blocks in the code.
//!
//! Reverse postorder in which a loop's blocks stay together: of two successors, the one in the deeper loop comes first,
//! and exception handlers come last.
use jerboa_ir::{Block, Function, Terminator};

/// Reachable blocks in code order, with loop depths.
pub(super) struct Order {
    pub(super) blocks: Vec<Block>,
    /// Loop nesting of each block, by block number.
    pub(super) depth: Vec<u32>,
}

impl Order {
    pub(super) fn new(function: &Function) -> Order {
        let first = postorder(function, |_| 0);
        let depth = loop_depths(function, &first);
        let mut blocks = postorder(function, |b| depth[b.index()]);
        blocks.reverse();
        Order { blocks, depth }
    }
}

/// Depth-first postorder without recursion; successors of lower `depth` are visited first, so they come later in the
/// reverse.
fn postorder(function: &Function, depth: impl Fn(Block) -> u32) -> Vec<Block> {
    let mut visited = vec![false; function.blocks.len()];
    let mut done = Vec::new();
    let mut stack = vec![(Function::ENTRY, successors(function, Function::ENTRY, &depth), 0)];
    visited[0] = true;
    while let Some((block, next, i)) = stack.last_mut() {
        if let Some(successor) = next.get(*i).copied() {
            *i += 1;
            if !visited[successor.index()] {
                visited[successor.index()] = true;
                stack.push((successor, successors(function, successor, &depth), 0));
            }
        } else {
            done.push(*block);
            stack.pop();
        }
    }
    done
}

fn successors(function: &Function, block: Block, depth: &impl Fn(Block) -> u32) -> Vec<Block> {
    let Some(terminator) = &function.block(block).terminator else { return Vec::new() };
    let mut list: Vec<Block> = terminator.successors().map(|c| c.block).collect();
    // The first successor falls through, so it is visited last; a handler is visited first.
    list.reverse();
    if !matches!(terminator, Terminator::Exit { .. }) {
        list.sort_by_key(|b| depth(*b));
    }
    list
}

/// Loop nesting depth from back edges of the depth-first search. An irreducible loop may be counted wrongly, which costs
/// speed only.
fn loop_depths(function: &Function, postorder: &[Block]) -> Vec<u32> {
    let count = function.blocks.len();
    let mut number = vec![usize::MAX; count];
    for (i, block) in postorder.iter().enumerate() {
        number[block.index()] = i;
    }
    let mut predecessors: Vec<Vec<Block>> = vec![Vec::new(); count];
    for block in postorder {
        for call in function.block(*block).terminator.iter().flat_map(Terminator::successors) {
            predecessors[call.block.index()].push(*block);
        }
    }
    let mut depth = vec![0; count];
    // A header comes after its latches in postorder. The loop is what reaches a latch without passing the header.
    for header in postorder {
        let latches: Vec<Block> = predecessors[header.index()]
            .iter()
            .copied()
            .filter(|p| number[p.index()] <= number[header.index()])
            .collect();
        if latches.is_empty() {
            continue;
        }
        let mut inside = vec![false; count];
        inside[header.index()] = true;
        let mut work = latches;
        while let Some(block) = work.pop() {
            // What is after the header in postorder is before the loop, reached by irreducible entries.
            if inside[block.index()] || number[block.index()] > number[header.index()] {
                continue;
            }
            inside[block.index()] = true;
            work.extend(predecessors[block.index()].iter().copied());
        }
        for (d, inside) in depth.iter_mut().zip(&inside) {
            *d += u32::from(*inside);
        }
    }
    depth
}
