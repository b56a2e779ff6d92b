//! What constructor a method uses for its result: `Symbol.species`, and what else a program can do so that an array method
//! makes something other than an array.

use jerboa_abi::builtins::NativeId;
use jerboa_rt::Result;
use jerboa_rt::property::name;
use jerboa_rt::value::{Key, Slot, Value};
use jerboa_rt::vm::Vm;

jerboa_rt::native! {
    /// The getter of `Array[Symbol.species]` and the like.
    fn jrt_n_species_this(vm, args) {
        Ok(vm.get(args.this()))
    }

    /// `constructor[Symbol.species]`
    fn jrt_n_species_of(vm, args) {
        let [constructor] = args.take(vm)?;
        species_of(vm, constructor)?;
        Ok(vm.get(constructor))
    }

    /// What the constructor of an array makes, given a length; `EMPTY` if it is the built-in one.
    fn jrt_n_array_species(vm, args) {
        let [array, length] = args.take(vm)?;
        let [constructor] = vm.slots()?;
        vm.get_named(array, name::CONSTRUCTOR)?.store(constructor);
        if vm.get(constructor).is_object() {
            species_of(vm, constructor)?;
            if vm.get(constructor).is_null() {
                Value::UNDEFINED.store(constructor);
            }
        }
        if vm.get(constructor).is_undefined() || vm.is_native(constructor, NativeId::Array) {
            return Ok(Value::EMPTY);
        }
        if !vm.is_constructor(vm.get(constructor)) {
            return Err(vm.throw_type("object.constructor[Symbol.species] is not a constructor"));
        }
        construct(vm, constructor, Some(length))
    }

    /// What a constructor makes, which is given a length if there is a second argument.
    fn jrt_n_construct_other(vm, args) {
        let [constructor, length] = args.take(vm)?;
        construct(vm, constructor, (args.len() > 1).then_some(length))
    }

    /// Whether `concat` is to take an object's elements, if the object says so itself; `EMPTY` if it does not.
    fn jrt_n_concat_spreadable(vm, args) {
        let [object] = args.take(vm)?;
        let symbol = vm.well_known(name::IS_CONCAT_SPREADABLE)?.word();
        let said = vm.get_property(object, Key(symbol))?;
        Ok(if said.is_undefined() { Value::EMPTY } else { Value::bool(said.to_boolean()) })
    }
}

/// Puts `constructor[Symbol.species]` in the constructor's place.
pub(super) fn species_of(vm: &mut Vm, constructor: Slot) -> Result<()> {
    let symbol = vm.well_known(name::SPECIES)?.word();
    vm.get_property(constructor, Key(symbol))?.store(constructor);
    Ok(())
}

fn construct(vm: &mut Vm, constructor: Slot, length: Option<Slot>) -> Result<Value<'_>> {
    vm.push(constructor)?;
    vm.push_value(Value::UNDEFINED)?;
    if let Some(length) = length {
        vm.push(length)?;
    }
    vm.construct(u32::from(length.is_some()))
}
