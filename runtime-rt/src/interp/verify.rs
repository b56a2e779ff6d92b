//! What an image's bytecode must pass before it runs.
//!
//! Only what the interpreter relies on is checked; values are not followed, because the register files already tell
//! references from numbers (see [`jerboa_abi::opcode`]). Checked are
//!
//! * the header and the function table: code regions in order and disjoint, the entry a function without unboxed
//!   parameters;
//! * every instruction: known, whole, with operands in range: registers by file and frame, constants by what they are,
//!   functions, shapes, module variables, selectors;
//! * control flow: jumps and handlers lead to instructions of the same function, not to its first nor to those that belong
//!   to the one before them; the last instruction does not go on;
//! * frames: a return drops the registers that the function took, with a result of its declared kind; a call states the
//!   frame that it is made from, and puts its result in the right file;
//! * windows: all words that a call uses were written since the last instruction that may collect, without a jump target
//!   between;
//! * constants: none is a function that is only called directly;
//! * pairs: what `mul.add` does at once follows it;
//! * signatures: a direct call passes all tagged parameters, and its caller has room for the raw ones.
//!
//! The tables themselves (constants, shapes, fields, built-ins) are checked by [`Vm::new`](crate::Vm::new).
//!
//! It takes a few hundred bytes of stack and no other memory. Jump targets of a function are checked in pieces of
//! [`PIECE`] bytes of code, with one decoding for each piece of the code that jumps can reach it from; as that is bounded by [`REACH`], the
//! time is linear in the size of the image.

use core::fmt;

use jerboa_abi::header::{self, Kind as ObjectKind};
use jerboa_abi::image::{
    FIELD_BYTES, FUNCTION_BYTES, HAS_BYTECODE, HEADER_BYTES, LINES_MASK, MAGIC, OBJECT_SHAPE_NUMBER,
    SHAPE_COUNT_SHIFT, field, function, shape_field,
};
use jerboa_abi::opcode::{
    Binary, Compare, Condition, Define, ErrorKind, FloatUnary, Flow, Info, Kind, Opcode, Test, Unary,
    WINDOW_DEFAULT,
};
use jerboa_abi::value as word;

/// Bytes of code whose jump targets are checked at a time.
const PIECE: usize = 1024;

/// Bytes that a jump spans at most.
const REACH: usize = 1 << 16;

/// Window words that may be used.
const MAX_WINDOW: u32 = 128;

/// Why an image is refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct VerifyError {
    /// What is wrong.
    pub reason: Reason,
    /// Offset in the image.
    pub offset: u32,
}

/// What can be wrong with an image's bytecode.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reason {
    /// It does not begin as an image with bytecode does, or is cut off.
    Header,
    /// A table or the code of a function is out of bounds or out of order.
    Table,
    /// The entry function does not exist or has unboxed parameters.
    Entry,
    /// A byte is no instruction, or one that may not stand there.
    Instruction,
    /// An operand names something that does not exist or is of the wrong kind.
    Operand,
    /// A jump or handler leads nowhere.
    Target,
    /// A call or return does not fit the frame.
    Frame,
    /// A call uses window words that were not written.
    Window,
    /// A direct call does not fit the callee's signature.
    Signature,
    /// A function's last instruction goes on.
    End,
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reason = match self.reason {
            Reason::Header => "no image with bytecode",
            Reason::Table => "a table is out of bounds",
            Reason::Entry => "no entry function",
            Reason::Instruction => "no instruction",
            Reason::Operand => "an operand is out of range",
            Reason::Target => "a jump leads nowhere",
            Reason::Frame => "a call or return does not fit its frame",
            Reason::Window => "a call's window is not filled",
            Reason::Signature => "a call does not fit the callee's signature",
            Reason::End => "a function does not end",
        };
        write!(f, "{reason} (at byte {})", self.offset)
    }
}

impl core::error::Error for VerifyError {}

type Result<T> = core::result::Result<T, VerifyError>;

/// Checks the bytecode of an image.
///
/// # Errors
/// The first thing found wrong, and where.
pub fn verify(image: &[u8]) -> Result<()> {
    let image = Image::new(image)?;
    let entry = image.half(field::ENTRY)?;
    if entry >= image.functions || image.signature(entry)?.direct_only {
        return Err(image.error(Reason::Entry, field::ENTRY));
    }
    image.check_constants()?;
    image.check_functions(0, HEADER_BYTES)
}

/// Checks the bytecode of the functions from a number on, where those before it were checked already and the image was
/// extended by the rest.
///
/// # Errors
/// As [`verify`].
pub fn verify_extension(image: &[u8], first: u32) -> Result<()> {
    let image = Image::new(image)?;
    image.check_constants()?;
    image.check_functions(first as usize, HEADER_BYTES)
}

/// Bounds-checked reads of the image.
struct Image<'a> {
    bytes: &'a [u8],
    functions: usize,
    table: usize,
    constants: usize,
    constant_table: usize,
    /// Number of shapes that are roots.
    roots: usize,
}

/// A function's place.
#[derive(Clone, Copy)]
struct Region {
    start: usize,
    end: usize,
    handlers: usize,
    last: bool,
}

/// What callers must know of a function.
struct Signature {
    direct_only: bool,
    /// Tagged words that the caller sets.
    tagged: u32,
    /// Raw words that the caller sets.
    raw: u32,
    result: ResultKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum ResultKind {
    Tagged,
    Integer,
    Double,
}

impl<'a> Image<'a> {
    fn new(bytes: &'a [u8]) -> Result<Image<'a>> {
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
    fn shape(&self, number: usize) -> Result<u32> {
        match self.table.checked_sub(4 * (number + 1)) {
            Some(at) => self.word(at),
            None => Err(self.error(Reason::Table, field::SHAPES)),
        }
    }

    /// Whether a shape is no root and its prototype is `Object.prototype`.
    fn is_literal_shape(&self, number: usize) -> Result<bool> {
        let word = self.shape(number)?;
        let keys = (word & ((1 << SHAPE_COUNT_SHIFT) - 1)) as usize;
        Ok(word >> SHAPE_COUNT_SHIFT != 0 && self.half(keys.saturating_sub(2))? == 0)
    }

    /// Whether a word of the fields is the second one of a field.
    fn is_growth(&self, field: usize) -> Result<bool> {
        let at = self.constant_table.saturating_sub(FIELD_BYTES * (field + 1));
        Ok(field < usize::from(self.byte(field::FIELDS)?)
            && self.half(at + shape_field::FIRST as usize)? == usize::from(shape_field::GROWS))
    }

    /// Whether a boxed double of the literals stands at an offset.
    fn is_literal(&self, at: usize) -> Result<bool> {
        Ok(at >= HEADER_BYTES
            && at + 12 <= self.bytes.len()
            && self.word(at)? == header::make(ObjectKind::Double, 0, 0))
    }

    #[cold]
    fn error(&self, reason: Reason, offset: usize) -> VerifyError {
        VerifyError { reason, offset: offset as u32 }
    }

    fn byte(&self, at: usize) -> Result<u8> {
        self.bytes.get(at).copied().ok_or_else(|| self.error(Reason::Table, at))
    }

    fn half(&self, at: usize) -> Result<usize> {
        match self.bytes.get(at..at + 2) {
            Some(&[a, b]) => Ok(usize::from(u16::from_le_bytes([a, b]))),
            _ => Err(self.error(Reason::Table, at)),
        }
    }

    fn word(&self, at: usize) -> Result<u32> {
        match self.bytes.get(at..at.saturating_add(4)) {
            Some(&[a, b, c, d]) => Ok(u32::from_le_bytes([a, b, c, d])),
            _ => Err(self.error(Reason::Table, at)),
        }
    }

    /// Count and offset of a section that lies inside the image.
    fn section(&self, field: usize, entry: usize) -> Result<(usize, usize)> {
        let (count, table) = (self.half(field)?, 4 * self.half(field + 2)?);
        let inside = table >= HEADER_BYTES && table + count * entry <= self.bytes.len();
        if inside || count == 0 { Ok((count, table)) } else { Err(self.error(Reason::Table, field)) }
    }

    fn code_of(&self, number: usize) -> Result<usize> {
        Ok(self.word(self.table + number * FUNCTION_BYTES + function::CODE)? as usize)
    }

    fn handlers_of(&self, number: usize) -> Result<usize> {
        self.half(self.table + number * FUNCTION_BYTES + function::HANDLERS)
    }

    fn region(&self, number: usize) -> Result<Region> {
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

    fn signature(&self, number: usize) -> Result<Signature> {
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
    fn function_at(&self, code: usize) -> Option<usize> {
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

    fn constant(&self, index: usize) -> Result<u32> {
        self.word(self.constant_table + 4 * index)
    }

    /// No constant is a function that is only called directly: its closure could be called with any arguments.
    fn check_constants(&self) -> Result<()> {
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
    fn check_functions(&self, first: usize, mut end: usize) -> Result<()> {
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

    fn is_kind(&self, at: u32, kinds: &[ObjectKind]) -> bool {
        let head = self.word(at as usize).unwrap_or(0);
        kinds.iter().any(|kind| header::kind(head) == *kind as u32)
    }

    fn is_key(&self, constant: u32) -> bool {
        if word::is_pointer(constant) {
            let atom = header::aux(self.word(constant as usize).unwrap_or(0)) & header::string::ATOM != 0;
            atom && self.is_kind(constant, &[ObjectKind::String, ObjectKind::LongString])
        } else {
            word::is_short_string(constant) || word::is_int(constant) && word::to_int(constant) >= 0
        }
    }
}

/// Which code offsets of a piece have a property.
struct Bits {
    base: usize,
    words: [u32; PIECE / 32],
}

impl Bits {
    fn new(base: usize) -> Bits {
        Bits { base, words: [0; PIECE / 32] }
    }

    fn set(&mut self, offset: usize) {
        let at = offset.wrapping_sub(self.base);
        if let Some(word) = self.words.get_mut(at / 32) {
            *word |= 1 << (at % 32);
        }
    }

    fn has(&self, offset: usize) -> bool {
        let at = offset.wrapping_sub(self.base);
        self.words.get(at / 32).is_some_and(|word| word >> (at % 32) & 1 != 0)
    }
}

/// What must come next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Expect {
    Anything,
    /// `frame.back` with this number of words, after a call of this result kind and, for `new`, before `new.end`.
    FrameBack {
        words: u32,
        tagged: bool,
        new: bool,
    },
    /// `new.end`, possibly after loads.
    NewEnd,
    /// A return that drops this many registers.
    Return {
        raw: u32,
    },
}

/// An instruction.
struct Instruction {
    /// Offset in the function.
    at: usize,
    opcode: Opcode,
}

impl Instruction {
    fn info(&self) -> &'static Info {
        self.opcode.info()
    }

    fn next(&self) -> usize {
        self.at + self.info().size
    }
}

/// One function under examination.
struct Function<'a> {
    image: &'a Image<'a>,
    region: Region,
    signature: Signature,
    /// Tagged registers, raw registers, window words.
    tagged: u32,
    raw: u32,
    window: u32,
    /// Window words written.
    written: u128,
    expect: Expect,
}

impl<'a> Function<'a> {
    fn new(image: &'a Image<'a>, number: usize, region: Region) -> Result<Function<'a>> {
        let signature = image.signature(number)?;
        let mut function = Function {
            image,
            region,
            signature,
            tagged: 0,
            raw: 0,
            window: WINDOW_DEFAULT as u32,
            written: 0,
            expect: Expect::Anything,
        };
        let enter = function.decode(0)?;
        let operand = |i| function.operand(&enter, i);
        let (first, clear, raw, window) = match enter.opcode {
            Opcode::Enter => (operand(0)?, operand(1)?, operand(2)?, WINDOW_DEFAULT as i32),
            Opcode::EnterRaw => (0, 0, operand(0)?, WINDOW_DEFAULT as i32),
            Opcode::EnterWide => (operand(0)?, operand(1)?, operand(2)?, operand(3)?),
            _ => return Err(function.error(Reason::Instruction, 0)),
        };
        if first as u32 != function.signature.tagged {
            return Err(function.error(Reason::Signature, 0));
        }
        function.tagged = (first + clear) as u32;
        function.raw = raw as u32;
        function.window = (window as u32).min(MAX_WINDOW);
        Ok(function)
    }

    #[cold]
    fn error(&self, reason: Reason, at: usize) -> VerifyError {
        self.image.error(reason, self.region.start + at)
    }

    fn length(&self) -> usize {
        self.region.end - self.region.start
    }

    fn decode(&self, at: usize) -> Result<Instruction> {
        let byte = self.image.byte(self.region.start + at)?;
        let opcode = Opcode::from_byte(byte).ok_or_else(|| self.error(Reason::Instruction, at))?;
        if opcode == Opcode::Exit || at + opcode.size() > self.length() {
            return Err(self.error(Reason::Instruction, at));
        }
        Ok(Instruction { at, opcode })
    }

    /// Whether the rest is what fills up the last word of the code.
    fn is_padding(&self, at: usize) -> bool {
        let rest = &self.image.bytes[self.region.start + at..self.region.end];
        self.region.last && rest.len() < 4 && rest.iter().all(|b| *b == 0)
    }

    /// An operand's value, without its scale; unsigned ones are zero-extended.
    fn operand(&self, instruction: &Instruction, index: usize) -> Result<i32> {
        let operands = instruction.info().operands;
        let mut at = self.region.start + instruction.at + 1;
        for operand in operands.iter().take(index) {
            at += operand.kind.size();
        }
        let Some(operand) = operands.get(index) else { return Ok(0) };
        let signed = operand.kind.is_signed();
        Ok(match operand.kind.size() {
            1 if signed => i32::from(self.image.byte(at)? as i8),
            1 => {
                let (byte, scale) = (self.image.byte(at)?, operand.kind.scale());
                if byte % scale != 0 {
                    return Err(self.error(Reason::Operand, instruction.at));
                }
                i32::from(byte / scale)
            }
            2 if signed => i32::from(self.image.half(at)? as u16 as i16),
            2 => self.image.half(at)? as i32,
            _ => self.image.word(at)? as i32,
        })
    }

    /// Where an instruction may jump.
    fn target(&self, instruction: &Instruction) -> Result<Option<usize>> {
        let operands = instruction.info().operands;
        match operands.last() {
            Some(last) if matches!(last.kind, Kind::J8 | Kind::J16 | Kind::X16) => {
                let offset = self.operand(instruction, operands.len() - 1)?;
                let target = instruction.at as i64 + i64::from(offset);
                // The first instruction makes the frame and is no target.
                if target <= 0 || target >= self.length() as i64 {
                    return Err(self.error(Reason::Target, instruction.at));
                }
                Ok(Some(target as usize))
            }
            _ => Ok(None),
        }
    }

    fn check(&mut self) -> Result<()> {
        let mut at = 0;
        // An instruction before which no jump reaches the piece.
        let mut first = 0;
        let mut ended = false;
        let mut piece = 0;
        while piece < self.length() {
            while first + REACH < piece {
                first = self.decode(first)?.next();
            }
            let (starts, targets) = self.mark(first, piece)?;
            for (start, target) in starts.words.iter().zip(&targets.words) {
                if target & !start != 0 {
                    return Err(self.error(Reason::Target, piece));
                }
            }
            while at < self.length() && at < piece + PIECE && !(ended && self.is_padding(at)) {
                let instruction = self.decode(at)?;
                ended = matches!(instruction.info().flow, Flow::End | Flow::Jump);
                self.check_instruction(&instruction, targets.has(at))?;
                at = instruction.next();
            }
            piece += PIECE;
        }
        if ended && self.expect == Expect::Anything { Ok(()) } else { Err(self.error(Reason::End, at)) }
    }

    /// Instruction starts and jump targets in a piece; `at` is an instruction before all that may jump there.
    fn mark(&self, mut at: usize, piece: usize) -> Result<(Bits, Bits)> {
        let (mut starts, mut targets) = (Bits::new(piece), Bits::new(piece));
        let end = self.length().min(piece + PIECE + REACH);
        let mut ended = false;
        while at < end && !(ended && self.is_padding(at)) {
            let instruction = self.decode(at)?;
            starts.set(at);
            if let Some(target) = self.target(&instruction)? {
                targets.set(target);
            }
            ended = matches!(instruction.info().flow, Flow::End | Flow::Jump);
            at = instruction.next();
        }
        let table = self.region.start - self.region.handlers * function::HANDLER_BYTES;
        for i in 0..self.region.handlers {
            let target = self.image.half(table + i * function::HANDLER_BYTES + 4)?;
            if target == 0 || target >= self.length() {
                return Err(self.error(Reason::Target, 0));
            }
            targets.set(target);
        }
        Ok((starts, targets))
    }

    fn check_instruction(&mut self, instruction: &Instruction, is_target: bool) -> Result<()> {
        if is_target {
            self.written = 0;
            if self.expect != Expect::Anything {
                return Err(self.error(Reason::Target, instruction.at));
            }
        }
        self.check_order(instruction)?;
        if instruction.opcode == Opcode::MulAdd {
            self.check_product(instruction)?;
        }
        for index in 0..instruction.info().operands.len() {
            self.check_operand(instruction, index)?;
        }
        match instruction.info().flow {
            Flow::Pure | Flow::Branch | Flow::Jump => {}
            Flow::Call => {
                self.check_call(instruction)?;
                self.written = 0;
            }
            Flow::May | Flow::MayBranch | Flow::End => self.written = 0,
        }
        self.note_writes(instruction)
    }

    /// Instructions that belong to the one before them, and those that only begin a function.
    fn check_order(&mut self, instruction: &Instruction) -> Result<()> {
        let first = |i| self.operand(instruction, i).map(|n| n as u32);
        let enters = matches!(instruction.opcode, Opcode::Enter | Opcode::EnterRaw | Opcode::EnterWide);
        let in_order = match (self.expect, instruction.opcode) {
            (Expect::FrameBack { words, tagged: true, .. }, Opcode::FrameBack)
            | (Expect::FrameBack { words, tagged: false, .. }, Opcode::FrameBackRaw) => first(0)? == words,
            (Expect::NewEnd, Opcode::NewEnd | Opcode::TLoad) => true,
            (Expect::Return { raw }, Opcode::Ret | Opcode::RetR | Opcode::RetF) => first(1)? == raw,
            (Expect::Return { raw }, Opcode::RetU) => first(0)? == raw,
            (Expect::Anything, Opcode::FrameBack | Opcode::FrameBackRaw | Opcode::NewEnd) => false,
            (Expect::Anything, Opcode::Ret | Opcode::RetR | Opcode::RetF) => first(1)? == self.raw,
            (Expect::Anything, Opcode::RetU) => first(0)? == self.raw,
            (Expect::Anything, _) => enters == (instruction.at == 0),
            _ => false,
        };
        let kind = match instruction.opcode {
            Opcode::Ret | Opcode::RetU => Some(ResultKind::Tagged),
            Opcode::RetR => Some(ResultKind::Integer),
            Opcode::RetF => Some(ResultKind::Double),
            _ => None,
        };
        if !in_order || kind.is_some_and(|kind| kind != self.signature.result) {
            return Err(self.error(Reason::Frame, instruction.at));
        }
        self.expect = match (self.expect, instruction.opcode) {
            (Expect::FrameBack { new: true, .. }, _) | (Expect::NewEnd, Opcode::TLoad) => Expect::NewEnd,
            (_, Opcode::Leave) => match self.raw.checked_sub(first(0)?) {
                Some(raw) => Expect::Return { raw },
                None => return Err(self.error(Reason::Frame, instruction.at)),
            },
            // The registers of a return are those that are left.
            (Expect::Return { raw }, Opcode::RetR) if first(0)? >= raw => {
                return Err(self.error(Reason::Operand, instruction.at));
            }
            (Expect::Return { raw }, Opcode::RetF) if first(0)? + 1 >= raw => {
                return Err(self.error(Reason::Operand, instruction.at));
            }
            _ => Expect::Anything,
        };
        Ok(())
    }

    /// `mul.add` reads and writes the registers of the two instructions that follow, and may leave the product's as it is.
    fn check_product(&self, instruction: &Instruction) -> Result<()> {
        let multiply = self.decode(instruction.next())?;
        let add = self.decode(multiply.next())?;
        // A word of the window would not be written.
        let product = self.operand(&multiply, 0)? as u32;
        if multiply.opcode == Opcode::Mul && add.opcode == Opcode::Add && product < self.tagged {
            return Ok(());
        }
        Err(self.error(Reason::Instruction, instruction.at))
    }

    /// Whether a raw register (with the words after it) exists: the frame's own, or one of the raw parameters.
    fn has_raw(&self, register: u32, words: u32) -> bool {
        let end = register + words;
        end <= self.raw || register > self.raw && end <= self.raw + 1 + self.signature.raw
    }

    fn check_operand(&self, instruction: &Instruction, index: usize) -> Result<()> {
        let kind = instruction.info().operands[index].kind;
        let value = self.operand(instruction, index)?;
        let n = value as u32;
        let image = self.image;
        let holds = match kind {
            Kind::T => n < self.tagged,
            Kind::Td if instruction.opcode == Opcode::NewEnd => n < self.tagged,
            Kind::Td => n < self.tagged + self.window,
            Kind::T16 if instruction.opcode == Opcode::TLoad => n < self.tagged,
            Kind::T16 => n < self.tagged + self.window,
            Kind::R | Kind::Rd | Kind::R16 => self.has_raw(n, 1),
            Kind::F | Kind::Fd | Kind::F16 => self.has_raw(n, 2),
            Kind::K8 | Kind::K16 => (n as usize) < image.constants,
            Kind::Key16 => (n as usize) < image.constants && image.is_key(image.constant(n as usize)?),
            Kind::D8 => image.is_literal(4 * n as usize)?,
            Kind::Native8 => (n as usize) < image.half(field::NATIVES)?,
            Kind::D16 => {
                let known = (n as usize) < image.constants;
                known && {
                    let constant = image.constant(n as usize)?;
                    word::is_pointer(constant) && image.is_kind(constant, &[ObjectKind::Double])
                }
            }
            Kind::W8 => {
                matches!(n, word::UNDEFINED | word::NULL | word::FALSE | word::TRUE | word::EMPTY)
            }
            Kind::Fn16 => {
                let known = (n as usize) < image.functions;
                known && (instruction.opcode == Opcode::CallFar || !image.signature(n as usize)?.direct_only)
            }
            Kind::G8 | Kind::G16 => (n as usize) + image.roots < image.half(field::GLOBALS)?,
            Kind::Gr16 => {
                let words = if matches!(instruction.opcode, Opcode::LdGF | Opcode::StGF) { 2 } else { 1 };
                n as usize + words <= image.half(field::RAW_GLOBALS)?
            }
            Kind::S16 => {
                let known = (n as usize) < image.half(field::SHAPES)?;
                n == u32::from(OBJECT_SHAPE_NUMBER) || known && image.is_literal_shape(n as usize)?
            }
            Kind::Field8 | Kind::Grow8 => {
                let known = n < u32::from(image.byte(field::FIELDS)?) && !image.is_growth(n as usize)?;
                known && (kind == Kind::Grow8) == image.is_growth(n as usize + 1)?
            }
            Kind::Bin => Binary::from_byte(n as u8).is_some(),
            Kind::Cmp => Compare::from_byte(n as u8).is_some(),
            Kind::Un => Unary::from_byte(n as u8).is_some(),
            Kind::Test => Test::from_byte(n as u8).is_some(),
            Kind::Fun => FloatUnary::from_byte(n as u8).is_some(),
            Kind::Def => Define::from_byte(n as u8).is_some(),
            Kind::Cond => Condition::from_byte(n as u8).is_some(),
            Kind::Err => ErrorKind::from_byte(n as u8).is_some(),
            // Checked with the jump, the call or the frame.
            Kind::J8 | Kind::J16 | Kind::X16 | Kind::Code16 | Kind::Back | Kind::Result => true,
            Kind::I8 | Kind::I16 | Kind::I32 | Kind::N8 | Kind::N16 | Kind::Words => true,
        };
        if holds { Ok(()) } else { Err(self.error(Reason::Operand, instruction.at)) }
    }

    /// An instruction that uses the window.
    fn check_call(&mut self, instruction: &Instruction) -> Result<()> {
        let operand = |i| self.operand(instruction, i).map(|n| n as u32);
        let mut skipped = 0;
        let mut result = ResultKind::Tagged;
        // The words that must be written: from `from` up to `to`, but for a hole.
        let (from, to, hole) = match instruction.opcode {
            Opcode::Concat | Opcode::NewArray => (0, operand(1)?, None),
            Opcode::Closure => (0, operand(2)?, None),
            Opcode::NewObject => (0, self.shape_length(operand(1)? as usize)?, None),
            Opcode::Call | Opcode::CallElem => (0, 2 + operand(0)?, None),
            Opcode::CallNative => (2, 2 + operand(1)?, None),
            Opcode::CallMethod => (1, 2 + operand(1)?, None),
            Opcode::CallArray => (0, 3, None),
            Opcode::New | Opcode::NewSpread => {
                skipped = 1;
                let argc = if instruction.opcode == Opcode::New { operand(0)? } else { 1 };
                (1, 3 + argc, Some(2))
            }
            _ => {
                let callee = if instruction.opcode == Opcode::CallFar {
                    operand(0)? as usize
                } else {
                    let at = (self.region.start + instruction.at) as i64 + i64::from(operand(0)? as i32);
                    usize::try_from(at)
                        .ok()
                        .and_then(|at| self.image.function_at(at))
                        .ok_or_else(|| self.error(Reason::Signature, instruction.at))?
                };
                let signature = self.image.signature(callee)?;
                if signature.raw > self.raw {
                    return Err(self.error(Reason::Signature, instruction.at));
                }
                result = signature.result;
                (0, signature.tagged, None)
            }
        };
        // The callee's slot and what a call without arguments adds also take room.
        if to.max(from + 2) > self.window {
            return Err(self.error(Reason::Window, instruction.at));
        }
        for word in (from..to).filter(|word| Some(*word) != hole) {
            if self.written >> word & 1 == 0 {
                return Err(self.error(Reason::Window, instruction.at));
            }
        }
        let operands = instruction.info().operands;
        if let Some(at) = operands.iter().position(|o| o.kind == Kind::Back) {
            self.check_return_operands(instruction, at, skipped, result)?;
        }
        Ok(())
    }

    /// The operands of a call that the return reads.
    fn check_return_operands(
        &mut self,
        instruction: &Instruction,
        at: usize,
        skipped: u32,
        result: ResultKind,
    ) -> Result<()> {
        let back = self.operand(instruction, at)? as u32;
        let register = self.operand(instruction, at + 1)? as u32;
        let words = self.tagged + skipped;
        let new = skipped != 0;
        let far = back == 0 && words != 0;
        let fits = match result {
            // A far result goes to the callee's first word at first.
            ResultKind::Tagged if far => register == 0,
            ResultKind::Tagged if new => register < self.tagged,
            ResultKind::Tagged => register < self.tagged + self.window,
            ResultKind::Integer => self.has_raw(register, 1),
            ResultKind::Double => self.has_raw(register, 2),
        };
        if !fits || !far && back != words {
            return Err(self.error(Reason::Frame, instruction.at));
        }
        if far {
            self.expect = Expect::FrameBack { words, tagged: result == ResultKind::Tagged, new };
        } else if new {
            self.expect = Expect::NewEnd;
        }
        Ok(())
    }

    fn shape_length(&self, shape: usize) -> Result<u32> {
        if shape == usize::from(OBJECT_SHAPE_NUMBER) {
            return Ok(0);
        }
        Ok(self.image.shape(shape)? >> SHAPE_COUNT_SHIFT)
    }

    /// Remembers which words of the window the instruction has written.
    fn note_writes(&mut self, instruction: &Instruction) -> Result<()> {
        for (index, operand) in instruction.info().operands.iter().enumerate() {
            let writes = match operand.kind {
                Kind::Td => true,
                Kind::T16 => instruction.opcode != Opcode::TLoad,
                // What a call returns, unless that goes to a raw register or comes with `frame.back`.
                Kind::Result => self.expect == Expect::Anything && self.result_is_tagged(instruction)?,
                _ => false,
            };
            if writes {
                let register = self.operand(instruction, index)? as u32;
                if register >= self.tagged {
                    self.written |= 1 << (register - self.tagged).min(MAX_WINDOW - 1);
                }
            }
        }
        Ok(())
    }

    fn result_is_tagged(&self, instruction: &Instruction) -> Result<bool> {
        let callee = match instruction.opcode {
            Opcode::CallFar => self.operand(instruction, 0)? as usize,
            Opcode::CallDirect => {
                let at =
                    (self.region.start + instruction.at) as i64 + i64::from(self.operand(instruction, 0)?);
                match usize::try_from(at).ok().and_then(|at| self.image.function_at(at)) {
                    Some(callee) => callee,
                    None => return Ok(false),
                }
            }
            _ => return Ok(true),
        };
        Ok(self.image.signature(callee)?.result == ResultKind::Tagged)
    }
}
