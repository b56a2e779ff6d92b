//! Runs the program of an image again and again, with a resource that gives out a little later each time: first each of
//! its allocations in turn, then each depth of stack. Every run is a process of its own, so that it starts from the same state, and
//! a crash is seen as one.

use core::ffi::c_int;

use jerboa_rt::Vm;
use jerboa_rt::sweep::{Ending, Fault, Limit, trial, trial_and_again};

use crate::entry::write;
use crate::{STATUS_BUG, STDOUT};

unsafe extern "C" {
    fn fork() -> c_int;
    fn waitpid(child: c_int, status: *mut c_int, options: c_int) -> c_int;
    fn _exit(status: c_int) -> !;
    fn alarm(seconds: u32) -> u32;
    fn close(fd: c_int) -> c_int;
}

/// Allocations that are all failed; of those behind, only some.
const DENSE: u32 = 1500;
/// Distance of the others at first; it doubles after each [`DENSE`].
const SPARSE: u32 = 16;
/// Depths that are tried at most.
const DEPTHS: u32 = 2048;
/// After one run in so many, the program must run to its end in the same VM.
const AGAIN: u32 = 4;
/// Runs without meeting the limit after which there is enough of a resource.
const ENOUGH: u32 = 4;
/// Seconds that a run may take.
const PATIENCE: u32 = 20;

/// Set in the status of a run that met its limit.
const LIMITED: c_int = 8;
/// Added to the number of a fault in the status of a run.
const FAULTY: c_int = 32;

/// How the runs of a sweep ended.
#[derive(Default)]
struct Tally {
    runs: u32,
    regular: u32,
    range_error: u32,
    other_error: u32,
}

/// Does both sweeps and prints what came of them: the exit status is 0 if no run went wrong.
pub fn run(vm: &mut Vm) -> u32 {
    let depth_step = if vm.shares_machine_stack() { 64 } else { 4 };
    let allocations = sweep(vm, b"allocation", |n| {
        let stretch = n / DENSE;
        Limit::Allocation(match stretch {
            0 => n,
            _ => DENSE * stretch + (n % DENSE) * (SPARSE << stretch.min(8)),
        })
    });
    let depths = sweep(vm, b"stack", |n| Limit::Stack(n * depth_step));
    if allocations && depths { 0 } else { STATUS_BUG }
}

/// One sweep; whether all runs went well.
fn sweep(vm: &mut Vm, name: &[u8], limit: impl Fn(u32) -> Limit) -> bool {
    let mut tally = Tally::default();
    let mut unlimited = 0;
    let mut good = true;
    let most = if matches!(limit(0), Limit::Stack(_)) { DEPTHS } else { 3 * DENSE };
    for n in 0..most {
        let status = in_child(vm, limit(n), n % AGAIN == 0);
        // WIFEXITED and WEXITSTATUS of the C library, which are macros.
        let (signal, code) = (status & 0x7f, status >> 8 & 0xff);
        if signal != 0 || code >= FAULTY {
            good = false;
            say(&[b"sweep: ", name, b" "]);
            say_number(n);
            say(&[match (signal, code - FAULTY) {
                (0, 0) => b": ends without an exception\n",
                (0, 1) => b": leaves a damaged heap\n",
                (0, 2) => b": leaves a heap that a collection damages\n",
                (0, _) => b": leaves a machine in which the program does not run\n",
                _ => b": crashes\n",
            }]);
            continue;
        }
        if code & LIMITED == 0 {
            unlimited += 1;
            if unlimited == ENOUGH {
                break;
            }
            continue;
        }
        unlimited = 0;
        tally.runs += 1;
        match code & 3 {
            0 => tally.regular += 1,
            1 => tally.range_error += 1,
            _ => tally.other_error += 1,
        }
    }
    say(&[b"sweep: ", name, b": "]);
    for (number, what) in [
        (tally.runs, &b" runs met the limit, "[..]),
        (tally.regular, b" went on, "),
        (tally.range_error, b" ended in a RangeError, "),
        (tally.other_error, b" in another error\n"),
    ] {
        say_number(number);
        say(&[what]);
    }
    good
}

/// Runs the program once in a child process; the status as `waitpid` gives it.
fn in_child(vm: &mut Vm, limit: Limit, again: bool) -> c_int {
    // SAFETY: the image has one thread, and the child ends in `_exit`.
    unsafe {
        let child = fork();
        if child != 0 {
            let mut status = 0;
            return if waitpid(child, &raw mut status, 0) == child { status } else { 1 };
        }
        alarm(PATIENCE);
        // What the program prints is not the point.
        close(1);
        close(2);
        _exit(match if again { trial_and_again(vm, limit) } else { trial(vm, limit) } {
            Ok(trial) => {
                let ending = match trial.ending {
                    Ending::Regular => 0,
                    Ending::RangeError => 1,
                    Ending::OtherError => 2,
                };
                ending | if trial.limited { LIMITED } else { 0 }
            }
            Err(fault) => {
                FAULTY
                    + match fault {
                        Fault::NothingPending => 0,
                        Fault::Heap => 1,
                        Fault::Collected => 2,
                        Fault::Unusable => 3,
                    }
            }
        })
    }
}

fn say(parts: &[&[u8]]) {
    parts.iter().for_each(|part| write(STDOUT, part));
}

fn say_number(mut number: u32) {
    let mut digits = [0; 10];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            break;
        }
    }
    write(STDOUT, &digits[at..]);
}
