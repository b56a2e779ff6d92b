//! `WeakMap`, `WeakSet`: ephemerons, whose value is alive only while both the collection and the key are.
//!
//! The collector does not look into their tables by itself. After everything else is marked, [`collect`] marks the values of
//! the keys that are, until there are no more, and then drops the entries of the other keys.

use jerboa_abi::builtins::ObjectId;
use jerboa_abi::header::{self, Kind};
use jerboa_rt::heap::{MARKED, WeakPhase, words_of};
use jerboa_rt::instance::InstanceClass;
use jerboa_rt::memory::load;
use jerboa_rt::value::{Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{Args, ErrorKind, Piece, Result};

use super::{fill, receiver, table, this};

jerboa_rt::native! {
    /// `new WeakMap(entries)`
    fn jrt_n_weak_map(vm, args) {
        construct(vm, args, InstanceClass::WeakMap, ObjectId::WeakMapPrototype)
    }

    /// `map.get(key)`
    fn jrt_n_weak_map_get(vm, args) {
        let (map, key) = receiver(vm, args, InstanceClass::WeakMap)?;
        Ok(table::find(vm, map, key).unwrap_or(Value::UNDEFINED))
    }

    /// `map.set(key, value)`
    fn jrt_n_weak_map_set(vm, args) {
        let [_, value] = args.take(vm)?;
        let (map, key) = receiver(vm, args, InstanceClass::WeakMap)?;
        require_key(vm, key, InstanceClass::WeakMap)?;
        table::insert(vm, map, key, value)?;
        Ok(this(vm, args))
    }

    /// `map.has(key)`
    fn jrt_n_weak_map_has(vm, args) {
        let (map, key) = receiver(vm, args, InstanceClass::WeakMap)?;
        Ok(Value::bool(table::find(vm, map, key).is_some()))
    }

    /// `map.delete(key)`
    fn jrt_n_weak_map_delete(vm, args) {
        let (map, key) = receiver(vm, args, InstanceClass::WeakMap)?;
        Ok(Value::bool(table::remove(vm, map, key)))
    }

    /// `new WeakSet(values)`
    fn jrt_n_weak_set(vm, args) {
        construct(vm, args, InstanceClass::WeakSet, ObjectId::WeakSetPrototype)
    }

    /// `set.add(value)`
    fn jrt_n_weak_set_add(vm, args) {
        let [none] = vm.slots()?;
        let (set, key) = receiver(vm, args, InstanceClass::WeakSet)?;
        require_key(vm, key, InstanceClass::WeakSet)?;
        table::insert(vm, set, key, none)?;
        Ok(this(vm, args))
    }

    /// `set.has(value)`
    fn jrt_n_weak_set_has(vm, args) {
        let (set, key) = receiver(vm, args, InstanceClass::WeakSet)?;
        Ok(Value::bool(table::find(vm, set, key).is_some()))
    }

    /// `set.delete(value)`
    fn jrt_n_weak_set_delete(vm, args) {
        let (set, key) = receiver(vm, args, InstanceClass::WeakSet)?;
        Ok(Value::bool(table::remove(vm, set, key)))
    }
}

fn construct<'a>(vm: &'a mut Vm, args: Args, class: InstanceClass, prototype: ObjectId) -> Result<Value<'a>> {
    let [collection, state] = vm.slots()?;
    vm.require_new(args, class)?;
    vm.weak_hook.set(Some(collect));
    vm.prototype_for(args, prototype, collection)?;
    Value::EMPTY.store(state);
    vm.new_instance(class, collection, state)?.store(collection);
    fill(vm, args, collection, class)?;
    Ok(vm.get(collection))
}

/// Refuses a key that is no object, which would never die.
pub(super) fn require_key(vm: &mut Vm, key: Slot, class: InstanceClass) -> Result<()> {
    if vm.get(key).is_object() {
        return Ok(());
    }
    let text = match class {
        InstanceClass::WeakMap => "Invalid value used as weak map key",
        _ => "Invalid value used in weak set",
    };
    Err(vm.throw_error(ErrorKind::Type, &[Piece::Text(text)]))
}

/// The part of the collector that knows weak tables. It walks the heap for them: they are few, and nothing else has to pay.
fn collect(vm: &Vm, phase: WeakPhase) -> bool {
    let mut changed = false;
    let mut object = vm.heap_first();
    while object < vm.heap_top.get() {
        let header = load(object);
        if header::kind(header) == Kind::Weak as u32 && header & MARKED == MARKED {
            for entry in table::weak_entries(object) {
                let (key, value) = (load(entry), load(entry + 4));
                match (phase, vm.is_unmarked(key)) {
                    (WeakPhase::Mark, false) if vm.is_unmarked(value) => {
                        vm.mark_from(value);
                        changed = true;
                    }
                    (WeakPhase::Sweep, true) => table::drop_weak(object, entry),
                    _ => {}
                }
            }
        }
        object += 4 * words_of(object, header);
    }
    changed
}
