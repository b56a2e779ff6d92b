//! Strings: immediate, flat and rope.
//!
//! `a + b` of more than a few bytes makes a rope, which is flattened when its bytes are first wanted, so building a
//! long string piece by piece costs time in proportion to its length. Short pieces are gathered in the
//! rope's right end before a new node is made, which bounds the memory that nodes take.
//!
//! Indices are UTF-16 code units. ASCII strings are flagged; for others the place of the last index asked for
//! is remembered, so that a loop over a string takes linear time.

use core::ops::Deref;

use jerboa_abi::header::{self, Kind, string};
use jerboa_abi::value as word;

use crate::Result;
use crate::gate::{gate, present};
use crate::image::flat_bytes;
use crate::memory::{bytes, copy_bytes, load, pointer, store};
use crate::text::{self, Sink, SliceSink};
use crate::value::{Slot, Value};
use crate::vm::{Vm, root};

/// The longest string, in bytes.
pub const MAX_LENGTH: u32 = 0x1fff_ffe8;
/// Results up to this many bytes are made flat at once.
const FLAT_LIMIT: u32 = 32;
/// Pieces are gathered at the right end of a rope up to this many bytes.
const PIECE_LIMIT: u32 = 64;

/// The bytes of a string.
#[derive(Clone, Copy)]
pub enum Text<'h> {
    /// Of an immediate string: length and bytes.
    Short(usize, [u8; 3]),
    /// Of a string in the heap or the image.
    Long(&'h [u8]),
}

impl Deref for Text<'_> {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Text::Short(len, bytes) => bytes.get(..*len).unwrap_or(bytes),
            Text::Long(bytes) => bytes,
        }
    }
}

/// The flat string that a rope became; `None` if it is still to be flattened.
fn flattened(rope: u32) -> Option<u32> {
    (load(rope + 8) == word::EMPTY_STRING).then(|| load(rope + 4))
}

gate! {
    if Ropes, fn flatten_rope(vm: &mut Vm, slot: Slot) -> Result<()> {
        vm.flatten_rope(slot)
    }
}

/// The number of bytes of a string.
pub(crate) fn byte_len(string: u32) -> u32 {
    if word::is_short_string(string) {
        return word::short_string_bytes(string).0 as u32;
    }
    let header = load(string);
    match header::kind(header) {
        kind if kind == Kind::String as u32 => header::index(header),
        kind if kind == Kind::LongString as u32 => load(string + 4),
        _ => word::to_int(load(string + 12)) as u32,
    }
}

/// Whether all bytes of a string are ASCII.
#[inline]
pub fn is_ascii(string: u32) -> bool {
    if word::is_short_string(string) {
        return string & 0x8080_8000 == 0;
    }
    header::aux(load(string)) & string::ASCII != 0
}

/// Whether a string is a rope that is not flat yet.
fn is_open_rope(string: u32) -> bool {
    word::is_pointer(string) && header::kind(load(string)) == Kind::Rope as u32 && flattened(string).is_none()
}

impl<'h> Value<'h> {
    /// The bytes of a flat string ([`Vm::flatten`]); empty for anything else.
    pub fn text(self) -> Text<'h> {
        if word::is_short_string(self.word()) {
            let (len, bytes) = word::short_string_bytes(self.word());
            return Text::Short(len, bytes);
        }
        match self.kind() {
            Some(Kind::String | Kind::LongString) => Text::Long(flat_bytes(self.word())),
            Some(Kind::Rope) => match flattened(self.word()) {
                Some(flat) => Value::of(flat).text(),
                None => Text::Long(&[]),
            },
            _ => Text::Long(&[]),
        }
    }
}

/// The bytes of the flat string whose word is at an address; empty for anything else.
fn text_at<'h>(mut at: u32) -> &'h [u8] {
    loop {
        let word = load(at);
        if word::is_short_string(word) {
            // The word's upper bytes, which every target stores behind the lowest.
            return bytes(at + 1, word::short_string_bytes(word).0 as u32);
        }
        match Value::of(word).kind() {
            Some(Kind::String | Kind::LongString) => return flat_bytes(word),
            Some(Kind::Rope) if flattened(word).is_some() => at = word + 4,
            _ => return &[],
        }
    }
}

impl Vm {
    /// The bytes of the flat string ([`Vm::flatten`]) in a slot, where they lie, which may be the slot itself; empty for anything
    /// else.
    pub fn text(&self, string: Slot) -> &[u8] {
        text_at(string.0)
    }

    /// The bytes of the flat string ([`Vm::flatten`]) in a slot, where they lie.
    pub fn flat_text(&self, string: Slot) -> &[u8] {
        let word = load(string.0);
        if word::is_short_string(word) {
            // The slot's upper bytes, which every target stores behind the lowest.
            return bytes(string.0 + 1, word::short_string_bytes(word).0 as u32);
        }
        flat_bytes(word)
    }

    /// Space for a string of `len` bytes (more than 3) in the heap: its address and that of its bytes.
    fn allocate_string(&mut self, len: u32, ascii: bool) -> Result<(u32, u32)> {
        let flags = if ascii { string::ASCII } else { 0 };
        if len > MAX_LENGTH {
            return Err(self.throw_range("Invalid string length"));
        }
        let words = len.div_ceil(4);
        if len <= 0xffff {
            let address = self.allocate_leaf(1 + words)?;
            store(address, header::make(Kind::String, flags, len));
            store(address + 4 * words, 0);
            store(address, header::make(Kind::String, flags, len));
            return Ok((address, address + 4));
        }
        let address = self.allocate_leaf(2 + words)?;
        store(address + 4 + 4 * words, 0);
        store(address, header::make(Kind::LongString, flags, 0));
        store(address + 4, len);
        Ok((address, address + 8))
    }

    /// A string of WTF-8 bytes that do not lie in the heap.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full or the string too long.
    pub fn new_string(&mut self, text: &[u8]) -> Result<Value<'_>> {
        if let Some(value) = Value::short_string(text) {
            return Ok(value);
        }
        let len = u32::try_from(text.len()).unwrap_or(u32::MAX);
        let (string, start) = self.allocate_string(len, text::is_ascii(text))?;
        copy_bytes(text, start);
        Ok(Value::of(string))
    }

    /// A string of `len` bytes that `write` produces, reading whatever it needs from the VM.
    ///
    /// `write` must push exactly `len` bytes of WTF-8; too few are filled with spaces, surplus ones dropped.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full or the string too long.
    pub fn build_string(
        &mut self,
        len: usize,
        mut write: impl FnMut(&Vm, &mut SliceSink<'_>),
    ) -> Result<Value<'_>> {
        self.build_string_with(len, &mut write)
    }

    /// The one copy of [`Vm::build_string`], whoever writes.
    #[inline(never)]
    fn build_string_with(
        &mut self,
        len: usize,
        write: &mut dyn FnMut(&Vm, &mut SliceSink<'_>),
    ) -> Result<Value<'_>> {
        if len <= word::SHORT_STRING_MAX {
            let mut buffer = [b' '; word::SHORT_STRING_MAX];
            let part = buffer.get_mut(..len).unwrap_or_default();
            write(self, &mut SliceSink::new(part));
            return Ok(
                Value::short_string(buffer.get(..len).unwrap_or_default()).unwrap_or(Value::EMPTY_STRING)
            );
        }
        let (string, start) = self.allocate_string(u32::try_from(len).unwrap_or(u32::MAX), false)?;
        // SAFETY: the bytes of the string that was just made: nobody else refers to them, and `write` can not reach them
        // through the VM.
        let target = unsafe { core::slice::from_raw_parts_mut(pointer(start), len) };
        target.fill(b' ');
        write(self, &mut SliceSink::new(target));
        if text::is_ascii(bytes(start, len as u32)) {
            store(string, load(string) | string::ASCII << header::AUX_SHIFT);
        }
        Ok(Value::of(string))
    }

    /// Makes the string in a slot flat, so that [`Value::text`] gives its bytes.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    #[inline(always)]
    pub fn flatten(&mut self, slot: Slot) -> Result<()> {
        if self.get(slot).is(Kind::Rope) { flatten_rope(self, slot) } else { Ok(()) }
    }

    fn flatten_rope(&mut self, slot: Slot) -> Result<()> {
        let rope = load(slot.0);
        if let Some(flat) = flattened(rope) {
            store(slot.0, flat);
            return Ok(());
        }
        let len = byte_len(rope);
        let (flat, start) = self.allocate_string(len, is_ascii(rope))?;
        let rope = load(slot.0);
        write_rope(rope, start + len);
        store(rope + 4, flat);
        store(rope + 8, word::EMPTY_STRING);
        store(slot.0, flat);
        Ok(())
    }

    /// The concatenation of two strings.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full or the string too long.
    pub fn concat(&mut self, left: Slot, right: Slot) -> Result<Value<'_>> {
        let (a, b) = (load(left.0), load(right.0));
        let (a_len, b_len) = (byte_len(a), byte_len(b));
        if a_len == 0 {
            return Ok(Value::of(b));
        }
        if b_len == 0 {
            return Ok(Value::of(a));
        }
        if a_len + b_len <= FLAT_LIMIT {
            return self.concat_flat(left, right);
        }
        if a_len + b_len > MAX_LENGTH {
            return Err(self.throw_range("Invalid string length"));
        }
        let ascii = is_ascii(a) && is_ascii(b);
        if !ascii && may_join(a, b) {
            return self.concat_flat(left, right);
        }
        let mark = self.mark();
        let pair = self.push_word(a)?;
        let piece = self.push_word(b)?;
        if is_open_rope(a) && !is_open_rope(b) {
            let end = load(a + 8);
            if !is_open_rope(end) && byte_len(end) + b_len <= PIECE_LIMIT {
                store(pair.0, end);
                let joined = self.concat_flat(pair, piece)?.word();
                store(piece.0, joined);
                store(pair.0, load(load(left.0) + 4));
            }
        }
        present!(Ropes);
        let rope = self.allocate(4)?;
        store(rope, header::make(Kind::Rope, if ascii { string::ASCII } else { 0 }, 0));
        store(rope + 4, load(pair.0));
        store(rope + 8, load(piece.0));
        store(rope + 12, Value::small((a_len + b_len) as i32).word());
        self.release(mark);
        Ok(Value::of(rope))
    }

    /// The concatenation as a flat string.
    fn concat_flat(&mut self, left: Slot, right: Slot) -> Result<Value<'_>> {
        let mark = self.mark();
        let a = self.push_word(load(left.0))?;
        let b = self.push_word(load(right.0))?;
        self.flatten(a)?;
        self.flatten(b)?;
        let len = text::concat_len(self.text(a), self.text(b));
        let result = self.build_string(len, |vm, sink| text::concat(vm.text(a), vm.text(b), sink))?.word();
        self.release(mark);
        Ok(Value::of(result))
    }

    /// The length of the string in a slot, in UTF-16 code units. Makes it flat if it has to.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    pub fn string_length(&mut self, slot: Slot) -> Result<u32> {
        let string = load(slot.0);
        if is_ascii(string) {
            return Ok(byte_len(string));
        }
        self.flatten(slot)?;
        let string = load(slot.0);
        if word::is_pointer(string)
            && self.root(root::POSITION) == string
            && self.position_length.get() != u32::MAX
        {
            return Ok(self.position_length.get());
        }
        let len = text::utf16_len(self.text(slot)) as u32;
        if word::is_pointer(string) {
            if self.root(root::POSITION) != string {
                self.set_root(root::POSITION, string);
                self.set_position(0, 0);
            }
            self.position_length.set(len);
        }
        Ok(len)
    }

    /// The UTF-16 code unit at an index of the flat string in a slot.
    pub fn code_unit_at(&self, slot: Slot, index: u32) -> Option<u16> {
        let text = self.text(slot);
        if is_ascii(load(slot.0)) {
            return text.get(index as usize).map(|&byte| u16::from(byte));
        }
        let (offset, first) = self.position_near(slot, index);
        text::char_code_at(text.get(offset as usize..)?, (index - first) as usize)
    }

    /// A byte offset at the start of a sequence and its UTF-16 index, at or before `index` in the flat string of a slot,
    /// and close to it if the string is walked through in steps.
    pub fn position_near(&self, slot: Slot, index: u32) -> (u32, u32) {
        let string = load(slot.0);
        if !word::is_pointer(string) {
            return (0, 0);
        }
        let cached = self.root(root::POSITION) == string;
        let (offset, first) = match (self.position_offset.get(), self.position_index.get()) {
            (offset, first) if cached && first <= index => (offset, first),
            _ => (0, 0),
        };
        let text = self.text(slot);
        let place = text::place_of(text.get(offset as usize..).unwrap_or_default(), (index - first) as usize);
        let at = offset + place.offset as u32;
        if at as usize >= text.len() {
            return (offset, first);
        }
        let unit = if place.low_half { index - 1 } else { index };
        if !cached {
            self.set_root(root::POSITION, string);
            self.position_length.set(u32::MAX);
        }
        self.set_position(at, unit);
        (at, unit)
    }

    /// The byte offset of a UTF-16 index in the flat string of a slot; that of the second half of a pair is in the middle of its
    /// sequence.
    pub fn offset_of_unit(&self, slot: Slot, index: u32) -> u32 {
        let len = byte_len(load(slot.0));
        if is_ascii(load(slot.0)) {
            return index.min(len);
        }
        let (offset, unit) = self.position_near(slot, index);
        let rest = self.text(slot);
        let rest = rest.get(offset as usize..).unwrap_or_default();
        let place = text::place_of(rest, (index - unit) as usize);
        (offset + place.offset as u32 + if place.low_half { 2 } else { 0 }).min(len)
    }

    /// The UTF-16 index of a byte offset as [`Vm::offset_of_unit`] gives it.
    pub fn unit_of_offset(&self, slot: Slot, offset: u32) -> u32 {
        let string = load(slot.0);
        if is_ascii(string) {
            return offset;
        }
        let text = self.text(slot);
        let half = text.get(offset as usize).is_some_and(|byte| byte & 0xc0 == 0x80);
        let start = if half { offset - 2 } else { offset };
        let units = |from: u32, to: u32| {
            text::utf16_len(text.get(from as usize..to as usize).unwrap_or_default()) as u32
        };
        let cached = word::is_pointer(string) && self.root(root::POSITION) == string;
        let known = if cached { self.position_offset.get() } else { 0 };
        // From the remembered position in either direction, or from the beginning if that is nearer.
        let unit = if known <= start {
            (if cached { self.position_index.get() } else { 0 }) + units(known, start)
        } else if known - start < start {
            self.position_index.get() - units(start, known)
        } else {
            units(0, start)
        };
        if word::is_pointer(string) && (start as usize) < text.len() {
            if !cached {
                self.set_root(root::POSITION, string);
                self.position_length.set(u32::MAX);
            }
            self.set_position(start, unit);
        }
        unit + u32::from(half)
    }

    fn set_position(&self, offset: u32, index: u32) {
        self.position_offset.set(offset);
        self.position_index.set(index);
    }

    /// Forgets the remembered position, whose string may move or die.
    pub(crate) fn forget_position(&self) {
        self.set_root(root::POSITION, word::EMPTY);
        self.set_position(0, 0);
        self.position_length.set(u32::MAX);
    }

    /// The string of one UTF-16 code unit of the flat string in a slot.
    ///
    /// # Errors
    /// None today; a code unit is at most 3 bytes and so an immediate string.
    pub fn char_at(&self, slot: Slot, index: u32) -> Option<Value<'static>> {
        let unit = self.code_unit_at(slot, index)?;
        Value::short_string(text::encode_unit(unit, &mut [0; 4]))
    }

    /// Whether two strings are equal.
    ///
    /// # Errors
    /// Throws a RangeError if a rope has to be made flat and the heap is full.
    pub fn strings_equal(&mut self, a: Slot, b: Slot) -> Result<bool> {
        let (x, y) = (load(a.0), load(b.0));
        if x == y {
            return Ok(true);
        }
        // Representations are canonical: an immediate string equals no other, and atoms are unique.
        if word::is_short_string(x) || word::is_short_string(y) || byte_len(x) != byte_len(y) {
            return Ok(false);
        }
        let atom = |string| {
            header::kind(load(string)) != Kind::Rope as u32 && header::aux(load(string)) & string::ATOM != 0
        };
        if atom(x) && atom(y) {
            return Ok(false);
        }
        let mark = self.mark();
        let [x, y] = [self.push(a)?, self.push(b)?];
        self.flatten(x)?;
        self.flatten(y)?;
        let equal = *self.text(x) == *self.text(y);
        self.release(mark);
        Ok(equal)
    }

    /// The order of two strings by their UTF-16 code units.
    ///
    /// # Errors
    /// Throws a RangeError if a rope has to be made flat and the heap is full.
    pub fn compare_strings(&mut self, a: Slot, b: Slot) -> Result<core::cmp::Ordering> {
        let mark = self.mark();
        let [x, y] = [self.push(a)?, self.push(b)?];
        self.flatten(x)?;
        self.flatten(y)?;
        let order = text::compare(self.text(x), self.text(y));
        self.release(mark);
        Ok(order)
    }

    /// A part of the flat string in a slot, between two UTF-16 indices.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    pub fn substring(&mut self, slot: Slot, start: u32, end: u32) -> Result<Value<'_>> {
        if is_ascii(load(slot.0)) {
            let len = byte_len(load(slot.0));
            let (start, end) = (start.min(len) as usize, end.min(len) as usize);
            if start == 0 && end == len as usize {
                return Ok(Value::of(load(slot.0)));
            }
            return self.build_string(end.saturating_sub(start), |vm, sink| {
                sink.push(vm.text(slot).get(start..end).unwrap_or_default());
            });
        }
        let (offset, first) = self.position_near(slot, start);
        let range = ((start - first) as usize, end.max(first).wrapping_sub(first) as usize);
        let part = |vm: &Vm, sink: &mut dyn FnMut(text::Slice<'_>)| {
            sink(text::slice(vm.text(slot).get(offset as usize..).unwrap_or_default(), range.0, range.1));
        };
        let mut len = 0;
        part(self, &mut |slice| len = slice.byte_len());
        self.build_string(len, |vm, sink| part(vm, &mut |slice| slice.write(sink)))
    }
}

/// Whether `a` may end with a high surrogate and `b` start with a low one; the answer is exact for strings that do
/// not begin or end with a surrogate.
fn may_join(mut a: u32, mut b: u32) -> bool {
    while is_open_rope(b) {
        b = load(b + 4);
    }
    let starts_low = matches!(*Value::of(b).text(), [0xed, 0xb0..=0xbf, ..]);
    if !starts_low {
        return false;
    }
    while is_open_rope(a) {
        a = load(a + 8);
    }
    matches!(*Value::of(a).text(), [.., 0xed, 0xa0..=0xaf, _])
}

/// Writes the bytes of a rope so that they end at address `end`.
///
/// The way back is kept in the nodes themselves (as in [`crate::heap`]'s marking), so the depth of the rope does not
/// matter. A node whose right side is being written holds the way back in its right word; while the left side is,
/// in its left word, and its length word is negated to tell.
fn write_rope(rope: u32, mut end: u32) {
    let (mut node, mut path) = (rope, word::EMPTY);
    loop {
        while is_open_rope(node) {
            let right = load(node + 8);
            store(node + 8, path);
            path = node;
            node = right;
        }
        let text = Value::of(node).text();
        end -= text.len() as u32;
        copy_bytes(&text, end);
        loop {
            if path == word::EMPTY {
                return;
            }
            let len = word::to_int(load(path + 12));
            if len >= 0 {
                // The right side is done.
                let up = load(path + 8);
                let left = load(path + 4);
                store(path + 8, node);
                store(path + 4, up);
                store(path + 12, Value::small(-len).word());
                node = left;
                break;
            }
            let up = load(path + 4);
            store(path + 4, node);
            store(path + 12, Value::small(-len).word());
            node = path;
            path = up;
        }
    }
}
