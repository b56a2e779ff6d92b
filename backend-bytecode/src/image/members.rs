//! Members of built-in objects that nothing in the program can replace.
//!
//! `console.log(x)` needs no look-up if the program never writes a property `log`: the function is known when the image is
//! built. The look-ups that are resolved here need neither the key nor the object in the image, and if all are, no code that looks up
//! properties. For the functions of namespaces, which do not look at `this`, not even the value of `console` is kept.
use super::taint::{self, Keys};
use jerboa_abi::builtins::{GLOBALS, NATIVES, NativeId, OBJECTS, ObjectId, PropertyValue};
use jerboa_ir::passes::infer::Facts;
use jerboa_ir::{Block, Const, FuncId, Function, Imm, Inst, Module, Op, Value, ValueDef};
use std::collections::{HashMap, HashSet};

/// Names of built-in functions that write properties whose names the compiler does not see.
const WRITERS: &[&[u8]] = &[b"assign", b"defineProperty", b"defineProperties"];

/// Objects whose functions do not look at `this`.
const NAMESPACES: &[ObjectId] = &[ObjectId::Console, ObjectId::Json, ObjectId::Math];

/// What is known of the built-ins that a program names.
#[derive(Clone, Debug, Default)]
pub struct Members {
    /// `get_prop` instructions that always find this function.
    functions: HashMap<(FuncId, Inst), NativeId>,
    /// `builtin` instructions whose value nobody looks at.
    unused: HashSet<(FuncId, Inst)>,
}

impl Members {
    /// Looks through a module.
    pub(super) fn of(module: &Module) -> Members {
        let mut members = Members::default();
        let Some(written) = written(module) else { return members };
        for (i, function) in module.functions.iter().enumerate() {
            let id = FuncId(i as u32);
            let builtins = builtins(function);
            for (inst, data) in function.live_insts() {
                let (Op::GetProp, Imm::Str(name)) = (data.op, &data.imm) else { continue };
                let name = module.string(*name);
                if let Some((_, owner)) = builtins.iter().find(|(value, _)| *value == data.args[0])
                    && !written.contains(name)
                    && let Some(native) = member(*owner, name)
                {
                    members.functions.insert((id, inst), native);
                }
            }
            for (value, owner) in builtins {
                if let ValueDef::Result(inst) = function.values[value.index()].def
                    && members.is_unused(id, function, value, owner)
                {
                    members.unused.insert((id, inst));
                }
            }
        }
        members
    }

    /// The function that a `get_prop` always finds.
    pub fn function(&self, function: FuncId, inst: Inst) -> Option<NativeId> {
        self.functions.get(&(function, inst)).copied()
    }

    /// Whether nobody looks at the value of a `builtin`, so that it may be anything.
    pub fn is_unused_builtin(&self, function: FuncId, inst: Inst) -> bool {
        self.unused.contains(&(function, inst))
    }

    /// Whether an instruction needs nothing from the image that its operands name.
    pub(super) fn settles(&self, function: FuncId, inst: Inst) -> bool {
        self.functions.contains_key(&(function, inst)) || self.unused.contains(&(function, inst))
    }

    /// The built-in function that a value is.
    pub(super) fn of_value(&self, function: &Function, id: FuncId, value: Value) -> Option<NativeId> {
        match function.values[value.index()].def {
            ValueDef::Result(inst) => self.function(id, inst),
            ValueDef::Param(..) => None,
        }
    }

    /// Whether the function that a `get_prop` finds is called, and nothing else is done with it.
    pub(super) fn is_only_called(&self, module: &Module, id: FuncId, inst: Inst) -> bool {
        let function = module.function(id);
        let Some(value) = function.inst(inst).result else { return true };
        function.live_insts().all(|(_, data)| {
            let skip = usize::from(data.op == Op::Call && data.args[0] == value);
            !data.args[skip..].contains(&value)
        }) && !leaves(function, value)
    }

    /// The functions that were found.
    pub(super) fn natives(&self) -> impl Iterator<Item = NativeId> {
        self.functions.values().copied()
    }

    /// Whether one of them is not only called as a method of its owner, so that its `this` may be anything.
    pub(super) fn is_taken(&self, module: &Module, native: NativeId) -> bool {
        self.functions
            .iter()
            .any(|(place, found)| *found == native && !self.is_only_called(module, place.0, place.1))
    }

    /// Whether a built-in is used only to get known functions of it and as their `this`.
    fn is_unused(&self, id: FuncId, function: &Function, value: Value, owner: Owner) -> bool {
        let is_known = |value: Value| match function.values[value.index()].def {
            ValueDef::Result(inst) => self.functions.contains_key(&(id, inst)),
            ValueDef::Param(..) => false,
        };
        let in_insts = function.live_insts().all(|(inst, data)| {
            let ignored = match data.op {
                Op::GetProp => usize::from(self.functions.contains_key(&(id, inst))),
                Op::Call if data.args[1] == value && owner.is_namespace() && is_known(data.args[0]) => {
                    return data.args[0] != value && !data.args[2..].contains(&value);
                }
                _ => 0,
            };
            !data.args[ignored.min(data.args.len())..].contains(&value)
        });
        in_insts && !leaves(function, value)
    }
}

/// What has members.
#[derive(Clone, Copy)]
enum Owner {
    Object(ObjectId),
    Function(NativeId),
}

impl Owner {
    fn is_namespace(self) -> bool {
        matches!(self, Owner::Object(id) if NAMESPACES.contains(&id))
    }
}

/// The function that is the own property of a built-in, as it stands at start.
fn member(owner: Owner, name: &[u8]) -> Option<NativeId> {
    let object = match owner {
        Owner::Object(id) => id,
        Owner::Function(id) => NATIVES[id as usize].properties?,
    };
    let property = OBJECTS[object as usize].properties.iter().find(|p| p.key.as_bytes() == name)?;
    match property.value {
        PropertyValue::Native(native) => Some(native),
        _ => None,
    }
}

/// Whether a value is returned, thrown or passed to another block.
fn leaves(function: &Function, value: Value) -> bool {
    function
        .blocks
        .iter()
        .filter_map(|b| b.terminator.as_ref())
        .any(|t| t.operand() == Some(value) || t.successors().any(|call| call.args.contains(&value)))
}

/// The values of a function that are built-ins with members.
fn builtins(function: &Function) -> Vec<(Value, Owner)> {
    function
        .live_insts()
        .filter_map(|(_, data)| {
            let Imm::Builtin(number) = data.imm else { return None };
            let owner = match GLOBALS.get(usize::from(number))?.value {
                PropertyValue::Object(id) => Owner::Object(id),
                PropertyValue::Native(id) => Owner::Function(id),
                _ => return None,
            };
            Some((data.result?, owner))
        })
        .collect()
}

/// The names of the properties that the program may write or delete; `None` if that may be any.
fn written(module: &Module) -> Option<HashSet<&[u8]>> {
    if module.open_world {
        return None;
    }
    let mut names = HashSet::new();
    // A function that writes any property is got by its name, or by a key that is made at run time.
    if taint::unknown_keys(module) == Keys::AnyString {
        return None;
    }
    let facts = Facts::compute(module);
    for (i, function) in module.functions.iter().enumerate() {
        for (b, block) in function.blocks.iter().enumerate() {
            for inst in &block.insts {
                let data = function.inst(*inst);
                match (data.op, &data.imm) {
                    (Op::SetProp | Op::DeleteProp, Imm::Str(name)) => {
                        names.insert(module.string(*name));
                    }
                    (Op::SetElem | Op::DeleteElem, _) => {
                        let key = facts.kind_in(FuncId(i as u32), Block(b as u32), data.args[1]);
                        if !key.is_number() {
                            return None;
                        }
                    }
                    (_, Imm::Str(name) | Imm::Const(Const::Str(name)))
                        if WRITERS.contains(&module.string(*name)) =>
                    {
                        return None;
                    }
                    (_, Imm::Builtin(number))
                        if GLOBALS.get(usize::from(*number)).is_some_and(|g| g.name == "Reflect") =>
                    {
                        return None;
                    }
                    _ => {}
                }
            }
        }
    }
    Some(names)
}
