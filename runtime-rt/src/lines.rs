//! The line table: from positions in the code, or numbers of call sites, to places in the source.

use jerboa_abi::image::{field, lines};

use crate::image::header_word;
use crate::memory::load_byte;
use crate::vm::Vm;

/// What the table says of an instruction.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(crate) struct Place {
    pub line: u32,
    pub column: u32,
    /// Constant index of the expression's text, plus one.
    pub text: u32,
}

struct Reader {
    at: u32,
    end: u32,
}

impl Reader {
    /// An unsigned number; 0 beyond the end of the table.
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

    fn signed(&mut self) -> u32 {
        let number = self.unsigned();
        (number >> 1) ^ (number & 1).wrapping_neg()
    }
}

/// The place of the instruction at this offset in the image; all 0 if it is not known.
#[cold]
#[inline(never)]
pub(crate) fn place_of(vm: &Vm, position: u32) -> Place {
    let table = header_word(vm.image, field::LINES);
    if table == 0 {
        return Place::default();
    }
    let end = vm.image + header_word(vm.image, field::SIZE);
    let mut reader = Reader { at: vm.image + table, end };
    for _ in 0..reader.unsigned() {
        reader.unsigned();
    }
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
            reader.unsigned();
        }
        place.line = place.line.wrapping_add(reader.signed());
        place.column = reader.unsigned();
        place.text = if head & lines::TEXT != 0 { reader.unsigned().wrapping_add(1) } else { 0 };
    }
    place
}

/// The name of the file of the instruction at this offset, if the program is made of several files: a string's word.
#[cold]
#[inline(never)]
pub(crate) fn file_of(vm: &Vm, position: u32) -> Option<u32> {
    let table = header_word(vm.image, field::LINES);
    if table == 0 {
        return None;
    }
    let end = vm.image + header_word(vm.image, field::SIZE);
    let mut reader = Reader { at: vm.image + table, end };
    let count = reader.unsigned();
    if count < 2 {
        return None;
    }
    let names = Reader { ..reader };
    for _ in 0..count {
        reader.unsigned();
    }
    let (mut at, mut file) = (0u32, 0);
    while reader.at < reader.end {
        let head = reader.unsigned();
        at = at.wrapping_add(head >> 2);
        if head == 0 || at > position {
            break;
        }
        if head & lines::FILE != 0 {
            file = reader.unsigned();
        }
        reader.signed();
        reader.unsigned();
        if head & lines::TEXT != 0 {
            reader.unsigned();
        }
    }
    let mut names = names;
    for _ in 0..file.min(count - 1) {
        names.unsigned();
    }
    Some(vm.constant_word(names.unsigned()))
}

/// Line and column of a captured position.
///
/// # Safety
/// `vm` is a live VM that nobody else uses during the call.
pub(crate) unsafe extern "C" fn locate(vm: *mut Vm, _function: u32, position: u32) -> u64 {
    // SAFETY: as the caller promises.
    let place = place_of(unsafe { &*vm }, position);
    u64::from(place.line) << 32 | u64::from(place.column)
}
