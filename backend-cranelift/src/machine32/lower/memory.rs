//! Loads, stores and the addresses they absorb.

use super::*;

impl Lower<'_> {
    /// A memory operand for `offset` bytes past the pointer `value`, in reach for accesses of `span` bytes.
    fn addr(&mut self, value: Value, offset: i32, width: Width, span: i32) -> Addr {
        if let Some((inst, Opcode::StackAddr)) = self.def(value) {
            let base = self.slot_offset(inst);
            if let Some(total) = base.checked_add_signed(offset) {
                return Addr::Slot(total);
            }
        }
        if let Some(&[x, y]) = self.def_as(value, Opcode::Iadd) {
            for (base, other) in [(x, y), (y, x)] {
                if let Some(imm) = self.constant(other)
                    && let Some(total) = offset.checked_add(imm as i32)
                    && legal::offset(self.arch, width, total)
                    && legal::offset(self.arch, width, total.saturating_add(span))
                {
                    return self.addr(base, total, width, span);
                }
            }
            if offset == 0 && span == 0 && self.arch.is_thumb() {
                for (base, index) in [(x, y), (y, x)] {
                    if let Some(&[inner, amount]) = self.def_as(index, Opcode::Ishl)
                        && let Some(amount @ 0..=3) = self.constant(amount)
                    {
                        let (base, inner) = (self.reg_of(base), self.reg_of(inner));
                        return Addr::Index(base, inner, amount as u8);
                    }
                }
                if self.uses[value] == 1 {
                    let (base, index) = (self.reg_of(x), self.reg_of(y));
                    return Addr::Index(base, index, 0);
                }
            }
        }
        let in_reach = legal::offset(self.arch, width, offset)
            && legal::offset(self.arch, width, offset.saturating_add(span));
        if in_reach {
            let base = self.reg_of(value);
            return Addr::Base(base, offset);
        }
        let base = self.lo(value);
        let sum = self.alu(AluOp::Add, base, Part::Imm(offset as u32));
        Addr::Base(self.reg(sum), 0)
    }

    fn slot_offset(&self, inst: ir::Inst) -> u32 {
        match self.func.dfg.insts[inst] {
            ir::InstructionData::StackAddr { stack_slot, offset, .. } => {
                self.slots[stack_slot].wrapping_add(i32::from(offset) as u32)
            }
            _ => unreachable!("only asked of stack_addr"),
        }
    }

    fn next_word(addr: Addr) -> Addr {
        match addr {
            Addr::Base(reg, offset) => Addr::Base(reg, offset + 4),
            Addr::Slot(offset) => Addr::Slot(offset + 4),
            Addr::Index(..) => unreachable!("accesses of two words are never indexed"),
        }
    }

    fn load(&mut self, width: Width, addr: Addr) -> Part {
        self.emit(|rd| Inst::Load { width, rd, addr })
    }

    pub(super) fn memory(&mut self, inst: ir::Inst, opcode: Opcode) -> Result<(), Error> {
        use Opcode::*;
        let data = self.func.dfg.insts[inst];
        if opcode == StackAddr {
            let offset = self.slot_offset(inst);
            let part = self.emit(|rd| Inst::SlotAddress { rd, offset });
            self.set_word(inst, part);
            return Ok(());
        }
        let flags = data.memflags_data(&self.func.dfg);
        let big_endian = flags
            .and_then(|flags| flags.explicit_endianness())
            .is_some_and(|endianness| endianness == ir::Endianness::Big);
        let offset = data.load_store_offset().unwrap_or(0);
        if big_endian {
            return Err(self.unsupported(inst));
        }
        let args = self.func.dfg.inst_args(inst);
        let is_store = matches!(opcode, Store | Istore8 | Istore16 | Istore32);
        let ty = if is_store { self.ty(args[0]) } else { self.ty(self.func.dfg.first_result(inst)) };
        let (width, two) = match opcode {
            Load | Store => match ty {
                types::I8 => (Width::Byte, false),
                types::I16 => (Width::Half, false),
                _ => (Width::Word, abi::is_wide(ty)),
            },
            Uload8 | Istore8 => (Width::Byte, false),
            Sload8 => (Width::SignedByte, false),
            Uload16 | Istore16 => (Width::Half, false),
            Sload16 => (Width::SignedHalf, false),
            _ => (Width::Word, false),
        };
        let pointer = if is_store { args[1] } else { args[0] };
        let addr = self.addr(pointer, offset, width, if two { 4 } else { 0 });
        if is_store {
            let val = self.val(args[0]);
            let rs = self.reg(val.lo);
            let hi = match val.hi {
                Some(hi) if two => Some(self.reg(hi)),
                _ => None,
            };
            self.insts.push(Inst::Store { width, rs, addr });
            if let Some(rs) = hi {
                self.insts.push(Inst::Store { width, rs, addr: Self::next_word(addr) });
            }
            return Ok(());
        }
        let lo = self.load(width, addr);
        let hi = if two {
            Some(self.load(width, Self::next_word(addr)))
        } else if !abi::is_wide(ty) {
            None
        } else if matches!(opcode, Sload8 | Sload16 | Sload32) {
            Some(self.shift(Shift::Asr, lo, 31))
        } else {
            Some(Part::Imm(0))
        };
        self.set(inst, Val { lo, hi });
        Ok(())
    }
}
