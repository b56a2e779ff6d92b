//! Comparisons, conditions and overflow.

use super::*;
use cranelift_codegen::ir::condcodes::IntCC;

fn cond_of(cc: IntCC) -> Cond {
    match cc {
        IntCC::Equal => Cond::Eq,
        IntCC::NotEqual => Cond::Ne,
        IntCC::SignedLessThan => Cond::Lt,
        IntCC::SignedGreaterThanOrEqual => Cond::Ge,
        IntCC::SignedGreaterThan => Cond::Gt,
        IntCC::SignedLessThanOrEqual => Cond::Le,
        IntCC::UnsignedLessThan => Cond::Lo,
        IntCC::UnsignedGreaterThanOrEqual => Cond::Hs,
        IntCC::UnsignedGreaterThan => Cond::Hi,
        IntCC::UnsignedLessThanOrEqual => Cond::Ls,
    }
}

impl Lower<'_> {
    fn int_cc(&self, inst: ir::Inst) -> IntCC {
        self.func.dfg.insts[inst].cond_code().expect("icmp has a condition")
    }

    /// The test for a value used as a condition (not 0).
    pub(super) fn condition(&mut self, value: Value) -> Result<(Test, Cond), Error> {
        if let ValueDef::Result(_, 1) = self.func.dfg.value_def(value)
            && let Some(&overflow) = self.overflows.get(&value)
        {
            return Ok(self.overflow_test(overflow));
        }
        if let Some(&found) = self.float_tests.get(&value) {
            return Ok(found);
        }
        if let Some((inst, opcode)) = self.def(value) {
            let args = self.func.dfg.inst_args(inst);
            match opcode {
                Opcode::Icmp => return Ok(self.compare(self.int_cc(inst), args[0], args[1])),
                // An extension does not change whether it is 0.
                Opcode::Uextend | Opcode::Sextend => return self.condition(args[0]),
                Opcode::Band if self.arch.is_thumb() && !self.is_wide(value) => {
                    if let Some(test) = self.bit_test(value) {
                        return Ok((test, Cond::Ne));
                    }
                }
                _ => {}
            }
        }
        if self.is_wide(value) {
            let (lo, hi) = self.pair(value);
            let any = self.alu(AluOp::Or, lo, hi);
            let any = self.reg(any);
            return Ok((Test::Cmp(any, Operand::Imm(0)), Cond::Ne));
        }
        if self.arch.is_thumb() && self.ty(value) == types::I8 && !self.clean.contains(value) {
            let reg = self.reg_of(value);
            return Ok((Test::Tst(reg, Operand::Imm(0xff)), Cond::Ne));
        }
        let word = self.zero_extended(value);
        let reg = self.reg(word);
        Ok((Test::Cmp(reg, Operand::Imm(0)), Cond::Ne))
    }

    /// A `tst` for a conjunction of words (Thumb).
    fn bit_test(&mut self, value: Value) -> Option<Test> {
        let &[x, y] = self.def_as(value, Opcode::Band)? else { return None };
        if self.ty(value) != types::I32 && !self.clean.contains(value) {
            return None;
        }
        let (x, y) = (self.lo(x), self.lo(y));
        let (x, y) = if x.imm().is_some() { (y, x) } else { (x, y) };
        match (x, y) {
            (Part::Reg(x), Part::Imm(imm)) if legal::test_immediate(imm) => {
                Some(Test::Tst(x, Operand::Imm(imm)))
            }
            (Part::Reg(x), Part::Reg(y)) => Some(Test::Tst(x, Operand::Reg(y))),
            _ => None,
        }
    }

    fn compare(&mut self, cc: IntCC, x: Value, y: Value) -> (Test, Cond) {
        let cond = cond_of(cc);
        if self.is_wide(x) {
            return self.compare_wide(cond, x, y);
        }
        if matches!(cond, Cond::Eq | Cond::Ne)
            && self.arch.is_thumb()
            && self.constant(y) == Some(0)
            && let Some(test) = self.bit_test(x)
        {
            return (test, cond);
        }
        let signed = matches!(cond, Cond::Lt | Cond::Ge | Cond::Gt | Cond::Le);
        let (x, y) = if signed {
            (self.sign_extended(x), self.sign_extended(y))
        } else {
            (self.zero_extended(x), self.zero_extended(y))
        };
        self.compare_words(cond, x, y)
    }

    /// The test for `x cond y`.
    pub(super) fn compare_words(&mut self, cond: Cond, x: Part, y: Part) -> (Test, Cond) {
        let (x, y, cond) = if x.imm().is_some() { (y, x, cond.swap()) } else { (x, y, cond) };
        let x = self.reg(x);
        let Part::Imm(imm) = y else {
            let y = self.reg(y);
            return (Test::Cmp(x, Operand::Reg(y)), cond);
        };
        if legal::compare_immediate(self.arch, imm) {
            return (Test::Cmp(x, Operand::Imm(imm)), cond);
        }
        // A neighbouring constant may be encodable, with the other strictness.
        let neighbour = match cond {
            Cond::Lt | Cond::Ge if imm != 0x8000_0000 => Some(imm.wrapping_sub(1)),
            Cond::Lo | Cond::Hs if imm != 0 => Some(imm - 1),
            Cond::Gt | Cond::Le if imm != 0x7fff_ffff => Some(imm.wrapping_add(1)),
            Cond::Hi | Cond::Ls if imm != u32::MAX => Some(imm + 1),
            _ => None,
        };
        if let Some(near) = neighbour.filter(|&n| legal::compare_immediate(self.arch, n)) {
            let cond = match cond {
                Cond::Lt => Cond::Le,
                Cond::Ge => Cond::Gt,
                Cond::Lo => Cond::Ls,
                Cond::Hs => Cond::Hi,
                Cond::Gt => Cond::Ge,
                Cond::Le => Cond::Lt,
                Cond::Hi => Cond::Hs,
                Cond::Ls => Cond::Lo,
                other => other,
            };
            return (Test::Cmp(x, Operand::Imm(near)), cond);
        }
        let y = self.reg(y);
        (Test::Cmp(x, Operand::Reg(y)), cond)
    }

    fn compare_wide(&mut self, cond: Cond, x: Value, y: Value) -> (Test, Cond) {
        let (x_lo, x_hi) = self.pair(x);
        let (y_lo, y_hi) = self.pair(y);
        self.compare_pairs(cond, (x_lo, x_hi), (y_lo, y_hi))
    }

    /// The test for `x cond y` on 64 bits.
    pub(super) fn compare_pairs(&mut self, cond: Cond, x: (Part, Part), y: (Part, Part)) -> (Test, Cond) {
        if matches!(cond, Cond::Eq | Cond::Ne) {
            let lo = self.alu(AluOp::Xor, x.0, y.0);
            let hi = self.alu(AluOp::Xor, x.1, y.1);
            let any = self.alu(AluOp::Or, lo, hi);
            let any = self.reg(any);
            return (Test::Cmp(any, Operand::Imm(0)), cond);
        }
        if y == (Part::Imm(0), Part::Imm(0)) && matches!(cond, Cond::Lt | Cond::Ge) {
            let hi = self.reg(x.1);
            return (Test::Cmp(hi, Operand::Imm(0)), cond);
        }
        let (x, y, cond) = match cond {
            Cond::Gt | Cond::Le | Cond::Hi | Cond::Ls => (y, x, cond.swap()),
            _ => (x, y, cond),
        };
        if self.arch.is_thumb() {
            let (lo, hi) = (self.reg(x.0), self.reg(x.1));
            let other_lo = match y.0 {
                Part::Imm(imm) if legal::compare_immediate(self.arch, imm) => Operand::Imm(imm),
                part => Operand::Reg(self.reg(part)),
            };
            let other_hi = self.operand(AluOp::Sbc, y.1);
            return (Test::Cmp64(lo, hi, other_lo, other_hi), cond);
        }
        let high = if matches!(cond, Cond::Lt | Cond::Ge) { AluOp::Slt } else { AluOp::Sltu };
        let low_less = self.alu(AluOp::Sltu, x.0, y.0);
        let high_less = self.alu(high, x.1, y.1);
        let difference = self.alu(AluOp::Xor, x.1, y.1);
        let equal = self.alu(AluOp::Sltu, difference, Part::Imm(1));
        let low_counts = self.alu(AluOp::And, equal, low_less);
        let less = self.alu(AluOp::Or, high_less, low_counts);
        let less = self.reg(less);
        let cond = if matches!(cond, Cond::Lt | Cond::Lo) { Cond::Ne } else { Cond::Eq };
        (Test::Cmp(less, Operand::Imm(0)), cond)
    }

    /// The result of an `icmp` as 0 or 1.
    pub(super) fn icmp_value(&mut self, inst: ir::Inst) -> Part {
        let args = self.func.dfg.inst_args(inst);
        let cc = self.int_cc(inst);
        let wide = self.is_wide(args[0]);
        let cond = cond_of(cc);
        if wide || matches!(cond, Cond::Eq | Cond::Ne) || !self.arch.is_thumb() {
            return self.icmp_arithmetic(cond, wide, args);
        }
        if cond == Cond::Lt && self.constant(args[1]) == Some(0) {
            let x = self.sign_extended(args[0]);
            return self.shift(Shift::Lsr, x, 31);
        }
        let (test, cond) = self.compare(cc, args[0], args[1]);
        self.boolean(test, cond)
    }

    fn icmp_arithmetic(&mut self, cond: Cond, wide: bool, args: &[Value]) -> Part {
        if wide {
            let (test, cond) = self.compare_wide(cond, args[0], args[1]);
            return match test {
                Test::Cmp(any, Operand::Imm(0)) if matches!(cond, Cond::Eq | Cond::Ne) => {
                    self.zero_test(cond, Part::Reg(any))
                }
                _ => self.boolean(test, cond),
            };
        }
        let signed = matches!(cond, Cond::Lt | Cond::Ge | Cond::Gt | Cond::Le);
        let (x, y) = if signed {
            (self.sign_extended(args[0]), self.sign_extended(args[1]))
        } else {
            (self.zero_extended(args[0]), self.zero_extended(args[1]))
        };
        if matches!(cond, Cond::Eq | Cond::Ne) {
            let op = if y.imm().is_some() || self.arch.is_thumb() { AluOp::Sub } else { AluOp::Xor };
            if self.arch.is_thumb() && cond == Cond::Ne {
                let (test, cond) = self.compare_words(cond, x, y);
                return self.boolean(test, cond);
            }
            let difference = self.alu(op, x, y);
            return self.zero_test(cond, difference);
        }
        let op = if signed { AluOp::Slt } else { AluOp::Sltu };
        let swapped = matches!(cond, Cond::Gt | Cond::Le | Cond::Hi | Cond::Ls);
        let less = if swapped { self.less(op, y, x) } else { self.less(op, x, y) };
        if matches!(cond, Cond::Lt | Cond::Gt | Cond::Lo | Cond::Hi) {
            less
        } else {
            self.alu(AluOp::Xor, less, Part::Imm(1))
        }
    }

    /// `x < y` as 0 or 1 (RV).
    fn less(&mut self, op: AluOp, x: Part, y: Part) -> Part {
        if op == AluOp::Sltu && x == Part::Imm(0) {
            return self.unary(UnaryOp::NonZero, y);
        }
        self.alu(op, x, y)
    }

    /// Whether a word is 0 (`Eq`) or not (`Ne`), as 0 or 1.
    fn zero_test(&mut self, cond: Cond, x: Part) -> Part {
        match (self.arch.is_thumb(), cond) {
            (true, Cond::Eq) => {
                let zeros = self.unary(UnaryOp::Clz, x);
                self.shift(Shift::Lsr, zeros, 5)
            }
            (true, _) => {
                let x = self.reg(x);
                self.boolean(Test::Cmp(x, Operand::Imm(0)), cond)
            }
            (false, Cond::Eq) => self.alu(AluOp::Sltu, x, Part::Imm(1)),
            (false, _) => self.unary(UnaryOp::NonZero, x),
        }
    }

    pub(super) fn overflow(&mut self, inst: ir::Inst, opcode: Opcode) -> Result<(), Error> {
        let args = self.func.dfg.inst_args(inst);
        let &[sum_value, flag_value] = self.func.dfg.inst_results(inst) else {
            return Err(self.unsupported(inst));
        };
        if self.ty(args[0]) != types::I32 {
            return Err(self.unsupported(inst));
        }
        let (mut a, mut b) = (self.lo(args[0]), self.lo(args[1]));
        if opcode != Opcode::SsubOverflow && a.imm().is_some() {
            std::mem::swap(&mut a, &mut b);
        }
        let a = Part::Reg(self.reg(a));
        if opcode == Opcode::SmulOverflow {
            let (lo, hi) = self.mul_long(true, a, b);
            self.values[sum_value] = Some(Val::word(lo));
            let lo = self.reg(lo);
            let hi = self.reg(hi);
            let sign = if self.arch.is_thumb() {
                Operand::Shifted(lo, Shift::Asr, 31)
            } else {
                let sign = self.shift(Shift::Asr, Part::Reg(lo), 31);
                Operand::Reg(self.reg(sign))
            };
            let test = (Test::Cmp(hi, sign), Cond::Ne);
            self.float_tests.insert(flag_value, test);
            let flag = self.boolean(test.0, test.1);
            self.values[flag_value] = Some(Val::word(flag));
            return Ok(());
        }
        let op = if opcode == Opcode::SaddOverflow { AluOp::Add } else { AluOp::Sub };
        if self.arch.is_thumb() && self.may_defer(inst, sum_value, flag_value) {
            let sum = self.fresh(types::I32);
            self.values[sum_value] = Some(sum);
            let overflow = Overflow { op: opcode, a, b, sum: sum.lo, deferred: true };
            self.overflows.insert(flag_value, overflow);
            return Ok(());
        }
        let sum = self.alu(op, a, b);
        self.values[sum_value] = Some(Val::word(sum));
        let overflow = Overflow { op: opcode, a, b, sum, deferred: false };
        self.overflows.insert(flag_value, overflow);
        let (test, cond) = self.overflow_test(overflow);
        let flag = self.boolean(test, cond);
        self.values[flag_value] = Some(Val::word(flag));
        Ok(())
    }

    /// Whether the operation can wait for the branch or trap in its block that asks for the overflow.
    fn may_defer(&self, inst: ir::Inst, sum: Value, flag: Value) -> bool {
        let dfg = &self.func.dfg;
        if self.uses[flag] != 1 {
            return false;
        }
        let mut next = self.func.layout.next_inst(inst);
        while let Some(user) = next {
            if dfg.inst_args(user).first() == Some(&flag) {
                return matches!(dfg.insts[user].opcode(), Opcode::Brif | Opcode::Trapz | Opcode::Trapnz);
            }
            if dfg.inst_values(user).any(|value| value == sum) {
                return false;
            }
            next = self.func.layout.next_inst(user);
        }
        false
    }

    /// The test for an overflow; emits the operation if that was deferred.
    fn overflow_test(&mut self, overflow: Overflow) -> (Test, Cond) {
        let Overflow { op, a, b, sum, deferred } = overflow;
        let subtract = op == Opcode::SsubOverflow;
        let reg = self.reg(a);
        if self.arch.is_thumb() {
            let b = match b {
                Part::Imm(imm) if legal::flag_immediate(imm) => Operand::Imm(imm),
                part => Operand::Reg(self.reg(part)),
            };
            if deferred {
                let op = if subtract { AluOp::Sub } else { AluOp::Add };
                let rd = self.reg(sum);
                let tie = Tie::Free;
                self.insts.push(Inst::Alu { op, flags: FlagUse::Set, rd, a: reg, b, tie });
                return (Test::Flags, Cond::Vs);
            }
            let test = if subtract { Test::Cmp(reg, b) } else { Test::Cmn(reg, b) };
            return (test, Cond::Vs);
        }
        let sum = self.reg(sum);
        if let Part::Imm(imm) = b {
            // Adding what is not negative must not make it less; and so on.
            let grows = (imm as i32 >= 0) != subtract;
            return if grows {
                (Test::Cmp(sum, Operand::Reg(reg)), Cond::Lt)
            } else {
                (Test::Cmp(reg, Operand::Reg(sum)), Cond::Lt)
            };
        }
        let moved = if subtract {
            self.alu(AluOp::Slt, a, Part::Reg(sum))
        } else {
            self.alu(AluOp::Slt, Part::Reg(sum), a)
        };
        let negative = self.alu(AluOp::Slt, b, Part::Imm(0));
        let (moved, negative) = (self.reg(moved), self.reg(negative));
        (Test::Cmp(moved, Operand::Reg(negative)), Cond::Ne)
    }
}
