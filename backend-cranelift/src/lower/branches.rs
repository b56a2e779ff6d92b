//! Comparisons that only decide a branch.
//!
//! A comparison with a path for small integers and a slow one would have to make a boolean where the two meet, to be tested
//! again. As the last instruction of its block it branches from both paths instead.
use super::function::Lower;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{self, InstBuilder};
use jerboa_abi::entry::Entry;
use jerboa_abi::value::{FALSE, TRUE};
use jerboa_ir::{BlockCall, InstData, Op, Terminator, ValueDef};

/// The condition of integers' words, and the entry for other values.
fn relation(op: Op) -> Option<(IntCC, Entry)> {
    Some(match op {
        Op::Lt => (IntCC::SignedLessThan, Entry::Lt),
        Op::Le => (IntCC::SignedLessThanOrEqual, Entry::Le),
        Op::Gt => (IntCC::SignedGreaterThan, Entry::Gt),
        Op::Ge => (IntCC::SignedGreaterThanOrEqual, Entry::Ge),
        Op::NumLt => (IntCC::SignedLessThan, Entry::NumLt),
        Op::NumLe => (IntCC::SignedLessThanOrEqual, Entry::NumLe),
        _ => return None,
    })
}

impl<'a> Lower<'a, '_, '_> {
    /// The instruction that makes the condition of a block's branch, if it is the block's last one, nothing else uses the result,
    /// and [`Self::branch_on`] can lower it.
    pub fn branch_condition(
        &self,
        insts: &[jerboa_ir::Inst],
        terminator: Option<&Terminator>,
    ) -> Option<&'a InstData> {
        let Some(Terminator::Branch { cond, .. }) = terminator else { return None };
        let ValueDef::Result(inst) = self.f.values[cond.index()].def else { return None };
        let data = self.f.inst(inst);
        let fits = insts.last() == Some(&inst) && self.uses[cond.index()] == 1;
        (fits && (data.op == Op::ToBool || relation(data.op).is_some())).then_some(data)
    }

    /// Lowers a comparison and the branch on it.
    pub fn branch_on(&mut self, inst: &InstData, then: &BlockCall, otherwise: &BlockCall) {
        let slow = self.b.create_block();
        self.b.set_cold_block(slow);
        match relation(inst.op) {
            Some((cc, entry)) => {
                let (a, b) = (self.read(inst.args[0]), self.read(inst.args[1]));
                self.guard_ints(inst, a, b, slow);
                let holds = self.b.ins().icmp(cc, a, b);
                self.branch(holds, then, otherwise);
                self.b.switch_to_block(slow);
                self.enter_slow_path();
                self.cross_safepoint();
                let holds = self.entry_checked(entry, &[a, b]).expect("the entry has a result");
                self.cross_safepoint();
                self.branch(holds, then, otherwise);
            }
            None => {
                let a = self.read(inst.args[0]);
                let (yes, yes_args) = self.target(then);
                let (no, no_args) = self.target(otherwise);
                let other = self.b.create_block();
                let holds = self.b.ins().icmp_imm_s(IntCC::Equal, a, i64::from(TRUE));
                self.b.ins().brif(holds, yes, &yes_args, other, &[]);
                self.b.switch_to_block(other);
                let fails = self.b.ins().icmp_imm_s(IntCC::Equal, a, i64::from(FALSE));
                self.b.ins().brif(fails, no, &no_args, slow, &[]);
                self.b.switch_to_block(slow);
                let holds = self.call_entry(Entry::ToBool, &[a])[0];
                self.b.ins().brif(holds, yes, &yes_args, no, &no_args);
            }
        }
    }

    fn branch(&mut self, holds: ir::Value, then: &BlockCall, otherwise: &BlockCall) {
        let (yes, yes_args) = self.target(then);
        let (no, no_args) = self.target(otherwise);
        self.b.ins().brif(holds, yes, &yes_args, no, &no_args);
    }
}
