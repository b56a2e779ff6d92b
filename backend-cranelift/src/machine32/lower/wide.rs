//! Integer operations on i64, as pairs of words.

use super::*;

/// Low and high word.
pub(super) type Pair = (Part, Part);

impl Lower<'_> {
    fn flag_alu(&mut self, op: AluOp, flags: FlagUse, a: Reg, b: Operand) -> Part {
        self.emit(|rd| Inst::Alu { op, flags, rd, a, b, tie: Tie::Free })
    }

    /// A 64-bit sum.
    pub(super) fn add_pairs(&mut self, x: Pair, y: Pair) -> Pair {
        let (x, y) = if x.0.imm().is_some() { (y, x) } else { (x, y) };
        if y.0 == Part::Imm(0) {
            return (x.0, self.alu(AluOp::Add, x.1, y.1));
        }
        if let (Part::Imm(a), Part::Imm(b)) = (x.0, y.0) {
            let (lo, carry) = a.overflowing_add(b);
            let hi = self.alu(AluOp::Add, x.1, y.1);
            return (Part::Imm(lo), self.alu(AluOp::Add, hi, Part::Imm(u32::from(carry))));
        }
        if self.arch.is_thumb() {
            let (lo, hi) = (self.reg(x.0), self.reg(x.1));
            let other_lo = self.flag_operand(y.0);
            let other_hi = self.operand(AluOp::Adc, y.1);
            let lo = self.flag_alu(AluOp::Add, FlagUse::Set, lo, other_lo);
            let hi = self.flag_alu(AluOp::Adc, FlagUse::Read, hi, other_hi);
            return (lo, hi);
        }
        let lo = self.alu(AluOp::Add, x.0, y.0);
        let carry = self.alu(AluOp::Sltu, lo, x.0);
        let hi = self.alu(AluOp::Add, x.1, y.1);
        (lo, self.alu(AluOp::Add, hi, carry))
    }

    fn flag_operand(&mut self, part: Part) -> Operand {
        match part {
            Part::Imm(imm) if legal::flag_immediate(imm) => Operand::Imm(imm),
            part => Operand::Reg(self.reg(part)),
        }
    }

    /// A 64-bit difference.
    pub(super) fn sub_pairs(&mut self, x: Pair, y: Pair) -> Pair {
        if let (Part::Imm(lo), Part::Imm(hi)) = y {
            let negated = (u64::from(hi) << 32 | u64::from(lo)).wrapping_neg();
            return self.add_pairs(x, (Part::Imm(negated as u32), Part::Imm((negated >> 32) as u32)));
        }
        if y.0 == Part::Imm(0) {
            return (x.0, self.alu(AluOp::Sub, x.1, y.1));
        }
        if self.arch.is_thumb() {
            if x == (Part::Imm(0), Part::Imm(0)) {
                // The high word of the negation is -hi - borrow = hi - 2 hi - borrow.
                let (lo, hi) = (self.reg(y.0), self.reg(y.1));
                let lo = self.flag_alu(AluOp::Rsb, FlagUse::Set, lo, Operand::Imm(0));
                let doubled = Operand::Shifted(hi, Shift::Lsl, 1);
                return (lo, self.flag_alu(AluOp::Sbc, FlagUse::Read, hi, doubled));
            }
            let hi = self.reg(x.1);
            let other_hi = self.operand(AluOp::Sbc, y.1);
            let lo = match x.0 {
                Part::Imm(imm) if legal::alu_immediate(self.arch, AluOp::Rsb, imm) => {
                    let other_lo = self.reg(y.0);
                    self.flag_alu(AluOp::Rsb, FlagUse::Set, other_lo, Operand::Imm(imm))
                }
                part => {
                    let lo = self.reg(part);
                    let other_lo = self.flag_operand(y.0);
                    self.flag_alu(AluOp::Sub, FlagUse::Set, lo, other_lo)
                }
            };
            return (lo, self.flag_alu(AluOp::Sbc, FlagUse::Read, hi, other_hi));
        }
        let borrow = if x.0 == Part::Imm(0) {
            self.unary(UnaryOp::NonZero, y.0)
        } else {
            self.alu(AluOp::Sltu, x.0, y.0)
        };
        let lo = self.alu(AluOp::Sub, x.0, y.0);
        let hi = self.alu(AluOp::Sub, x.1, y.1);
        (lo, self.alu(AluOp::Sub, hi, borrow))
    }

    /// The low 64 bits of a product.
    fn mul_pairs(&mut self, x: Pair, y: Pair) -> Pair {
        let (lo, hi) = self.mul_long(false, x.0, y.0);
        let hi = self.mul_add(x.0, y.1, hi);
        (lo, self.mul_add(x.1, y.0, hi))
    }

    /// The high 64 bits of an unsigned product, by schoolbook multiplication.
    fn mul_high_pairs(&mut self, x: Pair, y: Pair) -> Pair {
        let zero = Part::Imm(0);
        let low = self.mul_long(false, x.0, y.0);
        let cross = self.mul_long(false, x.1, y.0);
        let other = self.mul_long(false, x.0, y.1);
        let high = self.mul_long(false, x.1, y.1);
        let middle = self.add_pairs(cross, (low.1, zero));
        let column = self.add_pairs(other, (middle.0, zero));
        let high = self.add_pairs(high, (middle.1, zero));
        self.add_pairs(high, (column.1, zero))
    }

    /// A shift by a constant of 0 to 63.
    fn shift_pair(&mut self, kind: Shift, x: Pair, amount: u8) -> Pair {
        let (lo, hi) = x;
        if amount == 0 {
            return x;
        }
        let small = amount & 31;
        match (kind, amount >= 32) {
            (Shift::Lsl, true) => (Part::Imm(0), self.shift(Shift::Lsl, lo, small)),
            (Shift::Lsl, false) => {
                let moved = self.shift(Shift::Lsl, hi, small);
                let hi = self.alu_shifted(AluOp::Or, moved, lo, Shift::Lsr, 32 - small);
                (self.shift(Shift::Lsl, lo, small), hi)
            }
            (Shift::Asr, true) => {
                let sign = self.shift(Shift::Asr, hi, 31);
                (self.shift(Shift::Asr, hi, small), sign)
            }
            (_, true) => (self.shift(Shift::Lsr, hi, small), Part::Imm(0)),
            (_, false) => {
                let moved = self.shift(Shift::Lsr, lo, small);
                let lo = self.alu_shifted(AluOp::Or, moved, hi, Shift::Lsl, 32 - small);
                (lo, self.shift(kind, hi, small))
            }
        }
    }

    fn shift_wide(&mut self, kind: Shift, x: Pair, amount: Part) -> Result<Pair, Error> {
        match amount {
            Part::Imm(imm) => Ok(self.shift_pair(kind, x, imm as u8 & 63)),
            Part::Reg(_) => {
                let amount = self.alu(AluOp::And, amount, Part::Imm(63));
                let name = libcall::shift64(self.arch, kind);
                let args = [(types::I64, Val::wide(x.0, x.1)), (types::I32, Val::word(amount))];
                let result = self.libcall(name, &args, types::I64)?;
                Ok((result.lo, result.hi.expect("an i64")))
            }
        }
    }

    fn words(&mut self, op: AluOp, x: Pair, y: Pair) -> Pair {
        (self.alu(op, x.0, y.0), self.alu(op, x.1, y.1))
    }

    fn divide_wide(&mut self, opcode: Opcode, x: Pair, y: Pair) -> Result<Pair, Error> {
        let args = [(types::I64, Val::wide(x.0, x.1)), (types::I64, Val::wide(y.0, y.1))];
        if self.arch.is_thumb() {
            let name = match opcode {
                Opcode::Sdiv | Opcode::Srem => "__aeabi_ldivmod",
                _ => "__aeabi_uldivmod",
            };
            let (quotient, remainder) = self.div_mod_call(name, &args)?;
            return Ok(match opcode {
                Opcode::Sdiv | Opcode::Udiv => quotient,
                _ => remainder,
            });
        }
        let name = match opcode {
            Opcode::Sdiv => "__divdi3",
            Opcode::Udiv => "__udivdi3",
            Opcode::Srem => "__moddi3",
            _ => "__umoddi3",
        };
        let result = self.libcall(name, &args, types::I64)?;
        Ok((result.lo, result.hi.expect("an i64")))
    }

    fn select_pairs(&mut self, test: Test, cond: Cond, x: Pair, y: Pair) -> Pair {
        (self.select_words(test, cond, x.0, y.0), self.select_words(test, cond, x.1, y.1))
    }

    pub(super) fn wide(&mut self, inst: ir::Inst, opcode: Opcode) -> Result<(), Error> {
        use Opcode::*;
        let args = self.func.dfg.inst_args(inst);
        if !args.first().is_some_and(|&v| self.ty(v) == types::I64) {
            return Err(self.unsupported(inst));
        }
        let x = self.pair(args[0]);
        let y = match args.get(1) {
            Some(&y) => {
                let val = self.val(y);
                (val.lo, val.hi.unwrap_or(Part::Imm(0)))
            }
            None => (Part::Imm(0), Part::Imm(0)),
        };
        let pair = match opcode {
            Iadd => self.add_pairs(x, y),
            Isub => self.sub_pairs(x, y),
            Ineg => self.sub_pairs((Part::Imm(0), Part::Imm(0)), x),
            Imul => {
                // A product of words is one instruction on Thumb and two on RISC-V.
                let word = |v| self.def_as(v, Sextend).filter(|args| self.ty(args[0]) == types::I32);
                match (word(args[0]), word(args[1])) {
                    (Some(_), Some(_)) => self.mul_long(true, x.0, y.0),
                    _ => self.mul_pairs(x, y),
                }
            }
            Band => self.words(AluOp::And, x, y),
            Bor => self.words(AluOp::Or, x, y),
            Bxor => self.words(AluOp::Xor, x, y),
            Bnot => (self.unary(UnaryOp::Not, x.0), self.unary(UnaryOp::Not, x.1)),
            Ishl => self.shift_wide(Shift::Lsl, x, y.0)?,
            Ushr => self.shift_wide(Shift::Lsr, x, y.0)?,
            Sshr => self.shift_wide(Shift::Asr, x, y.0)?,
            Rotl | Rotr => {
                let opposite = self.negate(y.0);
                let (left, right) = if opcode == Rotl { (y.0, opposite) } else { (opposite, y.0) };
                let high = self.shift_wide(Shift::Lsl, x, left)?;
                let low = self.shift_wide(Shift::Lsr, x, right)?;
                self.words(AluOp::Or, high, low)
            }
            Udiv | Sdiv | Urem | Srem => self.divide_wide(opcode, x, y)?,
            Umulhi => self.mul_high_pairs(x, y),
            Smulhi => {
                // A negative factor counts 2^64 too much of the other one.
                let high = self.mul_high_pairs(x, y);
                let x_sign = self.shift(Shift::Asr, x.1, 31);
                let y_sign = self.shift(Shift::Asr, y.1, 31);
                let too_much_y = self.words(AluOp::And, y, (x_sign, x_sign));
                let too_much_x = self.words(AluOp::And, x, (y_sign, y_sign));
                let high = self.sub_pairs(high, too_much_y);
                self.sub_pairs(high, too_much_x)
            }
            Iabs => {
                let sign = self.shift(Shift::Asr, x.1, 31);
                let flipped = self.words(AluOp::Xor, x, (sign, sign));
                self.sub_pairs(flipped, (sign, sign))
            }
            Smin | Smax | Umin | Umax => {
                let cond = match opcode {
                    Smin => Cond::Lt,
                    Smax => Cond::Ge,
                    Umin => Cond::Lo,
                    _ => Cond::Hs,
                };
                let (test, cond) = self.compare_pairs(cond, x, y);
                self.select_pairs(test, cond, x, y)
            }
            Bswap => (self.byte_swap(x.1), self.byte_swap(x.0)),
            Clz => {
                let (low, high) = (self.count_leading_zeros(x.0)?, self.count_leading_zeros(x.1)?);
                let low = self.alu(AluOp::Add, low, Part::Imm(32));
                let (test, cond) = self.compare_words(Cond::Eq, x.1, Part::Imm(0));
                (self.select_words(test, cond, low, high), Part::Imm(0))
            }
            Ctz => {
                let (low, high) = (self.count_trailing_zeros(x.0)?, self.count_trailing_zeros(x.1)?);
                let high = self.alu(AluOp::Add, high, Part::Imm(32));
                let (test, cond) = self.compare_words(Cond::Eq, x.0, Part::Imm(0));
                (self.select_words(test, cond, high, low), Part::Imm(0))
            }
            Popcnt => {
                let (low, high) = (self.population_count(x.0), self.population_count(x.1));
                (self.alu(AluOp::Add, low, high), Part::Imm(0))
            }
            Bitrev if self.arch.is_thumb() => {
                (self.unary(UnaryOp::Rbit, x.1), self.unary(UnaryOp::Rbit, x.0))
            }
            _ => return Err(self.unsupported(inst)),
        };
        self.set(inst, Val::wide(pair.0, pair.1));
        Ok(())
    }
}
