//! RV32IMC instructions in structured form, their text and their encoding.
//!
//! [`Insn::encode`] picks the 16-bit form whenever the C extension has one for the operands.

use std::fmt;

/// An integer register, 0 to 31.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct X(pub u8);

pub const ZERO: X = X(0);
pub const RA: X = X(1);
pub const SP: X = X(2);
/// For the emitter's own use within one instruction of the allocator.
pub const TEMP: X = X(30);

impl X {
    fn n(self) -> u32 {
        u32::from(self.0)
    }

    /// The 3-bit number in most compressed forms, for x8 to x15.
    fn short(self) -> Option<u32> {
        (8..16).contains(&self.0).then(|| self.n() - 8)
    }
}

impl fmt::Display for X {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const NAMES: [&str; 32] = [
            "zero", "ra", "sp", "gp", "tp", "t0", "t1", "t2", "s0", "s1", "a0", "a1", "a2", "a3", "a4", "a5",
            "a6", "a7", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "t3", "t4", "t5", "t6",
        ];
        f.write_str(NAMES[usize::from(self.0)])
    }
}

/// Register-register operations.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Op {
    Add,
    Sub,
    Sll,
    Slt,
    Sltu,
    Xor,
    Srl,
    Sra,
    Or,
    And,
    Mul,
    Mulh,
    Mulhu,
    Div,
    Divu,
    Rem,
    Remu,
}

impl Op {
    /// (funct7, funct3)
    fn funct(self) -> (u32, u32) {
        match self {
            Op::Add => (0, 0),
            Op::Sub => (0x20, 0),
            Op::Sll => (0, 1),
            Op::Slt => (0, 2),
            Op::Sltu => (0, 3),
            Op::Xor => (0, 4),
            Op::Srl => (0, 5),
            Op::Sra => (0x20, 5),
            Op::Or => (0, 6),
            Op::And => (0, 7),
            Op::Mul => (1, 0),
            Op::Mulh => (1, 1),
            Op::Mulhu => (1, 3),
            Op::Div => (1, 4),
            Op::Divu => (1, 5),
            Op::Rem => (1, 6),
            Op::Remu => (1, 7),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Op::Add => "add",
            Op::Sub => "sub",
            Op::Sll => "sll",
            Op::Slt => "slt",
            Op::Sltu => "sltu",
            Op::Xor => "xor",
            Op::Srl => "srl",
            Op::Sra => "sra",
            Op::Or => "or",
            Op::And => "and",
            Op::Mul => "mul",
            Op::Mulh => "mulh",
            Op::Mulhu => "mulhu",
            Op::Div => "div",
            Op::Divu => "divu",
            Op::Rem => "rem",
            Op::Remu => "remu",
        }
    }
}

/// Operations with a 12-bit signed immediate (5 bits for shifts).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OpImm {
    Addi,
    Slti,
    Sltiu,
    Xori,
    Ori,
    Andi,
    Slli,
    Srli,
    Srai,
}

impl OpImm {
    fn funct3(self) -> u32 {
        match self {
            OpImm::Addi => 0,
            OpImm::Slli => 1,
            OpImm::Slti => 2,
            OpImm::Sltiu => 3,
            OpImm::Xori => 4,
            OpImm::Srli | OpImm::Srai => 5,
            OpImm::Ori => 6,
            OpImm::Andi => 7,
        }
    }

    fn name(self) -> &'static str {
        match self {
            OpImm::Addi => "addi",
            OpImm::Slti => "slti",
            OpImm::Sltiu => "sltiu",
            OpImm::Xori => "xori",
            OpImm::Ori => "ori",
            OpImm::Andi => "andi",
            OpImm::Slli => "slli",
            OpImm::Srli => "srli",
            OpImm::Srai => "srai",
        }
    }
}

/// Branch conditions with their encodings.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Branch {
    Eq,
    Ne,
    Lt,
    Ge,
    Ltu,
    Geu,
}

impl Branch {
    /// The funct3 field.
    pub fn funct3(self) -> u32 {
        match self {
            Branch::Eq => 0,
            Branch::Ne => 1,
            Branch::Lt => 4,
            Branch::Ge => 5,
            Branch::Ltu => 6,
            Branch::Geu => 7,
        }
    }

    /// The condition that holds exactly when this one does not.
    pub fn invert(self) -> Branch {
        match self {
            Branch::Eq => Branch::Ne,
            Branch::Ne => Branch::Eq,
            Branch::Lt => Branch::Ge,
            Branch::Ge => Branch::Lt,
            Branch::Ltu => Branch::Geu,
            Branch::Geu => Branch::Ltu,
        }
    }

    /// The mnemonic.
    pub fn name(self) -> &'static str {
        match self {
            Branch::Eq => "beq",
            Branch::Ne => "bne",
            Branch::Lt => "blt",
            Branch::Ge => "bge",
            Branch::Ltu => "bltu",
            Branch::Geu => "bgeu",
        }
    }
}

/// Width and extension of a memory access.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Width {
    Byte,
    Half,
    Word,
    UnsignedByte,
    UnsignedHalf,
}

impl Width {
    fn funct3(self) -> u32 {
        match self {
            Width::Byte => 0,
            Width::Half => 1,
            Width::Word => 2,
            Width::UnsignedByte => 4,
            Width::UnsignedHalf => 5,
        }
    }
}

/// An RV32 instruction other than a branch to a label.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Insn {
    Op {
        op: Op,
        rd: X,
        rs1: X,
        rs2: X,
    },
    OpImm {
        op: OpImm,
        rd: X,
        rs1: X,
        imm: i32,
    },
    /// `imm` is the upper 20 bits.
    Lui {
        rd: X,
        imm: u32,
    },
    /// `imm` is the upper 20 bits.
    Auipc {
        rd: X,
        imm: u32,
    },
    Load {
        width: Width,
        rd: X,
        rs1: X,
        imm: i32,
    },
    Store {
        width: Width,
        rs2: X,
        rs1: X,
        imm: i32,
    },
    Jalr {
        rd: X,
        rs1: X,
        imm: i32,
    },
    /// `jal ra` to be filled in by the linker.
    Call,
    /// A branch over the next few bytes, 2 to 4094.
    Skip {
        cond: Branch,
        rs1: X,
        rs2: X,
        distance: u8,
    },
    Ebreak,
    /// The 16-bit all-zero word, which every RISC-V refuses.
    Unimp,
}

/// An encoded instruction.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Code {
    Narrow(u16),
    Wide(u32),
}

impl Code {
    /// Appends the bytes.
    pub fn push_to(self, out: &mut Vec<u8>) {
        match self {
            Code::Narrow(half) => out.extend(half.to_le_bytes()),
            Code::Wide(word) => out.extend(word.to_le_bytes()),
        }
    }

    /// 2 or 4.
    pub fn size(self) -> u8 {
        match self {
            Code::Narrow(_) => 2,
            Code::Wide(_) => 4,
        }
    }
}

/// The bits of a conditional branch with an even distance of -4096 to 4094.
pub fn branch_bits(cond: Branch, rs1: X, rs2: X, distance: i32) -> u32 {
    let d = distance as u32;
    0x63 | (d >> 11 & 1) << 7
        | (d >> 1 & 15) << 8
        | cond.funct3() << 12
        | rs1.n() << 15
        | rs2.n() << 20
        | (d >> 5 & 63) << 25
        | (d >> 12 & 1) << 31
}

/// The bits of `jal` with an even distance of -2^20 to 2^20 - 2.
pub fn jal_bits(rd: X, distance: i32) -> u32 {
    let d = distance as u32;
    0x6f | rd.n() << 7
        | (d >> 12 & 255) << 12
        | (d >> 11 & 1) << 20
        | (d >> 1 & 1023) << 21
        | (d >> 20 & 1) << 31
}

/// The bits of `c.j` with an even distance of -2048 to 2046.
pub fn c_j_bits(distance: i32) -> u16 {
    let d = distance as u32;
    let bits = 0xa001
        | (d >> 11 & 1) << 12
        | (d >> 4 & 1) << 11
        | (d >> 8 & 3) << 9
        | (d >> 10 & 1) << 8
        | (d >> 6 & 1) << 7
        | (d >> 7 & 1) << 6
        | (d >> 1 & 7) << 3
        | (d >> 5 & 1) << 2;
    bits as u16
}

/// The bits of `c.beqz`/`c.bnez` with an even distance of -256 to 254, if the register has a short number.
pub fn c_branch_bits(not_equal: bool, rs1: X, distance: i32) -> Option<u16> {
    let d = distance as u32;
    let bits = if not_equal { 0xe001 } else { 0xc001 }
        | (d >> 8 & 1) << 12
        | (d >> 3 & 3) << 10
        | rs1.short()? << 7
        | (d >> 6 & 3) << 5
        | (d >> 1 & 3) << 3
        | (d >> 5 & 1) << 2;
    Some(bits as u16)
}

fn fits(value: i32, bits: u32) -> bool {
    let limit = 1 << (bits - 1);
    (-limit..limit).contains(&value)
}

impl Insn {
    /// The shortest encoding.
    pub fn encode(&self) -> Code {
        match self.compressed() {
            Some(bits) => Code::Narrow(bits as u16),
            None => Code::Wide(self.wide()),
        }
    }

    /// The 32-bit encoding.
    pub fn wide(&self) -> u32 {
        match *self {
            Insn::Op { op, rd, rs1, rs2 } => {
                let (funct7, funct3) = op.funct();
                0x33 | rd.n() << 7 | funct3 << 12 | rs1.n() << 15 | rs2.n() << 20 | funct7 << 25
            }
            Insn::OpImm { op, rd, rs1, imm } => {
                let imm = if op == OpImm::Srai { imm | 0x400 } else { imm };
                0x13 | rd.n() << 7 | op.funct3() << 12 | rs1.n() << 15 | (imm as u32) << 20
            }
            Insn::Lui { rd, imm } => 0x37 | rd.n() << 7 | imm << 12,
            Insn::Auipc { rd, imm } => 0x17 | rd.n() << 7 | imm << 12,
            Insn::Load { width, rd, rs1, imm } => {
                0x03 | rd.n() << 7 | width.funct3() << 12 | rs1.n() << 15 | (imm as u32) << 20
            }
            Insn::Store { width, rs2, rs1, imm } => {
                let imm = imm as u32;
                0x23 | (imm & 31) << 7
                    | (width.funct3() & 3) << 12
                    | rs1.n() << 15
                    | rs2.n() << 20
                    | (imm >> 5 & 127) << 25
            }
            Insn::Jalr { rd, rs1, imm } => 0x67 | rd.n() << 7 | rs1.n() << 15 | (imm as u32) << 20,
            Insn::Call => jal_bits(RA, 0),
            Insn::Skip { cond, rs1, rs2, distance } => branch_bits(cond, rs1, rs2, i32::from(distance)),
            Insn::Ebreak => 0x0010_0073,
            Insn::Unimp => 0xc000_1073,
        }
    }

    fn compressed(&self) -> Option<u32> {
        match *self {
            Insn::Op { op, rd, rs1, rs2 } => {
                if op == Op::Add && rd != ZERO && rs1 == ZERO && rs2 != ZERO {
                    return Some(0x8002 | rd.n() << 7 | rs2.n() << 2);
                }
                let (first, second) = match op {
                    Op::Add | Op::And | Op::Or | Op::Xor if rd == rs2 => (rs2, rs1),
                    _ => (rs1, rs2),
                };
                if rd != first || rd == ZERO || second == ZERO {
                    return None;
                }
                let funct = match op {
                    Op::Add => return Some(0x9002 | rd.n() << 7 | second.n() << 2),
                    Op::Sub => 0,
                    Op::Xor => 1,
                    Op::Or => 2,
                    Op::And => 3,
                    _ => return None,
                };
                Some(0x8c01 | rd.short()? << 7 | funct << 5 | second.short()? << 2)
            }
            Insn::OpImm { op, rd, rs1, imm } => compressed_immediate(op, rd, rs1, imm),
            Insn::Lui { rd, imm } => {
                let signed = (imm << 12) as i32 >> 12;
                let usable = rd != ZERO && rd != SP && signed != 0 && fits(signed, 6);
                usable.then(|| 0x6001 | rd.n() << 7 | (imm >> 5 & 1) << 12 | (imm & 31) << 2)
            }
            Insn::Load { width: Width::Word, rd, rs1, imm } => {
                let u = imm as u32;
                if rs1 == SP && rd != ZERO && u < 256 && u.is_multiple_of(4) {
                    return Some(
                        0x4002 | rd.n() << 7 | (u >> 5 & 1) << 12 | (u >> 2 & 7) << 4 | (u >> 6 & 3) << 2,
                    );
                }
                Some(0x4000 | short_word_offset(u)? | rs1.short()? << 7 | rd.short()? << 2)
            }
            Insn::Store { width: Width::Word, rs2, rs1, imm } => {
                let u = imm as u32;
                if rs1 == SP && u < 256 && u.is_multiple_of(4) {
                    return Some(0xc002 | rs2.n() << 2 | (u >> 2 & 15) << 9 | (u >> 6 & 3) << 7);
                }
                Some(0xc000 | short_word_offset(u)? | rs1.short()? << 7 | rs2.short()? << 2)
            }
            Insn::Jalr { rd, rs1, imm: 0 } if rs1 != ZERO => {
                if rd == ZERO {
                    Some(0x8002 | rs1.n() << 7)
                } else if rd == RA {
                    Some(0x9002 | rs1.n() << 7)
                } else {
                    None
                }
            }
            Insn::Skip { cond, rs1, rs2: ZERO, distance } => match cond {
                Branch::Eq => c_branch_bits(false, rs1, i32::from(distance)).map(u32::from),
                Branch::Ne => c_branch_bits(true, rs1, i32::from(distance)).map(u32::from),
                _ => None,
            },
            Insn::Ebreak => Some(0x9002),
            Insn::Unimp => Some(0),
            _ => None,
        }
    }
}

fn short_word_offset(u: u32) -> Option<u32> {
    (u < 128 && u.is_multiple_of(4)).then_some((u >> 3 & 7) << 10 | (u >> 2 & 1) << 6 | (u >> 6 & 1) << 5)
}

fn compressed_immediate(op: OpImm, rd: X, rs1: X, imm: i32) -> Option<u32> {
    let u = imm as u32;
    let imm6 = (u >> 5 & 1) << 12 | (u & 31) << 2;
    match op {
        OpImm::Addi => {
            if rd == ZERO {
                return None;
            }
            if imm == 0 && rs1 != ZERO {
                return Some(0x8002 | rd.n() << 7 | rs1.n() << 2);
            }
            if rs1 == ZERO && fits(imm, 6) {
                return Some(0x4001 | rd.n() << 7 | imm6);
            }
            if rd == rs1 && fits(imm, 6) && imm != 0 {
                return Some(0x0001 | rd.n() << 7 | imm6);
            }
            if rd == SP && rs1 == SP && imm != 0 && imm % 16 == 0 && fits(imm, 10) {
                return Some(
                    0x6101
                        | (u >> 9 & 1) << 12
                        | (u >> 4 & 1) << 6
                        | (u >> 6 & 1) << 5
                        | (u >> 7 & 3) << 3
                        | (u >> 5 & 1) << 2,
                );
            }
            if rs1 == SP && (1..1024).contains(&imm) && imm % 4 == 0 {
                return Some(
                    rd.short()? << 2
                        | (u >> 4 & 3) << 11
                        | (u >> 6 & 15) << 7
                        | (u >> 2 & 1) << 6
                        | (u >> 3 & 1) << 5,
                );
            }
            None
        }
        OpImm::Slli if rd == rs1 && rd != ZERO && imm != 0 => Some(0x0002 | rd.n() << 7 | imm6),
        OpImm::Srli if rd == rs1 && imm != 0 => Some(0x8001 | rd.short()? << 7 | imm6),
        OpImm::Srai if rd == rs1 && imm != 0 => Some(0x8401 | rd.short()? << 7 | imm6),
        OpImm::Andi if rd == rs1 && fits(imm, 6) => Some(0x8801 | rd.short()? << 7 | imm6),
        _ => None,
    }
}

impl fmt::Display for Insn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Insn::Op { op, rd, rs1, rs2 } => write!(f, "{} {rd}, {rs1}, {rs2}", op.name()),
            Insn::OpImm { op: OpImm::Addi, rd, rs1: ZERO, imm } => write!(f, "li {rd}, {imm}"),
            Insn::OpImm { op: OpImm::Addi, rd, rs1, imm: 0 } => write!(f, "mv {rd}, {rs1}"),
            Insn::OpImm { op, rd, rs1, imm } => write!(f, "{} {rd}, {rs1}, {imm}", op.name()),
            Insn::Lui { rd, imm } => write!(f, "lui {rd}, {imm:#x}"),
            Insn::Auipc { rd, imm } => write!(f, "auipc {rd}, {imm:#x}"),
            Insn::Load { width, rd, rs1, imm } => {
                let name = ["lb", "lh", "lw", "", "lbu", "lhu"][width.funct3() as usize];
                write!(f, "{name} {rd}, {imm}({rs1})")
            }
            Insn::Store { width, rs2, rs1, imm } => {
                let name = ["sb", "sh", "sw"][(width.funct3() & 3) as usize];
                write!(f, "{name} {rs2}, {imm}({rs1})")
            }
            Insn::Jalr { rd: ZERO, rs1: RA, imm: 0 } => f.write_str("ret"),
            Insn::Jalr { rd: ZERO, rs1, imm: 0 } => write!(f, "jr {rs1}"),
            Insn::Jalr { rd: RA, rs1, imm: 0 } => write!(f, "jalr {rs1}"),
            Insn::Jalr { rd, rs1, imm } => write!(f, "jalr {rd}, {imm}({rs1})"),
            Insn::Call => f.write_str("jal ra"),
            Insn::Skip { cond, rs1, rs2, distance } => {
                write!(f, "{} {rs1}, {rs2}, .+{distance}", cond.name())
            }
            Insn::Ebreak => f.write_str("ebreak"),
            Insn::Unimp => f.write_str("unimp"),
        }
    }
}
