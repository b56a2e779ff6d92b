//! The machine-level program shared by both instruction sets, before and after register allocation.
//!
//! An [`Inst`] is what the allocator sees as one instruction. Comparisons are fused with their users
//! ([`Test`] in a branch, select or trap), so the flags of a Thumb core are live between two instructions
//! only where an [`FlagUse`] says so; those two are always adjacent and the moves that the allocator may put
//! between them leave the flags alone. That makes every flag-setting 16-bit encoding usable.

use crate::unit::SymbolId;

pub use super::thumb::insn::{Cond, Shift, Width};

/// A virtual register before allocation; the hardware number of a core register after it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Reg(pub u32);

/// A block of a [`Program`], in reverse postorder.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct BlockId(pub u32);

impl BlockId {
    /// As an index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a call or an address refers to.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum SymbolRef {
    /// A symbol of the unit.
    Unit(SymbolId),
    /// A support routine, by its linker name.
    Runtime(&'static str),
}

/// The second operand of an operation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Operand {
    Reg(Reg),
    /// A register shifted by a constant of 1 to 31 (Thumb only).
    Shifted(Reg, Shift, u8),
    /// A constant that the instruction set can encode there.
    Imm(u32),
}

/// Two-operand arithmetic.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AluOp {
    Add,
    Sub,
    /// `b - a`
    Rsb,
    And,
    /// `a & !b` (Thumb)
    Bic,
    Or,
    /// `a | !b` (Thumb)
    Orn,
    Xor,
    /// Add with carry (Thumb)
    Adc,
    /// Subtract with borrow (Thumb)
    Sbc,
    Lsl,
    Lsr,
    Asr,
    /// Rotate right (Thumb)
    Ror,
    Mul,
    /// High half of the signed product (RV)
    Mulh,
    /// High half of the unsigned product (RV)
    Mulhu,
    Sdiv,
    Udiv,
    /// Signed remainder (RV)
    Srem,
    /// Unsigned remainder (RV)
    Urem,
    /// 1 if `a < b` signed, else 0 (RV)
    Slt,
    /// 1 if `a < b` unsigned, else 0 (RV)
    Sltu,
}

impl AluOp {
    /// Whether the operands may be exchanged.
    pub fn commutes(self) -> bool {
        use AluOp::*;
        matches!(self, Add | And | Or | Xor | Adc | Mul | Mulh | Mulhu)
    }

    /// Whether the 16-bit Thumb form overwrites its first operand.
    pub fn two_address(self) -> bool {
        use AluOp::*;
        matches!(self, And | Bic | Or | Xor | Adc | Sbc | Lsl | Lsr | Asr | Ror | Mul)
    }
}

/// What an operation has to do with the flags (Thumb).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FlagUse {
    /// Nothing.
    None,
    /// The next instruction reads those that this one sets.
    Set,
    /// Reads those of the instruction before.
    Read,
    /// Both.
    ReadSet,
}

impl FlagUse {
    /// Whether it depends on the instruction before.
    pub fn reads(self) -> bool {
        matches!(self, FlagUse::Read | FlagUse::ReadSet)
    }

    /// Whether the instruction after depends on it.
    pub fn sets(self) -> bool {
        matches!(self, FlagUse::Set | FlagUse::ReadSet)
    }
}

/// Which operand shares the register of the result.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tie {
    Free,
    First,
    Second,
}

/// One-operand arithmetic.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum UnaryOp {
    Not,
    /// Count of leading zeros (Thumb)
    Clz,
    /// Bit reversal (Thumb)
    Rbit,
    /// Byte reversal (Thumb)
    Rev,
    Uxtb,
    Uxth,
    Sxtb,
    Sxth,
    /// 1 if not 0 (RV)
    NonZero,
}

/// A memory operand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Addr {
    /// Base plus an offset that the instruction set can encode.
    Base(Reg, i32),
    /// Base plus index shifted left by 0 to 3 (Thumb).
    Index(Reg, Reg, u8),
    /// A byte offset in the area of the function's stack slots.
    Slot(u32),
}

/// What a condition tests.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Test {
    Cmp(Reg, Operand),
    /// Flags of the sum (Thumb)
    Cmn(Reg, Operand),
    /// Flags of the conjunction (Thumb)
    Tst(Reg, Operand),
    /// A 64-bit subtraction, low halves first; valid for Hs, Lo, Ge, Lt (Thumb).
    Cmp64(Reg, Reg, Operand, Operand),
    /// The flags set by the instruction before (Thumb).
    Flags,
}

/// Where a call goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Callee {
    Symbol(SymbolRef),
    Register(Reg),
}

/// A transfer of control with the arguments of the target's parameters.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Edge {
    /// Where it goes.
    pub to: BlockId,
    /// One register a parameter.
    pub args: Vec<Reg>,
}

/// An instruction.
#[derive(Clone, PartialEq, Debug)]
pub enum Inst {
    /// The arguments that arrive in machine registers.
    Entry {
        defs: Vec<(Reg, u8)>,
    },
    /// An argument that arrives on the stack, by its offset from the caller's stack pointer.
    LoadArg {
        rd: Reg,
        offset: u32,
    },
    /// An argument that is passed on the stack, by its offset from the stack pointer.
    StoreArg {
        rs: Reg,
        offset: u32,
    },
    Const {
        rd: Reg,
        value: u32,
    },
    Address {
        rd: Reg,
        symbol: SymbolRef,
        addend: i32,
    },
    SlotAddress {
        rd: Reg,
        offset: u32,
    },
    Move {
        rd: Reg,
        rs: Reg,
    },
    Alu {
        op: AluOp,
        flags: FlagUse,
        rd: Reg,
        a: Reg,
        b: Operand,
        tie: Tie,
    },
    Unary {
        op: UnaryOp,
        rd: Reg,
        rs: Reg,
    },
    /// `acc + a * b` or `acc - a * b` (Thumb)
    MulAdd {
        sub: bool,
        rd: Reg,
        a: Reg,
        b: Reg,
        acc: Reg,
    },
    /// The 64-bit product (Thumb)
    MulLong {
        signed: bool,
        lo: Reg,
        hi: Reg,
        a: Reg,
        b: Reg,
    },
    /// A bit field (Thumb)
    Extract {
        signed: bool,
        rd: Reg,
        rs: Reg,
        lsb: u8,
        width: u8,
    },
    Load {
        width: Width,
        rd: Reg,
        addr: Addr,
    },
    Store {
        width: Width,
        rs: Reg,
        addr: Addr,
    },
    /// `rd = if cond { then } else { other }`; a register in `other` shares `rd`.
    Select {
        test: Test,
        cond: Cond,
        rd: Reg,
        then: Operand,
        other: Operand,
    },
    /// A call; `pure` ones may be dropped if the results are unused.
    Call {
        callee: Callee,
        args: Vec<(Reg, u8)>,
        results: Vec<(Reg, u8)>,
        pure: bool,
    },
    TrapIf {
        test: Test,
        cond: Cond,
    },
    Jump {
        to: Edge,
    },
    Branch {
        test: Test,
        cond: Cond,
        then: Edge,
        other: Edge,
    },
    /// `entries[i]` is an index in `edges`; the last edge is taken when the index is out of range.
    Table {
        index: Reg,
        entries: Vec<u32>,
        edges: Vec<Edge>,
    },
    Return {
        values: Vec<(Reg, u8)>,
    },
    Trap,
    /// Reads a spill slot (made by the allocator).
    Reload {
        rd: Reg,
        slot: u32,
    },
    /// Writes a spill slot (made by the allocator).
    Spill {
        rs: Reg,
        slot: u32,
    },
}

/// How an instruction uses a register.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    Use,
    FixedUse(u8),
    Def,
    /// Written before the last operand is read.
    EarlyDef,
    FixedDef(u8),
    /// Shares the register of the operand with this index in visiting order.
    Reuse(usize),
}

fn visit_operand(operand: &mut Operand, visit: &mut dyn FnMut(&mut Reg, Role)) {
    match operand {
        Operand::Reg(r) | Operand::Shifted(r, ..) => visit(r, Role::Use),
        Operand::Imm(_) => {}
    }
}

fn visit_test(test: &mut Test, visit: &mut dyn FnMut(&mut Reg, Role)) {
    match test {
        Test::Cmp(a, b) | Test::Cmn(a, b) | Test::Tst(a, b) => {
            visit(a, Role::Use);
            visit_operand(b, visit);
        }
        Test::Cmp64(lo, hi, other_lo, other_hi) => {
            visit(lo, Role::Use);
            visit(hi, Role::Use);
            visit_operand(other_lo, visit);
            visit_operand(other_hi, visit);
        }
        Test::Flags => {}
    }
}

fn visit_addr(addr: &mut Addr, visit: &mut dyn FnMut(&mut Reg, Role)) {
    match addr {
        Addr::Base(r, _) => visit(r, Role::Use),
        Addr::Index(base, index, _) => {
            visit(base, Role::Use);
            visit(index, Role::Use);
        }
        Addr::Slot(_) => {}
    }
}

impl Inst {
    /// Calls `visit` with each register operand, always in the same order. Edge arguments are not operands.
    pub fn visit(&mut self, visit: &mut dyn FnMut(&mut Reg, Role)) {
        match self {
            Inst::Entry { defs } => {
                for (reg, machine) in defs {
                    visit(reg, Role::FixedDef(*machine));
                }
            }
            Inst::LoadArg { rd, .. }
            | Inst::Reload { rd, .. }
            | Inst::Const { rd, .. }
            | Inst::Address { rd, .. }
            | Inst::SlotAddress { rd, .. } => visit(rd, Role::Def),
            Inst::StoreArg { rs, .. } | Inst::Spill { rs, .. } => visit(rs, Role::Use),
            Inst::Move { rd, rs } | Inst::Unary { rd, rs, .. } | Inst::Extract { rd, rs, .. } => {
                visit(rs, Role::Use);
                visit(rd, Role::Def);
            }
            Inst::Alu { rd, a, b, tie, .. } => {
                visit(a, Role::Use);
                visit_operand(b, visit);
                match tie {
                    Tie::Free => visit(rd, Role::Def),
                    Tie::First => visit(rd, Role::Reuse(0)),
                    Tie::Second => visit(rd, Role::Reuse(1)),
                }
            }
            Inst::MulAdd { rd, a, b, acc, .. } => {
                visit(a, Role::Use);
                visit(b, Role::Use);
                visit(acc, Role::Use);
                visit(rd, Role::Def);
            }
            Inst::MulLong { lo, hi, a, b, .. } => {
                visit(a, Role::Use);
                visit(b, Role::Use);
                visit(lo, Role::Def);
                visit(hi, Role::Def);
            }
            Inst::Load { rd, addr, .. } => {
                visit_addr(addr, visit);
                visit(rd, Role::Def);
            }
            Inst::Store { rs, addr, .. } => {
                visit_addr(addr, visit);
                visit(rs, Role::Use);
            }
            Inst::Select { test, rd, then, other, .. } => {
                let mut count = 0;
                visit_test(test, &mut |r, role| {
                    count += 1;
                    visit(r, role);
                });
                visit_operand(then, &mut |r, role| {
                    count += 1;
                    visit(r, role);
                });
                visit_operand(other, visit);
                match other {
                    Operand::Imm(_) => visit(rd, Role::EarlyDef),
                    Operand::Reg(_) | Operand::Shifted(..) => visit(rd, Role::Reuse(count)),
                }
            }
            Inst::Call { callee, args, results, .. } => {
                if let Callee::Register(r) = callee {
                    visit(r, Role::Use);
                }
                for (reg, machine) in args {
                    visit(reg, Role::FixedUse(*machine));
                }
                for (reg, machine) in results {
                    visit(reg, Role::FixedDef(*machine));
                }
            }
            Inst::TrapIf { test, .. } | Inst::Branch { test, .. } => visit_test(test, visit),
            Inst::Table { index, .. } => visit(index, Role::Use),
            Inst::Return { values } => {
                for (reg, machine) in values {
                    visit(reg, Role::FixedUse(*machine));
                }
            }
            Inst::Jump { .. } | Inst::Trap => {}
        }
    }

    /// The edges out of a terminator.
    pub fn edges(&self) -> Vec<&Edge> {
        match self {
            Inst::Jump { to } => vec![to],
            Inst::Branch { then, other, .. } => vec![then, other],
            Inst::Table { edges, .. } => edges.iter().collect(),
            _ => Vec::new(),
        }
    }

    /// The edges out of a terminator.
    pub fn edges_mut(&mut self) -> Vec<&mut Edge> {
        match self {
            Inst::Jump { to } => vec![to],
            Inst::Branch { then, other, .. } => vec![then, other],
            Inst::Table { edges, .. } => edges.iter_mut().collect(),
            _ => Vec::new(),
        }
    }

    /// Whether the instruction may be dropped when nobody uses its results.
    pub fn is_pure(&self) -> bool {
        match self {
            Inst::Call { pure, .. } => *pure,
            Inst::LoadArg { .. }
            | Inst::Const { .. }
            | Inst::Address { .. }
            | Inst::SlotAddress { .. }
            | Inst::Move { .. }
            | Inst::Alu { .. }
            | Inst::Unary { .. }
            | Inst::MulAdd { .. }
            | Inst::MulLong { .. }
            | Inst::Extract { .. }
            | Inst::Load { .. }
            | Inst::Select { .. } => true,
            _ => false,
        }
    }

    /// Whether the instruction depends on the flags of the one before.
    pub fn reads_flags(&self) -> bool {
        match self {
            Inst::Alu { flags, .. } => flags.reads(),
            Inst::Select { test, .. } | Inst::TrapIf { test, .. } | Inst::Branch { test, .. } => {
                *test == Test::Flags
            }
            _ => false,
        }
    }
}

/// A block: parameters and instructions, the last of which is a terminator.
#[derive(Clone, Default, Debug)]
pub struct Block {
    pub params: Vec<Reg>,
    pub insts: Vec<Inst>,
    /// Nesting depth of loops.
    pub depth: u32,
    /// Rarely executed, as the lowering said.
    pub cold: bool,
}

/// A function ready for register allocation.
#[derive(Clone, Default, Debug)]
pub struct Program {
    /// In reverse postorder, the entry first; critical edges are split.
    pub blocks: Vec<Block>,
    /// Registers are numbered below this.
    pub registers: u32,
    /// Bytes of the area of stack slots.
    pub slot_bytes: u32,
    /// Bytes of stack arguments of the calls made.
    pub outgoing_bytes: u32,
    /// Whether there is a call.
    pub calls: bool,
}
