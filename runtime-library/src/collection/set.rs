//! `Set`.

use jerboa_abi::builtins::ObjectId;
use jerboa_rt::Piece;
use jerboa_rt::instance::InstanceClass;
use jerboa_rt::value::Value;

use super::table;
use super::{fill, iterate, receiver, this};

jerboa_rt::native! {
    /// `new Set(values)`
    fn jrt_n_set(vm, args) {
        let [set, state] = vm.slots()?;
        vm.require_new(args, InstanceClass::Set)?;
        iterate::enable(vm);
        vm.prototype_for(args, ObjectId::SetPrototype, set)?;
        Value::EMPTY.store(state);
        vm.new_instance(InstanceClass::Set, set, state)?.store(set);
        fill(vm, args, set, InstanceClass::Set)?;
        Ok(vm.get(set))
    }

    /// `set.add(value)`
    fn jrt_n_set_add(vm, args) {
        let (set, key) = receiver(vm, args, InstanceClass::Set)?;
        table::insert(vm, set, key, key)?;
        Ok(this(vm, args))
    }

    /// `set.has(value)`
    fn jrt_n_set_has(vm, args) {
        let (set, key) = receiver(vm, args, InstanceClass::Set)?;
        Ok(Value::bool(table::find(vm, set, key).is_some()))
    }

    /// `set.delete(value)`
    fn jrt_n_set_delete(vm, args) {
        let (set, key) = receiver(vm, args, InstanceClass::Set)?;
        Ok(Value::bool(table::remove(vm, set, key)))
    }

    /// `set.clear()`
    fn jrt_n_set_clear(vm, args) {
        vm.require_this(args, InstanceClass::Set)?;
        table::clear(vm, args.this())?;
        Ok(Value::UNDEFINED)
    }

    /// `set.size`
    fn jrt_n_set_size(vm, args) {
        vm.require_instance(args.this(), InstanceClass::Set, Piece::Text("size"))?;
        Ok(Value::small(table::size(vm, args.this()) as i32))
    }

    /// `set.forEach(callback, this)`
    fn jrt_n_set_for_each(vm, args) {
        vm.require_this(args, InstanceClass::Set)?;
        super::map::for_each(vm, args)
    }
}
