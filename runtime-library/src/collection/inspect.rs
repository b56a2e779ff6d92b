//! What the console shows of collections: a list of their values, or of keys and values in turn.

use jerboa_rt::instance::InstanceClass;
use jerboa_rt::value::Value;

use super::iterate::{mode, position_of};
use super::table::Position;

jerboa_rt::native! {
    /// The contents of a collection or of what is left of its iterator, for the console; not a property of anything.
    fn jrt_n_collection_contents(vm, args) {
        let [collection] = args.take(vm)?;
        let [list, table, key, value] = vm.slots()?;
        vm.new_array(0)?.store(list);
        let is_map = vm.get(collection).instance_class() == Some(InstanceClass::Map);
        let (mut position, mode) = match vm.get(collection).instance_class() {
            Some(InstanceClass::Map) => (Position::start(vm, collection, table)?, mode::ENTRIES),
            Some(InstanceClass::Set) => (Position::start(vm, collection, table)?, mode::VALUES),
            Some(InstanceClass::MapIterator | InstanceClass::SetIterator) => position_of(vm, collection, table),
            _ => return Ok(Value::UNDEFINED),
        };
        while let Some((next_key, next_value)) = position.next() {
            next_key.store(key);
            next_value.store(value);
            if mode & mode::ENTRIES != 0 && !is_map {
                vm.new_array_from(key, 2)?.store(key);
                vm.array_push(list, key)?;
                continue;
            }
            if mode & mode::VALUES == 0 {
                vm.array_push(list, key)?;
            }
            if mode & (mode::VALUES | mode::ENTRIES) != 0 {
                vm.array_push(list, value)?;
            }
        }
        Ok(vm.get(list))
    }
}
