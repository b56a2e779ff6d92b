//! White space and line terminators as ECMAScript defines them, and trimming.

use super::wtf8::{decode, decode_last};

/// Whether a code point is `LineTerminator`.
pub fn is_line_terminator(code: u32) -> bool {
    matches!(code, 0x0a | 0x0d | 0x2028 | 0x2029)
}

/// Whether a code point is `WhiteSpace` or `LineTerminator`: what `trim` removes, `StringToNumber`
/// skips and `\s` matches.
pub fn is_white_space(code: u32) -> bool {
    matches!(
        code,
        0x09..=0x0d
            | 0x20
            | 0xa0
            | 0x1680
            | 0x2000..=0x200a
            | 0x2028
            | 0x2029
            | 0x202f
            | 0x205f
            | 0x3000
            | 0xfeff
    )
}

/// `text` without white space at the start.
pub fn trim_start(text: &[u8]) -> &[u8] {
    let mut rest = text;
    while let Some((code, len)) = decode(rest)
        && is_white_space(code)
    {
        rest = rest.get(len..).unwrap_or_default();
    }
    rest
}

/// `text` without white space at the end.
pub fn trim_end(text: &[u8]) -> &[u8] {
    let mut rest = text;
    while let Some((code, len)) = decode_last(rest)
        && is_white_space(code)
    {
        rest = rest.get(..rest.len() - len).unwrap_or_default();
    }
    rest
}

/// `text` without white space at either end.
pub fn trim(text: &[u8]) -> &[u8] {
    trim_end(trim_start(text))
}
