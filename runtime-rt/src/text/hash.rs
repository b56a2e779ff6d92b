//! Hashing of strings for atom and property tables.

/// FNV-1a over the bytes, with a last mixing step because the tables use the low bits.
///
/// `const`, so that the compiler can lay out tables in an image that the runtime looks up: the value
/// for given bytes is part of the image format.
pub const fn hash(text: &[u8]) -> u32 {
    let mut hash = 0x811c_9dc5u32;
    let mut rest = text;
    while let Some((&byte, tail)) = rest.split_first() {
        hash = (hash ^ byte as u32).wrapping_mul(0x0100_0193);
        rest = tail;
    }
    hash ^ hash >> 15
}
