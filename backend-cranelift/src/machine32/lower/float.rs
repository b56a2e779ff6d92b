//! Floating point in core registers: bit operations inline, arithmetic by support routines.

use super::libcall::{Relation, Routine};
use super::*;
use cranelift_codegen::ir::condcodes::FloatCC;

impl Lower<'_> {
    /// The word with the sign bit.
    fn sign_word(val: Val) -> Part {
        val.hi.unwrap_or(val.lo)
    }

    fn with_sign_word(val: Val, word: Part) -> Val {
        match val.hi {
            Some(_) => Val::wide(val.lo, word),
            None => Val::word(word),
        }
    }

    pub(super) fn float(&mut self, inst: ir::Inst, opcode: Opcode) -> Result<(), Error> {
        use Opcode::*;
        let args = self.func.dfg.inst_args(inst);
        let result = self.func.dfg.first_result(inst);
        let ty = self.ty(result);
        let arch = self.arch;
        let routine = |routine| libcall::float_routine(arch, routine, ty == types::F64);
        let name = match opcode {
            Fadd => routine(Routine::Add),
            Fsub => routine(Routine::Sub),
            Fmul => routine(Routine::Mul),
            Fdiv => routine(Routine::Div),
            Sqrt => routine(Routine::Sqrt),
            Floor => routine(Routine::Floor),
            Ceil => routine(Routine::Ceil),
            Trunc => routine(Routine::Trunc),
            Nearest => routine(Routine::Nearest),
            Fma => routine(Routine::Fma),
            Fmin => routine(Routine::Min),
            Fmax => routine(Routine::Max),
            Fpromote => libcall::float_conversion(arch, true),
            Fdemote => libcall::float_conversion(arch, false),
            FcvtToSintSat | FcvtToUintSat if ty == types::I32 || ty == types::I64 => {
                let double = self.ty(args[0]) == types::F64;
                libcall::to_int(opcode == FcvtToSintSat, ty, double)
            }
            FcvtFromSint | FcvtFromUint => {
                let signed = opcode == FcvtFromSint;
                let from = self.ty(args[0]);
                let name = libcall::from_int(arch, signed, from, ty == types::F64);
                let (from, val) = if from == types::I64 {
                    (from, self.val(args[0]))
                } else if signed {
                    (types::I32, Val::word(self.sign_extended(args[0])))
                } else {
                    (types::I32, Val::word(self.zero_extended(args[0])))
                };
                let val = self.libcall(name, &[(from, val)], ty)?;
                self.set(inst, val);
                return Ok(());
            }
            Fneg | Fabs => {
                let val = self.val(args[0]);
                let word = Self::sign_word(val);
                let word = if opcode == Fneg {
                    self.alu(AluOp::Xor, word, Part::Imm(0x8000_0000))
                } else {
                    self.clear_sign(word)
                };
                self.set(inst, Self::with_sign_word(val, word));
                return Ok(());
            }
            Fcopysign => {
                let (x, y) = (self.val(args[0]), self.val(args[1]));
                let magnitude = self.clear_sign(Self::sign_word(x));
                let sign = self.alu(AluOp::And, Self::sign_word(y), Part::Imm(0x8000_0000));
                let word = self.alu(AluOp::Or, magnitude, sign);
                self.set(inst, Self::with_sign_word(x, word));
                return Ok(());
            }
            Bitcast if abi::is_wide(ty) == self.is_wide(args[0]) && ty.bits() >= 32 => {
                let val = self.val(args[0]);
                self.set(inst, val);
                return Ok(());
            }
            Fcmp => return self.fcmp(inst),
            _ => return Err(self.unsupported(inst)),
        };
        let vals: Vec<(ir::Type, Val)> = args.iter().map(|&arg| (self.ty(arg), self.val(arg))).collect();
        let val = self.libcall(name, &vals, ty)?;
        self.set(inst, val);
        Ok(())
    }

    fn clear_sign(&mut self, word: Part) -> Part {
        self.alu(AluOp::And, word, Part::Imm(0x7fff_ffff))
    }

    fn fcmp(&mut self, inst: ir::Inst) -> Result<(), Error> {
        let args = self.func.dfg.inst_args(inst);
        let (x, y) = (args[0], args[1]);
        let cc = self.func.dfg.insts[inst].fp_cond_code().expect("fcmp has a condition");
        let single = |relation| (relation, None, false);
        let inverse = |relation| (relation, None, true);
        // One or two relations, any of which must hold; or their negation.
        let (first, second, negated) = match cc {
            FloatCC::Equal => single(Relation::Eq),
            FloatCC::NotEqual => inverse(Relation::Eq),
            FloatCC::LessThan => single(Relation::Lt),
            FloatCC::LessThanOrEqual => single(Relation::Le),
            FloatCC::GreaterThan => single(Relation::Gt),
            FloatCC::GreaterThanOrEqual => single(Relation::Ge),
            FloatCC::Unordered => single(Relation::Unordered),
            FloatCC::Ordered => inverse(Relation::Unordered),
            FloatCC::UnorderedOrLessThan => inverse(Relation::Ge),
            FloatCC::UnorderedOrLessThanOrEqual => inverse(Relation::Gt),
            FloatCC::UnorderedOrGreaterThan => inverse(Relation::Le),
            FloatCC::UnorderedOrGreaterThanOrEqual => inverse(Relation::Lt),
            FloatCC::OrderedNotEqual => (Relation::Lt, Some(Relation::Gt), false),
            FloatCC::UnorderedOrEqual => (Relation::Lt, Some(Relation::Gt), true),
        };
        let (test, cond) = self.relation(first, x, y)?;
        let (test, cond) = match second {
            None => (test, cond),
            Some(second) => {
                let one = self.boolean(test, cond);
                let (test, cond) = self.relation(second, x, y)?;
                let other = self.boolean(test, cond);
                let any = self.alu(AluOp::Or, one, other);
                (Test::Cmp(self.reg(any), Operand::Imm(0)), Cond::Ne)
            }
        };
        let cond = if negated { cond.invert() } else { cond };
        let result = self.func.dfg.first_result(inst);
        self.float_tests.insert(result, (test, cond));
        let value = match (self.arch.is_thumb() && second.is_none(), cond, test) {
            // Arm's routines return 0 or 1.
            (true, Cond::Ne, Test::Cmp(reg, _)) => Part::Reg(reg),
            (true, Cond::Eq, Test::Cmp(reg, _)) => self.alu(AluOp::Xor, Part::Reg(reg), Part::Imm(1)),
            _ => self.boolean(test, cond),
        };
        self.set_word(inst, value);
        Ok(())
    }

    /// Calls a comparison routine and says how to test its result.
    fn relation(&mut self, relation: Relation, x: Value, y: Value) -> Result<(Test, Cond), Error> {
        let ty = self.ty(x);
        let name = libcall::comparison(self.arch, relation, ty == types::F64);
        let vals = [(ty, self.val(x)), (ty, self.val(y))];
        let outcome = self.libcall(name, &vals, types::I32)?;
        let outcome = self.reg(outcome.lo);
        let cond = if self.arch.is_thumb() {
            Cond::Ne
        } else {
            match relation {
                Relation::Eq => Cond::Eq,
                Relation::Lt => Cond::Lt,
                Relation::Le => Cond::Le,
                Relation::Gt => Cond::Gt,
                Relation::Ge => Cond::Ge,
                Relation::Unordered => Cond::Ne,
            }
        };
        Ok((Test::Cmp(outcome, Operand::Imm(0)), cond))
    }
}
