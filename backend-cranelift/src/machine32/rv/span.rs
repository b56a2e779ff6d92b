//! RV32IMC code whose length depends on distances.

use super::insn::{Branch, X, ZERO, branch_bits, c_branch_bits, c_j_bits, jal_bits};
use crate::machine32::layout::{Label, Target, Writer};

/// A branch.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Span {
    Jump(Label),
    /// A jump of exactly 4 bytes: the entry of a jump table.
    Entry(Label),
    Branch(Branch, X, X, Label),
}

fn within(distance: i64, low: i64, high: i64) -> bool {
    (low..=high).contains(&distance)
}

/// The register that a compressed branch would test, and whether for not 0.
fn compressed(cond: Branch, rs1: X, rs2: X) -> Option<(bool, X)> {
    let not_equal = match cond {
        Branch::Eq => false,
        Branch::Ne => true,
        _ => return None,
    };
    let reg = if rs2 == ZERO {
        rs1
    } else if rs1 == ZERO {
        rs2
    } else {
        return None;
    };
    (8..16).contains(&reg.0).then_some((not_equal, reg))
}

impl Span {
    /// Bytes in the form `level`.
    pub fn size(&self, level: u8) -> u32 {
        match (self, level) {
            (Span::Entry(_), _) => 4,
            (_, 0) => 2,
            (_, 1) => 4,
            _ => 8,
        }
    }

    /// The lowest level from `level` up that reaches.
    pub fn fit(&self, level: u8, here: u32, map: &dyn Fn(Target) -> u32) -> u8 {
        let distance = |label: &Label| i64::from(map(Target::Label(*label))) - i64::from(here);
        let mut level = level;
        loop {
            let reaches = match (self, level) {
                (Span::Jump(label), 0) => within(distance(label), -2048, 2046),
                (Span::Branch(cond, rs1, rs2, label), 0) => {
                    compressed(*cond, *rs1, *rs2).is_some() && within(distance(label), -256, 254)
                }
                (Span::Branch(_, _, _, label), 1) => within(distance(label), -4096, 4094),
                _ => true,
            };
            if reaches {
                return level;
            }
            level += 1;
        }
    }

    /// Appends the bytes.
    pub fn write(&self, level: u8, map: &dyn Fn(Target) -> u32, out: &mut Writer<'_>) {
        let here = out.address() as i32;
        let distance = |label: &Label| map(Target::Label(*label)) as i32 - here;
        match self {
            Span::Jump(label) | Span::Entry(label) => {
                out.line(format!("j .L{}", label.0));
                if level == 0 && matches!(self, Span::Jump(_)) {
                    out.bytes.extend(c_j_bits(distance(label)).to_le_bytes());
                } else {
                    out.bytes.extend(jal_bits(ZERO, distance(label)).to_le_bytes());
                }
            }
            Span::Branch(cond, rs1, rs2, label) => {
                if level == 2 {
                    let inverse = cond.invert();
                    out.line(format!("{} {rs1}, {rs2}, .+8", inverse.name()));
                    out.bytes.extend(branch_bits(inverse, *rs1, *rs2, 8).to_le_bytes());
                    out.line(format!("j .L{}", label.0));
                    out.bytes.extend(jal_bits(ZERO, distance(label) - 4).to_le_bytes());
                    return;
                }
                out.line(format!("{} {rs1}, {rs2}, .L{}", cond.name(), label.0));
                match compressed(*cond, *rs1, *rs2) {
                    Some((not_equal, reg)) if level == 0 => {
                        let bits = c_branch_bits(not_equal, reg, distance(label))
                            .expect("x8 to x15 have compressed branches");
                        out.bytes.extend(bits.to_le_bytes());
                    }
                    _ => {
                        let bits = branch_bits(*cond, *rs1, *rs2, distance(label));
                        out.bytes.extend(bits.to_le_bytes());
                    }
                }
            }
        }
    }
}
