//! Defining, deleting and locking own properties.

use jerboa_abi::builtins::Class;
use jerboa_abi::header::{self, Kind, closure};
use jerboa_abi::value as word;

use crate::Result;
use crate::gate::gate;
use crate::heap::flags;
use crate::image::rom_class;
use crate::memory::{load, load_half, store};
use crate::property::{Own, name};
use crate::shape::{self, attributes};
use crate::value::{Key, Slot, Value, kind_of};
use crate::vm::Vm;

gate! {
    if ArrayLengths, fn assign_array_length(vm: &mut Vm, array: Slot, value: Slot) -> Result<()> {
        vm.set_array_length_value(array, value)
    }
}

/// A property descriptor (ES5 8.10): what is given of value, getter, setter and attributes.
#[derive(Clone, Copy, Default, Debug)]
pub struct Descriptor {
    /// `value`.
    pub value: Option<Slot>,
    /// `get`: a function or undefined.
    pub getter: Option<Slot>,
    /// `set`: a function or undefined.
    pub setter: Option<Slot>,
    /// Values of the attributes that are given.
    pub attributes: u32,
    /// Which of the attributes are given.
    pub given: u32,
}

impl Descriptor {
    /// A data property with all its attributes.
    #[inline]
    pub fn data(value: Slot, attributes: u32) -> Descriptor {
        Descriptor { value: Some(value), attributes, given: attributes::ALL, ..Descriptor::default() }
    }

    /// An enumerable and configurable accessor property, as in an object literal; what is `None` stays as it is.
    #[inline]
    pub fn accessor(getter: Option<Slot>, setter: Option<Slot>) -> Descriptor {
        let attributes = attributes::ENUMERABLE | attributes::CONFIGURABLE;
        Descriptor { getter, setter, attributes, given: attributes, ..Descriptor::default() }
    }

    fn is_accessor(&self) -> bool {
        self.getter.is_some() || self.setter.is_some()
    }

    fn is_data(&self) -> bool {
        self.value.is_some() || self.given & attributes::WRITABLE != 0
    }
}

impl Vm {
    /// The property object of something that is no ordinary object, made if there is none.
    pub fn make_properties(&mut self, object: Slot) -> Result<Value<'_>> {
        if let Some(properties) = self.properties_of(load(object.0)) {
            return Ok(Value::of(properties));
        }
        let mark = self.mark();
        let at = load(object.0);
        let prototype = self.push_word(self.prototype_word(at))?;
        let capacity = if header::kind(load(at)) == Kind::Function as u32 { 1 } else { 2 };
        let properties = self.new_object_with_prototype(prototype, capacity)?.word();
        let properties = self.push_word(properties)?;
        let at = load(object.0);
        let header = load(at);
        match kind_of(header) {
            Kind::Function if header::aux(header) & closure::HAS_PROPERTIES != 0 => {
                store(at + 4, load(properties.0))
            }
            Kind::Function | Kind::Native | Kind::RomObject => {
                if at == self.intrinsic_word(jerboa_abi::builtins::ObjectId::ArrayPrototype) {
                    self.array_prototype_changed.set(true);
                }
                self.add_side_entry(object, properties)?;
            }
            _ => {
                self.add_side_entry(object, properties)?;
                let at = load(object.0);
                store(at, load(at) | flags::HAS_PROPERTIES << header::AUX_SHIFT);
            }
        }
        let word = load(properties.0);
        self.release(mark);
        Ok(Value::of(word))
    }

    /// Adds a property that is not there, or overrides one of the last layer (see [`crate::property`]).
    pub fn add_own(&mut self, object: Slot, key: Key, value: Slot, attributes: u32) -> Result<()> {
        let header = self.get(object).header();
        if Vm::has_own_table(header) {
            return self.table_add(object, key, value, attributes);
        }
        let kind = kind_of(header);
        if matches!(kind, Kind::Array | Kind::Arguments) {
            let key_word = self.key_word(key);
            if let Some(index) = Value::of(key_word).as_int() {
                return self.add_element(object, index as u32, value, attributes);
            }
            if Value::of(key_word).is_string()
                && crate::text::array_index(&Value::of(key_word).text()).is_some()
            {
                return Err(self.throw_range("Invalid array length"));
            }
            if kind == Kind::Arguments && self.is_name(key_word, name::LENGTH) {
                self.add_flags(object, flags::LENGTH_REPLACED);
            }
        }
        if kind == Kind::RomObject && word::is_int(self.key_word(key)) {
            self.distrust_arrays();
        }
        self.add_to_properties(object, key, value, attributes)
    }

    /// Adds a property to the property object, where a deleted one may have left its place.
    fn add_to_properties(&mut self, object: Slot, key: Key, value: Slot, attributes: u32) -> Result<()> {
        let mark = self.mark();
        let properties = self.make_properties(object)?.word();
        let properties = self.push_word(properties)?;
        if self.table_find(load(properties.0), self.key_word(key)).is_ok() {
            self.table_set_attributes(properties, key, attributes)?;
            if let Ok(slot) = self.table_find(load(properties.0), self.key_word(key)) {
                store(slot.address, load(value.0));
            }
        } else {
            self.table_add(properties, key, value, attributes)?;
        }
        self.release(mark);
        Ok(())
    }

    /// Sets flags of an array, arguments object, bound function or wrapper.
    pub(crate) fn add_flags(&self, object: Slot, flags: u32) {
        crate::gate::present!(SpecialArrays);
        let at = load(object.0);
        store(at, load(at) | flags << header::AUX_SHIFT);
    }

    /// Writes an own property that has no word in the heap yet ([`Own::Constant`], [`Own::Lazy`]) and is writable or
    /// being redefined.
    pub(crate) fn write_own(&mut self, object: Slot, key: Key, value: Slot, attributes: u32) -> Result<()> {
        match self.get(object).kind() {
            Some(Kind::Array) if word::is_int(self.key_word(key)) => {
                self.array_overwrite(object, word::to_int(self.key_word(key)) as u32, value)
            }
            Some(Kind::Array) => assign_array_length(self, object, value),
            Some(Kind::Error) => {
                // The stack, captured but never read.
                store(load(object.0) + 4, load(value.0));
                Ok(())
            }
            _ => self.add_own(object, key, value, attributes),
        }
    }

    /// Whether properties can be added to an object.
    pub fn is_extensible(&self, object: Slot) -> bool {
        let at = load(object.0);
        if !Value::of(at).is_object() {
            return false;
        }
        let header = load(at);
        match kind_of(header) {
            Kind::Object | Kind::Error | Kind::Instance => self.table_extensible(at),
            Kind::Array | Kind::Arguments => header::aux(header) & flags::NOT_EXTENSIBLE == 0,
            _ => self.properties_of(at).is_none_or(|properties| self.table_extensible(properties)),
        }
    }

    /// Defines an own property (ES5 8.12.9); false if the object does not allow it.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full, or for an impossible array length.
    pub fn define_own_property(&mut self, object: Slot, key: Key, descriptor: &Descriptor) -> Result<bool> {
        let guarded = descriptor.is_accessor() || descriptor.attributes & attributes::WRITABLE == 0;
        let defined = self.scope(|vm| vm.define(object, key, descriptor))?;
        if guarded && defined {
            self.note_guarded(object, key)?;
        }
        Ok(defined)
    }

    fn define(&mut self, object: Slot, key: Key, descriptor: &Descriptor) -> Result<bool> {
        if self.get(object).is(Kind::View)
            && let Some(defined) = crate::typed::define_by_number(self, object, key, descriptor)?
        {
            return Ok(defined);
        }
        let [old] = self.slots()?;
        let mut own = self.own_property(load(object.0), self.key_word(key));
        if let Own::Lazy(_) = own {
            self.make_lazy(load(object.0), key)?;
            own = self.own_property(load(object.0), self.key_word(key));
        }
        let accessor_wanted = descriptor.is_accessor();
        let Some(current) = own.attributes() else {
            if !self.is_extensible(object) {
                return Ok(false);
            }
            let attributes = descriptor.attributes & descriptor.given & attributes::ALL;
            if accessor_wanted {
                self.new_accessor(descriptor, None)?.store(old);
                self.add_own(object, key, old, attributes & !attributes::WRITABLE | attributes::ACCESSOR)?;
            } else {
                let value = descriptor.value.unwrap_or(old);
                self.add_own(object, key, value, attributes)?;
            }
            return Ok(true);
        };
        let accessor_now = current & attributes::ACCESSOR != 0;
        match own {
            Own::Slot(slot) => store(old.0, load(slot.address)),
            Own::Constant(value, _) => store(old.0, value),
            Own::RomAccessor(getter, setter, _) => {
                let pair = self.rom_accessor(getter, setter)?.word();
                store(old.0, pair);
            }
            Own::Lazy(_) | Own::Absent(_) => {}
        }
        if current & attributes::CONFIGURABLE == 0 && !self.may_redefine(current, load(old.0), descriptor) {
            return Ok(false);
        }
        let mut attributes = current & !descriptor.given | descriptor.attributes & descriptor.given;
        let [value] = self.slots()?;
        if accessor_wanted || accessor_now && !descriptor.is_data() {
            attributes = attributes & !attributes::WRITABLE | attributes::ACCESSOR;
            if accessor_wanted {
                let previous = accessor_now.then_some(old);
                self.new_accessor(descriptor, previous)?.store(value);
            } else {
                self.copy(old, value);
            }
        } else {
            if accessor_now {
                attributes &= !attributes::ACCESSOR;
                if descriptor.given & attributes::WRITABLE == 0 {
                    attributes &= !attributes::WRITABLE;
                }
            } else {
                self.copy(old, value);
            }
            if let Some(given) = descriptor.value {
                self.copy(given, value);
            }
        }
        self.replace_own(object, key, value, attributes, current)?;
        Ok(true)
    }

    /// Whether a property that is not configurable may be redefined so.
    fn may_redefine(&mut self, current: u32, old: u32, descriptor: &Descriptor) -> bool {
        let changed = (current ^ descriptor.attributes) & descriptor.given;
        if changed & (attributes::CONFIGURABLE | attributes::ENUMERABLE) != 0 {
            return false;
        }
        if current & attributes::ACCESSOR != 0 {
            let same =
                |slot: Option<Slot>, offset: u32| slot.is_none_or(|slot| load(slot.0) == load(old + offset));
            return !descriptor.is_data() && same(descriptor.getter, 4) && same(descriptor.setter, 8);
        }
        if descriptor.is_accessor() {
            return false;
        }
        if current & attributes::WRITABLE != 0 {
            return true;
        }
        let same =
            descriptor.value.is_none_or(|value| self.same_value(Value::of(load(value.0)), Value::of(old)));
        changed & attributes::WRITABLE == 0 && same
    }

    /// A getter and setter pair from a descriptor, what is not given taken from the previous pair.
    fn new_accessor(&mut self, descriptor: &Descriptor, previous: Option<Slot>) -> Result<Value<'_>> {
        let pair = self.allocate(3)?;
        let part = |given: Option<Slot>, offset: u32| match (given, previous) {
            (Some(slot), _) => load(slot.0),
            (None, Some(previous)) => load(load(previous.0) + offset),
            (None, None) => word::UNDEFINED,
        };
        store(pair, header::make(Kind::Accessor, 0, 0));
        crate::gate::present!(Accessors);
        store(pair + 4, part(descriptor.getter, 4));
        store(pair + 8, part(descriptor.setter, 8));
        Ok(Value::of(pair))
    }

    /// A pair of functions of the image.
    fn rom_accessor(&mut self, getter: u32, setter: u32) -> Result<Value<'_>> {
        let pair = self.allocate(3)?;
        store(pair, header::make(Kind::Accessor, 0, 0));
        crate::gate::present!(Accessors);
        store(pair + 4, getter);
        store(pair + 8, setter);
        Ok(Value::of(pair))
    }

    /// Gives a property that is there a value and attributes.
    fn replace_own(
        &mut self,
        object: Slot,
        key: Key,
        value: Slot,
        attributes: u32,
        current: u32,
    ) -> Result<()> {
        let own = self.own_property(load(object.0), self.key_word(key));
        let header = self.get(object).header();
        let kind = kind_of(header);
        let key_word = self.key_word(key);
        match kind {
            Kind::Array | Kind::Arguments if word::is_int(key_word) => {
                self.replace_element(object, key, value, attributes, current)
            }
            Kind::Array if self.is_name(key_word, name::LENGTH) => {
                self.set_array_length_value(object, value)?;
                if attributes & attributes::WRITABLE == 0 {
                    self.add_flags(object, flags::LENGTH_READ_ONLY);
                }
                Ok(())
            }
            Kind::Error if self.table_find(load(object.0), key_word).is_err() => {
                if let (true, Own::Slot(slot)) = (attributes == attributes::HIDDEN, own) {
                    store(slot.address, load(value.0));
                    return Ok(());
                }
                if let Own::Slot(slot) = own {
                    store(slot.address, word::EMPTY);
                }
                self.table_add(object, key, value, attributes)
            }
            Kind::Object | Kind::Error | Kind::Instance => {
                self.table_set_attributes(object, key, attributes)?;
                if let Ok(slot) = self.table_find(load(object.0), self.key_word(key)) {
                    store(slot.address, load(value.0));
                }
                Ok(())
            }
            _ => self.add_own(object, key, value, attributes),
        }
    }

    /// Deletes an own property; false if it can not be deleted.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    pub fn delete_property(&mut self, object: Slot, key: Key) -> Result<bool> {
        let at = load(object.0);
        if !Value::of(at).is_object() {
            return Ok(true);
        }
        let key_word = self.key_word(key);
        let own = self.own_property(at, key_word);
        let Some(current) = own.attributes() else { return Ok(true) };
        let header = load(at);
        // The elements of a typed array, which have no words of their own, stay although they are configurable.
        let element = header::kind(header) == Kind::View as u32 && matches!(own, Own::Lazy(_));
        if current & attributes::CONFIGURABLE == 0 || element {
            return Ok(false);
        }
        match kind_of(header) {
            Kind::Object | Kind::Instance => self.table_remove(object, key)?,
            Kind::Error if self.table_find(at, key_word).is_ok() => self.table_remove(object, key)?,
            Kind::Error => {
                let address = if self.is_name(key_word, name::MESSAGE) { at + 8 } else { at + 4 };
                store(address, word::EMPTY);
            }
            Kind::Array | Kind::Arguments if word::is_int(key_word) && !self.in_properties(at, key_word) => {
                match own {
                    Own::Slot(slot) => store(slot.address, word::EMPTY),
                    _ => self.array_set(object, word::to_int(key_word) as u32, Value::EMPTY),
                }
            }
            _ => {
                // What lies below in the last layer must not come to light again.
                let mark = self.mark();
                let [empty] = self.slots()?;
                store(empty.0, word::EMPTY);
                self.add_own_in_properties(object, key, empty)?;
                self.release(mark);
            }
        }
        Ok(true)
    }

    fn add_own_in_properties(&mut self, object: Slot, key: Key, empty: Slot) -> Result<()> {
        if self.get(object).is(Kind::Arguments) && self.is_name(self.key_word(key), name::LENGTH) {
            self.add_flags(object, flags::LENGTH_REPLACED);
        }
        self.add_to_properties(object, key, empty, attributes::HIDDEN)
    }

    /// Whether a key is in the property object of something.
    pub(crate) fn in_properties(&self, object: u32, key: u32) -> bool {
        self.properties_of(object).is_some_and(|properties| {
            self.table_find(properties, key).is_ok_and(|slot| load(slot.address) != word::EMPTY)
        })
    }

    /// Object.preventExtensions (no attributes to clear), seal (clears CONFIGURABLE) and freeze (WRITABLE too).
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    pub fn lock_object(&mut self, object: Slot, clear: u32) -> Result<()> {
        self.lock_own(object, clear)?;
        if clear & attributes::WRITABLE != 0 { self.close_chains(object) } else { Ok(()) }
    }

    fn lock_own(&mut self, object: Slot, clear: u32) -> Result<()> {
        let at = load(object.0);
        let header = load(at);
        let kind = kind_of(header);
        match kind {
            Kind::Object | Kind::Instance => return self.lock_table(object, clear),
            Kind::Array | Kind::Arguments => {
                let mut set = flags::NOT_EXTENSIBLE;
                if clear & attributes::CONFIGURABLE != 0 {
                    set |= flags::SEALED;
                }
                if clear & attributes::WRITABLE != 0 {
                    set |= flags::FROZEN | if kind == Kind::Array { flags::LENGTH_READ_ONLY } else { 0 };
                }
                if kind == Kind::Arguments && clear != 0 && header::aux(header) & flags::LENGTH_REPLACED == 0
                {
                    self.own_for_good(object, name::LENGTH)?;
                }
                self.add_flags(object, set);
                if self.properties_of(load(object.0)).is_none() {
                    return Ok(());
                }
            }
            Kind::Error if clear != 0 => {
                self.own_for_good(object, name::MESSAGE)?;
                self.own_for_good(object, name::STACK)?;
            }
            Kind::Error => {}
            Kind::View => crate::typed::refuse_lock(self, object, clear)?,
            Kind::Buffer => {}
            _ if clear != 0 => self.settle_last_layer(object)?,
            _ => {}
        }
        if kind == Kind::Error {
            return self.lock_table(object, clear);
        }
        let mark = self.mark();
        let properties = self.make_properties(object)?.word();
        let properties = self.push_word(properties)?;
        self.lock_table(properties, clear)?;
        self.release(mark);
        Ok(())
    }

    /// Locks a table; accessors have no attribute WRITABLE to lose.
    fn lock_table(&mut self, object: Slot, clear: u32) -> Result<()> {
        self.table_lock(object, clear)
    }

    /// Moves a property with a well-known name from the last layer, or from an error's words, to the properties.
    fn own_for_good(&mut self, object: Slot, name: u16) -> Result<()> {
        let mark = self.mark();
        let key = self.well_known(name)?.word();
        let key = self.push_word(key)?;
        self.settle(object, Key::slot(key))?;
        self.release(mark);
        Ok(())
    }

    /// Gives one own property a word in the properties.
    fn settle(&mut self, object: Slot, key: Key) -> Result<()> {
        let own = self.own_property(load(object.0), self.key_word(key));
        let Some(attributes) = own.attributes() else { return Ok(()) };
        let mark = self.mark();
        let [value] = self.slots()?;
        match own {
            Own::Lazy(_) => {
                self.make_lazy(load(object.0), key)?;
                if self.get(object).is(Kind::Error) {
                    self.settle(object, key)?;
                }
                self.release(mark);
                return Ok(());
            }
            Own::Constant(word, _) => store(value.0, word),
            Own::RomAccessor(getter, setter, _) => self.rom_accessor(getter, setter)?.store(value),
            Own::Slot(slot) => {
                if !self.get(object).is(Kind::Error)
                    || self.table_find(load(object.0), self.key_word(key)).is_ok()
                {
                    self.release(mark);
                    return Ok(());
                }
                store(value.0, load(slot.address));
                store(slot.address, word::EMPTY);
            }
            Own::Absent(_) => {}
        }
        self.add_own(object, key, value, attributes)?;
        self.release(mark);
        Ok(())
    }

    /// Gives all properties of the last layer words in the property object, before their attributes change.
    fn settle_last_layer(&mut self, object: Slot) -> Result<()> {
        let at = load(object.0);
        let record = match self.get(object).kind() {
            Some(Kind::RomObject) => Some(at),
            Some(Kind::Native) => self.native_record(at),
            _ => None,
        };
        if let Some(record) = record {
            for property in crate::image::properties(record) {
                self.settle(object, Key(crate::image::constant(self.image, load_half(property))))?;
            }
        }
        let function = match self.get(object).kind() {
            Some(Kind::RomObject) => rom_class(at) == Class::Function as u32,
            Some(Kind::Wrapper) => false,
            _ => true,
        };
        if function {
            self.own_for_good(object, name::LENGTH)?;
            self.own_for_good(object, name::NAME)?;
            self.own_for_good(object, name::PROTOTYPE)?;
        }
        Ok(())
    }

    /// Whether an object is sealed, or frozen.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    pub fn is_locked(&mut self, object: Slot, frozen: bool) -> Result<bool> {
        if !self.get(object).is_object() {
            return Ok(true);
        }
        if self.is_extensible(object) {
            return Ok(false);
        }
        let mark = self.mark();
        let keys = self.own_keys(object, crate::keys::Filter::All)?.word();
        let keys = self.push_word(keys)?;
        let mut locked = true;
        for i in 0..self.array_length(keys) {
            let key = self.array_get(keys, i);
            let attributes = self.own_property(load(object.0), key.word()).attributes().unwrap_or(0);
            let data = attributes & attributes::ACCESSOR == 0;
            if attributes & attributes::CONFIGURABLE != 0
                || frozen && data && attributes & attributes::WRITABLE != 0
            {
                locked = false;
                break;
            }
        }
        self.release(mark);
        Ok(locked)
    }

    /// Sets the prototype of an object; false if it is not extensible or the chain would be a ring, and for `Object.prototype`.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    pub fn set_prototype_of(&mut self, object: Slot, prototype: Slot) -> Result<bool> {
        let (at, wanted) = (load(object.0), load(prototype.0));
        if self.prototype_word(at) == wanted {
            return Ok(true);
        }
        let immutable = self.intrinsic_word(jerboa_abi::builtins::ObjectId::ObjectPrototype) == at;
        if immutable || !self.is_extensible(object) {
            return Ok(false);
        }
        let mut on_chain = wanted;
        while on_chain != word::NULL {
            if on_chain == at {
                return Ok(false);
            }
            on_chain = self.prototype_word(on_chain);
        }
        if Vm::has_own_table(load(at)) {
            self.table_set_prototype(object, prototype)?;
        } else {
            if self.get(object).is(Kind::RomObject) {
                self.distrust_arrays();
            }
            let mark = self.mark();
            let properties = self.make_properties(object)?.word();
            let properties = self.push_word(properties)?;
            self.table_set_prototype(properties, prototype)?;
            self.release(mark);
        }
        self.close_chains(object)?;
        Ok(true)
    }

    /// Adds a data property to an object that is being built and surely does not have it (object literals, results of
    /// natives).
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    pub fn define_field(&mut self, object: Slot, key: Key, value: Slot) -> Result<()> {
        let at = load(object.0);
        if header::kind(load(at)) == Kind::Object as u32
            && header::index(load(at)) != shape::DICTIONARY
            && self.table_find(at, self.key_word(key)).is_err()
        {
            return self.table_add(object, key, value, attributes::ALL);
        }
        self.define_own_property(object, key, &Descriptor::data(value, attributes::ALL)).map(drop)
    }
}
