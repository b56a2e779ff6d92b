//! The encoding: code points to bytes and back, and the validity check.

/// Whether all bytes are ASCII.
pub fn is_ascii(text: &[u8]) -> bool {
    ascii_prefix(text, usize::MAX) == text.len()
}

/// The number of ASCII bytes at the start of `text`, counted in whole words up to `limit` and
/// exactly near the end of the text.
pub(super) fn ascii_prefix(text: &[u8], limit: usize) -> usize {
    let text = text.get(..limit).unwrap_or(text);
    let mut len = 0;
    for chunk in text.chunks_exact(4) {
        // A pattern rather than an index, so that nothing can panic.
        let &[a, b, c, d] = chunk else { break };
        if u32::from_ne_bytes([a, b, c, d]) & 0x8080_8080 != 0 {
            break;
        }
        len += 4;
    }
    let rest = text.get(len..).unwrap_or_default();
    len + rest.iter().take_while(|byte| byte.is_ascii()).count()
}

/// Whether a byte continues a sequence.
pub(super) fn is_continuation(byte: u8) -> bool {
    byte & 0xc0 == 0x80
}

/// Decodes the code point at the start of `text`: its value and length. `None` at the end.
///
/// A lone surrogate is a code point of its own. Bytes that are no valid WTF-8 give some code point
/// and a length within `text`.
pub fn decode(text: &[u8]) -> Option<(u32, usize)> {
    let (&lead, rest) = text.split_first()?;
    if lead < 0x80 {
        return Some((u32::from(lead), 1));
    }
    let (more, mut code) = match lead {
        0xf0.. => (3, u32::from(lead & 0x07)),
        0xe0.. => (2, u32::from(lead & 0x0f)),
        _ => (1, u32::from(lead & 0x1f)),
    };
    let mut len = 1;
    for &byte in rest.iter().take(more) {
        code = code << 6 | u32::from(byte & 0x3f);
        len += 1;
    }
    Some((code, len))
}

/// Decodes the code point at the end of `text`: its value and length. `None` at the start.
pub fn decode_last(text: &[u8]) -> Option<(u32, usize)> {
    let back = text.iter().rev().take(4).take_while(|&&byte| is_continuation(byte)).count();
    let start = text.len().checked_sub(back + 1).unwrap_or(text.len().checked_sub(1)?);
    let tail = text.get(start..)?;
    Some((decode(tail)?.0, tail.len()))
}

/// Encodes a code point, which may be a lone surrogate, and returns its bytes.
pub fn encode(code: u32, buf: &mut [u8; 4]) -> &[u8] {
    let tail = |shift: u32| (code >> shift) as u8 & 0x3f | 0x80;
    let (bytes, len) = match code {
        0..0x80 => ([code as u8, 0, 0, 0], 1),
        0x80..0x800 => ([(code >> 6) as u8 | 0xc0, tail(0), 0, 0], 2),
        0x800..0x1_0000 => ([(code >> 12) as u8 | 0xe0, tail(6), tail(0), 0], 3),
        _ => ([(code >> 18) as u8 & 0x07 | 0xf0, tail(12), tail(6), tail(0)], 4),
    };
    *buf = bytes;
    buf.get(..len).unwrap_or_default()
}

/// Encodes a code unit on its own (`String.fromCharCode` of one argument, `charAt`).
pub fn encode_unit(unit: u16, buf: &mut [u8; 4]) -> &[u8] {
    encode(u32::from(unit), buf)
}

/// The high surrogate of a code point from U+10000.
pub(super) fn high_surrogate(code: u32) -> u16 {
    (0xd800 + (code.wrapping_sub(0x1_0000) >> 10)) as u16
}

/// The low surrogate of a code point from U+10000.
pub(super) fn low_surrogate(code: u32) -> u16 {
    (0xdc00 | code & 0x3ff) as u16
}

/// The code point of a surrogate pair.
pub(super) fn join_surrogates(high: u16, low: u16) -> u32 {
    0x1_0000 + ((u32::from(high) & 0x3ff) << 10 | u32::from(low) & 0x3ff)
}

/// The high surrogate that `text` ends with, if it ends with a lone one.
pub(super) fn trailing_high(text: &[u8]) -> Option<u16> {
    match text {
        [.., 0xed, b @ 0xa0..0xb0, c] => Some(surrogate(*b, *c)),
        _ => None,
    }
}

/// The low surrogate that `text` starts with, if it starts with a lone one.
pub(super) fn leading_low(text: &[u8]) -> Option<u16> {
    match text {
        [0xed, b @ 0xb0..0xc0, c, ..] => Some(surrogate(*b, *c)),
        _ => None,
    }
}

/// The lone surrogate that `text` starts with, if it starts with one.
pub(super) fn leading_surrogate(text: &[u8]) -> Option<u16> {
    match text {
        [0xed, b @ 0xa0..0xc0, c, ..] => Some(surrogate(*b, *c)),
        _ => None,
    }
}

fn surrogate(b: u8, c: u8) -> u16 {
    0xd000 | u16::from(b & 0x3f) << 6 | u16::from(c & 0x3f)
}

/// Whether `text` is well-formed WTF-8: sequences of the shortest form up to U+10FFFF, and no high
/// surrogate followed by a low one.
pub fn is_valid(text: &[u8]) -> bool {
    let mut rest = text;
    let mut after_high = false;
    loop {
        let ascii = ascii_prefix(rest, usize::MAX);
        after_high &= ascii == 0;
        rest = rest.get(ascii..).unwrap_or_default();
        // The second byte's range excludes overlong forms and code points beyond the last.
        let (len, low) = match *rest {
            [] => return true,
            [0xc2..=0xdf, b, ..] if is_continuation(b) => (2, false),
            [0xe0, 0xa0..=0xbf, c, ..] if is_continuation(c) => (3, false),
            [0xed, 0xb0..=0xbf, c, ..] if is_continuation(c) && !after_high => (3, true),
            [0xed, 0x80..=0xaf, c, ..] if is_continuation(c) => (3, false),
            [0xe1..=0xec | 0xee..=0xef, b, c, ..] if is_continuation(b) && is_continuation(c) => (3, false),
            [0xf0, 0x90..=0xbf, c, d, ..] if is_continuation(c) && is_continuation(d) => (4, false),
            [0xf1..=0xf3, b, c, d, ..] if is_continuation(b) && is_continuation(c) && is_continuation(d) => {
                (4, false)
            }
            [0xf4, 0x80..=0x8f, c, d, ..] if is_continuation(c) && is_continuation(d) => (4, false),
            _ => return false,
        };
        after_high = !low && matches!(*rest, [0xed, 0xa0..0xb0, ..]);
        rest = rest.get(len..).unwrap_or_default();
    }
}
