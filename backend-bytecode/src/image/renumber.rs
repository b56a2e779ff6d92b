//! Other numbers for the constants that code names.
use super::ConstantIndex;
use jerboa_abi::opcode::{Kind, Opcode};

/// The operands of code that are constants: offset and kind.
fn operands(code: &[u8]) -> Vec<(usize, Kind)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(opcode) = code.get(at).copied().and_then(Opcode::from_byte) {
        let mut operand_at = at + 1;
        for operand in opcode.info().operands {
            if matches!(operand.kind, Kind::K8 | Kind::K16 | Kind::Key16 | Kind::D16) {
                found.push((operand_at, operand.kind));
            }
            operand_at += operand.kind.size();
        }
        at += opcode.size();
    }
    found
}

/// The constants that instructions name by one byte.
pub(super) fn near(code: &[u8]) -> Vec<ConstantIndex> {
    let is_near = |(at, kind): (usize, Kind)| (kind == Kind::K8).then(|| u16::from(code[at]));
    operands(code).into_iter().filter_map(is_near).collect()
}

/// Gives each constant the number that stands in `order` in its place. What has one byte keeps to it.
pub(super) fn constants(code: &mut [u8], order: &[ConstantIndex]) {
    for (at, kind) in operands(code) {
        if kind == Kind::K8 {
            let number = order[usize::from(code[at])];
            code[at] = u8::try_from(number).expect("the number of a near constant has one byte");
        } else {
            let number = order[usize::from(u16::from_le_bytes([code[at], code[at + 1]]))];
            code[at..at + 2].copy_from_slice(&number.to_le_bytes());
        }
    }
}
