//! Where the stack frame is made.
//!
//! A function that can return early (the base case of a recursion, a cached result) need not save anything on
//! that way. The frame is made behind the chain of such early returns at the start of the function.

use super::alloc::Allocated;
use super::inst::{Addr, BlockId, Inst};

/// Which blocks run without a frame.
pub struct Framing {
    /// For each block, whether it runs without a frame.
    pub bare: Vec<bool>,
    /// The block at whose start the frame is made; none if that is the start of the function.
    pub start: Option<BlockId>,
}

/// Finds the blocks that run without a frame. `saved` are the registers that the function preserves, as a bit
/// mask.
pub fn find(code: &mut Allocated, saved: u32, reached: &[BlockId]) -> Framing {
    let count = code.program.blocks.len();
    let mut preds = vec![0u32; count];
    for (b, block) in code.program.blocks.iter().enumerate() {
        // Blocks that control never reaches by themselves are passed through.
        if reached[b].index() != b && b != 0 {
            continue;
        }
        for edge in block.insts.last().map(Inst::edges).unwrap_or_default() {
            preds[reached[edge.to.index()].index()] += 1;
        }
    }
    let mut framing = Framing { bare: vec![false; count], start: None };
    let mut at = 0;
    while is_clean(&mut code.program.blocks[at].insts, saved) {
        let Some(Inst::Branch { then, other, .. }) = code.program.blocks[at].insts.last() else { break };
        let targets = [reached[then.to.index()].index(), reached[other.to.index()].index()];
        if targets.iter().any(|&t| preds[t] != 1) {
            break;
        }
        let mut leaves = |t: usize| {
            let insts = &mut code.program.blocks[t].insts;
            matches!(insts.last(), Some(Inst::Return { .. } | Inst::Trap)) && is_clean(insts, saved)
        };
        let (exit, next) = match targets.map(&mut leaves) {
            [true, false] => (targets[0], targets[1]),
            [false, true] => (targets[1], targets[0]),
            _ => break,
        };
        framing.bare[at] = true;
        framing.bare[exit] = true;
        framing.start = Some(BlockId(next as u32));
        at = next;
    }
    framing
}

/// Whether a block touches neither the frame nor a register that has to be saved first.
fn is_clean(insts: &mut [Inst], saved: u32) -> bool {
    insts.iter_mut().all(|inst| {
        let stack = match inst {
            Inst::Call { .. }
            | Inst::Spill { .. }
            | Inst::Reload { .. }
            | Inst::StoreArg { .. }
            | Inst::LoadArg { .. }
            | Inst::SlotAddress { .. } => true,
            Inst::Load { addr, .. } | Inst::Store { addr, .. } => matches!(addr, Addr::Slot(_)),
            _ => false,
        };
        let mut touched = 0u32;
        inst.visit(&mut |reg, _| touched |= 1 << reg.0);
        !stack && touched & saved == 0
    })
}
