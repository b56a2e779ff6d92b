//! What a method of arrays makes: an array of its own, or what another constructor gives.
//!
//! Which constructor that is depends on the array's property `constructor`. A plain array, without properties of its own and
//! with the usual prototype, is taken to have the built-in one; others are asked only in programs that can tell, see
//! [`NativeId::ArraySpecies`].

use jerboa_abi::builtins::NativeId;
use jerboa_abi::value as word;
use jerboa_rt::memory::{load, store};
use jerboa_rt::value::Slot;
use jerboa_rt::vm::Vm;
use jerboa_rt::{Args, Result};

use super::{Subject, append, new_list};

/// A result that is filled from the start.
pub(crate) struct Output {
    /// The object.
    array: Slot,
    /// Whether a constructor of the program made it.
    foreign: bool,
    length: u64,
}

impl Output {
    /// A result like `subject`, which `length` elements are announced for; the object is put in a slot.
    ///
    /// # Errors
    /// What the constructor throws; a RangeError if there can be no such array.
    pub(super) fn like(vm: &mut Vm, subject: Subject, length: u64, array: Slot) -> Result<Output> {
        let plain = vm.properties_of(load(subject.object.0)).is_none();
        if !plain && vm.get(subject.object).is_array() {
            vm.index(length)?.store(array);
            let made = vm.call_hook(NativeId::ArraySpecies, &[subject.object, array])?;
            if let Some(made) = made.filter(|made| *made != word::EMPTY) {
                store(array.0, made);
                return Ok(Output { array, foreign: true, length: 0 });
            }
        }
        if length > u64::from(jerboa_rt::array::MAX_LENGTH) {
            return Err(vm.throw_range("Invalid array length"));
        }
        new_list(vm, length as u32, array)?;
        Ok(Output { array, foreign: false, length: 0 })
    }

    /// A result of `Array.of` and `Array.from`: of the constructor that is their `this`, with a length if it is known.
    ///
    /// # Errors
    /// As [`Output::like`].
    pub(super) fn of(vm: &mut Vm, args: Args, length: Option<u64>, array: Slot) -> Result<Output> {
        let this = args.this();
        if !vm.is_native(this, NativeId::Array) && vm.is_constructor(vm.get(this)) {
            vm.index(length.unwrap_or(0))?.store(array);
            let arguments: &[Slot] = if length.is_some() { &[this, array] } else { &[this] };
            if let Some(made) = vm.call_hook(NativeId::ConstructOther, arguments)? {
                store(array.0, made);
                return Ok(Output { array, foreign: true, length: 0 });
            }
        }
        let capacity = length.unwrap_or(0);
        if capacity > u64::from(jerboa_rt::array::MAX_LENGTH) {
            return Err(vm.throw_range("Invalid array length"));
        }
        new_list(vm, capacity as u32, array)?;
        Ok(Output { array, foreign: false, length: 0 })
    }

    /// How many elements it has, holes included.
    pub(super) fn len(&self) -> u64 {
        self.length
    }

    /// Makes room for `count` elements more, if it is an array of ours.
    ///
    /// # Errors
    /// A RangeError if the heap is full.
    pub(super) fn reserve(&self, vm: &mut Vm, count: u32) -> Result<()> {
        if self.foreign {
            return Ok(());
        }
        vm.array_reserve(self.array, vm.array_length(self.array).saturating_add(count))
    }

    /// Adds an element.
    ///
    /// # Errors
    /// A TypeError if the object does not take it; a RangeError if an array becomes too long, or the heap is full.
    pub(super) fn push(&mut self, vm: &mut Vm, value: Slot) -> Result<()> {
        if self.foreign {
            let mark = vm.mark();
            let [key] = vm.slots()?;
            vm.index(self.length)?.store(key);
            vm.to_property_key(key)?;
            vm.call_hook(NativeId::DefineOwnField, &[self.array, key, value])?;
            vm.release(mark);
        } else {
            append(vm, self.array, self.length as u32, value)?;
        }
        self.length += 1;
        Ok(())
    }

    /// Adds a hole.
    ///
    /// # Errors
    /// A RangeError if an array becomes too long, or the heap is full.
    pub(super) fn skip(&mut self, vm: &mut Vm) -> Result<()> {
        self.length += 1;
        if !self.foreign {
            vm.set_array_length(self.array, self.length as u32)?;
        }
        Ok(())
    }

    /// Assigns the length, which an array of ours has already.
    ///
    /// # Errors
    /// What a setter throws; a TypeError if the property is read-only.
    pub(super) fn finish(&self, vm: &mut Vm) -> Result<()> {
        if !self.foreign {
            return Ok(());
        }
        let subject = Subject::over(vm, self.array)?;
        subject.set_length(vm, self.length)
    }
}
