//! `setTimeout`, `setInterval` and the functions that clear them, on virtual time.
//!
//! A timer is five elements of the list of timers: its number, when it is due, its interval or `undefined`, the callback, and an
//! array of arguments. The first two elements of the list are the time and the number of the last timer.

use jerboa_rt::memory::load;
use jerboa_rt::value::{Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{Args, Result};

use super::queue::{list, list_of};

/// Elements before the first timer.
const HEAD: u32 = 2;
/// Elements of a timer.
const WORDS: u32 = 5;

jerboa_rt::native! {
    /// `setTimeout(callback, milliseconds, …arguments)`
    fn jrt_n_set_timeout(vm, args) {
        add(vm, args, false)
    }

    /// `setInterval(callback, milliseconds, …arguments)`
    fn jrt_n_set_interval(vm, args) {
        add(vm, args, true)
    }

    /// `clearTimeout(number)`, `clearInterval(number)`
    fn jrt_n_clear_timer(vm, args) {
        let [number] = args.take(vm)?;
        let [timers] = vm.slots()?;
        list_of(vm, list::TIMERS, timers)?;
        let mut at = HEAD;
        while at < vm.array_length(timers) {
            if vm.array_get(timers, at) == vm.get(number) {
                remove(vm, timers, at)?;
                break;
            }
            at += WORDS;
        }
        Ok(Value::UNDEFINED)
    }
}

fn add(vm: &mut Vm, args: Args, repeats: bool) -> Result<Value<'_>> {
    let [callback, delay] = args.take(vm)?;
    let [timers, number, word, rest] = vm.slots()?;
    if !vm.get(callback).is_callable() {
        return Err(vm.throw_type("The \"callback\" argument must be of type function."));
    }
    let delay = if vm.get(delay).is_undefined() { 1.0 } else { vm.to_number(delay)? };
    // What Node makes of delays that are no sensible numbers.
    let delay = if (1.0..=2_147_483_647.0).contains(&delay) { libm::trunc(delay) } else { 1.0 };
    list_of(vm, list::TIMERS, timers)?;
    if vm.array_length(timers) == 0 {
        Value::small(0).store(word);
        vm.array_push(timers, word)?;
        vm.array_push(timers, word)?;
    }
    let count = args.len().saturating_sub(2);
    vm.new_array_from(args.get(2).unwrap_or(args.first()), count)?.store(rest);
    let last = vm.array_get(timers, 1).as_int().unwrap_or(0);
    Value::small(last + 1).store(number);
    vm.array_set(timers, 1, Value::small(last + 1));
    let now = vm.array_get(timers, 0).as_number().unwrap_or(0.0);
    vm.array_push(timers, number)?;
    vm.number(now + delay)?.store(word);
    vm.array_push(timers, word)?;
    Value::UNDEFINED.store(word);
    if repeats {
        vm.number(delay)?.store(word);
    }
    vm.array_push(timers, word)?;
    vm.array_push(timers, callback)?;
    vm.array_push(timers, rest)?;
    Ok(vm.get(number))
}

fn remove(vm: &mut Vm, timers: Slot, at: u32) -> Result<()> {
    let length = vm.array_length(timers);
    vm.array_move(timers, at + WORDS, at, length - at - WORDS);
    vm.set_array_length(timers, length - WORDS)?;
    Ok(())
}

/// Runs the timer that is due next; false if there is none.
pub(super) fn run_next(vm: &mut Vm) -> Result<bool> {
    let mark = vm.mark();
    let [timers, callback, rest, word] = vm.slots()?;
    list_of(vm, list::TIMERS, timers)?;
    let due = |vm: &Vm, at: u32| vm.array_get(timers, at + 1).as_number().unwrap_or(0.0);
    let mut best = None;
    let mut at = HEAD;
    while at < vm.array_length(timers) {
        if best.is_none_or(|best| due(vm, at) < due(vm, best)) {
            best = Some(at);
        }
        at += WORDS;
    }
    let Some(at) = best else {
        vm.release(mark);
        return Ok(false);
    };
    let now = due(vm, at);
    let time = vm.array_get(timers, at + 1).word();
    vm.array_set(timers, 0, Value::of(time));
    vm.array_get(timers, at + 3).store(callback);
    vm.array_get(timers, at + 4).store(rest);
    match vm.array_get(timers, at + 2).as_number() {
        // It goes behind those that are due at the same time.
        Some(interval) => {
            let words = vm.slots::<5>()?;
            for (i, word) in words.iter().enumerate() {
                vm.array_get(timers, at + i as u32).store(*word);
            }
            vm.number(now + interval)?.store(words[1]);
            remove(vm, timers, at)?;
            for word in words {
                vm.array_push(timers, word)?;
            }
        }
        None => remove(vm, timers, at)?,
    }
    let window = vm.push(callback)?;
    vm.push_value(Value::UNDEFINED)?;
    let count = vm.array_length(rest);
    for i in 0..count {
        vm.array_get(rest, i).store(word);
        vm.push_word(load(word.0))?;
    }
    let result = vm.call(count).map(drop);
    vm.release(window);
    result?;
    vm.release(mark);
    Ok(true)
}
