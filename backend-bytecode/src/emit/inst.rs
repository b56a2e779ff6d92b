//! Instructions of the IR to bytecode.
use super::asm::Label;
use super::lower::Lowerer;
use super::moves::{Move, Source};
use super::regalloc::{Location, SCRATCH, window_layout};
use super::select::{Constant, is_large, words};
use crate::Error;
use crate::globals::GlobalPlace;
use jerboa_abi::builtins::{PropertyValue, builtin_value};
use jerboa_abi::opcode::{
    Binary, Compare, Condition, Define, ErrorKind, FloatUnary, MAX_ARGUMENTS, NEAR, Opcode, Test, Unary,
};
use jerboa_ir::op::{FloatCond, IntCond};
use jerboa_ir::{Const, Imm, Inst, InstData, Op, StrId, Type, Value};

impl Lowerer<'_, '_> {
    /// Emits one instruction; `exit` is where checked arithmetic goes on when its result does not fit.
    pub(super) fn lower_inst(&mut self, inst: Inst, exit: Option<Label>) -> Result<(), Error> {
        let data = self.function().inst(inst);
        if is_large(data) {
            return self.lower_large(inst, data);
        }
        if let Some((arg, imm)) = self.selection.immediate(data) {
            return self.lower_immediate(inst, data, arg, imm, exit);
        }
        match data.op {
            Op::IConst | Op::FConst | Op::BConst | Op::Const | Op::Builtin => self.lower_constant(inst, data),

            Op::Add | Op::NumAdd => self.add(inst, data),
            Op::Sub | Op::NumSub => self.binary(inst, Opcode::Sub),
            Op::Mul | Op::NumMul => self.binary(inst, Opcode::Mul),
            Op::Div => self.binary(inst, Opcode::Div),
            Op::Rem => self.binary(inst, Opcode::Rem),
            Op::BitAnd => self.binary(inst, Opcode::And),
            Op::BitOr => self.binary(inst, Opcode::Or),
            Op::BitXor => self.binary(inst, Opcode::Xor),
            Op::Shl => self.binary(inst, Opcode::Shl),
            Op::Sar => self.binary(inst, Opcode::Sar),
            Op::Shr => self.binary(inst, Opcode::Shr),
            Op::Exp => self.selected(inst, Opcode::BinaryOp, Binary::Exp as i32),
            Op::Inc => self.step(inst, data, Opcode::AddI),
            Op::Dec => self.step(inst, data, Opcode::SubI),
            Op::Neg => self.selected(inst, Opcode::UnaryOp, Unary::Neg as i32),
            Op::BitNot => self.selected(inst, Opcode::UnaryOp, Unary::BitNot as i32),
            Op::ToNumeric => self.selected(inst, Opcode::UnaryOp, Unary::ToNumeric as i32),
            Op::ToStr => self.selected(inst, Opcode::UnaryOp, Unary::ToStr as i32),
            Op::NewInstance => self.selected(inst, Opcode::UnaryOp, Unary::NewInstance as i32),
            // It is a part of the branch behind it.
            Op::HasClass => Err(self.invalid("the test of a class stands alone")),
            Op::ToKey => self.selected(inst, Opcode::UnaryOp, Unary::ToKey as i32),
            Op::TypeOf => self.selected(inst, Opcode::UnaryOp, Unary::TypeOf as i32),
            Op::Lt | Op::NumLt => self.selected(inst, Opcode::CompareOp, Compare::Lt as i32),
            Op::Le | Op::NumLe => self.selected(inst, Opcode::CompareOp, Compare::Le as i32),
            Op::Gt => self.selected(inst, Opcode::CompareOp, Compare::Gt as i32),
            Op::Ge => self.selected(inst, Opcode::CompareOp, Compare::Ge as i32),
            Op::LooseEq => self.selected(inst, Opcode::CompareOp, Compare::LooseEq as i32),
            Op::StrictEq => self.selected(inst, Opcode::CompareOp, Compare::StrictEq as i32),
            Op::InstanceOf => self.selected(inst, Opcode::CompareOp, Compare::InstanceOf as i32),
            Op::In => self.selected(inst, Opcode::CompareOp, Compare::In as i32),
            Op::ToBool => self.selected(inst, Opcode::TestOp, Test::True as i32),
            Op::IsInt => self.selected(inst, Opcode::TestOp, Test::Int as i32),
            Op::IsNumber => self.selected(inst, Opcode::TestOp, Test::Number as i32),
            Op::IsEmpty => self.selected(inst, Opcode::TestOp, Test::Empty as i32),
            Op::IsUndefined => self.selected(inst, Opcode::TestOp, Test::Undefined as i32),
            Op::IsNullish => self.selected(inst, Opcode::TestOp, Test::Nullish as i32),

            Op::ToF64 => self.binary(inst, Opcode::ToF),
            Op::ToI32 => self.binary(inst, Opcode::ToI),
            Op::BoxI32 => self.binary(inst, Opcode::BoxI),
            Op::BoxU32 => self.binary(inst, Opcode::BoxU),
            Op::BoxF64 => self.binary(inst, Opcode::BoxF),
            Op::BoxBool => self.binary(inst, Opcode::BoxB),
            Op::UnboxI32 => self.binary(inst, Opcode::UnboxI),
            Op::UnboxF64 => self.binary(inst, Opcode::UnboxF),
            Op::UnboxBool => self.binary(inst, Opcode::UnboxB),
            Op::I32ToF64 => self.binary(inst, Opcode::I2F),
            Op::U32ToF64 => self.binary(inst, Opcode::U2F),
            Op::F64ToI32 => self.binary(inst, Opcode::F2I),
            Op::BoolToI32 => self.binary(inst, Opcode::MovR),

            Op::IAdd => self.binary(inst, Opcode::IAdd),
            Op::ISub => self.subtract(inst, data),
            Op::IMul => self.binary(inst, Opcode::IMul),
            Op::IDivS => self.binary(inst, Opcode::IDiv),
            Op::IRemS => self.binary(inst, Opcode::IRem),
            Op::IAnd => self.binary(inst, Opcode::IAnd),
            Op::IOr => self.binary(inst, Opcode::IOr),
            Op::IXor => self.binary(inst, Opcode::IXor),
            Op::IShl => self.binary(inst, Opcode::IShl),
            Op::ISar => self.binary(inst, Opcode::ISar),
            Op::IShr => self.binary(inst, Opcode::IShr),
            Op::INot => self.unary_imm(inst, data, Opcode::IXorI, -1),
            Op::Not => self.unary_imm(inst, data, Opcode::IXorI, 1),
            Op::ICmp => self.compare_ints(inst, data),
            Op::IAddOvf => self.checked(inst, data, Opcode::IAddX, exit),
            Op::ISubOvf => self.checked(inst, data, Opcode::ISubX, exit),
            Op::IMulOvf => self.checked(inst, data, Opcode::IMulX, exit),

            Op::FAdd => self.binary(inst, Opcode::FAdd),
            Op::FSub => self.binary(inst, Opcode::FSub),
            Op::FMul => self.binary(inst, Opcode::FMul),
            Op::FDiv => self.binary(inst, Opcode::FDiv),
            Op::FRem => self.binary(inst, Opcode::FRem),
            Op::FNeg => self.selected(inst, Opcode::FUnary, FloatUnary::Neg as i32),
            Op::FAbs => self.selected(inst, Opcode::FUnary, FloatUnary::Abs as i32),
            Op::FSqrt => self.selected(inst, Opcode::FUnary, FloatUnary::Sqrt as i32),
            Op::FFloor => self.selected(inst, Opcode::FUnary, FloatUnary::Floor as i32),
            Op::FCeil => self.selected(inst, Opcode::FUnary, FloatUnary::Ceil as i32),
            Op::FTrunc => self.selected(inst, Opcode::FUnary, FloatUnary::Trunc as i32),
            Op::FCmp => self.compare_floats(inst, data),
            Op::FToBool => self.binary(inst, Opcode::FTest),

            Op::NewObject => self.new_object(inst, data),
            Op::NewArray => self.build_from_window(inst, data, Opcode::NewArray, data.args.len() as i32),
            Op::Concat => self.build_from_window(inst, data, Opcode::Concat, data.args.len() as i32),
            Op::Closure => self.closure(inst, data),
            Op::ArrayPush => self.effect(data, Opcode::ArrayPush),
            Op::ArrayAppend => self.effect(data, Opcode::ArrayAppend),
            Op::GetProp => self.get_prop(inst, data),
            Op::SetProp => {
                if let Some(field) = self.field(inst) {
                    let grows = self.builder.grows(field as u8);
                    let (object, value) = (self.read(data.args[0])?, self.read(data.args[1])?);
                    let opcode = if grows { Opcode::InitField } else { Opcode::SetField };
                    self.asm.emit(opcode, &[object, field, value]);
                    return Ok(());
                }
                let key = self.key(&data.imm)?;
                let (object, value) = (self.read(data.args[0])?, self.read(data.args[1])?);
                self.asm.emit(Opcode::SetProp, &[object, key, value]);
                Ok(())
            }
            Op::GetElem => self.binary(inst, Opcode::GetElem),
            Op::GetElemI => match self.selection.index_sum(data) {
                Some((base, index)) => {
                    let operands = self.reads(&[data.args[0], base, index])?;
                    let mut all = vec![self.write(inst)?];
                    all.extend(operands);
                    self.asm.emit(Opcode::GetElemX, &all);
                    Ok(())
                }
                None => self.binary(inst, Opcode::GetElemI),
            },
            Op::SetElem => self.effect(data, Opcode::SetElem),
            Op::SetElemI => self.effect(data, Opcode::SetElemI),
            Op::ArrayLen => self.binary(inst, Opcode::ArrayLen),
            Op::TypedLen => self.binary(inst, Opcode::TypedLen),
            Op::TypedGetI => self.binary(inst, Opcode::TypedGetI),
            Op::TypedGetF => self.binary(inst, Opcode::TypedGetF),
            Op::TypedSetI => self.effect(data, Opcode::TypedSetI),
            Op::TypedSetF => self.effect(data, Opcode::TypedSetF),
            Op::DeleteProp => {
                let key = self.key(&data.imm)?;
                let object = self.read(data.args[0])?;
                let d = self.write(inst)?;
                self.asm.emit(Opcode::DeleteProp, &[d, object, key]);
                Ok(())
            }
            Op::DeleteElem => self.binary(inst, Opcode::DeleteElem),
            Op::StrLength => self.binary(inst, Opcode::StrLength),
            Op::StrUnit => self.binary(inst, Opcode::StrUnit),
            Op::DefineField => self.define(data, Define::Field),
            Op::DefineGetter => self.define(data, Define::Getter),
            Op::DefineSetter => self.define(data, Define::Setter),
            Op::SetProto => self.effect(data, Opcode::SetProto),

            Op::LoadCapture => {
                let closure = self.read(data.args[0])?;
                let d = self.write(inst)?;
                let index = self.capture(data)?;
                self.asm.emit(Opcode::LoadCapture, &[d, closure, index]);
                Ok(())
            }
            Op::StoreCapture => {
                let (closure, value) = (self.read(data.args[0])?, self.read(data.args[1])?);
                let index = self.capture(data)?;
                self.asm.emit(Opcode::StoreCapture, &[closure, index, value]);
                Ok(())
            }
            Op::NewCell => self.binary(inst, Opcode::NewCell),
            Op::LoadCell => self.binary(inst, Opcode::LoadCell),
            Op::StoreCell => self.effect(data, Opcode::StoreCell),
            Op::LoadGlobal => self.load_global(inst, data),
            Op::StoreGlobal => self.store_global(data),
            Op::GlobalObject => self.binary(inst, Opcode::GlobalObject),
            Op::CheckInit => {
                let a = self.read(data.args[0])?;
                let name = self.text(&data.imm)?;
                self.asm.emit(Opcode::CheckInit, &[a, name]);
                Ok(())
            }
            Op::ThrowError => self.throw_error(data),

            Op::Call | Op::CallMethod | Op::CallElem | Op::CallArray | Op::New | Op::NewArrayArgs => {
                self.call(inst, data)
            }
            Op::CallDirect => self.call_direct(inst, data),

            Op::ForInStart => self.binary(inst, Opcode::ForInStart),
            Op::ForInNext => self.binary(inst, Opcode::ForInNext),
            Op::IterStart => self.binary(inst, Opcode::IterStart),
            Op::IterNext => self.binary(inst, Opcode::IterNext),
            Op::IterClose => self.effect(data, Opcode::IterClose),
            Op::Catch => self.binary(inst, Opcode::Catch),
            Op::Yield | Op::ResumeMode => Err(self.invalid("a suspension outside of a coroutine")),
        }
    }

    // Forms shared by many ops.

    fn reads(&mut self, args: &[Value]) -> Result<Vec<i32>, Error> {
        args.iter().map(|a| self.read(*a)).collect()
    }

    /// Result, then the operands.
    fn binary(&mut self, inst: Inst, opcode: Opcode) -> Result<(), Error> {
        let operands = self.reads(&self.function().inst(inst).args)?;
        let mut all = vec![self.write(inst)?];
        all.extend(operands);
        self.asm.emit(opcode, &all);
        Ok(())
    }

    /// A sum. That of a product may be one with it, which pays for small integers: elements of arrays often are. Where operands are
    /// something else, it only costs.
    fn add(&mut self, inst: Inst, data: &InstData) -> Result<(), Error> {
        let definition = |value: &Value| self.function().definition(*value);
        let is_element = |value: &Value| {
            definition(value).is_some_and(|data| matches!(data.op, Op::GetElem | Op::GetElemI))
        };
        let of_elements =
            definition(&data.args[1]).is_some_and(|product| product.args.iter().any(is_element));
        if !of_elements || self.selection.use_count[data.args[1].index()] != 1 {
            return self.binary(inst, Opcode::Add);
        }
        let operands = [self.read(data.args[0])?, self.read(data.args[1])?];
        let d = self.write(inst)?;
        self.asm.add_product([d, operands[0], operands[1]]);
        Ok(())
    }

    /// Selector, result, operands.
    fn selected(&mut self, inst: Inst, opcode: Opcode, selector: i32) -> Result<(), Error> {
        let operands = self.reads(&self.function().inst(inst).args)?;
        let mut all = vec![selector, self.write(inst)?];
        all.extend(operands);
        self.asm.emit(opcode, &all);
        Ok(())
    }

    /// Operands only.
    fn effect(&mut self, data: &InstData, opcode: Opcode) -> Result<(), Error> {
        let operands = self.reads(&data.args)?;
        self.asm.emit(opcode, &operands);
        Ok(())
    }

    fn unary_imm(&mut self, inst: Inst, data: &InstData, opcode: Opcode, imm: i32) -> Result<(), Error> {
        let a = self.read(data.args[0])?;
        let d = self.write(inst)?;
        self.asm.emit(opcode, &[d, a, imm]);
        Ok(())
    }

    fn step(&mut self, inst: Inst, data: &InstData, opcode: Opcode) -> Result<(), Error> {
        self.unary_imm(inst, data, opcode, 1)
    }

    fn lower_immediate(
        &mut self,
        inst: Inst,
        data: &InstData,
        arg: usize,
        imm: i8,
        exit: Option<Label>,
    ) -> Result<(), Error> {
        let opcode = match data.op {
            Op::Add | Op::NumAdd => Opcode::AddI,
            Op::Sub | Op::NumSub => Opcode::SubI,
            Op::Mul | Op::NumMul => Opcode::MulI,
            Op::BitAnd => Opcode::AndI,
            Op::BitOr => Opcode::OrI,
            Op::Shl => Opcode::ShlI,
            Op::Sar => Opcode::SarI,
            Op::Shr => Opcode::ShrI,
            Op::IAdd | Op::ISub => Opcode::IAddI,
            Op::IMul => Opcode::IMulI,
            Op::IDivS => Opcode::IDivI,
            Op::IRemS => Opcode::IRemI,
            Op::IAnd => Opcode::IAndI,
            Op::IOr => Opcode::IOrI,
            Op::IXor => Opcode::IXorI,
            Op::IShl => Opcode::IShlI,
            Op::ISar => Opcode::ISarI,
            Op::IShr => Opcode::IShrI,
            Op::IAddOvf | Op::ISubOvf => Opcode::IAddIX,
            _ => return Err(self.invalid("no form with an immediate")),
        };
        let a = self.read(data.args[arg])?;
        let d = self.write(inst)?;
        match exit {
            Some(exit) => self.asm.jump(opcode, &[d, a, i32::from(imm)], exit),
            None => self.asm.emit(opcode, &[d, a, i32::from(imm)]),
        }
        Ok(())
    }

    fn lower_constant(&mut self, inst: Inst, data: &InstData) -> Result<(), Error> {
        let result = data.result.ok_or_else(|| self.invalid("a result is missing"))?;
        let constant =
            self.selection.constants[result.index()].ok_or_else(|| self.invalid("not a constant"))?;
        let ty = self.function().ty(result);
        let d = self.write(inst)?;
        self.load_constant(d, constant, ty)
    }

    // Arithmetic.

    fn subtract(&mut self, inst: Inst, data: &InstData) -> Result<(), Error> {
        match self.selection.small(data.args[0]) {
            Some(imm) => {
                let a = self.read(data.args[1])?;
                let d = self.write(inst)?;
                self.asm.emit(Opcode::IRsubI, &[d, a, i32::from(imm)]);
                Ok(())
            }
            None => self.binary(inst, Opcode::ISub),
        }
    }

    fn checked(
        &mut self,
        inst: Inst,
        data: &InstData,
        opcode: Opcode,
        exit: Option<Label>,
    ) -> Result<(), Error> {
        let exit = exit.ok_or_else(|| self.invalid("checked arithmetic without an exit"))?;
        let (a, b) = (self.read(data.args[0])?, self.read(data.args[1])?);
        let d = self.write(inst)?;
        self.asm.jump(opcode, &[d, a, b], exit);
        Ok(())
    }

    fn compare_ints(&mut self, inst: Inst, data: &InstData) -> Result<(), Error> {
        let Imm::IntCond(cond) = data.imm else { return Err(self.invalid("a condition is missing")) };
        let (condition, swap) = match cond {
            IntCond::Eq => (Condition::Eq, false),
            IntCond::Ne => (Condition::Ne, false),
            IntCond::Slt => (Condition::Lt, false),
            IntCond::Sle => (Condition::Le, false),
            IntCond::Sgt => (Condition::Lt, true),
            IntCond::Sge => (Condition::Le, true),
            IntCond::Ult => (Condition::Ult, false),
            IntCond::Ule => (Condition::Ule, false),
            IntCond::Ugt => (Condition::Ult, true),
            IntCond::Uge => (Condition::Ule, true),
        };
        self.materialize(inst, data, Opcode::ICmp, condition, swap)
    }

    fn compare_floats(&mut self, inst: Inst, data: &InstData) -> Result<(), Error> {
        let Imm::FloatCond(cond) = data.imm else { return Err(self.invalid("a condition is missing")) };
        let (condition, swap) = match cond {
            FloatCond::Eq => (Condition::Eq, false),
            FloatCond::Ne => (Condition::Ne, false),
            FloatCond::Lt => (Condition::Lt, false),
            FloatCond::Le => (Condition::Le, false),
            FloatCond::Gt => (Condition::Lt, true),
            FloatCond::Ge => (Condition::Le, true),
        };
        self.materialize(inst, data, Opcode::FCmp, condition, swap)
    }

    fn materialize(
        &mut self,
        inst: Inst,
        data: &InstData,
        opcode: Opcode,
        condition: Condition,
        swap: bool,
    ) -> Result<(), Error> {
        let (mut a, mut b) = (self.read(data.args[0])?, self.read(data.args[1])?);
        if swap {
            std::mem::swap(&mut a, &mut b);
        }
        let d = self.write(inst)?;
        self.asm.emit(opcode, &[condition as i32, d, a, b]);
        Ok(())
    }

    // Objects and variables.

    fn key(&mut self, imm: &Imm) -> Result<i32, Error> {
        let Imm::Str(name) = imm else { return Err(self.invalid("a name is missing")) };
        Ok(i32::from(self.builder.key(*name)?))
    }

    fn text(&mut self, imm: &Imm) -> Result<i32, Error> {
        let Imm::Str(name) = imm else { return Err(self.invalid("a name is missing")) };
        Ok(i32::from(self.builder.string(*name)?))
    }

    fn name_is(&self, name: StrId, text: &[u8]) -> bool {
        self.builder.module().string(name) == text
    }

    /// The field that an access of a constant key will probably find.
    fn field(&mut self, inst: Inst) -> Option<i32> {
        self.builder.field(self.id, inst).map(i32::from)
    }

    fn get_prop(&mut self, inst: Inst, data: &InstData) -> Result<(), Error> {
        if let Some(result) = data.result
            && let Some(constant) = self.selection.constants[result.index()]
        {
            let d = self.write(inst)?;
            return self.load_constant(d, constant, Type::Val);
        }
        let object = self.read(data.args[0])?;
        let d = self.write(inst)?;
        if let Some(field) = self.field(inst) {
            self.asm.emit(Opcode::GetField, &[d, object, field]);
            return Ok(());
        }
        if let Imm::Str(name) = data.imm
            && self.name_is(name, b"length")
        {
            self.asm.emit(Opcode::GetLength, &[d, object]);
            return Ok(());
        }
        let key = self.key(&data.imm)?;
        self.asm.emit(Opcode::GetProp, &[d, object, key]);
        Ok(())
    }

    fn define(&mut self, data: &InstData, what: Define) -> Result<(), Error> {
        let mut operands = vec![what as i32];
        operands.extend(self.reads(&data.args)?);
        self.asm.emit(Opcode::DefineOp, &operands);
        Ok(())
    }

    fn capture(&self, data: &InstData) -> Result<i32, Error> {
        match data.imm {
            Imm::Index(i) if i <= 255 => Ok(i as i32),
            _ => Err(Error::TooMany("captured variables")),
        }
    }

    fn load_global(&mut self, inst: Inst, data: &InstData) -> Result<(), Error> {
        let place = self.global(&data.imm)?;
        let ty = self.function().ty(data.result.ok_or_else(|| self.invalid("a result is missing"))?);
        let d = self.write(inst)?;
        let (opcode, number) = match (place, ty) {
            (GlobalPlace::Tagged(g), _) => (if g < u32::from(NEAR) { Opcode::LdG } else { Opcode::LdG16 }, g),
            (GlobalPlace::Raw(g), Type::F64) => (Opcode::LdGF, g),
            (GlobalPlace::Raw(g), _) => (Opcode::LdGR, g),
        };
        self.asm.emit(opcode, &[d, number as i32]);
        Ok(())
    }

    fn store_global(&mut self, data: &InstData) -> Result<(), Error> {
        let place = self.global(&data.imm)?;
        let ty = self.function().ty(data.args[0]);
        let value = self.read(data.args[0])?;
        let (opcode, number) = match (place, ty) {
            (GlobalPlace::Tagged(g), _) => (if g < u32::from(NEAR) { Opcode::StG } else { Opcode::StG16 }, g),
            (GlobalPlace::Raw(g), Type::F64) => (Opcode::StGF, g),
            (GlobalPlace::Raw(g), _) => (Opcode::StGR, g),
        };
        self.asm.emit(opcode, &[number as i32, value]);
        Ok(())
    }

    fn throw_error(&mut self, data: &InstData) -> Result<(), Error> {
        let Imm::Error(kind, message) = data.imm else { return Err(self.invalid("a message is missing")) };
        let kind = match kind {
            jerboa_ir::op::ErrorKind::Error => ErrorKind::Error,
            jerboa_ir::op::ErrorKind::TypeError => ErrorKind::TypeError,
            jerboa_ir::op::ErrorKind::RangeError => ErrorKind::RangeError,
            jerboa_ir::op::ErrorKind::ReferenceError => ErrorKind::ReferenceError,
            jerboa_ir::op::ErrorKind::SyntaxError => ErrorKind::SyntaxError,
        };
        let message = self.builder.string(message)?;
        self.asm.emit(Opcode::ThrowError, &[kind as i32, i32::from(message)]);
        Ok(())
    }

    // Windows.

    fn fill_window(&mut self, data: &InstData) -> Result<(), Error> {
        self.fill_window_from(data, 0)
    }

    /// Sets the words of the window from one on.
    fn fill_window_from(&mut self, data: &InstData, first: u16) -> Result<(), Error> {
        let mut moves = Vec::new();
        for (word, arg) in window_layout(self.selection, data) {
            if word < first {
                continue;
            }
            moves.push(Move {
                to: Location::Window(word),
                from: self.source(data.args[arg])?,
                ty: Type::Val,
            });
        }
        self.emit_moves(&moves)
    }

    fn build_from_window(
        &mut self,
        inst: Inst,
        data: &InstData,
        opcode: Opcode,
        operand: i32,
    ) -> Result<(), Error> {
        self.fill_window(data)?;
        let d = self.write(inst)?;
        self.asm.emit(opcode, &[d, operand]);
        Ok(())
    }

    fn new_object(&mut self, inst: Inst, data: &InstData) -> Result<(), Error> {
        let Imm::Keys(keys) = &data.imm else { return Err(self.invalid("keys are missing")) };
        let shape = self.builder.shape(keys)?;
        self.build_from_window(inst, data, Opcode::NewObject, i32::from(shape))
    }

    fn closure(&mut self, inst: Inst, data: &InstData) -> Result<(), Error> {
        let Imm::Func(function) = data.imm else { return Err(self.invalid("a function is missing")) };
        if let Some(result) = data.result
            && let Some(constant) = self.selection.constants[result.index()]
        {
            let d = self.write(inst)?;
            return self.load_constant(d, constant, Type::Val);
        }
        self.fill_window(data)?;
        let d = self.write(inst)?;
        let number = self.builder.function_number(function);
        self.asm.emit(Opcode::Closure, &[d, i32::from(number), data.args.len() as i32]);
        Ok(())
    }

    fn call(&mut self, inst: Inst, data: &InstData) -> Result<(), Error> {
        if self.selection.is_push(data)
            && let Some(done) = self.push(inst, data)?
        {
            self.call_generic(inst, data)?;
            self.flush_stores();
            self.asm.bind(done);
            return Ok(());
        }
        self.call_generic(inst, data)
    }

    /// The short way of `array.push(value)`, and the label behind the call that is the long one. There is none in a frame
    /// whose registers are far.
    fn push(&mut self, inst: Inst, data: &InstData) -> Result<Option<super::asm::Label>, Error> {
        // A word of a window would not count as written behind the label.
        let result = data.result.and_then(|result| self.allocation.locations[result.index()]);
        if self.is_large_frame() || !matches!(result, Some(Location::Tagged(_))) {
            return Ok(None);
        }
        let operands = [self.write(inst)?, self.read(data.args[0])?, self.read(data.args[1])?];
        let done = self.asm.label();
        self.asm.jump(Opcode::JPush, &operands, done);
        Ok(Some(done))
    }

    fn call_generic(&mut self, inst: Inst, data: &InstData) -> Result<(), Error> {
        let argc = |fixed: usize| data.args.len() as i32 - fixed as i32;
        if let Some(native) = self.plain_native(data) {
            self.fill_window_from(data, 2)?;
            return self.finish_call(inst, 0, |asm, back, d| {
                asm.emit(Opcode::CallNative, &[i32::from(native), argc(2), back, d])
            });
        }
        self.fill_window(data)?;
        match data.op {
            Op::Call => self.finish_call(inst, 0, |asm, back, d| asm.emit(Opcode::Call, &[argc(2), back, d])),
            Op::CallMethod => {
                let key = self.key(&data.imm)?;
                self.finish_call(inst, 0, |asm, back, d| {
                    asm.emit(Opcode::CallMethod, &[key, argc(1), back, d])
                })
            }
            Op::CallElem => {
                self.finish_call(inst, 0, |asm, back, d| asm.emit(Opcode::CallElem, &[argc(2), back, d]))
            }
            Op::CallArray => {
                self.finish_call(inst, 0, |asm, back, d| asm.emit(Opcode::CallArray, &[back, d]))
            }
            Op::New => self.finish_new(inst, |asm, back, d| asm.emit(Opcode::New, &[argc(1), back, d])),
            _ => self.finish_new(inst, |asm, back, d| asm.emit(Opcode::NewSpread, &[back, d])),
        }
    }

    /// The built-in function that a call always calls, by its number, if it does so without `this`.
    fn plain_native(&self, data: &InstData) -> Option<u8> {
        let constant = |value: Value| self.selection.constants[value.index()];
        let this = data.args.get(1).and_then(|this| constant(*this))?;
        if data.op != Op::Call || !matches!(this, Constant::Value(Const::Undefined)) {
            return None;
        }
        let native = match constant(data.args[0])? {
            Constant::Native(native) => native,
            Constant::Builtin(number) => match builtin_value(number)? {
                PropertyValue::Native(native) => native,
                _ => return None,
            },
            _ => return None,
        };
        self.builder.native_number(native)
    }

    fn finish_new(
        &mut self,
        inst: Inst,
        emit: impl FnOnce(&mut super::asm::Assembler, i32, i32),
    ) -> Result<(), Error> {
        self.finish_call(inst, 1, emit)?;
        // In a large frame the result is far; it comes near for the check.
        self.flush_stores();
        let result = self.function().inst(inst).result.ok_or_else(|| self.invalid("a result is missing"))?;
        let d = self.read(result)?;
        self.asm.emit(Opcode::NewEnd, &[d]);
        if let Some(location) = self.allocation.locations[result.index()]
            && self.number(location) >= NEAR
        {
            self.asm.emit(Opcode::TStore, &[i32::from(self.number(location)), d]);
        }
        Ok(())
    }

    fn call_direct(&mut self, inst: Inst, data: &InstData) -> Result<(), Error> {
        let Imm::Func(callee) = data.imm else { return Err(self.invalid("a function is missing")) };
        let mut moves = Vec::new();
        let layout = window_layout(self.selection, data);
        if layout.len() > MAX_ARGUMENTS {
            return Err(Error::TooMany("parameters"));
        }
        let mut set = vec![false; layout.iter().map(|(word, _)| usize::from(*word) + 1).max().unwrap_or(0)];
        for (word, arg) in &layout {
            set[usize::from(*word)] = true;
            moves.push(Move {
                to: Location::Window(*word),
                from: self.source(data.args[*arg])?,
                ty: Type::Val,
            });
        }
        if self.builder.is_value_function(callee) {
            // The callee and `this` are registers even of functions that use neither.
            set.resize(set.len().max(2), false);
        }
        moves.extend(
            set.iter().enumerate().filter(|(_, s)| !**s).map(|(word, _)| Self::undefined_to(word as u16)),
        );
        let mut raw = 0;
        for arg in &data.args {
            let ty = self.function().ty(*arg);
            if ty != Type::Val {
                moves.push(Move { to: Location::Raw(raw), from: self.source(*arg)?, ty });
                raw += words(ty);
            }
        }
        // Those of a caller that needs the scratch registers must not reach them.
        if self.is_large_frame() && raw > SCRATCH {
            return Err(Error::TooMany("parameters"));
        }
        self.emit_moves(&moves)?;
        self.finish_call(inst, 0, |asm, back, d| asm.call_direct(callee, back, d))
    }

    // Calls and literals with more operands than a window takes.

    fn lower_large(&mut self, inst: Inst, data: &InstData) -> Result<(), Error> {
        let [array, callee, item] = self.allocation.temporaries;
        match data.op {
            Op::Call => {
                self.gather(&data.args[2..], array, item)?;
                let callee = self.source(data.args[0])?;
                let this = self.source(data.args[1])?;
                self.spread(inst, callee, this, array)
            }
            Op::CallMethod | Op::CallElem => {
                let object = self.in_register(data.args[0], item)?;
                let first = if data.op == Op::CallMethod {
                    let key = self.key(&data.imm)?;
                    self.asm.emit(Opcode::GetProp, &[i32::from(callee), object, key]);
                    1
                } else {
                    let key = self.in_register(data.args[1], callee)?;
                    self.asm.emit(Opcode::GetElem, &[i32::from(callee), object, key]);
                    2
                };
                self.gather(&data.args[first..], array, item)?;
                let this = self.source(data.args[0])?;
                self.spread(inst, Source::Place(Location::Tagged(callee)), this, array)
            }
            Op::New => {
                self.gather(&data.args[1..], array, item)?;
                let moves = [
                    Move { to: Location::Window(1), from: self.source(data.args[0])?, ty: Type::Val },
                    Move {
                        to: Location::Window(3),
                        from: Source::Place(Location::Tagged(array)),
                        ty: Type::Val,
                    },
                ];
                self.emit_moves(&moves)?;
                self.finish_new(inst, |asm, back, d| asm.emit(Opcode::NewSpread, &[back, d]))
            }
            Op::NewArray => {
                self.gather(&data.args, array, item)?;
                self.move_result(inst, array)
            }
            Op::Concat => {
                let (first, rest) = data.args.split_at(MAX_ARGUMENTS);
                self.chunk(first, None)?;
                self.asm.emit(Opcode::Concat, &[i32::from(array), first.len() as i32]);
                for part in rest.chunks(MAX_ARGUMENTS) {
                    self.chunk(part, Some(array))?;
                    self.asm.emit(Opcode::Concat, &[i32::from(array), part.len() as i32 + 1]);
                }
                self.move_result(inst, array)
            }
            Op::NewObject => {
                let Imm::Keys(keys) = &data.imm else { return Err(self.invalid("keys are missing")) };
                let shape = self.builder.shape(&keys[..MAX_ARGUMENTS])?;
                self.chunk(&data.args[..MAX_ARGUMENTS], None)?;
                self.asm.emit(Opcode::NewObject, &[i32::from(array), i32::from(shape)]);
                for (key, value) in keys.iter().zip(&data.args).skip(MAX_ARGUMENTS) {
                    let value = self.in_register(*value, item)?;
                    let key = self.builder.key(*key)?;
                    self.asm.emit(Opcode::LdK16, &[i32::from(callee), i32::from(key)]);
                    self.asm.emit(
                        Opcode::DefineOp,
                        &[Define::Field as i32, i32::from(array), i32::from(callee), value],
                    );
                    self.flush_stores();
                }
                self.move_result(inst, array)
            }
            _ => Err(Error::TooMany("operands")),
        }
    }

    /// A value in a register: its own, or this one for a constant.
    fn in_register(&mut self, value: Value, register: u16) -> Result<i32, Error> {
        match self.selection.constants[value.index()] {
            Some(constant) => {
                self.load_constant(i32::from(register), constant, Type::Val)?;
                Ok(i32::from(register))
            }
            None => self.read(value),
        }
    }

    /// Lays values out in the window from its first word on, after another one if given.
    fn chunk(&mut self, values: &[Value], before: Option<u16>) -> Result<(), Error> {
        let first = u16::from(before.is_some());
        let mut moves = Vec::new();
        if let Some(before) = before {
            moves.push(Move {
                to: Location::Window(0),
                from: Source::Place(Location::Tagged(before)),
                ty: Type::Val,
            });
        }
        for (i, value) in values.iter().enumerate() {
            let to = Location::Window(first + i as u16);
            moves.push(Move { to, from: self.source(*value)?, ty: Type::Val });
        }
        self.emit_moves(&moves)
    }

    /// Puts values into a new array.
    fn gather(&mut self, values: &[Value], array: u16, item: u16) -> Result<(), Error> {
        let (first, rest) = values.split_at(values.len().min(MAX_ARGUMENTS));
        self.chunk(first, None)?;
        self.asm.emit(Opcode::NewArray, &[i32::from(array), first.len() as i32]);
        for value in rest {
            let value = self.in_register(*value, item)?;
            self.asm.emit(Opcode::ArrayPush, &[i32::from(array), value]);
            self.flush_stores();
        }
        Ok(())
    }

    fn spread(&mut self, inst: Inst, callee: Source, this: Source, array: u16) -> Result<(), Error> {
        let moves = [
            Move { to: Location::Window(0), from: callee, ty: Type::Val },
            Move { to: Location::Window(1), from: this, ty: Type::Val },
            Move { to: Location::Window(2), from: Source::Place(Location::Tagged(array)), ty: Type::Val },
        ];
        self.emit_moves(&moves)?;
        self.finish_call(inst, 0, |asm, back, d| asm.emit(Opcode::CallArray, &[back, d]))
    }

    fn move_result(&mut self, inst: Inst, from: u16) -> Result<(), Error> {
        let d = self.write(inst)?;
        self.asm.emit(Opcode::Mov, &[d, i32::from(from)]);
        Ok(())
    }
}
