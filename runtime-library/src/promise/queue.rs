//! Jobs that wait, rejections that nobody has dealt with, and the loop that runs a program to its end.
//!
//! The queue is an array kept as a property of the native that runs it, under a key that no program can form. Its first element is
//! the position of the next job.

use jerboa_abi::builtins::NativeId;
use jerboa_abi::value as word;
use jerboa_rt::Result;
use jerboa_rt::memory::{load, store};
use jerboa_rt::value::{Key, Slot, Value};
use jerboa_rt::vm::Vm;

use super::capability::Capability;
use super::{caught, coroutine, reaction, reject, resolve, resolving_functions, state, state_of, status};
use super::{status_of, timer};

/// Keys under which the lists are kept.
pub(super) mod list {
    use jerboa_abi::value as word;
    /// Jobs.
    pub const JOBS: u32 = word::NULL;
    /// Timers.
    pub const TIMERS: u32 = word::FALSE;
    /// Promises that were rejected without a reaction.
    pub const REJECTED: u32 = word::TRUE;
}

/// Words of a job: those of a reaction, whether it is for a rejection, and the value.
const JOB_WORDS: u32 = reaction::WORDS + 2;

/// How many jobs that are done may stay in the queue.
const DONE_MAX: u32 = 32 * JOB_WORDS;

jerboa_rt::native! {
    /// Runs jobs and timers until none is left. Throws what a promise was rejected with that nobody deals with.
    fn jrt_n_run_jobs(vm, args) {
        let _ = args;
        loop {
            run_all(vm)?;
            if !timer::run_next(vm)? {
                return Ok(Value::UNDEFINED);
            }
        }
    }

    /// `queueMicrotask(callback)`
    fn jrt_n_queue_microtask(vm, args) {
        let [callback] = args.take(vm)?;
        let [nothing] = vm.slots()?;
        if !vm.get(callback).is_callable() {
            return Err(vm.throw_type("The \"callback\" argument must be of type function."));
        }
        push_job(vm, reaction::CALL, [callback, nothing, nothing], None)?;
        Ok(Value::UNDEFINED)
    }
}

/// One of the lists, in a slot; made if it is not there.
pub(super) fn list_of(vm: &mut Vm, key: u32, to: Slot) -> Result<()> {
    let mark = vm.mark();
    let owner = jerboa_rt::image::find_native(vm.image, NativeId::RunJobs).unwrap_or(word::UNDEFINED);
    let owner = vm.push_word(owner)?;
    let properties = vm.make_properties(owner)?.word();
    let properties = vm.push_word(properties)?;
    match vm.table_find(load(properties.0), key) {
        Ok(slot) => store(to.0, load(slot.address)),
        Err(_) => {
            vm.new_array(0)?.store(to);
            vm.table_add(properties, Key(key), to, 0)?;
        }
    }
    vm.release(mark);
    Ok(())
}

/// Puts a job at the end of the queue.
pub(super) fn push_job(
    vm: &mut Vm,
    kind: i32,
    words: [Slot; 3],
    outcome: Option<(bool, Slot)>,
) -> Result<()> {
    let mark = vm.mark();
    let [jobs, word] = vm.slots()?;
    list_of(vm, list::JOBS, jobs)?;
    if vm.array_length(jobs) == 0 {
        Value::small(1).store(word);
        vm.array_push(jobs, word)?;
    }
    Value::small(kind).store(word);
    vm.array_push(jobs, word)?;
    for word in words {
        vm.array_push(jobs, word)?;
    }
    Value::bool(outcome.is_some_and(|(rejected, _)| rejected)).store(word);
    vm.array_push(jobs, word)?;
    Value::UNDEFINED.store(word);
    vm.array_push(jobs, outcome.map_or(word, |(_, value)| value))?;
    vm.release(mark);
    Ok(())
}

/// Puts a reaction of a settled promise in the queue.
pub(super) fn push_reaction(vm: &mut Vm, from: Slot, at: u32, rejected: bool, value: Slot) -> Result<()> {
    let mark = vm.mark();
    let words = vm.slots::<3>()?;
    let kind = vm.array_get(from, at + reaction::KIND).as_int().unwrap_or(0);
    for (i, word) in words.iter().enumerate() {
        vm.array_get(from, at + 1 + i as u32).store(*word);
    }
    push_job(vm, kind, words, Some((rejected, value)))?;
    vm.release(mark);
    Ok(())
}

/// Remembers a promise whose rejection nobody deals with yet.
pub(super) fn note_rejection(vm: &mut Vm, promise: Slot) -> Result<()> {
    let mark = vm.mark();
    let [rejected] = vm.slots()?;
    list_of(vm, list::REJECTED, rejected)?;
    vm.array_push(rejected, promise)?;
    vm.release(mark);
    Ok(())
}

/// Runs all jobs; then throws the first rejection that nobody has dealt with.
pub(super) fn run_all(vm: &mut Vm) -> Result<()> {
    let mark = vm.mark();
    let [jobs] = vm.slots()?;
    list_of(vm, list::JOBS, jobs)?;
    loop {
        let next = match vm.array_length(jobs) {
            0 => break,
            _ => vm.array_get(jobs, 0).as_int().unwrap_or(1) as u32,
        };
        let length = vm.array_length(jobs);
        if next >= length {
            vm.set_array_length(jobs, 0)?;
            break;
        }
        let inner = vm.mark();
        let words = vm.slots::<3>()?;
        let [value] = vm.slots()?;
        let kind = vm.array_get(jobs, next).as_int().unwrap_or(0);
        for (i, word) in words.iter().enumerate() {
            vm.array_get(jobs, next + 1 + i as u32).store(*word);
        }
        let rejected = vm.array_get(jobs, next + reaction::WORDS) == Value::TRUE;
        vm.array_get(jobs, next + reaction::WORDS + 1).store(value);
        let mut next = next + JOB_WORDS;
        if next > DONE_MAX {
            vm.array_move(jobs, next, 1, length - next);
            vm.set_array_length(jobs, length - next + 1)?;
            next = 1;
        }
        vm.array_set(jobs, 0, Value::small(next as i32));
        run(vm, kind, words, rejected, value)?;
        vm.release(inner);
    }
    report_rejections(vm)?;
    vm.release(mark);
    Ok(())
}

fn report_rejections(vm: &mut Vm) -> Result<()> {
    let [rejected, promise, state] = vm.slots()?;
    list_of(vm, list::REJECTED, rejected)?;
    for i in 0..vm.array_length(rejected) {
        vm.array_get(rejected, i).store(promise);
        state_of(vm, promise, state);
        if vm.array_get(state, state::HANDLED) == Value::FALSE && status_of(vm, state) == status::REJECTED {
            vm.array_get(state, state::VALUE).store(promise);
            return Err(vm.throw(promise));
        }
    }
    vm.set_array_length(rejected, 0)?;
    Ok(())
}

/// A boolean in a new slot.
fn flag(vm: &mut Vm, flag: bool) -> Result<Slot> {
    vm.push_value(Value::bool(flag))
}

/// Settles what a reaction is for. What a function of the program that does it throws is lost, as the standard has it.
fn settle_derived(vm: &mut Vm, derived: Slot, rejected: bool, value: Slot) -> Result<()> {
    if !vm.get(derived).is_array() {
        return if rejected { reject(vm, derived, value) } else { resolve(vm, derived, value) };
    }
    let capability = Capability::of(vm, derived)?;
    let settled = if rejected { capability.reject(vm, value) } else { capability.resolve(vm, value) };
    if settled.is_err() {
        let [lost] = vm.slots()?;
        caught(vm, lost)?;
    }
    Ok(())
}

fn run(vm: &mut Vm, kind: i32, words: [Slot; 3], rejected: bool, value: Slot) -> Result<()> {
    let [first, second, third] = words;
    let [error, nothing] = vm.slots()?;
    match kind {
        reaction::GENERATOR => {
            let rejected = flag(vm, rejected)?;
            vm.call_hook(NativeId::AsyncGeneratorResume, &[first, value, rejected]).map(drop)
        }
        reaction::AWAIT => coroutine::awaited(vm, first, second, value, rejected),
        reaction::CALL => vm.call_with(first, nothing, &[]).map(drop),
        reaction::THENABLE => {
            let [fulfil, refuse] = vm.slots()?;
            resolving_functions(vm, first, fulfil, refuse)?;
            if vm.call_with(third, second, &[fulfil, refuse]).is_err() {
                caught(vm, error)?;
                vm.call_with(refuse, nothing, &[error])?;
            }
            Ok(())
        }
        _ => {
            let handler = if rejected { third } else { second };
            if !vm.get(handler).is_callable() {
                return settle_derived(vm, first, rejected, value);
            }
            let outcome = vm.call_with(handler, nothing, &[value]).map(Value::word);
            match outcome {
                Ok(result) => store(error.0, result),
                Err(_) => caught(vm, error)?,
            }
            settle_derived(vm, first, outcome.is_err(), error)
        }
    }
}
