//! `toUpperCase` and `toLowerCase`.
//!
//! The mappings are Unicode's full ones, with several code points for one and with the context rule
//! for the Greek sigma. Text known to be ASCII has its own functions, so that a program which never
//! maps other text does not pay for the tables.

use super::case_tables::{CASE_IGNORABLE, CASED, LOWER, UPPER};
use super::sink::Sink;
use super::wtf8::{decode, decode_last, encode};

const CAPITAL_SIGMA: u32 = 0x3a3;
const SMALL_SIGMA: u32 = 0x3c3;
const FINAL_SIGMA: u32 = 0x3c2;

/// Maps ASCII letters to upper case in place.
pub fn to_upper_ascii(text: &mut [u8]) {
    text.make_ascii_uppercase();
}

/// Maps ASCII letters to lower case in place.
pub fn to_lower_ascii(text: &mut [u8]) {
    text.make_ascii_lowercase();
}

/// Writes `text` in upper case. Lone surrogates stay.
pub fn to_upper(text: &[u8], sink: &mut (impl Sink + ?Sized)) {
    let mut rest = text;
    while let Some((code, len)) = decode(rest) {
        rest = rest.get(len..).unwrap_or_default();
        if code < 0x80 {
            sink.push(&[(code as u8).to_ascii_uppercase()]);
        } else {
            push_mapped(code, &UPPER, sink);
        }
    }
}

/// Writes `text` in lower case. Lone surrogates stay.
pub fn to_lower(text: &[u8], sink: &mut (impl Sink + ?Sized)) {
    let mut rest = text;
    while let Some((code, len)) = decode(rest) {
        let before = text.get(..text.len() - rest.len()).unwrap_or_default();
        rest = rest.get(len..).unwrap_or_default();
        if code < 0x80 {
            sink.push(&[(code as u8).to_ascii_lowercase()]);
        } else if code == CAPITAL_SIGMA {
            push(if is_final(before, rest) { FINAL_SIGMA } else { SMALL_SIGMA }, sink);
        } else {
            push_mapped(code, &LOWER, sink);
        }
    }
}

/// The single code point that `code` has as its upper case; itself if there is none, or there are several.
pub fn simple_upper(code: u32) -> u32 {
    simple(code, &UPPER, |byte| byte.to_ascii_uppercase())
}

/// The single code point that `code` has as its lower case; itself if there is none, or there are several.
pub fn simple_lower(code: u32) -> u32 {
    simple(code, &LOWER, |byte| byte.to_ascii_lowercase())
}

fn simple(code: u32, table: &[u8], ascii: fn(&u8) -> u8) -> u32 {
    if code < 0x80 {
        return u32::from(ascii(&(code as u8)));
    }
    match mapping(code, table) {
        Some((mapped, _, 0)) => mapped,
        _ => code,
    }
}

fn push(code: u32, sink: &mut (impl Sink + ?Sized)) {
    sink.push(encode(code, &mut [0; 4]));
}

/// Writes what the table has for `code`, or `code`.
fn push_mapped(code: u32, table: &[u8], sink: &mut (impl Sink + ?Sized)) {
    match mapping(code, table) {
        Some((mapped, mut extra, count)) => {
            push(mapped, sink);
            for _ in 0..count {
                push(next(&mut extra).unwrap_or(0), sink);
            }
        }
        None => push(code, sink),
    }
}

/// Reads a number in LEB128.
fn next(table: &mut &[u8]) -> Option<u32> {
    let mut value = 0;
    let mut shift = 0;
    loop {
        let (&byte, rest) = table.split_first()?;
        *table = rest;
        value |= u32::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(value);
        }
        shift += 7;
    }
}

/// The first code point that `code` maps to, and the table at the other ones with their number.
fn mapping(code: u32, table: &[u8]) -> Option<(u32, &[u8], u32)> {
    let mut table = table;
    let mut start = 0x80;
    loop {
        start += next(&mut table)?;
        let shape = next(&mut table)?;
        let zigzag = next(&mut table)?;
        let (stride, extra, steps) = ((shape & 1) + 1, shape >> 1 & 3, shape >> 3);
        let offset = code.checked_sub(start)?;
        if offset <= steps * stride {
            if offset & (stride - 1) != 0 {
                return None;
            }
            let delta = zigzag >> 1 ^ (zigzag & 1).wrapping_neg();
            return Some((code.wrapping_add(delta), table, extra));
        }
        for _ in 0..extra {
            next(&mut table)?;
        }
        start += steps * stride + 1;
    }
}

/// The condition Final_Sigma: a cased letter before and none after, with case-ignorable code points
/// skipped.
fn is_final(before: &[u8], after: &[u8]) -> bool {
    let (mut before, mut after) = (before, after);
    loop {
        let Some((code, len)) = decode_last(before) else { return false };
        before = before.get(..before.len() - len).unwrap_or_default();
        if !is_in(code, &CASE_IGNORABLE) {
            if !is_in(code, &CASED) {
                return false;
            }
            break;
        }
    }
    while let Some((code, len)) = decode(after) {
        after = after.get(len..).unwrap_or_default();
        if !is_in(code, &CASE_IGNORABLE) {
            return !is_in(code, &CASED);
        }
    }
    true
}

/// Whether a code point is in the second, fourth and so on of the runs in `table`.
fn is_in(code: u32, table: &[u8]) -> bool {
    let mut table = table;
    let mut end = 0;
    let mut inside = true;
    while let Some(run) = next(&mut table) {
        end += run;
        inside = !inside;
        if code < end {
            return inside;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::oracle::step;

    fn lower(text: &str) -> String {
        let mut out = Vec::new();
        to_lower(text.as_bytes(), &mut |bytes: &[u8]| out.extend_from_slice(bytes));
        String::from_utf8(out).unwrap()
    }

    /// `str::to_lowercase` of the standard library applies the same rule with private tables.
    #[test]
    fn every_context_of_sigma_agrees_with_std() {
        // Beyond the second plane, only the tags and variation selectors have any such property.
        for code in (0..0x2_0000).chain(0xe_0000..0xe_0200).step_by(step()) {
            let Some(c) = char::from_u32(code) else { continue };
            for text in [format!("{c}Σ"), format!("a{c}Σ"), format!("aΣ{c}"), format!("aΣ{c}a")] {
                assert_eq!(lower(&text), text.to_lowercase(), "U+{code:04X}");
            }
        }
    }

    #[test]
    fn upper_of_every_character_agrees_with_std() {
        for c in (0..0x2_0000).step_by(step()).filter_map(char::from_u32) {
            let text = String::from(c);
            let mut out = Vec::new();
            to_upper(text.as_bytes(), &mut |bytes: &[u8]| out.extend_from_slice(bytes));
            assert_eq!(out, text.to_uppercase().as_bytes());
        }
    }

    #[test]
    fn lone_surrogates_stay() {
        let mut out = Vec::new();
        to_upper(b"a\xed\xa0\x80\xc3\x9fz", &mut |bytes: &[u8]| out.extend_from_slice(bytes));
        assert_eq!(out, b"A\xed\xa0\x80SSZ");
    }
}
