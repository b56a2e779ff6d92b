//! What built-in functions and objects bring with them.
use jerboa_abi::builtins::{NATIVES, NativeId, OBJECTS, ObjectId, PropertyValue};

/// Functions whose result is made by the constructor that is their `this`.
pub(super) const MAKES_OTHERS: &[NativeId] = &[NativeId::ArrayFrom, NativeId::ArrayOf];

/// Methods of arrays that ask the array's constructor for their result.
pub(super) const MAKES_LIKE: &[NativeId] = &[
    NativeId::ArrayConcat,
    NativeId::ArrayFilter,
    NativeId::ArrayFlat,
    NativeId::ArrayFlatMap,
    NativeId::ArrayMap,
    NativeId::ArraySlice,
    NativeId::ArraySplice,
];

/// The prototypes of generator functions and the like, by what such a function calls first.
pub(super) const FUNCTION_KINDS: &[(NativeId, ObjectId)] = &[
    (NativeId::AsyncStart, ObjectId::AsyncFunctionPrototype),
    (NativeId::GeneratorStart, ObjectId::GeneratorFunctionPrototype),
    (NativeId::AsyncGeneratorStart, ObjectId::AsyncGeneratorFunctionPrototype),
];

/// What conversions of objects ask for.
pub(super) const CONVERSIONS: &[&str] = &["toString", "valueOf"];

/// Prototypes of primitive values, which are asked for their conversions on behalf of wrapper objects only.
pub(super) const WRAPPED: &[ObjectId] =
    &[ObjectId::StringPrototype, ObjectId::NumberPrototype, ObjectId::BooleanPrototype];

/// Whether a function makes no wrapper object and does not let the program choose the `this` of another, which might.
pub(super) fn never_wraps(id: NativeId) -> bool {
    const OWNERS: &[ObjectId] = &[
        ObjectId::ArrayPrototype,
        ObjectId::Console,
        ObjectId::ErrorPrototype,
        ObjectId::Json,
        ObjectId::Math,
        ObjectId::NumberPrototype,
        ObjectId::ObjectPrototype,
        ObjectId::StringPrototype,
    ];
    let is_member = |owner: &ObjectId| {
        OBJECTS[*owner as usize].properties.iter().any(|p| {
            matches!(p.value, PropertyValue::Native(native) if native == id) && p.key != "constructor"
        })
    };
    id == NativeId::FunctionToString
        || CONSOLE.iter().any(|(_, primitive)| *primitive == id)
        || id == NativeId::ConsoleLogParts
        || NATIVES[id as usize].name.ends_with("Error")
        || OWNERS.iter().any(is_member)
}

/// Functions of `console`, and what they are where all arguments are primitives.
pub(in crate::image) const CONSOLE: &[(NativeId, NativeId)] = &[
    (NativeId::ConsoleLog, NativeId::ConsoleLogPrimitive),
    (NativeId::ConsoleError, NativeId::ConsoleErrorPrimitive),
    (NativeId::ConsoleWarn, NativeId::ConsoleWarnPrimitive),
    (NativeId::ConsoleInfo, NativeId::ConsoleInfoPrimitive),
    (NativeId::ConsoleDebug, NativeId::ConsoleDebugPrimitive),
];

/// Natives that convert what they find in objects, or let the program call those that do.
pub(super) const CONVERTERS: &[NativeId] = &[
    NativeId::ArrayJoin,
    NativeId::ArraySort,
    NativeId::ArrayToString,
    NativeId::FunctionApply,
    NativeId::FunctionCall,
    NativeId::FunctionBind,
];

/// Functions that make instances of a class, and the one by which the console's formatter looks into them: in if both the
/// formatter and one of those are.
pub(super) const INSPECTED: &[(&[NativeId], NativeId)] = &[
    (&[NativeId::Map, NativeId::Set], NativeId::CollectionContents),
    (&[NativeId::RegExp, NativeId::RegExpLiteral], NativeId::RegExpToString),
    (&[NativeId::Date], NativeId::DateInspect),
    (&[NativeId::Promise, NativeId::AsyncStart, NativeId::AsyncGeneratorStart], NativeId::PromiseContents),
];

/// String methods that make a regular expression of what is none.
pub(super) const COMPILING: &[NativeId] =
    &[NativeId::StringMatch, NativeId::StringMatchAll, NativeId::StringSearch];

/// What the runtime calls, if it is there, for what a native makes.
pub(super) const COMPANIONS: &[(NativeId, &[NativeId])] = &[
    (NativeId::Symbol, &[NativeId::SymbolText, NativeId::ObjectGetOwnPropertySymbols]),
    (NativeId::SymbolFor, &[NativeId::SymbolText, NativeId::ObjectGetOwnPropertySymbols]),
    (NativeId::ClassPrototype, &[NativeId::ClassText]),
    (NativeId::ArraySpecies, &[NativeId::DefineOwnField]),
    (NativeId::ConstructOther, &[NativeId::DefineOwnField]),
    (NativeId::GeneratorStart, &[NativeId::GeneratorStep]),
    (NativeId::Promise, &[NativeId::RunJobs, NativeId::PromiseExecutor]),
    (NativeId::QueueMicrotask, &[NativeId::RunJobs]),
    (NativeId::SetTimeout, &[NativeId::RunJobs]),
    (NativeId::SetInterval, &[NativeId::RunJobs]),
    (NativeId::ClearTimer, &[NativeId::RunJobs]),
    (NativeId::AsyncStart, &[NativeId::RunJobs]),
    (NativeId::AsyncGeneratorStart, &[NativeId::RunJobs, NativeId::AsyncGeneratorResume]),
    (NativeId::RunJobs, &[NativeId::PromiseFulfil, NativeId::PromiseReject]),
    (
        NativeId::PromiseFinally,
        &[
            NativeId::PromiseFinallyValue,
            NativeId::PromiseFinallyError,
            NativeId::PromisePassValue,
            NativeId::PromisePassError,
        ],
    ),
    (NativeId::PromiseAll, &[NativeId::PromiseElement]),
    (NativeId::PromiseAllSettled, &[NativeId::PromiseElement]),
    (NativeId::PromiseAny, &[NativeId::PromiseElement]),
    (NativeId::Int8Array, &[NativeId::TypedArray]),
    (NativeId::Uint8Array, &[NativeId::TypedArray]),
    (NativeId::Uint8ClampedArray, &[NativeId::TypedArray]),
    (NativeId::Int16Array, &[NativeId::TypedArray]),
    (NativeId::Uint16Array, &[NativeId::TypedArray]),
    (NativeId::Int32Array, &[NativeId::TypedArray]),
    (NativeId::Uint32Array, &[NativeId::TypedArray]),
    (NativeId::Float32Array, &[NativeId::TypedArray]),
    (NativeId::Float64Array, &[NativeId::TypedArray]),
];

/// Built-in objects of which a native makes instances.
pub(super) const CREATED: &[(NativeId, &[ObjectId])] = &[
    (NativeId::JsonParse, &[ObjectId::SyntaxErrorPrototype, ObjectId::ArrayPrototype]),
    (NativeId::Function, &[ObjectId::EvalErrorPrototype]),
    (NativeId::AsyncFunction, &[ObjectId::EvalErrorPrototype]),
    (NativeId::GeneratorFunction, &[ObjectId::EvalErrorPrototype]),
    (NativeId::AsyncGeneratorFunction, &[ObjectId::EvalErrorPrototype]),
    (NativeId::Eval, &[ObjectId::EvalErrorPrototype]),
    (NativeId::AggregateError, &[ObjectId::ArrayPrototype]),
    (NativeId::DecodeUri, &[ObjectId::UriErrorPrototype]),
    (NativeId::DecodeUriComponent, &[ObjectId::UriErrorPrototype]),
    (NativeId::EncodeUri, &[ObjectId::UriErrorPrototype]),
    (NativeId::EncodeUriComponent, &[ObjectId::UriErrorPrototype]),
    (NativeId::RegExp, &[ObjectId::SyntaxErrorPrototype]),
    (NativeId::RegExpLiteral, &[ObjectId::RegExpPrototype]),
    (NativeId::RegExpExec, &[ObjectId::ArrayPrototype]),
    (NativeId::StringMatch, &[ObjectId::ArrayPrototype, ObjectId::RegExpPrototype]),
    (NativeId::StringMatchAll, &[ObjectId::RegExpStringIteratorPrototype, ObjectId::RegExpPrototype]),
    (NativeId::StringSearch, &[ObjectId::RegExpPrototype]),
    (NativeId::RegExpMatchAll, &[ObjectId::RegExpStringIteratorPrototype]),
    (NativeId::MapEntries, &[ObjectId::MapIteratorPrototype, ObjectId::ArrayPrototype]),
    (NativeId::MapKeys, &[ObjectId::MapIteratorPrototype]),
    (NativeId::MapValues, &[ObjectId::MapIteratorPrototype]),
    (NativeId::SetEntries, &[ObjectId::SetIteratorPrototype, ObjectId::ArrayPrototype]),
    (NativeId::SetValues, &[ObjectId::SetIteratorPrototype]),
    (NativeId::Object, &[ObjectId::StringPrototype, ObjectId::NumberPrototype, ObjectId::BooleanPrototype]),
    (NativeId::String, &[ObjectId::StringPrototype]),
    (NativeId::Number, &[ObjectId::NumberPrototype]),
    (NativeId::Boolean, &[ObjectId::BooleanPrototype]),
    (NativeId::ArrayKeys, &[ObjectId::ArrayIteratorPrototype]),
    (NativeId::ArrayValues, &[ObjectId::ArrayIteratorPrototype]),
    (NativeId::ArrayEntries, &[ObjectId::ArrayIteratorPrototype, ObjectId::ArrayPrototype]),
    (NativeId::StringIterator, &[ObjectId::StringIteratorPrototype]),
    (NativeId::TypedKeys, &[ObjectId::ArrayIteratorPrototype]),
    (NativeId::TypedValues, &[ObjectId::ArrayIteratorPrototype]),
    (NativeId::TypedEntries, &[ObjectId::ArrayIteratorPrototype, ObjectId::ArrayPrototype]),
    (NativeId::TypedBuffer, &[ObjectId::ArrayBufferPrototype]),
    (NativeId::DataViewBuffer, &[ObjectId::ArrayBufferPrototype]),
    (NativeId::MapGroupBy, &[ObjectId::MapPrototype, ObjectId::ArrayPrototype]),
    (NativeId::ObjectGroupBy, &[ObjectId::ArrayPrototype]),
    (NativeId::Symbol, &[ObjectId::SymbolPrototype]),
    (NativeId::GeneratorStart, &[ObjectId::GeneratorPrototype]),
    (NativeId::AsyncStart, &[ObjectId::PromisePrototype]),
    (NativeId::AsyncGeneratorStart, &[ObjectId::AsyncGeneratorPrototype, ObjectId::PromisePrototype]),
    (NativeId::RunJobs, &[ObjectId::PromisePrototype]),
    (NativeId::PromiseAll, &[ObjectId::ArrayPrototype]),
    (NativeId::PromiseAllSettled, &[ObjectId::ArrayPrototype]),
    (NativeId::PromiseAny, &[ObjectId::AggregateErrorPrototype, ObjectId::ArrayPrototype]),
    (NativeId::SymbolFor, &[ObjectId::SymbolPrototype]),
];
