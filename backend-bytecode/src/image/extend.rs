//! Images that grow while their program runs, with the code that it evaluates.
//!
//! An extensible image has all built-ins, and room for more entries behind those of its tables, so that what it has never moves:
//! functions and constants that come later have the numbers that follow. What they consist of is written over the line table,
//! which is the last part, and a longer one behind it. There are no more shapes, fields and module variables: evaluated code
//! makes its objects with the shapes of the heap, and keeps its variables in cells.
//!
//! Values may refer to whatever an image has, so nothing is taken away again, with one exception: code that made no closures is
//! of no use when it has run ([`Extensible::release`]).
use super::layout::{Places, Room, write_code};
use super::lines::{Lines, LinesEnd};
use super::members::Members;
use super::pool::{Constant, Pool};
use super::reach::Reach;
use super::writer::{Writer, write_double, write_string};
use super::{Image, ImageBuilder, ImageOptions};
use crate::{Error, emit};
use jerboa_abi::image::{self, field};
use jerboa_abi::value;
use jerboa_ir::passes::shapes::Shapes;
use jerboa_ir::{FuncId, Module};

/// How much there is room for.
const ROOM: Room = Room { functions: 6144, atoms: 0x4000, constants: 0xffff };

/// Functions that are kept back for code that makes no closures.
const RESERVED_FUNCTIONS: u32 = 64;

/// The most bytes of an image.
const MAX_BYTES: usize = image::MAX_BYTES - 1;

/// An image that more code can be added to.
#[derive(Clone, Debug)]
pub struct Extensible {
    options: ImageOptions,
    bytes: Vec<u8>,
    pool: Pool,
    /// The words of the constants as they stand in the image.
    words: Vec<u32>,
    places: Places,
    /// Functions.
    functions: u32,
    /// Where the line table begins, or would begin.
    code_end: usize,
    /// The most functions that there is room for.
    max_functions: u32,
    /// What can be released, from the oldest to the latest.
    releasable: Vec<Releasable>,
}

/// Code that made no closures.
#[derive(Clone, Debug)]
struct Releasable {
    function: u32,
    /// Offset of its code, with what belongs to it.
    code: usize,
    lines: Option<LinesEnd>,
}

/// What was added to an image.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Extension {
    /// Number of the first function that was added.
    pub first_function: u32,
    /// Number of the one that runs the code.
    pub entry: u32,
    /// Offsets of the strings that were added.
    pub strings: Vec<u32>,
}

impl Extensible {
    /// The most bytes that the image can have.
    pub const MAX_BYTES: usize = MAX_BYTES;

    /// Compiles a module to an image with bytecode that can be extended.
    ///
    /// # Errors
    /// If the module is too large.
    pub fn compile(module: &Module, options: ImageOptions) -> Result<(Image, Extensible), Error> {
        let options = ImageOptions { all_builtins: true, ..options };
        let mut builder = ImageBuilder::new(module, options)?;
        builder.has_literals = false;
        let code = emit::compile_functions(&mut builder)?;
        let (image, places) = builder.lay_out(Some(code), &ROOM)?;
        let extensible = Extensible {
            options,
            bytes: image.bytes.clone(),
            pool: image.pool.clone(),
            words: image.word_of.clone(),
            places,
            functions: module.functions.len() as u32,
            code_end: image.bytes.len() - image.sizes.lines,
            max_functions: (module.functions.len() + ROOM.functions) as u32,
            releasable: Vec::new(),
        };
        Ok((image, extensible))
    }

    /// The bytes of the image.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Adds the functions of a module, which was compiled to be evaluated.
    ///
    /// # Errors
    /// If there is no room for it; then nothing has changed.
    pub fn extend(&mut self, module: &Module) -> Result<Extension, Error> {
        let mut next = self.clone();
        let extension = next.add(module)?;
        *self = next;
        Ok(extension)
    }

    /// Forgets code that has run and will not run again, if nothing can refer to it, so that its place can be used for other code.
    /// The bytes stay as they are until the image is extended again.
    pub fn release(&mut self, entry: u32) {
        while let Some(last) = self.releasable.pop_if(|last| last.function >= entry) {
            if last.function != entry || entry + 1 != self.functions {
                continue;
            }
            self.functions = entry;
            self.code_end = last.code;
            if let (Some(lines), Some(end)) = (&mut self.places.lines, last.lines) {
                lines.truncate(end);
            }
        }
    }

    fn add(&mut self, module: &Module) -> Result<Extension, Error> {
        let known = self.pool.list.len();
        let pool = std::mem::take(&mut self.pool);
        let first = self.functions;
        let mut builder = ImageBuilder::with(
            module,
            self.options,
            Members::default(),
            Reach::everything(),
            pool,
            Shapes::default(),
        )?;
        builder.first_function = first;
        builder.has_literals = false;
        builder.first_text = self.places.lines.as_ref().map_or(0, Lines::text_count);
        let code = emit::compile_functions(&mut builder)?;
        debug_assert!(builder.extra_shapes.is_empty(), "evaluated code has no shapes of its own");
        let has_lines = self.places.lines.is_some();
        let names = builder.function_names(has_lines)?;
        let files = if has_lines { builder.sources() } else { Vec::new() };
        debug_assert!(module.globals.is_empty(), "evaluated code has no module variables");
        let functions = first + module.functions.len() as u32;
        // Code that is released again always finds room.
        let reserve = if module.functions.len() == 1 { 0 } else { RESERVED_FUNCTIONS };
        if functions + reserve > self.max_functions {
            return Err(Error::TooMany("functions"));
        }

        let mut bytes = std::mem::take(&mut self.bytes);
        bytes.truncate(self.code_end);
        let mut w = Writer { bytes };
        w.align();
        let strings = self.add_constants(&mut w, &builder.pool.list[known..])?;
        self.write_atoms(&mut w)?;

        let releasable = Releasable {
            function: first,
            code: w.bytes.len(),
            lines: self.places.lines.as_ref().map(Lines::end),
        };
        let table = self.places.functions;
        let mut descriptors = Writer { bytes: Vec::new() };
        for (i, f) in module.functions.iter().enumerate() {
            builder.write_function(&mut descriptors, FuncId(i as u32), f, names[i])?;
        }
        let at = table + first as usize * image::FUNCTION_BYTES;
        w.bytes[at..at + descriptors.bytes.len()].copy_from_slice(&descriptors.bytes);
        let starts = write_code(&mut w, &code, table, first)?;
        let code_end = w.bytes.len();
        if let Some(lines) = &mut self.places.lines {
            lines.write(&mut w, &code, &starts, &files, &builder.texts.list);
        }
        w.align();
        w.patch_half(field::FUNCTIONS, functions as u16);
        w.patch(field::SIZE, w.at());
        if w.bytes.len() > MAX_BYTES {
            return Err(Error::TooLarge);
        }
        let entry = module.entry.ok_or(Error::NoEntry)?;
        if module.functions.len() == 1 {
            self.releasable.push(releasable);
        }
        self.functions = functions;
        self.code_end = code_end;
        self.pool = builder.pool;
        self.bytes = w.bytes;
        Ok(Extension { first_function: first, entry: first + entry.0, strings })
    }

    /// Writes what new constants refer to, and their words; returns the offsets of strings.
    fn add_constants(&mut self, w: &mut Writer, constants: &[Constant]) -> Result<Vec<u32>, Error> {
        let mut strings = Vec::new();
        for constant in constants {
            let word = match constant {
                Constant::Word(word) => *word,
                Constant::Str(text) => {
                    let at = w.at();
                    write_string(w, text)?;
                    self.places.atom_offsets.insert(text.clone(), at);
                    strings.push(at);
                    at
                }
                Constant::Double(bits) => {
                    let at = w.at();
                    write_double(w, *bits);
                    at
                }
                Constant::Native(id) => self.places.offsets.natives[*id as usize],
                Constant::Object(id) => self.places.offsets.objects[*id as usize],
                // All are there, since all built-ins are.
                Constant::Symbol(_) => value::UNDEFINED,
            };
            w.patch(self.places.constants + 4 * self.words.len(), word);
            self.words.push(word);
        }
        w.patch_half(field::CONSTANTS, self.words.len() as u16);
        Ok(strings)
    }

    fn write_atoms(&self, w: &mut Writer) -> Result<(), Error> {
        let atoms = &self.places.atom_offsets;
        if atoms.len() > ROOM.atoms {
            return Err(Error::TooMany("strings"));
        }
        for (rank, offset) in atoms.values().enumerate() {
            w.patch(self.places.atoms + 4 * rank, *offset);
        }
        w.patch_half(field::ATOMS, atoms.len() as u16);
        Ok(())
    }
}
