//! A panic is a bug of Jerboa's. Formatting its message would cost kilobytes of flash, so it says only that.

use crate::{STATUS_BUG, STDERR, entry::write};

unsafe extern "C" {
    fn jerboa_platform_exit(status: u32) -> !;
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    write(STDERR, b"jerboa: internal error (panic in the runtime)\n");
    // SAFETY: ends the image; nothing is borrowed from it afterwards.
    unsafe { jerboa_platform_exit(STATUS_BUG) }
}
