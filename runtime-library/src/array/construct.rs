//! `Array`, `Array.isArray`, `Array.of`, `Array.from`.

use jerboa_rt::number::f64_to_array_index;
use jerboa_rt::value::{Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{Args, ErrorKind, Piece, Result};

use super::{Output, Subject, require_callable};
use crate::collection::abandon;

jerboa_rt::native! {
    /// `Array(…)`, `new Array(…)`
    fn jrt_n_array(vm, args) {
        let (Some(first), 1) = (args.get(0), args.len()) else {
            return vm.new_array_literal(args.first(), args.len());
        };
        let Some(number) = vm.get(first).as_number() else {
            return vm.new_array_literal(first, 1);
        };
        match f64_to_array_index(number) {
            Some(length) if length <= jerboa_rt::array::MAX_LENGTH => vm.new_array_with_length(length),
            _ => Err(vm.throw_range("Invalid array length")),
        }
    }

    /// `Array.isArray(value)`
    fn jrt_n_array_is_array(vm, args) {
        let [value] = args.take(vm)?;
        Ok(Value::bool(vm.get(value).is_array()))
    }

    /// `Array.of(…elements)`
    fn jrt_n_array_of(vm, args) {
        let [result] = vm.slots()?;
        let mut output = Output::of(vm, args, Some(u64::from(args.len())), result)?;
        for i in 0..args.len() {
            if let Some(element) = args.get(i) {
                output.push(vm, element)?;
            }
        }
        output.finish(vm)?;
        Ok(vm.get(result))
    }

    /// `Array.from(items, map, this)`: what can be iterated, and array-likes.
    fn jrt_n_array_from(vm, args) {
        let [items, map, this] = args.take(vm)?;
        let [result] = vm.slots()?;
        if !vm.get(map).is_undefined() {
            require_callable(vm, map)?;
        }
        if vm.get(items).is_nullish() {
            let pieces: &[Piece<'_>] = if vm.get(items).is_null() {
                &[Piece::Text("object null")]
            } else {
                &[Piece::Text("undefined")]
            };
            let [what] = pieces else { return Err(jerboa_rt::Thrown) };
            return Err(vm.throw_error(
                ErrorKind::Type,
                &[*what, Piece::Text(" is not iterable (cannot read property Symbol(Symbol.iterator))")],
            ));
        }
        if vm.has_iterator(items)? {
            from_iteration(vm, args, items, map, this, result)?;
        } else {
            from_array_like(vm, args, items, map, this, result)?;
        }
        Ok(vm.get(result))
    }
}

fn from_iteration(vm: &mut Vm, args: Args, items: Slot, map: Slot, this: Slot, result: Slot) -> Result<()> {
    let [iterator, element, index] = vm.slots()?;
    let mut output = Output::of(vm, args, None, result)?;
    vm.for_of(items)?.store(iterator);
    loop {
        let next = vm.iterator_next(iterator)?;
        if next.is_empty() {
            return output.finish(vm);
        }
        next.store(element);
        let mut take = || {
            if !vm.get(map).is_undefined() {
                vm.index(output.len())?.store(index);
                vm.call_with(map, this, &[element, index])?.store(element);
            }
            output.push(vm, element)
        };
        if let Err(thrown) = take() {
            return Err(abandon(vm, iterator, thrown));
        }
    }
}

fn from_array_like(vm: &mut Vm, args: Args, items: Slot, map: Slot, this: Slot, result: Slot) -> Result<()> {
    let [element, index] = vm.slots()?;
    vm.to_object(items)?;
    let (subject, length) = Subject::of(vm, items)?;
    let mut output = Output::of(vm, args, Some(length), result)?;
    for i in 0..length {
        subject.get(vm, i, element)?;
        if !vm.get(map).is_undefined() {
            vm.index(i)?.store(index);
            vm.call_with(map, this, &[element, index])?.store(element);
        }
        output.push(vm, element)?;
    }
    output.finish(vm)
}
