//! Removes instructions and block parameters whose results reach no effect.
//!
//! Lowering is generous: it computes both halves of 64-bit values and both the register and the fused form
//! of a comparison. What nobody uses goes here, by marking from the effects (cycles through block
//! parameters die as well).

use super::inst::{Inst, Program, Reg, Role};

/// Where a register is defined.
#[derive(Clone, Copy)]
enum Site {
    None,
    Inst(u32, u32),
    Param(u32, u32),
}

/// Runs the pass.
pub fn run(program: &mut Program) {
    let mut sites = vec![Site::None; program.registers as usize];
    // For each block, the (block, edge number) pairs that lead to it.
    let mut incoming = vec![Vec::new(); program.blocks.len()];
    for (b, block) in program.blocks.iter_mut().enumerate() {
        for (i, &param) in block.params.iter().enumerate() {
            sites[param.0 as usize] = Site::Param(b as u32, i as u32);
        }
        for (i, inst) in block.insts.iter_mut().enumerate() {
            inst.visit(&mut |reg, role| {
                if !matches!(role, Role::Use | Role::FixedUse(_)) {
                    sites[reg.0 as usize] = Site::Inst(b as u32, i as u32);
                }
            });
        }
        let terminator = block.insts.last().expect("a block ends in a terminator");
        for (e, edge) in terminator.edges().into_iter().enumerate() {
            incoming[edge.to.index()].push((b, e));
        }
    }

    let mut live: Vec<Vec<bool>> = program.blocks.iter().map(|b| vec![false; b.insts.len()]).collect();
    let mut live_regs = vec![false; program.registers as usize];
    let mut work: Vec<Reg> = Vec::new();
    let mark = |program: &mut Program, live: &mut Vec<Vec<bool>>, b: usize, i: usize, work: &mut Vec<Reg>| {
        // An instruction that reads the flags keeps the one that sets them.
        let mut i = i;
        loop {
            if std::mem::replace(&mut live[b][i], true) {
                return;
            }
            let inst = &mut program.blocks[b].insts[i];
            inst.visit(&mut |reg, role| {
                if matches!(role, Role::Use | Role::FixedUse(_)) {
                    work.push(*reg);
                }
            });
            if !inst.reads_flags() {
                return;
            }
            i -= 1;
        }
    };
    for b in 0..program.blocks.len() {
        for i in 0..program.blocks[b].insts.len() {
            if !program.blocks[b].insts[i].is_pure() {
                mark(program, &mut live, b, i, &mut work);
            }
        }
    }
    while let Some(reg) = work.pop() {
        if std::mem::replace(&mut live_regs[reg.0 as usize], true) {
            continue;
        }
        match sites[reg.0 as usize] {
            Site::None => {}
            Site::Inst(b, i) => mark(program, &mut live, b as usize, i as usize, &mut work),
            Site::Param(b, p) => {
                for &(from, e) in &incoming[b as usize] {
                    let terminator = program.blocks[from].insts.last().expect("a terminator");
                    work.push(terminator.edges()[e].args[p as usize]);
                }
            }
        }
    }

    let kept: Vec<Vec<bool>> = program
        .blocks
        .iter()
        .map(|block| block.params.iter().map(|p| live_regs[p.0 as usize]).collect())
        .collect();
    for (block, live) in program.blocks.iter_mut().zip(&live) {
        let mut flags = live.iter();
        block.insts.retain(|_| *flags.next().expect("one flag an instruction"));
        block.params.retain(|p| live_regs[p.0 as usize]);
        if let Some(terminator) = block.insts.last_mut() {
            for edge in terminator.edges_mut() {
                let mut flags = kept[edge.to.index()].iter();
                edge.args.retain(|_| *flags.next().expect("one flag a parameter"));
            }
        }
    }
    program.calls =
        program.blocks.iter().flat_map(|b| &b.insts).any(|inst| matches!(inst, Inst::Call { .. }));
}
