//! Consoles and ways to end, each under a symbol that a board's file can choose.

mod semihosting;
mod uart;

/// Ends by QEMU's `virt` test device: the low half word says failed, the high one is the status.
mod finisher {
    unsafe extern "C" {
        static mut __jerboa_exit_base: u32;
    }

    const FAIL: u32 = 0x3333;

    /// # Safety
    /// `__jerboa_exit_base` must be the address of the device.
    #[unsafe(no_mangle)]
    unsafe extern "C" fn jerboa_exit_finisher(status: u32) -> ! {
        // SAFETY: the linker script says that the device is there.
        unsafe { (&raw mut __jerboa_exit_base).write_volatile(status << 16 | FAIL) };
        loop {
            core::hint::spin_loop();
        }
    }
}

/// Where nobody waits for a status: stay.
mod halt {
    #[unsafe(no_mangle)]
    extern "C" fn jerboa_exit_halt(_status: u32) -> ! {
        loop {
            core::hint::spin_loop();
        }
    }
}
