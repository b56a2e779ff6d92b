//! Bytes of function bodies, with the places that the linker fills in.

use crate::code::{Code, Label, Op};
use jerboa_backend_cranelift::unit::SymbolId;
use wasm_encoder::{BlockType, Encode, Instruction as I, ValType};

/// What a relocation refers to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Target {
    /// The index of a function in the module.
    Function(SymbolId),
    /// The index of a function in the function table, as a signed constant.
    TableIndex(SymbolId),
    /// The address of data plus an addend, as a signed constant.
    Address(SymbolId, i32),
    /// The index of a type.
    Type(u32),
    /// The index of the global with the stack pointer.
    StackPointer,
}

/// A place that the linker fills in: five bytes of LEB128.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Relocation {
    /// Byte offset in the body.
    pub offset: usize,
    /// What goes there.
    pub target: Target,
}

/// A function body, with the declarations of locals but without its size.
pub struct Encoded {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// The places to fill in, ascending.
    pub relocations: Vec<Relocation>,
}

/// Encodes a body. `existing` gives what to write at a place to be filled in.
pub fn encode(code: &Code, existing: impl Fn(Target) -> i32) -> Encoded {
    let mut out = Encoded { bytes: Vec::new(), relocations: Vec::new() };
    let mut runs: Vec<(u32, ValType)> = Vec::new();
    for &ty in &code.locals[code.params..] {
        match runs.last_mut() {
            Some((count, last)) if *last == ty => *count += 1,
            _ => runs.push((1, ty)),
        }
    }
    runs.len().encode(&mut out.bytes);
    for (count, ty) in runs {
        count.encode(&mut out.bytes);
        ty.encode(&mut out.bytes);
    }
    let mut open: Vec<Option<Label>> = Vec::new();
    for op in &code.ops {
        out.op(op, &mut open, &existing);
    }
    I::End.encode(&mut out.bytes);
    out
}

/// How many constructs a branch to `label` leaves.
fn depth(open: &[Option<Label>], label: Label) -> u32 {
    open.iter().rev().position(|&other| other == Some(label)).expect("a branch to an enclosing label") as u32
}

impl Encoded {
    fn op(&mut self, op: &Op, open: &mut Vec<Option<Label>>, existing: &impl Fn(Target) -> i32) {
        let instruction = match op {
            Op::Get(local) => I::LocalGet(local.0),
            Op::Set(local) => I::LocalSet(local.0),
            Op::Tee(local) => I::LocalTee(local.0),
            Op::Moves(_) => unreachable!("copies are expanded when locals are assigned"),
            Op::Plain(instruction) => instruction.clone(),
            Op::Call(symbol) => return self.relocated(&[0x10], Target::Function(*symbol), existing),
            Op::CallIndirect(ty) => {
                self.relocated(&[0x11], Target::Type(*ty), existing);
                return self.bytes.push(0);
            }
            Op::DataAddress(symbol, addend) => {
                return self.relocated(&[0x41], Target::Address(*symbol, *addend), existing);
            }
            Op::FunctionAddress(symbol) => {
                return self.relocated(&[0x41], Target::TableIndex(*symbol), existing);
            }
            Op::GetStackPointer => return self.relocated(&[0x23], Target::StackPointer, existing),
            Op::SetStackPointer => return self.relocated(&[0x24], Target::StackPointer, existing),
            Op::Block(label) => {
                open.push(Some(*label));
                I::Block(BlockType::Empty)
            }
            Op::Loop(label) => {
                open.push(Some(*label));
                I::Loop(BlockType::Empty)
            }
            Op::If(result) => {
                open.push(None);
                I::If(result.map_or(BlockType::Empty, BlockType::Result))
            }
            Op::Else => I::Else,
            Op::End => {
                open.pop();
                I::End
            }
            Op::Br(label) => I::Br(depth(open, *label)),
            Op::BrIf(label) => I::BrIf(depth(open, *label)),
            Op::BrTable(labels, default) => {
                let depths: Vec<u32> = labels.iter().map(|&label| depth(open, label)).collect();
                I::BrTable(depths.into(), depth(open, *default))
            }
            Op::Return => I::Return,
            Op::Unreachable => I::Unreachable,
        };
        instruction.encode(&mut self.bytes);
    }

    fn relocated(&mut self, opcode: &[u8], target: Target, existing: &impl Fn(Target) -> i32) {
        self.bytes.extend_from_slice(opcode);
        self.relocations.push(Relocation { offset: self.bytes.len(), target });
        let signed = matches!(target, Target::TableIndex(_) | Target::Address(..));
        self.bytes.extend_from_slice(&padded_leb(existing(target), signed));
    }
}

/// A LEB128 of five bytes.
fn padded_leb(value: i32, signed: bool) -> [u8; 5] {
    let mut bytes = [0; 5];
    let wide = if signed { i64::from(value) } else { i64::from(value as u32) };
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = (wide >> (7 * at) & 0x7f) as u8 | if at < 4 { 0x80 } else { 0 };
    }
    bytes
}
