//! Copying and filling memory.
//!
//! The compiler calls these under the names of C's library, on Arm also under those of its ABI. The ones that come with
//! Rust are unrolled for large blocks and take three kilobytes; these take a tenth of that, and are as fast on the
//! short texts and arrays that programs of this size move. The crate has the attribute `no_builtins`, so that the loops
//! here do not become calls of themselves.

/// Bytes of the words that are copied at a time.
const WORD: usize = 4;

/// Whether a word can be copied between addresses that are a multiple of the word's size apart, or any.
fn apart_by_words(to: *mut u8, from: *const u8) -> bool {
    // Arm's cores of version 7 and later load and store words at any address.
    cfg!(target_arch = "arm") || (to.addr() ^ from.addr()).is_multiple_of(WORD)
}

/// As in C.
///
/// # Safety
/// As in C.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn memcpy(to: *mut u8, from: *const u8, size: usize) -> *mut u8 {
    let mut at = 0;
    // SAFETY: `at` stays below `size`, and words are read and written only where a whole one is left.
    unsafe {
        if apart_by_words(to, from) {
            while at < size && !to.add(at).addr().is_multiple_of(WORD) {
                to.add(at).write(from.add(at).read());
                at += 1;
            }
            while size - at >= WORD {
                let word = if cfg!(target_arch = "arm") {
                    from.add(at).cast::<u32>().read_unaligned()
                } else {
                    from.add(at).cast::<u32>().read()
                };
                to.add(at).cast::<u32>().write(word);
                at += WORD;
            }
        }
        while at < size {
            to.add(at).write(from.add(at).read());
            at += 1;
        }
    }
    to
}

/// As in C.
///
/// # Safety
/// As in C.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn memmove(to: *mut u8, from: *const u8, size: usize) -> *mut u8 {
    if to.addr().wrapping_sub(from.addr()) >= size {
        // Nothing is written before it was read, in ascending order.
        // SAFETY: passed on from the caller.
        return unsafe { memcpy(to, from, size) };
    }
    let mut at = size;
    // SAFETY: `at` stays in the block, and words are read and written only where a whole one is left.
    unsafe {
        if (to.addr() ^ from.addr()).is_multiple_of(WORD) {
            while at > 0 && !to.add(at).addr().is_multiple_of(WORD) {
                at -= 1;
                to.add(at).write(from.add(at).read());
            }
            while at >= WORD {
                at -= WORD;
                to.add(at).cast::<u32>().write(from.add(at).cast::<u32>().read());
            }
        }
        while at > 0 {
            at -= 1;
            to.add(at).write(from.add(at).read());
        }
    }
    to
}

/// As in C.
///
/// # Safety
/// As in C.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn memset(to: *mut u8, byte: i32, size: usize) -> *mut u8 {
    let mut at = 0;
    let byte = byte as u8;
    // SAFETY: as in `memcpy`.
    unsafe {
        while at < size && !to.add(at).addr().is_multiple_of(WORD) {
            to.add(at).write(byte);
            at += 1;
        }
        while size - at >= WORD {
            to.add(at).cast::<u32>().write(u32::from_ne_bytes([byte; WORD]));
            at += WORD;
        }
        while at < size {
            to.add(at).write(byte);
            at += 1;
        }
    }
    to
}

/// The names of Arm's run-time ABI; the digit is an alignment that these need no promise of.
#[cfg(target_arch = "arm")]
mod aeabi {
    use super::{memcpy, memmove, memset};

    macro_rules! copies {
        ($($name:ident = $function:ident),+) => {$(
            #[unsafe(no_mangle)]
            unsafe extern "C" fn $name(to: *mut u8, from: *const u8, size: usize) {
                // SAFETY: passed on from the caller.
                unsafe { $function(to, from, size) };
            }
        )+};
    }
    copies!(__aeabi_memcpy = memcpy, __aeabi_memcpy4 = memcpy, __aeabi_memcpy8 = memcpy);
    copies!(__aeabi_memmove = memmove, __aeabi_memmove4 = memmove, __aeabi_memmove8 = memmove);

    macro_rules! fills {
        ($($set:ident, $clear:ident);+) => {$(
            #[unsafe(no_mangle)]
            unsafe extern "C" fn $set(to: *mut u8, size: usize, byte: i32) {
                // SAFETY: passed on from the caller.
                unsafe { memset(to, byte, size) };
            }

            #[unsafe(no_mangle)]
            unsafe extern "C" fn $clear(to: *mut u8, size: usize) {
                // SAFETY: passed on from the caller.
                unsafe { memset(to, 0, size) };
            }
        )+};
    }
    fills!(__aeabi_memset, __aeabi_memclr; __aeabi_memset4, __aeabi_memclr4; __aeabi_memset8, __aeabi_memclr8);
}
