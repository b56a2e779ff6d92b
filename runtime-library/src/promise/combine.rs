//! `Promise.all`, `allSettled`, `any`, `race`.

use jerboa_abi::builtins::{NativeId, ObjectId};
use jerboa_rt::define::Descriptor;
use jerboa_rt::property::name;
use jerboa_rt::shape::attributes;
use jerboa_rt::value::{Key, Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{Args, Result};

use super::capability::{Capability, is_builtin, is_derived, promise_of};
use super::construct::this_constructor;
use super::{caught, is_promise, then};

/// What a combinator makes of the promises.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Combine {
    All,
    AllSettled,
    Any,
    Race,
}

impl Combine {
    fn name(self) -> &'static str {
        match self {
            Combine::All => "Promise.all",
            Combine::AllSettled => "Promise.allSettled",
            Combine::Any => "Promise.any",
            Combine::Race => "Promise.race",
        }
    }
}

jerboa_rt::native! {
    /// `Promise.all(iterable)`
    fn jrt_n_promise_all(vm, args) {
        combine(vm, args, Combine::All)
    }

    /// `Promise.allSettled(iterable)`
    fn jrt_n_promise_all_settled(vm, args) {
        combine(vm, args, Combine::AllSettled)
    }

    /// `Promise.any(iterable)`
    fn jrt_n_promise_any(vm, args) {
        combine(vm, args, Combine::Any)
    }

    /// `Promise.race(iterable)`
    fn jrt_n_promise_race(vm, args) {
        combine(vm, args, Combine::Race)
    }

    /// One of many promises is settled: `this` is the list of results, then come its place, a record of how many are missing and
    /// the promise for all, what the results are made of, and the value.
    fn jrt_n_promise_element(vm, args) {
        let [place, record, kind, value] = args.take(vm)?;
        let results = args.this();
        let index = vm.get(place).as_int().unwrap_or(0) as u32;
        // A second call has no effect.
        if !vm.array_get(results, index).is_empty() {
            return Ok(Value::UNDEFINED);
        }
        let [item, handle] = vm.slots()?;
        let kind = vm.get(kind).as_int().unwrap_or(PLAIN);
        if kind == PLAIN || kind == ERROR {
            vm.copy(value, item);
        } else {
            describe(vm, kind == FULFILLED, value, item)?;
        }
        let word = vm.get(item).word();
        vm.array_set(results, index, Value::of(word));
        vm.array_get(record, 1).store(handle);
        let capability = Capability::of(vm, handle)?;
        one_less(vm, record, results, capability, kind == ERROR)?;
        Ok(Value::UNDEFINED)
    }
}

/// Kinds of results: the values, errors of `any`, descriptions of `allSettled`.
const PLAIN: i32 = 0;
const ERROR: i32 = 1;
const FULFILLED: i32 = 2;
const REJECTED: i32 = 3;

/// `{ status, value }` or `{ status, reason }`
fn describe(vm: &mut Vm, fulfilled: bool, value: Slot, to: Slot) -> Result<()> {
    let [text] = vm.slots()?;
    vm.new_object()?.store(to);
    vm.intern_text(if fulfilled { b"fulfilled" } else { b"rejected" })?.store(text);
    let key = vm.name_key("status")?;
    vm.define_field(to, key, text)?;
    let key = vm.name_key(if fulfilled { "value" } else { "reason" })?;
    vm.define_field(to, key, value)
}

/// Counts one promise less; after the last one, the promise for all is settled.
fn one_less(vm: &mut Vm, record: Slot, results: Slot, capability: Capability, errors: bool) -> Result<()> {
    let left = vm.array_get(record, 0).as_int().unwrap_or(1) - 1;
    vm.array_set(record, 0, Value::small(left));
    if left != 0 {
        return Ok(());
    }
    if !errors {
        return capability.resolve(vm, results);
    }
    let [message, error, key] = vm.slots()?;
    vm.new_string(b"All promises were rejected")?.store(message);
    super::super::error::with_prototype(vm, ObjectId::AggregateErrorPrototype, message, error)?;
    vm.intern_text(b"errors")?.store(key);
    vm.define_own_property(error, Key::slot(key), &Descriptor::data(results, attributes::HIDDEN))?;
    capability.reject(vm, error)
}

fn combine(vm: &mut Vm, args: Args, what: Combine) -> Result<Value<'_>> {
    let [iterable] = args.take(vm)?;
    let [error] = vm.slots()?;
    let constructor = this_constructor(vm, args, what.name())?;
    let capability = Capability::new(vm, constructor)?;
    if collect(vm, iterable, constructor, capability, what).is_err() {
        caught(vm, error)?;
        capability.reject(vm, error)?;
    }
    Ok(vm.get(capability.promise))
}

fn collect(
    vm: &mut Vm,
    iterable: Slot,
    constructor: Slot,
    capability: Capability,
    what: Combine,
) -> Result<()> {
    let [state, item, method, fulfil, refuse] = vm.slots()?;
    let [results, record, count, error] = vm.slots()?;
    let key = vm.name_key("resolve")?;
    vm.get_property(constructor, key)?.store(method);
    let direct = if vm.get(method).is_undefined() {
        // A program that never names it may have an image without it.
        !vm.has_property(constructor, key, true)? && is_derived(vm, constructor)
    } else {
        is_builtin(vm, constructor) && vm.is_native(method, NativeId::PromiseResolveValue)
    };
    if !direct && !vm.get(method).is_callable() {
        return Err(vm.throw_type("Promise resolve or reject function is not callable"));
    }
    vm.new_array(0)?.store(results);
    // One more than there are, so that nothing is settled before the end.
    Value::small(1).store(count);
    vm.new_array_from(count, 1)?.store(record);
    capability.handle(vm)?.store(count);
    vm.array_push(record, count)?;
    if what != Combine::AllSettled {
        capability.functions(vm, fulfil, refuse)?;
    }
    vm.for_of(iterable)?.store(state);
    loop {
        vm.iterator_next(state)?.store(item);
        if vm.get(item).is_empty() {
            break;
        }
        let mark = vm.mark();
        let functions = Functions { method, direct, constructor, fulfil, refuse, results, record };
        if functions.follow(vm, item, what).is_err() {
            caught(vm, error)?;
            if vm.iterator_close(state).is_err() {
                caught(vm, item)?;
            }
            return Err(vm.throw(error));
        }
        vm.release(mark);
    }
    if what != Combine::Race {
        one_less(vm, record, results, capability, what == Combine::Any)?;
    }
    Ok(())
}

/// What is the same for all promises that are combined.
#[derive(Clone, Copy)]
struct Functions {
    /// `resolve` of the constructor.
    method: Slot,
    /// It is the built-in one, of `Promise`.
    direct: bool,
    constructor: Slot,
    fulfil: Slot,
    refuse: Slot,
    results: Slot,
    record: Slot,
}

impl Functions {
    /// Takes one promise more.
    fn follow(self, vm: &mut Vm, item: Slot, what: Combine) -> Result<()> {
        let Functions { results, record, .. } = self;
        let [on_value, on_error, one, place, kind] = vm.slots()?;
        vm.copy(self.fulfil, on_value);
        vm.copy(self.refuse, on_error);
        Value::small(vm.array_length(results) as i32).store(place);
        if what != Combine::Race {
            Value::EMPTY.store(kind);
            vm.array_push(results, kind)?;
        }
        let element = |vm: &mut Vm, number: i32, to: Slot| {
            Value::small(number).store(kind);
            let function =
                super::bound(vm, NativeId::PromiseElement, results, &[place, record, kind])?.word();
            Value::of(function).store(to);
            Ok(())
        };
        if self.direct {
            promise_of(vm, self.constructor, item, one)?;
        } else {
            vm.call_with(self.method, self.constructor, &[item])?.store(one);
        }
        match what {
            Combine::All => element(vm, PLAIN, on_value)?,
            Combine::AllSettled => {
                element(vm, FULFILLED, on_value)?;
                element(vm, REJECTED, on_error)?;
            }
            Combine::Any => element(vm, ERROR, on_error)?,
            Combine::Race => {}
        }
        if what != Combine::Race {
            let left = vm.array_get(record, 0).as_int().unwrap_or(0) + 1;
            vm.array_set(record, 0, Value::small(left));
        }
        subscribe(vm, one, on_value, on_error)
    }
}

/// Calls `then` of a promise: its own, if the program has given it one.
fn subscribe(vm: &mut Vm, promise: Slot, fulfilled: Slot, rejected: Slot) -> Result<()> {
    let [method] = vm.slots()?;
    vm.get_named(promise, name::THEN)?.store(method);
    if vm.is_native(method, NativeId::PromiseThen) && is_promise(vm, promise) {
        return then(vm, promise, fulfilled, rejected).map(drop);
    }
    vm.call_with(method, promise, &[fulfilled, rejected]).map(drop)
}
