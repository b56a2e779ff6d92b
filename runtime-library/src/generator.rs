//! Generators, and how frames of functions that suspend are resumed.
//!
//! The compiler splits a function that suspends (see its pass `coroutine`): a *frame* is a closure of the part that goes on. Its
//! first captured value is the state: 0 when the function has ended, -1 while it runs, else a number whose low two bits
//! say why it is suspended. It is called with a value and a mode, and returns what it hands out.

use jerboa_abi::builtins::ObjectId;
use jerboa_abi::value as word;
use jerboa_rt::instance::InstanceClass;
use jerboa_rt::memory::{load, store};
use jerboa_rt::property::name;
use jerboa_rt::value::{Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{Args, ErrorKind, Piece, Result};

use super::iterator::result;

/// How a frame is resumed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u32)]
pub(super) enum Mode {
    /// The value is the result of what it is suspended at.
    Next = 0,
    /// The value is thrown there.
    Throw = 1,
    /// The value is returned there.
    Return = 2,
}

/// What a frame does after it was resumed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Outcome {
    /// `yield`
    Yield,
    /// `yield*`: the value is a result object.
    Delegate,
    /// `await`
    Await,
    /// It has returned.
    Return,
}

/// State of a frame that has ended.
const ENDED: u32 = word::INT_BIT;
/// Low bits of the state of a frame that has not started.
const START: u32 = 3;

jerboa_rt::native! {
    /// `generator.next(value)`
    fn jrt_n_generator_next(vm, args) {
        step(vm, args, Mode::Next, "next")
    }

    /// `generator.return(value)`
    fn jrt_n_generator_return(vm, args) {
        step(vm, args, Mode::Return, "return")
    }

    /// `generator.throw(value)`
    fn jrt_n_generator_throw(vm, args) {
        step(vm, args, Mode::Throw, "throw")
    }

    /// The next value of a generator that a loop goes over, `EMPTY` at its end: as `next`, without a result object.
    fn jrt_n_generator_step(vm, args) {
        let [generator] = args.take(vm)?;
        let [value, frame] = vm.slots()?;
        frame_of(vm, generator, "next")?.store(frame);
        match resume(vm, frame, value, Mode::Next)? {
            Outcome::Return => Ok(Value::EMPTY),
            Outcome::Delegate if vm.get_named(value, name::DONE)?.to_boolean() => Ok(Value::EMPTY),
            Outcome::Delegate => vm.get_named(value, name::VALUE),
            Outcome::Yield | Outcome::Await => Ok(vm.get(value)),
        }
    }

    /// Makes a generator: the generator function, and the frame.
    fn jrt_n_generator_start(vm, args) {
        let [function, frame] = args.take(vm)?;
        let [prototype] = vm.slots()?;
        vm.get_named(function, name::PROTOTYPE)?.store(prototype);
        if !vm.get(prototype).is_object() {
            store(prototype.0, vm.intrinsic_word(ObjectId::GeneratorPrototype));
        }
        vm.new_instance(InstanceClass::Generator, prototype, frame)
    }

    /// One step of `yield*`: the iteration, how the generator was resumed, and the value. Gives a result object; `EMPTY` if the
    /// generator is to return and the iterator has no method for that.
    fn jrt_n_generator_delegate(vm, args) {
        let [iteration, mode, value] = args.take(vm)?;
        let mode = vm.get(mode).as_int().unwrap_or(0) as u32;
        let Some((iterator, next)) = vm.protocol_parts(iteration) else {
            return delegate_builtin(vm, iteration, mode);
        };
        let [object, method] = vm.slots()?;
        store(object.0, iterator);
        if mode == Mode::Next as u32 {
            store(method.0, next);
        } else if mode == Mode::Throw as u32 {
            vm.get_named(object, name::THROW)?.store(method);
            if vm.get(method).is_nullish() {
                vm.iterator_close(iteration)?;
                return Err(no_throw(vm));
            }
        } else {
            vm.get_named(object, name::RETURN)?.store(method);
            if vm.get(method).is_nullish() {
                return Ok(Value::EMPTY);
            }
        }
        let given = vm.call_with(method, object, &[value])?.word();
        let given = vm.push_word(given)?;
        if !vm.get(given).is_object() {
            let pieces =
                [Piece::Text("Iterator result "), Piece::value(given), Piece::Text(" is not an object")];
            return Err(vm.throw_error(ErrorKind::Type, &pieces));
        }
        Ok(vm.get(given))
    }
}

/// A step of `yield*` over an array or string.
fn delegate_builtin(vm: &mut Vm, iteration: Slot, mode: u32) -> Result<Value<'_>> {
    if mode == Mode::Throw as u32 {
        return Err(no_throw(vm));
    }
    if mode == Mode::Return as u32 {
        return Ok(Value::EMPTY);
    }
    let [item] = vm.slots()?;
    vm.iterator_next(iteration)?.store(item);
    let ended = vm.get(item).is_empty();
    if ended {
        Value::UNDEFINED.store(item);
    }
    result(vm, item, ended)
}

fn no_throw(vm: &mut Vm) -> jerboa_rt::Thrown {
    vm.throw_type("The iterator does not provide a 'throw' method")
}

/// The frame of a generator.
fn frame_of<'a>(vm: &'a mut Vm, generator: Slot, method: &str) -> Result<Value<'a>> {
    if vm.get(generator).instance_class() != Some(InstanceClass::Generator) {
        let pieces = [
            Piece::Text(method),
            Piece::Text(" method called on incompatible receiver "),
            Piece::value(generator),
        ];
        return Err(vm.throw_error(ErrorKind::Type, &pieces));
    }
    Ok(vm.instance_state(generator))
}

fn step<'a>(vm: &'a mut Vm, args: Args, mode: Mode, method: &str) -> Result<Value<'a>> {
    let [value] = args.take(vm)?;
    let [frame] = vm.slots()?;
    frame_of(vm, args.this(), method)?.store(frame);
    match resume(vm, frame, value, mode)? {
        Outcome::Delegate => Ok(vm.get(value)),
        outcome => result(vm, value, outcome == Outcome::Return),
    }
}

/// Resumes a frame with the value in a slot, which then has what the frame hands out or returns.
pub(super) fn resume(vm: &mut Vm, frame: Slot, value: Slot, mode: Mode) -> Result<Outcome> {
    let state = load(load(frame.0) + 4);
    if word::to_int(state) < 0 {
        return Err(vm.throw_type("Generator is already running"));
    }
    let not_started = word::to_int(state) as u32 & 3 == START;
    if state == ENDED || not_started && mode != Mode::Next {
        store(load(frame.0) + 4, ENDED);
        return match mode {
            Mode::Throw => Err(vm.throw(value)),
            Mode::Next => {
                Value::UNDEFINED.store(value);
                Ok(Outcome::Return)
            }
            Mode::Return => Ok(Outcome::Return),
        };
    }
    let window = vm.push(frame)?;
    vm.push_value(Value::UNDEFINED)?;
    vm.push(value)?;
    vm.push_word(Value::small(mode as i32).word())?;
    let given = vm.call_word(2);
    vm.release(window);
    match given {
        Ok(given) => store(value.0, given),
        Err(thrown) => {
            store(load(frame.0) + 4, ENDED);
            return Err(thrown);
        }
    }
    Ok(match load(load(frame.0) + 4) {
        ENDED => Outcome::Return,
        state => match word::to_int(state) & 3 {
            0 => Outcome::Yield,
            1 => Outcome::Delegate,
            _ => Outcome::Await,
        },
    })
}
