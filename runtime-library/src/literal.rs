//! Parts of literals and patterns: spread and rest properties, and the strings of tagged templates.

use jerboa_rt::define::Descriptor;
use jerboa_rt::instance::InstanceClass;
use jerboa_rt::keys::Filter;
use jerboa_rt::memory::load;
use jerboa_rt::present;
use jerboa_rt::property::name;
use jerboa_rt::shape::attributes;
use jerboa_rt::value::{Key, Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{Args, Result};

use crate::object::descriptor::read_own_property;

/// What a frozen object's properties lose.
const LOCKED: u32 = attributes::WRITABLE | attributes::CONFIGURABLE;

jerboa_rt::native! {
    /// Copies the own enumerable properties of the second argument to the first, but for those whose keys follow:
    /// `{...b}`, and the rest of `{a, ...rest} = b`.
    fn jrt_n_copy_properties(vm, args) {
        let [target, source] = args.take(vm)?;
        if vm.get(source).is_nullish() {
            return Ok(vm.get(target));
        }
        let [object, keys] = vm.slots()?;
        vm.copy(source, object);
        vm.to_object(object)?;
        vm.own_keys(object, Filter::Enumerable)?.store(keys);
        copy(vm, args, target, object, keys)?;
        vm.own_symbols(object)?.store(keys);
        copy(vm, args, target, object, keys)?;
        Ok(vm.get(target))
    }

    /// Makes the first argument of a tag function of the strings (cooked and raw) of a template.
    fn jrt_n_template_object(vm, args) {
        let [cooked, raw] = args.take(vm)?;
        let [key] = vm.slots()?;
        vm.lock_object(raw, LOCKED)?;
        vm.well_known(name::RAW)?.store(key);
        vm.define_own_property(cooked, Key::slot(key), &Descriptor::data(raw, 0))?;
        vm.lock_object(cooked, LOCKED)?;
        Ok(vm.get(cooked))
    }

    /// Makes a module's namespace object of an object that has a getter for each exported name.
    fn jrt_n_module_namespace(vm, args) {
        let [exports] = args.take(vm)?;
        let [namespace, keys, key, getter, setter, none] = vm.slots()?;
        present!(Modules);
        Value::NULL.store(key);
        vm.new_instance(InstanceClass::Module, key, none)?.store(namespace);
        vm.own_keys(exports, Filter::Enumerable)?.store(keys);
        for i in 0..vm.array_length(keys) {
            vm.array_get(keys, i).store(key);
            if read_own_property(vm, exports, Key::slot(key), getter, setter)?.is_some() {
                let descriptor = Descriptor::accessor(Some(getter), None);
                vm.define_own_property(namespace, Key::slot(key), &descriptor)?;
            }
        }
        vm.well_known(name::TO_STRING_TAG)?.store(key);
        vm.new_string(b"Module")?.store(getter);
        vm.define_own_property(namespace, Key::slot(key), &Descriptor::data(getter, 0))?;
        vm.lock_object(namespace, attributes::CONFIGURABLE)?;
        Ok(vm.get(namespace))
    }
}

/// Copies the properties with these keys.
fn copy(vm: &mut Vm, args: Args, target: Slot, object: Slot, keys: Slot) -> Result<()> {
    let [key, value] = vm.slots()?;
    for i in 0..vm.array_length(keys) {
        vm.array_get(keys, i).store(key);
        let mut excluded = false;
        for k in 2..args.len() {
            excluded |= args.get(k).is_some_and(|other| load(other.0) == load(key.0));
        }
        if !excluded && vm.is_enumerable_word(load(object.0), load(key.0)) {
            vm.get_property(object, Key::slot(key))?.store(value);
            vm.define_field(target, Key::slot(key), value)?;
        }
    }
    Ok(())
}
