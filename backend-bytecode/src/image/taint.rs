//! Whether a program may use a string as a property key that it has made at run time.
//!
//! Built-in members are kept by the names that occur in a program (see [`super::reach`]). A computed key whose string does
//! not occur there must have been made: by concatenation or by a built-in function. The analysis follows made
//! strings through SSA values; everything that is stored, passed or returned is one cell, the *heap*. It errs on
//! the safe side only.
use jerboa_abi::builtins::{NATIVES, NativeId, OBJECTS, intrinsic_number};
use jerboa_ir::{Const, Function, Imm, InstData, Module, Op, Terminator, Type, Value, ValueDef};
use std::collections::HashSet;

/// What computed keys may be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Keys {
    /// Numbers, or there are none.
    None,
    /// Strings that occur in the program.
    Known,
    /// Any string.
    AnyString,
}

/// What is known of a value, from below.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Taint {
    /// A number, or another value that is no string.
    NoString,
    /// Not a made string.
    Clean,
    /// What the heap holds.
    Heap,
    /// May be a string made at run time.
    Made,
}

/// Built-in functions whose result is no made string and which make none that the program can get hold of.
const HARMLESS: &[&str] = &[
    "push",
    "unshift",
    "pop",
    "shift",
    "indexOf",
    "lastIndexOf",
    "charCodeAt",
    "codePointAt",
    "log",
    "error",
    "print",
    "parseInt",
    "parseFloat",
    "isArray",
    "forEach",
    "every",
    "some",
    "sort",
    "reverse",
    "fill",
    "includes",
    "test",
    "floor",
    "ceil",
    "round",
    "trunc",
    "sqrt",
    "abs",
    "sin",
    "cos",
    "tan",
    "atan",
    "atan2",
    "asin",
    "acos",
    "exp",
    "pow",
    "min",
    "max",
    "random",
    "imul",
    "clz32",
    "fround",
    "sign",
    "hypot",
    "cbrt",
    "log2",
    "log10",
    "log1p",
    "expm1",
    "sinh",
    "cosh",
    "tanh",
    "now",
    "freeze",
    "seal",
    "preventExtensions",
    "isFrozen",
    "isSealed",
    "isExtensible",
    "hasOwnProperty",
    "isPrototypeOf",
    "propertyIsEnumerable",
    "isNaN",
    "isFinite",
    "isInteger",
    "is",
    "create",
    "getPrototypeOf",
    "setPrototypeOf",
    "startsWith",
    "endsWith",
    "slice",
    "concat",
    "map",
    "filter",
    "reduce",
    "reduceRight",
    "find",
    "findIndex",
    "splice",
    "call",
    "apply",
    "bind",
    "with",
    "toReversed",
    "toSorted",
    "toSpliced",
    "isWellFormed",
    "Map",
    "Set",
    "WeakMap",
    "WeakSet",
    "get",
    "set",
    "has",
    "add",
    "delete",
    "clear",
    "size",
    "search",
    "test",
    "global",
    "sticky",
    "__proto__",
    "set __proto__",
    "next",
    "return",
    "throw",
    "then",
    "catch",
    "finally",
    "resolve",
    "reject",
    "all",
    "allSettled",
    "any",
    "race",
    "withResolvers",
    "Promise",
    "queueMicrotask",
    "setTimeout",
    "setInterval",
    "clearTimeout",
    "",
];

/// Of these, the ones that make strings when applied to strings.
const SLICING: &[&str] = &["slice", "concat"];

struct Analysis<'m> {
    module: &'m Module,
    /// Names of the built-in functions that may make strings.
    makers: HashSet<&'static str>,
    /// Keys under which the program stores values of its own.
    own_keys: HashSet<&'m [u8]>,
    heap_made: bool,
    /// A string of the program and the text of a number, boolean, null or undefined may together be a member's name.
    numbers_make_names: bool,
}

/// What the computed keys of a program may be.
pub(super) fn unknown_keys(module: &Module) -> Keys {
    let harmless: HashSet<&str> = HARMLESS.iter().filter(|n| !SLICING.contains(n)).copied().collect();
    let mut analysis = Analysis {
        module,
        makers: NATIVES
            .iter()
            .map(|n| n.name.strip_prefix("get ").unwrap_or(n.name))
            .filter(|n| !harmless.contains(n))
            .collect(),
        own_keys: HashSet::new(),
        heap_made: false,
        numbers_make_names: numbers_make_names(module),
    };
    let taints: Vec<Vec<Taint>> = module.functions.iter().map(|f| analysis.taints(f)).collect();
    analysis.collect_own_keys(&taints);
    for (function, taints) in module.functions.iter().zip(&taints) {
        analysis.flow_to_heap(function, taints);
    }
    let mut keys = Keys::None;
    for (function, taints) in module.functions.iter().zip(&taints) {
        for inst in reachable(function) {
            let Some(key) = key_operand(function, inst) else { continue };
            match taints[key.index()] {
                Taint::NoString => {}
                Taint::Clean => keys = if keys == Keys::None { Keys::Known } else { keys },
                Taint::Heap if !analysis.heap_made => {
                    keys = if keys == Keys::None { Keys::Known } else { keys }
                }
                Taint::Heap | Taint::Made => return Keys::AnyString,
            }
        }
    }
    keys
}

/// Whether a string constant is all of a built-in member's name but for what the text of a value that is no string may be:
/// `"log" + 10`, `"is" + NaN`.
fn numbers_make_names(module: &Module) -> bool {
    let texts = ["NaN", "Infinity", "undefined", "null", "true", "false"];
    let is_text = |rest: &[u8]| {
        let number = rest.iter().any(u8::is_ascii_digit)
            && rest.iter().all(|b| matches!(b, b'0'..=b'9' | b'.' | b'e' | b'+' | b'-'));
        number || texts.iter().any(|t| t.as_bytes() == rest)
    };
    let constants: HashSet<&[u8]> = module
        .functions
        .iter()
        .flat_map(reachable)
        .filter_map(
            |inst| if let Imm::Const(Const::Str(s)) = inst.imm { Some(module.string(s)) } else { None },
        )
        .collect();
    OBJECTS.iter().flat_map(|object| object.properties).any(|property| {
        let name = property.key.as_bytes();
        // What is added may itself have been put together, so the constant may be any part of the rest.
        (0..=name.len()).any(|at| {
            let (head, tail) = name.split_at(at);
            (is_text(tail) && constants.iter().any(|c| !c.is_empty() && head.ends_with(c)))
                || (is_text(head) && constants.iter().any(|c| !c.is_empty() && tail.starts_with(c)))
        })
    })
}

fn reachable(function: &Function) -> impl Iterator<Item = &InstData> {
    function.live_insts().map(|(_, inst)| inst)
}

fn key_operand(function: &Function, inst: &InstData) -> Option<Value> {
    match inst.op {
        Op::Call => match super::reach::uses::intrinsic(function, inst.args[0]) {
            Some(NativeId::SuperGet | NativeId::SuperSet) => inst.args.get(3).copied(),
            _ => None,
        },
        Op::GetElem | Op::SetElem | Op::CallElem | Op::DeleteElem => Some(inst.args[1]),
        Op::In => Some(inst.args[0]),
        _ => None,
    }
}

impl<'m> Analysis<'m> {
    fn collect_own_keys(&mut self, taints: &[Vec<Taint>]) {
        let module = self.module;
        let mut computed = false;
        for (function, taints) in module.functions.iter().zip(taints) {
            for inst in reachable(function) {
                match (inst.op, &inst.imm) {
                    (Op::SetProp, Imm::Str(s)) => {
                        self.own_keys.insert(module.string(*s));
                    }
                    (_, Imm::Keys(keys)) => self.own_keys.extend(keys.iter().map(|k| module.string(*k))),
                    (Op::SetElem | Op::DefineField | Op::DefineGetter | Op::DefineSetter, _) => {
                        computed |= taints[inst.args[1].index()] != Taint::NoString;
                    }
                    // Classes get their members by calls of intrinsic functions.
                    (Op::Builtin, Imm::Builtin(number)) => {
                        computed |= usize::from(*number) >= jerboa_abi::builtins::GLOBALS.len()
                            && *number != intrinsic_number(NativeId::ConsoleLogParts);
                    }
                    _ => {}
                }
            }
        }
        if computed {
            // A computed key is a string that the program has as a value; if it is a made one, every member is kept anyway.
            for inst in module.functions.iter().flat_map(reachable) {
                if let Imm::Const(Const::Str(s)) = inst.imm {
                    self.own_keys.insert(module.string(s));
                }
            }
        }
    }

    /// Whether a call of this method may be a call of a function of the program, or of a built-in that keeps or returns its
    /// arguments.
    fn passes_on(&self, name: &[u8]) -> bool {
        self.own_keys.contains(name) || !matches!(name, b"log" | b"error" | b"charCodeAt" | b"indexOf")
    }

    /// The operands of a call that may get to the program again.
    fn passed<'i>(&self, function: &Function, call: &'i InstData) -> &'i [Value] {
        if super::reach::uses::intrinsic(function, call.args[0]) == Some(NativeId::ConsoleLogParts) {
            return &[];
        }
        if let ValueDef::Result(callee) = function.values[call.args[0].index()].def
            && let callee = function.inst(callee)
            && let (Op::GetProp, Imm::Str(name)) = (callee.op, &callee.imm)
            && !self.passes_on(self.module.string(*name))
        {
            return &[];
        }
        &call.args
    }

    /// The fixed point over a function's values, from the bottom.
    fn taints(&self, function: &Function) -> Vec<Taint> {
        let mut taints = vec![Taint::NoString; function.values.len()];
        for param in &function.blocks[0].params {
            if function.ty(*param) == Type::Val {
                taints[param.index()] = Taint::Heap;
            }
        }
        loop {
            let mut changed = false;
            let mut raise = |taints: &mut Vec<Taint>, value: Value, taint: Taint| {
                if taint > taints[value.index()] {
                    taints[value.index()] = taint;
                    changed = true;
                }
            };
            for block in &function.blocks {
                for inst in block.insts.iter().map(|i| function.inst(*i)) {
                    if let Some(result) = inst.result
                        && function.ty(result) == Type::Val
                    {
                        let taint = self.result(inst, &taints);
                        raise(&mut taints, result, taint);
                    }
                }
                for call in block.terminator.iter().flat_map(Terminator::successors) {
                    for (param, arg) in function.block(call.block).params.iter().zip(&call.args) {
                        let taint = taints[arg.index()];
                        raise(&mut taints, *param, taint);
                    }
                }
            }
            if !changed {
                return taints;
            }
        }
    }

    fn result(&self, inst: &InstData, taints: &[Taint]) -> Taint {
        let arg = |i: usize| inst.args.get(i).map_or(Taint::NoString, |a| taints[a.index()]);
        match inst.op {
            Op::Const => match inst.imm {
                Imm::Const(Const::Str(_)) => Taint::Clean,
                _ => Taint::NoString,
            },
            // With no string and no object among the operands, a sum is a number.
            Op::Add if arg(0) == Taint::NoString && arg(1) == Taint::NoString => Taint::NoString,
            // A string and a number make a name only of certain strings.
            Op::Add if !self.numbers_make_names && arg(0).min(arg(1)) == Taint::NoString => {
                arg(0).max(arg(1))
            }
            Op::Add | Op::Concat => Taint::Made,
            Op::ToStr | Op::ToKey => arg(0).max(Taint::Clean),
            Op::Sub
            | Op::Mul
            | Op::Div
            | Op::Rem
            | Op::Exp
            | Op::BitAnd
            | Op::BitOr
            | Op::BitXor
            | Op::Shl
            | Op::Sar
            | Op::Shr
            | Op::Neg
            | Op::BitNot
            | Op::Inc
            | Op::Dec
            | Op::NumAdd
            | Op::NumSub
            | Op::NumMul
            | Op::ToNumeric
            | Op::BoxI32
            | Op::BoxU32
            | Op::BoxF64
            | Op::BoxBool => Taint::NoString,
            Op::TypeOf => Taint::Clean,
            // As operands of `+` these become strings that are no member's name ("[object Object]"), but they may be
            // arrays or have a `toString` of the program.
            Op::NewObject | Op::NewArray | Op::Closure => Taint::Clean,
            Op::CallMethod => match &inst.imm {
                Imm::Str(s) if self.makes_strings(self.module.string(*s)) => Taint::Made,
                _ => Taint::Heap,
            },
            _ => Taint::Heap,
        }
    }

    fn makes_strings(&self, name: &[u8]) -> bool {
        std::str::from_utf8(name).is_ok_and(|n| self.makers.contains(n))
    }

    /// Whether a made string can get out of the values of this function.
    fn flow_to_heap(&mut self, function: &Function, taints: &[Taint]) {
        let made = |value: &Value| taints[value.index()] == Taint::Made;
        for inst in reachable(function) {
            let escaping = match inst.op {
                Op::SetProp | Op::StoreCell | Op::StoreCapture | Op::ArrayPush | Op::ArrayAppend => {
                    &inst.args[1..]
                }
                Op::SetElemI => &inst.args[2..],
                Op::SetElem | Op::DefineField => &inst.args[1..],
                Op::NewObject
                | Op::NewArray
                | Op::Closure
                | Op::NewCell
                | Op::StoreGlobal
                | Op::CallDirect
                | Op::CallElem
                | Op::CallArray
                | Op::New
                | Op::NewArrayArgs
                | Op::IterStart => &inst.args[..],
                Op::Call => self.passed(function, inst),
                Op::CallMethod => match &inst.imm {
                    Imm::Str(s) => {
                        let name = self.module.string(*s);
                        if self.makes_strings(name) {
                            self.heap_made = true;
                        }
                        if self.passes_on(name) { &inst.args[..] } else { &[] }
                    }
                    _ => &inst.args[..],
                },
                // A built-in that is taken out of its object to be called elsewhere.
                Op::GetProp => {
                    if let Imm::Str(s) = &inst.imm
                        && self.makes_strings(self.module.string(*s))
                    {
                        self.heap_made = true;
                    }
                    &[]
                }
                // Calls of built-ins as plain functions are not told apart from others.
                Op::Builtin => {
                    if let Imm::Builtin(number) = inst.imm
                        && let Some(global) = jerboa_abi::builtins::GLOBALS.get(number as usize)
                        && matches!(global.value, jerboa_abi::builtins::PropertyValue::Native(_))
                        && self.makers.contains(global.name)
                        && used_as_value(function, inst)
                    {
                        self.heap_made = true;
                    }
                    &[]
                }
                _ => &[],
            };
            if escaping.iter().any(made) {
                self.heap_made = true;
            }
        }
        for block in &function.blocks {
            if let Some(Terminator::Return(value) | Terminator::Throw { value, .. }) = &block.terminator
                && made(value)
            {
                self.heap_made = true;
            }
        }
    }
}

/// Whether a built-in function is used otherwise than to get a property of it or as the constructor of an error.
fn used_as_value(function: &Function, builtin: &InstData) -> bool {
    let Some(result) = builtin.result else { return false };
    debug_assert!(matches!(function.values[result.index()].def, ValueDef::Result(_)));
    let used = reachable(function).any(|inst| {
        inst.args.contains(&result)
            && !matches!(inst.op, Op::GetProp | Op::CallMethod | Op::InstanceOf | Op::New)
    });
    used || function
        .blocks
        .iter()
        .filter_map(|b| b.terminator.as_ref())
        .any(|t| t.operand() == Some(result) || t.successors().any(|call| call.args.contains(&result)))
}
