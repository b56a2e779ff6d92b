//! Marking by pointer reversal.
//!
//! Deutsch, Schorr and Waite's algorithm (H. Schorr, W. M. Waite, *An efficient machine-independent procedure
//! for garbage collection in various list structures*, CACM 10(8), 1967): the path from the root to the current
//! object is kept in the slots along it, so marking needs three words of state however deep the graph is.
//! An object's slots are visited from the last to the first; the walk ends at the header, whose low four bits
//! no value has once it is marked. Nothing per object has to say how far the visit has come.
//!
//! Weak collections are the business of a hook ([`super::WeakHook`]). Three more tables are weak. An interned string stays only if something else refers to it. A property object in the
//! side table is alive only if its owner is: on the way into the owner the entry's slot is visited as if
//! it were one slot more of the owner, so that this is linear too (an ephemeron without the fixpoint). A shape stays
//! only if an object or another shape needs it.

use jerboa_abi::header::{self, Kind};
use jerboa_abi::value as word;

use super::{MARKED, WEAK_FIELDS, WeakPhase, flags, has_references, is_leaf, words_of};
use crate::gate::gate;
use crate::memory::{load, store};
use crate::vm::{Vm, root};

gate! {
    /// See [`Vm::mark_through`].
    if References, fn mark_through(vm: &Vm, object: u32) -> () {
        vm.mark_through(object);
    }
    if SideTable, fn mark_side_table(vm: &Vm) -> () {
        for entry in vm.side_entries() {
            if !vm.in_heap(load(entry)) {
                vm.mark_from(load(entry + 4));
            }
        }
    } else {
        let _ = vm;
    }
    if HeapShapes, fn mark_shapes(vm: &Vm) -> () {
        vm.mark_shapes(|word| vm.mark_from(word));
    } else {
        let _ = vm;
    }
}

impl Vm {
    /// Marks all that is reachable.
    pub(super) fn mark_all(&self) {
        // The weak tables are marked without their contents. The last out-of-memory error is weak, too.
        let out_of_memory = self.root(root::OUT_OF_MEMORY);
        self.set_root(root::OUT_OF_MEMORY, word::EMPTY);
        for &table in &[self.root(root::SIDE_TABLE), self.root(root::ATOMS), self.root(root::SHAPES)] {
            if table != word::EMPTY {
                store(table, load(table) | MARKED);
            }
        }
        let mut slot = self.base;
        while slot < self.sp.get() {
            self.mark_from(load(slot));
            slot += 4;
        }
        // Entries of objects in the image, which are always alive.
        mark_side_table(self);
        mark_shapes(self);
        if let Some(weak) = self.weak_hook.get() {
            // A value may be the way to a key of another collection.
            while weak(self, WeakPhase::Mark) {
                mark_shapes(self);
            }
        }
        if out_of_memory != word::EMPTY && load(out_of_memory) & MARKED == MARKED {
            self.set_root(root::OUT_OF_MEMORY, out_of_memory);
        }
    }

    /// Whether the word refers to an object of the heap that is not marked yet.
    #[inline(always)]
    pub fn is_unmarked(&self, word: u32) -> bool {
        self.in_heap(word) && load(word) & MARKED != MARKED
    }

    /// Marks what is reachable from a value.
    pub fn mark_from(&self, value: u32) {
        if !self.is_unmarked(value) {
            return;
        }
        if !mark_leaf(value) {
            mark_through(self, value);
        }
    }

    /// Marks an object that is not marked yet, and what is reachable from it.
    fn mark_through(&self, value: u32) {
        let side_table = self.root(root::SIDE_TABLE);
        let side = if side_table == word::EMPTY {
            0..0
        } else {
            side_table..side_table + 8 * self.side_count.get() + 4
        };
        // Where to go on after a slot was visited.
        let before = |slot: u32| {
            if side.contains(&slot) {
                let owner = load(slot - 4);
                last_slot(owner, load(owner))
            } else {
                slot - 4
            }
        };
        let mut slot = self.visit(value);
        // The slot that led to the current object; that slot holds the one before it on the path.
        let mut path = 0;
        loop {
            let current = load(slot);
            if current & 0xf == header::TAG | MARKED {
                // The header: this object is done, and `slot` is its address.
                if path == 0 {
                    return;
                }
                let previous = load(path);
                store(path, slot);
                slot = before(path);
                path = previous;
            } else if self.is_unmarked(current) && !mark_leaf(current) {
                store(slot, path);
                path = slot;
                slot = self.visit(current);
            } else {
                slot = before(slot);
            }
        }
    }

    /// Marks one object; the slot to visit first.
    fn visit(&self, object: u32) -> u32 {
        let header = load(object);
        store(object, header | MARKED);
        if Vm::has_own_table(header) {
            self.mark_shape(header::index(header));
        }
        if self.side_count.get() != 0
            && may_have_side_entry(header)
            && let Some(entry) = self.find_side_entry(object)
        {
            return entry + 4;
        }
        last_slot(object, header)
    }
}

/// Marks an object if it is a leaf; whether it is.
#[inline(always)]
fn mark_leaf(object: u32) -> bool {
    let header = load(object);
    let leaf = is_leaf(header::kind(header));
    if leaf {
        store(object, header | MARKED);
    }
    leaf
}

/// The last slot of an object, or its header if it has none.
fn last_slot(object: u32, header: u32) -> u32 {
    if header::kind(header) == Kind::Weak as u32 {
        return object + 4 * WEAK_FIELDS;
    }
    if has_references(header::kind(header)) { object + 4 * words_of(object, header) - 4 } else { object }
}

/// Whether an object's properties may be in the side table.
pub(crate) fn may_have_side_entry(header: u32) -> bool {
    match crate::value::kind_of(header) {
        Kind::Array
        | Kind::Arguments
        | Kind::Bound
        | Kind::Wrapper
        | Kind::Iterator
        | Kind::Buffer
        | Kind::View => header::aux(header) & flags::HAS_PROPERTIES != 0,
        Kind::Function => header::aux(header) & header::closure::HAS_PROPERTIES == 0,
        Kind::Native | Kind::RomObject => true,
        _ => false,
    }
}
