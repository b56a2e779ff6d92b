//! The heap: bump allocation in one fixed area, and a sliding collector.
//!
//! Everything in it starts with a header ([`jerboa_abi::header`]); [`words_of`] and [`has_references`] know how big an
//! object is and whether its words are values. Every word after the header of a kind with references is a
//! value word, lengths and counts included (as small integers): that is what lets marking walk an object's
//! slots backwards until it meets the header ([`mark`]), without a stack and without a word per object.
//!
//! Layouts, in words after the header:
//!
//! | kind | index, aux | words |
//! |---|---|---|
//! | String | byte length, flags | bytes, padded |
//! | LongString | 0, flags | byte length (raw), bytes, padded |
//! | Rope | 0, ASCII flag | left, right, byte length; once flat: the flat string, the empty string, byte length |
//! | Double | | low word, high word (raw) |
//! | Symbol | hash | description |
//! | Object | shape, capacity | inline slots (below) |
//! | Error | shape, capacity | stack, message (`EMPTY`: none), inline slots |
//! | Instance | shape, capacity | class (small integer), state, inline slots |
//! | Array, Arguments | see [`header::ARRAY_BYTES`], [`flags`] | length, elements (`Values`, or `Bytes` of an array of constants; `EMPTY` while there are none) |
//! | Function | function, words | [property object], captured values |
//! | Bound | 0, [`flags`] | target, this, arguments (`Values`) |
//! | Wrapper | 0, [`flags`] | primitive value |
//! | Cell | | value |
//! | Accessor | | getter, setter (function or `undefined`) |
//! | Values, Bytes | words: index + 65536 aux | values / raw words |
//! | Weak | words, as above | [`WEAK_FIELDS`] values, then pairs of key and value |
//! | Dictionary | flags | prototype, count of live entries, count of used ones, entries (`Values`), index (`Bytes`) |
//! | Iterator | kind | object, state, position |
//! | Buffer | 0, [`flags`] | byte length (raw), bytes, padded |
//! | View | element type, [`flags`] | length, buffer, offset in bytes |
//!
//! **Inline slots.** An object holds its first properties in its own words; their number (the capacity) is in the
//! header. If the shape has more properties than that, the *last* inline word is a pointer to a `Values` object
//! with the properties from number `capacity - 1` on. An object in dictionary mode (shape 0) has a pointer to its
//! `Dictionary` in the first inline word. The capacity is therefore never 0.

#[cfg(feature = "evaluate")]
mod adopt;
mod check;
mod compact;
mod mark;

use jerboa_abi::header::{self, Kind};
use jerboa_abi::value as word;

pub(crate) use mark::may_have_side_entry;

use crate::gate::{gate, present};
use crate::memory::{fill, load, store};
use crate::value::{Slot, Value, kind_of};
use crate::vm::{Vm, memory_reserve, root};
use crate::{Result, Thrown};

/// Bits in the aux field of arrays, arguments objects, bound functions, wrappers, buffers and views.
pub mod flags {
    /// It has a property object in the side table.
    pub const HAS_PROPERTIES: u32 = 1;
    /// No elements can be added.
    pub const NOT_EXTENSIBLE: u32 = 2;
    /// Elements can not be deleted.
    pub const SEALED: u32 = 4;
    /// Elements can not be written.
    pub const FROZEN: u32 = 8;
    /// An array's `length` can not be written.
    pub const LENGTH_READ_ONLY: u32 = 16;
    /// An arguments object's `length` is an ordinary property in its property object, or was deleted.
    pub const LENGTH_REPLACED: u32 = 32;
    /// Some index has attributes of its own, in the property object; its element is `EMPTY`.
    pub const SPARSE: u32 = 64;
    /// With any of these a store to an element, or a push, takes the slow path.
    pub const SLOW_STORE: u32 = NOT_EXTENSIBLE | SEALED | FROZEN | LENGTH_READ_ONLY | SPARSE;
}

/// The mark of the collector in a header: with the tag, the low bits that no value has.
pub const MARKED: u32 = 0b11 << header::GC_SHIFT;

/// Words at the front of a `Weak` object that are ordinary references.
pub const WEAK_FIELDS: u32 = 5;

/// What the collector does about weak collections. It is a function that only programs with such collections link.
pub(crate) type WeakHook = fn(&Vm, WeakPhase) -> bool;

/// What a [`WeakHook`] is asked to do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WeakPhase {
    /// Mark the values of keys that are marked; whether there was one not marked before.
    Mark,
    /// Drop the entries whose keys are not marked.
    Sweep,
}

/// The most words that a `Values` or `Bytes` object holds.
pub(crate) const MAX_STORE: u32 = (1 << 23) - 1;

/// The number of words after the header of a `Values` or `Bytes` object.
#[inline(always)]
pub const fn store_len(header: u32) -> u32 {
    header::index(header) | header::aux(header) << 16
}

/// The header of a `Values` or `Bytes` object of this many words.
#[inline]
pub const fn store_header(kind: Kind, words: u32) -> u32 {
    header::make(kind, words >> 16, words & 0xffff)
}

/// The size of the object at an address, in words, with its header.
#[inline(always)]
pub fn words_of(address: u32, header: u32) -> u32 {
    // Most objects are ordinary ones, or numbers.
    if header::kind(header) == Kind::Object as u32 {
        1 + header::aux(header)
    } else if header::kind(header) == Kind::Double as u32 {
        3
    } else {
        words_of_other(address, header)
    }
}

/// As [`words_of`], for any kind.
#[inline(never)]
fn words_of_other(address: u32, header: u32) -> u32 {
    match kind_of(header) {
        Kind::String => 1 + header::index(header).div_ceil(4),
        Kind::LongString | Kind::Buffer => 2 + load(address + 4).div_ceil(4),
        Kind::Rope | Kind::Bound | Kind::Iterator | Kind::View => 4,
        Kind::Double | Kind::Array | Kind::Arguments | Kind::Accessor => 3,
        Kind::Symbol | Kind::Cell | Kind::Wrapper => 2,
        Kind::Object => 1 + header::aux(header),
        Kind::Error | Kind::Instance => 3 + header::aux(header),
        Kind::Function => 1 + (header::aux(header) & header::closure::WORDS_MASK),
        Kind::Values | Kind::Bytes | Kind::Weak | Kind::Free => 1 + store_len(header),
        Kind::Dictionary => 6,
        // Never in the heap.
        Kind::Native | Kind::RomObject | Kind::Shape => 1,
    }
}

/// As [`words_of`], for what refers to nothing ([`is_leaf`]), or fills a gap.
#[inline(always)]
fn words_of_leaf(address: u32, header: u32) -> u32 {
    match kind_of(header) {
        Kind::Double => 3,
        Kind::String => 1 + header::index(header).div_ceil(4),
        Kind::LongString => 2 + load(address + 4).div_ceil(4),
        _ => 1 + store_len(header),
    }
}

/// Whether the words after the header are values.
pub(crate) const fn has_references(kind: u32) -> bool {
    const RAW: u32 = 1 << Kind::String as u32
        | 1 << Kind::LongString as u32
        | 1 << Kind::Double as u32
        | 1 << Kind::Bytes as u32
        | 1 << Kind::Buffer as u32
        | 1 << Kind::Free as u32;
    RAW >> (kind & 31) & 1 == 0
}

gate! {
    /// Frees what nothing refers to. Where no object refers to another, there are no weak tables either, and it takes no marking.
    if References, fn free_garbage(vm: &Vm) -> () {
        vm.mark_all();
        vm.sweep_tables();
        vm.compact();
    } else {
        vm.compact_leaves();
    }
}

/// The message of the error of an exhausted heap.
const OUT_OF_MEMORY: &str = "out of memory";

gate! {
    /// See [`Vm::throw_out_of_memory`].
    if Errors, fn raise_out_of_memory(vm: &mut Vm) -> Thrown {
        vm.throw_reserved_error()
    } else {
        crate::report::untraced(vm, crate::ErrorKind::Range, OUT_OF_MEMORY)
    }
}

/// Whether an object of a kind neither refers to others nor can have properties.
#[inline(always)]
pub(crate) const fn is_leaf(kind: u32) -> bool {
    const LEAVES: u32 = 1 << Kind::String as u32
        | 1 << Kind::LongString as u32
        | 1 << Kind::Double as u32
        | 1 << Kind::Bytes as u32;
    LEAVES >> (kind & 31) & 1 != 0
}

impl Vm {
    /// Space for an object of `words` words, header included. The caller writes all of them before anything else
    /// happens to the heap.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full after a collection.
    #[inline]
    pub(crate) fn allocate(&mut self, words: u32) -> Result<u32> {
        present!(References);
        self.allocate_leaf(words)
    }

    /// As [`Vm::allocate`], for an object that refers to nothing ([`is_leaf`]).
    #[inline]
    pub(crate) fn allocate_leaf(&mut self, words: u32) -> Result<u32> {
        let top = self.heap_top.get();
        let fits = words < MAX_STORE * 2 && self.heap_end.saturating_sub(top) >= 4 * words;
        if fits && !cfg!(any(feature = "gc-stress", feature = "fail-allocation")) {
            self.heap_top.set(top + 4 * words);
            return Ok(top);
        }
        self.allocate_slow(words)
    }

    #[cold]
    #[inline(never)]
    fn allocate_slow(&mut self, words: u32) -> Result<u32> {
        if words >= MAX_STORE * 2 {
            return Err(self.throw_out_of_memory());
        }
        #[cfg(feature = "fail-allocation")]
        {
            let left = self.fail_after.get();
            if left != u32::MAX {
                self.fail_after.set(left.wrapping_sub(1));
            }
            if left == 0 {
                return Err(self.throw_out_of_memory());
            }
        }
        let full = self.heap_end.saturating_sub(self.heap_top.get()) < 4 * words;
        if full || cfg!(feature = "gc-stress") {
            self.collect();
        }
        let top = self.heap_top.get();
        if self.heap_end.saturating_sub(top) < 4 * words {
            return Err(self.throw_out_of_memory());
        }
        self.heap_top.set(top + 4 * words);
        Ok(top)
    }

    /// Space at the top of the heap without a collection, reserve included.
    fn allocate_reserved(&self, words: u32) -> Option<u32> {
        let top = self.heap_top.get();
        let free = self.heap_end + memory_reserve() - top;
        if free < 4 * words {
            return None;
        }
        self.heap_top.set(top + 4 * words);
        Some(top)
    }

    /// Frees what nothing refers to and slides the rest together.
    pub fn collect(&mut self) {
        self.note_stack();
        self.collections.set(self.collections.get() + 1);
        self.heap_peak.set(self.heap_peak.get().max(self.heap_top.get() - self.heap_base));
        self.forget_position();
        self.flush_cache();
        free_garbage(self);
        debug_assert!(self.check_heap().is_ok(), "broken heap");
    }

    /// The error of an exhausted heap. Needs no ordinary allocation: it is made in memory kept back for it, and
    /// as long as it is alive and so occupies that memory, it is thrown again.
    #[cold]
    #[inline(never)]
    pub fn throw_out_of_memory(&mut self) -> Thrown {
        raise_out_of_memory(self)
    }

    fn throw_reserved_error(&mut self) -> Thrown {
        present!(References);
        const MESSAGE: &[u8] = OUT_OF_MEMORY.as_bytes();
        let words = 1 + MESSAGE.len().div_ceil(4) as u32;
        let error = match self.allocate_reserved(words + 4) {
            Some(string) => {
                let error = string + 4 * words;
                store(string, header::make(Kind::String, header::string::ASCII, MESSAGE.len() as u32));
                store(error - 4, 0);
                crate::memory::copy_bytes(MESSAGE, string + 4);
                store(error, header::make(Kind::Error, 1, crate::shape::RANGE_ERROR));
                store(error + 4, crate::error::NO_POSITIONS);
                store(error + 8, string);
                store(error + 12, word::EMPTY);
                self.set_root(root::OUT_OF_MEMORY, error);
                error
            }
            None => self.root(root::OUT_OF_MEMORY),
        };
        self.set_root(root::PENDING, error);
        Thrown
    }

    /// A `Values` object of `words` words, all `EMPTY`.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    pub fn new_store(&mut self, words: u32) -> Result<Value<'_>> {
        if words > MAX_STORE {
            return Err(self.throw_out_of_memory());
        }
        let store_address = self.allocate(1 + words)?;
        store(store_address, store_header(Kind::Values, words));
        fill(store_address + 4, words, word::EMPTY);
        Ok(Value::of(store_address))
    }

    /// A `Bytes` object of `words` words, all zero.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    pub fn new_bytes(&mut self, words: u32) -> Result<Value<'_>> {
        if words > MAX_STORE {
            return Err(self.throw_out_of_memory());
        }
        let address = self.allocate_leaf(1 + words)?;
        store(address, store_header(Kind::Bytes, words));
        fill(address + 4, words, 0);
        Ok(Value::of(address))
    }

    /// A `Values` object of `words` words with the contents of the one in `old` (or none, if that holds `EMPTY`), the
    /// rest `EMPTY`.
    pub(crate) fn grown_store(&mut self, old: Slot, words: u32) -> Result<Value<'_>> {
        let new = self.new_store(words)?.word();
        let old = load(old.0);
        if old != word::EMPTY {
            let len = store_len(load(old)).min(words);
            crate::memory::move_words(old + 4, new + 4, len);
        }
        Ok(Value::of(new))
    }

    /// During a collection: cuts a marked `Values` object to `words` words; the rest becomes garbage.
    pub(crate) fn trim_store(&self, at: u32, words: u32) {
        let len = store_len(load(at));
        if words < len {
            store(at, store_header(Kind::Values, words) | MARKED);
            store(at + 4 + 4 * words, store_header(Kind::Bytes, len - words - 1));
        }
    }

    /// A number: a small integer if it is one, else a boxed double.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    #[inline]
    pub fn number(&mut self, number: f64) -> Result<Value<'_>> {
        if let Some(i) = crate::number::f64_to_i32_exact(number)
            && let Some(value) = Value::int(i)
        {
            return Ok(value);
        }
        self.boxed(number)
    }

    /// A number from an integer of any size.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    #[inline]
    pub fn integer(&mut self, number: i64) -> Result<Value<'_>> {
        match i32::try_from(number).ok().and_then(Value::int) {
            Some(value) => Ok(value),
            None => self.boxed(number as f64),
        }
    }

    /// A number from a length or an index of at most 2^53.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    #[inline(always)]
    pub fn index(&mut self, index: u64) -> Result<Value<'_>> {
        match i32::try_from(index).ok().and_then(Value::int) {
            Some(value) => Ok(value),
            None => self.boxed_index(index),
        }
    }

    #[cold]
    #[inline(never)]
    fn boxed_index(&mut self, index: u64) -> Result<Value<'_>> {
        self.boxed(crate::number::from_length(index))
    }

    /// A boxed double, which is no small integer.
    #[inline(never)]
    pub(crate) fn boxed(&mut self, number: f64) -> Result<Value<'_>> {
        let address = self.allocate_leaf(3)?;
        let bits = number.to_bits();
        store(address, header::make(Kind::Double, 0, 0));
        store(address + 4, bits as u32);
        store(address + 8, (bits >> 32) as u32);
        Ok(Value::of(address))
    }

    /// A box for a variable that several closures share.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    pub fn new_cell(&mut self, value: Slot) -> Result<Value<'_>> {
        let address = self.allocate(2)?;
        store(address, header::make(Kind::Cell, 0, 0));
        store(address + 4, load(value.0));
        Ok(Value::of(address))
    }

    /// With the feature `fail-allocation`: lets `after` allocations pass and the next one fail; `u32::MAX` stops it. Gives
    /// the number that is left of what was set before.
    #[cfg(feature = "fail-allocation")]
    pub fn fail_allocation(&mut self, after: u32) -> u32 {
        self.fail_after.replace(after)
    }
}
