//! Concatenation and slicing, which join and split surrogate pairs.

use super::sink::Sink;
use super::units::place_of;
use super::wtf8::{
    decode, encode, high_surrogate, join_surrogates, leading_low, low_surrogate, trailing_high,
};

/// The code point that forms where `a` and `b` meet, if `a` ends with a high surrogate and `b`
/// starts with a low one. Its 4 bytes replace the 3 at the end of `a` and the 3 at the start of `b`.
pub fn joint(a: &[u8], b: &[u8]) -> Option<u32> {
    Some(join_surrogates(trailing_high(a)?, leading_low(b)?))
}

/// Bytes of the concatenation of `a` and `b`.
pub fn concat_len(a: &[u8], b: &[u8]) -> usize {
    a.len() + b.len() - if joint(a, b).is_some() { 2 } else { 0 }
}

/// Writes the concatenation of `a` and `b`.
pub fn concat(a: &[u8], b: &[u8], sink: &mut (impl Sink + ?Sized)) {
    let Some(code) = joint(a, b) else {
        sink.push(a);
        return sink.push(b);
    };
    sink.push(a.get(..a.len() - 3).unwrap_or_default());
    sink.push(encode(code, &mut [0; 4]));
    sink.push(b.get(3..).unwrap_or_default());
}

/// A part of a text between two UTF-16 indices: bytes of the text, and a half of a pair at either
/// end where an index falls inside one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slice<'a> {
    /// The low surrogate before the body, or zero.
    pub head: u16,
    /// Whole sequences.
    pub body: &'a [u8],
    /// The high surrogate after the body, or zero.
    pub tail: u16,
}

impl Slice<'_> {
    /// Bytes of the slice as a string of its own.
    pub fn byte_len(&self) -> usize {
        self.body.len() + if self.head != 0 { 3 } else { 0 } + if self.tail != 0 { 3 } else { 0 }
    }

    /// Writes the slice as a string of its own.
    pub fn write(&self, sink: &mut (impl Sink + ?Sized)) {
        if self.head != 0 {
            sink.push(encode(u32::from(self.head), &mut [0; 4]));
        }
        sink.push(self.body);
        if self.tail != 0 {
            sink.push(encode(u32::from(self.tail), &mut [0; 4]));
        }
    }
}

/// The code units of `text` from index `start` up to, not including, `end`. Indices beyond the
/// length mean the length; the slice is empty if `start` is not below `end`.
pub fn slice(text: &[u8], start: usize, end: usize) -> Slice<'_> {
    let mut part = Slice { head: 0, body: &[], tail: 0 };
    if start >= end {
        return part;
    }
    let from = place_of(text, start);
    let rest = text.get(from.offset..).unwrap_or_default();
    let mut left = end - start;
    let mut skip = 0;
    if from.low_half
        && let Some((code, len)) = decode(rest)
    {
        part.head = low_surrogate(code);
        left -= 1;
        skip = len;
    }
    let rest = rest.get(skip..).unwrap_or_default();
    let to = place_of(rest, left);
    let (body, after) = rest.split_at_checked(to.offset).unwrap_or_default();
    part.body = body;
    if to.low_half
        && let Some((code, _)) = decode(after)
    {
        part.tail = high_surrogate(code);
    }
    part
}
