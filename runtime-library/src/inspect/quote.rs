//! Strings inside other values, in quotation marks.

use jerboa_rt::text::{self, Sink};

/// The escape of a control character, a quotation mark or the backslash; `None` for others.
fn escape(code: u32, quote: u8, buffer: &mut [u8; 4]) -> Option<&[u8]> {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let letter = match code {
        0x08 => b'b',
        0x09 => b't',
        0x0a => b'n',
        0x0c => b'f',
        0x0d => b'r',
        0x5c => b'\\',
        // Of the quotation marks, only the one that stands for lack of a better choice.
        0x27 if quote == b'\'' => b'\'',
        0..0x20 | 0x7f..0xa0 => {
            let digit = |nibble: u32| DIGITS.get(nibble as usize & 15).copied().unwrap_or(b'0');
            *buffer = [b'\\', b'x', digit(code >> 4), digit(code)];
            return Some(buffer);
        }
        _ => return None,
    };
    let [slash, second, ..] = buffer;
    (*slash, *second) = (b'\\', letter);
    buffer.get(..2)
}

/// Writes a string in single quotes; in double quotes if it has single ones, or in backquotes if it has both.
pub(super) fn quoted(string: &[u8], sink: &mut (impl Sink + ?Sized)) {
    let has = |byte: u8| string.contains(&byte);
    let quote = match () {
        () if !has(b'\'') => b'\'',
        () if !has(b'"') => b'"',
        () if !has(b'`') && !string.windows(2).any(|pair| pair == b"${") => b'`',
        () => b'\'',
    };
    sink.push(&[quote]);
    escaped(string, quote, sink);
    sink.push(&[quote]);
}

/// Writes the inside of a string with its escapes.
pub(super) fn escaped(string: &[u8], quote: u8, sink: &mut (impl Sink + ?Sized)) {
    let (mut plain, mut at) = (0, 0);
    while let Some((code, len)) = text::decode(string.get(at..).unwrap_or_default()) {
        let mut buffer = [0; 4];
        let lone = (0xd800..0xe000).contains(&code);
        let escape = escape(code, quote, &mut buffer);
        if lone || escape.is_some() {
            sink.push(string.get(plain..at).unwrap_or_default());
            match escape {
                Some(escape) => sink.push(escape),
                None => push_unicode(code, sink),
            }
            plain = at + len;
        }
        at += len;
    }
    sink.push(string.get(plain..).unwrap_or_default());
}

/// Writes `\uxxxx` for a lone surrogate.
fn push_unicode(code: u32, sink: &mut (impl Sink + ?Sized)) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    sink.push(b"\\u");
    for shift in [12, 8, 4, 0] {
        let digit = DIGITS.get((code >> shift) as usize & 15).copied().unwrap_or(b'0');
        sink.push(&[digit]);
    }
}

/// Whether a key is shown without quotation marks.
pub(super) fn is_plain_key(key: &[u8]) -> bool {
    let word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    matches!(key, [b'a'..=b'z' | b'A'..=b'Z' | b'_', ..]) && key.iter().all(word)
}
