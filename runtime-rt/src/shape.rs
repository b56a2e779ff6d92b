//! Shapes: which properties objects have, in which slots, and what their prototype is.
//!
//! An id of 16 bits stands in the object's header. Ids below [`FIRST_SHAPE`] are the empty shapes of built-in
//! prototypes (and 0 for dictionary mode); then come the shapes of the image; then those made at run time.
//!
//! A shape of the image lists all its keys. One made at run time adds one property to its parent; it is a record of
//! three words in one `Values` object, so a record costs 12 bytes and no pointer:
//!
//! | word | root (parent 0) | other |
//! |---|---|---|
//! | 0 | 0 | small integer: parent id, number of properties, attributes of the added one |
//! | 1 | prototype (object or null) | key of the added property |
//! | 2 | small integer: first child, next sibling (record number + 1) | the same |
//!
//! Every shape is reached from its parent by the same key and attributes, so objects built alike share shapes.
//! Roots and the children of shapes that are no records form one list. The table is bounded: when it is full, objects
//! turn to dictionary mode instead. A collection frees the records that no object needs any more, prototypes
//! included ([`Vm::mark_shapes`]).

use jerboa_abi::builtins::ObjectId;
use jerboa_abi::image::{FIRST_SHAPE, MAX_SHAPE_KEYS, OBJECT_SHAPE, SHAPE_COUNT_SHIFT, field};
use jerboa_abi::value as word;

use crate::Result;
use crate::heap::store_len;
use crate::image::{KEYS_MASK, constant, header_half, intrinsic, shape_at};
use crate::memory::{fill, load, load_half, store};
use crate::value::{Key, Value};
use crate::vm::{Vm, root};

/// Dictionary mode.
pub const DICTIONARY: u32 = 0;
/// No properties, prototype `Object.prototype`.
pub const OBJECT: u32 = OBJECT_SHAPE;
/// The same with `Array.prototype`, and so on.
pub const ARRAY: u32 = 2;
/// See [`ARRAY`].
pub const ERROR: u32 = 3;
/// See [`ARRAY`].
pub const TYPE_ERROR: u32 = 4;
/// See [`ARRAY`].
pub const RANGE_ERROR: u32 = 5;
/// See [`ARRAY`].
pub const REFERENCE_ERROR: u32 = 6;
/// See [`ARRAY`].
pub const SYNTAX_ERROR: u32 = 7;
/// No prototype.
pub const NULL: u32 = 8;
/// See [`ARRAY`].
pub const FUNCTION: u32 = 9;
/// See [`ARRAY`].
pub const STRING: u32 = 10;
/// See [`ARRAY`].
pub const NUMBER: u32 = 11;
/// See [`ARRAY`].
pub const BOOLEAN: u32 = 12;

/// The most properties that an object has before it turns to dictionary mode.
pub(crate) const MAX_PROPERTIES: u32 = MAX_SHAPE_KEYS;

/// The most records.
const MAX_RECORDS: u32 = 4096;

/// The prototypes of the shapes below [`FIRST_SHAPE`].
const PROTOTYPES: [Option<ObjectId>; 13] = [
    None,
    Some(ObjectId::ObjectPrototype),
    Some(ObjectId::ArrayPrototype),
    Some(ObjectId::ErrorPrototype),
    Some(ObjectId::TypeErrorPrototype),
    Some(ObjectId::RangeErrorPrototype),
    Some(ObjectId::ReferenceErrorPrototype),
    Some(ObjectId::SyntaxErrorPrototype),
    None,
    Some(ObjectId::FunctionPrototype),
    Some(ObjectId::StringPrototype),
    Some(ObjectId::NumberPrototype),
    Some(ObjectId::BooleanPrototype),
];

/// Attributes of a property: those of [`jerboa_abi::image::object`], and whether it is an accessor.
pub mod attributes {
    use jerboa_abi::image::object;
    /// Can be written.
    pub const WRITABLE: u32 = object::WRITABLE as u32;
    /// Is seen by for-in and Object.keys.
    pub const ENUMERABLE: u32 = object::ENUMERABLE as u32;
    /// Can be deleted and redefined.
    pub const CONFIGURABLE: u32 = object::CONFIGURABLE as u32;
    /// The slot holds a getter and a setter.
    pub const ACCESSOR: u32 = 8;
    /// Of an ordinary property.
    pub const ALL: u32 = WRITABLE | ENUMERABLE | CONFIGURABLE;
    /// Of a method of a built-in object.
    pub const HIDDEN: u32 = WRITABLE | CONFIGURABLE;
}

/// What a search in a shape finds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Found {
    /// The property's number and attributes.
    Property(u32, u32),
    /// No such property; the prototype's word.
    Absent(u32),
}

const fn pack(parent: u32, count: u32, attributes: u32) -> u32 {
    ((parent << 14 | count << 4 | attributes) << 1) | word::INT_BIT
}

const fn pack_links(child: u32, sibling: u32) -> u32 {
    ((child << 15 | sibling) << 1) | word::INT_BIT
}

/// During a collection: in word 0 of a record, that it is needed; in word 2, that what it refers to is marked, too.
const MARK: u32 = 1 << 31;

/// The fields of a record.
struct Record {
    parent: u32,
    count: u32,
    attributes: u32,
}

impl Vm {
    /// The id of the first shape made at run time.
    #[inline(always)]
    pub(crate) fn first_record(&self) -> u32 {
        FIRST_SHAPE + header_half(self.image, field::SHAPES)
    }

    fn record_address(&self, number: u32) -> u32 {
        self.root(root::SHAPES) + 4 + 12 * number
    }

    fn record(&self, address: u32) -> Record {
        let packed = (load(address) & !MARK) >> 1;
        Record { parent: packed >> 14, count: packed >> 4 & 0x3ff, attributes: packed & 0xf }
    }

    fn links(&self, address: u32) -> (u32, u32) {
        let packed = (load(address + 8) & !MARK) >> 1;
        (packed >> 15, packed & 0x7fff)
    }

    /// The word of a shape of the image, see [`jerboa_abi::image`].
    pub(crate) fn rom_word(&self, shape: u32) -> u32 {
        load(shape_at(self.image, shape - FIRST_SHAPE))
    }

    /// A shape of the image: the number of its keys, the address of their constant indices, and the number + 1 of its root.
    pub(crate) fn rom_shape(&self, shape: u32) -> (u32, u32, u32) {
        let word = self.rom_word(shape);
        let count = word >> SHAPE_COUNT_SHIFT;
        if count == 0 {
            return (0, 0, shape - FIRST_SHAPE + 1);
        }
        let keys = self.image + (word & KEYS_MASK);
        (count, keys, load_half(keys - 2))
    }

    /// The prototype of the objects of a root, by its number + 1; 0 is for `Object.prototype`.
    fn root_prototype(&self, root: u32) -> u32 {
        match root.checked_sub(1) {
            Some(root) => load(self.globals + 4 * (self.rom_word(FIRST_SHAPE + root) & 0xffff)),
            None => self.first_prototype(OBJECT),
        }
    }

    /// The prototype of one of the first shapes.
    fn first_prototype(&self, shape: u32) -> u32 {
        PROTOTYPES.get(shape as usize).copied().flatten().map_or(word::NULL, |id| self.intrinsic_word(id))
    }

    /// A built-in object, or null if the image does not have it.
    pub fn intrinsic_word(&self, id: ObjectId) -> u32 {
        intrinsic(self.image, id).unwrap_or(word::NULL)
    }

    /// `globalThis`. An image has it if its program mentions it; null otherwise.
    pub fn global_object(&self) -> Value<'_> {
        Value::of(self.intrinsic_word(ObjectId::Global))
    }

    /// The number of properties.
    pub(crate) fn shape_count(&self, shape: u32) -> u32 {
        if shape < FIRST_SHAPE {
            0
        } else if shape < self.first_record() {
            self.rom_shape(shape).0
        } else {
            self.record(self.record_address(shape - self.first_record())).count
        }
    }

    /// Looks for a property. Linear in the number of properties.
    pub(crate) fn shape_find(&self, mut shape: u32, key: u32) -> Found {
        let first = self.first_record();
        while shape >= first {
            let address = self.record_address(shape - first);
            let record = self.record(address);
            if record.parent == 0 {
                return Found::Absent(load(address + 4));
            }
            if load(address + 4) == key {
                return Found::Property(record.count - 1, record.attributes);
            }
            shape = record.parent;
        }
        if shape < FIRST_SHAPE {
            return Found::Absent(self.first_prototype(shape));
        }
        let (count, keys, root) = self.rom_shape(shape);
        // Constants that are pointers stand in the image as offsets.
        let raw = if word::is_pointer(key) { key.wrapping_sub(self.image) } else { key };
        for i in 0..count {
            if load(self.constants + 4 * load_half(keys + 2 * i)) == raw {
                return Found::Property(i, attributes::ALL);
            }
        }
        Found::Absent(self.root_prototype(root))
    }

    /// The prototype.
    pub(crate) fn shape_prototype(&self, shape: u32) -> u32 {
        match self.shape_find(shape, word::EMPTY) {
            Found::Absent(prototype) => prototype,
            Found::Property(..) => word::NULL,
        }
    }

    /// Calls `visit` with the number, key and attributes of each property, from the last to the first.
    pub(crate) fn shape_each(&self, mut shape: u32, mut visit: impl FnMut(u32, u32, u32)) {
        let first = self.first_record();
        while shape >= first {
            let address = self.record_address(shape - first);
            let record = self.record(address);
            if record.parent == 0 {
                return;
            }
            visit(record.count - 1, load(address + 4), record.attributes);
            shape = record.parent;
        }
        if shape >= FIRST_SHAPE {
            let (count, keys, _) = self.rom_shape(shape);
            for i in (0..count).rev() {
                visit(i, constant(self.image, load_half(keys + 2 * i)), attributes::ALL);
            }
        }
    }

    /// The head of the list that the children of a shape are in.
    fn first_child(&self, parent: u32) -> u32 {
        let first = self.first_record();
        if parent >= first { self.links(self.record_address(parent - first)).0 } else { self.shape_top.get() }
    }

    /// The child of a shape by a key with attributes, if there is one.
    fn find_child(&self, parent: u32, key: u32, attributes: u32) -> Option<u32> {
        let mut next = self.first_child(parent);
        while let Some(number) = next.checked_sub(1) {
            let address = self.record_address(number);
            let record = self.record(address);
            let same = parent == 0 || record.attributes == attributes;
            if record.parent == parent && load(address + 4) == key && same {
                return Some(self.first_record() + number);
            }
            next = self.links(address).1;
        }
        None
    }

    /// The shape of the image that adds a key to another one (or to the empty shape). Shapes with more keys come later.
    fn find_rom_child(&self, parent: u32, key: u32) -> Option<u32> {
        let (count, keys, root) = if parent == OBJECT { (0, 0, 0) } else { self.rom_shape(parent) };
        let constants = |keys: u32, i: u32| load(self.constants + 4 * load_half(keys + 2 * i));
        let raw = if word::is_pointer(key) { key.wrapping_sub(self.image) } else { key };
        (FIRST_SHAPE.max(parent + 1)..self.first_record()).find(|&shape| {
            let (other_count, other, other_root) = self.rom_shape(shape);
            other_count == count + 1
                && other_root == root
                && constants(other, count) == raw
                && (keys == other || (0..count).all(|i| constants(other, i) == constants(keys, i)))
        })
    }

    /// The shape with one property more for an object of this inline capacity; `None` if there can be no more shapes.
    ///
    /// Shapes of the image are for objects that have all their properties inline.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    pub(crate) fn shape_extend(
        &mut self,
        parent: u32,
        key: Key,
        attributes: u32,
        capacity: u32,
    ) -> Result<Option<u32>> {
        let word = self.key_word(key);
        if attributes == attributes::ALL
            && self.shape_count(parent) < capacity
            && (parent == OBJECT || parent >= FIRST_SHAPE && parent < self.first_record())
            && let Some(shape) = self.find_rom_child(parent, word)
        {
            return Ok(Some(shape));
        }
        if let Some(shape) = self.find_child(parent, word, attributes) {
            self.shape_pin.set(shape);
            return Ok(Some(shape));
        }
        let count = self.shape_count(parent) + 1;
        if count > MAX_PROPERTIES || !self.reserve_record()? {
            return Ok(None);
        }
        Ok(Some(self.add_record(parent, pack(parent, count, attributes), self.key_word(key))))
    }

    /// The empty shape with this prototype (an object or null); `None` if there can be no more shapes.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    pub(crate) fn shape_root(&mut self, prototype: Key) -> Result<Option<u32>> {
        let word = self.key_word(prototype);
        if word == word::NULL {
            return Ok(Some(NULL));
        }
        for (shape, id) in PROTOTYPES.iter().enumerate() {
            if let Some(id) = id
                && intrinsic(self.image, *id) == Some(word)
            {
                return Ok(Some(shape as u32));
            }
        }
        if let Some(shape) = self.find_child(0, word, 0) {
            self.shape_pin.set(shape);
            return Ok(Some(shape));
        }
        if !self.reserve_record()? {
            return Ok(None);
        }
        Ok(Some(self.add_record(0, pack(0, 0, 0), self.key_word(prototype))))
    }

    /// Makes room for a record; false if the table may not grow any more.
    fn reserve_record(&mut self) -> Result<bool> {
        crate::gate::present!(HeapShapes);
        let count = self.shape_count.get();
        let table = self.root(root::SHAPES);
        let capacity = if table == word::EMPTY { 0 } else { store_len(load(table)) / 3 };
        if self.shape_free.get() != 0 || count < capacity {
            return Ok(true);
        }
        if count >= MAX_RECORDS {
            return Ok(false);
        }
        let words = 3 * (capacity + capacity / 4 + 3);
        if self.heap_end.saturating_sub(self.heap_top.get()) / 4 <= words {
            // A collection may free records, and then nothing has to grow.
            self.collect();
            if self.shape_free.get() != 0 {
                return Ok(true);
            }
        }
        let grown = self.grown_store(self.root_slot(root::SHAPES), words)?.word();
        self.set_root(root::SHAPES, grown);
        Ok(true)
    }

    /// Adds a record, for which there is room.
    fn add_record(&self, parent: u32, packed: u32, key: u32) -> u32 {
        let number = match self.shape_free.get().checked_sub(1) {
            Some(number) => {
                self.shape_free.set(self.links(self.record_address(number)).1);
                number
            }
            None => {
                let number = self.shape_count.get();
                self.shape_count.set(number + 1);
                number
            }
        };
        let address = self.record_address(number);
        store(address, packed);
        store(address + 4, key);
        store(address + 8, pack_links(0, 0));
        self.link_record(number, parent);
        let shape = self.first_record() + number;
        self.shape_pin.set(shape);
        shape
    }

    /// Puts a record in the list of its parent's children.
    fn link_record(&self, number: u32, parent: u32) {
        let address = self.record_address(number);
        let (child, _) = self.links(address);
        store(address + 8, pack_links(child, self.first_child(parent)));
        match parent.checked_sub(self.first_record()) {
            Some(parent) => {
                let parent = self.record_address(parent);
                let (_, next) = self.links(parent);
                store(parent + 8, pack_links(number + 1, next));
            }
            None => self.shape_top.set(number + 1),
        }
    }

    /// During a collection: notes that an object has a shape.
    #[inline(always)]
    pub(crate) fn mark_shape(&self, shape: u32) {
        if let Some(number) = shape.checked_sub(self.first_record()) {
            let address = self.record_address(number);
            store(address, load(address) | MARK);
        }
    }

    /// During a collection: marks what the shapes in use refer to, with `mark`, until nothing is added. Younger records, which
    /// tend to depend on older ones, come first, so that one pass does nearly always.
    pub(crate) fn mark_shapes(&self, mark: impl Fn(u32)) {
        self.mark_shape(self.shape_pin.get());
        let mut again = true;
        while again {
            again = false;
            for number in (0..self.shape_count.get()).rev() {
                let address = self.record_address(number);
                if load(address) & MARK == 0 || load(address + 8) & MARK != 0 {
                    continue;
                }
                store(address + 8, load(address + 8) | MARK);
                self.mark_shape(self.record(address).parent);
                mark(load(address + 4));
                again = true;
            }
        }
    }

    /// During a collection: frees the records that are not needed, and links the others anew.
    pub(crate) fn sweep_shapes(&self) {
        let table = self.root(root::SHAPES);
        if table == word::EMPTY {
            return;
        }
        let needed = |number: &u32| load(self.record_address(*number)) & MARK != 0;
        let old_count = self.shape_count.get();
        let count = (0..old_count).rev().find(needed).map_or(0, |last| last + 1);
        self.shape_count.set(count);
        fill(self.record_address(count), 3 * (old_count - count), word::EMPTY);
        self.trim_store(table, 3 * (count + count / 8 + 1));
        self.shape_top.set(0);
        self.shape_free.set(0);
        // All lists are empty before the first record enters one.
        for number in 0..count {
            store(self.record_address(number) + 8, pack_links(0, 0));
        }
        for number in 0..count {
            let address = self.record_address(number);
            if load(address) & MARK == 0 {
                store(address, pack(0, 0, 0));
                store(address + 4, word::EMPTY);
                store(address + 8, pack_links(0, self.shape_free.get()));
                self.shape_free.set(number + 1);
                continue;
            }
            store(address, load(address) & !MARK);
            self.link_record(number, self.record(address).parent);
        }
    }

    /// Slots for a new object that a constructor is going to fill. A root made at run time remembers in its spare bits how
    /// many the last one got.
    pub(crate) fn expected_capacity(&self, shape: u32) -> u32 {
        let learned = match shape.checked_sub(self.first_record()) {
            Some(number) => self.record(self.record_address(number)).attributes,
            None => 0,
        };
        if learned == 0 { crate::object::DEFAULT_CAPACITY } else { learned }
    }

    /// Remembers for the root of a shape how many properties its objects have.
    pub(crate) fn learn_capacity(&self, shape: u32) {
        let first = self.first_record();
        let Some(number) = shape.checked_sub(first) else { return };
        let count = self.record(self.record_address(number)).count.min(0xf);
        let mut number = number;
        loop {
            let address = self.record_address(number);
            let record = self.record(address);
            if record.parent == 0 {
                store(address, pack(0, 0, record.attributes.max(count)));
                return;
            }
            match record.parent.checked_sub(first) {
                Some(parent) => number = parent,
                None => return,
            }
        }
    }
}
