//! Allocated code to RV32IMC.
//!
//! Frame, from the stack pointer up: outgoing arguments, spill slots, stack slots, saved registers, and above
//! those the caller's outgoing arguments. t5 is free within an instruction of the allocator.

use super::insn::{Branch, Insn, Op, OpImm, RA, SP, TEMP, Width, X, ZERO};
use super::span::Span;
use crate::machine32::alloc::Allocated;
use crate::machine32::frame::{self, Framing};
use crate::machine32::inst::{
    self, Addr, AluOp, BlockId, Callee, Cond, Inst, Operand, Reg, SymbolRef, Test, UnaryOp,
};
use crate::machine32::layout::{Assembly, Label, RelocKind, Span as AnySpan};

/// s0, s1, s2 to s11.
const SAVED: u32 = 0x0ffc_0300;

struct Emitter<'a> {
    code: &'a Allocated,
    asm: Assembly,
    labels: Vec<Label>,
    trap: Option<Label>,
    spills: u32,
    slots: u32,
    /// Bytes of the frame.
    frame: u32,
    saved: Vec<X>,
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
/// None so far; the signature is the one of the Thumb emitter.
pub fn emit(code: &mut Allocated) -> Result<Assembly, u32> {
    let (order, reached) = code.layout();
    let framing = frame::find(code, SAVED | 1 << RA.0, &reached);
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
        frame: 0,
        saved: Vec::new(),
        framing,
        bare: false,
        epilogue: None,
    };
    emitter.lay_out_frame();
    emitter.function(&order, &reached);
    Ok(emitter.asm)
}

fn x(reg: Reg) -> X {
    X(reg.0 as u8)
}

fn fits(value: i32) -> bool {
    (-2048..2048).contains(&value)
}

impl Emitter<'_> {
    fn lay_out_frame(&mut self) {
        let program = &self.code.program;
        if program.calls {
            self.saved.push(RA);
        }
        self.saved.extend((0..32).filter(|n| self.code.written & SAVED & 1 << n != 0).map(X));
        self.spills = program.outgoing_bytes;
        self.slots = self.spills + 4 * self.code.spill_slots;
        let used = self.slots + program.slot_bytes + 4 * self.saved.len() as u32;
        self.frame = used.next_multiple_of(16);
    }

    fn insn(&mut self, insn: Insn) {
        let code = insn.encode();
        self.asm.push(&insn, |bytes| code.push_to(bytes));
    }

    fn span(&mut self, span: Span) {
        self.asm.span(AnySpan::Rv(span));
    }

    fn jump(&mut self, to: BlockId) {
        self.span(Span::Jump(self.labels[to.index()]));
    }

    fn prologue(&mut self) {
        if self.frame != 0 {
            // The stores come first in reach of their 16-bit form, then the rest of the frame.
            let near = self.near_frame();
            self.adjust(SP, SP, -(near as i32));
            for (i, reg) in self.saved.clone().into_iter().enumerate() {
                let imm = near as i32 - 4 * (i as i32 + 1);
                self.insn(Insn::Store { width: Width::Word, rs2: reg, rs1: SP, imm });
            }
            self.adjust(SP, SP, -((self.frame - near) as i32));
        }
    }

    fn function(&mut self, order: &[BlockId], reached: &[BlockId]) {
        if self.framing.start.is_none() {
            self.prologue();
        }
        for (i, &block) in order.iter().enumerate() {
            self.asm.bind(self.labels[block.index()]);
            self.bare = self.framing.bare[block.index()];
            if self.framing.start == Some(block) {
                self.prologue();
            }
            let next = order.get(i + 1).copied();
            for inst in &self.code.program.blocks[block.index()].insts {
                self.inst(inst, &|to| reached[to.index()], next);
            }
        }
        if let Some(trap) = self.trap {
            self.asm.bind(trap);
            self.insn(Insn::Unimp);
        }
    }

    /// The part of the frame that is made before the registers are saved.
    fn near_frame(&self) -> u32 {
        if self.frame < 256 || self.saved.is_empty() && self.frame < 2048 {
            self.frame
        } else {
            (4 * self.saved.len() as u32).next_multiple_of(16)
        }
    }

    /// `rd = rs + imm`
    fn adjust(&mut self, rd: X, rs: X, imm: i32) {
        if imm == 0 && rd == rs {
            return;
        }
        if fits(imm) {
            self.insn(Insn::OpImm { op: OpImm::Addi, rd, rs1: rs, imm });
            return;
        }
        let temp = if rd == rs || rd == SP { TEMP } else { rd };
        self.constant(temp, imm as u32);
        self.insn(Insn::Op { op: Op::Add, rd, rs1: rs, rs2: temp });
    }

    fn constant(&mut self, rd: X, value: u32) {
        for insn in load_constant(rd, value) {
            self.insn(insn);
        }
    }

    /// Base and offset of a stack location.
    fn stack(&mut self, offset: u32) -> (X, i32) {
        if offset < 2048 {
            return (SP, offset as i32);
        }
        // The offset's low part stays in the access.
        let low = (offset << 20) as i32 >> 20;
        self.constant(TEMP, offset.wrapping_sub(low as u32));
        self.insn(Insn::Op { op: Op::Add, rd: TEMP, rs1: TEMP, rs2: SP });
        (TEMP, low)
    }

    fn mem(&mut self, addr: Addr) -> (X, i32) {
        match addr {
            Addr::Base(base, offset) => (x(base), offset),
            Addr::Slot(offset) => self.stack(self.slots + offset),
            Addr::Index(..) => unreachable!("not selected for RISC-V"),
        }
    }

    /// A test as a branch condition with its operands.
    fn condition(test: Test, cond: Cond) -> (Branch, X, X) {
        let Test::Cmp(a, b) = test else { unreachable!("not selected for RISC-V") };
        let b = match b {
            Operand::Reg(reg) => x(reg),
            Operand::Imm(_) | Operand::Shifted(..) => ZERO,
        };
        let a = x(a);
        match cond {
            Cond::Eq => (Branch::Eq, a, b),
            Cond::Ne => (Branch::Ne, a, b),
            Cond::Lt => (Branch::Lt, a, b),
            Cond::Ge => (Branch::Ge, a, b),
            Cond::Gt => (Branch::Lt, b, a),
            Cond::Le => (Branch::Ge, b, a),
            Cond::Lo => (Branch::Ltu, a, b),
            Cond::Hs => (Branch::Geu, a, b),
            Cond::Hi => (Branch::Ltu, b, a),
            Cond::Ls => (Branch::Geu, b, a),
            Cond::Mi | Cond::Pl | Cond::Vs | Cond::Vc => {
                unreachable!("not selected for RISC-V")
            }
        }
    }

    fn alu(&mut self, op: AluOp, rd: X, a: X, b: Operand) {
        if let Operand::Imm(imm) = b {
            let imm = imm as i32;
            let (op, imm) = match op {
                AluOp::Add => return self.adjust(rd, a, imm),
                AluOp::Sub => return self.adjust(rd, a, imm.wrapping_neg()),
                AluOp::Rsb => {
                    self.insn(Insn::Op { op: Op::Sub, rd, rs1: ZERO, rs2: a });
                    return;
                }
                AluOp::And => (OpImm::Andi, imm),
                AluOp::Or => (OpImm::Ori, imm),
                AluOp::Xor => (OpImm::Xori, imm),
                AluOp::Lsl => (OpImm::Slli, imm),
                AluOp::Lsr => (OpImm::Srli, imm),
                AluOp::Asr => (OpImm::Srai, imm),
                AluOp::Slt => (OpImm::Slti, imm),
                AluOp::Sltu => (OpImm::Sltiu, imm),
                _ => unreachable!("has no form with a constant on RISC-V"),
            };
            self.insn(Insn::OpImm { op, rd, rs1: a, imm });
            return;
        }
        let (Operand::Reg(b), op) = (b, register_op(op)) else { unreachable!("not selected for RISC-V") };
        self.insn(Insn::Op { op, rd, rs1: a, rs2: x(b) });
    }

    fn select(&mut self, test: Test, cond: Cond, rd: X, then: Operand, other: Operand) {
        if let Operand::Imm(imm) = other {
            self.constant(rd, imm);
        }
        let moves = match then {
            Operand::Reg(reg) if x(reg) == rd => return,
            Operand::Reg(reg) => {
                vec![Insn::OpImm { op: OpImm::Addi, rd, rs1: x(reg), imm: 0 }]
            }
            Operand::Imm(imm) => load_constant(rd, imm),
            Operand::Shifted(..) => unreachable!("not selected for RISC-V"),
        };
        let (branch, rs1, rs2) = Self::condition(test, cond.invert());
        let length: u8 = moves.iter().map(|insn| insn.encode().size()).sum();
        let skip = |own: u8| Insn::Skip { cond: branch, rs1, rs2, distance: own + length };
        let own = skip(2).encode().size();
        self.insn(skip(own));
        for insn in moves {
            self.insn(insn);
        }
    }

    fn epilogue(&mut self) {
        if self.frame != 0 && !self.bare {
            // A jump is shorter.
            if let Some(label) = self.epilogue {
                self.span(Span::Jump(label));
                return;
            }
            let label = self.asm.label();
            self.asm.bind(label);
            self.epilogue = Some(label);
            let near = self.near_frame();
            self.adjust(SP, SP, (self.frame - near) as i32);
            for (i, rd) in self.saved.clone().into_iter().enumerate() {
                let imm = near as i32 - 4 * (i as i32 + 1);
                self.insn(Insn::Load { width: Width::Word, rd, rs1: SP, imm });
            }
            self.adjust(SP, SP, near as i32);
        }
        self.insn(Insn::Jalr { rd: ZERO, rs1: RA, imm: 0 });
    }

    fn address(&mut self, rd: X, symbol: SymbolRef, addend: i32) {
        // Both need their 32-bit form for the linker to fill in.
        self.asm.reloc(RelocKind::RvHi20, symbol, addend);
        let lui = Insn::Lui { rd, imm: 0 };
        let bits = lui.wide();
        self.asm.push(&lui, |bytes| bytes.extend(bits.to_le_bytes()));
        self.asm.reloc(RelocKind::RvLo12I, symbol, addend);
        let addi = Insn::OpImm { op: OpImm::Addi, rd, rs1: rd, imm: 0 };
        let bits = addi.wide();
        self.asm.push(&addi, |bytes| bytes.extend(bits.to_le_bytes()));
    }

    fn inst(&mut self, inst: &Inst, reached: &dyn Fn(BlockId) -> BlockId, next: Option<BlockId>) {
        match *inst {
            Inst::Entry { .. } => {}
            Inst::LoadArg { rd, offset } => self.load_stack(x(rd), self.frame + offset),
            Inst::Reload { rd, slot } => self.load_stack(x(rd), self.spills + 4 * slot),
            Inst::StoreArg { rs, offset } => self.store_stack(x(rs), offset),
            Inst::Spill { rs, slot } => self.store_stack(x(rs), self.spills + 4 * slot),
            Inst::Const { rd, value } => self.constant(x(rd), value),
            Inst::Address { rd, symbol, addend } => self.address(x(rd), symbol, addend),
            Inst::SlotAddress { rd, offset } => {
                self.adjust(x(rd), SP, (self.slots + offset) as i32);
            }
            Inst::Move { rd, rs } => {
                if rd != rs {
                    self.insn(Insn::OpImm { op: OpImm::Addi, rd: x(rd), rs1: x(rs), imm: 0 });
                }
            }
            Inst::Alu { op, rd, a, b, .. } => self.alu(op, x(rd), x(a), b),
            Inst::Unary { op, rd, rs } => {
                let (rd, rs) = (x(rd), x(rs));
                self.insn(match op {
                    UnaryOp::Not => Insn::OpImm { op: OpImm::Xori, rd, rs1: rs, imm: -1 },
                    UnaryOp::NonZero => Insn::Op { op: Op::Sltu, rd, rs1: ZERO, rs2: rs },
                    _ => unreachable!("not selected for RISC-V"),
                });
            }
            Inst::Load { width, rd, addr } => {
                let (rs1, imm) = self.mem(addr);
                self.insn(Insn::Load { width: width_of(width), rd: x(rd), rs1, imm });
            }
            Inst::Store { width, rs, addr } => {
                let (rs1, imm) = self.mem(addr);
                self.insn(Insn::Store { width: width_of(width), rs2: x(rs), rs1, imm });
            }
            Inst::Select { test, cond, rd, then, other } => {
                self.select(test, cond, x(rd), then, other);
            }
            Inst::Call { callee: Callee::Symbol(symbol), .. } => {
                self.asm.reloc(RelocKind::RvJal, symbol, 0);
                self.insn(Insn::Call);
            }
            Inst::Call { callee: Callee::Register(target), .. } => {
                self.insn(Insn::Jalr { rd: RA, rs1: x(target), imm: 0 });
            }
            Inst::TrapIf { test, cond } => {
                let label = match self.trap {
                    Some(label) => label,
                    None => *self.trap.insert(self.asm.label()),
                };
                let (branch, rs1, rs2) = Self::condition(test, cond);
                self.span(Span::Branch(branch, rs1, rs2, label));
            }
            Inst::Trap => self.insn(Insn::Unimp),
            Inst::Return { .. } => self.epilogue(),
            Inst::Jump { ref to } => {
                let to = reached(to.to);
                if Some(to) != next {
                    self.jump(to);
                }
            }
            Inst::Branch { test, cond, ref then, ref other } => {
                let (then, other) = (reached(then.to), reached(other.to));
                self.branch(test, cond, then, other, next);
            }
            Inst::Table { index, ref entries, ref edges } => {
                let targets: Vec<BlockId> = edges.iter().map(|edge| reached(edge.to)).collect();
                self.table(x(index), entries, &targets);
            }
            Inst::MulAdd { .. } | Inst::MulLong { .. } | Inst::Extract { .. } => {
                unreachable!("not selected for RISC-V")
            }
        }
    }

    fn load_stack(&mut self, rd: X, offset: u32) {
        let (rs1, imm) = self.stack(offset);
        self.insn(Insn::Load { width: Width::Word, rd, rs1, imm });
    }

    fn store_stack(&mut self, rs2: X, offset: u32) {
        let (rs1, imm) = self.stack(offset);
        self.insn(Insn::Store { width: Width::Word, rs2, rs1, imm });
    }

    fn branch(&mut self, test: Test, cond: Cond, then: BlockId, other: BlockId, next: Option<BlockId>) {
        if then == other {
            if Some(then) != next {
                self.jump(then);
            }
            return;
        }
        let (cond, then, other) =
            if Some(then) == next { (cond.invert(), other, then) } else { (cond, then, other) };
        let (branch, rs1, rs2) = Self::condition(test, cond);
        self.span(Span::Branch(branch, rs1, rs2, self.labels[then.index()]));
        if Some(other) != next {
            self.jump(other);
        }
    }

    /// A jump into a row of 4-byte jumps.
    fn table(&mut self, index: X, entries: &[u32], targets: &[BlockId]) {
        let default = targets.last().expect("a default");
        self.constant(TEMP, entries.len() as u32);
        self.span(Span::Branch(Branch::Geu, index, TEMP, self.labels[default.index()]));
        // The scratch register of the allocator is free here as well.
        let pc = X(31);
        self.insn(Insn::OpImm { op: OpImm::Slli, rd: TEMP, rs1: index, imm: 2 });
        let add = Insn::Op { op: Op::Add, rd: TEMP, rs1: TEMP, rs2: pc };
        let after = 4 + add.encode().size() + 4;
        let jump = Insn::Jalr { rd: ZERO, rs1: TEMP, imm: i32::from(after) };
        self.insn(Insn::Auipc { rd: pc, imm: 0 });
        self.insn(add);
        self.insn(jump);
        for &entry in entries {
            let target = targets[entry as usize];
            self.span(Span::Entry(self.labels[target.index()]));
        }
    }
}

/// The instructions that load a constant.
fn load_constant(rd: X, value: u32) -> Vec<Insn> {
    let low = (value << 20) as i32 >> 20;
    let high = value.wrapping_sub(low as u32) >> 12;
    if high == 0 {
        return vec![Insn::OpImm { op: OpImm::Addi, rd, rs1: ZERO, imm: low }];
    }
    let mut insns = vec![Insn::Lui { rd, imm: high }];
    if low != 0 {
        insns.push(Insn::OpImm { op: OpImm::Addi, rd, rs1: rd, imm: low });
    }
    insns
}

fn width_of(width: inst::Width) -> Width {
    match width {
        inst::Width::Byte => Width::UnsignedByte,
        inst::Width::SignedByte => Width::Byte,
        inst::Width::Half => Width::UnsignedHalf,
        inst::Width::SignedHalf => Width::Half,
        inst::Width::Word => Width::Word,
    }
}

fn register_op(op: AluOp) -> Op {
    match op {
        AluOp::Add => Op::Add,
        AluOp::Sub => Op::Sub,
        AluOp::And => Op::And,
        AluOp::Or => Op::Or,
        AluOp::Xor => Op::Xor,
        AluOp::Lsl => Op::Sll,
        AluOp::Lsr => Op::Srl,
        AluOp::Asr => Op::Sra,
        AluOp::Mul => Op::Mul,
        AluOp::Mulh => Op::Mulh,
        AluOp::Mulhu => Op::Mulhu,
        AluOp::Sdiv => Op::Div,
        AluOp::Udiv => Op::Divu,
        AluOp::Srem => Op::Rem,
        AluOp::Urem => Op::Remu,
        AluOp::Slt => Op::Slt,
        AluOp::Sltu => Op::Sltu,
        AluOp::Rsb | AluOp::Bic | AluOp::Orn | AluOp::Adc | AluOp::Sbc | AluOp::Ror => {
            unreachable!("not selected for RISC-V")
        }
    }
}
