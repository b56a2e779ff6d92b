//! `__defineGetter__` and the like: what scripts used before there was `Object.defineProperty`.

use jerboa_rt::define::Descriptor;
use jerboa_rt::property::Own;
use jerboa_rt::value::{Key, Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{Args, ErrorKind, Piece, Result};

use crate::object::descriptor::read_own_property;

jerboa_rt::native! {
    /// `object.__defineGetter__(key, getter)`
    fn jrt_n_object_define_getter(vm, args) {
        define(vm, args, "__defineGetter__", |function| Descriptor::accessor(Some(function), None))
    }

    /// `object.__defineSetter__(key, setter)`
    fn jrt_n_object_define_setter(vm, args) {
        define(vm, args, "__defineSetter__", |function| Descriptor::accessor(None, Some(function)))
    }

    /// `object.__lookupGetter__(key)`
    fn jrt_n_object_lookup_getter(vm, args) {
        lookup(vm, args, false)
    }

    /// `object.__lookupSetter__(key)`
    fn jrt_n_object_lookup_setter(vm, args) {
        lookup(vm, args, true)
    }
}

fn define<'a>(
    vm: &'a mut Vm,
    args: Args,
    name: &str,
    descriptor: fn(Slot) -> Descriptor,
) -> Result<Value<'a>> {
    let [key, function] = args.take(vm)?;
    let object = args.this();
    vm.to_object(object)?;
    if !vm.get(function).is_callable() {
        let pieces =
            [Piece::Text("Object.prototype."), Piece::Text(name), Piece::Text(": Expecting function")];
        return Err(vm.throw_error(ErrorKind::Type, &pieces));
    }
    vm.to_property_key(key)?;
    if !vm.define_own_property(object, Key::slot(key), &descriptor(function))? {
        let pieces = [Piece::Text("Cannot redefine property: "), Piece::value(key)];
        return Err(vm.throw_error(ErrorKind::Type, &pieces));
    }
    Ok(Value::UNDEFINED)
}

/// The getter or setter of the property that an object has or inherits.
fn lookup(vm: &mut Vm, args: Args, wants_setter: bool) -> Result<Value<'_>> {
    let [key] = args.take(vm)?;
    let [value, setter] = vm.slots()?;
    let object = args.this();
    vm.to_object(object)?;
    vm.to_property_key(key)?;
    loop {
        if let Some(own) = read_own_property(vm, object, Key::slot(key), value, setter)? {
            return Ok(match own.is_accessor() {
                true if wants_setter => vm.get(setter),
                true => vm.get(value),
                false => Value::UNDEFINED,
            });
        }
        let key_word = vm.key_word(Key::slot(key));
        let Own::Absent(prototype) = vm.own_property(vm.get(object).word(), key_word) else {
            return Ok(Value::UNDEFINED);
        };
        if Value::of(prototype).is_null() {
            return Ok(Value::UNDEFINED);
        }
        Value::of(prototype).store(object);
    }
}
