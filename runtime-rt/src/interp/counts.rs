//! Which instruction follows which, and how often: the figures that say what is worth an instruction of its own. Only with the
//! feature `opcode-counts`, for hosts; `jerboa run --engine bytecode` then prints them. One count for the whole process.
//!
//! Instructions that were made by these figures, with their share of all that the programs of `bench/programs` run:
//!
//! | instruction | instead of | share |
//! |---|---|---|
//! | `add.jlt` | `iadd.i` + `jilt` | fib_iter 25 %, sieve 20 %, props 17 % |
//! | `add.jlt.i` | `iadd.i` + `jilt.i`, a limit of one byte | matmuli 11 % |
//! | `get.elem.x` | `iadd` + `get.elem.i` | matmuli 22 % |
//! | `mul.add` | `mul` + `add`, which follow it for what is not small | matmuli 18 % |
//! | `add.jlt.r` | `iadd` + `jilt`, a step from a register | sieve 23 % |
//! | `swap.r` | three `mov.r` where variables exchange their values | fib_iter 24 % |
//! | `sub.i` | `unary numeric` + `add.i`: `n++` of what need not be a number | richards 1 %, each a call less |
//!
//! Not made: `call.d` + `enter` (fib_rec 17 % of the pairs, richards 5 %) would save a dispatch of three machine instructions of some thirty;
//! `iadd.i` + `call.d` (fib_rec 17 %) and `box.i` + `ret` (8 %) are rare elsewhere.

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
