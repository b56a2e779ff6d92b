//! The image as the verifier reads it: every look into it is checked.
use super::*;

/// Bounds-checked reads of the image.
pub(super) struct Image<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) functions: usize,
    pub(super) table: usize,
    pub(super) constants: usize,
    pub(super) constant_table: usize,
    /// Number of shapes that are roots.
    pub(super) roots: usize,
}

/// A function's place.
#[derive(Clone, Copy)]
pub(super) struct Region {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) handlers: usize,
    pub(super) last: bool,
}

/// What callers must know of a function.
pub(super) struct Signature {
    pub(super) direct_only: bool,
    /// Tagged words that the caller sets.
    pub(super) tagged: u32,
    /// Raw words that the caller sets.
    pub(super) raw: u32,
    pub(super) result: ResultKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ResultKind {
    Tagged,
    Integer,
    Double,
}

impl<'a> Image<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Result<Image<'a>> {
        let mut image = Image { bytes, functions: 0, table: 0, constants: 0, constant_table: 0, roots: 0 };
        let header = |image: &Image<'_>| image.error(Reason::Header, 0);
        if bytes.len() < HEADER_BYTES || image.half(field::MAGIC)? != usize::from(MAGIC) {
            return Err(header(&image));
        }
        let size = image.word(field::SIZE)? as usize;
        image.bytes = bytes.get(..size).ok_or_else(|| header(&image))?;
        if size < HEADER_BYTES || size > i32::MAX as usize || image.byte(field::FLAGS)? & HAS_BYTECODE == 0 {
            return Err(header(&image));
        }
        if bytes[field::EXIT..field::EXIT + 3] != [0, 0, Opcode::Exit as u8] {
            return Err(image.error(Reason::Header, field::EXIT));
        }
        (image.functions, image.table) = image.section(field::FUNCTIONS, FUNCTION_BYTES)?;
        (image.constants, image.constant_table) = image.section(field::CONSTANTS, 4)?;
        let shapes = image.half(field::SHAPES)?;
        while image.roots < shapes && image.shape(image.roots)? >> SHAPE_COUNT_SHIFT == 0 {
            image.roots += 1;
        }
        Ok(image)
    }

    /// The word of a shape.
    pub(super) fn shape(&self, number: usize) -> Result<u32> {
        match self.table.checked_sub(4 * (number + 1)) {
            Some(at) => self.word(at),
            None => Err(self.error(Reason::Table, field::SHAPES)),
        }
    }

    /// Whether a shape is no root and its prototype is `Object.prototype`.
    pub(super) fn is_literal_shape(&self, number: usize) -> Result<bool> {
        let word = self.shape(number)?;
        let keys = (word & ((1 << SHAPE_COUNT_SHIFT) - 1)) as usize;
        Ok(word >> SHAPE_COUNT_SHIFT != 0 && self.half(keys.saturating_sub(2))? == 0)
    }

    /// Whether a word of the fields is the second one of a field.
    pub(super) fn is_growth(&self, field: usize) -> Result<bool> {
        let at = self.constant_table.saturating_sub(FIELD_BYTES * (field + 1));
        Ok(field < usize::from(self.byte(field::FIELDS)?)
            && self.half(at + shape_field::FIRST as usize)? == usize::from(shape_field::GROWS))
    }

    /// Whether a boxed double of the literals stands at an offset.
    pub(super) fn is_literal(&self, at: usize) -> Result<bool> {
        Ok(at >= HEADER_BYTES
            && at + 12 <= self.bytes.len()
            && self.word(at)? == header::make(ObjectKind::Double, 0, 0))
    }

    #[cold]
    pub(super) fn error(&self, reason: Reason, offset: usize) -> VerifyError {
        VerifyError { reason, offset: offset as u32 }
    }

    pub(super) fn byte(&self, at: usize) -> Result<u8> {
        self.bytes.get(at).copied().ok_or_else(|| self.error(Reason::Table, at))
    }

    pub(super) fn half(&self, at: usize) -> Result<usize> {
        match self.bytes.get(at..at + 2) {
            Some(&[a, b]) => Ok(usize::from(u16::from_le_bytes([a, b]))),
            _ => Err(self.error(Reason::Table, at)),
        }
    }

    pub(super) fn word(&self, at: usize) -> Result<u32> {
        match self.bytes.get(at..at.saturating_add(4)) {
            Some(&[a, b, c, d]) => Ok(u32::from_le_bytes([a, b, c, d])),
            _ => Err(self.error(Reason::Table, at)),
        }
    }

    /// Count and offset of a section that lies inside the image.
    pub(super) fn section(&self, field: usize, entry: usize) -> Result<(usize, usize)> {
        let (count, table) = (self.half(field)?, 4 * self.half(field + 2)?);
        let inside = table >= HEADER_BYTES && table + count * entry <= self.bytes.len();
        if inside || count == 0 { Ok((count, table)) } else { Err(self.error(Reason::Table, field)) }
    }

    pub(super) fn code_of(&self, number: usize) -> Result<usize> {
        Ok(self.word(self.table + number * FUNCTION_BYTES + function::CODE)? as usize)
    }

    pub(super) fn handlers_of(&self, number: usize) -> Result<usize> {
        self.half(self.table + number * FUNCTION_BYTES + function::HANDLERS)
    }

    pub(super) fn region(&self, number: usize) -> Result<Region> {
        let start = self.code_of(number)?;
        let handlers = self.handlers_of(number)?;
        let last = number + 1 == self.functions;
        let end = if !last {
            self.code_of(number + 1)?.checked_sub(self.handlers_of(number + 1)? * function::HANDLER_BYTES)
        } else {
            match (self.word(field::LINES)? & LINES_MASK) as usize {
                0 => Some(self.bytes.len()),
                lines => Some(lines.min(self.bytes.len())),
            }
        };
        let bad = || self.error(Reason::Table, self.table + number * FUNCTION_BYTES);
        let end = end.ok_or_else(bad)?;
        let fits = start >= HEADER_BYTES + handlers * function::HANDLER_BYTES
            && start < end
            && end <= self.bytes.len();
        if fits { Ok(Region { start, end, handlers, last }) } else { Err(bad()) }
    }

    pub(super) fn signature(&self, number: usize) -> Result<Signature> {
        let base = self.table + number * FUNCTION_BYTES;
        let flags = self.half(base + function::FLAGS)? as u16;
        let params = u32::from(self.byte(base + function::PARAMS)?);
        let direct_only = flags & function::DIRECT_ONLY != 0;
        let extra = (flags & (function::REST | function::ARGUMENTS | function::NEW_TARGET)).count_ones();
        let result = match flags & (function::RESULT_I32 | function::RESULT_F64) {
            _ if !direct_only => ResultKind::Tagged,
            0 => ResultKind::Tagged,
            function::RESULT_I32 => ResultKind::Integer,
            _ => ResultKind::Double,
        };
        Ok(Signature {
            direct_only,
            tagged: if direct_only { params } else { 2 + params + extra },
            raw: if direct_only { u32::from(self.byte(base + function::LENGTH)?) } else { 0 },
            result,
        })
    }

    /// The function whose code begins at an offset.
    pub(super) fn function_at(&self, code: usize) -> Option<usize> {
        let (mut low, mut high) = (0, self.functions);
        while low < high {
            let middle = (low + high) / 2;
            match self.code_of(middle).ok()?.cmp(&code) {
                core::cmp::Ordering::Equal => return Some(middle),
                core::cmp::Ordering::Less => low = middle + 1,
                core::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    pub(super) fn constant(&self, index: usize) -> Result<u32> {
        self.word(self.constant_table + 4 * index)
    }

    /// No constant is a function that is only called directly: its closure could be called with any arguments.
    pub(super) fn check_constants(&self) -> Result<()> {
        for index in 0..self.constants {
            let constant = self.constant(index)?;
            let at = (constant as usize).wrapping_sub(self.table);
            if word::is_pointer(constant)
                && at < self.functions * FUNCTION_BYTES
                && (!at.is_multiple_of(FUNCTION_BYTES) || self.signature(at / FUNCTION_BYTES)?.direct_only)
            {
                return Err(self.error(Reason::Operand, self.constant_table + 4 * index));
            }
        }
        Ok(())
    }

    /// Checks the functions from a number on, whose code begins behind an offset.
    pub(super) fn check_functions(&self, first: usize, mut end: usize) -> Result<()> {
        for number in first..self.functions {
            let region = self.region(number)?;
            if region.start - region.handlers * function::HANDLER_BYTES < end {
                return Err(self.error(Reason::Table, region.start));
            }
            end = region.end;
            Function::new(self, number, region)?.check()?;
        }
        Ok(())
    }

    pub(super) fn is_kind(&self, at: u32, kinds: &[ObjectKind]) -> bool {
        let head = self.word(at as usize).unwrap_or(0);
        kinds.iter().any(|kind| header::kind(head) == *kind as u32)
    }

    pub(super) fn is_key(&self, constant: u32) -> bool {
        if word::is_pointer(constant) {
            let atom = header::aux(self.word(constant as usize).unwrap_or(0)) & header::string::ATOM != 0;
            atom && self.is_kind(constant, &[ObjectKind::String, ObjectKind::LongString])
        } else {
            word::is_short_string(constant) || word::is_int(constant) && word::to_int(constant) >= 0
        }
    }
}
