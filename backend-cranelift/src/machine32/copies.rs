//! Cleans up after register allocation: moves that only rename.
//!
//! The allocator splits live ranges around fixed registers and does not coalesce what it has split. Within each
//! block this pass
//! * lets users of a copy read its source,
//! * gives a value the register that it is moved to later (`r1 = f(); …; r4 = r1` becomes `r4 = f(); …`),
//! * computes a value where it is moved to (`r3 = r2 + 1; use r2; r2 = r3` becomes `use r2; r2 = r2 + 1`), which
//!   is how the step of a loop's counter comes after its last use,
//!
//! and drops what is dead then.

use super::inst::{FlagUse, Inst, Operand, Program, Reg, Role, Tie};

/// Registers as a bit mask.
type Mask = u32;

fn bit(reg: Reg) -> Mask {
    1 << reg.0
}

/// What an instruction reads and writes. `clobbered` is what a call destroys.
fn effects(inst: &mut Inst, clobbered: Mask) -> (Mask, Mask) {
    let (mut reads, mut writes) = (0, 0);
    inst.visit(&mut |reg, role| match role {
        Role::Use | Role::FixedUse(_) => reads |= bit(*reg),
        _ => writes |= bit(*reg),
    });
    if matches!(inst, Inst::Call { .. }) {
        writes |= clobbered;
    }
    (reads, writes)
}

/// Runs the pass on a program with machine registers.
pub fn run(program: &mut Program, clobbered: Mask) {
    // Each round may make room for the next; few are ever needed.
    for _ in 0..4 {
        let preds = only_predecessors(program);
        let mut changed = false;
        // Copies at the ends of the blocks.
        let mut known: Vec<Vec<(Reg, Reg)>> = Vec::new();
        for (b, block) in program.blocks.iter_mut().enumerate() {
            let mut copies = match preds[b] {
                Some(pred) if pred < b => known[pred].clone(),
                _ => Vec::new(),
            };
            changed |= propagate(&mut block.insts, &mut copies, clobbered);
            known.push(copies);
        }
        let (live_in, _) = liveness(program, clobbered);
        changed |= sink_into_successors(program, &preds, &live_in, clobbered);
        let (_, live_out) = liveness(program, clobbered);
        for (block, &live_out) in program.blocks.iter_mut().zip(&live_out) {
            changed |= drop_dead(&mut block.insts, live_out, clobbered);
            changed |= coalesce(&mut block.insts, live_out, clobbered);
        }
        if !changed {
            break;
        }
    }
}

/// For each block with one way in, where that comes from.
fn only_predecessors(program: &Program) -> Vec<Option<usize>> {
    let mut preds = vec![Vec::new(); program.blocks.len()];
    for (b, block) in program.blocks.iter().enumerate() {
        for edge in block.insts.last().map(Inst::edges).unwrap_or_default() {
            preds[edge.to.index()].push(b);
        }
    }
    let only = |preds: Vec<usize>| match preds.as_slice() {
        &[pred] => Some(pred),
        _ => None,
    };
    preds.into_iter().map(only).collect()
}

/// Puts a move in front of a two-way branch into the one successor that wants it.
fn sink_into_successors(
    program: &mut Program,
    preds: &[Option<usize>],
    live_in: &[Mask],
    clobbered: Mask,
) -> bool {
    let mut changed = false;
    for b in 0..program.blocks.len() {
        let Some(Inst::Branch { then, other, .. }) = program.blocks[b].insts.last() else { continue };
        let targets = [then.to.index(), other.to.index()];
        // What the rest of the block reads and writes.
        let (mut used, mut written) = (0, 0);
        for i in (0..program.blocks[b].insts.len()).rev() {
            let inst = &mut program.blocks[b].insts[i];
            let (reads, writes) = effects(inst, clobbered);
            if let Inst::Move { rd, rs } = *inst {
                let target = match targets.map(|t| live_in[t] & bit(rd) != 0) {
                    [true, false] => Some(targets[0]),
                    [false, true] => Some(targets[1]),
                    _ => None,
                };
                let free = used & bit(rd) == 0 && written & (bit(rd) | bit(rs)) == 0;
                if let Some(target) = target.filter(|&t| free && rd != rs && preds[t] == Some(b)) {
                    let moved = program.blocks[b].insts.remove(i);
                    program.blocks[target].insts.insert(0, moved);
                    // The source is needed to the end, and the copy is made there.
                    used |= bit(rs);
                    written |= bit(rd);
                    changed = true;
                    continue;
                }
            }
            used |= reads;
            written |= writes;
        }
    }
    changed
}

/// What is live at the starts and at the ends of the blocks.
fn liveness(program: &mut Program, clobbered: Mask) -> (Vec<Mask>, Vec<Mask>) {
    let count = program.blocks.len();
    let mut live_in = vec![0; count];
    let mut live_out = vec![0; count];
    let mut changed = true;
    while changed {
        changed = false;
        for b in (0..count).rev() {
            let out = match program.blocks[b].insts.last() {
                Some(last) => last.edges().iter().fold(0, |live, e| live | live_in[e.to.index()]),
                None => 0,
            };
            live_out[b] = out;
            let mut live = out;
            for inst in program.blocks[b].insts.iter_mut().rev() {
                let (reads, writes) = effects(inst, clobbered);
                live = live & !writes | reads;
            }
            changed |= live != live_in[b];
            live_in[b] = live;
        }
    }
    (live_in, live_out)
}

/// Lets users of copies read the sources. `copies` holds pairs of a copy and its source.
fn propagate(insts: &mut [Inst], copies: &mut Vec<(Reg, Reg)>, clobbered: Mask) -> bool {
    let mut changed = false;
    for inst in insts {
        let tied = match inst {
            Inst::Alu { tie: Tie::First, a, .. } => Some(*a),
            Inst::Alu { tie: Tie::Second, b: Operand::Reg(b), .. } => Some(*b),
            Inst::Select { other: Operand::Reg(other), .. } => Some(*other),
            _ => None,
        };
        // A select between constants may write its result before it compares.
        let early = match inst {
            Inst::Select { rd, other: Operand::Imm(_), .. } => Some(*rd),
            _ => None,
        };
        inst.visit(&mut |reg, role| {
            if role == Role::Use
                && tied != Some(*reg)
                && let Some(&(_, source)) = copies.iter().find(|(copy, _)| copy == reg)
                && early != Some(source)
            {
                *reg = source;
                changed = true;
            }
        });
        let (_, writes) = effects(inst, clobbered);
        copies.retain(|&(copy, source)| (bit(copy) | bit(source)) & writes == 0);
        if let Inst::Move { rd, rs } = *inst
            && rd != rs
        {
            copies.push((rd, rs));
        }
    }
    changed
}

fn drop_dead(insts: &mut Vec<Inst>, live_out: Mask, clobbered: Mask) -> bool {
    let before = insts.len();
    let mut live = live_out;
    let mut keep = vec![true; before];
    let mut flags_read = false;
    for (i, inst) in insts.iter_mut().enumerate().rev() {
        let (reads, writes) = effects(inst, clobbered);
        let sets_flags = matches!(inst, Inst::Alu { flags, .. } if flags.sets());
        let useless = match inst {
            Inst::Move { rd, rs } => rd == rs || writes & live == 0,
            Inst::Reload { .. } => writes & live == 0,
            Inst::Call { .. } => false,
            _ => inst.is_pure() && writes & live == 0 && !(sets_flags && flags_read),
        };
        if useless {
            keep[i] = false;
            continue;
        }
        if sets_flags {
            flags_read = false;
        }
        flags_read |= inst.reads_flags();
        live = live & !writes | reads;
    }
    let mut flags = keep.iter();
    insts.retain(|_| *flags.next().expect("one flag an instruction"));
    insts.len() != before
}

/// Whether an instruction's result may go to another register or be computed later.
fn movable(inst: &Inst) -> bool {
    matches!(
        inst,
        Inst::Alu { flags: FlagUse::None, tie: Tie::Free, .. }
            | Inst::Unary { .. }
            | Inst::Extract { .. }
            | Inst::Const { .. }
            | Inst::Address { .. }
            | Inst::SlotAddress { .. }
            | Inst::MulAdd { .. }
            | Inst::Move { .. }
    )
}

/// Whether an instruction's result may go to another register.
fn renamable(inst: &Inst) -> bool {
    movable(inst)
        || matches!(
            inst,
            Inst::Load { .. }
                | Inst::LoadArg { .. }
                | Inst::Reload { .. }
                | Inst::Alu { tie: Tie::Free, .. }
                | Inst::Select { other: Operand::Imm(_), .. }
        )
}

fn coalesce(insts: &mut Vec<Inst>, live_out: Mask, clobbered: Mask) -> bool {
    let mut changed = false;
    let mut live = live_out;
    let mut at = insts.len();
    while at > 0 {
        at -= 1;
        if let Inst::Move { rd, rs } = insts[at]
            && rd != rs
            && live & bit(rs) == 0
            && (rename(insts, at, rd, rs, clobbered) || sink(insts, at, rd, rs, clobbered))
        {
            changed = true;
        }
        let (reads, writes) = effects(&mut insts[at], clobbered);
        live = live & !writes | reads;
    }
    insts.retain(|inst| !matches!(inst, Inst::Move { rd, rs } if rd == rs));
    changed
}

/// `rs = f; uses of rs; rd = rs` to `rd = f; uses of rd`, if rd is free in between.
fn rename(insts: &mut [Inst], at: usize, rd: Reg, rs: Reg, clobbered: Mask) -> bool {
    let mut def = at;
    loop {
        if def == 0 {
            return false;
        }
        def -= 1;
        let (reads, writes) = effects(&mut insts[def], clobbered);
        if writes & bit(rs) != 0 {
            let early = matches!(insts[def], Inst::Select { .. }) && reads & bit(rd) != 0;
            if !renamable(&insts[def]) || writes & bit(rd) != 0 || early {
                return false;
            }
            break;
        }
        if (reads | writes) & bit(rd) != 0 {
            return false;
        }
        // A use in a fixed place, or one that shares its register with a result, can not be renamed.
        let mut fixed = false;
        let tied =
            matches!(&insts[def], Inst::Alu { tie: Tie::First | Tie::Second, .. } | Inst::Select { .. });
        insts[def].visit(&mut |reg, role| {
            fixed |= *reg == rs && (matches!(role, Role::FixedUse(_)) || tied && role == Role::Use);
        });
        if fixed {
            return false;
        }
    }
    insts[def].visit(&mut |reg, role| {
        if *reg == rs && !matches!(role, Role::Use | Role::FixedUse(_)) {
            *reg = rd;
        }
    });
    for inst in &mut insts[def + 1..at] {
        inst.visit(&mut |reg, _| {
            if *reg == rs {
                *reg = rd;
            }
        });
    }
    insts[at] = Inst::Move { rd, rs: rd };
    true
}

/// `rs = f; …; rd = rs` to `…; rd = f`, if nothing in between has to do with rs or changes the operands.
fn sink(insts: &mut [Inst], at: usize, rd: Reg, rs: Reg, clobbered: Mask) -> bool {
    // Code that sets flags must not come between those who set and those who read them.
    let next = insts[at + 1..].iter().find(|inst| !matches!(inst, Inst::Move { .. }));
    if next.is_none_or(Inst::reads_flags) {
        return false;
    }
    let mut between: (Mask, Mask) = (0, 0);
    let mut def = at;
    loop {
        if def == 0 {
            return false;
        }
        def -= 1;
        let (reads, writes) = effects(&mut insts[def], clobbered);
        if writes & bit(rs) != 0 {
            if !movable(&insts[def]) || between.1 & reads != 0 {
                return false;
            }
            break;
        }
        if reads & bit(rs) != 0 {
            return false;
        }
        between = (between.0 | reads, between.1 | writes);
    }
    let mut sunk = insts[def].clone();
    sunk.visit(&mut |reg, role| {
        if role == Role::Def {
            *reg = rd;
        }
    });
    insts[at] = sunk;
    insts[def] = Inst::Move { rd: rs, rs };
    true
}
