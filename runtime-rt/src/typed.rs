//! Array buffers and their views: what they are in the heap, and what property access means for typed arrays.
//!
//! [`jerboa_abi::header::typed`] has the layout. A typed array has its elements as own properties whose keys are numbers; every key
//! that is the text of a number is taken for one, and if no element has it, there is nothing under it: prototypes are
//! not asked, and a store does nothing. No buffer is ever resized or detached, so a view's length is what it was at first.
//!
//! Programs without array buffers do not have this code: shared paths reach it through gates.

use jerboa_abi::builtins::ObjectId;
use jerboa_abi::header::typed::{BUFFER, BYTE_LENGTH, BYTES, Element, LENGTH, OFFSET};
use jerboa_abi::header::{self, Kind};
use jerboa_abi::value as word;

use crate::Result;
use crate::define::Descriptor;
use crate::gate::gate;
use crate::memory::{fill, load, load_byte, load_half, store, store_byte, store_half};
use crate::property::Own;
use crate::shape::attributes;
use crate::value::{Key, Slot, Value};
use crate::vm::Vm;

gate! {
    if TypedArrays, pub(crate) fn own_of_view(vm: &Vm, view: u32, key: u32) -> Option<Own> {
        vm.own_of_view(view, key)
    }
    if TypedArrays, pub(crate) fn read_element(vm: &mut Vm, view: u32, index: u32) -> Result<Value<'_>> {
        vm.read_element(view, index)
    }
    if TypedArrays, pub(crate) fn write_element(vm: &mut Vm, view: Slot, index: u32, value: Slot) -> Result<()> {
        vm.write_element(view, index, value)
    }
    if TypedArrays, pub(crate) fn set_by_number(vm: &mut Vm, view: Slot, key: Key, value: Slot) -> Result<bool> {
        vm.set_by_number(view, key, value)
    }
    if TypedArrays, pub(crate) fn define_by_number(vm: &mut Vm, view: Slot, key: Key, descriptor: &Descriptor) -> Result<Option<bool>> {
        vm.define_by_number(view, key, descriptor)
    }
    /// Whether the key is a number that no element has, so that it cannot be defined.
    if TypedArrays, pub fn is_no_element(vm: &Vm, object: Slot, key: Key) -> bool {
        vm.typed_array(object).is_some()
            && match number_of(vm.key_word(key)) {
                Number::Not => false,
                Number::Index(index) => index >= vm.view_length(object),
                Number::Other => true,
            }
    } else {
        let _ = (vm, object, key);
        false
    }
    if TypedArrays, pub(crate) fn refuse_lock(vm: &mut Vm, view: Slot, clear: u32) -> Result<()> {
        vm.refuse_lock(view, clear)
    }
    if TypedArrays, pub(crate) fn view_prototype(header: u32) -> ObjectId {
        prototype_of(header)
    }
    if TypedArrays, pub(crate) fn list_view(vm: &mut Vm, list: Slot, view: Slot, key: Slot) -> Result<()> {
        let count = if vm.typed_array(view).is_some() { vm.view_length(view) } else { 0 };
        for i in 0..count {
            Value::small(i as i32).store(key);
            vm.array_push(list, key)?;
        }
        Ok(())
    }
    if TypedArrays, pub fn typed_length(vm: &Vm, object: Slot) -> Option<u32> {
        vm.element_type(object).filter(|element| *element != Element::DataView).map(|_| vm.view_length(object))
    } else {
        let _ = (vm, object);
        None
    }
    if TypedArrays, pub fn buffer_class(vm: &Vm, object: Slot) -> Option<&'static str> {
        match vm.element_type(object) {
            Some(element) => Some(element.class()),
            None => vm.get(object).is(Kind::Buffer).then_some("ArrayBuffer"),
        }
    } else {
        let _ = (vm, object);
        None
    }
    if TypedArrays, pub(crate) fn class_of_prototype(vm: &Vm, prototype: u32) -> Option<&'static str> {
        let is = |id| vm.intrinsic_word(id) == prototype;
        if is(ObjectId::ArrayBufferPrototype) {
            return Some("ArrayBuffer");
        }
        Element::ALL.iter().find(|element| is(PROTOTYPES[**element as usize])).map(|element| element.class())
    } else {
        let _ = (vm, prototype);
        None
    }
}

/// The prototypes of views, by their element type.
const PROTOTYPES: [ObjectId; Element::ALL.len()] = [
    ObjectId::Int8ArrayPrototype,
    ObjectId::Uint8ArrayPrototype,
    ObjectId::Uint8ClampedArrayPrototype,
    ObjectId::Int16ArrayPrototype,
    ObjectId::Uint16ArrayPrototype,
    ObjectId::Int32ArrayPrototype,
    ObjectId::Uint32ArrayPrototype,
    ObjectId::Float32ArrayPrototype,
    ObjectId::Float64ArrayPrototype,
    ObjectId::DataViewPrototype,
];

/// The prototype that a buffer or view with this header has by itself.
fn prototype_of(header: u32) -> ObjectId {
    if header::kind(header) == Kind::Buffer as u32 {
        return ObjectId::ArrayBufferPrototype;
    }
    PROTOTYPES[element_of(header) as usize]
}

/// The element type in a view's header.
#[inline(always)]
pub(crate) fn element_of(header: u32) -> Element {
    Element::of_number(header::index(header))
}

/// The address of a view's first byte.
#[inline(always)]
fn first_byte(view: u32) -> u32 {
    load(view + BUFFER) + BYTES + word::to_int(load(view + OFFSET)) as u32
}

/// What a key is to a typed array.
enum Number {
    /// No number.
    Not,
    /// An index, which may be beyond the end.
    Index(u32),
    /// A number that no element has.
    Other,
}

fn number_of(key: u32) -> Number {
    if word::is_int(key) {
        return Number::Index(word::to_int(key) as u32);
    }
    let key = Value::of(key);
    if key.is_string() && crate::text::canonical_numeric_index(&key.text()).is_some() {
        return Number::Other;
    }
    Number::Not
}

/// The bits of an element that a small integer becomes.
fn bits_of_int(element: Element, number: i32) -> u64 {
    match element {
        Element::Uint8Clamped => number.clamp(0, 255) as u64,
        Element::Float32 => u64::from((number as f32).to_bits()),
        Element::Float64 => f64::from(number).to_bits(),
        _ => u64::from(number as u32),
    }
}

/// The bits of an element that a number becomes.
fn bits_of_number(element: Element, number: f64) -> u64 {
    match element {
        Element::Uint8Clamped => u64::from(crate::number::to_u8_clamp(number)),
        Element::Float32 => u64::from((number as f32).to_bits()),
        Element::Float64 => number.to_bits(),
        _ => u64::from(crate::number::to_u32(number)),
    }
}

/// The bits of the element at an address, which is aligned to its size or to 4.
#[inline]
pub fn load_bits(element: Element, address: u32) -> u64 {
    match element.shift() {
        0 => u64::from(load_byte(address)),
        1 => u64::from(load_half(address)),
        2 => u64::from(load(address)),
        _ => u64::from(load(address)) | u64::from(load(address + 4)) << 32,
    }
}

/// Writes the bits of an element, see [`load_bits`].
#[inline]
pub fn store_bits(element: Element, address: u32, bits: u64) {
    match element.shift() {
        0 => store_byte(address, bits as u32),
        1 => store_half(address, bits as u32),
        2 => store(address, bits as u32),
        _ => {
            store(address, bits as u32);
            store(address + 4, (bits >> 32) as u32);
        }
    }
}

impl Vm {
    /// A new buffer of so many bytes, all zero.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    pub fn new_buffer(&mut self, bytes: u32) -> Result<Value<'_>> {
        let words = bytes.div_ceil(4);
        if words > crate::heap::MAX_STORE || !self.has_room(words + 2) {
            return Err(self.throw_range("Array buffer allocation failed"));
        }
        let buffer = self.allocate(2 + words)?;
        store(buffer, header::make(Kind::Buffer, 0, 0));
        crate::gate::present!(TypedArrays);
        store(buffer + BYTE_LENGTH, bytes);
        fill(buffer + BYTES, words, 0);
        Ok(Value::of(buffer))
    }

    /// A new view of a buffer, with its length in elements and its position in bytes.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    pub fn new_view(
        &mut self,
        element: Element,
        buffer: Slot,
        offset: u32,
        length: u32,
    ) -> Result<Value<'_>> {
        debug_assert!(
            offset + (length << element.shift()) <= self.buffer_length(buffer),
            "beyond the buffer"
        );
        let view = self.allocate(4)?;
        store(view, header::make(Kind::View, 0, element as u32));
        store(view + LENGTH, Value::small(length as i32).word());
        store(view + BUFFER, load(buffer.0));
        store(view + OFFSET, Value::small(offset as i32).word());
        Ok(Value::of(view))
    }

    /// A new typed array with a buffer of its own.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    pub fn new_typed_array(&mut self, element: Element, length: u32) -> Result<Value<'_>> {
        let mark = self.mark();
        let [buffer] = self.slots()?;
        let bytes = length.saturating_mul(1 << element.shift());
        self.new_buffer(bytes)?.store(buffer);
        let view = self.new_view(element, buffer, 0, length)?.word();
        self.release(mark);
        Ok(Value::of(view))
    }

    /// The length of a buffer in bytes.
    #[inline]
    pub fn buffer_length(&self, buffer: Slot) -> u32 {
        load(load(buffer.0) + BYTE_LENGTH)
    }

    /// The address of a buffer's first byte, until something is allocated.
    #[inline]
    pub fn buffer_bytes(&self, buffer: Slot) -> u32 {
        load(buffer.0) + BYTES
    }

    /// What the elements of a view are; `None` if the value is none.
    pub fn element_type(&self, value: Slot) -> Option<Element> {
        let value = self.get(value);
        if value.is(Kind::View) { Some(element_of(value.header())) } else { None }
    }

    /// What the elements of a typed array are; `None` if the value is none.
    pub fn typed_array(&self, value: Slot) -> Option<Element> {
        self.element_type(value).filter(|element| *element != Element::DataView)
    }

    /// The length of a view.
    #[inline]
    pub fn view_length(&self, view: Slot) -> u32 {
        word::to_int(load(load(view.0) + LENGTH)) as u32
    }

    /// The position of a view in its buffer, in bytes.
    #[inline]
    pub fn view_offset(&self, view: Slot) -> u32 {
        word::to_int(load(load(view.0) + OFFSET)) as u32
    }

    /// The buffer of a view.
    #[inline]
    pub fn view_buffer(&self, view: Slot) -> Value<'_> {
        Value::of(load(load(view.0) + BUFFER))
    }

    /// The address of a view's first byte, until something is allocated.
    #[inline]
    pub fn view_bytes(&self, view: Slot) -> u32 {
        first_byte(load(view.0))
    }

    /// The value of an element's bits.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    pub fn element_value(&mut self, element: Element, bits: u64) -> Result<Value<'_>> {
        let bits32 = bits as u32;
        let number = match element {
            Element::Int8 => i32::from(bits32 as i8),
            Element::Int16 => i32::from(bits32 as i16),
            Element::Uint32 => return self.integer(i64::from(bits32)),
            Element::Float32 => return self.number(f64::from(f32::from_bits(bits32))),
            Element::Float64 => return self.number(f64::from_bits(bits)),
            _ => bits32 as i32,
        };
        self.integer(i64::from(number))
    }

    /// The element of a typed array, `undefined` beyond its end.
    pub(crate) fn read_element(&mut self, view: u32, index: u32) -> Result<Value<'_>> {
        let element = element_of(load(view));
        if element == Element::DataView || index >= load(view + LENGTH) >> 1 {
            return Ok(Value::UNDEFINED);
        }
        let bits = load_bits(element, first_byte(view) + (index << element.shift()));
        self.element_value(element, bits)
    }

    /// The bits of an element that a value becomes.
    ///
    /// # Errors
    /// What the conversion to a number throws.
    pub fn element_bits(&mut self, element: Element, value: Slot) -> Result<u64> {
        if let Some(i) = self.get(value).as_int() {
            return Ok(bits_of_int(element, i));
        }
        Ok(bits_of_number(element, self.to_number(value)?))
    }

    /// Writes the element of a typed array; beyond its end the value is only converted.
    pub fn write_element(&mut self, view: Slot, index: u32, value: Slot) -> Result<()> {
        let element = element_of(load(load(view.0)));
        let bits = self.element_bits(element, value)?;
        if index < self.view_length(view) {
            store_bits(element, self.view_bytes(view) + (index << element.shift()), bits);
        }
        Ok(())
    }

    fn own_of_view(&self, view: u32, key: u32) -> Option<Own> {
        if element_of(load(view)) == Element::DataView {
            return None;
        }
        match number_of(key) {
            Number::Not => None,
            Number::Index(index) if index < load(view + LENGTH) >> 1 => Some(Own::Lazy(attributes::ALL)),
            // Not even a prototype has it.
            Number::Index(_) | Number::Other => Some(Own::Absent(word::NULL)),
        }
    }

    /// Whether the key is a number; then the value was assigned.
    fn set_by_number(&mut self, view: Slot, key: Key, value: Slot) -> Result<bool> {
        if self.typed_array(view).is_none() {
            return Ok(false);
        }
        match number_of(self.key_word(key)) {
            Number::Not => return Ok(false),
            Number::Index(index) => self.write_element(view, index, value)?,
            Number::Other => self.to_number(value).map(drop)?,
        }
        Ok(true)
    }

    /// Defines an element; whether that was possible. `None` if the key is no number.
    fn define_by_number(&mut self, view: Slot, key: Key, descriptor: &Descriptor) -> Result<Option<bool>> {
        if self.typed_array(view).is_none() {
            return Ok(None);
        }
        let index = match number_of(self.key_word(key)) {
            Number::Not => return Ok(None),
            Number::Index(index) if index < self.view_length(view) => index,
            Number::Index(_) | Number::Other => return Err(self.throw_type("Invalid typed array index")),
        };
        if descriptor.given & !descriptor.attributes & attributes::ALL != 0
            || descriptor.getter.or(descriptor.setter).is_some()
        {
            return Ok(Some(false));
        }
        if let Some(value) = descriptor.value {
            self.write_element(view, index, value)?;
        }
        Ok(Some(true))
    }

    /// Refuses to lock elements.
    fn refuse_lock(&mut self, view: Slot, clear: u32) -> Result<()> {
        if clear == 0 || self.typed_array(view).is_none() || self.view_length(view) == 0 {
            return Ok(());
        }
        let frozen = clear & attributes::WRITABLE != 0;
        Err(self.throw_type(if frozen {
            "Cannot freeze array buffer views with elements"
        } else {
            "Cannot seal array buffer views with elements"
        }))
    }
}

/// The word of a typed array, for instructions that are only used on such; `None` for anything else.
#[inline(always)]
fn known_array(array: u32, index: u32) -> Option<(Element, u32)> {
    if !Value::of(array).is(Kind::View) {
        return None;
    }
    let element = element_of(load(array));
    let inside = element != Element::DataView && index < load(array + LENGTH) >> 1;
    inside.then(|| (element, first_byte(array) + (index << element.shift())))
}

/// The length of what is expected to be a typed array.
pub(crate) fn length_of(array: u32) -> u32 {
    if Value::of(array).is(Kind::View) { load(array + LENGTH) >> 1 } else { 0 }
}

/// The 32 bits of an element of what is expected to be a typed array of integers; 0 if there is none.
pub(crate) fn integer_at(array: u32, index: u32) -> u32 {
    match known_array(array, index) {
        Some((element, address)) => {
            let bits = load_bits(element, address) as u32;
            match element {
                Element::Int8 => i32::from(bits as i8) as u32,
                Element::Int16 => i32::from(bits as i16) as u32,
                _ => bits,
            }
        }
        None => 0,
    }
}

/// An element of what is expected to be a typed array of floats; NaN if there is none.
pub(crate) fn float_at(array: u32, index: u32) -> f64 {
    match known_array(array, index) {
        Some((Element::Float32, address)) => f64::from(f32::from_bits(load(address))),
        Some((Element::Float64, address)) => f64::from_bits(load_bits(Element::Float64, address)),
        _ => f64::NAN,
    }
}

/// Writes an element of what is expected to be a typed array of integers, if there is one.
pub(crate) fn set_integer_at(array: u32, index: u32, value: i32) {
    if let Some((element, address)) = known_array(array, index).filter(|(element, _)| element.is_integer()) {
        let bits = if element == Element::Uint8Clamped { value.clamp(0, 255) } else { value };
        store_bits(element, address, u64::from(bits as u32));
    }
}

/// Writes an element of what is expected to be a typed array of floats, if there is one.
pub(crate) fn set_float_at(array: u32, index: u32, value: f64) {
    match known_array(array, index) {
        Some((Element::Float32, address)) => store(address, (value as f32).to_bits()),
        Some((Element::Float64, address)) => store_bits(Element::Float64, address, value.to_bits()),
        _ => {}
    }
}
