//! Property access with the meaning of JavaScript: own properties of every kind of object, prototype chains, getters
//! and setters.
//!
//! An object that is no [`Kind::Object`], [`Kind::Error`] or [`Kind::Instance`] has up to three layers of own properties, looked through in
//! this order: what its kind has (elements, `length`), its property object (see [`crate::side_table`]), and what is
//! there until changed: the record of a built-in object in ROM, the `name`, `length` and `prototype` of a function. In
//! a property object, the value `EMPTY` says that a property of the last layer was deleted.

use jerboa_abi::builtins::{Class, ObjectId, well_known};
use jerboa_abi::header::{self, Kind, closure};
use jerboa_abi::image::{field, function, native, object};
use jerboa_abi::value as word;

use crate::gate::gate;
use crate::heap::flags;
use crate::image::{
    constant, function_at, header_byte, intrinsic, is_method, native_at, object_at, resolve, rom_class,
};
use crate::memory::{load, load_byte, load_half, store, store_byte};
use crate::object::OwnSlot;
use crate::shape::attributes;
use crate::string::{byte_len, is_ascii};
use crate::value::{Key, Slot, Value, kind_of};
use crate::vm::Vm;
use crate::{Result, Thrown};

/// Numbers of the names that the runtime asks for.
pub mod name {
    use super::well_known;
    pub const LENGTH: u16 = well_known("length");
    pub const PROTOTYPE: u16 = well_known("prototype");
    pub const CONSTRUCTOR: u16 = well_known("constructor");
    pub const NAME: u16 = well_known("name");
    pub const MESSAGE: u16 = well_known("message");
    pub const STACK: u16 = well_known("stack");
    pub const TO_STRING: u16 = well_known("toString");
    pub const VALUE_OF: u16 = well_known("valueOf");
    pub const VALUE: u16 = well_known("value");
    pub const NEXT: u16 = well_known("next");
    pub const DONE: u16 = well_known("done");
    pub const RETURN: u16 = well_known("return");
    pub const THROW: u16 = well_known("throw");
    pub const THEN: u16 = well_known("then");
    pub const RAW: u16 = well_known("raw");
    pub const ASYNC_ITERATOR: u16 = well_known("@@asyncIterator");
    pub const ITERATOR: u16 = well_known("@@iterator");
    pub const HAS_INSTANCE: u16 = well_known("@@hasInstance");
    pub const TO_PRIMITIVE: u16 = well_known("@@toPrimitive");
    pub const TO_STRING_TAG: u16 = well_known("@@toStringTag");
    pub const SPECIES: u16 = well_known("@@species");
    pub const IS_CONCAT_SPREADABLE: u16 = well_known("@@isConcatSpreadable");
    pub const MATCH: u16 = well_known("@@match");
    pub const MATCH_ALL: u16 = well_known("@@matchAll");
    pub const REPLACE: u16 = well_known("@@replace");
    pub const SEARCH: u16 = well_known("@@search");
    pub const SPLIT: u16 = well_known("@@split");
}

/// What an object has under a key.
#[derive(Clone, Copy, Debug)]
pub enum Own {
    /// A word of the heap.
    Slot(OwnSlot),
    /// A value that no word of the heap holds yet, and attributes.
    Constant(u32, u32),
    /// Getter and setter in ROM (or undefined), and attributes.
    RomAccessor(u32, u32, u32),
    /// A property that is made when it is first wanted ([`Vm::make_lazy`]), and its attributes.
    Lazy(u32),
    /// Nothing; the prototype's word.
    Absent(u32),
}

gate! {
    if Wrappers, fn own_of_wrapped(vm: &Vm, string: u32, key: u32) -> Option<Own> {
        vm.own_of_string(string, key)
    }
    if StringOperands, fn own_of_empty_string(vm: &Vm, key: u32) -> Option<Own> {
        vm.own_of_string(word::EMPTY_STRING, key)
    }
    /// See [`Vm::string_own`].
    if StringOperands, fn string_own(vm: &mut Vm, receiver: Slot, key: Key) -> Result<Option<u32>> {
        vm.string_own(receiver, key)
    }
}

gate! {
    if Accessors, fn call_getter(vm: &mut Vm, getter: u32, receiver: Slot) -> Result<Value<'_>> {
        vm.call_getter(getter, receiver)
    }
    if Accessors, fn call_setter(vm: &mut Vm, setter: u32, receiver: Slot, key: Key, value: Slot) -> Result<()> {
        vm.call_setter(setter, receiver, key, value)
    }
    if Objects, fn make_lazy(vm: &mut Vm, object: u32, key: Key) -> Result<Value<'_>> {
        vm.make_lazy(object, key)
    }
    if Errors, fn own_of_error(vm: &Vm, error: u32, key: u32) -> Own {
        vm.own_of_error(error, key)
    }
    if Objects, fn own_of_function(vm: &Vm, function: u32, key: u32) -> Option<Own> {
        vm.own_of_function(function, key)
    }
    if Arrays, fn own_of_array(vm: &Vm, array: u32, header: u32, key: u32) -> Option<Own> {
        vm.own_of_array(array, header, key)
    }
    if SideTable, fn find_side_entry(vm: &Vm, owner: u32) -> Option<u32> {
        vm.find_side_entry(owner)
    }
}

gate! {
    /// `object[key]`
    if Elements, pub(crate) fn element(vm: &mut Vm, object: Slot, key: Slot) -> Result<Value<'_>> {
        vm.get_element(object, key)
    } else {
        let index = number_index(vm, key);
        if vm.get(object).is_nullish() {
            return Err(nullish_element(vm, object, key, false));
        }
        Ok(vm.own_element(object, index))
    }
    /// `object[index]` for an integer that need not be an index.
    if Elements, pub(crate) fn element_at(vm: &mut Vm, object: Slot, index: i32) -> Result<Value<'_>> {
        vm.get_element_at(object, index)
    } else {
        if vm.get(object).is_nullish() {
            let key = integer_key(vm, index)?;
            return Err(nullish_element(vm, object, key, false));
        }
        Ok(vm.own_element(object, index as u32))
    }
    /// `object[key] = value`
    if Elements, pub(crate) fn set_element(vm: &mut Vm, object: Slot, key: Slot, value: Slot) -> Result<()> {
        vm.set_element(object, key, value)
    } else {
        let index = number_index(vm, key);
        if vm.get(object).is_nullish() {
            return Err(nullish_element(vm, object, key, true));
        }
        vm.set_own_element(object, index, value)
    }
    /// `object[index] = value` for an integer that need not be an index.
    if Elements, pub(crate) fn set_element_at(vm: &mut Vm, object: Slot, index: i32, value: Slot) -> Result<()> {
        vm.set_element_at(object, index, value)
    } else {
        if vm.get(object).is_nullish() {
            let key = integer_key(vm, index)?;
            return Err(nullish_element(vm, object, key, true));
        }
        vm.set_own_element(object, index as u32, value)
    }
    /// The error of an access to an element of undefined or null.
    if NullishElements, fn nullish_element(vm: &mut Vm, object: Slot, key: Slot, write: bool) -> Thrown {
        vm.throw_nullish(object, Key::slot(key), write)
    }
    /// An integer as a key in a slot of its own.
    if NullishElements, fn integer_key(vm: &mut Vm, index: i32) -> Result<Slot> {
        let key = vm.integer(i64::from(index))?.word();
        vm.push_word(key)
    }
}

gate! {
    /// `object.key`
    if Properties, pub(crate) fn property(vm: &mut Vm, object: Slot, key: Key) -> Result<Value<'_>> {
        vm.get_property(object, key)
    } else {
        let address = vm.own_field(object, key, false)?;
        Ok(Value::of(load(address)))
    }
    /// `object.key = value`
    if Properties, pub(crate) fn set_property(vm: &mut Vm, object: Slot, key: Key, value: Slot) -> Result<()> {
        vm.set_property(object, key, value)
    } else {
        let address = vm.own_field(object, key, true)?;
        store(address, load(value.0));
        Ok(())
    }
}

/// The index that a number is, or one that no array has.
fn number_index(vm: &Vm, number: Slot) -> u32 {
    match vm.get(number).as_int() {
        Some(index) => index as u32,
        // All integers that are an index are small; -0 is one as well.
        None if vm.get(number).as_number() == Some(0.0) => 0,
        None => u32::MAX,
    }
}

impl Own {
    /// The attributes, if there is a property.
    pub fn attributes(self) -> Option<u32> {
        match self {
            Own::Slot(slot) => Some(slot.attributes),
            Own::Constant(_, attributes) | Own::RomAccessor(_, _, attributes) | Own::Lazy(attributes) => {
                Some(attributes)
            }
            Own::Absent(_) => None,
        }
    }
}

impl Vm {
    /// The property object of something that is no ordinary object.
    pub fn properties_of(&self, object: u32) -> Option<u32> {
        let header = load(object);
        if header::kind(header) == Kind::Function as u32 && header::aux(header) & closure::HAS_PROPERTIES != 0
        {
            let properties = load(object + 4);
            return word::is_pointer(properties).then_some(properties);
        }
        if self.side_count.get() == 0 || !crate::heap::may_have_side_entry(header) {
            return None;
        }
        find_side_entry(self, object).map(|entry| load(entry + 4))
    }

    /// The prototype that something without a property object has.
    fn default_prototype(&self, object: u32) -> u32 {
        let header = load(object);
        let id = match kind_of(header) {
            Kind::Array => ObjectId::ArrayPrototype,
            Kind::Native => return self.native_prototype(object),
            Kind::Function => return self.function_prototype(object),
            Kind::Bound => ObjectId::FunctionPrototype,
            Kind::RomObject => {
                return match load_half(object + object::PROTO as u32).checked_sub(1) {
                    Some(index) => object_at(self.image, index),
                    None => word::NULL,
                };
            }
            Kind::Wrapper => return self.primitive_prototype(load(object + 4)),
            Kind::Iterator => return self.iterator_prototype(header),
            Kind::Buffer | Kind::View => crate::typed::view_prototype(header),
            _ => ObjectId::ObjectPrototype,
        };
        self.intrinsic_word(id)
    }

    /// The prototype of a compiled function, which depends on its kind. Images that nobody can tell it in have only one.
    fn function_prototype(&self, closure: u32) -> u32 {
        let flags = load_half(self.descriptor_of(closure) + function::FLAGS as u32);
        let kind = flags & u32::from(function::CONSTRUCTOR | function::GENERATOR | function::ASYNC);
        const GENERATOR: u32 = function::GENERATOR as u32;
        const ASYNC: u32 = function::ASYNC as u32;
        const ASYNC_GENERATOR: u32 = (function::GENERATOR | function::ASYNC) as u32;
        let special = match kind {
            GENERATOR => intrinsic(self.image, ObjectId::GeneratorFunctionPrototype),
            ASYNC => intrinsic(self.image, ObjectId::AsyncFunctionPrototype),
            ASYNC_GENERATOR => intrinsic(self.image, ObjectId::AsyncGeneratorFunctionPrototype),
            _ => None,
        };
        special.unwrap_or_else(|| self.intrinsic_word(ObjectId::FunctionPrototype))
    }

    /// The prototype of a native function: the native that has the properties which its own properties inherit from (as
    /// `TypeError` inherits from `Error`), or `Function.prototype`.
    fn native_prototype(&self, native: u32) -> u32 {
        let index = |record: u32, field: usize| load_half(record + field as u32).checked_sub(1);
        self.native_record(native)
            .and_then(|record| index(record, object::PROTO))
            .and_then(|parent| index(object_at(self.image, parent), object::OWNER))
            .map_or_else(
                || self.intrinsic_word(ObjectId::FunctionPrototype),
                |native| native_at(self.image, native),
            )
    }

    /// The prototype that a primitive value's properties come from.
    pub(crate) fn primitive_prototype(&self, value: u32) -> u32 {
        let value = Value::of(value);
        let id = if value.is_string() {
            ObjectId::StringPrototype
        } else if value.is_number() {
            ObjectId::NumberPrototype
        } else if value.as_bool().is_some() {
            ObjectId::BooleanPrototype
        } else if value.is(Kind::Symbol) {
            ObjectId::SymbolPrototype
        } else {
            ObjectId::ObjectPrototype
        };
        self.intrinsic_word(id)
    }

    /// The prototype of an object.
    pub fn prototype_word(&self, object: u32) -> u32 {
        if Vm::has_own_table(load(object)) {
            return self.table_prototype(object);
        }
        match self.properties_of(object) {
            Some(properties) => self.table_prototype(properties),
            None => self.default_prototype(object),
        }
    }

    /// The prototype of the object in a slot: an object or null.
    #[inline]
    pub fn prototype_of(&self, object: Slot) -> Value<'_> {
        Value::of(self.prototype_word(load(object.0)))
    }

    /// Looks for an own property of an object.
    #[inline]
    pub fn own_property(&self, object: u32, key: u32) -> Own {
        if header::kind(load(object)) == Kind::Object as u32 {
            match self.table_find(object, key) {
                Ok(slot) => Own::Slot(slot),
                Err(prototype) => Own::Absent(prototype),
            }
        } else {
            self.own_exotic(object, key)
        }
    }

    #[inline(never)]
    fn own_exotic(&self, object: u32, key: u32) -> Own {
        let header = load(object);
        match kind_of(header) {
            Kind::Error => return own_of_error(self, object, key),
            Kind::Instance => {
                return match self.table_find(object, key) {
                    Ok(slot) => Own::Slot(slot),
                    Err(prototype) => Own::Absent(prototype),
                };
            }
            Kind::Array | Kind::Arguments => {
                if let Some(own) = own_of_array(self, object, header, key) {
                    return own;
                }
            }
            Kind::View => {
                if let Some(own) = crate::typed::own_of_view(self, object, key) {
                    return own;
                }
            }
            Kind::Wrapper => {
                if let Some(own) = own_of_wrapped(self, load(object + 4), key) {
                    return own;
                }
            }
            _ => {}
        }
        let properties = self.properties_of(object);
        if let Some(properties) = properties
            && let Ok(slot) = self.table_find(properties, key)
        {
            if load(slot.address) != word::EMPTY {
                return Own::Slot(slot);
            }
            return Own::Absent(self.table_prototype(properties));
        }
        let found = match kind_of(header) {
            Kind::RomObject => self.own_of_record(object, key),
            Kind::Native => self.own_of_native(object, key),
            Kind::Function | Kind::Bound => own_of_function(self, object, key),
            // What all arguments objects have is in a record that is no object of its own.
            Kind::Arguments => {
                intrinsic(self.image, ObjectId::Arguments).and_then(|record| self.own_of_record(record, key))
            }
            _ => None,
        };
        found.unwrap_or_else(|| {
            Own::Absent(match properties {
                Some(properties) => self.table_prototype(properties),
                None => self.default_prototype(object),
            })
        })
    }

    fn own_of_error(&self, object: u32, key: u32) -> Own {
        match self.table_find(object, key) {
            Ok(slot) => Own::Slot(slot),
            Err(prototype) => {
                let address = if self.is_name(key, name::MESSAGE) {
                    object + 8
                } else if self.is_name(key, name::STACK) {
                    object + 4
                } else {
                    return Own::Absent(prototype);
                };
                // The stack is text only after it was asked for.
                let raw_stack = |word| word == crate::error::NO_POSITIONS || Value::of(word).is(Kind::Bytes);
                match load(address) {
                    word::EMPTY => Own::Absent(prototype),
                    stack if address == object + 4 && raw_stack(stack) => Own::Lazy(attributes::HIDDEN),
                    _ => Own::Slot(OwnSlot { address, attributes: attributes::HIDDEN }),
                }
            }
        }
    }

    /// The attributes that an array's elements have.
    fn element_attributes(header: u32) -> u32 {
        let aux = header::aux(header);
        let mut all = attributes::ALL;
        if aux & flags::FROZEN != 0 {
            all &= !attributes::WRITABLE;
        }
        if aux & flags::SEALED != 0 {
            all &= !attributes::CONFIGURABLE;
        }
        all
    }

    fn own_of_array(&self, array: u32, header: u32, key: u32) -> Option<Own> {
        if word::is_int(key) {
            let index = word::to_int(key) as u32;
            if index < word::to_int(load(array + 4)) as u32 {
                let attributes = Vm::element_attributes(header);
                if header::is_byte_array(header) {
                    let constant = load_byte(load(array + 8) + 4 + index);
                    return (constant != word::EMPTY).then_some(Own::Constant(constant, attributes));
                }
                let address = load(array + 8) + 4 + 4 * index;
                if load(address) != word::EMPTY {
                    return Some(Own::Slot(OwnSlot { address, attributes }));
                }
            }
        } else if self.is_name(key, name::LENGTH) {
            let aux = header::aux(header);
            if header::is_array(header) {
                let writable = aux & flags::LENGTH_READ_ONLY == 0;
                return Some(Own::Constant(load(array + 4), if writable { attributes::WRITABLE } else { 0 }));
            }
            if aux & flags::LENGTH_REPLACED == 0 {
                return Some(Own::Constant(load(array + 4), attributes::HIDDEN));
            }
        }
        None
    }

    /// The own properties of a string: its code units and `length`. The string is flat or ASCII where that matters; a rope
    /// was made flat by whoever asks.
    fn own_of_string(&self, string: u32, key: u32) -> Option<Own> {
        if !Value::of(string).is_string() {
            return None;
        }
        let text = Value::of(string).text();
        if word::is_int(key) {
            let index = word::to_int(key) as u32;
            let unit = if is_ascii(string) {
                text.get(index as usize).map(|&byte| u16::from(byte))
            } else {
                crate::text::char_code_at(&text, index as usize)
            }?;
            let short = word::from_short_string(crate::text::encode_unit(unit, &mut [0; 4]))?;
            return Some(Own::Constant(short, attributes::ENUMERABLE));
        }
        if self.is_name(key, name::LENGTH) {
            let len = if is_ascii(string) { byte_len(string) } else { crate::text::utf16_len(&text) as u32 };
            return Some(Own::Constant(Value::small(len as i32).word(), 0));
        }
        None
    }

    /// A property in the record of a built-in object.
    fn own_of_record(&self, record: u32, key: u32) -> Option<Own> {
        if let Some(property) = self.record_lookup(record, key) {
            return Some(self.record_property(property));
        }
        match rom_class(record) {
            class if class == Class::Array as u32 && self.is_name(key, name::LENGTH) => {
                Some(Own::Constant(Value::small(0).word(), attributes::WRITABLE))
            }
            class if class == Class::String as u32 => own_of_empty_string(self, key),
            class if class == Class::Function as u32 => {
                if self.is_name(key, name::LENGTH) {
                    Some(Own::Constant(Value::small(0).word(), attributes::CONFIGURABLE))
                } else if self.is_name(key, name::NAME) {
                    Some(Own::Constant(word::EMPTY_STRING, attributes::CONFIGURABLE))
                } else {
                    None
                }
            }
            _ => None,
        }
    }

    /// Looks for a key in a record: the address of the property. Linear in their number.
    pub(crate) fn record_find(&self, record: u32, key: u32) -> Option<u32> {
        let raw = if word::is_pointer(key) { key.wrapping_sub(self.image) } else { key };
        crate::image::properties(record)
            .find(|&property| load(self.constants + 4 * load_half(property)) == raw)
    }

    /// The property at an address of a record.
    pub(crate) fn record_property(&self, property: u32) -> Own {
        let what = load_half(property + 2);
        if is_method(property) {
            return Own::Constant(native_at(self.image, what), u32::from(object::METHOD));
        }
        let attributes = what & attributes::ALL;
        if what & u32::from(object::ACCESSOR) == 0 {
            return Own::Constant(resolve(self.image, load(property + 4)), attributes);
        }
        let function =
            |index: u32| index.checked_sub(1).map_or(word::UNDEFINED, |index| native_at(self.image, index));
        Own::RomAccessor(
            function(load_half(property + 4)),
            function(load_half(property + 6)),
            attributes & !attributes::WRITABLE | attributes::ACCESSOR,
        )
    }

    /// The record with the own properties of a native function.
    pub(crate) fn native_record(&self, native: u32) -> Option<u32> {
        let header = load(native);
        if header::aux(header) & native::PROPERTIES == 0 {
            return None;
        }
        (0..header_byte(self.image, field::OBJECTS))
            .map(|index| object_at(self.image, index))
            .find(|record| load_half(record + object::OWNER as u32) == header::index(header) + 1)
    }

    /// The name of a native function.
    pub(crate) fn native_name(&self, native: u32) -> u32 {
        constant(self.image, load_half(native + native::NAME as u32))
    }

    fn own_of_native(&self, native: u32, key: u32) -> Option<Own> {
        if let Some(record) = self.native_record(native)
            && let Some(own) = self.own_of_record(record, key)
        {
            return Some(own);
        }
        if self.is_name(key, name::LENGTH) {
            let length = header::aux(load(native)) & native::LENGTH;
            return Some(Own::Constant(Value::small(length as i32).word(), attributes::CONFIGURABLE));
        }
        if self.is_name(key, name::NAME) {
            return Some(Own::Constant(self.native_name(native), attributes::CONFIGURABLE));
        }
        None
    }

    /// The descriptor of a compiled function.
    #[inline(always)]
    pub fn descriptor_of(&self, closure: u32) -> u32 {
        function_at(self.image, header::index(load(closure)))
    }

    fn own_of_function(&self, object: u32, key: u32) -> Option<Own> {
        if !word::is_pointer(key) && !word::is_short_string(key) {
            return None;
        }
        if header::kind(load(object)) == Kind::Bound as u32 {
            let lazy = self.is_name(key, name::LENGTH) || self.is_name(key, name::NAME);
            return lazy.then_some(Own::Lazy(attributes::CONFIGURABLE));
        }
        let descriptor = self.descriptor_of(object);
        if self.is_name(key, name::PROTOTYPE) {
            let flags = load_half(descriptor + function::FLAGS as u32);
            let constructor = flags & u32::from(function::CONSTRUCTOR) != 0;
            let class = constructor && flags & u32::from(function::CLASS) != 0;
            let attributes = if class { 0 } else { attributes::WRITABLE };
            let has_one = constructor || flags & u32::from(function::GENERATOR) != 0;
            return has_one.then_some(Own::Lazy(attributes));
        }
        if self.is_name(key, name::LENGTH) {
            let length = load_byte(descriptor + function::LENGTH as u32);
            return Some(Own::Constant(Value::small(length as i32).word(), attributes::CONFIGURABLE));
        }
        if self.is_name(key, name::NAME) {
            let name = match load_half(descriptor + function::NAME as u32) {
                0xffff => word::EMPTY_STRING,
                index => constant(self.image, index),
            };
            return Some(Own::Constant(name, attributes::CONFIGURABLE));
        }
        None
    }

    /// The address of a property that an object has, in a program that asks nothing else for properties.
    ///
    /// # Errors
    /// Throws a TypeError if the value is no object, as undefined and null are.
    fn own_field(&mut self, object: Slot, key: Key, write: bool) -> Result<u32> {
        let at = load(object.0);
        if let Some((address, true)) = self.cached_slot(at, self.key_word(key)) {
            return Ok(address);
        }
        if self.get(object).is(Kind::Object)
            && let Ok(slot) = self.table_find(at, self.key_word(key))
        {
            return Ok(slot.address);
        }
        Err(self.throw_nullish(object, key, write))
    }

    /// The value of a property of any value. The key names a property key ([`Vm::to_property_key`]).
    ///
    /// # Errors
    /// Throws a TypeError on undefined and null, and whatever a getter throws.
    #[inline]
    pub fn get_property(&mut self, receiver: Slot, key: Key) -> Result<Value<'_>> {
        match self.cached_slot(load(receiver.0), self.key_word(key)) {
            Some((address, _)) => Ok(Value::of(load(address))),
            None => self.get_property_slow(receiver, key),
        }
    }

    #[inline(never)]
    fn get_property_slow(&mut self, receiver: Slot, key: Key) -> Result<Value<'_>> {
        let base = load(receiver.0);
        let mut object = base;
        if !Value::of(base).is_object() {
            if let Some(found) = self.primitive_own(receiver, key)? {
                return Ok(Value::of(found));
            }
            if Value::of(base).is_nullish() || base == word::EMPTY {
                return Err(self.throw_nullish_read(receiver, key));
            }
            object = self.primitive_prototype(load(receiver.0));
        }
        self.get_from(object, receiver, key)
    }

    /// The value of a property that an object (or null) has or inherits, for a receiver.
    pub fn get_from(&mut self, mut object: u32, receiver: Slot, key: Key) -> Result<Value<'_>> {
        let key_word = self.key_word(key);
        while object != word::NULL {
            match self.own_property(object, key_word) {
                Own::Slot(slot) => {
                    let found = load(slot.address);
                    if !Vm::is_accessor(slot.attributes) {
                        return Ok(Value::of(found));
                    }
                    return call_getter(self, load(found + 4), receiver);
                }
                Own::Constant(found, _) => return Ok(Value::of(found)),
                Own::RomAccessor(getter, _, _) => return call_getter(self, getter, receiver),
                Own::Lazy(_) => return make_lazy(self, object, key),
                Own::Absent(prototype) => object = prototype,
            }
        }
        Ok(Value::UNDEFINED)
    }

    /// An own property of a primitive value.
    fn primitive_own(&mut self, receiver: Slot, key: Key) -> Result<Option<u32>> {
        if self.get(receiver).is_string() { string_own(self, receiver, key) } else { Ok(None) }
    }

    /// An own property of a primitive string.
    fn string_own(&mut self, receiver: Slot, key: Key) -> Result<Option<u32>> {
        let key_word = self.key_word(key);
        if let Some(index) = Value::of(key_word).as_int() {
            self.flatten(receiver)?;
            return Ok(self.char_at(receiver, index as u32).map(Value::word));
        }
        if self.is_name(key_word, name::LENGTH) {
            let len = self.string_length(receiver)?;
            return Ok(Some(Value::small(len as i32).word()));
        }
        Ok(None)
    }

    pub fn call_getter(&mut self, getter: u32, receiver: Slot) -> Result<Value<'_>> {
        if getter == word::UNDEFINED {
            return Ok(Value::UNDEFINED);
        }
        let mark = self.push_word(getter)?;
        self.push_word(load(receiver.0))?;
        let result = self.call_word(0);
        self.release(mark);
        result.map(Value::of)
    }

    pub fn call_setter(&mut self, setter: u32, receiver: Slot, key: Key, value: Slot) -> Result<()> {
        if setter == word::UNDEFINED {
            return Err(self.throw_getter_only(receiver, key));
        }
        let mark = self.push_word(setter)?;
        self.push_word(load(receiver.0))?;
        self.push_word(load(value.0))?;
        let result = self.call_word(1);
        self.release(mark);
        result.map(drop)
    }

    /// Assigns to a property of any value, as strict code does.
    ///
    /// # Errors
    /// Throws a TypeError if the property can not be written, and whatever a setter throws.
    #[inline]
    pub fn set_property(&mut self, receiver: Slot, key: Key, value: Slot) -> Result<()> {
        if let Some((address, true)) = self.cached_slot(load(receiver.0), self.key_word(key)) {
            store(address, load(value.0));
            return Ok(());
        }
        self.set_property_slow(receiver, key, value)
    }

    #[inline(never)]
    fn set_property_slow(&mut self, receiver: Slot, key: Key, value: Slot) -> Result<()> {
        if self.get(receiver).is(Kind::View) && crate::typed::set_by_number(self, receiver, key, value)? {
            return Ok(());
        }
        let base = load(receiver.0);
        let key_word = self.key_word(key);
        let is_object = Value::of(base).is_object();
        let mut object = base;
        if !is_object {
            if Value::of(base).is_nullish() || base == word::EMPTY {
                return Err(self.throw_nullish_write(receiver, key));
            }
            if self.primitive_own(receiver, key)?.is_some() {
                return Err(self.throw_read_only(receiver, key));
            }
            object = self.primitive_prototype(load(receiver.0));
        }
        while object != word::NULL {
            let own = self.own_property(object, key_word);
            let attributes = match own {
                Own::Absent(prototype) => {
                    object = prototype;
                    continue;
                }
                Own::Slot(slot) if Vm::is_accessor(slot.attributes) => {
                    return call_setter(self, load(load(slot.address) + 8), receiver, key, value);
                }
                Own::RomAccessor(_, setter, _) => return call_setter(self, setter, receiver, key, value),
                Own::Slot(slot) => {
                    if object == base && slot.attributes & attributes::WRITABLE != 0 {
                        store(slot.address, load(value.0));
                        return Ok(());
                    }
                    slot.attributes
                }
                Own::Constant(_, attributes) | Own::Lazy(attributes) => attributes,
            };
            if attributes & attributes::WRITABLE == 0 {
                return Err(self.throw_read_only(receiver, key));
            }
            if object == base {
                return self.write_own(receiver, key, value, attributes);
            }
            break;
        }
        if !is_object {
            return Err(self.throw_create_on_primitive(receiver, key));
        }
        if !self.is_extensible(receiver) {
            return Err(self.throw_not_extensible(receiver, key));
        }
        self.add_own(receiver, key, value, attributes::ALL)
    }

    /// Whether an object (not only its prototypes, unless `inherited`) has a property.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    pub fn has_property(&mut self, object: Slot, key: Key, inherited: bool) -> Result<bool> {
        let key = self.key_word(key);
        let mut object = load(object.0);
        if !Value::of(object).is_object() {
            return Ok(false);
        }
        while object != word::NULL {
            match self.own_property(object, key) {
                Own::Absent(prototype) if inherited => object = prototype,
                own => return Ok(own.attributes().is_some()),
            }
        }
        Ok(false)
    }

    /// The value at an element access `object[key]` with any key.
    ///
    /// # Errors
    /// Throws what [`Vm::get_property`] throws, and what the key's conversion to a string throws.
    pub fn get_element(&mut self, object: Slot, key: Slot) -> Result<Value<'_>> {
        if let Some(word) = self.fast_element(load(object.0), load(key.0)) {
            return Ok(Value::of(word));
        }
        if let Some(index) = self.get(key).as_int()
            && index >= 0
            && self.get(object).is(Kind::View)
        {
            return crate::typed::read_element(self, load(object.0), index as u32);
        }
        self.get_element_slow(object, key)
    }

    #[inline(never)]
    fn get_element_slow(&mut self, object: Slot, key: Slot) -> Result<Value<'_>> {
        let mark = self.mark();
        let name = self.push(key)?;
        if self.get(object).is_nullish() {
            return Err(self.throw_nullish_element(object, name, false));
        }
        self.to_property_key(name)?;
        let result = self.get_property(object, Key::slot(name))?.word();
        self.release(mark);
        Ok(Value::of(result))
    }

    /// The element of an array, if it is there and the index is a small integer.
    #[inline(always)]
    pub(crate) fn fast_element(&self, object: u32, key: u32) -> Option<u32> {
        if word::is_int(key) { self.fast_element_at(object, key >> 1) } else { None }
    }

    /// The element of an array, if it is there. No array is so long that an index which was negative could be in it.
    #[inline(always)]
    pub(crate) fn fast_element_at(&self, object: u32, index: u32) -> Option<u32> {
        if word::is_pointer(object) {
            let header = load(object);
            if header::is_array(header) && index < load(object + 4) >> 1 {
                let first = load(object + 8) + 4;
                let bytes = header & header::ARRAY_BYTES != 0;
                let element = if bytes { load_byte(first + index) } else { load(first + 4 * index) };
                return (element != word::EMPTY).then_some(element);
            }
        }
        None
    }

    /// The element of an array without flags, if it is there: one comparison of the header for each kind of store.
    #[inline(always)]
    pub(crate) fn plain_element_at(&self, object: u32, index: u32) -> Option<u32> {
        if !word::is_pointer(object) {
            return None;
        }
        let header = load(object);
        let inside = || index < load(object + 4) >> 1;
        let element = if header == header::ARRAY_TAG && inside() {
            load(load(object + 8) + 4 * index + 4)
        } else if unrelated(header) == header::ARRAY_TAG | header::ARRAY_BYTES && inside() {
            load_byte(load(object + 8) + index + 4)
        } else {
            return None;
        };
        (element != word::EMPTY).then_some(element)
    }

    /// Writes the element of an array without flags, if the index is within the length and the kind of store can hold the value.
    /// Whether it did.
    #[inline(always)]
    pub(crate) fn plain_store_at(&self, object: u32, index: u32, value: u32) -> bool {
        if !word::is_pointer(object) {
            return false;
        }
        let header = load(object);
        let inside = || index < load(object + 4) >> 1;
        if header == header::ARRAY_TAG && inside() {
            store(load(object + 8) + 4 * index + 4, value);
        } else if header == header::ARRAY_TAG | header::ARRAY_BYTES && inside() && word::is_constant(value) {
            store_byte(load(object + 8) + index + 4, value);
        } else {
            return false;
        }
        true
    }

    /// Writes the element of an array that has no locks nor indices with attributes, if the index is within the length and
    /// the kind of store can hold the value. Whether it did. A hole needs no look at the prototypes: see
    /// [`Vm::distrust_arrays`].
    #[inline(always)]
    pub(crate) fn fast_store(&self, object: u32, key: u32, value: u32) -> bool {
        word::is_int(key) && self.fast_store_at(object, key >> 1, value)
    }

    /// The same for an integer that need not be an index.
    #[inline(always)]
    pub(crate) fn fast_store_at(&self, object: u32, index: u32, value: u32) -> bool {
        const EXACT: u32 = 0xff | flags::SLOW_STORE << header::AUX_SHIFT;
        if !word::is_pointer(object) {
            return false;
        }
        let header = load(object);
        if header & EXACT != header::ARRAY_TAG || index >= load(object + 4) >> 1 {
            return false;
        }
        let first = load(object + 8) + 4;
        if header & header::ARRAY_BYTES == 0 {
            store(first + 4 * index, value);
        } else if word::is_constant(value) {
            store_byte(first + index, value);
        } else {
            return false;
        }
        true
    }

    /// Appends to an array as `push` does, if it is one without flags, has room, and can hold the value: the new length, as a
    /// word.
    #[inline(always)]
    pub(crate) fn fast_push(&self, array: u32, header: u32, value: u32) -> Option<u32> {
        let room = |elements: u32| crate::heap::store_len(load(elements));
        let (length, elements) = (load(array + 4), load(array + 8));
        let index = length >> 1;
        if header == header::ARRAY_TAG | header::ARRAY_BYTES {
            if index >= 4 * room(elements) || !word::is_constant(value) {
                return None;
            }
            store_byte(elements + 4 + index, value);
        } else if header == header::ARRAY_TAG {
            if index >= room(elements) {
                return None;
            }
            store(elements + 4 + 4 * index, value);
        } else {
            return None;
        }
        store(array + 4, length + 2);
        Some(length + 2)
    }

    /// Whether `value.push` is the built-in method, by the header of what the value points to: an array without properties,
    /// and nobody has touched the prototype.
    #[inline(always)]
    pub(crate) fn pushes_as_built_in(&self, header: u32) -> bool {
        header & !(header::ARRAY_BYTES | header::ARRAY_NO_STORE) == header::ARRAY_TAG
            && !self.array_prototype_changed.get()
    }

    /// The value at `object[index]` for an integer that need not be an array's index.
    ///
    /// # Errors
    /// Throws what [`Vm::get_property`] throws.
    pub(crate) fn get_element_at(&mut self, object: Slot, index: i32) -> Result<Value<'_>> {
        let mark = self.mark();
        let key = self.integer(i64::from(index))?.word();
        let key = self.push_word(key)?;
        let result = self.get_element(object, key)?.word();
        self.release(mark);
        Ok(Value::of(result))
    }

    /// Assigns `object[index] = value` for an integer that need not be an array's index.
    ///
    /// # Errors
    /// Throws what [`Vm::set_property`] throws.
    pub(crate) fn set_element_at(&mut self, object: Slot, index: i32, value: Slot) -> Result<()> {
        let mark = self.mark();
        let key = self.integer(i64::from(index))?.word();
        let key = self.push_word(key)?;
        self.set_element(object, key, value)?;
        self.release(mark);
        Ok(())
    }

    /// Assigns `object[key] = value` with any key.
    ///
    /// # Errors
    /// Throws what [`Vm::set_property`] throws, and what the key's conversion to a string throws.
    pub fn set_element(&mut self, object: Slot, key: Slot, value: Slot) -> Result<()> {
        if self.fast_store(load(object.0), load(key.0), load(value.0)) {
            return Ok(());
        }
        if let Some(index) = self.get(key).as_int()
            && index >= 0
            && self.get(object).is(Kind::View)
        {
            return crate::typed::write_element(self, object, index as u32, value);
        }
        self.set_element_slow(object, key, value)
    }

    #[inline(never)]
    fn set_element_slow(&mut self, object: Slot, key: Slot, value: Slot) -> Result<()> {
        let mark = self.mark();
        let name = self.push(key)?;
        if self.get(object).is_nullish() {
            return Err(self.throw_nullish_element(object, name, true));
        }
        self.to_property_key(name)?;
        self.set_property(object, Key::slot(name), value)?;
        self.release(mark);
        Ok(())
    }

    /// The value of a property with a well-known name.
    pub fn get_named(&mut self, object: Slot, name: u16) -> Result<Value<'_>> {
        let mark = self.mark();
        let key = self.well_known(name)?.word();
        let key = self.push_word(key)?;
        let result = self.get_property(object, Key::slot(key))?.word();
        self.release(mark);
        Ok(Value::of(result))
    }

    /// The value of a property by its name, which does not lie in the heap.
    ///
    /// # Errors
    /// Throws what [`Vm::get_property`] throws.
    pub fn get_by_name(&mut self, object: Slot, name: &str) -> Result<Value<'_>> {
        let mark = self.mark();
        let key = self.name_key(name)?;
        let result = self.get_property(object, key)?.word();
        self.release(mark);
        Ok(Value::of(result))
    }

    /// Assigns to a property by its name, which does not lie in the heap.
    ///
    /// # Errors
    /// Throws what [`Vm::set_property`] throws.
    pub fn set_by_name(&mut self, object: Slot, name: &str, value: Slot) -> Result<()> {
        let mark = self.mark();
        let key = self.name_key(name)?;
        self.set_property(object, key, value)?;
        self.release(mark);
        Ok(())
    }

    /// The key of a name, held in a new slot.
    ///
    /// # Errors
    /// Throws a RangeError if the heap or the stack is full.
    pub fn name_key(&mut self, name: &str) -> Result<Key> {
        let word = self.intern_text(name.as_bytes())?.word();
        Ok(Key::slot(self.push_word(word)?))
    }

    /// Error exits leave slots behind: whoever catches the exception releases them with its frame.
    #[cold]
    fn throw_create_on_primitive(&mut self, receiver: Slot, key: Key) -> Thrown {
        self.throw_property(crate::error::PropertyError::Primitive, receiver, key)
    }

    #[cold]
    pub fn throw_read_only(&mut self, receiver: Slot, key: Key) -> Thrown {
        self.throw_property(crate::error::PropertyError::ReadOnly, receiver, key)
    }

    #[cold]
    fn throw_getter_only(&mut self, receiver: Slot, key: Key) -> Thrown {
        self.throw_property(crate::error::PropertyError::GetterOnly, receiver, key)
    }

    #[cold]
    pub fn throw_not_extensible(&mut self, receiver: Slot, key: Key) -> Thrown {
        self.throw_property(crate::error::PropertyError::NotExtensible, receiver, key)
    }

    #[cold]
    fn throw_nullish_read(&mut self, receiver: Slot, key: Key) -> Thrown {
        self.throw_property(crate::error::PropertyError::NullishRead, receiver, key)
    }

    #[cold]
    fn throw_nullish_write(&mut self, receiver: Slot, key: Key) -> Thrown {
        self.throw_property(crate::error::PropertyError::NullishWrite, receiver, key)
    }

    /// As the two above, for a key that may still have to be made a string; when that is not possible without running
    /// code of the program, the message does without it.
    #[cold]
    fn throw_nullish_element(&mut self, receiver: Slot, key: Slot, write: bool) -> Thrown {
        use crate::error::PropertyError::{NullishRead, NullishWrite};
        if !self.get(key).is_object() && self.to_property_key(key).is_err() {
            return Thrown;
        }
        self.throw_property(if write { NullishWrite } else { NullishRead }, receiver, Key::slot(key))
    }
}

/// The same word, as far as the compiler can tell another one: comparisons of the two stay in their order. No instructions.
#[inline(always)]
fn unrelated(word: u32) -> u32 {
    #[cfg(not(target_family = "wasm"))]
    {
        let same: usize;
        // SAFETY: there is no instruction.
        unsafe {
            core::arch::asm!("/* {0} */", inlateout(reg) word as usize => same,
                options(pure, nomem, nostack, preserves_flags));
        }
        same as u32
    }
    #[cfg(target_family = "wasm")]
    word
}
