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
//! | [`GATE`]`FEATURE.GATE` | what that code calls; the driver defines it as one of the next two |
//! | [`PART`]`FEATURE.GATE` | the code behind the gate |
//! | [`ABSENT`] | says that a gate was passed that the driver had left shut, which is a bug, and ends |
//!
//! Besides the features of the table here, each [helper](crate::helper) of the interpreter is one, under its symbol: the
//! compiler says which the program's instructions need.

/// Prefix of the symbols that tell that a feature is present.
pub const PRESENT: &str = "jerboa_present.";
/// Prefix of the symbols that tell that a gate is passed.
pub const ASKS: &str = "jerboa_asks.";
/// Prefix of the symbols of gates.
pub const GATE: &str = "jerboa_gate.";
/// Prefix of the symbols of what is behind gates.
pub const PART: &str = "jerboa_part.";
/// Symbol of what is behind a gate that is shut.
pub const ABSENT: &str = "jerboa_absent";

/// Calls the macro `$with` with a `Name: "what is so if it is present"` row for each feature.
#[macro_export]
macro_rules! for_each_feature {
    ($with:ident) => {
        $with! {
            Accessors: "a property may have a getter or setter"
            Arguments: "there may be `arguments` objects"
            Arrays: "there may be arrays"
            Bound: "there may be bound functions"
            Dictionaries: "an object may be in dictionary mode"
            Doubles: "a number may be no small integer"
            Errors: "there may be error objects"
            Functions: "there may be compiled functions as values"
            HeapShapes: "shapes may be made while the program runs"
            Objects: "there may be ordinary objects"
            Ropes: "a string may be a rope"
            SideTable: "an object without room for properties may have some"
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
