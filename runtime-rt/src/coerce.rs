//! Conversions between types (ES5 chapter 9).
//!
//! Those that change a value do it in its slot; a caller that must keep the original pushes a copy first.

use jerboa_abi::builtins::NativeId;
use jerboa_abi::header::{self, Kind};
use jerboa_abi::value as word;

use crate::Result;
use crate::gate::gate;
use crate::instance::InstanceClass;
use crate::memory::{load, store};
use crate::number::{self, SHORTEST_BUFFER};
use crate::property::name;
use crate::value::{Slot, Value, kind_of};
use crate::vm::Vm;

/// What an object should become when a primitive is needed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Hint {
    /// No preference: a number, but of a Date a string, unless the object has a method `Symbol.toPrimitive`.
    Default,
    /// A number.
    Number,
    /// A string.
    String,
}

gate! {
    if Conversions, fn object_to_primitive(vm: &mut Vm, slot: Slot, hint: Hint) -> Result<()> {
        vm.primitive_of_object(slot, hint)
    }
    /// The number that a flat string is.
    if StringsToNumbers, fn string_to_number(vm: &Vm, string: Slot) -> f64 {
        number::string_to_number(vm.text(string))
    }
    /// The text of a number that is no small integer.
    if Doubles, fn double_to_string(vm: &mut Vm, number: f64) -> Result<Value<'_>> {
        vm.check_room_for_digits()?;
        vm.new_string(text_of_number(number, &mut [0; SHORTEST_BUFFER]))
    }
    /// The text, found fast where it is worth a kilobyte.
    if NumberTexts, fn text_of_number(number: f64, buffer: &mut [u8; SHORTEST_BUFFER]) -> &[u8] {
        number::f64_to_string_shortest(number, buffer)
    } else {
        number::f64_to_string_compact(number, buffer)
    }
    /// The same in less code.
    if Doubles, fn double_to_string_compact(vm: &mut Vm, number: f64) -> Result<Value<'_>> {
        vm.check_room_for_digits()?;
        vm.new_string(number::f64_to_string_compact(number, &mut [0; SHORTEST_BUFFER]))
    }
}

gate! {
    if Doubles, fn give_text_of_double(number: f64, to: &mut dyn FnMut(&[u8])) -> () {
        to(text_of_number(number, &mut [0; SHORTEST_BUFFER]))
    }
}

gate! {
    /// Whether there is stack for [`give_text`] of a value: see [`Vm::check_room_for_digits`].
    if Doubles, pub fn check_room_for_text(vm: &mut Vm, slot: Slot) -> Result<()> {
        if vm.get(slot).is(Kind::Double) { vm.check_room_for_digits() } else { Ok(()) }
    } else {
        let _ = (vm, slot);
        Ok(())
    }
}

/// Gives the text of a primitive value to a function, which takes much stack ([`check_room_for_text`]); false if the value is none, or a symbol. A rope must be flat.
#[inline(never)]
pub fn give_text(value: Value<'_>, to: &mut dyn FnMut(&[u8])) -> bool {
    if let Some(i) = value.as_int() {
        to(number::i32_to_decimal(i, &mut [0; number::I32_BUFFER]));
    } else if value.is_string() {
        to(&value.text());
    } else if value.is(Kind::Double) {
        give_text_of_double(value.double(), to);
    } else {
        to(match value.word() {
            word::UNDEFINED | word::EMPTY => b"undefined",
            word::NULL => b"null",
            word::TRUE => b"true",
            word::FALSE => b"false",
            _ => return false,
        });
    }
    true
}

impl Vm {
    /// ToPrimitive: an object in the slot becomes what its `valueOf` or `toString` gives.
    ///
    /// # Errors
    /// Whatever those throw; a TypeError if none gives a primitive.
    #[inline]
    pub fn to_primitive(&mut self, slot: Slot, hint: Hint) -> Result<()> {
        if self.get(slot).is_object() { object_to_primitive(self, slot, hint) } else { Ok(()) }
    }

    fn primitive_of_object(&mut self, slot: Slot, hint: Hint) -> Result<()> {
        let mut names = [name::VALUE_OF, name::TO_STRING];
        let date = hint == Hint::Default && self.get(slot).instance_class() == Some(InstanceClass::Date);
        if hint == Hint::String || date {
            names.reverse();
        }
        let mark = self.mark();
        if crate::image::find_native(self.image, NativeId::CustomPrimitive).is_some() {
            let hint = self.push_word(Value::small(hint as i32).word())?;
            let custom = self.call_hook(NativeId::CustomPrimitive, &[slot, hint])?.unwrap_or(word::EMPTY);
            self.release(mark);
            if custom != word::EMPTY {
                store(slot.0, custom);
                return Ok(());
            }
        }
        self.ordinary_primitive(slot, names)
    }

    /// The first primitive value that a method with one of these names gives takes the object's place in the slot.
    ///
    /// # Errors
    /// Whatever those throw; a TypeError if none gives a primitive.
    pub fn ordinary_primitive(&mut self, slot: Slot, names: [u16; 2]) -> Result<()> {
        let mark = self.mark();
        for name in names {
            let method = self.get_named(slot, name)?;
            if !method.is_callable() {
                continue;
            }
            let method = method.word();
            self.push_word(method)?;
            self.push(slot)?;
            let result = self.call_word(0)?;
            self.release(mark);
            if !Value::of(result).is_object() {
                store(slot.0, result);
                return Ok(());
            }
        }
        Err(self.throw_type("Cannot convert object to primitive value"))
    }

    /// ToNumber. The slot keeps its value.
    ///
    /// # Errors
    /// Whatever the conversion of an object throws; a TypeError for symbols.
    #[inline]
    pub fn to_number(&mut self, slot: Slot) -> Result<f64> {
        let value = self.get(slot);
        if let Some(i) = value.as_int() {
            return Ok(f64::from(i));
        }
        if value.is(Kind::Double) {
            return Ok(value.double());
        }
        self.number_of_other(slot)
    }

    #[inline(never)]
    fn number_of_other(&mut self, slot: Slot) -> Result<f64> {
        let mark = self.mark();
        let value = self.push(slot)?;
        self.to_primitive(value, Hint::Number)?;
        let result = match load(value.0) {
            word::UNDEFINED | word::EMPTY => f64::NAN,
            word::NULL | word::FALSE => 0.0,
            word::TRUE => 1.0,
            _ if self.get(value).is_string() => {
                self.flatten(value)?;
                self.check_room_for_digits()?;
                string_to_number(self, value)
            }
            _ => match self.get(value).as_number() {
                Some(number) => number,
                None => return Err(self.throw_type("Cannot convert a Symbol value to a number")),
            },
        };
        self.release(mark);
        Ok(result)
    }

    /// ToInt32. The slot keeps its value.
    ///
    /// # Errors
    /// As [`Vm::to_number`].
    #[inline]
    pub fn to_i32(&mut self, slot: Slot) -> Result<i32> {
        match self.get(slot).as_int() {
            Some(i) => Ok(i),
            None => Ok(number::to_i32(self.to_number(slot)?)),
        }
    }

    /// ToIntegerOrInfinity. The slot keeps its value.
    ///
    /// # Errors
    /// As [`Vm::to_number`].
    pub fn to_integer(&mut self, slot: Slot) -> Result<f64> {
        match self.get(slot).as_int() {
            Some(i) => Ok(f64::from(i)),
            None => Ok(number::to_integer_or_infinity(self.to_number(slot)?)),
        }
    }

    /// ToLength, up to 2^53 - 1. The slot keeps its value.
    ///
    /// # Errors
    /// As [`Vm::to_number`].
    pub fn to_length(&mut self, slot: Slot) -> Result<f64> {
        Ok(number::clamp(self.to_integer(slot)?, 9_007_199_254_740_991.0))
    }

    /// An index argument as `slice` and its like take it: negative ones count from the end; the result lies in 0 to
    /// `len`. The slot keeps its value.
    ///
    /// # Errors
    /// As [`Vm::to_number`].
    pub fn to_relative_index(&mut self, slot: Slot, len: f64) -> Result<f64> {
        let index = self.to_integer(slot)?;
        Ok(if index < 0.0 { (len + index).max(0.0) } else { index.min(len) })
    }

    /// ToString: the value in the slot becomes its string (which may be a rope; see [`Vm::flatten`]).
    ///
    /// # Errors
    /// Whatever the conversion of an object throws; a TypeError for symbols.
    #[inline]
    pub fn to_string(&mut self, slot: Slot) -> Result<()> {
        if self.get(slot).is_string() { Ok(()) } else { self.stringify_other(slot) }
    }

    /// ToString, and flat: [`Value::text`] gives its bytes.
    ///
    /// # Errors
    /// As [`Vm::to_string`].
    pub fn to_flat_string(&mut self, slot: Slot) -> Result<()> {
        self.to_string(slot)?;
        self.flatten(slot)
    }

    #[inline(never)]
    fn stringify_other(&mut self, slot: Slot) -> Result<()> {
        self.to_primitive(slot, Hint::String)?;
        self.primitive_to_string(slot)
    }

    /// ToString of a value that is no object.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full, a TypeError for symbols.
    #[inline(never)]
    pub(crate) fn primitive_to_string(&mut self, slot: Slot) -> Result<()> {
        self.primitive_to_string_by(slot, double_to_string)
    }

    /// As [`Vm::primitive_to_string`], in less code.
    ///
    /// # Errors
    /// The same.
    #[inline(never)]
    pub(crate) fn primitive_to_string_compact(&mut self, slot: Slot) -> Result<()> {
        // On devices a gate has chosen the compact way already where the program is a small one.
        if cfg!(target_os = "none") {
            return self.primitive_to_string(slot);
        }
        self.primitive_to_string_by(slot, double_to_string_compact)
    }

    #[inline(always)]
    fn primitive_to_string_by(
        &mut self,
        slot: Slot,
        format: impl for<'a> Fn(&'a mut Vm, f64) -> Result<Value<'a>>,
    ) -> Result<()> {
        let text: &[u8] = match load(slot.0) {
            word::UNDEFINED | word::EMPTY => b"undefined",
            word::NULL => b"null",
            word::FALSE => b"false",
            word::TRUE => b"true",
            _ if self.get(slot).is_string() => return Ok(()),
            _ => {
                let string = match (self.get(slot).as_int(), self.get(slot).as_number()) {
                    (Some(i), _) => {
                        self.new_string(number::i32_to_decimal(i, &mut [0; number::I32_BUFFER]))?
                    }
                    (None, Some(number)) => format(self, number)?,
                    _ => return Err(self.throw_type("Cannot convert a Symbol value to a string")),
                }
                .word();
                store(slot.0, string);
                return Ok(());
            }
        };
        let string = match crate::image::find_atom(self.image, text) {
            Some(atom) => atom,
            None => self.new_string(text)?.word(),
        };
        store(slot.0, string);
        Ok(())
    }

    /// ToPropertyKey: the value in the slot becomes a key: a small integer, an interned string or a symbol.
    ///
    /// # Errors
    /// As [`Vm::to_string`].
    pub fn to_property_key(&mut self, slot: Slot) -> Result<()> {
        let key = load(slot.0);
        if word::is_int(key) && word::to_int(key) >= 0 {
            return Ok(());
        }
        if word::is_pointer(key) {
            let header = load(key);
            let done = match kind_of(header) {
                Kind::String | Kind::LongString => header::aux(header) & header::string::ATOM != 0,
                Kind::Symbol => true,
                _ => false,
            };
            // An interned string of the heap may be the text of an index only if the index is too great for a small one.
            if done {
                return Ok(());
            }
        }
        self.to_primitive(slot, Hint::String)?;
        if self.get(slot).is(Kind::Symbol) {
            return Ok(());
        }
        self.to_flat_string(slot)?;
        let index = crate::text::array_index(self.text(slot));
        if let Some(index) = index.and_then(|index| i32::try_from(index).ok()).and_then(Value::int) {
            store(slot.0, index.word());
            return Ok(());
        }
        self.intern(slot)
    }

    /// The string of a property key in a slot, which becomes it: small integers are written out.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    pub fn key_to_string(&mut self, slot: Slot) -> Result<()> {
        if self.get(slot).is(Kind::Symbol) { Ok(()) } else { self.to_string(slot) }
    }

    /// ToObject: a primitive in the slot becomes a wrapper object.
    ///
    /// # Errors
    /// Throws a TypeError for undefined and null.
    pub fn to_object(&mut self, slot: Slot) -> Result<()> {
        let value = self.get(slot);
        if value.is_object() {
            return Ok(());
        }
        if value.is_nullish() || value.is_empty() {
            return Err(self.throw_type("Cannot convert undefined or null to object"));
        }
        let wrapper = self.new_wrapper(slot)?.word();
        store(slot.0, wrapper);
        Ok(())
    }

    /// A wrapper object of the primitive in a slot.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    pub fn new_wrapper(&mut self, slot: Slot) -> Result<Value<'_>> {
        let mark = self.mark();
        let value = self.push(slot)?;
        self.flatten(value)?;
        let wrapper = self.allocate(2)?;
        store(wrapper, header::make(Kind::Wrapper, 0, 0));
        crate::gate::present!(Wrappers);
        store(wrapper + 4, load(value.0));
        self.release(mark);
        Ok(Value::of(wrapper))
    }

    /// The primitive inside a wrapper object (or a built-in prototype that is one); `None` for anything else.
    pub fn wrapped(&self, slot: Slot) -> Option<Value<'_>> {
        use jerboa_abi::builtins::Class;
        let value = self.get(slot);
        match value.kind()? {
            Kind::Wrapper => Some(Value::of(load(value.word() + 4))),
            Kind::RomObject => match crate::image::rom_class(value.word()) {
                class if class == Class::String as u32 => Some(Value::EMPTY_STRING),
                class if class == Class::Number as u32 => Some(Value::small(0)),
                class if class == Class::Boolean as u32 => Some(Value::FALSE),
                _ => None,
            },
            _ => None,
        }
    }
}
