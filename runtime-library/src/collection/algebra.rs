//! The methods of Set that take another set, or anything with `size`, `has` and `keys` (ES2025).

use jerboa_abi::builtins::ObjectId;
use jerboa_rt::instance::InstanceClass;
use jerboa_rt::value::{Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{Args, Result};

use super::table::{self, Position};

jerboa_rt::native! {
    /// `set.union(other)`
    fn jrt_n_set_union(vm, args) {
        let other = Other::of(vm, args)?;
        let result = copy(vm, args)?;
        other.each(vm, |vm, key| {
            table::insert(vm, result, key, key)?;
            Ok(true)
        })?;
        Ok(vm.get(result))
    }

    /// `set.intersection(other)`
    fn jrt_n_set_intersection(vm, args) {
        let other = Other::of(vm, args)?;
        let result = empty(vm)?;
        let set = args.this();
        if f64::from(table::size(vm, set)) <= other.size {
            each(vm, set, |vm, key| {
                if other.has(vm, key)? {
                    table::insert(vm, result, key, key)?;
                }
                Ok(true)
            })?;
        } else {
            other.each(vm, |vm, key| {
                if table::find(vm, set, key).is_some() {
                    table::insert(vm, result, key, key)?;
                }
                Ok(true)
            })?;
        }
        Ok(vm.get(result))
    }

    /// `set.difference(other)`
    fn jrt_n_set_difference(vm, args) {
        let other = Other::of(vm, args)?;
        let result = copy(vm, args)?;
        let set = args.this();
        if f64::from(table::size(vm, set)) <= other.size {
            each(vm, set, |vm, key| {
                if other.has(vm, key)? {
                    table::remove(vm, result, key);
                }
                Ok(true)
            })?;
        } else {
            other.each(vm, |vm, key| {
                table::remove(vm, result, key);
                Ok(true)
            })?;
        }
        Ok(vm.get(result))
    }

    /// `set.symmetricDifference(other)`
    fn jrt_n_set_symmetric_difference(vm, args) {
        let other = Other::of(vm, args)?;
        let result = copy(vm, args)?;
        let set = args.this();
        other.each(vm, |vm, key| {
            if table::find(vm, set, key).is_some() {
                table::remove(vm, result, key);
            } else {
                table::insert(vm, result, key, key)?;
            }
            Ok(true)
        })?;
        Ok(vm.get(result))
    }

    /// `set.isSubsetOf(other)`
    fn jrt_n_set_is_subset_of(vm, args) {
        let other = Other::of(vm, args)?;
        if f64::from(table::size(vm, args.this())) > other.size {
            return Ok(Value::FALSE);
        }
        let all = each(vm, args.this(), |vm, key| other.has(vm, key))?;
        Ok(Value::bool(all))
    }

    /// `set.isSupersetOf(other)`
    fn jrt_n_set_is_superset_of(vm, args) {
        let other = Other::of(vm, args)?;
        let set = args.this();
        if f64::from(table::size(vm, set)) < other.size {
            return Ok(Value::FALSE);
        }
        let all = other.each(vm, |vm, key| Ok(table::find(vm, set, key).is_some()))?;
        Ok(Value::bool(all))
    }

    /// `set.isDisjointFrom(other)`
    fn jrt_n_set_is_disjoint_from(vm, args) {
        let other = Other::of(vm, args)?;
        let set = args.this();
        let all = if f64::from(table::size(vm, set)) <= other.size {
            each(vm, set, |vm, key| Ok(!other.has(vm, key)?))?
        } else {
            other.each(vm, |vm, key| Ok(table::find(vm, set, key).is_none()))?
        };
        Ok(Value::bool(all))
    }
}

/// The argument of a method, as it was at the beginning.
#[derive(Clone, Copy)]
struct Other {
    object: Slot,
    size: f64,
    has: Slot,
    keys: Slot,
}

impl Other {
    /// GetSetRecord, after a look at the receiver.
    fn of(vm: &mut Vm, args: Args) -> Result<Other> {
        let [object, size, has, keys] = vm.slots()?;
        vm.require_this(args, InstanceClass::Set)?;
        if let Some(argument) = args.get(0) {
            vm.copy(argument, object);
        }
        if !vm.get(object).is_object() {
            return Err(vm.throw_type("other is not an object"));
        }
        vm.get_by_name(object, "size")?.store(size);
        let number = vm.to_number(size)?;
        if number.is_nan() {
            return Err(vm.throw_type("The 'size' property must be a number"));
        }
        let size = jerboa_rt::number::math::trunc(number);
        if size < 0.0 {
            return Err(vm.throw_range("The 'size' property must not be negative"));
        }
        for (name, to) in [("has", has), ("keys", keys)] {
            vm.get_by_name(object, name)?.store(to);
            if !vm.get(to).is_callable() {
                return Err(vm.throw_type("The 'has' and 'keys' properties must be functions"));
            }
        }
        Ok(Other { object, size, has, keys })
    }

    fn has(self, vm: &mut Vm, key: Slot) -> Result<bool> {
        Ok(vm.call_with(self.has, self.object, &[key])?.to_boolean())
    }

    /// Calls `body` with each key, until it says no; whether it never did.
    fn each(self, vm: &mut Vm, mut body: impl FnMut(&mut Vm, Slot) -> Result<bool>) -> Result<bool> {
        let [iterator, next, result, key] = vm.slots()?;
        vm.call_with(self.keys, self.object, &[])?.store(iterator);
        if !vm.get(iterator).is_object() {
            return Err(vm.throw_type("The result of 'keys' is not an object"));
        }
        vm.get_by_name(iterator, "next")?.store(next);
        loop {
            let mark = vm.mark();
            vm.call_with(next, iterator, &[])?.store(result);
            if !vm.get(result).is_object() {
                return Err(vm.throw_type("The result of 'next' is not an object"));
            }
            if vm.get_by_name(result, "done")?.to_boolean() {
                return Ok(true);
            }
            vm.get_by_name(result, "value")?.store(key);
            table::normalise(vm, key)?;
            if !body(vm, key)? {
                vm.get_by_name(iterator, "return")?.store(result);
                if vm.get(result).is_callable() {
                    vm.call_with(result, iterator, &[])?;
                }
                return Ok(false);
            }
            vm.release(mark);
        }
    }
}

/// Calls `body` with each key of a Set, until it says no; whether it never did.
fn each(vm: &mut Vm, set: Slot, mut body: impl FnMut(&mut Vm, Slot) -> Result<bool>) -> Result<bool> {
    let [table, key] = vm.slots()?;
    let mut position = Position::start(vm, set, table)?;
    while let Some((next, _)) = position.next() {
        next.store(key);
        let mark = vm.mark();
        if !body(vm, key)? {
            return Ok(false);
        }
        vm.release(mark);
    }
    Ok(true)
}

/// A new, empty Set.
fn empty(vm: &mut Vm) -> Result<Slot> {
    let [set, state] = vm.slots()?;
    jerboa_rt::memory::store(set.address(), vm.intrinsic_word(ObjectId::SetPrototype));
    Value::EMPTY.store(state);
    vm.new_instance(InstanceClass::Set, set, state)?.store(set);
    Ok(set)
}

/// A new Set with the keys of the receiver.
fn copy(vm: &mut Vm, args: Args) -> Result<Slot> {
    let result = empty(vm)?;
    each(vm, args.this(), |vm, key| {
        table::insert(vm, result, key, key)?;
        Ok(true)
    })?;
    Ok(result)
}
