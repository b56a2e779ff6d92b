//! Integer and float arithmetic.

use super::{Selector, mask, wasm_type};
use crate::code::Op;
use crate::error::Error;
use cranelift_codegen::ir::{Opcode, Type, Value, types};
use wasm_encoder::{Instruction as I, ValType};

impl Selector<'_, '_> {
    pub(super) fn binary(&mut self, opcode: Opcode, x: Value, y: Value) -> Result<(), Error> {
        let ty = self.ty(x);
        if let Some((single, double)) = float_binary(opcode) {
            let instruction = self.pick_float(ty, single, double)?;
            self.push(x);
            self.push(y);
            self.plain(instruction);
            return Ok(());
        }
        match opcode {
            Opcode::Band | Opcode::Bor | Opcode::Bxor if !ty.is_int() => self.unsupported(),
            Opcode::Iadd | Opcode::Isub | Opcode::Imul | Opcode::Band | Opcode::Bor | Opcode::Bxor => {
                let (narrow, wide, carries) = match opcode {
                    Opcode::Iadd => (I::I32Add, I::I64Add, true),
                    Opcode::Isub => (I::I32Sub, I::I64Sub, true),
                    Opcode::Imul => (I::I32Mul, I::I64Mul, true),
                    Opcode::Band => (I::I32And, I::I64And, false),
                    Opcode::Bor => (I::I32Or, I::I64Or, false),
                    _ => (I::I32Xor, I::I64Xor, false),
                };
                self.push(x);
                self.push(y);
                self.plain(self.pick(ty, narrow, wide)?);
                if carries {
                    self.narrow(ty);
                }
                Ok(())
            }
            Opcode::Udiv | Opcode::Sdiv | Opcode::Urem | Opcode::Srem if ty.bits() >= 32 => {
                let (narrow, wide) = match opcode {
                    Opcode::Udiv => (I::I32DivU, I::I64DivU),
                    Opcode::Sdiv => (I::I32DivS, I::I64DivS),
                    Opcode::Urem => (I::I32RemU, I::I64RemU),
                    _ => (I::I32RemS, I::I64RemS),
                };
                self.push(x);
                self.push(y);
                self.plain(self.pick(ty, narrow, wide)?);
                Ok(())
            }
            // Zero-extended, so that a narrow unsigned division is a wide one.
            Opcode::Udiv | Opcode::Urem => {
                self.push(x);
                self.push(y);
                self.plain(if opcode == Opcode::Udiv { I::I32DivU } else { I::I32RemU });
                Ok(())
            }
            Opcode::Ishl | Opcode::Ushr | Opcode::Sshr => self.shift(opcode, x, y),
            Opcode::Rotl | Opcode::Rotr => self.rotate(opcode, x, y),
            Opcode::Smin | Opcode::Smax | Opcode::Umin | Opcode::Umax => {
                let signed = matches!(opcode, Opcode::Smin | Opcode::Smax);
                let (narrow, wide) = match opcode {
                    Opcode::Smin => (I::I32LtS, I::I64LtS),
                    Opcode::Smax => (I::I32GtS, I::I64GtS),
                    Opcode::Umin => (I::I32LtU, I::I64LtU),
                    _ => (I::I32GtU, I::I64GtU),
                };
                self.push(x);
                self.push(y);
                for value in [x, y] {
                    if signed {
                        self.push_signed(value);
                    } else {
                        self.push(value);
                    }
                }
                self.plain(self.pick(ty, narrow, wide)?);
                self.plain(I::Select);
                Ok(())
            }
            Opcode::Umulhi | Opcode::Smulhi => self.multiply_high(opcode == Opcode::Smulhi, x, y),
            Opcode::SaddOverflow | Opcode::SsubOverflow => {
                self.signed_overflow(opcode == Opcode::SaddOverflow, x, y)
            }
            Opcode::UaddOverflow | Opcode::UsubOverflow => {
                let add = opcode == Opcode::UaddOverflow;
                let (narrow, wide) = if add { (I::I32Add, I::I64Add) } else { (I::I32Sub, I::I64Sub) };
                if ty.bits() < 32 {
                    return self.unsupported();
                }
                let result = self.sink.result(0);
                self.push(x);
                self.push(y);
                self.plain(self.pick(ty, narrow, wide)?);
                self.sink.op(Op::Set(result));
                if add {
                    self.sink.op(Op::Get(result));
                    self.push(x);
                } else {
                    self.push(x);
                    self.push(y);
                }
                self.plain(self.pick(ty, I::I32LtU, I::I64LtU)?);
                Ok(())
            }
            Opcode::SmulOverflow | Opcode::UmulOverflow if ty == types::I32 => {
                let signed = opcode == Opcode::SmulOverflow;
                self.widened_overflow(signed, I::I64Mul, x, y);
                Ok(())
            }
            _ => self.unsupported(),
        }
    }

    /// Addition and subtraction with signed overflow. `x + y` overflows if adding a positive `y` makes it smaller, or adding
    /// a negative one makes it greater: one comparison if `y` is constant. Otherwise 32 bits are widened, which takes
    /// V8 about 0.7 times as long as the sign of `(r ^ x) & (r ^ y)` and is shorter; 64 bits have no wider type.
    fn signed_overflow(&mut self, add: bool, x: Value, y: Value) -> Result<(), Error> {
        let ty = self.ty(x);
        if ty.bits() < 32 {
            return self.unsupported();
        }
        let result = self.sink.result(0);
        let (narrow, wide) = if add { (I::I32Add, I::I64Add) } else { (I::I32Sub, I::I64Sub) };
        let (x, y) = if add && self.view.constant(x).is_some() { (y, x) } else { (x, y) };
        if ty == types::I32 && self.view.constant(y).is_none() {
            let exact = if add { I::I64Add } else { I::I64Sub };
            self.widened_overflow(true, exact, x, y);
            return Ok(());
        }
        self.push(x);
        self.push(y);
        self.plain(self.pick(ty, narrow, wide)?);
        self.sink.op(Op::Set(result));
        if let Some(constant) = self.view.constant(y) {
            if constant == 0 {
                self.plain(I::I32Const(0));
                return Ok(());
            }
            self.sink.op(Op::Get(result));
            self.push(x);
            let grows = (constant > 0) == add;
            let compare = if grows {
                self.pick(ty, I::I32LtS, I::I64LtS)?
            } else {
                self.pick(ty, I::I32GtS, I::I64GtS)?
            };
            self.plain(compare);
            return Ok(());
        }
        let xor = self.pick(ty, I::I32Xor, I::I64Xor)?;
        self.sink.op(Op::Get(result));
        self.push(x);
        self.plain(xor.clone());
        if add {
            self.sink.op(Op::Get(result));
        } else {
            self.push(x);
        }
        self.push(y);
        self.plain(xor);
        self.plain(self.pick(ty, I::I32And, I::I64And)?);
        self.plain(self.pick(ty, I::I32Const(0), I::I64Const(0))?);
        self.plain(self.pick(ty, I::I32LtS, I::I64LtS)?);
        Ok(())
    }

    /// An operation on two `i32` that overflows if the exact result in 64 bits is not that in 32.
    fn widened_overflow(&mut self, signed: bool, exact: I<'static>, x: Value, y: Value) {
        let result = self.sink.result(0);
        let wide = self.sink.temp(ValType::I64);
        self.widened(signed, exact, x, y);
        self.sink.op(Op::Tee(wide));
        self.plain(I::I32WrapI64);
        self.sink.op(Op::Tee(result));
        self.plain(if signed { I::I64ExtendI32S } else { I::I64ExtendI32U });
        self.sink.op(Op::Get(wide));
        self.plain(I::I64Ne);
    }

    /// An operation on two `i32` in 64 bits.
    fn widened(&mut self, signed: bool, operation: I<'static>, x: Value, y: Value) {
        let extend = if signed { I::I64ExtendI32S } else { I::I64ExtendI32U };
        self.push(x);
        self.plain(extend.clone());
        self.push(y);
        self.plain(extend);
        self.plain(operation);
    }

    fn multiply_high(&mut self, signed: bool, x: Value, y: Value) -> Result<(), Error> {
        match self.ty(x) {
            types::I32 => {
                self.widened(signed, I::I64Mul, x, y);
                self.plain(I::I64Const(32));
                self.plain(I::I64ShrU);
                self.plain(I::I32WrapI64);
                Ok(())
            }
            types::I64 => {
                self.multiply_high_64(x, y);
                if signed {
                    // A negative factor was taken as 2^64 more than it is.
                    for (sign, other) in [(x, y), (y, x)] {
                        self.push(sign);
                        self.plain(I::I64Const(63));
                        self.plain(I::I64ShrS);
                        self.push(other);
                        self.plain(I::I64And);
                        self.plain(I::I64Sub);
                    }
                }
                Ok(())
            }
            _ => self.unsupported(),
        }
    }

    /// The upper half of an unsigned 128-bit product, from four 64-bit products of the halves.
    fn multiply_high_64(&mut self, x: Value, y: Value) {
        const LOW: i64 = 0xffff_ffff;
        let low_high = self.sink.temp(ValType::I64);
        let middle = self.sink.temp(ValType::I64);
        let low = |s: &mut Self, v: Value| {
            s.push(v);
            s.plain(I::I64Const(LOW));
            s.plain(I::I64And);
        };
        let high = |s: &mut Self, v: Value| {
            s.push(v);
            s.plain(I::I64Const(32));
            s.plain(I::I64ShrU);
        };
        let upper_half = |s: &mut Self| {
            s.plain(I::I64Const(32));
            s.plain(I::I64ShrU);
        };
        // middle = high(x) * low(y) + high(low(x) * low(y)); it cannot overflow.
        high(self, x);
        low(self, y);
        self.plain(I::I64Mul);
        low(self, x);
        low(self, y);
        self.plain(I::I64Mul);
        upper_half(self);
        self.plain(I::I64Add);
        self.sink.op(Op::Set(middle));
        // low_high = low(x) * high(y) + low(middle)
        low(self, x);
        high(self, y);
        self.plain(I::I64Mul);
        self.sink.op(Op::Get(middle));
        self.plain(I::I64Const(LOW));
        self.plain(I::I64And);
        self.plain(I::I64Add);
        self.sink.op(Op::Set(low_high));
        high(self, x);
        high(self, y);
        self.plain(I::I64Mul);
        self.sink.op(Op::Get(middle));
        upper_half(self);
        self.plain(I::I64Add);
        self.sink.op(Op::Get(low_high));
        upper_half(self);
        self.plain(I::I64Add);
    }

    /// Pushes a shift amount in the type of the shifted value. CLIF and WebAssembly both take it modulo the width, CLIF
    /// for narrow types as well.
    fn push_amount(&mut self, amount: Value, ty: Type) {
        if ty.bits() < 32 {
            match self.view.constant(amount) {
                Some(k) => self.plain(I::I32Const((k & i64::from(ty.bits() - 1)) as i32)),
                None => {
                    self.push_low(amount, 8);
                    self.plain(I::I32Const(ty.bits() as i32 - 1));
                    self.plain(I::I32And);
                }
            }
        } else if ty == types::I64 {
            match self.view.constant(amount) {
                Some(k) => self.plain(I::I64Const(k & 63)),
                None => {
                    self.push(amount);
                    if self.ty(amount) != types::I64 {
                        self.plain(I::I64ExtendI32U);
                    }
                }
            }
        } else {
            match self.view.constant(amount) {
                Some(k) => self.plain(I::I32Const((k & 31) as i32)),
                None => self.push_low(amount, 8),
            }
        }
    }

    fn shift(&mut self, opcode: Opcode, x: Value, amount: Value) -> Result<(), Error> {
        let ty = self.ty(x);
        let (narrow, wide) = match opcode {
            Opcode::Ishl => (I::I32Shl, I::I64Shl),
            Opcode::Ushr => (I::I32ShrU, I::I64ShrU),
            _ => (I::I32ShrS, I::I64ShrS),
        };
        let instruction = self.pick(ty, narrow, wide)?;
        if opcode == Opcode::Sshr {
            self.push_signed(x);
        } else {
            self.push(x);
        }
        self.push_amount(amount, ty);
        self.plain(instruction);
        if opcode != Opcode::Ushr {
            self.narrow(ty);
        }
        Ok(())
    }

    fn rotate(&mut self, opcode: Opcode, x: Value, amount: Value) -> Result<(), Error> {
        let ty = self.ty(x);
        let left = opcode == Opcode::Rotl;
        if ty.bits() >= 32 {
            let (narrow, wide) = if left { (I::I32Rotl, I::I64Rotl) } else { (I::I32Rotr, I::I64Rotr) };
            self.push(x);
            self.push_amount(amount, ty);
            self.plain(self.pick(ty, narrow, wide)?);
            return Ok(());
        }
        let (forth, back) = if left { (I::I32Shl, I::I32ShrU) } else { (I::I32ShrU, I::I32Shl) };
        let masked = self.sink.temp(ValType::I32);
        self.push(x);
        self.push_amount(amount, ty);
        self.sink.op(Op::Tee(masked));
        self.plain(forth);
        self.push(x);
        self.plain(I::I32Const(ty.bits() as i32));
        self.sink.op(Op::Get(masked));
        self.plain(I::I32Sub);
        self.plain(back);
        self.plain(I::I32Or);
        self.narrow(ty);
        Ok(())
    }

    pub(super) fn unary(&mut self, opcode: Opcode, x: Value) -> Result<(), Error> {
        let ty = self.ty(x);
        if let Some((single, double)) = float_unary(opcode) {
            let instruction = self.pick_float(ty, single, double)?;
            self.push(x);
            self.plain(instruction);
            return Ok(());
        }
        match opcode {
            Opcode::Ineg => {
                self.plain(self.pick(ty, I::I32Const(0), I::I64Const(0))?);
                self.push(x);
                self.plain(self.pick(ty, I::I32Sub, I::I64Sub)?);
                self.narrow(ty);
            }
            Opcode::Bnot => {
                let ones = if ty.bits() < 32 { I::I32Const(mask(ty) as i32) } else { I::I32Const(-1) };
                let (ones, xor) =
                    (self.pick(ty, ones, I::I64Const(-1))?, self.pick(ty, I::I32Xor, I::I64Xor)?);
                self.push(x);
                self.plain(ones);
                self.plain(xor);
            }
            Opcode::Iabs => {
                self.push_signed(x);
                self.plain(self.pick(ty, I::I32Const(0), I::I64Const(0))?);
                self.push_signed(x);
                self.plain(self.pick(ty, I::I32Sub, I::I64Sub)?);
                self.push_signed(x);
                self.plain(self.pick(ty, I::I32Const(-1), I::I64Const(-1))?);
                self.plain(self.pick(ty, I::I32GtS, I::I64GtS)?);
                self.plain(I::Select);
                self.narrow(ty);
            }
            Opcode::Clz => {
                self.push(x);
                self.plain(self.pick(ty, I::I32Clz, I::I64Clz)?);
                if ty.bits() < 32 {
                    self.plain(I::I32Const(32 - ty.bits() as i32));
                    self.plain(I::I32Sub);
                }
            }
            Opcode::Ctz => {
                self.push(x);
                if ty.bits() < 32 {
                    self.plain(I::I32Const(1 << ty.bits()));
                    self.plain(I::I32Or);
                }
                self.plain(self.pick(ty, I::I32Ctz, I::I64Ctz)?);
            }
            Opcode::Popcnt => {
                self.push(x);
                self.plain(self.pick(ty, I::I32Popcnt, I::I64Popcnt)?);
            }
            Opcode::Bswap => self.byte_swap(x)?,
            Opcode::Bmask => {
                let result = self.result_type();
                self.plain(self.pick(result, I::I32Const(0), I::I64Const(0))?);
                if self.view.is_bool(x) && ty != types::I64 {
                    self.push(x);
                } else {
                    self.push(x);
                    self.plain(self.pick(ty, I::I32Const(0), I::I64Const(0))?);
                    self.plain(self.pick(ty, I::I32Ne, I::I64Ne)?);
                }
                if result == types::I64 {
                    self.plain(I::I64ExtendI32U);
                }
                self.plain(self.pick(result, I::I32Sub, I::I64Sub)?);
                self.narrow(result);
            }
            _ => return self.convert(opcode, x),
        }
        Ok(())
    }

    fn byte_swap(&mut self, x: Value) -> Result<(), Error> {
        let ty = self.ty(x);
        match ty {
            types::I16 => {
                self.push(x);
                self.plain(I::I32Const(8));
                self.plain(I::I32Shl);
                self.push(x);
                self.plain(I::I32Const(8));
                self.plain(I::I32ShrU);
                self.plain(I::I32Or);
                self.narrow(ty);
            }
            types::I32 => {
                for (rotate, mask) in [(8, 0x00ff_00ff), (24, 0xff00_ff00_u32 as i32)] {
                    self.push(x);
                    self.plain(I::I32Const(rotate));
                    self.plain(I::I32Rotl);
                    self.plain(I::I32Const(mask));
                    self.plain(I::I32And);
                }
                self.plain(I::I32Or);
            }
            types::I64 => {
                let local = self.sink.temp(wasm_type(ty).expect("i64"));
                self.push(x);
                self.sink.op(Op::Set(local));
                // Exchange bytes, then 16-bit units, then the halves.
                for (shift, mask) in [(8, 0x00ff_00ff_00ff_00ff_i64), (16, 0x0000_ffff_0000_ffff)] {
                    self.sink.op(Op::Get(local));
                    self.plain(I::I64Const(shift));
                    self.plain(I::I64ShrU);
                    self.plain(I::I64Const(mask));
                    self.plain(I::I64And);
                    self.sink.op(Op::Get(local));
                    self.plain(I::I64Const(mask));
                    self.plain(I::I64And);
                    self.plain(I::I64Const(shift));
                    self.plain(I::I64Shl);
                    self.plain(I::I64Or);
                    self.sink.op(Op::Set(local));
                }
                self.sink.op(Op::Get(local));
                self.plain(I::I64Const(32));
                self.plain(I::I64Rotl);
            }
            _ => return self.unsupported(),
        }
        Ok(())
    }
}

fn float_binary(opcode: Opcode) -> Option<(I<'static>, I<'static>)> {
    Some(match opcode {
        Opcode::Fadd => (I::F32Add, I::F64Add),
        Opcode::Fsub => (I::F32Sub, I::F64Sub),
        Opcode::Fmul => (I::F32Mul, I::F64Mul),
        Opcode::Fdiv => (I::F32Div, I::F64Div),
        Opcode::Fmin => (I::F32Min, I::F64Min),
        Opcode::Fmax => (I::F32Max, I::F64Max),
        Opcode::Fcopysign => (I::F32Copysign, I::F64Copysign),
        _ => return None,
    })
}

fn float_unary(opcode: Opcode) -> Option<(I<'static>, I<'static>)> {
    Some(match opcode {
        Opcode::Fneg => (I::F32Neg, I::F64Neg),
        Opcode::Fabs => (I::F32Abs, I::F64Abs),
        Opcode::Sqrt => (I::F32Sqrt, I::F64Sqrt),
        Opcode::Ceil => (I::F32Ceil, I::F64Ceil),
        Opcode::Floor => (I::F32Floor, I::F64Floor),
        Opcode::Trunc => (I::F32Trunc, I::F64Trunc),
        Opcode::Nearest => (I::F32Nearest, I::F64Nearest),
        _ => return None,
    })
}
