//! Async functions: frames (see `generator`) that promises resume.

use jerboa_rt::Result;
use jerboa_rt::value::Slot;
use jerboa_rt::vm::Vm;

use super::{caught, new_promise, promise_for, react, reaction, reject, resolve};
use crate::generator::{Mode, Outcome, resume};

jerboa_rt::native! {
    /// Calls an async function: the function, and its frame. Gives its promise.
    fn jrt_n_async_start(vm, args) {
        let [_, frame] = args.take(vm)?;
        let [promise, value] = vm.slots()?;
        new_promise(vm)?.store(promise);
        go_on(vm, frame, promise, value, Mode::Next)?;
        Ok(vm.get(promise))
    }
}

/// Resumes an async function until it awaits something or ends.
pub(super) fn go_on(vm: &mut Vm, frame: Slot, promise: Slot, value: Slot, mode: Mode) -> Result<()> {
    let mark = vm.mark();
    let [awaited, nothing] = vm.slots()?;
    let mut mode = mode;
    loop {
        match resume(vm, frame, value, mode) {
            Ok(Outcome::Return) => {
                resolve(vm, promise, value)?;
                break;
            }
            Ok(_) => match promise_for(vm, value, awaited) {
                Ok(()) => {
                    react(vm, awaited, reaction::AWAIT, [frame, promise, nothing])?;
                    break;
                }
                Err(_) => {
                    caught(vm, value)?;
                    mode = Mode::Throw;
                }
            },
            Err(_) => {
                caught(vm, value)?;
                reject(vm, promise, value)?;
                break;
            }
        }
    }
    vm.release(mark);
    Ok(())
}

/// Goes on after an `await`.
pub(super) fn awaited(vm: &mut Vm, frame: Slot, promise: Slot, value: Slot, rejected: bool) -> Result<()> {
    go_on(vm, frame, promise, value, if rejected { Mode::Throw } else { Mode::Next })
}
