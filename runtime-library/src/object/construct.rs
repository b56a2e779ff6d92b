//! `Object`, `Object.create`, `Object.assign`, `Object.fromEntries`.

use jerboa_rt::value::{Key, Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{ErrorKind, Piece, Result};

use super::{all_keys, key_at};

jerboa_rt::native! {
    /// `Object.groupBy(items, callback)`
    fn jrt_n_object_group_by(vm, args) {
        let [result, group] = vm.slots()?;
        Value::NULL.store(result);
        vm.new_object_with_prototype(result, 4)?.store(result);
        crate::collection::group(vm, args, |vm, key, item| {
            vm.to_property_key(key)?;
            vm.get_property(result, Key::slot(key))?.store(group);
            if vm.get(group).is_undefined() {
                vm.new_array(1)?.store(group);
                vm.set_property(result, Key::slot(key), group)?;
            }
            vm.array_push(group, item)
        })?;
        Ok(vm.get(result))
    }

    /// `Object(value)`, `new Object(value)`
    fn jrt_n_object(vm, args) {
        let [value] = args.take(vm)?;
        if vm.get(value).is_nullish() {
            return vm.new_object();
        }
        vm.to_object(value)?;
        Ok(vm.get(value))
    }

    /// `Object.create(prototype, properties)`
    fn jrt_n_object_create(vm, args) {
        let [prototype, properties] = args.take(vm)?;
        let [object] = vm.slots()?;
        if !vm.get(prototype).is_object() && !vm.get(prototype).is_null() {
            return Err(vm.throw_error(
                ErrorKind::Type,
                &[Piece::Text("Object prototype may only be an Object or null: "), Piece::value(prototype)],
            ));
        }
        vm.new_object_with_prototype(prototype, 2)?.store(object);
        if !vm.get(properties).is_undefined() {
            super::define::define_all(vm, object, properties)?;
        }
        Ok(vm.get(object))
    }

    /// `Object.assign(target, …sources)`
    fn jrt_n_object_assign(vm, args) {
        let [target] = args.take(vm)?;
        vm.to_object(target)?;
        for i in 1..args.len() {
            if let Some(source) = args.get(i)
                && !vm.get(source).is_nullish()
            {
                vm.to_object(source)?;
                assign(vm, target, source)?;
            }
        }
        Ok(vm.get(target))
    }

    /// `Object.fromEntries(entries)`: of an array of arrays.
    fn jrt_n_object_from_entries(vm, args) {
        let [entries] = args.take(vm)?;
        let [object, iterator, entry, key, value] = vm.slots()?;
        if vm.get(entries).is_nullish() {
            return Err(vm.throw_error(ErrorKind::Type, &[Piece::value(entries), Piece::Text(" is not iterable")]));
        }
        vm.for_of(entries)?.store(iterator);
        vm.new_object()?.store(object);
        loop {
            let next = vm.iterator_next(iterator)?;
            if next.is_empty() {
                return Ok(vm.get(object));
            }
            next.store(entry);
            let mut take = || {
                if !vm.get(entry).is_object() {
                    return Err(vm.throw_error(
                        ErrorKind::Type,
                        &[Piece::Text("Iterator value "), Piece::value(entry), Piece::Text(" is not an entry object")],
                    ));
                }
                let index = |i| Key::index(i).ok_or(jerboa_rt::Thrown);
                vm.get_property(entry, index(0)?)?.store(key);
                vm.get_property(entry, index(1)?)?.store(value);
                vm.to_property_key(key)?;
                vm.define_field(object, Key::slot(key), value)
            };
            if let Err(thrown) = take() {
                return Err(crate::collection::abandon(vm, iterator, thrown));
            }
        }
    }
}

/// Assigns the enumerable own properties of `source`.
fn assign(vm: &mut Vm, target: Slot, source: Slot) -> Result<()> {
    let mark = vm.mark();
    let [keys, key, value] = vm.slots()?;
    all_keys(vm, source, keys)?;
    for i in 0..vm.array_length(keys) {
        let key = key_at(vm, keys, i, key);
        if vm.is_enumerable(source, key) == Some(true) {
            vm.get_property(source, key)?.store(value);
            vm.set_property(target, key, value)?;
        }
    }
    vm.release(mark);
    Ok(())
}
