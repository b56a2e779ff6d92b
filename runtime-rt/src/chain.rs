//! Objects of constructors whose shapes the compiler knows.
//!
//! Such a constructor has a root in the image ([`jerboa_abi::image`]): an empty shape, from which a chain of shapes leads to
//! the one with all properties that the constructor assigns. An instruction that takes a step of the chain stores the property
//! without a look at the prototypes. That is right as long as none of them has a setter or a read-only property of
//! that name, so:
//!
//! * a root is taken into use with the first prototype object that the constructor has, if no object on that chain of
//!   prototypes has such a property;
//! * when an object on such a chain gets one later, or another prototype ([`Vm::close_chains`]), no root is used any more, and
//!   objects that are under construction leave their chains.

use jerboa_abi::header::{self, Kind};
use jerboa_abi::image::{FIRST_SHAPE, SHAPE_COUNT_SHIFT, field};
use jerboa_abi::value as word;

use crate::Result;
use crate::heap::words_of;
use crate::image::header_half;
use crate::memory::{load, store};
use crate::property::Own;
use crate::shape::attributes;
use crate::value::{Key, Slot, Value};
use crate::vm::Vm;

/// Attributes that decide whether an object below may be given a property of the same name.
const DECISIVE: u32 = attributes::WRITABLE | attributes::ACCESSOR;

impl Vm {
    /// The empty shape and the inline capacity for the objects that a constructor with a root (by its number + 1; 0: none)
    /// makes, if they are to have this prototype.
    pub(crate) fn constructor_shape(&self, root: u32, prototype: u32) -> Option<(u32, u32)> {
        let shape = FIRST_SHAPE + root.checked_sub(1)?;
        let word = self.rom_word(shape);
        let held = self.globals + 4 * (word & 0xffff);
        if load(held) == word::EMPTY {
            // False is nobody's prototype.
            store(held, if self.may_inherit(shape, prototype) { prototype } else { word::FALSE });
        }
        (load(held) == prototype && !self.chains_closed.get()).then_some((shape, word >> 16))
    }

    /// The same for the only constructor of a root, whose prototype stays what it was when it made its first object.
    #[inline]
    pub(crate) fn known_constructor_shape(&self, root: u32) -> Option<(u32, u32)> {
        let shape = FIRST_SHAPE + root.checked_sub(1)?;
        let word = self.rom_word(shape);
        let held = load(self.globals + 4 * (word & 0xffff));
        (word::is_pointer(held) && !self.chains_closed.get()).then_some((shape, word >> 16))
    }

    /// Whether the properties of a root's chain may be added to objects with this prototype without a look at it.
    fn may_inherit(&self, root: u32, mut prototype: u32) -> bool {
        let number = root - FIRST_SHAPE + 1;
        let mut longest = root;
        for shape in root + 1..self.first_record() {
            let (count, _, other) = self.rom_shape(shape);
            if other == number && count > self.shape_count(longest) {
                longest = shape;
            }
        }
        while prototype != word::NULL {
            let mut plain = true;
            self.shape_each(longest, |_, key, _| {
                let attributes = self.own_property(prototype, key).attributes();
                plain &= attributes.is_none_or(|attributes| attributes & DECISIVE == attributes::WRITABLE);
            });
            if !plain {
                return false;
            }
            prototype = self.prototype_word(prototype);
        }
        true
    }

    /// Whether an object is on the chain of prototypes of a root in use.
    fn is_below_a_root(&self, object: u32) -> bool {
        let roots = (FIRST_SHAPE..self.first_record())
            .map(|shape| self.rom_word(shape))
            .take_while(|word| word >> SHAPE_COUNT_SHIFT == 0);
        for root in roots {
            let mut prototype = load(self.globals + 4 * (root & 0xffff));
            while Value::of(prototype).is_object() {
                if prototype == object {
                    return true;
                }
                prototype = self.prototype_word(prototype);
            }
        }
        false
    }

    /// To be called when a property of an object becomes read-only or an accessor.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    pub(crate) fn note_guarded(&mut self, object: Slot, key: Key) -> Result<()> {
        match self.own_property(load(object.0), self.key_word(key)) {
            Own::Absent(_) => Ok(()),
            own if own.attributes().unwrap_or(0) & DECISIVE == attributes::WRITABLE => Ok(()),
            _ => self.close_chains(object),
        }
    }

    /// To be called when properties of an object may have become read-only, or it got another prototype.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    pub(crate) fn close_chains(&mut self, object: Slot) -> Result<()> {
        if header_half(self.image, field::SHAPES) == 0
            || self.chains_closed.get()
            || !self.is_below_a_root(load(object.0))
        {
            return Ok(());
        }
        self.chains_closed.set(true);
        let mark = self.mark();
        let [unfinished] = self.slots()?;
        // Each round moves objects; there are hardly ever any.
        while let Some(found) = self.find_unfinished() {
            store(unfinished.0, found);
            self.use_dictionary(unfinished)?;
        }
        self.release(mark);
        Ok(())
    }

    /// An object whose shape can take a step of a chain.
    fn find_unfinished(&self) -> Option<u32> {
        let mut at = self.heap_first();
        while at < self.heap_top.get() {
            let head = load(at);
            let shape = header::index(head);
            if header::kind(head) == Kind::Object as u32 && self.is_step(shape) {
                return Some(at);
            }
            at += 4 * words_of(at, head);
        }
        None
    }

    /// Whether a chain goes on behind a shape.
    fn is_step(&self, shape: u32) -> bool {
        if shape < FIRST_SHAPE || shape >= self.first_record() {
            return false;
        }
        let (count, _, root) = self.rom_shape(shape);
        root != 0
            && (shape + 1..self.first_record()).any(|next| {
                let (next_count, _, next_root) = self.rom_shape(next);
                next_root == root && next_count == count + 1
            })
    }
}
