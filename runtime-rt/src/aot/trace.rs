//! Stacks of errors in compiled code.
//!
//! A function of a program that can look at them keeps the word of its current call site in the first word of its frame
//! ([`jerboa_abi::value::from_site`]). No other word of the tagged stack has that tag, so a scan from the top finds the active
//! functions, whatever natives stand between them. Entering and leaving a function costs nothing for it.

use jerboa_abi::image::{field, function};
use jerboa_abi::value as word;

use super::calls::invoke;
use super::machine;
use crate::image::{function_at, header_half};
use crate::lines;
use crate::memory::load;
use crate::vm::{Engine, Vm};

/// As [`super::attach`], for a program whose functions keep their call sites.
///
/// # Safety
/// As [`super::attach`].
pub unsafe fn attach_traced(vm: &mut Vm) {
    static TRACED: Engine =
        Engine { invoke, capture_stack: Some(capture_stack), locate: Some(lines::locate) };
    // SAFETY: the functions keep to the conventions.
    unsafe { vm.set_engine(&TRACED) };
    machine::share(vm);
}

/// Tells the call sites of all active functions, innermost first, for an error's stack.
///
/// # Safety
/// `vm` is a live VM that nobody else uses during the call.
unsafe extern "C" fn capture_stack(vm: *mut Vm) {
    // SAFETY: as the caller promises.
    let vm = unsafe { &mut *vm };
    let mut at = vm.sp.get();
    while at > vm.globals {
        at -= 4;
        if let Some(site) = word::to_site(load(at))
            && !vm.stack_position(function_of(vm, site), site)
        {
            return;
        }
    }
}

/// Number of the function that a call site is in. Descriptors are in the order of their first sites.
fn function_of(vm: &Vm, site: u32) -> u32 {
    let (mut low, mut high) = (0, header_half(vm.image, field::FUNCTIONS));
    while high - low > 1 {
        let middle = (low + high) / 2;
        if load(function_at(vm.image, middle) + function::CODE as u32) <= site {
            low = middle;
        } else {
            high = middle;
        }
    }
    low
}
