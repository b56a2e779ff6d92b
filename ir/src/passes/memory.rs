//! What kinds of values the memory of a program can hold, for programs that are simple enough to tell: one kind for each
//! property name of the objects that an object literal makes, and of all other objects; one for the elements of objects that may be the same; one for each captured
//! variable; and those of the arguments and results of functions that are called through values.
//!
//! Every way by which a value gets into memory is either followed here or makes the analysis give up: then everything
//! may be anything. It gives up on what writes properties without naming them, on accessors, and on every built-in function
//! that is not in [`behaviour::BEHAVIOURS`].
mod behaviour;
mod fields;
mod places;

use super::kind::Kind;
use crate::module::{Function, Imm, InstData, Module, ParamKind, ValueDef};
use crate::op::Op;
use crate::types::{FuncId, StrId, Type, Value};
use behaviour::{BEHAVIOURS, Behaviour, returns};
use fields::Fields;
use jerboa_abi::builtins::{
    GLOBALS, NATIVES, NativeId, OBJECTS, ObjectId, PropertyValue, SymbolId, intrinsic_number,
};
use places::{Cells, Elements, grow};
use std::collections::{BTreeSet, HashMap};

/// Properties that functions of the runtime give to fresh objects, and whose values may be anything.
const MADE: &[&str] = &["message", "stack", "cause", "errors"];

/// Names of properties that are not followed: those that lead to more objects, and those that a computed key may have that
/// is no string.
const OPENS: &[&str] =
    &["__proto__", "constructor", "NaN", "Infinity", "-Infinity", "undefined", "null", "true", "false"];

/// The kinds of what is in memory.
#[derive(Debug)]
pub(super) struct Memory {
    /// Everything may be anything.
    open: bool,
    fields: Fields,
    elements: Elements,
    captured: Kind,
    cells: Cells,
    /// Arguments of calls through values.
    passed: Kind,
    /// Results of functions that are called through values, built-in ones not included.
    returned: Kind,
    /// The built-in functions that the program names, as if they were one.
    natives: Behaviour,
    /// One of them may be a value of the program, rather than be called where it is named.
    natives_are_taken: bool,
    /// What names of built-in members read as.
    members: HashMap<StrId, Kind>,
    length: Option<StrId>,
}

impl Memory {
    /// Of which nothing is known.
    pub(super) fn open() -> Memory {
        Memory {
            open: true,
            fields: Fields::default(),
            elements: Elements::default(),
            captured: Kind::NONE,
            cells: Cells::default(),
            passed: Kind::NONE,
            returned: Kind::NONE,
            natives: returns(Kind::UNDEFINED),
            natives_are_taken: true,
            members: HashMap::new(),
            length: None,
        }
    }

    /// Before the program has stored anything.
    pub(super) fn of(module: &Module, windowed: &[bool]) -> Memory {
        let mut memory = Memory {
            open: module.open_world,
            elements: Elements::of(module, windowed),
            fields: Fields::of(module),
            cells: Cells::of(module),
            ..Memory::open()
        };
        let instructions = || module.functions.iter().flat_map(|f| &f.insts);
        let objects = obtainable(module);
        for inst in instructions() {
            match (inst.op, &inst.imm) {
                (Op::DefineGetter | Op::DefineSetter | Op::SetProto | Op::GlobalObject, _) => {
                    memory.open = true;
                }
                (Op::Builtin, Imm::Builtin(number)) => match GLOBALS.get(usize::from(*number)) {
                    Some(global) => memory.name(global.name, &global.value),
                    None => memory.open |= !is_printer(*number),
                },
                (Op::GetProp | Op::SetProp | Op::CallMethod | Op::DeleteProp, Imm::Str(name)) => {
                    let text = module.string(*name);
                    let key = |key: &'static str| key.as_bytes() == text;
                    let properties = objects.iter().flat_map(|id| OBJECTS[*id as usize].properties);
                    for property in properties.filter(|p| key(p.key)) {
                        let read = memory.read(&property.value);
                        memory.members.entry(*name).and_modify(|k| *k = k.join(read)).or_insert(read);
                        memory.name(property.key, &property.value);
                    }
                    if MADE.iter().any(|made| key(made)) {
                        memory.members.insert(*name, Kind::VALUE);
                    }
                    match text {
                        b"length" => {
                            memory.length = Some(*name);
                            memory.members.insert(*name, Kind::FLOAT);
                        }
                        b"prototype" => {
                            memory.members.insert(*name, Kind::OBJECT);
                        }
                        b"name" => {
                            memory.members.insert(*name, Kind::STRING);
                        }
                        _ => {}
                    }
                    memory.open |= OPENS.iter().any(|opens| key(opens));
                }
                _ => {}
            }
        }
        memory.natives_are_taken = module.functions.iter().any(|f| memory.takes_natives(f));
        for param in module.functions.iter().flat_map(|f| &f.signature.params) {
            memory.open |= !matches!(param.kind, ParamKind::Callee | ParamKind::This | ParamKind::Arg(_));
        }
        memory
    }

    /// Whether what may be a built-in function is used otherwise than to be called, or to get members of it.
    fn takes_natives(&self, function: &Function) -> bool {
        let may_be_native = |value: &Value| match function.definition(*value) {
            Some(InstData { op: Op::GetProp, imm: Imm::Str(name), .. }) => {
                self.members.get(name).is_some_and(|kind| !kind.is_primitive())
            }
            Some(inst) => inst.op == Op::Builtin,
            None => false,
        };
        let by_insts = function.live_insts().any(|(_, inst)| {
            let looked_at = match inst.op {
                // A built-in function keeps no `this`.
                Op::Call if may_be_native(&inst.args[0]) => 2,
                Op::Call | Op::New | Op::GetProp | Op::CallMethod => 1,
                _ => 0,
            };
            inst.args.iter().skip(looked_at).any(may_be_native)
        });
        let mut terminators = function.blocks.iter().filter_map(|block| block.terminator.as_ref());
        by_insts
            || terminators.any(|terminator| {
                let passed = terminator.successors().flat_map(|call| &call.args);
                terminator.operand().iter().chain(passed).any(may_be_native)
            })
    }

    /// Takes a member of a built-in object into account that the program names.
    fn name(&mut self, name: &str, value: &PropertyValue) {
        match value {
            PropertyValue::Native(id) => {
                // A function is known by the name that it has, and it is named by that of the property.
                let own = NATIVES[*id as usize].name;
                match BEHAVIOURS.iter().find(|(known, _)| *known == own && known == &name) {
                    Some((_, behaviour)) => {
                        self.natives.result = self.natives.result.join(behaviour.result);
                        self.natives.takes |= behaviour.takes;
                        self.natives.stores |= behaviour.stores;
                        self.natives.calls |= behaviour.calls;
                    }
                    None => self.open = true,
                }
            }
            PropertyValue::Accessor(..) | PropertyValue::Symbol(_) => self.open = true,
            _ => self.open |= SymbolId::of_key(name).is_some(),
        }
    }

    /// The kind of a built-in member's value.
    fn read(&self, value: &PropertyValue) -> Kind {
        match value {
            PropertyValue::Native(_) | PropertyValue::Object(_) => Kind::OBJECT,
            PropertyValue::Number(_) => Kind::FLOAT,
            PropertyValue::String(_) => Kind::STRING,
            _ => Kind::VALUE,
        }
    }

    /// Whether everything may be anything.
    pub(super) fn is_open(&self) -> bool {
        self.open
    }

    /// Kind of a parameter of a function that is called through values.
    pub(super) fn param(&self, kind: ParamKind) -> Kind {
        match kind {
            ParamKind::Arg(_) if !self.open => self.passed.or_undefined(),
            ParamKind::Callee => Kind::FUNCTION,
            _ => Kind::VALUE,
        }
    }

    /// Kind of an instruction's result, where memory is what decides it.
    pub(super) fn result(&self, module: &Module, id: FuncId, inst: &InstData, args: &[Kind]) -> Option<Kind> {
        let function = module.function(id);
        if self.open || args.iter().any(|arg| arg.is_none()) {
            return None;
        }
        Some(match (inst.op, &inst.imm) {
            // That throws.
            (Op::GetProp, _) if args[0].is_nullish() => Kind::NONE,
            (Op::GetProp, Imm::Str(name)) => {
                let own = self.fields.read(args[0], *name);
                if args[0].is_object_or_nullish() && self.fields.are_own(args[0], *name) {
                    return Some(own);
                }
                let member = self.members.get(name).copied().unwrap_or(Kind::NONE);
                own.join(member).or_undefined()
            }
            (Op::GetElem | Op::GetElemI, _) => {
                let unit = if args[0].may_be_string() { Kind::STRING } else { Kind::NONE };
                self.elements.read(id, inst.args[0]).join(unit).or_undefined()
            }
            (Op::NewObject, _) => self.fields.literal(id, inst),
            (Op::LoadCapture, _) => self.captured,
            (Op::LoadCell, _) => self.cells.kind(id, inst.args[0]).join(Kind::EMPTY),
            // Cells are no values; they go where captured values do.
            (Op::NewCell, _) => Kind::OBJECT,
            (Op::Call | Op::CallMethod, _) => match self.native(module, function, inst) {
                Some(native) => self.native_result(native),
                None => self.native_result(self.any_native(function, inst)).join(self.returned),
            },
            (Op::CallElem | Op::CallArray, _) => self.native_result(self.natives).join(self.returned),
            _ => return None,
        })
    }

    fn native_result(&self, natives: Behaviour) -> Kind {
        let elements = if natives.takes || natives.calls { self.elements.known() } else { Kind::NONE };
        let returned = if natives.calls { self.returned } else { Kind::NONE };
        natives.result.join(elements).join(returned).or_undefined()
    }

    /// Whether an object may have a function of the program under a name.
    fn may_hold_function(&self, name: StrId) -> bool {
        !self.fields.of_any(name).is_primitive()
    }

    /// What the callee of a call does, if it can only be a built-in function.
    fn native(&self, module: &Module, function: &Function, call: &InstData) -> Option<Behaviour> {
        let named = |name: &[u8]| {
            BEHAVIOURS.iter().find(|(known, _)| known.as_bytes() == name).map(|(_, behaviour)| *behaviour)
        };
        let method = |name: StrId| {
            if self.may_hold_function(name) { None } else { named(module.string(name)) }
        };
        if let (Op::CallMethod, Imm::Str(name)) = (call.op, &call.imm) {
            return method(*name);
        }
        let ValueDef::Result(callee) = function.values[call.args[0].index()].def else { return None };
        match (function.inst(callee).op, &function.inst(callee).imm) {
            (Op::Builtin, Imm::Builtin(number)) if is_printer(*number) => Some(returns(Kind::UNDEFINED)),
            (Op::Builtin, Imm::Builtin(number)) => {
                GLOBALS.get(usize::from(*number)).and_then(|global| named(global.name.as_bytes()))
            }
            (Op::GetProp, Imm::Str(name)) => method(*name),
            _ => None,
        }
    }

    /// What the callee of a call may do if it is some built-in function, as if they were one.
    fn any_native(&self, function: &Function, call: &InstData) -> Behaviour {
        let named = || match function.definition(call.args[0]) {
            Some(InstData { op: Op::GetProp, imm: Imm::Str(name), .. }) => self.members.contains_key(name),
            Some(inst) => inst.op == Op::Builtin,
            None => false,
        };
        if call.op == Op::Call && !self.natives_are_taken && !named() {
            returns(Kind::NONE)
        } else {
            self.natives
        }
    }

    /// Takes in what an instruction stores; whether anything grew.
    pub(super) fn absorb(&mut self, module: &Module, id: FuncId, inst: &InstData, args: &[Kind]) -> bool {
        let function = module.function(id);
        if self.open || args.iter().any(|arg| arg.is_none()) {
            return false;
        }
        let kind = |i: usize| match function.ty(inst.args[i]) {
            Type::Val => args[i],
            Type::I32 => Kind::I32,
            Type::F64 => Kind::FLOAT,
            Type::Bool => Kind::BOOL,
        };
        let all = |from: usize| (from..inst.args.len()).fold(Kind::NONE, |all, i| all.join(kind(i)));
        // Names that a number, boolean, null or undefined has as a key count as elements.
        let by_number = |i: usize| function.ty(inst.args[i]) != Type::Val || !args[i].may_concatenate();
        match (inst.op, &inst.imm) {
            (Op::SetProp, Imm::Str(name)) => self.fields.grow(args[0], *name, kind(1)),
            (Op::NewObject, Imm::Keys(keys)) => {
                let object = self.fields.literal(id, inst);
                let mut grew = false;
                for (i, key) in keys.iter().enumerate() {
                    grew |= self.fields.grow(object, *key, kind(i));
                }
                grew
            }
            (Op::NewArray, _) => self.elements.grow(id, inst.result.expect("an array is a result"), all(0)),
            (Op::ArrayPush, _) => self.elements.grow(id, inst.args[0], kind(1)),
            (Op::SetElemI, _) => self.elements.grow(id, inst.args[0], kind(2)),
            (Op::SetElem, _) if by_number(1) => self.elements.grow(id, inst.args[0], kind(2)),
            (Op::GetElem, _) if by_number(1) => false,
            (Op::GetElem | Op::SetElem | Op::DefineField | Op::DeleteElem, _) => self.give_up(),
            // What these give may come from an iterator of the program.
            (Op::ArrayAppend | Op::IterStart | Op::CallArray | Op::NewArrayArgs, _) => self.give_up(),
            (Op::Closure, _) => grow(&mut self.captured, all(0)),
            (Op::StoreCapture, _) => grow(&mut self.captured, kind(1)),
            (Op::NewCell, _) => {
                let cell = inst.result.expect("a cell is a result");
                self.cells.grow(id, cell, kind(0))
            }
            (Op::StoreCell, _) => self.cells.grow(id, inst.args[0], kind(1)),
            (Op::Call, _) => {
                let natives = self.any_native(function, inst);
                self.pass(self.native(module, function, inst), natives, all(2))
            }
            (Op::CallMethod | Op::New, _) => {
                self.pass(self.native(module, function, inst), self.natives, all(1))
            }
            (Op::CallElem, _) => self.give_up(),
            _ => false,
        }
    }

    /// Takes in the arguments of a call through a value: to a certain built-in function, or to any function of the program and to
    /// built-in functions that do as `natives` says.
    fn pass(&mut self, native: Option<Behaviour>, natives: Behaviour, arguments: Kind) -> bool {
        let called = native.unwrap_or(natives);
        let mut grew = false;
        if called.stores {
            grew |= self.elements.grow_known(arguments);
        }
        if called.calls {
            let items = self.elements.known().join(self.returned);
            grew |= self.elements.grow_known(self.returned);
            grew |= grow(&mut self.passed, items.join(Kind::OBJECT).join(Kind::FLOAT));
        }
        if native.is_none_or(|native| native.calls) {
            grew |= grow(&mut self.passed, arguments);
        }
        grew
    }

    /// Takes in the result of a function that is called through values.
    pub(super) fn give_back(&mut self, result: Kind) -> bool {
        !self.open && grow(&mut self.returned, result)
    }

    fn give_up(&mut self) -> bool {
        !std::mem::replace(&mut self.open, true)
    }

    /// Whether an array-like object may have a string as its length.
    pub(super) fn lengths_are_numbers(&self) -> bool {
        let set = self.length.map_or(Kind::NONE, |length| self.fields.of_any(length));
        !self.open && (set.is_none() || set.is_number())
    }

    /// Whether a property is one that the objects of a kind have since their object literals made them, if they are objects at
    /// all and not undefined or null.
    pub(super) fn has_own(&self, object: Kind, name: StrId) -> bool {
        !self.open && object.is_object_or_nullish() && self.fields.are_own(object, name)
    }
}

/// Whether a built-in is the intrinsic function that [`super::print`] calls.
fn is_printer(number: u16) -> bool {
    number == intrinsic_number(NativeId::ConsoleLogParts)
}

/// The built-in objects that a program without intrinsic functions can get hold of: the prototypes of what literals, operators
/// and failures make, and what the global names of the program lead to. Others (iterators, say) come from functions that
/// are not in [`BEHAVIOURS`].
fn obtainable(module: &Module) -> BTreeSet<ObjectId> {
    use ObjectId as O;
    let mut objects = BTreeSet::new();
    let mut found = vec![
        O::ObjectPrototype,
        O::FunctionPrototype,
        O::ArrayPrototype,
        O::StringPrototype,
        O::NumberPrototype,
        O::BooleanPrototype,
        O::ErrorPrototype,
        O::TypeErrorPrototype,
        O::RangeErrorPrototype,
        O::ReferenceErrorPrototype,
    ];
    let own = |value: &PropertyValue| match value {
        // It is got by a symbol, and symbols open everything.
        PropertyValue::Object(O::ArrayUnscopables) => None,
        PropertyValue::Object(id) => Some(*id),
        PropertyValue::Native(id) => NATIVES[*id as usize].properties,
        _ => None,
    };
    for inst in module.functions.iter().flat_map(|f| &f.insts) {
        if let (Op::Builtin, Imm::Builtin(number)) = (inst.op, &inst.imm) {
            found.extend(GLOBALS.get(usize::from(*number)).and_then(|global| own(&global.value)));
        }
    }
    while let Some(id) = found.pop() {
        if objects.insert(id) {
            // The way through `constructor` is not taken: naming it opens everything.
            let properties = OBJECTS[id as usize].properties.iter().filter(|p| p.key != "constructor");
            found.extend(properties.filter_map(|p| own(&p.value)));
        }
    }
    objects
}
