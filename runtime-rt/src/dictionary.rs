//! Objects in dictionary mode: many properties, deleted ones, or attributes changed after the fact.
//!
//! Entries (key, value, attributes) stand in order of creation in one `Values` object; a deleted one has the key
//! `EMPTY`. Beyond a few entries a `Bytes` object with an open-addressing table of entry numbers finds them by
//! the hash of the key, which depends on nothing that moves. The numbers have 16 bits while there are few entries.

use jerboa_abi::header::{self, Kind};
use jerboa_abi::value as word;

use crate::Result;
use crate::atoms::key_hash;
use crate::heap::store_len;
use crate::memory::{load, load_half, pointer, store};
use crate::value::{Key, Slot, Value};
use crate::vm::Vm;

/// Aux bit of a dictionary: no properties can be added.
pub(crate) const NOT_EXTENSIBLE: u32 = 1;

const PROTOTYPE: u32 = 4;
const LIVE: u32 = 8;
const USED: u32 = 12;
const ENTRIES: u32 = 16;
const INDEX: u32 = 20;

/// Up to this many entries are searched one by one.
const LINEAR: u32 = 8;
/// Up to this many entries the index has 16-bit entry numbers.
const NARROW: u32 = 0xfffe;

/// An index: its address, the number of its places less one, and whether they are words.
#[derive(Clone, Copy)]
pub struct Index {
    first: u32,
    mask: u32,
    wide: bool,
}

impl Index {
    /// The index at an address, for a table with room for `capacity` entries.
    #[inline]
    pub fn of(index: u32, capacity: u32) -> Index {
        let wide = capacity > NARROW;
        let places = if wide { store_len(load(index)) } else { 2 * store_len(load(index)) };
        Index { first: index + 4, mask: places - 1, wide }
    }

    /// The words that the index of a table with room for `capacity` entries takes: 0 if it needs none.
    pub fn words(capacity: u32) -> u32 {
        if capacity <= LINEAR {
            return 0;
        }
        let places = (capacity + capacity / 3).next_power_of_two();
        if capacity <= NARROW { places / 2 } else { places }
    }

    /// The first place to look for a hash.
    #[inline]
    pub fn place(self, hash: u32) -> u32 {
        hash & self.mask
    }

    /// The place after one.
    #[inline]
    pub fn next(self, place: u32) -> u32 {
        (place + 1) & self.mask
    }

    /// The entry number at a place, plus one; 0 if the place is free.
    #[inline]
    pub fn get(self, place: u32) -> u32 {
        if self.wide { load(self.first + 4 * place) } else { load_half(self.first + 2 * place) }
    }

    /// Enters an entry number under the hash of its key.
    pub fn enter(self, hash: u32, number: u32) {
        let mut place = self.place(hash);
        while self.get(place) != 0 {
            place = self.next(place);
        }
        if self.wide {
            store(self.first + 4 * place, number + 1);
        } else {
            // SAFETY: a half word of the index, which is a `Bytes` object of `mask + 1` half words.
            unsafe { (pointer(self.first + 2 * place) as *mut u16).write(number as u16 + 1) };
        }
    }
}

fn field(dictionary: u32, offset: u32) -> u32 {
    word::to_int(load(dictionary + offset)) as u32
}

fn set_field(dictionary: u32, offset: u32, value: u32) {
    store(dictionary + offset, Value::small(value as i32).word());
}

/// The prototype's word.
pub(crate) fn prototype(dictionary: u32) -> u32 {
    load(dictionary + PROTOTYPE)
}

/// Sets the prototype.
pub(crate) fn set_prototype(dictionary: u32, prototype: u32) {
    store(dictionary + PROTOTYPE, prototype);
}

/// The number of entries that there is room for.
fn capacity(dictionary: u32) -> u32 {
    store_len(load(load(dictionary + ENTRIES))) / 3
}

/// Address of the `i`-th entry.
fn entry(dictionary: u32, i: u32) -> u32 {
    load(dictionary + ENTRIES) + 4 + 12 * i
}

/// The addresses of the entries in order of creation: key, value, attributes (small integer).
pub(crate) fn entries(dictionary: u32) -> impl Iterator<Item = u32> {
    (0..field(dictionary, USED))
        .map(move |i| entry(dictionary, i))
        .filter(|&entry| load(entry) != word::EMPTY)
}

/// The number of properties.
pub(crate) fn live(dictionary: u32) -> u32 {
    field(dictionary, LIVE)
}

/// The entry of a key.
pub(crate) fn find(dictionary: u32, key: u32) -> Option<u32> {
    let index = load(dictionary + INDEX);
    if index == word::EMPTY {
        return (0..field(dictionary, USED)).map(|i| entry(dictionary, i)).find(|&entry| load(entry) == key);
    }
    let index = Index::of(index, capacity(dictionary));
    let mut place = index.place(key_hash(key));
    // A quarter of the places is free, so the probe ends.
    loop {
        let number = index.get(place).checked_sub(1)?;
        let entry = entry(dictionary, number);
        if load(entry) == key {
            return Some(entry);
        }
        place = index.next(place);
    }
}

/// The attributes of an entry.
pub(crate) fn attributes(entry: u32) -> u32 {
    word::to_int(load(entry + 8)) as u32
}

/// Sets the attributes of an entry.
pub(crate) fn set_attributes(entry: u32, attributes: u32) {
    store(entry + 8, Value::small(attributes as i32).word());
}

/// Deletes an entry.
pub(crate) fn remove(dictionary: u32, entry: u32) {
    store(entry, word::EMPTY);
    store(entry + 4, word::EMPTY);
    set_field(dictionary, LIVE, live(dictionary) - 1);
}

impl Vm {
    /// An empty dictionary with room for `capacity` entries.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    pub(crate) fn new_dictionary(&mut self, prototype: Key, capacity: u32) -> Result<Value<'_>> {
        let mark = self.mark();
        let entries = self.new_store(3 * capacity)?.word();
        let entries = self.push_word(entries)?;
        let dictionary = self.allocate(6)?;
        store(dictionary, header::make(Kind::Dictionary, 0, 0));
        crate::gate::present!(Dictionaries);
        store(dictionary + PROTOTYPE, self.key_word(prototype));
        set_field(dictionary, LIVE, 0);
        set_field(dictionary, USED, 0);
        store(dictionary + ENTRIES, load(entries.0));
        store(dictionary + INDEX, word::EMPTY);
        self.release(mark);
        Ok(Value::of(dictionary))
    }

    /// Adds a property that is not there.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full or there are too many properties.
    pub(crate) fn dictionary_add(
        &mut self,
        dictionary: Slot,
        key: Key,
        value: u32,
        attributes: u32,
    ) -> Result<()> {
        let mark = self.mark();
        let value = self.push_word(value)?;
        let at = load(dictionary.0);
        if field(at, USED) == capacity(at) {
            self.dictionary_grow(dictionary)?;
        }
        let at = load(dictionary.0);
        let number = field(at, USED);
        let entry = entry(at, number);
        store(entry, self.key_word(key));
        store(entry + 4, load(value.0));
        set_attributes(entry, attributes);
        set_field(at, USED, number + 1);
        set_field(at, LIVE, live(at) + 1);
        let index = load(at + INDEX);
        if index != word::EMPTY {
            Index::of(index, capacity(at)).enter(key_hash(self.key_word(key)), number);
        }
        self.release(mark);
        Ok(())
    }

    /// Makes room for more entries, and drops deleted ones.
    fn dictionary_grow(&mut self, dictionary: Slot) -> Result<()> {
        let mark = self.mark();
        let live = live(load(dictionary.0));
        let capacity = live + live / 2 + 4;
        let entries = self.new_store(3 * capacity)?.word();
        let entries = self.push_word(entries)?;
        let index = match Index::words(capacity) {
            0 => word::EMPTY,
            words => self.new_bytes(words)?.word(),
        };
        let at = load(dictionary.0);
        let new = load(entries.0) + 4;
        let mut number = 0;
        for old in self::entries(at) {
            crate::memory::move_words(old, new + 12 * number, 3);
            if index != word::EMPTY {
                Index::of(index, capacity).enter(key_hash(load(old)), number);
            }
            number += 1;
        }
        store(at + ENTRIES, load(entries.0));
        store(at + INDEX, index);
        set_field(at, USED, number);
        self.release(mark);
        Ok(())
    }
}
