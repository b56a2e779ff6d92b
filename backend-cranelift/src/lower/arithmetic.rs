//! Constants, arithmetic, comparison, conversion.
use super::ConstRef;
use super::function::Lower;
use cranelift_codegen::ir::condcodes::{FloatCC, IntCC};
use cranelift_codegen::ir::{self, BlockArg, InstBuilder, types};
use jerboa_abi::entry::Entry;
use jerboa_abi::value::{
    BOOL_SHIFT, EMPTY, FALSE, INT_BIT, NULL, TRUE, UNDEFINED, from_int, is_pointer, is_short_string,
};
use jerboa_ir::op::{FloatCond, IntCond};
use jerboa_ir::{Imm, InstData, Op};

impl Lower<'_, '_, '_> {
    /// Lowers an op of this file; false if it is none.
    pub fn arithmetic(&mut self, inst: &InstData) -> bool {
        let result = match inst.op {
            // `read` makes these anew at each use.
            Op::Const | Op::Builtin => return true,
            Op::IConst => self.immediate(inst),
            Op::FConst => match inst.imm {
                Imm::F64(x) => self.b.ins().f64const(x),
                _ => unreachable!("checked by the verifier"),
            },
            Op::BConst => self.b.ins().iconst(types::I8, i64::from(inst.imm == Imm::Bool(true))),
            Op::Add | Op::NumAdd | Op::Sub | Op::NumSub | Op::BitAnd | Op::BitOr | Op::BitXor => {
                self.binary_int(inst)
            }
            Op::Mul | Op::NumMul | Op::Rem | Op::Sar => self.binary_int(inst),
            Op::Div => self.generic(inst, Entry::Div),
            Op::Exp => self.generic(inst, Entry::Exp),
            Op::Shl => self.generic(inst, Entry::Shl),
            Op::Shr => self.generic(inst, Entry::Shr),
            Op::Neg => self.generic(inst, Entry::Neg),
            Op::BitNot => self.generic(inst, Entry::BitNot),
            Op::Inc | Op::Dec => self.step(inst),
            Op::ToNumeric => self.lower_to_numeric(inst),
            Op::Lt => self.compare_int(inst, IntCC::SignedLessThan, Entry::Lt),
            Op::Le => self.compare_int(inst, IntCC::SignedLessThanOrEqual, Entry::Le),
            Op::Gt => self.compare_int(inst, IntCC::SignedGreaterThan, Entry::Gt),
            Op::Ge => self.compare_int(inst, IntCC::SignedGreaterThanOrEqual, Entry::Ge),
            Op::NumLt => self.compare_int(inst, IntCC::SignedLessThan, Entry::NumLt),
            Op::NumLe => self.compare_int(inst, IntCC::SignedLessThanOrEqual, Entry::NumLe),
            Op::LooseEq => self.generic(inst, Entry::LooseEq),
            Op::StrictEq => self.strict_eq(inst),
            Op::InstanceOf => self.generic(inst, Entry::InstanceOf),
            Op::In => self.generic(inst, Entry::In),
            Op::TypeOf => self.generic(inst, Entry::TypeOf),
            Op::Not => {
                let value = self.read(inst.args[0]);
                self.b.ins().bxor_imm_s(value, 1)
            }
            Op::ToBool => self.lower_to_bool(inst),
            Op::ToStr => self.generic(inst, Entry::ToStr),
            Op::ToKey => self.generic(inst, Entry::ToKey),
            Op::ToF64 => {
                let number = self.lower_to_numeric(inst);
                self.call_entry(Entry::UnboxF64, &[number])[0]
            }
            Op::ToI32 => self.lower_to_i32(inst),
            Op::BoxI32 => {
                let value = self.read(inst.args[0]);
                self.box_i32(value)
            }
            Op::BoxU32 => self.generic(inst, Entry::BoxU32),
            Op::BoxF64 => self.generic(inst, Entry::BoxF64),
            Op::BoxBool => {
                let value = self.read(inst.args[0]);
                let wide = self.b.ins().uextend(types::I32, value);
                self.box_bool_word(wide)
            }
            Op::UnboxI32 => self.unbox_i32(inst),
            Op::UnboxF64 => self.generic(inst, Entry::UnboxF64),
            Op::UnboxBool => {
                let value = self.read(inst.args[0]);
                self.b.ins().icmp_imm_s(IntCC::Equal, value, i64::from(TRUE))
            }
            Op::IsInt => {
                let value = self.read(inst.args[0]);
                let bit = self.b.ins().band_imm_s(value, i64::from(INT_BIT));
                self.b.ins().icmp_imm_s(IntCC::NotEqual, bit, 0)
            }
            Op::IsNumber => self.is_number(inst),
            Op::IsEmpty => self.is_word(inst, EMPTY),
            Op::IsUndefined => self.is_word(inst, UNDEFINED),
            Op::IsNullish => {
                let value = self.read(inst.args[0]);
                let merged = self.b.ins().band_imm_s(value, i64::from((!(UNDEFINED ^ NULL)) as i32));
                self.b.ins().icmp_imm_s(IntCC::Equal, merged, i64::from(UNDEFINED))
            }
            Op::I32ToF64 => {
                let value = self.read(inst.args[0]);
                self.b.ins().fcvt_from_sint(types::F64, value)
            }
            Op::U32ToF64 => {
                let value = self.read(inst.args[0]);
                self.b.ins().fcvt_from_uint(types::F64, value)
            }
            Op::F64ToI32 => self.generic(inst, Entry::F64ToI32),
            Op::BoolToI32 => {
                let value = self.read(inst.args[0]);
                self.b.ins().uextend(types::I32, value)
            }
            Op::FRem => self.generic(inst, Entry::FRem),
            Op::IAddOvf | Op::ISubOvf | Op::IMulOvf => self.checked(inst),
            _ => match self.machine(inst) {
                Some(value) => value,
                None => return false,
            },
        };
        self.define_result(inst, result);
        true
    }

    fn immediate(&mut self, inst: &InstData) -> ir::Value {
        match inst.imm {
            Imm::I32(i) => self.b.ins().iconst(types::I32, i64::from(i)),
            _ => unreachable!("checked by the verifier"),
        }
    }

    /// Ops that are one CLIF instruction.
    fn machine(&mut self, inst: &InstData) -> Option<ir::Value> {
        let arg = |lower: &mut Self, i: usize| lower.read(inst.args[i]);
        macro_rules! two {
            ($name:ident) => {{
                let (a, b) = (arg(self, 0), arg(self, 1));
                self.b.ins().$name(a, b)
            }};
        }
        macro_rules! one {
            ($name:ident) => {{
                let a = arg(self, 0);
                self.b.ins().$name(a)
            }};
        }
        Some(match inst.op {
            Op::IAdd => two!(iadd),
            Op::ISub => two!(isub),
            Op::IMul => two!(imul),
            Op::IDivS => two!(sdiv),
            Op::IRemS => two!(srem),
            Op::IAnd => two!(band),
            Op::IOr => two!(bor),
            Op::IXor => two!(bxor),
            Op::IShl => two!(ishl),
            Op::ISar => two!(sshr),
            Op::IShr => two!(ushr),
            Op::INot => one!(bnot),
            Op::FAdd => two!(fadd),
            Op::FSub => two!(fsub),
            Op::FMul => two!(fmul),
            Op::FDiv => two!(fdiv),
            Op::FNeg => one!(fneg),
            Op::FAbs => one!(fabs),
            Op::FSqrt => one!(sqrt),
            Op::FFloor => one!(floor),
            Op::FCeil => one!(ceil),
            Op::FTrunc => one!(trunc),
            Op::ICmp => {
                let Imm::IntCond(cond) = inst.imm else { unreachable!("checked by the verifier") };
                let (a, b) = (arg(self, 0), arg(self, 1));
                self.b.ins().icmp(int_cc(cond), a, b)
            }
            Op::FCmp => {
                let Imm::FloatCond(cond) = inst.imm else { unreachable!("checked by the verifier") };
                let (a, b) = (arg(self, 0), arg(self, 1));
                self.b.ins().fcmp(float_cc(cond), a, b)
            }
            Op::FToBool => {
                let a = arg(self, 0);
                let zero = self.b.ins().f64const(0.0);
                self.b.ins().fcmp(FloatCC::OrderedNotEqual, a, zero)
            }
            _ => return None,
        })
    }

    /// An op that is a runtime entry with the same operands.
    pub fn generic(&mut self, inst: &InstData, entry: Entry) -> ir::Value {
        let args: Vec<ir::Value> = inst.args.iter().map(|a| self.read(*a)).collect();
        self.entry_checked(entry, &args).expect("the entry has a result")
    }

    /// Starts the two-path form: `fast` is the current block, `slow` a cold one, `done` takes the result.
    pub fn paths(&mut self, ty: ir::Type) -> (ir::Block, ir::Block) {
        let slow = self.b.create_block();
        let done = self.b.create_block();
        self.b.append_block_param(done, ty);
        self.b.set_cold_block(slow);
        (slow, done)
    }

    pub fn go(&mut self, done: ir::Block, value: ir::Value) {
        self.b.ins().jump(done, &[BlockArg::Value(value)]);
    }

    /// Continues on the current path in a new block if the condition holds, else goes to `slow`.
    pub fn guard(&mut self, cond: ir::Value, slow: ir::Block) {
        let go_on = self.b.create_block();
        self.b.ins().brif(cond, go_on, &[], slow, &[]);
        self.b.switch_to_block(go_on);
    }

    /// The same, but goes to `slow` if the condition holds.
    pub fn guard_not(&mut self, cond: ir::Value, slow: ir::Block) {
        let go_on = self.b.create_block();
        self.b.ins().brif(cond, slow, &[], go_on, &[]);
        self.b.switch_to_block(go_on);
    }

    /// The slow path of an op: its entry. Ends in `done`, which becomes current.
    fn slow_path(&mut self, slow: ir::Block, done: ir::Block, entry: Entry, args: &[ir::Value]) -> ir::Value {
        self.b.switch_to_block(slow);
        self.enter_slow_path();
        // What the fast path read into registers is not defined here; and after the entry returns, rooted values
        // must be read again on both paths.
        self.cross_safepoint();
        let result = self.entry_checked(entry, args).expect("the entry has a result");
        self.go(done, result);
        self.b.switch_to_block(done);
        self.cross_safepoint();
        self.b.block_params(done)[0]
    }

    /// Goes to `slow` unless both words are small integers. A known constant is not tested again.
    pub fn guard_ints(&mut self, inst: &InstData, a: ir::Value, b: ir::Value, slow: ir::Block) {
        let constant_int = |lower: &Self, i: usize| matches!(lower.constant_of(inst.args[i]), Some(ConstRef::Word(w)) if w & INT_BIT != 0);
        let both = match (constant_int(self, 0), constant_int(self, 1)) {
            (true, _) => b,
            (_, true) => a,
            _ => self.b.ins().band(a, b),
        };
        let bit = self.b.ins().band_imm_s(both, i64::from(INT_BIT));
        self.guard(bit, slow);
    }

    /// Binary operators with a path for small integers.
    fn binary_int(&mut self, inst: &InstData) -> ir::Value {
        let (a, b) = (self.read(inst.args[0]), self.read(inst.args[1]));
        let (slow, done) = self.paths(types::I32);
        self.guard_ints(inst, a, b, slow);
        let (value, entry) = match inst.op {
            Op::Add | Op::NumAdd => {
                // (2a + 1) - 1 + (2b + 1) = 2(a + b) + 1, overflowing exactly when a + b does not fit 31 bits.
                let untagged = self.b.ins().iadd_imm_s(a, -1);
                let (sum, overflow) = self.b.ins().sadd_overflow(untagged, b);
                self.guard_not(overflow, slow);
                (sum, if inst.op == Op::Add { Entry::Add } else { Entry::NumAdd })
            }
            Op::Sub | Op::NumSub => {
                let (difference, overflow) = self.b.ins().ssub_overflow(a, b);
                self.guard_not(overflow, slow);
                let entry = if inst.op == Op::Sub { Entry::Sub } else { Entry::NumSub };
                (self.b.ins().bor_imm_s(difference, i64::from(INT_BIT)), entry)
            }
            Op::Mul | Op::NumMul => {
                // a * 2b = 2ab, overflowing exactly when ab does not fit 31 bits.
                let x = self.b.ins().sshr_imm_u(a, 1);
                let y = self.b.ins().iadd_imm_s(b, -1);
                let (product, overflow) = self.b.ins().smul_overflow(x, y);
                self.guard_not(overflow, slow);
                // A zero product is -0 if an operand is negative.
                let either = self.b.ins().bor(a, b);
                let sign = self.b.ins().sshr_imm_u(either, 31);
                let not_negative = self.b.ins().bnot(sign);
                let right = self.b.ins().bor(product, not_negative);
                self.guard(right, slow);
                let entry = if inst.op == Op::Mul { Entry::Mul } else { Entry::NumMul };
                (self.b.ins().bor_imm_s(product, i64::from(INT_BIT)), entry)
            }
            Op::Rem => {
                // The sign is the dividend's, with -0 for a multiple; the slow path sees to it.
                let not_negative = self.b.ins().icmp_imm_s(IntCC::SignedGreaterThanOrEqual, a, 0);
                self.guard(not_negative, slow);
                let positive = self.b.ins().icmp_imm_s(IntCC::SignedGreaterThan, b, i64::from(INT_BIT));
                self.guard(positive, slow);
                // (2a) rem (2b) = 2 (a rem b).
                let x = self.b.ins().iadd_imm_s(a, -1);
                let y = self.b.ins().iadd_imm_s(b, -1);
                let remainder = self.b.ins().srem(x, y);
                (self.b.ins().bor_imm_s(remainder, i64::from(INT_BIT)), Entry::Rem)
            }
            Op::Sar => {
                // The count is taken modulo 32, by CLIF as by the language.
                let count = self.b.ins().sshr_imm_u(b, 1);
                let bits = self.b.ins().sshr(a, count);
                (self.b.ins().bor_imm_s(bits, i64::from(INT_BIT)), Entry::Sar)
            }
            Op::BitAnd => (self.b.ins().band(a, b), Entry::BitAnd),
            Op::BitOr => (self.b.ins().bor(a, b), Entry::BitOr),
            _ => {
                let bits = self.b.ins().bxor(a, b);
                (self.b.ins().bor_imm_s(bits, i64::from(INT_BIT)), Entry::BitXor)
            }
        };
        self.go(done, value);
        self.slow_path(slow, done, entry, &[a, b])
    }

    /// `++` and `--` of a number.
    fn step(&mut self, inst: &InstData) -> ir::Value {
        let a = self.read(inst.args[0]);
        let (slow, done) = self.paths(types::I32);
        let bit = self.b.ins().band_imm_s(a, i64::from(INT_BIT));
        self.guard(bit, slow);
        let two = self.b.ins().iconst(types::I32, 2);
        let (value, overflow) = if inst.op == Op::Inc {
            self.b.ins().sadd_overflow(a, two)
        } else {
            self.b.ins().ssub_overflow(a, two)
        };
        self.guard_not(overflow, slow);
        self.go(done, value);
        self.slow_path(slow, done, if inst.op == Op::Inc { Entry::Inc } else { Entry::Dec }, &[a])
    }

    fn lower_to_numeric(&mut self, inst: &InstData) -> ir::Value {
        let a = self.read(inst.args[0]);
        let (slow, done) = self.paths(types::I32);
        let bit = self.b.ins().band_imm_s(a, i64::from(INT_BIT));
        self.guard(bit, slow);
        self.go(done, a);
        self.slow_path(slow, done, Entry::ToNumeric, &[a])
    }

    fn lower_to_i32(&mut self, inst: &InstData) -> ir::Value {
        let a = self.read(inst.args[0]);
        let (slow, done) = self.paths(types::I32);
        let bit = self.b.ins().band_imm_s(a, i64::from(INT_BIT));
        self.guard(bit, slow);
        let integer = self.b.ins().sshr_imm_s(a, 1);
        self.go(done, integer);
        self.b.switch_to_block(slow);
        self.enter_slow_path();
        self.cross_safepoint();
        let number = self.entry_checked(Entry::ToNumeric, &[a]).expect("the entry has a result");
        let integer = self.call_entry(Entry::NumberToI32, &[number])[0];
        self.go(done, integer);
        self.b.switch_to_block(done);
        self.cross_safepoint();
        self.b.block_params(done)[0]
    }

    /// Relations with a path for small integers, whose order is that of their words.
    fn compare_int(&mut self, inst: &InstData, cc: IntCC, entry: Entry) -> ir::Value {
        let (a, b) = (self.read(inst.args[0]), self.read(inst.args[1]));
        let (slow, done) = self.paths(types::I8);
        self.guard_ints(inst, a, b, slow);
        let value = self.b.ins().icmp(cc, a, b);
        self.go(done, value);
        self.slow_path(slow, done, entry, &[a, b])
    }

    /// `===`. Words decide when one side is a constant that no other word equals.
    fn strict_eq(&mut self, inst: &InstData) -> ir::Value {
        let decided = inst.args.iter().any(|arg| match self.constant_of(*arg) {
            // 0 has -0 beside it, which is a boxed double.
            Some(ConstRef::Word(word)) => {
                (!is_pointer(word) || is_short_string(word)) && from_int(0) != Some(word)
            }
            _ => false,
        });
        let (a, b) = (self.read(inst.args[0]), self.read(inst.args[1]));
        if decided {
            return self.b.ins().icmp(IntCC::Equal, a, b);
        }
        let (slow, done) = self.paths(types::I8);
        self.guard_ints(inst, a, b, slow);
        let value = self.b.ins().icmp(IntCC::Equal, a, b);
        self.go(done, value);
        self.slow_path(slow, done, Entry::StrictEq, &[a, b])
    }

    fn lower_to_bool(&mut self, inst: &InstData) -> ir::Value {
        let a = self.read(inst.args[0]);
        let (slow, done) = self.paths(types::I8);
        // The words of false and true differ in one bit, which no other word adds.
        let bit = i64::from(FALSE ^ TRUE);
        let base = self.b.ins().band_imm_s(a, !bit);
        let boolean = self.b.ins().icmp_imm_s(IntCC::Equal, base, i64::from(FALSE));
        self.guard(boolean, slow);
        let value = self.b.ins().icmp_imm_s(IntCC::Equal, a, i64::from(TRUE));
        self.go(done, value);
        self.slow_path(slow, done, Entry::ToBool, &[a])
    }

    /// The value of an integer: in the word if it has 31 bits, boxed otherwise.
    pub fn box_i32(&mut self, value: ir::Value) -> ir::Value {
        let (slow, done) = self.paths(types::I32);
        let (twice, overflow) = self.b.ins().sadd_overflow(value, value);
        self.guard_not(overflow, slow);
        let word = self.b.ins().bor_imm_s(twice, i64::from(INT_BIT));
        self.go(done, word);
        self.slow_path(slow, done, Entry::BoxI32, &[value])
    }

    /// The value of a boolean that is 0 or 1 in 32 bits.
    pub fn box_bool_word(&mut self, value: ir::Value) -> ir::Value {
        let shifted = self.b.ins().ishl_imm_s(value, i64::from(BOOL_SHIFT));
        self.b.ins().iadd_imm_s(shifted, i64::from(FALSE))
    }

    fn unbox_i32(&mut self, inst: &InstData) -> ir::Value {
        let a = self.read(inst.args[0]);
        let (slow, done) = self.paths(types::I32);
        let bit = self.b.ins().band_imm_s(a, i64::from(INT_BIT));
        self.guard(bit, slow);
        let integer = self.b.ins().sshr_imm_s(a, 1);
        self.go(done, integer);
        self.slow_path(slow, done, Entry::UnboxI32, &[a])
    }

    fn is_number(&mut self, inst: &InstData) -> ir::Value {
        let a = self.read(inst.args[0]);
        let (slow, done) = self.paths(types::I8);
        let bit = self.b.ins().band_imm_s(a, i64::from(INT_BIT));
        self.guard(bit, slow);
        let yes = self.b.ins().iconst(types::I8, 1);
        self.go(done, yes);
        self.slow_path(slow, done, Entry::IsNumber, &[a])
    }

    fn is_word(&mut self, inst: &InstData, word: u32) -> ir::Value {
        let value = self.read(inst.args[0]);
        self.b.ins().icmp_imm_s(IntCC::Equal, value, i64::from(word))
    }

    /// Checked arithmetic, the last instruction of its block: leaves by the exit edge on overflow.
    fn checked(&mut self, inst: &InstData) -> ir::Value {
        let (a, b) = (self.read(inst.args[0]), self.read(inst.args[1]));
        let (value, overflow) = match inst.op {
            Op::IAddOvf => self.b.ins().sadd_overflow(a, b),
            Op::ISubOvf => self.b.ins().ssub_overflow(a, b),
            _ => self.b.ins().smul_overflow(a, b),
        };
        self.leave_if(overflow);
        if inst.op == Op::IMulOvf {
            // A zero product of a negative operand is -0, which is no integer.
            let zero = self.b.ins().icmp_imm_s(IntCC::Equal, value, 0);
            let either = self.b.ins().bor(a, b);
            let negative = self.b.ins().icmp_imm_s(IntCC::SignedLessThan, either, 0);
            let minus_zero = self.b.ins().band(zero, negative);
            self.leave_if(minus_zero);
        }
        value
    }
}

fn int_cc(cond: IntCond) -> IntCC {
    match cond {
        IntCond::Eq => IntCC::Equal,
        IntCond::Ne => IntCC::NotEqual,
        IntCond::Slt => IntCC::SignedLessThan,
        IntCond::Sle => IntCC::SignedLessThanOrEqual,
        IntCond::Sgt => IntCC::SignedGreaterThan,
        IntCond::Sge => IntCC::SignedGreaterThanOrEqual,
        IntCond::Ult => IntCC::UnsignedLessThan,
        IntCond::Ule => IntCC::UnsignedLessThanOrEqual,
        IntCond::Ugt => IntCC::UnsignedGreaterThan,
        IntCond::Uge => IntCC::UnsignedGreaterThanOrEqual,
    }
}

fn float_cc(cond: FloatCond) -> FloatCC {
    match cond {
        FloatCond::Eq => FloatCC::Equal,
        FloatCond::Ne => FloatCC::NotEqual,
        FloatCond::Lt => FloatCC::LessThan,
        FloatCond::Le => FloatCC::LessThanOrEqual,
        FloatCond::Gt => FloatCC::GreaterThan,
        FloatCond::Ge => FloatCC::GreaterThanOrEqual,
    }
}
