//! Whether a program can have patterns that methods of strings must ask what to do: objects with a method under `Symbol.match` and
//! the like, or regular expressions whose `exec`, `flags` or `constructor` is the program's.
//!
//! Without, those methods know built-in expressions only, which is a third of the code and takes half of the time. So this
//! looks for a sign that an expression might be changed, and takes what it cannot follow for one.

use super::taint::Keys;
use jerboa_abi::builtins::{GLOBALS, INTRINSICS, NativeId, PropertyValue, builtin_value};
use jerboa_ir::passes::infer::Facts;
use jerboa_ir::{Block, Const, FuncId, Function, Imm, Inst, Module, Op, Terminator, Value, ValueDef};
use std::collections::HashSet;

/// Properties of expressions that are data, which an assignment changes.
const ASSIGNED: &[&[u8]] = &[b"exec", b"constructor"];

/// All properties that the protocol asks an expression for, but `lastIndex`, which stays one of its own.
const ASKED: &[&[u8]] = &[
    b"exec",
    b"constructor",
    b"flags",
    b"source",
    b"hasIndices",
    b"global",
    b"ignoreCase",
    b"multiline",
    b"dotAll",
    b"unicode",
    b"sticky",
];

/// Built-in functions and properties by which an object gets another prototype, or properties without an assignment; and by
/// which a program gets at the prototype that expressions have.
const RESHAPING: &[&[u8]] = &[
    b"setPrototypeOf",
    b"getPrototypeOf",
    b"__proto__",
    b"__defineGetter__",
    b"defineProperty",
    b"defineProperties",
    b"assign",
];

/// Whether a program may change what its regular expressions do.
pub(super) fn changes_expressions(module: &Module, facts: &Facts, keys: Keys) -> bool {
    let texts = texts(module);
    let mentions = |names: &[&[u8]]| names.iter().any(|name| texts.contains(name));
    let reshapes = mentions(RESHAPING) || uses_global(module, "Reflect");
    if reshapes && (keys == Keys::AnyString || mentions(ASKED)) {
        return true;
    }
    let derives = calls_super(module);
    module.functions.iter().enumerate().any(|(i, function)| {
        let id = FuncId(i as u32);
        let regexps = values_of(function, "RegExp");
        let symbols = values_of(function, "Symbol");
        function.blocks.iter().enumerate().any(|(b, block)| {
            let changes = |inst: &Inst| {
                let data = function.inst(*inst);
                match (data.op, &data.imm) {
                    (Op::SetProp, Imm::Str(name)) if ASSIGNED.contains(&module.string(*name)) => return true,
                    (Op::DeleteProp, Imm::Str(name)) if ASKED.contains(&module.string(*name)) => return true,
                    // A class may be derived from what an expression has as its constructor.
                    (Op::GetProp, Imm::Str(name)) if derives && module.string(*name) == b"constructor" => {
                        return true;
                    }
                    (Op::SetElem | Op::DeleteElem, _)
                        if !facts.kind_in(id, Block(b as u32), data.args[1]).is_number() =>
                    {
                        let stored = data.args.get(2);
                        let harmless = stored.is_some_and(|value| {
                            is_made_here(function, *value)
                                || facts.kind_in(id, Block(b as u32), *value).is_primitive()
                        });
                        // Those that mean something here are looked for elsewhere.
                        let is_symbol = is_member_of(function, data.args[1], &symbols);
                        if !harmless && !is_symbol && (keys == Keys::AnyString || mentions(ASSIGNED)) {
                            return true;
                        }
                    }
                    _ => {}
                }
                // The constructor may be called, and be asked whose instance something is.
                let skip = usize::from(matches!(data.op, Op::Call | Op::New));
                data.op != Op::InstanceOf && data.args.iter().skip(skip).any(|arg| regexps.contains(arg))
            };
            block.insts.iter().any(changes) || block.terminator.as_ref().is_some_and(|t| passes(t, &regexps))
        })
    })
}

/// The names by which the program gets properties of `Symbol`; `None` if it may use others.
pub(super) fn symbol_names(module: &Module) -> Option<HashSet<&[u8]>> {
    let mut names = HashSet::new();
    if module.open_world || uses_op(module, Op::GlobalObject) || texts(module).contains(&b"constructor"[..]) {
        return None;
    }
    for function in &module.functions {
        let symbols = values_of(function, "Symbol");
        for block in &function.blocks {
            for inst in &block.insts {
                let data = function.inst(*inst);
                let skip = match (data.op, &data.imm) {
                    (Op::GetProp | Op::CallMethod, Imm::Str(name)) if symbols.contains(&data.args[0]) => {
                        names.insert(module.string(*name));
                        1
                    }
                    // The constructor itself, and the `this` of its functions, which do not look at it.
                    (Op::Call, _) => 2,
                    _ => 0,
                };
                if data.args.iter().skip(skip).any(|arg| symbols.contains(arg)) {
                    return None;
                }
            }
            if block.terminator.as_ref().is_some_and(|t| passes(t, &symbols)) {
                return None;
            }
        }
    }
    Some(names)
}

/// All strings of a module's instructions: names of properties and constants.
fn texts(module: &Module) -> HashSet<&[u8]> {
    let mut texts = HashSet::new();
    for inst in module.functions.iter().flat_map(|f| &f.insts) {
        match &inst.imm {
            Imm::Str(text) | Imm::Const(Const::Str(text)) => {
                texts.insert(module.string(*text));
            }
            Imm::Keys(keys) => texts.extend(keys.iter().map(|key| module.string(*key))),
            _ => {}
        }
    }
    texts
}

/// The values of a function that are the built-in with a name.
fn values_of(function: &Function, name: &str) -> HashSet<Value> {
    let is_it = |number: u16| GLOBALS.get(usize::from(number)).is_some_and(|global| global.name == name);
    function
        .insts
        .iter()
        .filter(|inst| matches!(inst.imm, Imm::Builtin(number) if is_it(number)))
        .filter_map(|inst| inst.result)
        .collect()
}

fn uses_global(module: &Module, name: &str) -> bool {
    module.functions.iter().any(|function| !values_of(function, name).is_empty())
}

fn uses_op(module: &Module, op: Op) -> bool {
    module.functions.iter().flat_map(|f| &f.insts).any(|inst| inst.op == op)
}

/// Whether there are constructors of derived classes.
fn calls_super(module: &Module) -> bool {
    let is_super = |number: u16| {
        matches!(
            builtin_value(number),
            Some(PropertyValue::Native(id)) if INTRINSICS.contains(&id)
                && matches!(id, NativeId::SuperCall | NativeId::SuperCallArray)
        )
    };
    module.functions.iter().flat_map(|f| &f.insts).any(|inst| match inst.imm {
        Imm::Builtin(number) => is_super(number),
        _ => false,
    })
}

/// Whether a value is an array or an object made by the function, which nobody can call.
fn is_made_here(function: &Function, value: Value) -> bool {
    match function.values[value.index()].def {
        ValueDef::Result(inst) => matches!(function.inst(inst).op, Op::NewArray | Op::NewObject),
        ValueDef::Param(..) => false,
    }
}

/// Whether a value is a property of one of some others.
fn is_member_of(function: &Function, value: Value, owners: &HashSet<Value>) -> bool {
    match function.values[value.index()].def {
        ValueDef::Result(inst) => {
            function.inst(inst).op == Op::GetProp && owners.contains(&function.inst(inst).args[0])
        }
        ValueDef::Param(..) => false,
    }
}

/// Whether one of some values is returned, thrown or passed to another block.
fn passes(terminator: &Terminator, values: &HashSet<Value>) -> bool {
    terminator.operand().is_some_and(|value| values.contains(&value))
        || terminator.successors().any(|call| call.args.iter().any(|arg| values.contains(arg)))
}
