//! The memory that the embedder gives to the heap.
//!
//! Where it is depends on the platform: linker symbols on a device, a lazily committed mapping on the host, the
//! linear memory above the data in wasm. The runtime asks for it once.

/// Start and length in bytes of the arena. The memory is zeroed or not: the heap must not care. Called once.
#[unsafe(no_mangle)]
pub extern "C" fn jerboa_platform_arena(len: *mut usize) -> *mut u8 {
    let (start, size) = crate::start::arena();
    // SAFETY: the caller passes a place for the length.
    unsafe { len.write(size) };
    start
}
