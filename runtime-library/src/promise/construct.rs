//! `Promise`, `then`, `catch`, `finally`, `resolve`, `reject`, `withResolvers`.

use jerboa_abi::builtins::{NativeId, ObjectId};
use jerboa_rt::instance::InstanceClass;
use jerboa_rt::value::{Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{Args, ErrorKind, Piece, Result};

use super::capability::{Capability, constructor_of, promise_of};
use super::{bound, caught, is_promise, new_with_prototype, reject, resolve, resolving_functions, then};

jerboa_rt::native! {
    /// `new Promise(executor)`
    fn jrt_n_promise(vm, args) {
        let [executor] = args.take(vm)?;
        let [promise, prototype, fulfil, refuse, error] = vm.slots()?;
        if args.new_target().is_none() {
            return Err(vm.throw_type("Promise constructor cannot be invoked without 'new'"));
        }
        if !vm.get(executor).is_callable() {
            let pieces =
                [Piece::Text("Promise resolver "), Piece::value(executor), Piece::Text(" is not a function")];
            return Err(vm.throw_error(ErrorKind::Type, &pieces));
        }
        vm.prototype_for(args, ObjectId::PromisePrototype, prototype)?;
        new_with_prototype(vm, prototype)?.store(promise);
        resolving_functions(vm, promise, fulfil, refuse)?;
        Value::UNDEFINED.store(prototype);
        if vm.call_with(executor, prototype, &[fulfil, refuse]).is_err() {
            caught(vm, error)?;
            vm.call_with(refuse, prototype, &[error])?;
        }
        Ok(vm.get(promise))
    }

    /// The function `resolve` of a promise: a flag that it shares with `reject`, the value.
    fn jrt_n_promise_fulfil(vm, args) {
        let [flag, value] = args.take(vm)?;
        if first_call(vm, flag)? {
            resolve(vm, args.this(), value)?;
        }
        Ok(Value::UNDEFINED)
    }

    /// The function `reject` of a promise.
    fn jrt_n_promise_reject(vm, args) {
        let [flag, value] = args.take(vm)?;
        if first_call(vm, flag)? {
            reject(vm, args.this(), value)?;
        }
        Ok(Value::UNDEFINED)
    }

    /// `promise.then(fulfilled, rejected)`
    fn jrt_n_promise_then(vm, args) {
        let [fulfilled, rejected] = args.take(vm)?;
        vm.require_this(args, InstanceClass::Promise)?;
        then(vm, args.this(), fulfilled, rejected)
    }

    /// What the console shows of a promise: an array of its status and its value.
    fn jrt_n_promise_contents(vm, args) {
        let [promise] = args.take(vm)?;
        let [list, status, value] = vm.slots()?;
        super::state_of(vm, promise, list);
        vm.array_get(list, super::state::STATUS).store(status);
        vm.array_get(list, super::state::VALUE).store(value);
        vm.new_array_from(status, 2)
    }

    /// `promise.catch(rejected)`
    fn jrt_n_promise_catch(vm, args) {
        let [rejected] = args.take(vm)?;
        let [nothing] = vm.slots()?;
        invoke_then(vm, args.this(), nothing, rejected)
    }

    /// `promise.finally(callback)`
    fn jrt_n_promise_finally(vm, args) {
        let [callback] = args.take(vm)?;
        let [fulfilled, rejected] = vm.slots()?;
        if !vm.get(args.this()).is_object() {
            return Err(vm.throw_type("Promise.prototype.finally called on a non-object"));
        }
        let [constructor] = vm.slots()?;
        constructor_of(vm, args.this(), constructor)?;
        if !vm.get(constructor).is_object() {
            return Err(vm.throw_type("The .constructor property is not an object"));
        }
        if vm.get(callback).is_callable() {
            bound(vm, NativeId::PromiseFinallyValue, callback, &[constructor])?.store(fulfilled);
            bound(vm, NativeId::PromiseFinallyError, callback, &[constructor])?.store(rejected);
        } else {
            vm.copy(callback, fulfilled);
            vm.copy(callback, rejected);
        }
        invoke_then(vm, args.this(), fulfilled, rejected)
    }

    /// What `finally` does after a fulfilment: calls its callback, then passes the value on.
    fn jrt_n_promise_finally_value(vm, args) {
        let [constructor, value] = args.take(vm)?;
        after_callback(vm, args, NativeId::PromisePassValue, constructor, value)
    }

    /// What `finally` does after a rejection.
    fn jrt_n_promise_finally_error(vm, args) {
        let [constructor, value] = args.take(vm)?;
        after_callback(vm, args, NativeId::PromisePassError, constructor, value)
    }

    /// Gives `this`.
    fn jrt_n_promise_pass_value(vm, args) {
        Ok(vm.get(args.this()))
    }

    /// Throws `this`.
    fn jrt_n_promise_pass_error(vm, args) {
        Err(vm.throw(args.this()))
    }

    /// `Promise.resolve(value)`
    fn jrt_n_promise_resolve_value(vm, args) {
        let [value] = args.take(vm)?;
        let [promise] = vm.slots()?;
        let constructor = this_constructor(vm, args, "PromiseResolve")?;
        promise_of(vm, constructor, value, promise)?;
        Ok(vm.get(promise))
    }

    /// `Promise.reject(reason)`
    fn jrt_n_promise_reject_value(vm, args) {
        let [value] = args.take(vm)?;
        let constructor = this_constructor(vm, args, "PromiseReject")?;
        let capability = Capability::new(vm, constructor)?;
        capability.reject(vm, value)?;
        Ok(vm.get(capability.promise))
    }

    /// `Promise.withResolvers()`
    fn jrt_n_promise_with_resolvers(vm, args) {
        let [fulfil, refuse, result] = vm.slots()?;
        let constructor = this_constructor(vm, args, "Promise.withResolvers")?;
        let capability = Capability::new(vm, constructor)?;
        let promise = capability.promise;
        capability.functions(vm, fulfil, refuse)?;
        vm.new_object()?.store(result);
        for (name, value) in [("promise", promise), ("resolve", fulfil), ("reject", refuse)] {
            let key = vm.name_key(name)?;
            vm.define_field(result, key, value)?;
        }
        Ok(vm.get(result))
    }
}

/// The constructor that a function of `Promise` is called on.
pub(super) fn this_constructor(vm: &mut Vm, args: Args, name: &str) -> Result<Slot> {
    if vm.get(args.this()).is_object() {
        return Ok(args.this());
    }
    Err(vm.throw_error(ErrorKind::Type, &[Piece::Text(name), Piece::Text(" called on non-object")]))
}

/// Whether a flag (an empty array) is still clear; sets it.
fn first_call(vm: &mut Vm, flag: Slot) -> Result<bool> {
    let first = vm.array_length(flag) == 0;
    if first {
        vm.array_push(flag, flag)?;
    }
    Ok(first)
}

/// Calls a promise's own method `then`.
fn invoke_then(vm: &mut Vm, promise: Slot, fulfilled: Slot, rejected: Slot) -> Result<Value<'_>> {
    let [method] = vm.slots()?;
    vm.get_named(promise, jerboa_rt::property::name::THEN)?.store(method);
    if !is_promise(vm, promise) && !vm.get(method).is_callable() {
        return Err(vm.throw_type("the value has no method 'then'"));
    }
    vm.call_with(method, promise, &[fulfilled, rejected])
}

/// Calls the callback of `finally`, waits for what it gives, and then goes on as the native says.
fn after_callback(
    vm: &mut Vm,
    args: Args,
    id: NativeId,
    constructor: Slot,
    value: Slot,
) -> Result<Value<'_>> {
    let [result, promise, pass, nothing] = vm.slots()?;
    vm.call_with(args.this(), nothing, &[])?.store(result);
    promise_of(vm, constructor, result, promise)?;
    bound(vm, id, value, &[])?.store(pass);
    vm.get_named(promise, jerboa_rt::property::name::THEN)?.store(result);
    if vm.is_native(result, NativeId::PromiseThen) {
        return then(vm, promise, pass, nothing);
    }
    vm.call_with(result, promise, &[pass])
}
