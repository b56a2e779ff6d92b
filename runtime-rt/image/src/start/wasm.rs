//! Start-up of a WebAssembly module: `_start` runs the program, the module `jerboa` is the platform.

#[link(wasm_import_module = "jerboa")]
unsafe extern "C" {
    #[link_name = "write"]
    fn import_write(fd: u32, ptr: *const u8, len: usize);
    #[link_name = "now"]
    safe fn import_now() -> f64;
    #[link_name = "exit"]
    fn import_exit(status: u32) -> !;
}

unsafe extern "C" {
    static mut __heap_base: u8;
}

const PAGE: usize = 65536;

/// Bytes of the VM's stack area: it bounds recursion, for which the embedder has the machine stack.
pub fn stack_bytes() -> Option<u32> {
    Some(jerboa_rt::aot::machine::STACK_BYTES)
}

/// # Safety
/// `ptr` must point to `len` readable bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jerboa_platform_write(fd: u32, ptr: *const u8, len: usize) {
    // SAFETY: by the contract of this function.
    unsafe { import_write(fd, ptr, len) }
}

/// Milliseconds since 1970-01-01T00:00Z. Only modules that ask for it import it.
#[unsafe(no_mangle)]
pub extern "C" fn jerboa_platform_now() -> f64 {
    import_now()
}

/// # Safety
/// The embedder does not return from the call: it ends the instance, by a trap or an exception of its own.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jerboa_platform_exit(status: u32) -> ! {
    // SAFETY: by the contract of this function.
    unsafe { import_exit(status) }
}

/// The linear memory above the static data and the shadow stack. Its size is fixed by the link.
pub fn arena() -> (*mut u8, usize) {
    let start = &raw mut __heap_base;
    (start, core::arch::wasm32::memory_size(0) * PAGE - start as usize)
}

/// Runs the program; returns when its status is 0 and calls `jerboa.exit` otherwise.
#[unsafe(no_mangle)]
extern "C" fn _start() {
    let status = crate::image_main();
    if status != 0 {
        // SAFETY: the program is over.
        unsafe { jerboa_platform_exit(status) }
    }
}

/// Not known: the depth of calls is bounded instead.
pub fn stack_floor() -> Option<u32> {
    None
}
