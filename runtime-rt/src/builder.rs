//! Building strings piece by piece, inside the heap.

use jerboa_abi::header::{self, Kind, string};
use jerboa_abi::value as word;

use crate::Result;
use crate::heap::{store_header, store_len};
use crate::memory::{bytes, copy_bytes, load, pointer, store, store_byte};
use crate::number::I32_BUFFER;
use crate::text;
use crate::value::{Slot, Value};
use crate::vm::Vm;

/// A string that grows. It lives in two slots of the stack, so it has to be finished (or dropped) before they are released.
///
/// The bytes gather in a `Bytes` object after its first word; when they are complete that object turns into the string
/// itself, so nothing is copied twice.
#[derive(Debug)]
pub struct StringBuilder {
    buffer: Slot,
    scratch: Slot,
    len: u32,
    ascii: bool,
}

impl StringBuilder {
    /// An empty builder.
    ///
    /// # Errors
    /// Throws a RangeError if the stack is full.
    pub fn new(vm: &mut Vm) -> Result<StringBuilder> {
        let [buffer, scratch] = vm.slots()?;
        Ok(StringBuilder { buffer, scratch, len: 0, ascii: true })
    }

    /// Bytes so far.
    #[inline]
    pub fn len(&self) -> u32 {
        self.len
    }

    /// Whether there are no bytes so far.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Makes room for `more` bytes.
    fn reserve(&mut self, vm: &mut Vm, more: u32) -> Result<()> {
        let old = load(self.buffer.0);
        let have = if old == word::UNDEFINED { 0 } else { 4 * store_len(load(old)) - 4 };
        let need = self.len.saturating_add(more);
        if need <= have {
            return Ok(());
        }
        if need > crate::string::MAX_LENGTH {
            return Err(vm.throw_range("Invalid string length"));
        }
        let words = 1 + need.max(have + have / 2).max(12).div_ceil(4);
        let new = vm.new_bytes(words)?.word();
        let old = load(self.buffer.0);
        if old != word::UNDEFINED {
            crate::memory::move_words(old + 4, new + 4, store_len(load(old)));
        }
        store(self.buffer.0, new);
        Ok(())
    }

    /// Address of the byte at an offset.
    fn at(&self, offset: u32) -> u32 {
        load(self.buffer.0) + 8 + offset
    }

    /// Appends WTF-8 that does not lie in the heap.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full or the string too long.
    pub fn push(&mut self, vm: &mut Vm, text: &[u8]) -> Result<()> {
        self.reserve(vm, text.len() as u32)?;
        match text {
            // Punctuation.
            [byte @ ..=0x7f] => {
                store_byte(self.at(self.len), u32::from(*byte));
                self.len += 1;
            }
            _ => self.append(text),
        }
        Ok(())
    }

    /// Appends the flat ASCII string in a slot between two quotation marks, and the ASCII text that follows.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full or the string too long.
    pub fn push_between_quotes(&mut self, vm: &mut Vm, string: Slot, behind: &[u8]) -> Result<()> {
        let len = vm.flat_text(string).len() as u32;
        self.reserve(vm, len + 2 + behind.len() as u32)?;
        let start = self.at(self.len);
        store_byte(start, u32::from(b'"'));
        copy_bytes(vm.flat_text(string), start + 1);
        store_byte(start + 1 + len, u32::from(b'"'));
        for (at, byte) in (start + 2 + len..).zip(behind) {
            store_byte(at, u32::from(*byte));
        }
        self.len += len + 2 + behind.len() as u32;
        Ok(())
    }

    /// Appends bytes, for which there is room; halves of a pair that meet are joined.
    fn append(&mut self, text: &[u8]) {
        if text.is_empty() {
            return;
        }
        self.ascii &= text::is_ascii(text);
        let mut rest = text;
        if !self.ascii && self.len != 0 {
            let joint = text::joint(bytes(self.at(0), self.len), text);
            if let Some(code) = joint {
                self.len -= 3;
                let mut pair = [0; 4];
                let pair = text::encode(code, &mut pair);
                copy_bytes(pair, self.at(self.len));
                self.len += pair.len() as u32;
                rest = text.get(3..).unwrap_or_default();
            }
        }
        copy_bytes(rest, self.at(self.len));
        self.len += rest.len() as u32;
    }

    /// Appends the string in a slot.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full or the string too long.
    pub fn push_string(&mut self, vm: &mut Vm, string: Slot) -> Result<()> {
        vm.copy(string, self.scratch);
        vm.flatten(self.scratch)?;
        let len = vm.flat_text(self.scratch).len();
        self.reserve(vm, len as u32)?;
        self.append(vm.flat_text(self.scratch));
        Ok(())
    }

    /// Appends a UTF-16 code unit.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full or the string too long.
    pub fn push_unit(&mut self, vm: &mut Vm, unit: u16) -> Result<()> {
        self.push(vm, text::encode_unit(unit, &mut [0; 4]))
    }

    /// Appends a code point.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full or the string too long.
    pub fn push_code_point(&mut self, vm: &mut Vm, code: u32) -> Result<()> {
        self.push(vm, text::encode(code, &mut [0; 4]))
    }

    /// Appends an integer in decimal.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full or the string too long.
    pub fn push_int(&mut self, vm: &mut Vm, number: i32) -> Result<()> {
        self.push(vm, crate::number::i32_to_decimal(number, &mut [0; I32_BUFFER]))
    }

    /// Appends `len` bytes that `write` gives, reading whatever it needs from the VM: the counterpart of
    /// [`Vm::build_string`].
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full or the string too long.
    pub fn push_with(
        &mut self,
        vm: &mut Vm,
        len: usize,
        write: impl FnMut(&Vm, &mut text::SliceSink<'_>),
    ) -> Result<()> {
        vm.build_string(len, write)?.store(self.scratch);
        let piece = self.scratch;
        self.push_string(vm, piece)
    }

    /// The last `count` bytes are taken back.
    #[inline]
    pub fn truncate(&mut self, len: u32) {
        self.len = self.len.min(len);
    }

    /// The string.
    ///
    /// # Errors
    /// None today; the result may become an allocation.
    pub fn finish(self, vm: &mut Vm) -> Result<Value<'_>> {
        if self.len as usize <= word::SHORT_STRING_MAX {
            let text: &[u8] = if self.len == 0 { &[] } else { bytes(self.at(0), self.len) };
            return Ok(Value::short_string(text).unwrap_or(Value::EMPTY_STRING));
        }
        let buffer = load(self.buffer.0);
        let words = 1 + store_len(load(buffer));
        let flags = if self.ascii { string::ASCII } else { 0 };
        let used = if self.len <= 0xffff {
            // SAFETY: both ranges lie in the buffer, which nobody else refers to.
            unsafe { core::ptr::copy(pointer(buffer + 8), pointer(buffer + 4), self.len as usize) };
            store(buffer, header::make(Kind::String, flags, self.len));
            1 + self.len.div_ceil(4)
        } else {
            store(buffer, header::make(Kind::LongString, flags, 0));
            store(buffer + 4, self.len);
            2 + self.len.div_ceil(4)
        };
        if used < words {
            // The rest of the buffer becomes garbage of its own; if it is at the top of the heap it is given back.
            if buffer + 4 * words == vm.heap_top.get() {
                vm.heap_top.set(buffer + 4 * used);
            } else {
                store(buffer + 4 * used, store_header(Kind::Bytes, words - used - 1));
            }
        }
        Ok(Value::of(buffer))
    }
}
