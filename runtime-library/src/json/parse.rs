//! `JSON.parse`.
//!
//! The parser keeps what it is inside of on the tagged stack, so the depth of a text is bounded by that stack and not by
//! the machine's.

use jerboa_rt::image::find_atom;
use jerboa_rt::memory::store;
use jerboa_rt::number::string_to_number;
use jerboa_rt::text::{self, Counter, JsonStringError, Sink, json_unquote};
use jerboa_rt::value::{Key, Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{ErrorKind, Piece, Result, Thrown};

jerboa_rt::native! {
    /// `JSON.parse(text, reviver)`
    fn jrt_n_json_parse(vm, args) {
        let [source, reviver] = args.take(vm)?;
        let [value, holder] = vm.slots()?;
        vm.to_flat_string(source)?;
        Parser { source, at: 0 }.parse(vm, value)?;
        if vm.get(reviver).is_callable() {
            vm.new_object()?.store(holder);
            let key = Value::EMPTY_STRING.word();
            let key = vm.push_word(key)?;
            vm.define_field(holder, Key::slot(key), value)?;
            revive(vm, holder, key, reviver, value)?;
        }
        Ok(vm.get(value))
    }
}

/// Passes the value of a property, its parts first, through the reviver; the result is put in a slot.
fn revive(vm: &mut Vm, holder: Slot, key: Slot, reviver: Slot, to: Slot) -> Result<()> {
    vm.enter_native_code()?;
    let outcome = revive_parts(vm, holder, key, reviver, to);
    vm.leave_native_code();
    outcome
}

fn revive_parts(vm: &mut Vm, holder: Slot, key: Slot, reviver: Slot, to: Slot) -> Result<()> {
    let mark = vm.mark();
    let [value, keys, part_key, part, name] = vm.slots()?;
    vm.get_property(holder, Key::slot(key))?.store(value);
    if vm.get(value).is_object() {
        let array = vm.get(value).is_array();
        let count = if array {
            crate::array::Subject::of(vm, value)?.1
        } else {
            vm.own_keys(value, jerboa_rt::Filter::Enumerable)?.store(keys);
            u64::from(vm.array_length(keys))
        };
        for i in 0..count {
            if array {
                vm.index(i)?.store(part_key);
                vm.to_property_key(part_key)?;
            } else {
                vm.array_get(keys, i as u32).store(part_key);
            }
            revive(vm, value, part_key, reviver, part)?;
            if vm.get(part).is_undefined() {
                vm.delete_property(value, Key::slot(part_key))?;
            } else {
                let whole = jerboa_rt::Descriptor::data(part, jerboa_rt::shape::attributes::ALL);
                vm.define_own_property(value, Key::slot(part_key), &whole)?;
            }
        }
    }
    vm.copy(key, name);
    vm.key_to_string(name)?;
    vm.call_with(reviver, holder, &[name, value])?.store(to);
    vm.release(mark);
    Ok(())
}

/// What is wrong with a text.
#[derive(Clone, Copy)]
enum Problem {
    /// Nothing can begin with the character.
    UnexpectedToken,
    /// Something is behind the end.
    Trailing,
    /// Something else, by its message.
    Expected(&'static str),
}

struct Parser {
    /// The flat string that is parsed.
    source: Slot,
    /// Offset of the next byte.
    at: usize,
}

/// An array or object that is being filled.
#[derive(Clone, Copy)]
struct Container {
    object: Slot,
    /// Key of the property whose value comes next.
    key: Slot,
}

/// The length of a string literal's text if the text stands there as it is: up to the quotation mark, nothing is escaped.
fn plain_length(text: &[u8]) -> Option<usize> {
    let end = text.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f))?;
    (text.get(end) == Some(&b'"')).then_some(end)
}

/// Passes over a number that starts at an offset: its end, and its value if that is a short integer. Otherwise where it is
/// wrong, and how.
fn scan_number(
    text: &[u8],
    start: usize,
) -> core::result::Result<(usize, Option<i32>), (usize, &'static str)> {
    let digits = |from: usize| {
        let count =
            text.get(from..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_digit()).count();
        from + count
    };
    let is = |at: usize, byte: u8| text.get(at) == Some(&byte);
    let negative = is(start, b'-');
    let first = start + usize::from(negative);
    let mut at = digits(first);
    if at == first {
        return Err((at, "No number after minus sign"));
    }
    let zero = is(first, b'0');
    if zero && at > first + 1 {
        return Err((first + 1, "Unexpected number"));
    }
    let exponent = |at: usize| is(at, b'e') || is(at, b'E');
    // Nine digits are a small integer; -0 is none.
    let minus_zero = negative && zero;
    if at - first <= 9 && !minus_zero && !is(at, b'.') && !exponent(at) {
        let digits = text.get(first..at).unwrap_or_default();
        let size = digits.iter().fold(0, |number, digit| 10 * number + i32::from(digit - b'0'));
        return Ok((at, Some(if negative { -size } else { size })));
    }
    if is(at, b'.') {
        let first = at + 1;
        at = digits(first);
        if at == first {
            return Err((at, "Unterminated fractional number"));
        }
    }
    if exponent(at) {
        let first = at + 1 + usize::from(is(at + 1, b'+') || is(at + 1, b'-'));
        at = digits(first);
        if at == first {
            return Err((at, "Exponent part is missing a number"));
        }
    }
    Ok((at, None))
}

impl Parser {
    /// The text from an offset on, until something is allocated.
    #[inline(always)]
    fn text<'h>(&self, vm: &'h Vm, from: usize) -> &'h [u8] {
        vm.flat_text(self.source).get(from..).unwrap_or_default()
    }

    #[inline(always)]
    fn peek(&self, vm: &Vm) -> Option<u8> {
        self.text(vm, self.at).first().copied()
    }

    /// The next byte after white space.
    fn next(&mut self, vm: &Vm) -> Option<u8> {
        let text = vm.flat_text(self.source);
        loop {
            match text.get(self.at).copied() {
                Some(b' ' | b'\t' | b'\n' | b'\r') => self.at += 1,
                other => return other,
            }
        }
    }

    fn parse(&mut self, vm: &mut Vm, value: Slot) -> Result<()> {
        let bottom = vm.mark();
        let mut depth = 0u32;
        // The container at the top, if `depth` is not 0; its slots are the last ones on the stack.
        let mut top = Container { object: value, key: value };
        loop {
            // A value begins.
            match self.next(vm) {
                Some(open @ (b'{' | b'[')) => {
                    self.at += 1;
                    let [object, key] = vm.slots()?;
                    if open == b'{' { vm.new_object()? } else { vm.new_array(0)? }.store(object);
                    let close = if open == b'{' { b'}' } else { b']' };
                    top = Container { object, key };
                    depth += 1;
                    if self.next(vm) != Some(close) {
                        if open == b'{' {
                            self.key(vm, key, "Expected property name or '}'")?;
                        }
                        continue;
                    }
                    self.at += 1;
                    self.close(vm, &mut top, &mut depth, value);
                }
                Some(b'"') => self.string(vm, value)?,
                Some(b'-' | b'0'..=b'9') => self.number(vm, value)?,
                Some(b't') => self.literal(vm, b"true", Value::TRUE, value)?,
                Some(b'f') => self.literal(vm, b"false", Value::FALSE, value)?,
                Some(b'n') => self.literal(vm, b"null", Value::NULL, value)?,
                _ => return Err(self.fail(vm, Problem::UnexpectedToken)),
            }
            // It has ended, and perhaps what it is in.
            loop {
                if depth == 0 {
                    vm.release(bottom);
                    return match self.next(vm) {
                        None => Ok(()),
                        Some(_) => Err(self.fail(vm, Problem::Trailing)),
                    };
                }
                let array = vm.get(top.object).is_array();
                if array {
                    vm.array_push(top.object, value)?;
                } else {
                    vm.define_field(top.object, Key::slot(top.key), value)?;
                }
                match (self.next(vm), array) {
                    (Some(b','), true) => {
                        self.at += 1;
                        break;
                    }
                    (Some(b','), false) => {
                        self.at += 1;
                        self.next(vm);
                        self.key(vm, top.key, "Expected double-quoted property name")?;
                        break;
                    }
                    (Some(b']'), true) | (Some(b'}'), false) => {
                        self.at += 1;
                        self.close(vm, &mut top, &mut depth, value);
                    }
                    (_, true) => {
                        return Err(
                            self.fail(vm, Problem::Expected("Expected ',' or ']' after array element"))
                        );
                    }
                    (_, false) => {
                        return Err(
                            self.fail(vm, Problem::Expected("Expected ',' or '}' after property value"))
                        );
                    }
                }
            }
        }
    }

    /// The container at the top becomes the value, and the one below it the top.
    fn close(&self, vm: &mut Vm, top: &mut Container, depth: &mut u32, value: Slot) {
        vm.copy(top.object, value);
        vm.release(top.object);
        *depth -= 1;
        if *depth != 0 {
            // Containers lie one upon the other, two slots each.
            *top = Container { object: top.object.below(2), key: top.key.below(2) };
        }
    }

    /// Reads a property's name and the colon.
    fn key(&mut self, vm: &mut Vm, key: Slot, message: &'static str) -> Result<()> {
        if self.peek(vm) != Some(b'"') {
            return Err(self.fail(vm, Problem::Expected(message)));
        }
        let known = self.known_key(vm);
        if let Some((name, len)) = known {
            store(key.0, name);
            self.at += len + 2;
        } else {
            self.string(vm, key)?;
            vm.to_property_key(key)?;
        }
        if self.next(vm) != Some(b':') {
            return Err(self.fail(vm, Problem::Expected("Expected ':' after property name")));
        }
        self.at += 1;
        Ok(())
    }

    /// The key at the current place, if it needs no memory, and its length. It is not the text of an index.
    fn known_key(&self, vm: &Vm) -> Option<(u32, usize)> {
        let text = self.text(vm, self.at + 1);
        let name = text.get(..plain_length(text)?)?;
        if name.first()?.is_ascii_digit() {
            return None;
        }
        let key = match Value::short_string(name) {
            Some(short) => short.word(),
            None => find_atom(vm.image, name)?,
        };
        Some((key, name.len()))
    }

    fn literal(&mut self, vm: &mut Vm, text: &[u8], meaning: Value<'static>, value: Slot) -> Result<()> {
        let found = self.text(vm, self.at);
        let same = found.iter().zip(text).take_while(|(found, byte)| found == byte).count();
        self.at += same;
        if same != text.len() {
            return Err(self.fail(vm, Problem::UnexpectedToken));
        }
        meaning.store(value);
        Ok(())
    }

    fn string(&mut self, vm: &mut Vm, value: Slot) -> Result<()> {
        let start = self.at + 1;
        let (source, mut counter) = (self.source, Counter::default());
        let text = self.text(vm, start);
        if let Some(len) = plain_length(text) {
            let short = text.get(..len).and_then(Value::short_string).map(Value::word);
            if let Some(short) = short {
                store(value.0, short);
                self.at = start + len + 1;
                return Ok(());
            }
            let copy = |vm: &Vm, sink: &mut text::SliceSink<'_>| {
                sink.push(vm.flat_text(source).get(start..start + len).unwrap_or_default());
            };
            vm.build_string(len, copy)?.store(value);
            self.at = start + len + 1;
            return Ok(());
        }
        let read = {
            let text = vm.flat_text(source);
            json_unquote(text.get(start..).unwrap_or_default(), &mut counter)
        };
        match read {
            Ok(len) => {
                let string = vm.build_string(counter.len, |vm, sink| {
                    // It was read once already, without an error.
                    let _ = json_unquote(vm.flat_text(source).get(start..).unwrap_or_default(), sink);
                })?;
                string.store(value);
                self.at = start + len;
                Ok(())
            }
            Err(JsonStringError::Unterminated) => {
                let escape = vm.flat_text(source).last() == Some(&b'\\');
                self.at = vm.flat_text(source).len();
                let problem = Problem::Expected("Unterminated string");
                Err(self.fail(vm, if escape { Problem::UnexpectedToken } else { problem }))
            }
            Err(JsonStringError::ControlCharacter(at)) => {
                self.at = start + at;
                Err(self.fail(vm, Problem::Expected("Bad control character in string literal")))
            }
            Err(JsonStringError::BadEscape(at)) => {
                self.at = start + at + 1;
                if self.peek(vm) != Some(b'u') {
                    return Err(self.fail(vm, Problem::Expected("Bad escaped character")));
                }
                self.at += 1;
                while self.peek(vm).is_some_and(|byte| byte.is_ascii_hexdigit()) {
                    self.at += 1;
                }
                Err(self.fail(vm, Problem::Expected("Bad Unicode escape")))
            }
        }
    }

    fn number(&mut self, vm: &mut Vm, value: Slot) -> Result<()> {
        let start = self.at;
        let scanned = scan_number(vm.flat_text(self.source), start);
        match scanned {
            Ok((end, Some(small))) => {
                self.at = end;
                Value::small(small).store(value);
                Ok(())
            }
            Ok((end, None)) => {
                self.at = end;
                let number = string_to_number(vm.flat_text(self.source).get(start..end).unwrap_or_default());
                vm.number(number)?.store(value);
                Ok(())
            }
            Err((at, message)) => {
                self.at = at;
                Err(self.fail(vm, Problem::Expected(message)))
            }
        }
    }

    /// Throws the SyntaxError of the text at the current place.
    #[cold]
    fn fail(&self, vm: &mut Vm, problem: Problem) -> Thrown {
        let source = self.source;
        let position = text::unit_index(vm.flat_text(source), self.at) as i32;
        match problem {
            Problem::Expected(message) => vm.throw_error(
                ErrorKind::Syntax,
                &[Piece::Text(message), Piece::Text(" in JSON at position "), Piece::Int(position)],
            ),
            Problem::Trailing => vm.throw_error(
                ErrorKind::Syntax,
                &[
                    Piece::Text("Unexpected non-whitespace character after JSON at position "),
                    Piece::Int(position),
                ],
            ),
            Problem::UnexpectedToken if is_special(vm.flat_text(source)) => vm.throw_error(
                ErrorKind::Syntax,
                &[Piece::Text("\""), Piece::value(source), Piece::Text("\" is not valid JSON")],
            ),
            Problem::UnexpectedToken if self.peek(vm).is_none() => {
                vm.throw_error(ErrorKind::Syntax, &[Piece::Text("Unexpected end of JSON input")])
            }
            Problem::UnexpectedToken => match self.context(vm, position as u32) {
                Ok((token, part, before, after)) => vm.throw_error(
                    ErrorKind::Syntax,
                    &[
                        Piece::Text("Unexpected token '"),
                        Piece::value(token),
                        Piece::Text(if before { "', ...\"" } else { "', \"" }),
                        Piece::value(part),
                        Piece::Text(if after { "\"... is not valid JSON" } else { "\" is not valid JSON" }),
                    ],
                ),
                Err(thrown) => thrown,
            },
        }
    }

    /// The character at the current place; the text around it, and whether some is left out before and after that.
    fn context(&self, vm: &mut Vm, position: u32) -> Result<(Slot, Slot, bool, bool)> {
        const AROUND: u32 = 10;
        let [token, part] = vm.slots()?;
        let length = vm.string_length(self.source)?;
        vm.char_at(self.source, position).unwrap_or(Value::EMPTY_STRING).store(token);
        let long = length > 2 * AROUND;
        let before = long && position >= AROUND;
        let after = long && position + AROUND < length;
        let from = if before { position - AROUND } else { 0 };
        let to = if after { position + AROUND } else { length };
        vm.substring(self.source, from, to)?.store(part);
        Ok((token, part, before, after))
    }
}

/// Texts of values that are often passed by mistake.
fn is_special(text: &[u8]) -> bool {
    matches!(text, b"undefined" | b"NaN" | b"Infinity" | b"[object Object]")
}
