//! `Object.keys`, `values`, `entries`, `getOwnPropertyNames`, `hasOwn`; `hasOwnProperty`, `propertyIsEnumerable`.

use jerboa_rt::keys::Filter;
use jerboa_rt::value::{Key, Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{Args, Result};

use super::{key_at, this_object};

jerboa_rt::native! {
    /// `Object.keys(object)`
    fn jrt_n_object_keys(vm, args) {
        names(vm, args, Filter::Enumerable)
    }

    /// `Object.getOwnPropertyNames(object)`
    fn jrt_n_object_get_own_property_names(vm, args) {
        names(vm, args, Filter::All)
    }

    /// `Object.getOwnPropertySymbols(object)`
    fn jrt_n_object_get_own_property_symbols(vm, args) {
        let [object] = args.take(vm)?;
        vm.to_object(object)?;
        vm.own_symbols(object)
    }

    /// `Object.values(object)`
    fn jrt_n_object_values(vm, args) {
        let [object] = args.take(vm)?;
        let [result, keys, key, value] = vm.slots()?;
        vm.to_object(object)?;
        vm.own_keys(object, Filter::Enumerable)?.store(keys);
        vm.new_array(vm.array_length(keys))?.store(result);
        for i in 0..vm.array_length(keys) {
            let key = key_at(vm, keys, i, key);
            if vm.is_enumerable(object, key) == Some(true) {
                vm.get_property(object, key)?.store(value);
                vm.array_push(result, value)?;
            }
        }
        Ok(vm.get(result))
    }

    /// `Object.entries(object)`
    fn jrt_n_object_entries(vm, args) {
        let [object] = args.take(vm)?;
        let [result, keys] = vm.slots()?;
        // The pair lies in two slots that follow each other, from which an entry is made.
        let [name, value, entry] = vm.slots()?;
        vm.to_object(object)?;
        vm.own_keys(object, Filter::Enumerable)?.store(keys);
        vm.new_array(vm.array_length(keys))?.store(result);
        for i in 0..vm.array_length(keys) {
            let key = key_at(vm, keys, i, name);
            if vm.is_enumerable(object, key) == Some(true) {
                vm.get_property(object, key)?.store(value);
                vm.key_to_string(name)?;
                vm.new_array_from(name, 2)?.store(entry);
                vm.array_push(result, entry)?;
            }
        }
        Ok(vm.get(result))
    }

    /// `Object.hasOwn(object, key)`
    fn jrt_n_object_has_own(vm, args) {
        let [object, key] = args.take(vm)?;
        vm.to_object(object)?;
        vm.to_property_key(key)?;
        Ok(Value::bool(vm.has_property(object, Key::slot(key), false)?))
    }

    /// `object.hasOwnProperty(key)`
    fn jrt_n_object_has_own_property(vm, args) {
        let [key] = args.take(vm)?;
        vm.to_property_key(key)?;
        let object = this_object(vm, args)?;
        Ok(Value::bool(vm.has_property(object, Key::slot(key), false)?))
    }

    /// `object.propertyIsEnumerable(key)`
    fn jrt_n_object_property_is_enumerable(vm, args) {
        let [key] = args.take(vm)?;
        vm.to_property_key(key)?;
        let object = this_object(vm, args)?;
        Ok(Value::bool(vm.is_enumerable(object, Key::slot(key)) == Some(true)))
    }
}

/// A new array of the own keys of the first argument, as strings.
fn names(vm: &mut Vm, args: Args, filter: Filter) -> Result<Value<'_>> {
    let [object] = args.take(vm)?;
    let [keys] = vm.slots()?;
    vm.to_object(object)?;
    vm.own_keys(object, filter)?.store(keys);
    stringify(vm, keys)?;
    Ok(vm.get(keys))
}

/// Makes strings of the indices in a list of keys.
pub(crate) fn stringify(vm: &mut Vm, keys: Slot) -> Result<()> {
    let [key] = vm.slots()?;
    for i in 0..vm.array_length(keys) {
        vm.array_get(keys, i).store(key);
        if vm.get(key).as_int().is_some() {
            vm.key_to_string(key)?;
            vm.array_set(keys, i, vm.get(key));
        }
    }
    Ok(())
}
