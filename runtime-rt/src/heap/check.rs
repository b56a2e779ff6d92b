//! An independent check of the heap's invariants, for tests and debug builds.

use jerboa_abi::header::{self, Kind};
use jerboa_abi::value as word;

use super::{MARKED, has_references, words_of};
use crate::memory::load;
use crate::value::kind_of;
use crate::vm::Vm;

/// What is wrong with a heap: the address of the object or stack word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum HeapError {
    /// No header where an object should start.
    Header(u32),
    /// An object reaches beyond the top of the heap.
    Size(u32),
    /// A word is no value, or refers to the middle of nowhere.
    Reference(u32),
}

impl Vm {
    /// Walks the heap and the stack: objects are contiguous, headers unmarked, and every word that should be a value is
    /// one whose target has a header.
    ///
    /// # Errors
    /// The first violation.
    pub fn check_heap(&self) -> Result<(), HeapError> {
        let top = self.heap_top.get();
        let mut object = self.heap_first();
        while object < top {
            let header = load(object);
            if header & 0xf != header::TAG
                || matches!(kind_of(header), Kind::Native | Kind::RomObject | Kind::Shape)
            {
                return Err(HeapError::Header(object));
            }
            let words = words_of(object, header);
            if words > (top - object) / 4 {
                return Err(HeapError::Size(object));
            }
            if has_references(header::kind(header)) {
                for i in 1..words {
                    if !self.is_value(load(object + 4 * i)) {
                        return Err(HeapError::Reference(object + 4 * i));
                    }
                }
            }
            object += 4 * words;
        }
        let mut slot = self.base;
        while slot < self.sp.get() {
            let on_stack = load(slot);
            if !self.is_value(on_stack) && word::to_site(on_stack).is_none() {
                return Err(HeapError::Reference(slot));
            }
            slot += 4;
        }
        Ok(())
    }

    fn is_value(&self, value: u32) -> bool {
        if !word::is_pointer(value) {
            return value & 0xf != (header::TAG | MARKED) && word::to_site(value).is_none();
        }
        let placed = self.in_heap(value) || self.in_image(value);
        placed && load(value) & 0xf == header::TAG
    }
}
