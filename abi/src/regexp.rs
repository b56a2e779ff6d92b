//! Compiled regular expressions: the format, and the compiler.
//!
//! A program is text: every byte of the code is below 0x80 and the rest is WTF-8, so that an image holds the program of a
//! literal as it holds any other string, and a program that was compiled at run time is a string of the heap.
//!
//! ```text
//! flags | captures:2 registers:2 code:3 names:3 | code … | names … | source …
//! ```
//!
//! Numbers of two and three bytes have seven bits in each, the least significant first. `captures` counts the whole match as
//! number 0. A name is `group:2 length:2` and its text. Jumps are three bytes, relative to what follows them, plus
//! [`JUMP_BIAS`]; code may thus be moved as long as it is moved as a whole.
mod compile;

pub use compile::{CompileError, SyntaxError, compile};

/// Bits of the flags byte.
pub mod flag {
    /// `d`: indices of captures.
    pub const INDICES: u8 = 1;
    /// `g`
    pub const GLOBAL: u8 = 2;
    /// `i`
    pub const IGNORE_CASE: u8 = 4;
    /// `m`
    pub const MULTILINE: u8 = 8;
    /// `s`
    pub const DOT_ALL: u8 = 16;
    /// `u`
    pub const UNICODE: u8 = 32;
    /// `y`
    pub const STICKY: u8 = 64;

    /// The letters, in the order in which the property `flags` has them.
    pub const LETTERS: [(u8, u8); 7] = [
        (b'd', INDICES),
        (b'g', GLOBAL),
        (b'i', IGNORE_CASE),
        (b'm', MULTILINE),
        (b's', DOT_ALL),
        (b'u', UNICODE),
        (b'y', STICKY),
    ];

    /// The flags of a text; `None` if a letter is unknown or there twice.
    pub fn parse(text: &[u8]) -> Option<u8> {
        let mut flags = 0;
        for letter in text {
            let (_, bit) = LETTERS.iter().find(|(known, _)| known == letter)?;
            if flags & bit != 0 {
                return None;
            }
            flags |= bit;
        }
        Some(flags)
    }
}

/// Bytes before the code.
pub const HEADER_BYTES: usize = 11;
/// What is added to a jump, so that it is not negative.
pub const JUMP_BIAS: u32 = 1 << 20;
/// The number that stands for no upper bound.
pub const INFINITE: u32 = (1 << 21) - 1;
/// In the length of a class: it matches what is not in it.
pub const INVERTED: u32 = 1 << 13;

/// Opcodes. The numbers in brackets are the operands' bytes.
pub mod op {
    /// The whole has matched.
    pub const MATCH: u8 = 0;
    /// An ASCII character \[1\].
    pub const CHAR: u8 = 1;
    /// A code point or code unit \[3\].
    pub const CODE: u8 = 2;
    /// Anything but a line terminator.
    pub const ANY: u8 = 3;
    /// Anything.
    pub const ALL: u8 = 4;
    /// A class: bytes of its items \[2\], perhaps with [`super::INVERTED`]; the items, see [`super::item`].
    pub const CLASS: u8 = 5;
    /// Goes on, and on failure jumps \[3\].
    pub const SPLIT: u8 = 6;
    /// Jumps \[3\].
    pub const JUMP: u8 = 7;
    /// Notes the position in a word of the captures \[2\].
    pub const SAVE: u8 = 8;
    /// Forgets the captures from a group \[2\] up to another \[2\].
    pub const RESET: u8 = 9;
    /// `^`
    pub const START: u8 = 10;
    /// `$`
    pub const END: u8 = 11;
    /// `^` with the flag `m`.
    pub const LINE_START: u8 = 12;
    /// `$` with the flag `m`.
    pub const LINE_END: u8 = 13;
    /// `\b`
    pub const BOUNDARY: u8 = 14;
    /// `\B`
    pub const NOT_BOUNDARY: u8 = 15;
    /// What a group has captured \[2\].
    pub const BACK_REFERENCE: u8 = 16;
    /// Begins a look to either side: register \[2\], 1 if it must not match \[1\], jump to its end \[3\].
    pub const LOOK: u8 = 17;
    /// Ends it, having matched: register \[2\], 1 if it must not \[1\].
    pub const LOOK_END: u8 = 18;
    /// Sets a counter to 0: register \[2\].
    pub const INIT: u8 = 19;
    /// The head of a loop: register \[2\], least \[3\] and most \[3\] rounds, 1 if greedy \[1\], jump to its end \[3\].
    pub const LOOP: u8 = 20;
    /// The end of a round: register \[2\], least rounds \[3\], jump to the head \[3\].
    pub const NEXT: u8 = 21;
    /// As many as there are of the one character, class or dot that follows: least \[3\] and most \[3\].
    pub const RUN: u8 = 22;
    /// Added to what matches text: it matches what stands before the position.
    pub const BACKWARD: u8 = 0x20;
}

/// Items of a class.
pub mod item {
    /// Code points from \[3\] to \[3\].
    pub const RANGE: u8 = 0;
    /// `\d`
    pub const DIGIT: u8 = 1;
    /// `\D`
    pub const NOT_DIGIT: u8 = 2;
    /// `\w`
    pub const WORD: u8 = 3;
    /// `\W`
    pub const NOT_WORD: u8 = 4;
    /// `\s`
    pub const SPACE: u8 = 5;
    /// `\S`
    pub const NOT_SPACE: u8 = 6;
    /// ASCII characters from \[1\] to \[1\].
    pub const ASCII_RANGE: u8 = 7;
}

/// A number of two bytes; 0 beyond the end.
pub fn read2(code: &[u8], at: usize) -> u32 {
    match code.get(at..at + 2) {
        Some([a, b]) => u32::from(*a) | u32::from(*b) << 7,
        _ => 0,
    }
}

/// A number of three bytes; 0 beyond the end.
pub fn read3(code: &[u8], at: usize) -> u32 {
    match code.get(at..at + 3) {
        Some([a, b, c]) => u32::from(*a) | u32::from(*b) << 7 | u32::from(*c) << 14,
        _ => 0,
    }
}

/// The parts of a program.
#[derive(Clone, Copy, Debug)]
pub struct Program<'a> {
    /// See [`flag`].
    pub flags: u8,
    /// Number of captures, the whole match included.
    pub captures: u32,
    /// Number of registers.
    pub registers: u32,
    /// The code.
    pub code: &'a [u8],
    /// The names of groups.
    pub names: &'a [u8],
    /// The text that was compiled.
    pub source: &'a [u8],
}

impl<'a> Program<'a> {
    /// The program in a text; an empty one, which matches nothing, if that is cut short.
    pub fn of(text: &'a [u8]) -> Program<'a> {
        let code = HEADER_BYTES..HEADER_BYTES + read3(text, 5) as usize;
        let names = code.end..code.end + read3(text, 8) as usize;
        Program {
            flags: text.first().copied().unwrap_or(0),
            captures: read2(text, 1),
            registers: read2(text, 3),
            code: text.get(code).unwrap_or_default(),
            source: text.get(names.end..).unwrap_or_default(),
            names: text.get(names).unwrap_or_default(),
        }
    }

    /// The named groups: number and name.
    pub fn groups(self) -> impl Iterator<Item = (u32, &'a [u8])> {
        let mut rest = self.names;
        core::iter::from_fn(move || {
            let len = read2(rest, 2) as usize;
            let name = rest.get(4..4 + len)?;
            let group = read2(rest, 0);
            rest = rest.get(4 + len..).unwrap_or_default();
            Some((group, name))
        })
    }
}
