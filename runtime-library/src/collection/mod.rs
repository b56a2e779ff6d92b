//! `Map`, `Set`, `WeakMap`, `WeakSet`.
//!
//! * [`table`]: the hash table of all four. [`weak`]: what the collector does about two of them.
//! * [`algebra`]: the methods of Set that take another set.
//! * [`iterate`]: the iterators of Map and Set. [`inspect`]: what the console shows.

pub mod algebra;
pub mod inspect;
pub mod iterate;
pub mod map;
pub mod set;
pub(crate) mod table;
pub mod weak;

use jerboa_abi::builtins::NativeId;
use jerboa_rt::instance::InstanceClass;
use jerboa_rt::value::{Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{Args, ErrorKind, Piece, Result, Thrown};

/// The receiver of a method and its argument as a key: a copy in a slot of its own.
fn receiver(vm: &mut Vm, args: Args, class: InstanceClass) -> Result<(Slot, Slot)> {
    let [key] = vm.slots()?;
    vm.require_this(args, class)?;
    if let Some(argument) = args.get(0) {
        vm.copy(argument, key);
    }
    table::normalise(vm, key)?;
    Ok((args.this(), key))
}

/// Fills a new collection from the argument of its constructor, by its method `set` or `add` as the program sees it.
fn fill(vm: &mut Vm, args: Args, collection: Slot, class: InstanceClass) -> Result<()> {
    let [items] = args.take(vm)?;
    if vm.get(items).is_nullish() {
        return Ok(());
    }
    let (adder_name, native) = match class {
        InstanceClass::Map => ("set", NativeId::MapSet),
        InstanceClass::WeakMap => ("set", NativeId::WeakMapSet),
        InstanceClass::Set => ("add", NativeId::SetAdd),
        _ => ("add", NativeId::WeakSetAdd),
    };
    let [adder, iterator, item, key, value] = vm.slots()?;
    let parts = Parts { adder, item, key, value };
    vm.get_by_name(collection, adder_name)?.store(adder);
    if !vm.get(adder).is_callable() {
        return Err(vm.throw_error(
            ErrorKind::Type,
            &[
                Piece::Text("'"),
                Piece::value(adder),
                Piece::Text("' returned for property '"),
                Piece::Text(adder_name),
                Piece::Text("' of object '"),
                Piece::value(collection),
                Piece::Text("' is not a function"),
            ],
        ));
    }
    let direct = vm.is_native(adder, native);
    if !vm.is_iterable(items) {
        return Err(crate::throw_call_site(
            vm,
            items,
            " is not iterable (cannot read property Symbol(Symbol.iterator))",
        ));
    }
    vm.for_of(items)?.store(iterator);
    loop {
        let mark = vm.mark();
        let next = vm.iterator_next(iterator)?;
        if next.is_empty() {
            return Ok(());
        }
        next.store(item);
        if let Err(thrown) = add_item(vm, collection, class, &parts, direct) {
            return Err(abandon(vm, iterator, thrown));
        }
        vm.release(mark);
    }
}

/// Puts the items of an iterable in arrays, by what a callback gives for each; `add` finds or makes the array for a key.
///
/// # Errors
/// Throws a TypeError if the first argument can not be iterated or the second one not be called, and what those throw.
pub(crate) fn group(vm: &mut Vm, args: Args, add: impl Fn(&mut Vm, Slot, Slot) -> Result<()>) -> Result<()> {
    let [items, callback] = args.take(vm)?;
    let [iterator, item, index, none, key] = vm.slots()?;
    if vm.get(items).is_nullish() || !vm.is_iterable(items) {
        return Err(crate::throw_call_site(vm, items, " is not iterable"));
    }
    if !vm.get(callback).is_callable() {
        return Err(crate::throw_call_site(vm, callback, " is not a function"));
    }
    vm.for_of(items)?.store(iterator);
    let mut count = 0;
    loop {
        let next = vm.iterator_next(iterator)?;
        if next.is_empty() {
            return Ok(());
        }
        next.store(item);
        let mark = vm.mark();
        vm.integer(count)?.store(index);
        let added = match vm.call_with(callback, none, &[item, index]).map(Value::word) {
            Ok(word) => {
                jerboa_rt::memory::store(key.0, word);
                add(vm, key, item)
            }
            Err(thrown) => Err(thrown),
        };
        if let Err(thrown) = added {
            return Err(abandon(vm, iterator, thrown));
        }
        vm.release(mark);
        count += 1;
    }
}

/// Leaves an iteration because of an exception: the iterator learns that it is not wanted any more, and what that throws is not
/// told.
pub(crate) fn abandon(vm: &mut Vm, iterator: Slot, thrown: Thrown) -> Thrown {
    let Some(error) = vm.take_pending().map(Value::word) else { return thrown };
    let Ok(error) = vm.push_word(error) else { return thrown };
    if vm.iterator_close(iterator).is_err() {
        vm.take_pending();
    }
    vm.throw(error)
}

/// The slots of what is being added.
struct Parts {
    adder: Slot,
    item: Slot,
    key: Slot,
    value: Slot,
}

/// Adds one item of the constructor's argument, directly or by the method.
fn add_item(vm: &mut Vm, collection: Slot, class: InstanceClass, parts: &Parts, direct: bool) -> Result<()> {
    let &Parts { adder, item, key, value } = parts;
    let pairs = matches!(class, InstanceClass::Map | InstanceClass::WeakMap);

    if pairs {
        if !vm.get(item).is_object() {
            return Err(vm.throw_error(
                ErrorKind::Type,
                &[Piece::Text("Iterator value "), Piece::value(item), Piece::Text(" is not an entry object")],
            ));
        }
        for &(place, to) in &[(0, key), (1, value)] {
            if let Some(place) = jerboa_rt::Key::index(place) {
                vm.get_property(item, place)?.store(to);
            }
        }
    } else {
        vm.copy(item, key);
    }
    if !direct {
        let arguments = [key, value];
        let count = if pairs { 2 } else { 1 };
        vm.call_with(adder, collection, arguments.get(..count).unwrap_or_default())?;
    } else {
        if matches!(class, InstanceClass::WeakMap | InstanceClass::WeakSet) {
            weak::require_key(vm, key, class)?;
        }
        table::normalise(vm, key)?;
        table::insert(vm, collection, key, value)?;
    }
    Ok(())
}

/// The result of a method that gives its receiver.
fn this(vm: &Vm, args: Args) -> Value<'_> {
    vm.get(args.this())
}
