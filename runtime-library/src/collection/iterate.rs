//! The iterators of Map and Set, and how `for`-`of`, spread and `Array.from` go over these.
//!
//! An internal iterator has the table, what it gives (see [`mode`]) and the number of the next entry. What a program gets from
//! `entries()` and the like is an instance around one.

use jerboa_abi::builtins::ObjectId;
use jerboa_abi::value as word;
use jerboa_rt::instance::InstanceClass;
use jerboa_rt::iterate::IteratePhase;
use jerboa_rt::memory::{load, store};
use jerboa_rt::value::{Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{Args, Result};

use super::table::Position;

/// What an iterator gives, as a bit set.
pub(super) mod mode {
    /// Keys.
    pub const KEYS: i32 = 0;
    /// Values.
    pub const VALUES: i32 = 1;
    /// Pairs of both.
    pub const ENTRIES: i32 = 2;
    /// The entries have one word: it is a Set.
    pub const OF_SET: i32 = 4;
}

jerboa_rt::native! {
    /// `map.entries()`
    fn jrt_n_map_entries(vm, args) {
        vm.require_this(args, InstanceClass::Map)?;
        visible(vm, args, mode::ENTRIES)
    }

    /// `map.keys()`
    fn jrt_n_map_keys(vm, args) {
        vm.require_this(args, InstanceClass::Map)?;
        visible(vm, args, mode::KEYS)
    }

    /// `map.values()`
    fn jrt_n_map_values(vm, args) {
        vm.require_this(args, InstanceClass::Map)?;
        visible(vm, args, mode::VALUES)
    }

    /// `set.entries()`
    fn jrt_n_set_entries(vm, args) {
        vm.require_this(args, InstanceClass::Set)?;
        visible(vm, args, mode::OF_SET | mode::ENTRIES)
    }

    /// `set.values()`, `set.keys()`
    fn jrt_n_set_values(vm, args) {
        vm.require_this(args, InstanceClass::Set)?;
        visible(vm, args, mode::OF_SET | mode::VALUES)
    }

    /// `iterator.next()` of a Map
    fn jrt_n_map_iterator_next(vm, args) {
        step(vm, args, InstanceClass::MapIterator)
    }

    /// `iterator.next()` of a Set
    fn jrt_n_set_iterator_next(vm, args) {
        step(vm, args, InstanceClass::SetIterator)
    }
}

/// Makes collections iterable.
pub(super) fn enable(vm: &Vm) {
    vm.iterate_hook.set(Some(iterate));
}

fn iterate<'a>(vm: &'a mut Vm, slot: Slot, phase: IteratePhase) -> Result<Value<'a>> {
    match phase {
        IteratePhase::Next => next(vm, slot),
        IteratePhase::Start => match vm.get(slot).instance_class() {
            Some(InstanceClass::Map) => internal(vm, slot, mode::ENTRIES),
            Some(InstanceClass::Set) => internal(vm, slot, mode::OF_SET | mode::VALUES),
            Some(InstanceClass::MapIterator | InstanceClass::SetIterator) => Ok(vm.instance_state(slot)),
            _ => Ok(Value::EMPTY),
        },
    }
}

/// The internal iterator of a collection.
fn internal(vm: &mut Vm, collection: Slot, mode: i32) -> Result<Value<'_>> {
    let mark = vm.mark();
    let [table, state] = vm.slots()?;
    Position::start(vm, collection, table)?;
    Value::small(mode).store(state);
    let word = vm.new_instance_iterator(table, state)?.word();
    vm.release(mark);
    Ok(Value::of(word))
}

/// The iterator that a program sees.
fn visible<'a>(vm: &'a mut Vm, args: Args, mode: i32) -> Result<Value<'a>> {
    let [state, prototype] = vm.slots()?;
    let (class, id) = if mode & mode::OF_SET == 0 {
        (InstanceClass::MapIterator, ObjectId::MapIteratorPrototype)
    } else {
        (InstanceClass::SetIterator, ObjectId::SetIteratorPrototype)
    };
    internal(vm, args.this(), mode)?.store(state);
    store(prototype.0, vm.intrinsic_word(id));
    vm.new_instance(class, prototype, state)
}

/// The next value of an internal iterator, `EMPTY` at its end.
fn next(vm: &mut Vm, iterator: Slot) -> Result<Value<'_>> {
    let mark = vm.mark();
    let [table, key, value] = vm.slots()?;
    let at = load(iterator.0);
    store(table.0, load(at + 4));
    let mode = word::to_int(load(at + 8));
    let stride = if mode & mode::OF_SET == 0 { 2 } else { 1 };
    let mut position = Position { table, number: word::to_int(load(at + 12)) as u32, stride };
    let entry = position.next();
    store(at + 4, load(table.0));
    store(at + 12, Value::small(position.number as i32).word());
    let Some((next_key, next_value)) = entry else {
        vm.release(mark);
        return Ok(Value::EMPTY);
    };
    let word = if mode & mode::ENTRIES != 0 {
        next_key.store(key);
        next_value.store(value);
        vm.new_array_from(key, 2)?.word()
    } else if mode & mode::VALUES != 0 {
        next_value.word()
    } else {
        next_key.word()
    };
    vm.release(mark);
    Ok(Value::of(word))
}

/// `{ value, done }` of a program's iterator.
fn step<'a>(vm: &'a mut Vm, args: Args, class: InstanceClass) -> Result<Value<'a>> {
    let [iterator, value, done, result] = vm.slots()?;
    vm.require_this(args, class)?;
    vm.instance_state(args.this()).store(iterator);
    next(vm, iterator)?.store(value);
    let ended = vm.get(value).is_empty();
    if ended {
        Value::UNDEFINED.store(value);
    }
    Value::bool(ended).store(done);
    vm.new_object()?.store(result);
    vm.set_by_name(result, "value", value)?;
    vm.set_by_name(result, "done", done)?;
    Ok(vm.get(result))
}

/// Whether an iterator of a program gives entries.
pub(crate) fn gives_entries(vm: &Vm, iterator: Slot) -> bool {
    word::to_int(load(vm.instance_state(iterator).word() + 8)) & mode::ENTRIES != 0
}

/// A copy of an iterator's position, for looking ahead: the table goes to a slot.
pub(super) fn position_of(vm: &Vm, iterator: Slot, table: Slot) -> (Position, i32) {
    let at = vm.instance_state(iterator).word();
    store(table.0, load(at + 4));
    let mode = word::to_int(load(at + 8));
    let stride = if mode & mode::OF_SET == 0 { 2 } else { 1 };
    (Position { table, number: word::to_int(load(at + 12)) as u32, stride }, mode)
}
