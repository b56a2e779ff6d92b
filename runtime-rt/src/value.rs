//! Values, the stack slots that keep them alive, and property keys.
//!
//! A [`Value`] borrows the VM: what may allocate takes `&mut Vm`, so that a value held across an allocation,
//! which may move the object, does not compile:
//!
//! ```compile_fail
//! # use jerboa_rt::{Slot, Vm, Thrown};
//! fn wrong(vm: &mut Vm, slot: Slot) -> Result<(), Thrown> {
//!     let held = vm.get(slot);
//!     vm.new_object()?; // may collect and move what `held` points to
//!     let _ = held.is_object();
//!     Ok(())
//! }
//! ```
//!
//! What must survive sits in a [`Slot`] of the VM's stack:
//!
//! ```
//! # use jerboa_rt::{Slot, Vm, Thrown};
//! fn right(vm: &mut Vm, slot: Slot) -> Result<(), Thrown> {
//!     let [fresh] = vm.slots()?;
//!     vm.new_object()?.store(fresh);
//!     let _ = vm.get(slot).is_object();
//!     Ok(())
//! }
//! ```

use core::marker::PhantomData;

use jerboa_abi::header::{self, Kind};
use jerboa_abi::value as word;

use crate::memory::{load, store};

/// An exception is pending in the VM ([`crate::Vm::pending`]).
///
/// Without data, so that `Result<(), Thrown>` is a flag in a register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thrown;

/// The result of whatever can throw.
pub type Result<T, E = Thrown> = core::result::Result<T, E>;

/// A value word that is valid while the heap is not changed (`'h`).
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(transparent)]
pub struct Value<'h> {
    word: u32,
    heap: PhantomData<&'h ()>,
}

impl Value<'static> {
    /// `undefined`.
    pub const UNDEFINED: Value<'static> = Value { word: word::UNDEFINED, heap: PhantomData };
    /// `null`.
    pub const NULL: Value<'static> = Value { word: word::NULL, heap: PhantomData };
    /// `false`.
    pub const FALSE: Value<'static> = Value { word: word::FALSE, heap: PhantomData };
    /// `true`.
    pub const TRUE: Value<'static> = Value { word: word::TRUE, heap: PhantomData };
    /// No value: see [`jerboa_abi::value::EMPTY`].
    pub const EMPTY: Value<'static> = Value { word: word::EMPTY, heap: PhantomData };
    /// The empty string.
    pub const EMPTY_STRING: Value<'static> = Value { word: word::EMPTY_STRING, heap: PhantomData };

    /// A boolean.
    #[inline]
    pub const fn bool(b: bool) -> Value<'static> {
        Value { word: word::from_bool(b), heap: PhantomData }
    }

    /// A small integer; `None` beyond 31 bits.
    #[inline]
    pub const fn int(i: i32) -> Option<Value<'static>> {
        match word::from_int(i) {
            Some(word) => Some(Value { word, heap: PhantomData }),
            None => None,
        }
    }

    /// A small integer that is in range by construction (lengths, small constants): the upper bits are dropped.
    #[inline]
    pub const fn small(i: i32) -> Value<'static> {
        Value { word: ((i as u32) << 1) | word::INT_BIT, heap: PhantomData }
    }

    /// A string of at most 3 bytes of WTF-8.
    #[inline(always)]
    pub const fn short_string(bytes: &[u8]) -> Option<Value<'static>> {
        match word::from_short_string(bytes) {
            Some(word) => Some(Value { word, heap: PhantomData }),
            None => None,
        }
    }
}

impl<'h> Value<'h> {
    /// The value of a word.
    ///
    /// # Safety
    /// The word is a value of the VM that `'h` borrows (or holds no pointer), see [`jerboa_abi::value`].
    #[inline(always)]
    pub const unsafe fn from_word(word: u32) -> Value<'h> {
        Value { word, heap: PhantomData }
    }

    /// As [`Value::from_word`], inside the runtime, whose rule is that of [`crate::memory`].
    #[inline(always)]
    pub const fn of(word: u32) -> Value<'h> {
        Value { word, heap: PhantomData }
    }

    /// The word.
    #[inline(always)]
    pub const fn word(self) -> u32 {
        self.word
    }

    /// Puts the value in a slot, where it stays valid.
    #[inline(always)]
    pub fn store(self, slot: Slot) {
        store(slot.0, self.word);
    }

    /// Whether it is `undefined`.
    #[inline]
    pub const fn is_undefined(self) -> bool {
        self.word == word::UNDEFINED
    }

    /// Whether it is `null`.
    #[inline]
    pub const fn is_null(self) -> bool {
        self.word == word::NULL
    }

    /// Whether it is `undefined` or `null`.
    #[inline]
    pub const fn is_nullish(self) -> bool {
        self.word == word::UNDEFINED || self.word == word::NULL
    }

    /// Whether it is no value ([`Value::EMPTY`]).
    #[inline]
    pub const fn is_empty(self) -> bool {
        self.word == word::EMPTY
    }

    /// The boolean.
    #[inline]
    pub const fn as_bool(self) -> Option<bool> {
        if word::is_bool(self.word) { Some(self.word == word::TRUE) } else { None }
    }

    /// The small integer.
    #[inline(always)]
    pub const fn as_int(self) -> Option<i32> {
        if word::is_int(self.word) { Some(word::to_int(self.word)) } else { None }
    }

    /// Whether the word is an address.
    #[inline(always)]
    pub const fn is_pointer(self) -> bool {
        word::is_pointer(self.word)
    }

    /// The header of what it points to.
    #[inline(always)]
    pub fn header(self) -> u32 {
        load(self.word)
    }

    /// The kind of what it points to; `None` if it is no pointer.
    #[inline(always)]
    pub fn kind(self) -> Option<Kind> {
        if self.is_pointer() { Some(kind_of(self.header())) } else { None }
    }

    /// Whether it points to something of this kind.
    #[inline(always)]
    pub fn is(self, kind: Kind) -> bool {
        if kind as u32 == Kind::Array as u32 {
            return self.is_pointer() && header::is_array(self.header());
        }
        self.is_pointer() && header::kind(self.header()) == kind as u32
    }

    /// The number.
    pub fn as_number(self) -> Option<f64> {
        if let Some(i) = self.as_int() {
            return Some(f64::from(i));
        }
        if self.is(Kind::Double) { Some(self.double()) } else { None }
    }

    /// Whether it is a number.
    pub fn is_number(self) -> bool {
        word::is_int(self.word) || self.is(Kind::Double)
    }

    /// The number of a boxed double.
    #[inline(always)]
    pub fn double(self) -> f64 {
        f64::from_bits(u64::from(load(self.word + 4)) | u64::from(load(self.word + 8)) << 32)
    }

    /// Whether it is a string.
    pub fn is_string(self) -> bool {
        if self.is_pointer() {
            header::kind(self.header()) <= Kind::Rope as u32
        } else {
            word::is_short_string(self.word)
        }
    }

    /// Whether it is an object (functions included).
    #[inline(always)]
    pub fn is_object(self) -> bool {
        self.is_pointer() && is_object_kind(header::kind(self.header()))
    }

    /// Whether it can be called.
    pub fn is_callable(self) -> bool {
        match self.kind() {
            Some(Kind::Function | Kind::Native | Kind::Bound) => true,
            Some(Kind::RomObject) => {
                crate::image::rom_class(self.word) == jerboa_abi::builtins::Class::Function as u32
            }
            _ => false,
        }
    }

    /// Whether it is an array.
    pub fn is_array(self) -> bool {
        match self.kind() {
            Some(Kind::Array) => true,
            Some(Kind::RomObject) => {
                crate::image::rom_class(self.word) == jerboa_abi::builtins::Class::Array as u32
            }
            _ => false,
        }
    }

    /// ToBoolean.
    pub fn to_boolean(self) -> bool {
        match self.word {
            word::TRUE => true,
            word::FALSE | word::UNDEFINED | word::NULL | word::EMPTY | word::EMPTY_STRING => false,
            w if word::is_int(w) => w != word::INT_BIT,
            _ if self.is(Kind::Double) => {
                let number = self.double();
                !(number == 0.0 || number.is_nan())
            }
            _ => true,
        }
    }
}

/// The kind of a header; headers in the heap and in a checked image have valid kinds.
#[inline(always)]
pub(crate) fn kind_of(header: u32) -> Kind {
    const KINDS: [Kind; 32] = {
        use Kind::*;
        [
            String, LongString, Rope, Double, Symbol, Object, Array, Function, Native, Bound, RomObject,
            Cell, Accessor, Values, Bytes, Shape, Dictionary, Iterator, Error, Wrapper, Arguments, Free,
            // With `ARRAY_BYTES`.
            Array, Weak, Instance, Buffer, View, Free, Free, Free, Free, Free,
        ]
    };
    KINDS[header::kind(header) as usize & 31]
}

/// Whether values of this kind are objects to the program.
const fn is_object_kind(kind: u32) -> bool {
    const OBJECTS: u32 = 1 << Kind::Object as u32
        | 1 << Kind::Array as u32
        | 1 << header::kind(header::ARRAY_TAG | header::ARRAY_BYTES)
        | 1 << Kind::Function as u32
        | 1 << Kind::Native as u32
        | 1 << Kind::Bound as u32
        | 1 << Kind::RomObject as u32
        | 1 << Kind::Iterator as u32
        | 1 << Kind::Error as u32
        | 1 << Kind::Instance as u32
        | 1 << Kind::Buffer as u32
        | 1 << Kind::View as u32
        | 1 << Kind::Wrapper as u32
        | 1 << Kind::Arguments as u32;
    OBJECTS >> (kind & 31) & 1 != 0
}

/// A word of the tagged stack. What it holds is kept alive and follows its object when that moves.
///
/// A slot is usable until the stack is released below it ([`crate::Vm::release`], the end of a native function);
/// afterwards the word no longer follows its object. Debug builds check it at every use.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(transparent)]
pub struct Slot(pub u32);

impl Slot {
    /// The slot at an address of the tagged stack.
    ///
    /// # Safety
    /// The address is a 4-aligned word of the tagged stack below `sp`.
    #[inline(always)]
    pub const unsafe fn at(address: u32) -> Slot {
        Slot(address)
    }

    /// Its address.
    #[inline(always)]
    pub const fn address(self) -> u32 {
        self.0
    }

    /// The slot `n` words above, inside the same window or frame.
    #[inline(always)]
    pub const fn above(self, n: u32) -> Slot {
        Slot(self.0 + 4 * n)
    }

    /// The slot `n` words below, inside the same frame.
    #[inline(always)]
    pub const fn below(self, n: u32) -> Slot {
        Slot(self.0 - 4 * n)
    }
}

/// A property key: a small integer, an immediate or interned string, or a symbol; or the [`Slot`] that holds one.
///
/// Keys in the image and immediate ones never move and are named directly; one in the heap is named by its slot.
#[derive(Clone, Copy, Debug)]
#[repr(transparent)]
pub struct Key(pub u32);

impl Key {
    /// The key that a slot holds; it must have gone through [`crate::Vm::to_property_key`].
    #[inline]
    pub const fn slot(slot: Slot) -> Key {
        Key(slot.0)
    }

    /// An array index; `None` beyond 2^30 - 1, where keys are strings.
    #[inline]
    pub const fn index(index: u32) -> Option<Key> {
        if index <= word::INT_MAX as u32 { Some(Key((index << 1) | word::INT_BIT)) } else { None }
    }

    /// The key of a word.
    ///
    /// # Safety
    /// The word is a property key that is immediate or lies in the image.
    #[inline(always)]
    pub const unsafe fn constant(word: u32) -> Key {
        Key(word)
    }
}
