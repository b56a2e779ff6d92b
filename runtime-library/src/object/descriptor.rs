//! Property descriptors: own properties as they are, and the objects that describe them.

use jerboa_rt::define::Descriptor;
use jerboa_rt::memory::{load, store};
use jerboa_rt::property::Own;
use jerboa_rt::shape::attributes;
use jerboa_rt::value::{Key, Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{ErrorKind, Piece, Result};

use super::put;
use jerboa_rt::gate;
use jerboa_rt::instance::InstanceClass;

/// An own property: its value, or getter and setter, are in slots of the caller.
#[derive(Clone, Copy)]
pub(crate) struct OwnProperty {
    /// Its attributes ([`attributes`]).
    pub(crate) attributes: u32,
}

impl OwnProperty {
    /// Whether it has getter and setter instead of a value.
    pub(crate) fn is_accessor(self) -> bool {
        self.attributes & attributes::ACCESSOR != 0
    }

    /// Whether it is enumerable.
    pub(crate) fn is_enumerable(self) -> bool {
        self.attributes & attributes::ENUMERABLE != 0
    }
}

gate! {
    /// Puts the value of a module's variable in the place of the getter that its namespace object has for it; whether the object is one.
    if Modules, fn variable(vm: &mut Vm, object: Slot, getter: Slot) -> Result<bool> {
        if vm.get(object).instance_class() != Some(InstanceClass::Module) {
            return Ok(false);
        }
        vm.call_with(getter, object, &[])?.store(getter);
        Ok(true)
    } else {
        let _ = (vm, object, getter);
        Ok(false)
    }
}

/// Looks for an own property of an object. A value is put in `value`, a getter there and its setter in `setter`.
pub(crate) fn read_own_property(
    vm: &mut Vm,
    object: Slot,
    key: Key,
    value: Slot,
    setter: Slot,
) -> Result<Option<OwnProperty>> {
    let word = vm.key_word(key);
    let (first, second, attributes) = match vm.own_property(load(object.0), word) {
        Own::Absent(_) => return Ok(None),
        Own::Slot(slot) if slot.attributes & attributes::ACCESSOR != 0 => {
            let pair = load(slot.address);
            store(value.0, load(pair + 4));
            store(setter.0, load(pair + 8));
            let mut attributes = slot.attributes;
            if variable(vm, object, value)? {
                attributes = attributes & !attributes::ACCESSOR | attributes::WRITABLE;
            }
            return Ok(Some(OwnProperty { attributes }));
        }
        Own::Slot(slot) => (load(slot.address), super::UNDEFINED.word(), slot.attributes),
        Own::Constant(word, attributes) => (word, super::UNDEFINED.word(), attributes),
        Own::RomAccessor(getter, setter, attributes) => (getter, setter, attributes),
        Own::Lazy(attributes) => {
            let word = vm.make_lazy(load(object.0), key)?.word();
            (word, super::UNDEFINED.word(), attributes)
        }
    };
    store(value.0, first);
    store(setter.0, second);
    Ok(Some(OwnProperty { attributes }))
}

/// The descriptor object of an own property, `undefined` if there is none.
pub(crate) fn describe(vm: &mut Vm, object: Slot, key: Key, to: Slot) -> Result<()> {
    let mark = vm.mark();
    let [value, setter, flag] = vm.slots()?;
    let Some(property) = read_own_property(vm, object, key, value, setter)? else {
        super::UNDEFINED.store(to);
        vm.release(mark);
        return Ok(());
    };
    vm.new_object()?.store(to);
    let put_flag = |vm: &mut Vm, name, bit| {
        Value::bool(property.attributes & bit != 0).store(flag);
        put(vm, to, name, flag)
    };
    if property.is_accessor() {
        put(vm, to, "get", value)?;
        put(vm, to, "set", setter)?;
    } else {
        put(vm, to, "value", value)?;
        put_flag(vm, "writable", attributes::WRITABLE)?;
    }
    put_flag(vm, "enumerable", attributes::ENUMERABLE)?;
    put_flag(vm, "configurable", attributes::CONFIGURABLE)?;
    vm.release(mark);
    Ok(())
}

/// A field of a descriptor object, if it has it: the slot that it was put in.
fn field(vm: &mut Vm, object: Slot, name: &str) -> Result<Option<Slot>> {
    let [value] = vm.slots()?;
    let mark = vm.mark();
    let key = vm.name_key(name)?;
    let present = vm.has_property(object, key, true)?;
    if present {
        vm.get_property(object, key)?.store(value);
    }
    vm.release(mark);
    Ok(present.then_some(value))
}

/// Reads a descriptor object (ES5 8.10.5). What it refers to are new slots.
pub(crate) fn read(vm: &mut Vm, object: Slot) -> Result<Descriptor> {
    if !vm.get(object).is_object() {
        return Err(vm.throw_error(
            ErrorKind::Type,
            &[Piece::Text("Property description must be an object: "), Piece::value(object)],
        ));
    }
    let mut descriptor = Descriptor::default();
    let mut read_flag = |vm: &mut Vm, name, bit| -> Result<()> {
        if let Some(slot) = field(vm, object, name)? {
            descriptor.given |= bit;
            if vm.get(slot).to_boolean() {
                descriptor.attributes |= bit;
            }
        }
        Ok(())
    };
    read_flag(vm, "enumerable", attributes::ENUMERABLE)?;
    read_flag(vm, "configurable", attributes::CONFIGURABLE)?;
    let value = field(vm, object, "value")?;
    read_flag(vm, "writable", attributes::WRITABLE)?;
    descriptor.value = value;
    descriptor.getter = field(vm, object, "get")?;
    require_accessor(vm, descriptor.getter, "Getter must be a function: ")?;
    descriptor.setter = field(vm, object, "set")?;
    require_accessor(vm, descriptor.setter, "Setter must be a function: ")?;
    let accessor = descriptor.getter.is_some() || descriptor.setter.is_some();
    if accessor && (descriptor.value.is_some() || descriptor.given & attributes::WRITABLE != 0) {
        return Err(vm.throw_error(
            ErrorKind::Type,
            &[
                Piece::Text(
                    "Invalid property descriptor. Cannot both specify accessors and a value or writable attribute, ",
                ),
                Piece::value(object),
            ],
        ));
    }
    Ok(descriptor)
}

fn require_accessor(vm: &mut Vm, function: Option<Slot>, message: &str) -> Result<()> {
    match function {
        Some(slot) if !vm.get(slot).is_undefined() && !vm.get(slot).is_callable() => {
            Err(vm.throw_error(ErrorKind::Type, &[Piece::Text(message), Piece::value(slot)]))
        }
        _ => Ok(()),
    }
}
