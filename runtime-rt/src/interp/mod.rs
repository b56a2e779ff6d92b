//! The bytecode interpreter.
//!
//! * `dispatch`: the loop; one function, one arm an instruction, no recursion for calls between functions.
//! * `slow`: what the arms call when their fast path does not apply, `helper`: how they reach it.
//! * `frame`: frames, unwinding, stack traces.
//! * [`verify`](mod@verify): what an image must pass before it runs.
//!
//! An embedder checks the image with [`verify()`], makes a [`Vm`], gives it to [`attach`] and runs it with
//! [`Vm::run_entry`].

#[cfg(feature = "opcode-counts")]
pub mod counts;
mod dispatch;
mod frame;
mod helper;
mod slow;
pub mod verify;

pub use verify::{VerifyError, verify, verify_extension};

use jerboa_abi::image::{field, function};
use jerboa_abi::value as word;

use crate::lines;
use crate::memory::{load, pointer, store};
use crate::vm::{Engine, Vm};

/// Makes the interpreter the engine of a VM.
///
/// # Safety
/// The VM's image has passed [`verify()`].
pub unsafe fn attach(vm: &mut Vm) {
    static INTERPRETER: Engine =
        Engine { invoke, capture_stack: Some(frame::capture_stack), locate: Some(lines::locate) };
    // SAFETY: the functions keep to the conventions.
    unsafe { vm.set_engine(&INTERPRETER) }
}

/// Runs a function of the program: the entry from native code, see [`crate::call`].
///
/// # Safety
/// `vm` is a live VM with a verified image that nobody else uses during the call; the window of `argc` arguments is on top of
/// its stack, and its callee is a compiled function.
pub unsafe extern "C" fn invoke(vm: *mut Vm, argc: u32) -> u32 {
    // SAFETY: as the caller promises.
    let vm = unsafe { &mut *vm };
    // A native that calls back may be a loop.
    if vm.take_fuel().is_err() {
        return word::EXCEPTION;
    }
    let top = vm.sp.get();
    let window = top - 4 * (argc + 2);
    let descriptor = vm.descriptor_of(load(window));
    if slow::takes_other_arguments(descriptor, argc)
        && slow::adjust_arguments(vm, window, argc, descriptor).is_err()
    {
        vm.sp.set(top);
        return word::EXCEPTION;
    }
    let rp = vm.raw_sp.get() - 8;
    store(rp + 4, vm.engine.get());
    store(rp, frame::exit_address(vm));
    vm.sp.set(window);
    let code = vm.image + load(descriptor + function::CODE as u32);
    // SAFETY: the image is verified, the frame begins at the window, and the raw pointer at the return address.
    let result = unsafe { dispatch::run(vm, pointer(code), pointer(window).cast(), pointer(rp).cast()) };
    vm.sp.set(top);
    result
}

/// Whether the image has bytecode.
pub fn has_bytecode(image: &[u8]) -> bool {
    image.get(field::FLAGS).is_some_and(|flags| flags & jerboa_abi::image::HAS_BYTECODE != 0)
}
