//! Start-up of a host program: the C library's `main`, `write` and `exit`.

use core::ffi::{c_char, c_int, c_long, c_void};

use crate::{STATUS_BUG, STDERR, entry, stats};

unsafe extern "C" {
    safe static __jerboa_heap_size: u8;
    safe static __jerboa_vm_stack: u8;
    static mut jerboa_arena: u8;

    fn write(fd: c_int, buffer: *const c_void, count: usize) -> isize;
    fn exit(status: c_int) -> !;
    fn clock_gettime(clock: c_int, time: *mut [i64; 2]) -> c_int;
    fn getenv(name: *const c_char) -> *const c_char;
    fn open(path: *const c_char, flags: c_int, ...) -> c_int;
    fn mmap(hint: *mut c_void, len: usize, prot: c_int, flags: c_int, fd: c_int, at: c_long) -> *mut c_void;
}

const PROT_READ_WRITE: c_int = 1 | 2;
#[cfg(target_os = "linux")]
const MAP_PRIVATE_ANONYMOUS: c_int = 0x02 | 0x20;
#[cfg(target_os = "macos")]
const MAP_PRIVATE_ANONYMOUS: c_int = 0x02 | 0x1000;
/// Fails instead of replacing what is there; an older kernel takes the address as a hint.
#[cfg(target_os = "linux")]
const MAP_FIXED_NOREPLACE: c_int = 0x10_0000;
#[cfg(target_os = "macos")]
const MAP_FIXED_NOREPLACE: c_int = 0;
const O_WRONLY: c_int = 1;

/// Bytes of the VM's stack area, as the link fixed it.
pub fn stack_bytes() -> Option<u32> {
    Some((&raw const __jerboa_vm_stack) as usize as u32)
}

/// # Safety
/// `ptr` must point to `len` readable bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jerboa_platform_write(fd: u32, mut ptr: *const u8, mut len: usize) {
    while len > 0 {
        // SAFETY: by the contract of this function.
        let written = unsafe { write(fd as c_int, ptr.cast(), len) };
        // An error has no reader: the stream is closed or full for good. Trying again could hang.
        if written <= 0 {
            return;
        }
        ptr = ptr.wrapping_add(written as usize);
        len -= written as usize;
    }
}

/// Milliseconds since 1970-01-01T00:00Z.
#[unsafe(no_mangle)]
pub extern "C" fn jerboa_platform_now() -> f64 {
    /// The clock that tells the time of day, on Linux and macOS.
    const CLOCK_REALTIME: c_int = 0;
    // Seconds and nanoseconds, both of 64 bits on the hosts that there are.
    let mut time = [0; 2];
    // SAFETY: the function writes a structure of two words.
    unsafe { clock_gettime(CLOCK_REALTIME, &mut time) };
    (time[0] * 1000 + time[1] / 1_000_000) as f64
}

/// # Safety
/// Nothing runs afterwards.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jerboa_platform_exit(status: u32) -> ! {
    // SAFETY: plain C calls with valid arguments; the statistics are a live static.
    unsafe {
        let path = getenv(c"JERBOA_STATS_FILE".as_ptr());
        if !path.is_null() {
            let fd = open(path, O_WRONLY);
            write(fd, (&raw const stats::jerboa_stats).cast(), size_of::<stats::Stats>());
        }
        exit(status as c_int)
    }
}

/// A mapping of the size and at the address that the link fixed: compiled code addresses the variables in it directly.
/// Pages that the heap never touches cost nothing.
pub fn arena() -> (*mut u8, usize) {
    let size = (&raw const __jerboa_heap_size) as usize;
    let place = &raw mut jerboa_arena;
    let flags = MAP_PRIVATE_ANONYMOUS | MAP_FIXED_NOREPLACE;
    // SAFETY: an anonymous mapping where nothing is mapped yet.
    let start = unsafe { mmap(place.cast(), size, PROT_READ_WRITE, flags, -1, 0) };
    if start.cast() != place {
        entry::write(STDERR, b"jerboa: no memory for the heap (give a smaller --heap)\n");
        // SAFETY: nothing was started yet.
        unsafe { jerboa_platform_exit(STATUS_BUG) }
    }
    (place, size)
}

#[unsafe(no_mangle)]
extern "C" fn main(_argc: c_int, _argv: *const *const c_char) -> c_int {
    let status = crate::image_main();
    // SAFETY: the program is over.
    unsafe { jerboa_platform_exit(status) }
}

/// Named by the unwind tables of the prebuilt `core`; never called, since panics abort.
#[unsafe(no_mangle)]
extern "C" fn rust_eh_personality() {}

/// Not known: the depth of calls is bounded instead.
pub fn stack_floor() -> Option<u32> {
    None
}
