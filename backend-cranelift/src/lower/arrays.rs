//! Element access, `push` and `length` of arrays.
//!
//! For each value that is indexed in a function there is a *view*: the address of its elements and their number, in two
//! CLIF variables. As long as a view holds, an access is one unsigned comparison of the index with the number and a load
//! or store. A view with the number 0 does not hold; then a second path looks at the array and makes the view new, and if
//! the index is not in it, or the array is not one without flags and with elements of the kind that the site expects, the
//! runtime does the access. Whatever may collect or change an array by another way than an inline store ends all views. The
//! second path and the runtime's are off the hot path, and the frontend's SSA construction makes loops carry views in
//! registers.
use super::function::Lower;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{self, BlockArg, InstBuilder, MemFlagsData, types};
use cranelift_frontend::Variable;
use jerboa_abi::builtins::GLOBALS;
use jerboa_abi::entry::Entry;
use jerboa_abi::header::{ARRAY_BYTES, ARRAY_TAG};
use jerboa_abi::value::{EMPTY, FALSE, INT_BIT, TRUE};
use jerboa_ir::passes::infer::Facts;
use jerboa_ir::{Block, FuncId, Function, Imm, InstData, Module, Op, Value};
use std::collections::BTreeMap;

/// Bytes before an array's length, and before the pointer to its store.
const LENGTH: i32 = 4;
const ELEMENTS: i32 = 8;
/// Bytes before the elements of a store, and the position of its size in words in its header. (Sizes beyond 16 bits appear
/// smaller; then the runtime does what is to be done.)
const STORE_HEADER: i64 = 4;
const STORE_SIZE: i64 = 16;

/// What is known of an array while nothing changes it.
#[derive(Clone, Copy)]
pub struct View {
    /// Address of the first element.
    data: Variable,
    /// Number of elements; 0 if the view does not hold.
    length: Variable,
    /// Number of elements that the store has room for, where something is appended to the array; 0 if it is not known.
    room: Option<Variable>,
    /// Whether the elements are expected to be bytes.
    bytes: bool,
}

/// Views by the value that is indexed.
pub type Views = BTreeMap<Value, View>;

/// Whether an instruction appends to an array, or is a method call that may be `push` of an array.
pub fn is_push(lower: &Lower<'_, '_, '_>, inst: &InstData) -> bool {
    match (inst.op, &inst.imm) {
        (Op::ArrayPush, _) => true,
        (Op::CallMethod, Imm::Str(name)) => inst.args.len() == 2 && lower.cx.module.string(*name) == b"push",
        _ => false,
    }
}

/// Names of built-in functions that write properties whose names are not seen in the program.
const WRITERS: &[&[u8]] =
    &[b"assign", b"defineProperty", b"defineProperties", b"__defineGetter__", b"Reflect"];

/// Whether no code of the program can replace `Array.prototype.push`: nothing writes a property with that name, or with one that
/// is not seen.
pub fn push_is_fixed(module: &Module, kinds: &Facts) -> bool {
    let writes = |function: usize, block: usize, inst: &InstData| match (inst.op, &inst.imm) {
        (Op::SetProp | Op::DeleteProp, Imm::Str(name)) => module.string(*name) == b"push",
        (Op::SetElem | Op::DeleteElem, _) => {
            !kinds.kind_in(FuncId(function as u32), Block(block as u32), inst.args[1]).is_number()
        }
        (Op::Builtin, Imm::Builtin(number)) => {
            GLOBALS.get(*number as usize).is_some_and(|global| WRITERS.contains(&global.name.as_bytes()))
        }
        _ => false,
    };
    let any = |(i, f): (usize, &Function)| {
        let mut blocks = f.blocks.iter().enumerate();
        blocks.any(|(b, block)| block.insts.iter().any(|inst| writes(i, b, f.inst(*inst))))
    };
    !module.strings.iter().any(|s| WRITERS.contains(&s.as_slice()))
        && !module.functions.iter().enumerate().any(any)
}

impl Lower<'_, '_, '_> {
    /// Makes the views of a function; [`Lower::end_views`] gives them their first values.
    pub fn declare_views(&mut self) {
        let f: &Function = self.f;
        for inst in f.blocks.iter().flat_map(|b| &b.insts).map(|i| f.inst(*i)) {
            let stored = match inst.op {
                Op::GetElem | Op::GetElemI => None,
                Op::SetElem | Op::SetElemI => Some(inst.args[2]),
                _ if is_push(self, inst) => Some(inst.args[1]),
                _ => continue,
            };
            let bytes = stored.is_some_and(|value| self.is_constant_kind(value));
            let array = inst.args[0];
            match self.views.get_mut(&array) {
                // One other element makes an array one of words.
                Some(view) => view.bytes = if stored.is_some() { view.bytes && bytes } else { view.bytes },
                None => {
                    let data = self.b.declare_var(self.cx.target.pointer);
                    let length = self.b.declare_var(types::I32);
                    let bytes = bytes || stored.is_none();
                    self.views.insert(array, View { data, length, room: None, bytes });
                }
            }
            if is_push(self, inst) && self.views[&array].room.is_none() {
                let room = self.b.declare_var(types::I32);
                self.views.entry(array).and_modify(|view| view.room = Some(room));
            }
        }
        let stored: Vec<Value> = f
            .blocks
            .iter()
            .flat_map(|b| &b.insts)
            .map(|i| f.inst(*i))
            .filter(|inst| matches!(inst.op, Op::SetElem | Op::SetElemI) || is_push(self, inst))
            .map(|inst| inst.args[0])
            .collect();
        for (array, view) in &mut self.views {
            // Nothing is known of an array that is only read: words are more likely.
            view.bytes &= stored.contains(array);
        }
    }

    /// Ends the view of a value that is defined here: in a loop it is another object each time round.
    pub fn end_view_of(&mut self, value: Value) {
        if let Some(view) = self.views.get(&value).copied() {
            self.end_view(view);
        }
        if let Some(view) = self.typed_views.get(&value).copied() {
            self.end_typed_view(view);
        }
    }

    /// Ends all views: from here on arrays and buffers may be elsewhere, or be different.
    pub fn end_views(&mut self) {
        for view in self.views.values().copied().collect::<Vec<_>>() {
            self.end_view(view);
        }
        for view in self.typed_views.values().copied().collect::<Vec<_>>() {
            self.end_typed_view(view);
        }
    }

    fn end_view(&mut self, view: View) {
        self.end_elements(view.data, view.length);
        if let Some(room) = view.room {
            let zero = self.b.ins().iconst(types::I32, 0);
            self.b.def_var(room, zero);
        }
    }

    /// Says of a view's variables that they hold nothing: no index is below a number of 0.
    pub fn end_elements(&mut self, data: Variable, length: Variable) {
        let zero = self.b.ins().iconst(types::I32, 0);
        let nowhere = self.b.ins().iconst(self.cx.target.pointer, 0);
        self.b.def_var(length, zero);
        self.b.def_var(data, nowhere);
    }

    /// Whether all that a value can be is undefined, null or a boolean.
    fn is_constant_kind(&self, value: Value) -> bool {
        self.kind(value).is_constant()
    }

    /// Lowers an op of this file; false if it is none.
    pub fn arrays(&mut self, inst: &InstData) -> bool {
        match inst.op {
            Op::GetElem | Op::GetElemI => self.get_element(inst),
            Op::SetElem | Op::SetElemI => self.set_element(inst),
            Op::ArrayLen => {
                let array = self.read(inst.args[0]);
                let array = self.address(array);
                let length = self.b.ins().load(types::I32, MemFlagsData::trusted(), array, LENGTH);
                let length = self.b.ins().ushr_imm_u(length, 1);
                self.define_result(inst, length);
            }
            _ if is_push(self, inst) => self.push(inst),
            _ => return false,
        }
        true
    }

    /// The index of an access as an integer, in the current block; goes to `slow` if the key is none.
    fn index(&mut self, inst: &InstData, key: ir::Value, slow: ir::Block) -> ir::Value {
        if matches!(inst.op, Op::GetElemI | Op::SetElemI) {
            return key;
        }
        let kind = self.kind(inst.args[1]);
        if !(kind.is_int() && kind.fits_word()) {
            let bit = self.b.ins().band_imm_s(key, i64::from(INT_BIT));
            self.guard(bit, slow);
        }
        // A negative one becomes greater than any length.
        self.b.ins().ushr_imm_u(key, 1)
    }

    /// Makes sure that the view of an array holds and the index is in it, and goes on in a new block; else goes to `slow`.
    fn enter_view(&mut self, array: Value, index: ir::Value, slow: ir::Block) -> (View, ir::Value) {
        let view = self.views[&array];
        let hit = self.b.create_block();
        let miss = self.b.create_block();
        self.b.set_cold_block(miss);
        let length = self.b.use_var(view.length);
        let inside = self.b.ins().icmp(IntCC::UnsignedLessThan, index, length);
        self.b.ins().brif(inside, hit, &[], miss, &[]);
        self.b.switch_to_block(miss);
        let known = self.fresh_values();
        let header = self.array_header(array, slow);
        let object = self.read(array);
        let object = self.address(object);
        let fits = self.b.ins().icmp_imm_s(IntCC::Equal, header, i64::from(array_header(view.bytes)));
        self.guard(fits, slow);
        let length = self.b.ins().load(types::I32, MemFlagsData::trusted(), object, LENGTH);
        let length = self.b.ins().ushr_imm_u(length, 1);
        let inside = self.b.ins().icmp(IntCC::UnsignedLessThan, index, length);
        self.guard(inside, slow);
        let elements = self.b.ins().load(types::I32, MemFlagsData::trusted(), object, ELEMENTS);
        let data = self.first_element(elements);
        self.b.def_var(view.length, length);
        self.b.def_var(view.data, data);
        if let Some(room) = view.room {
            let unknown = self.b.ins().iconst(types::I32, 0);
            self.b.def_var(room, unknown);
        }
        self.b.ins().jump(hit, &[]);
        self.b.switch_to_block(hit);
        self.set_fresh(known);
        let data = self.b.use_var(view.data);
        (view, data)
    }

    /// The header of what a value points to; goes to `slow` if it is no pointer.
    fn array_header(&mut self, array: Value, slow: ir::Block) -> ir::Value {
        let object = self.read(array);
        if !self.kind(array).is_array() {
            let tag = self.b.ins().band_imm_s(object, 3);
            self.guard_not(tag, slow);
        }
        let object = self.address(object);
        self.b.ins().load(types::I32, MemFlagsData::trusted(), object, 0)
    }

    /// Address of the first element of a store.
    fn first_element(&mut self, elements: ir::Value) -> ir::Value {
        let store = self.address(elements);
        self.b.ins().iadd_imm_s(store, STORE_HEADER)
    }

    /// Address of an element.
    fn element_address(&mut self, data: ir::Value, index: ir::Value, bytes: bool) -> ir::Value {
        let index = self.address(index);
        let offset = if bytes { index } else { self.b.ins().ishl_imm_u(index, 2) };
        self.b.ins().iadd(data, offset)
    }

    fn get_element(&mut self, inst: &InstData) {
        let key = self.read(inst.args[1]);
        let (slow, done) = self.paths(types::I32);
        let index = self.index(inst, key, slow);
        let known = self.fresh_values();
        let (view, data) = self.enter_view(inst.args[0], index, slow);
        let address = self.element_address(data, index, view.bytes);
        let flags = MemFlagsData::trusted();
        let element = if view.bytes {
            self.b.ins().uload8(types::I32, flags, address, 0)
        } else {
            self.b.ins().load(types::I32, flags, address, 0)
        };
        let hole = self.b.ins().icmp_imm_s(IntCC::Equal, element, i64::from(EMPTY));
        self.guard_not(hole, slow);
        self.go(done, element);
        self.b.switch_to_block(slow);
        self.enter_slow_path();
        self.set_fresh(known);
        let object = self.read(inst.args[0]);
        let entry = if inst.op == Op::GetElem { Entry::GetElem } else { Entry::GetElemI };
        let result = self.entry_checked(entry, &[object, key]).expect("the entry has a result");
        self.go(done, result);
        self.b.switch_to_block(done);
        self.cross_safepoint();
        let result = self.b.block_params(done)[0];
        self.define_result(inst, result);
    }

    fn set_element(&mut self, inst: &InstData) {
        let key = self.read(inst.args[1]);
        let value = self.read(inst.args[2]);
        let slow = self.b.create_block();
        let done = self.b.create_block();
        self.b.set_cold_block(slow);
        let index = self.index(inst, key, slow);
        let known = self.fresh_values();
        let (view, data) = self.enter_view(inst.args[0], index, slow);
        if view.bytes && !self.is_constant_kind(inst.args[2]) {
            self.guard_boolean(value, slow);
        }
        let address = self.element_address(data, index, view.bytes);
        if view.bytes {
            self.b.ins().istore8(MemFlagsData::trusted(), value, address, 0);
        } else {
            self.b.ins().store(MemFlagsData::trusted(), value, address, 0);
        }
        self.b.ins().jump(done, &[]);
        self.b.switch_to_block(slow);
        self.enter_slow_path();
        self.set_fresh(known);
        let object = self.read(inst.args[0]);
        let entry = if inst.op == Op::SetElem { Entry::SetElem } else { Entry::SetElemI };
        self.entry_checked(entry, &[object, key, value]);
        self.b.ins().jump(done, &[]);
        self.b.switch_to_block(done);
        self.cross_safepoint();
    }

    /// Goes to `slow` unless a word is a boolean.
    fn guard_boolean(&mut self, value: ir::Value, slow: ir::Block) {
        let base = self.b.ins().band_imm_s(value, !i64::from(FALSE ^ TRUE));
        let boolean = self.b.ins().icmp_imm_s(IntCC::Equal, base, i64::from(FALSE));
        self.guard(boolean, slow);
    }

    /// `array.push(value)`: inline if there is room, else by the entry for it; and the ordinary call if the array's `push` may be
    /// another one.
    fn push(&mut self, inst: &InstData) {
        let array = inst.args[0];
        let value = self.read(inst.args[1]);
        let certain = inst.op == Op::ArrayPush;
        let slow = self.b.create_block();
        let done = self.b.create_block();
        self.b.set_cold_block(slow);
        if !certain {
            self.b.append_block_param(done, types::I32);
        }
        let finish = |lower: &mut Self, length: ir::Value| {
            if certain {
                lower.b.ins().jump(done, &[]);
            } else {
                lower.go(done, length);
            }
        };
        let known = self.fresh_values();
        if let (Some(room), true) = (self.views[&array].room, certain || self.cx.push_is_fixed) {
            let view = self.views[&array];
            let hit = self.b.create_block();
            let miss = self.b.create_block();
            self.b.set_cold_block(miss);
            let length = self.b.use_var(view.length);
            let most = self.b.use_var(room);
            let fits = self.b.ins().icmp(IntCC::UnsignedLessThan, length, most);
            self.b.ins().brif(fits, hit, &[], miss, &[]);
            self.b.switch_to_block(miss);
            self.renew_for_push(array, view, room, slow);
            self.b.ins().jump(hit, &[]);
            self.b.switch_to_block(hit);
            self.set_fresh(known.clone());
            if view.bytes && !self.is_constant_kind(inst.args[1]) {
                self.guard_boolean(value, slow);
            }
            let (data, length) = (self.b.use_var(view.data), self.b.use_var(view.length));
            let address = self.element_address(data, length, view.bytes);
            if view.bytes {
                self.b.ins().istore8(MemFlagsData::trusted(), value, address, 0);
            } else {
                self.b.ins().store(MemFlagsData::trusted(), value, address, 0);
            }
            let length = self.b.ins().iadd_imm_s(length, 1);
            self.b.def_var(view.length, length);
            self.end_other_pushes(array);
            let twice = self.b.ins().ishl_imm_u(length, 1);
            let word = self.b.ins().bor_imm_s(twice, i64::from(INT_BIT));
            let object = self.read(array);
            let object = self.address(object);
            self.b.ins().store(MemFlagsData::trusted(), word, object, LENGTH);
            finish(self, word);
        } else {
            self.b.ins().jump(slow, &[]);
        }
        self.b.switch_to_block(slow);
        self.set_fresh(known.clone());
        let object = self.read(array);
        if certain {
            self.enter_slow_path();
            self.entry_checked(Entry::ArrayPush, &[object, value]);
            self.b.ins().jump(done, &[]);
            self.b.switch_to_block(done);
            self.cross_safepoint();
            return;
        }
        let top = self.top(0);
        let pushed = self.call_entry(Entry::Push, &[top, object, value])[0];
        self.end_views();
        let other = self.b.create_block();
        let go_on = self.b.create_block();
        self.b.set_cold_block(other);
        let unknown = self.b.ins().icmp_imm_s(IntCC::Equal, pushed, i64::from(EMPTY));
        self.b.ins().brif(unknown, other, &[], go_on, &[]);
        self.b.switch_to_block(go_on);
        self.cross_safepoint();
        self.check_val(pushed);
        self.go(done, pushed);
        // Nothing has happened yet: what was in registers is as it was.
        self.b.switch_to_block(other);
        self.set_fresh(known);
        let result = self.call_method(inst);
        self.b.ins().jump(done, &[BlockArg::Value(result)]);
        self.b.switch_to_block(done);
        self.cross_safepoint();
        let result = self.b.block_params(done)[0];
        self.define_result(inst, result);
    }

    /// Makes the view of an array new, with its room; goes to `slow` if there is none.
    fn renew_for_push(&mut self, array: Value, view: View, room: Variable, slow: ir::Block) {
        let flags = MemFlagsData::trusted();
        let header = self.array_header(array, slow);
        let fits = self.b.ins().icmp_imm_s(IntCC::Equal, header, i64::from(array_header(view.bytes)));
        self.guard(fits, slow);
        let object = self.read(array);
        let object = self.address(object);
        let elements = self.b.ins().load(types::I32, flags, object, ELEMENTS);
        let store = self.address(elements);
        let size = self.b.ins().load(types::I32, flags, store, 0);
        let mut most = self.b.ins().ushr_imm_u(size, STORE_SIZE);
        if view.bytes {
            most = self.b.ins().ishl_imm_u(most, 2);
        }
        let length = self.b.ins().load(types::I32, flags, object, LENGTH);
        let length = self.b.ins().ushr_imm_u(length, 1);
        let fits = self.b.ins().icmp(IntCC::UnsignedLessThan, length, most);
        self.guard(fits, slow);
        let data = self.first_element(elements);
        self.b.def_var(view.length, length);
        self.b.def_var(view.data, data);
        self.b.def_var(room, most);
    }

    /// Another value may be the same array: where it would be appended to is no longer known.
    fn end_other_pushes(&mut self, array: Value) {
        let others: Vec<Variable> = self
            .views
            .iter()
            .filter(|(value, _)| **value != array)
            .filter_map(|(_, view)| view.room)
            .collect();
        for room in others {
            let unknown = self.b.ins().iconst(types::I32, 0);
            self.b.def_var(room, unknown);
        }
    }
}

/// The header of an array without flags.
fn array_header(bytes: bool) -> u32 {
    if bytes { ARRAY_TAG | ARRAY_BYTES } else { ARRAY_TAG }
}
