//! What a program does with values, as far as it decides which built-ins it can reach.
use super::companions::CONSOLE;
use super::*;

/// Whether every function called `log`, `error` and so on gets only primitives, and is got only to be called.
pub(super) fn logs_primitives(module: &Module, facts: &Facts) -> bool {
    let is_console =
        |name: &[u8]| CONSOLE.iter().any(|(id, _)| NATIVES[*id as usize].name.as_bytes() == name);
    for (i, function) in module.functions.iter().enumerate() {
        let id = FuncId(i as u32);
        if !facts.reached[i] {
            continue;
        }
        let got = |value: &Value| match function.values[value.index()].def {
            ValueDef::Result(inst) => match (function.inst(inst).op, &function.inst(inst).imm) {
                (Op::GetProp, Imm::Str(name)) => is_console(module.string(*name)),
                _ => false,
            },
            ValueDef::Param(..) => false,
        };
        for (b, block) in function.blocks.iter().enumerate() {
            let primitive = |value: &Value| {
                function.ty(*value) != Type::Val || facts.kind_in(id, Block(b as u32), *value).is_primitive()
            };
            for inst in &block.insts {
                let inst = function.inst(*inst);
                let (callee, rest) = match (inst.op, &inst.imm) {
                    (Op::CallMethod, Imm::Str(name)) if is_console(module.string(*name)) => {
                        (&inst.args[..0], &inst.args[1..])
                    }
                    (Op::Call, _) if got(&inst.args[0]) => (&inst.args[..1], &inst.args[2..]),
                    _ => (&inst.args[..0], &inst.args[..0]),
                };
                // A first string may hold `%s` and the like, which only the formatter knows.
                let formats = rest.len() > 1 && !is_plain(module, facts, (id, Block(b as u32)), rest[0]);
                if formats || !rest.iter().all(primitive) || inst.args[callee.len()..].iter().any(got) {
                    return false;
                }
            }
            let terminator = block.terminator.iter();
            let passed = terminator.flat_map(|t| {
                t.operand().into_iter().chain(t.successors().flat_map(|c| c.args.iter().copied()))
            });
            if passed.into_iter().any(|v| got(&v)) {
                return false;
            }
        }
    }
    true
}

/// Whether a value is no string, or one that is known and has no `%`.
fn is_plain(module: &Module, facts: &Facts, (id, block): (FuncId, Block), value: Value) -> bool {
    let function = module.function(id);
    if function.ty(value) != Type::Val || facts.kind_in(id, block, value).is_number() {
        return true;
    }
    let ValueDef::Result(inst) = function.values[value.index()].def else { return false };
    match (function.inst(inst).op, &function.inst(inst).imm) {
        (Op::Const, Imm::Const(Const::Str(text))) => !module.string(*text).contains(&b'%'),
        (Op::Const, _) | (Op::BoxBool | Op::BoxI32 | Op::BoxU32 | Op::BoxF64, _) => true,
        _ => false,
    }
}

/// Whether a handler does more with what it caught than to throw it again.
pub(super) fn catches(module: &Module) -> bool {
    module.functions.iter().any(|function| {
        let insts = || function.blocks.iter().flat_map(|b| &b.insts).map(|i| function.inst(*i));
        let caught: HashSet<Value> = insts().filter(|i| i.op == Op::Catch).filter_map(|i| i.result).collect();
        let passed = |t: &Terminator| match t {
            Terminator::Throw { handler, .. } => {
                handler.iter().any(|call| call.args.iter().any(|arg| caught.contains(arg)))
            }
            t => {
                t.operand().is_some_and(|value| caught.contains(&value))
                    || t.successors().any(|call| call.args.iter().any(|arg| caught.contains(arg)))
            }
        };
        !caught.is_empty()
            && (insts().any(|i| i.args.iter().any(|arg| caught.contains(arg)))
                || function.blocks.iter().filter_map(|b| b.terminator.as_ref()).any(passed))
    })
}

/// Whether the methods [`COMPILING`] are only ever called with the value of a literal as first argument.
pub(super) fn matches_literals(module: &Module) -> bool {
    let is_method = |name: &[u8]| COMPILING.iter().any(|id| NATIVES[*id as usize].name.as_bytes() == name);
    module.functions.iter().all(|function| {
        let defined = |value: &Value| match function.values[value.index()].def {
            ValueDef::Result(inst) => Some(function.inst(inst)),
            ValueDef::Param(..) => None,
        };
        let is_literal = |value: &Value| {
            let callee =
                defined(value).filter(|call| call.op == Op::Call).and_then(|call| defined(&call.args[0]));
            callee.is_some_and(|builtin| match (builtin.op, &builtin.imm) {
                (Op::Builtin, Imm::Builtin(number)) => *number == intrinsic_number(NativeId::RegExpLiteral),
                _ => false,
            })
        };
        function.insts.iter().all(|inst| match (inst.op, &inst.imm) {
            (Op::CallMethod, Imm::Str(name)) if is_method(module.string(*name)) => {
                inst.args.get(1).is_some_and(is_literal)
            }
            (_, Imm::Str(name)) => !is_method(module.string(*name)),
            _ => true,
        })
    })
}

/// Natives that do not convert the objects that they are given to strings or numbers.
const TAKES_OBJECTS_AS_THEY_ARE: &[NativeId] = &[
    NativeId::ConsoleLog,
    NativeId::ConsoleError,
    NativeId::ConsoleWarn,
    NativeId::ConsoleInfo,
    NativeId::ConsoleDebug,
    NativeId::ArrayPush,
    NativeId::ArrayUnshift,
    NativeId::ArrayIsArray,
    NativeId::ArrayForEach,
    NativeId::ArrayMap,
    NativeId::ArrayFilter,
    NativeId::ArrayReduce,
    NativeId::ArrayEvery,
    NativeId::ArraySome,
    NativeId::ArrayFind,
    NativeId::ArrayFindIndex,
    NativeId::ArrayConcat,
    NativeId::ObjectKeys,
    NativeId::ObjectValues,
    NativeId::ObjectEntries,
    NativeId::ObjectAssign,
    NativeId::ObjectFreeze,
    NativeId::ObjectCreate,
    NativeId::ObjectGetPrototypeOf,
    NativeId::JsonStringify,
    NativeId::MapGet,
    NativeId::MapSet,
    NativeId::MapHas,
    NativeId::MapDelete,
    NativeId::MapForEach,
    NativeId::SetAdd,
    NativeId::SetHas,
    NativeId::SetDelete,
    NativeId::SetForEach,
    NativeId::WeakMapGet,
    NativeId::WeakMapSet,
    NativeId::WeakMapHas,
    NativeId::WeakMapDelete,
    NativeId::WeakSetAdd,
    NativeId::WeakSetHas,
    NativeId::WeakSetDelete,
    NativeId::Map,
    NativeId::Set,
    NativeId::WeakMap,
    NativeId::WeakSet,
    NativeId::CopyProperties,
    NativeId::TemplateObject,
    NativeId::DefineMethod,
    NativeId::SetFunctionName,
    NativeId::ClassPrototype,
    NativeId::SuperGet,
    NativeId::SuperSet,
    NativeId::RequireObject,
    NativeId::DefineOwnField,
    NativeId::PrivateName,
    NativeId::PrivateGet,
    NativeId::PrivateSet,
    NativeId::PrivateAdd,
    NativeId::PrivateHas,
    NativeId::PrivateMethods,
    NativeId::GeneratorStart,
    NativeId::GeneratorDelegate,
    NativeId::AsyncStart,
    NativeId::RunJobs,
    NativeId::AsyncGeneratorStart,
    NativeId::AsyncIterateStart,
    NativeId::AsyncIterateStep,
    NativeId::AsyncIterateClose,
    NativeId::AsyncIterateCheck,
    NativeId::Promise,
    NativeId::PromiseThen,
    NativeId::PromiseCatch,
    NativeId::PromiseFinally,
    NativeId::PromiseResolveValue,
    NativeId::PromiseRejectValue,
    NativeId::PromiseAll,
    NativeId::PromiseAllSettled,
    NativeId::PromiseAny,
    NativeId::PromiseRace,
    NativeId::QueueMicrotask,
];

/// Whether the program may convert an object to a primitive by the methods that objects inherit: by an operator, or by handing
/// one to a built-in function.
pub(super) fn converts_objects(module: &Module, facts: &Facts) -> bool {
    for (i, function) in module.functions.iter().enumerate() {
        let id = FuncId(i as u32);
        if !facts.reached[i] {
            continue;
        }
        for (b, block) in function.blocks.iter().enumerate() {
            for inst in &block.insts {
                let inst = function.inst(*inst);
                let is_object = |value: &Value| {
                    function.ty(*value) == Type::Val
                        && !facts.kind_in(id, Block(b as u32), *value).is_primitive()
                };
                let converted = match inst.op {
                    // Objects and constructors as operands are what these are for.
                    Op::InstanceOf => false,
                    Op::In => is_object(&inst.args[0]),
                    Op::GetElem
                    | Op::DeleteElem
                    | Op::SetElem
                    | Op::DefineField
                    | Op::DefineGetter
                    | Op::DefineSetter => is_object(&inst.args[1]),
                    Op::CallElem => is_object(&inst.args[0]) && is_object(&inst.args[1]),
                    Op::Add
                    | Op::Sub
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
                    | Op::Lt
                    | Op::Le
                    | Op::Gt
                    | Op::Ge
                    | Op::LooseEq
                    | Op::ToNumeric
                    | Op::ToF64
                    | Op::ToI32
                    | Op::ToStr
                    | Op::ToKey
                    | Op::Concat => inst.args.iter().any(is_object),
                    Op::Call if facts.is_function(id, Block(b as u32), inst.args[0]) => false,
                    Op::Call if intrinsic(function, inst.args[0]).is_some() => {
                        let as_they_are = intrinsic(function, inst.args[0])
                            .is_some_and(|id| TAKES_OBJECTS_AS_THEY_ARE.contains(&id));
                        !as_they_are && inst.args.iter().skip(2).any(is_object)
                    }
                    Op::Call | Op::CallMethod | Op::New => {
                        let name = match &inst.imm {
                            Imm::Str(name) => Some(module.string(*name)),
                            _ => callee_name(module, function, inst.args[0]),
                        };
                        let skip = if inst.op == Op::Call { 2 } else { 1 };
                        !takes_objects(name) && inst.args.iter().skip(skip).any(is_object)
                    }
                    Op::CallArray | Op::NewArrayArgs => true,
                    _ => false,
                };
                if converted {
                    return true;
                }
            }
        }
    }
    false
}

/// The intrinsic function that a callee is.
pub(in crate::image) fn intrinsic(function: &Function, callee: Value) -> Option<NativeId> {
    let ValueDef::Result(inst) = function.values[callee.index()].def else { return None };
    let Imm::Builtin(number) = function.inst(inst).imm else { return None };
    match builtin_value(number)? {
        PropertyValue::Native(id) => INTRINSICS.contains(&id).then_some(id),
        _ => None,
    }
}

/// The property name that a callee was got by.
fn callee_name<'m>(module: &'m Module, function: &Function, callee: Value) -> Option<&'m [u8]> {
    let ValueDef::Result(inst) = function.values[callee.index()].def else { return None };
    match (function.inst(inst).op, &function.inst(inst).imm) {
        (Op::GetProp, Imm::Str(name)) => Some(module.string(*name)),
        _ => None,
    }
}

/// Whether every built-in function of this name takes objects as they are; a function of the program's own converts nothing
/// that its body does not show.
fn takes_objects(name: Option<&[u8]>) -> bool {
    let Some(name) = name else { return false };
    NativeId::ALL
        .iter()
        .filter(|id| NATIVES[**id as usize].name.as_bytes() == name)
        .all(|id| TAKES_OBJECTS_AS_THEY_ARE.contains(id))
}
