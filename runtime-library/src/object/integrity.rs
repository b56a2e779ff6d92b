//! `freeze`, `seal`, `preventExtensions` and the questions about them; `Object.is`.

use jerboa_rt::shape::attributes::{CONFIGURABLE, WRITABLE};
use jerboa_rt::value::Value;
use jerboa_rt::vm::Vm;
use jerboa_rt::{Args, Result};

jerboa_rt::native! {
    /// `Object.freeze(object)`
    fn jrt_n_object_freeze(vm, args) {
        lock(vm, args, WRITABLE | CONFIGURABLE)
    }

    /// `Object.seal(object)`
    fn jrt_n_object_seal(vm, args) {
        lock(vm, args, CONFIGURABLE)
    }

    /// `Object.preventExtensions(object)`
    fn jrt_n_object_prevent_extensions(vm, args) {
        lock(vm, args, 0)
    }

    /// `Object.isFrozen(object)`
    fn jrt_n_object_is_frozen(vm, args) {
        let [object] = args.take(vm)?;
        Ok(Value::bool(vm.is_locked(object, true)?))
    }

    /// `Object.isSealed(object)`
    fn jrt_n_object_is_sealed(vm, args) {
        let [object] = args.take(vm)?;
        Ok(Value::bool(vm.is_locked(object, false)?))
    }

    /// `Object.isExtensible(object)`
    fn jrt_n_object_is_extensible(vm, args) {
        let [object] = args.take(vm)?;
        Ok(Value::bool(vm.is_extensible(object)))
    }

    /// `Object.is(a, b)`
    fn jrt_n_object_is(vm, args) {
        let [a, b] = args.take(vm)?;
        Ok(Value::bool(vm.same_values(a, b)?))
    }
}

/// Locks the first argument, if it is an object, and clears these attributes of its properties.
fn lock(vm: &mut Vm, args: Args, clear: u32) -> Result<Value<'_>> {
    let [object] = args.take(vm)?;
    if vm.get(object).is_object() {
        vm.lock_object(object, clear)?;
    }
    Ok(vm.get(object))
}
