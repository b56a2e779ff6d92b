//! Semihosting: calls that a debugger or an emulator serves.
//!
//! Descriptors 1 and 2 are opened as `:tt` for writing and for appending, which by the extension
//! `SH_EXT_STDOUT_STDERR` are the standard streams of the host.

use core::arch::asm;
use core::sync::atomic::{AtomicU32, Ordering::Relaxed};

const SYS_OPEN: u32 = 0x01;
const SYS_WRITE: u32 = 0x05;
const SYS_EXIT_EXTENDED: u32 = 0x20;
/// Reason "application exit" of `SYS_EXIT_EXTENDED`.
const ADP_STOPPED_APPLICATION_EXIT: u32 = 0x20026;
/// `fopen` modes "w" and "a", in the numbering of the specification.
const MODE_WRITE: u32 = 4;
const MODE_APPEND: u32 = 8;

/// Handles of descriptors 1 and 2 plus one; 0 means not opened yet.
static HANDLES: [AtomicU32; 2] = [const { AtomicU32::new(0) }; 2];

/// # Safety
/// `block` must be what the operation expects: the address of its parameter block.
unsafe fn call(operation: u32, block: *const u32) -> u32 {
    let result;
    #[cfg(target_arch = "arm")]
    // SAFETY: the trap is served by the debugger, which follows the parameter block and returns in r0.
    unsafe {
        asm!("bkpt 0xab", inlateout("r0") operation => result, in("r1") block, options(nostack));
    }
    // The three instructions are the signature by which a semihosting trap is known; they must be uncompressed and
    // lie in one page, hence the alignment.
    #[cfg(target_arch = "riscv32")]
    // SAFETY: as above; the result is in a0.
    unsafe {
        asm!(
            ".option push", ".option norvc", ".p2align 4",
            "slli x0, x0, 0x1f", "ebreak", "srai x0, x0, 7",
            ".option pop",
            inlateout("a0") operation => result, in("a1") block, options(nostack)
        );
    }
    result
}

fn handle(fd: u32) -> u32 {
    let (slot, mode) =
        if fd == crate::STDERR { (&HANDLES[1], MODE_APPEND) } else { (&HANDLES[0], MODE_WRITE) };
    let known = slot.load(Relaxed);
    if known != 0 {
        return known - 1;
    }
    let name = b":tt\0";
    let block = [name.as_ptr() as u32, mode, 3];
    // SAFETY: the block of SYS_OPEN is name, mode, length of the name.
    let opened = unsafe { call(SYS_OPEN, block.as_ptr()) };
    slot.store(opened.wrapping_add(1), Relaxed);
    opened
}

/// # Safety
/// `ptr` must point to `len` readable bytes.
#[unsafe(no_mangle)]
unsafe extern "C" fn jerboa_console_semihosting(fd: u32, ptr: *const u8, len: usize) {
    let block = [handle(fd), ptr as u32, len as u32];
    // SAFETY: the block of SYS_WRITE is handle, address, length.
    unsafe { call(SYS_WRITE, block.as_ptr()) };
}

/// # Safety
/// Needs a debugger or an emulator that serves the call.
#[unsafe(no_mangle)]
unsafe extern "C" fn jerboa_exit_semihosting(status: u32) -> ! {
    let block = [ADP_STOPPED_APPLICATION_EXIT, status];
    // SAFETY: the block of SYS_EXIT_EXTENDED is reason, status.
    unsafe { call(SYS_EXIT_EXTENDED, block.as_ptr()) };
    loop {
        core::hint::spin_loop();
    }
}
