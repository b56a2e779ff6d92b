//! Objects, closures, variables, iteration.
use super::function::Lower;
use super::roots::is_static_closure;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{self, InstBuilder, MemFlagsData, types};
use jerboa_abi::entry::{Entry, ROOT_BYTES, error_kind, symbol};
use jerboa_abi::header::{INDEX_SHIFT, OBJECT_BYTE};
use jerboa_abi::value::EMPTY;
use jerboa_ir::op::ErrorKind;
use jerboa_ir::passes::shapes::Field;
use jerboa_ir::{Function, Imm, InstData, Op, ParamKind, StrId, Type};

/// Bytes before the first captured value of a closure that has no property word, and before a cell's content.
const HEADER_BYTES: i32 = 4;

impl Lower<'_, '_, '_> {
    /// Lowers an op of this file; false if it is none.
    pub fn objects(&mut self, inst: &InstData) -> bool {
        match inst.op {
            Op::NewObject => {
                let Imm::Keys(keys) = &inst.imm else { unreachable!("checked by the verifier") };
                let shape = self.cx.image.shape(keys);
                self.call_on_window(inst, Entry::NewObject, &[shape]);
            }
            Op::NewArray => self.call_on_window(inst, Entry::NewArray, &[inst.args.len() as u32]),
            Op::Concat => {
                let primitive = inst.args.iter().all(|a| self.kind(*a).is_primitive());
                let entry = if primitive { Entry::ConcatPrimitives } else { Entry::Concat };
                self.call_on_window(inst, entry, &[inst.args.len() as u32]);
            }
            Op::Closure => {
                let Imm::Func(callee) = inst.imm else { unreachable!("checked by the verifier") };
                if !is_static_closure(self.cx.module.function(callee)) {
                    self.call_on_window(inst, Entry::Closure, &[callee.0, inst.args.len() as u32]);
                }
            }
            Op::ArrayAppend => self.plain(inst, Entry::ArrayAppend),
            Op::GetProp => match self.fixed_member(inst) {
                Some(native) => {
                    let value = self.constant(native);
                    self.define_result(inst, value);
                }
                None => self.get_property(inst),
            },
            Op::SetProp => self.set_property(inst),
            Op::DeleteProp => self.keyed(inst, Entry::DeleteProp),
            Op::DeleteElem => self.plain(inst, Entry::DeleteElem),
            Op::DefineField => self.plain(inst, Entry::DefineField),
            Op::DefineGetter => self.plain(inst, Entry::DefineGetter),
            Op::DefineSetter => self.plain(inst, Entry::DefineSetter),
            Op::SetProto => self.plain(inst, Entry::SetProto),
            Op::NewInstance => self.plain(inst, Entry::NewInstance),
            Op::HasClass => self.has_class(inst),
            Op::NewCell => self.plain(inst, Entry::NewCell),
            Op::GlobalObject => self.plain(inst, Entry::GlobalObject),
            Op::ForInStart => self.plain(inst, Entry::ForInStart),
            Op::ForInNext => self.plain(inst, Entry::ForInNext),
            Op::IterStart => self.plain(inst, Entry::IterStart),
            Op::IterNext => self.plain(inst, Entry::IterNext),
            Op::IterClose => self.plain(inst, Entry::IterClose),
            Op::LoadCapture => {
                let address = self.reference(inst.args[0]);
                let offset = self.capture_offset(inst);
                let value = self.b.ins().load(types::I32, MemFlagsData::trusted(), address, offset);
                self.define_result(inst, value);
            }
            Op::StoreCapture => {
                let address = self.reference(inst.args[0]);
                let offset = self.capture_offset(inst);
                let value = self.read(inst.args[1]);
                self.b.ins().store(MemFlagsData::trusted(), value, address, offset);
            }
            Op::LoadCell => {
                let address = self.reference(inst.args[0]);
                let value = self.b.ins().load(types::I32, MemFlagsData::trusted(), address, HEADER_BYTES);
                self.define_result(inst, value);
            }
            Op::StoreCell => {
                let address = self.reference(inst.args[0]);
                let value = self.read(inst.args[1]);
                self.b.ins().store(MemFlagsData::trusted(), value, address, HEADER_BYTES);
            }
            Op::LoadGlobal => {
                let (address, ty) = self.global(inst);
                let value = self.b.ins().load(super::wide(ty), MemFlagsData::trusted(), address, 0);
                let value = self.narrow(ty, value);
                self.define_result(inst, value);
            }
            Op::StoreGlobal => {
                let value = self.read(inst.args[0]);
                let (address, ty) = self.global(inst);
                let value = self.widen(ty, value);
                self.b.ins().store(MemFlagsData::trusted(), value, address, 0);
            }
            Op::CheckInit => self.check_init(inst),
            Op::ThrowError => {
                let Imm::Error(kind, message) = inst.imm else { unreachable!("checked by the verifier") };
                let kind = match kind {
                    ErrorKind::Error => error_kind::ERROR,
                    ErrorKind::TypeError => error_kind::TYPE_ERROR,
                    ErrorKind::RangeError => error_kind::RANGE_ERROR,
                    ErrorKind::ReferenceError => error_kind::REFERENCE_ERROR,
                    ErrorKind::SyntaxError => error_kind::SYNTAX_ERROR,
                };
                let top = self.top(0);
                let kind = self.word(kind as u32);
                let message = self.cx.image.string(message).expect("messages of errors are in the image");
                let message = self.word(message);
                self.call_entry(Entry::ThrowError, &[top, kind, message]);
                self.cross_safepoint();
                let always = self.b.ins().iconst(types::I8, 1);
                self.leave_if(always);
            }
            Op::Catch => {
                self.leave_if_stopped();
                let value = self.call_entry(Entry::Catch, &[])[0];
                self.define_result(inst, value);
            }
            _ => return false,
        }
        true
    }

    fn get_property(&mut self, inst: &InstData) {
        let Some(field) = self.field() else { return self.keyed(inst, Entry::GetProp) };
        let object = self.read(inst.args[0]);
        let result = self.with_slow_way(
            true,
            |cx, cold| {
                let address = cx.check_shape(object, field, cold);
                let offset = HEADER_BYTES + 4 * i32::from(field.slot);
                Some(cx.b.ins().load(types::I32, MemFlagsData::trusted(), address, offset))
            },
            |cx| cx.keyed_entry(inst, Entry::GetProp),
        );
        if let Some(result) = result {
            self.define_result(inst, result);
        }
    }

    /// Whether an object has the shape that a class gives its objects.
    fn has_class(&mut self, inst: &InstData) {
        let Imm::Func(class) = inst.imm else { unreachable!("checked by the verifier") };
        let field = Field { first: self.cx.image.class_shape(class), span: 0, slot: 0, grow: 0 };
        let object = self.read(inst.args[0]);
        let (other, done) = (self.b.create_block(), self.b.create_block());
        let result = self.b.append_block_param(done, types::I8);
        self.check_shape(object, field, other);
        let yes = self.b.ins().iconst(types::I8, 1);
        self.b.ins().jump(done, &[ir::BlockArg::Value(yes)]);
        self.b.switch_to_block(other);
        let no = self.b.ins().iconst(types::I8, 0);
        self.b.ins().jump(done, &[ir::BlockArg::Value(no)]);
        self.b.switch_to_block(done);
        self.define_result(inst, result);
    }

    fn set_property(&mut self, inst: &InstData) {
        let Some(field) = self.field() else { return self.keyed(inst, Entry::SetProp) };
        let object = self.read(inst.args[0]);
        let value = self.read(inst.args[1]);
        self.with_slow_way(
            false,
            |cx, cold| {
                let address = cx.check_shape(object, field, cold);
                let offset = HEADER_BYTES + 4 * i32::from(field.slot);
                cx.b.ins().store(MemFlagsData::trusted(), value, address, offset);
                if field.grow != 0 {
                    let header = cx.b.ins().load(types::I32, MemFlagsData::trusted(), address, 0);
                    let step = i64::from(u32::from(field.grow) << INDEX_SHIFT);
                    let header = cx.b.ins().iadd_imm_s(header, step);
                    cx.b.ins().store(MemFlagsData::trusted(), header, address, 0);
                }
                None
            },
            |cx| cx.keyed_entry(inst, Entry::SetProp),
        );
    }

    /// The address of an object that has one of a field's shapes; goes to `cold` if the value is something else.
    fn check_shape(&mut self, object: ir::Value, field: Field, cold: ir::Block) -> ir::Value {
        let tag = self.b.ins().band_imm_s(object, 3);
        self.go_on_unless(tag, cold);
        let address = self.address(object);
        let kind = self.b.ins().uload8(types::I32, MemFlagsData::trusted(), address, 0);
        let other = self.b.ins().icmp_imm_s(IntCC::NotEqual, kind, i64::from(OBJECT_BYTE));
        self.go_on_unless(other, cold);
        let shape = self.b.ins().uload16(types::I32, MemFlagsData::trusted(), address, 2);
        let first = i64::from(field.first);
        let other = if field.span == 0 {
            self.b.ins().icmp_imm_s(IntCC::NotEqual, shape, first)
        } else {
            let distance = self.b.ins().iadd_imm_s(shape, -first);
            self.b.ins().icmp_imm_s(IntCC::UnsignedGreaterThan, distance, i64::from(field.span))
        };
        self.go_on_unless(other, cold);
        address
    }

    fn go_on_unless(&mut self, condition: ir::Value, cold: ir::Block) {
        let go_on = self.b.create_block();
        self.b.ins().brif(condition, cold, &[], go_on, &[]);
        self.b.switch_to_block(go_on);
    }

    /// A property key by its number in the image.
    pub fn key(&mut self, key: StrId) -> ir::Value {
        let number = self.cx.image.key(key);
        self.word(number)
    }

    /// An op that is a runtime entry with the same operands.
    fn plain(&mut self, inst: &InstData, entry: Entry) {
        let args: Vec<ir::Value> = inst.args.iter().map(|a| self.read(*a)).collect();
        if let Some(result) = self.entry_checked(entry, &args) {
            self.define_result(inst, result);
        }
    }

    /// The same with a constant key after the object.
    fn keyed(&mut self, inst: &InstData, entry: Entry) {
        if let Some(result) = self.keyed_entry(inst, entry) {
            self.define_result(inst, result);
        }
    }

    fn keyed_entry(&mut self, inst: &InstData, entry: Entry) -> Option<ir::Value> {
        let Imm::Str(key) = inst.imm else { unreachable!("checked by the verifier") };
        let mut args: Vec<ir::Value> = inst.args.iter().map(|a| self.read(*a)).collect();
        let key = self.key(key);
        args.insert(1, key);
        self.entry_checked(entry, &args)
    }

    /// An entry that takes the operands from the tagged stack, and numbers.
    fn call_on_window(&mut self, inst: &InstData, entry: Entry, numbers: &[u32]) {
        let words: Vec<ir::Value> = inst.args.iter().map(|a| self.read(*a)).collect();
        let mut args = vec![self.push_window(&words)];
        for number in numbers {
            args.push(self.word(*number));
        }
        if let Some(result) = self.entry_checked(entry, &args) {
            self.define_result(inst, result);
        }
    }

    /// Address of the object that a value refers to.
    fn reference(&mut self, value: jerboa_ir::Value) -> ir::Value {
        let word = self.read(value);
        self.address(word)
    }

    fn capture_offset(&self, inst: &InstData) -> i32 {
        let Imm::Index(index) = inst.imm else { unreachable!("checked by the verifier") };
        // The body of another closure's function was inlined here: see `passes::inline`, which leaves those with a property word.
        let callee = self.f.signature.params.iter().position(|p| p.kind == ParamKind::Callee);
        let own = callee.is_some_and(|i| self.f.block(Function::ENTRY).params[i] == inst.args[0]);
        HEADER_BYTES + (index as i32 + i32::from(own && self.f.flags.has_properties)) * 4
    }

    fn global(&mut self, inst: &InstData) -> (ir::Value, Type) {
        let Imm::Global(global) = inst.imm else { unreachable!("checked by the verifier") };
        let ty = self.cx.module.globals[global.index()].ty;
        let offset = self.cx.globals[global.index()] as i32 * 4;
        let address = if ty == Type::Val {
            self.data_address(self.cx.target.arena(), ROOT_BYTES as i32 + offset)
        } else {
            self.data_address(symbol::RAW_GLOBALS, offset)
        };
        (address, ty)
    }

    fn check_init(&mut self, inst: &InstData) {
        let Imm::Str(name) = inst.imm else { unreachable!("checked by the verifier") };
        let value = self.read(inst.args[0]);
        let empty = self.b.ins().icmp_imm_s(IntCC::Equal, value, i64::from(EMPTY));
        let cold = self.b.create_block();
        let go_on = self.b.create_block();
        self.b.set_cold_block(cold);
        self.b.ins().brif(empty, cold, &[], go_on, &[]);
        self.b.switch_to_block(cold);
        let known = self.take_fresh();
        let top = self.top(0);
        let name = self.cx.image.string(name).expect("names of variables are in the image");
        let name = self.word(name);
        self.call_entry(Entry::ThrowUninitialized, &[top, name]);
        let always = self.b.ins().iconst(types::I8, 1);
        self.leave_if(always);
        self.b.ins().jump(go_on, &[]);
        self.b.switch_to_block(go_on);
        // Who comes here did not throw, so nothing has moved.
        self.set_fresh(known);
    }
}
