//! Marker functions: the instruction counter watches their addresses.
//!
//! Each body is an assembler comment of its own, so that no pass finds them equal and merges them.

macro_rules! mark {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[inline(never)]
        #[unsafe(no_mangle)]
        pub extern "C" fn $name() {
            #[cfg(not(target_arch = "wasm32"))]
            // SAFETY: the template is only a comment.
            unsafe {
                core::arch::asm!(concat!("/* ", stringify!($name), " */"), options(nostack, preserves_flags))
            }
        }
    };
}

mark! {
    /// Set-up begins: before the heap is made.
    jerboa_mark_setup
}
mark! {
    /// The program begins: set-up is over.
    jerboa_mark_run
}
mark! {
    /// The program is over, including its job queue; the exit status is known.
    jerboa_mark_end
}
