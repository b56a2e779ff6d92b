//! The line table: what stack traces show, apart from the program, so that it can be left out.
use super::layout::{FunctionCode, Source};
use super::writer::Writer;
use jerboa_abi::image::{self, field};
use jerboa_ir::FileId;

/// The line table.
#[derive(Clone, Default, Debug)]
pub(super) struct Lines {
    pub(super) texts: Vec<Vec<u8>>,
    pub(super) files: Vec<Source>,
    pub(super) entries: Vec<u8>,
    pub(super) at: u32,
    pub(super) file: u32,
    pub(super) line: u32,
}

/// How long a line table is, and where its last entry is.
#[derive(Clone, Copy, Debug)]
pub(super) struct LinesEnd {
    pub(super) texts: usize,
    pub(super) files: usize,
    pub(super) entries: usize,
    pub(super) at: u32,
    pub(super) file: u32,
    pub(super) line: u32,
}

impl Lines {
    /// How much there is.
    pub(super) fn end(&self) -> LinesEnd {
        let Lines { ref texts, ref files, ref entries, at, file, line } = *self;
        LinesEnd { texts: texts.len(), files: files.len(), entries: entries.len(), at, file, line }
    }

    /// How many texts there are.
    pub(super) fn text_count(&self) -> u32 {
        self.texts.len() as u32
    }

    /// Takes back what was added since.
    pub(super) fn truncate(&mut self, end: LinesEnd) {
        self.texts.truncate(end.texts);
        self.files.truncate(end.files);
        self.entries.truncate(end.entries);
        (self.at, self.file, self.line) = (end.at, end.file, end.line);
    }

    /// Adds the positions of `code` from `starts`, with the files and texts that it names, and writes the table; returns its size.
    pub(super) fn write(
        &mut self,
        w: &mut Writer,
        code: &[FunctionCode],
        starts: &[u32],
        files: &[Source],
        texts: &[Vec<u8>],
    ) -> usize {
        let first_text = self.text_count();
        self.texts.extend_from_slice(texts);
        let first_file = self.files.len() as u32;
        self.files.extend(files.iter().map(|source| match *source {
            Source::Inlined(name, FileId(file), mut call) => {
                call.file.0 += first_file;
                Source::Inlined(name.map(|name| first_text + name), FileId(first_file + file), call)
            }
            Source::File(name) => Source::File(first_text + name),
        }));
        let mut entries = Writer { bytes: std::mem::take(&mut self.entries) };
        for (f, start) in code.iter().zip(starts) {
            for entry in &f.lines {
                let position = start + entry.at;
                let file = first_file + entry.file;
                let mut flags = 0;
                if entry.text.is_some() {
                    flags |= image::lines::TEXT;
                }
                if file != self.file {
                    flags |= image::lines::FILE;
                }
                entries.unsigned(((position - self.at) << 2) | flags);
                if file != self.file {
                    entries.unsigned(file);
                }
                entries.signed(entry.line.wrapping_sub(self.line) as i32);
                entries.unsigned(entry.column);
                if let Some(text) = entry.text {
                    entries.unsigned(first_text + text);
                }
                (self.at, self.file, self.line) = (position, file, entry.line);
            }
        }
        self.entries = entries.bytes;
        let before = w.bytes.len();
        w.align();
        let flags = u32::from(w.bytes[field::FLAGS]) << 24;
        w.patch(field::LINES, w.at() | flags);
        w.unsigned(self.text_count());
        for text in &self.texts {
            w.unsigned(text.len() as u32);
            w.bytes.extend(text);
        }
        w.unsigned(self.files.len() as u32);
        for source in &self.files {
            match source {
                Source::File(name) => w.unsigned(*name << 1),
                Source::Inlined(name, callee, call) => {
                    w.unsigned(name.map_or(0, |name| name + 1) << 1 | 1);
                    [callee.0, call.file.0, call.line, call.column].into_iter().for_each(|n| w.unsigned(n));
                }
            }
        }
        w.bytes.extend(&self.entries);
        w.bytes.len() - before
    }
}
