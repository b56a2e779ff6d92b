//! Arrays and arguments objects: a length, and a store of elements with room to grow.
//!
//! The store holds at least `length` elements, so a read checks the length only. A hole is an element `EMPTY`; whoever meets
//! one asks the prototypes. An element with attributes of its own has its place in the property object, and `EMPTY`
//! in the store.
//!
//! **Kinds of elements.** An array whose elements are all constants (undefined, null, booleans, holes) has a store of
//! bytes, the low bytes of their words ([`header::ARRAY_BYTES`]). The first element decides; `new Array(n)` has nothing but
//! holes, so it begins so, too. The first other element makes it an array of words for good, or until it is
//! empty again ([`Vm::array_widen`]).
//!
//! **Holes.** A store to a hole would have to look for setters and read-only properties on the prototypes. Arrays without flags
//! have `Array.prototype` and `Object.prototype` there, so fast paths store without looking, and in the moment when one of the
//! two gets a property that is an index, or `Array.prototype` another prototype, all arrays get a flag that keeps them
//! off the fast paths ([`Vm::distrust_arrays`]).
//!
//! **Growth.** A store that is the last object of the heap grows in place. Otherwise the elements are copied: with room to
//! grow if there is memory for it, and exactly as much as is needed if not. So one array can fill the heap.

use jerboa_abi::header::{self, Kind};
use jerboa_abi::value as word;

use crate::Result;
use crate::gate::gate;
use crate::heap::{MAX_STORE, flags, store_header, store_len};
use crate::memory::{fill, load, load_byte, move_bytes, move_words, store, store_byte};
use crate::property::Own;
use crate::shape::attributes;
use crate::value::{Key, Slot, Value};
use crate::vm::Vm;

/// The most elements.
pub const MAX_LENGTH: u32 = word::INT_MAX as u32;

/// Four holes in a store of bytes.
const EMPTY_BYTES: u32 = word::EMPTY * 0x0101_0101;

/// The element of a store that belongs to an array with this header; it has so many.
#[inline(always)]
pub(crate) fn element(elements: u32, header: u32, index: u32) -> u32 {
    if header::is_byte_array(header) {
        load_byte(elements + 4 + index)
    } else {
        load(elements + 4 + 4 * index)
    }
}

/// Words of a store for so many elements.
fn store_words(elements: u32, bytes: bool) -> u32 {
    if bytes { elements.div_ceil(4) } else { elements }
}

gate! {
    if SpecialArrays, fn append_to_special(vm: &mut Vm, array: Slot, length: u32, value: Slot) -> Result<()> {
        vm.add_element(array, length, value, attributes::ALL)
    }
}

impl Vm {
    /// A new array with room for `capacity` elements, and none yet.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    #[inline]
    pub fn new_array(&mut self, capacity: u32) -> Result<Value<'_>> {
        self.new_list(Kind::Array, capacity)
    }

    /// A new array of `length` holes.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    pub fn new_array_with_length(&mut self, length: u32) -> Result<Value<'_>> {
        let mark = self.mark();
        let array = self.new_list(Kind::Array, 0)?.word();
        let array = self.push_word(array)?;
        self.array_narrow(array);
        self.set_array_length(array, length)?;
        let word = load(array.0);
        self.release(mark);
        Ok(Value::of(word))
    }

    /// A new array of the values from a slot upwards.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    #[inline]
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

    /// A new array of the program, of the values from a slot upwards: one of bytes if all are constants.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    pub fn new_array_literal(&mut self, first: Slot, count: u32) -> Result<Value<'_>> {
        let constant = |i: u32| word::is_constant(load(first.above(i).0));
        if count != 0 && (0..count).all(constant) {
            let array = self.new_list(Kind::Array, store_words(count, true))?.word();
            let elements = load(array + 8);
            store(elements, store_header(Kind::Bytes, store_len(load(elements))));
            for i in 0..count {
                store_byte(elements + 4 + i, load(first.above(i).0));
            }
            store(array, load(array) | header::ARRAY_BYTES);
            store(array + 4, Value::small(count as i32).word());
            return Ok(Value::of(array));
        }
        self.new_array_from(first, count)
    }

    fn new_list(&mut self, kind: Kind, capacity: u32) -> Result<Value<'_>> {
        let mark = self.mark();
        let elements = self.push_word(word::EMPTY)?;
        if capacity != 0 {
            let new = self.new_store(capacity)?.word();
            store(elements.0, new);
        }
        let array = self.allocate(3)?;
        let distrusted = kind == Kind::Array && self.arrays_distrusted.get();
        let no_store = if kind == Kind::Array && capacity == 0 { header::ARRAY_NO_STORE } else { 0 };
        store(array, header::make(kind, if distrusted { flags::SPARSE } else { 0 }, 0) | no_store);
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
            let at = load(array.0);
            Value::of(element(load(at + 8), load(at), index))
        } else {
            Value::EMPTY
        }
    }

    /// Overwrites an element; does nothing beyond the length, and nothing to an array of constants that gets another value:
    /// the caller made the array itself and knows better, or the value is a constant.
    pub fn array_set(&self, array: Slot, index: u32, value: Value<'_>) {
        if index < self.array_length(array) {
            let at = load(array.0);
            let first = load(at + 8) + 4;
            if !header::is_byte_array(load(at)) {
                store(first + 4 * index, value.word());
            } else if word::is_constant(value.word()) {
                store_byte(first + index, value.word());
            }
        }
    }

    /// Overwrites an element that is there, whatever the array's kind of elements.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    pub(crate) fn array_overwrite(&mut self, array: Slot, index: u32, value: Slot) -> Result<()> {
        if !word::is_constant(load(value.0)) {
            self.array_widen(array)?;
        }
        self.array_set(array, index, Value::of(load(value.0)));
        Ok(())
    }

    /// Copies the first elements to slots, holes as `undefined`.
    pub(crate) fn spread_elements(&self, array: Slot, to: Slot, count: u32) {
        let at = load(array.0);
        let (header, elements) = (load(at), load(at + 8));
        for i in 0..count {
            let element = element(elements, header, i);
            store(to.above(i).0, if element == word::EMPTY { word::UNDEFINED } else { element });
        }
    }

    /// Whether the value in a slot is an array that the fast paths of library functions may work on directly: a real one,
    /// without locks or indices with attributes.
    pub fn is_simple_array(&self, array: Slot) -> bool {
        self.get(array).is(Kind::Array) && header::aux(self.get(array).header()) & flags::SLOW_STORE == 0
    }

    /// Appends an element. Amortised constant time. An array that is made so has words, so that any of its elements can be
    /// overwritten by [`Vm::array_set`].
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full, a TypeError if the array is locked.
    pub fn array_push(&mut self, array: Slot, value: Slot) -> Result<()> {
        let length = self.array_length(array);
        self.add_element_to(array, length, value, attributes::ALL, false)
    }

    /// Appends an element to an array of the program, whose first element decides what its elements are.
    ///
    /// # Errors
    /// As [`Vm::array_push`].
    pub fn array_append(&mut self, array: Slot, value: Slot) -> Result<()> {
        let length = self.array_length(array);
        if self.is_simple_array(array) {
            return self.extend_array(array, length, value, true);
        }
        append_to_special(self, array, length, value)
    }

    /// The element of an array at an integer; `undefined` for everything else. For programs whose prototypes have no
    /// elements and whose arrays have no properties by such names ([`Feature::Elements`](jerboa_abi::feature::Feature)).
    pub(crate) fn own_element(&self, array: Slot, index: u32) -> Value<'_> {
        let element = self.array_get(array, index);
        if element.word() == word::EMPTY { Value::UNDEFINED } else { element }
    }

    /// Sets the element of an array that has no locks and no elements with attributes, as in such programs.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full or the index too great.
    pub(crate) fn set_own_element(&mut self, array: Slot, index: u32, value: Slot) -> Result<()> {
        if index < self.array_length(array) {
            self.array_overwrite(array, index, value)
        } else {
            self.extend_array(array, index, value, true)
        }
    }

    /// Adds an element at the end of an array or beyond; `narrow`: an array that is empty becomes one of bytes if the value is
    /// a constant.
    fn extend_array(&mut self, array: Slot, index: u32, value: Slot, narrow: bool) -> Result<()> {
        if index >= MAX_LENGTH {
            return Err(self.throw_range("Invalid array length"));
        }
        if !word::is_constant(load(value.0)) {
            self.array_widen(array)?;
        } else if narrow && self.array_length(array) == 0 {
            self.array_narrow(array);
        }
        self.set_greater_length(array, index + 1)?;
        self.array_set(array, index, Value::of(load(value.0)));
        Ok(())
    }

    /// Makes an array longer, by holes.
    fn set_greater_length(&mut self, array: Slot, length: u32) -> Result<()> {
        self.array_reserve(array, length)?;
        store(load(array.0) + 4, Value::small(length as i32).word());
        Ok(())
    }

    /// Makes room for `capacity` elements.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    pub fn array_reserve(&mut self, array: Slot, capacity: u32) -> Result<()> {
        let at = load(array.0);
        let elements = load(at + 8);
        let have = if elements == word::EMPTY { 0 } else { store_len(load(elements)) };
        let need = store_words(capacity, header::is_byte_array(load(at)));
        if need <= have {
            return Ok(());
        }
        if need > MAX_STORE {
            return Err(self.throw_range("Invalid array length"));
        }
        self.grow_elements(array, have, need)
    }

    /// Words of the heap that are free now.
    pub fn free_words(&self) -> u32 {
        self.heap_end.saturating_sub(self.heap_top.get()) / 4
    }

    /// Whether an object of so many words beside its header can be made, perhaps after a collection.
    pub fn has_room(&mut self, words: u32) -> bool {
        if self.free_words() <= words {
            self.collect();
        }
        self.free_words() > words
    }

    /// Gives an array a store of at least `need` words instead of `have`.
    #[inline(never)]
    fn grow_elements(&mut self, array: Slot, have: u32, need: u32) -> Result<()> {
        let bytes = header::is_byte_array(load(load(array.0)));
        let (kind, empty) = if bytes { (Kind::Bytes, EMPTY_BYTES) } else { (Kind::Values, word::EMPTY) };
        let generous = need.max(have + have / 2 + 2).min(MAX_STORE);
        let mut words = need;
        if cfg!(feature = "gc-stress") {
            self.collect();
        }
        for collected in &[false, true] {
            let elements = load(load(array.0) + 8);
            let end = elements + 4 + 4 * have;
            let free = self.free_words();
            if have != 0 && end == self.heap_top.get() && need - have <= free {
                // In place, and not much if memory is scarce: who comes next finds only what is left over.
                let words = need.max((have + (have / 2 + 8).min(free / 16)).min(MAX_STORE));
                self.heap_top.set(end + 4 * (words - have));
                fill(end, words - have, empty);
                store(elements, store_header(kind, words));
                return Ok(());
            }
            if free > generous {
                words = generous;
                break;
            }
            if !*collected {
                self.collect();
            }
        }
        let new = self.allocate(1 + words)?;
        store(new, store_header(kind, words));
        if have != 0 {
            move_words(load(load(array.0) + 8) + 4, new + 4, have);
        }
        fill(new + 4 + 4 * have, words - have, empty);
        let at = load(array.0);
        store(at + 8, new);
        if header::is_array(load(at)) {
            store(at, load(at) & !header::ARRAY_NO_STORE);
        }
        Ok(())
    }

    /// Makes the elements of an array words, if they are bytes.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    #[inline(never)]
    pub fn array_widen(&mut self, array: Slot) -> Result<()> {
        let at = load(array.0);
        if !header::is_byte_array(load(at)) {
            return Ok(());
        }
        if load(at + 8) == word::EMPTY {
            store(at, load(at) & !header::ARRAY_BYTES);
            return Ok(());
        }
        let length = self.array_length(array);
        if length > MAX_STORE {
            return Err(self.throw_out_of_memory());
        }
        // The store of bytes grows to the size of words, and the bytes spread out from the end.
        let have = store_len(load(load(at + 8)));
        if have < length {
            self.grow_elements(array, have, length)?;
        }
        let at = load(array.0);
        let elements = load(at + 8);
        let words = store_len(load(elements));
        for i in (0..length).rev() {
            store(elements + 4 + 4 * i, load_byte(elements + 4 + i));
        }
        fill(elements + 4 + 4 * length, words - length, word::EMPTY);
        store(elements, store_header(Kind::Values, words));
        store(at, load(at) & !header::ARRAY_BYTES);
        Ok(())
    }

    /// Makes an array without elements one of bytes.
    fn array_narrow(&self, array: Slot) {
        let at = load(array.0);
        store(at, load(at) | header::ARRAY_BYTES);
        let elements = load(at + 8);
        if elements != word::EMPTY {
            let words = store_len(load(elements));
            store(elements, store_header(Kind::Bytes, words));
            fill(elements + 4, words, EMPTY_BYTES);
        }
    }

    /// Adds an element that is not there: a hole, the next one, or beyond the end.
    pub(crate) fn add_element(
        &mut self,
        array: Slot,
        index: u32,
        value: Slot,
        attributes: u32,
    ) -> Result<()> {
        self.add_element_to(array, index, value, attributes, true)
    }

    /// The same; `narrow`: an array that is empty becomes one of bytes if the value is a constant.
    fn add_element_to(
        &mut self,
        array: Slot,
        index: u32,
        value: Slot,
        attributes: u32,
        narrow: bool,
    ) -> Result<()> {
        let at = load(array.0);
        let header = load(at);
        let length = word::to_int(load(at + 4)) as u32;
        let grows = index >= length;
        let is_array = header::is_array(header);
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
        if attributes != attributes::ALL {
            if grows {
                if index >= MAX_LENGTH {
                    return Err(self.throw_range("Invalid array length"));
                }
                self.set_greater_length(array, index + 1)?;
            }
            return self.add_special_element(array, index, value, attributes);
        }
        if grows {
            return self.extend_array(array, index, value, narrow);
        }
        self.array_overwrite(array, index, value)
    }

    /// Sends the stores of all arrays, also of those to come, the slow way: from now on they may find something on the
    /// prototypes.
    #[cold]
    #[inline(never)]
    pub(crate) fn distrust_arrays(&mut self) {
        crate::gate::present!(SpecialArrays);
        self.arrays_distrusted.set(true);
        let mut object = self.heap_first();
        while object < self.heap_top.get() {
            let header = load(object);
            if header::is_array(header) {
                store(object, header | flags::SPARSE << header::AUX_SHIFT);
            }
            object += 4 * crate::heap::words_of(object, header);
        }
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
        self.array_widen(array)?;
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
        if length != 0 && self.array_length(array) == 0 {
            // Nothing but holes.
            self.array_narrow(array);
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
            self.set_greater_length(array, length)?;
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
        let first = load(at + 8) + 4;
        if kept == 0 {
            store(at + 8, word::EMPTY);
            store(at, load(at) & !header::ARRAY_BYTES | header::ARRAY_NO_STORE);
        } else if header::is_byte_array(load(at)) {
            for i in kept..old {
                store_byte(first + i, word::EMPTY);
            }
        } else {
            fill(first + 4 * kept, old - kept, word::EMPTY);
        }
        Ok(kept == length)
    }

    /// Moves elements inside an array that is simple ([`Vm::is_simple_array`]), as `splice` and `shift` do; ranges beyond
    /// the length are cut.
    pub fn array_move(&self, array: Slot, from: u32, to: u32, count: u32) {
        let length = self.array_length(array);
        let count = count.min(length.saturating_sub(from)).min(length.saturating_sub(to));
        if count != 0 {
            let at = load(array.0);
            let first = load(at + 8) + 4;
            if header::is_byte_array(load(at)) {
                move_bytes(first + from, first + to, count);
            } else {
                move_words(first + 4 * from, first + 4 * to, count);
            }
        }
    }
}
