//! Loads, stores and addresses.

use super::{FOLD_LIMIT, Selector};
use crate::code::Op;
use crate::divisor;
use crate::error::Error;
use cranelift_codegen::ir::{Endianness, GlobalValueData, InstructionData, MemFlags, Opcode, Value, types};
use jerboa_backend_cranelift::unit::SymbolKind;
use wasm_encoder::{Instruction as I, MemArg, MemArgTarget};

impl Selector<'_, '_> {
    /// Loads, stores, `stack_addr` and `symbol_value`.
    pub(super) fn memory(&mut self, data: &InstructionData, args: &[Value]) -> Result<(), Error> {
        match *data {
            InstructionData::Load { opcode, flags, offset, .. } => {
                self.little_endian(flags)?;
                let offset = self.push_address(args[0], offset.into());
                self.load(opcode, offset)
            }
            InstructionData::Store { opcode, flags, offset, .. } => {
                self.little_endian(flags)?;
                let offset = self.push_address(args[1], offset.into());
                self.store(opcode, args[0], offset)
            }
            InstructionData::StackAddr { stack_slot, offset, .. } => {
                let frame = self.sink.frame();
                self.sink.op(Op::Get(frame));
                let offset = self.slot_offset(stack_slot.as_u32(), offset.into());
                if offset != 0 {
                    self.plain(I::I32Const(offset as i32));
                    self.plain(I::I32Add);
                }
                Ok(())
            }
            InstructionData::UnaryGlobalValue { global_value, opcode: Opcode::SymbolValue } => {
                match &self.view.func.global_values[global_value] {
                    GlobalValueData::Symbol { name, offset, tls: false, .. } => {
                        if let Some(number) = divisor::hidden(self.view.func, name) {
                            self.plain(I::I32Const(number));
                            return Ok(());
                        }
                        let symbol = self.view.any_symbol(name)?;
                        let addend = i32::try_from(offset.bits()).or_else(|_| self.unsupported())?;
                        match self.view.unit.symbol(symbol).kind {
                            SymbolKind::Data => self.sink.op(Op::DataAddress(symbol, addend)),
                            SymbolKind::Function(_) if addend == 0 => {
                                self.sink.op(Op::FunctionAddress(symbol))
                            }
                            SymbolKind::Function(_) => return self.unsupported(),
                        }
                        Ok(())
                    }
                    _ => self.unsupported(),
                }
            }
            _ => self.unsupported(),
        }
    }

    fn little_endian(&self, flags: MemFlags) -> Result<(), Error> {
        match self.view.func.dfg.mem_flags[flags].explicit_endianness() {
            Some(Endianness::Big) => self.unsupported(),
            _ => Ok(()),
        }
    }

    fn slot_offset(&self, slot: u32, offset: i32) -> i64 {
        i64::from(self.view.slots[slot as usize]) + i64::from(offset)
    }

    /// Pushes the dynamic part of an address and returns the static offset.
    fn push_address(&mut self, address: Value, offset: i32) -> u64 {
        let mut base = address;
        let mut offset = i64::from(offset);
        loop {
            match self.view.def(base) {
                Some((_, &InstructionData::StackAddr { stack_slot, offset: more, .. })) => {
                    let total = self.slot_offset(stack_slot.as_u32(), more.into()) + offset;
                    if total < 0 {
                        break;
                    }
                    let frame = self.sink.frame();
                    self.sink.op(Op::Get(frame));
                    return total as u64;
                }
                Some((_, &InstructionData::Binary { opcode: Opcode::Iadd, args: [x, y] })) => {
                    let (x, y) = (self.view.resolve(x), self.view.resolve(y));
                    let (rest, addend) = match (self.view.constant(x), self.view.constant(y)) {
                        (_, Some(k)) => (x, k),
                        (Some(k), _) => (y, k),
                        _ => break,
                    };
                    if addend.abs() > FOLD_LIMIT || !(0..=i64::from(i32::MAX)).contains(&(offset + addend)) {
                        break;
                    }
                    base = rest;
                    offset += addend;
                }
                _ => break,
            }
        }
        self.push(base);
        if offset < 0 {
            self.plain(I::I32Const(offset as i32));
            self.plain(I::I32Add);
            return 0;
        }
        offset as u64
    }

    fn load(&mut self, opcode: Opcode, offset: u64) -> Result<(), Error> {
        let ty = self.result_type();
        let wide = ty == types::I64;
        let at = |align| MemArg { offset, align, target: MemArgTarget::Memory(0), ordering: None };
        let instruction = match (opcode, ty) {
            (Opcode::Load, types::I8) => I::I32Load8U(at(0)),
            (Opcode::Load, types::I16) => I::I32Load16U(at(1)),
            (Opcode::Load, types::I32) => I::I32Load(at(2)),
            (Opcode::Load, types::I64) => I::I64Load(at(3)),
            (Opcode::Load, types::F32) => I::F32Load(at(2)),
            (Opcode::Load, types::F64) => I::F64Load(at(3)),
            (Opcode::Uload8, _) if wide => I::I64Load8U(at(0)),
            (Opcode::Uload8, _) => I::I32Load8U(at(0)),
            (Opcode::Sload8, _) if wide => I::I64Load8S(at(0)),
            (Opcode::Sload8, _) => I::I32Load8S(at(0)),
            (Opcode::Uload16, _) if wide => I::I64Load16U(at(1)),
            (Opcode::Uload16, _) => I::I32Load16U(at(1)),
            (Opcode::Sload16, _) if wide => I::I64Load16S(at(1)),
            (Opcode::Sload16, _) => I::I32Load16S(at(1)),
            (Opcode::Uload32, _) => I::I64Load32U(at(2)),
            (Opcode::Sload32, _) => I::I64Load32S(at(2)),
            _ => return self.unsupported(),
        };
        self.plain(instruction);
        if opcode == Opcode::Sload8 {
            self.narrow(ty);
        }
        Ok(())
    }

    fn store(&mut self, opcode: Opcode, value: Value, offset: u64) -> Result<(), Error> {
        let ty = self.ty(value);
        let at = |align| MemArg { offset, align, target: MemArgTarget::Memory(0), ordering: None };
        let bits = match opcode {
            Opcode::Store => ty.bits(),
            Opcode::Istore8 => 8,
            Opcode::Istore16 => 16,
            Opcode::Istore32 => 32,
            _ => return self.unsupported(),
        };
        if ty.is_int() && bits < 64 {
            let source = self.low_source(value, bits);
            let wide = self.ty(source) == types::I64;
            self.push(source);
            self.plain(match (bits, wide) {
                (8, false) => I::I32Store8(at(0)),
                (8, true) => I::I64Store8(at(0)),
                (16, false) => I::I32Store16(at(1)),
                (16, true) => I::I64Store16(at(1)),
                (_, false) => I::I32Store(at(2)),
                (_, true) => I::I64Store32(at(2)),
            });
            return Ok(());
        }
        self.push(value);
        self.plain(match ty {
            types::I64 => I::I64Store(at(3)),
            types::F32 => I::F32Store(at(2)),
            types::F64 => I::F64Store(at(3)),
            _ => return self.unsupported(),
        });
        Ok(())
    }
}
