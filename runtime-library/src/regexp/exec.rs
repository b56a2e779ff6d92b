//! `exec` and `test`.

use jerboa_abi::regexp::flag;
use jerboa_rt::instance::InstanceClass;
use jerboa_rt::value::{Key, Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{Args, Result};

use super::Matching;
use crate::pattern::test_by_method;

jerboa_rt::native! {
    /// `regexp.exec(string)`
    fn jrt_n_reg_exp_exec(vm, args) {
        let matching = matching(vm, args)?;
        if !matching.exec(vm)? {
            return Ok(Value::NULL);
        }
        result(vm, matching)
    }

    /// `regexp.test(string)`
    fn jrt_n_reg_exp_test(vm, args) {
        if let Some(found) = test_by_method(vm, args)? {
            return Ok(Value::bool(found));
        }
        let matching = matching(vm, args)?;
        Ok(Value::bool(matching.exec(vm)?))
    }
}

fn matching(vm: &mut Vm, args: Args) -> Result<Matching> {
    let [string] = vm.slots()?;
    vm.require_this(args, InstanceClass::RegExp)?;
    if let Some(argument) = args.get(0) {
        vm.copy(argument, string);
    }
    vm.to_flat_string(string)?;
    Matching::new(vm, args.this(), string)
}

/// The array that tells of a match.
pub(super) fn result(vm: &mut Vm, matching: Matching) -> Result<Value<'_>> {
    let mark = vm.mark();
    let [result, value, groups, name, indices] = vm.slots()?;
    vm.new_array(matching.count)?.store(result);
    for capture in 0..matching.count {
        matching.text(vm, capture)?.store(value);
        vm.array_push(result, value)?;
    }
    let index = vm.unit_of_offset(matching.string, matching.start(0).unwrap_or(0));
    vm.integer(i64::from(index))?.store(value);
    set(vm, result, "index", value)?;
    set(vm, result, "input", matching.string)?;
    named(vm, matching, result, groups, name)?;
    set(vm, result, "groups", groups)?;
    if matching.has(flag::INDICES) {
        vm.new_array(matching.count)?.store(indices);
        for capture in 0..matching.count {
            span(vm, matching, capture, value)?;
            vm.array_push(indices, value)?;
        }
        named(vm, matching, indices, groups, name)?;
        set(vm, indices, "groups", groups)?;
        set(vm, result, "indices", indices)?;
    }
    let word = vm.get(result).word();
    vm.release(mark);
    Ok(Value::of(word))
}

/// Gives a new object a property.
fn set(vm: &mut Vm, object: Slot, name: &str, value: Slot) -> Result<()> {
    let mark = vm.mark();
    let key = vm.name_key(name)?;
    vm.define_field(object, key, value)?;
    vm.release(mark);
    Ok(())
}

/// Start and end of a capture as an array, or `undefined`.
fn span(vm: &mut Vm, matching: Matching, capture: u32, to: Slot) -> Result<()> {
    let (Some(start), Some(end)) = (matching.start(capture), matching.end(capture)) else {
        Value::UNDEFINED.store(to);
        return Ok(());
    };
    let mark = vm.mark();
    let [first, second] = vm.slots()?;
    for &(offset, slot) in &[(start, first), (end, second)] {
        let index = vm.unit_of_offset(matching.string, offset);
        vm.integer(i64::from(index))?.store(slot);
    }
    vm.new_array_from(first, 2)?.store(to);
    vm.release(mark);
    Ok(())
}

/// Puts the object of the named groups, with what a list has for each, in a slot; `undefined` if there are none.
pub(super) fn named(vm: &mut Vm, matching: Matching, list: Slot, to: Slot, name: Slot) -> Result<()> {
    Value::UNDEFINED.store(to);
    let [value] = vm.slots()?;
    let mut i = 0;
    while let Some(number) = matching.group(vm, i, name)? {
        if i == 0 {
            let none = vm.push_value(Value::NULL)?;
            vm.new_object_with_prototype(none, 4)?.store(to);
        }
        vm.array_get(list, number).store(value);
        vm.define_field(to, Key::slot(name), value)?;
        i += 1;
    }
    Ok(())
}
