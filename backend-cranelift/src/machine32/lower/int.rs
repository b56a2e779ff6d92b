//! Integer operations on i8, i16 and i32, and conversions between integer types.

use super::*;

impl Lower<'_> {
    /// The word of a value of at most 32 bits with zeros above it.
    pub(super) fn zero_extended(&mut self, value: Value) -> Part {
        let part = self.lo(value);
        match self.ty(value) {
            _ if self.clean.contains(value) => part,
            types::I8 => self.unary(UnaryOp::Uxtb, part),
            types::I16 => self.unary(UnaryOp::Uxth, part),
            _ => part,
        }
    }

    /// The word of a value of at most 32 bits with copies of its sign above it.
    pub(super) fn sign_extended(&mut self, value: Value) -> Part {
        let part = self.lo(value);
        match self.ty(value) {
            types::I8 => self.unary(UnaryOp::Sxtb, part),
            types::I16 => self.unary(UnaryOp::Sxth, part),
            _ => part,
        }
    }

    /// `value` as a shift by a constant, if this is its only use (folding it then saves an instruction).
    fn as_shift(&self, value: Value) -> Option<(Value, Shift, u8)> {
        if self.uses[value] != 1 || !self.arch.is_thumb() || self.ty(value) != types::I32 {
            return None;
        }
        let (inst, opcode) = self.def(value)?;
        let kind = match opcode {
            Opcode::Ishl => Shift::Lsl,
            Opcode::Ushr => Shift::Lsr,
            Opcode::Sshr => Shift::Asr,
            _ => return None,
        };
        let args = self.func.dfg.inst_args(inst);
        let amount = self.constant(args[1])? as u8 & 31;
        (amount != 0).then_some((args[0], kind, amount))
    }

    /// A binary operation that may absorb a shift, an inversion or a product.
    fn binary(&mut self, op: AluOp, x: Value, y: Value) -> Part {
        for (a, b) in [(x, y), (y, x)] {
            if (a, b) != (x, y) && !op.commutes() {
                break;
            }
            if let Some((inner, kind, amount)) = self.as_shift(b) {
                let (a, inner) = (self.lo(a), self.lo(inner));
                return self.alu_shifted(op, a, inner, kind, amount);
            }
            let inverted = match op {
                AluOp::And => Some(AluOp::Bic),
                AluOp::Or => Some(AluOp::Orn),
                _ => None,
            };
            if let (Some(inverted), Some(&[inner]), true) =
                (inverted, self.def_as(b, Opcode::Bnot), self.arch.is_thumb())
                && let (a @ Part::Reg(_), inner @ Part::Reg(_)) = (self.lo(a), self.lo(inner))
            {
                return self.alu(inverted, a, inner);
            }
            if let (AluOp::Add, 1, true, Some(&[m, n])) =
                (op, self.uses[b], self.arch.is_thumb(), self.def_as(b, Opcode::Imul))
                && self.ty(b) == types::I32
            {
                let (m, n, acc) = (self.lo(m), self.lo(n), self.lo(a));
                return self.mul_add(m, n, acc);
            }
        }
        if let (AluOp::Sub, 1, true, Some(&[m, n])) =
            (op, self.uses[y], self.arch.is_thumb(), self.def_as(y, Opcode::Imul))
            && self.ty(y) == types::I32
        {
            let (m, n, acc) = (self.reg_of(m), self.reg_of(n), self.reg_of(x));
            return self.emit(|rd| Inst::MulAdd { sub: true, rd, a: m, b: n, acc });
        }
        let (a, b) = (self.lo(x), self.lo(y));
        self.alu(op, a, b)
    }

    /// The amount of a shift of a value of `bits` bits, reduced to its range.
    fn amount(&mut self, value: Value, bits: u32) -> Part {
        let amount = self.lo(value);
        match amount {
            Part::Imm(imm) => Part::Imm(imm & (bits - 1)),
            // RISC-V reduces to 5 bits by itself.
            Part::Reg(_) if bits == 32 && !self.arch.is_thumb() => amount,
            Part::Reg(_) => self.alu(AluOp::And, amount, Part::Imm(bits - 1)),
        }
    }

    pub(super) fn word(&mut self, inst: ir::Inst, opcode: Opcode) -> Result<(), Error> {
        use Opcode::*;
        let args = self.func.dfg.inst_args(inst);
        let Some(&result) = self.func.dfg.inst_results(inst).first() else {
            return Err(self.unsupported(inst));
        };
        let bits = self.ty(result).bits();
        let full = bits == 32;
        let part = match (opcode, args) {
            (Iadd, &[x, y]) => self.binary(AluOp::Add, x, y),
            (Isub, &[x, y]) => self.binary(AluOp::Sub, x, y),
            (Band, &[x, y]) => self.binary(AluOp::And, x, y),
            (Bor, &[x, y]) => self.binary(AluOp::Or, x, y),
            (Bxor, &[x, y]) => self.binary(AluOp::Xor, x, y),
            (Imul, &[x, y]) => self.binary(AluOp::Mul, x, y),
            (Ineg, &[x]) => {
                let x = self.lo(x);
                self.negate(x)
            }
            (Bnot, &[x]) => {
                let x = self.lo(x);
                self.unary(UnaryOp::Not, x)
            }
            (Ishl, &[x, y]) => {
                let (x, amount) = (self.lo(x), self.amount(y, bits));
                self.alu(AluOp::Lsl, x, amount)
            }
            (Ushr, &[x, y]) => {
                let (x, amount) = (self.zero_extended(x), self.amount(y, bits));
                self.alu(AluOp::Lsr, x, amount)
            }
            (Sshr, &[x, y]) => {
                let (x, amount) = (self.sign_extended(x), self.amount(y, bits));
                self.alu(AluOp::Asr, x, amount)
            }
            (Rotl | Rotr, &[x, y]) if full => self.rotate(opcode == Rotl, x, y),
            (Clz, &[x]) => {
                let x = self.zero_extended(x);
                let count = self.count_leading_zeros(x)?;
                self.alu(AluOp::Sub, count, Part::Imm(32 - bits))
            }
            (Ctz, &[x]) => {
                let mut x = self.lo(x);
                if !full {
                    x = self.alu(AluOp::Or, x, Part::Imm(1 << bits));
                }
                self.count_trailing_zeros(x)?
            }
            (Popcnt, &[x]) => {
                let x = self.zero_extended(x);
                self.population_count(x)
            }
            (Bswap, &[x]) => {
                let x = self.lo(x);
                let swapped = self.byte_swap(x);
                self.shift(Shift::Lsr, swapped, (32 - bits) as u8)
            }
            (Bitrev, &[x]) if self.arch.is_thumb() => {
                let x = self.lo(x);
                let reversed = self.unary(UnaryOp::Rbit, x);
                self.shift(Shift::Lsr, reversed, (32 - bits) as u8)
            }
            (Umulhi | Smulhi, &[x, y]) if full => {
                let (x, y) = (self.lo(x), self.lo(y));
                self.mul_long(opcode == Smulhi, x, y).1
            }
            (Udiv | Sdiv | Urem | Srem, &[x, y]) => {
                let signed = matches!(opcode, Sdiv | Srem);
                let (x, y) = if signed {
                    (self.sign_extended(x), self.sign_extended(y))
                } else {
                    (self.zero_extended(x), self.zero_extended(y))
                };
                self.divide(signed, matches!(opcode, Urem | Srem), x, y)
            }
            (Smin | Smax | Umin | Umax, &[x, y]) => {
                let signed = matches!(opcode, Smin | Smax);
                let (x, y) = if signed {
                    (self.sign_extended(x), self.sign_extended(y))
                } else {
                    (self.zero_extended(x), self.zero_extended(y))
                };
                let cond = match opcode {
                    Smin => Cond::Lt,
                    Smax => Cond::Gt,
                    Umin => Cond::Lo,
                    _ => Cond::Hi,
                };
                let (test, cond) = self.compare_words(cond, x, y);
                self.select_words(test, cond, x, y)
            }
            (Iabs, &[x]) => {
                let x = self.sign_extended(x);
                let flipped = self.alu_shifted(AluOp::Xor, x, x, Shift::Asr, 31);
                self.alu_shifted(AluOp::Sub, flipped, x, Shift::Asr, 31)
            }
            _ => return Err(self.unsupported(inst)),
        };
        self.set_word(inst, part);
        Ok(())
    }

    fn rotate(&mut self, left: bool, x: Value, y: Value) -> Part {
        let (x, amount) = (self.lo(x), self.lo(y));
        if let Part::Imm(imm) = amount {
            let right = if left { imm.wrapping_neg() & 31 } else { imm & 31 };
            if self.arch.is_thumb() {
                return self.alu(AluOp::Ror, x, Part::Imm(right));
            }
            if right == 0 {
                return x;
            }
            let low = self.shift(Shift::Lsr, x, right as u8);
            let high = self.shift(Shift::Lsl, x, 32 - right as u8);
            return self.alu(AluOp::Or, low, high);
        }
        let opposite = self.negate(amount);
        if self.arch.is_thumb() {
            // A rotation reads the low byte of its amount, and 256 is a multiple of 32.
            return self.alu(AluOp::Ror, x, if left { opposite } else { amount });
        }
        let (left_by, right_by) = if left { (amount, opposite) } else { (opposite, amount) };
        let low = self.alu(AluOp::Lsr, x, right_by);
        let high = self.alu(AluOp::Lsl, x, left_by);
        self.alu(AluOp::Or, low, high)
    }

    pub(super) fn divide(&mut self, signed: bool, remainder: bool, x: Part, y: Part) -> Part {
        let op = match (signed, remainder && !self.arch.is_thumb()) {
            (true, false) => AluOp::Sdiv,
            (false, false) => AluOp::Udiv,
            (true, true) => AluOp::Srem,
            (false, true) => AluOp::Urem,
        };
        let (x, y) = (self.reg(x), self.reg(y));
        let quotient = self.emit(|rd| Inst::Alu {
            op,
            flags: FlagUse::None,
            rd,
            a: x,
            b: Operand::Reg(y),
            tie: Tie::Free,
        });
        if !remainder || !self.arch.is_thumb() {
            return quotient;
        }
        let quotient = self.reg(quotient);
        self.emit(|rd| Inst::MulAdd { sub: true, rd, a: quotient, b: y, acc: x })
    }

    pub(super) fn count_leading_zeros(&mut self, x: Part) -> Result<Part, Error> {
        if self.arch.is_thumb() || x.imm().is_some() {
            return Ok(self.unary(UnaryOp::Clz, x));
        }
        // Smear the highest bit downwards and count the zeros left.
        let mut smeared = x;
        for amount in [1, 2, 4, 8, 16] {
            smeared = self.alu_shifted(AluOp::Or, smeared, smeared, Shift::Lsr, amount);
        }
        let zeros = self.unary(UnaryOp::Not, smeared);
        Ok(self.population_count(zeros))
    }

    pub(super) fn count_trailing_zeros(&mut self, x: Part) -> Result<Part, Error> {
        if self.arch.is_thumb() {
            let reversed = self.unary(UnaryOp::Rbit, x);
            return Ok(self.unary(UnaryOp::Clz, reversed));
        }
        // The ones in `!x & (x - 1)` are the trailing zeros of `x`.
        let inverted = self.unary(UnaryOp::Not, x);
        let less = self.alu(AluOp::Add, x, Part::Imm(u32::MAX));
        let ones = self.alu(AluOp::And, inverted, less);
        Ok(self.population_count(ones))
    }

    /// Counts ones in pairs, nibbles and bytes, then adds the bytes by a multiplication.
    pub(super) fn population_count(&mut self, x: Part) -> Part {
        let odd = self.shift(Shift::Lsr, x, 1);
        let odd = self.alu(AluOp::And, odd, Part::Imm(0x5555_5555));
        let pairs = self.alu(AluOp::Sub, x, odd);
        let low = self.alu(AluOp::And, pairs, Part::Imm(0x3333_3333));
        let high = self.shift(Shift::Lsr, pairs, 2);
        let high = self.alu(AluOp::And, high, Part::Imm(0x3333_3333));
        let nibbles = self.alu(AluOp::Add, low, high);
        let bytes = self.alu_shifted(AluOp::Add, nibbles, nibbles, Shift::Lsr, 4);
        let bytes = self.alu(AluOp::And, bytes, Part::Imm(0x0f0f_0f0f));
        let total = self.alu(AluOp::Mul, bytes, Part::Imm(0x0101_0101));
        self.shift(Shift::Lsr, total, 24)
    }

    pub(super) fn byte_swap(&mut self, x: Part) -> Part {
        if self.arch.is_thumb() || x.imm().is_some() {
            return self.unary(UnaryOp::Rev, x);
        }
        let top = self.shift(Shift::Lsl, x, 24);
        let bottom = self.shift(Shift::Lsr, x, 24);
        let upper = self.shift(Shift::Lsr, x, 8);
        let upper = self.alu(AluOp::And, upper, Part::Imm(0xff00));
        let lower = self.alu(AluOp::And, x, Part::Imm(0xff00));
        let lower = self.shift(Shift::Lsl, lower, 8);
        let ends = self.alu(AluOp::Or, top, bottom);
        let middle = self.alu(AluOp::Or, upper, lower);
        self.alu(AluOp::Or, ends, middle)
    }

    pub(super) fn conversion(&mut self, inst: ir::Inst, opcode: Opcode) -> Result<(), Error> {
        use Opcode::*;
        let args = self.func.dfg.inst_args(inst);
        let result = self.func.dfg.first_result(inst);
        let wide = self.is_wide(result);
        let val = match opcode {
            Uextend => {
                let lo = self.zero_extended(args[0]);
                Val { lo, hi: wide.then_some(Part::Imm(0)) }
            }
            Sextend => {
                let lo = self.sign_extended(args[0]);
                let hi = wide.then(|| self.shift(Shift::Asr, lo, 31));
                Val { lo, hi }
            }
            Ireduce => Val::word(self.lo(args[0])),
            Select | SelectSpectreGuard => {
                let (test, cond) = self.condition(args[0])?;
                let (then, other) = (self.val(args[1]), self.val(args[2]));
                let lo = self.select_words(test, cond, then.lo, other.lo);
                let hi = match (then.hi, other.hi) {
                    (Some(then), Some(other)) => Some(self.select_words(test, cond, then, other)),
                    _ => None,
                };
                Val { lo, hi }
            }
            Bitselect => {
                let (mask, then, other) = (self.val(args[0]), self.val(args[1]), self.val(args[2]));
                let mut word = |mask: Part, then: Part, other: Part| {
                    let difference = self.alu(AluOp::Xor, then, other);
                    let chosen = self.alu(AluOp::And, difference, mask);
                    self.alu(AluOp::Xor, chosen, other)
                };
                let lo = word(mask.lo, then.lo, other.lo);
                let hi = match (mask.hi, then.hi, other.hi) {
                    (Some(mask), Some(then), Some(other)) => Some(word(mask, then, other)),
                    _ => None,
                };
                Val { lo, hi }
            }
            _ => {
                let (test, cond) = self.condition(args[0])?;
                let mask = self.select_words(test, cond, Part::Imm(u32::MAX), Part::Imm(0));
                Val { lo: mask, hi: wide.then_some(mask) }
            }
        };
        self.set(inst, val);
        Ok(())
    }
}
