//! Strings of the heap that the image gets, too, while the program runs.
//!
//! Property keys are compared by identity, so there may be only one interned string with given bytes. When the image is
//! extended with a string that was interned in the heap before, all references to that one are turned to the image's.

use jerboa_abi::header::{self, Kind, string};

use super::{MARKED, has_references, words_of};
use crate::memory::{load, store};
use crate::vm::Vm;

impl Vm {
    /// To be called when strings have been added to the image, with their offsets: they replace the interned strings of the
    /// heap that have the same bytes.
    pub fn adopt_strings(&mut self, offsets: impl Iterator<Item = u32>) {
        let mut any = false;
        for offset in offsets {
            let new = self.image + offset;
            if let Some(old) = self.forget_atom(crate::image::flat_bytes(new)) {
                // The bytes are the same, so those of the new one restore what is overwritten here.
                store(forwarding(old), new);
                store(old, load(old) | MARKED);
                any = true;
            }
        }
        if !any {
            return;
        }
        self.forget_position();
        self.flush_cache();
        let mut slot = self.base;
        while slot < self.sp.get() {
            self.forward(slot);
            slot += 4;
        }
        self.each_object(|vm, object, header, words| {
            if has_references(header::kind(header)) {
                for i in 1..words {
                    vm.forward(object + 4 * i);
                }
            }
        });
        self.each_object(|_, object, header, _| {
            if is_forwarded(header) {
                let new = load(forwarding(object));
                store(forwarding(object), load(forwarding(new)));
                store(object, header & !MARKED & !(string::ATOM << header::AUX_SHIFT));
            }
        });
    }

    /// Turns a reference to a string that is replaced to the one that replaces it.
    fn forward(&self, slot: u32) {
        let word = load(slot);
        if self.in_heap(word) && is_forwarded(load(word)) {
            store(slot, load(forwarding(word)));
        }
    }

    fn each_object(&self, visit: impl Fn(&Vm, u32, u32, u32)) {
        let mut at = self.heap_first();
        while at < self.heap_top.get() {
            let header = load(at);
            let words = words_of(at, header);
            visit(self, at, header, words);
            at += 4 * words;
        }
    }
}

/// Whether a header is that of a string that is replaced; nothing else is marked outside of a collection.
fn is_forwarded(header: u32) -> bool {
    header & MARKED == MARKED
}

/// The word of a string that holds the first bytes of its text.
fn forwarding(string: u32) -> u32 {
    if header::kind(load(string)) == Kind::LongString as u32 { string + 8 } else { string + 4 }
}
