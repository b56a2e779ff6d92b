//! UTF-16 code units of WTF-8 text: counting, indexing and iterating.
//!
//! Index and offset are equal in ASCII text; a caller that has that on record needs none of this.
//! Otherwise the words that are ASCII are skipped four bytes at a time.

use super::wtf8::{ascii_prefix, decode, high_surrogate, is_continuation, low_surrogate};

/// The number of UTF-16 code units.
pub fn utf16_len(text: &[u8]) -> usize {
    let start = ascii_prefix(text, usize::MAX);
    start + text.get(start..).unwrap_or_default().iter().map(|&byte| units_of(byte)).sum::<usize>()
}

/// Code units of the sequence that `byte` leads; none if it leads none.
fn units_of(byte: u8) -> usize {
    usize::from(!is_continuation(byte)) + usize::from(byte >= 0xf0)
}

/// Where a UTF-16 index lies in the bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Byte offset of the sequence that holds the code unit, or the length of the text.
    pub offset: usize,
    /// Whether the code unit is the low half of a 4-byte sequence.
    pub low_half: bool,
}

/// The place of the code unit `index`. Indices from the length on give the end of the text.
pub fn place_of(text: &[u8], index: usize) -> Place {
    let mut offset = ascii_prefix(text, index);
    let mut left = index - offset;
    while left != 0 {
        let Some(&lead) = text.get(offset) else { break };
        if lead >= 0xf0 {
            if left == 1 {
                return Place { offset, low_half: true };
            }
            left -= 1;
        }
        left -= 1;
        offset += sequence_len(lead);
    }
    Place { offset: offset.min(text.len()), low_half: false }
}

/// Bytes of the sequence that `lead` leads.
fn sequence_len(lead: u8) -> usize {
    match lead {
        0..0xc0 => 1,
        0xc0..0xe0 => 2,
        0xe0..0xf0 => 3,
        _ => 4,
    }
}

/// The index of the code unit at byte `offset`, which is at the start of a sequence or the end.
pub fn unit_index(text: &[u8], offset: usize) -> usize {
    utf16_len(text.get(..offset).unwrap_or(text))
}

/// The code unit at `index` (`charCodeAt`).
pub fn char_code_at(text: &[u8], index: usize) -> Option<u16> {
    let place = place_of(text, index);
    let (code, _) = decode(text.get(place.offset..)?)?;
    Some(match code {
        0..0x1_0000 => code as u16,
        _ if place.low_half => low_surrogate(code),
        _ => high_surrogate(code),
    })
}

/// The code point at `index` (`codePointAt`): a whole pair if the index is at its start.
pub fn code_point_at(text: &[u8], index: usize) -> Option<u32> {
    let place = place_of(text, index);
    let (code, _) = decode(text.get(place.offset..)?)?;
    Some(if place.low_half { u32::from(low_surrogate(code)) } else { code })
}

/// The code units of a text in order.
#[derive(Clone)]
pub struct Units<'a> {
    rest: &'a [u8],
    /// The low half still to come, or zero.
    low: u16,
}

impl<'a> Units<'a> {
    /// Starts at the beginning.
    #[inline]
    pub fn new(text: &'a [u8]) -> Units<'a> {
        Units { rest: text, low: 0 }
    }
}

impl Iterator for Units<'_> {
    type Item = u16;

    fn next(&mut self) -> Option<u16> {
        if self.low != 0 {
            return Some(core::mem::take(&mut self.low));
        }
        let (code, len) = decode(self.rest)?;
        self.rest = self.rest.get(len..).unwrap_or_default();
        if code < 0x1_0000 {
            return Some(code as u16);
        }
        self.low = low_surrogate(code);
        Some(high_surrogate(code))
    }
}
