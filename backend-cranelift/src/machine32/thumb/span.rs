//! Thumb-2 code whose length depends on distances.

use super::insn::{Cond, Insn, Op2, R, Test};
use crate::machine32::layout::{Label, Literal, Reloc, RelocKind, Target, Writer};

/// A branch, a branch table or the load of a literal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Span {
    Jump(Label),
    Branch(Cond, Label),
    /// A branch on whether a low register is 0 (`true`) or not.
    Zero(bool, R, Label),
    /// A branch through a table, all of whose targets come later.
    Table(R, Vec<Label>),
    /// A constant or an address in a register.
    Literal(R, u32, Literal),
}

fn within(distance: i64, low: i64, high: i64) -> bool {
    (low..=high).contains(&distance)
}

impl Span {
    /// The literal that the form needs.
    pub fn literal(&self, level: u8) -> Option<u32> {
        match self {
            Span::Literal(_, index, _) if level < 2 => Some(*index),
            _ => None,
        }
    }

    /// Bytes in the form `level`.
    pub fn size(&self, level: u8) -> u32 {
        match (self, level) {
            (Span::Jump(_) | Span::Branch(..) | Span::Zero(..), 0) => 2,
            (Span::Jump(_) | Span::Branch(..) | Span::Zero(..), 1) => 4,
            (Span::Jump(_) | Span::Branch(..) | Span::Zero(..), _) => 6,
            (Span::Table(_, labels), 0) => 4 + (labels.len() as u32).next_multiple_of(2),
            (Span::Table(_, labels), _) => 4 + 2 * labels.len() as u32,
            (Span::Literal(..), 0) => 2,
            (Span::Literal(..), 1) => 4,
            (Span::Literal(_, _, literal), _) => match literal {
                Literal::Value(value) if *value < 0x1_0000 => 4,
                _ => 8,
            },
        }
    }

    /// The lowest level from `level` up that reaches.
    pub fn fit(&self, level: u8, here: u32, map: &dyn Fn(Target) -> u32) -> u8 {
        let distance = |label: &Label| i64::from(map(Target::Label(*label))) - i64::from(here) - 4;
        let mut level = level;
        loop {
            let reaches = match (self, level) {
                (Span::Jump(label), 0) => within(distance(label), -2048, 2046),
                (Span::Branch(_, label), 0) => within(distance(label), -256, 254),
                (Span::Zero(_, _, label), 0) => within(distance(label), 0, 126),
                // The branch follows a comparison.
                (Span::Zero(_, _, label), 1) => within(distance(label) - 2, -256, 254),
                (Span::Table(_, labels), 0) => labels.iter().all(|label| within(distance(label), 0, 510)),
                (Span::Literal(rt, index, _), 0 | 1) => {
                    let base = (here + 4) & !3;
                    let distance = i64::from(map(Target::Literal(*index))) - i64::from(base);
                    if level == 0 { rt.0 < 8 && within(distance, 0, 1020) } else { within(distance, 0, 4095) }
                }
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
        let here = out.address();
        let distance = |label: &Label, here: u32| map(Target::Label(*label)) as i32 - here as i32 - 4;
        match self {
            Span::Jump(label) => {
                out.line(format!("b .L{}", label.0));
                jump(level > 0, distance(label, here), out.bytes);
            }
            Span::Branch(cond, label) => {
                out.line(format!("b{cond} .L{}", label.0));
                branch(*cond, level > 0, distance(label, here), out.bytes);
            }
            Span::Zero(zero, rn, label) => {
                if level == 0 {
                    let name = if *zero { "cbz" } else { "cbnz" };
                    out.line(format!("{name} {rn}, .L{}", label.0));
                    let d = distance(label, here) as u32;
                    let bits = 0xb100
                        | u32::from(!*zero) << 11
                        | (d >> 6 & 1) << 9
                        | (d >> 1 & 31) << 3
                        | u32::from(rn.0);
                    out.bytes.extend((bits as u16).to_le_bytes());
                    return;
                }
                let compare = Insn::Test { op: Test::Cmp, rn: *rn, op2: Op2::Imm(0) };
                out.line(compare.to_string());
                compare.encode().push_to(out.bytes);
                let cond = if *zero { Cond::Eq } else { Cond::Ne };
                out.line(format!("b{cond} .L{}", label.0));
                branch(cond, level > 1, distance(label, here + 2), out.bytes);
            }
            Span::Table(index, labels) => {
                let wide = level > 0;
                let shift = if wide { ", lsl #1" } else { "" };
                out.line(format!("tb{} [pc, {index}{shift}]", if wide { "h" } else { "b" }));
                let bits = 0xf000u16 | u16::from(wide) << 4 | u16::from(index.0);
                out.bytes.extend(0xe8dfu16.to_le_bytes());
                out.bytes.extend(bits.to_le_bytes());
                let start = out.address();
                out.line(format!(".{}", if wide { "hword" } else { "byte" }));
                for label in labels {
                    let halves = distance(label, here) / 2;
                    if wide {
                        out.bytes.extend((halves as u16).to_le_bytes());
                    } else {
                        out.bytes.push(halves as u8);
                    }
                }
                if !out.bytes.len().is_multiple_of(2) {
                    out.bytes.push(0);
                }
                let end = out.address();
                out.data.push((start, end));
            }
            Span::Literal(rt, index, literal) => {
                if level > 1 {
                    move_wide(*rt, *literal, out);
                    return;
                }
                let base = (here + 4) & !3;
                let offset = map(Target::Literal(*index)) - base;
                out.line(match literal {
                    Literal::Value(value) => format!("ldr {rt}, ={value:#x}"),
                    Literal::Address(..) => format!("ldr {rt}, [pc, #{offset:#x}]"),
                });
                if level == 0 {
                    let bits = 0x4800 | u32::from(rt.0) << 8 | offset >> 2;
                    out.bytes.extend((bits as u16).to_le_bytes());
                } else {
                    out.bytes.extend(0xf8dfu16.to_le_bytes());
                    let bits = u32::from(rt.0) << 12 | offset;
                    out.bytes.extend((bits as u16).to_le_bytes());
                }
            }
        }
    }
}

fn move_wide(rt: R, literal: Literal, out: &mut Writer<'_>) {
    let (low, high, symbol) = match literal {
        Literal::Value(value) => (value as u16, (value >> 16) as u16, None),
        // Both halves hold the addend, sign-extended by the linker.
        Literal::Address(symbol, addend) => (addend as u16, addend as u16, Some((symbol, addend))),
    };
    let one_is_enough = matches!(literal, Literal::Value(value) if value < 0x1_0000);
    let parts = [
        (Insn::Movw { rd: rt, imm: low }, RelocKind::ThumbMovw),
        (Insn::Movt { rd: rt, imm: high }, RelocKind::ThumbMovt),
    ];
    for (insn, kind) in parts.into_iter().take(if one_is_enough { 1 } else { 2 }) {
        if let Some((symbol, addend)) = symbol {
            let offset = out.address();
            out.relocs.push(Reloc { offset, kind, symbol, addend });
        }
        out.line(insn.to_string());
        insn.encode().push_to(out.bytes);
    }
}

fn jump(wide: bool, distance: i32, out: &mut Vec<u8>) {
    let d = distance as u32;
    if !wide {
        out.extend((0xe000u16 | (d >> 1 & 0x7ff) as u16).to_le_bytes());
        return;
    }
    let sign = d >> 31;
    let first = 0xf000 | sign << 10 | (d >> 12 & 0x3ff);
    let j1 = (d >> 23 & 1) ^ 1 ^ sign;
    let j2 = (d >> 22 & 1) ^ 1 ^ sign;
    let second = 0x9000 | j1 << 13 | j2 << 11 | (d >> 1 & 0x7ff);
    out.extend((first as u16).to_le_bytes());
    out.extend((second as u16).to_le_bytes());
}

fn branch(cond: Cond, wide: bool, distance: i32, out: &mut Vec<u8>) {
    let d = distance as u32;
    let cond = cond as u32;
    if !wide {
        out.extend(((0xd000 | cond << 8 | (d >> 1 & 0xff)) as u16).to_le_bytes());
        return;
    }
    let first = 0xf000 | (d >> 31) << 10 | cond << 6 | (d >> 12 & 0x3f);
    let second = 0x8000 | (d >> 18 & 1) << 13 | (d >> 19 & 1) << 11 | (d >> 1 & 0x7ff);
    out.extend((first as u16).to_le_bytes());
    out.extend((second as u16).to_le_bytes());
}
