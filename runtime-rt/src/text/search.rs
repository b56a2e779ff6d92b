//! Searching for a text in a text.
//!
//! WTF-8 is self-synchronising, so a match of bytes is a match of code units, with one exception: a
//! needle that starts with a low surrogate or ends with a high one can match half of a 4-byte
//! sequence. That rare case is compared unit by unit. The search is the plain quadratic one: a
//! linear-time algorithm costs a kilobyte of flash, and needles are short.

use super::units::{Units, place_of, unit_index, utf16_len};
use super::wtf8::{leading_low, trailing_high};

/// The byte offset of the first `needle` in `text` at or after byte `from`.
pub fn find_bytes(text: &[u8], needle: &[u8], from: usize) -> Option<usize> {
    let rest = text.get(from..)?;
    let Some((first, _)) = needle.split_first() else { return Some(from) };
    let last = rest.len().checked_sub(needle.len())?;
    let starts = rest.get(..=last)?;
    for (at, byte) in starts.iter().enumerate() {
        if byte == first && rest.get(at..).is_some_and(|tail| tail.starts_with(needle)) {
            return Some(from + at);
        }
    }
    None
}

/// The byte offset of the last `needle` in `text` that starts at or before byte `from`.
pub fn rfind_bytes(text: &[u8], needle: &[u8], from: usize) -> Option<usize> {
    let last = text.len().checked_sub(needle.len())?.min(from);
    (0..=last).rev().find(|&at| text.get(at..).is_some_and(|tail| tail.starts_with(needle)))
}

/// Whether `needle` may match a half of a pair.
fn has_open_end(needle: &[u8]) -> bool {
    leading_low(needle).is_some() || trailing_high(needle).is_some()
}

/// Whether the units of `needle` come first in `text`.
fn starts_with_units(text: Units<'_>, needle: Units<'_>) -> bool {
    let mut text = text;
    needle.into_iter().all(|unit| text.next() == Some(unit))
}

/// `text.indexOf(needle, from)` in UTF-16 indices; `from` beyond the length means the length.
pub fn index_of(text: &[u8], needle: &[u8], from: usize) -> Option<usize> {
    if !has_open_end(needle) {
        let place = place_of(text, from);
        // The low half of a pair can not start a match, but the end of the empty needle can.
        if place.low_half && needle.is_empty() {
            return Some(from);
        }
        let found = find_bytes(text, needle, place.offset + usize::from(place.low_half))?;
        return Some(unit_index(text, found));
    }
    let len = utf16_len(text);
    let mut units = Units::new(text);
    for index in 0..len {
        if index >= from && starts_with_units(units.clone(), Units::new(needle)) {
            return Some(index);
        }
        units.next();
    }
    None
}

/// `text.lastIndexOf(needle, from)` in UTF-16 indices; `from` beyond the length means the length.
pub fn last_index_of(text: &[u8], needle: &[u8], from: usize) -> Option<usize> {
    if !has_open_end(needle) {
        let place = place_of(text, from);
        if place.low_half && needle.is_empty() {
            return Some(from);
        }
        let found = rfind_bytes(text, needle, place.offset)?;
        return Some(unit_index(text, found));
    }
    let len = utf16_len(text);
    let mut units = Units::new(text);
    let mut found = None;
    for index in 0..len {
        if index > from {
            break;
        }
        if starts_with_units(units.clone(), Units::new(needle)) {
            found = Some(index);
        }
        units.next();
    }
    found
}
