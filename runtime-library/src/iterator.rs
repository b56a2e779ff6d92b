//! Iterators: those of arrays and strings as objects, and the protocol between loops and iterators of the program.

use jerboa_rt::iterate::ArrayItems;
use jerboa_rt::property::name;
use jerboa_rt::value::{Key, Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{Args, ErrorKind, Piece, Result};

jerboa_rt::native! {
    /// `array.values()`, `array[Symbol.iterator]()`
    fn jrt_n_array_values(vm, args) {
        vm.to_object(args.this())?;
        vm.new_array_iterator(args.this(), ArrayItems::Values)
    }

    /// `array.keys()`
    fn jrt_n_array_keys(vm, args) {
        vm.to_object(args.this())?;
        vm.new_array_iterator(args.this(), ArrayItems::Keys)
    }

    /// `array.entries()`
    fn jrt_n_array_entries(vm, args) {
        vm.to_object(args.this())?;
        vm.new_array_iterator(args.this(), ArrayItems::Entries)
    }

    /// `string[Symbol.iterator]()`
    fn jrt_n_string_iterator(vm, args) {
        if vm.get(args.this()).is_nullish() {
            return Err(vm.throw_type("String.prototype[Symbol.iterator] called on null or undefined"));
        }
        vm.to_string(args.this())?;
        vm.new_string_iterator(args.this())
    }

    /// `next` of an array's iterator
    fn jrt_n_array_iterator_next(vm, args) {
        next(vm, args, false)
    }

    /// `next` of a string's iterator
    fn jrt_n_string_iterator_next(vm, args) {
        next(vm, args, true)
    }

    /// `iterator[Symbol.iterator]()`: iterators are iterable.
    fn jrt_n_iterator_this(vm, args) {
        Ok(vm.get(args.this()))
    }

    /// Begins an iteration by an iterator of the program.
    fn jrt_n_iterate_start(vm, args) {
        let [value] = args.take(vm)?;
        vm.protocol_start(value).map(Value::of)
    }

    /// The next value of one, `EMPTY` at its end.
    fn jrt_n_iterate_next(vm, args) {
        let [iterator] = args.take(vm)?;
        vm.protocol_next(iterator)
    }

    /// Leaves one early.
    fn jrt_n_iterate_close(vm, args) {
        let [iterator] = args.take(vm)?;
        vm.protocol_close(iterator)?;
        Ok(Value::UNDEFINED)
    }
}

fn next(vm: &mut Vm, args: Args, string: bool) -> Result<Value<'_>> {
    let this = args.this();
    if !vm.is_builtin_iterator(this, string) {
        let kind = if string { "String Iterator" } else { "Array Iterator" };
        let pieces = [
            Piece::Text("Method "),
            Piece::Text(kind),
            Piece::Text(".prototype.next called on incompatible receiver "),
            Piece::value(this),
        ];
        return Err(vm.throw_error(ErrorKind::Type, &pieces));
    }
    let [item] = vm.slots()?;
    vm.iterator_next(this)?.store(item);
    let ended = vm.get(item).is_empty();
    if ended {
        Value::UNDEFINED.store(item);
    }
    result(vm, item, ended)
}

/// A result object of an iterator.
pub(super) fn result(vm: &mut Vm, value: Slot, done: bool) -> Result<Value<'_>> {
    let [object, key, flag] = vm.slots()?;
    vm.new_object()?.store(object);
    vm.well_known(name::VALUE)?.store(key);
    vm.define_field(object, Key::slot(key), value)?;
    vm.well_known(name::DONE)?.store(key);
    Value::bool(done).store(flag);
    vm.define_field(object, Key::slot(key), flag)?;
    Ok(vm.get(object))
}
