//! A line of `console.log`: format specifiers, then the other values.

use jerboa_abi::header::Kind;
use jerboa_rt::number::{parse_float, parse_int};
use jerboa_rt::value::{Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{Args, Result, StringBuilder};

use crate::inspect::{self, Options};
use crate::json;
use crate::object::descriptor::read_own_property;
use crate::string::byte_part;

/// Puts the text of a line in a slot.
pub(super) fn line(vm: &mut Vm, args: Args, to: Slot) -> Result<()> {
    let mut text = StringBuilder::new(vm)?;
    let [part] = vm.slots()?;
    let mut used = 0;
    if let Some(first) = args.get(0)
        && args.len() > 1
        && vm.get(first).is_string()
    {
        used = specifiers(vm, args, first, &mut text)?;
    }
    for i in used..args.len() {
        if i != 0 {
            text.push(vm, b" ")?;
        }
        let Some(value) = args.get(i) else { continue };
        if vm.get(value).is_string() {
            text.push_string(vm, value)?;
        } else {
            inspect::inspect(vm, value, Options::default(), part)?;
            text.push_string(vm, part)?;
        }
    }
    text.finish(vm)?.store(to);
    Ok(())
}

/// Appends the first argument with its specifiers replaced by the arguments after it. Returns the number of arguments that
/// are done with; none if there was no specifier.
fn specifiers(vm: &mut Vm, args: Args, format: Slot, text: &mut StringBuilder) -> Result<u32> {
    let [part] = vm.slots()?;
    vm.flatten(format)?;
    let len = vm.text(format).len();
    let byte = |vm: &Vm, at: usize| vm.text(format).get(at).copied().unwrap_or(0);
    let (mut used, mut done, mut at) = (0, 0, 0);
    while at + 1 < len {
        if byte(vm, at) != b'%' {
            at += 1;
            continue;
        }
        let letter = byte(vm, at + 1);
        let value = args.get(used + 1);
        let end = match (letter, value) {
            (b'%', _) => at + 1,
            (b's' | b'd' | b'i' | b'f' | b'j' | b'o' | b'O' | b'c', Some(_)) => at,
            _ => {
                at += 2;
                continue;
            }
        };
        byte_part(vm, format, done, end)?.store(part);
        text.push_string(vm, part)?;
        if let (true, Some(value)) = (letter != b'%', value) {
            used += 1;
            specified(vm, letter, value, part)?;
            text.push_string(vm, part)?;
        }
        done = at + 2;
        at = done;
    }
    if done == 0 {
        return Ok(0);
    }
    byte_part(vm, format, done, len)?.store(part);
    text.push_string(vm, part)?;
    Ok(used + 1)
}

/// The text of a value under a specifier.
fn specified(vm: &mut Vm, letter: u8, value: Slot, to: Slot) -> Result<()> {
    let mark = vm.mark();
    vm.copy(value, to);
    match letter {
        b's' if vm.get(value).is_number() => inspect::inspect(vm, value, Options::default(), to)?,
        b's' if vm.get(value).is(Kind::Function) || !vm.get(value).is_object() => vm.to_string(to)?,
        b's' if has_own_text(vm, value)? => vm.to_string(to)?,
        b's' => inspect::inspect(vm, value, Options { depth: 0, ..Options::default() }, to)?,
        b'd' | b'i' | b'f' => {
            let number = match letter {
                b'd' => vm.to_number(to)?,
                b'i' => {
                    vm.to_flat_string(to)?;
                    parse_int(vm.text(to), 0)
                }
                _ => {
                    vm.to_flat_string(to)?;
                    parse_float(vm.text(to))
                }
            };
            vm.number(number)?.store(to);
            inspect::inspect(vm, to, Options::default(), to)?;
        }
        b'j' => json::text_of(vm, value, to)?,
        b'o' => inspect::inspect(vm, value, Options { depth: 4, hidden: true }, to)?,
        b'O' => inspect::inspect(vm, value, Options::default(), to)?,
        _ => Value::EMPTY_STRING.store(to),
    }
    vm.release(mark);
    Ok(())
}

/// Whether the program says how an object becomes a string: its `toString` is not that of a built-in prototype.
fn has_own_text(vm: &mut Vm, object: Slot) -> Result<bool> {
    let [holder, value, setter] = vm.slots()?;
    let name = vm.name_key("toString")?;
    let constructor = vm.name_key("constructor")?;
    if !vm.get_property(object, name)?.is_callable() {
        return Ok(false);
    }
    vm.copy(object, holder);
    if vm.has_property(holder, name, false)? {
        return Ok(true);
    }
    while !vm.has_property(holder, name, false)? {
        let prototype = vm.prototype_of(holder);
        if !prototype.is_object() {
            return Ok(false);
        }
        prototype.store(holder);
    }
    if vm.get(holder).is(Kind::RomObject) {
        return Ok(false);
    }
    let found = read_own_property(vm, holder, constructor, value, setter)?;
    Ok(found.is_none() || !vm.get(value).is(Kind::Native))
}
