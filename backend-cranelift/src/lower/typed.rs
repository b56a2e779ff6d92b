//! Elements and lengths of typed arrays that inference knows.
//!
//! As arrays have (see [`super::arrays`]), each typed array that is indexed has a *view*: the address of its first byte and the number
//! of its elements, in two CLIF variables, until something may collect. There is nothing to check but the index: what lies
//! beyond the end reads as 0 or NaN (the ops are only put where that is right) and is not written.
use super::function::Lower;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{self, InstBuilder, MemFlagsData, types};
use cranelift_frontend::Variable;
use jerboa_abi::header::typed::{BUFFER, BYTES, Element, LENGTH, OFFSET};
use jerboa_ir::{Function, Imm, InstData, Op, Value};
use std::collections::BTreeMap;

/// Where the elements of a typed array are.
#[derive(Clone, Copy)]
pub struct TypedView {
    /// Address of the first element.
    data: Variable,
    /// Number of elements; 0 if it is not known.
    length: Variable,
}

/// Views by the value that is indexed.
pub type TypedViews = BTreeMap<Value, TypedView>;

/// The type of the elements that an instruction is for.
fn element(inst: &InstData) -> Element {
    match inst.imm {
        Imm::Index(number) => Element::of_number(number),
        _ => Element::DataView,
    }
}

impl Lower<'_, '_, '_> {
    /// Makes the views of a function; [`Lower::end_views`] gives them their first values.
    pub fn declare_typed_views(&mut self) {
        let f: &Function = self.f;
        for inst in f.blocks.iter().flat_map(|b| &b.insts).map(|i| f.inst(*i)) {
            let indexes = matches!(inst.op, Op::TypedGetI | Op::TypedGetF | Op::TypedSetI | Op::TypedSetF);
            if indexes && !self.typed_views.contains_key(&inst.args[0]) {
                let data = self.b.declare_var(self.cx.target.pointer);
                let length = self.b.declare_var(types::I32);
                self.typed_views.insert(inst.args[0], TypedView { data, length });
            }
        }
    }

    /// Forgets a view: the buffer may be elsewhere, or be another.
    pub fn end_typed_view(&mut self, view: TypedView) {
        self.end_elements(view.data, view.length);
    }

    /// Lowers an op of this file; false if it is none.
    pub fn typed(&mut self, inst: &InstData) -> bool {
        match inst.op {
            Op::TypedLen => {
                let object = self.read(inst.args[0]);
                let object = self.address(object);
                let length = self.small_field(object, LENGTH);
                self.define_result(inst, length);
            }
            Op::TypedGetI | Op::TypedGetF => self.typed_get(inst),
            Op::TypedSetI | Op::TypedSetF => self.typed_set(inst),
            _ => return false,
        }
        true
    }

    /// A field of an object that is a small integer.
    fn small_field(&mut self, object: ir::Value, offset: u32) -> ir::Value {
        let word = self.b.ins().load(types::I32, MemFlagsData::trusted(), object, offset as i32);
        self.b.ins().ushr_imm_u(word, 1)
    }

    /// The address of an element; goes to `outside` if there is none.
    fn typed_address(
        &mut self,
        array: Value,
        index: ir::Value,
        element: Element,
        outside: ir::Block,
    ) -> ir::Value {
        let view = self.typed_views[&array];
        let hit = self.b.create_block();
        let miss = self.b.create_block();
        self.b.set_cold_block(miss);
        let length = self.b.use_var(view.length);
        let inside = self.b.ins().icmp(IntCC::UnsignedLessThan, index, length);
        self.b.ins().brif(inside, hit, &[], miss, &[]);
        self.b.switch_to_block(miss);
        let known = self.fresh_values();
        let object = self.read(array);
        let object = self.address(object);
        let length = self.small_field(object, LENGTH);
        let inside = self.b.ins().icmp(IntCC::UnsignedLessThan, index, length);
        self.guard(inside, outside);
        let buffer = self.b.ins().load(types::I32, MemFlagsData::trusted(), object, BUFFER as i32);
        let offset = self.small_field(object, OFFSET);
        let data = self.b.ins().iadd(buffer, offset);
        let data = self.address(data);
        let data = self.b.ins().iadd_imm_s(data, i64::from(BYTES));
        self.b.def_var(view.length, length);
        self.b.def_var(view.data, data);
        self.b.ins().jump(hit, &[]);
        self.b.switch_to_block(hit);
        self.set_fresh(known);
        let data = self.b.use_var(view.data);
        let index = self.address(index);
        let offset = match element.shift() {
            0 => index,
            shift => self.b.ins().ishl_imm_u(index, i64::from(shift)),
        };
        self.b.ins().iadd(data, offset)
    }

    fn typed_get(&mut self, inst: &InstData) {
        let element = element(inst);
        let index = self.read(inst.args[1]);
        let register = if inst.op == Op::TypedGetF { types::F64 } else { types::I32 };
        let (outside, done) = self.paths(register);
        let known = self.fresh_values();
        let address = self.typed_address(inst.args[0], index, element, outside);
        let flags = MemFlagsData::trusted();
        let value = match element {
            Element::Int8 => self.b.ins().sload8(types::I32, flags, address, 0),
            Element::Uint8 | Element::Uint8Clamped => self.b.ins().uload8(types::I32, flags, address, 0),
            Element::Int16 => self.b.ins().sload16(types::I32, flags, address, 0),
            Element::Uint16 => self.b.ins().uload16(types::I32, flags, address, 0),
            Element::Float32 => {
                let single = self.b.ins().load(types::F32, flags, address, 0);
                self.b.ins().fpromote(types::F64, single)
            }
            Element::Float64 => self.b.ins().load(types::F64, flags, address, 0),
            Element::Int32 | Element::Uint32 | Element::DataView => {
                self.b.ins().load(types::I32, flags, address, 0)
            }
        };
        self.go(done, value);
        self.b.switch_to_block(outside);
        self.set_fresh(known.clone());
        let nothing = if register == types::F64 {
            self.b.ins().f64const(f64::NAN)
        } else {
            self.b.ins().iconst(types::I32, 0)
        };
        self.go(done, nothing);
        self.b.switch_to_block(done);
        self.set_fresh(known);
        let result = self.b.block_params(done)[0];
        self.define_result(inst, result);
    }

    fn typed_set(&mut self, inst: &InstData) {
        let element = element(inst);
        let index = self.read(inst.args[1]);
        let value = self.read(inst.args[2]);
        let done = self.b.create_block();
        let known = self.fresh_values();
        let address = self.typed_address(inst.args[0], index, element, done);
        let flags = MemFlagsData::trusted();
        match element {
            Element::Int8 | Element::Uint8 => self.b.ins().istore8(flags, value, address, 0),
            Element::Uint8Clamped => {
                let byte = self.clamp_byte(value);
                self.b.ins().istore8(flags, byte, address, 0)
            }
            Element::Int16 | Element::Uint16 => self.b.ins().istore16(flags, value, address, 0),
            Element::Float32 => {
                let single = self.b.ins().fdemote(types::F32, value);
                self.b.ins().store(flags, single, address, 0)
            }
            _ => self.b.ins().store(flags, value, address, 0),
        };
        self.b.ins().jump(done, &[]);
        self.b.switch_to_block(done);
        self.set_fresh(known);
    }

    /// An integer as near to it as a byte can be.
    fn clamp_byte(&mut self, value: ir::Value) -> ir::Value {
        let (zero, most) = (self.b.ins().iconst(types::I32, 0), self.b.ins().iconst(types::I32, 255));
        let below = self.b.ins().icmp(IntCC::SignedLessThan, value, zero);
        let value = self.b.ins().select(below, zero, value);
        let above = self.b.ins().icmp(IntCC::SignedGreaterThan, value, most);
        self.b.ins().select(above, most, value)
    }
}
