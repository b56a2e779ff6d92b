//! The platform functions of a device. The linker binds `jerboa_console_write` and `jerboa_exit` to one of the
//! consoles and one of the ways to end, as the board's file says.

use crate::{STATUS_BUG, STDERR, entry};

unsafe extern "C" {
    fn jerboa_console_write(fd: u32, ptr: *const u8, len: usize);
    fn jerboa_exit(status: u32) -> !;
}

/// Writes `len` bytes at `ptr` to descriptor `fd` (1 or 2). A console with one channel mixes both.
///
/// # Safety
/// `ptr` must point to `len` readable bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jerboa_platform_write(fd: u32, ptr: *const u8, len: usize) {
    // SAFETY: passed on from the caller.
    unsafe { jerboa_console_write(fd, ptr, len) }
}

/// Milliseconds since 1970-01-01T00:00Z. No board has a clock that knows, so it is always then.
#[unsafe(no_mangle)]
pub extern "C" fn jerboa_platform_now() -> f64 {
    0.0
}

/// Ends the image with a status that the runner sees, or stops the processor where nobody listens.
///
/// # Safety
/// Nothing runs afterwards: state that must be written out is written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jerboa_platform_exit(status: u32) -> ! {
    // SAFETY: passed on from the caller.
    unsafe { jerboa_exit(status) }
}

/// What a gate leads to that the driver left shut: see `jerboa_abi::feature`.
#[unsafe(no_mangle)]
extern "C" fn jerboa_absent() -> ! {
    entry::write(STDERR, b"jerboa: internal error (a part of the runtime is not in this image)\n");
    // SAFETY: the program does not go on.
    unsafe { jerboa_exit(STATUS_BUG) }
}

unsafe extern "C" {
    static mut __jerboa_heap_start: u8;
    static mut __jerboa_heap_end: u8;
    safe static __jerboa_stack_bottom: u8;
    safe static __jerboa_stack_bytes: u8;
}

/// The arena that the linker script laid out.
pub fn arena() -> (*mut u8, usize) {
    let start = &raw mut __jerboa_heap_start;
    let end = &raw mut __jerboa_heap_end;
    (start, end as usize - start as usize)
}

/// Bytes of the VM's stack area.
pub fn stack_bytes() -> Option<u32> {
    Some((&raw const __jerboa_stack_bytes) as usize as u32)
}

/// Bytes of machine stack for what native code does between two checks of its depth.
const NATIVE_RESERVE: u32 = 2048;

/// Down to where native code that calls back into the program may use the machine stack.
pub fn stack_floor() -> Option<u32> {
    Some((&raw const __jerboa_stack_bottom).addr() as u32 + NATIVE_RESERVE)
}
