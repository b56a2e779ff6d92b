//! Sliding compaction by threading.
//!
//! H. B. M. Jonkers, *A fast garbage compaction algorithm*, Information Processing Letters 9(1), 1979: all references
//! to an object are chained through its header, so that they can be found and updated when its new address is
//! known, without a forwarding word. Two passes over the heap; objects keep their order, which the side
//! table relies on (it is sorted by address).

use jerboa_abi::header;

use super::{MARKED, has_references, words_of, words_of_leaf};
use crate::gate::gate;
#[cfg(feature = "gc-stress")]
use crate::memory::move_words;
use crate::memory::{load, store};
use crate::vm::Vm;

gate! {
    /// Puts the slots of an object in the chains of what they refer to.
    if References, fn thread_all(vm: &Vm, object: u32, words: u32) -> () {
        for i in 1..words {
            vm.thread(object + 4 * i);
        }
    }
    if SideTable, fn sweep_side_table(vm: &Vm) -> () {
        vm.sweep_side_table(|word| vm.is_alive(word));
    } else {
        let _ = vm;
    }
    if HeapAtoms, fn sweep_atoms(vm: &Vm) -> () {
        vm.sweep_atoms(|word| vm.is_alive(word));
    } else {
        let _ = vm;
    }
    if HeapShapes, fn sweep_shapes(vm: &Vm) -> () {
        vm.sweep_shapes();
    } else {
        let _ = vm;
    }
}

impl Vm {
    /// Between marking and compaction: whether an object goes on.
    fn is_alive(&self, word: u32) -> bool {
        !self.in_heap(word) || load(word) & MARKED == MARKED
    }

    /// Slides the marked objects together and clears their marks.
    pub(super) fn compact(&self) {
        let mut slot = self.base;
        while slot < self.sp.get() {
            self.thread(slot);
            slot += 4;
        }
        // First pass: references from roots and from lower objects are updated when their target is reached; those
        // from higher objects are threaded for the second pass.
        let end = self.heap_top.get();
        let mut from = self.heap_first();
        let mut to = self.heap_base;
        while from < end {
            let live = is_live(load(from));
            if live {
                unthread(from, to);
            }
            let header = load(from);
            let words = words_of(from, header);
            if live {
                if has_references(header::kind(header)) {
                    thread_all(self, from, words);
                }
                to += 4 * words;
            }
            from += 4 * words;
        }
        // Second pass: the rest of the references, and the move.
        from = self.heap_first();
        to = self.heap_base;
        while from < end {
            let live = is_live(load(from));
            if live {
                unthread(from, to);
            }
            let header = load(from);
            let words = words_of(from, header);
            if live {
                store(from, header & !MARKED);
                if from == to {
                    to += 4 * words;
                } else {
                    // Downwards, so a loop from the lowest word does. Most objects have a few words, for which a call of what moves
                    // any block would take longer than the loop.
                    for i in 0..words {
                        store(to, load(from + 4 * i));
                        to += 4;
                    }
                }
            }
            from += 4 * words;
        }
        self.end_of_heap(to, end);
    }

    /// As [`Vm::compact`], for a heap of objects that refer to nothing, and without marks: an object is alive if a root refers to
    /// it, which threading the roots shows.
    #[cfg_attr(
        not(target_os = "none"),
        allow(dead_code, reason = "behind a gate that is shut on devices only")
    )]
    pub(crate) fn compact_leaves(&self) {
        let mut slot = self.base;
        while slot < self.sp.get() {
            self.thread(slot);
            slot += 4;
        }
        let end = self.heap_top.get();
        let mut from = self.heap_first();
        let mut to = self.heap_base;
        while from < end {
            let live = load(from) & 3 == 0;
            if live {
                unthread(from, to);
            }
            // Downwards, so a loop from the lowest word does; what moves anything would be linked for it alone.
            for _ in 0..words_of_leaf(from, load(from)) {
                if live {
                    store(to, load(from));
                    to += 4;
                }
                from += 4;
            }
        }
        self.end_of_heap(to, end);
    }

    /// What is from `to` on is free now; it was used up to `end`.
    #[inline(always)]
    fn end_of_heap(&self, to: u32, end: u32) {
        self.heap_top.set(to);
        #[cfg(feature = "gc-stress")]
        {
            self.heap_first.set(self.heap_base);
            self.stress(end);
        }
        #[cfg(not(feature = "gc-stress"))]
        let _ = end;
    }

    /// Puts a slot in the chain of the object that it refers to.
    #[inline(always)]
    fn thread(&self, slot: u32) {
        let target = load(slot);
        if self.in_heap(target) {
            store(slot, load(target));
            store(target, slot);
        }
    }

    /// Moves the heap by one word at every other collection, and spoils the memory behind it, so that a reference
    /// that was not updated is noticed.
    #[cfg(feature = "gc-stress")]
    fn stress(&self, old_end: u32) {
        use super::store_header;
        use crate::memory::fill;
        use jerboa_abi::header::Kind;

        /// No value: it has the low bits of a marked header.
        const POISON: u32 = 0xdead_beee;
        let (base, top) = (self.heap_base, self.heap_top.get());
        if self.collections.get() % 2 == 1 && top < self.heap_end {
            let shift = |slot: u32| {
                let word = load(slot);
                if word & 3 == 0 && word.wrapping_sub(base) < top - base {
                    store(slot, word + 4);
                }
            };
            let mut slot = self.base;
            while slot < self.sp.get() {
                shift(slot);
                slot += 4;
            }
            let mut object = base;
            while object < top {
                let header = load(object);
                let words = words_of(object, header);
                if has_references(header::kind(header)) {
                    for i in 1..words {
                        shift(object + 4 * i);
                    }
                }
                object += 4 * words;
            }
            move_words(base, base + 4, (top - base) / 4);
            store(base, store_header(Kind::Free, 0));
            self.heap_top.set(top + 4);
            self.heap_first.set(base + 4);
        }
        let top = self.heap_top.get();
        let end = old_end.max(top).min(self.heap_end + crate::vm::memory_reserve());
        fill(top, (end - top) / 4, POISON);
    }

    /// Drops what died from the weak tables, between marking and compaction.
    pub(super) fn sweep_tables(&self) {
        sweep_side_table(self);
        sweep_atoms(self);
        sweep_shapes(self);
        if let Some(weak) = self.weak_hook.get() {
            weak(self, super::WeakPhase::Sweep);
        }
    }
}

/// Whether the header of an object says that it is alive: marked, or the start of a chain of references.
#[inline(always)]
fn is_live(header: u32) -> bool {
    header & 3 == 0 || header & MARKED == MARKED
}

/// Sets all references that are chained through an object's header to its new address, and restores the header.
fn unthread(object: u32, new: u32) {
    let mut word = load(object);
    while word & 3 == 0 {
        let next = load(word);
        store(word, new);
        word = next;
    }
    store(object, word);
}
