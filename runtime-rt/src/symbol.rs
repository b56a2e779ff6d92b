//! Symbols as values: those of the heap, those in the image, and private names, which are symbols that nothing lists.
//!
//! A symbol is its identity and a description. The index in its header is what property tables hash it by. A well-known symbol
//! lies in the image and its header has its [`jerboa_abi::builtins::SymbolId`] + 1 there.

use jerboa_abi::header::{self, Kind};
use jerboa_abi::value as word;

use crate::Result;
use crate::image::{constant, resolve};
use crate::memory::{load, load_half, store};
use crate::shape::attributes;
use crate::value::{Slot, Value};
use crate::vm::Vm;

/// Flag in the aux field: a private name (`#name`).
const PRIVATE: u32 = 1;

impl Vm {
    /// A new symbol with a description: a string, or undefined.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    #[inline]
    pub fn new_symbol(&mut self, description: Slot) -> Result<Value<'_>> {
        self.make_symbol(description, 0)
    }

    /// A new private name.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    #[inline]
    pub fn new_private_name(&mut self, description: Slot) -> Result<Value<'_>> {
        self.make_symbol(description, PRIVATE)
    }

    fn make_symbol(&mut self, description: Slot, aux: u32) -> Result<Value<'_>> {
        let symbol = self.allocate(2)?;
        // Any number will do to hash by.
        store(symbol, header::make(Kind::Symbol, aux, symbol >> 3 & 0xffff));
        store(symbol + 4, load(description.0));
        Ok(Value::of(symbol))
    }

    /// The description of a symbol: a string, or undefined.
    pub fn symbol_description(&self, symbol: u32) -> u32 {
        let description = load(symbol + 4);
        if self.in_image(symbol) { resolve(self.image, description) } else { description }
    }

    /// A new array of the own symbols of an object, in order of creation.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    pub fn own_symbols(&mut self, object: Slot) -> Result<Value<'_>> {
        let mark = self.mark();
        let [list, key, table] = self.slots()?;
        self.new_array(0)?.store(list);
        let at = load(object.0);
        let record = match self.get(object).kind() {
            Some(Kind::RomObject) => Some(at),
            Some(Kind::Native) => self.native_record(at),
            _ => None,
        };
        let properties = if Vm::has_own_table(load(at)) { Some(at) } else { self.properties_of(at) };
        store(table.0, properties.unwrap_or(word::UNDEFINED));
        if let Some(record) = record {
            for property in crate::image::properties(record) {
                let symbol = constant(self.image, load_half(property));
                let hidden =
                    word::is_pointer(load(table.0)) && self.table_find(load(table.0), symbol).is_ok();
                if Value::of(symbol).is(Kind::Symbol) && !hidden {
                    store(key.0, symbol);
                    self.array_push(list, key)?;
                }
            }
        }
        if word::is_pointer(load(table.0)) {
            // Only the number of properties is known at first; then one after the other is fetched, as pushing may collect.
            let mut total = 0;
            self.table_each(load(table.0), &mut |_, _, _, number| total = total.max(number + 1));
            for wanted in 0..total {
                store(key.0, word::UNDEFINED);
                self.table_each(load(table.0), &mut |symbol, _, value, number| {
                    if number == wanted && is_listed(symbol) && value != word::EMPTY {
                        store(key.0, symbol);
                    }
                });
                if !self.get(key).is_undefined() {
                    self.array_push(list, key)?;
                }
            }
        }
        let word = load(list.0);
        self.release(mark);
        Ok(Value::of(word))
    }

    /// Whether a property is enumerable, by its key's word.
    pub fn is_enumerable_word(&self, object: u32, key: u32) -> bool {
        let own = self.own_property(object, key).attributes();
        own.is_some_and(|attributes| attributes & attributes::ENUMERABLE != 0)
    }
}

/// Whether a key is a symbol, and no private name.
fn is_listed(key: u32) -> bool {
    Value::of(key).is(Kind::Symbol) && header::aux(load(key)) & PRIVATE == 0
}

/// Whether a key is a private name.
pub fn is_private(key: u32) -> bool {
    Value::of(key).is(Kind::Symbol) && header::aux(load(key)) & PRIVATE != 0
}
