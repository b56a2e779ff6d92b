//! Which features of the runtime a program brings about by itself, see [`jerboa_abi::feature`].
//!
//! Each is taken to be present unless every op of the program is known not to bring it about, so that a new op or built-in
//! function brings in more than it may need, never less.
use super::layout::FunctionCode;
use super::members::Members;
use super::reach::Reach;
use jerboa_abi::builtins::{GLOBALS, NativeId, OBJECTS, ObjectId, PropertyValue, intrinsic_number};
use jerboa_abi::feature::Feature;
use jerboa_abi::opcode::Opcode;
use jerboa_ir::passes::infer::Facts;
use jerboa_ir::{
    Block, Const, FuncId, Function, Imm, Inst, InstData, Module, Op, ParamKind, Terminator, Type,
};
use std::collections::BTreeSet;

/// The features of a module whose built-ins are known; `code` is its bytecode, if that is what it becomes.
pub(super) fn of(
    module: &Module,
    members: &Members,
    reach: &Reach,
    code: Option<&[FunctionCode]>,
) -> Vec<Feature> {
    let mut features = Vec::new();
    let mut add = |present: bool, feature: Feature| {
        if present {
            features.push(feature);
        }
    };
    let opcodes: BTreeSet<Opcode> = code.iter().flat_map(|code| code.iter()).flat_map(opcodes).collect();
    add(FLOAT_ARITHMETIC.iter().any(|op| opcodes.contains(op)), Feature::FloatArithmetic);
    add([Opcode::GetProp, Opcode::SetProp].iter().any(|op| opcodes.contains(op)), Feature::PropertyAccess);
    let is_usual = |kind| matches!(kind, ParamKind::Callee | ParamKind::This | ParamKind::Arg(_));
    let params = || module.functions.iter().flat_map(|f| &f.signature.params);
    add(module.files.len() > 1, Feature::Files);
    add(reach.has_pattern_methods(), Feature::PatternMethods);
    add(params().any(|param| !is_usual(param.kind)), Feature::Variadic);
    add(module.open_world || module.functions.iter().any(sees_errors), Feature::Errors);
    let program = Program {
        module,
        members,
        facts: Facts::of_closed_world(module),
        has_math: reach.natives.iter().any(|id| is_math(*id)),
    };
    let calls = CALLS.iter().any(|op| opcodes.contains(op)) && program.any(Program::calls_anything);
    add(calls, Feature::Calls);
    let known_natives = |known: fn(NativeId) -> bool| reach.natives.iter().all(|id| known(*id));
    add(!known_natives(takes_primitives) || program.any(Program::brings_objects), Feature::Objects);
    add(!known_natives(is_console) || program.any(Program::brings_doubles), Feature::Doubles);
    add(
        !program.facts.is_closed() || program.names_elements() || program.any(Program::leaves_elements),
        Feature::Elements,
    );
    add(program.any(Program::asks_nullish_elements), Feature::NullishElements);
    add(!program.facts.is_closed() || program.any(Program::leaves_literals), Feature::Properties);
    add(
        !known_natives(takes_primitives_or_keeps_strings)
            || !program.facts.lengths_are_numbers() && !known_natives(takes_primitives)
            || program.any(Program::brings_strings_to_numbers),
        Feature::StringsToNumbers,
    );
    add(
        !known_natives(takes_primitives_or_keeps_strings) || program.any(Program::assigns_lengths),
        Feature::ArrayLengths,
    );
    add(!known_natives(takes_objects_as_they_are) || reach.converts_objects(), Feature::Conversions);
    let takes_strings_apart = !known_natives(takes_objects_as_they_are)
        || reach.converts_objects()
        || program.any(Program::meets_strings);
    add(takes_strings_apart, Feature::StringOperands);
    let is_surrogate = |pair: &[u8]| pair[0] == 0xed && pair[1] >= 0xa0;
    add(
        takes_strings_apart || module.strings.iter().any(|text| text.windows(2).any(is_surrogate)),
        Feature::Surrogates,
    );
    let kept = |has: fn(&PropertyValue) -> bool| {
        reach
            .objects
            .iter()
            .any(|id| OBJECTS[*id as usize].properties.iter().any(|p| reach.keeps(*id, p) && has(&p.value)))
    };
    add(kept(|value| matches!(value, PropertyValue::Accessor(..))), Feature::Accessors);
    features
}

/// Instructions that calculate with or compare unboxed doubles.
const FLOAT_ARITHMETIC: &[Opcode] = &[
    Opcode::FAdd,
    Opcode::FSub,
    Opcode::FMul,
    Opcode::FDiv,
    Opcode::FCmp,
    Opcode::JFlt,
    Opcode::JFnlt,
    Opcode::JFle,
    Opcode::JFnle,
    Opcode::JFeq,
    Opcode::JFne,
];

/// Instructions that call a value.
const CALLS: &[Opcode] =
    &[Opcode::Call, Opcode::CallMethod, Opcode::CallElem, Opcode::CallArray, Opcode::New, Opcode::NewSpread];

/// The opcodes of a function's instructions.
fn opcodes(function: &FunctionCode) -> impl Iterator<Item = Opcode> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let opcode = Opcode::from_byte(*function.code.get(at)?)?;
        at += opcode.size();
        Some(opcode)
    })
}

/// Whether a function throws or catches. (The runtime's archive says which built-in functions do.)
pub(super) fn sees_errors(function: &Function) -> bool {
    let blocks = || function.blocks.iter();
    blocks().any(|block| matches!(block.terminator, Some(Terminator::Throw { .. })))
        || blocks().flat_map(|block| &block.insts).any(|inst| function.inst(*inst).op == Op::Catch)
}

/// Functions that neither make nor take errors; what they throw goes on.
pub(super) fn keeps_no_errors(id: NativeId) -> bool {
    matches!(id, NativeId::ArrayPush | NativeId::ArrayPop) || takes_primitives(id)
}

/// Functions that make and return no objects, if they are given none.
fn takes_primitives(id: NativeId) -> bool {
    is_math(id) || is_console(id)
}

fn is_math(id: NativeId) -> bool {
    OBJECTS[ObjectId::Math as usize]
        .properties
        .iter()
        .any(|p| matches!(p.value, PropertyValue::Native(native) if native == id))
}

/// Functions that make no numbers of strings, or only of those that the program gives them as arguments; of array-like
/// objects they ask the length. The runtime's archive says which assign it.
fn takes_primitives_or_keeps_strings(id: NativeId) -> bool {
    use NativeId as N;
    matches!(
        id,
        N::Array
            | N::ArrayPush
            | N::ArrayPop
            | N::ArrayToString
            | N::ArrayJoin
            | N::FunctionToString
            | N::ObjectToString
            | N::ObjectValueOf
            | N::ErrorToString
            | N::Error
            | N::TypeError
            | N::RangeError
    ) || takes_primitives(id)
}

/// Functions that never convert an object to a primitive value, if they get none as an argument.
fn takes_objects_as_they_are(id: NativeId) -> bool {
    use NativeId as N;
    matches!(id, N::ArrayPush | N::ArrayPop | N::Error | N::TypeError | N::RangeError) || takes_primitives(id)
}

/// Functions that write primitives and return nothing.
fn is_console(id: NativeId) -> bool {
    id == NativeId::ConsoleLogParts || super::reach::CONSOLE.iter().any(|(_, primitive)| *primitive == id)
}

/// Whether a built-in is the intrinsic function that prints, and nothing but called.
fn is_printer(number: u16) -> bool {
    number == intrinsic_number(NativeId::ConsoleLogParts)
}

struct Program<'a> {
    module: &'a Module,
    members: &'a Members,
    facts: Facts,
    /// It can call functions of `Math`, which make numbers of their arguments.
    has_math: bool,
}

impl Program<'_> {
    /// Whether an instruction that may be reached does something.
    fn any(&self, does: fn(&Self, FuncId, Block, Inst, &InstData) -> bool) -> bool {
        self.module.functions.iter().enumerate().any(|(i, function)| {
            let id = FuncId(i as u32);
            self.facts.reached[i]
                && (function
                    .signature
                    .params
                    .iter()
                    .any(|param| matches!(param.kind, ParamKind::Rest(_) | ParamKind::Arguments))
                    || function.blocks.iter().enumerate().any(|(b, block)| {
                        block
                            .insts
                            .iter()
                            .any(|inst| does(self, id, Block(b as u32), *inst, function.inst(*inst)))
                    }))
        })
    }

    /// Whether an object becomes a value of the program, other than a function that is called and nothing else.
    fn brings_objects(&self, id: FuncId, _: Block, inst: Inst, data: &InstData) -> bool {
        match (data.op, &data.imm) {
            (Op::Builtin, Imm::Builtin(number)) if is_printer(*number) => false,
            (Op::Builtin, Imm::Builtin(number)) => {
                let value = GLOBALS.get(usize::from(*number)).map(|global| global.value);
                let primitive = matches!(
                    value,
                    Some(PropertyValue::Number(_) | PropertyValue::String(_) | PropertyValue::Undefined)
                );
                !primitive && !self.members.is_unused_builtin(id, inst)
            }
            (Op::GetProp, _) if self.members.function(id, inst).is_some() => {
                !self.members.is_only_called(self.module, id, inst)
            }
            (op, _) => !OBJECT_FREE.contains(&op),
        }
    }

    /// Whether a number that is no small integer may arise.
    fn brings_doubles(&self, id: FuncId, _: Block, inst: Inst, data: &InstData) -> bool {
        match (data.op, &data.imm) {
            (Op::Builtin, Imm::Builtin(number)) if is_printer(*number) => false,
            (Op::Builtin, _) => !self.members.is_unused_builtin(id, inst),
            (Op::GetProp, _) => self.members.function(id, inst).is_none(),
            (Op::Const, Imm::Const(Const::Number(x))) => {
                let i = *x as i32;
                f64::from(i).to_bits() != x.to_bits() || jerboa_abi::value::from_int(i).is_none()
            }
            (op, _) => !DOUBLE_FREE.contains(&op),
        }
    }

    /// Whether a value is called that need not be a function of the program, and is no built-in function that is known.
    fn calls_anything(&self, id: FuncId, block: Block, _: Inst, data: &InstData) -> bool {
        match data.op {
            Op::Call => {
                let function = self.module.function(id);
                !self.facts.is_function(id, block, data.args[0])
                    && super::reach::uses::intrinsic(function, data.args[0]).is_none()
                    && self.members.of_value(function, id, data.args[0]).is_none()
            }
            Op::CallMethod | Op::CallElem | Op::CallArray | Op::New | Op::NewArrayArgs => true,
            _ => false,
        }
    }

    /// Whether a property may be read or written by name that is not an own property of an object literal, there from the
    /// start.
    fn leaves_literals(&self, id: FuncId, block: Block, inst: Inst, data: &InstData) -> bool {
        match (data.op, &data.imm) {
            (Op::GetProp, _) if self.members.function(id, inst).is_some() => false,
            (Op::GetProp | Op::SetProp, Imm::Str(name)) => {
                !self.facts.has_own(id, block, data.args[0], *name)
            }
            // Methods that are fields are read first, see `field_calls`.
            (Op::CallMethod, _) => true,
            _ => false,
        }
    }

    /// Whether an element may be read or written of undefined or null.
    fn asks_nullish_elements(&self, id: FuncId, block: Block, _: Inst, data: &InstData) -> bool {
        matches!(data.op, Op::GetElem | Op::GetElemI | Op::SetElem | Op::SetElemI)
            && !self.facts.is_array(id, block, data.args[0])
    }

    /// Whether a property may be written whose name is that of an element or a number.
    fn names_elements(&self) -> bool {
        let is_number = |name: &[u8]| {
            name.first().is_some_and(|c| c.is_ascii_digit() || *c == b'-')
                || matches!(name, b"NaN" | b"Infinity")
        };
        let mut insts = self.module.functions.iter().flat_map(|f| f.live_insts());
        insts.any(|(_, inst)| match (inst.op, &inst.imm) {
            (Op::SetProp, Imm::Str(name)) => is_number(self.module.string(*name)),
            _ => false,
        })
    }

    /// Whether an element may be read or written of something else than an array, or by something else than a number; or
    /// written where no element can be.
    fn leaves_elements(&self, id: FuncId, block: Block, _: Inst, data: &InstData) -> bool {
        let is_array = || self.facts.kind_in(id, block, data.args[0]).is_array_or_nullish();
        let key = || self.facts.kind_in(id, block, data.args[1]);
        match data.op {
            Op::GetElemI => !is_array(),
            Op::GetElem => !is_array() || key().may_concatenate(),
            Op::SetElem | Op::SetElemI => !is_array() || !self.facts.is_index(id, block, data.args[1]),
            Op::CallElem | Op::DefineField | Op::DefineGetter | Op::DefineSetter => true,
            _ => false,
        }
    }

    /// Whether a string, or an object that may become one, may have to become a number.
    fn brings_strings_to_numbers(&self, id: FuncId, block: Block, _: Inst, data: &InstData) -> bool {
        let function = self.module.function(id);
        let is_text = |value: &jerboa_ir::Value| {
            function.ty(*value) == Type::Val && self.facts.kind_in(id, block, *value).may_concatenate()
        };
        match data.op {
            Op::Call | Op::CallMethod | Op::New => {
                self.has_math && data.args.iter().any(is_text) && !self.calls_console(id, data)
            }
            // The length of an array comes from what is assigned to it.
            Op::SetProp => {
                matches!(data.imm, Imm::Str(name) if self.module.string(name) == b"length")
                    && is_text(&data.args[1])
            }
            op => {
                !KEEPS_STRINGS.contains(&op) && (!OBJECT_FREE.contains(&op) || data.args.iter().any(is_text))
            }
        }
    }

    /// Whether a string may be asked for a property, or compared with another. Strings that are joined, passed on, stored or
    /// printed are not.
    fn meets_strings(&self, id: FuncId, block: Block, inst: Inst, data: &InstData) -> bool {
        let function = self.module.function(id);
        let is_text = |value: &jerboa_ir::Value| {
            function.ty(*value) == Type::Val && self.facts.kind_in(id, block, *value).may_be_string()
        };
        match data.op {
            // A function of a built-in object.
            Op::GetProp if self.members.function(id, inst).is_some() => false,
            // The values that are stored are last.
            Op::SetProp | Op::SetElem | Op::SetElemI | Op::ArrayPush => {
                data.args.split_last().is_some_and(|(_, others)| others.iter().any(is_text))
            }
            Op::CallMethod | Op::New => is_text(&data.args[0]),
            Op::StrictEq => data.args.iter().all(is_text),
            op => !PASSES_STRINGS.contains(&op) && data.args.iter().any(is_text),
        }
    }

    /// Whether a property may be assigned whose name is `length`.
    fn assigns_lengths(&self, id: FuncId, block: Block, _: Inst, data: &InstData) -> bool {
        match (data.op, &data.imm) {
            (Op::SetProp, Imm::Str(name)) => self.module.string(*name) == b"length",
            (Op::SetElem, _) => {
                let key = data.args[1];
                self.module.function(id).ty(key) == Type::Val
                    && self.facts.kind_in(id, block, key).may_concatenate()
            }
            _ => false,
        }
    }

    fn calls_console(&self, id: FuncId, call: &InstData) -> bool {
        let function = self.module.function(id);
        if super::reach::uses::intrinsic(function, call.args[0]) == Some(NativeId::ConsoleLogParts) {
            return true;
        }
        self.members.of_value(function, id, call.args[0]).is_some_and(|native| {
            super::reach::CONSOLE.iter().any(|(full, primitive)| *full == native || *primitive == native)
        })
    }
}

/// Ops whose results are primitive, or are values that were there before.
const OBJECT_FREE: &[Op] = &[
    Op::IConst,
    Op::FConst,
    Op::BConst,
    Op::Const,
    Op::Add,
    Op::Sub,
    Op::Mul,
    Op::Div,
    Op::Rem,
    Op::Exp,
    Op::BitAnd,
    Op::BitOr,
    Op::BitXor,
    Op::Shl,
    Op::Sar,
    Op::Shr,
    Op::Neg,
    Op::BitNot,
    Op::Inc,
    Op::Dec,
    Op::Lt,
    Op::Le,
    Op::Gt,
    Op::Ge,
    Op::LooseEq,
    Op::StrictEq,
    Op::TypeOf,
    Op::Not,
    Op::NumAdd,
    Op::NumSub,
    Op::NumMul,
    Op::NumLt,
    Op::NumLe,
    Op::ToBool,
    Op::ToNumeric,
    Op::ToF64,
    Op::ToI32,
    Op::ToStr,
    Op::Concat,
    Op::StrLength,
    Op::StrUnit,
    Op::BoxI32,
    Op::BoxU32,
    Op::BoxF64,
    Op::BoxBool,
    Op::UnboxI32,
    Op::UnboxF64,
    Op::UnboxBool,
    Op::IsInt,
    Op::IsNumber,
    Op::IsEmpty,
    Op::IsUndefined,
    Op::IsNullish,
    Op::I32ToF64,
    Op::U32ToF64,
    Op::F64ToI32,
    Op::BoolToI32,
    Op::IAdd,
    Op::ISub,
    Op::IMul,
    Op::IDivS,
    Op::IRemS,
    Op::IAnd,
    Op::IOr,
    Op::IXor,
    Op::IShl,
    Op::ISar,
    Op::IShr,
    Op::INot,
    Op::ICmp,
    Op::IAddOvf,
    Op::ISubOvf,
    Op::IMulOvf,
    Op::FAdd,
    Op::FSub,
    Op::FMul,
    Op::FDiv,
    Op::FRem,
    Op::FNeg,
    Op::FAbs,
    Op::FSqrt,
    Op::FFloor,
    Op::FCeil,
    Op::FTrunc,
    Op::FCmp,
    Op::FToBool,
    Op::LoadGlobal,
    Op::StoreGlobal,
    Op::CheckInit,
    Op::ThrowError,
    Op::TypedLen,
    Op::TypedGetI,
    Op::TypedGetF,
    Op::TypedSetI,
    Op::TypedSetF,
    Op::Call,
    Op::CallDirect,
];

/// Ops that make no numbers of strings, if they call no built-in function that does. A string makes a sum a concatenation.
const KEEPS_STRINGS: &[Op] = &[
    Op::Add,
    Op::Concat,
    Op::ToStr,
    Op::StrictEq,
    Op::TypeOf,
    Op::ToBool,
    Op::IsInt,
    Op::IsNumber,
    Op::IsEmpty,
    Op::IsUndefined,
    Op::IsNullish,
    Op::StoreGlobal,
    Op::CheckInit,
    Op::CallDirect,
    Op::NewObject,
    Op::NewArray,
    Op::ArrayPush,
    Op::ArrayLen,
    Op::StrLength,
    Op::StrUnit,
    Op::GetProp,
    Op::GetElem,
    Op::GetElemI,
    Op::SetElem,
    Op::SetElemI,
    Op::DeleteProp,
    Op::DeleteElem,
    Op::InstanceOf,
    Op::In,
    Op::Closure,
    Op::LoadCapture,
    Op::StoreCapture,
    Op::NewCell,
    Op::LoadCell,
    Op::StoreCell,
    Op::Builtin,
    Op::Catch,
];

/// Ops that neither ask strings for properties nor compare them.
const PASSES_STRINGS: &[Op] = &[
    Op::Add,
    Op::Concat,
    Op::ToStr,
    Op::TypeOf,
    Op::ToBool,
    Op::Not,
    Op::IsInt,
    Op::IsNumber,
    Op::IsEmpty,
    Op::IsUndefined,
    Op::IsNullish,
    Op::StoreGlobal,
    Op::CheckInit,
    Op::Call,
    Op::CallDirect,
    Op::NewObject,
    Op::NewArray,
    Op::Closure,
    Op::StoreCapture,
    Op::NewCell,
    Op::StoreCell,
];

/// Ops whose results are no numbers but small integers.
const DOUBLE_FREE: &[Op] = &[
    Op::Const,
    Op::BConst,
    Op::StrictEq,
    Op::TypeOf,
    Op::Not,
    Op::ToBool,
    Op::ToStr,
    Op::Concat,
    Op::BoxBool,
    Op::UnboxBool,
    Op::IsInt,
    Op::IsNumber,
    Op::IsEmpty,
    Op::IsUndefined,
    Op::IsNullish,
    Op::LoadGlobal,
    Op::StoreGlobal,
    Op::CheckInit,
    Op::ThrowError,
    Op::Call,
    Op::CallDirect,
    Op::NewObject,
    Op::Closure,
];
