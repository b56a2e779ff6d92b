//! Thumb-2 instructions in structured form, their text (UAL) and their encoding.
//!
//! An instruction says what is wanted, not how it is encoded: [`Insn::encode`] picks the 16-bit form
//! whenever there is one. Most 16-bit forms write the flags outside an IT block and do not inside, so each
//! instruction carries [`Flags`], which says what its context allows.

use std::fmt;

/// A core register, 0 to 15.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct R(pub u8);

pub const SP: R = R(13);
pub const LR: R = R(14);
pub const PC: R = R(15);
/// The register that the linker's veneers, the allocator's moves and the emitter use.
pub const SCRATCH: R = R(12);

impl R {
    fn low(self) -> bool {
        self.0 < 8
    }

    fn n(self) -> u32 {
        u32::from(self.0)
    }
}

impl fmt::Display for R {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            13 => f.write_str("sp"),
            14 => f.write_str("lr"),
            15 => f.write_str("pc"),
            n => write!(f, "r{n}"),
        }
    }
}

/// What an instruction may do to the flags.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Flags {
    /// They are dead: either form will do.
    Free,
    /// They must be set.
    Set,
    /// They must be kept.
    Keep,
    /// Inside an IT block, where 16-bit forms keep them.
    InIt,
}

impl Flags {
    /// Whether a 16-bit form that sets flags outside IT blocks is usable.
    fn narrow(self) -> bool {
        self != Flags::Keep
    }

    fn bit(self) -> u32 {
        u32::from(self == Flags::Set)
    }

    fn suffix(self) -> &'static str {
        if self == Flags::Set { "s" } else { "" }
    }
}

/// Condition codes with their encodings.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Cond {
    Eq,
    Ne,
    Hs,
    Lo,
    Mi,
    Pl,
    Vs,
    Vc,
    Hi,
    Ls,
    Ge,
    Lt,
    Gt,
    Le,
}

impl Cond {
    /// The condition that holds exactly when this one does not.
    pub fn invert(self) -> Cond {
        use Cond::*;
        match self {
            Eq => Ne,
            Ne => Eq,
            Hs => Lo,
            Lo => Hs,
            Mi => Pl,
            Pl => Mi,
            Vs => Vc,
            Vc => Vs,
            Hi => Ls,
            Ls => Hi,
            Ge => Lt,
            Lt => Ge,
            Gt => Le,
            Le => Gt,
        }
    }

    /// The condition for the same comparison with its operands exchanged.
    pub fn swap(self) -> Cond {
        use Cond::*;
        match self {
            Hs => Ls,
            Ls => Hs,
            Lo => Hi,
            Hi => Lo,
            Ge => Le,
            Le => Ge,
            Lt => Gt,
            Gt => Lt,
            other => other,
        }
    }
}

impl fmt::Display for Cond {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const NAMES: [&str; 14] =
            ["eq", "ne", "hs", "lo", "mi", "pl", "vs", "vc", "hi", "ls", "ge", "lt", "gt", "le"];
        f.write_str(NAMES[*self as usize])
    }
}

/// Shift kinds with their encodings.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Shift {
    Lsl,
    Lsr,
    Asr,
    Ror,
}

impl fmt::Display for Shift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(["lsl", "lsr", "asr", "ror"][*self as usize])
    }
}

/// Two-operand data processing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Alu {
    And,
    Bic,
    Orr,
    Orn,
    Eor,
    Add,
    Adc,
    Sbc,
    Sub,
    Rsb,
}

impl Alu {
    fn wide(self) -> u32 {
        match self {
            Alu::And => 0,
            Alu::Bic => 1,
            Alu::Orr => 2,
            Alu::Orn => 3,
            Alu::Eor => 4,
            Alu::Add => 8,
            Alu::Adc => 10,
            Alu::Sbc => 11,
            Alu::Sub => 13,
            Alu::Rsb => 14,
        }
    }

    /// The 16-bit `op rdn, rm` encoding.
    fn narrow(self) -> Option<u32> {
        match self {
            Alu::And => Some(0),
            Alu::Eor => Some(1),
            Alu::Adc => Some(5),
            Alu::Sbc => Some(6),
            Alu::Orr => Some(12),
            Alu::Bic => Some(14),
            _ => None,
        }
    }

    /// Whether the operands may be exchanged.
    pub fn commutes(self) -> bool {
        matches!(self, Alu::And | Alu::Orr | Alu::Eor | Alu::Add | Alu::Adc)
    }

    fn name(self) -> &'static str {
        match self {
            Alu::And => "and",
            Alu::Bic => "bic",
            Alu::Orr => "orr",
            Alu::Orn => "orn",
            Alu::Eor => "eor",
            Alu::Add => "add",
            Alu::Adc => "adc",
            Alu::Sbc => "sbc",
            Alu::Sub => "sub",
            Alu::Rsb => "rsb",
        }
    }
}

/// Comparisons: data processing without a result.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Test {
    Cmp,
    Cmn,
    Tst,
    Teq,
}

impl Test {
    fn wide(self) -> u32 {
        match self {
            Test::Cmp => 13,
            Test::Cmn => 8,
            Test::Tst => 0,
            Test::Teq => 4,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Test::Cmp => "cmp",
            Test::Cmn => "cmn",
            Test::Tst => "tst",
            Test::Teq => "teq",
        }
    }
}

/// The flexible second operand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Op2 {
    /// A register, shifted by a constant: `lsl` 0 to 31, `lsr` and `asr` 1 to 32, `ror` 1 to 31.
    Reg(R, Shift, u8),
    /// A modified immediate (see [`modified_immediate`]).
    Imm(u32),
}

impl Op2 {
    /// A plain register.
    pub fn reg(r: R) -> Op2 {
        Op2::Reg(r, Shift::Lsl, 0)
    }

    fn plain(self) -> Option<R> {
        match self {
            Op2::Reg(r, Shift::Lsl, 0) => Some(r),
            _ => None,
        }
    }
}

impl fmt::Display for Op2 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Op2::Reg(r, Shift::Lsl, 0) => write!(f, "{r}"),
            Op2::Reg(r, kind, amount) => write!(f, "{r}, {kind} #{amount}"),
            Op2::Imm(imm) => write!(f, "#{imm:#x}"),
        }
    }
}

/// Registers with one operand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unary {
    Clz,
    Rbit,
    Rev,
    Rev16,
    Uxtb,
    Uxth,
    Sxtb,
    Sxth,
}

impl Unary {
    fn name(self) -> &'static str {
        match self {
            Unary::Clz => "clz",
            Unary::Rbit => "rbit",
            Unary::Rev => "rev",
            Unary::Rev16 => "rev16",
            Unary::Uxtb => "uxtb",
            Unary::Uxth => "uxth",
            Unary::Sxtb => "sxtb",
            Unary::Sxth => "sxth",
        }
    }
}

/// Width and extension of a memory access.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Width {
    Byte,
    SignedByte,
    Half,
    SignedHalf,
    Word,
}

impl Width {
    fn name(self) -> &'static str {
        match self {
            Width::Byte => "b",
            Width::SignedByte => "sb",
            Width::Half => "h",
            Width::SignedHalf => "sh",
            Width::Word => "",
        }
    }

    /// Bytes accessed.
    pub fn bytes(self) -> u32 {
        match self {
            Width::Byte | Width::SignedByte => 1,
            Width::Half | Width::SignedHalf => 2,
            Width::Word => 4,
        }
    }
}

/// A memory operand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mem {
    /// Base and offset, -255 to 4095.
    Offset(R, i32),
    /// Base and index shifted left by 0 to 3.
    Index(R, R, u8),
}

impl fmt::Display for Mem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Mem::Offset(rn, 0) => write!(f, "[{rn}]"),
            Mem::Offset(rn, offset) if offset < 0 => write!(f, "[{rn}, #-{:#x}]", -offset),
            Mem::Offset(rn, offset) => write!(f, "[{rn}, #{offset:#x}]"),
            Mem::Index(rn, rm, 0) => write!(f, "[{rn}, {rm}]"),
            Mem::Index(rn, rm, shift) => write!(f, "[{rn}, {rm}, lsl #{shift}]"),
        }
    }
}

/// Multiplications with a 64-bit result, and divisions.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mul {
    Umull,
    Smull,
}

/// A Thumb-2 instruction other than a branch to a label.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Insn {
    Alu {
        op: Alu,
        s: Flags,
        rd: R,
        rn: R,
        op2: Op2,
    },
    /// `add`/`sub` of a plain 12-bit immediate, flags kept.
    AddWide {
        sub: bool,
        rd: R,
        rn: R,
        imm: u16,
    },
    Mov {
        s: Flags,
        rd: R,
        op2: Op2,
    },
    Mvn {
        s: Flags,
        rd: R,
        op2: Op2,
    },
    Movw {
        rd: R,
        imm: u16,
    },
    Movt {
        rd: R,
        imm: u16,
    },
    Test {
        op: Test,
        rn: R,
        op2: Op2,
    },
    ShiftReg {
        kind: Shift,
        s: Flags,
        rd: R,
        rn: R,
        rm: R,
    },
    Mul {
        s: Flags,
        rd: R,
        rn: R,
        rm: R,
    },
    /// `rd = ra + rn * rm`, or `ra - rn * rm`.
    MulAdd {
        sub: bool,
        rd: R,
        rn: R,
        rm: R,
        ra: R,
    },
    MulLong {
        op: Mul,
        lo: R,
        hi: R,
        rn: R,
        rm: R,
    },
    Div {
        signed: bool,
        rd: R,
        rn: R,
        rm: R,
    },
    Unary {
        op: Unary,
        rd: R,
        rm: R,
    },
    /// Bit field extraction; `lsb + width <= 32`.
    Extract {
        signed: bool,
        rd: R,
        rn: R,
        lsb: u8,
        width: u8,
    },
    /// Bit field insertion of the low `width` bits of `rn`.
    Insert {
        rd: R,
        rn: R,
        lsb: u8,
        width: u8,
    },
    Load {
        width: Width,
        rt: R,
        mem: Mem,
    },
    Store {
        width: Width,
        rt: R,
        mem: Mem,
    },
    /// A set of registers as a bit mask; r0-r7 and lr in 16 bits.
    Push {
        list: u16,
    },
    /// A set of registers as a bit mask; r0-r7 and pc in 16 bits.
    Pop {
        list: u16,
    },
    /// An IT block of 1 to 4 instructions: `then[i]` says whether the one after the first is a T or an E.
    It {
        cond: Cond,
        rest: &'static [bool],
    },
    /// A call to be filled in by the linker.
    Bl,
    /// A tail jump to be filled in by the linker.
    BranchExternal,
    Blx {
        rm: R,
    },
    Bx {
        rm: R,
    },
    Udf {
        imm: u8,
    },
}

/// Encodes a constant as a Thumb-2 modified immediate (12 bits: `i:imm3:imm8`), if it is one.
pub fn modified_immediate(value: u32) -> Option<u32> {
    if value < 256 {
        return Some(value);
    }
    let low = value & 0xff;
    if value == low * 0x0001_0001 {
        return Some(0x100 | low);
    }
    let second = value >> 8 & 0xff;
    if value == second * 0x0100_0100 {
        return Some(0x200 | second);
    }
    if value == low * 0x0101_0101 {
        return Some(0x300 | low);
    }
    // 1bcdefgh rotated right by 8 to 31.
    let rotation = value.leading_zeros() + 8;
    let byte = value.rotate_left(rotation);
    (rotation < 32 && byte < 256).then_some(rotation << 7 | byte & 0x7f)
}

/// An encoded instruction: a 16-bit one, or a 32-bit one with its first halfword on top.
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
            Code::Wide(word) => {
                out.extend(((word >> 16) as u16).to_le_bytes());
                out.extend((word as u16).to_le_bytes());
            }
        }
    }
}

/// Does nothing.
pub const NOP: Code = Code::Narrow(0xbf00);

fn narrow(bits: u32) -> Code {
    debug_assert!(bits <= 0xffff);
    Code::Narrow(bits as u16)
}

fn split_immediate(imm12: u32) -> u32 {
    (imm12 >> 11 & 1) << 26 | (imm12 >> 8 & 7) << 12 | imm12 & 0xff
}

/// `op`, S, rn, rd and the second operand in the 32-bit data processing forms.
fn wide_alu(op: u32, s: u32, rn: R, rd: R, op2: Op2) -> Code {
    match op2 {
        Op2::Imm(imm) => {
            let imm12 = modified_immediate(imm).expect("a modified immediate");
            Code::Wide(0xf000_0000 | op << 21 | s << 20 | rn.n() << 16 | rd.n() << 8 | split_immediate(imm12))
        }
        Op2::Reg(rm, kind, amount) => {
            // `lsr #32` and `asr #32` are encoded as 0.
            let amount = u32::from(amount) & 31;
            Code::Wide(
                0xea00_0000
                    | op << 21
                    | s << 20
                    | rn.n() << 16
                    | (amount >> 2) << 12
                    | rd.n() << 8
                    | (amount & 3) << 6
                    | (kind as u32) << 4
                    | rm.n(),
            )
        }
    }
}

impl Insn {
    /// Whether the instruction may stand in an IT block in the form that [`Insn::encode`] picks.
    pub fn is_narrow(&self) -> bool {
        matches!(self.encode(), Code::Narrow(_))
    }

    /// The same instruction with free flags resolved to what [`Insn::encode`] makes of them.
    pub fn explicit(&self) -> Insn {
        let with = |flags: Flags| {
            let mut insn = self.clone();
            match &mut insn {
                Insn::Alu { s, .. }
                | Insn::Mov { s, .. }
                | Insn::Mvn { s, .. }
                | Insn::ShiftReg { s, .. }
                | Insn::Mul { s, .. }
                    if *s == Flags::Free =>
                {
                    *s = flags;
                }
                _ => {}
            }
            insn
        };
        let kept = with(Flags::Keep);
        if kept.encode() == self.encode() { kept } else { with(Flags::Set) }
    }

    /// The shortest encoding.
    pub fn encode(&self) -> Code {
        match *self {
            Insn::Alu { op, s, rd, rn, op2 } => encode_alu(op, s, rd, rn, op2),
            Insn::AddWide { sub, rd, rn, imm } => {
                let imm = u32::from(imm);
                if !sub && rn == SP && rd.low() && imm.is_multiple_of(4) && imm < 1024 {
                    return narrow(0xa800 | rd.n() << 8 | imm >> 2);
                }
                if rn == SP && rd == SP && imm.is_multiple_of(4) && imm < 512 {
                    return narrow(0xb000 | u32::from(sub) << 7 | imm >> 2);
                }
                let op = if sub { 0xf2a0_0000 } else { 0xf200_0000 };
                Code::Wide(op | rn.n() << 16 | rd.n() << 8 | split_immediate(imm))
            }
            Insn::Mov { s, rd, op2 } => encode_mov(s, rd, op2),
            Insn::Mvn { s, rd, op2 } => match op2.plain() {
                Some(rm) if s.narrow() && rd.low() && rm.low() => narrow(0x43c0 | rm.n() << 3 | rd.n()),
                _ => wide_alu(3, s.bit(), PC, rd, op2),
            },
            Insn::Movw { rd, imm } => encode_movw(0xf240_0000, rd, imm),
            Insn::Movt { rd, imm } => encode_movw(0xf2c0_0000, rd, imm),
            Insn::Test { op, rn, op2 } => encode_test(op, rn, op2),
            Insn::ShiftReg { kind, s, rd, rn, rm } => {
                if s.narrow() && rd == rn && rd.low() && rm.low() {
                    let op = [2, 3, 4, 7][kind as usize];
                    return narrow(0x4000 | op << 6 | rm.n() << 3 | rd.n());
                }
                Code::Wide(
                    0xfa00_f000 | (kind as u32) << 21 | s.bit() << 20 | rn.n() << 16 | rd.n() << 8 | rm.n(),
                )
            }
            Insn::Mul { s, rd, rn, rm } => {
                if s.narrow() && rd.low() && rn.low() && rm.low() {
                    if rd == rm {
                        return narrow(0x4340 | rn.n() << 3 | rd.n());
                    }
                    if rd == rn {
                        return narrow(0x4340 | rm.n() << 3 | rd.n());
                    }
                }
                Code::Wide(0xfb00_f000 | rn.n() << 16 | rd.n() << 8 | rm.n())
            }
            Insn::MulAdd { sub, rd, rn, rm, ra } => Code::Wide(
                0xfb00_0000 | rn.n() << 16 | ra.n() << 12 | rd.n() << 8 | u32::from(sub) << 4 | rm.n(),
            ),
            Insn::MulLong { op, lo, hi, rn, rm } => {
                let base = match op {
                    Mul::Smull => 0xfb80_0000,
                    Mul::Umull => 0xfba0_0000,
                };
                Code::Wide(base | rn.n() << 16 | lo.n() << 12 | hi.n() << 8 | rm.n())
            }
            Insn::Div { signed, rd, rn, rm } => {
                let base = if signed { 0xfb90_f0f0 } else { 0xfbb0_f0f0 };
                Code::Wide(base | rn.n() << 16 | rd.n() << 8 | rm.n())
            }
            Insn::Unary { op, rd, rm } => encode_unary(op, rd, rm),
            Insn::Extract { signed, rd, rn, lsb, width } => {
                let base = if signed { 0xf340_0000 } else { 0xf3c0_0000 };
                Code::Wide(
                    base | rn.n() << 16
                        | (u32::from(lsb) >> 2) << 12
                        | rd.n() << 8
                        | (u32::from(lsb) & 3) << 6
                        | (u32::from(width) - 1),
                )
            }
            Insn::Insert { rd, rn, lsb, width } => Code::Wide(
                0xf360_0000
                    | rn.n() << 16
                    | (u32::from(lsb) >> 2) << 12
                    | rd.n() << 8
                    | (u32::from(lsb) & 3) << 6
                    | (u32::from(lsb) + u32::from(width) - 1),
            ),
            Insn::Load { width, rt, mem } => encode_load(width, rt, mem),
            Insn::Store { width, rt, mem } => encode_store(width, rt, mem),
            Insn::Push { list } => {
                if list & !0x40ff == 0 {
                    return narrow(0xb400 | u32::from(list >> 14 & 1) << 8 | u32::from(list & 0xff));
                }
                if list.is_power_of_two() {
                    return Code::Wide(0xf84d_0d04 | list.trailing_zeros() << 12);
                }
                Code::Wide(0xe92d_0000 | u32::from(list))
            }
            Insn::Pop { list } => {
                if list & !0x80ff == 0 {
                    return narrow(0xbc00 | u32::from(list >> 15 & 1) << 8 | u32::from(list & 0xff));
                }
                if list.is_power_of_two() {
                    return Code::Wide(0xf85d_0b04 | list.trailing_zeros() << 12);
                }
                Code::Wide(0xe8bd_0000 | u32::from(list))
            }
            Insn::It { cond, rest } => {
                let first = cond as u32;
                let mut mask = 0;
                for (i, &then) in rest.iter().enumerate() {
                    let bit = if then { first & 1 } else { !first & 1 };
                    mask |= bit << (3 - i);
                }
                mask |= 8 >> rest.len();
                narrow(0xbf00 | first << 4 | mask)
            }
            Insn::Bl => Code::Wide(0xf7ff_fffe),
            Insn::BranchExternal => Code::Wide(0xf7ff_bffe),
            Insn::Blx { rm } => narrow(0x4780 | rm.n() << 3),
            Insn::Bx { rm } => narrow(0x4700 | rm.n() << 3),
            Insn::Udf { imm } => narrow(0xde00 | u32::from(imm)),
        }
    }
}

fn encode_alu(op: Alu, s: Flags, rd: R, rn: R, op2: Op2) -> Code {
    // Additions to high registers have a 16-bit form that never touches the flags.
    if op == Alu::Add
        && s != Flags::Set
        && let Some(rm) = op2.plain()
    {
        let other = if rd == rn {
            Some(rm)
        } else if rd == rm {
            Some(rn)
        } else {
            None
        };
        let three_low = s.narrow() && rd.low() && rn.low() && rm.low();
        if let Some(other) = other.filter(|&o| !three_low && o != SP && rd != SP && rd != PC) {
            return narrow(0x4400 | (rd.n() >> 3) << 7 | other.n() << 3 | rd.n() & 7);
        }
    }
    if s.narrow() && rd.low() && rn.low() {
        match (op, op2) {
            (Alu::Add | Alu::Sub, Op2::Reg(rm, Shift::Lsl, 0)) if rm.low() => {
                let sub = u32::from(op == Alu::Sub);
                return narrow(0x1800 | sub << 9 | rm.n() << 6 | rn.n() << 3 | rd.n());
            }
            (Alu::Add | Alu::Sub, Op2::Imm(imm)) if imm < 8 => {
                let sub = u32::from(op == Alu::Sub);
                return narrow(0x1c00 | sub << 9 | imm << 6 | rn.n() << 3 | rd.n());
            }
            (Alu::Add | Alu::Sub, Op2::Imm(imm)) if imm < 256 && rd == rn => {
                let sub = u32::from(op == Alu::Sub);
                return narrow(0x3000 | sub << 11 | rd.n() << 8 | imm);
            }
            (Alu::Rsb, Op2::Imm(0)) => return narrow(0x4240 | rn.n() << 3 | rd.n()),
            (_, Op2::Reg(rm, Shift::Lsl, 0)) if rm.low() => {
                if let Some(bits) = op.narrow() {
                    if rd == rn {
                        return narrow(0x4000 | bits << 6 | rm.n() << 3 | rd.n());
                    }
                    if rd == rm && op.commutes() {
                        return narrow(0x4000 | bits << 6 | rn.n() << 3 | rd.n());
                    }
                }
            }
            _ => {}
        }
    }
    if let (Alu::Add | Alu::Sub, Op2::Imm(imm)) = (op, op2) {
        let by_stack_pointer = rn == SP && s != Flags::Set && imm.is_multiple_of(4);
        let short = (op == Alu::Add && rd.low() && imm < 1024) || (rd == SP && imm < 512);
        if by_stack_pointer && short {
            return Insn::AddWide { sub: op == Alu::Sub, rd, rn, imm: imm as u16 }.encode();
        }
    }
    wide_alu(op.wide(), s.bit(), rn, rd, op2)
}

fn encode_mov(s: Flags, rd: R, op2: Op2) -> Code {
    match op2 {
        Op2::Imm(imm) if s.narrow() && rd.low() && imm < 256 => narrow(0x2000 | rd.n() << 8 | imm),
        Op2::Reg(rm, Shift::Lsl, 0) if s != Flags::Set => {
            narrow(0x4600 | (rd.n() >> 3) << 7 | rm.n() << 3 | rd.n() & 7)
        }
        // Inside an IT block this pattern would be unpredictable only for `lsl #0`, handled above.
        Op2::Reg(rm, kind, amount) if s.narrow() && rd.low() && rm.low() && kind != Shift::Ror => {
            narrow((kind as u32) << 11 | (u32::from(amount) & 31) << 6 | rm.n() << 3 | rd.n())
        }
        _ => wide_alu(2, s.bit(), PC, rd, op2),
    }
}

fn encode_movw(base: u32, rd: R, imm: u16) -> Code {
    let imm = u32::from(imm);
    Code::Wide(base | (imm >> 12) << 16 | rd.n() << 8 | split_immediate(imm & 0xfff))
}

fn encode_test(op: Test, rn: R, op2: Op2) -> Code {
    match (op, op2) {
        (Test::Cmp, Op2::Imm(imm)) if rn.low() && imm < 256 => return narrow(0x2800 | rn.n() << 8 | imm),
        (Test::Cmp, Op2::Reg(rm, Shift::Lsl, 0)) => {
            if rn.low() && rm.low() {
                return narrow(0x4280 | rm.n() << 3 | rn.n());
            }
            return narrow(0x4500 | (rn.n() >> 3) << 7 | rm.n() << 3 | rn.n() & 7);
        }
        (Test::Cmn, Op2::Reg(rm, Shift::Lsl, 0)) if rn.low() && rm.low() => {
            return narrow(0x42c0 | rm.n() << 3 | rn.n());
        }
        (Test::Tst, Op2::Reg(rm, Shift::Lsl, 0)) if rn.low() && rm.low() => {
            return narrow(0x4200 | rm.n() << 3 | rn.n());
        }
        _ => {}
    }
    wide_alu(op.wide(), 1, rn, PC, op2)
}

fn encode_unary(op: Unary, rd: R, rm: R) -> Code {
    let both_low = rd.low() && rm.low();
    let (short, long) = match op {
        Unary::Clz => (None, 0xfab0_f080 | rm.n() << 16),
        Unary::Rbit => (None, 0xfa90_f0a0 | rm.n() << 16),
        Unary::Rev => (Some(0xba00), 0xfa90_f080 | rm.n() << 16),
        Unary::Rev16 => (Some(0xba40), 0xfa90_f090 | rm.n() << 16),
        Unary::Sxth => (Some(0xb200), 0xfa0f_f080),
        Unary::Sxtb => (Some(0xb240), 0xfa4f_f080),
        Unary::Uxth => (Some(0xb280), 0xfa1f_f080),
        Unary::Uxtb => (Some(0xb2c0), 0xfa5f_f080),
    };
    match short {
        Some(base) if both_low => narrow(base | rm.n() << 3 | rd.n()),
        _ => Code::Wide(long | rd.n() << 8 | rm.n()),
    }
}

fn encode_load(width: Width, rt: R, mem: Mem) -> Code {
    let (wide, short_reg) = match width {
        Width::Byte => (0xf810_0000, 6),
        Width::SignedByte => (0xf910_0000, 3),
        Width::Half => (0xf830_0000, 5),
        Width::SignedHalf => (0xf930_0000, 7),
        Width::Word => (0xf850_0000, 4),
    };
    let short_imm = match width {
        Width::Byte => Some(0x7800),
        Width::Half => Some(0x8800),
        Width::Word => Some(0x6800),
        Width::SignedByte | Width::SignedHalf => None,
    };
    encode_memory(width, rt, mem, wide, short_reg, short_imm, 0x9800)
}

fn encode_store(width: Width, rt: R, mem: Mem) -> Code {
    let (wide, short_reg, short_imm) = match width {
        Width::Byte | Width::SignedByte => (0xf800_0000, 2, 0x7000),
        Width::Half | Width::SignedHalf => (0xf820_0000, 1, 0x8000),
        Width::Word => (0xf840_0000, 0, 0x6000),
    };
    encode_memory(width, rt, mem, wide, short_reg, Some(short_imm), 0x9000)
}

fn encode_memory(
    width: Width,
    rt: R,
    mem: Mem,
    wide: u32,
    short_reg: u32,
    short_imm: Option<u32>,
    short_sp: u32,
) -> Code {
    match mem {
        Mem::Index(rn, rm, shift) => {
            if shift == 0 && rt.low() && rn.low() && rm.low() {
                return narrow(0x5000 | short_reg << 9 | rm.n() << 6 | rn.n() << 3 | rt.n());
            }
            Code::Wide(wide | rn.n() << 16 | rt.n() << 12 | u32::from(shift) << 4 | rm.n())
        }
        Mem::Offset(rn, offset) if offset < 0 => {
            Code::Wide(wide | rn.n() << 16 | rt.n() << 12 | 0xc00 | offset.unsigned_abs())
        }
        Mem::Offset(rn, offset) => {
            let offset = offset as u32;
            let scaled = offset / width.bytes();
            if rt.low() && offset.is_multiple_of(width.bytes()) {
                if rn == SP && width == Width::Word && scaled < 256 {
                    return narrow(short_sp | rt.n() << 8 | scaled);
                }
                if let Some(base) = short_imm.filter(|_| rn.low() && scaled < 32) {
                    return narrow(base | scaled << 6 | rn.n() << 3 | rt.n());
                }
            }
            Code::Wide(wide | 1 << 23 | rn.n() << 16 | rt.n() << 12 | offset)
        }
    }
}

fn register_list(f: &mut fmt::Formatter<'_>, list: u16) -> fmt::Result {
    let names: Vec<String> = (0..16).filter(|i| list >> i & 1 == 1).map(|i| R(i).to_string()).collect();
    write!(f, "{{{}}}", names.join(", "))
}

impl fmt::Display for Insn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Insn::Alu { op, s, rd, rn, op2 } => {
                write!(f, "{}{} {rd}, {rn}, {op2}", op.name(), s.suffix())
            }
            Insn::AddWide { sub, rd, rn, imm } => {
                write!(f, "{} {rd}, {rn}, #{imm:#x}", if sub { "sub" } else { "add" })
            }
            Insn::Mov { s, rd, op2: Op2::Reg(rm, kind, amount) } if (kind, amount) != (Shift::Lsl, 0) => {
                write!(f, "{kind}{} {rd}, {rm}, #{amount}", s.suffix())
            }
            Insn::Mov { s, rd, op2 } => write!(f, "mov{} {rd}, {op2}", s.suffix()),
            Insn::Mvn { s, rd, op2 } => write!(f, "mvn{} {rd}, {op2}", s.suffix()),
            Insn::Movw { rd, imm } => write!(f, "movw {rd}, #{imm:#x}"),
            Insn::Movt { rd, imm } => write!(f, "movt {rd}, #{imm:#x}"),
            Insn::Test { op, rn, op2 } => write!(f, "{} {rn}, {op2}", op.name()),
            Insn::ShiftReg { kind, s, rd, rn, rm } => write!(f, "{kind}{} {rd}, {rn}, {rm}", s.suffix()),
            Insn::Mul { s, rd, rn, rm } => write!(f, "mul{} {rd}, {rn}, {rm}", s.suffix()),
            Insn::MulAdd { sub, rd, rn, rm, ra } => {
                write!(f, "{} {rd}, {rn}, {rm}, {ra}", if sub { "mls" } else { "mla" })
            }
            Insn::MulLong { op, lo, hi, rn, rm } => {
                let name = match op {
                    Mul::Umull => "umull",
                    Mul::Smull => "smull",
                };
                write!(f, "{name} {lo}, {hi}, {rn}, {rm}")
            }
            Insn::Div { signed, rd, rn, rm } => {
                write!(f, "{} {rd}, {rn}, {rm}", if signed { "sdiv" } else { "udiv" })
            }
            Insn::Unary { op, rd, rm } => write!(f, "{} {rd}, {rm}", op.name()),
            Insn::Extract { signed, rd, rn, lsb, width } => {
                write!(f, "{} {rd}, {rn}, #{lsb}, #{width}", if signed { "sbfx" } else { "ubfx" })
            }
            Insn::Insert { rd, rn, lsb, width } => write!(f, "bfi {rd}, {rn}, #{lsb}, #{width}"),
            Insn::Load { width, rt, mem } => write!(f, "ldr{} {rt}, {mem}", width.name()),
            Insn::Store { width, rt, mem } => write!(f, "str{} {rt}, {mem}", width.name()),
            Insn::Push { list } => {
                f.write_str("push ")?;
                register_list(f, list)
            }
            Insn::Pop { list } => {
                f.write_str("pop ")?;
                register_list(f, list)
            }
            Insn::It { cond, rest } => {
                f.write_str("it")?;
                for &then in rest {
                    f.write_str(if then { "t" } else { "e" })?;
                }
                write!(f, " {cond}")
            }
            Insn::Bl => f.write_str("bl"),
            Insn::BranchExternal => f.write_str("b"),
            Insn::Blx { rm } => write!(f, "blx {rm}"),
            Insn::Bx { rm } => write!(f, "bx {rm}"),
            Insn::Udf { imm } => write!(f, "udf #{imm:#x}"),
        }
    }
}
