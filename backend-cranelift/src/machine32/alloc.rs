//! Register allocation by regalloc2.
//!
//! The allocator's register numbers are a permutation of the machine's: it tries them in ascending order, so
//! those with short encodings come first.

use super::Arch;
use super::inst::{BlockId, Inst, Program, Reg, Role};
use regalloc2::{
    Allocation, Block, Edit, Function, InstOrEdit, InstRange, MachineEnv, Operand, OperandConstraint,
    OperandKind, OperandPos, PReg, PRegSet, RegClass, RegallocOptions, VReg,
};

/// The result of allocation.
pub struct Allocated {
    pub arch: Arch,
    /// Instructions with machine registers, and the moves between them.
    pub program: Program,
    /// Number of 4-byte spill slots.
    pub spill_slots: u32,
    /// The machine registers written, as a bit mask.
    pub written: u32,
}

/// Machine numbers by allocator number: r0-r3, r4-r7, r8-r11, lr; r12 is the scratch register.
const THUMB: &[u8] = &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 14, 12];
const THUMB_CALLER_SAVED: usize = 4;

/// a0-a5, a6, a7, t0-t2, t3, t4; s0, s1, s2-s11; t6 is the scratch register.
const RV: &[u8] =
    &[10, 11, 12, 13, 14, 15, 16, 17, 5, 6, 7, 28, 29, 8, 9, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 31];
const RV_CALLER_SAVED: usize = 13;

struct Registers {
    table: &'static [u8],
    caller_saved: usize,
    /// Saved registers with short encodings, which follow in the table.
    short_saved: usize,
}

impl Registers {
    fn new(arch: Arch) -> Registers {
        if arch.is_thumb() {
            Registers { table: THUMB, caller_saved: THUMB_CALLER_SAVED, short_saved: 4 }
        } else {
            Registers { table: RV, caller_saved: RV_CALLER_SAVED, short_saved: 2 }
        }
    }

    fn preg(&self, machine: u8) -> PReg {
        let index = self.table.iter().position(|&m| m == machine).expect("an allocatable register");
        PReg::new(index, RegClass::Int)
    }

    fn set(range: impl Iterator<Item = usize>) -> PRegSet {
        let mut set = PRegSet::empty();
        for index in range {
            set.add(PReg::new(index, RegClass::Int));
        }
        set
    }

    /// In a function with calls, as many registers as there are short encodings for are equally good: what
    /// lives across a call needs a saved one, and the function saves registers anyway.
    fn environment(&self, calls: bool) -> MachineEnv {
        let last = self.table.len() - 1;
        let preferred = if calls { self.caller_saved + self.short_saved } else { self.caller_saved };
        MachineEnv {
            preferred_regs_by_class: [Self::set(0..preferred), PRegSet::empty(), PRegSet::empty()],
            non_preferred_regs_by_class: [Self::set(preferred..last), PRegSet::empty(), PRegSet::empty()],
            scratch_by_class: [Some(PReg::new(last, RegClass::Int)), None, None],
            fixed_stack_slots: Vec::new(),
        }
    }

    /// What a call destroys.
    fn clobbers(&self, arch: Arch) -> PRegSet {
        let mut set = Self::set(0..self.caller_saved);
        if arch.is_thumb() {
            set.add(self.preg(14));
        }
        set
    }
}

/// A [`Program`] as regalloc2 wants to see it.
struct View {
    program: Program,
    insts: Vec<Inst>,
    ranges: Vec<InstRange>,
    operands: Vec<Vec<Operand>>,
    clobbers: Vec<PRegSet>,
    params: Vec<Vec<VReg>>,
    succs: Vec<Vec<Block>>,
    preds: Vec<Vec<Block>>,
    args: Vec<Vec<Vec<VReg>>>,
}

fn vreg(reg: Reg) -> VReg {
    VReg::new(reg.0 as usize, RegClass::Int)
}

impl View {
    fn new(mut program: Program, arch: Arch, registers: &Registers) -> View {
        let count = program.blocks.len();
        let mut view = View {
            program: Program::default(),
            insts: Vec::new(),
            ranges: Vec::new(),
            operands: Vec::new(),
            clobbers: Vec::new(),
            params: Vec::new(),
            succs: vec![Vec::new(); count],
            preds: vec![Vec::new(); count],
            args: Vec::new(),
        };
        for (b, block) in program.blocks.iter_mut().enumerate() {
            let start = view.insts.len();
            for mut inst in std::mem::take(&mut block.insts) {
                let (operands, clobbers) = constraints(&mut inst, arch, registers);
                view.operands.push(operands);
                view.clobbers.push(clobbers);
                view.insts.push(inst);
            }
            let range = InstRange::new(regalloc2::Inst::new(start), regalloc2::Inst::new(view.insts.len()));
            view.ranges.push(range);
            view.params.push(block.params.iter().map(|&p| vreg(p)).collect());
            let mut args = Vec::new();
            if let Some(terminator) = view.insts.last() {
                for edge in terminator.edges() {
                    view.succs[b].push(Block::new(edge.to.index()));
                    view.preds[edge.to.index()].push(Block::new(b));
                    args.push(edge.args.iter().map(|&a| vreg(a)).collect());
                }
            }
            view.args.push(args);
        }
        view.program = program;
        view
    }
}

fn constraints(inst: &mut Inst, arch: Arch, registers: &Registers) -> (Vec<Operand>, PRegSet) {
    let mut operands = Vec::new();
    let mut clobbers = match inst {
        Inst::Call { .. } => registers.clobbers(arch),
        _ => PRegSet::empty(),
    };
    // Two registers in one fixed place can not be told apart by the allocator's fixups.
    inst.visit(&mut |reg, role| {
        let v = vreg(*reg);
        let operand = match role {
            Role::Use => Operand::new(v, OperandConstraint::Reg, OperandKind::Use, OperandPos::Early),
            Role::FixedUse(machine) => Operand::reg_fixed_use(v, registers.preg(machine)),
            Role::Def => Operand::reg_def(v),
            // Thumb compares before it writes.
            Role::EarlyDef if arch.is_thumb() => Operand::reg_def(v),
            Role::EarlyDef => Operand::reg_def_at_start(v),
            Role::FixedDef(machine) => {
                let preg = registers.preg(machine);
                clobbers.remove(preg);
                Operand::reg_fixed_def(v, preg)
            }
            Role::Reuse(index) => Operand::reg_reuse_def(v, index),
        };
        operands.push(operand);
    });
    (operands, clobbers)
}

impl Function for View {
    fn num_insts(&self) -> usize {
        self.insts.len()
    }

    fn num_blocks(&self) -> usize {
        self.ranges.len()
    }

    fn entry_block(&self) -> Block {
        Block::new(0)
    }

    fn block_insns(&self, block: Block) -> InstRange {
        self.ranges[block.index()]
    }

    fn block_succs(&self, block: Block) -> &[Block] {
        &self.succs[block.index()]
    }

    fn block_preds(&self, block: Block) -> &[Block] {
        &self.preds[block.index()]
    }

    fn block_params(&self, block: Block) -> &[VReg] {
        &self.params[block.index()]
    }

    fn is_ret(&self, inst: regalloc2::Inst) -> bool {
        matches!(self.insts[inst.index()], Inst::Return { .. } | Inst::Trap)
    }

    fn is_branch(&self, inst: regalloc2::Inst) -> bool {
        matches!(self.insts[inst.index()], Inst::Jump { .. } | Inst::Branch { .. } | Inst::Table { .. })
    }

    fn branch_blockparams(&self, block: Block, _: regalloc2::Inst, succ: usize) -> &[VReg] {
        &self.args[block.index()][succ]
    }

    fn inst_operands(&self, inst: regalloc2::Inst) -> &[Operand] {
        &self.operands[inst.index()]
    }

    fn inst_clobbers(&self, inst: regalloc2::Inst) -> PRegSet {
        self.clobbers[inst.index()]
    }

    fn num_vregs(&self) -> usize {
        self.program.registers as usize
    }

    fn spillslot_size(&self, _: RegClass) -> usize {
        1
    }
}

/// Allocates registers.
///
/// # Errors
///
/// What the allocator or its checker complains about, which is a bug of ours.
pub fn run(program: Program, arch: Arch, check: bool) -> Result<Allocated, String> {
    let registers = Registers::new(arch);
    let environment = registers.environment(program.calls);
    let mut view = View::new(program, arch, &registers);
    let options = RegallocOptions { validate_ssa: check, ..RegallocOptions::default() };
    let output = regalloc2::run(&view, &environment, &options).map_err(|e| format!("{e:?}"))?;
    if check {
        let mut checker = regalloc2::checker::Checker::new(&view, &environment);
        checker.prepare(&output);
        checker.run().map_err(|e| format!("{e:?}"))?;
    }

    let machine = |allocation: Allocation| -> Option<u32> {
        allocation.as_reg().map(|preg| u32::from(registers.table[preg.hw_enc()]))
    };
    let mut written = 0u32;
    let mut blocks = Vec::new();
    for b in 0..view.num_blocks() {
        let mut insts = Vec::new();
        for item in output.block_insts_and_edits(&view, Block::new(b)) {
            match item {
                InstOrEdit::Inst(inst) => {
                    let mut allocations = output.inst_allocs(inst).iter();
                    let mut rewritten = view.insts[inst.index()].clone();
                    rewritten.visit(&mut |reg, role| {
                        let allocation = *allocations.next().expect("one allocation an operand");
                        // Every operand is constrained to a register.
                        let number = machine(allocation).expect("a register");
                        if !matches!(role, Role::Use | Role::FixedUse(_)) {
                            written |= 1 << number;
                        }
                        *reg = Reg(number);
                    });
                    insts.push(rewritten);
                }
                InstOrEdit::Edit(Edit::Move { from, to }) => {
                    if from == to {
                        continue;
                    }
                    let inst = match (machine(*from), machine(*to)) {
                        (Some(rs), Some(rd)) => Inst::Move { rd: Reg(rd), rs: Reg(rs) },
                        (Some(rs), None) => {
                            let slot = to.as_stack().expect("a spill slot").index() as u32;
                            Inst::Spill { rs: Reg(rs), slot }
                        }
                        (None, Some(rd)) => {
                            let slot = from.as_stack().expect("a spill slot").index() as u32;
                            Inst::Reload { rd: Reg(rd), slot }
                        }
                        (None, None) => return Err("a move between two stack slots".to_owned()),
                    };
                    if let Some(rd) = machine(*to) {
                        written |= 1 << rd;
                    }
                    insts.push(inst);
                }
            }
        }
        blocks.push(insts);
    }
    for (block, insts) in view.program.blocks.iter_mut().zip(blocks) {
        block.insts = insts;
    }
    Ok(Allocated { arch, program: view.program, spill_slots: output.num_spillslots as u32, written })
}

/// The machine registers that a call destroys, as a bit mask.
pub fn call_clobbers(arch: Arch) -> u32 {
    let registers = Registers::new(arch);
    let caller_saved = registers.table[..registers.caller_saved].iter();
    let scratch = registers.table[registers.table.len() - 1];
    let link = if arch.is_thumb() { 14 } else { 1 };
    caller_saved.fold(1 << scratch | 1 << link, |mask, &machine| mask | 1 << machine)
}

impl Allocated {
    /// Recomputes which registers are written, after instructions were changed.
    pub fn update_written(&mut self) {
        let mut written = 0;
        for inst in self.program.blocks.iter_mut().flat_map(|block| &mut block.insts) {
            inst.visit(&mut |reg, role| {
                if !matches!(role, Role::Use | Role::FixedUse(_)) {
                    written |= 1 << reg.0;
                }
            });
        }
        self.written = written;
    }

    /// The order in which to place the blocks, with those that only jump left out, and for each block the one
    /// that control reaches after skipping such.
    pub fn layout(&self) -> (Vec<BlockId>, Vec<BlockId>) {
        super::layout::order(&self.program)
    }
}
