//! What a program may bring about while it runs, and that the runtime must then be prepared for.
//!
//! The runtime's shared paths meet every kind of object. A program that makes no arrays should not carry the code that
//! looks up elements, though, so the shared paths reach such code through *gates*. The linker cannot know that a gate
//! is never passed; the driver does: a gate is *open* if a feature that it depends on is *present*, and a feature is
//! present if code is linked that brings it about, or if the compiler says so.
//!
//! In the runtime's archive this is told by symbols, each a prefix and a name. The driver
//! (`cli/src/driver/gates.rs`) reads them, and links until nothing changes:
//!
//! | symbol | what it is |
//! |---|---|
//! | [`PRESENT`]`FEATURE` | is in an image if code is that brings the feature about |
//! | [`ASKS`]`FEATURE.GATE` | is in an image if code is that passes the gate |
//! | [`GATE`]`FEATURE.GATE` | what that code calls; the driver defines it as one of the following |
//! | [`PART`]`FEATURE.GATE` | the code behind the gate |
//! | [`INSTEAD`]`FEATURE.GATE` | the code that stands in for it, if there is some |
//! | [`ABSENT`] | says that a gate was passed that the driver had left shut, which is a bug, and ends |
//!
//! The [helpers](crate::helper) of the interpreter are a mechanism of their own: a table, since the loop's instructions can
//! share the code of an indirect call.

/// Prefix of the symbols that tell that a feature is present.
pub const PRESENT: &str = "jerboa_present.";
/// Prefix of the symbols that tell that a gate is passed.
pub const ASKS: &str = "jerboa_asks.";
/// Prefix of the symbols of gates.
pub const GATE: &str = "jerboa_gate.";
/// Prefix of the symbols of what is behind gates.
pub const PART: &str = "jerboa_part.";
/// Prefix of the symbols of what stands in for that while the gate is shut.
pub const INSTEAD: &str = "jerboa_instead.";
/// Symbol of what is behind a gate that is shut.
pub const ABSENT: &str = "jerboa_absent";

/// Calls the macro `$with` with a `Name: "what is so if it is present"` row for each feature.
#[macro_export]
macro_rules! for_each_feature {
    ($with:ident) => {
        $with! {
            Accessors: "a property may have a getter or setter"
            ArrayLengths: "the length of an array may be assigned to"
            Arrays: "there may be arrays"
            Bound: "there may be bound functions"
            Calls: "bytecode calls values that may be anything (the compiler says so)"
            Conversions: "an object may have to become a primitive value (the compiler says so)"
            Descriptions: "an error may be about an object"
            Dictionaries: "an object may be in dictionary mode"
            Doubles: "a number may be no small integer (the compiler says so)"
            Elements: "an element may be read or written of something else than an array, or by something else than an index, or be inherited (the compiler says so)"
            Errors: "an exception may be seen by somebody before it ends the program (the compiler says so, and code that makes or takes one)"
            Files: "the program is made of several files (the compiler says so)"
            FloatArithmetic: "bytecode calculates with or compares unboxed doubles (the compiler says so)"
            HeapAtoms: "strings may be interned while the program runs"
            HeapShapes: "shapes may be made while the program runs"
            Modules: "there may be namespace objects of modules"
            NewTargets: "a function may be told what was called with `new`"
            NullishElements: "an element of undefined or null may be asked for (the compiler says so)"
            NumberTexts: "numbers are written in bulk, so that their texts should be found fast"
            Objects: "the program may get hold of an object, and of an error in particular (the compiler says so)"
            PatternMethods: "a pattern of a string's method may say itself what to do, or an expression's `exec` be another (the compiler says so)"
            Properties: "a property may be named that is no own property of an object literal, which it has had from the start (the compiler says so)"
            PropertyAccess: "bytecode reads or writes properties by name (the compiler says so)"
            References: "an object of the heap may refer to others"
            Ropes: "a string may be a concatenation whose bytes have not been put together"
            SideTable: "an object without room for properties may have some"
            SpecialArrays: "an array may be locked, have elements with attributes, or be mistrusted"
            StringOperands: "a property of a string may be asked for, or strings be compared (the compiler says so)"
            StringsToNumbers: "a string may have to become a number (the compiler says so)"
            Surrogates: "a string may have lone surrogates (the compiler says so)"
            TypedArrays: "there may be array buffers, and with them their views"
            Variadic: "a function may want all of its arguments (the compiler says so)"
            Wrappers: "there may be objects that wrap a primitive value"
        }
    };
}

macro_rules! define_features {
    ($($id:ident: $doc:literal)*) => {
        /// A feature.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Feature {
            $(#[doc = $doc] $id),*
        }

        impl Feature {
            /// All of them, in order.
            pub const ALL: &[Feature] = &[$(Feature::$id),*];

            /// Its name in symbols.
            pub const fn name(self) -> &'static str {
                match self { $(Feature::$id => stringify!($id)),* }
            }
        }
    };
}
for_each_feature!(define_features);
