//! The parser. Line-oriented; every error has its line.
use crate::module::{
    BlockCall, BlockData, Const, Function, FunctionFlags, Global, Imm, Inlined, Module, Param, ParamKind,
    Signature, SourceFile, ValueData, ValueDef,
};
use crate::op::{ErrorKind, FloatCond, ImmKind, IntCond, Op, Terminator};
use crate::types::{Block, FileId, FuncId, GlobalId, SourceLoc, StrId, Type, Value};

/// Why a text is not IR.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct ParseError {
    /// From 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

type Result<T> = std::result::Result<T, String>;

/// Numbers above this are refused, so that a short text can not ask for much memory.
const MAX_NUMBER: u32 = 1 << 20;

/// Parses a module. The result is well-formed in its references to values and blocks as far as
/// [`crate::verify`] checks it, which callers do next.
pub fn parse(text: &str) -> std::result::Result<Module, ParseError> {
    let mut module = Module::default();
    let mut function: Option<Function> = None;
    let mut block: Option<Block> = None;
    for (number, line) in text.lines().enumerate() {
        let at = |message: String| ParseError { line: number + 1, message };
        let mut cursor = Cursor { rest: line.trim() };
        if cursor.rest.is_empty() || cursor.rest.starts_with(';') {
            continue;
        }
        match &mut function {
            None => parse_item(&mut module, &mut cursor, &mut function).map_err(at)?,
            Some(f) => {
                if cursor.eat("}") {
                    module.functions.extend(function.take());
                    block = None;
                } else if cursor.rest.starts_with("block") && cursor.rest.ends_with(':') {
                    block = Some(parse_block_header(f, &mut cursor).map_err(at)?);
                } else {
                    let block = block.ok_or_else(|| at("instruction outside of a block".into()))?;
                    parse_line(f, block, &mut cursor).map_err(at)?;
                }
            }
        }
        if !cursor.rest.is_empty() {
            return Err(at(format!("unexpected `{}`", cursor.rest)));
        }
    }
    if function.is_some() {
        return Err(ParseError {
            line: text.lines().count(),
            message: "the last function is not closed".into(),
        });
    }
    Ok(module)
}

fn parse_item(module: &mut Module, c: &mut Cursor<'_>, function: &mut Option<Function>) -> Result<()> {
    if c.eat("entry ") {
        module.entry = Some(FuncId(c.entity("fn")?));
    } else if c.eat("text ") {
        let f = FuncId(c.entity("fn")?);
        let loc = c.location()?;
        let text = StrId(c.entity("str")?);
        module.expression_texts.insert((f, loc), text);
    } else if c.rest.starts_with("inlined") {
        c.expect_number("inlined", module.inlined.len())?;
        let name = if c.rest.starts_with("str") { Some(StrId(c.entity("str")?)) } else { None };
        let file = FileId(c.entity("f")?);
        let call = c.location()?;
        module.inlined.push(Inlined { name, file, call });
    } else if c.rest.starts_with("file") {
        c.expect_number("file", module.files.len())?;
        let name = c.utf8()?;
        module.files.push(SourceFile { name });
    } else if c.rest.starts_with("str") {
        c.expect_number("str", module.strings.len())?;
        let expected = module.strings.len();
        let bytes = c.quoted()?;
        if module.intern(&bytes).index() != expected {
            return Err("string constant given twice".into());
        }
    } else if c.rest.starts_with('g') {
        c.expect_number("g", module.globals.len())?;
        let ty = c.ty()?;
        let name = c.utf8()?;
        module.globals.push(Global { name, ty });
    } else if c.rest.starts_with("fn") {
        c.expect_number("fn", module.functions.len())?;
        *function = Some(parse_function_header(c)?);
    } else {
        return Err("expected file, inlined, str, g, entry, fn or text".into());
    }
    Ok(())
}

fn parse_function_header(c: &mut Cursor<'_>) -> Result<Function> {
    let name = if c.rest.starts_with("str") { Some(StrId(c.entity("str")?)) } else { None };
    c.expect("(")?;
    let mut params = Vec::new();
    while !c.eat(")") {
        if !params.is_empty() {
            c.expect(",")?;
        }
        let kind = if c.eat("callee") {
            ParamKind::Callee
        } else if c.eat("this") {
            ParamKind::This
        } else if c.eat("new_target") {
            ParamKind::NewTarget
        } else if c.eat("arguments") {
            ParamKind::Arguments
        } else if c.rest.starts_with("arg") {
            ParamKind::Arg(c.entity("arg")?)
        } else {
            ParamKind::Rest(c.entity("rest")?)
        };
        params.push(Param { kind, ty: c.ty()? });
    }
    c.expect("->")?;
    let result = c.ty()?;
    let mut f = Function {
        name,
        length: 0,
        signature: Signature { params, result },
        flags: FunctionFlags::default(),
        captures: 0,
        loc: SourceLoc::UNKNOWN,
        blocks: Vec::new(),
        insts: Vec::new(),
        values: Vec::new(),
    };
    c.expect("length")?;
    f.length = c.number()?;
    if c.eat("captures") {
        f.captures = c.number()?;
    }
    f.flags.constructor = c.eat("constructor");
    f.flags.has_properties = c.eat("has_properties");
    f.flags.generator = c.eat("generator");
    f.flags.is_async = c.eat("async");
    f.flags.class = c.eat("class");
    f.flags.derived = c.eat("derived");
    f.flags.single = c.eat("single");
    f.loc = c.optional_location()?;
    c.expect("{")?;
    Ok(f)
}

fn parse_block_header(f: &mut Function, c: &mut Cursor<'_>) -> Result<Block> {
    c.expect_number("block", f.blocks.len())?;
    let block = Block(f.blocks.len() as u32);
    let mut params = Vec::new();
    if c.eat("(") {
        while !c.eat(")") {
            if !params.is_empty() {
                c.expect(",")?;
            }
            let value = Value(c.entity("v")?);
            c.expect(":")?;
            let ty = c.ty()?;
            define(f, value, ty, ValueDef::Param(block, params.len() as u32))?;
            params.push(value);
        }
    }
    c.expect(":")?;
    f.blocks.push(BlockData { params, insts: Vec::new(), terminator: None, loc: SourceLoc::UNKNOWN });
    Ok(block)
}

/// A value number that the text does not define keeps this definition; the verifier refuses its uses.
pub(crate) const UNDEFINED_VALUE: ValueDef = ValueDef::Param(Block(u32::MAX), 0);

fn define(f: &mut Function, value: Value, ty: Type, def: ValueDef) -> Result<()> {
    while f.values.len() <= value.index() {
        f.values.push(ValueData { ty: Type::Val, def: UNDEFINED_VALUE });
    }
    let data = &mut f.values[value.index()];
    if data.def != UNDEFINED_VALUE {
        return Err(format!("{value} is defined twice"));
    }
    *data = ValueData { ty, def };
    Ok(())
}

fn parse_line(f: &mut Function, block: Block, c: &mut Cursor<'_>) -> Result<()> {
    if f.block(block).terminator.is_some() {
        return Err("instruction after the terminator".into());
    }
    if let Some(terminator) = parse_terminator(c)? {
        f.blocks[block.index()].loc = c.optional_location()?;
        f.blocks[block.index()].terminator = Some(terminator);
        return Ok(());
    }
    let mut result = None;
    let mut given_type = None;
    if c.rest.starts_with('v') && c.rest[1..].starts_with(|ch: char| ch.is_ascii_digit()) {
        result = Some(Value(c.entity("v")?));
        c.expect("=")?;
        // `v1 = val:call_direct …`: the type of an op whose immediate decides it.
        if let Some((prefix, _)) = c.rest.split_once(':')
            && let Ok(ty) = (Cursor { rest: prefix }).ty()
            && matches!(prefix, "val" | "i32" | "f64" | "bool")
        {
            given_type = Some(ty);
            c.advance(prefix.len() + 1);
        }
    }
    let name = c.word();
    let op = Op::from_name(name).ok_or_else(|| format!("no op is called `{name}`"))?;
    let info = op.info();
    let imm = parse_immediate(c, info.imm)?;
    let mut args = Vec::new();
    while c.rest.starts_with(['v', ',']) {
        if !args.is_empty() || info.imm != ImmKind::None {
            c.expect(",")?;
        }
        args.push(Value(c.entity("v")?));
    }
    let loc = c.optional_location()?;
    let ty = if info.result_from_imm { given_type } else { info.result };
    let inst = crate::types::Inst(f.insts.len() as u32);
    match (result, ty) {
        (Some(value), Some(ty)) => define(f, value, ty, ValueDef::Result(inst))?,
        (None, None) => {}
        (None, Some(_)) => return Err(format!("`{name}` has a result")),
        (Some(_), None) => return Err(format!("`{name}` has no result, or its type is missing")),
    }
    f.insts.push(crate::module::InstData { op, args, imm, result, loc });
    f.blocks[block.index()].insts.push(inst);
    Ok(())
}

fn parse_terminator(c: &mut Cursor<'_>) -> Result<Option<Terminator>> {
    Ok(Some(if c.eat("jump ") {
        Terminator::Jump(c.call()?)
    } else if c.eat("branch ") {
        let cond = Value(c.entity("v")?);
        c.expect(",")?;
        let then = c.call()?;
        c.expect(",")?;
        Terminator::Branch { cond, then, otherwise: c.call()? }
    } else if c.eat("exit ") {
        let next = c.call()?;
        c.expect(",")?;
        Terminator::Exit { next, exit: c.call()? }
    } else if c.eat("return ") {
        Terminator::Return(Value(c.entity("v")?))
    } else if c.eat("throw ") {
        let value = Value(c.entity("v")?);
        let handler = if c.eat(",") { Some(c.call()?) } else { None };
        Terminator::Throw { value, handler }
    } else if c.rest == "unreachable" || c.rest.starts_with("unreachable ") {
        c.word();
        Terminator::Unreachable
    } else {
        return Ok(None);
    }))
}

fn parse_immediate(c: &mut Cursor<'_>, kind: ImmKind) -> Result<Imm> {
    Ok(match kind {
        ImmKind::None => Imm::None,
        ImmKind::I32 => Imm::I32(c.word().parse().map_err(|_| "expected a 32-bit integer")?),
        ImmKind::F64 => Imm::F64(c.bits()?),
        ImmKind::Bool => Imm::Bool(c.word().parse().map_err(|_| "expected true or false")?),
        ImmKind::Const => Imm::Const(if c.rest.starts_with("str") {
            Const::Str(StrId(c.entity("str")?))
        } else if c.rest.starts_with("0x") {
            Const::Number(c.bits()?)
        } else {
            match c.word() {
                "undefined" => Const::Undefined,
                "null" => Const::Null,
                "empty" => Const::Empty,
                "true" => Const::Bool(true),
                "false" => Const::Bool(false),
                word => Const::Number(f64::from(word.parse::<i32>().map_err(|_| "expected a constant")?)),
            }
        }),
        ImmKind::Str => Imm::Str(StrId(c.entity("str")?)),
        ImmKind::Keys => {
            c.expect("[")?;
            let mut keys = Vec::new();
            while !c.eat("]") {
                keys.push(StrId(c.entity("str")?));
            }
            Imm::Keys(keys)
        }
        ImmKind::Func => Imm::Func(FuncId(c.entity("fn")?)),
        ImmKind::Global => Imm::Global(GlobalId(c.entity("g")?)),
        ImmKind::Index => Imm::Index(c.entity("#")?),
        ImmKind::Builtin => {
            let name = c.utf8()?;
            let index = jerboa_abi::builtins::builtin_number(&name);
            Imm::Builtin(index.ok_or_else(|| format!("no built-in is called `{name}`"))? as u16)
        }
        ImmKind::IntCond => Imm::IntCond(match c.word() {
            "eq" => IntCond::Eq,
            "ne" => IntCond::Ne,
            "slt" => IntCond::Slt,
            "sle" => IntCond::Sle,
            "sgt" => IntCond::Sgt,
            "sge" => IntCond::Sge,
            "ult" => IntCond::Ult,
            "ule" => IntCond::Ule,
            "ugt" => IntCond::Ugt,
            "uge" => IntCond::Uge,
            other => return Err(format!("no condition is called `{other}`")),
        }),
        ImmKind::FloatCond => Imm::FloatCond(match c.word() {
            "eq" => FloatCond::Eq,
            "ne" => FloatCond::Ne,
            "lt" => FloatCond::Lt,
            "le" => FloatCond::Le,
            "gt" => FloatCond::Gt,
            "ge" => FloatCond::Ge,
            other => return Err(format!("no condition is called `{other}`")),
        }),
        ImmKind::Error => {
            let kind = match c.word() {
                "Error" => ErrorKind::Error,
                "TypeError" => ErrorKind::TypeError,
                "RangeError" => ErrorKind::RangeError,
                "ReferenceError" => ErrorKind::ReferenceError,
                "SyntaxError" => ErrorKind::SyntaxError,
                other => return Err(format!("no error is called `{other}`")),
            };
            Imm::Error(kind, StrId(c.entity("str")?))
        }
    })
}

/// The rest of a line; every method skips the white space that follows what it takes.
struct Cursor<'a> {
    rest: &'a str,
}

impl<'a> Cursor<'a> {
    fn advance(&mut self, bytes: usize) {
        self.rest = self.rest[bytes..].trim_start();
    }

    fn eat(&mut self, token: &str) -> bool {
        let found = self.rest.starts_with(token);
        if found {
            self.advance(token.len());
        }
        found
    }

    fn expect(&mut self, token: &str) -> Result<()> {
        if self.eat(token) { Ok(()) } else { Err(format!("expected `{token}` before `{}`", self.rest)) }
    }

    fn word(&mut self) -> &'a str {
        let end = self.rest.find([' ', ',', '(', ')', ':', ']']).unwrap_or(self.rest.len());
        let word = &self.rest[..end];
        self.advance(end);
        word
    }

    fn number(&mut self) -> Result<u32> {
        let end = self.rest.find(|ch: char| !ch.is_ascii_digit()).unwrap_or(self.rest.len());
        let number =
            self.rest[..end].parse().map_err(|_| format!("expected a number before `{}`", self.rest))?;
        self.advance(end);
        Ok(number)
    }

    fn entity(&mut self, prefix: &str) -> Result<u32> {
        match self.rest.strip_prefix(prefix) {
            Some(rest) if rest.starts_with(|ch: char| ch.is_ascii_digit()) => self.rest = rest,
            _ => return Err(format!("expected `{prefix}` and a number before `{}`", self.rest)),
        }
        let number = self.number()?;
        if number > MAX_NUMBER { Err(format!("{prefix}{number} is out of range")) } else { Ok(number) }
    }

    fn expect_number(&mut self, prefix: &str, expected: usize) -> Result<()> {
        let number = self.entity(prefix)?;
        if number as usize == expected { Ok(()) } else { Err(format!("expected {prefix}{expected}")) }
    }

    fn ty(&mut self) -> Result<Type> {
        for ty in [Type::Val, Type::I32, Type::F64, Type::Bool] {
            if self.eat(&ty.to_string()) {
                return Ok(ty);
            }
        }
        Err(format!("expected a type before `{}`", self.rest))
    }

    fn bits(&mut self) -> Result<f64> {
        let word = self.word();
        let hex = word.strip_prefix("0x").ok_or("expected the bits of a double")?;
        Ok(f64::from_bits(u64::from_str_radix(hex, 16).map_err(|_| "expected the bits of a double")?))
    }

    fn call(&mut self) -> Result<BlockCall> {
        let mut call = BlockCall::new(Block(self.entity("block")?));
        if self.eat("(") {
            while !self.eat(")") {
                if !call.args.is_empty() {
                    self.expect(",")?;
                }
                call.args.push(Value(self.entity("v")?));
            }
        }
        Ok(call)
    }

    fn location(&mut self) -> Result<SourceLoc> {
        let file = FileId(self.entity("f")?);
        self.expect(":")?;
        let line = self.number()?;
        self.expect(":")?;
        Ok(SourceLoc { file, line, column: self.number()? })
    }

    fn optional_location(&mut self) -> Result<SourceLoc> {
        if self.eat("@") { self.location() } else { Ok(SourceLoc::UNKNOWN) }
    }

    fn quoted(&mut self) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let source = self.rest.as_bytes();
        if source.first() != Some(&b'"') {
            return Err("expected a string".into());
        }
        let mut i = 1;
        loop {
            match source.get(i) {
                None => return Err("the string is not closed".into()),
                Some(b'"') => break,
                Some(b'\\') if source.get(i + 1) == Some(&b'x') => {
                    let digits = self.rest.get(i + 2..i + 4).ok_or("bad escape")?;
                    bytes.push(u8::from_str_radix(digits, 16).map_err(|_| "bad escape")?);
                    i += 4;
                }
                Some(b'\\') => {
                    bytes.push(*source.get(i + 1).ok_or("bad escape")?);
                    i += 2;
                }
                Some(byte) => {
                    bytes.push(*byte);
                    i += 1;
                }
            }
        }
        self.advance(i + 1);
        Ok(bytes)
    }

    fn utf8(&mut self) -> Result<String> {
        String::from_utf8(self.quoted()?).map_err(|_| "the name is not UTF-8".into())
    }
}
