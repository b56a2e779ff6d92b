//! Images to text.
use crate::Error;
use jerboa_abi::image::{
    FIELD_BYTES, FIRST_SHAPE, FUNCTION_BYTES, HAS_BYTECODE, HEADER_BYTES, LINES_MASK, MAGIC, NATIVE_BYTES,
    SHAPE_COUNT_SHIFT, field, function, shape_field,
};
use jerboa_abi::opcode::{
    Binary, Compare, Condition, Define, ErrorKind, FloatUnary, Kind, Opcode, Operand, Test, Unary,
};
use jerboa_abi::{header, value};
use std::fmt::Write as _;

/// A decoded instruction.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Instruction {
    /// Offset in the code.
    pub at: usize,
    /// What it is.
    pub opcode: Opcode,
    /// Its operands, without their scales; unsigned ones zero-extended.
    pub operands: Vec<i32>,
}

/// Decodes the instruction at an offset; `None` if there is no whole one.
pub fn decode(code: &[u8], at: usize) -> Option<Instruction> {
    let opcode = Opcode::from_byte(*code.get(at)?)?;
    let mut position = at + 1;
    let mut operands = Vec::new();
    for Operand { kind, .. } in opcode.info().operands {
        let bytes = code.get(position..position + kind.size())?;
        operands.push(match (bytes, kind.is_signed()) {
            ([a], false) => i32::from(*a / kind.scale()),
            ([a], true) => i32::from(*a as i8),
            ([a, b], false) => i32::from(u16::from_le_bytes([*a, *b])),
            ([a, b], true) => i32::from(i16::from_le_bytes([*a, *b])),
            ([a, b, c, d], _) => i32::from_le_bytes([*a, *b, *c, *d]),
            _ => return None,
        });
        position += kind.size();
    }
    Some(Instruction { at, opcode, operands })
}

/// Reads of an image with bounds checks.
struct Reader<'a> {
    bytes: &'a [u8],
}

impl Reader<'_> {
    fn half(&self, at: usize) -> Result<usize, Error> {
        let bytes = self.bytes.get(at..at + 2).ok_or(Error::InvalidImage("a table is cut off"))?;
        Ok(usize::from(u16::from_le_bytes([bytes[0], bytes[1]])))
    }

    fn word(&self, at: usize) -> Result<u32, Error> {
        let bytes = self.bytes.get(at..at + 4).ok_or(Error::InvalidImage("a table is cut off"))?;
        Ok(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
    }

    fn constant(&self, index: usize) -> Result<String, Error> {
        if index >= self.half(field::CONSTANTS)? {
            return Ok(format!("k{index}?"));
        }
        let word = self.word(4 * self.half(field::CONSTANTS + 2)? + 4 * index)?;
        self.value(word)
    }

    /// A field: its key, and the range of shapes (by number) that have it in a slot.
    fn field(&self, index: usize) -> Result<String, Error> {
        let constants = 4 * self.half(field::CONSTANTS + 2)?;
        let Some(at) = constants.checked_sub(FIELD_BYTES * (index + 1)) else {
            return Ok(format!("field{index}?"));
        };
        let first = self.half(at + shape_field::FIRST as usize)?.saturating_sub(FIRST_SHAPE as usize);
        let last = first + usize::from(self.byte(at + shape_field::SPAN as usize)?);
        let slot = usize::from(self.byte(at + shape_field::SLOT as usize)?).saturating_sub(1);
        let second = at.saturating_sub(FIELD_BYTES);
        let grows = self.half(second + shape_field::FIRST as usize)? == usize::from(shape_field::GROWS);
        let growth = if grows { self.byte(second + shape_field::GROW as usize)? } else { 0 };
        let keys = self.shape(first + usize::from(growth))? & ((1 << SHAPE_COUNT_SHIFT) - 1);
        let key = self.constant(self.half(keys as usize + 2 * slot)?)?;
        Ok(format!("{key} shape{first}..{last}[{slot}]"))
    }

    fn byte(&self, at: usize) -> Result<u8, Error> {
        self.bytes.get(at).copied().ok_or(Error::InvalidImage("a table is cut off"))
    }

    /// The word of a shape.
    fn shape(&self, number: usize) -> Result<u32, Error> {
        let end = 4 * self.half(field::FUNCTIONS + 2)?;
        self.word(end.checked_sub(4 * (number + 1)).ok_or(Error::InvalidImage("a shape is missing"))?)
    }

    /// A built-in function by its number.
    fn native(&self, number: usize) -> Result<String, Error> {
        let end = 4 * self.half(field::OBJECTS_AT)?;
        let at = end.checked_sub(NATIVE_BYTES * (number + 1));
        self.value(at.ok_or(Error::InvalidImage("a built-in function is missing"))? as u32)
    }

    /// Where the line table begins, or the image ends.
    fn lines(&self) -> Result<usize, Error> {
        match self.word(field::LINES)? & LINES_MASK {
            0 => Ok(self.bytes.len()),
            lines => Ok(lines as usize),
        }
    }

    /// A text of the line table.
    fn text(&self, number: usize) -> Result<String, Error> {
        let missing = || Error::InvalidImage("a text is missing");
        let mut at = self.lines()?;
        let count = self.unsigned(&mut at)?;
        for i in 0..count {
            let length = self.unsigned(&mut at)?;
            let end = at.checked_add(length).ok_or_else(missing)?;
            let bytes = self.bytes.get(at..end).ok_or_else(missing)?;
            if i == number {
                return Ok(format!("{:?}", String::from_utf8_lossy(bytes)));
            }
            at = end;
        }
        Err(missing())
    }

    /// An unsigned number of the line table.
    fn unsigned(&self, at: &mut usize) -> Result<usize, Error> {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.byte(*at)?;
            *at += 1;
            number |= usize::from(byte & 0x7f) << shift;
            shift += 7;
            if byte & 0x80 == 0 || shift > 28 {
                return Ok(number);
            }
        }
    }

    fn value(&self, word: u32) -> Result<String, Error> {
        if value::is_int(word) {
            return Ok(value::to_int(word).to_string());
        }
        if value::is_short_string(word) {
            let (length, bytes) = value::short_string_bytes(word);
            return Ok(format!("{:?}", String::from_utf8_lossy(&bytes[..length])));
        }
        if !value::is_pointer(word) {
            return Ok(constant_word(word).to_owned());
        }
        let at = word as usize;
        let head = self.word(at)?;
        Ok(match header::kind(head) {
            k if k == header::Kind::String as u32 => {
                let end = at + 4 + header::index(head) as usize;
                let bytes = self.bytes.get(at + 4..end).ok_or(Error::InvalidImage("a string is cut off"))?;
                format!("{:?}", String::from_utf8_lossy(bytes))
            }
            k if k == header::Kind::Double as u32 => {
                let bits = u64::from(self.word(at + 4)?) | (u64::from(self.word(at + 8)?) << 32);
                format!("{:?}", f64::from_bits(bits))
            }
            k if k == header::Kind::Native as u32 => {
                let id = self.half(at + jerboa_abi::image::native::ID)?;
                jerboa_abi::builtins::NATIVES.get(id).map_or("native?", |n| n.symbol).to_owned()
            }
            k if k == header::Kind::RomObject as u32 => {
                let id = self.half(at + jerboa_abi::image::object::ID)?;
                jerboa_abi::builtins::OBJECTS.get(id).map_or("object?", |o| o.name).to_owned()
            }
            _ => format!("@{word:#x}"),
        })
    }
}

fn constant_word(word: u32) -> &'static str {
    match word {
        value::UNDEFINED => "undefined",
        value::NULL => "null",
        value::FALSE => "false",
        value::TRUE => "true",
        value::EMPTY => "empty",
        _ => "?",
    }
}

/// The text of an image's code: for each function its name, parameters, handlers and instructions.
pub fn disassemble(bytes: &[u8]) -> Result<String, Error> {
    let image = Reader { bytes };
    if bytes.len() < HEADER_BYTES || image.half(field::MAGIC)? != usize::from(MAGIC) {
        return Err(Error::InvalidImage("it does not begin with the magic number"));
    }
    if image.byte(field::FLAGS)? & HAS_BYTECODE == 0 {
        return Err(Error::InvalidImage("it has no bytecode"));
    }
    let count = image.half(field::FUNCTIONS)?;
    let table = 4 * image.half(field::FUNCTIONS + 2)?;
    let mut starts = Vec::new();
    for i in 0..count {
        starts.push(image.word(table + i * FUNCTION_BYTES + function::CODE)? as usize);
    }
    let mut text = String::new();
    for i in 0..count {
        let base = table + i * FUNCTION_BYTES;
        let name = image.half(base + function::NAME)?;
        let flags = image.half(base + function::FLAGS)?;
        let name = match name {
            0xffff => "-".to_owned(),
            _ if flags & usize::from(function::DIRECT_ONLY) != 0 => image.text(name)?,
            _ => image.constant(name)?,
        };
        let handlers = image.half(base + function::HANDLERS)?;
        let start = starts[i];
        let end = match starts.get(i + 1) {
            Some(next) => {
                let handlers = image.half(base + FUNCTION_BYTES + function::HANDLERS)?;
                next.saturating_sub(handlers * function::HANDLER_BYTES)
            }
            None => image.lines()?,
        };
        let code = bytes.get(start..end).ok_or(Error::InvalidImage("code is out of bounds"))?;
        let length = bytes[base + function::LENGTH];
        let params = bytes[base + function::PARAMS];
        let _ = writeln!(text, "fn{i} {name} length={length} params={params} flags={flags:#x}");
        for h in 0..handlers {
            let at = start
                .checked_sub((handlers - h) * function::HANDLER_BYTES)
                .ok_or(Error::InvalidImage("a handler table is out of bounds"))?;
            let (from, to, target) = (image.half(at)?, image.half(at + 2)?, image.half(at + 4)?);
            let _ = writeln!(text, "  handler {from}..{to} -> {target}");
        }
        let mut at = 0;
        while let Some(instruction) = decode(code, at) {
            write_instruction(&mut text, &image, &instruction, start, &starts)?;
            at += instruction.opcode.size();
            // Up to three bytes after the last function only fill up the word.
            if i + 1 == count && code.len() - at < 4 && code[at..].iter().all(|b| *b == 0) {
                break;
            }
        }
    }
    Ok(text)
}

fn write_instruction(
    text: &mut String,
    image: &Reader<'_>,
    instruction: &Instruction,
    start: usize,
    starts: &[usize],
) -> Result<(), Error> {
    let info = instruction.opcode.info();
    let _ = write!(text, "  {:5}  {}", instruction.at, info.name);
    for (i, (operand, n)) in info.operands.iter().zip(&instruction.operands).enumerate() {
        text.push_str(if i == 0 { " " } else { ", " });
        let n = *n;
        let byte = n as u8;
        let selector = |name: Option<&'static str>| name.unwrap_or("?").to_owned();
        let shown = match operand.kind {
            Kind::T | Kind::Td | Kind::T16 => format!("t{n}"),
            Kind::R | Kind::Rd | Kind::R16 => format!("r{n}"),
            Kind::F | Kind::Fd | Kind::F16 => format!("f{n}"),
            Kind::I8 | Kind::I16 | Kind::I32 | Kind::N8 | Kind::N16 | Kind::Words => n.to_string(),
            Kind::K8 | Kind::K16 | Kind::Key16 | Kind::D16 => image.constant(n as usize)?,
            Kind::D8 => image.value(4 * n as u32)?,
            Kind::Native8 => image.native(n as usize)?,
            Kind::W8 => constant_word(n as u32).to_owned(),
            Kind::Fn16 => format!("fn{n}"),
            Kind::Code16 => {
                let target = (start + instruction.at) as i64 + i64::from(n);
                match starts.iter().position(|s| *s as i64 == target) {
                    Some(f) => format!("fn{f}"),
                    None => "?".to_owned(),
                }
            }
            Kind::G8 | Kind::G16 => format!("g{n}"),
            Kind::Gr16 => format!("gr{n}"),
            Kind::S16 => format!("shape{n}"),
            Kind::Field8 | Kind::Grow8 => image.field(n as usize)?,
            Kind::J8 | Kind::J16 | Kind::X16 => format!("->{}", instruction.at as i64 + i64::from(n)),
            Kind::Back => format!("back {n}"),
            Kind::Result => format!("result {n}"),
            Kind::Bin => selector(Binary::from_byte(byte).map(Binary::name)),
            Kind::Cmp => selector(Compare::from_byte(byte).map(Compare::name)),
            Kind::Un => selector(Unary::from_byte(byte).map(Unary::name)),
            Kind::Test => selector(Test::from_byte(byte).map(Test::name)),
            Kind::Fun => selector(FloatUnary::from_byte(byte).map(FloatUnary::name)),
            Kind::Def => selector(Define::from_byte(byte).map(Define::name)),
            Kind::Cond => selector(Condition::from_byte(byte).map(Condition::name)),
            Kind::Err => selector(ErrorKind::from_byte(byte).map(ErrorKind::name)),
        };
        text.push_str(&shown);
    }
    text.push('\n');
    Ok(())
}
