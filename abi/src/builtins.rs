//! The built-in objects and functions, as one table.
//!
//! A compiled program carries only those built-ins that it can reach, so nothing refers to this table as a
//! whole at run time on a device: the compiler reads it and writes what is needed into the image.
pub mod table;

pub use table::*;

use crate::image::native;

/// What kind of object a built-in object is, beyond being an object.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Class {
    /// Ordinary.
    Object = 0,
    /// An array (`Array.prototype` is one).
    Array = 1,
    /// Callable (`Function.prototype`); returns undefined.
    Function = 2,
    /// Wrapper objects of a primitive: the prototypes of String, Number, Boolean.
    String = 3,
    /// See [`Class::String`].
    Number = 4,
    /// See [`Class::String`].
    Boolean = 5,
    /// `Error.prototype` and the like.
    Error = 6,
    /// Holds a constructor's own properties; not reachable as an object of its own.
    FunctionProperties = 7,
}

/// One row of the natives' table.
#[derive(Clone, Copy, Debug)]
pub struct Native {
    /// The linker symbol of the implementation, `jrt_n_…`.
    pub symbol: &'static str,
    /// Value of the property `name`.
    pub name: &'static str,
    /// Value of the property `length`.
    pub length: u8,
    /// Can be called with `new`.
    pub constructor: bool,
    /// The object of class [`Class::FunctionProperties`] that holds the own properties of this function.
    pub properties: Option<ObjectId>,
    /// Property names that the implementation asks for at run time (they become well-known pairs).
    pub wants: &'static [&'static str],
}

impl Native {
    /// The aux field of its header in an image, which has the object with its own properties or not: see [`crate::image::native`].
    pub const fn aux(&self, has_properties: bool) -> u32 {
        assert!((self.length as u32) <= native::LENGTH);
        let constructor = if self.constructor { native::CONSTRUCTOR } else { 0 };
        let properties = if has_properties { native::PROPERTIES } else { 0 };
        self.length as u32 | constructor | properties
    }
}

/// The value of a built-in property.
#[derive(Clone, Copy, Debug)]
pub enum PropertyValue {
    /// A function.
    Native(NativeId),
    /// A built-in object.
    Object(ObjectId),
    /// A number.
    Number(f64),
    /// A string.
    String(&'static str),
    /// `undefined`.
    Undefined,
    /// `true`.
    True,
    /// Getter and setter.
    Accessor(Option<NativeId>, Option<NativeId>),
    /// A well-known symbol.
    Symbol(SymbolId),
}

/// A symbol that the standard names, such as `Symbol.iterator`. In an image it is an object in ROM whose header has the number + 1
/// as its index.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
#[repr(u8)]
#[allow(missing_docs, reason = "they are called what the standard calls them")]
pub enum SymbolId {
    Iterator = 0,
    AsyncIterator = 1,
    HasInstance = 2,
    ToPrimitive = 3,
    ToStringTag = 4,
    Species = 5,
    IsConcatSpreadable = 6,
    Unscopables = 7,
    Match = 8,
    MatchAll = 9,
    Replace = 10,
    Search = 11,
    Split = 12,
}

impl SymbolId {
    /// All of them, in order.
    pub const ALL: &[SymbolId] = &[
        SymbolId::Iterator,
        SymbolId::AsyncIterator,
        SymbolId::HasInstance,
        SymbolId::ToPrimitive,
        SymbolId::ToStringTag,
        SymbolId::Species,
        SymbolId::IsConcatSpreadable,
        SymbolId::Unscopables,
        SymbolId::Match,
        SymbolId::MatchAll,
        SymbolId::Replace,
        SymbolId::Search,
        SymbolId::Split,
    ];

    /// Those by which methods of strings ask their pattern.
    pub const OF_PATTERNS: &[SymbolId] =
        &[SymbolId::Match, SymbolId::MatchAll, SymbolId::Replace, SymbolId::Search, SymbolId::Split];

    /// Its description.
    pub const fn description(self) -> &'static str {
        match self {
            SymbolId::Iterator => "Symbol.iterator",
            SymbolId::AsyncIterator => "Symbol.asyncIterator",
            SymbolId::HasInstance => "Symbol.hasInstance",
            SymbolId::ToPrimitive => "Symbol.toPrimitive",
            SymbolId::ToStringTag => "Symbol.toStringTag",
            SymbolId::Species => "Symbol.species",
            SymbolId::IsConcatSpreadable => "Symbol.isConcatSpreadable",
            SymbolId::Unscopables => "Symbol.unscopables",
            SymbolId::Match => "Symbol.match",
            SymbolId::MatchAll => "Symbol.matchAll",
            SymbolId::Replace => "Symbol.replace",
            SymbolId::Search => "Symbol.search",
            SymbolId::Split => "Symbol.split",
        }
    }

    /// How tables of this crate write it where a property key is expected.
    pub const fn key(self) -> &'static str {
        match self {
            SymbolId::Iterator => "@@iterator",
            SymbolId::AsyncIterator => "@@asyncIterator",
            SymbolId::HasInstance => "@@hasInstance",
            SymbolId::ToPrimitive => "@@toPrimitive",
            SymbolId::ToStringTag => "@@toStringTag",
            SymbolId::Species => "@@species",
            SymbolId::IsConcatSpreadable => "@@isConcatSpreadable",
            SymbolId::Unscopables => "@@unscopables",
            SymbolId::Match => "@@match",
            SymbolId::MatchAll => "@@matchAll",
            SymbolId::Replace => "@@replace",
            SymbolId::Search => "@@search",
            SymbolId::Split => "@@split",
        }
    }

    /// The symbol that a key in a table stands for.
    pub fn of_key(key: &str) -> Option<SymbolId> {
        SymbolId::ALL.iter().copied().find(|symbol| symbol.key() == key)
    }
}

/// A property of a built-in object.
#[derive(Clone, Copy, Debug)]
pub struct Property {
    /// The key: a string, or a symbol as [`SymbolId::key`] writes it.
    pub key: &'static str,
    /// Its value.
    pub value: PropertyValue,
    /// Bits of [`crate::image::object`]: writable, enumerable, configurable.
    pub attributes: u8,
}

/// One row of the objects' table.
#[derive(Clone, Copy, Debug)]
pub struct Object {
    /// Name for people: `Array.prototype`.
    pub name: &'static str,
    /// Its kind.
    pub class: Class,
    /// Its prototype; `None` is null.
    pub proto: Option<ObjectId>,
    /// Its properties in the order of creation.
    pub properties: &'static [Property],
}

/// A name in the global scope.
#[derive(Clone, Copy, Debug)]
pub struct Global {
    /// The name.
    pub name: &'static str,
    /// Its value.
    pub value: PropertyValue,
    /// False for `undefined`, `NaN`, `Infinity`.
    pub writable: bool,
}
