//! Writes the words of an image.
use crate::Error;
use jerboa_abi::header::{self, Kind};

/// Bytes written so far, with places that are filled in later.
pub(super) struct Writer {
    pub(super) bytes: Vec<u8>,
}

impl Writer {
    /// Fills up with zeros to an offset that may have been passed.
    pub(super) fn reserve(&mut self, end: usize) {
        self.bytes.resize(end.max(self.bytes.len()), 0);
    }

    pub(super) fn at(&self) -> u32 {
        self.bytes.len() as u32
    }

    pub(super) fn half(&mut self, half: u16) {
        self.bytes.extend(half.to_le_bytes());
    }

    pub(super) fn word(&mut self, word: u32) {
        self.bytes.extend(word.to_le_bytes());
    }

    pub(super) fn align(&mut self) {
        self.bytes.resize(self.bytes.len().next_multiple_of(4), 0);
    }

    pub(super) fn patch_half(&mut self, at: usize, half: u16) {
        self.bytes[at..at + 2].copy_from_slice(&half.to_le_bytes());
    }

    pub(super) fn patch(&mut self, at: usize, word: u32) {
        self.bytes[at..at + 4].copy_from_slice(&word.to_le_bytes());
    }

    /// Begins a section of the header; returns its offset.
    pub(super) fn section(&mut self, field: usize, count: usize, what: &'static str) -> Result<usize, Error> {
        self.align();
        self.count(field, count, what)?;
        self.patch_half(field + 2, word_offset(self.bytes.len())?);
        Ok(self.bytes.len())
    }

    /// Writes a number of entries to the header.
    pub(super) fn count(&mut self, field: usize, count: usize, what: &'static str) -> Result<(), Error> {
        self.patch_half(field, u16::try_from(count).map_err(|_| Error::TooMany(what))?);
        Ok(())
    }

    pub(super) fn unsigned(&mut self, mut number: u32) {
        while number >= 0x80 {
            self.bytes.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }

    pub(super) fn signed(&mut self, number: i32) {
        self.unsigned(((number << 1) ^ (number >> 31)) as u32);
    }
}

/// The offset of a section as the header has it.
pub(super) fn word_offset(bytes: usize) -> Result<u16, Error> {
    u16::try_from(bytes / 4).map_err(|_| Error::TooLarge)
}

pub(super) fn write_double(w: &mut Writer, bits: u64) {
    w.word(header::make(Kind::Double, 0, 0));
    w.bytes.extend(bits.to_le_bytes());
}

pub(super) fn write_string(w: &mut Writer, bytes: &[u8]) -> Result<(), Error> {
    let ascii = if bytes.is_ascii() { header::string::ASCII } else { 0 };
    let aux = header::string::ATOM | ascii;
    match u16::try_from(bytes.len()) {
        Ok(length) => w.word(header::make(Kind::String, aux, u32::from(length))),
        Err(_) => {
            w.word(header::make(Kind::LongString, aux, 0));
            w.word(u32::try_from(bytes.len()).map_err(|_| Error::TooLarge)?);
        }
    }
    w.bytes.extend(bytes);
    w.align();
    Ok(())
}
