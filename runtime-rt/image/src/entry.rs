//! The one path of every image: set up, run, end.

unsafe extern "C" {
    fn jerboa_platform_write(fd: u32, ptr: *const u8, len: usize);
}

/// Writes `text` to a descriptor of the platform.
pub fn write(fd: u32, text: &[u8]) {
    // SAFETY: pointer and length describe a live slice; the platform only reads it.
    unsafe { jerboa_platform_write(fd, text.as_ptr(), text.len()) }
}

#[cfg(not(feature = "self-test"))]
pub use program::image_main;

#[cfg(not(feature = "self-test"))]
mod program {
    use core::ptr;
    use core::sync::atomic::{AtomicU32, Ordering::Relaxed};

    use jerboa_rt::{Options, Vm, aot, interp, report};

    use super::write;
    use crate::{STATUS_BUG, STATUS_STOPPED, STDERR, marks, start, stats};

    // The program's object defines these, see `jerboa_abi::entry::symbol`.
    unsafe extern "C" {
        static jerboa_image: [u8; 0];
        // Addresses of `NativeFn`s, whose convention is Rust's.
        static jerboa_natives: [usize; 0];
        static jerboa_engine: unsafe extern "C" fn(*mut Vm) -> u32;
    }

    /// Runs the program of this image and returns its exit status.
    ///
    /// The marks bracket set-up (arena, engine) and the run, so that instructions are counted apart.
    pub fn image_main() -> u32 {
        marks::jerboa_mark_setup();
        match set_up() {
            // SAFETY: the engine is the one that the program was compiled for.
            Some(vm) => unsafe { jerboa_engine(vm) },
            None => {
                write(STDERR, b"jerboa: too little memory for the program (give a larger --heap)\n");
                STATUS_BUG
            }
        }
    }

    /// Makes the VM at its place; `None` if the arena is too small. A function of its own, since the frame of [`image_main`] takes
    /// machine stack from the program for good.
    #[inline(never)]
    fn set_up() -> Option<*mut Vm> {
        let (start, size) = start::arena();
        let arena = ptr::slice_from_raw_parts_mut(start, size);
        let options = Options { stack: start::stack_bytes(), ..Options::default() };
        // SAFETY: the compiler wrote image and natives for each other, and the arena is this VM's alone.
        // Nothing has used the place yet.
        let made = unsafe {
            let (image, natives) = ((&raw const jerboa_image).cast(), (&raw const jerboa_natives).cast());
            Vm::at_linked_image(aot::place(), image, arena, natives, options)
        };
        made.is_ok().then(aot::place)
    }

    /// Runs compiled code.
    ///
    /// # Safety
    /// `vm` is the new VM at [`aot::place`], of an image with compiled functions.
    #[unsafe(no_mangle)]
    unsafe extern "C" fn jerboa_run_compiled(vm: *mut Vm) -> u32 {
        // SAFETY: by the contract of this function.
        unsafe {
            aot::attach(&mut *vm);
            aot::machine::on_shared_stack(vm, run)
        }
    }

    /// Runs compiled code of a program that can look at the stacks of errors.
    ///
    /// # Safety
    /// As [`jerboa_run_compiled`], and the functions keep their call sites (`jerboa_abi::entry::symbol::RUN_TRACED`).
    #[unsafe(no_mangle)]
    unsafe extern "C" fn jerboa_run_traced(vm: *mut Vm) -> u32 {
        // SAFETY: by the contract of this function.
        unsafe {
            aot::attach_traced(&mut *vm);
            aot::machine::on_shared_stack(vm, run)
        }
    }

    /// Runs compiled code that needs no engine.
    ///
    /// # Safety
    /// As [`jerboa_run_compiled`], and the program is plain (`jerboa_abi::entry::PLAIN`).
    #[unsafe(no_mangle)]
    unsafe extern "C" fn jerboa_run_plain(vm: *mut Vm) -> u32 {
        // SAFETY: by the contract of this function.
        unsafe {
            aot::attach_plain(&mut *vm);
            aot::machine::on_shared_stack(vm, run_plain)
        }
    }

    /// Runs bytecode. It was verified before it was linked (`jerboa`'s `compile::lower`): here it is as much to be trusted as
    /// the machine code beside it, and the verifier would be a third of the image.
    ///
    /// # Safety
    /// `vm` is a new VM of an image with verified bytecode.
    #[unsafe(no_mangle)]
    unsafe extern "C" fn jerboa_run_bytecode(vm: *mut Vm) -> u32 {
        // SAFETY: the compiler verified the image; the rest by the contract of this function.
        unsafe {
            attach_interpreter(vm);
            run_interpreted(&mut *vm)
        }
    }

    /// Makes the interpreter the engine.
    ///
    /// # Safety
    /// As [`jerboa_run_bytecode`].
    unsafe fn attach_interpreter(vm: *mut Vm) {
        // SAFETY: by the contract of this function.
        unsafe {
            interp::attach(&mut *vm);
            if let Some(floor) = start::stack_floor() {
                (*vm).set_machine_floor(floor);
            }
        }
    }

    unsafe extern "C" {
        // Defined by programs with a limit, the only ones that link what refers to it.
        static jerboa_fuel: AtomicU32;
    }

    /// Runs compiled code of a program with a limit.
    ///
    /// # Safety
    /// As [`jerboa_run_traced`], and the program defines its fuel (`jerboa_abi::entry::symbol::FUEL`).
    #[unsafe(no_mangle)]
    unsafe extern "C" fn jerboa_run_fueled(vm: *mut Vm) -> u32 {
        // SAFETY: by the contract of this function.
        unsafe {
            aot::attach_traced(&mut *vm);
            (*vm).set_fuel(Some(u64::from(jerboa_fuel.load(Relaxed))));
            aot::machine::on_shared_stack(vm, run_limited)
        }
    }

    /// Runs bytecode of a program with a limit.
    ///
    /// # Safety
    /// As [`jerboa_run_bytecode`] and [`jerboa_run_fueled`].
    #[unsafe(no_mangle)]
    unsafe extern "C" fn jerboa_run_bytecode_fueled(vm: *mut Vm) -> u32 {
        // SAFETY: the compiler verified the image; the rest by the contract of this function.
        unsafe {
            attach_interpreter(vm);
            (*vm).set_fuel(Some(u64::from(jerboa_fuel.load(Relaxed))));
            marks::jerboa_mark_run();
            let outcome = (*vm).run_entry();
            end_limited(&mut *vm, outcome.is_err())
        }
    }

    /// Runs compiled code to its end, or until it is stopped.
    ///
    /// # Safety
    /// As [`run`].
    unsafe extern "C" fn run_limited(vm: *mut Vm) -> u32 {
        // SAFETY: by the contract of this function.
        let vm = unsafe { &mut *vm };
        marks::jerboa_mark_run();
        // SAFETY: as before.
        let outcome = unsafe { aot::run(vm) };
        end_limited(vm, outcome.is_err())
    }

    /// As [`end`], for a program that may have been stopped.
    fn end_limited(vm: &mut Vm, failed: bool) -> u32 {
        if failed && vm.pending().is_none() {
            write(STDERR, b"error: the program used up its fuel\n");
            finish(vm, failed);
            return STATUS_STOPPED;
        }
        end(vm, failed)
    }

    /// Runs compiled code to its end.
    ///
    /// # Safety
    /// `vm` is a live VM to which compiled code is attached.
    unsafe extern "C" fn run(vm: *mut Vm) -> u32 {
        // SAFETY: by the contract of this function.
        run_compiled(unsafe { &mut *vm })
    }

    #[cfg(feature = "sweep")]
    use crate::sweep::{run as run_compiled, run as run_interpreted};

    #[cfg(not(feature = "sweep"))]
    fn run_compiled(vm: &mut Vm) -> u32 {
        marks::jerboa_mark_run();
        // SAFETY: the callers attached compiled code.
        let outcome = unsafe { aot::run(vm) };
        end(vm, outcome.is_err())
    }

    #[cfg(not(feature = "sweep"))]
    fn run_interpreted(vm: &mut Vm) -> u32 {
        marks::jerboa_mark_run();
        let outcome = vm.run_entry();
        end(vm, outcome.is_err())
    }

    /// Says what the program threw if nobody caught it.
    fn end(vm: &mut Vm, failed: bool) -> u32 {
        if failed {
            report::uncaught(vm);
        }
        finish(vm, failed)
    }

    /// The same for a program that needs no engine.
    ///
    /// # Safety
    /// `vm` is a live VM, and the program is plain.
    unsafe extern "C" fn run_plain(vm: *mut Vm) -> u32 {
        // SAFETY: by the contract of this function.
        let vm = unsafe { &mut *vm };
        marks::jerboa_mark_run();
        // SAFETY: as before.
        let outcome = unsafe { aot::run_plain(vm) };
        if outcome.is_err() {
            report::uncaught_plain(vm);
        }
        finish(vm, outcome.is_err())
    }

    fn finish(vm: &Vm, failed: bool) -> u32 {
        marks::jerboa_mark_end();
        stats::record(&vm.statistics());
        u32::from(failed)
    }
}
