//! Source texts and positions in them.
use jerboa_ir::{FileId, SourceLoc};
use std::borrow::Cow;

/// A source file as the caller read it.
#[derive(Clone, Copy, Debug)]
pub struct Source<'s> {
    /// Its name as the user gave it. The ending says what it is: `.mjs` and `.mts` are modules, `.ts` and `.mts` are
    /// TypeScript, `.json` is data; any other file is a module if it has an import or export.
    pub name: &'s str,
    /// Its text.
    pub text: &'s str,
    /// Whether it is a module whatever is in it.
    pub module: bool,
    /// What `import.meta.url` says.
    pub url: &'s str,
    /// The files that its specifiers (see [`crate::specifiers`]) name.
    pub imports: &'s [Import],
}

/// What a specifier in a source means.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Import {
    /// The text in quotes.
    pub specifier: String,
    /// Index of the file among the sources, or what to tell the user: one sentence without a full stop.
    pub found: Result<usize, String>,
}

impl<'s> Source<'s> {
    /// A program in one file.
    pub fn new(name: &'s str, text: &'s str) -> Source<'s> {
        Source { name, text, module: false, url: name, imports: &[] }
    }

    /// Whether it is of a package that the program uses, so that not all of its code may be meant to run.
    pub(crate) fn is_dependency(&self) -> bool {
        self.name.contains("node_modules/")
    }

    /// What the file is written in.
    pub(crate) fn language(&self) -> Language {
        let ending = self.name.rsplit_once('.').map_or("", |(_, ending)| ending);
        match ending {
            "json" => Language::Json,
            "ts" | "mts" | "cts" => Language::TypeScript,
            "tsx" | "jsx" => Language::Jsx,
            _ => Language::JavaScript,
        }
    }

    /// Whether it is a module whatever is in it.
    pub(crate) fn is_module(&self) -> bool {
        self.module || self.name.ends_with(".mjs") || self.name.ends_with(".mts")
    }
}

/// What a file is written in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Language {
    JavaScript,
    TypeScript,
    /// JavaScript or TypeScript with elements of markup.
    Jsx,
    Json,
}

/// What is put before a script's text, so that it is strict whether or not it says so: the parser takes strictness
/// from directives alone. It is subtracted from every position again.
const STRICT_PREFIX: &str = "\"use strict\";";
/// What makes a module of data.
const JSON_PREFIX: &str = "export default ";

/// A file's text as the parser gets it.
pub(crate) fn prepare(source: &Source<'_>) -> (String, &'static str) {
    if source.language() == Language::Json {
        return (format!("{JSON_PREFIX}{}", source.text), JSON_PREFIX);
    }
    // A hashbang is allowed at the very start only; as a comment it has the same length.
    let text = match source.text.strip_prefix("#!") {
        Some(rest) => Cow::Owned(format!("//{rest}")),
        None => Cow::Borrowed(source.text),
    };
    (format!("{STRICT_PREFIX}{text}"), STRICT_PREFIX)
}

/// The way from offsets in what was parsed back to the user's positions.
#[derive(Clone, Default, Debug)]
pub struct Positions {
    /// In order of their starts.
    segments: Vec<Segment>,
}

/// Part of the program that comes from one file.
#[derive(Clone, Copy, Debug)]
struct Segment {
    start: u32,
    source: usize,
    prefix: &'static str,
    len: usize,
}

impl Positions {
    /// The positions of a file that is parsed on its own.
    pub(crate) fn of_one(source: usize, prefix: &'static str, len: usize) -> Positions {
        let mut positions = Positions::default();
        positions.push(0, source, prefix, len);
        positions
    }

    /// Says that what starts at `start`, which is after all that was pushed before, is `prefix` and then a file of `len` bytes.
    pub(crate) fn push(&mut self, start: u32, source: usize, prefix: &'static str, len: usize) {
        self.segments.push(Segment { start, source, prefix, len });
    }

    /// What stands in front of the first file.
    pub(crate) fn prefix(&self) -> &'static str {
        self.segments.first().map_or("", |segment| segment.prefix)
    }

    /// The source and the byte offset in it of an offset in what was parsed.
    pub(crate) fn original(&self, offset: u32) -> (usize, usize) {
        let after = self.segments.partition_point(|segment| segment.start <= offset);
        let Some(segment) = self.segments[..after].last() else { return (0, 0) };
        let inside = (offset - segment.start) as usize;
        (segment.source, inside.saturating_sub(segment.prefix.len()).min(segment.len))
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
        let source = Source::new("t.js", "#!/usr/bin/env x\n1");
        let (text, prefix) = prepare(&source);
        assert!(text.ends_with("///usr/bin/env x\n1"));
        let positions = Positions::of_one(3, prefix, source.text.len());
        assert_eq!(positions.original(13), (3, 0));
        assert_eq!(positions.original(u32::MAX), (3, 18));
    }
}
