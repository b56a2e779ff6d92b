//! `Object.defineProperty`, `Object.defineProperties`, `Object.getOwnPropertyDescriptor` and `…Descriptors`.

use jerboa_rt::define::Descriptor;
use jerboa_rt::value::{Key, Slot};
use jerboa_rt::vm::Vm;
use jerboa_rt::{ErrorKind, Piece, Result};

use super::{all_keys, descriptor, key_at};

jerboa_rt::native! {
    /// `Object.defineProperty(object, key, descriptor)`
    fn jrt_n_object_define_property(vm, args) {
        let [object, key, description] = args.take(vm)?;
        if !vm.get(object).is_object() {
            return Err(vm.throw_type("Object.defineProperty called on non-object"));
        }
        vm.to_property_key(key)?;
        let descriptor = descriptor::read(vm, description)?;
        define(vm, object, key, &descriptor)?;
        Ok(vm.get(object))
    }

    /// `Object.defineProperties(object, descriptors)`
    fn jrt_n_object_define_properties(vm, args) {
        let [object, properties] = args.take(vm)?;
        if !vm.get(object).is_object() {
            return Err(vm.throw_type("Object.defineProperties called on non-object"));
        }
        define_all(vm, object, properties)?;
        Ok(vm.get(object))
    }

    /// `Object.getOwnPropertyDescriptor(object, key)`
    fn jrt_n_object_get_own_property_descriptor(vm, args) {
        let [object, key] = args.take(vm)?;
        let [result] = vm.slots()?;
        vm.to_object(object)?;
        vm.to_property_key(key)?;
        descriptor::describe(vm, object, Key::slot(key), result)?;
        Ok(vm.get(result))
    }

    /// `Object.getOwnPropertyDescriptors(object)`
    fn jrt_n_object_get_own_property_descriptors(vm, args) {
        let [object] = args.take(vm)?;
        let [result, keys, key, description] = vm.slots()?;
        vm.to_object(object)?;
        vm.new_object()?.store(result);
        all_keys(vm, object, keys)?;
        for i in 0..vm.array_length(keys) {
            let key = key_at(vm, keys, i, key);
            descriptor::describe(vm, object, key, description)?;
            vm.define_field(result, key, description)?;
        }
        Ok(vm.get(result))
    }
}

/// Defines a property; a refusal is an error.
fn define(vm: &mut Vm, object: Slot, key: Slot, descriptor: &Descriptor) -> Result<()> {
    if vm.define_own_property(object, Key::slot(key), descriptor)? {
        return Ok(());
    }
    let exists = vm.has_property(object, Key::slot(key), false)?;
    let message: &[Piece<'_>] = if exists {
        &[Piece::Text("Cannot redefine property: "), Piece::value(key)]
    } else {
        &[
            Piece::Text("Cannot define property "),
            Piece::value(key),
            Piece::Text(", object is not extensible"),
        ]
    };
    Err(vm.throw_error(ErrorKind::Type, message))
}

/// Defines a property for each enumerable own property of `properties`. All descriptors are read before the first is used.
pub(super) fn define_all(vm: &mut Vm, object: Slot, properties: Slot) -> Result<()> {
    let mark = vm.mark();
    let [source, keys, key, list, description] = vm.slots()?;
    let [none] = vm.slots()?;
    vm.copy(properties, source);
    vm.to_object(source)?;
    all_keys(vm, source, keys)?;
    let count = vm.array_length(keys);
    // They are read and checked first, into a list of equal descriptors without getters.
    vm.new_array(count)?.store(list);
    for i in 0..count {
        let inner = vm.mark();
        let key = key_at(vm, keys, i, key);
        if vm.is_enumerable(source, key) != Some(true) {
            vm.array_push(list, none)?;
            continue;
        }
        vm.get_property(source, key)?.store(description);
        let read = descriptor::read(vm, description)?;
        settle(vm, &read, description)?;
        vm.array_push(list, description)?;
        vm.release(inner);
    }
    for i in 0..count {
        let inner = vm.mark();
        vm.array_get(list, i).store(description);
        if vm.get(description).is_undefined() {
            continue;
        }
        let descriptor = descriptor::read(vm, description)?;
        key_at(vm, keys, i, key);
        define(vm, object, key, &descriptor)?;
        vm.release(inner);
    }
    vm.release(mark);
    Ok(())
}

/// An object without prototype that describes what a descriptor says.
fn settle(vm: &mut Vm, descriptor: &Descriptor, to: Slot) -> Result<()> {
    use jerboa_rt::shape::attributes::{CONFIGURABLE, ENUMERABLE, WRITABLE};
    let [null, flag] = vm.slots()?;
    jerboa_rt::Value::NULL.store(null);
    vm.new_object_with_prototype(null, 4)?.store(to);
    for (name, slot) in [("value", descriptor.value), ("get", descriptor.getter), ("set", descriptor.setter)]
    {
        if let Some(slot) = slot {
            super::put(vm, to, name, slot)?;
        }
    }
    for (name, bit) in [("writable", WRITABLE), ("enumerable", ENUMERABLE), ("configurable", CONFIGURABLE)] {
        if descriptor.given & bit != 0 {
            jerboa_rt::Value::bool(descriptor.attributes & bit != 0).store(flag);
            super::put(vm, to, name, flag)?;
        }
    }
    Ok(())
}
