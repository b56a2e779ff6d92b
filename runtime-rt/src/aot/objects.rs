//! Objects, arrays, closures and their properties.

use jerboa_abi::header::{self, Kind, closure};
use jerboa_abi::image::function;
use jerboa_abi::value as word;

use super::{address, enter, entries, hold, status, truth, val, vm};
use crate::define::Descriptor;
use crate::image::function_at;
use crate::memory::{load, load_half, move_words, store};
use crate::shape::attributes;
use crate::value::{Key, Slot, Value};
use crate::vm::Vm;
use crate::{Result, Thrown};

/// The value of a property of any value.
#[inline(never)]
fn get_property(sp: *mut u32, object: u32, key: u32) -> u32 {
    let (vm, [object]) = hold(sp, [object]);
    val(crate::property::property(vm, object, Key(key)))
}

#[inline(never)]
fn set_property(sp: *mut u32, object: u32, key: u32, value: u32) -> u32 {
    let (vm, [object, value]) = hold(sp, [object, value]);
    status(crate::property::set_property(vm, object, Key(key), value))
}

/// Defines a property of an object literal.
fn define(
    sp: *mut u32,
    object: u32,
    key: u32,
    value: u32,
    descriptor: impl FnOnce(Slot) -> Descriptor,
) -> u32 {
    let (vm, [object, key, value]) = hold(sp, [object, key, value]);
    status(
        vm.to_property_key(key)
            .and_then(|()| vm.define_own_property(object, Key::slot(key), &descriptor(value)).map(drop)),
    )
}

fn new_object(vm: &mut Vm, top: u32, shape: u32) -> Result<u32> {
    let count = vm.shape_count(shape);
    let capacity = if count == 0 { crate::object::DEFAULT_CAPACITY } else { count };
    let object = vm.new_object_of_shape(shape, capacity)?.word();
    move_words(top - 4 * count, object + 4, count);
    Ok(object)
}

fn new_closure(vm: &mut Vm, first: u32, function: u32, captures: u32) -> Result<u32> {
    let flags = load_half(function_at(vm.image, function) + function::FLAGS as u32);
    let properties = u32::from(flags & u32::from(function::PROPERTIES) != 0);
    let words = captures + properties;
    let object = vm.allocate(1 + words)?;
    let aux = words | if properties != 0 { closure::HAS_PROPERTIES } else { 0 };
    store(object, header::make(Kind::Function, aux, function));
    store(object + 4, word::UNDEFINED);
    move_words(first, object + 4 + 4 * properties, captures);
    Ok(object)
}

/// A result that is a word already.
#[inline(always)]
pub(super) fn result_word(result: Result<u32>) -> u32 {
    match result {
        Ok(word) => word,
        Err(Thrown) => word::EXCEPTION,
    }
}

entries! {
    /// The length of a string.
    fn jrt_str_length(sp: sp, string: val) -> val {
        let (vm, [string]) = hold(sp, [string]);
        result_word(vm.string_length(string).map(|length| Value::small(length as i32).word()))
    }

    /// A code unit of a string.
    fn jrt_str_unit(sp: sp, string: val, index: i32) -> val {
        let (vm, [string]) = hold(sp, [string]);
        let unit = vm.flatten(string).map(|()| vm.code_unit_at(string, index as u32));
        result_word(unit.map(|unit| Value::small(i32::from(unit.unwrap_or(0))).word()))
    }

    /// An object of a shape, whose values are below `top`.
    fn jrt_new_object(top: top, shape: i32) -> val {
        let top = address(top);
        result_word(new_object(enter(top), top, shape as u32))
    }

    /// An array of the `count` values below `top`.
    fn jrt_new_array(top: top, count: i32) -> val {
        let (top, count) = (address(top), count as u32);
        val(enter(top).new_array_literal(Slot(top - 4 * count), count))
    }

    /// A closure over the `captures` values below `top`.
    fn jrt_closure(top: top, function: i32, captures: i32) -> val {
        let (top, captures) = (address(top), captures as u32);
        result_word(new_closure(enter(top), top - 4 * captures, function as u32, captures))
    }

    /// A variable that several closures share.
    fn jrt_new_cell(sp: sp, value: val) -> val {
        let (vm, [value]) = hold(sp, [value]);
        val(vm.new_cell(value))
    }

    /// The object that `new` makes for a base constructor, for this `new.target`.
    fn jrt_new_instance(sp: sp, new_target: val) -> val {
        let (vm, [new_target]) = hold(sp, [new_target]);
        val(vm.new_this(new_target))
    }

    /// `globalThis`
    fn jrt_global_object(sp: sp) -> val {
        enter(address(sp)).global_object().word()
    }

    /// `object.key`; the key is a constant of the image.
    fn jrt_get_prop(sp: sp, object: val, key: i32) -> val {
        let vm = vm();
        let key = vm.constant_word(key as u32);
        match vm.cached_slot(object, key) {
            Some((slot, _)) => load(slot),
            None => get_property(sp, object, key),
        }
    }

    /// `object.key = value`.
    fn jrt_set_prop(sp: sp, object: val, key: i32, value: val) -> status {
        let vm = vm();
        let key = vm.constant_word(key as u32);
        match vm.cached_slot(object, key) {
            Some((slot, true)) => {
                store(slot, value);
                0
            }
            _ => set_property(sp, object, key, value),
        }
    }

    /// `object[key]`.
    fn jrt_get_elem(sp: sp, object: val, key: val) -> val {
        match vm().fast_element(object, key) {
            Some(element) => element,
            None => {
                let (vm, [object, key]) = hold(sp, [object, key]);
                val(crate::property::element(vm, object, key))
            }
        }
    }

    /// `object[key] = value`.
    fn jrt_set_elem(sp: sp, object: val, key: val, value: val) -> status {
        if vm().fast_store(object, key, value) {
            return 0;
        }
        let (vm, [object, key, value]) = hold(sp, [object, key, value]);
        status(crate::property::set_element(vm, object, key, value))
    }

    /// `object[index]`.
    fn jrt_get_elem_i(sp: sp, object: val, index: i32) -> val {
        match vm().fast_element_at(object, index as u32) {
            Some(element) => element,
            None => {
                let (vm, [object]) = hold(sp, [object]);
                val(crate::property::element_at(vm, object, index))
            }
        }
    }

    /// `object[index] = value`.
    fn jrt_set_elem_i(sp: sp, object: val, index: i32, value: val) -> status {
        if vm().fast_store_at(object, index as u32, value) {
            return 0;
        }
        let (vm, [object, value]) = hold(sp, [object, value]);
        status(crate::property::set_element_at(vm, object, index, value))
    }

    /// `array.push(value)` if that is the built-in method: the new length. `EMPTY` if it may be another one.
    fn jrt_push(sp: sp, array: val, value: val) -> val {
        if !word::is_pointer(array) || !vm().pushes_as_built_in(load(array)) {
            return word::EMPTY;
        }
        if vm().fast_push(array, load(array), value).is_some() {
            return load(array + 4);
        }
        let (vm, [array, value]) = hold(sp, [array, value]);
        match vm.array_append(array, value) {
            Ok(()) => load(load(array.0) + 4),
            Err(Thrown) => word::EXCEPTION,
        }
    }

    /// `delete object.key`.
    fn jrt_delete_prop(sp: sp, object: val, key: i32) -> truth {
        let key = vm().constant_word(key as u32);
        let (vm, [object, key]) = hold(sp, [object, key]);
        truth(vm.delete_element(object, key).map(|()| true))
    }

    /// `delete object[key]`.
    fn jrt_delete_elem(sp: sp, object: val, key: val) -> truth {
        let (vm, [object, key]) = hold(sp, [object, key]);
        truth(vm.delete_element(object, key).map(|()| true))
    }

    /// A data property of an object literal.
    fn jrt_define_field(sp: sp, object: val, key: val, value: val) -> status {
        define(sp, object, key, value, |value| Descriptor::data(value, attributes::ALL))
    }

    /// A getter of an object literal.
    fn jrt_define_getter(sp: sp, object: val, key: val, getter: val) -> status {
        define(sp, object, key, getter, |getter| Descriptor::accessor(Some(getter), None))
    }

    /// A setter of an object literal.
    fn jrt_define_setter(sp: sp, object: val, key: val, setter: val) -> status {
        define(sp, object, key, setter, |setter| Descriptor::accessor(None, Some(setter)))
    }

    /// `__proto__: proto` in an object literal.
    fn jrt_set_proto(sp: sp, object: val, proto: val) -> status {
        if !Value::of(proto).is_object() && proto != word::NULL {
            return 0;
        }
        let (vm, [object, proto]) = hold(sp, [object, proto]);
        status(vm.set_prototype_of(object, proto).map(drop))
    }
}
