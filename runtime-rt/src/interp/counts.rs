//! Which instruction follows which, and how often: the figures that say what is worth an instruction of its own. Only with the
//! feature `opcode-counts`, for hosts; `jerboa run --engine bytecode` then prints them. One count for the whole process.

use core::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use jerboa_abi::opcode::Opcode;

/// By the instruction before and this one, the former in the higher byte.
static PAIRS: [AtomicUsize; 1 << 16] = [const { AtomicUsize::new(0) }; 1 << 16];

/// The instruction before; at first one that nothing executes.
static LAST: AtomicUsize = AtomicUsize::new(Opcode::Unreachable as usize);

/// Counts an instruction that is about to run.
pub(super) fn note(op: Opcode) {
    let last = LAST.swap(op as usize, Relaxed);
    if let Some(count) = PAIRS.get(last << 8 | op as usize) {
        count.fetch_add(1, Relaxed);
    }
}

/// All pairs that ran, in no useful order: the instruction before, this one, how often.
pub fn pairs() -> impl Iterator<Item = (Opcode, Opcode, usize)> {
    PAIRS.iter().enumerate().filter_map(|(i, count)| {
        let count = count.load(Relaxed);
        let ops = (Opcode::from_byte((i >> 8) as u8)?, Opcode::from_byte(i as u8)?);
        (count != 0).then_some((ops.0, ops.1, count))
    })
}
