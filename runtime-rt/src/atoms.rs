//! Interned strings: property keys are compared by identity.
//!
//! A string that is in the image is interned there, found by bisection. The others are in an open-addressing hash
//! table in the heap, which does not keep them alive. A string is interned by setting a flag in its header, not
//! by copying it.

use jerboa_abi::header::{self, Kind, string};
use jerboa_abi::value as word;

use crate::Result;
use crate::heap::store_len;
use crate::image::{find_atom, flat_bytes};
use crate::memory::{fill, load, store};
use crate::text;
use crate::value::{Slot, Value};
use crate::vm::{Vm, root};

/// What a deleted entry holds; a free one holds `EMPTY`.
const TOMBSTONE: u32 = word::FALSE;

impl Vm {
    /// Makes the flat string in a slot the interned one with its bytes.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    pub(crate) fn intern(&mut self, slot: Slot) -> Result<()> {
        let string = load(slot.0);
        if !word::is_pointer(string) || header::aux(load(string)) & string::ATOM != 0 {
            return Ok(());
        }
        if let Some(atom) =
            find_atom(self.image, flat_bytes(string)).or_else(|| self.find_ram_atom(flat_bytes(string)))
        {
            store(slot.0, atom);
            return Ok(());
        }
        self.reserve_atom()?;
        let string = load(slot.0);
        store(string, load(string) | string::ATOM << header::AUX_SHIFT);
        self.insert_atom(string);
        Ok(())
    }

    /// The interned string with these bytes, which do not lie in the heap.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    pub fn intern_text(&mut self, text: &[u8]) -> Result<Value<'_>> {
        if let Some(value) = Value::short_string(text) {
            return Ok(value);
        }
        if let Some(atom) = find_atom(self.image, text).or_else(|| self.find_ram_atom(text)) {
            return Ok(Value::of(atom));
        }
        let mark = self.mark();
        let string = self.new_string(text)?.word();
        let slot = self.push_word(string)?;
        self.intern(slot)?;
        let atom = load(slot.0);
        self.release(mark);
        Ok(Value::of(atom))
    }

    /// The entry where the string is, or the first one that is free for it.
    fn atom_entry(&self, text: &[u8]) -> Option<(u32, bool)> {
        let table = self.root(root::ATOMS);
        if table == word::EMPTY {
            return None;
        }
        let mask = store_len(load(table)) - 1;
        let mut index = text::hash(text) & mask;
        let mut free = None;
        // The table is never full, so the probe ends.
        loop {
            let entry = table + 4 + 4 * index;
            match load(entry) {
                word::EMPTY => return Some((free.unwrap_or(entry), false)),
                TOMBSTONE => free = free.or(Some(entry)),
                atom if flat_bytes(atom) == text => return Some((entry, true)),
                _ => {}
            }
            index = (index + 1) & mask;
        }
    }

    fn find_ram_atom(&self, text: &[u8]) -> Option<u32> {
        match self.atom_entry(text) {
            Some((entry, true)) => Some(load(entry)),
            _ => None,
        }
    }

    /// Takes the string with these bytes out of the table, if it is there.
    #[cfg(feature = "evaluate")]
    pub(crate) fn forget_atom(&mut self, text: &[u8]) -> Option<u32> {
        let Some((entry, true)) = self.atom_entry(text) else { return None };
        let atom = load(entry);
        store(entry, TOMBSTONE);
        Some(atom)
    }

    /// Makes room for one more entry.
    fn reserve_atom(&mut self) -> Result<()> {
        crate::gate::present!(HeapAtoms);
        let old = self.root(root::ATOMS);
        let capacity = if old == word::EMPTY { 0 } else { store_len(load(old)) };
        if self.atom_count.get() + 1 < capacity - capacity / 4 {
            return Ok(());
        }
        let live = self.atom_words(old).count() as u32;
        let capacity = ((live + 1) * 3 / 2 + 1).next_power_of_two().max(4);
        let new = self.new_store(capacity)?.word();
        // The allocation may have moved and swept the old table.
        let old = self.root(root::ATOMS);
        self.set_root(root::ATOMS, new);
        self.atom_count.set(0);
        for atom in self.atom_words(old) {
            self.insert_atom(atom);
        }
        Ok(())
    }

    /// The strings in a table.
    fn atom_words(&self, table: u32) -> impl Iterator<Item = u32> + use<> {
        let len = if table == word::EMPTY { 0 } else { store_len(load(table)) };
        (0..len).map(move |i| load(table + 4 + 4 * i)).filter(|&word| word::is_pointer(word))
    }

    /// Puts a string that is not there in a table that has room.
    fn insert_atom(&self, atom: u32) {
        if let Some((entry, false)) = self.atom_entry(flat_bytes(atom)) {
            if load(entry) == word::EMPTY {
                self.atom_count.set(self.atom_count.get() + 1);
            }
            store(entry, atom);
        }
    }

    /// Drops the strings that died.
    pub(crate) fn sweep_atoms(&self, alive: impl Fn(u32) -> bool) {
        let table = self.root(root::ATOMS);
        if table == word::EMPTY {
            return;
        }
        let len = store_len(load(table));
        let mut left = 0;
        for i in 0..len {
            let entry = table + 4 + 4 * i;
            let atom = load(entry);
            if word::is_pointer(atom) {
                if alive(atom) {
                    left += 1;
                } else {
                    store(entry, TOMBSTONE);
                }
            }
        }
        if left == 0 {
            fill(table + 4, len, word::EMPTY);
            self.atom_count.set(0);
        }
    }

    /// The interned string of a name that the runtime itself asks for ([`jerboa_abi::builtins::WELL_KNOWN`]).
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full and the image does not have the name.
    pub fn well_known(&mut self, name: u16) -> Result<Value<'_>> {
        if let Some(atom) = crate::image::well_known(self.image, name) {
            return Ok(Value::of(atom));
        }
        let text = jerboa_abi::builtins::WELL_KNOWN.get(usize::from(name)).copied().unwrap_or_default();
        if text.starts_with("@@") {
            // A symbol that no program can name: this is no key of anything.
            return Ok(Value::UNDEFINED);
        }
        self.intern_text(text.as_bytes())
    }

    /// Whether a key is a well-known name.
    pub(crate) fn is_name(&self, key: u32, name: u16) -> bool {
        if word::is_short_string(key) {
            let (len, bytes) = word::short_string_bytes(key);
            return bytes.get(..len)
                == jerboa_abi::builtins::WELL_KNOWN.get(usize::from(name)).map(|text| text.as_bytes());
        }
        if !word::is_pointer(key) {
            return false;
        }
        if let Some(atom) = crate::image::well_known(self.image, name) {
            return atom == key;
        }
        let header = load(key);
        header::kind(header) == Kind::String as u32
            && jerboa_abi::builtins::WELL_KNOWN
                .get(usize::from(name))
                .is_some_and(|text| flat_bytes(key) == text.as_bytes())
    }
}

/// The text of a flat string that is no immediate one, for hashing and comparison.
pub(crate) fn key_hash(key: u32) -> u32 {
    if !word::is_pointer(key) {
        let mixed = key.wrapping_mul(0x9e37_79b1);
        return mixed ^ mixed >> 15;
    }
    let header = load(key);
    if header::kind(header) == Kind::Symbol as u32 {
        header::index(header)
    } else {
        text::hash(flat_bytes(key))
    }
}
