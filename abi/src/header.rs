//! The header word that starts every object in the heap and in ROM.
//!
//! ```text
//! 31            16 15       9 8     4 3  2 1 0
//! [ index         ][ aux     ][ kind ][ gc ][1 0]
//! ```
//!
//! `index` is the shape of an object, the function of a closure, the byte length of a string; `aux` is the
//! inline capacity of an object in words, or flags. The low two bits make a header differ from every pointer
//! and integer; together with the two GC bits being 11 (`….1110`) it differs from every value word.

/// Low bits of a header while it is not being collected.
pub const TAG: u32 = 0b10;
/// First of the two bits that belong to the collector.
pub const GC_SHIFT: u32 = 2;
/// Position of the kind.
pub const KIND_SHIFT: u32 = 4;
/// Mask of the kind, shifted down.
pub const KIND_MASK: u32 = 0x1f;
/// Position of the aux field.
pub const AUX_SHIFT: u32 = 9;
/// Mask of the aux field, shifted down.
pub const AUX_MASK: u32 = 0x7f;
/// Position of the index field.
pub const INDEX_SHIFT: u32 = 16;

/// What an object is. The number is in every header, so it is part of the image format.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Kind {
    /// Flat string of fewer than 65,536 WTF-8 bytes (always more than 3); index = byte length; the bytes follow.
    String = 0,
    /// Flat string of any length; the next word is its byte length; then the bytes.
    LongString = 1,
    /// Concatenation not yet made flat: left, right, byte length (as small integer).
    Rope = 2,
    /// Boxed double: 8 bytes follow, little-endian.
    Double = 3,
    /// Symbol: description.
    Symbol = 4,
    /// Ordinary object; index = shape, aux = inline capacity; the property slots follow.
    Object = 5,
    /// Array. With [`ARRAY_BYTES`] the kind number reads 22, which nothing else may be.
    Array = 6,
    /// Closure of a compiled function; index = function; aux = number of words that follow (see [`closure`]).
    Function = 7,
    /// Built-in function (in ROM); index = its number in the image's natives.
    Native = 8,
    /// Bound function.
    Bound = 9,
    /// Built-in object (in ROM); index = its number in the image's objects.
    RomObject = 10,
    /// One captured variable that several functions share.
    Cell = 11,
    /// Getter and setter of an accessor property.
    Accessor = 12,
    /// Element store of an array, or overflow slots of an object: values.
    Values = 13,
    /// Bytes without values (element stores of unboxed kinds, hash indices).
    Bytes = 14,
    /// Shape made at run time.
    Shape = 15,
    /// Property table of an object in dictionary mode.
    Dictionary = 16,
    /// Iteration state of for-in and for-of.
    Iterator = 17,
    /// Error object: ordinary, with a captured stack.
    Error = 18,
    /// Wrapper object of a primitive (`new Number(1)`).
    Wrapper = 19,
    /// The arguments object of a call.
    Arguments = 20,
    /// Table of a weak collection: values, of which the collector keeps those whose key is alive otherwise.
    Weak = 23,
    /// Instance of a built-in class with internal slots, such as Map or Date: ordinary, with class and state. (21 would have
    /// the low byte of an ordinary object's header, see [`OBJECT_BYTE`].)
    Instance = 24,
    /// `ArrayBuffer`: its byte length (raw), then the bytes; see [`typed`].
    Buffer = 25,
    /// Typed array or `DataView`; index = what its elements are. See [`typed`].
    View = 26,
    /// Free space inside the heap (only while collecting).
    Free = 31,
}

/// Set in the header of an array whose elements are one byte each: the low byte of the word of a constant (undefined,
/// null, false, true, or the empty marker for a hole). It is the top bit of the kind, so comparing the low byte of a
/// header with [`ARRAY_TAG`] finds arrays of both sorts, and comparing the whole header with that of a fresh array finds those
/// that have no flags either.
pub const ARRAY_BYTES: u32 = 0x10 << KIND_SHIFT;
/// Set in the header of an array that has no store, so that an array whose header is that of a fresh one with a store can be
/// appended to without asking whether it has one.
pub const ARRAY_NO_STORE: u32 = 1 << INDEX_SHIFT;
/// The low byte of an array's header.
pub const ARRAY_TAG: u32 = make(Kind::Array, 0, 0);

/// Whether the header is an array's, whatever its elements are.
#[inline(always)]
pub const fn is_array(header: u32) -> bool {
    header & 0xff == ARRAY_TAG
}

/// Whether the header is that of an array with elements of one byte.
#[inline(always)]
pub const fn is_byte_array(header: u32) -> bool {
    header & (0xff | ARRAY_BYTES) == ARRAY_TAG | ARRAY_BYTES
}

/// The header of an object.
#[inline(always)]
pub const fn make(kind: Kind, aux: u32, index: u32) -> u32 {
    TAG | ((kind as u32) << KIND_SHIFT) | ((aux & AUX_MASK) << AUX_SHIFT) | (index << INDEX_SHIFT)
}

/// Low byte of the header of an ordinary object, and of no other object of a program: with it, a kind is checked by one
/// load of a byte and one comparison.
pub const OBJECT_BYTE: u32 = make(Kind::Object, 0, 0);

/// The kind number in a header.
#[inline(always)]
pub const fn kind(header: u32) -> u32 {
    (header >> KIND_SHIFT) & KIND_MASK
}

/// The aux field of a header.
#[inline(always)]
pub const fn aux(header: u32) -> u32 {
    (header >> AUX_SHIFT) & AUX_MASK
}

/// The index field of a header.
#[inline(always)]
pub const fn index(header: u32) -> u32 {
    header >> INDEX_SHIFT
}

/// Flags in the aux field of strings.
pub mod string {
    /// All bytes are below 0x80: byte index = UTF-16 index.
    pub const ASCII: u32 = 1;
    /// Interned: two atoms are equal only if they are the same object.
    pub const ATOM: u32 = 2;
}

/// Words of a closure ([`Kind::Function`] in the heap) after the header.
pub mod closure {
    /// Aux bit: the first word after the header is the function's property object (or `undefined`); captured
    /// values come after it. Without it, a closure that is given properties gets them through a side table.
    pub const HAS_PROPERTIES: u32 = 0x40;
    /// Mask of the number of words after the header in aux.
    pub const WORDS_MASK: u32 = 0x3f;
}

/// Array buffers ([`Kind::Buffer`]) and their views ([`Kind::View`]).
///
/// The bytes stand in the buffer object itself, behind its length. A view has three words: its length in elements, its buffer and
/// the byte at which it begins (both numbers are small integers). So the bytes of a view are found through its buffer, which may move, and
/// nothing else knows where they are. A view never changes.
pub mod typed {
    /// Offset of a buffer's length in bytes.
    pub const BYTE_LENGTH: u32 = 4;
    /// Offset of a buffer's first byte, which is aligned to 4.
    pub const BYTES: u32 = 8;
    /// Offset of a view's length in elements (of a `DataView` in bytes).
    pub const LENGTH: u32 = 4;
    /// Offset of a view's buffer.
    pub const BUFFER: u32 = 8;
    /// Offset of the position in the buffer at which a view begins, in bytes.
    pub const OFFSET: u32 = 12;

    /// What the elements of a view are: the index field of its header.
    #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
    #[repr(u8)]
    #[allow(missing_docs, reason = "they are called as the constructors are")]
    pub enum Element {
        Int8 = 0,
        Uint8 = 1,
        Uint8Clamped = 2,
        Int16 = 3,
        Uint16 = 4,
        Int32 = 5,
        Uint32 = 6,
        Float32 = 7,
        Float64 = 8,
        /// A view without elements.
        DataView = 9,
    }

    impl Element {
        /// Those of typed arrays, in order, and [`Element::DataView`].
        pub const ALL: &[Element] = &[
            Element::Int8,
            Element::Uint8,
            Element::Uint8Clamped,
            Element::Int16,
            Element::Uint16,
            Element::Int32,
            Element::Uint32,
            Element::Float32,
            Element::Float64,
            Element::DataView,
        ];

        /// log2 of the size of an element in bytes.
        pub const fn shift(self) -> u32 {
            match self {
                Element::Int8 | Element::Uint8 | Element::Uint8Clamped | Element::DataView => 0,
                Element::Int16 | Element::Uint16 => 1,
                Element::Int32 | Element::Uint32 | Element::Float32 => 2,
                Element::Float64 => 3,
            }
        }

        /// The name of the constructor.
        pub const fn class(self) -> &'static str {
            match self {
                Element::Int8 => "Int8Array",
                Element::Uint8 => "Uint8Array",
                Element::Uint8Clamped => "Uint8ClampedArray",
                Element::Int16 => "Int16Array",
                Element::Uint16 => "Uint16Array",
                Element::Int32 => "Int32Array",
                Element::Uint32 => "Uint32Array",
                Element::Float32 => "Float32Array",
                Element::Float64 => "Float64Array",
                Element::DataView => "DataView",
            }
        }

        /// Whether the elements are integers.
        pub const fn is_integer(self) -> bool {
            !matches!(self, Element::Float32 | Element::Float64)
        }

        /// The element type with a number.
        pub const fn of_number(number: u32) -> Element {
            if number < Element::ALL.len() as u32 { Element::ALL[number as usize] } else { Element::DataView }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All numbers of kinds that there are.
    fn kinds() -> impl Iterator<Item = u32> {
        (0..=Kind::Arguments as u32)
            .chain([Kind::Weak, Kind::Instance, Kind::Buffer, Kind::View].map(|kind| kind as u32))
    }

    #[test]
    fn the_low_byte_tells_ordinary_objects() {
        let alike = |kind: &u32| (TAG | kind << KIND_SHIFT) & 0xff == OBJECT_BYTE;
        assert!(kinds().filter(alike).eq([Kind::Object as u32]));
    }

    #[test]
    fn the_low_byte_tells_arrays() {
        let alike = |kind: &u32| (TAG | kind << KIND_SHIFT) & 0xff == ARRAY_TAG;
        assert!(kinds().filter(alike).eq([Kind::Array as u32]));
        assert!(!kinds().any(|number| number == kind(ARRAY_TAG | ARRAY_BYTES)));
    }
}
