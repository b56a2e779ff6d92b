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
mod image;

use core::fmt;
use image::{Image, Region, ResultKind, Signature};
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
