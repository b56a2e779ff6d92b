//! Enumerating own properties, in the order of the language: array indices ascending, then strings in order of creation,
//! then symbols.

use jerboa_abi::builtins::Class;
use jerboa_abi::header::Kind;
use jerboa_abi::value as word;

use crate::Result;
use crate::image::{constant, rom_class};
use crate::memory::{load, load_half, store};
use crate::property::name;
use crate::shape::attributes;
use crate::value::{Key, Slot, Value};
use crate::vm::Vm;

/// Which keys.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Filter {
    /// All strings and indices.
    All,
    /// The enumerable ones of them.
    Enumerable,
}

/// The array index (below 2^32 - 1) that a key is. Those beyond the small integers are strings of ten digits.
fn array_index(key: u32) -> Option<u32> {
    if word::is_int(key) {
        return Some(word::to_int(key) as u32);
    }
    let key = Value::of(key);
    if !key.is_string() {
        return None;
    }
    let text = key.text();
    if text.len() != 10 || text[0] == b'0' {
        return None;
    }
    let mut index = 0u32;
    for digit in text.iter().map(|byte| byte.wrapping_sub(b'0')) {
        if digit > 9 {
            return None;
        }
        index = index.checked_mul(10)?.checked_add(u32::from(digit))?;
    }
    (index != u32::MAX).then_some(index)
}

/// Whether a key is an array index.
fn is_index(key: u32) -> bool {
    array_index(key).is_some()
}

/// Whether a key is a string and no array index.
fn is_name(key: u32) -> bool {
    Value::of(key).is_string() && !is_index(key)
}

/// Sorts keys that are array indices ascending, in place.
fn sort_indices(first: u32, count: u32) {
    let at = |i: u32| first + 4 * i;
    let index = |i: u32| array_index(load(at(i)));
    let sift = |mut parent: u32, end: u32| {
        loop {
            let mut child = 2 * parent + 1;
            if child >= end {
                return;
            }
            if child + 1 < end && index(child) < index(child + 1) {
                child += 1;
            }
            if index(parent) >= index(child) {
                return;
            }
            let (a, b) = (load(at(parent)), load(at(child)));
            store(at(parent), b);
            store(at(child), a);
            parent = child;
        }
    };
    for parent in (0..count / 2).rev() {
        sift(parent, count);
    }
    for end in (1..count).rev() {
        let (a, b) = (load(at(0)), load(at(end)));
        store(at(0), b);
        store(at(end), a);
        sift(0, end);
    }
}

impl Vm {
    /// A new array of the own keys of an object: small integers and interned strings (see [`Vm::key_to_string`]).
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    pub fn own_keys(&mut self, object: Slot, filter: Filter) -> Result<Value<'_>> {
        let mark = self.mark();
        let [list, key] = self.slots()?;
        self.new_array(0)?.store(list);
        let at = load(object.0);
        let kind = self.get(object).kind();
        match kind {
            Some(Kind::Array | Kind::Arguments) => {
                self.list_elements(list, object, key)?;
                self.list_sparse(list, object, filter)?;
                if filter == Filter::All
                    && (kind == Some(Kind::Array) || self.in_last_layer(object, name::LENGTH)?)
                {
                    self.list_name(list, key, name::LENGTH)?;
                }
            }
            Some(Kind::Wrapper) => {
                let primitive = self.push_word(load(at + 4))?;
                if self.get(primitive).is_string() {
                    for i in 0..self.string_length(primitive)? {
                        Value::small(i as i32).store(key);
                        self.array_push(list, key)?;
                    }
                    self.list_table(list, object, filter, true)?;
                    if filter == Filter::All {
                        self.list_name(list, key, name::LENGTH)?;
                    }
                } else {
                    self.list_table(list, object, filter, true)?;
                }
            }
            Some(Kind::Error) if filter == Filter::All => {
                for own in [name::STACK, name::MESSAGE] {
                    if self.in_last_layer(object, own)? {
                        self.list_name(list, key, own)?;
                    }
                }
            }
            Some(Kind::View) => crate::typed::list_view(self, list, object, key)?,
            Some(Kind::RomObject | Kind::Native) => self.list_record(list, object, key, filter)?,
            Some(Kind::Function | Kind::Bound) if filter == Filter::All => {
                for own in [name::LENGTH, name::NAME, name::PROTOTYPE] {
                    if self.in_last_layer(object, own)? {
                        self.list_name(list, key, own)?;
                    }
                }
            }
            _ => {}
        }
        if kind != Some(Kind::Wrapper) {
            let special = matches!(kind, Some(Kind::Array | Kind::Arguments));
            self.list_table(list, object, filter, !special)?;
        }
        let word = load(list.0);
        self.release(mark);
        Ok(Value::of(word))
    }

    /// Whether a well-known name is an own property, and not in the property table.
    fn in_last_layer(&mut self, object: Slot, name: u16) -> Result<bool> {
        let mark = self.mark();
        let key = self.well_known(name)?.word();
        self.push_word(key)?;
        let at = load(object.0);
        let table = if Vm::has_own_table(load(at)) { Some(at) } else { self.properties_of(at) };
        let in_table = table.is_some_and(|table| self.table_find(table, key).is_ok());
        let own = !in_table && self.own_property(at, key).attributes().is_some();
        self.release(mark);
        Ok(own)
    }

    fn list_name(&mut self, list: Slot, key: Slot, name: u16) -> Result<()> {
        let word = self.well_known(name)?.word();
        store(key.0, word);
        self.array_push(list, key)
    }

    fn list_elements(&mut self, list: Slot, object: Slot, key: Slot) -> Result<()> {
        for i in 0..self.array_length(object) {
            if !self.array_get(object, i).is_empty() {
                Value::small(i as i32).store(key);
                self.array_push(list, key)?;
            }
        }
        Ok(())
    }

    /// Elements with attributes of their own, sorted in among the others.
    fn list_sparse(&mut self, list: Slot, object: Slot, filter: Filter) -> Result<()> {
        let before = self.array_length(list);
        if let Some(properties) = self.properties_of(load(object.0)) {
            let mark = self.mark();
            let properties = self.push_word(properties)?;
            self.collect_table(list, properties, filter, is_index)?;
            self.release(mark);
        }
        if self.array_length(list) != before {
            self.sort_list(list, 0);
        }
        Ok(())
    }

    fn sort_list(&self, list: Slot, first: u32) {
        let count = self.array_length(list) - first;
        if count > 1 {
            sort_indices(load(load(list.0) + 8) + 4 + 4 * first, count);
        }
    }

    /// The keys in the property table: indices (if wanted), then strings.
    fn list_table(&mut self, list: Slot, object: Slot, filter: Filter, indices: bool) -> Result<()> {
        let at = load(object.0);
        let Some(table) = (if Vm::has_own_table(load(at)) { Some(at) } else { self.properties_of(at) })
        else {
            return Ok(());
        };
        let mark = self.mark();
        let table = self.push_word(table)?;
        let before = self.array_length(list);
        // Most objects have names alone.
        if !self.collect_table(list, table, filter, is_name)? && indices {
            self.set_list_length(list, before);
            self.collect_table(list, table, filter, is_index)?;
            self.sort_list(list, before);
            self.collect_table(list, table, filter, is_name)?;
        }
        self.release(mark);
        Ok(())
    }

    /// A list becomes shorter, or takes in elements that it has room for.
    fn set_list_length(&self, list: Slot, length: u32) {
        store(load(list.0) + 4, Value::small(length as i32).word());
    }

    /// Appends the keys of a table that `wanted` accepts, in order of creation; false if there are keys that it does not
    /// accept.
    fn collect_table(
        &mut self,
        list: Slot,
        table: Slot,
        filter: Filter,
        wanted: fn(u32) -> bool,
    ) -> Result<bool> {
        let count = self.table_count(load(table.0));
        if count == 0 {
            return Ok(true);
        }
        let length = self.array_length(list);
        self.array_reserve(list, length + count)?;
        // The keys come in any order, each with its number in the order of creation.
        let first = load(load(list.0) + 8) + 4 + 4 * length;
        crate::memory::fill(first, count, word::EMPTY);
        let mut all = true;
        self.table_each(load(table.0), &mut |key, attributes, value, number| {
            if !wanted(key) {
                all = false;
            } else if value != word::EMPTY
                && (filter == Filter::All || attributes & attributes::ENUMERABLE != 0)
            {
                store(first + 4 * number, key);
            }
        });
        let mut end = 0;
        for i in 0..count {
            let key = load(first + 4 * i);
            if key != word::EMPTY {
                store(first + 4 * end, key);
                end += 1;
            }
        }
        self.set_list_length(list, length + end);
        Ok(all)
    }

    /// The keys in the record of a built-in object or function that were not overridden or deleted.
    fn list_record(&mut self, list: Slot, object: Slot, key: Slot, filter: Filter) -> Result<()> {
        let at = load(object.0);
        let is_native = self.get(object).is(Kind::Native);
        let record = if is_native { self.native_record(at) } else { Some(at) };
        let function = is_native || rom_class(at) == Class::Function as u32;
        if filter == Filter::All && (function || rom_class(at) == Class::Array as u32) {
            let names: &[u16] = if function { &[name::LENGTH, name::NAME] } else { &[name::LENGTH] };
            for &own in names {
                if self.in_last_layer(object, own)? {
                    self.list_name(list, key, own)?;
                }
            }
        }
        let Some(record) = record else { return Ok(()) };
        for property in crate::image::properties(record) {
            let word = constant(self.image, load_half(property));
            let attributes = self.record_property(property).attributes().unwrap_or(0);
            let overridden = self
                .properties_of(load(object.0))
                .is_some_and(|properties| self.table_find(properties, word).is_ok());
            if !overridden
                && Value::of(word).is_string()
                && (filter == Filter::All || attributes & attributes::ENUMERABLE != 0)
            {
                store(key.0, word);
                self.array_push(list, key)?;
            }
        }
        Ok(())
    }

    /// Whether the object in a slot has an own property that is enumerable.
    pub fn is_enumerable(&self, object: Slot, key: Key) -> Option<bool> {
        let own = self.own_property(load(object.0), self.key_word(key));
        own.attributes().map(|attributes| attributes & attributes::ENUMERABLE != 0)
    }
}
