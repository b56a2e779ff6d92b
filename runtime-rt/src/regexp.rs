//! The matcher of regular expressions: backtracking over the bytes of a flat string, without allocation.
//!
//! Positions are byte offsets. Without the flag `u` a pattern sees the two halves of a surrogate pair, which are one sequence
//! of four bytes; the position between them is the middle of the sequence, whose byte continues it as no other position's
//! does.
//!
//! Captures, registers and the stack of choices lie in the free part of the heap, above what is in use: nothing is allocated
//! while a match runs. The stack holds choices (where to go on, at which position) and, between them, the old values of
//! captures and registers that changed since.
//!
//! Each return to a choice counts as a back edge of the program, so an embedder's limit on a program's time holds for
//! expressions that take exponential time, too.

use jerboa_abi::regexp::{INFINITE, INVERTED, JUMP_BIAS, Program, flag, item, op, read2, read3};

use crate::Result;
use crate::memory::{fill, load, store};
use crate::text::{self, is_line_terminator, is_white_space, simple_lower, simple_upper};
use crate::value::{Slot, Value};
use crate::vm::Vm;

/// What `replace`, `replaceAll` and `split` do with a regular expression as pattern. It is a function that only programs with
/// regular expressions link.
pub(crate) type RegExpHook = for<'a> fn(&'a mut Vm, crate::Args, RegExpUse) -> Result<Value<'a>>;

/// What a [`RegExpHook`] is asked to do, with the arguments of the method.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RegExpUse {
    /// `string.replace(pattern, replacement)`
    Replace,
    /// `string.replaceAll(pattern, replacement)`
    ReplaceAll,
    /// `string.split(pattern, limit)`
    Split,
}

/// A capture that has none, and no position.
const NONE: u32 = u32::MAX;
/// Bytes of an entry of the stack.
const ENTRY: u32 = 12;

/// What an entry of the stack is: the low two bits of its first word.
mod tag {
    /// Go on at a place of the code and a position.
    pub const CHOICE: u32 = 0;
    /// As a choice, and then at the characters before it down to a position.
    pub const RUN: u32 = 1;
    /// Give a word its old value.
    pub const UNDO: u32 = 2;
    /// Begin a round of a loop.
    pub const ROUND: u32 = 3;
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Match,
    Failure,
    /// The stack has no room left.
    Full,
    /// The program's time is used up.
    Fuel,
}

impl Vm {
    /// Matches a program (a string) against a flat string from a byte offset on; with `sticky`, at that offset only. The
    /// positions of the captures go to the slots from `captures` on, two for each, as small integers; -1 for none.
    ///
    /// # Errors
    /// Throws a RangeError if there is not enough memory; and fails if the program is being stopped.
    pub fn match_regexp(
        &mut self,
        program: Slot,
        string: Slot,
        start: u32,
        sticky: bool,
        captures: Slot,
    ) -> Result<bool> {
        let mut collected = false;
        loop {
            let (outcome, base, count) = {
                let (program, text) = (self.text(program), self.text(string));
                let program = Program::of(program);
                let mut matcher = Matcher::new(self, program, text);
                (matcher.search(start, sticky), matcher.base, 2 * program.captures)
            };
            match outcome {
                Outcome::Failure => return Ok(false),
                Outcome::Match => {
                    for i in 0..count {
                        let position = load(base + 4 * i);
                        let position = if position == NONE { -1 } else { position as i32 };
                        Value::small(position).store(captures.above(i));
                    }
                    return Ok(true);
                }
                Outcome::Full if collected => return Err(self.throw_out_of_memory()),
                Outcome::Full => {
                    self.collect();
                    collected = true;
                }
                Outcome::Fuel => self.out_of_fuel()?,
            }
        }
    }
}

/// The state of a match.
struct Matcher<'a> {
    vm: &'a Vm,
    code: &'a [u8],
    text: &'a [u8],
    unicode: bool,
    ignore_case: bool,
    /// Address of the words: captures, then registers.
    base: u32,
    /// Words of the captures.
    captures: u32,
    /// Bottom, top and limit of the stack.
    bottom: u32,
    top: u32,
    limit: u32,
}

impl<'a> Matcher<'a> {
    fn new(vm: &'a Vm, program: Program<'a>, text: &'a [u8]) -> Matcher<'a> {
        let base = vm.heap_top.get();
        let captures = 2 * program.captures;
        let bottom = base + 4 * (captures + program.registers);
        Matcher {
            vm,
            code: program.code,
            text,
            unicode: program.flags & flag::UNICODE != 0,
            ignore_case: program.flags & flag::IGNORE_CASE != 0,
            base,
            captures,
            bottom,
            top: bottom,
            limit: vm.heap_end,
        }
    }

    /// Tries one position after the other.
    fn search(&mut self, start: u32, sticky: bool) -> Outcome {
        if self.bottom + ENTRY > self.limit {
            return Outcome::Full;
        }
        // What follows the instruction that notes where the match starts.
        let first = match self.code.get(3..5) {
            Some(&[op::CHAR, byte]) if !self.ignore_case => Some(byte),
            _ => None,
        };
        let anchored = self.code.get(3) == Some(&op::START);
        let mut position = start;
        loop {
            if let (Some(byte), false) = (first, sticky) {
                let rest = self.text.get(position as usize..).unwrap_or_default();
                match rest.iter().position(|&other| other == byte) {
                    Some(skipped) => position += skipped as u32,
                    None => return Outcome::Failure,
                }
            }
            let outcome = self.attempt(position);
            if outcome != Outcome::Failure || sticky || anchored {
                return outcome;
            }
            match self.next(position) {
                Some((_, next)) => position = next,
                None => return Outcome::Failure,
            }
        }
    }

    /// The character at a position and the position after it.
    fn next(&self, position: u32) -> Option<(u32, u32)> {
        let at = position as usize;
        let byte = *self.text.get(at)?;
        if byte < 0x80 {
            return Some((u32::from(byte), position + 1));
        }
        if byte & 0xc0 == 0x80 {
            // The second half of a pair.
            let (code, _) = text::decode(self.text.get(at.checked_sub(2)?..)?)?;
            return Some((0xdc00 + (code & 0x3ff), position + 2));
        }
        let (code, len) = text::decode(self.text.get(at..)?)?;
        if code > 0xffff && !self.unicode {
            return Some((0xd800 + ((code - 0x1_0000) >> 10), position + 2));
        }
        Some((code, position + len as u32))
    }

    /// The character before a position and the position before that.
    fn previous(&self, position: u32) -> Option<(u32, u32)> {
        let at = position as usize;
        let byte = *self.text.get(at.checked_sub(1)?)?;
        if byte < 0x80 {
            return Some((u32::from(byte), position - 1));
        }
        if self.text.get(at).is_some_and(|byte| byte & 0xc0 == 0x80) {
            let start = at.checked_sub(2)?;
            let (code, _) = text::decode(self.text.get(start..)?)?;
            return Some((0xd800 + ((code.saturating_sub(0x1_0000)) >> 10), start as u32));
        }
        let (code, len) = text::decode_last(self.text.get(..at)?)?;
        if code > 0xffff && !self.unicode {
            return Some((0xdc00 + (code & 0x3ff), position - 2));
        }
        Some((code, position - len as u32))
    }

    /// What stands for all characters that are the same but for case.
    fn canonical(&self, code: u32) -> u32 {
        if self.unicode {
            return simple_lower(simple_upper(code));
        }
        let upper = simple_upper(code);
        // Letters outside of ASCII are never taken for ASCII ones, nor halves of pairs for others.
        if upper < 0x80 && code >= 0x80 || upper > 0xffff { code } else { upper }
    }

    fn is_word(&self, code: u32) -> bool {
        code < 0x80 && ((code as u8).is_ascii_alphanumeric() || code == 0x5f)
            || self.ignore_case && self.unicode && matches!(code, 0x17f | 0x212a)
    }

    /// Whether one of the items of a class has a character.
    fn in_items(&self, mut items: &[u8], code: u32) -> bool {
        while let Some((&kind, rest)) = items.split_first() {
            let (found, len) = match kind {
                item::ASCII_RANGE => match rest {
                    [low, high, ..] => ((u32::from(*low)..=u32::from(*high)).contains(&code), 2),
                    _ => (false, 2),
                },
                item::RANGE => ((read3(rest, 0)..=read3(rest, 3)).contains(&code), 6),
                item::DIGIT => ((0x30..=0x39).contains(&code), 0),
                item::NOT_DIGIT => (!(0x30..=0x39).contains(&code), 0),
                item::WORD => (self.is_word(code), 0),
                item::NOT_WORD => (!self.is_word(code), 0),
                item::SPACE => (is_white_space(code) || is_line_terminator(code), 0),
                _ => (!is_white_space(code) && !is_line_terminator(code), 0),
            };
            if found {
                return true;
            }
            items = rest.get(len..).unwrap_or_default();
        }
        false
    }

    fn in_class(&self, class: &[u8], code: u32) -> bool {
        let head = read2(class, 0);
        let items = class.get(2..2 + (head & !INVERTED) as usize).unwrap_or_default();
        let mut found = self.in_items(items, code);
        if !found && self.ignore_case {
            let canonical = self.canonical(code);
            let others = [canonical, simple_lower(canonical), simple_upper(canonical)];
            found = others
                .into_iter()
                .any(|other| self.canonical(other) == canonical && self.in_items(items, other));
        }
        found != (head & INVERTED != 0)
    }

    /// Bytes of an instruction that matches one character.
    fn length_of_one(&self, at: usize) -> usize {
        match self.code.get(at).map(|op| op & !op::BACKWARD) {
            Some(op::CHAR) => 2,
            Some(op::CODE) => 4,
            Some(op::CLASS) => 3 + (read2(self.code, at + 1) & !INVERTED) as usize,
            _ => 1,
        }
    }

    /// Matches one character by the instruction at a place; the position after it.
    fn one(&self, at: usize, position: u32) -> Option<u32> {
        let op = *self.code.get(at)?;
        let (code, next) =
            if op & op::BACKWARD == 0 { self.next(position)? } else { self.previous(position)? };
        let wanted = match op & !op::BACKWARD {
            op::CHAR => u32::from(*self.code.get(at + 1)?),
            op::CODE => read3(self.code, at + 1),
            op::ALL => return Some(next),
            op::ANY => return (!is_line_terminator(code)).then_some(next),
            _ => return self.in_class(self.code.get(at + 1..)?, code).then_some(next),
        };
        let equal = code == wanted || self.ignore_case && self.canonical(code) == self.canonical(wanted);
        equal.then_some(next)
    }

    fn word(&self, index: u32) -> u32 {
        load(self.base + 4 * index)
    }

    fn push(&mut self, place: usize, tag: u32, position: u32, extra: u32) -> bool {
        if self.top + ENTRY > self.limit {
            return false;
        }
        store(self.top, (place as u32) << 2 | tag);
        store(self.top + 4, position);
        store(self.top + 8, extra);
        self.top += ENTRY;
        true
    }

    /// Sets a word, so that its old value comes back with the choice before.
    fn set(&mut self, index: u32, value: u32) -> bool {
        let old = self.word(index);
        // Without a choice there is nothing to come back to.
        let noted = self.top == self.bottom || self.push(index as usize, tag::UNDO, old, 0);
        store(self.base + 4 * index, value);
        noted
    }

    /// The first word of a register.
    fn register(&self, at: usize) -> u32 {
        self.captures + read2(self.code, at)
    }

    /// The target of the jump whose operand is at a place.
    fn target(&self, at: usize) -> usize {
        (at as u32 + 3 + read3(self.code, at)).wrapping_sub(JUMP_BIAS) as usize
    }

    /// Begins a round of the loop whose head is at a place; where its body is.
    fn begin_round(&mut self, head: usize, position: u32) -> Option<usize> {
        let register = self.register(head + 1);
        let count = (self.word(register) + 1).min(INFINITE);
        let noted = self.set(register, count) && self.set(register + 1, position);
        noted.then_some(head + 13)
    }

    /// Whether the position is a boundary of words.
    fn is_boundary(&self, position: u32) -> bool {
        let before = self.previous(position).is_some_and(|(code, _)| self.is_word(code));
        let after = self.next(position).is_some_and(|(code, _)| self.is_word(code));
        before != after
    }

    /// Matches what a group has captured; the position after it.
    fn back_reference(&self, group: u32, backward: bool, mut position: u32) -> Option<u32> {
        let (start, end) = (self.word(2 * group), self.word(2 * group + 1));
        if start == NONE || end == NONE {
            return Some(position);
        }
        let mut at = if backward { end } else { start };
        while at != if backward { start } else { end } {
            let step = |position| if backward { self.previous(position) } else { self.next(position) };
            let (wanted, after) = step(at)?;
            let (code, next) = step(position)?;
            if code != wanted && !(self.ignore_case && self.canonical(code) == self.canonical(wanted)) {
                return None;
            }
            (at, position) = (after, next);
        }
        Some(position)
    }

    /// Goes back to the last choice: place and position.
    fn back(&mut self) -> Result<(usize, u32), Outcome> {
        while self.top > self.bottom {
            let entry = self.top - ENTRY;
            let (head, position) = (load(entry), load(entry + 4));
            let place = (head >> 2) as usize;
            if head & 3 == tag::UNDO {
                store(self.base + 4 * (head >> 2), position);
                self.top = entry;
                continue;
            }
            let fuel = self.vm.fuel.get();
            if fuel == 0 {
                return Err(Outcome::Fuel);
            }
            self.vm.fuel.set(fuel - 1);
            match head & 3 {
                tag::RUN => {
                    let least = load(entry + 8);
                    let mut shorter = self.previous(position).map_or(least, |(_, before)| before);
                    if let (Some(&op::CHAR), Some(byte), false) =
                        (self.code.get(place), self.code.get(place + 1), self.ignore_case)
                    {
                        // Only where the next character fits is it worth to go on.
                        while shorter > least && self.text.get(shorter as usize) != Some(byte) {
                            shorter = self.previous(shorter).map_or(least, |(_, before)| before);
                        }
                    }
                    if shorter <= least {
                        self.top = entry;
                    } else {
                        store(entry + 4, shorter);
                    }
                    return Ok((place, shorter.max(least)));
                }
                tag::ROUND => {
                    self.top = entry;
                    match self.begin_round(place, position) {
                        Some(body) => return Ok((body, position)),
                        None => return Err(Outcome::Full),
                    }
                }
                _ => {
                    self.top = entry;
                    return Ok((place, position));
                }
            }
        }
        Err(Outcome::Failure)
    }

    /// The end of a positive look: its choices are dropped, what it changed is still noted.
    fn drop_choices(&mut self, height: u32) {
        let (mut from, mut to) = (height, height);
        while from < self.top {
            if load(from) & 3 == tag::UNDO {
                for &offset in &[0, 4, 8] {
                    store(to + offset, load(from + offset));
                }
                to += ENTRY;
            }
            from += ENTRY;
        }
        self.top = to;
    }

    /// Undoes everything above a height of the stack.
    fn unwind(&mut self, height: u32) {
        while self.top > height {
            self.top -= ENTRY;
            let head = load(self.top);
            if head & 3 == tag::UNDO {
                store(self.base + 4 * (head >> 2), load(self.top + 4));
            }
        }
    }

    /// Matches at one position.
    fn attempt(&mut self, start: u32) -> Outcome {
        self.top = self.bottom;
        fill(self.base, self.captures, NONE);
        let (mut at, mut position) = (0, start);
        loop {
            match self.step(at, position) {
                Ok(Some((next, there))) => (at, position) = (next, there),
                Ok(None) => match self.back() {
                    Ok((next, there)) => (at, position) = (next, there),
                    Err(outcome) => return outcome,
                },
                Err(outcome) => return outcome,
            }
        }
    }

    /// Runs one instruction: where to go on, or `None` if it does not match.
    fn step(&mut self, at: usize, position: u32) -> Result<Option<(usize, u32)>, Outcome> {
        let Some(&op) = self.code.get(at) else { return Err(Outcome::Failure) };
        let room = |noted: bool| if noted { Ok(()) } else { Err(Outcome::Full) };
        let when = |fits: bool, next: usize| Ok(fits.then_some((next, position)));
        let is_break = |found: Option<(u32, u32)>| found.is_none_or(|(code, _)| is_line_terminator(code));
        match op & !op::BACKWARD {
            op::MATCH => Err(Outcome::Match),
            op::SPLIT => {
                let other = self.target(at + 1);
                room(self.push(other, tag::CHOICE, position, 0))?;
                Ok(Some((at + 4, position)))
            }
            op::JUMP => Ok(Some((self.target(at + 1), position))),
            op::SAVE => {
                room(self.set(read2(self.code, at + 1), position))?;
                Ok(Some((at + 3, position)))
            }
            op::RESET => {
                for index in 2 * read2(self.code, at + 1)..2 * read2(self.code, at + 3) {
                    if self.word(index) != NONE {
                        room(self.set(index, NONE))?;
                    }
                }
                Ok(Some((at + 5, position)))
            }
            op::START => when(position == 0, at + 1),
            op::END => when(position as usize >= self.text.len(), at + 1),
            op::LINE_START => when(is_break(self.previous(position)), at + 1),
            op::LINE_END => when(is_break(self.next(position)), at + 1),
            op::BOUNDARY => when(self.is_boundary(position), at + 1),
            op::NOT_BOUNDARY => when(!self.is_boundary(position), at + 1),
            op::BACK_REFERENCE => {
                let group = read2(self.code, at + 1);
                let there = self.back_reference(group, op & op::BACKWARD != 0, position);
                Ok(there.map(|there| (at + 3, there)))
            }
            op::LOOK => {
                let register = self.register(at + 1);
                let height = self.top;
                if self.code.get(at + 3) == Some(&1) {
                    let other = self.target(at + 4);
                    room(self.push(other, tag::CHOICE, position, 0))?;
                }
                store(self.base + 4 * register, height);
                store(self.base + 4 * register + 4, position);
                Ok(Some((at + 7, position)))
            }
            op::LOOK_END => {
                let register = self.register(at + 1);
                let (height, start) = (self.word(register), self.word(register + 1));
                if self.code.get(at + 3) == Some(&1) {
                    self.unwind(height);
                    return Ok(None);
                }
                self.drop_choices(height);
                Ok(Some((at + 4, start)))
            }
            op::INIT => {
                let register = self.register(at + 1);
                room(self.set(register, 0))?;
                Ok(Some((at + 3, position)))
            }
            op::LOOP => {
                let count = self.word(self.register(at + 1));
                let (least, most) = (read3(self.code, at + 3), read3(self.code, at + 6));
                let greedy = self.code.get(at + 9) == Some(&1);
                let exit = self.target(at + 10);
                if count >= least {
                    if most != INFINITE && count >= most {
                        return Ok(Some((exit, position)));
                    }
                    if !greedy {
                        room(self.push(at, tag::ROUND, position, 0))?;
                        return Ok(Some((exit, position)));
                    }
                    room(self.push(exit, tag::CHOICE, position, 0))?;
                }
                let body = self.begin_round(at, position).ok_or(Outcome::Full)?;
                Ok(Some((body, position)))
            }
            op::NEXT => {
                let register = self.register(at + 1);
                let enough = self.word(register) > read3(self.code, at + 3);
                // A round that matches nothing would go on for ever.
                when(!(enough && self.word(register + 1) == position), self.target(at + 6))
            }
            op::RUN => {
                let (least, most) = (read3(self.code, at + 1), read3(self.code, at + 4));
                let (one, after) = (at + 7, at + 7 + self.length_of_one(at + 7));
                let (mut end, mut count, mut shortest) = (position, 0, position);
                while most == INFINITE || count < most {
                    let Some(next) = self.one(one, end) else { break };
                    end = next;
                    count = (count + 1).min(INFINITE);
                    if count == least {
                        shortest = end;
                    }
                }
                if count < least {
                    return Ok(None);
                }
                if end > shortest {
                    room(self.push(after, tag::RUN, end, shortest))?;
                }
                Ok(Some((after, end)))
            }
            _ => Ok(self.one(at, position).map(|there| (at + self.length_of_one(at), there))),
        }
    }
}
