//! Conversions between types.

use super::{Selector, mask};
use crate::error::Error;
use cranelift_codegen::ir::{InstructionData, Opcode, Value, types};
use wasm_encoder::Instruction as I;

impl Selector<'_, '_> {
    pub(super) fn convert(&mut self, opcode: Opcode, x: Value) -> Result<(), Error> {
        let from = self.ty(x);
        let to = self.result_type();
        match opcode {
            Opcode::Uextend => {
                self.push(x);
                if to == types::I64 {
                    self.plain(I::I64ExtendI32U);
                }
            }
            Opcode::Sextend => self.sign_extend(x)?,
            Opcode::Ireduce => {
                self.push_low(x, to.bits());
                let source = self.low_source(x, to.bits());
                if to.bits() < 32 && !self.fits(source, to.bits()) {
                    self.narrow(to);
                }
            }
            Opcode::Bitcast => {
                self.push(x);
                match (from, to) {
                    (types::F32, types::I32) => self.plain(I::I32ReinterpretF32),
                    (types::F64, types::I64) => self.plain(I::I64ReinterpretF64),
                    (types::I32, types::F32) => self.plain(I::F32ReinterpretI32),
                    (types::I64, types::F64) => self.plain(I::F64ReinterpretI64),
                    (from, to) if from == to => {}
                    _ => return self.unsupported(),
                }
            }
            Opcode::Fpromote | Opcode::Fdemote => {
                self.push(x);
                match (from, to) {
                    (types::F32, types::F64) => self.plain(I::F64PromoteF32),
                    (types::F64, types::F32) => self.plain(I::F32DemoteF64),
                    (from, to) if from == to => {}
                    _ => return self.unsupported(),
                }
            }
            Opcode::FcvtFromSint => {
                self.push_signed(x);
                self.plain(match (from, to) {
                    (types::I64, types::F32) => I::F32ConvertI64S,
                    (types::I64, types::F64) => I::F64ConvertI64S,
                    (_, types::F32) => I::F32ConvertI32S,
                    _ => I::F64ConvertI32S,
                });
            }
            Opcode::FcvtFromUint => {
                self.push(x);
                self.plain(match (from, to) {
                    (types::I64, types::F32) => I::F32ConvertI64U,
                    (types::I64, types::F64) => I::F64ConvertI64U,
                    (_, types::F32) => I::F32ConvertI32U,
                    _ => I::F64ConvertI32U,
                });
            }
            _ => {
                let instruction = match (opcode, from, to) {
                    (Opcode::FcvtToSintSat, types::F32, types::I32) => I::I32TruncSatF32S,
                    (Opcode::FcvtToSintSat, types::F64, types::I32) => I::I32TruncSatF64S,
                    (Opcode::FcvtToSintSat, types::F32, types::I64) => I::I64TruncSatF32S,
                    (Opcode::FcvtToSintSat, types::F64, types::I64) => I::I64TruncSatF64S,
                    (Opcode::FcvtToUintSat, types::F32, types::I32) => I::I32TruncSatF32U,
                    (Opcode::FcvtToUintSat, types::F64, types::I32) => I::I32TruncSatF64U,
                    (Opcode::FcvtToUintSat, types::F32, types::I64) => I::I64TruncSatF32U,
                    (Opcode::FcvtToUintSat, types::F64, types::I64) => I::I64TruncSatF64U,
                    (Opcode::FcvtToSint, types::F32, types::I32) => I::I32TruncF32S,
                    (Opcode::FcvtToSint, types::F64, types::I32) => I::I32TruncF64S,
                    (Opcode::FcvtToSint, types::F32, types::I64) => I::I64TruncF32S,
                    (Opcode::FcvtToSint, types::F64, types::I64) => I::I64TruncF64S,
                    (Opcode::FcvtToUint, types::F32, types::I32) => I::I32TruncF32U,
                    (Opcode::FcvtToUint, types::F64, types::I32) => I::I32TruncF64U,
                    (Opcode::FcvtToUint, types::F32, types::I64) => I::I64TruncF32U,
                    (Opcode::FcvtToUint, types::F64, types::I64) => I::I64TruncF64U,
                    _ => return self.unsupported(),
                };
                self.push(x);
                self.plain(instruction);
            }
        }
        Ok(())
    }

    fn sign_extend(&mut self, x: Value) -> Result<(), Error> {
        let from = self.ty(x);
        let to = self.result_type();
        let source = self.low_source(x, from.bits());
        if to == types::I64 {
            self.push(source);
            if self.ty(source) != types::I64 {
                self.plain(if from == types::I32 { I::I64ExtendI32S } else { I::I64ExtendI32U });
            }
            match from {
                types::I8 => self.plain(I::I64Extend8S),
                types::I16 => self.plain(I::I64Extend16S),
                _ if self.ty(source) == types::I64 => self.plain(I::I64Extend32S),
                _ => {}
            }
        } else {
            self.push_signed(x);
            self.narrow(to);
        }
        Ok(())
    }

    /// Whether an integer is known to need no more than `bits`.
    fn fits(&self, value: Value, bits: u32) -> bool {
        let ty = self.ty(value);
        if ty.bits() <= bits || self.view.is_bool(value) {
            return true;
        }
        match self.view.def(value) {
            Some((_, &InstructionData::Binary { opcode: Opcode::Band, args })) => args.iter().any(|&arg| {
                self.view.constant(self.view.resolve(arg)).is_some_and(|k| k >= 0 && k < 1 << bits)
            }),
            Some((_, &InstructionData::Load { opcode: Opcode::Uload8, .. })) => bits >= 8,
            Some((_, &InstructionData::Load { opcode: Opcode::Uload16, .. })) => bits >= 16,
            Some((_, &InstructionData::UnaryImm { imm, .. })) => (0..=mask(types::I8)).contains(&imm.bits()),
            _ => false,
        }
    }
}
