//! From a pattern to a program: a recursive descent that emits code directly.
//!
//! What must stand before code that is there already (the head of a loop, the first branch of a disjunction) is inserted;
//! relative jumps inside the moved code stay right. In a lookbehind the terms are turned round as they come. The grammar is
//! that of ES2023 with Annex B's additions for patterns without the flag `u`, and without Unicode property escapes, whose
//! tables would be larger than the runtime.

use super::{HEADER_BYTES, INFINITE, INVERTED, JUMP_BIAS, flag, item, op};

/// Groups inside one another.
const MAX_DEPTH: u32 = 64;
/// The greatest number of two bytes.
const MAX_SHORT: u32 = (1 << 14) - 1;

/// Why a pattern is refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs, reason = "their messages say what they are")]
pub enum SyntaxError {
    NothingToRepeat,
    UnterminatedGroup,
    UnmatchedParenthesis,
    UnterminatedClass,
    RangeOrder,
    QuantifierOrder,
    BackslashAtEnd,
    InvalidGroup,
    GroupName,
    DuplicateName,
    NamedReference,
    UnknownName,
    Escape,
    DecimalEscape,
    UnicodeEscape,
    PropertyName,
    ClassCharacter,
    LoneBrackets,
    IncompleteQuantifier,
    Quantifier,
    TooLarge,
}

impl SyntaxError {
    /// V8's words for it.
    pub fn message(self) -> &'static str {
        match self {
            SyntaxError::NothingToRepeat => "Nothing to repeat",
            SyntaxError::UnterminatedGroup => "Unterminated group",
            SyntaxError::UnmatchedParenthesis => "Unmatched ')'",
            SyntaxError::UnterminatedClass => "Unterminated character class",
            SyntaxError::RangeOrder => "Range out of order in character class",
            SyntaxError::QuantifierOrder => "numbers out of order in {} quantifier",
            SyntaxError::BackslashAtEnd => "\\ at end of pattern",
            SyntaxError::InvalidGroup => "Invalid group",
            SyntaxError::GroupName => "Invalid capture group name",
            SyntaxError::DuplicateName => "Duplicate capture group name",
            SyntaxError::NamedReference => "Invalid named reference",
            SyntaxError::UnknownName => "Invalid named capture referenced",
            SyntaxError::Escape => "Invalid escape",
            SyntaxError::DecimalEscape => "Invalid decimal escape",
            SyntaxError::UnicodeEscape => "Invalid Unicode escape",
            SyntaxError::PropertyName => "Invalid property name",
            SyntaxError::ClassCharacter => "Invalid character class",
            SyntaxError::LoneBrackets => "Lone quantifier brackets",
            SyntaxError::IncompleteQuantifier => "Incomplete quantifier",
            SyntaxError::Quantifier => "Invalid quantifier",
            SyntaxError::TooLarge => "Regular expression too large",
        }
    }
}

/// Why there is no program.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CompileError {
    /// The pattern is refused.
    Syntax(SyntaxError),
    /// The buffer is too small; another attempt with a larger one may do.
    Full,
}

type Result<T> = core::result::Result<T, CompileError>;

fn refuse<T>(error: SyntaxError) -> Result<T> {
    Err(CompileError::Syntax(error))
}

/// Compiles a pattern of WTF-8 to a program in a buffer; its length.
///
/// # Errors
/// See [`CompileError`].
pub fn compile(pattern: &[u8], flags: u8, buffer: &mut [u8]) -> Result<usize> {
    let mut groups = Groups { pattern, at: 0, number: 0 };
    let mut named = false;
    while let Some((_, name)) = groups.next() {
        named |= name.is_some();
    }
    let mut compiler = Compiler {
        pattern,
        at: 0,
        unicode: flags & flag::UNICODE != 0,
        flags,
        groups: groups.number,
        named,
        code: buffer,
        end: HEADER_BYTES,
        captures: 1,
        registers: 0,
        depth: 0,
        backward: false,
        low: None,
    };
    if groups.number >= MAX_SHORT / 2 {
        return refuse(SyntaxError::TooLarge);
    }
    compiler.emit2(op::SAVE, 0)?;
    compiler.disjunction()?;
    if compiler.peek().is_some() {
        return refuse(SyntaxError::UnmatchedParenthesis);
    }
    compiler.emit2(op::SAVE, 1)?;
    compiler.emit(op::MATCH)?;
    let code = compiler.end - HEADER_BYTES;
    if code >= JUMP_BIAS as usize {
        return refuse(SyntaxError::TooLarge);
    }
    compiler.names()?;
    let names = compiler.end - HEADER_BYTES - code;
    for &byte in pattern {
        compiler.emit(byte)?;
    }
    let end = compiler.end;
    compiler.end = 0;
    compiler.emit(flags)?;
    compiler.short(compiler.captures)?;
    compiler.short(compiler.registers)?;
    compiler.long(code as u32)?;
    compiler.long(names as u32)?;
    Ok(end)
}

/// The code point at a place of WTF-8 and the place after it.
fn decode(text: &[u8], at: usize) -> Option<(u32, usize)> {
    let rest = text.get(at..)?;
    let tail = |byte: u8| u32::from(byte & 0x3f);
    Some(match *rest {
        [a, ..] if a < 0x80 => (u32::from(a), at + 1),
        [a, b, ..] if a < 0xe0 => (u32::from(a & 0x1f) << 6 | tail(b), at + 2),
        [a, b, c, ..] if a < 0xf0 => (u32::from(a & 0xf) << 12 | tail(b) << 6 | tail(c), at + 3),
        [a, b, c, d, ..] => (u32::from(a & 7) << 18 | tail(b) << 12 | tail(c) << 6 | tail(d), at + 4),
        [a, ..] => (u32::from(a), at + 1),
        [] => return None,
    })
}

/// So many hexadecimal digits at a place: their value.
fn hex(text: &[u8], at: usize, digits: usize) -> Option<u32> {
    let mut value = 0;
    for &digit in text.get(at..at + digits)? {
        value = value << 4 | char::from(digit).to_digit(16)?;
    }
    Some(value)
}

/// `{…}` with hexadecimal digits at a place: their value and the place after it.
fn braced(text: &[u8], at: usize) -> Option<(u32, usize)> {
    let digits = text.get(at..)?.strip_prefix(b"{")?;
    let len = digits.iter().position(|&byte| byte == b'}').filter(|&len| len != 0)?;
    let mut value = 0_u32;
    for &digit in digits.get(..len)? {
        value = (value << 4 | char::from(digit).to_digit(16)?).min(0x0fff_ffff);
    }
    (value <= 0x10_ffff).then_some((value, at + len + 2))
}

/// What follows `\u`, with surrogate pairs joined: the code point and the place after it.
fn unicode_escape(text: &[u8], at: usize) -> Option<(u32, usize)> {
    if text.get(at) == Some(&b'{') {
        return braced(text, at);
    }
    let high = hex(text, at, 4)?;
    if (0xd800..0xdc00).contains(&high)
        && text.get(at + 4..at + 6) == Some(b"\\u")
        && let Some(low @ 0xdc00..0xe000) = hex(text, at + 6, 4)
    {
        return Some((0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00), at + 10));
    }
    Some((high, at + 4))
}

/// One code point of a group's name and the place after it; `None` if it can not be there. That is decided by a few ranges instead
/// of the tables of Unicode: what they let through wrongly is neither a symbol nor a picture.
fn name_part(text: &[u8], at: usize, first: bool) -> Option<(u32, usize)> {
    let (code, next) = match decode(text, at)? {
        (0x5c, next) if text.get(next) == Some(&b'u') => unicode_escape(text, next + 1)?,
        plain => plain,
    };
    let fits = match code {
        0x24 | 0x5f | 0x41..=0x5a | 0x61..=0x7a => true,
        0x30..=0x39 => !first,
        // Digits of Osmanya and of mathematics.
        0x1_04a0..=0x1_04a9 | 0x1_d7ce..=0x1_d7ff => !first,
        // Surrogates, line ends, arrows to dingbats, pictures, and what is above the last letter.
        0xd800..=0xdfff | 0x2028 | 0x2029 | 0x2190..=0x2bff | 0x1_f000..=0x1_fbef | 0xe_01f0.. => false,
        _ => code >= 0xaa,
    };
    fits.then_some((code, next))
}

/// The place after the `>` of a name that starts at a place.
fn name_end(text: &[u8], start: usize) -> Option<usize> {
    let mut at = start;
    while text.get(at) != Some(&b'>') {
        at = name_part(text, at, at == start)?.1;
    }
    (at != start).then_some(at + 1)
}

/// Whether two names are the same.
fn same_name(text: &[u8], mut a: usize, mut b: usize) -> bool {
    loop {
        match (name_part(text, a, false), name_part(text, b, false)) {
            (Some((x, after_a)), Some((y, after_b))) if x == y => (a, b) = (after_a, after_b),
            (None, None) => return text.get(a) == Some(&b'>') && text.get(b) == Some(&b'>'),
            _ => return false,
        }
    }
}

/// The capturing groups of a pattern, from the left: number, and where the name starts.
struct Groups<'p> {
    pattern: &'p [u8],
    at: usize,
    number: u32,
}

impl Groups<'_> {
    fn next(&mut self) -> Option<(u32, Option<usize>)> {
        let mut class = false;
        loop {
            let byte = *self.pattern.get(self.at)?;
            self.at += 1;
            match byte {
                b'\\' => self.at += 1,
                b'[' => class = true,
                b']' => class = false,
                b'(' if !class => {
                    let rest = self.pattern.get(self.at..).unwrap_or_default();
                    let name = match rest {
                        [b'?', b'<', next, ..] if !matches!(next, b'=' | b'!') => Some(self.at + 2),
                        [b'?', ..] => continue,
                        _ => None,
                    };
                    self.number += 1;
                    return Some((self.number, name));
                }
                _ => {}
            }
        }
    }
}

/// What a term is, for the quantifier after it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Term {
    /// Nothing that can be repeated.
    Assertion,
    /// A lookahead, which Annex B lets be repeated.
    Lookahead,
    /// One character.
    Single,
    /// Anything else.
    Atom,
    /// The first half of a pair, whose second half is still to come.
    Half,
}

struct Compiler<'p, 'b> {
    pattern: &'p [u8],
    at: usize,
    unicode: bool,
    flags: u8,
    /// Number of groups in the whole pattern, and whether one has a name.
    groups: u32,
    named: bool,
    code: &'b mut [u8],
    end: usize,
    /// Number of the next group.
    captures: u32,
    registers: u32,
    depth: u32,
    /// Inside a lookbehind.
    backward: bool,
    /// Second half of a surrogate pair of the pattern that a pattern without `u` sees as two characters.
    low: Option<u32>,
}

impl Compiler<'_, '_> {
    fn peek(&self) -> Option<u8> {
        self.pattern.get(self.at).copied()
    }

    fn looking_at(&self, text: &[u8]) -> bool {
        self.pattern.get(self.at..).is_some_and(|rest| rest.starts_with(text))
    }

    fn eat(&mut self, text: &[u8]) -> bool {
        let found = self.looking_at(text);
        if found {
            self.at += text.len();
        }
        found
    }

    fn emit(&mut self, byte: u8) -> Result<()> {
        *self.code.get_mut(self.end).ok_or(CompileError::Full)? = byte;
        self.end += 1;
        Ok(())
    }

    fn short(&mut self, number: u32) -> Result<()> {
        if number > MAX_SHORT {
            return refuse(SyntaxError::TooLarge);
        }
        self.emit((number & 0x7f) as u8)?;
        self.emit((number >> 7 & 0x7f) as u8)
    }

    fn long(&mut self, number: u32) -> Result<()> {
        self.emit((number & 0x7f) as u8)?;
        self.emit((number >> 7 & 0x7f) as u8)?;
        self.emit((number >> 14 & 0x7f) as u8)
    }

    fn emit2(&mut self, op: u8, number: u32) -> Result<()> {
        self.emit(op)?;
        self.short(number)
    }

    /// A jump whose target is not known yet; [`Compiler::land`] sets it.
    fn jump(&mut self) -> Result<usize> {
        self.long(0)?;
        Ok(self.end)
    }

    /// Lets the jump whose operand ends at a place go to another.
    fn aim(&mut self, after: usize, target: usize) -> Result<()> {
        let end = self.end;
        self.end = after - 3;
        self.long((JUMP_BIAS + target as u32).wrapping_sub(after as u32))?;
        self.end = end;
        Ok(())
    }

    /// Lets a jump go to the end of the code.
    fn land(&mut self, after: usize) -> Result<()> {
        self.aim(after, self.end)
    }

    /// Moves what was emitted from `from` on before what starts at `to`.
    fn bring_forward(&mut self, from: usize, to: usize) {
        let len = self.end - from;
        if let Some(part) = self.code.get_mut(to..self.end)
            && let Some(before) = part.len().checked_sub(len)
        {
            // A rotation, by the way that takes the least code.
            part.reverse();
            if let Some((moved, passed)) = part.split_at_mut_checked(part.len() - before) {
                moved.reverse();
                passed.reverse();
            }
        }
    }

    fn register(&mut self, count: u32) -> u32 {
        let register = self.registers;
        self.registers += count;
        register
    }

    fn disjunction(&mut self) -> Result<()> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return refuse(SyntaxError::TooLarge);
        }
        // The jumps from the ends of the branches are chained through their operands until the end is known.
        let mut chain = 0;
        loop {
            let start = self.end;
            self.alternative()?;
            if !self.eat(b"|") {
                break;
            }
            self.emit(op::JUMP)?;
            self.long(chain)?;
            let head = self.end;
            self.emit(op::SPLIT)?;
            let split = self.jump()?;
            let size = split - head;
            self.bring_forward(head, start);
            self.aim(start + size, self.end)?;
            chain = self.end as u32;
        }
        while chain != 0 {
            let next = super::read3(self.code, chain as usize - 3);
            self.land(chain as usize)?;
            chain = next;
        }
        self.depth -= 1;
        Ok(())
    }

    fn alternative(&mut self) -> Result<()> {
        let start = self.end;
        while self.low.is_some() || !matches!(self.peek(), None | Some(b'|' | b')')) {
            let term = self.end;
            self.term()?;
            if self.backward {
                self.bring_forward(term, start);
            }
        }
        Ok(())
    }

    fn term(&mut self) -> Result<()> {
        let (start, first) = (self.end, self.captures);
        let term = self.atom()?;
        if matches!(term, Term::Half) {
            return Ok(());
        }
        if matches!(term, Term::Assertion) || self.unicode && term == Term::Lookahead {
            let follows = matches!(self.peek(), Some(b'*' | b'+' | b'?')) && term == Term::Lookahead;
            return if follows { refuse(SyntaxError::Quantifier) } else { Ok(()) };
        }
        let Some((least, most)) = self.quantifier()? else { return Ok(()) };
        let greedy = !self.eat(b"?");
        if most == 0 {
            self.end = start;
            return Ok(());
        }
        let body = self.end;
        if term == Term::Single && greedy && !self.backward {
            self.emit(op::RUN)?;
            self.long(least)?;
            self.long(most)?;
            self.bring_forward(body, start);
            return Ok(());
        }
        let register = self.register(2);
        self.emit2(op::NEXT, register)?;
        self.long(least)?;
        self.jump()?;
        let head = self.end;
        self.emit2(op::INIT, register)?;
        let loop_head = self.end - head + start;
        self.emit2(op::LOOP, register)?;
        self.long(least)?;
        self.long(most)?;
        self.emit(u8::from(greedy))?;
        let exit = self.jump()? - head + start;
        if first != self.captures {
            self.emit2(op::RESET, first)?;
            self.short(self.captures)?;
        }
        self.bring_forward(head, start);
        self.aim(self.end, loop_head)?;
        self.land(exit)
    }

    /// A quantifier, if there is one: least and most.
    fn quantifier(&mut self) -> Result<Option<(u32, u32)>> {
        Ok(Some(match self.peek() {
            Some(b'*') => (self.advance(), (0, INFINITE)).1,
            Some(b'+') => (self.advance(), (1, INFINITE)).1,
            Some(b'?') => (self.advance(), (0, 1)).1,
            Some(b'{') => match self.interval() {
                Some((least, most)) if least > most => return refuse(SyntaxError::QuantifierOrder),
                Some(bounds) => bounds,
                None if self.unicode => return refuse(SyntaxError::IncompleteQuantifier),
                None => return Ok(None),
            },
            _ => return Ok(None),
        }))
    }

    fn advance(&mut self) {
        self.at += 1;
    }

    /// `{n}`, `{n,}`, `{n,m}`; nothing is consumed if it is none of these.
    fn interval(&mut self) -> Option<(u32, u32)> {
        let start = self.at;
        self.at += 1;
        let least = self.decimal();
        let most = if self.eat(b",") {
            if self.peek() == Some(b'}') { Some(INFINITE) } else { self.decimal() }
        } else {
            least
        };
        if let (Some(least), Some(most)) = (least, most)
            && self.eat(b"}")
        {
            return Some((least, most));
        }
        self.at = start;
        None
    }

    /// A decimal number; those too great are as good as infinite.
    fn decimal(&mut self) -> Option<u32> {
        let start = self.at;
        let mut value = 0_u32;
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            value = (value * 10 + u32::from(digit - b'0')).min(INFINITE);
            self.at += 1;
        }
        (self.at != start).then_some(value)
    }

    /// An opcode that matches text, in the direction of the moment.
    fn directed(&self, op: u8) -> u8 {
        if self.backward { op | op::BACKWARD } else { op }
    }

    fn atom(&mut self) -> Result<Term> {
        if let Some(low) = self.low.take() {
            return self.unit(low);
        }
        let Some((code, next)) = decode(self.pattern, self.at) else { return Ok(Term::Assertion) };
        let multiline = self.flags & flag::MULTILINE != 0;
        match code as u8 as char {
            _ if code >= 0x80 => {}
            '^' => {
                self.at = next;
                self.emit(if multiline { op::LINE_START } else { op::START })?;
                return Ok(Term::Assertion);
            }
            '$' => {
                self.at = next;
                self.emit(if multiline { op::LINE_END } else { op::END })?;
                return Ok(Term::Assertion);
            }
            '(' => {
                self.at = next;
                return self.group();
            }
            '.' => {
                self.at = next;
                let dot = if self.flags & flag::DOT_ALL != 0 { op::ALL } else { op::ANY };
                self.emit(self.directed(dot))?;
                return Ok(Term::Single);
            }
            '[' => {
                self.at = next;
                return self.class();
            }
            '\\' => {
                self.at = next;
                return self.escape();
            }
            '*' | '+' | '?' => return refuse(SyntaxError::NothingToRepeat),
            '{' => {
                if self.interval().is_some() {
                    return refuse(SyntaxError::NothingToRepeat);
                }
                if self.unicode {
                    return refuse(SyntaxError::LoneBrackets);
                }
            }
            '}' | ']' if self.unicode => return refuse(SyntaxError::LoneBrackets),
            _ => {}
        }
        self.at = next;
        self.character(code)
    }

    /// A character of the pattern. Without `u` one beyond the basic plane is two.
    fn character(&mut self, code: u32) -> Result<Term> {
        if code > 0xffff && !self.unicode {
            self.low = Some(0xdc00 + ((code - 0x1_0000) & 0x3ff));
            self.unit(0xd800 + ((code - 0x1_0000) >> 10))?;
            return Ok(Term::Half);
        }
        self.unit(code)
    }

    fn unit(&mut self, code: u32) -> Result<Term> {
        if code < 0x80 {
            self.emit(self.directed(op::CHAR))?;
            self.emit(code as u8)?;
        } else {
            self.emit(self.directed(op::CODE))?;
            self.long(code)?;
        }
        Ok(Term::Single)
    }

    fn group(&mut self) -> Result<Term> {
        if self.eat(b"?") {
            if self.eat(b":") {
                self.disjunction()?;
                return self.close(Term::Atom);
            }
            for (mark, backward, negative) in [
                (b"=".as_slice(), false, false),
                (b"!", false, true),
                (b"<=", true, false),
                (b"<!", true, true),
            ] {
                if self.eat(mark) {
                    return self.look(backward, negative);
                }
            }
            if !self.eat(b"<") {
                return refuse(SyntaxError::InvalidGroup);
            }
            let start = self.at;
            let Some(end) = name_end(self.pattern, start) else { return refuse(SyntaxError::GroupName) };
            if self.group_named(start, self.captures).is_some() {
                return refuse(SyntaxError::DuplicateName);
            }
            self.at = end;
        }
        let number = self.captures;
        self.captures += 1;
        let (first, last) = if self.backward { (1, 0) } else { (0, 1) };
        self.emit2(op::SAVE, 2 * number + first)?;
        self.disjunction()?;
        self.emit2(op::SAVE, 2 * number + last)?;
        self.close(Term::Atom)
    }

    fn close(&mut self, term: Term) -> Result<Term> {
        if self.eat(b")") { Ok(term) } else { refuse(SyntaxError::UnterminatedGroup) }
    }

    fn look(&mut self, backward: bool, negative: bool) -> Result<Term> {
        let outer = self.backward;
        let register = self.register(2);
        self.emit2(op::LOOK, register)?;
        self.emit(u8::from(negative))?;
        let exit = self.jump()?;
        self.backward = backward;
        self.disjunction()?;
        self.backward = outer;
        self.emit2(op::LOOK_END, register)?;
        self.emit(u8::from(negative))?;
        self.land(exit)?;
        self.close(if backward { Term::Assertion } else { Term::Lookahead })
    }

    /// The number of the group with the name that starts at a place, among those before a number.
    fn group_named(&self, name: usize, before: u32) -> Option<u32> {
        let mut groups = Groups { pattern: self.pattern, at: 0, number: 0 };
        while let Some((number, start)) = groups.next() {
            if number >= before {
                return None;
            }
            if start.is_some_and(|start| same_name(self.pattern, start, name)) {
                return Some(number);
            }
        }
        None
    }

    /// What follows a backslash outside of classes.
    fn escape(&mut self) -> Result<Term> {
        let Some(byte) = self.peek() else { return refuse(SyntaxError::BackslashAtEnd) };
        match byte {
            b'b' | b'B' => {
                self.at += 1;
                self.emit(if byte == b'b' { op::BOUNDARY } else { op::NOT_BOUNDARY })?;
                return Ok(Term::Assertion);
            }
            b'd' | b'D' | b'w' | b'W' | b's' | b'S' => {
                self.at += 1;
                self.emit(self.directed(op::CLASS))?;
                self.short(1)?;
                self.emit(set_item(byte))?;
                return Ok(Term::Single);
            }
            b'1'..=b'9' => {
                let start = self.at;
                let number = self.decimal().unwrap_or(INFINITE);
                if number <= self.groups {
                    self.emit2(self.directed(op::BACK_REFERENCE), number)?;
                    return Ok(Term::Atom);
                }
                if self.unicode {
                    return refuse(SyntaxError::Escape);
                }
                self.at = start;
            }
            b'k' if self.unicode || self.named => {
                self.at += 1;
                let start = self.at + 1;
                if self.peek() != Some(b'<') {
                    return refuse(SyntaxError::NamedReference);
                }
                let Some(end) = name_end(self.pattern, start) else {
                    return refuse(SyntaxError::NamedReference);
                };
                let Some(number) = self.group_named(start, u32::MAX) else {
                    return refuse(SyntaxError::UnknownName);
                };
                self.at = end;
                self.emit2(self.directed(op::BACK_REFERENCE), number)?;
                return Ok(Term::Atom);
            }
            _ => {}
        }
        let code = self.character_escape(false)?;
        self.character(code)
    }

    /// What follows a backslash and is one character.
    fn character_escape(&mut self, in_class: bool) -> Result<u32> {
        let Some((code, next)) = decode(self.pattern, self.at) else {
            return refuse(SyntaxError::BackslashAtEnd);
        };
        let start = self.at;
        self.at = next;
        let byte = if code < 0x80 { code as u8 } else { 0 };
        Ok(match byte {
            b'f' => 0xc,
            b'n' => 0xa,
            b'r' => 0xd,
            b't' => 0x9,
            b'v' => 0xb,
            b'c' => {
                let control = self.peek().filter(|byte| {
                    byte.is_ascii_alphabetic()
                        || in_class && !self.unicode && (byte.is_ascii_digit() || *byte == b'_')
                });
                match control {
                    Some(letter) => {
                        self.at += 1;
                        u32::from(letter & 0x1f)
                    }
                    None if self.unicode => return refuse(SyntaxError::UnicodeEscape),
                    None => {
                        // The backslash stands for itself.
                        self.at = start;
                        0x5c
                    }
                }
            }
            b'0' if !matches!(self.peek(), Some(b'0'..=b'9')) => 0,
            b'0'..=b'9' if self.unicode => {
                return refuse(if byte == b'0' || in_class {
                    SyntaxError::DecimalEscape
                } else {
                    SyntaxError::Escape
                });
            }
            b'0'..=b'7' => {
                let mut value = u32::from(byte - b'0');
                for _ in 0..2 {
                    if let Some(digit @ b'0'..=b'7') = self.peek()
                        && value * 8 + u32::from(digit - b'0') <= 0o377
                    {
                        value = value * 8 + u32::from(digit - b'0');
                        self.at += 1;
                    } else {
                        break;
                    }
                }
                value
            }
            b'x' => match hex(self.pattern, self.at, 2) {
                Some(value) => {
                    self.at += 2;
                    value
                }
                None if self.unicode => return refuse(SyntaxError::Escape),
                None => code,
            },
            b'u' => {
                let found = if self.unicode {
                    unicode_escape(self.pattern, self.at)
                } else {
                    hex(self.pattern, self.at, 4).map(|value| (value, self.at + 4))
                };
                match found {
                    Some((value, next)) => {
                        self.at = next;
                        value
                    }
                    None if self.unicode => return refuse(SyntaxError::UnicodeEscape),
                    None => code,
                }
            }
            b'p' | b'P' if self.unicode => return refuse(SyntaxError::PropertyName),
            b'-' if in_class => code,
            b'k' if self.named && !in_class => return refuse(SyntaxError::NamedReference),
            _ if self.unicode && !b"^$\\.*+?()[]{}|/".contains(&byte) => return refuse(SyntaxError::Escape),
            _ => code,
        })
    }

    fn class(&mut self) -> Result<Term> {
        self.emit(self.directed(op::CLASS))?;
        let length_at = self.end;
        self.short(0)?;
        let inverted = if self.eat(b"^") { INVERTED } else { 0 };
        loop {
            if self.eat(b"]") {
                break;
            }
            let low = self.class_atom()?;
            // A hyphen that is last stands for itself.
            if !self.looking_at(b"-") || self.looking_at(b"-]") {
                self.range(low, low)?;
                continue;
            }
            self.at += 1;
            let high = self.class_atom()?;
            match (low, high) {
                (Some(low), Some(high)) if low > high => return refuse(SyntaxError::RangeOrder),
                (Some(_), Some(_)) => self.range(low, high)?,
                _ if self.unicode => return refuse(SyntaxError::ClassCharacter),
                _ => {
                    self.range(low, low)?;
                    self.range(Some(0x2d), Some(0x2d))?;
                    self.range(high, high)?;
                }
            }
        }
        let end = self.end;
        let length = (end - length_at - 2) as u32;
        if length >= INVERTED {
            return refuse(SyntaxError::TooLarge);
        }
        self.end = length_at;
        self.short(length | inverted)?;
        self.end = end;
        Ok(Term::Single)
    }

    /// Adds the code points between two; nothing if the atom was a set, which has been added already.
    fn range(&mut self, low: Option<u32>, high: Option<u32>) -> Result<()> {
        let (Some(low), Some(high)) = (low, high) else { return Ok(()) };
        if high < 0x80 {
            self.emit(item::ASCII_RANGE)?;
            self.emit(low as u8)?;
            return self.emit(high as u8);
        }
        self.emit(item::RANGE)?;
        self.long(low)?;
        self.long(high)
    }

    /// A character of a class; `None` for a set, which is added.
    fn class_atom(&mut self) -> Result<Option<u32>> {
        if let Some(low) = self.low.take() {
            return Ok(Some(low));
        }
        let Some((code, next)) = decode(self.pattern, self.at) else {
            return refuse(SyntaxError::UnterminatedClass);
        };
        self.at = next;
        if code > 0xffff && !self.unicode {
            // The first half is an atom of its own; so is the second, which is the one that may begin a range.
            let high = 0xd800 + ((code - 0x1_0000) >> 10);
            self.range(Some(high), Some(high))?;
            return Ok(Some(0xdc00 + ((code - 0x1_0000) & 0x3ff)));
        }
        if code != 0x5c {
            return Ok(Some(code));
        }
        match self.peek() {
            None => refuse(SyntaxError::BackslashAtEnd),
            Some(b'b') => {
                self.at += 1;
                Ok(Some(8))
            }
            Some(set @ (b'd' | b'D' | b'w' | b'W' | b's' | b'S')) => {
                self.at += 1;
                self.emit(set_item(set))?;
                Ok(None)
            }
            Some(b'B') if self.unicode => refuse(SyntaxError::Escape),
            Some(_) => self.character_escape(true).map(Some),
        }
    }

    /// The table of names.
    fn names(&mut self) -> Result<()> {
        let mut groups = Groups { pattern: self.pattern, at: 0, number: 0 };
        while let Some((number, name)) = groups.next() {
            let Some(mut at) = name else { continue };
            self.short(number)?;
            let len_at = self.end;
            self.short(0)?;
            while let Some((code, next)) = name_part(self.pattern, at, false) {
                self.utf8(code)?;
                at = next;
            }
            let end = self.end;
            self.end = len_at;
            self.short((end - len_at - 2) as u32)?;
            self.end = end;
        }
        Ok(())
    }

    fn utf8(&mut self, code: u32) -> Result<()> {
        let mut buffer = [0; 4];
        let text = char::from_u32(code).unwrap_or('\u{fffd}').encode_utf8(&mut buffer);
        for byte in text.bytes() {
            self.emit(byte)?;
        }
        Ok(())
    }
}

fn set_item(letter: u8) -> u8 {
    match letter {
        b'd' => item::DIGIT,
        b'D' => item::NOT_DIGIT,
        b'w' => item::WORD,
        b'W' => item::NOT_WORD,
        b's' => item::SPACE,
        _ => item::NOT_SPACE,
    }
}
