//! `split`.

use crate::pattern::by_method;
use jerboa_rt::Result;
use jerboa_rt::instance::InstanceClass;
use jerboa_rt::number::to_u32;
use jerboa_rt::property::name;
use jerboa_rt::regexp::RegExpUse;
use jerboa_rt::value::{Slot, Value};
use jerboa_rt::vm::Vm;

use super::{Places, receiver};

jerboa_rt::native! {
    /// `string.split(separator, limit)`
    fn jrt_n_string_split(vm, args) {
        let asked = by_method(vm, args, "split", name::SPLIT)?;
        if let Some(word) = asked
            && word != Value::EMPTY.word()
        {
            return Ok(Value::of(word));
        }
        let [separator, limit] = args.take(vm)?;
        let [list, part] = vm.slots()?;
        let this = receiver(vm, args)?;
        if asked.is_none()
            && vm.get(separator).instance_class() == Some(InstanceClass::RegExp)
            && let Some(hook) = vm.regexp_hook.get()
        {
            return hook(vm, args, RegExpUse::Split);
        }
        let limit = if vm.get(limit).is_undefined() { u32::MAX } else { to_u32(vm.to_number(limit)?) };
        let whole = vm.get(separator).is_undefined();
        vm.to_flat_string(separator)?;
        vm.new_array(0)?.store(list);
        if limit == 0 {
            return Ok(vm.get(list));
        }
        if whole {
            vm.array_push(list, this)?;
            return Ok(vm.get(list));
        }
        if vm.string_length(separator)? == 0 {
            split_units(vm, this, limit, list, part)?;
            return Ok(vm.get(list));
        }
        let places = Places::for_pattern(vm.text(separator));
        let (end, skip) = (places.length(vm, this)?, places.length(vm, separator)?);
        let mut from = 0;
        while let Some(found) = places.find(vm, this, separator, from) {
            places.part(vm, this, from, found)?.store(part);
            vm.array_push(list, part)?;
            if vm.array_length(list) == limit {
                return Ok(vm.get(list));
            }
            from = found + skip;
        }
        places.part(vm, this, from, end)?.store(part);
        vm.array_push(list, part)?;
        Ok(vm.get(list))
    }
}

/// Appends each code unit as a string.
fn split_units(vm: &mut Vm, string: Slot, limit: u32, list: Slot, part: Slot) -> Result<()> {
    let mut i = 0;
    while i < limit
        && let Some(unit) = vm.char_at(string, i)
    {
        unit.store(part);
        vm.array_push(list, part)?;
        i += 1;
    }
    Ok(())
}
