//! Ordinary objects: the properties that an object holds itself, in slots named by its shape or in a dictionary.
//!
//! These functions know [`Kind::Object`], [`Kind::Error`] and [`Kind::Instance`] only, and no prototypes. [`crate::property`] is the layer
//! with the meaning of JavaScript.

use jerboa_abi::header::{self, Kind};
use jerboa_abi::image::{FIELD_BYTES, shape_field};
use jerboa_abi::value as word;

use crate::Result;
use crate::dictionary;
use crate::heap::store_len;
use crate::image::KEYS_MASK;
use crate::memory::{fill, load, load_byte, load_half, store};
use crate::shape::{self, Found, attributes};
use crate::value::{Key, Slot, Value};
use crate::vm::Vm;

/// Slots of an object that was made without knowing its properties.
pub(crate) const DEFAULT_CAPACITY: u32 = 3;

/// A property that an object holds itself.
#[derive(Clone, Copy, Debug)]
pub struct OwnSlot {
    /// Address of the word with the value.
    pub address: u32,
    /// See [`attributes`].
    pub attributes: u32,
}

/// Words between the address of an object and its first inline slot.
#[inline(always)]
const fn prefix(header: u32) -> u32 {
    if header::kind(header) == Kind::Object as u32 { 1 } else { 3 }
}

/// Address of the property with this number, in an object whose shape has `count`.
#[inline]
fn slot_address(object: u32, header: u32, count: u32, number: u32) -> u32 {
    let inline = object + 4 * prefix(header);
    let last = header::aux(header) - 1;
    if number < last || count == number + 1 && number == last {
        inline + 4 * number
    } else {
        load(inline + 4 * last) + 4 + 4 * (number - last)
    }
}

/// The dictionary of an object in dictionary mode.
fn dictionary_of(object: u32, header: u32) -> u32 {
    load(object + 4 * prefix(header))
}

impl Vm {
    /// The address of a field of the image by its number ([`jerboa_abi::image::shape_field`]).
    #[inline(always)]
    pub(crate) fn field_at(&self, number: u32) -> u32 {
        self.constants - FIELD_BYTES as u32 * (number + 1)
    }

    /// The key of a field that objects have.
    pub(crate) fn field_key(&self, field: u32) -> u32 {
        self.field_key_in(field, load_half(field + shape_field::FIRST))
    }

    /// The key of a field that objects get.
    pub(crate) fn grown_field_key(&self, field: u32) -> u32 {
        self.field_key_in(field, load_half(field + shape_field::FIRST) + self.field_growth(field))
    }

    fn field_key_in(&self, field: u32, shape: u32) -> u32 {
        let keys = self.image + (self.rom_word(shape) & KEYS_MASK);
        self.constant_word(load_half(keys + 2 * (load_byte(field + shape_field::SLOT) - 1)))
    }

    /// What the shape's number grows by in objects that get a field.
    #[inline(always)]
    pub(crate) fn field_growth(&self, field: u32) -> u32 {
        load_byte(field - FIELD_BYTES as u32 + shape_field::GROW)
    }

    /// The address of the slot that a field is in, if the object's shape is one of those that the field names; else 0.
    #[inline(always)]
    pub(crate) fn field_address(&self, object: u32, field: u32) -> Option<u32> {
        if word::is_pointer(object) && load_byte(object) == header::OBJECT_BYTE {
            let distance = load_half(object + 2).wrapping_sub(load_half(field + shape_field::FIRST));
            if distance <= load_byte(field + shape_field::SPAN) {
                return Some(object + 4 * load_byte(field + shape_field::SLOT));
            }
        }
        None
    }

    /// A new object `{}`.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    #[inline]
    pub fn new_object(&mut self) -> Result<Value<'_>> {
        self.new_object_of_shape(shape::OBJECT, DEFAULT_CAPACITY)
    }

    /// A new object with a shape, its slots `undefined`.
    ///
    /// The shape is one of the image or an empty one; the capacity is rounded up to fit, and down to 127.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    pub fn new_object_of_shape(&mut self, shape: u32, capacity: u32) -> Result<Value<'_>> {
        let capacity = capacity.max(self.shape_count(shape)).clamp(1, header::AUX_MASK);
        let object = self.allocate(1 + capacity)?;
        store(object, header::make(Kind::Object, capacity, shape));
        fill(object + 4, capacity, word::UNDEFINED);
        Ok(Value::of(object))
    }

    /// A new object with a prototype: the object or null in a slot.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    pub fn new_object_with_prototype(&mut self, prototype: Slot, capacity: u32) -> Result<Value<'_>> {
        if let Some(shape) = self.shape_root(Key::slot(prototype))? {
            return self.new_object_of_shape(shape, capacity);
        }
        let mark = self.mark();
        let dictionary = self.new_dictionary(Key::slot(prototype), 4)?.word();
        let dictionary = self.push_word(dictionary)?;
        let object = self.new_object_of_shape(shape::DICTIONARY, 1)?.word();
        store(object + 4, load(dictionary.0));
        self.release(mark);
        Ok(Value::of(object))
    }

    /// Looks for an own property.
    #[inline]
    pub fn table_find(&self, object: u32, key: u32) -> core::result::Result<OwnSlot, u32> {
        let header = load(object);
        let shape = header::index(header);
        if shape == shape::DICTIONARY {
            let dictionary = dictionary_of(object, header);
            return match dictionary::find(dictionary, key) {
                Some(entry) => Ok(OwnSlot { address: entry + 4, attributes: dictionary::attributes(entry) }),
                None => Err(dictionary::prototype(dictionary)),
            };
        }
        match self.shape_lookup(shape, key) {
            Found::Property(number, attributes) => {
                let last = header::aux(header) - 1;
                let inline = object + 4 * prefix(header);
                let address = if number < last {
                    inline + 4 * number
                } else {
                    slot_address(object, header, self.shape_count(shape), number)
                };
                Ok(OwnSlot { address, attributes })
            }
            Found::Absent(prototype) => Err(prototype),
        }
    }

    /// The prototype's word.
    pub(crate) fn table_prototype(&self, object: u32) -> u32 {
        let header = load(object);
        match header::index(header) {
            shape::DICTIONARY => dictionary::prototype(dictionary_of(object, header)),
            shape => self.shape_prototype(shape),
        }
    }

    /// Whether properties can be added.
    pub(crate) fn table_extensible(&self, object: u32) -> bool {
        let header = load(object);
        header::index(header) != shape::DICTIONARY
            || header::aux(load(dictionary_of(object, header))) & dictionary::NOT_EXTENSIBLE == 0
    }

    /// The number of properties.
    pub(crate) fn table_count(&self, object: u32) -> u32 {
        let header = load(object);
        match header::index(header) {
            shape::DICTIONARY => dictionary::live(dictionary_of(object, header)),
            shape => self.shape_count(shape),
        }
    }

    /// Calls `visit` with key, attributes and value word of each property, in no particular order, and a number that
    /// orders them by creation.
    pub fn table_each(&self, object: u32, visit: &mut dyn FnMut(u32, u32, u32, u32)) {
        let header = load(object);
        match header::index(header) {
            shape::DICTIONARY => {
                for (i, entry) in dictionary::entries(dictionary_of(object, header)).enumerate() {
                    visit(load(entry), dictionary::attributes(entry), load(entry + 4), i as u32);
                }
            }
            shape => {
                let count = self.shape_count(shape);
                self.shape_each(shape, |number, key, attributes| {
                    visit(key, attributes, load(slot_address(object, header, count, number)), number);
                });
            }
        }
    }

    /// Adds a property that is not there, whether or not the object is extensible.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    pub fn table_add(&mut self, object: Slot, key: Key, value: Slot, attributes: u32) -> Result<()> {
        let header = self.get(object).header();
        let shape = header::index(header);
        if shape != shape::DICTIONARY {
            if let Some(extended) = self.shape_extend(shape, key, attributes, header::aux(header))? {
                return self.add_slot(object, extended, value);
            }
            self.use_dictionary(object)?;
        }
        let mark = self.mark();
        let at = load(object.0);
        let dictionary = self.push_word(dictionary_of(at, load(at)))?;
        self.dictionary_add(dictionary, key, load(value.0), attributes)?;
        self.release(mark);
        Ok(())
    }

    /// Gives an object the next shape and stores the property that it adds.
    fn add_slot(&mut self, object: Slot, shape: u32, value: Slot) -> Result<()> {
        let number = self.shape_count(shape) - 1;
        let at = load(object.0);
        let header = load(at);
        let capacity = header::aux(header);
        let last = at + 4 * (prefix(header) + capacity - 1);
        if number < capacity {
            store(at + 4 * (prefix(header) + number), load(value.0));
        } else {
            let index = number - (capacity - 1);
            if number == capacity {
                // The property in the last inline word moves out with the new one.
                let overflow = self.new_store(2)?.word();
                let at = load(object.0);
                let last = at + 4 * (prefix(header) + capacity - 1);
                store(overflow + 4, load(last));
                store(last, overflow);
            } else if index >= store_len(load(load(last))) {
                let mark = self.mark();
                let old = self.push_word(load(last))?;
                let grown = self.grown_store(old, index + index / 2 + 1)?.word();
                let at = load(object.0);
                store(at + 4 * (prefix(header) + capacity - 1), grown);
                self.release(mark);
            }
            let at = load(object.0);
            let overflow = load(at + 4 * (prefix(header) + capacity - 1));
            store(overflow + 4 + 4 * index, load(value.0));
        }
        store(load(object.0), header & 0xffff | shape << header::INDEX_SHIFT);
        Ok(())
    }

    /// Turns an object to dictionary mode.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    pub(crate) fn use_dictionary(&mut self, object: Slot) -> Result<()> {
        let at = load(object.0);
        if header::index(load(at)) == shape::DICTIONARY {
            return Ok(());
        }
        let mark = self.mark();
        let prototype = self.push_word(self.table_prototype(at))?;
        let count = self.table_count(at);
        let dictionary = self.new_dictionary(Key::slot(prototype), 0)?.word();
        let dictionary = self.push_word(dictionary)?;
        // The shape is walked from its end; a scratch list turns the order round.
        let list = self.new_store(3 * count)?.word();
        let list = self.push_word(list)?;
        let at = load(object.0);
        let first = load(list.0) + 4;
        self.table_each(at, &mut |key, attributes, value, number| {
            store(first + 12 * number, key);
            store(first + 12 * number + 4, value);
            store(first + 12 * number + 8, Value::small(attributes as i32).word());
        });
        let [key] = self.slots()?;
        for i in 0..count {
            let entry = load(list.0) + 4 + 12 * i;
            store(key.0, load(entry));
            self.dictionary_add(dictionary, Key::slot(key), load(entry + 4), dictionary::attributes(entry))?;
        }
        let at = load(object.0);
        let header = load(at);
        let words = header::aux(header);
        fill(at + 4 * prefix(header), words, word::UNDEFINED);
        store(at + 4 * prefix(header), load(dictionary.0));
        store(at, header & 0xffff | shape::DICTIONARY << header::INDEX_SHIFT);
        self.release(mark);
        Ok(())
    }

    /// Deletes a property that is there.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    pub(crate) fn table_remove(&mut self, object: Slot, key: Key) -> Result<()> {
        self.use_dictionary(object)?;
        let at = load(object.0);
        let dictionary = dictionary_of(at, load(at));
        if let Some(entry) = dictionary::find(dictionary, self.key_word(key)) {
            dictionary::remove(dictionary, entry);
        }
        Ok(())
    }

    /// Changes the attributes of a property that is there.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    pub(crate) fn table_set_attributes(&mut self, object: Slot, key: Key, attributes: u32) -> Result<()> {
        let found = self.table_find(load(object.0), self.key_word(key));
        if found.is_ok_and(|slot| slot.attributes != attributes) {
            self.use_dictionary(object)?;
            let at = load(object.0);
            if let Some(entry) = dictionary::find(dictionary_of(at, load(at)), self.key_word(key)) {
                dictionary::set_attributes(entry, attributes);
            }
        }
        Ok(())
    }

    /// Makes an object not extensible, and clears the given attributes of its properties (not `WRITABLE` of accessors).
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    pub(crate) fn table_lock(&mut self, object: Slot, clear: u32) -> Result<()> {
        self.use_dictionary(object)?;
        let at = load(object.0);
        let dictionary = dictionary_of(at, load(at));
        store(dictionary, load(dictionary) | dictionary::NOT_EXTENSIBLE << header::AUX_SHIFT);
        for entry in dictionary::entries(dictionary) {
            // Private names are no properties to the standard.
            if !crate::symbol::is_private(load(entry)) {
                dictionary::set_attributes(entry, dictionary::attributes(entry) & !clear);
            }
        }
        Ok(())
    }

    /// Sets the prototype of an object (the object or null in a slot).
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    pub(crate) fn table_set_prototype(&mut self, object: Slot, prototype: Slot) -> Result<()> {
        if self.table_count(load(object.0)) == 0
            && header::index(self.get(object).header()) != shape::DICTIONARY
            && let Some(shape) = self.shape_root(Key::slot(prototype))?
        {
            let at = load(object.0);
            store(at, load(at) & 0xffff | shape << header::INDEX_SHIFT);
            return Ok(());
        }
        self.use_dictionary(object)?;
        let at = load(object.0);
        dictionary::set_prototype(dictionary_of(at, load(at)), load(prototype.0));
        Ok(())
    }

    /// Whether a property's value is an accessor pair.
    #[inline]
    pub const fn is_accessor(attributes: u32) -> bool {
        attributes & attributes::ACCESSOR != 0
    }
}
