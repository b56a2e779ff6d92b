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
    /// For each line that is not plain ASCII (where bytes are UTF-16 units), some offsets in it with their columns from
    /// 0, about [`CHECKPOINT_BYTES`] apart, so that long lines are not counted from their start each time.
    checkpoints: Vec<Vec<(usize, u32)>>,
}

/// Distance between two checkpoints of a line.
const CHECKPOINT_BYTES: usize = 128;

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
        let checkpoints = (0..starts.len())
            .map(|i| {
                let end = starts.get(i + 1).copied().unwrap_or(text.len());
                checkpoints(&text[starts[i]..end], starts[i])
            })
            .collect();
        LineTable { text, file, starts, checkpoints }
    }

    /// The position of a byte offset.
    pub fn loc(&self, offset: usize) -> SourceLoc {
        let line = self.starts.partition_point(|start| *start <= offset) - 1;
        let start = self.starts[line];
        let known = &self.checkpoints[line];
        let column = match known.partition_point(|(at, _)| *at <= offset).checked_sub(1) {
            None => (offset - start) as u32,
            Some(i) => {
                let mut end = offset.min(self.text.len());
                while !self.text.is_char_boundary(end) {
                    end -= 1;
                }
                let (at, column) = known[i];
                column + utf16_units(&self.text[at..end])
            }
        };
        SourceLoc { file: self.file, line: line as u32 + 1, column: column + 1 }
    }
}

/// Checkpoints of a line that starts at `start`; none if it is plain ASCII.
fn checkpoints(line: &str, start: usize) -> Vec<(usize, u32)> {
    if line.is_ascii() {
        return Vec::new();
    }
    let mut found = vec![(start, 0)];
    let mut column = 0;
    let mut last = 0;
    for (at, c) in line.char_indices() {
        if at - last >= CHECKPOINT_BYTES {
            found.push((start + at, column));
            last = at;
        }
        column += c.len_utf16() as u32;
    }
    found
}

fn utf16_units(text: &str) -> u32 {
    text.chars().map(|c| c.len_utf16() as u32).sum()
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
    fn long_lines_have_the_same_columns() {
        let text = "é\u{1f42d}x".repeat(500);
        let table = LineTable::new(FileId(0), &text);
        for (at, _) in text.char_indices() {
            assert_eq!(table.loc(at).column, utf16_units(&text[..at]) + 1);
        }
    }

    #[test]
    fn a_hashbang_becomes_a_comment() {
        let prepared = PreparedText::new("#!/usr/bin/env x\n1");
        assert!(prepared.text.ends_with("///usr/bin/env x\n1"));
        assert_eq!(prepared.original_offset(13), 0);
        assert_eq!(prepared.original_offset(u32::MAX), 18);
    }
}
