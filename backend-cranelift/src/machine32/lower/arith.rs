//! Arithmetic on words with constant folding: the vocabulary of the other modules.

use super::*;

impl Lower<'_> {
    /// A part as second operand of `op`.
    pub(super) fn operand(&mut self, op: AluOp, part: Part) -> Operand {
        match part {
            Part::Imm(imm) if legal::alu_immediate(self.arch, op, imm) => Operand::Imm(imm),
            _ => Operand::Reg(self.reg(part)),
        }
    }

    fn alu_inst(&mut self, op: AluOp, a: Reg, b: Operand) -> Part {
        self.emit(|rd| Inst::Alu { op, flags: FlagUse::None, rd, a, b, tie: Tie::Free })
    }

    /// `a op b`, folded and simplified.
    pub(super) fn alu(&mut self, op: AluOp, a: Part, b: Part) -> Part {
        if let (Part::Imm(x), Part::Imm(y)) = (a, b)
            && let Some(folded) = fold(op, x, y)
        {
            return Part::Imm(folded);
        }
        let (a, b) = if op.commutes() && a.imm().is_some() { (b, a) } else { (a, b) };
        match (op, b) {
            (
                AluOp::Add
                | AluOp::Sub
                | AluOp::Or
                | AluOp::Xor
                | AluOp::Lsl
                | AluOp::Lsr
                | AluOp::Asr
                | AluOp::Ror,
                Part::Imm(0),
            ) => return a,
            (AluOp::And, Part::Imm(u32::MAX)) | (AluOp::Mul, Part::Imm(1)) => return a,
            (AluOp::And | AluOp::Mul, Part::Imm(0)) => return Part::Imm(0),
            (AluOp::Sub, Part::Imm(imm)) => {
                return self.alu(AluOp::Add, a, Part::Imm(imm.wrapping_neg()));
            }
            (AluOp::And, Part::Imm(mask)) => return self.mask(a, mask),
            (AluOp::Xor, Part::Imm(u32::MAX)) => return self.unary(UnaryOp::Not, a),
            (AluOp::Mul, Part::Imm(imm)) if imm.is_power_of_two() => {
                return self.alu(AluOp::Lsl, a, Part::Imm(imm.trailing_zeros()));
            }
            _ => {}
        }
        if op == AluOp::Sub
            && let Part::Imm(imm) = a
            && legal::alu_immediate(self.arch, AluOp::Rsb, imm)
        {
            let b = self.reg(b);
            return self.alu_inst(AluOp::Rsb, b, Operand::Imm(imm));
        }
        let a = self.reg(a);
        let b = self.operand(op, b);
        self.alu_inst(op, a, b)
    }

    /// `a op (b shifted)`; the second operand needs a register (Thumb) or a shift first (RV).
    pub(super) fn alu_shifted(&mut self, op: AluOp, a: Part, b: Part, kind: Shift, amount: u8) -> Part {
        if let (true, Part::Reg(b), 1..) = (self.arch.is_thumb(), b, amount) {
            let a = self.reg(a);
            return self.alu_inst(op, a, Operand::Shifted(b, kind, amount));
        }
        let b = self.shift(kind, b, amount);
        self.alu(op, a, b)
    }

    /// A shift by a constant of 0 to 31.
    pub(super) fn shift(&mut self, kind: Shift, a: Part, amount: u8) -> Part {
        let op = match kind {
            Shift::Lsl => AluOp::Lsl,
            Shift::Lsr => AluOp::Lsr,
            Shift::Asr => AluOp::Asr,
            Shift::Ror => AluOp::Ror,
        };
        self.alu(op, a, Part::Imm(u32::from(amount)))
    }

    fn mask(&mut self, a: Part, mask: u32) -> Part {
        let reg = self.reg(a);
        let low_bits = (mask.wrapping_add(1)).is_power_of_two().then(|| mask.trailing_ones() as u8);
        if self.arch.is_thumb() {
            match (mask, low_bits) {
                (0xff, _) => return self.unary(UnaryOp::Uxtb, a),
                (0xffff, _) => return self.unary(UnaryOp::Uxth, a),
                (_, Some(width)) if !legal::alu_immediate(self.arch, AluOp::And, mask) => {
                    return self.emit(|rd| Inst::Extract { signed: false, rd, rs: reg, lsb: 0, width });
                }
                _ => {}
            }
        } else if let Some(width) = low_bits.filter(|&w| w > 11) {
            let high = self.shift(Shift::Lsl, a, 32 - width);
            return self.shift(Shift::Lsr, high, 32 - width);
        }
        let b = self.operand(AluOp::And, Part::Imm(mask));
        self.alu_inst(AluOp::And, reg, b)
    }

    /// A one-operand operation, folded; extensions become shifts where there is no instruction.
    pub(super) fn unary(&mut self, op: UnaryOp, a: Part) -> Part {
        if let Part::Imm(x) = a {
            return Part::Imm(match op {
                UnaryOp::Not => !x,
                UnaryOp::Clz => x.leading_zeros(),
                UnaryOp::Rbit => x.reverse_bits(),
                UnaryOp::Rev => x.swap_bytes(),
                UnaryOp::Uxtb => x & 0xff,
                UnaryOp::Uxth => x & 0xffff,
                UnaryOp::Sxtb => x as i8 as u32,
                UnaryOp::Sxth => x as i16 as u32,
                UnaryOp::NonZero => u32::from(x != 0),
            });
        }
        if !self.arch.is_thumb() {
            let (kind, bits) = match op {
                UnaryOp::Uxtb => return self.alu(AluOp::And, a, Part::Imm(0xff)),
                UnaryOp::Uxth => (Shift::Lsr, 16),
                UnaryOp::Sxtb => (Shift::Asr, 24),
                UnaryOp::Sxth => (Shift::Asr, 16),
                _ => {
                    let rs = self.reg(a);
                    return self.emit(|rd| Inst::Unary { op, rd, rs });
                }
            };
            let high = self.shift(Shift::Lsl, a, bits);
            return self.shift(kind, high, bits);
        }
        let rs = self.reg(a);
        self.emit(|rd| Inst::Unary { op, rd, rs })
    }

    /// `-a`
    pub(super) fn negate(&mut self, a: Part) -> Part {
        self.alu(AluOp::Sub, Part::Imm(0), a)
    }

    /// The low word of a product and its high word.
    pub(super) fn mul_long(&mut self, signed: bool, a: Part, b: Part) -> (Part, Part) {
        if let (Part::Imm(x), Part::Imm(y)) = (a, b) {
            let product = if signed {
                (i64::from(x as i32) * i64::from(y as i32)) as u64
            } else {
                u64::from(x) * u64::from(y)
            };
            return (Part::Imm(product as u32), Part::Imm((product >> 32) as u32));
        }
        if self.arch.is_thumb() {
            let (a, b) = (self.reg(a), self.reg(b));
            let (lo, hi) = (self.new_reg(), self.new_reg());
            self.insts.push(Inst::MulLong { signed, lo, hi, a, b });
            return (Part::Reg(lo), Part::Reg(hi));
        }
        let high = if signed { AluOp::Mulh } else { AluOp::Mulhu };
        (self.alu(AluOp::Mul, a, b), self.alu(high, a, b))
    }

    /// `acc + a * b`
    pub(super) fn mul_add(&mut self, a: Part, b: Part, acc: Part) -> Part {
        if a.imm() == Some(0) || b.imm() == Some(0) {
            return acc;
        }
        let plain = acc.imm() == Some(0) || a.imm().is_some_and(u32::is_power_of_two);
        if plain || b.imm().is_some_and(u32::is_power_of_two) || !self.arch.is_thumb() {
            let product = self.alu(AluOp::Mul, a, b);
            return self.alu(AluOp::Add, acc, product);
        }
        let (a, b, acc) = (self.reg(a), self.reg(b), self.reg(acc));
        self.emit(|rd| Inst::MulAdd { sub: false, rd, a, b, acc })
    }

    /// A value of 1 or 0 from a test.
    pub(super) fn boolean(&mut self, test: Test, cond: Cond) -> Part {
        self.select_words(test, cond, Part::Imm(1), Part::Imm(0))
    }

    /// `if cond { then } else { other }`
    pub(super) fn select_words(&mut self, test: Test, cond: Cond, then: Part, other: Part) -> Part {
        if then == other {
            return then;
        }
        let mut operand = |part: Part| match part {
            Part::Imm(imm) if legal::select_immediate(self.arch, imm) => Operand::Imm(imm),
            _ => Operand::Reg(self.reg(part)),
        };
        let (then, other) = (operand(then), operand(other));
        // The register is the one that is there beforehand.
        let (then, other, cond) = match (then, other) {
            (Operand::Reg(_), Operand::Imm(_)) => (other, then, cond.invert()),
            _ => (then, other, cond),
        };
        self.emit(|rd| Inst::Select { test, cond, rd, then, other })
    }
}

fn fold(op: AluOp, x: u32, y: u32) -> Option<u32> {
    use AluOp::*;
    Some(match op {
        Add => x.wrapping_add(y),
        Sub => x.wrapping_sub(y),
        Rsb => y.wrapping_sub(x),
        And => x & y,
        Bic => x & !y,
        Or => x | y,
        Orn => x | !y,
        Xor => x ^ y,
        Lsl => x << (y & 31),
        Lsr => x >> (y & 31),
        Asr => ((x as i32) >> (y & 31)) as u32,
        Ror => x.rotate_right(y & 31),
        Mul => x.wrapping_mul(y),
        Mulh => ((i64::from(x as i32) * i64::from(y as i32)) >> 32) as u32,
        Mulhu => ((u64::from(x) * u64::from(y)) >> 32) as u32,
        Slt => u32::from((x as i32) < y as i32),
        Sltu => u32::from(x < y),
        Adc | Sbc | Sdiv | Udiv | Srem | Urem => return None,
    })
}
