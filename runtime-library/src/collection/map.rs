//! `Map`.

use jerboa_abi::builtins::ObjectId;
use jerboa_rt::Piece;
use jerboa_rt::instance::InstanceClass;
use jerboa_rt::value::Value;

use super::table::{self, Position};
use super::{fill, iterate, receiver, this};

jerboa_rt::native! {
    /// `new Map(entries)`
    fn jrt_n_map(vm, args) {
        let [map, state] = vm.slots()?;
        vm.require_new(args, InstanceClass::Map)?;
        iterate::enable(vm);
        vm.prototype_for(args, ObjectId::MapPrototype, map)?;
        Value::EMPTY.store(state);
        vm.new_instance(InstanceClass::Map, map, state)?.store(map);
        fill(vm, args, map, InstanceClass::Map)?;
        Ok(vm.get(map))
    }

    /// `map.get(key)`
    fn jrt_n_map_get(vm, args) {
        let (map, key) = receiver(vm, args, InstanceClass::Map)?;
        Ok(table::find(vm, map, key).unwrap_or(Value::UNDEFINED))
    }

    /// `map.set(key, value)`
    fn jrt_n_map_set(vm, args) {
        let [_, value] = args.take(vm)?;
        let (map, key) = receiver(vm, args, InstanceClass::Map)?;
        table::insert(vm, map, key, value)?;
        Ok(this(vm, args))
    }

    /// `Map.groupBy(items, callback)`
    fn jrt_n_map_group_by(vm, args) {
        let [map, state, group] = vm.slots()?;
        iterate::enable(vm);
        jerboa_rt::memory::store(map.0, vm.intrinsic_word(ObjectId::MapPrototype));
        Value::EMPTY.store(state);
        vm.new_instance(InstanceClass::Map, map, state)?.store(map);
        super::group(vm, args, |vm, key, item| {
            table::normalise(vm, key)?;
            match table::find(vm, map, key).map(Value::word) {
                Some(found) => jerboa_rt::memory::store(group.0, found),
                None => {
                    vm.new_array(1)?.store(group);
                    table::insert(vm, map, key, group)?;
                }
            }
            vm.array_push(group, item)
        })?;
        Ok(vm.get(map))
    }

    /// `map.has(key)`
    fn jrt_n_map_has(vm, args) {
        let (map, key) = receiver(vm, args, InstanceClass::Map)?;
        Ok(Value::bool(table::find(vm, map, key).is_some()))
    }

    /// `map.delete(key)`
    fn jrt_n_map_delete(vm, args) {
        let (map, key) = receiver(vm, args, InstanceClass::Map)?;
        Ok(Value::bool(table::remove(vm, map, key)))
    }

    /// `map.clear()`
    fn jrt_n_map_clear(vm, args) {
        vm.require_this(args, InstanceClass::Map)?;
        table::clear(vm, args.this())?;
        Ok(Value::UNDEFINED)
    }

    /// `map.size`
    fn jrt_n_map_size(vm, args) {
        vm.require_instance(args.this(), InstanceClass::Map, Piece::Text("size"))?;
        Ok(Value::small(table::size(vm, args.this()) as i32))
    }

    /// `map.forEach(callback, this)`
    fn jrt_n_map_for_each(vm, args) {
        vm.require_this(args, InstanceClass::Map)?;
        for_each(vm, args)
    }
}

/// Calls a callback for each entry, also for those that are added meanwhile.
pub(super) fn for_each(vm: &mut jerboa_rt::Vm, args: jerboa_rt::Args) -> jerboa_rt::Result<Value<'_>> {
    let [callback, receiver] = args.take(vm)?;
    let [table, key, value] = vm.slots()?;
    if !vm.get(callback).is_callable() {
        return Err(crate::throw_call_site(vm, callback, " is not a function"));
    }
    let mut position = Position::start(vm, args.this(), table)?;
    while let Some((next_key, next_value)) = position.next() {
        next_key.store(key);
        next_value.store(value);
        vm.call_with(callback, receiver, &[value, key, args.this()])?;
    }
    Ok(Value::UNDEFINED)
}
