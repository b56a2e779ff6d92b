//! Which constants each instruction set can encode where.

use super::Arch;
use super::inst::{AluOp, Width};
use super::thumb::insn::modified_immediate;

fn signed12(value: u32) -> bool {
    (-2048..2048).contains(&(value as i32))
}

fn modified(value: u32) -> bool {
    modified_immediate(value).is_some()
}

/// Whether `imm` can be the second operand of `op`; the emitters pick the negated or inverted form.
pub fn alu_immediate(arch: Arch, op: AluOp, imm: u32) -> bool {
    use AluOp::*;
    if matches!(op, Lsl | Lsr | Asr) {
        return imm < 32;
    }
    if arch.is_thumb() {
        match op {
            Add | Sub => {
                modified(imm) || modified(imm.wrapping_neg()) || imm < 4096 || imm.wrapping_neg() < 4096
            }
            Rsb => modified(imm),
            And | Bic | Or | Orn | Adc | Sbc => modified(imm) || modified(!imm),
            Xor => modified(imm) || imm == u32::MAX,
            Ror => imm < 32,
            _ => false,
        }
    } else {
        match op {
            Add | And | Or | Xor | Slt | Sltu => signed12(imm),
            Sub => signed12(imm.wrapping_neg()),
            Rsb => imm == 0,
            _ => false,
        }
    }
}

/// Whether the flag-setting form takes `imm` (Thumb): the plain 12-bit form sets none.
pub fn flag_immediate(imm: u32) -> bool {
    modified(imm) || modified(imm.wrapping_neg())
}

/// Whether `imm` can be the second operand of a comparison.
pub fn compare_immediate(arch: Arch, imm: u32) -> bool {
    if arch.is_thumb() { modified(imm) || modified(imm.wrapping_neg()) } else { imm == 0 }
}

/// Whether `imm` can be the second operand of a bit test (Thumb).
pub fn test_immediate(imm: u32) -> bool {
    modified(imm)
}

/// Whether a select can produce `imm` without a register for it.
pub fn select_immediate(arch: Arch, imm: u32) -> bool {
    if arch.is_thumb() { imm < 256 || modified(imm) || modified(!imm) } else { signed12(imm) }
}

/// Whether a load or store reaches `offset` from its base.
pub fn offset(arch: Arch, _width: Width, offset: i32) -> bool {
    if arch.is_thumb() { (-255..4096).contains(&offset) } else { (-2048..2048).contains(&offset) }
}

/// Whether a constant takes more than one instruction.
pub fn costly_constant(arch: Arch, value: u32) -> bool {
    if arch.is_thumb() {
        !(value < 0x1_0000 || modified(value) || modified(!value))
    } else {
        !(signed12(value) || value & 0xfff == 0)
    }
}
