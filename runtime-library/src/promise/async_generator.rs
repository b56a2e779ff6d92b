//! Asynchronous generators.
//!
//! The state of one is an array: the frame, whether it is busy, and then its requests in order, three words each: how the generator
//! is to be resumed, the value, and the promise for the result. It is busy while its frame runs or waits for a promise; what
//! is requested meanwhile waits.

use jerboa_abi::builtins::ObjectId;
use jerboa_rt::instance::InstanceClass;
use jerboa_rt::memory::{load, store};
use jerboa_rt::property::name;
use jerboa_rt::value::{Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{Args, ErrorKind, Piece, Result};

use super::{caught, new_promise, promise_for, react, reaction, reject, resolve};
use crate::generator::{Mode, Outcome, resume};
use crate::iterator::result;

/// Elements of the state.
const FRAME: u32 = 0;
const BUSY: u32 = 1;
const REQUESTS: u32 = 2;
/// Elements of a request.
const REQUEST_WORDS: u32 = 3;

/// What a busy generator waits for.
const IDLE: i32 = 0;
/// A promise that its code awaits.
const AWAITS: i32 = 1;
/// A promise that was passed to `return` when there was no code to run.
const RETURNS: i32 = 2;

jerboa_rt::native! {
    /// Makes an asynchronous generator: its function, and the frame.
    fn jrt_n_async_generator_start(vm, args) {
        let [function, frame] = args.take(vm)?;
        // The first two elements lie in slots that follow each other.
        let [first, second, prototype, list] = vm.slots()?;
        vm.get_named(function, name::PROTOTYPE)?.store(prototype);
        if !vm.get(prototype).is_object() {
            store(prototype.0, vm.intrinsic_word(ObjectId::AsyncGeneratorPrototype));
        }
        vm.copy(frame, first);
        Value::small(IDLE).store(second);
        vm.new_array_from(first, 2)?.store(list);
        vm.new_instance(InstanceClass::AsyncGenerator, prototype, list)
    }

    /// `generator.next(value)`
    fn jrt_n_async_generator_next(vm, args) {
        request(vm, args, Mode::Next, "next")
    }

    /// `generator.return(value)`
    fn jrt_n_async_generator_return(vm, args) {
        request(vm, args, Mode::Return, "return")
    }

    /// `generator.throw(value)`
    fn jrt_n_async_generator_throw(vm, args) {
        request(vm, args, Mode::Throw, "throw")
    }

    /// `generator[Symbol.asyncIterator]()`
    fn jrt_n_async_iterator_this(vm, args) {
        Ok(vm.get(args.this()))
    }

    /// Goes on after an `await`: the generator, the value, and whether that is a rejection.
    fn jrt_n_async_generator_resume(vm, args) {
        let [generator, value, rejected] = args.take(vm)?;
        let rejected = vm.get(rejected) == Value::TRUE;
        let [list] = vm.slots()?;
        vm.instance_state(generator).store(list);
        if vm.array_get(list, BUSY) == Value::small(RETURNS) {
            if rejected {
                answer_error(vm, list, value)?;
            } else {
                answer(vm, list, value, true)?;
            }
            vm.array_set(list, BUSY, Value::small(IDLE));
        } else {
            run(vm, generator, value, if rejected { Mode::Throw } else { Mode::Next })?;
        }
        drain(vm, generator)?;
        Ok(Value::UNDEFINED)
    }
}

fn request<'a>(vm: &'a mut Vm, args: Args, mode: Mode, method: &str) -> Result<Value<'a>> {
    let [value] = args.take(vm)?;
    let [promise, list, word] = vm.slots()?;
    new_promise(vm)?.store(promise);
    if vm.get(args.this()).instance_class() != Some(InstanceClass::AsyncGenerator) {
        let pieces = [
            Piece::Text(method),
            Piece::Text(" method called on incompatible receiver "),
            Piece::value(args.this()),
        ];
        let _ = vm.throw_error(ErrorKind::Type, &pieces);
        caught(vm, word)?;
        reject(vm, promise, word)?;
        return Ok(vm.get(promise));
    }
    vm.instance_state(args.this()).store(list);
    Value::small(mode as i32).store(word);
    vm.array_push(list, word)?;
    vm.array_push(list, value)?;
    vm.array_push(list, promise)?;
    if vm.array_get(list, BUSY) == Value::small(IDLE) {
        drain(vm, args.this())?;
    }
    Ok(vm.get(promise))
}

/// Takes requests until there is none or the generator waits.
fn drain(vm: &mut Vm, generator: Slot) -> Result<()> {
    let mark = vm.mark();
    let [list, value, frame, awaited] = vm.slots()?;
    vm.instance_state(generator).store(list);
    while vm.array_get(list, BUSY) == Value::small(IDLE) && vm.array_length(list) > REQUESTS {
        let mode = match vm.array_get(list, REQUESTS).as_int() {
            Some(mode) if mode == Mode::Throw as i32 => Mode::Throw,
            Some(mode) if mode == Mode::Return as i32 => Mode::Return,
            _ => Mode::Next,
        };
        vm.array_get(list, REQUESTS + 1).store(value);
        vm.array_get(list, FRAME).store(frame);
        let state = Value::of(load(load(frame.0) + 4)).as_int().unwrap_or(0);
        let runs = state != 0 && (state & 3 != 3 || mode == Mode::Next);
        if !runs && mode == Mode::Return {
            // What is returned is awaited, although no code is left.
            store(load(frame.0) + 4, Value::small(0).word());
            match promise_for(vm, value, awaited) {
                Ok(()) => {
                    vm.array_set(list, BUSY, Value::small(RETURNS));
                    react(vm, awaited, reaction::GENERATOR, [generator, frame, frame])?;
                }
                Err(_) => {
                    caught(vm, value)?;
                    answer_error(vm, list, value)?;
                }
            }
        } else {
            run(vm, generator, value, mode)?;
        }
    }
    vm.release(mark);
    Ok(())
}

/// Runs the frame until it awaits, yields or ends; the latter two answer the first request.
fn run(vm: &mut Vm, generator: Slot, value: Slot, mode: Mode) -> Result<()> {
    let mark = vm.mark();
    let [list, frame, awaited] = vm.slots()?;
    vm.instance_state(generator).store(list);
    vm.array_get(list, FRAME).store(frame);
    vm.array_set(list, BUSY, Value::small(AWAITS));
    let mut mode = mode;
    loop {
        match resume(vm, frame, value, mode) {
            Ok(Outcome::Await) => match promise_for(vm, value, awaited) {
                Ok(()) => {
                    react(vm, awaited, reaction::GENERATOR, [generator, frame, frame])?;
                    break;
                }
                Err(_) => {
                    caught(vm, value)?;
                    mode = Mode::Throw;
                    continue;
                }
            },
            Ok(outcome) => answer(vm, list, value, outcome == Outcome::Return)?,
            Err(_) => {
                caught(vm, value)?;
                answer_error(vm, list, value)?;
            }
        }
        vm.array_set(list, BUSY, Value::small(IDLE));
        break;
    }
    vm.release(mark);
    Ok(())
}

/// Takes the first request away; its promise goes to a slot.
fn take_request(vm: &mut Vm, list: Slot, promise: Slot) -> Result<()> {
    vm.array_get(list, REQUESTS + 2).store(promise);
    let length = vm.array_length(list);
    let rest = REQUESTS + REQUEST_WORDS;
    vm.array_move(list, rest, REQUESTS, length - rest);
    vm.set_array_length(list, length - REQUEST_WORDS).map(drop)
}

fn answer(vm: &mut Vm, list: Slot, value: Slot, done: bool) -> Result<()> {
    let mark = vm.mark();
    let [promise, object] = vm.slots()?;
    take_request(vm, list, promise)?;
    let word = result(vm, value, done)?.word();
    store(object.0, word);
    resolve(vm, promise, object)?;
    vm.release(mark);
    Ok(())
}

fn answer_error(vm: &mut Vm, list: Slot, error: Slot) -> Result<()> {
    let mark = vm.mark();
    let [promise] = vm.slots()?;
    take_request(vm, list, promise)?;
    reject(vm, promise, error)?;
    vm.release(mark);
    Ok(())
}
