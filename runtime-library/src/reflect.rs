//! `Reflect`: the operations that every object has, as functions. Where those of `Object` throw a refusal, these answer false.

use jerboa_rt::define::Descriptor;
use jerboa_rt::keys::Filter;
use jerboa_rt::memory::load;
use jerboa_rt::shape::attributes;
use jerboa_rt::value::{Key, Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{Args, ErrorKind, Piece, Result};

use super::function::{apply, push_list};
use super::object::prototype::check_prototype;
use super::object::{descriptor, enumerate};
use crate::object::descriptor::read_own_property;
use jerboa_rt::typed::is_no_element;

jerboa_rt::native! {
    /// `Reflect.apply(function, this, arguments)`
    fn jrt_n_reflect_apply(vm, args) {
        let [function, this, list] = args.take(vm)?;
        // Where `Function.prototype.apply` takes it that there are no arguments.
        if vm.get(function).is_callable() && vm.get(list).is_nullish() {
            return Err(vm.throw_type("CreateListFromArrayLike called on non-object"));
        }
        apply(vm, function, this, list)
    }

    /// `Reflect.construct(function, arguments, newTarget = function)`
    fn jrt_n_reflect_construct(vm, args) {
        let [function, list, given] = args.take(vm)?;
        let target = if args.len() > 2 { given } else { function };
        for callee in [function, target] {
            if !vm.is_constructor(vm.get(callee)) {
                return Err(vm.throw_error(
                    ErrorKind::Type,
                    &[Piece::value(callee), Piece::Text(" is not a constructor")],
                ));
            }
        }
        vm.push(function)?;
        vm.push_value(Value::UNDEFINED)?;
        let count = push_list(vm, list)?;
        vm.construct_for(count, target).map(Value::of)
    }

    /// `Reflect.defineProperty(object, key, descriptor)`
    fn jrt_n_reflect_define_property(vm, args) {
        let [object, key, description] = args.take(vm)?;
        check_target(vm, args, object)?;
        vm.to_property_key(key)?;
        let descriptor = descriptor::read(vm, description)?;
        if is_no_element(vm, object, Key::slot(key)) {
            return Ok(Value::FALSE);
        }
        Ok(Value::bool(vm.define_own_property(object, Key::slot(key), &descriptor)?))
    }

    /// `Reflect.deleteProperty(object, key)`
    fn jrt_n_reflect_delete_property(vm, args) {
        let [object, key] = args.take(vm)?;
        check_target(vm, args, object)?;
        vm.to_property_key(key)?;
        Ok(Value::bool(vm.delete_property(object, Key::slot(key))?))
    }

    /// `Reflect.get(object, key, receiver = object)`
    fn jrt_n_reflect_get(vm, args) {
        let [object, key, given] = args.take(vm)?;
        check_target(vm, args, object)?;
        vm.to_property_key(key)?;
        let receiver = if args.len() > 2 { given } else { object };
        vm.get_from(load(object.0), receiver, Key::slot(key))
    }

    /// `Reflect.getOwnPropertyDescriptor(object, key)`
    fn jrt_n_reflect_get_own_property_descriptor(vm, args) {
        let [object, key] = args.take(vm)?;
        let [result] = vm.slots()?;
        check_target(vm, args, object)?;
        vm.to_property_key(key)?;
        descriptor::describe(vm, object, Key::slot(key), result)?;
        Ok(vm.get(result))
    }

    /// `Reflect.getPrototypeOf(object)`
    fn jrt_n_reflect_get_prototype_of(vm, args) {
        let [object] = args.take(vm)?;
        check_target(vm, args, object)?;
        Ok(vm.prototype_of(object))
    }

    /// `Reflect.has(object, key)`
    fn jrt_n_reflect_has(vm, args) {
        let [object, key] = args.take(vm)?;
        check_target(vm, args, object)?;
        vm.to_property_key(key)?;
        Ok(Value::bool(vm.has_property(object, Key::slot(key), true)?))
    }

    /// `Reflect.isExtensible(object)`
    fn jrt_n_reflect_is_extensible(vm, args) {
        let [object] = args.take(vm)?;
        check_target(vm, args, object)?;
        Ok(Value::bool(vm.is_extensible(object)))
    }

    /// `Reflect.ownKeys(object)`
    fn jrt_n_reflect_own_keys(vm, args) {
        let [object] = args.take(vm)?;
        let [keys, symbols, symbol] = vm.slots()?;
        check_target(vm, args, object)?;
        vm.own_keys(object, Filter::All)?.store(keys);
        enumerate::stringify(vm, keys)?;
        vm.own_symbols(object)?.store(symbols);
        for i in 0..vm.array_length(symbols) {
            vm.array_get(symbols, i).store(symbol);
            vm.array_push(keys, symbol)?;
        }
        Ok(vm.get(keys))
    }

    /// `Reflect.preventExtensions(object)`
    fn jrt_n_reflect_prevent_extensions(vm, args) {
        let [object] = args.take(vm)?;
        check_target(vm, args, object)?;
        vm.lock_object(object, 0)?;
        Ok(Value::TRUE)
    }

    /// `Reflect.set(object, key, value, receiver = object)`
    fn jrt_n_reflect_set(vm, args) {
        let [object, key, value, given] = args.take(vm)?;
        check_target(vm, args, object)?;
        vm.to_property_key(key)?;
        let receiver = if args.len() > 3 { given } else { object };
        Ok(Value::bool(set(vm, object, Key::slot(key), value, receiver)?))
    }

    /// `Reflect.setPrototypeOf(object, prototype)`
    fn jrt_n_reflect_set_prototype_of(vm, args) {
        let [object, prototype] = args.take(vm)?;
        check_target(vm, args, object)?;
        check_prototype(vm, prototype)?;
        Ok(Value::bool(vm.set_prototype_of(object, prototype)?))
    }
}

/// Throws unless the first argument is an object.
fn check_target(vm: &mut Vm, args: Args, object: Slot) -> Result<()> {
    if vm.get(object).is_object() {
        return Ok(());
    }
    Err(vm.throw_error(
        ErrorKind::Type,
        &[Piece::Text("Reflect."), Piece::Native(args.callee()), Piece::Text(" called on non-object")],
    ))
}

/// OrdinarySet: the property is found in `object` or what it inherits from, and written to `receiver`. False if it may not be.
fn set(vm: &mut Vm, object: Slot, key: Key, value: Slot, receiver: Slot) -> Result<bool> {
    let [at, old, setter] = vm.slots()?;
    vm.copy(object, at);
    let found = loop {
        // A typed array lets no assignment to a number beyond its end get to what it inherits from.
        if is_no_element(vm, at, key) {
            if vm.get(at) == vm.get(receiver) {
                vm.set_property(at, key, value)?;
            }
            return Ok(true);
        }
        let own = read_own_property(vm, at, key, old, setter)?;
        if own.is_some() {
            break own;
        }
        vm.prototype_of(at).store(at);
        if vm.get(at).is_null() {
            break None;
        }
    };
    match found {
        Some(own) if own.is_accessor() => {
            if vm.get(setter).is_undefined() {
                return Ok(false);
            }
            let setter = load(setter.0);
            vm.call_setter(setter, receiver, key, value)?;
            return Ok(true);
        }
        Some(own) if own.attributes & attributes::WRITABLE == 0 => return Ok(false),
        _ => {}
    }
    if !vm.get(receiver).is_object() || is_no_element(vm, receiver, key) {
        return Ok(false);
    }
    let descriptor = match read_own_property(vm, receiver, key, old, setter)? {
        Some(own) if own.is_accessor() || own.attributes & attributes::WRITABLE == 0 => return Ok(false),
        Some(_) => Descriptor { value: Some(value), ..Descriptor::default() },
        None => Descriptor::data(value, attributes::ALL),
    };
    vm.define_own_property(receiver, key, &descriptor)
}
