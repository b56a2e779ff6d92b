//! `replace` and `replaceAll`.

use crate::pattern::by_method;
use jerboa_rt::instance::InstanceClass;
use jerboa_rt::property::name;
use jerboa_rt::regexp::RegExpUse;
use jerboa_rt::value::{Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{Args, Result, StringBuilder};

use super::{Places, byte_part, receiver};

jerboa_rt::native! {
    /// `string.replace(pattern, replacement)`: the first match.
    fn jrt_n_string_replace(vm, args) {
        replace(vm, args, "replace", false)
    }

    /// `string.replaceAll(pattern, replacement)`
    fn jrt_n_string_replace_all(vm, args) {
        replace(vm, args, "replaceAll", true)
    }
}

fn replace<'a>(vm: &'a mut Vm, args: Args, method: &str, all: bool) -> Result<Value<'a>> {
    let asked = by_method(vm, args, method, name::REPLACE)?;
    if let Some(word) = asked
        && word != Value::EMPTY.word()
    {
        return Ok(Value::of(word));
    }
    let [pattern, replacement] = args.take(vm)?;
    let this = receiver(vm, args)?;
    if asked.is_none()
        && vm.get(pattern).instance_class() == Some(InstanceClass::RegExp)
        && let Some(hook) = vm.regexp_hook.get()
    {
        return hook(vm, args, if all { RegExpUse::ReplaceAll } else { RegExpUse::Replace });
    }
    vm.to_flat_string(pattern)?;
    if !vm.get(replacement).is_callable() {
        vm.to_flat_string(replacement)?;
    }
    let mut text = StringBuilder::new(vm)?;
    let [part] = vm.slots()?;
    let places = Places::for_pattern(vm.text(pattern));
    let (end, skip) = (places.length(vm, this)?, places.length(vm, pattern)?);
    let (mut copied, mut from) = (0, 0);
    while let Some(found) = places.find(vm, this, pattern, from) {
        places.part(vm, this, copied, found)?.store(part);
        text.push_string(vm, part)?;
        push_replacement(vm, &mut text, this, pattern, replacement, places, found)?;
        copied = found + skip;
        // The empty pattern is found again at the next character.
        from = if skip == 0 { next_place(vm, this, places, found) } else { copied };
        if !all || from > end {
            break;
        }
    }
    places.part(vm, this, copied, end)?.store(part);
    text.push_string(vm, part)?;
    text.finish(vm)
}

/// The place after the code unit at `place`; in bytes, after the character.
fn next_place(vm: &Vm, string: Slot, places: Places, place: u32) -> u32 {
    if places == Places::Units {
        return place + 1;
    }
    let text = vm.text(string);
    let rest = text.get(place as usize..).unwrap_or_default();
    place + jerboa_rt::text::decode(rest).map_or(1, |(_, len)| len as u32)
}

/// Appends what stands for a match.
fn push_replacement(
    vm: &mut Vm,
    text: &mut StringBuilder,
    string: Slot,
    pattern: Slot,
    replacement: Slot,
    places: Places,
    found: u32,
) -> Result<()> {
    let mark = vm.mark();
    let [result, position] = vm.slots()?;
    if vm.get(replacement).is_callable() {
        let index = places.index(vm, string, found);
        vm.integer(i64::from(index))?.store(position);
        let none = vm.push_value(Value::UNDEFINED)?;
        vm.call_with(replacement, none, &[pattern, position, string])?.store(result);
        vm.to_string(result)?;
        text.push_string(vm, result)?;
        vm.release(mark);
        return Ok(());
    }
    // `$$`, `$&`, `` $` `` and `$'`; other dollar signs stand for themselves.
    let mut at = 0;
    loop {
        let (plain, code) = {
            let template = vm.text(replacement);
            let rest = template.get(at..).unwrap_or_default();
            let is_code = |pair: &[u8]| matches!(pair, [b'$', b'$' | b'&' | b'`' | b'\'']);
            match rest.windows(2).position(is_code) {
                Some(place) => (at + place, rest.get(place + 1).copied()),
                None => (template.len(), None),
            }
        };
        byte_part(vm, replacement, at, plain)?.store(result);
        text.push_string(vm, result)?;
        let Some(code) = code else { break };
        match code {
            b'$' => text.push(vm, b"$")?,
            b'&' => text.push_string(vm, pattern)?,
            _ => {
                let end = places.length(vm, string)?;
                let skip = places.length(vm, pattern)?;
                let (from, to) = if code == b'`' { (0, found) } else { (found + skip, end) };
                places.part(vm, string, from, to)?.store(result);
                text.push_string(vm, result)?;
            }
        }
        at = plain + 2;
    }
    vm.release(mark);
    Ok(())
}
