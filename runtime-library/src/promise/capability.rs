//! Promise capabilities: a promise of the program's choice of class, and how it is settled.
//!
//! A promise of the class `Promise` itself is settled directly. One that another constructor has made is settled by the two functions
//! that the constructor gave to its executor. Where a reaction or a job holds the promise that it is to settle, it has for the latter
//! an array of the promise and the functions.

use jerboa_abi::builtins::NativeId;
use jerboa_abi::value as word;
use jerboa_rt::memory::{load, store};
use jerboa_rt::property::name;
use jerboa_rt::value::{Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{ErrorKind, Piece, Result};

use super::{bound, is_promise, new_promise, reject, resolve, resolving_functions};

/// A promise and how to settle it.
#[derive(Clone, Copy)]
pub(super) struct Capability {
    /// The promise.
    pub(super) promise: Slot,
    /// The function that resolves it, or `undefined` if that is done directly.
    resolve: Slot,
    /// The function that rejects it, or `undefined`.
    reject: Slot,
}

impl Capability {
    /// For a new promise made by a constructor.
    ///
    /// # Errors
    /// Throws a TypeError if the constructor is none, or gives no functions; and what it throws.
    pub(super) fn new(vm: &mut Vm, constructor: Slot) -> Result<Capability> {
        let [promise, resolve, reject] = vm.slots()?;
        let capability = Capability { promise, resolve, reject };
        if is_builtin(vm, constructor) {
            new_promise(vm)?.store(promise);
            return Ok(capability);
        }
        if !vm.is_constructor(vm.get(constructor)) {
            let pieces = [Piece::value(constructor), Piece::Text(" is not a constructor")];
            return Err(vm.throw_error(ErrorKind::Type, &pieces));
        }
        let mark = vm.mark();
        let [given, none] = vm.slots()?;
        vm.new_array(2)?.store(given);
        vm.array_push(given, none)?;
        vm.array_push(given, none)?;
        let executor = bound(vm, NativeId::PromiseExecutor, given, &[])?.word();
        let executor = vm.push_word(executor)?;
        let window = vm.push(constructor)?;
        vm.push(none)?;
        vm.push(executor)?;
        let made = vm.construct_word(1)?;
        vm.release(window);
        store(promise.0, made);
        vm.array_get(given, 0).store(resolve);
        vm.array_get(given, 1).store(reject);
        vm.release(mark);
        if !vm.get(resolve).is_callable() || !vm.get(reject).is_callable() {
            return Err(vm.throw_type("Promise resolve or reject function is not callable"));
        }
        Ok(capability)
    }

    /// For what [`Capability::handle`] gave.
    pub(super) fn of(vm: &mut Vm, handle: Slot) -> Result<Capability> {
        let [promise, resolve, reject] = vm.slots()?;
        if vm.get(handle).is_array() {
            vm.array_get(handle, 0).store(promise);
            vm.array_get(handle, 1).store(resolve);
            vm.array_get(handle, 2).store(reject);
        } else {
            vm.copy(handle, promise);
        }
        Ok(Capability { promise, resolve, reject })
    }

    /// One value that stands for it.
    pub(super) fn handle(self, vm: &mut Vm) -> Result<Value<'_>> {
        if vm.get(self.resolve).is_undefined() {
            return Ok(vm.get(self.promise));
        }
        vm.new_array_from(self.promise, 3)
    }

    /// Both functions, made if they are not there.
    pub(super) fn functions(self, vm: &mut Vm, fulfil: Slot, refuse: Slot) -> Result<()> {
        if vm.get(self.resolve).is_undefined() {
            return resolving_functions(vm, self.promise, fulfil, refuse);
        }
        vm.copy(self.resolve, fulfil);
        vm.copy(self.reject, refuse);
        Ok(())
    }

    /// Resolves the promise.
    pub(super) fn resolve(self, vm: &mut Vm, value: Slot) -> Result<()> {
        if vm.get(self.resolve).is_undefined() {
            return resolve(vm, self.promise, value);
        }
        let none = vm.push_value(Value::UNDEFINED)?;
        vm.call_with(self.resolve, none, &[value]).map(drop)
    }

    /// Rejects the promise.
    pub(super) fn reject(self, vm: &mut Vm, value: Slot) -> Result<()> {
        if vm.get(self.resolve).is_undefined() {
            return reject(vm, self.promise, value);
        }
        let none = vm.push_value(Value::UNDEFINED)?;
        vm.call_with(self.reject, none, &[value]).map(drop)
    }
}

jerboa_rt::native! {
    /// The executor of a promise that a class of the program makes: `this` is the list of the two functions.
    fn jrt_n_promise_executor(vm, args) {
        let [fulfil, refuse] = args.take(vm)?;
        let given = args.this();
        if !vm.array_get(given, 0).is_undefined() || !vm.array_get(given, 1).is_undefined() {
            return Err(vm.throw_type("Promise executor has already been invoked with non-undefined arguments"));
        }
        for (i, function) in [fulfil, refuse].into_iter().enumerate() {
            let word = load(function.0);
            vm.array_set(given, i as u32, Value::of(word));
        }
        Ok(Value::UNDEFINED)
    }
}

/// Whether a value is `Promise` itself.
pub(super) fn is_builtin(vm: &Vm, constructor: Slot) -> bool {
    vm.is_native(constructor, NativeId::Promise)
}

/// Whether a value is `Promise` or inherits from it.
pub(super) fn is_derived(vm: &Vm, constructor: Slot) -> bool {
    let native = jerboa_rt::image::find_native(vm.image, NativeId::Promise);
    let mut at = load(constructor.0);
    while at != word::NULL && Some(at) != native {
        at = vm.prototype_word(at);
    }
    at != word::NULL
}

/// Puts the constructor of a promise in a slot: `Promise` itself where the program can not have set another.
///
/// # Errors
/// What a getter of the program throws.
pub(super) fn constructor_of(vm: &mut Vm, promise: Slot, to: Slot) -> Result<()> {
    vm.get_named(promise, name::CONSTRUCTOR)?.store(to);
    if vm.get(to).is_undefined() {
        builtin(vm, to);
    }
    Ok(())
}

/// Puts `Promise` itself in a slot.
pub(super) fn builtin(vm: &Vm, to: Slot) {
    if let Some(native) = jerboa_rt::image::find_native(vm.image, NativeId::Promise) {
        store(to.0, native);
    }
}

/// PromiseResolve: the value itself if it is a promise of the constructor, or a new promise resolved with it.
///
/// # Errors
/// What the program's functions throw.
pub(super) fn promise_of(vm: &mut Vm, constructor: Slot, value: Slot, to: Slot) -> Result<()> {
    let mark = vm.mark();
    if is_promise(vm, value) {
        let [own] = vm.slots()?;
        constructor_of(vm, value, own)?;
        if vm.get(own) == vm.get(constructor) || vm.get(own).is_undefined() {
            vm.copy(value, to);
            vm.release(mark);
            return Ok(());
        }
    }
    let capability = Capability::new(vm, constructor)?;
    capability.resolve(vm, value)?;
    vm.copy(capability.promise, to);
    vm.release(mark);
    Ok(())
}
