//! The rows. A native is added here and implemented under its symbol in `runtime-rt/src/library/`.

use super::{Class, Global, Native, Object, Property, PropertyValue};
use crate::image::object::{CONFIGURABLE, WRITABLE};

/// Calls the macro `$with` with one `(Id, symbol, "name", length, constructor, properties, [wants])` row for each
/// native function, in the order of [`NativeId`].
#[macro_export]
macro_rules! for_each_native {
    ($with:ident) => {
        $with! {
            (Object, jrt_n_object, "Object", 1, true, Some(ObjectFunction), [])
            (ObjectKeys, jrt_n_object_keys, "keys", 1, false, None, [])
            (Function, jrt_n_function, "Function", 1, true, Some(FunctionFunction), [])
            (FunctionCall, jrt_n_function_call, "call", 1, false, None, [])
            (Array, jrt_n_array, "Array", 1, true, Some(ArrayFunction), ["length"])
            (ArrayPush, jrt_n_array_push, "push", 1, false, None, ["length"])
            (Error, jrt_n_error, "Error", 1, true, Some(ErrorFunction), ["message", "name", "stack"])
            (TypeError, jrt_n_type_error, "TypeError", 1, true, Some(TypeErrorFunction), ["message", "name", "stack"])
            (RangeError, jrt_n_range_error, "RangeError", 1, true, Some(RangeErrorFunction), ["message", "name", "stack"])
            (ReferenceError, jrt_n_reference_error, "ReferenceError", 1, true, Some(ReferenceErrorFunction), ["message", "name", "stack"])
            (SyntaxError, jrt_n_syntax_error, "SyntaxError", 1, true, Some(SyntaxErrorFunction), ["message", "name", "stack"])
            (ErrorToString, jrt_n_error_to_string, "toString", 0, false, None, ["message", "name"])
            (MathFloor, jrt_n_math_floor, "floor", 1, false, None, [])
            (ConsoleLog, jrt_n_console_log, "log", 0, false, None, [])
            (ConsoleError, jrt_n_console_error, "error", 0, false, None, [])
            (Print, jrt_n_print, "print", 0, false, None, [])
        }
    };
}

macro_rules! define_natives {
    ($(($id:ident, $symbol:ident, $name:literal, $length:literal, $ctor:literal, $props:expr, [$($want:literal),*]))*) => {
        /// Number of a native function, the same in every image that has it.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
        #[repr(u16)]
        #[allow(missing_docs, reason = "the rows of the table say what each is")]
        pub enum NativeId { $($id),* }

        /// The rows, indexed by [`NativeId`].
        pub const NATIVES: &[Native] = {
            #[allow(unused_imports, reason = "a table may have no own properties")]
            use ObjectId::*;
            &[$(Native { symbol: stringify!($symbol), name: $name, length: $length, constructor: $ctor,
                         properties: $props, wants: &[$($want),*] }),*]
        };

        impl NativeId {
            /// All of them, in order.
            pub const ALL: &[NativeId] = &[$(NativeId::$id),*];
        }
    };
}
for_each_native!(define_natives);

macro_rules! define_objects {
    ($($id:ident $name:literal $class:ident $proto:expr => [$($prop:expr),* $(,)?])*) => {
        /// Number of a built-in object; the runtime asks for some of them by it (through the image's table of intrinsics).
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
        #[repr(u16)]
        #[allow(missing_docs, reason = "the rows of the table say what each is")]
        pub enum ObjectId { $($id),* }

        impl ObjectId {
            /// All of them, in order.
            pub const ALL: &[ObjectId] = &[$(ObjectId::$id),*];
        }

        /// The rows, indexed by [`ObjectId`].
        pub const OBJECTS: &[Object] = {
            use ObjectId::*;
            &[$(Object { name: $name, class: Class::$class, proto: $proto, properties: &[$($prop),*] }),*]
        };
    };
}

/// A method: writable, configurable.
const fn method(id: NativeId) -> Property {
    Property {
        key: NATIVES[id as usize].name,
        value: PropertyValue::Native(id),
        attributes: WRITABLE | CONFIGURABLE,
    }
}

/// The property `constructor` of a prototype.
const fn constructor(id: NativeId) -> Property {
    Property { key: "constructor", value: PropertyValue::Native(id), attributes: WRITABLE | CONFIGURABLE }
}

/// The property `prototype` of a built-in constructor.
const fn prototype(id: ObjectId) -> Property {
    Property { key: "prototype", value: PropertyValue::Object(id), attributes: 0 }
}

/// A string property such as an error prototype's name.
const fn text(key: &'static str, value: &'static str) -> Property {
    Property { key, value: PropertyValue::String(value), attributes: WRITABLE | CONFIGURABLE }
}

/// A constant number such as `Math.PI`.
const fn number(key: &'static str, value: f64) -> Property {
    Property { key, value: PropertyValue::Number(value), attributes: 0 }
}

define_objects! {
    ObjectPrototype "Object.prototype" Object None => [constructor(NativeId::Object)]
    ObjectFunction "Object" FunctionProperties None => [prototype(ObjectPrototype), method(NativeId::ObjectKeys)]
    FunctionPrototype "Function.prototype" Function Some(ObjectPrototype) => [constructor(NativeId::Function), method(NativeId::FunctionCall)]
    FunctionFunction "Function" FunctionProperties None => [prototype(FunctionPrototype)]
    ArrayPrototype "Array.prototype" Array Some(ObjectPrototype) => [constructor(NativeId::Array), method(NativeId::ArrayPush)]
    ArrayFunction "Array" FunctionProperties None => [prototype(ArrayPrototype)]
    StringPrototype "String.prototype" String Some(ObjectPrototype) => []
    NumberPrototype "Number.prototype" Number Some(ObjectPrototype) => []
    BooleanPrototype "Boolean.prototype" Boolean Some(ObjectPrototype) => []
    ErrorPrototype "Error.prototype" Error Some(ObjectPrototype) => [constructor(NativeId::Error), text("name", "Error"), text("message", ""), method(NativeId::ErrorToString)]
    ErrorFunction "Error" FunctionProperties None => [prototype(ErrorPrototype)]
    TypeErrorPrototype "TypeError.prototype" Error Some(ErrorPrototype) => [constructor(NativeId::TypeError), text("name", "TypeError"), text("message", "")]
    TypeErrorFunction "TypeError" FunctionProperties None => [prototype(TypeErrorPrototype)]
    RangeErrorPrototype "RangeError.prototype" Error Some(ErrorPrototype) => [constructor(NativeId::RangeError), text("name", "RangeError"), text("message", "")]
    RangeErrorFunction "RangeError" FunctionProperties None => [prototype(RangeErrorPrototype)]
    ReferenceErrorPrototype "ReferenceError.prototype" Error Some(ErrorPrototype) => [constructor(NativeId::ReferenceError), text("name", "ReferenceError"), text("message", "")]
    ReferenceErrorFunction "ReferenceError" FunctionProperties None => [prototype(ReferenceErrorPrototype)]
    SyntaxErrorPrototype "SyntaxError.prototype" Error Some(ErrorPrototype) => [constructor(NativeId::SyntaxError), text("name", "SyntaxError"), text("message", "")]
    SyntaxErrorFunction "SyntaxError" FunctionProperties None => [prototype(SyntaxErrorPrototype)]
    Math "Math" Object Some(ObjectPrototype) => [number("PI", core::f64::consts::PI), method(NativeId::MathFloor)]
    Console "console" Object Some(ObjectPrototype) => [method(NativeId::ConsoleLog), method(NativeId::ConsoleError)]
    Arguments "Arguments" Object Some(ObjectPrototype) => []
}

/// The global scope.
pub const GLOBALS: &[Global] = &[
    Global { name: "undefined", value: PropertyValue::Undefined, writable: false },
    Global { name: "NaN", value: PropertyValue::Number(f64::NAN), writable: false },
    Global { name: "Infinity", value: PropertyValue::Number(f64::INFINITY), writable: false },
    Global { name: "Object", value: PropertyValue::Native(NativeId::Object), writable: true },
    Global { name: "Function", value: PropertyValue::Native(NativeId::Function), writable: true },
    Global { name: "Array", value: PropertyValue::Native(NativeId::Array), writable: true },
    Global { name: "Error", value: PropertyValue::Native(NativeId::Error), writable: true },
    Global { name: "TypeError", value: PropertyValue::Native(NativeId::TypeError), writable: true },
    Global { name: "RangeError", value: PropertyValue::Native(NativeId::RangeError), writable: true },
    Global { name: "ReferenceError", value: PropertyValue::Native(NativeId::ReferenceError), writable: true },
    Global { name: "SyntaxError", value: PropertyValue::Native(NativeId::SyntaxError), writable: true },
    Global { name: "Math", value: PropertyValue::Object(ObjectId::Math), writable: true },
    Global { name: "console", value: PropertyValue::Object(ObjectId::Console), writable: true },
    Global { name: "print", value: PropertyValue::Native(NativeId::Print), writable: true },
];

/// Property names that the runtime itself asks for, by number. Natives ask for theirs through
/// [`Native::wants`](super::Native::wants); a name that a program's image lacks is interned when it is first wanted.
pub const WELL_KNOWN: &[&str] = &[
    "length",
    "prototype",
    "constructor",
    "name",
    "message",
    "stack",
    "toString",
    "valueOf",
    "toJSON",
    "get",
    "set",
    "value",
    "writable",
    "enumerable",
    "configurable",
    "caller",
    "callee",
    "arguments",
    "index",
    "join",
];

/// Number of a well-known name; a compile-time error if it is not in [`WELL_KNOWN`].
pub const fn well_known(name: &str) -> u16 {
    let name = name.as_bytes();
    let mut i = 0;
    while i < WELL_KNOWN.len() {
        let other = WELL_KNOWN[i].as_bytes();
        if other.len() == name.len() {
            let mut k = 0;
            while k < name.len() && name[k] == other[k] {
                k += 1;
            }
            if k == name.len() {
                return i as u16;
            }
        }
        i += 1;
    }
    panic!("not a well-known name")
}
