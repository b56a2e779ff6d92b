//! Decides which operations overwrite an operand.
//!
//! Most 16-bit Thumb forms do, and so do the compressed RISC-V ones. Asking the allocator for it pays where
//! an operand dies; elsewhere it would cost a copy.

use super::inst::{AluOp, Inst, Operand, Program, Reg, Role, Tie};

/// A set of registers.
#[derive(Clone, PartialEq, Eq)]
struct RegSet(Vec<u64>);

impl RegSet {
    fn new(registers: u32) -> RegSet {
        RegSet(vec![0; registers.div_ceil(64) as usize])
    }

    fn insert(&mut self, reg: Reg) {
        self.0[(reg.0 / 64) as usize] |= 1 << (reg.0 % 64);
    }

    fn remove(&mut self, reg: Reg) {
        self.0[(reg.0 / 64) as usize] &= !(1 << (reg.0 % 64));
    }

    fn contains(&self, reg: Reg) -> bool {
        self.0[(reg.0 / 64) as usize] >> (reg.0 % 64) & 1 == 1
    }

    fn union(&mut self, other: &RegSet) {
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word |= other;
        }
    }
}

fn step(inst: &mut Inst, live: &mut RegSet) {
    inst.visit(&mut |reg, role| {
        if !matches!(role, Role::Use | Role::FixedUse(_)) {
            live.remove(*reg);
        }
    });
    inst.visit(&mut |reg, role| {
        if matches!(role, Role::Use | Role::FixedUse(_)) {
            live.insert(*reg);
        }
    });
    for edge in inst.edges() {
        for &arg in &edge.args {
            live.insert(arg);
        }
    }
}

/// Runs the pass.
pub fn run(program: &mut Program) {
    let count = program.blocks.len();
    let mut live_in = vec![RegSet::new(program.registers); count];
    let mut changed = true;
    while changed {
        changed = false;
        for b in (0..count).rev() {
            let mut live = live_out(program, b, &live_in);
            for inst in program.blocks[b].insts.iter_mut().rev() {
                step(inst, &mut live);
            }
            for &param in &program.blocks[b].params {
                live.remove(param);
            }
            if live != live_in[b] {
                live_in[b] = live;
                changed = true;
            }
        }
    }
    for b in 0..count {
        let mut live = live_out(program, b, &live_in);
        for inst in program.blocks[b].insts.iter_mut().rev() {
            if let Inst::Alu { op, a, b, tie, .. } = inst {
                *tie = choose(*op, *a, *b, &live);
            }
            step(inst, &mut live);
        }
    }
}

fn live_out(program: &Program, block: usize, live_in: &[RegSet]) -> RegSet {
    let mut live = RegSet::new(program.registers);
    if let Some(terminator) = program.blocks[block].insts.last() {
        for edge in terminator.edges() {
            live.union(&live_in[edge.to.index()]);
        }
    }
    live
}

fn choose(op: AluOp, a: Reg, b: Operand, live_after: &RegSet) -> Tie {
    let dies = |reg: Reg| !live_after.contains(reg);
    match (op, b) {
        (AluOp::Add | AluOp::Sub, Operand::Imm(imm)) => {
            let distance = imm.min(imm.wrapping_neg());
            if (8..256).contains(&distance) && dies(a) { Tie::First } else { Tie::Free }
        }
        (_, Operand::Reg(b)) if op.two_address() => {
            if dies(a) {
                Tie::First
            } else if op.commutes() && dies(b) {
                Tie::Second
            } else {
                Tie::Free
            }
        }
        _ => Tie::Free,
    }
}
