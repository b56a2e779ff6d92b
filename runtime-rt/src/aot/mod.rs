//! The runtime as compiled code sees it: the entry points of [`jerboa_abi::entry`], one file for each subject.
//!
//! Each is a function with a linker symbol and in a section of its own, so that an image has only those that its
//! program calls. An entry that may collect or throw first tells the VM where the stacks end ([`enter`]) and puts its
//! operands on the tagged stack ([`hold`]), where the collector finds them; paths that need neither come before that.
//!
//! An image has one VM, at a fixed address ([`place`]), so that entries need no parameter for it. They reach it beside
//! the reference that a native function may hold further up the machine stack; that one is handed to the engine at
//! every call which can come back here, so the compiler expects everything behind it to change.
//!
//! In an image of compiled code the machine stack and the tagged stack share one area: see [`machine`].

mod arithmetic;
mod calls;
mod compare;
mod convert;
mod exceptions;
mod iterate;
pub mod machine;
mod objects;
mod trace;

use core::cell::UnsafeCell;
use core::mem::MaybeUninit;

use jerboa_abi::header::Kind;
use jerboa_abi::value as word;

use crate::gate::gate;
use crate::memory::store;
use crate::value::{Slot, Value};
use crate::vm::{Engine, Vm};
use crate::{Result, Thrown};

pub use calls::{invoke, run_plain};
pub use trace::attach_traced;

/// Types of parameters, under the names of the table of entries.
#[allow(non_camel_case_types, reason = "they are written as in the table")]
mod param {
    pub type sp = *mut u32;
    pub type top = *mut u32;
    pub type val = u32;
    pub type i32 = core::primitive::i32;
    pub type f64 = core::primitive::f64;
}

/// Types of results.
#[allow(non_camel_case_types, reason = "they are written as in the table")]
mod result {
    pub type val = u32;
    pub type status = u32;
    pub type truth = u32;
    pub type bool = u32;
    pub type i32 = core::primitive::i32;
    pub type f64 = core::primitive::f64;
    pub type none = ();
}

/// Defines entries, with the kinds of parameters and results as the table has them.
macro_rules! entries {
    ($($(#[$doc:meta])* fn $name:ident($($argument:ident: $kind:ident),*) -> $result:ident $body:block)+) => {$(
        $(#[$doc])*
        ///
        /// # Safety
        /// Called by compiled code that keeps to the convention of [`jerboa_abi::entry`].
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $name(
            $($argument: $crate::aot::param::$kind),*
        ) -> $crate::aot::result::$result $body
    )+};
}
use entries;

/// Every row of the table is implemented, with the signature that it states.
const _: () = {
    use arithmetic::*;
    use calls::*;
    use compare::*;
    use convert::*;
    use exceptions::*;
    use iterate::*;
    use objects::*;
    macro_rules! check {
        ($(($id:ident, $symbol:ident, [$($param:ident),*], $result:ident))*) => {
            $(let _: unsafe extern "C" fn($(param::$param),*) -> result::$result = $symbol;)*
        };
    }
    jerboa_abi::for_each_entry!(check);
};

/// Where the VM of an image is.
struct Place(UnsafeCell<MaybeUninit<Vm>>);

// SAFETY: an image has one thread.
unsafe impl Sync for Place {}

static VM: Place = Place(UnsafeCell::new(MaybeUninit::zeroed()));

/// Where an image makes its VM, before any compiled code runs. It is zero until then.
#[inline]
pub fn place() -> *mut Vm {
    VM.0.get().cast()
}

/// The VM of the image.
#[inline(always)]
fn vm() -> &'static mut Vm {
    // SAFETY: compiled code runs only after the image made its VM there, and an image has one thread. Aliasing: see the
    // module's documentation.
    unsafe { &mut *place() }
}

/// The address of a word of the tagged stack.
#[inline(always)]
fn address(sp: *mut u32) -> u32 {
    sp.addr() as u32
}

/// The VM, which now knows how far both stacks are used.
#[inline(always)]
fn enter(sp: u32) -> &'static mut Vm {
    let vm = vm();
    vm.sp.set(sp);
    vm.raw_sp.set(machine::limit(vm));
    vm
}

/// The VM, with operands put on top of the tagged stack. Compiled code leaves room for them.
#[inline(always)]
fn hold<const N: usize>(sp: *mut u32, operands: [u32; N]) -> (&'static mut Vm, [Slot; N]) {
    let base = address(sp);
    let mut slots = [Slot(base); N];
    // By reference: an array's own iterator is not inlined in code that is to be small.
    for (i, operand) in operands.iter().enumerate() {
        slots[i] = Slot(base + 4 * i as u32);
        store(slots[i].0, *operand);
    }
    (enter(base + 4 * N as u32), slots)
}

/// The number of a value that is one. (It need not be one yet where the compiler unboxed it early; then nobody looks at it.)
#[inline(never)]
fn known_number(a: u32) -> f64 {
    let value = Value::of(a);
    match value.as_int() {
        Some(integer) => f64::from(integer),
        None if value.is(Kind::Double) => value.double(),
        None => f64::NAN,
    }
}

/// A result as a `val`.
#[inline(always)]
fn val(result: Result<Value<'_>>) -> u32 {
    match result {
        Ok(value) => value.word(),
        Err(Thrown) => word::EXCEPTION,
    }
}

/// A result as a `status`.
#[inline(always)]
fn status(result: Result<()>) -> u32 {
    u32::from(result.is_err())
}

/// A result as a `truth`.
#[inline(always)]
fn truth(result: Result<bool>) -> u32 {
    match result {
        Ok(truth) => u32::from(truth),
        Err(Thrown) => 2,
    }
}

/// Makes compiled code the engine of the image's VM.
///
/// # Safety
/// The VM is the one at [`place`], and the image was linked with the compiled functions of its program.
pub unsafe fn attach(vm: &mut Vm) {
    set_engine(vm);
    machine::share(vm);
}

gate! {
    /// What natives call functions by; they can only call what is a value.
    if Objects, fn set_engine(vm: &mut Vm) -> () {
        static COMPILED: Engine = Engine { invoke, capture_stack: None, locate: None };
        // SAFETY: `invoke` keeps to the conventions.
        unsafe { vm.set_engine(&COMPILED) }
    } else {
        let _ = vm;
    }
    /// Runs the program.
    ///
    /// # Errors
    /// An exception that it did not catch.
    if Objects, fn run_program(vm: &mut Vm) -> Result<()> {
        vm.run_entry()
    } else {
        // SAFETY: the caller of `run` says that the program is compiled.
        unsafe { run_plain(vm) }
    }
}

/// Runs the image's program.
///
/// # Errors
/// An exception that it did not catch.
///
/// # Safety
/// As [`attach`], which was called.
pub unsafe fn run(vm: &mut Vm) -> Result<()> {
    run_program(vm)
}

/// Prepares the image's VM for a program that needs no engine: see [`run_plain`].
///
/// # Safety
/// As [`attach`].
#[inline]
pub unsafe fn attach_plain(vm: &mut Vm) {
    machine::share(vm);
}
