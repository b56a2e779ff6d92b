//! `toUpperCase` and `toLowerCase`.
//!
//! The mappings are those of `core`, which include the ones to several code points. What `core` has
//! no stable access to is the context rule for the Greek sigma; it is added here. Text known to be
//! ASCII has its own functions, so that a program which never maps other text does not pay for
//! the tables.

use super::case_ignorable::RUNS;
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
        match char::from_u32(code) {
            Some(letter) => letter.to_uppercase().for_each(|mapped| push(mapped as u32, sink)),
            None => push(code, sink),
        }
    }
}

/// Writes `text` in lower case. Lone surrogates stay.
pub fn to_lower(text: &[u8], sink: &mut (impl Sink + ?Sized)) {
    let mut rest = text;
    while let Some((code, len)) = decode(rest) {
        let before = text.get(..text.len() - rest.len()).unwrap_or_default();
        rest = rest.get(len..).unwrap_or_default();
        match char::from_u32(code) {
            Some(_) if code == CAPITAL_SIGMA => {
                push(if is_final(before, rest) { FINAL_SIGMA } else { SMALL_SIGMA }, sink);
            }
            Some(letter) => letter.to_lowercase().for_each(|mapped| push(mapped as u32, sink)),
            None => push(code, sink),
        }
    }
}

fn push(code: u32, sink: &mut (impl Sink + ?Sized)) {
    sink.push(encode(code, &mut [0; 4]));
}

/// The condition Final_Sigma: a cased letter before and none after, with case-ignorable code points
/// skipped.
fn is_final(before: &[u8], after: &[u8]) -> bool {
    let (mut before, mut after) = (before, after);
    loop {
        let Some((code, len)) = decode_last(before) else { return false };
        before = before.get(..before.len() - len).unwrap_or_default();
        if !is_case_ignorable(code) {
            if !is_cased(code) {
                return false;
            }
            break;
        }
    }
    while let Some((code, len)) = decode(after) {
        after = after.get(len..).unwrap_or_default();
        if !is_case_ignorable(code) {
            return !is_cased(code);
        }
    }
    true
}

/// The property Cased: lower case, upper case or title case.
fn is_cased(code: u32) -> bool {
    let title = matches!(
        code,
        0x1c5 | 0x1c8 | 0x1cb | 0x1f2 | 0x1f88..=0x1f8f | 0x1f98..=0x1f9f | 0x1fa8..=0x1faf
            | 0x1fbc | 0x1fcc | 0x1ffc
    );
    title || char::from_u32(code).is_some_and(|letter| letter.is_lowercase() || letter.is_uppercase())
}

/// The property Case_Ignorable.
fn is_case_ignorable(code: u32) -> bool {
    let mut end = 0;
    let mut inside = true;
    let mut run = 0;
    let mut shift = 0;
    for &byte in &RUNS {
        run |= u32::from(byte & 0x7f) << shift;
        shift += 7;
        if byte & 0x80 != 0 {
            continue;
        }
        end += run;
        inside = !inside;
        if code < end {
            return inside;
        }
        run = 0;
        shift = 0;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lower(text: &str) -> String {
        let mut out = Vec::new();
        to_lower(text.as_bytes(), &mut |bytes: &[u8]| out.extend_from_slice(bytes));
        String::from_utf8(out).unwrap()
    }

    /// `str::to_lowercase` of the standard library applies the same rule with private tables.
    #[test]
    fn every_context_of_sigma_agrees_with_std() {
        // Beyond the second plane, only the tags and variation selectors have any such property.
        for code in (0..0x2_0000).chain(0xe_0000..0xe_0200) {
            let Some(c) = char::from_u32(code) else { continue };
            for text in [format!("{c}Σ"), format!("a{c}Σ"), format!("aΣ{c}"), format!("aΣ{c}a")] {
                assert_eq!(lower(&text), text.to_lowercase(), "U+{code:04X}");
            }
        }
    }

    #[test]
    fn upper_of_every_character_agrees_with_std() {
        for c in (0..0x11_0000).filter_map(char::from_u32) {
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
