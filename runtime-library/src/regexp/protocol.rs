//! The methods of `RegExp.prototype` under `Symbol.match`, `matchAll`, `replace`, `search` and `split`, step by step as the standard
//! has them (ECMA-262, 22.2.6): they work on any object, ask it for `exec`, `flags` and `lastIndex`, and make copies by its
//! constructor.
//!
//! Only programs that can tell the difference have them, see [`crate::pattern`].

use jerboa_abi::builtins::{NativeId, ObjectId};

use super::replace::{Found, expand};
use super::{Matching, exec};
use crate::species::species_of;
use crate::string::byte_part;
use jerboa_rt::instance::InstanceClass;
use jerboa_rt::memory::store;
use jerboa_rt::number::{clamp, to_u32};
use jerboa_rt::property::name;
use jerboa_rt::value::{Key, Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{Args, ErrorKind, Piece, Result, StringBuilder};

jerboa_rt::native! {
    /// `regexp[Symbol.match](string)`
    fn jrt_n_reg_exp_match(vm, args) {
        let [string] = args.take(vm)?;
        let [flags, list, result] = vm.slots()?;
        let regexp = receiver(vm, args, "match", string)?;
        flags_of(vm, regexp, flags)?;
        if !has(vm, flags, b'g') {
            run(vm, regexp, string, result)?;
            return Ok(vm.get(result));
        }
        let unicode = has(vm, flags, b'u');
        set_last_index(vm, regexp, 0.0)?;
        vm.new_array(0)?.store(list);
        while run(vm, regexp, string, result)? {
            matched(vm, result)?;
            vm.array_push(list, result)?;
            pass_empty(vm, regexp, string, result, unicode)?;
        }
        Ok(if vm.array_length(list) == 0 { Value::NULL } else { vm.get(list) })
    }

    /// `regexp[Symbol.matchAll](string)`
    fn jrt_n_reg_exp_match_all(vm, args) {
        let [string] = args.take(vm)?;
        let [flags, copy, index, prototype] = vm.slots()?;
        let regexp = receiver(vm, args, "matchAll", string)?;
        constructor_of(vm, regexp, copy)?;
        flags_of(vm, regexp, flags)?;
        construct(vm, copy, regexp, flags)?;
        let start = last_index(vm, regexp)?;
        set_last_index(vm, copy, start)?;
        let state = vm.push(copy)?;
        vm.push(string)?;
        vm.push(flags)?;
        vm.new_array_from(state, 3)?.store(index);
        store(prototype.0, vm.intrinsic_word(ObjectId::RegExpStringIteratorPrototype));
        vm.new_instance(InstanceClass::RegExpMatches, prototype, index)
    }

    /// The next match of an iterator that finds each when it is asked for; `EMPTY` after the last.
    fn jrt_n_reg_exp_next_match(vm, args) {
        let [iterator] = args.take(vm)?;
        let [state, regexp, string, flags, result, text] = vm.slots()?;
        vm.instance_state(iterator).store(state);
        if vm.get(state).is_undefined() {
            return Ok(Value::EMPTY);
        }
        for (i, slot) in [regexp, string, flags].into_iter().enumerate() {
            vm.array_get(state, i as u32).store(slot);
        }
        let found = run(vm, regexp, string, result)?;
        let global = has(vm, flags, b'g');
        if found && global {
            vm.copy(result, text);
            matched(vm, text)?;
            let unicode = has(vm, flags, b'u');
            pass_empty(vm, regexp, string, text, unicode)?;
        }
        if !found || !global {
            vm.set_instance_state(iterator, Value::UNDEFINED);
        }
        Ok(if found { vm.get(result) } else { Value::EMPTY })
    }

    /// `regexp[Symbol.replace](string, replacement)`
    fn jrt_n_reg_exp_replace(vm, args) {
        let [string, replacement] = args.take(vm)?;
        let [flags, results, result] = vm.slots()?;
        let regexp = receiver(vm, args, "replace", string)?;
        if !vm.get(replacement).is_callable() {
            vm.to_flat_string(replacement)?;
        }
        flags_of(vm, regexp, flags)?;
        let (global, unicode) = (has(vm, flags, b'g'), has(vm, flags, b'u'));
        if global {
            set_last_index(vm, regexp, 0.0)?;
        }
        vm.new_array(0)?.store(results);
        while run(vm, regexp, string, result)? {
            vm.array_push(results, result)?;
            if !global {
                break;
            }
            matched(vm, result)?;
            pass_empty(vm, regexp, string, result, unicode)?;
        }
        put_together(vm, string, results, replacement)
    }

    /// `regexp[Symbol.search](string)`
    fn jrt_n_reg_exp_search(vm, args) {
        let [string] = args.take(vm)?;
        let [before, now, zero, result] = vm.slots()?;
        let regexp = receiver(vm, args, "search", string)?;
        Value::small(0).store(zero);
        vm.get_by_name(regexp, LAST_INDEX)?.store(before);
        if !vm.same_values(before, zero)? {
            vm.set_by_name(regexp, LAST_INDEX, zero)?;
        }
        let found = run(vm, regexp, string, result)?;
        vm.get_by_name(regexp, LAST_INDEX)?.store(now);
        if !vm.same_values(now, before)? {
            vm.set_by_name(regexp, LAST_INDEX, before)?;
        }
        if found { vm.get_by_name(result, "index") } else { Ok(Value::small(-1)) }
    }

    /// `regexp[Symbol.split](string, limit)`
    fn jrt_n_reg_exp_split(vm, args) {
        let [string, limit] = args.take(vm)?;
        let [flags, splitter, list] = vm.slots()?;
        let regexp = receiver(vm, args, "split", string)?;
        constructor_of(vm, regexp, splitter)?;
        flags_of(vm, regexp, flags)?;
        let unicode = has(vm, flags, b'u');
        if !has(vm, flags, b'y') {
            let mut all = StringBuilder::new(vm)?;
            all.push_string(vm, flags)?;
            all.push(vm, b"y")?;
            all.finish(vm)?.store(flags);
        }
        construct(vm, splitter, regexp, flags)?;
        vm.new_array(0)?.store(list);
        let limit = if vm.get(limit).is_undefined() { u32::MAX } else { to_u32(vm.to_number(limit)?) };
        if limit != 0 {
            split(vm, splitter, string, unicode, limit, list)?;
        }
        Ok(vm.get(list))
    }

    /// RegExpExec: a match by the `exec` of any object, or null.
    fn jrt_n_reg_exp_exec_method(vm, args) {
        let [regexp, string] = args.take(vm)?;
        let [result] = vm.slots()?;
        run(vm, regexp, string, result)?;
        Ok(vm.get(result))
    }
}

/// The property that says where the next match begins.
const LAST_INDEX: &str = "lastIndex";

/// `this`, which must be an object, and the argument as a flat string.
fn receiver(vm: &mut Vm, args: Args, method: &str, string: Slot) -> Result<Slot> {
    let this = args.this();
    if !vm.get(this).is_object() {
        return Err(vm.throw_error(
            ErrorKind::Type,
            &[
                Piece::Text("Method RegExp.prototype.@@"),
                Piece::Text(method),
                Piece::Text(" called on incompatible receiver "),
                Piece::Value(this),
            ],
        ));
    }
    vm.to_flat_string(string)?;
    Ok(this)
}

/// RegExpExec: what the object's `exec` gives for a flat string, or the built-in one if it has none; whether it is no null.
fn run(vm: &mut Vm, regexp: Slot, string: Slot, result: Slot) -> Result<bool> {
    let mark = vm.mark();
    let [method] = vm.slots()?;
    vm.get_by_name(regexp, "exec")?.store(method);
    let built_in = vm.is_native(method, NativeId::RegExpExec)
        && vm.get(regexp).instance_class() == Some(InstanceClass::RegExp);
    if vm.get(method).is_callable() && !built_in {
        vm.call_with(method, regexp, &[string])?.store(result);
        if !vm.get(result).is_object() && !vm.get(result).is_null() {
            return Err(vm.throw_type("RegExp exec method returned something other than an Object or null"));
        }
    } else {
        vm.require_instance(regexp, InstanceClass::RegExp, Piece::Text("exec"))?;
        let matching = Matching::new(vm, regexp, string)?;
        if matching.exec(vm)? {
            exec::result(vm, matching)?.store(result);
        } else {
            Value::NULL.store(result);
        }
    }
    vm.release(mark);
    Ok(!vm.get(result).is_null())
}

/// Puts the text of a match, as a flat string, in the place of its result.
fn matched(vm: &mut Vm, result: Slot) -> Result<()> {
    let mark = vm.mark();
    let index = vm.push_value(Value::small(0))?;
    vm.get_element(result, index)?.store(result);
    vm.release(mark);
    vm.to_flat_string(result)
}

/// After an empty match, makes the next one begin behind the character there.
fn pass_empty(vm: &mut Vm, regexp: Slot, string: Slot, text: Slot, unicode: bool) -> Result<()> {
    if vm.get(text).word() != Value::EMPTY_STRING.word() {
        return Ok(());
    }
    let index = last_index(vm, regexp)?;
    let next = advance(vm, string, index, unicode);
    set_last_index(vm, regexp, next)
}

/// AdvanceStringIndex
fn advance(vm: &Vm, string: Slot, index: f64, unicode: bool) -> f64 {
    let unit = |at: f64| if at < f64::from(u32::MAX) { vm.code_unit_at(string, at as u32) } else { None };
    let pair = unicode
        && matches!(unit(index), Some(0xd800..=0xdbff))
        && matches!(unit(index + 1.0), Some(0xdc00..=0xdfff));
    index + if pair { 2.0 } else { 1.0 }
}

fn last_index(vm: &mut Vm, regexp: Slot) -> Result<f64> {
    let mark = vm.mark();
    let [index] = vm.slots()?;
    vm.get_by_name(regexp, LAST_INDEX)?.store(index);
    let length = vm.to_length(index)?;
    vm.release(mark);
    Ok(length)
}

fn set_last_index(vm: &mut Vm, regexp: Slot, index: f64) -> Result<()> {
    let mark = vm.mark();
    let [value] = vm.slots()?;
    vm.number(index)?.store(value);
    vm.set_by_name(regexp, LAST_INDEX, value)?;
    vm.release(mark);
    Ok(())
}

/// The property `flags` as a flat string, in a slot.
fn flags_of(vm: &mut Vm, regexp: Slot, to: Slot) -> Result<()> {
    vm.get_by_name(regexp, "flags")?.store(to);
    vm.to_flat_string(to)
}

fn has(vm: &Vm, flags: Slot, letter: u8) -> bool {
    vm.text(flags).contains(&letter)
}

/// SpeciesConstructor, in a slot.
fn constructor_of(vm: &mut Vm, regexp: Slot, to: Slot) -> Result<()> {
    vm.get_named(regexp, name::CONSTRUCTOR)?.store(to);
    if !vm.get(to).is_undefined() {
        if !vm.get(to).is_object() {
            return Err(vm.throw_type("The .constructor property is not an object"));
        }
        species_of(vm, to)?;
    }
    if vm.get(to).is_nullish() {
        store(to.0, vm.native_word(NativeId::RegExp).unwrap_or(Value::UNDEFINED.word()));
    }
    if vm.is_constructor(vm.get(to)) {
        Ok(())
    } else {
        Err(vm.throw_type("object.constructor[Symbol.species] is not a constructor"))
    }
}

/// Puts what a constructor makes of an expression and flags in its place.
fn construct(vm: &mut Vm, constructor: Slot, regexp: Slot, flags: Slot) -> Result<()> {
    let window = vm.push(constructor)?;
    let [_this] = vm.slots()?;
    vm.push(regexp)?;
    vm.push(flags)?;
    vm.construct(2)?.store(constructor);
    vm.release(window);
    Ok(())
}

/// The length of what an `exec` gave, without the whole match.
fn captures(vm: &mut Vm, result: Slot) -> Result<f64> {
    let mark = vm.mark();
    let [length] = vm.slots()?;
    vm.get_named(result, name::LENGTH)?.store(length);
    let count = (vm.to_length(length)? - 1.0).max(0.0);
    vm.release(mark);
    Ok(count)
}

/// The capture with a number of what an `exec` gave, in a slot.
fn capture(vm: &mut Vm, result: Slot, number: f64, to: Slot) -> Result<()> {
    vm.number(number)?.store(to);
    vm.get_element(result, to)?.store(to);
    Ok(())
}

/// The string with the matches of a list replaced.
fn put_together<'a>(vm: &'a mut Vm, string: Slot, results: Slot, replacement: Slot) -> Result<Value<'a>> {
    let [result, piece] = vm.slots()?;
    let length = vm.string_length(string)?;
    let mut text = StringBuilder::new(vm)?;
    let mut copied = 0;
    for i in 0..vm.array_length(results) {
        let mark = vm.mark();
        vm.array_get(results, i).store(result);
        let found = Replaced::new(vm, string, result)?;
        replacement_of(vm, found, replacement, piece)?;
        if found.position >= copied {
            let replaced = vm.push(piece)?;
            vm.substring(string, copied, found.position)?.store(piece);
            text.push_string(vm, piece)?;
            text.push_string(vm, replaced)?;
            copied = found.end(vm)?;
        }
        vm.release(mark);
    }
    if copied < length {
        vm.substring(string, copied, length)?.store(piece);
        text.push_string(vm, piece)?;
    }
    text.finish(vm)
}

/// What stands for a match, as a flat string in a slot.
fn replacement_of(vm: &mut Vm, found: Replaced, replacement: Slot, to: Slot) -> Result<()> {
    if !vm.get(replacement).is_callable() {
        if !vm.get(found.groups).is_undefined() {
            vm.to_object(found.groups)?;
        }
        let mut text = StringBuilder::new(vm)?;
        expand(vm, &mut text, found, replacement, to)?;
        text.finish(vm)?.store(to);
        return Ok(());
    }
    let window = vm.push(replacement)?;
    let [_this] = vm.slots()?;
    vm.push(found.matched)?;
    let mut count = found.count() + 2;
    for group in 1..found.count() {
        let [slot] = vm.slots()?;
        found.capture(vm, group, slot)?;
    }
    let [position] = vm.slots()?;
    vm.integer(i64::from(found.position))?.store(position);
    vm.push(found.string)?;
    if !vm.get(found.groups).is_undefined() {
        vm.push(found.groups)?;
        count += 1;
    }
    vm.call(count)?.store(to);
    vm.release(window);
    vm.to_flat_string(to)
}

/// A match that an `exec` has told of.
#[derive(Clone, Copy)]
struct Replaced {
    string: Slot,
    /// Its text.
    matched: Slot,
    /// Where it begins, in code units.
    position: u32,
    /// The array of its captures, each a flat string or `undefined`, and their number with the whole match.
    captures: Slot,
    count: u32,
    groups: Slot,
}

impl Replaced {
    /// Reads what an `exec` gave, in the standard's order.
    fn new(vm: &mut Vm, string: Slot, result: Slot) -> Result<Replaced> {
        let [text, list, groups, index] = vm.slots()?;
        let count = captures(vm, result)?;
        vm.copy(result, text);
        matched(vm, text)?;
        vm.get_by_name(result, "index")?.store(index);
        let length = vm.string_length(string)?;
        let position = clamp(vm.to_integer(index)?, f64::from(length)) as u32;
        vm.new_array(0)?.store(list);
        let mut number = 1.0;
        while number <= count {
            capture(vm, result, number, index)?;
            if !vm.get(index).is_undefined() {
                vm.to_flat_string(index)?;
            }
            vm.array_push(list, index)?;
            number += 1.0;
        }
        vm.get_by_name(result, "groups")?.store(groups);
        let count = vm.array_length(list) + 1;
        Ok(Replaced { string, matched: text, position, captures: list, count, groups })
    }

    /// Where it ends, in code units: what an `exec` says may lie beyond the end of the string.
    fn end(self, vm: &mut Vm) -> Result<u32> {
        Ok(self.position.saturating_add(vm.string_length(self.matched)?))
    }
}

impl Found for Replaced {
    fn count(self) -> u32 {
        self.count
    }

    fn before(self, vm: &mut Vm, to: Slot) -> Result<()> {
        vm.substring(self.string, 0, self.position)?.store(to);
        Ok(())
    }

    fn after(self, vm: &mut Vm, to: Slot) -> Result<()> {
        let length = vm.string_length(self.string)?;
        let end = self.end(vm)?.min(length);
        vm.substring(self.string, end, length)?.store(to);
        Ok(())
    }

    fn capture(self, vm: &mut Vm, group: u32, to: Slot) -> Result<()> {
        match group.checked_sub(1) {
            None => vm.copy(self.matched, to),
            Some(index) => vm.array_get(self.captures, index).store(to),
        }
        Ok(())
    }

    fn named(self, vm: &mut Vm, template: Slot, (start, end): (usize, usize), to: Slot) -> Result<bool> {
        if vm.get(self.groups).is_undefined() {
            return Ok(false);
        }
        let mark = vm.mark();
        let [name] = vm.slots()?;
        byte_part(vm, template, start, end)?.store(name);
        vm.to_property_key(name)?;
        vm.get_property(self.groups, Key::slot(name))?.store(to);
        vm.release(mark);
        if !vm.get(to).is_undefined() {
            vm.to_flat_string(to)?;
        }
        Ok(true)
    }
}

/// Appends the parts of a string between matches, and their captures, to a list of at most `limit` elements.
fn split(vm: &mut Vm, splitter: Slot, string: Slot, unicode: bool, limit: u32, list: Slot) -> Result<()> {
    let [result, piece] = vm.slots()?;
    let size = vm.string_length(string)?;
    if size == 0 {
        if !run(vm, splitter, string, result)? {
            vm.array_push(list, string)?;
        }
        return Ok(());
    }
    let (mut from, mut at) = (0, 0);
    while at < size {
        set_last_index(vm, splitter, f64::from(at))?;
        let found = run(vm, splitter, string, result)?;
        let end = if found { last_index(vm, splitter)?.min(f64::from(size)) as u32 } else { from };
        if end == from {
            at = advance(vm, string, f64::from(at), unicode) as u32;
            continue;
        }
        vm.substring(string, from, at)?.store(piece);
        vm.array_push(list, piece)?;
        if vm.array_length(list) == limit {
            return Ok(());
        }
        from = end;
        let count = captures(vm, result)?;
        let mut number = 1.0;
        while number <= count {
            capture(vm, result, number, piece)?;
            vm.array_push(list, piece)?;
            if vm.array_length(list) == limit {
                return Ok(());
            }
            number += 1.0;
        }
        at = from;
    }
    vm.substring(string, from, size)?.store(piece);
    vm.array_push(list, piece)
}
