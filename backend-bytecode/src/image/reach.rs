//! Which built-ins a program can reach.
//!
//! A member of a reachable built-in object is kept if its name occurs in the program as a property key. A prototype
//! that keeps no member is left out, and the runtime goes on at `Object.prototype`: the program can not tell, unless it
//! asks for the prototype by a path that keeps it. When the program may use strings as keys that it makes at run time
//! ([`super::taint`]), every member of a reachable object is kept.
use super::taint;
use jerboa_abi::builtins::{GLOBALS, NATIVES, NativeId, OBJECTS, ObjectId, Property, PropertyValue};
use jerboa_ir::op::ErrorKind;
use jerboa_ir::{Const, Imm, Module, Op, ParamKind};
use std::collections::{BTreeSet, HashSet};

/// The reachable built-ins.
#[derive(Clone, Debug)]
pub(super) struct Reach {
    pub(super) objects: BTreeSet<ObjectId>,
    pub(super) natives: BTreeSet<NativeId>,
    names: HashSet<Vec<u8>>,
    all_members: bool,
    /// Prototypes of values that can arise: in once a member is.
    candidates: Vec<ObjectId>,
}

impl Reach {
    pub(super) fn new(module: &Module, everything: bool) -> Reach {
        let mut reach = Reach {
            objects: BTreeSet::new(),
            natives: BTreeSet::new(),
            names: HashSet::new(),
            all_members: everything,
            candidates: Vec::new(),
        };
        if everything {
            reach.objects.extend(ObjectId::ALL);
            reach.natives.extend(NativeId::ALL);
            return reach;
        }
        reach.collect_names(module);
        reach.add_object(ObjectId::ObjectPrototype);
        reach.add_values_of(module);
        reach.close();
        reach
    }

    fn collect_names(&mut self, module: &Module) {
        let keys = taint::unknown_keys(module);
        self.all_members = keys == taint::Keys::AnyString;
        for function in &module.functions {
            for inst in &function.insts {
                match &inst.imm {
                    Imm::Str(s) if inst.op != Op::CheckInit => {
                        self.names.insert(module.string(*s).to_vec());
                    }
                    Imm::Keys(keys) => {
                        self.names.extend(keys.iter().map(|k| module.string(*k).to_vec()));
                    }
                    Imm::Const(Const::Str(s)) if keys != taint::Keys::None => {
                        self.names.insert(module.string(*s).to_vec());
                    }
                    _ => {}
                }
            }
            if let Some(name) = function.name
                && keys != taint::Keys::None
            {
                self.names.insert(module.string(name).to_vec());
            }
        }
    }

    fn add_values_of(&mut self, module: &Module) {
        self.candidates = vec![
            ObjectId::FunctionPrototype,
            ObjectId::ArrayPrototype,
            ObjectId::StringPrototype,
            ObjectId::NumberPrototype,
            ObjectId::BooleanPrototype,
            ObjectId::Arguments,
        ];
        // Any call may overflow the stack, any allocation run out of memory, almost any op throw a type error.
        for id in [ObjectId::ErrorPrototype, ObjectId::TypeErrorPrototype, ObjectId::RangeErrorPrototype] {
            self.add_object(id);
        }
        for function in &module.functions {
            for param in &function.signature.params {
                match param.kind {
                    ParamKind::Rest(_) => self.add_object(ObjectId::ArrayPrototype),
                    ParamKind::Arguments => self.add_object(ObjectId::Arguments),
                    _ => {}
                }
            }
            for inst in &function.insts {
                match (inst.op, &inst.imm) {
                    (Op::Builtin, Imm::Builtin(number)) => {
                        if let Some(global) = GLOBALS.get(*number as usize) {
                            self.add_value(global.value);
                        }
                    }
                    (Op::Closure, _) => self.add_object(ObjectId::FunctionPrototype),
                    (Op::NewArray, _) => self.add_object(ObjectId::ArrayPrototype),
                    (Op::CheckInit, _) => self.add_object(ObjectId::ReferenceErrorPrototype),
                    (Op::GlobalObject, _) => self.add_globals(),
                    (Op::ThrowError, Imm::Error(kind, _)) => self.add_object(match kind {
                        ErrorKind::Error => ObjectId::ErrorPrototype,
                        ErrorKind::TypeError => ObjectId::TypeErrorPrototype,
                        ErrorKind::RangeError => ObjectId::RangeErrorPrototype,
                        ErrorKind::ReferenceError => ObjectId::ReferenceErrorPrototype,
                        ErrorKind::SyntaxError => ObjectId::SyntaxErrorPrototype,
                    }),
                    _ => {}
                }
            }
        }
    }

    /// A program that takes hold of the global object reaches the globals whose names it has.
    fn add_globals(&mut self) {
        for global in GLOBALS {
            if self.all_members || self.names.contains(global.name.as_bytes()) {
                self.add_value(global.value);
            }
        }
    }

    /// Whether this member of a reachable object is in the image.
    pub(super) fn keeps(&self, object: ObjectId, property: &Property) -> bool {
        let row = &OBJECTS[object as usize];
        self.all_members
            || self.names.contains(property.key.as_bytes())
            // `new` and `instanceof` ask for a constructor's prototype without naming it.
            || property.key == "prototype"
            // Uncaught errors are printed with these.
            || (row.class == jerboa_abi::builtins::Class::Error && matches!(property.key, "name" | "message"))
    }

    fn add_object(&mut self, id: ObjectId) {
        if !self.objects.insert(id) {
            return;
        }
        if let Some(proto) = OBJECTS[id as usize].proto {
            self.add_object(proto);
        }
        for property in OBJECTS[id as usize].properties {
            if self.keeps(id, property) {
                self.add_value(property.value);
            }
        }
    }

    fn add_native(&mut self, id: NativeId) {
        if !self.natives.insert(id) {
            return;
        }
        if let Some(properties) = NATIVES[id as usize].properties {
            self.add_object(properties);
        }
    }

    fn add_value(&mut self, value: PropertyValue) {
        match value {
            PropertyValue::Native(id) => self.add_native(id),
            PropertyValue::Object(id) => self.add_object(id),
            PropertyValue::Accessor(getter, setter) => {
                for id in [getter, setter].into_iter().flatten() {
                    self.add_native(id);
                }
            }
            PropertyValue::Number(_) | PropertyValue::String(_) | PropertyValue::Undefined => {}
        }
    }

    fn close(&mut self) {
        for id in self.candidates.clone() {
            if OBJECTS[id as usize].properties.iter().any(|p| self.keeps(id, p)) {
                self.add_object(id);
            }
        }
    }
}
