//! The image: one position-independent, read-only blob that holds all that a program has in ROM.
//!
//! Every engine uses the same blob: the bytecode engine finds its code in it; ahead-of-time compiled programs
//! have their constants, shapes, built-in objects and function descriptors there and their code in object
//! files. It is used in place, 4-aligned, little-endian; nothing in it is an absolute address. On a 64-bit
//! host it lies below 4 GiB.
//!
//! It starts with a header of [`HEADER_BYTES`], see [`field`]. A section is named there by a `u16` count and a `u16`
//! offset in *words* from the start of the image, or stands right before or behind one that is; the sections stand in the
//! first 256 kB, what they point to may lie beyond. All other offsets are bytes from the start of the image and 4-aligned
//! unless said otherwise.
//!
//! * **Literals**: right behind the header, boxed doubles that instructions name by their offset in words (`u8`).
//! * **Constants**: one word each. A word with low bits `00` is the offset of an object in the image (its
//!   value is base + offset); any other is a value word as it stands. Instructions, shapes and tables name
//!   strings, property keys and numbers by their index here (`u16`).
//! * **Atoms**: `u32` offsets of all string objects of more than 3 bytes, sorted by bytes (memcmp, shorter
//!   first if a prefix), so that the runtime can intern by binary search. Each has the ATOM flag. As a rule this is the
//!   beginning of the constants, where they all stand anyway; images that will be extended have a table of their own.
//!   Property keys that are array indices (canonical decimal, up to 2^30-1) are small integers, not strings.
//! * **Shapes**: a word for each, right before the functions, the first one last. All properties are writable, enumerable, configurable data properties. Shape ids are
//!   `FIRST_SHAPE + index`. An object with such a shape has all of its properties inline.
//!   First come the *roots*, the empty shapes of constructors: in bits 0-15 the number of the tagged module variable with the
//!   prototype, in bits 16-23 the inline capacity of the objects. These variables are the last ones, in the same order; they
//!   are empty until the constructor is first used, and no instruction names them.
//!   The other words have the offset (2-aligned, below 2^24) of the `u16` constant indices of the keys, in slot order, and
//!   from bit [`SHAPE_COUNT_SHIFT`] their number; before the keys stands the `u16` number + 1 of the root whose
//!   prototype it is, or 0 for `Object.prototype`. The words are sorted by keys, so that the ids of all
//!   shapes that begin with the same keys are consecutive.
//! * **Fields**: what instructions that expect certain shapes name by a number: one or two words of [`FIELD_BYTES`] each, see
//!   [`shape_field`]. They stand right before the constants, the first one last.
//! * **Functions**: descriptors of [`FUNCTION_BYTES`] each, see [`function`], in the order of their bytecode.
//! * **Objects**: `u32` offsets of built-in object records, see [`object`], in the order of their
//!   [`crate::builtins::ObjectId`], which each record states: the runtime finds an intrinsic by binary search.
//!   `Object.prototype` is always there and always the first.
//! * **Natives**: descriptors of [`NATIVE_BYTES`] each, see [`native`], right before the objects, the first one last. The k-th one is implemented by the
//!   k-th pointer of the table `jerboa_natives`, which the driver makes for the link and the host
//!   interpreter at load.
//! * **Well-known**: pairs of `u16` (well-known atom number, constant index), sorted, right behind the objects, for the
//!   property names that the runtime itself asks for ([`crate::builtins::WELL_KNOWN`]) and that occur in this program.
//! * **Lines**: the line table, from its offset to the end of the image (may be stripped: offset 0), see
//!   [`lines`].

/// First half word of an image. No text in UTF-8 begins so.
pub const MAGIC: u16 = u16::from_le_bytes([b'J', 0xb5]);

/// Byte offsets in the header.
pub mod field {
    /// `u16`: [`super::MAGIC`].
    pub const MAGIC: usize = 0;
    /// `u16`: index of the function that runs the program.
    pub const ENTRY: usize = 2;
    /// `u32`: bytes of the whole image, below [`super::MAX_BYTES`].
    pub const SIZE: usize = 4;
    /// 3 bytes: offset of the line table, or 0 ([`super::LINES_MASK`] of a `u32`).
    pub const LINES: usize = 8;
    /// `u8`: flags, [`super::HAS_BYTECODE`].
    pub const FLAGS: usize = 11;
    /// `u16` number of constants, `u16` word offset of their table.
    pub const CONSTANTS: usize = 12;
    /// `u16` number of atoms, `u16` word offset.
    pub const ATOMS: usize = 16;
    /// `u16` number of functions, `u16` word offset of the descriptors. The shapes end there.
    pub const FUNCTIONS: usize = 20;
    /// `u8` number of built-in objects.
    pub const OBJECTS: usize = 24;
    /// `u8` number of well-known pairs, which stand behind the offsets of the objects.
    pub const WELL_KNOWN: usize = 25;
    /// `u16` word offset of the offsets of the built-in objects. The natives end there.
    pub const OBJECTS_AT: usize = 26;
    /// `u16` number of natives.
    pub const NATIVES: usize = 28;
    /// `u16` number of shapes.
    pub const SHAPES: usize = 30;
    /// `u16`: number of tagged module variables, those of roots included (value words; all start as `EMPTY` unless the program's entry function sets
    /// them).
    pub const GLOBALS: usize = 32;
    /// `u16`: number of 4-byte words of unboxed module variables (they start as 0).
    pub const RAW_GLOBALS: usize = 34;
    /// `u8`: number of words of the fields.
    pub const FIELDS: usize = 36;
    /// Three bytes that the outermost interpreted frame returns to: two operand bytes of a call, both 0, then the opcode
    /// that leaves the interpreter.
    pub const EXIT: usize = 37;
}

/// Bytes of the header.
pub const HEADER_BYTES: usize = 40;

/// No image has as many bytes.
pub const MAX_BYTES: usize = 1 << 24;

/// The bits of the word at [`field::LINES`] that are the offset of the line table.
pub const LINES_MASK: u32 = (1 << 24) - 1;

/// Header flag: the functions are bytecode.
pub const HAS_BYTECODE: u8 = 1;

/// The line table: a stream of unsigned LEB128 numbers (signed ones in zigzag form).
///
/// It begins with the number of texts, and for each its length in bytes and its WTF-8 bytes: names that only stacks show, and pieces
/// of the source for messages. Then come the number of source files, and for each the number of its name among the texts, times 2.
/// Among them are calls that were replaced by their callee's body: the number + 1 of the callee's name (0: it has none), times 2 plus
/// 1, the callee's file, and where the call was: file, line and column. What happens in such a "file" happens in the callee, which was
/// called from there. Then come entries in the order of the code: advance, never 0, in code bytes (from the start of the image at first)
/// times 4 plus bit 0 ([`lines::TEXT`](self::lines::TEXT)) and bit 1 ([`lines::FILE`](self::lines::FILE)); if FILE, the number of the
/// file from here on; change of the line (signed, from 0 at first); the column; if TEXT, the number of the source text of the callee or
/// property access. An entry holds for the instruction that starts at its position and for those after it up to the next entry. Line 0
/// is an unknown position. Where the code is compiled, the numbers of call sites (from 1) stand in the place of code bytes.
pub mod lines {
    /// The entry has an expression text.
    pub const TEXT: u32 = 1;
    /// The entry changes the file.
    pub const FILE: u32 = 2;
}

/// The shape id of the image's first shape. Ids below are reserved for shapes that the runtime always has
/// (0: no shape / dictionary, 1: empty object with `Object.prototype`, 2: array, others as the runtime says).
pub const FIRST_SHAPE: u32 = 16;

/// The id of the empty shape with `Object.prototype`, which is no shape of the image.
pub const OBJECT_SHAPE: u32 = 1;

/// What an instruction names this shape by, which takes numbers in the image (the id is the sum modulo 2^16).
pub const OBJECT_SHAPE_NUMBER: u16 = (OBJECT_SHAPE as u16).wrapping_sub(FIRST_SHAPE as u16);

/// The most keys that a shape has. A literal with more is built property by property.
pub const MAX_SHAPE_KEYS: u32 = 120;

/// Position of the number of keys in a shape's word.
pub const SHAPE_COUNT_SHIFT: u32 = 24;

/// A field: where a property is if the object's shape is one of a range.
pub mod shape_field {
    /// `u16`: id of the first shape.
    pub const FIRST: u32 = 0;
    /// `u8`: number of further shapes.
    pub const SPAN: u32 = 2;
    /// `u8`: words from the start of the object to the slot. The key is the one that the shapes have there.
    pub const SLOT: u32 = 3;
    /// Where the object has no such property yet, and gets it, the next word of the table is not a field but has [`GROWS`] in the
    /// place of the shape, and in this `u8` what the id of the shape grows by.
    pub const GROW: u32 = 2;
    /// No shape's id: what is in the place of one in the second word of a field.
    pub const GROWS: u16 = 0xffff;
}

/// Bytes of a word of the fields.
pub const FIELD_BYTES: usize = 4;

/// Function descriptor: it starts with a heap header of [`crate::header::Kind::Function`] (aux 0), so that its
/// address is at the same time the closure value of a function that captures nothing.
pub mod function {
    /// `u32`: heap header, index = number of the function.
    pub const HEADER: usize = 0;
    /// `u32`: offset of the bytecode (any alignment). For compiled code (entry in `jerboa_functions`) the number of the
    /// function's first call site, or 0 where no sites are recorded.
    pub const CODE: usize = 4;
    /// `u16`: constant index of the name, or 0xffff. With `DIRECT_ONLY`, its number among the texts of the line table.
    pub const NAME: usize = 8;
    /// `u8`: value of the property `length`.
    pub const LENGTH: usize = 10;
    /// `u8`: number of parameters in the window that the function wants (missing ones are filled with
    /// `undefined`, surplus ones dropped unless it is variadic).
    pub const PARAMS: usize = 11;
    /// `u16`: flags, see below.
    pub const FLAGS: usize = 12;
    /// `u16`: number of handler table entries of [`HANDLER_BYTES`] each; they stand right before the code.
    pub const HANDLERS: usize = 14;
    /// Bytes of a handler table entry: `u16` start, end and target, in bytes from the start of the code. An instruction
    /// that starts in `start..end` and throws goes on at the target. The first entry that fits counts.
    pub const HANDLER_BYTES: usize = 6;
    /// Can be called with `new`; has a `prototype` property.
    pub const CONSTRUCTOR: u16 = 1;
    /// Wants a rest array in the register after its parameters.
    pub const REST: u16 = 2;
    /// Wants the arguments object in the register after its parameters (and rest).
    pub const ARGUMENTS: u16 = 4;
    /// Wants `new.target` in the register after the above.
    pub const NEW_TARGET: u16 = 8;
    /// Called only directly by other functions of the image, never through a value.
    /// Then `LENGTH` is the number of raw words of its parameters, and `PARAMS` counts all tagged ones.
    pub const DIRECT_ONLY: u16 = 16;
    /// The result is an unboxed integer or boolean (only with `DIRECT_ONLY`).
    pub const RESULT_I32: u16 = 32;
    /// The result is an unboxed double (only with `DIRECT_ONLY`).
    pub const RESULT_F64: u16 = 64;
    /// Without `DIRECT_ONLY`: it gives its first argument minus the second and does nothing else, so sorting by it needs no calls
    /// where both are small integers.
    pub const ASCENDING: u16 = RESULT_I32;
    /// The same for the second minus the first.
    pub const DESCENDING: u16 = RESULT_F64;
    /// Its closures have a property word ([`crate::header::closure::HAS_PROPERTIES`]).
    pub const PROPERTIES: u16 = 128;
    /// The constructor of a class: its `prototype` is read-only.
    pub const CLASS: u16 = 256;
    /// The constructor of a derived class: `new` makes no object for it.
    pub const DERIVED: u16 = 512;
    /// Without `CONSTRUCTOR`: a generator function, whose `prototype` is what its generators inherit from.
    pub const GENERATOR: u16 = CLASS;
    /// Without `CONSTRUCTOR`: an asynchronous function or, with `GENERATOR`, generator function.
    pub const ASYNC: u16 = DERIVED;
    /// Position of the number + 1 of the root for the objects that it makes as a constructor; 0 if they have shapes made
    /// at run time. At most 63 fit.
    pub const ROOT_SHIFT: u32 = 10;
}

/// Bytes of a function descriptor.
pub const FUNCTION_BYTES: usize = 16;

/// Native function descriptor; its address is the function's value.
pub mod native {
    /// `u32`: heap header of kind Native, index = number in this table; in the aux field what the last constants here say.
    pub const HEADER: usize = 0;
    /// `u16`: [`crate::builtins::NativeId`].
    pub const ID: usize = 4;
    /// `u16`: constant index of the name.
    pub const NAME: usize = 6;
    /// Bits of the aux field: value of the property `length`.
    pub const LENGTH: u32 = 7;
    /// Bit of the aux field: is a constructor.
    pub const CONSTRUCTOR: u32 = 8;
    /// Bit of the aux field: has properties of its own (such as `Array.isArray`), in the built-in object that names it as its
    /// [`OWNER`](super::object::OWNER).
    pub const PROPERTIES: u32 = 16;
}

/// Bytes of a native descriptor.
pub const NATIVE_BYTES: usize = 8;

/// Built-in object record; its address is the object's value. A prototype stands before the objects that have it.
pub mod object {
    /// `u32`: heap header of kind RomObject, index = number in the objects table.
    pub const HEADER: usize = 0;
    /// `u16`: index + 1 of its prototype among the objects, or 0 for null.
    pub const PROTO: usize = 4;
    /// `u8`: [`crate::builtins::Class`].
    pub const CLASS: usize = 6;
    /// `u8`: number of properties.
    pub const COUNT: usize = 7;
    /// `u16`: index + 1 of the native whose own properties these are, or 0.
    pub const OWNER: usize = 8;
    /// `u16`: [`crate::builtins::ObjectId`].
    pub const ID: usize = 10;
    /// First property. Each begins with the `u16` constant index of its key and a `u16`. Most properties are methods: then that is the
    /// index of the native, the attributes are [`METHOD`], and that is all. Otherwise it has the bit [`LONG`] and, in its low bits, the
    /// attributes, and a `u32` follows: a constant word as in the constants table; with the bit [`ACCESSOR`], `u16` native index + 1
    /// of getter and of setter.
    pub const PROPERTIES: usize = 12;
    /// Bytes of a property that is a method.
    pub const METHOD_BYTES: usize = 4;
    /// Bytes of any other property.
    pub const LONG_BYTES: usize = 8;
    /// Marks a property that is no method.
    pub const LONG: u16 = 0x8000;
    /// With [`LONG`]: an accessor property.
    pub const ACCESSOR: u16 = 0x100;
    /// The attributes of methods.
    pub const METHOD: u8 = WRITABLE | CONFIGURABLE;
    /// Attribute bit.
    pub const WRITABLE: u8 = 1;
    /// Attribute bit.
    pub const ENUMERABLE: u8 = 2;
    /// Attribute bit.
    pub const CONFIGURABLE: u8 = 4;
}
