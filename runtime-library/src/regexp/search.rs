//! `match`, `matchAll` and `search` of strings.

use jerboa_abi::builtins::{NativeId, ObjectId};
use jerboa_abi::regexp::flag;
use jerboa_rt::instance::InstanceClass;
use jerboa_rt::memory::store;
use jerboa_rt::value::Value;
use jerboa_rt::vm::Vm;
use jerboa_rt::{Args, Piece, Result};

use super::{Matching, exec};
use crate::pattern::{by_method, next_match};
use crate::string::require_coercible;
use jerboa_rt::property::name;

jerboa_rt::native! {
    /// `string.match(regexp)`
    fn jrt_n_string_match(vm, args) {
        if let Some(word) = by_method(vm, args, "match", name::MATCH)? {
            return Ok(Value::of(word));
        }
        let [list, value] = vm.slots()?;
        let matching = matching(vm, args, "")?;
        if !matching.has(flag::GLOBAL) {
            if !matching.exec(vm)? {
                return Ok(Value::NULL);
            }
            return exec::result(vm, matching);
        }
        vm.new_array(0)?.store(list);
        for_each_match(vm, matching, |vm, matching| {
            matching.text(vm, 0)?.store(value);
            vm.array_push(list, value)
        })?;
        Ok(if vm.array_length(list) == 0 { Value::NULL } else { vm.get(list) })
    }

    /// `string.matchAll(regexp)`: an iterator over matches that were found already.
    fn jrt_n_string_match_all(vm, args) {
        if let Some(word) = by_method(vm, args, "matchAll", name::MATCH_ALL)? {
            return Ok(Value::of(word));
        }
        let [list, value, prototype] = vm.slots()?;
        let matching = matching(vm, args, "g")?;
        if !matching.has(flag::GLOBAL) {
            return Err(vm.throw_type("String.prototype.matchAll called with a non-global RegExp argument"));
        }
        vm.new_array(0)?.store(list);
        // The matches are those of a copy of the expression, whose own `lastIndex` stays.
        vm.get_by_name(matching.regexp, "lastIndex")?.store(value);
        let start = vm.to_length(value)?;
        if start <= f64::from(vm.string_length(matching.string)?) {
            let start = matching.offset(vm, start as u32);
            matches_from(vm, matching, start, |vm, matching| {
                exec::result(vm, matching)?.store(value);
                vm.array_push(list, value)
            })?;
        }
        vm.for_of(list)?.store(list);
        store(prototype.0, vm.intrinsic_word(ObjectId::RegExpStringIteratorPrototype));
        vm.new_instance(InstanceClass::RegExpStringIterator, prototype, list)
    }

    /// `iterator.next()` of what `matchAll` gives.
    fn jrt_n_reg_exp_string_iterator_next(vm, args) {
        let [iterator, value, done, result] = vm.slots()?;
        if !next_match(vm, args.this(), value)? {
            vm.require_this(args, InstanceClass::RegExpStringIterator)?;
            vm.instance_state(args.this()).store(iterator);
            vm.iterator_next(iterator)?.store(value);
        }
        let ended = vm.get(value).is_empty();
        if ended {
            Value::UNDEFINED.store(value);
        }
        Value::bool(ended).store(done);
        vm.new_object()?.store(result);
        vm.set_by_name(result, "value", value)?;
        vm.set_by_name(result, "done", done)?;
        Ok(vm.get(result))
    }

    /// `string.search(regexp)`
    fn jrt_n_string_search(vm, args) {
        if let Some(word) = by_method(vm, args, "search", name::SEARCH)? {
            return Ok(Value::of(word));
        }
        let matching = matching(vm, args, "")?;
        if !matching.run(vm, 0, matching.has(flag::STICKY))? {
            return Ok(Value::small(-1));
        }
        let index = vm.unit_of_offset(matching.string, matching.start(0).unwrap_or(0));
        vm.integer(i64::from(index))
    }
}

/// The string and the expression of a method; a pattern that is no expression becomes one by the constructor, which the image
/// has if that can be.
fn matching(vm: &mut Vm, args: Args, flags: &str) -> Result<Matching> {
    let [pattern] = args.take(vm)?;
    let [regexp] = vm.slots()?;
    require_coercible(vm, args.this(), Piece::Native(args.callee()))?;
    vm.copy(pattern, regexp);
    if vm.get(regexp).instance_class() != Some(InstanceClass::RegExp) {
        vm.to_flat_string(args.this())?;
        let constructor = vm.native_word(NativeId::RegExp).unwrap_or(Value::UNDEFINED.word());
        let window = vm.push_word(constructor)?;
        let [_this, source, letters] = vm.slots()?;
        vm.copy(pattern, source);
        vm.new_string(flags.as_bytes())?.store(letters);
        let made = vm.construct(2)?.word();
        vm.release(window);
        store(regexp.0, made);
    }
    vm.to_flat_string(args.this())?;
    Matching::new(vm, regexp, args.this())
}

/// Finds one match after the other from the beginning of the string; `lastIndex` is 0 afterwards.
pub(super) fn for_each_match(
    vm: &mut Vm,
    matching: Matching,
    found: impl FnMut(&mut Vm, Matching) -> Result<()>,
) -> Result<()> {
    matching.set_last_index(vm, 0)?;
    matches_from(vm, matching, 0, found)?;
    matching.set_last_index(vm, 0)
}

/// Finds one match after the other from a byte offset on.
fn matches_from(
    vm: &mut Vm,
    matching: Matching,
    start: u32,
    mut found: impl FnMut(&mut Vm, Matching) -> Result<()>,
) -> Result<()> {
    let mut position = start;
    let end = vm.text(matching.string).len() as u32;
    while position <= end && matching.run(vm, position, matching.has(flag::STICKY))? {
        let (from, to) = (matching.start(0).unwrap_or(0), matching.end(0).unwrap_or(0));
        let mark = vm.mark();
        found(vm, matching)?;
        vm.release(mark);
        position = if from == to { matching.after(vm, to) } else { to };
    }
    Ok(())
}
