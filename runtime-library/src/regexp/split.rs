//! `split` with a regular expression.

use jerboa_rt::number::to_u32;
use jerboa_rt::value::Value;
use jerboa_rt::vm::Vm;
use jerboa_rt::{Args, Result};

use super::{Matching, part};

/// `string.split(regexp, limit)`; `this` is a flat string.
pub(super) fn split<'a>(vm: &'a mut Vm, args: Args) -> Result<Value<'a>> {
    let [regexp, limit] = args.take(vm)?;
    let [list, piece] = vm.slots()?;
    let limit = if vm.get(limit).is_undefined() { u32::MAX } else { to_u32(vm.to_number(limit)?) };
    vm.new_array(0)?.store(list);
    if limit == 0 {
        return Ok(vm.get(list));
    }
    let string = args.this();
    let matching = Matching::new(vm, regexp, string)?;
    let size = vm.text(string).len() as u32;
    if size == 0 {
        if !matching.run(vm, 0, true)? {
            vm.array_push(list, string)?;
        }
        return Ok(vm.get(list));
    }
    let (mut from, mut at) = (0, 0);
    while at < size && matching.run(vm, at, false)? {
        let (start, end) = (matching.start(0).unwrap_or(size), matching.end(0).unwrap_or(size));
        if start >= size {
            break;
        }
        if end == from {
            // Nothing between the last separator and this empty one.
            at = matching.after(vm, at);
            continue;
        }
        part(vm, string, from, start)?.store(piece);
        vm.array_push(list, piece)?;
        if vm.array_length(list) == limit {
            return Ok(vm.get(list));
        }
        for capture in 1..matching.count {
            matching.text(vm, capture)?.store(piece);
            vm.array_push(list, piece)?;
            if vm.array_length(list) == limit {
                return Ok(vm.get(list));
            }
        }
        from = end;
        at = end.max(if start == end { matching.after(vm, end) } else { end });
    }
    part(vm, string, from, size)?.store(piece);
    vm.array_push(list, piece)?;
    Ok(vm.get(list))
}
