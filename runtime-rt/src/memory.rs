//! Access to words of the arena and the image.
//!
//! A pointer word is an address on every target ([`jerboa_abi::value`]). These functions are the only place
//! that turns such a word into a machine pointer, so that another addressing scheme (an offset from the
//! arena's base) would be a change of this file.
//!
//! They are safe to call inside the runtime by a rule that its crates (this one and `jerboa-library`) keep as a whole:
//! an address given to them comes from a value word whose kind was looked at, from the stacks' bounds, or from an image
//! table whose offsets [`crate::image`] checked. The same goes for words from which [`crate::Value`], [`crate::Slot`] and
//! [`crate::Key`] are made, and for the fields of [`crate::Vm`]. Other crates are not to use any of this: to them, values
//! come only through `unsafe` functions whose contract says so.

/// The machine pointer of an address.
#[inline(always)]
pub fn pointer(address: u32) -> *mut u8 {
    core::ptr::with_exposed_provenance_mut(address as usize)
}

/// The address of a machine pointer; `None` if it is beyond 4 GiB.
#[inline]
pub(crate) fn address_of(pointer: *const u8) -> Option<u32> {
    u32::try_from(pointer.expose_provenance()).ok()
}

/// The word at a 4-aligned address.
#[inline(always)]
pub fn load(address: u32) -> u32 {
    // SAFETY: the runtime's rule (module documentation): the address is a word of the arena or the image.
    unsafe { (pointer(address) as *const u32).read() }
}

/// Writes the word at a 4-aligned address of the arena.
#[inline(always)]
pub fn store(address: u32, word: u32) {
    // SAFETY: the runtime's rule: the address is a word of the arena.
    unsafe { (pointer(address) as *mut u32).write(word) }
}

/// The half word at a 2-aligned address.
#[inline(always)]
pub fn load_half(address: u32) -> u32 {
    // SAFETY: the runtime's rule.
    u32::from(unsafe { (pointer(address) as *const u16).read() })
}

/// Writes the half word at a 2-aligned address of the arena.
#[inline(always)]
pub(crate) fn store_half(address: u32, half: u32) {
    // SAFETY: the runtime's rule.
    unsafe { (pointer(address) as *mut u16).write(half as u16) }
}

/// The byte at an address.
#[inline(always)]
pub fn load_byte(address: u32) -> u32 {
    // SAFETY: the runtime's rule.
    u32::from(unsafe { pointer(address).read() })
}

/// Writes the byte at an address of the arena.
#[inline(always)]
pub fn store_byte(address: u32, byte: u32) {
    // SAFETY: the runtime's rule.
    unsafe { pointer(address).write(byte as u8) }
}

/// Bytes of the arena or the image, for as long as nothing moves or writes them.
#[inline(always)]
pub fn bytes<'h>(address: u32, len: u32) -> &'h [u8] {
    // SAFETY: the runtime's rule; the caller bounds the lifetime by its borrow of the VM, during which the bytes
    // of a string neither move nor change.
    unsafe { core::slice::from_raw_parts(pointer(address), len as usize) }
}

/// Copies words between places that may overlap.
#[inline]
pub fn move_words(from: u32, to: u32, words: u32) {
    // SAFETY: the runtime's rule, for both ranges.
    unsafe { core::ptr::copy(pointer(from) as *const u32, pointer(to) as *mut u32, words as usize) }
}

/// Copies bytes between places of the arena that may overlap.
#[inline]
pub fn move_bytes(from: u32, to: u32, count: u32) {
    // SAFETY: the runtime's rule, for both ranges.
    unsafe { core::ptr::copy(pointer(from), pointer(to), count as usize) }
}

/// Copies bytes into the arena; the ranges do not overlap.
pub(crate) fn copy_bytes(from: &[u8], to: u32) {
    // SAFETY: the runtime's rule for the target; a slice that the caller holds is not a fresh object.
    unsafe { core::ptr::copy_nonoverlapping(from.as_ptr(), pointer(to), from.len()) }
}

/// Fills words.
pub fn fill(address: u32, words: u32, word: u32) {
    for i in 0..words {
        store(address + 4 * i, word);
    }
}
