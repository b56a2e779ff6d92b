//! Strings.
use super::function::Lower;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{self, InstBuilder, MemFlagsData, types};
use jerboa_abi::entry::Entry;
use jerboa_abi::header::{INDEX_SHIFT, Kind, make, string};
use jerboa_ir::{InstData, Op};

/// Bytes of a string's header.
const HEADER_BYTES: i32 = 4;

impl Lower<'_, '_, '_> {
    /// Lowers an op of this file; false if it is none.
    pub fn strings(&mut self, inst: &InstData) -> bool {
        let result = match inst.op {
            Op::StrLength => self.string_length(inst),
            Op::StrUnit => self.string_unit(inst),
            _ => return false,
        };
        self.define_result(inst, result);
        true
    }

    fn string_length(&mut self, inst: &InstData) -> ir::Value {
        let string = self.read(inst.args[0]);
        let (slow, done) = self.paths(types::I32);
        let (_, length) = self.flat_ascii(string, slow);
        self.go(done, length);
        self.integer_path(slow, done, Entry::StrLength, &[string])
    }

    fn string_unit(&mut self, inst: &InstData) -> ir::Value {
        let (string, index) = (self.read(inst.args[0]), self.read(inst.args[1]));
        let (slow, done) = self.paths(types::I32);
        // The index is below the length, which the compiler has seen.
        let (address, _) = self.flat_ascii(string, slow);
        let offset = if self.cx.target.pointer == types::I32 {
            index
        } else {
            self.b.ins().uextend(self.cx.target.pointer, index)
        };
        let at = self.b.ins().iadd(address, offset);
        let unit = self.b.ins().uload8(types::I32, MemFlagsData::trusted(), at, HEADER_BYTES);
        self.go(done, unit);
        self.integer_path(slow, done, Entry::StrUnit, &[string, index])
    }

    /// Goes on with the address and the length of a string of ASCII that lies flat and has its length in its header.
    fn flat_ascii(&mut self, string: ir::Value, slow: ir::Block) -> (ir::Value, ir::Value) {
        let tag = self.b.ins().band_imm_s(string, 3);
        self.guard_not(tag, slow);
        let address = self.address(string);
        let head = self.b.ins().load(types::I32, MemFlagsData::trusted(), address, 0);
        let mask = make(Kind::Free, string::ASCII, 0);
        let masked = self.b.ins().band_imm_s(head, i64::from(mask));
        let wanted = make(Kind::String, string::ASCII, 0) & mask;
        let is_flat = self.b.ins().icmp_imm_s(IntCC::Equal, masked, i64::from(wanted));
        self.guard(is_flat, slow);
        let length = self.b.ins().ushr_imm_u(head, i64::from(INDEX_SHIFT));
        (address, length)
    }

    /// The slow path of an op whose entry gives a small integer.
    fn integer_path(
        &mut self,
        slow: ir::Block,
        done: ir::Block,
        entry: Entry,
        args: &[ir::Value],
    ) -> ir::Value {
        self.b.switch_to_block(slow);
        self.cross_safepoint();
        let word = self.entry_checked(entry, args).expect("the entry has a result");
        let integer = self.b.ins().sshr_imm_s(word, 1);
        self.go(done, integer);
        self.b.switch_to_block(done);
        self.cross_safepoint();
        self.b.block_params(done)[0]
    }
}
