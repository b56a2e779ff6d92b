//! Property objects of things that have no room for one: built-in objects and functions in ROM, closures, arrays.
//!
//! Nearly none of them ever gets a property of its own, so none pays a word for it. The table is a `Values` object of
//! pairs (owner, property object), sorted by the owner's address and searched by bisection. The collector slides
//! objects without changing their order and the image does not move, so the table stays sorted through a
//! collection. New owners tend to have the highest addresses, which makes insertion an append.

use jerboa_abi::value as word;

use crate::Result;
use crate::heap::store_len;
use crate::memory::{load, move_words, store};
use crate::value::Slot;
use crate::vm::{Vm, root};

impl Vm {
    /// The addresses of the entries: each is the owner's word and the property object's word.
    pub(crate) fn side_entries(&self) -> impl Iterator<Item = u32> + use<> {
        let first = self.root(root::SIDE_TABLE) + 4;
        (0..self.side_count.get()).map(move |i| first + 8 * i)
    }

    /// The number of entries with an owner below `owner`.
    fn side_position(&self, owner: u32) -> u32 {
        let first = self.root(root::SIDE_TABLE) + 4;
        let (mut low, mut high) = (0, self.side_count.get());
        while low < high {
            let middle = (low + high) / 2;
            if load(first + 8 * middle) < owner {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// The entry of an owner.
    pub(crate) fn find_side_entry(&self, owner: u32) -> Option<u32> {
        let position = self.side_position(owner);
        let entry = self.root(root::SIDE_TABLE) + 4 + 8 * position;
        (position < self.side_count.get() && load(entry) == owner).then_some(entry)
    }

    /// Gives an owner that has none a property object.
    pub(crate) fn add_side_entry(&mut self, owner: Slot, properties: Slot) -> Result<()> {
        crate::gate::present!(SideTable);
        let count = self.side_count.get();
        let table = self.root(root::SIDE_TABLE);
        let capacity = if table == word::EMPTY { 0 } else { store_len(load(table)) / 2 };
        if count == capacity {
            let words = 2 * (capacity + capacity / 2 + 2);
            let grown = self.grown_store(self.root_slot(root::SIDE_TABLE), words)?.word();
            self.set_root(root::SIDE_TABLE, grown);
        }
        let owner = load(owner.0);
        let position = self.side_position(owner);
        let entry = self.root(root::SIDE_TABLE) + 4 + 8 * position;
        move_words(entry, entry + 8, 2 * (count - position));
        store(entry, owner);
        store(entry + 4, load(properties.0));
        self.side_count.set(count + 1);
        Ok(())
    }

    /// Drops the entries of dead owners.
    pub(crate) fn sweep_side_table(&self, alive: impl Fn(u32) -> bool) {
        let first = self.root(root::SIDE_TABLE) + 4;
        let mut kept = 0;
        for entry in self.side_entries() {
            if alive(load(entry)) {
                let to = first + 8 * kept;
                store(to, load(entry));
                store(to + 4, load(entry + 4));
                kept += 1;
            }
        }
        for entry in self.side_entries().skip(kept as usize) {
            store(entry, word::EMPTY);
            store(entry + 4, word::EMPTY);
        }
        self.side_count.set(kept);
        let table = self.root(root::SIDE_TABLE);
        if table != word::EMPTY {
            self.trim_store(table, 2 * (kept + kept / 4 + 1));
        }
    }
}
