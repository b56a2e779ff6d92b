//! Prototypes: `getPrototypeOf`, `setPrototypeOf`, `__proto__`, `isPrototypeOf`; and `valueOf`.

use jerboa_abi::value as word;
use jerboa_rt::memory::load;
use jerboa_rt::value::{Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{ErrorKind, Piece, Result};

use super::this_object;

jerboa_rt::native! {
    /// `Object.getPrototypeOf(object)`
    fn jrt_n_object_get_prototype_of(vm, args) {
        let [object] = args.take(vm)?;
        vm.to_object(object)?;
        Ok(vm.prototype_of(object))
    }

    /// `Object.setPrototypeOf(object, prototype)`
    fn jrt_n_object_set_prototype_of(vm, args) {
        let [object, prototype] = args.take(vm)?;
        if vm.get(object).is_nullish() {
            return Err(vm.throw_type("Object.setPrototypeOf called on null or undefined"));
        }
        check_prototype(vm, prototype)?;
        change(vm, object, prototype)?;
        Ok(vm.get(object))
    }

    /// The getter of `object.__proto__`.
    fn jrt_n_object_get_proto(vm, args) {
        let object = this_object(vm, args)?;
        Ok(vm.prototype_of(object))
    }

    /// The setter of `object.__proto__`.
    fn jrt_n_object_set_proto(vm, args) {
        let [prototype] = args.take(vm)?;
        let object = args.this();
        if vm.get(object).is_nullish() {
            return Err(vm.throw_type("set Object.prototype.__proto__ called on null or undefined"));
        }
        if vm.get(prototype).is_object() || vm.get(prototype).is_null() {
            change(vm, object, prototype)?;
        }
        Ok(Value::UNDEFINED)
    }

    /// `object.isPrototypeOf(value)`
    fn jrt_n_object_is_prototype_of(vm, args) {
        let [value] = args.take(vm)?;
        if !vm.get(value).is_object() {
            return Ok(Value::FALSE);
        }
        let object = this_object(vm, args)?;
        let mut at = vm.prototype_word(load(value.0));
        while at != word::NULL {
            if at == load(object.0) {
                return Ok(Value::TRUE);
            }
            at = vm.prototype_word(at);
        }
        Ok(Value::FALSE)
    }

    /// `object.valueOf()`
    fn jrt_n_object_value_of(vm, args) {
        let object = this_object(vm, args)?;
        Ok(vm.get(object))
    }
}

/// Throws unless a value can be a prototype.
pub(crate) fn check_prototype(vm: &mut Vm, prototype: Slot) -> Result<()> {
    if vm.get(prototype).is_object() || vm.get(prototype).is_null() {
        return Ok(());
    }
    let message = [Piece::Text("Object prototype may only be an Object or null: "), Piece::value(prototype)];
    Err(vm.throw_error(ErrorKind::Type, &message))
}

/// Sets the prototype of an object (a primitive has none to set); a refusal is an error.
fn change(vm: &mut Vm, object: Slot, prototype: Slot) -> Result<()> {
    if !vm.get(object).is_object() || vm.set_prototype_of(object, prototype)? {
        return Ok(());
    }
    if vm.is_extensible(object) {
        return Err(vm.throw_type("Cyclic __proto__ value"));
    }
    Err(vm.throw_error(ErrorKind::Type, &[Piece::value(object), Piece::Text(" is not extensible")]))
}
