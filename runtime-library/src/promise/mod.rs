//! Promises, async functions, timers, and the loop that runs what they have put off.
//!
//! The state of a promise is an array: its status, its value, whether somebody deals with its rejection, and then its reactions
//! of [`reaction::WORDS`] words each. Jobs and timers wait in arrays that [`queue`] keeps. Time is virtual: when no job is left, it
//! is the time of the next timer.
//!
//! [`capability`] is about promises of derived classes.
//!
//! The functions that resolve a promise, and those of the combinators, are bound functions of natives that no program can name.

pub mod async_generator;
pub mod async_iterate;
pub mod capability;
pub mod combine;
pub mod construct;
pub mod coroutine;
pub mod queue;
pub mod timer;

use jerboa_abi::builtins::{NativeId, ObjectId};
use jerboa_abi::value as word;
use jerboa_rt::instance::InstanceClass;
use jerboa_rt::memory::{load, store};
use jerboa_rt::property::name;
use jerboa_rt::value::{Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{Result, Thrown};

/// Words of a promise's state.
mod state {
    /// See [`super::status`].
    pub const STATUS: u32 = 0;
    /// What it was fulfilled or rejected with.
    pub const VALUE: u32 = 1;
    /// Whether its rejection has a reaction.
    pub const HANDLED: u32 = 2;
    /// The first reaction.
    pub const REACTIONS: u32 = 3;
}

/// Status of a promise.
mod status {
    pub const PENDING: i32 = 0;
    pub const FULFILLED: i32 = 1;
    pub const REJECTED: i32 = 2;
}

/// Words of a reaction; a job has the same, and the value.
mod reaction {
    /// Its kind.
    pub const KIND: u32 = 0;
    /// `then`: the promise for the result (or what [`super::capability`] has for it), a function for fulfilment, a function for rejection.
    pub const THEN: i32 = 0;
    /// `await`: the frame, the promise of the async function.
    pub const AWAIT: i32 = 1;
    /// `await` in an asynchronous generator: the generator.
    pub const GENERATOR: i32 = 4;
    /// A job: ask a thenable. The promise, the thenable, its method `then`.
    pub const THENABLE: i32 = 2;
    /// A job: call the function in the first word.
    pub const CALL: i32 = 3;
    /// How many.
    pub const WORDS: u32 = 4;
}

/// A new pending promise with the prototype of `Promise`.
pub(super) fn new_promise(vm: &mut Vm) -> Result<Value<'_>> {
    let [prototype] = vm.slots()?;
    store(prototype.0, vm.intrinsic_word(ObjectId::PromisePrototype));
    new_with_prototype(vm, prototype)
}

fn new_with_prototype(vm: &mut Vm, prototype: Slot) -> Result<Value<'_>> {
    let [first, value, handled, list] = vm.slots()?;
    Value::small(status::PENDING).store(first);
    Value::UNDEFINED.store(value);
    Value::FALSE.store(handled);
    vm.new_array_from(first, 3)?.store(list);
    vm.new_instance(InstanceClass::Promise, prototype, list)
}

fn is_promise(vm: &Vm, value: Slot) -> bool {
    vm.get(value).instance_class() == Some(InstanceClass::Promise)
}

/// The state of a promise, in a slot.
fn state_of(vm: &Vm, promise: Slot, to: Slot) {
    vm.instance_state(promise).store(to);
}

fn status_of(vm: &Vm, state: Slot) -> i32 {
    vm.array_get(state, state::STATUS).as_int().unwrap_or(status::PENDING)
}

/// Fulfils or rejects a promise that is pending.
fn settle(vm: &mut Vm, promise: Slot, status: i32, value: Slot) -> Result<()> {
    let mark = vm.mark();
    let [list] = vm.slots()?;
    state_of(vm, promise, list);
    if status_of(vm, list) != status::PENDING {
        vm.release(mark);
        return Ok(());
    }
    vm.array_set(list, state::STATUS, Value::small(status));
    let word = load(value.0);
    vm.array_set(list, state::VALUE, Value::of(word));
    let mut at = state::REACTIONS;
    while at < vm.array_length(list) {
        queue::push_reaction(vm, list, at, status == status::REJECTED, value)?;
        at += reaction::WORDS;
    }
    vm.set_array_length(list, state::REACTIONS)?;
    if status == status::REJECTED && vm.array_get(list, state::HANDLED) == Value::FALSE {
        queue::note_rejection(vm, promise)?;
    }
    vm.release(mark);
    Ok(())
}

/// Resolves a promise: with a value, or with what a thenable becomes.
pub(super) fn resolve(vm: &mut Vm, promise: Slot, value: Slot) -> Result<()> {
    let mark = vm.mark();
    let [then] = vm.slots()?;
    if vm.get(promise) == vm.get(value) {
        let _ = vm.throw_type("Chaining cycle detected for promise #<Promise>");
        caught(vm, then)?;
        settle(vm, promise, status::REJECTED, then)?;
    } else if !vm.get(value).is_object() {
        settle(vm, promise, status::FULFILLED, value)?;
    } else {
        match vm.get_named(value, name::THEN).map(Value::word) {
            Err(Thrown) => {
                caught(vm, then)?;
                settle(vm, promise, status::REJECTED, then)?;
            }
            Ok(method) if Value::of(method).is_callable() => {
                store(then.0, method);
                queue::push_job(vm, reaction::THENABLE, [promise, value, then], None)?;
            }
            Ok(_) => settle(vm, promise, status::FULFILLED, value)?,
        }
    }
    vm.release(mark);
    Ok(())
}

pub(super) fn reject(vm: &mut Vm, promise: Slot, value: Slot) -> Result<()> {
    settle(vm, promise, status::REJECTED, value)
}

/// Takes the exception that is pending; one that nobody may catch goes on.
pub(super) fn caught(vm: &mut Vm, to: Slot) -> Result<()> {
    match vm.take_pending().map(Value::word) {
        Some(exception) => {
            store(to.0, exception);
            Ok(())
        }
        None => Err(Thrown),
    }
}

/// Adds a reaction to a promise, or its job if that is settled.
fn react(vm: &mut Vm, promise: Slot, kind: i32, words: [Slot; 3]) -> Result<()> {
    let mark = vm.mark();
    let [list, tag, value] = vm.slots()?;
    state_of(vm, promise, list);
    let status = status_of(vm, list);
    vm.array_set(list, state::HANDLED, Value::TRUE);
    if status == status::PENDING {
        Value::small(kind).store(tag);
        vm.array_push(list, tag)?;
        for word in words {
            vm.array_push(list, word)?;
        }
    } else {
        vm.array_get(list, state::VALUE).store(value);
        queue::push_job(vm, kind, words, Some((status == status::REJECTED, value)))?;
    }
    vm.release(mark);
    Ok(())
}

/// `promise.then(fulfilled, rejected)`, giving the new promise, which the promise's constructor makes.
fn then(vm: &mut Vm, promise: Slot, fulfilled: Slot, rejected: Slot) -> Result<Value<'_>> {
    let [constructor, handle] = vm.slots()?;
    capability::constructor_of(vm, promise, constructor)?;
    if vm.get(constructor).is_undefined() || capability::is_builtin(vm, constructor) {
        new_promise(vm)?.store(constructor);
        react(vm, promise, reaction::THEN, [constructor, fulfilled, rejected])?;
        return Ok(vm.get(constructor));
    }
    if !vm.get(constructor).is_object() {
        return Err(vm.throw_type("The .constructor property is not an object"));
    }
    let derived = capability::Capability::new(vm, constructor)?;
    derived.handle(vm)?.store(handle);
    react(vm, promise, reaction::THEN, [handle, fulfilled, rejected])?;
    Ok(vm.get(derived.promise))
}

/// A promise for a value, as `await` makes it: the value itself if it is one.
fn promise_for(vm: &mut Vm, value: Slot, to: Slot) -> Result<()> {
    if is_promise(vm, value) {
        let mark = vm.mark();
        let [constructor] = vm.slots()?;
        capability::constructor_of(vm, value, constructor)?;
        let plain = vm.get(constructor).is_undefined() || capability::is_builtin(vm, constructor);
        vm.release(mark);
        if plain {
            vm.copy(value, to);
            return Ok(());
        }
    }
    new_promise(vm)?.store(to);
    resolve(vm, to, value)
}

/// A function bound to values: a native that no program can name, and its `this`.
fn bound<'a>(vm: &'a mut Vm, id: NativeId, this: Slot, arguments: &[Slot]) -> Result<Value<'a>> {
    let native = jerboa_rt::image::find_native(vm.image, id).unwrap_or(word::UNDEFINED);
    let native = vm.push_word(native)?;
    let first = vm.mark();
    for argument in arguments {
        vm.push(*argument)?;
    }
    vm.new_bound(native, this, first, arguments.len() as u32)
}

/// The two functions that settle a promise, of which only the first call has an effect.
fn resolving_functions(vm: &mut Vm, promise: Slot, resolve: Slot, reject: Slot) -> Result<()> {
    let [flag] = vm.slots()?;
    vm.new_array(1)?.store(flag);
    bound(vm, NativeId::PromiseFulfil, promise, &[flag])?.store(resolve);
    bound(vm, NativeId::PromiseReject, promise, &[flag])?.store(reject);
    Ok(())
}
