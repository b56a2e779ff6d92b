//! The one path of every image: set up, run, end.

#[cfg(not(feature = "self-test"))]
use crate::{STDERR, marks, start, stats};

unsafe extern "C" {
    fn jerboa_platform_write(fd: u32, ptr: *const u8, len: usize);
}

/// Writes `text` to a descriptor of the platform.
pub fn write(fd: u32, text: &[u8]) {
    // SAFETY: pointer and length describe a live slice; the platform only reads it.
    unsafe { jerboa_platform_write(fd, text.as_ptr(), text.len()) }
}

/// Runs the program of this image and returns its exit status.
///
/// The marks bracket set-up (heap, module table) and the run, so that instructions are counted apart.
#[cfg(not(feature = "self-test"))]
pub fn image_main() -> u32 {
    marks::jerboa_mark_setup();
    let (_, size) = start::arena();
    stats::record_heap(size as u32, 0, 0);
    marks::jerboa_mark_run();
    write(STDERR, b"jerboa: this image holds no program\n");
    marks::jerboa_mark_end();
    1
}
