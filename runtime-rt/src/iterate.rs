//! The iterations of for-in and for-of, and the iterators of arrays and strings.
//!
//! An iterator is an object of [`Kind::Iterator`]; what is iterated, what is left and how far it has come are its three words. The
//! iterators of arrays and strings are such objects whether the program sees them (`[].values()`) or not (`for (x of [])`); the
//! other kinds no program sees. As long as a program can not have replaced what the standard says that a loop over an array calls,
//! such a loop makes no result objects and calls nothing.

use jerboa_abi::builtins::{NativeId, ObjectId};
use jerboa_abi::header::{self, Kind};
use jerboa_abi::image::native;
use jerboa_abi::value as word;

use crate::Result;
use crate::instance::InstanceClass;
use crate::keys::Filter;
use crate::memory::{load, load_half, store};
use crate::property::name;
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
    /// The indices of an array or array-like object.
    pub const INDICES: u32 = 4;
    /// Pairs of index and element.
    pub const ENTRIES: u32 = 5;
    /// What an iterator of the program gives: the iterator, and its method `next`.
    pub const PROTOCOL: u32 = 6;
    /// Of no iterator: says of a value that it is one of an array or string, to go on with.
    pub const ITSELF: u32 = 7;
}

/// How instances of built-in classes are iterated. It is a function that only programs with such instances link.
pub(crate) type IterateHook = for<'a> fn(&'a mut Vm, Slot, IteratePhase) -> Result<Value<'a>>;

/// What an [`IterateHook`] is asked to do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum IteratePhase {
    /// Give the iterator of the instance in the slot, or `EMPTY` if it has none.
    Start,
    /// Give the next value of the iterator in the slot, or `EMPTY` at its end.
    Next,
}

/// Position of an iterator that has ended.
const ENDED: u32 = word::INT_MAX as u32;

/// What an iterator of an array gives.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ArrayItems {
    /// The elements.
    Values,
    /// The indices.
    Keys,
    /// Arrays of index and element.
    Entries,
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

    /// Whether `for (… of value)` can go over a value, or must ask the value itself.
    pub fn is_iterable(&self, value: Slot) -> bool {
        self.get(value).is_string()
            || crate::image::find_native(self.image, NativeId::IterateStart).is_some()
            || matches!(self.get(value).kind(), Some(Kind::Array | Kind::Arguments))
            || crate::typed::typed_length(self, value).is_some()
            || self.get(value).is(Kind::Iterator)
            || self.iterate_hook.get().is_some() && self.get(value).is(Kind::Instance)
            || self.get(value).instance_class() == Some(InstanceClass::RegExpStringIterator)
            || self.wrapped(value).is_some_and(|value| value.is_string())
    }

    /// Whether a value has an iterator, for functions that take array-likes, too.
    ///
    /// # Errors
    /// Whatever a getter of the program throws.
    pub fn has_iterator(&mut self, value: Slot) -> Result<bool> {
        if crate::image::find_native(self.image, NativeId::IterateStart).is_none() {
            return Ok(self.is_iterable(value));
        }
        if self.get(value).is_nullish() {
            return Ok(false);
        }
        let symbol = self.well_known(name::ITERATOR)?.word();
        Ok(!self.get_property(value, Key(symbol))?.is_nullish())
    }

    /// The iterator of `for (… of value)`.
    ///
    /// # Errors
    /// Throws a TypeError if the value has no iterator, and whatever the program's own methods throw.
    pub fn for_of(&mut self, value: Slot) -> Result<Value<'_>> {
        let mark = self.mark();
        let object = self.push(value)?;
        let iterator = match self.builtin_iteration(object)? {
            Some(over) => {
                if over == over::ITSELF {
                    let iterator = load(object.0);
                    self.release(mark);
                    return Ok(Value::of(iterator));
                }
                if over == over::INSTANCE {
                    if self.get(object).instance_class() == Some(InstanceClass::RegExpStringIterator) {
                        let iterator = self.instance_state(object).word();
                        self.release(mark);
                        return Ok(Value::of(iterator));
                    }
                    let Some(hook) = self.iterate_hook.get() else {
                        return Err(self.throw_not_iterable(value));
                    };
                    let iterator = hook(self, object, IteratePhase::Start)?.word();
                    self.release(mark);
                    if iterator == word::EMPTY {
                        return Err(self.throw_not_iterable(value));
                    }
                    return Ok(Value::of(iterator));
                }
                if over == over::STRING {
                    if let Some(string) = self.wrapped(object).map(Value::word) {
                        store(object.0, string);
                    }
                    self.flatten(object)?;
                }
                let [state] = self.slots()?;
                self.new_iterator(over, object, state)?.word()
            }
            None => match self.call_hook(NativeId::IterateStart, &[value])? {
                Some(iterator) => iterator,
                None => return Err(self.throw_not_iterable(value)),
            },
        };
        self.release(mark);
        Ok(Value::of(iterator))
    }

    /// How to iterate a value if its iterator is one of the runtime's own, as it stands at start.
    fn builtin_iteration(&mut self, value: Slot) -> Result<Option<u32>> {
        let (over, method, prototype) = match self.get(value).kind() {
            Some(Kind::Array | Kind::Arguments) => {
                (over::ELEMENTS, NativeId::ArrayValues, ObjectId::ArrayIteratorPrototype)
            }
            Some(Kind::Iterator) => {
                let string = self.is_builtin_iterator(value, true);
                let prototype =
                    if string { ObjectId::StringIteratorPrototype } else { ObjectId::ArrayIteratorPrototype };
                (over::ITSELF, NativeId::IteratorThis, prototype)
            }
            Some(Kind::View) if crate::typed::typed_length(self, value).is_some() => {
                (over::ELEMENTS, NativeId::TypedValues, ObjectId::ArrayIteratorPrototype)
            }
            Some(Kind::Instance)
                if self.get(value).instance_class() == Some(InstanceClass::RegExpStringIterator) =>
            {
                (over::INSTANCE, NativeId::IteratorThis, ObjectId::RegExpStringIteratorPrototype)
            }
            Some(Kind::Instance) if self.iterate_hook.get().is_some() => {
                let (method, prototype) = match self.get(value).instance_class() {
                    Some(InstanceClass::Map) => (NativeId::MapEntries, ObjectId::MapIteratorPrototype),
                    Some(InstanceClass::Set) => (NativeId::SetValues, ObjectId::SetIteratorPrototype),
                    Some(InstanceClass::MapIterator) => {
                        (NativeId::IteratorThis, ObjectId::MapIteratorPrototype)
                    }
                    Some(InstanceClass::SetIterator) => {
                        (NativeId::IteratorThis, ObjectId::SetIteratorPrototype)
                    }
                    _ => return Ok(None),
                };
                (over::INSTANCE, method, prototype)
            }
            _ if self.get(value).is_string() || self.wrapped(value).is_some_and(Value::is_string) => {
                (over::STRING, NativeId::StringIterator, ObjectId::StringIteratorPrototype)
            }
            _ => return Ok(None),
        };
        // A program that can not name the symbol can not have changed anything.
        if crate::image::find_native(self.image, NativeId::IterateStart).is_none() {
            return Ok(Some(over));
        }
        let symbol = self.well_known(name::ITERATOR)?.word();
        let found = self.get_property(value, Key(symbol))?.word();
        let native = Value::of(found).is(Kind::Native)
            && load_half(found + native::ID as u32) == u32::from(method as u16);
        let prototype = self.intrinsic_word(prototype);
        let intact = prototype == word::NULL || self.properties_of(prototype).is_none();
        Ok((native && intact).then_some(over))
    }

    #[cold]
    fn throw_not_iterable(&mut self, value: Slot) -> crate::Thrown {
        self.throw_error(
            crate::error::ErrorKind::Type,
            &[crate::error::Piece::value(value), crate::error::Piece::Text(" is not iterable")],
        )
    }

    /// The state of an iteration by an iterator of the program.
    ///
    /// # Errors
    /// Throws a TypeError if the value has no iterator, and whatever the program's own methods throw.
    pub fn protocol_start(&mut self, value: Slot) -> Result<u32> {
        let [scratch] = self.slots()?;
        let symbol = self.well_known(name::ITERATOR)?.word();
        let method = match self.get(value).is_nullish() {
            true => word::UNDEFINED,
            false => self.get_property(value, Key(symbol))?.word(),
        };
        if !Value::of(method).is_callable() {
            return Err(self.throw_not_iterable(value));
        }
        self.push_word(method)?;
        self.push(value)?;
        let iterator = self.call_word(0)?;
        store(scratch.0, iterator);
        if !Value::of(iterator).is_object() {
            return Err(self.throw_type("Result of the Symbol.iterator method is not an object"));
        }
        let next = self.get_named(scratch, name::NEXT)?.word();
        let next = self.push_word(next)?;
        Ok(self.new_iterator(over::PROTOCOL, scratch, next)?.word())
    }

    /// The iterator of an instance: three words that the hook of its class knows.
    pub fn new_instance_iterator(&mut self, object: Slot, state: Slot) -> Result<Value<'_>> {
        self.new_iterator(over::INSTANCE, object, state)
    }

    /// Calls `next`; whatever goes wrong ends the iteration, so that it is not closed.
    ///
    /// # Errors
    /// Whatever the program's own methods throw.
    pub fn protocol_next(&mut self, iterator: Slot) -> Result<Value<'_>> {
        let at = load(iterator.0);
        let mark = self.mark();
        store(at + 12, Value::small(ENDED as i32).word());
        let next = self.push_word(load(at + 8))?;
        let object = self.push_word(load(at + 4))?;
        if self.is_native(next, NativeId::GeneratorNext)
            && let Some(item) = self.call_hook(NativeId::GeneratorStep, &[object])?
        {
            if item != word::EMPTY {
                store(load(iterator.0) + 12, Value::small(0).word());
            }
            self.release(mark);
            return Ok(Value::of(item));
        }
        let result = self.call_word(0)?;
        let result = self.push_word(result)?;
        if !self.get(result).is_object() {
            return Err(self.throw_error(
                crate::error::ErrorKind::Type,
                &[
                    crate::error::Piece::Text("Iterator result "),
                    crate::error::Piece::value(result),
                    crate::error::Piece::Text(" is not an object"),
                ],
            ));
        }
        if self.get_named(result, name::DONE)?.to_boolean() {
            self.release(mark);
            return Ok(Value::EMPTY);
        }
        let value = self.get_named(result, name::VALUE)?.word();
        self.release(mark);
        store(load(iterator.0) + 12, Value::small(0).word());
        Ok(Value::of(value))
    }

    /// An iteration by an iterator of the program and its method `next`.
    pub fn new_protocol_iterator(&mut self, object: Slot, next: Slot) -> Result<Value<'_>> {
        self.new_iterator(over::PROTOCOL, object, next)
    }

    /// The iterator of the program that an iteration goes over, and its method `next`.
    pub fn protocol_parts(&self, iterator: Slot) -> Option<(u32, u32)> {
        let at = load(iterator.0);
        (header::index(load(at)) == over::PROTOCOL).then(|| (load(at + 4), load(at + 8)))
    }

    /// Leaves an iteration early: calls the method `return` of an iterator of the program, unless that has ended.
    ///
    /// # Errors
    /// Whatever that throws; a TypeError if it gives no object.
    pub fn iterator_close(&mut self, iterator: Slot) -> Result<()> {
        let at = load(iterator.0);
        if header::index(load(at)) != over::PROTOCOL || word::to_int(load(at + 12)) as u32 == ENDED {
            return Ok(());
        }
        self.call_hook(NativeId::IterateClose, &[iterator]).map(drop)
    }

    /// The same, for an iterator that is one of the program and has not ended.
    ///
    /// # Errors
    /// The same.
    pub fn protocol_close(&mut self, iterator: Slot) -> Result<()> {
        let at = load(iterator.0);
        store(at + 12, Value::small(ENDED as i32).word());
        let mark = self.mark();
        let object = self.push_word(load(at + 4))?;
        let method = self.get_named(object, name::RETURN)?.word();
        if !Value::of(method).is_nullish() {
            self.push_word(method)?;
            self.push(object)?;
            let result = self.call_word(0)?;
            if !Value::of(result).is_object() {
                let result = self.push_word(result)?;
                return Err(self.throw_error(
                    crate::error::ErrorKind::Type,
                    &[crate::error::Piece::value(result), crate::error::Piece::Text(" is not an object")],
                ));
            }
        }
        self.release(mark);
        Ok(())
    }

    /// An iterator over an array or array-like object, as `values`, `keys` and `entries` give it.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    pub fn new_array_iterator(&mut self, object: Slot, items: ArrayItems) -> Result<Value<'_>> {
        let [state] = self.slots()?;
        let over = match items {
            ArrayItems::Values => over::ELEMENTS,
            ArrayItems::Keys => over::INDICES,
            ArrayItems::Entries => over::ENTRIES,
        };
        self.new_iterator(over, object, state)
    }

    /// An iterator over the code points of a string.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    pub fn new_string_iterator(&mut self, string: Slot) -> Result<Value<'_>> {
        self.flatten(string)?;
        let [state] = self.slots()?;
        self.new_iterator(over::STRING, string, state)
    }

    /// Whether a value is an iterator that a program can see, over a string or else over an array.
    pub fn is_builtin_iterator(&self, value: Slot, string: bool) -> bool {
        let value = self.get(value);
        value.is(Kind::Iterator)
            && match header::index(value.header()) {
                over::ELEMENTS | over::INDICES | over::ENTRIES => !string,
                over::STRING => string,
                _ => false,
            }
    }

    /// The prototype of an iterator.
    pub(crate) fn iterator_prototype(&self, header: u32) -> u32 {
        self.intrinsic_word(match header::index(header) {
            over::STRING => ObjectId::StringIteratorPrototype,
            _ => ObjectId::ArrayIteratorPrototype,
        })
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
            over::PROTOCOL => {
                let item = self.call_hook(NativeId::IterateNext, &[iterator])?;
                Ok(Value::of(item.unwrap_or(word::EMPTY)))
            }
            over @ (over::ELEMENTS | over::INDICES | over::ENTRIES) => {
                let mark = self.mark();
                let object = self.push_word(load(at + 4))?;
                let length = match self.get(object).kind() {
                    Some(Kind::Array | Kind::Arguments) => self.array_length(object),
                    _ if position == ENDED => 0,
                    Some(Kind::View) if crate::typed::typed_length(self, object).is_some() => {
                        crate::typed::typed_length(self, object).unwrap_or(0)
                    }
                    _ => {
                        let length = self.get_named(object, name::LENGTH)?.word();
                        let length = self.push_word(length)?;
                        self.to_length(length)?.min(f64::from(ENDED)) as u32
                    }
                };
                let at = load(iterator.0);
                if position >= length {
                    self.release(mark);
                    // It has ended for good, even if the array grows.
                    store(at + 12, Value::small(ENDED as i32).word());
                    return Ok(Value::EMPTY);
                }
                store(at + 12, Value::small(position as i32 + 1).word());
                let index = Value::small(position as i32);
                if over == over::INDICES {
                    self.release(mark);
                    return Ok(index);
                }
                // An entry is made from two slots that follow each other.
                let [first, second] = self.slots()?;
                index.store(first);
                self.get_element(object, first)?.store(second);
                let item = if over == over::ENTRIES {
                    self.new_array_from(first, 2)?.word()
                } else {
                    load(second.0)
                };
                self.release(mark);
                Ok(Value::of(item))
            }
            _ => {
                let mark = self.mark();
                let string = self.push_word(load(at + 4))?;
                let text = self.text(string);
                let rest = text.get(position as usize..).unwrap_or_default();
                let Some((code, len)) = crate::text::decode(rest) else {
                    self.release(mark);
                    store(at + 12, Value::small(ENDED as i32).word());
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
