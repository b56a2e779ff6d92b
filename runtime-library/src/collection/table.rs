//! The hash table of the collections: entries in the order of insertion, and beyond a few of them an index by hash.
//!
//! A table is a `Values` object (of a weak collection a `Weak` one): five words, see [`NEXT`] to [`EPOCH`], and then the
//! entries, one word each in a Set and two otherwise. A deleted entry has the key `EMPTY`; it is dropped when the table is
//! made anew because it is full. An iteration keeps to the table that it began with: [`NEXT`] leads from there to the one
//! that took its place, and the entries of the old one tell how many of those before a position were kept.
//!
//! Numbers and strings are hashed by what they are. Objects are hashed by their address, which costs no word per object;
//! after a collection, which may have moved them, the index is made anew when it is next used. That takes time in proportion
//! to the table, as the collection did.

use jerboa_abi::header::{self, Kind};
use jerboa_abi::value as word;
use jerboa_rt::Result;
use jerboa_rt::dictionary::Index;
use jerboa_rt::heap::{WEAK_FIELDS, store_header, store_len};
use jerboa_rt::image::flat_bytes;
use jerboa_rt::instance::InstanceClass;
use jerboa_rt::memory::{fill, load, move_words, store};
use jerboa_rt::value::{Slot, Value};
use jerboa_rt::vm::Vm;

/// The table that took the place of this one, or `EMPTY`.
const NEXT: u32 = 4;
/// Number of entries, deleted ones included.
const USED: u32 = 8;
/// Number of entries, deleted ones not included.
const LIVE: u32 = 12;
/// The index (`Bytes`), or `EMPTY`.
const INDEX: u32 = 16;
/// Which collection was the last when the index was made, or `EMPTY` if no key is hashed by its address.
const EPOCH: u32 = 20;
/// The first entry.
const ENTRIES: u32 = 24;

const _: () = assert!(ENTRIES == 4 + 4 * WEAK_FIELDS);

fn field(table: u32, offset: u32) -> u32 {
    word::to_int(load(table + offset)) as u32
}

fn set_field(table: u32, offset: u32, value: u32) {
    store(table + offset, Value::small(value as i32).word());
}

/// Words of an entry.
fn stride(class: InstanceClass) -> u32 {
    if class == InstanceClass::Set { 1 } else { 2 }
}

/// The stride of a collection's table.
fn stride_of(vm: &Vm, collection: Slot) -> u32 {
    vm.get(collection).instance_class().map_or(2, stride)
}

/// The number of entries that there is room for.
fn capacity(table: u32, stride: u32) -> u32 {
    (store_len(load(table)) - WEAK_FIELDS) / stride
}

fn entry(table: u32, stride: u32, number: u32) -> u32 {
    table + ENTRIES + 4 * stride * number
}

/// Makes a value in a slot one that can be a key: strings flat, 0 for -0.
pub(crate) fn normalise(vm: &mut Vm, key: Slot) -> Result<()> {
    if vm.get(key).as_number() == Some(0.0) {
        Value::small(0).store(key);
    }
    vm.flatten(key)
}

/// Whether a key is hashed by its address, which a collection may change.
fn by_address(vm: &Vm, key: u32) -> bool {
    vm.in_heap(key) && header::kind(load(key)) > Kind::Double as u32
}

fn hash(key: u32) -> u32 {
    let mix = |word: u32| {
        let mixed = word.wrapping_mul(0x9e37_79b1);
        mixed ^ mixed >> 15
    };
    match Value::of(key).kind() {
        None => mix(key),
        Some(Kind::String | Kind::LongString) => jerboa_rt::text::hash(flat_bytes(key)),
        Some(Kind::Double) => {
            let number = Value::of(key).double();
            let bits = if number.is_nan() { 0 } else { number.to_bits() };
            mix((bits >> 32) as u32 ^ (bits as u32).rotate_left(16))
        }
        Some(_) => mix(key >> 2),
    }
}

/// SameValueZero of two keys that were made such by [`normalise`].
fn same(a: u32, b: u32) -> bool {
    if a == b {
        return true;
    }
    let (a, b) = (Value::of(a), Value::of(b));
    match (a.kind(), b.kind()) {
        (Some(Kind::String), Some(Kind::String)) | (Some(Kind::LongString), Some(Kind::LongString)) => {
            flat_bytes(a.word()) == flat_bytes(b.word())
        }
        (Some(Kind::Double), Some(Kind::Double)) => {
            jerboa_rt::number::same_value_zero(a.double(), b.double())
        }
        _ => false,
    }
}

/// What [`EPOCH`] holds for an index that is made now.
fn epoch(vm: &Vm) -> u32 {
    Value::small(vm.collections.get() as i32).word()
}

/// Makes the index anew if a collection may have moved keys that are hashed by their address.
fn refresh(vm: &Vm, table: u32, stride: u32) {
    let index = load(table + INDEX);
    if index == word::EMPTY || load(table + EPOCH) == word::EMPTY || load(table + EPOCH) == epoch(vm) {
        return;
    }
    fill(index + 4, store_len(load(index)), 0);
    let index = Index::of(index, capacity(table, stride));
    for number in 0..field(table, USED) {
        let key = load(entry(table, stride, number));
        if key != word::EMPTY {
            index.enter(hash(key), number);
        }
    }
    store(table + EPOCH, epoch(vm));
}

/// The address of the entry of a key in a table.
fn find_in(vm: &Vm, table: u32, stride: u32, key: u32) -> Option<u32> {
    if table == word::EMPTY {
        return None;
    }
    let index = load(table + INDEX);
    if index == word::EMPTY {
        return (0..field(table, USED))
            .map(|number| entry(table, stride, number))
            .find(|&entry| same(load(entry), key));
    }
    refresh(vm, table, stride);
    let index = Index::of(index, capacity(table, stride));
    let mut place = index.place(hash(key));
    // A quarter of the places is free, so the probe ends.
    loop {
        let number = index.get(place).checked_sub(1)?;
        let entry = entry(table, stride, number);
        if same(load(entry), key) {
            return Some(entry);
        }
        place = index.next(place);
    }
}

/// Whether a collection has a key; then its value (of a Set the key itself).
pub(crate) fn find<'a>(vm: &'a Vm, collection: Slot, key: Slot) -> Option<Value<'a>> {
    let stride = stride_of(vm, collection);
    let found = find_in(vm, vm.instance_state(collection).word(), stride, load(key.0))?;
    Some(Value::of(load(found + 4 * (stride - 1))))
}

/// Gives a key a value.
pub(crate) fn insert(vm: &mut Vm, collection: Slot, key: Slot, value: Slot) -> Result<()> {
    let stride = stride_of(vm, collection);
    let table = vm.instance_state(collection).word();
    if let Some(found) = find_in(vm, table, stride, load(key.0)) {
        if stride == 2 {
            store(found + 4, load(value.0));
        }
        return Ok(());
    }
    if table == word::EMPTY || field(table, USED) == capacity(table, stride) {
        renew(vm, collection)?;
    }
    let table = vm.instance_state(collection).word();
    let (number, key) = (field(table, USED), load(key.0));
    let index = load(table + INDEX);
    if index != word::EMPTY {
        refresh(vm, table, stride);
        Index::of(index, capacity(table, stride)).enter(hash(key), number);
    }
    if by_address(vm, key) {
        store(table + EPOCH, epoch(vm));
    }
    let entry = entry(table, stride, number);
    store(entry, key);
    if stride == 2 {
        store(entry + 4, load(value.0));
    }
    set_field(table, USED, number + 1);
    set_field(table, LIVE, field(table, LIVE) + 1);
    Ok(())
}

/// Deletes a key; whether it was there.
pub(super) fn remove(vm: &Vm, collection: Slot, key: Slot) -> bool {
    let stride = stride_of(vm, collection);
    let table = vm.instance_state(collection).word();
    let Some(found) = find_in(vm, table, stride, load(key.0)) else { return false };
    fill(found, stride, word::EMPTY);
    set_field(table, LIVE, field(table, LIVE) - 1);
    true
}

/// Deletes everything.
pub(super) fn clear(vm: &mut Vm, collection: Slot) -> Result<()> {
    let table = vm.instance_state(collection).word();
    if table == word::EMPTY || field(table, USED) == 0 {
        return Ok(());
    }
    let stride = stride_of(vm, collection);
    fill(table + ENTRIES, stride * field(table, USED), word::EMPTY);
    set_field(table, LIVE, 0);
    renew(vm, collection)
}

/// The number of entries.
pub(crate) fn size(vm: &Vm, collection: Slot) -> u32 {
    match vm.instance_state(collection).word() {
        word::EMPTY => 0,
        table => field(table, LIVE),
    }
}

/// Puts a collection's entries in a new table with room for half as many more.
fn renew(vm: &mut Vm, collection: Slot) -> Result<()> {
    let mark = vm.mark();
    let stride = stride_of(vm, collection);
    let live = size(vm, collection);
    let capacity = live + live / 2 + 4;
    let words = WEAK_FIELDS + stride * capacity;
    let new = vm.new_store(words)?.word();
    let new = vm.push_word(new)?;
    let index = match Index::words(capacity) {
        0 => word::EMPTY,
        words => vm.new_bytes(words)?.word(),
    };
    let (old, table) = (vm.instance_state(collection).word(), load(new.0));
    let weak =
        matches!(vm.get(collection).instance_class(), Some(InstanceClass::WeakMap | InstanceClass::WeakSet));
    if weak {
        store(table, store_header(Kind::Weak, words));
    }
    store(table + INDEX, index);
    let mut number = 0;
    if old != word::EMPTY {
        store(table + EPOCH, load(old + EPOCH));
        for place in 0..field(old, USED) {
            let from = entry(old, stride, place);
            if load(from) == word::EMPTY {
                continue;
            }
            move_words(from, entry(table, stride, number), stride);
            if index != word::EMPTY {
                Index::of(index, capacity).enter(hash(load(from)), number);
            }
            number += 1;
        }
        if load(table + EPOCH) != word::EMPTY {
            store(table + EPOCH, epoch(vm));
        }
        // Nothing iterates a weak collection.
        if !weak {
            store(old + NEXT, table);
        }
    }
    set_field(table, USED, number);
    set_field(table, LIVE, number);
    vm.set_instance_state(collection, Value::of(table));
    vm.release(mark);
    Ok(())
}

/// Where an iteration is: a table in a slot, and the number of the entry that comes next.
#[derive(Clone, Copy)]
pub(crate) struct Position {
    /// Holds the table, or `EMPTY` at the end.
    pub(crate) table: Slot,
    /// Number of the next entry.
    pub(crate) number: u32,
    /// Words of an entry.
    pub(crate) stride: u32,
}

impl Position {
    /// The beginning of a collection, with its table in a slot.
    pub(crate) fn start(vm: &mut Vm, collection: Slot, table: Slot) -> Result<Position> {
        if vm.instance_state(collection).is_empty() {
            // Entries that are added later are to be found, too.
            renew(vm, collection)?;
        }
        vm.instance_state(collection).store(table);
        Ok(Position { table, number: 0, stride: stride_of(vm, collection) })
    }

    /// The next entry: key and value, of a Set the key twice. Valid until the next allocation.
    pub(crate) fn next(&mut self) -> Option<(Value<'static>, Value<'static>)> {
        let mut table = load(self.table.0);
        if table == word::EMPTY {
            return None;
        }
        while load(table + NEXT) != word::EMPTY {
            let kept = |&number: &u32| load(entry(table, self.stride, number)) != word::EMPTY;
            self.number = (0..self.number).filter(kept).count() as u32;
            table = load(table + NEXT);
        }
        store(self.table.0, table);
        while self.number < field(table, USED) {
            let entry = entry(table, self.stride, self.number);
            self.number += 1;
            if load(entry) != word::EMPTY {
                return Some((Value::of(load(entry)), Value::of(load(entry + 4 * (self.stride - 1)))));
            }
        }
        store(self.table.0, word::EMPTY);
        None
    }
}

/// The live entries of a weak table, as addresses of key and value: for the collector.
pub(crate) fn weak_entries(table: u32) -> impl Iterator<Item = u32> {
    (0..field(table, USED))
        .map(move |number| entry(table, 2, number))
        .filter(|&entry| load(entry) != word::EMPTY)
}

/// Deletes an entry of a weak table.
pub(crate) fn drop_weak(table: u32, entry: u32) {
    fill(entry, 2, word::EMPTY);
    set_field(table, LIVE, field(table, LIVE) - 1);
}
