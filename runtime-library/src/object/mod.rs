//! `Object` and `Object.prototype`.

pub mod class;
pub mod construct;
pub mod define;
pub mod descriptor;
pub mod enumerate;
pub mod integrity;
pub mod legacy;
pub mod prototype;

use jerboa_abi::builtins::NativeId;
use jerboa_rt::Result;
use jerboa_rt::keys::Filter;
use jerboa_rt::value::{Key, Slot, Value};
use jerboa_rt::vm::Vm;

/// Stores a value under a name in an object that is being made.
pub(super) fn put(vm: &mut Vm, object: Slot, name: &str, value: Slot) -> Result<()> {
    let mark = vm.mark();
    let key = vm.name_key(name)?;
    vm.define_field(object, key, value)?;
    vm.release(mark);
    Ok(())
}

/// Copies a key of a list of keys ([`Vm::own_keys`]) to a slot.
pub(super) fn key_at(vm: &Vm, keys: Slot, index: u32, to: Slot) -> Key {
    vm.array_get(keys, index).store(to);
    Key::slot(to)
}

/// `this` as an object.
pub(super) fn this_object(vm: &mut Vm, args: jerboa_rt::Args) -> Result<Slot> {
    vm.to_object(args.this())?;
    Ok(args.this())
}

/// A missing value.
pub(super) const UNDEFINED: Value<'static> = Value::UNDEFINED;

/// Puts the keys of all own properties in a slot: strings, then symbols.
fn all_keys(vm: &mut Vm, object: Slot, keys: Slot) -> Result<()> {
    vm.own_keys(object, Filter::All)?.store(keys);
    // A program that can not get hold of a symbol has no properties with such keys.
    if let Some(symbols) = vm.call_hook(NativeId::ObjectGetOwnPropertySymbols, &[object])? {
        let mark = vm.mark();
        let symbols = vm.push_word(symbols)?;
        let [symbol] = vm.slots()?;
        for i in 0..vm.array_length(symbols) {
            vm.array_get(symbols, i).store(symbol);
            vm.array_push(keys, symbol)?;
        }
        vm.release(mark);
    }
    Ok(())
}
