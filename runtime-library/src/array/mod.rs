//! `Array` and `Array.prototype`: generic on array-likes as the specification says, with short ways for real arrays.
//!
//! Lengths and indices are 64-bit, since an array-like may claim up to 2^53 - 1 elements; an array that is made has at most
//! [`jerboa_rt::array::MAX_LENGTH`].

pub mod by_copy;
pub mod construct;
pub mod copy;
pub mod iterate;
pub mod mutate;
mod output;
pub mod search;
pub mod sort;
pub mod text;

pub(super) use self::output::Output;
use jerboa_rt::number::{from_length, to_length};
use jerboa_rt::value::{Key, Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{Args, ErrorKind, Piece, Result, Thrown};

/// What an array method works on: `this` as an object, and a slot for keys.
#[derive(Clone, Copy)]
pub(crate) struct Subject {
    pub(crate) object: Slot,
    key: Slot,
}

impl Subject {
    /// As [`Subject::new`], for a method that the message for `undefined` and `null` names.
    pub(crate) fn named(vm: &mut Vm, args: Args) -> Result<(Subject, u64)> {
        if vm.get(args.this()).is_nullish() {
            return Err(vm.throw_error(
                ErrorKind::Type,
                &[
                    Piece::Text("Array.prototype."),
                    Piece::Native(args.callee()),
                    Piece::Text(" called on null or undefined"),
                ],
            ));
        }
        Subject::new(vm, args)
    }

    /// The subject of a method and its length at the beginning.
    pub(crate) fn new(vm: &mut Vm, args: Args) -> Result<(Subject, u64)> {
        let [object, key] = vm.slots()?;
        vm.copy(args.this(), object);
        vm.to_object(object)?;
        Subject { object, key }.measured(vm)
    }

    /// The subject of a method of typed arrays and its length, which no property can change.
    pub(crate) fn typed(vm: &mut Vm, args: Args) -> Result<(Subject, u64)> {
        let [object, key] = vm.slots()?;
        vm.copy(args.this(), object);
        crate::typed::require(vm, object)?;
        Ok((Subject { object, key }, u64::from(vm.view_length(object))))
    }

    /// The subject for an object in a slot, and its length.
    pub(crate) fn of(vm: &mut Vm, object: Slot) -> Result<(Subject, u64)> {
        let [key] = vm.slots()?;
        Subject { object, key }.measured(vm)
    }

    /// The subject for an object in a slot whose length is known.
    pub(crate) fn over(vm: &mut Vm, object: Slot) -> Result<Subject> {
        let [key] = vm.slots()?;
        Ok(Subject { object, key })
    }

    fn measured(self, vm: &mut Vm) -> Result<(Subject, u64)> {
        if vm.get(self.object).is(jerboa_abi::header::Kind::Array) {
            return Ok((self, u64::from(vm.array_length(self.object))));
        }
        vm.get_by_name(self.object, "length")?.store(self.key);
        Ok((self, to_length(vm.to_length(self.key)?)))
    }

    /// Puts an element in a slot.
    pub(crate) fn get(self, vm: &mut Vm, index: u64, to: Slot) -> Result<()> {
        vm.take_fuel()?;
        vm.index(index)?.store(self.key);
        vm.get_element(self.object, self.key)?.store(to);
        Ok(())
    }

    /// Whether there is an element; then it is put in a slot.
    pub(crate) fn get_present(self, vm: &mut Vm, index: u64, to: Slot) -> Result<bool> {
        if let Ok(index) = u32::try_from(index) {
            let element = vm.array_get(self.object, index);
            if !element.is_empty() {
                element.store(to);
                return Ok(true);
            }
        }
        // Thousands of millions of absent elements take a while.
        vm.take_fuel()?;
        vm.index(index)?.store(self.key);
        vm.to_property_key(self.key)?;
        if !vm.has_property(self.object, Key::slot(self.key), true)? {
            return Ok(false);
        }
        vm.get_property(self.object, Key::slot(self.key))?.store(to);
        Ok(true)
    }

    /// Assigns an element.
    pub(crate) fn set(self, vm: &mut Vm, index: u64, from: Slot) -> Result<()> {
        vm.index(index)?.store(self.key);
        vm.set_element(self.object, self.key, from)
    }

    /// Deletes an element, as strict code does.
    pub(crate) fn delete(self, vm: &mut Vm, index: u64) -> Result<()> {
        vm.index(index)?.store(self.key);
        vm.delete_element(self.object, self.key)
    }

    /// Moves an element, or the absence of one.
    pub(crate) fn shift(self, vm: &mut Vm, from: u64, to: u64, value: Slot) -> Result<()> {
        if self.get_present(vm, from, value)? { self.set(vm, to, value) } else { self.delete(vm, to) }
    }

    /// Assigns `length`.
    pub(crate) fn set_length(self, vm: &mut Vm, length: u64) -> Result<()> {
        jerboa_rt::present!(ArrayLengths);
        vm.index(length)?.store(self.key);
        vm.set_by_name(self.object, "length", self.key)
    }

    /// Calls a callback with an element, its index and the object; the result is put in a slot.
    pub(crate) fn call(
        self,
        vm: &mut Vm,
        callback: Slot,
        this: Slot,
        element: Slot,
        index: u64,
        to: Slot,
    ) -> Result<()> {
        vm.index(index)?.store(self.key);
        vm.call_with(callback, this, &[element, self.key, self.object])?.store(to);
        Ok(())
    }
}

/// An index argument in 0 to `length`, negative ones counting from the end; `missing` if it is `undefined`.
pub(crate) fn relative_index(vm: &mut Vm, argument: Slot, length: u64, missing: u64) -> Result<u64> {
    if vm.get(argument).is_undefined() {
        return Ok(missing);
    }
    // Both are below 2^53, so the conversions are exact.
    Ok(to_length(vm.to_relative_index(argument, from_length(length))?))
}

/// Refuses what is no function.
pub(crate) fn require_callable(vm: &mut Vm, callback: Slot) -> Result<()> {
    if vm.get(callback).is_callable() { Ok(()) } else { Err(not_callable(vm, callback)) }
}

#[cold]
fn not_callable(vm: &mut Vm, callback: Slot) -> Thrown {
    vm.throw_error(ErrorKind::Type, &[Piece::value(callback), Piece::Text(" is not a function")])
}

/// Appends to an array that a native is building.
pub(super) fn append(vm: &mut Vm, array: Slot, index: u32, value: Slot) -> Result<()> {
    debug_assert_eq!(vm.array_length(array), index);
    vm.array_append(array, value)
}

/// A new array with room for `capacity` elements, where a program's number is not to be trusted: at most a few are reserved.
pub(super) fn new_list(vm: &mut Vm, capacity: u32, to: Slot) -> Result<()> {
    vm.new_array(capacity.min(64))?.store(to);
    Ok(())
}

/// Whether the value is a real array whose elements can be moved directly: without attributes, and without holes in the
/// range, which would show what the prototypes have.
pub(super) fn is_packed(vm: &Vm, array: Slot) -> bool {
    vm.is_simple_array(array) && (0..vm.array_length(array)).all(|i| !vm.array_get(array, i).is_empty())
}

/// The value of a missing element.
pub(super) const MISSING: Value<'static> = Value::UNDEFINED;
