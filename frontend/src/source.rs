//! Source texts and positions in them.
use jerboa_ir::{FileId, SourceLoc};
use std::borrow::Cow;

/// A source file as the caller read it.
#[derive(Clone, Copy, Debug)]
pub struct Source<'s> {
    /// Its name as the user gave it; the ending `.mjs` makes it a module.
    pub name: &'s str,
    /// Its text.
    pub text: &'s str,
}

/// What is put before a script's text, so that it is strict whether or not it says so: the parser takes strictness
/// from directives alone. It is subtracted from every position again.
const STRICT_PREFIX: &str = "\"use strict\";";

/// Text as the parser gets it, and the way back to the user's positions.
pub struct PreparedText {
    /// The text for the parser.
    pub text: String,
    prefix: usize,
    original_len: usize,
}

impl PreparedText {
    /// Prepares a file's text.
    pub fn new(text: &str) -> PreparedText {
        let original_len = text.len();
        // A hashbang is allowed at the very start only; as a comment it has the same length.
        let text = match text.strip_prefix("#!") {
            Some(rest) => Cow::Owned(format!("//{rest}")),
            None => Cow::Borrowed(text),
        };
        PreparedText { text: format!("{STRICT_PREFIX}{text}"), prefix: STRICT_PREFIX.len(), original_len }
    }

    /// Byte offset in the user's text of an offset in the prepared text.
    pub fn original_offset(&self, offset: u32) -> usize {
        (offset as usize).saturating_sub(self.prefix).min(self.original_len)
    }
}

/// Finds lines and columns.
pub struct LineTable<'s> {
    text: &'s str,
    file: FileId,
    /// Byte offset of each line's start.
    starts: Vec<usize>,
    /// Whether a line is plain ASCII, so that bytes are UTF-16 units.
    ascii: Vec<bool>,
}

impl<'s> LineTable<'s> {
    /// The lines of `text`; ECMAScript's line terminators end them.
    pub fn new(file: FileId, text: &'s str) -> LineTable<'s> {
        let mut starts = vec![0];
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            match c {
                '\r' if chars.peek().is_some_and(|(_, next)| *next == '\n') => {}
                '\n' | '\r' | '\u{2028}' | '\u{2029}' => starts.push(at + c.len_utf8()),
                _ => {}
            }
        }
        let ascii = (0..starts.len())
            .map(|i| {
                let end = starts.get(i + 1).copied().unwrap_or(text.len());
                text.as_bytes()[starts[i]..end].is_ascii()
            })
            .collect();
        LineTable { text, file, starts, ascii }
    }

    /// The position of a byte offset.
    pub fn loc(&self, offset: usize) -> SourceLoc {
        let line = self.starts.partition_point(|start| *start <= offset) - 1;
        let start = self.starts[line];
        let column = if self.ascii[line] {
            offset - start
        } else {
            let mut end = offset.min(self.text.len());
            while !self.text.is_char_boundary(end) {
                end -= 1;
            }
            self.text[start..end].chars().map(char::len_utf16).sum()
        };
        SourceLoc { file: self.file, line: line as u32 + 1, column: column as u32 + 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_utf16_units() {
        let table = LineTable::new(FileId(0), "ab\n\u{1f42d}é = 1\r\nx");
        let at = |offset| (table.loc(offset).line, table.loc(offset).column);
        assert_eq!(at(0), (1, 1));
        assert_eq!(at(3), (2, 1));
        assert_eq!(at(7), (2, 3));
        assert_eq!(at(9), (2, 4));
        assert_eq!(at(15), (3, 1));
    }

    #[test]
    fn a_hashbang_becomes_a_comment() {
        let prepared = PreparedText::new("#!/usr/bin/env x\n1");
        assert!(prepared.text.ends_with("///usr/bin/env x\n1"));
        assert_eq!(prepared.original_offset(13), 0);
        assert_eq!(prepared.original_offset(u32::MAX), 18);
    }
}
