//! The image: one position-independent, read-only blob that holds all that a program has in ROM.
//!
//! Every engine uses the same blob: the bytecode engine finds its code in it; ahead-of-time compiled programs
//! have their constants, shapes, built-in objects and function descriptors there and their code in object
//! files. It is used in place, 4-aligned, little-endian; nothing in it is an absolute address. On a 64-bit
//! host it lies below 4 GiB.
//!
//! It starts with a [`field`] table of [`HEADER_WORDS`] words. Each section is a word count or byte offset
//! there. All offsets are bytes from the start of the image and 4-aligned unless said otherwise.
//!
//! * **Constants**: one word each. A word with low bits `00` is the offset of an object in the image (its
//!   value is base + offset); any other is a value word as it stands. Instructions, shapes and tables name
//!   strings, property keys and numbers by their index here (`u16`).
//! * **Atoms**: offsets of all string objects of more than 3 bytes, sorted by bytes (memcmp, shorter
//!   first if a prefix), so that the runtime can intern by binary search. Each has the ATOM flag. Property
//!   keys that are array indices (canonical decimal, up to 2^30-1) are small integers, not strings.
//! * **Shapes**: offsets of shape records: `u16` number of keys, `u16` reserved 0, then a `u16` constant
//!   index for each key, in slot order. All properties writable, enumerable, configurable data properties;
//!   prototype `Object.prototype`. Shape ids are `FIRST_SHAPE + index`.
//! * **Functions**: descriptors of [`FUNCTION_BYTES`] each, see [`function`].
//! * **Objects**: offsets of built-in object records, see [`object`].
//! * **Natives**: descriptors of [`NATIVE_BYTES`] each, see [`native`]. The k-th one is implemented by the
//!   k-th pointer of the table `jerboa_natives`, which the driver makes for the link and the host
//!   interpreter at load.
//! * **Well-known**: pairs of `u16` (well-known atom number, constant index), sorted, for the property names
//!   that the runtime itself asks for ([`crate::builtins::WELL_KNOWN`]) and that occur in this program.
//! * **Intrinsics**: `u16` object index + 1, or 0, for each of [`crate::builtins::ObjectId`], in order.
//! * **Lines**: the line table (may be stripped: offset 0), see `backend-bytecode`.

/// First word of an image: `JRB1`.
pub const MAGIC: u32 = u32::from_le_bytes(*b"JRB1");

/// Word numbers in the header.
pub mod field {
    /// [`super::MAGIC`].
    pub const MAGIC: usize = 0;
    /// Bytes of the whole image.
    pub const SIZE: usize = 1;
    /// CRC-32 (reflected, 0xEDB88320) of all bytes after this word.
    pub const CHECKSUM: usize = 2;
    /// Bit 0: has bytecode. Bit 1: has a line table.
    pub const FLAGS: usize = 3;
    /// Number of constants, then the offset of their table.
    pub const CONSTANTS: usize = 4;
    /// Number of atoms, then offset.
    pub const ATOMS: usize = 6;
    /// Number of shapes, then offset.
    pub const SHAPES: usize = 8;
    /// Number of functions, then offset of the descriptors.
    pub const FUNCTIONS: usize = 10;
    /// Number of built-in objects, then offset of the offsets.
    pub const OBJECTS: usize = 12;
    /// Number of natives, then offset of the descriptors.
    pub const NATIVES: usize = 14;
    /// Number of well-known pairs, then offset.
    pub const WELL_KNOWN: usize = 16;
    /// Offset of the intrinsics table.
    pub const INTRINSICS: usize = 18;
    /// Number of module variables (value words; all start as `EMPTY` unless the program's entry function sets
    /// them). Unboxed module variables are counted in the next word, in 4-byte words.
    pub const GLOBALS: usize = 19;
    /// Number of 4-byte words of unboxed module variables.
    pub const RAW_GLOBALS: usize = 20;
    /// Index of the function that runs the program.
    pub const ENTRY: usize = 21;
    /// Offset of the line table, or 0.
    pub const LINES: usize = 22;
    /// Bytes of the line table.
    pub const LINES_SIZE: usize = 23;
}

/// Words of the header.
pub const HEADER_WORDS: usize = 24;

/// The shape id of the image's first shape. Ids below are reserved for shapes that the runtime always has
/// (0: no shape / dictionary, 1: empty object with `Object.prototype`, 2: array, others as the runtime says).
pub const FIRST_SHAPE: u32 = 16;

/// Function descriptor: it starts with a heap header of [`crate::header::Kind::Function`] (aux 0), so that its
/// address is at the same time the closure value of a function that captures nothing.
pub mod function {
    /// `u32`: heap header, index = number of the function.
    pub const HEADER: usize = 0;
    /// `u32`: offset of the bytecode (any alignment), or 0 for compiled code (entry in `jerboa_functions`).
    pub const CODE: usize = 4;
    /// `u16`: constant index of the name, or 0xffff.
    pub const NAME: usize = 8;
    /// `u8`: value of the property `length`.
    pub const LENGTH: usize = 10;
    /// `u8`: number of parameters in the window that the function wants (missing ones are filled with
    /// `undefined`, surplus ones dropped unless it is variadic).
    pub const PARAMS: usize = 11;
    /// `u16`: flags, see below.
    pub const FLAGS: usize = 12;
    /// `u16`: tagged registers, callee, this and parameters included.
    pub const TAGGED: usize = 14;
    /// `u16`: raw 4-byte registers.
    pub const RAW: usize = 16;
    /// `u16`: number of handler table entries (they stand before the code).
    pub const HANDLERS: usize = 18;
    /// Can be called with `new`; has a `prototype` property.
    pub const CONSTRUCTOR: u16 = 1;
    /// Wants a rest array in the register after its parameters.
    pub const REST: u16 = 2;
    /// Wants the arguments object in the register after its parameters (and rest).
    pub const ARGUMENTS: u16 = 4;
    /// Wants `new.target` in the register after the above.
    pub const NEW_TARGET: u16 = 8;
    /// Called only directly by other functions of the image, never through a value.
    pub const DIRECT_ONLY: u16 = 16;
}

/// Bytes of a function descriptor.
pub const FUNCTION_BYTES: usize = 20;

/// Native function descriptor; its address is the function's value.
pub mod native {
    /// `u32`: heap header of kind Native, index = number in this table.
    pub const HEADER: usize = 0;
    /// `u16`: [`crate::builtins::NativeId`].
    pub const ID: usize = 4;
    /// `u16`: constant index of the name.
    pub const NAME: usize = 6;
    /// `u8`: value of the property `length`.
    pub const LENGTH: usize = 8;
    /// `u8`: bit 0: is a constructor.
    pub const FLAGS: usize = 9;
    /// `u16`: index + 1 of the built-in object that holds its own properties (such as `Array.isArray`), or 0.
    pub const PROPERTIES: usize = 10;
}

/// Bytes of a native descriptor.
pub const NATIVE_BYTES: usize = 12;

/// Built-in object record; its address is the object's value.
pub mod object {
    /// `u32`: heap header of kind RomObject, index = number in the objects table.
    pub const HEADER: usize = 0;
    /// `u16`: index + 1 of its prototype among the objects, or 0 for null.
    pub const PROTO: usize = 4;
    /// `u8`: [`crate::builtins::Class`].
    pub const CLASS: usize = 6;
    /// `u8`: reserved, 0.
    pub const RESERVED: usize = 7;
    /// `u16`: number of properties.
    pub const COUNT: usize = 8;
    /// `u16`: reserved, 0.
    pub const PAD: usize = 10;
    /// First property; each is [`PROPERTY_BYTES`]: `u16` constant index of the key, `u8` attributes, `u8` kind
    /// ([`PROPERTY_CONSTANT`] or [`PROPERTY_ACCESSOR`]), `u32` payload: a constant word as in the constants table;
    /// for an accessor `u16` native index + 1 of getter and of setter.
    pub const PROPERTIES: usize = 12;
    /// Bytes of one property.
    pub const PROPERTY_BYTES: usize = 8;
    /// Data property.
    pub const PROPERTY_CONSTANT: u8 = 0;
    /// Accessor property.
    pub const PROPERTY_ACCESSOR: u8 = 1;
    /// Attribute bit.
    pub const WRITABLE: u8 = 1;
    /// Attribute bit.
    pub const ENUMERABLE: u8 = 2;
    /// Attribute bit.
    pub const CONFIGURABLE: u8 = 4;
}
