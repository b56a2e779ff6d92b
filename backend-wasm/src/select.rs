//! Instruction selection: what WebAssembly computes for each CLIF instruction.
//!
//! [`select`] describes an instruction to a [`Sink`] as a sequence of pushed operands and ops. There are two
//! sinks: the analysis (`values`), which only wants to know which operands are read, how often and in which
//! order, and the emitter (`emit`), which writes the code. So the two can never disagree.
//!
//! Values of type `i8` and `i16` live in `i32` locals, zero-extended: most of them are booleans or come from a
//! `load8_u`, and an unsigned compare or an extension then costs nothing. An operation that could carry
//! into the upper bits is followed by a mask.
//!
//! Addresses: CLIF wraps `p + offset` at 32 bits, WebAssembly's static offset does not wrap. The two agree unless `p`
//! itself is above `2^32 - offset`, which no object's address is. A constant of up to [`FOLD_LIMIT`] that CLIF
//! adds explicitly is put into the static offset as well; that is right as long as nothing lives below that
//! address, which `wasm-ld` guarantees (its data starts at 1024).

mod arithmetic;
mod convert;
mod memory;

use crate::code::{Local, Op};
use crate::divisor;
use crate::error::Error;
use cranelift_codegen::ir::condcodes::{FloatCC, IntCC};
use cranelift_codegen::ir::{
    ArgumentExtension, Block, ExternalName, Function, GlobalValueData, Inst, InstructionData, Opcode, SigRef,
    Type, Value, ValueDef, types,
};
use jerboa_backend_cranelift::unit::{SymbolId, SymbolKind, Unit};
use std::collections::BTreeMap;
use wasm_encoder::{Ieee32, Ieee64, Instruction as I, ValType};

/// The largest constant addend that moves into the static offset of a load or store, in bytes.
pub const FOLD_LIMIT: i64 = 1024;

/// Who hears what an instruction is made of.
pub trait Sink {
    /// An operand is pushed on WebAssembly's stack.
    fn push(&mut self, value: Value);
    /// An op is appended.
    fn op(&mut self, op: Op);
    /// The local of a result of the instruction itself; only for instructions with two results.
    fn result(&mut self, index: usize) -> Local;
    /// A new local for an intermediate value.
    fn temp(&mut self, ty: ValType) -> Local;
    /// The local with the address of the function's frame in linear memory.
    fn frame(&mut self) -> Local;
}

/// What selection knows of a function.
pub struct View<'a> {
    /// The code, after the mid-end.
    pub func: &'a Function,
    /// The unit, for symbols.
    pub unit: &'a Unit,
    /// The name of the function, for errors.
    pub name: &'a str,
    /// Byte offset of each stack slot from the frame's address.
    pub slots: Vec<u32>,
    /// Index in the object's type section of each signature that `call_indirect` uses.
    pub types: BTreeMap<SigRef, u32>,
}

/// The type that holds values of a CLIF type; `None` if there is none.
pub fn wasm_type(ty: Type) -> Option<ValType> {
    match ty {
        types::I8 | types::I16 | types::I32 => Some(ValType::I32),
        types::I64 => Some(ValType::I64),
        types::F32 => Some(ValType::F32),
        types::F64 => Some(ValType::F64),
        _ => None,
    }
}

/// What must not be reordered with what.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Effect {
    /// Depends on the operands only.
    Pure,
    /// Reads memory.
    Read,
    /// May trap.
    Trap,
    /// Writes memory, or does anything else that others can see.
    Write,
}

impl Effect {
    /// Whether two instructions may change places.
    pub fn commutes(self, other: Effect) -> bool {
        match (self, other) {
            (Effect::Pure, _) | (_, Effect::Pure) => true,
            (Effect::Write, _) | (_, Effect::Write) => false,
            _ => true,
        }
    }
}

impl View<'_> {
    /// The type of a value.
    pub fn ty(&self, value: Value) -> Type {
        self.func.dfg.value_type(value)
    }

    /// The instruction that defines a value as its only result, if there is one.
    pub fn def(&self, value: Value) -> Option<(Inst, &InstructionData)> {
        match self.func.dfg.value_def(value) {
            ValueDef::Result(inst, _) => Some((inst, &self.func.dfg.insts[inst])),
            _ => None,
        }
    }

    /// Follows aliases.
    pub fn resolve(&self, value: Value) -> Value {
        self.func.dfg.resolve_aliases(value)
    }

    /// The arguments of an instruction, aliases resolved.
    pub fn args(&self, inst: Inst) -> Vec<Value> {
        self.func.dfg.inst_args(inst).iter().map(|&arg| self.resolve(arg)).collect()
    }

    /// The value of an integer constant, sign-extended from its type.
    pub fn constant(&self, value: Value) -> Option<i64> {
        match self.def(value) {
            Some((_, &InstructionData::UnaryImm { opcode: Opcode::Iconst, imm })) => {
                let unused = 64 - self.ty(value).bits();
                Some(imm.bits() << unused >> unused)
            }
            _ => None,
        }
    }

    /// Whether a value is known to be 0 or 1.
    fn is_bool(&self, value: Value) -> bool {
        match self.func.dfg.value_def(value) {
            ValueDef::Result(inst, 1) => is_overflow(self.func.dfg.insts[inst].opcode()),
            ValueDef::Result(inst, _) => match self.func.dfg.insts[inst] {
                InstructionData::IntCompare { .. } | InstructionData::FloatCompare { .. } => true,
                InstructionData::Unary { opcode: Opcode::Uextend | Opcode::Ireduce, arg } => {
                    self.is_bool(self.resolve(arg))
                }
                InstructionData::Binary { opcode: Opcode::Band, args } => {
                    args.iter().any(|&arg| self.is_bool(self.resolve(arg)))
                }
                InstructionData::Binary { opcode: Opcode::Bor | Opcode::Bxor, args } => {
                    args.iter().all(|&arg| self.is_bool(self.resolve(arg)))
                }
                InstructionData::UnaryImm { imm, .. } => matches!(imm.bits(), 0 | 1),
                _ => false,
            },
            _ => false,
        }
    }

    /// How an instruction may be reordered.
    pub fn effect(&self, inst: Inst) -> Effect {
        let data = &self.func.dfg.insts[inst];
        let opcode = data.opcode();
        if opcode.is_call() || opcode.can_store() || opcode.is_terminator() || opcode.other_side_effects() {
            Effect::Write
        } else if opcode.can_load() {
            match data.memflags_data(&self.func.dfg) {
                Some(flags) if flags.readonly() && flags.notrap() && flags.can_move() => Effect::Pure,
                _ => Effect::Read,
            }
        } else if opcode.can_trap() && !self.divides_by_hidden(inst) {
            Effect::Trap
        } else {
            Effect::Pure
        }
    }

    /// The number that a value stands for whose definition hides it from the mid-end.
    pub fn hidden(&self, value: Value) -> Option<i32> {
        match *self.def(value)?.1 {
            InstructionData::UnaryGlobalValue { global_value, .. } => {
                match &self.func.global_values[global_value] {
                    GlobalValueData::Symbol { name, .. } => divisor::hidden(self.func, name),
                    _ => None,
                }
            }
            InstructionData::Unary { opcode: Opcode::Sextend, arg } => self.hidden(self.resolve(arg)),
            _ => None,
        }
    }

    /// Whether the instruction divides by a number, which then is neither 0 nor -1.
    fn divides_by_hidden(&self, inst: Inst) -> bool {
        match self.func.dfg.insts[inst] {
            InstructionData::Binary { args, .. } => self.hidden(self.resolve(args[1])).is_some(),
            _ => false,
        }
    }

    /// The symbol of an external name.
    fn symbol(&self, name: &ExternalName) -> Option<SymbolId> {
        let ExternalName::User(name) = name else { return None };
        let name = self.func.params.user_named_funcs().get(*name)?;
        (name.namespace == 0 && (name.index as usize) < self.unit.symbols.len())
            .then_some(SymbolId(name.index))
    }

    /// The symbol, if it is a function's.
    pub fn function_symbol(&self, name: &ExternalName) -> Result<SymbolId, Error> {
        self.symbol(name)
            .filter(|&id| matches!(self.unit.symbol(id).kind, SymbolKind::Function(_)))
            .ok_or_else(|| Error::UnknownSymbol {
                function: self.name.to_owned(),
                reference: name.display(Some(&self.func.params)).to_string(),
            })
    }

    /// The symbol, whatever it names.
    pub fn any_symbol(&self, name: &ExternalName) -> Result<SymbolId, Error> {
        self.symbol(name).ok_or_else(|| Error::UnknownSymbol {
            function: self.name.to_owned(),
            reference: name.display(Some(&self.func.params)).to_string(),
        })
    }

    /// The error for an instruction that has no lowering.
    pub fn unsupported(&self, inst: Inst) -> Error {
        Error::Unsupported {
            function: self.name.to_owned(),
            opcode: self.func.dfg.insts[inst].opcode(),
            ty: self.func.dfg.ctrl_typevar(inst).to_string(),
        }
    }

    /// The edges out of a terminator, with the arguments that name values.
    pub fn edges(&self, inst: Inst) -> Vec<(Block, Vec<Value>)> {
        let dfg = &self.func.dfg;
        dfg.insts[inst]
            .branch_destination(&dfg.jump_tables, &dfg.exception_tables)
            .iter()
            .map(|call| {
                let args =
                    call.args(&dfg.value_lists).filter_map(|arg| arg.as_value()).map(|v| self.resolve(v));
                (call.block(&dfg.value_lists), args.collect())
            })
            .collect()
    }
}

/// Whether the opcode yields a value and an overflow flag.
pub fn is_overflow(opcode: Opcode) -> bool {
    matches!(
        opcode,
        Opcode::SaddOverflow
            | Opcode::SsubOverflow
            | Opcode::SmulOverflow
            | Opcode::UaddOverflow
            | Opcode::UsubOverflow
            | Opcode::UmulOverflow
    )
}

/// Describes an instruction other than a branch. Afterwards its results lie on the stack, the last on top, except that
/// instructions with an overflow flag have stored the first in its local.
pub fn select(view: &View<'_>, inst: Inst, sink: &mut dyn Sink) -> Result<(), Error> {
    Selector { view, inst, sink }.select()
}

/// Pushes a value as a WebAssembly condition: an `i32` that is zero or not.
pub fn select_condition(view: &View<'_>, inst: Inst, value: Value, sink: &mut dyn Sink) -> Result<(), Error> {
    Selector { view, inst, sink }.condition(value)
}

/// Pushes an integer, sign-extended to 32 bits if it is narrower.
pub fn select_signed(view: &View<'_>, inst: Inst, value: Value, sink: &mut dyn Sink) {
    Selector { view, inst, sink }.push_signed(value);
}

struct Selector<'a, 'b> {
    view: &'a View<'a>,
    inst: Inst,
    sink: &'b mut dyn Sink,
}

impl Selector<'_, '_> {
    fn select(&mut self) -> Result<(), Error> {
        let inst = self.inst;
        let args = self.view.args(inst);
        let data = self.view.func.dfg.insts[inst];
        let opcode = data.opcode();
        for &value in args.iter().chain(self.view.func.dfg.inst_results(inst)) {
            if wasm_type(self.view.ty(value)).is_none() {
                return Err(self.view.unsupported(inst));
            }
        }
        match data {
            InstructionData::UnaryImm { opcode: Opcode::Iconst, imm } => {
                let ty = self.result_type();
                match ty {
                    types::I64 => self.plain(I::I64Const(imm.bits())),
                    types::I32 => self.plain(I::I32Const(imm.bits() as i32)),
                    _ => self.plain(I::I32Const((imm.bits() & mask(ty)) as i32)),
                }
            }
            InstructionData::UnaryIeee32 { imm, .. } => self.plain(I::F32Const(Ieee32::new(imm.bits()))),
            InstructionData::UnaryIeee64 { imm, .. } => self.plain(I::F64Const(Ieee64::new(imm.bits()))),
            InstructionData::NullAry { opcode: Opcode::Nop | Opcode::SequencePoint | Opcode::Fence } => {}
            InstructionData::IntCompare { cond, .. } => self.icmp(cond, args[0], args[1])?,
            InstructionData::FloatCompare { cond, .. } => self.fcmp(cond, args[0], args[1])?,
            InstructionData::Call { func_ref, .. } => {
                let callee = &self.view.func.dfg.ext_funcs[func_ref];
                let symbol = self.view.function_symbol(&callee.name)?;
                self.call_args(callee.signature, &args);
                self.sink.op(Op::Call(symbol));
                self.call_result(callee.signature)?;
            }
            InstructionData::CallIndirect { sig_ref, .. } => {
                self.call_args(sig_ref, &args[1..]);
                self.push(args[0]);
                self.sink.op(Op::CallIndirect(self.view.types[&sig_ref]));
                self.call_result(sig_ref)?;
            }
            InstructionData::FuncAddr { func_ref, .. } => {
                let symbol = self.view.function_symbol(&self.view.func.dfg.ext_funcs[func_ref].name)?;
                self.sink.op(Op::FunctionAddress(symbol));
            }
            InstructionData::CondTrap { opcode, .. } => {
                self.condition(args[0])?;
                if opcode == Opcode::Trapz {
                    self.plain(I::I32Eqz);
                }
                self.trap_if();
            }
            InstructionData::IntAddTrap { .. } => {
                let ty = self.result_type();
                let sum = self.sink.temp(wasm_type(ty).expect("an integer"));
                self.push(args[0]);
                self.push(args[1]);
                self.plain(self.pick(ty, I::I32Add, I::I64Add)?);
                self.sink.op(Op::Tee(sum));
                self.push(args[0]);
                self.plain(self.pick(ty, I::I32LtU, I::I64LtU)?);
                self.trap_if();
                self.sink.op(Op::Get(sum));
            }
            InstructionData::Load { .. }
            | InstructionData::Store { .. }
            | InstructionData::StackAddr { .. }
            | InstructionData::UnaryGlobalValue { .. } => self.memory(&data, &args)?,
            InstructionData::Unary { .. } | InstructionData::LoadNoOffset { .. } => {
                self.unary(opcode, args[0])?
            }
            InstructionData::Binary { .. } => self.binary(opcode, args[0], args[1])?,
            InstructionData::Ternary { .. } => self.ternary(opcode, args[0], args[1], args[2])?,
            _ => return Err(self.view.unsupported(inst)),
        }
        Ok(())
    }

    fn push(&mut self, value: Value) {
        self.sink.push(value);
    }

    fn plain(&mut self, instruction: I<'static>) {
        self.sink.op(Op::Plain(instruction));
    }

    fn ty(&self, value: Value) -> Type {
        self.view.ty(value)
    }

    fn result_type(&self) -> Type {
        self.ty(self.view.func.dfg.first_result(self.inst))
    }

    fn unsupported<T>(&self) -> Result<T, Error> {
        Err(self.view.unsupported(self.inst))
    }

    /// The instruction for 32-bit (and narrower) or 64-bit integers.
    fn pick(&self, ty: Type, narrow: I<'static>, wide: I<'static>) -> Result<I<'static>, Error> {
        match ty {
            types::I8 | types::I16 | types::I32 => Ok(narrow),
            types::I64 => Ok(wide),
            _ => self.unsupported(),
        }
    }

    /// The instruction for `f32` or `f64`.
    fn pick_float(&self, ty: Type, single: I<'static>, double: I<'static>) -> Result<I<'static>, Error> {
        match ty {
            types::F32 => Ok(single),
            types::F64 => Ok(double),
            _ => self.unsupported(),
        }
    }

    /// Clears the bits above an `i8` or `i16`.
    fn narrow(&mut self, ty: Type) {
        if ty.bits() < 32 {
            self.plain(I::I32Const(mask(ty) as i32));
            self.plain(I::I32And);
        }
    }

    /// Pushes a value of which only the low `bits` matter as an `i32` whose other bits are anything.
    fn push_low(&mut self, value: Value, bits: u32) {
        let source = self.low_source(value, bits);
        self.push(source);
        if self.ty(source) == types::I64 {
            self.plain(I::I32WrapI64);
        }
    }

    /// The earliest value with the same low `bits`.
    fn low_source(&self, mut value: Value, bits: u32) -> Value {
        while let Some((_, data)) = self.view.def(value) {
            value = match *data {
                InstructionData::Unary { opcode: Opcode::Ireduce, arg } => self.view.resolve(arg),
                InstructionData::Unary { opcode: Opcode::Uextend | Opcode::Sextend, arg }
                    if self.ty(self.view.resolve(arg)).bits() >= bits =>
                {
                    self.view.resolve(arg)
                }
                InstructionData::Binary { opcode: Opcode::Band, args } => {
                    let keeps = |value: Value| {
                        self.view
                            .constant(self.view.resolve(value))
                            .is_some_and(|k| k.trailing_ones() >= bits)
                    };
                    match args {
                        [rest, constant] if keeps(constant) => self.view.resolve(rest),
                        [constant, rest] if keeps(constant) => self.view.resolve(rest),
                        _ => return value,
                    }
                }
                _ => return value,
            };
        }
        value
    }

    /// Pushes an integer sign-extended to 32 bits if it is narrower.
    fn push_signed(&mut self, value: Value) {
        match self.ty(value) {
            types::I8 => {
                self.push_low(value, 8);
                self.plain(I::I32Extend8S);
            }
            types::I16 => {
                self.push_low(value, 16);
                self.plain(I::I32Extend16S);
            }
            _ => self.push(value),
        }
    }

    /// Pushes a value as an `i32` that is zero or not.
    fn condition(&mut self, value: Value) -> Result<(), Error> {
        let mut value = value;
        loop {
            match self.view.def(value) {
                Some((_, &InstructionData::Unary { opcode: Opcode::Uextend | Opcode::Sextend, arg })) => {
                    value = self.view.resolve(arg);
                }
                Some((_, &InstructionData::IntCompare { cond: IntCC::NotEqual, args: [x, y], .. }))
                    if self.view.constant(self.view.resolve(y)) == Some(0)
                        && self.ty(self.view.resolve(x)) != types::I64 =>
                {
                    value = self.view.resolve(x);
                }
                _ => break,
            }
        }
        self.push(value);
        match self.ty(value) {
            types::I64 => {
                self.plain(I::I64Const(0));
                self.plain(I::I64Ne);
            }
            types::I8 | types::I16 | types::I32 => {}
            _ => return self.unsupported(),
        }
        Ok(())
    }

    /// Traps if the condition on the stack is not zero.
    fn trap_if(&mut self) {
        for op in [Op::If(None), Op::Unreachable, Op::End] {
            self.sink.op(op);
        }
    }

    /// Pushes the arguments of a call. A narrow argument is zero-extended unless the signature wants its sign.
    fn call_args(&mut self, signature: SigRef, args: &[Value]) {
        let params = &self.view.func.dfg.signatures[signature].params;
        for (&arg, param) in args.iter().zip(params) {
            match param.extension {
                ArgumentExtension::Sext => self.push_signed(arg),
                _ => self.push(arg),
            }
        }
    }

    /// Brings the result of a call that extends its sign into our form.
    fn call_result(&mut self, signature: SigRef) -> Result<(), Error> {
        let returns = &self.view.func.dfg.signatures[signature].returns;
        match returns[..] {
            [only] if only.extension == ArgumentExtension::Sext => self.narrow(only.value_type),
            _ if returns
                .iter()
                .any(|r| r.extension == ArgumentExtension::Sext && r.value_type.bits() < 32) =>
            {
                return self.unsupported();
            }
            _ => {}
        }
        Ok(())
    }

    fn icmp(&mut self, cond: IntCC, x: Value, y: Value) -> Result<(), Error> {
        let ty = self.ty(x);
        if cond == IntCC::Equal && self.view.constant(y) == Some(0) {
            self.push(x);
            self.plain(self.pick(ty, I::I32Eqz, I::I64Eqz)?);
            return Ok(());
        }
        let signed = matches!(
            cond,
            IntCC::SignedLessThan
                | IntCC::SignedLessThanOrEqual
                | IntCC::SignedGreaterThan
                | IntCC::SignedGreaterThanOrEqual
        );
        for value in [x, y] {
            if signed {
                self.push_signed(value);
            } else {
                self.push(value);
            }
        }
        let (narrow, wide) = match cond {
            IntCC::Equal => (I::I32Eq, I::I64Eq),
            IntCC::NotEqual => (I::I32Ne, I::I64Ne),
            IntCC::SignedLessThan => (I::I32LtS, I::I64LtS),
            IntCC::SignedLessThanOrEqual => (I::I32LeS, I::I64LeS),
            IntCC::SignedGreaterThan => (I::I32GtS, I::I64GtS),
            IntCC::SignedGreaterThanOrEqual => (I::I32GeS, I::I64GeS),
            IntCC::UnsignedLessThan => (I::I32LtU, I::I64LtU),
            IntCC::UnsignedLessThanOrEqual => (I::I32LeU, I::I64LeU),
            IntCC::UnsignedGreaterThan => (I::I32GtU, I::I64GtU),
            IntCC::UnsignedGreaterThanOrEqual => (I::I32GeU, I::I64GeU),
        };
        self.plain(self.pick(ty, narrow, wide)?);
        Ok(())
    }

    fn fcmp(&mut self, cond: FloatCC, x: Value, y: Value) -> Result<(), Error> {
        let ty = self.ty(x);
        let (single, double, negate) = match cond {
            FloatCC::Equal => (I::F32Eq, I::F64Eq, false),
            FloatCC::NotEqual => (I::F32Ne, I::F64Ne, false),
            FloatCC::LessThan => (I::F32Lt, I::F64Lt, false),
            FloatCC::LessThanOrEqual => (I::F32Le, I::F64Le, false),
            FloatCC::GreaterThan => (I::F32Gt, I::F64Gt, false),
            FloatCC::GreaterThanOrEqual => (I::F32Ge, I::F64Ge, false),
            FloatCC::UnorderedOrLessThan => (I::F32Ge, I::F64Ge, true),
            FloatCC::UnorderedOrLessThanOrEqual => (I::F32Gt, I::F64Gt, true),
            FloatCC::UnorderedOrGreaterThan => (I::F32Le, I::F64Le, true),
            FloatCC::UnorderedOrGreaterThanOrEqual => (I::F32Lt, I::F64Lt, true),
            FloatCC::Ordered => return self.both_orders(x, x, y, y, (I::F32Eq, I::F64Eq), I::I32And),
            FloatCC::Unordered => return self.both_orders(x, x, y, y, (I::F32Ne, I::F64Ne), I::I32Or),
            FloatCC::OrderedNotEqual => return self.both_orders(x, y, y, x, (I::F32Lt, I::F64Lt), I::I32Or),
            FloatCC::UnorderedOrEqual => {
                self.both_orders(x, y, y, x, (I::F32Lt, I::F64Lt), I::I32Or)?;
                self.plain(I::I32Eqz);
                return Ok(());
            }
        };
        self.push(x);
        self.push(y);
        self.plain(self.pick_float(ty, single, double)?);
        if negate {
            self.plain(I::I32Eqz);
        }
        Ok(())
    }

    /// `(a op b) join (c op d)`; once is enough if the second comparison is the first again.
    fn both_orders(
        &mut self,
        a: Value,
        b: Value,
        c: Value,
        d: Value,
        (single, double): (I<'static>, I<'static>),
        join: I<'static>,
    ) -> Result<(), Error> {
        let compare = self.pick_float(self.ty(a), single, double)?;
        self.push(a);
        self.push(b);
        self.plain(compare.clone());
        if (a, b) != (c, d) {
            self.push(c);
            self.push(d);
            self.plain(compare);
            self.plain(join);
        }
        Ok(())
    }

    fn ternary(&mut self, opcode: Opcode, c: Value, x: Value, y: Value) -> Result<(), Error> {
        match opcode {
            Opcode::Select | Opcode::SelectSpectreGuard => {
                self.push(x);
                self.push(y);
                self.condition(c)?;
                self.plain(I::Select);
            }
            Opcode::Bitselect => {
                let ty = self.ty(x);
                let (xor, and) = (self.pick(ty, I::I32Xor, I::I64Xor)?, self.pick(ty, I::I32And, I::I64And)?);
                self.push(x);
                self.push(y);
                self.plain(xor.clone());
                self.push(c);
                self.plain(and);
                self.push(y);
                self.plain(xor);
            }
            _ => return self.unsupported(),
        }
        Ok(())
    }
}

/// The bits of a narrow integer type.
fn mask(ty: Type) -> i64 {
    (1 << ty.bits()) - 1
}
