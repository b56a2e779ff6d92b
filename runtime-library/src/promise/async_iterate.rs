//! Loops over asynchronous iterators: `for await`, and `yield*` in asynchronous generators.
//!
//! What has no asynchronous iterator is iterated by its ordinary one; the code then awaits each value. The state of a loop is the
//! iteration of an iterator of the program, or for the ordinary case an array around one.

use jerboa_abi::header::Kind;
use jerboa_rt::property::name;
use jerboa_rt::value::{Key, Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{ErrorKind, Piece, Result};

use super::super::iterator::result;
use crate::generator::Mode;

jerboa_rt::native! {
    /// Begins: the state of the loop.
    fn jrt_n_async_iterate_start(vm, args) {
        let [value] = args.take(vm)?;
        let [method, iterator, next] = vm.slots()?;
        if !vm.get(value).is_nullish() {
            let symbol = vm.well_known(name::ASYNC_ITERATOR)?.word();
            vm.get_property(value, Key(symbol))?.store(method);
        }
        if vm.get(method).is_nullish() {
            vm.for_of(value)?.store(iterator);
            return vm.new_array_from(iterator, 1);
        }
        vm.call_with(method, value, &[])?.store(iterator);
        if !vm.get(iterator).is_object() {
            return Err(vm.throw_type("Result of the Symbol.asyncIterator method is not an object"));
        }
        vm.get_named(iterator, name::NEXT)?.store(next);
        vm.new_protocol_iterator(iterator, next)
    }

    /// One step: the state, how to go on, and the value. Gives what is to be awaited; `EMPTY` if the iterator has no method for it.
    fn jrt_n_async_iterate_step(vm, args) {
        let [state, mode, value] = args.take(vm)?;
        let mode = vm.get(mode).as_int().unwrap_or(0);
        let [iteration, object, method] = vm.slots()?;
        let ordinary = vm.get(state).is(Kind::Array);
        if ordinary {
            vm.array_get(state, 0).store(iteration);
        } else {
            vm.copy(state, iteration);
        }
        let Some((iterator, next)) = vm.protocol_parts(iteration) else {
            if mode != Mode::Next as i32 {
                return Ok(Value::EMPTY);
            }
            vm.iterator_next(iteration)?.store(object);
            let ended = vm.get(object).is_empty();
            if ended {
                Value::UNDEFINED.store(object);
            }
            return result(vm, object, ended);
        };
        Value::of(iterator).store(object);
        if mode == Mode::Next as i32 {
            Value::of(next).store(method);
        } else {
            let key = if mode == Mode::Throw as i32 { name::THROW } else { name::RETURN };
            vm.get_named(object, key)?.store(method);
            if vm.get(method).is_nullish() {
                return Ok(Value::EMPTY);
            }
        }
        vm.call_with(method, object, &[value])
    }

    /// Leaves a loop early: calls `return`, whose result is to be awaited; `EMPTY` if there is no such method.
    fn jrt_n_async_iterate_close(vm, args) {
        let [state] = args.take(vm)?;
        let [iteration, object, method] = vm.slots()?;
        if vm.get(state).is(Kind::Array) {
            vm.array_get(state, 0).store(iteration);
        } else {
            vm.copy(state, iteration);
        }
        let Some((iterator, _)) = vm.protocol_parts(iteration) else { return Ok(Value::EMPTY) };
        Value::of(iterator).store(object);
        vm.get_named(object, name::RETURN)?.store(method);
        if vm.get(method).is_nullish() {
            return Ok(Value::EMPTY);
        }
        vm.call_with(method, object, &[])
    }

    /// Refuses a result that is no object; whether the loop goes by an ordinary iterator, whose values are still to be awaited.
    fn jrt_n_async_iterate_check(vm, args) {
        let [state, given] = args.take(vm)?;
        require(vm, given)?;
        Ok(Value::bool(vm.get(state).is(Kind::Array)))
    }
}

fn require(vm: &mut Vm, given: Slot) -> Result<()> {
    if vm.get(given).is_object() {
        return Ok(());
    }
    let pieces = [Piece::Text("Iterator result "), Piece::value(given), Piece::Text(" is not an object")];
    Err(vm.throw_error(ErrorKind::Type, &pieces))
}
