//! `RegExp`, and what the methods of String do with one.
//!
//! The state of an instance is its program ([`jerboa_abi::regexp`]), a string: of a literal one in ROM. `lastIndex` is an
//! ordinary property.
//!
//! * [`literal`]: instances of literals. [`construct`]: the constructor, which carries the compiler.
//! * [`exec`]: one match. [`replace`], [`search`], [`split`]: the methods of String. [`flags`]: the accessors.
//! * [`protocol`]: the methods under `Symbol.match` and the like, for programs in which an expression may be other than built in
//!   ([`super::pattern`]).

pub mod construct;
pub mod exec;
pub mod flags;
pub mod literal;
pub mod protocol;
pub mod replace;
pub mod search;
pub mod split;

use jerboa_abi::regexp::{Program, flag};
use jerboa_rt::memory::load;
use jerboa_rt::shape::attributes;
use jerboa_rt::value::{Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{Descriptor, Result};

use crate::string::byte_part;

/// A match of a regular expression that is being worked with: the expression, a flat string, and the positions of captures.
#[derive(Clone, Copy)]
struct Matching {
    regexp: Slot,
    string: Slot,
    program: Slot,
    flags: u8,
    /// Number of captures, the whole match included.
    count: u32,
    /// First of the captures' slots: start and end of each, as small integers.
    captures: Slot,
}

impl Matching {
    /// Takes slots for the captures of an expression.
    fn new(vm: &mut Vm, regexp: Slot, string: Slot) -> Result<Matching> {
        let [program] = vm.slots()?;
        vm.instance_state(regexp).store(program);
        let (flags, count) = {
            let text = vm.text(program);
            let program = Program::of(text);
            (program.flags, program.captures)
        };
        let captures = vm.push_words(2 * count)?;
        Ok(Matching { regexp, string, program, flags, count, captures })
    }

    fn has(self, flag: u8) -> bool {
        self.flags & flag != 0
    }

    /// Matches from a byte offset on, without regard to `lastIndex`.
    fn run(self, vm: &mut Vm, start: u32, sticky: bool) -> Result<bool> {
        vm.match_regexp(self.program, self.string, start, sticky, self.captures)
    }

    /// RegExpBuiltinExec: matches from `lastIndex` if the flags say so, and sets it.
    fn exec(self, vm: &mut Vm) -> Result<bool> {
        let [index] = vm.slots()?;
        vm.get_by_name(self.regexp, "lastIndex")?.store(index);
        let index = vm.to_length(index)?;
        let moves = self.has(flag::GLOBAL | flag::STICKY);
        let index = if moves { index } else { 0.0 };
        let found = if index > f64::from(vm.string_length(self.string)?) {
            false
        } else {
            let start = self.offset(vm, index as u32);
            self.run(vm, start, self.has(flag::STICKY))?
        };
        if !found {
            if moves {
                self.set_last_index(vm, 0)?;
            }
            return Ok(false);
        }
        if moves {
            let end = vm.unit_of_offset(self.string, self.end(0).unwrap_or(0));
            self.set_last_index(vm, end)?;
        }
        Ok(true)
    }

    /// The byte offset of an index; with `u` never in the middle of a pair.
    fn offset(self, vm: &Vm, index: u32) -> u32 {
        let offset = vm.offset_of_unit(self.string, index);
        if self.has(flag::UNICODE) && is_half(vm, self.string, offset) { offset - 2 } else { offset }
    }

    fn set_last_index(self, vm: &mut Vm, index: u32) -> Result<()> {
        let mark = vm.mark();
        let [value] = vm.slots()?;
        vm.integer(i64::from(index))?.store(value);
        vm.set_by_name(self.regexp, "lastIndex", value)?;
        vm.release(mark);
        Ok(())
    }

    fn start(self, capture: u32) -> Option<u32> {
        position(self.captures.above(2 * capture))
    }

    fn end(self, capture: u32) -> Option<u32> {
        position(self.captures.above(2 * capture + 1))
    }

    /// The text of a capture, or `undefined`.
    fn text(self, vm: &mut Vm, capture: u32) -> Result<Value<'_>> {
        match (self.start(capture), self.end(capture)) {
            (Some(start), Some(end)) if capture < self.count => part(vm, self.string, start, end),
            _ => Ok(Value::UNDEFINED),
        }
    }

    /// The position after the character at another: where to go on after an empty match.
    fn after(self, vm: &Vm, position: u32) -> u32 {
        let text = vm.text(self.string);
        let rest = text.get(position as usize..).unwrap_or_default();
        let Some((code, len)) = jerboa_rt::text::decode(rest) else { return position + 1 };
        match rest.first() {
            Some(byte) if byte & 0xc0 == 0x80 => position + 2,
            _ if code > 0xffff && !self.has(flag::UNICODE) => position + 2,
            _ => position + len as u32,
        }
    }

    /// The number of the `i`-th named group; its name goes to a slot.
    fn group(self, vm: &mut Vm, i: usize, name: Slot) -> Result<Option<u32>> {
        let found = {
            let text = vm.text(self.program);
            let program = Program::of(text);
            // Where the name lies in the program is all that may be kept while a string is made of it.
            program.groups().nth(i).map(|(number, name)| {
                let offset = name.as_ptr().addr() - text.as_ptr().addr();
                (number, offset, name.len())
            })
        };
        let Some((number, offset, len)) = found else { return Ok(None) };
        byte_part(vm, self.program, offset, offset + len)?.store(name);
        vm.to_property_key(name)?;
        Ok(Some(number))
    }
}

fn position(slot: Slot) -> Option<u32> {
    u32::try_from(jerboa_abi::value::to_int(load(slot.address()))).ok()
}

/// Whether a byte offset is between the halves of a surrogate pair.
fn is_half(vm: &Vm, string: Slot, offset: u32) -> bool {
    vm.text(string).get(offset as usize).is_some_and(|byte| byte & 0xc0 == 0x80)
}

/// The part of a flat string between two positions.
fn part(vm: &mut Vm, string: Slot, from: u32, to: u32) -> Result<Value<'_>> {
    if is_half(vm, string, from) || is_half(vm, string, to) {
        let (from, to) = (vm.unit_of_offset(string, from), vm.unit_of_offset(string, to));
        return vm.substring(string, from, to);
    }
    byte_part(vm, string, from as usize, to as usize)
}

/// Sets the property `lastIndex` of a new instance.
fn add_last_index(vm: &mut Vm, regexp: Slot) -> Result<()> {
    let mark = vm.mark();
    let zero = vm.push_value(Value::small(0))?;
    let key = vm.name_key("lastIndex")?;
    vm.define_own_property(regexp, key, &Descriptor::data(zero, attributes::WRITABLE))?;
    vm.release(mark);
    Ok(())
}

/// What the hook of the string methods does.
fn use_regexp<'a>(
    vm: &'a mut Vm,
    args: jerboa_rt::Args,
    what: jerboa_rt::regexp::RegExpUse,
) -> Result<Value<'a>> {
    match what {
        jerboa_rt::regexp::RegExpUse::Replace => replace::replace(vm, args, false),
        jerboa_rt::regexp::RegExpUse::ReplaceAll => replace::replace(vm, args, true),
        jerboa_rt::regexp::RegExpUse::Split => split::split(vm, args),
    }
}
