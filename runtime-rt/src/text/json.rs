//! String literals of JSON.

use super::sink::Sink;
use super::wtf8::{encode, join_surrogates, leading_low, leading_surrogate, trailing_high};

/// The escape letter of a byte, or zero.
fn short_escape(byte: u8) -> u8 {
    match byte {
        0x08 => b'b',
        b'\t' => b't',
        b'\n' => b'n',
        0x0c => b'f',
        b'\r' => b'r',
        b'"' | b'\\' => byte,
        _ => 0,
    }
}

/// Writes `\uXXXX`.
fn push_unicode_escape(unit: u16, sink: &mut (impl Sink + ?Sized)) {
    let mut escape = *b"\\u0000";
    let mut rest = unit;
    for slot in escape.iter_mut().rev().take(4) {
        let digit = (rest & 15) as u8;
        *slot = digit + if digit < 10 { b'0' } else { b'a' - 10 };
        rest >>= 4;
    }
    sink.push(&escape);
}

/// Writes `text` as a JSON string literal with its quotation marks (`QuoteJSONString`): control
/// characters and lone surrogates are escaped, everything else stays.
pub fn json_quote(text: &[u8], sink: &mut (impl Sink + ?Sized)) {
    sink.push(b"\"");
    let mut plain = 0;
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        let letter = short_escape(byte);
        let (unit, len) = if letter != 0 || byte < 0x20 {
            (u16::from(byte), 1)
        } else if byte == 0xed
            && let Some(lone) = leading_surrogate(text.get(at..).unwrap_or_default())
        {
            (lone, 3)
        } else {
            at += 1;
            continue;
        };
        sink.push(text.get(plain..at).unwrap_or_default());
        if letter != 0 {
            sink.push(&[b'\\', letter]);
        } else {
            push_unicode_escape(unit, sink);
        }
        at += len;
        plain = at;
    }
    sink.push(text.get(plain..).unwrap_or_default());
    sink.push(b"\"");
}

/// Why a JSON string literal was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonStringError {
    /// The text ends before the closing quotation mark.
    Unterminated,
    /// A control character below U+0020, at this offset.
    ControlCharacter(usize),
    /// A backslash, at this offset, that starts no escape sequence of JSON.
    BadEscape(usize),
}

/// A sink in front of a sink that joins surrogate halves that arrive in separate pieces.
struct Joiner<'a, S: Sink + ?Sized> {
    sink: &'a mut S,
    /// A high surrogate held back, or zero.
    high: u16,
}

impl<S: Sink + ?Sized> Joiner<'_, S> {
    /// Writes a piece of valid WTF-8.
    fn push(&mut self, piece: &[u8]) {
        let mut piece = piece;
        if piece.is_empty() {
            return;
        }
        if self.high != 0
            && let Some(low) = leading_low(piece)
        {
            self.sink.push(encode(join_surrogates(self.high, low), &mut [0; 4]));
            self.high = 0;
            piece = piece.get(3..).unwrap_or_default();
        }
        self.flush();
        if let Some(high) = trailing_high(piece) {
            self.high = high;
            piece = piece.get(..piece.len() - 3).unwrap_or_default();
        }
        self.sink.push(piece);
    }

    fn flush(&mut self) {
        if self.high != 0 {
            self.sink.push(encode(u32::from(self.high), &mut [0; 4]));
            self.high = 0;
        }
    }
}

/// Reads a JSON string literal. `text` starts behind the opening quotation mark. Writes the string's
/// text and returns the number of bytes read, the closing quotation mark included.
///
/// # Errors
///
/// What JSON does not allow, with its offset in `text`. The sink has then received a part.
pub fn json_unquote(text: &[u8], sink: &mut (impl Sink + ?Sized)) -> Result<usize, JsonStringError> {
    let mut out = Joiner { sink, high: 0 };
    let mut plain = 0;
    let mut at = 0;
    loop {
        let byte = *text.get(at).ok_or(JsonStringError::Unterminated)?;
        if byte >= 0x20 && byte != b'"' && byte != b'\\' {
            at += 1;
            continue;
        }
        out.push(text.get(plain..at).unwrap_or_default());
        if byte == b'"' {
            out.flush();
            return Ok(at + 1);
        }
        if byte != b'\\' {
            return Err(JsonStringError::ControlCharacter(at));
        }
        let escape = text.get(at + 1..).unwrap_or_default();
        let (code, len) = read_escape(escape).ok_or(if escape.is_empty() {
            JsonStringError::Unterminated
        } else {
            JsonStringError::BadEscape(at)
        })?;
        out.push(encode(u32::from(code), &mut [0; 4]));
        at += 1 + len;
        plain = at;
    }
}

/// Reads what follows a backslash: a code unit and the number of bytes.
fn read_escape(text: &[u8]) -> Option<(u16, usize)> {
    let (&letter, rest) = text.split_first()?;
    let byte = match letter {
        b'"' | b'\\' | b'/' => letter,
        b'b' => 0x08,
        b'f' => 0x0c,
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        b'u' => {
            let mut unit = 0;
            for &digit in rest.get(..4)? {
                let value = match digit {
                    b'0'..=b'9' => digit - b'0',
                    b'a'..=b'f' => digit - b'a' + 10,
                    b'A'..=b'F' => digit - b'A' + 10,
                    _ => return None,
                };
                unit = unit << 4 | u16::from(value);
            }
            return Some((unit, 5));
        }
        _ => return None,
    };
    Some((u16::from(byte), 1))
}
