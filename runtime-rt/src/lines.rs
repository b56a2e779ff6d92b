//! The line table: from positions in the code, or numbers of call sites, to places in the source.

use jerboa_abi::image::{field, function, lines};

use crate::image::{function_at, header_word};
use crate::memory::{bytes, load_byte, load_half};
use crate::vm::{Located, Vm};

/// What the table says of an instruction.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(crate) struct Place {
    pub line: u32,
    pub column: u32,
    /// Number of the expression's text, plus one.
    pub text: u32,
    /// Number of the file, or, beyond them, of an inlined call.
    file: u32,
}

struct Reader {
    at: u32,
    end: u32,
}

impl Reader {
    /// At the number of texts, if the image has a line table.
    fn at_texts(image: u32) -> Option<Reader> {
        let end = image + header_word(image, field::SIZE);
        crate::image::lines(image).map(|at| Reader { at, end })
    }

    /// At the number of files.
    #[inline(never)]
    fn at_files(image: u32) -> Option<Reader> {
        let mut reader = Reader::at_texts(image)?;
        for _ in 0..reader.unsigned() {
            if reader.at >= reader.end {
                break;
            }
            reader.text();
        }
        Some(reader)
    }

    /// A text, as far as it is in the table.
    fn text<'h>(&mut self) -> &'h [u8] {
        let len = self.unsigned().min(self.end - self.at);
        self.at += len;
        bytes(self.at - len, len)
    }

    /// An unsigned number; 0 beyond the end of the table.
    #[inline(never)]
    fn unsigned(&mut self) -> u32 {
        let mut number = 0;
        let mut shift = 0;
        while self.at < self.end {
            let byte = load_byte(self.at);
            self.at += 1;
            number |= (byte & 0x7f).wrapping_shl(shift);
            shift += 7;
            if byte & 0x80 == 0 || shift > 28 {
                break;
            }
        }
        number
    }

    /// Skips files.
    fn skip_files(&mut self, count: u32) {
        for _ in 0..count {
            if self.at >= self.end {
                break;
            }
            if self.unsigned() & 1 != 0 {
                self.inlined();
            }
        }
    }

    /// Of a call that was inlined: the callee's file, and the place.
    fn inlined(&mut self) -> (u32, Place) {
        let callee = self.unsigned();
        let (file, line, column) = (self.unsigned(), self.unsigned(), self.unsigned());
        (callee, Place { line, column, text: 0, file })
    }

    fn signed(&mut self) -> u32 {
        let number = self.unsigned();
        (number >> 1) ^ (number & 1).wrapping_neg()
    }
}

/// The place of the instruction at this offset in the image; all 0 if it is not known.
#[cold]
#[inline(never)]
pub(crate) fn place_of(vm: &Vm, position: u32) -> Place {
    let Some(mut reader) = Reader::at_files(vm.image) else { return Place::default() };
    let files = reader.unsigned();
    reader.skip_files(files);
    let mut place = Place::default();
    let mut at = 0u32;
    while reader.at < reader.end {
        let head = reader.unsigned();
        at = at.wrapping_add(head >> 2);
        // The table is filled up to a whole word with zeros. No entry begins with one.
        if head == 0 || at > position {
            break;
        }
        if head & lines::FILE != 0 {
            place.file = reader.unsigned();
        }
        place.line = place.line.wrapping_add(reader.signed());
        place.column = reader.unsigned();
        place.text = if head & lines::TEXT != 0 { reader.unsigned().wrapping_add(1) } else { 0 };
    }
    place
}

/// All texts of an image's line table.
pub(crate) fn texts<'h>(image: u32) -> impl Iterator<Item = &'h [u8]> {
    let mut reader = Reader::at_texts(image);
    let count = reader.as_mut().map_or(0, Reader::unsigned);
    (0..count).map_while(move |_| reader.as_mut().filter(|reader| reader.at < reader.end).map(Reader::text))
}

/// A text of the line table, empty if there is none with this number.
#[cold]
#[inline(never)]
pub(crate) fn text<'h>(image: u32, number: u32) -> &'h [u8] {
    texts(image).nth(number as usize).unwrap_or_default()
}

/// The name of a file by its number, if the program is made of several files. The number may be that of a call that was inlined.
#[cold]
#[inline(never)]
pub(crate) fn file_name<'h>(vm: &Vm, number: u32) -> Option<&'h [u8]> {
    let mut reader = Reader::at_files(vm.image)?;
    let count = reader.unsigned();
    if number >= count {
        return None;
    }
    let start = reader.at;
    let mut files = 0;
    for _ in 0..count {
        if reader.at >= reader.end {
            break;
        }
        match reader.unsigned() & 1 {
            0 => files += 1,
            _ => {
                reader.inlined();
            }
        }
    }
    if files < 2 {
        return None;
    }
    reader.at = start;
    reader.skip_files(number);
    let mut name = reader.unsigned();
    if name & 1 != 0 {
        let (file, _) = reader.inlined();
        reader.at = start;
        reader.skip_files(file.min(count - 1));
        name = reader.unsigned();
    }
    (name & 1 == 0).then(|| text(vm.image, name >> 1))
}

/// What was inlined at a place: the number + 1 of the callee's name, and the place of the call.
fn inlined_at(vm: &Vm, place: Place) -> Option<(u32, Place)> {
    if place.line == 0 {
        return None;
    }
    let mut reader = Reader::at_files(vm.image)?;
    if place.file >= reader.unsigned() {
        return None;
    }
    reader.skip_files(place.file);
    let name = reader.unsigned();
    (name & 1 != 0).then(|| (name >> 1, reader.inlined().1))
}

/// One of the functions that were active at a captured position in a function: that many calls, which were inlined, above the innermost one. False
/// if there are not that many.
///
/// # Safety
/// `vm` is a live VM that nobody else uses during the call, and `out` can be written.
pub(crate) unsafe extern "C" fn locate(
    vm: *mut Vm,
    function: u32,
    position: u32,
    depth: u32,
    out: *mut Located,
) -> bool {
    // SAFETY: as the caller promises.
    let vm = unsafe { &*vm };
    let mut place = place_of(vm, position);
    let mut inlined = inlined_at(vm, place);
    for _ in 0..depth {
        let Some((_, call)) = inlined else { return false };
        place = call;
        inlined = inlined_at(vm, place);
    }
    let name = match inlined {
        Some((name, _)) => Some(name.wrapping_sub(1)),
        None => {
            let descriptor = function_at(vm.image, function);
            let flags = load_half(descriptor + function::FLAGS as u32);
            let name = load_half(descriptor + function::NAME as u32);
            (flags & u32::from(function::DIRECT_ONLY) != 0).then_some(name)
        }
    };
    // No text has the number of a name that is missing.
    let name = name.map(|number| text(vm.image, number));
    let located = Located { line: place.line, column: place.column, file: place.file, name };
    // SAFETY: as the caller promises.
    unsafe { out.write(located) };
    true
}
