//! Arrays and arguments objects: a length, and a store of elements with room to grow.
//!
//! The store holds at least `length` words, so a read checks the length only. A hole is an element `EMPTY`; whoever meets
//! one asks the prototypes. An element with attributes of its own has its place in the property object, and `EMPTY`
//! in the store. Other kinds of stores (bytes, integers, doubles) would be told apart by the store's header, here.

use jerboa_abi::header::{self, Kind};
use jerboa_abi::value as word;

use crate::Result;
use crate::heap::{MAX_STORE, flags, store_len};
use crate::memory::{fill, load, move_words, store};
use crate::property::Own;
use crate::shape::attributes;
use crate::value::{Key, Slot, Value};
use crate::vm::Vm;

/// The most elements.
pub const MAX_LENGTH: u32 = word::INT_MAX as u32;

impl Vm {
    /// A new array with room for `capacity` elements, and none yet.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    pub fn new_array(&mut self, capacity: u32) -> Result<Value<'_>> {
        self.new_list(Kind::Array, capacity)
    }

    /// A new array of `length` holes.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    pub fn new_array_with_length(&mut self, length: u32) -> Result<Value<'_>> {
        let array = self.new_list(Kind::Array, length)?.word();
        store(array + 4, Value::small(length as i32).word());
        Ok(Value::of(array))
    }

    /// A new array of the values from a slot upwards.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    pub fn new_array_from(&mut self, first: Slot, count: u32) -> Result<Value<'_>> {
        self.new_list_from(Kind::Array, first, count)
    }

    /// A new arguments object of the values from a slot upwards.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    pub fn new_arguments(&mut self, first: Slot, count: u32) -> Result<Value<'_>> {
        self.new_list_from(Kind::Arguments, first, count)
    }

    fn new_list_from(&mut self, kind: Kind, first: Slot, count: u32) -> Result<Value<'_>> {
        let array = self.new_list(kind, count)?.word();
        if count != 0 {
            move_words(first.0, load(array + 8) + 4, count);
        }
        store(array + 4, Value::small(count as i32).word());
        Ok(Value::of(array))
    }

    fn new_list(&mut self, kind: Kind, capacity: u32) -> Result<Value<'_>> {
        let mark = self.mark();
        let elements = self.push_word(word::EMPTY)?;
        if capacity != 0 {
            let new = self.new_store(capacity)?.word();
            store(elements.0, new);
        }
        let array = self.allocate(3)?;
        store(array, header::make(kind, 0, 0));
        crate::gate::present!(Arrays);
        store(array + 4, Value::small(0).word());
        store(array + 8, load(elements.0));
        self.release(mark);
        Ok(Value::of(array))
    }

    /// The length of the array or arguments object in a slot; 0 for anything else.
    pub fn array_length(&self, array: Slot) -> u32 {
        match self.get(array).kind() {
            Some(Kind::Array | Kind::Arguments) => word::to_int(load(load(array.0) + 4)) as u32,
            _ => 0,
        }
    }

    /// An element; `EMPTY` for a hole and beyond the length.
    pub fn array_get(&self, array: Slot, index: u32) -> Value<'_> {
        if index < self.array_length(array) {
            Value::of(load(load(load(array.0) + 8) + 4 + 4 * index))
        } else {
            Value::EMPTY
        }
    }

    /// Overwrites an element of an array that the caller made itself; does nothing beyond the length.
    pub fn array_set(&self, array: Slot, index: u32, value: Value<'_>) {
        if index < self.array_length(array) {
            store(load(load(array.0) + 8) + 4 + 4 * index, value.word());
        }
    }

    /// Whether the value in a slot is an array that the fast paths of library functions may work on directly: a real one,
    /// without locks or indices with attributes.
    pub fn is_simple_array(&self, array: Slot) -> bool {
        self.get(array).is(Kind::Array) && header::aux(self.get(array).header()) & flags::SLOW_STORE == 0
    }

    /// Appends an element. Amortised constant time.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full, a TypeError if the array is locked.
    pub fn array_push(&mut self, array: Slot, value: Slot) -> Result<()> {
        let length = self.array_length(array);
        self.add_element(array, length, value, attributes::ALL)
    }

    /// Makes room for `capacity` elements.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    pub fn array_reserve(&mut self, array: Slot, capacity: u32) -> Result<()> {
        let elements = load(load(array.0) + 8);
        let have = if elements == word::EMPTY { 0 } else { store_len(load(elements)) };
        if capacity <= have {
            return Ok(());
        }
        if capacity > MAX_STORE {
            return Err(self.throw_range("Invalid array length"));
        }
        // Room to grow, if there is memory for it.
        let generous = capacity.max(have + have / 2 + 2).min(MAX_STORE);
        let words = if self.has_room(generous) { generous } else { capacity };
        let mark = self.mark();
        // Looking for room may have moved the elements.
        let old = self.push_word(load(load(array.0) + 8))?;
        let grown = self.grown_store(old, words)?.word();
        store(load(array.0) + 8, grown);
        self.release(mark);
        Ok(())
    }

    /// Whether so many words are free, perhaps after a collection.
    fn has_room(&mut self, words: u32) -> bool {
        let free = |vm: &Vm| vm.heap_end.saturating_sub(vm.heap_top.get()) / 4;
        if free(self) <= words + 1 && words > 64 {
            self.collect();
        }
        free(self) > words + 1
    }

    /// Adds an element that is not there: a hole, the next one, or beyond the end.
    pub(crate) fn add_element(
        &mut self,
        array: Slot,
        index: u32,
        value: Slot,
        attributes: u32,
    ) -> Result<()> {
        let at = load(array.0);
        let header = load(at);
        let length = word::to_int(load(at + 4)) as u32;
        let grows = index >= length;
        let is_array = header::kind(header) == Kind::Array as u32;
        if !is_array && (grows || attributes != attributes::ALL) {
            // Elements of an arguments object beyond those of the call are ordinary properties.
            return self.add_special_element(array, index, value, attributes);
        }
        if header::aux(header) & flags::SLOW_STORE != 0
            && header::aux(header) & (flags::NOT_EXTENSIBLE | if grows { flags::LENGTH_READ_ONLY } else { 0 })
                != 0
        {
            let key = self.push_word(Value::small(index as i32).word())?;
            return Err(self.throw_property(
                crate::error::PropertyError::NotExtensible,
                array,
                Key::slot(key),
            ));
        }
        if grows {
            if index >= MAX_LENGTH {
                return Err(self.throw_range("Invalid array length"));
            }
            self.array_reserve(array, index + 1)?;
            store(load(array.0) + 4, Value::small(index as i32 + 1).word());
        }
        if attributes != attributes::ALL {
            return self.add_special_element(array, index, value, attributes);
        }
        store(load(load(array.0) + 8) + 4 + 4 * index, load(value.0));
        Ok(())
    }

    /// Puts an element in the property object.
    fn add_special_element(&mut self, array: Slot, index: u32, value: Slot, attributes: u32) -> Result<()> {
        let mark = self.mark();
        self.add_flags(array, flags::SPARSE);
        let properties = self.make_properties(array)?.word();
        let properties = self.push_word(properties)?;
        let key = Key(Value::small(index as i32).word());
        if self.table_find(load(properties.0), key.0).is_ok() {
            self.table_set_attributes(properties, key, attributes)?;
            if let Ok(slot) = self.table_find(load(properties.0), key.0) {
                store(slot.address, load(value.0));
            }
        } else {
            self.table_add(properties, key, value, attributes)?;
        }
        self.release(mark);
        Ok(())
    }

    /// Gives an element that is there a value and attributes.
    pub(crate) fn replace_element(
        &mut self,
        array: Slot,
        key: Key,
        value: Slot,
        attributes: u32,
        current: u32,
    ) -> Result<()> {
        let at = load(array.0);
        let key_word = self.key_word(key);
        let in_store = !self.in_properties(at, key_word);
        if let (true, true, Own::Slot(slot)) =
            (in_store, attributes == current, self.own_property(at, key_word))
        {
            store(slot.address, load(value.0));
            return Ok(());
        }
        let index = word::to_int(key_word) as u32;
        if in_store && let Own::Slot(slot) = self.own_property(at, key_word) {
            store(slot.address, word::EMPTY);
        }
        self.add_special_element(array, index, value, attributes)
    }

    /// Sets the length of an array to any value (`array.length = value`).
    ///
    /// # Errors
    /// Throws a RangeError if it is no length or the heap is full, a TypeError if the length is read-only.
    pub(crate) fn set_array_length_value(&mut self, array: Slot, value: Slot) -> Result<()> {
        let mark = self.mark();
        let number = self.to_number(value)?;
        let length = crate::number::to_u32(number);
        if f64::from(length) != number {
            return Err(self.throw_range("Invalid array length"));
        }
        if !self.set_array_length(array, length)? {
            let key = self.well_known(crate::property::name::LENGTH)?.word();
            let key = self.push_word(key)?;
            return Err(self.throw_property(crate::error::PropertyError::ReadOnly, array, Key::slot(key)));
        }
        self.release(mark);
        Ok(())
    }

    /// Sets the length of an array: cuts elements off or adds holes. False if an element can not be deleted or the length
    /// is read-only.
    ///
    /// # Errors
    /// Throws a RangeError if the length is too great or the heap full.
    pub fn set_array_length(&mut self, array: Slot, length: u32) -> Result<bool> {
        let at = load(array.0);
        let old = self.array_length(array);
        let aux = header::aux(load(at));
        if length == old {
            return Ok(true);
        }
        if aux & flags::LENGTH_READ_ONLY != 0 || length < old && aux & flags::SEALED != 0 {
            return Ok(false);
        }
        if length > old {
            if length > MAX_LENGTH {
                return Err(self.throw_range("Invalid array length"));
            }
            self.array_reserve(array, length)?;
            store(load(array.0) + 4, Value::small(length as i32).word());
            return Ok(true);
        }
        let mut kept = length;
        if aux & flags::SPARSE != 0 {
            for index in (length..old).rev() {
                if !self.delete_property(array, Key(Value::small(index as i32).word()))? {
                    kept = index + 1;
                    break;
                }
            }
        }
        let at = load(array.0);
        store(at + 4, Value::small(kept as i32).word());
        if kept == 0 {
            store(at + 8, word::EMPTY);
        } else {
            fill(load(at + 8) + 4 + 4 * kept, old - kept, word::EMPTY);
        }
        Ok(kept == length)
    }

    /// Moves elements inside an array that is simple ([`Vm::is_simple_array`]), as `splice` and `shift` do; ranges beyond
    /// the length are cut.
    pub fn array_move(&self, array: Slot, from: u32, to: u32, count: u32) {
        let length = self.array_length(array);
        let count = count.min(length.saturating_sub(from)).min(length.saturating_sub(to));
        if count != 0 {
            let first = load(load(array.0) + 8) + 4;
            move_words(first + 4 * from, first + 4 * to, count);
        }
    }
}
