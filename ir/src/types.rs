//! Types, entities and source positions.
use std::fmt;

/// Type of an SSA value, which is also its representation.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Type {
    /// A tagged value word; may hold a reference, so the collector must see it.
    Val,
    /// A 32-bit integer.
    I32,
    /// A double.
    F64,
    /// A boolean.
    Bool,
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Type::Val => "val",
            Type::I32 => "i32",
            Type::F64 => "f64",
            Type::Bool => "bool",
        })
    }
}

macro_rules! entity {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
        pub struct $name(pub u32);

        impl $name {
            /// The number as an index.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($prefix, "{}"), self.0)
            }
        }
    };
}

entity!(
    /// A function of a module.
    FuncId, "fn");
entity!(
    /// A block of a function.
    Block, "block");
entity!(
    /// An instruction of a function.
    Inst, "inst");
entity!(
    /// An SSA value: the result of an instruction or a block parameter.
    Value, "v");
entity!(
    /// A module variable.
    GlobalId, "g");
entity!(
    /// A string constant (WTF-8) of a module; two ids of one module are different strings.
    StrId, "str");
entity!(
    /// A source file of a module.
    FileId, "file");

/// Where in the source an instruction comes from. Line and column count from 1; columns are UTF-16 units, as in
/// Node's stack traces. Line 0 means unknown.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct SourceLoc {
    /// The file; from [`crate::Module::files`]' length on, an inlined call (see [`crate::module::Inlined`]).
    pub file: FileId,
    /// From 1; 0 is unknown.
    pub line: u32,
    /// From 1.
    pub column: u32,
}

impl SourceLoc {
    /// No position.
    pub const UNKNOWN: SourceLoc = SourceLoc { file: FileId(0), line: 0, column: 0 };
}
