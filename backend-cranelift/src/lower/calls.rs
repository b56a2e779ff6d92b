//! Calls.
use super::function::Lower;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{self, InstBuilder};
use jerboa_abi::builtins::GLOBALS;
use jerboa_abi::entry::Entry;
use jerboa_abi::value::{UNDEFINED, from_int};
use jerboa_ir::{Imm, InstData, Op, Type};

/// The number of arguments from which on the number is passed on the stack.
const MANY: usize = 255;

/// Whether an instruction gives an intrinsic function, which is a native one.
fn is_intrinsic(inst: &InstData) -> bool {
    matches!(inst.imm, Imm::Builtin(number) if usize::from(number) >= GLOBALS.len())
}

impl Lower<'_, '_, '_> {
    /// Lowers an op of this file; false if it is none.
    pub fn calls(&mut self, inst: &InstData) -> bool {
        match inst.op {
            Op::Call => {
                let native = self
                    .definition(inst.args[0])
                    .is_some_and(|callee| self.fixed_member(callee).is_some() || is_intrinsic(callee));
                let words: Vec<ir::Value> = inst.args.iter().map(|a| self.read(*a)).collect();
                let entry = if native { Entry::CallNative } else { Entry::Call };
                self.windowed_call(inst, entry, words, None);
            }
            Op::CallMethod => {
                let result = self.call_method(inst);
                self.define_result(inst, result);
            }
            Op::CallElem => {
                // Window: key in the callee's place, the object as `this`.
                let mut words: Vec<ir::Value> = inst.args.iter().map(|a| self.read(*a)).collect();
                words.swap(0, 1);
                self.windowed_call(inst, Entry::CallElem, words, None);
            }
            Op::New => {
                let mut words: Vec<ir::Value> = inst.args.iter().map(|a| self.read(*a)).collect();
                let this = self.word(UNDEFINED);
                words.insert(1, this);
                self.windowed_call(inst, Entry::New, words, None);
            }
            Op::CallArray | Op::NewArrayArgs => {
                let entry = if inst.op == Op::CallArray { Entry::CallArray } else { Entry::NewArrayArgs };
                let result = self.generic(inst, entry);
                self.define_result(inst, result);
            }
            Op::CallDirect => self.direct(inst),
            _ => return false,
        }
        true
    }

    /// Calls a method by its name.
    pub fn call_method(&mut self, inst: &InstData) -> ir::Value {
        let Imm::Str(key) = inst.imm else { unreachable!("checked by the verifier") };
        let mut words = vec![self.word(UNDEFINED)];
        words.extend(inst.args.iter().map(|a| self.read(*a)).collect::<Vec<_>>());
        let key = self.key(key);
        self.window_call(inst, Entry::CallMethod, words, Some(key))
    }

    /// Calls an entry that finds callee, `this` and arguments in a window, for its result.
    fn windowed_call(
        &mut self,
        inst: &InstData,
        entry: Entry,
        words: Vec<ir::Value>,
        key: Option<ir::Value>,
    ) {
        let result = self.window_call(inst, entry, words, key);
        self.define_result(inst, result);
    }

    fn window_call(
        &mut self,
        inst: &InstData,
        entry: Entry,
        mut words: Vec<ir::Value>,
        key: Option<ir::Value>,
    ) -> ir::Value {
        let count = words.len() - 2;
        if count >= MANY {
            let number = from_int(count as i32).expect("a call has fewer arguments than 2^30");
            words.push(self.word(number));
        }
        let top = self.push_window(&words);
        let text = match self.cx.module.expression_texts.get(&(self.function_id(), inst.loc)) {
            Some(text) => self.cx.image.string(*text).map_or(0, |number| number + 1),
            None => 0,
        };
        let site = self.word(text << 8 | count.min(MANY) as u32);
        let mut args = vec![top];
        args.extend(key);
        args.push(site);
        self.entry_checked(entry, &args).expect("calls have results")
    }

    fn direct(&mut self, inst: &InstData) {
        let Imm::Func(callee) = inst.imm else { unreachable!("checked by the verifier") };
        let signature = &self.cx.module.function(callee).signature;
        let types: Vec<Type> = signature.params.iter().map(|p| p.ty).collect();
        let result_type = signature.result;
        let mut args = vec![self.top(0)];
        for (arg, ty) in inst.args.iter().zip(types) {
            let value = self.read(*arg);
            args.push(self.widen(ty, value));
        }
        if self.cx.facts.throws[callee.index()] {
            self.keep_site();
        }
        let (symbol, signature) = self.cx.body(callee);
        let results = self.call(symbol, &signature, &args);
        self.cross_safepoint();
        self.end_views();
        if self.cx.facts.throws[callee.index()] {
            match result_type {
                Type::Val => self.check_val(results[0]),
                Type::I32 => self.leave_if(results[1]),
                Type::F64 => {
                    let thrown = self.call_entry(Entry::Thrown, &[])[0];
                    self.leave_if(thrown);
                }
                Type::Bool => {
                    let thrown = self.b.ins().icmp_imm_s(IntCC::Equal, results[0], 2);
                    self.leave_if(thrown);
                }
            }
        }
        let result = self.narrow(result_type, results[0]);
        self.define_result(inst, result);
    }
}
