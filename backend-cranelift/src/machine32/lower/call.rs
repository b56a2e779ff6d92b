//! Calls, function entry, and the addresses of functions and data.

use super::abi::Place;
use super::wide::Pair;
use super::*;
use cranelift_codegen::isa::CallConv;

impl Lower<'_> {
    /// Takes the function's arguments from where the caller has put them.
    pub(super) fn entry(&mut self, block: ir::Block) -> Result<(), Error> {
        let layout = abi::layout(self.arch, self.name, &self.func.signature)?;
        let params = self.func.dfg.block_params(block);
        let mut defs = Vec::new();
        let mut loads = Vec::new();
        for (&param, &(lo, hi)) in params.iter().zip(&layout.params) {
            let regs = self.regs_of(param);
            for (reg, place) in regs.into_iter().zip([Some(lo), hi].into_iter().flatten()) {
                match place {
                    Place::Reg(n) => defs.push((reg, self.argument_register(n))),
                    Place::Stack(offset) => loads.push(Inst::LoadArg { rd: reg, offset }),
                }
            }
        }
        self.insts.push(Inst::Entry { defs });
        self.insts.append(&mut loads);
        Ok(())
    }

    /// The machine register of the n-th argument word.
    fn argument_register(&self, n: u8) -> u8 {
        if self.arch.is_thumb() { n } else { 10 + n }
    }

    /// A small value as the calling convention wants it: extended to a word.
    pub(super) fn extended(&mut self, value: Value, param: &ir::AbiParam) -> Val {
        match self.ty(value) {
            types::I8 | types::I16 if abi::is_signed(param) => Val::word(self.sign_extended(value)),
            types::I8 | types::I16 => Val::word(self.zero_extended(value)),
            _ => self.val(value),
        }
    }

    fn call(
        &mut self,
        callee: Callee,
        signature: &ir::Signature,
        args: &[Val],
        pure: bool,
    ) -> Result<Vec<Val>, Error> {
        let layout = abi::layout(self.arch, self.name, signature)?;
        self.outgoing_bytes = self.outgoing_bytes.max(layout.stack_bytes);
        self.calls = true;
        let mut registers = Vec::new();
        let mut stores = Vec::new();
        for (val, &(lo, hi)) in args.iter().zip(&layout.params) {
            let words = [Some((val.lo, lo)), val.hi.zip(hi)];
            for (part, place) in words.into_iter().flatten() {
                let reg = self.reg(part);
                match place {
                    Place::Reg(n) => registers.push((reg, self.argument_register(n))),
                    Place::Stack(offset) => stores.push(Inst::StoreArg { rs: reg, offset }),
                }
            }
        }
        let mut results = Vec::new();
        let mut vals = Vec::new();
        for (result, &(lo, hi)) in signature.returns.iter().zip(&layout.results) {
            let val = self.fresh(result.value_type);
            let words = [Some((val.lo, lo)), val.hi.zip(hi)];
            for (part, place) in words.into_iter().flatten() {
                if let (Part::Reg(reg), Place::Reg(n)) = (part, place) {
                    results.push((reg, self.argument_register(n)));
                }
            }
            vals.push(val);
        }
        self.insts.append(&mut stores);
        // Nothing is known about registers afterwards that is worth keeping over the call.
        self.constants.clear();
        self.addresses.clear();
        self.insts.push(Inst::Call { callee, args: registers, results, pure });
        Ok(vals)
    }

    /// Calls a support routine without side effects.
    pub(super) fn libcall(
        &mut self,
        name: &'static str,
        args: &[(ir::Type, Val)],
        result: ir::Type,
    ) -> Result<Val, Error> {
        let mut signature = ir::Signature::new(CallConv::SystemV);
        signature.params.extend(args.iter().map(|&(ty, _)| ir::AbiParam::new(ty)));
        signature.returns.push(ir::AbiParam::new(result));
        let vals: Vec<Val> = args.iter().map(|&(_, val)| val).collect();
        let callee = Callee::Symbol(SymbolRef::Runtime(name));
        let stack = abi::layout(self.arch, self.name, &signature)?.stack_bytes > 0;
        // A call with stack arguments is kept, as are the stores of its arguments.
        Ok(self.call(callee, &signature, &vals, !stack)?[0])
    }

    /// Calls one of Arm's division routines, which return the quotient in r0:r1 and the remainder in r2:r3.
    pub(super) fn div_mod_call(
        &mut self,
        name: &'static str,
        args: &[(ir::Type, Val)],
    ) -> Result<(Pair, Pair), Error> {
        let quotient = self.libcall(name, args, types::I64)?;
        let (lo, hi) = (self.new_reg(), self.new_reg());
        if let Some(Inst::Call { results, .. }) = self.insts.last_mut() {
            results.extend([(lo, 2), (hi, 3)]);
        }
        let quotient = (quotient.lo, quotient.hi.expect("an i64"));
        Ok((quotient, (Part::Reg(lo), Part::Reg(hi))))
    }

    pub(super) fn call_or_symbol(&mut self, inst: ir::Inst) -> Result<(), Error> {
        let dfg = &self.func.dfg;
        let args = dfg.inst_args(inst);
        let (callee, signature, args) = match dfg.insts[inst] {
            ir::InstructionData::Call { func_ref, .. } => {
                let data = &dfg.ext_funcs[func_ref];
                (Callee::Symbol(self.symbol(&data.name)?), &dfg.signatures[data.signature], args)
            }
            ir::InstructionData::CallIndirect { sig_ref, .. } => {
                let target = self.reg_of(args[0]);
                (Callee::Register(target), &dfg.signatures[sig_ref], &args[1..])
            }
            ir::InstructionData::FuncAddr { func_ref, .. } => {
                let symbol = self.symbol(&dfg.ext_funcs[func_ref].name)?;
                let reg = self.address_of(symbol, 0);
                self.set_word(inst, Part::Reg(reg));
                return Ok(());
            }
            ir::InstructionData::UnaryGlobalValue { global_value, .. } => {
                let ir::GlobalValueData::Symbol { name, offset, tls: false, .. } =
                    &self.func.global_values[global_value]
                else {
                    return Err(self.unsupported(inst));
                };
                let symbol = self.symbol(name)?;
                let reg = self.address_of(symbol, offset.bits() as i32);
                self.set_word(inst, Part::Reg(reg));
                return Ok(());
            }
            _ => return Err(self.unsupported(inst)),
        };
        let vals: Vec<Val> =
            args.iter().zip(&signature.params).map(|(&arg, param)| self.extended(arg, param)).collect();
        let results = self.call(callee, signature, &vals, false)?;
        for (&value, val) in self.func.dfg.inst_results(inst).iter().zip(results) {
            self.values[value] = Some(val);
        }
        Ok(())
    }

    pub(super) fn return_inst(&mut self, inst: ir::Inst) -> Result<(), Error> {
        let layout = abi::layout(self.arch, self.name, &self.func.signature)?;
        let args = self.func.dfg.inst_args(inst);
        let mut values = Vec::new();
        for ((&arg, param), &(lo, hi)) in args.iter().zip(&self.func.signature.returns).zip(&layout.results) {
            let val = self.extended(arg, param);
            for (part, place) in [Some((val.lo, lo)), val.hi.zip(hi)].into_iter().flatten() {
                let reg = self.reg(part);
                if let Place::Reg(n) = place {
                    values.push((reg, self.argument_register(n)));
                }
            }
        }
        self.insts.push(Inst::Return { values });
        Ok(())
    }
}
