//! Functions as values: closures, bound functions, and what they have as objects only when somebody asks.

use jerboa_abi::builtins::ObjectId;
use jerboa_abi::header::{self, Kind, closure};
use jerboa_abi::image::{function, native};
use jerboa_abi::value as word;

use crate::Result;
use crate::gate::{gate, present};
use crate::memory::{fill, load, load_half, move_words, store};
use crate::property::name;
use crate::shape::attributes;
use crate::value::{Key, Slot, Value};
use crate::vm::Vm;

/// The most captured values of a closure.
pub const MAX_CAPTURES: u32 = closure::WORDS_MASK - 1;

gate! {
    /// `name` or `length` of a bound function.
    if Bound, fn bound_property(vm: &mut Vm, bound: Slot, key: Key) -> Result<Value<'_>> {
        if vm.is_name(vm.key_word(key), name::NAME) { vm.bound_name(bound) } else { vm.bound_length(bound) }
    }
}

impl Vm {
    /// A closure of a compiled function over the values from a slot upwards. One that captures nothing is the function's
    /// descriptor in the image, unless it is to have properties or an identity of its own.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    pub fn new_closure(&mut self, function: u32, first: Slot, count: u32) -> Result<Value<'_>> {
        let count = count.min(MAX_CAPTURES);
        let closure = self.allocate(1 + count)?;
        store(closure, header::make(Kind::Function, count, function));
        move_words(first.0, closure + 4, count);
        Ok(Value::of(closure))
    }

    /// A closure whose captured values, `undefined` at first, the caller sets with [`Vm::set_capture`].
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    pub fn new_open_closure(&mut self, function: u32, count: u32) -> Result<Value<'_>> {
        let count = count.min(MAX_CAPTURES);
        let closure = self.allocate(1 + count)?;
        store(closure, header::make(Kind::Function, count, function));
        fill(closure + 4, count, word::UNDEFINED);
        Ok(Value::of(closure))
    }

    /// Sets a captured value of a closure.
    ///
    /// # Safety
    /// The slot holds a closure with more than `index` captured values.
    pub unsafe fn set_capture(&self, closure: Slot, index: u32, value: Value<'_>) {
        store(load(closure.0) + 4 + 4 * index, value.word());
    }

    /// The value of the image's function that captures nothing.
    pub fn function_value(&self, function: u32) -> Value<'_> {
        Value::of(crate::image::function_at(self.image, function))
    }

    /// A function with `this` and first arguments fixed: the values from a slot upwards.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    pub fn new_bound(&mut self, target: Slot, this: Slot, first: Slot, count: u32) -> Result<Value<'_>> {
        let mark = self.mark();
        let values = self.push_word(word::EMPTY)?;
        if count != 0 {
            let list = self.new_store(count)?.word();
            move_words(first.0, list + 4, count);
            store(values.0, list);
        }
        let bound = self.allocate(4)?;
        store(bound, header::make(Kind::Bound, 0, 0));
        present!(Bound);
        store(bound + 4, load(target.0));
        store(bound + 8, load(this.0));
        store(bound + 12, load(values.0));
        self.release(mark);
        Ok(Value::of(bound))
    }

    /// The name of what makes functions of a function's kind: `AsyncFunction` for an asynchronous one, and so on.
    pub fn function_class(&self, value: Value<'_>) -> &'static str {
        if value.kind() != Some(Kind::Function) {
            return "Function";
        }
        let flags = load_half(self.descriptor_of(value.word()) + function::FLAGS as u32);
        let has = |flag: u16| flags & u32::from(flag) != 0;
        match (has(function::CONSTRUCTOR), has(function::GENERATOR), has(function::ASYNC)) {
            (true, ..) | (_, false, false) => "Function",
            (_, true, false) => "GeneratorFunction",
            (_, false, true) => "AsyncFunction",
            (_, true, true) => "AsyncGeneratorFunction",
        }
    }

    /// Whether a value can be called with `new`.
    pub fn is_constructor(&self, value: Value<'_>) -> bool {
        let mut at = value.word();
        loop {
            match Value::of(at).kind() {
                Some(Kind::Function) => {
                    let flags = load_half(self.descriptor_of(at) + function::FLAGS as u32);
                    return flags & u32::from(function::CONSTRUCTOR) != 0;
                }
                Some(Kind::Native) => return header::aux(load(at)) & native::CONSTRUCTOR != 0,
                Some(Kind::Bound) => at = load(at + 4),
                _ => return false,
            }
        }
    }

    /// Makes a property that is made when it is first wanted ([`crate::property::Own::Lazy`]); its value.
    #[inline(never)]
    pub fn make_lazy(&mut self, object: u32, key: Key) -> Result<Value<'_>> {
        if Value::of(object).is(Kind::View) {
            let index = self.key_word(key) >> 1;
            return crate::typed::read_element(self, object, index);
        }
        let mark = self.mark();
        let owner = self.push_word(object)?;
        let [value] = self.slots()?;
        match self.get(owner).kind() {
            Some(Kind::Error) => {
                self.describe_stack(owner)?.store(value);
                store(load(owner.0) + 4, load(value.0));
            }
            Some(Kind::Bound) => {
                bound_property(self, owner, key)?.store(value);
                self.add_own(owner, key, value, attributes::CONFIGURABLE)?;
            }
            _ => {
                let flags = load_half(self.descriptor_of(load(owner.0)) + function::FLAGS as u32);
                let constructor = flags & u32::from(function::CONSTRUCTOR) != 0;
                if !constructor && flags & u32::from(function::GENERATOR) != 0 {
                    let id = if flags & u32::from(function::ASYNC) != 0 {
                        ObjectId::AsyncGeneratorPrototype
                    } else {
                        ObjectId::GeneratorPrototype
                    };
                    store(value.0, self.intrinsic_word(id));
                    self.new_object_with_prototype(value, 1)?.store(value);
                } else {
                    self.new_object_of_shape(crate::shape::OBJECT, 1)?.store(value);
                    let constructor = self.well_known(name::CONSTRUCTOR)?.word();
                    let constructor = self.push_word(constructor)?;
                    self.table_add(value, Key::slot(constructor), owner, attributes::HIDDEN)?;
                }
                let class = constructor && flags & u32::from(function::CLASS) != 0;
                self.add_own(owner, key, value, if class { 0 } else { attributes::WRITABLE })?;
            }
        }
        let word = load(value.0);
        self.release(mark);
        Ok(Value::of(word))
    }

    fn bound_name(&mut self, bound: Slot) -> Result<Value<'_>> {
        let mark = self.mark();
        let target = self.push_word(load(load(bound.0) + 4))?;
        let own = self.get_named(target, name::NAME)?.word();
        // The functions that built-in ones make, such as those that resolve a promise, have no name.
        if own == word::EMPTY_STRING && self.get(target).is(Kind::Native) {
            self.release(mark);
            return Ok(Value::EMPTY_STRING);
        }
        let own = self.push_word(if Value::of(own).is_string() { own } else { word::EMPTY_STRING })?;
        let [prefix] = self.slots()?;
        self.new_string(b"bound ")?.store(prefix);
        let joined = self.concat(prefix, own)?.word();
        self.release(mark);
        Ok(Value::of(joined))
    }

    fn bound_length(&mut self, bound: Slot) -> Result<Value<'_>> {
        let mark = self.mark();
        let target = self.push_word(load(load(bound.0) + 4))?;
        let length = self.get_named(target, name::LENGTH)?.as_number().unwrap_or(0.0);
        let values = load(load(bound.0) + 12);
        let fixed = if values == word::EMPTY { 0 } else { crate::heap::store_len(load(values)) };
        self.release(mark);
        let rest = crate::number::to_integer_or_infinity(length) - f64::from(fixed);
        self.number(if rest > 0.0 { rest } else { 0.0 })
    }
}
