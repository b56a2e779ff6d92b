//! The property cache: which slot a key has in a shape, or that it has none.
//!
//! One small direct-mapped table for the whole program, instead of caches at every site: what it costs is chosen by
//! the embedder and may be nothing. An entry says what [`Vm::shape_find`] would say; shapes never change, so
//! nothing but a collection (which moves keys) makes an entry wrong. A method found on a prototype takes one
//! probe for each object on the way.

use jerboa_abi::value as word;

use crate::memory::{fill, load, store};
use crate::shape::Found;
use crate::vm::Vm;

/// Bytes of an entry: shape id (0 for none), key, and the property's number and attributes as a small integer, or
/// the prototype's word.
pub(crate) const ENTRY_BYTES: u32 = 12;

impl Vm {
    /// The entry that a shape and a key share with others.
    #[inline(always)]
    fn cache_entry(&self, shape: u32, key: u32) -> u32 {
        let hash = key.wrapping_add(key >> 7) >> 2 ^ shape.wrapping_mul(0x9e5);
        self.heap_base - ENTRY_BYTES * ((hash & self.cache_mask) + 1)
    }

    /// [`Vm::shape_find`] through the cache.
    #[inline]
    pub(crate) fn shape_lookup(&self, shape: u32, key: u32) -> Found {
        if self.cache_mask == 0 {
            return self.shape_find(shape, key);
        }
        let entry = self.cache_entry(shape, key);
        if load(entry) == shape && load(entry + 4) == key {
            let result = load(entry + 8);
            if word::is_int(result) {
                let packed = result >> 1;
                return Found::Property(packed >> 4, packed & 0xf);
            }
            return Found::Absent(result);
        }
        self.shape_lookup_slow(shape, key, entry)
    }

    #[inline(never)]
    fn shape_lookup_slow(&self, shape: u32, key: u32, entry: u32) -> Found {
        let found = self.shape_find(shape, key);
        store(entry, shape);
        store(entry + 4, key);
        store(
            entry + 8,
            match found {
                Found::Property(number, attributes) => ((number << 4 | attributes) << 1) | word::INT_BIT,
                Found::Absent(prototype) => prototype,
            },
        );
        found
    }

    /// Forgets everything.
    pub(crate) fn flush_cache(&self) {
        if self.cache_mask != 0 {
            let words = (self.cache_mask + 1) * ENTRY_BYTES / 4;
            fill(self.heap_base - 4 * words, words, 0);
        }
    }
}
