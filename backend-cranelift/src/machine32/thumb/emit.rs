//! Allocated code to Thumb-2.
//!
//! Frame, from the stack pointer up: outgoing arguments, spill slots, stack slots, saved registers, and above
//! those the caller's outgoing arguments. r12 is free within an instruction of the allocator.

use super::insn::{Alu, Cond, Flags, Insn, LR, Mem, Mul, Op2, PC, R, SCRATCH, SP, Shift, Unary, Width};
use super::insn::{Test as Compare, modified_immediate};
use super::span::Span;
use crate::machine32::alloc::Allocated;
use crate::machine32::frame::{self, Framing};
use crate::machine32::inst::{
    Addr, AluOp, BlockId, Callee, FlagUse, Inst, Operand, Reg, SymbolRef, Test, UnaryOp,
};
use crate::machine32::layout::{Assembly, Label, Literal, RelocKind, Span as AnySpan};

/// The registers that a function must preserve, and lr.
const SAVED: u32 = 0x4ff0;

struct Emitter<'a> {
    code: &'a Allocated,
    asm: Assembly,
    labels: Vec<Label>,
    trap: Option<Label>,
    /// Offsets from the stack pointer.
    spills: u32,
    slots: u32,
    arguments: u32,
    /// Subtracted from the stack pointer after the push.
    locals: u32,
    /// What is pushed; includes registers that only make room.
    pushed: u16,
    framing: Framing,
    /// Whether the current block runs without a frame.
    bare: bool,
    /// The first epilogue.
    epilogue: Option<Label>,
}

/// Emits a function.
///
/// # Errors
///
/// The size of the frame in bytes, if spill slots are out of reach.
pub fn emit(code: &mut Allocated) -> Result<Assembly, u32> {
    let (order, reached) = code.layout();
    let framing = frame::find(code, SAVED, &reached);
    let code = &*code;
    let mut asm = Assembly::default();
    let labels = code.program.blocks.iter().map(|_| asm.label()).collect();
    let mut emitter = Emitter {
        code,
        asm,
        labels,
        trap: None,
        spills: 0,
        slots: 0,
        arguments: 0,
        locals: 0,
        pushed: 0,
        framing,
        bare: false,
        epilogue: None,
    };
    emitter.frame()?;
    emitter.function(&order, &reached);
    Ok(emitter.asm)
}

fn r(reg: Reg) -> R {
    R(reg.0 as u8)
}

fn op2(operand: Operand) -> Op2 {
    match operand {
        Operand::Reg(reg) => Op2::reg(r(reg)),
        Operand::Shifted(reg, kind, amount) => Op2::Reg(r(reg), kind, amount),
        Operand::Imm(imm) => Op2::Imm(imm),
    }
}

fn encodable(imm: u32) -> bool {
    modified_immediate(imm).is_some()
}

impl Emitter<'_> {
    fn frame(&mut self) -> Result<(), u32> {
        let program = &self.code.program;
        let mut saved = self.code.written & SAVED;
        if program.calls {
            saved |= 1 << LR.0;
        }
        if saved != 0 {
            saved |= 1 << LR.0;
        }
        self.spills = program.outgoing_bytes;
        self.slots = self.spills + 4 * self.code.spill_slots;
        let mut locals = self.slots + program.slot_bytes;
        let saved_bytes = 4 * saved.count_ones();
        if saved != 0 || locals != 0 {
            locals = (locals + saved_bytes).next_multiple_of(8) - saved_bytes;
        }
        if self.slots > 4095 {
            return Err(locals);
        }
        self.arguments = locals + saved_bytes;
        // Up to two words are made and dropped by pushing and popping r2 and r3, which hold no result.
        if saved != 0 && locals <= 8 {
            saved |= match locals {
                0 => 0,
                4 => 0x8,
                _ => 0xc,
            };
            locals = 0;
        }
        self.locals = locals;
        self.pushed = saved as u16;
        Ok(())
    }

    fn insn(&mut self, insn: Insn) {
        let code = insn.encode();
        self.asm.push(&insn.explicit(), |bytes| code.push_to(bytes));
    }

    fn span(&mut self, span: Span) {
        self.asm.span(AnySpan::Thumb(span));
    }

    fn prologue(&mut self) {
        if self.pushed != 0 {
            self.insn(Insn::Push { list: self.pushed });
        }
        if self.locals != 0 {
            self.adjust(SP, SP, self.locals.wrapping_neg());
        }
    }

    fn function(&mut self, order: &[BlockId], reached: &[BlockId]) {
        if self.framing.start.is_none() {
            self.prologue();
        }
        let mut place = vec![usize::MAX; self.code.program.blocks.len()];
        for (i, block) in order.iter().enumerate() {
            place[block.index()] = i;
        }
        for (i, &block) in order.iter().enumerate() {
            self.asm.bind(self.labels[block.index()]);
            self.bare = self.framing.bare[block.index()];
            if self.framing.start == Some(block) {
                self.prologue();
            }
            let next = order.get(i + 1).copied();
            let insts = &self.code.program.blocks[block.index()].insts;
            for inst in insts {
                self.inst(inst, &|to| reached[to.index()], next, &|to| place[to.index()] > i);
            }
        }
        if let Some(trap) = self.trap {
            self.asm.bind(trap);
            self.insn(Insn::Udf { imm: 0 });
        }
    }

    /// `rd = rn + imm`, flags dead.
    fn adjust(&mut self, rd: R, rn: R, imm: u32) {
        let negated = imm.wrapping_neg();
        let s = Flags::Free;
        let add = Insn::Alu { op: Alu::Add, s, rd, rn, op2: Op2::Imm(imm) };
        let sub = Insn::Alu { op: Alu::Sub, s, rd, rn, op2: Op2::Imm(negated) };
        if imm == 0 {
            if rd != rn {
                self.insn(Insn::Mov { s, rd, op2: Op2::reg(rn) });
            }
        } else if encodable(imm) && (add.is_narrow() || !encodable(negated)) {
            self.insn(add);
        } else if encodable(negated) {
            self.insn(sub);
        } else if imm < 4096 {
            self.insn(Insn::AddWide { sub: false, rd, rn, imm: imm as u16 });
        } else if negated < 4096 {
            self.insn(Insn::AddWide { sub: true, rd, rn, imm: negated as u16 });
        } else {
            let temp = if rd == rn || rd == SP { SCRATCH } else { rd };
            self.constant(temp, imm);
            self.insn(Insn::Alu { op: Alu::Add, s, rd, rn, op2: Op2::reg(temp) });
        }
    }

    /// `rd = value`, flags dead.
    fn constant(&mut self, rd: R, value: u32) {
        let s = Flags::Free;
        if encodable(value) {
            self.insn(Insn::Mov { s, rd, op2: Op2::Imm(value) });
        } else if encodable(!value) {
            self.insn(Insn::Mvn { s, rd, op2: Op2::Imm(!value) });
        } else if value < 0x1_0000 {
            self.insn(Insn::Movw { rd, imm: value as u16 });
        } else {
            let literal = Literal::Value(value);
            let index = self.asm.literal(literal);
            self.span(Span::Literal(rd, index, literal));
        }
    }

    fn stack(&mut self, offset: u32) -> Mem {
        if offset < 4096 {
            return Mem::Offset(SP, offset as i32);
        }
        self.constant(SCRATCH, offset);
        Mem::Index(SP, SCRATCH, 0)
    }

    fn mem(&mut self, addr: Addr) -> Mem {
        match addr {
            Addr::Base(base, offset) => Mem::Offset(r(base), offset),
            Addr::Index(base, index, shift) => Mem::Index(r(base), r(index), shift),
            Addr::Slot(offset) => self.stack(self.slots + offset),
        }
    }

    /// Emits the comparison; the condition then holds or not.
    fn test(&mut self, test: Test) {
        match test {
            Test::Cmp(rn, Operand::Imm(imm)) if !encodable(imm) => {
                let negated = Op2::Imm(imm.wrapping_neg());
                self.insn(Insn::Test { op: Compare::Cmn, rn: r(rn), op2: negated });
            }
            Test::Cmn(rn, Operand::Imm(imm)) if !encodable(imm) => {
                let negated = Op2::Imm(imm.wrapping_neg());
                self.insn(Insn::Test { op: Compare::Cmp, rn: r(rn), op2: negated });
            }
            Test::Cmp(rn, b) => self.insn(Insn::Test { op: Compare::Cmp, rn: r(rn), op2: op2(b) }),
            Test::Cmn(rn, b) => self.insn(Insn::Test { op: Compare::Cmn, rn: r(rn), op2: op2(b) }),
            Test::Tst(rn, b) => self.insn(Insn::Test { op: Compare::Tst, rn: r(rn), op2: op2(b) }),
            Test::Cmp64(lo, hi, other_lo, other_hi) => {
                self.test(Test::Cmp(lo, other_lo));
                self.carry(Alu::Sbc, Flags::Set, SCRATCH, r(hi), op2(other_hi));
            }
            Test::Flags => {}
        }
    }

    /// An addition or subtraction with carry; an inverted constant turns one into the other.
    fn carry(&mut self, op: Alu, s: Flags, rd: R, rn: R, op2: Op2) {
        let (op, op2) = match op2 {
            Op2::Imm(imm) if !encodable(imm) => {
                (if op == Alu::Adc { Alu::Sbc } else { Alu::Adc }, Op2::Imm(!imm))
            }
            _ => (op, op2),
        };
        self.insn(Insn::Alu { op, s, rd, rn, op2 });
    }

    /// Branches to the trap at the end of the function.
    fn trap_if(&mut self, cond: Cond) {
        let label = match self.trap {
            Some(label) => label,
            None => *self.trap.insert(self.asm.label()),
        };
        self.span(Span::Branch(cond, label));
    }

    fn alu(&mut self, op: AluOp, flags: FlagUse, rd: R, a: R, b: Operand) {
        let s = if flags.sets() { Flags::Set } else { Flags::Free };
        let shift = |kind| match b {
            Operand::Imm(imm) => Insn::Mov { s, rd, op2: Op2::Reg(a, kind, imm as u8) },
            Operand::Reg(rm) | Operand::Shifted(rm, ..) => Insn::ShiftReg { kind, s, rd, rn: a, rm: r(rm) },
        };
        let rm = match b {
            Operand::Reg(reg) | Operand::Shifted(reg, ..) => r(reg),
            Operand::Imm(_) => SCRATCH,
        };
        let plain = |op| Insn::Alu { op, s, rd, rn: a, op2: op2(b) };
        let insn = match (op, b) {
            (AluOp::Add, Operand::Imm(imm)) if s == Flags::Free => return self.adjust(rd, a, imm),
            (AluOp::Sub, Operand::Imm(imm)) if s == Flags::Free => {
                return self.adjust(rd, a, imm.wrapping_neg());
            }
            (AluOp::Add | AluOp::Sub, Operand::Imm(imm)) => {
                let (same, other) =
                    if op == AluOp::Add { (Alu::Add, Alu::Sub) } else { (Alu::Sub, Alu::Add) };
                let negated = Op2::Imm(imm.wrapping_neg());
                let inverse = Insn::Alu { op: other, s, rd, rn: a, op2: negated };
                if !encodable(imm) || (encodable(imm.wrapping_neg()) && inverse.is_narrow()) {
                    // For 0 and the least integer the flags would differ; those are encodable as they are.
                    if imm != 0 && imm != 0x8000_0000 {
                        return self.insn(inverse);
                    }
                }
                plain(same)
            }
            (AluOp::And | AluOp::Bic, Operand::Imm(imm)) if !encodable(imm) => {
                let op = if op == AluOp::And { Alu::Bic } else { Alu::And };
                Insn::Alu { op, s, rd, rn: a, op2: Op2::Imm(!imm) }
            }
            (AluOp::Or | AluOp::Orn, Operand::Imm(imm)) if !encodable(imm) => {
                let op = if op == AluOp::Or { Alu::Orn } else { Alu::Orr };
                Insn::Alu { op, s, rd, rn: a, op2: Op2::Imm(!imm) }
            }
            (AluOp::Xor, Operand::Imm(u32::MAX)) => Insn::Mvn { s, rd, op2: Op2::reg(a) },
            (AluOp::Adc, _) => return self.carry(Alu::Adc, s, rd, a, op2(b)),
            (AluOp::Sbc, _) => return self.carry(Alu::Sbc, s, rd, a, op2(b)),
            (AluOp::Add, _) => plain(Alu::Add),
            (AluOp::Sub, _) => plain(Alu::Sub),
            (AluOp::Rsb, _) => plain(Alu::Rsb),
            (AluOp::And, _) => plain(Alu::And),
            (AluOp::Bic, _) => plain(Alu::Bic),
            (AluOp::Or, _) => plain(Alu::Orr),
            (AluOp::Orn, _) => plain(Alu::Orn),
            (AluOp::Xor, _) => plain(Alu::Eor),
            (AluOp::Lsl, _) => shift(Shift::Lsl),
            (AluOp::Lsr, _) => shift(Shift::Lsr),
            (AluOp::Asr, _) => shift(Shift::Asr),
            (AluOp::Ror, _) => shift(Shift::Ror),
            (AluOp::Mul, _) => Insn::Mul { s, rd, rn: a, rm },
            (AluOp::Sdiv, _) => Insn::Div { signed: true, rd, rn: a, rm },
            (AluOp::Udiv, _) => Insn::Div { signed: false, rd, rn: a, rm },
            (AluOp::Mulh | AluOp::Mulhu | AluOp::Srem | AluOp::Urem | AluOp::Slt | AluOp::Sltu, _) => {
                unreachable!("not selected for Thumb")
            }
        };
        self.insn(insn);
    }

    /// A conditional move in an IT block.
    fn conditional(&mut self, rd: R, operand: Operand) {
        let s = Flags::InIt;
        match operand {
            Operand::Imm(imm) if !encodable(imm) => {
                self.insn(Insn::Mvn { s, rd, op2: Op2::Imm(!imm) });
            }
            operand => self.insn(Insn::Mov { s, rd, op2: op2(operand) }),
        }
    }

    fn select(&mut self, test: Test, cond: Cond, rd: R, then: Operand, other: Operand) {
        match other {
            Operand::Imm(_) => {
                self.test(test);
                self.insn(Insn::It { cond, rest: &[false] });
                self.conditional(rd, then);
                self.conditional(rd, other);
            }
            Operand::Reg(_) | Operand::Shifted(..) => {
                if then == Operand::Reg(Reg(u32::from(rd.0))) {
                    return;
                }
                self.test(test);
                self.insn(Insn::It { cond, rest: &[] });
                self.conditional(rd, then);
            }
        }
    }

    fn address(&mut self, rd: R, symbol: SymbolRef, addend: i32) {
        let literal = Literal::Address(symbol, addend);
        let index = self.asm.literal(literal);
        self.span(Span::Literal(rd, index, literal));
    }

    fn epilogue(&mut self) {
        if self.bare || (self.pushed == 0 && self.locals == 0) {
            self.insn(Insn::Bx { rm: LR });
            return;
        }
        let list = self.pushed & !(1 << LR.0) | 1 << PC.0;
        let pop = Insn::Pop { list };
        // A jump to an epilogue is no longer than the shortest one.
        let short = self.locals == 0 && pop.is_narrow();
        if let Some(label) = self.epilogue.filter(|_| !short) {
            self.span(Span::Jump(label));
            return;
        }
        let label = self.asm.label();
        self.asm.bind(label);
        self.epilogue = Some(label);
        if self.locals != 0 {
            self.adjust(SP, SP, self.locals);
        }
        if self.pushed == 0 {
            self.insn(Insn::Bx { rm: LR });
        } else {
            self.insn(pop);
        }
    }

    fn inst(
        &mut self,
        inst: &Inst,
        reached: &dyn Fn(BlockId) -> BlockId,
        next: Option<BlockId>,
        is_later: &dyn Fn(BlockId) -> bool,
    ) {
        match *inst {
            Inst::Entry { .. } => {}
            Inst::LoadArg { rd, offset } => {
                let mem = self.stack(self.arguments + offset);
                self.insn(Insn::Load { width: Width::Word, rt: r(rd), mem });
            }
            Inst::StoreArg { rs, offset } => {
                let mem = self.stack(offset);
                self.insn(Insn::Store { width: Width::Word, rt: r(rs), mem });
            }
            Inst::Reload { rd, slot } => {
                let mem = Mem::Offset(SP, (self.spills + 4 * slot) as i32);
                self.insn(Insn::Load { width: Width::Word, rt: r(rd), mem });
            }
            Inst::Spill { rs, slot } => {
                let mem = Mem::Offset(SP, (self.spills + 4 * slot) as i32);
                self.insn(Insn::Store { width: Width::Word, rt: r(rs), mem });
            }
            Inst::Const { rd, value } => self.constant(r(rd), value),
            Inst::Address { rd, symbol, addend } => self.address(r(rd), symbol, addend),
            Inst::SlotAddress { rd, offset } => self.adjust(r(rd), SP, self.slots + offset),
            Inst::Move { rd, rs } => {
                if rd != rs {
                    self.insn(Insn::Mov { s: Flags::Keep, rd: r(rd), op2: Op2::reg(r(rs)) });
                }
            }
            Inst::Alu { op, flags, rd, a, b, .. } => self.alu(op, flags, r(rd), r(a), b),
            Inst::Unary { op, rd, rs } => {
                let (rd, rm) = (r(rd), r(rs));
                let op = match op {
                    UnaryOp::Not => {
                        return self.insn(Insn::Mvn { s: Flags::Free, rd, op2: Op2::reg(rm) });
                    }
                    UnaryOp::Clz => Unary::Clz,
                    UnaryOp::Rbit => Unary::Rbit,
                    UnaryOp::Rev => Unary::Rev,
                    UnaryOp::Uxtb => Unary::Uxtb,
                    UnaryOp::Uxth => Unary::Uxth,
                    UnaryOp::Sxtb => Unary::Sxtb,
                    UnaryOp::Sxth => Unary::Sxth,
                    UnaryOp::NonZero => unreachable!("not selected for Thumb"),
                };
                self.insn(Insn::Unary { op, rd, rm });
            }
            Inst::MulAdd { sub, rd, a, b, acc } => {
                self.insn(Insn::MulAdd { sub, rd: r(rd), rn: r(a), rm: r(b), ra: r(acc) });
            }
            Inst::MulLong { signed, lo, hi, a, b } => {
                let op = if signed { Mul::Smull } else { Mul::Umull };
                self.insn(Insn::MulLong { op, lo: r(lo), hi: r(hi), rn: r(a), rm: r(b) });
            }
            Inst::Extract { signed, rd, rs, lsb, width } => {
                self.insn(Insn::Extract { signed, rd: r(rd), rn: r(rs), lsb, width });
            }
            Inst::Load { width, rd, addr } => {
                let mem = self.mem(addr);
                self.insn(Insn::Load { width, rt: r(rd), mem });
            }
            Inst::Store { width, rs, addr } => {
                let mem = self.mem(addr);
                self.insn(Insn::Store { width, rt: r(rs), mem });
            }
            Inst::Select { test, cond, rd, then, other } => {
                self.select(test, cond, r(rd), then, other);
            }
            Inst::Call { callee: Callee::Symbol(symbol), .. } => {
                self.asm.reloc(RelocKind::ThumbCall, symbol, 0);
                self.insn(Insn::Bl);
            }
            Inst::Call { callee: Callee::Register(target), .. } => {
                self.insn(Insn::Blx { rm: r(target) });
            }
            Inst::TrapIf { test, cond } => {
                self.test(test);
                self.trap_if(cond);
            }
            Inst::Trap => self.insn(Insn::Udf { imm: 0 }),
            Inst::Return { .. } => self.epilogue(),
            Inst::Jump { ref to } => {
                let to = reached(to.to);
                if Some(to) != next {
                    self.span(Span::Jump(self.labels[to.index()]));
                }
            }
            Inst::Branch { test, cond, ref then, ref other } => {
                let (then, other) = (reached(then.to), reached(other.to));
                self.branch(test, cond, then, other, next);
            }
            Inst::Table { index, ref entries, ref edges } => {
                let targets: Vec<BlockId> = edges.iter().map(|edge| reached(edge.to)).collect();
                self.table(r(index), entries, &targets, is_later);
            }
        }
    }

    fn branch(&mut self, test: Test, cond: Cond, then: BlockId, other: BlockId, next: Option<BlockId>) {
        if then == other {
            if Some(then) != next {
                self.span(Span::Jump(self.labels[then.index()]));
            }
            return;
        }
        let (cond, then, other) =
            if Some(then) == next { (cond.invert(), other, then) } else { (cond, then, other) };
        let target = self.labels[then.index()];
        match test {
            Test::Cmp(rn, Operand::Imm(0)) if rn.0 < 8 && matches!(cond, Cond::Eq | Cond::Ne) => {
                self.span(Span::Zero(cond == Cond::Eq, r(rn), target));
            }
            _ => {
                self.test(test);
                self.span(Span::Branch(cond, target));
            }
        }
        if Some(other) != next {
            self.span(Span::Jump(self.labels[other.index()]));
        }
    }

    fn table(&mut self, index: R, entries: &[u32], targets: &[BlockId], is_later: &dyn Fn(BlockId) -> bool) {
        let count = entries.len() as u32;
        let bound = if encodable(count) {
            Op2::Imm(count)
        } else {
            self.constant(SCRATCH, count);
            Op2::reg(SCRATCH)
        };
        self.insn(Insn::Test { op: Compare::Cmp, rn: index, op2: bound });
        let default = *targets.last().expect("a default");
        self.span(Span::Branch(Cond::Hs, self.labels[default.index()]));
        // A table reaches forward only: targets before it get a jump behind it.
        let mut detours = Vec::new();
        let labels: Vec<Label> = targets
            .iter()
            .map(|&target| {
                let label = self.labels[target.index()];
                if is_later(target) {
                    return label;
                }
                let detour = self.asm.label();
                detours.push((detour, label));
                detour
            })
            .collect();
        let labels = entries.iter().map(|&entry| labels[entry as usize]).collect();
        self.span(Span::Table(index, labels));
        for (detour, label) in detours {
            self.asm.bind(detour);
            self.span(Span::Jump(label));
        }
    }
}
