//! `replace` and `replaceAll` with a regular expression.

use jerboa_abi::regexp::flag;
use jerboa_rt::value::{Key, Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{Args, Result, StringBuilder};

use super::search::for_each_match;
use super::{Matching, exec, part};
use crate::string::byte_part;

/// `string.replace(regexp, replacement)`; `this` is a flat string.
pub(super) fn replace<'a>(vm: &'a mut Vm, args: Args, all: bool) -> Result<Value<'a>> {
    let [regexp, replacement] = args.take(vm)?;
    let [piece] = vm.slots()?;
    if !vm.get(replacement).is_callable() {
        vm.to_flat_string(replacement)?;
    }
    let string = args.this();
    let matching = Matching::new(vm, regexp, string)?;
    if all && !matching.has(flag::GLOBAL) {
        return Err(vm.throw_type("String.prototype.replaceAll called with a non-global RegExp argument"));
    }
    let mut text = StringBuilder::new(vm)?;
    let mut copied = 0;
    let mut one = |vm: &mut Vm, text: &mut StringBuilder, matching: Matching| {
        let (start, end) = (matching.start(0).unwrap_or(0), matching.end(0).unwrap_or(0));
        part(vm, string, copied, start)?.store(piece);
        text.push_string(vm, piece)?;
        copied = end;
        push_replacement(vm, text, matching, replacement, piece)
    };
    if matching.has(flag::GLOBAL) {
        for_each_match(vm, matching, |vm, matching| one(vm, &mut text, matching))?;
    } else if matching.exec(vm)? {
        one(vm, &mut text, matching)?;
    }
    let end = vm.text(string).len() as u32;
    part(vm, string, copied, end)?.store(piece);
    text.push_string(vm, piece)?;
    text.finish(vm)
}

/// Appends what stands for a match.
fn push_replacement(
    vm: &mut Vm,
    text: &mut StringBuilder,
    matching: Matching,
    replacement: Slot,
    piece: Slot,
) -> Result<()> {
    let mark = vm.mark();
    if vm.get(replacement).is_callable() {
        call_replacement(vm, matching, replacement, piece)?;
        text.push_string(vm, piece)?;
    } else {
        expand(vm, text, matching, replacement, piece)?;
    }
    vm.release(mark);
    Ok(())
}

/// Calls the function with match, captures, index, string and groups; the result goes to a slot, as a flat string.
fn call_replacement(vm: &mut Vm, matching: Matching, function: Slot, to: Slot) -> Result<()> {
    let [groups, name, list] = vm.slots()?;
    let window = vm.push(function)?;
    let [_this] = vm.slots()?;
    let mut count = matching.count + 2;
    for capture in 0..matching.count {
        let [slot] = vm.slots()?;
        matching.text(vm, capture)?.store(slot);
    }
    let [index] = vm.slots()?;
    let unit = vm.unit_of_offset(matching.string, matching.start(0).unwrap_or(0));
    vm.integer(i64::from(unit))?.store(index);
    vm.push(matching.string)?;
    let end = vm.mark();
    vm.new_array_from(window.above(2), matching.count)?.store(list);
    exec::named(vm, matching, list, groups, name)?;
    vm.release(end);
    if !vm.get(groups).is_undefined() {
        vm.push(groups)?;
        count += 1;
    }
    let result = vm.call(count)?.word();
    vm.release(window);
    Value::of(result).store(to);
    vm.to_flat_string(to)
}

/// A match as the references of a template see it.
pub(super) trait Found: Copy {
    /// The number of captures, the whole match included.
    fn count(self) -> u32;
    /// The text before the match, in a slot.
    fn before(self, vm: &mut Vm, to: Slot) -> Result<()>;
    /// The text after the match, in a slot.
    fn after(self, vm: &mut Vm, to: Slot) -> Result<()>;
    /// A capture that is below the count, as a flat string or `undefined`, in a slot.
    fn capture(self, vm: &mut Vm, group: u32, to: Slot) -> Result<()>;
    /// The capture with a name, which is the part of the template between two byte offsets, as [`Found::capture`]; false if there
    /// are no named groups.
    fn named(self, vm: &mut Vm, template: Slot, name: (usize, usize), to: Slot) -> Result<bool>;
}

impl Found for Matching {
    fn count(self) -> u32 {
        self.count
    }

    fn before(self, vm: &mut Vm, to: Slot) -> Result<()> {
        part(vm, self.string, 0, self.start(0).unwrap_or(0))?.store(to);
        Ok(())
    }

    fn after(self, vm: &mut Vm, to: Slot) -> Result<()> {
        let end = vm.text(self.string).len() as u32;
        part(vm, self.string, self.end(0).unwrap_or(0), end)?.store(to);
        Ok(())
    }

    fn capture(self, vm: &mut Vm, group: u32, to: Slot) -> Result<()> {
        self.text(vm, group)?.store(to);
        Ok(())
    }

    fn named(self, vm: &mut Vm, template: Slot, (start, end): (usize, usize), to: Slot) -> Result<bool> {
        let [wanted, name] = vm.slots()?;
        byte_part(vm, template, start, end)?.store(wanted);
        vm.to_property_key(wanted)?;
        Value::UNDEFINED.store(to);
        let mut i = 0;
        while let Some(number) = self.group(vm, i, name)? {
            if vm.key_word(Key::slot(name)) == vm.key_word(Key::slot(wanted)) {
                self.text(vm, number)?.store(to);
            }
            i += 1;
        }
        Ok(i != 0)
    }
}

/// Appends a template, in which `$` begins a reference to a part of the match.
pub(super) fn expand(
    vm: &mut Vm,
    text: &mut StringBuilder,
    found: impl Found,
    template: Slot,
    piece: Slot,
) -> Result<()> {
    let count = found.count();
    let mut at = 0;
    loop {
        let (plain, code, rest) = {
            let all = vm.text(template);
            let rest = all.get(at..).unwrap_or_default();
            match rest.iter().position(|&byte| byte == b'$') {
                Some(place) => {
                    let after = rest.get(place + 1..).unwrap_or_default();
                    let digits = |n: usize| {
                        let digits = after.get(..n)?;
                        let number = core::str::from_utf8(digits).ok()?.parse::<u32>().ok()?;
                        let fits = digits.iter().all(u8::is_ascii_digit);
                        (fits && (1..count).contains(&number)).then_some((number, n))
                    };
                    let code = match after.first() {
                        Some(b'$') => Some(Reference::Dollar),
                        Some(b'&') => Some(Reference::Group(0, 1)),
                        Some(b'`') => Some(Reference::Before),
                        Some(b'\'') => Some(Reference::After),
                        Some(b'0'..=b'9') => {
                            digits(2).or_else(|| digits(1)).map(|(group, len)| Reference::Group(group, len))
                        }
                        Some(b'<') => after.iter().position(|&byte| byte == b'>').map(Reference::Name),
                        _ => None,
                    };
                    (at + place, code, false)
                }
                None => (all.len(), None, true),
            }
        };
        byte_part(vm, template, at, plain)?.store(piece);
        text.push_string(vm, piece)?;
        if rest {
            return Ok(());
        }
        at = plain + 2;
        match code {
            Some(Reference::Dollar) => text.push(vm, b"$")?,
            Some(Reference::Group(group, len)) => {
                at = plain + 1 + len;
                found.capture(vm, group, piece)?;
                push_there(vm, text, piece)?;
            }
            Some(Reference::Before) => {
                found.before(vm, piece)?;
                text.push_string(vm, piece)?;
            }
            Some(Reference::After) => {
                found.after(vm, piece)?;
                text.push_string(vm, piece)?;
            }
            Some(Reference::Name(len))
                if found.named(vm, template, (plain + 2, plain + 1 + len), piece)? =>
            {
                at = plain + 2 + len;
                push_there(vm, text, piece)?;
            }
            Some(Reference::Name(_)) | None => {
                text.push(vm, b"$")?;
                at = plain + 1;
            }
        }
    }
}

/// What a `$` refers to.
enum Reference {
    Dollar,
    /// A capture, and how many bytes its number has.
    Group(u32, usize),
    Before,
    After,
    /// `<name>`: bytes from `<` to before `>`.
    Name(usize),
}

/// Appends a capture if there is one.
fn push_there(vm: &mut Vm, text: &mut StringBuilder, capture: Slot) -> Result<()> {
    if vm.get(capture).is_undefined() { Ok(()) } else { text.push_string(vm, capture) }
}
