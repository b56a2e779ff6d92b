//! The iterations of for-in and for-of.
//!
//! An iterator is an object of [`Kind::Iterator`] that no program sees; what is iterated, what is left and how far it has
//! come are its three words. The iterator protocol of later standards would be one more kind of it.

use jerboa_abi::header::{self, Kind};
use jerboa_abi::value as word;

use crate::Result;
use crate::keys::Filter;
use crate::memory::{load, store};
use crate::value::{Key, Slot, Value};
use crate::vm::Vm;

/// What is iterated (the index field of the header).
mod over {
    /// The keys in an array, of an object and its prototypes.
    pub const KEYS: u32 = 0;
    /// The elements of an array or arguments object.
    pub const ELEMENTS: u32 = 1;
    /// The code points of a string.
    pub const STRING: u32 = 2;
    /// What an instance of a built-in class holds; [`super::IterateHook`] knows the three words.
    pub const INSTANCE: u32 = 3;
}

/// How instances of built-in classes are iterated. It is a function that only programs with such instances link.
pub(crate) type IterateHook = for<'a> fn(&'a mut Vm, Slot, IteratePhase) -> Result<Value<'a>>;

/// What an [`IterateHook`] is asked to do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum IteratePhase {
    /// Give the iterator of the instance in the slot, or `EMPTY` if it has none.
    Start,
    /// Give the next value of the iterator in the slot, or `EMPTY` at its end.
    Next,
}

impl Vm {
    fn new_iterator(&mut self, over: u32, object: Slot, state: Slot) -> Result<Value<'_>> {
        let iterator = self.allocate(4)?;
        store(iterator, header::make(Kind::Iterator, 0, over));
        store(iterator + 4, load(object.0));
        store(iterator + 8, load(state.0));
        store(iterator + 12, Value::small(0).word());
        Ok(Value::of(iterator))
    }

    /// The iterator of `for (… in value)`.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    pub fn for_in(&mut self, value: Slot) -> Result<Value<'_>> {
        let mark = self.mark();
        let [object, keys] = self.slots()?;
        if self.get(value).is_nullish() {
            self.new_array(0)?.store(keys);
        } else {
            self.copy(value, object);
            self.to_object(object)?;
            self.own_keys(object, Filter::Enumerable)?.store(keys);
            self.inherited_keys(object, keys)?;
        }
        let iterator = self.new_iterator(over::KEYS, object, keys)?.word();
        self.release(mark);
        Ok(Value::of(iterator))
    }

    /// Appends the enumerable keys of the prototypes that nothing before them hides.
    fn inherited_keys(&mut self, object: Slot, keys: Slot) -> Result<()> {
        let mark = self.mark();
        let [holder, more, key] = self.slots()?;
        store(holder.0, self.prototype_word(load(object.0)));
        while !self.get(holder).is_null() {
            self.own_keys(holder, Filter::Enumerable)?.store(more);
            for i in 0..self.array_length(more) {
                let word = self.array_get(more, i).word();
                let mut before = load(object.0);
                let mut hidden = false;
                while before != load(holder.0) && !hidden {
                    hidden = self.own_property(before, word).attributes().is_some();
                    before = self.prototype_word(before);
                }
                if !hidden {
                    store(key.0, word);
                    self.array_push(keys, key)?;
                }
            }
            store(holder.0, self.prototype_word(load(holder.0)));
        }
        self.release(mark);
        Ok(())
    }

    /// Whether `for (… of value)` can go over a value.
    pub fn is_iterable(&self, value: Slot) -> bool {
        self.get(value).is_string()
            || matches!(self.get(value).kind(), Some(Kind::Array | Kind::Arguments))
            || self.iterate_hook.get().is_some() && self.get(value).is(Kind::Instance)
            || self.wrapped(value).is_some_and(|value| value.is_string())
    }

    /// The iterator of `for (… of value)`: arrays, arguments objects and strings.
    ///
    /// # Errors
    /// Throws a TypeError for anything else.
    pub fn for_of(&mut self, value: Slot) -> Result<Value<'_>> {
        let mark = self.mark();
        let object = self.push(value)?;
        let mut over = over::ELEMENTS;
        match self.get(object).kind() {
            Some(Kind::Array | Kind::Arguments) => {}
            Some(Kind::Instance) if let Some(hook) = self.iterate_hook.get() => {
                let iterator = hook(self, object, IteratePhase::Start)?.word();
                self.release(mark);
                if iterator == word::EMPTY {
                    return Err(self.throw_not_iterable(value));
                }
                return Ok(Value::of(iterator));
            }
            _ => {
                if let Some(string) = self.wrapped(object).filter(|value| value.is_string()).map(Value::word)
                {
                    store(object.0, string);
                }
                if !self.get(object).is_string() {
                    self.release(mark);
                    return Err(self.throw_not_iterable(value));
                }
                self.flatten(object)?;
                over = over::STRING;
            }
        }
        let [state] = self.slots()?;
        let iterator = self.new_iterator(over, object, state)?.word();
        self.release(mark);
        Ok(Value::of(iterator))
    }

    #[cold]
    fn throw_not_iterable(&mut self, value: Slot) -> crate::Thrown {
        self.throw_error(
            crate::error::ErrorKind::Type,
            &[crate::error::Piece::Value(value), crate::error::Piece::Text(" is not iterable")],
        )
    }

    /// The iterator of an instance: three words that the hook of its class knows.
    pub(crate) fn new_instance_iterator(&mut self, object: Slot, state: Slot) -> Result<Value<'_>> {
        self.new_iterator(over::INSTANCE, object, state)
    }

    /// The next value of an iteration, `EMPTY` at its end.
    ///
    /// # Errors
    /// Whatever a getter of an element throws.
    pub fn iterator_next(&mut self, iterator: Slot) -> Result<Value<'_>> {
        let at = load(iterator.0);
        let position = word::to_int(load(at + 12)) as u32;
        match header::index(load(at)) {
            over::KEYS => self.next_key(iterator, position),
            over::INSTANCE => match self.iterate_hook.get() {
                Some(hook) => hook(self, iterator, IteratePhase::Next),
                None => Ok(Value::EMPTY),
            },
            over::ELEMENTS => {
                let mark = self.mark();
                let object = self.push_word(load(at + 4))?;
                if position >= self.array_length(object) {
                    self.release(mark);
                    // It has ended for good, even if the array grows.
                    store(at + 12, Value::small(word::INT_MAX).word());
                    return Ok(Value::EMPTY);
                }
                store(at + 12, Value::small(position as i32 + 1).word());
                let key = Key(Value::small(position as i32).word());
                let element = self.get_property(object, key)?.word();
                self.release(mark);
                Ok(Value::of(element))
            }
            _ => {
                let mark = self.mark();
                let string = self.push_word(load(at + 4))?;
                let text = self.get(string).text();
                let rest = text.get(position as usize..).unwrap_or_default();
                let Some((code, len)) = crate::text::decode(rest) else {
                    self.release(mark);
                    return Ok(Value::EMPTY);
                };
                store(at + 12, Value::small((position as usize + len) as i32).word());
                self.release(mark);
                self.new_string(crate::text::encode(code, &mut [0; 4]))
            }
        }
    }

    /// The next key that is still there, as a string.
    fn next_key(&mut self, iterator: Slot, mut position: u32) -> Result<Value<'_>> {
        let mark = self.mark();
        let keys = self.push_word(load(load(iterator.0) + 8))?;
        let object = self.push_word(load(load(iterator.0) + 4))?;
        let [key] = self.slots()?;
        while position < self.array_length(keys) {
            self.copy_element(keys, position, key);
            position += 1;
            store(load(iterator.0) + 12, Value::small(position as i32).word());
            if self.has_property(object, Key::slot(key), true)? {
                self.key_to_string(key)?;
                let word = load(key.0);
                self.release(mark);
                return Ok(Value::of(word));
            }
        }
        self.release(mark);
        Ok(Value::EMPTY)
    }

    fn copy_element(&self, array: Slot, index: u32, to: Slot) {
        store(to.0, self.array_get(array, index).word());
    }
}
