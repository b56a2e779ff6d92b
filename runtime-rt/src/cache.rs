//! The property cache: which slot a key has in a shape, or that it has none.
//!
//! The records of built-in objects use it, too, under their address instead of a shape id.
//!
//! One small direct-mapped table for the whole program, instead of caches at every site: what it costs is chosen by
//! the embedder and may be nothing. An entry says what [`Vm::shape_find`] would say; shapes never change, so
//! nothing but a collection (which moves keys) makes an entry wrong. A method found on a prototype takes one
//! probe for each object on the way.

use jerboa_abi::header::{self, Kind};
use jerboa_abi::value as word;

use crate::memory::{fill, load, store};
use crate::shape::{Found, attributes};
use crate::vm::Vm;

/// Bytes of an entry: shape id (0 for none) or record, key, and as a small integer the number of the shape's properties, the
/// property's number and its attributes, or the prototype's word; for a record, the address of the property or 0.
pub(crate) const ENTRY_BYTES: u32 = 12;

impl Vm {
    /// The entry that a shape and a key share with others. Where the image lies makes no difference: otherwise every change of the
    /// runtime's size would change which of them meet.
    #[inline(always)]
    fn cache_entry(&self, shape: u32, key: u32) -> u32 {
        let key = key.wrapping_sub(self.image);
        // Strings take at least eight bytes.
        let hash = key.wrapping_add(key >> 8) >> 3 ^ shape.wrapping_mul(0x9e5);
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
                return Found::Property(packed >> 4 & 0x3ff, packed & 0xf);
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
                Found::Property(number, attributes) => {
                    ((self.shape_count(shape) << 14 | number << 4 | attributes) << 1) | word::INT_BIT
                }
                Found::Absent(prototype) => prototype,
            },
        );
        found
    }

    /// The property with a key in the record of a built-in object: its address.
    pub(crate) fn record_lookup(&self, record: u32, key: u32) -> Option<u32> {
        if self.cache_mask == 0 {
            return self.record_find(record, key);
        }
        // The address of a record is greater than any shape id.
        let entry = self.cache_entry(record - self.image, key);
        if load(entry) != record || load(entry + 4) != key {
            store(entry + 8, self.record_find(record, key).unwrap_or(0));
            store(entry, record);
            store(entry + 4, key);
        }
        Some(load(entry + 8)).filter(|&property| property != 0)
    }

    /// The address of the word that holds a property of an ordinary object, own or of a prototype, if the cache knows all
    /// the way to it and it is an inline slot of a data property; and whether it is the object's own and writable.
    #[inline(always)]
    pub(crate) fn cached_slot(&self, object: u32, key: u32) -> Option<(u32, bool)> {
        if self.cache_mask == 0 {
            return None;
        }
        let mut at = object;
        while word::is_pointer(at) {
            let header = load(at);
            let shape = header::index(header);
            let entry = self.cache_entry(shape, key);
            if header::kind(header) != Kind::Object as u32 || load(entry) != shape || load(entry + 4) != key {
                return None;
            }
            let result = load(entry + 8);
            if word::is_int(result) {
                let packed = result >> 1;
                let (count, number) = (packed >> 14, packed >> 4 & 0x3ff);
                if packed & attributes::ACCESSOR != 0
                    || number + u32::from(count != number + 1) >= header::aux(header)
                {
                    return None;
                }
                return Some((at + 4 + 4 * number, at == object && packed & attributes::WRITABLE != 0));
            }
            at = result;
        }
        None
    }

    /// Forgets everything.
    pub(crate) fn flush_cache(&self) {
        if self.cache_mask != 0 {
            let words = (self.cache_mask + 1) * ENTRY_BYTES / 4;
            fill(self.heap_base - 4 * words, words, 0);
        }
    }
}
