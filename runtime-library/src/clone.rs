//! `structuredClone`: a deep copy of data, with shared and circular references as they were.
//!
//! A Map from objects to their copies, in a slot, remembers what was seen.

use jerboa_abi::builtins::ObjectId;
use jerboa_abi::header::Kind;
use jerboa_abi::value as word;
use jerboa_rt::define::Descriptor;
use jerboa_rt::instance::InstanceClass;
use jerboa_rt::keys::Filter;
use jerboa_rt::memory::{move_bytes, store};
use jerboa_rt::shape::attributes;
use jerboa_rt::value::{Key, Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{Result, StringBuilder, Thrown};

use super::collection::table::{self, Position};

jerboa_rt::native! {
    /// `structuredClone(value)`
    fn jrt_n_structured_clone(vm, args) {
        let [value] = args.take(vm)?;
        let [memory, state, result] = vm.slots()?;
        if args.is_empty() {
            return Err(vm.throw_type("The \"value\" argument must be specified"));
        }
        Value::NULL.store(memory);
        Value::EMPTY.store(state);
        vm.new_instance(InstanceClass::Map, memory, state)?.store(memory);
        clone(vm, value, memory, result)?;
        Ok(vm.get(result))
    }
}

/// Puts the copy of a value in a slot.
fn clone(vm: &mut Vm, value: Slot, memory: Slot, to: Slot) -> Result<()> {
    if vm.get(value).is(Kind::Symbol) {
        return Err(refuse(vm, value));
    }
    if !vm.get(value).is_object() {
        vm.copy(value, to);
        return Ok(());
    }
    if let Some(copy) = table::find(vm, memory, value).map(Value::word) {
        store(to.0, copy);
        return Ok(());
    }
    vm.enter_native_code()?;
    let mark = vm.mark();
    let outcome = clone_object(vm, value, memory, to);
    vm.leave_native_code();
    outcome?;
    vm.release(mark);
    Ok(())
}

fn clone_object(vm: &mut Vm, value: Slot, memory: Slot, to: Slot) -> Result<()> {
    match vm.get(value).kind() {
        Some(Kind::Object | Kind::Arguments) => vm.new_object()?.store(to),
        Some(Kind::RomObject) if !vm.get(value).is_callable() => vm.new_object()?.store(to),
        Some(Kind::Array) => {
            let length = vm.array_length(value);
            vm.new_array_with_length(length)?.store(to);
        }
        Some(Kind::Wrapper) => {
            let primitive = vm.wrapped(value).map_or(word::UNDEFINED, Value::word);
            let primitive = vm.push_word(primitive)?;
            vm.new_wrapper(primitive)?.store(to);
            return remember(vm, value, memory, to);
        }
        Some(Kind::Buffer) => {
            let length = vm.buffer_length(value);
            vm.new_buffer(length)?.store(to);
            move_bytes(vm.buffer_bytes(value), vm.buffer_bytes(to), length);
            return remember(vm, value, memory, to);
        }
        Some(Kind::View) => {
            let Some(element) = vm.element_type(value) else { return Err(refuse(vm, value)) };
            let [buffer, copy] = vm.slots()?;
            vm.view_buffer(value).store(buffer);
            clone(vm, buffer, memory, copy)?;
            let (offset, length) = (vm.view_offset(value), vm.view_length(value));
            vm.new_view(element, copy, offset, length)?.store(to);
            return remember(vm, value, memory, to);
        }
        Some(Kind::Error) => return clone_error(vm, value, memory, to),
        Some(Kind::Instance) => return clone_instance(vm, value, memory, to),
        _ => return Err(refuse(vm, value)),
    }
    remember(vm, value, memory, to)?;
    let [keys, key, property, copy] = vm.slots()?;
    vm.own_keys(value, Filter::Enumerable)?.store(keys);
    for i in 0..vm.array_length(keys) {
        vm.array_get(keys, i).store(key);
        // A getter may have deleted it.
        if vm.is_enumerable(value, Key::slot(key)) == Some(true) {
            vm.get_property(value, Key::slot(key))?.store(property);
            clone(vm, property, memory, copy)?;
            let all = Descriptor::data(copy, attributes::ALL);
            vm.define_own_property(to, Key::slot(key), &all)?;
        }
    }
    Ok(())
}

fn remember(vm: &mut Vm, value: Slot, memory: Slot, copy: Slot) -> Result<()> {
    table::insert(vm, memory, value, copy)
}

fn clone_instance(vm: &mut Vm, value: Slot, memory: Slot, to: Slot) -> Result<()> {
    let class = vm.get(value).instance_class();
    let prototype = match class {
        Some(InstanceClass::Map) => ObjectId::MapPrototype,
        Some(InstanceClass::Set) => ObjectId::SetPrototype,
        Some(InstanceClass::Date) => ObjectId::DatePrototype,
        Some(InstanceClass::RegExp) => ObjectId::RegExpPrototype,
        _ => return Err(refuse(vm, value)),
    };
    let class = class.unwrap_or(InstanceClass::Map);
    let [inherited, state, table, entry, other] = vm.slots()?;
    store(inherited.0, vm.intrinsic_word(prototype));
    let is_map = class == InstanceClass::Map;
    if !is_map && class != InstanceClass::Set {
        vm.instance_state(value).store(state);
        vm.new_instance(class, inherited, state)?.store(to);
        if class == InstanceClass::RegExp {
            let key = vm.name_key("lastIndex")?;
            Value::small(0).store(state);
            vm.define_own_property(to, key, &Descriptor::data(state, attributes::WRITABLE))?;
        }
        return remember(vm, value, memory, to);
    }
    Value::EMPTY.store(state);
    vm.new_instance(class, inherited, state)?.store(to);
    remember(vm, value, memory, to)?;
    let [key, copy] = vm.slots()?;
    let mut position = Position::start(vm, value, table)?;
    while let Some((next_key, next_value)) = position.next() {
        next_key.store(entry);
        next_value.store(other);
        clone(vm, entry, memory, key)?;
        if is_map {
            clone(vm, other, memory, copy)?;
        }
        table::insert(vm, to, key, copy)?;
    }
    Ok(())
}

/// Errors keep the name of their kind, the message, the stack and the cause.
fn clone_error(vm: &mut Vm, value: Slot, memory: Slot, to: Slot) -> Result<()> {
    const KINDS: [(&str, ObjectId); 6] = [
        ("EvalError", ObjectId::EvalErrorPrototype),
        ("RangeError", ObjectId::RangeErrorPrototype),
        ("ReferenceError", ObjectId::ReferenceErrorPrototype),
        ("SyntaxError", ObjectId::SyntaxErrorPrototype),
        ("TypeError", ObjectId::TypeErrorPrototype),
        ("URIError", ObjectId::UriErrorPrototype),
    ];
    let [name, part, copy] = vm.slots()?;
    vm.get_by_name(value, "name")?.store(name);
    vm.to_flat_string(name)?;
    let is = |kind: &&(&str, ObjectId)| *vm.text(name) == *kind.0.as_bytes();
    let prototype = KINDS.iter().find(is).map_or(ObjectId::ErrorPrototype, |kind| kind.1);
    store(part.0, word::EMPTY);
    super::error::with_prototype(vm, prototype, part, to)?;
    remember(vm, value, memory, to)?;
    for own in ["message", "stack", "cause"] {
        let mark = vm.mark();
        let key = vm.name_key(own)?;
        if vm.has_property(value, key, false)? {
            vm.get_property(value, key)?.store(part);
            clone(vm, part, memory, copy)?;
            vm.define_own_property(to, key, &Descriptor::data(copy, attributes::HIDDEN))?;
        }
        vm.release(mark);
    }
    Ok(())
}

/// The error about what can not be copied.
#[cold]
fn refuse(vm: &mut Vm, value: Slot) -> Thrown {
    match data_clone_error(vm, value) {
        Ok(error) => vm.throw(error),
        Err(thrown) => thrown,
    }
}

fn data_clone_error(vm: &mut Vm, value: Slot) -> Result<Slot> {
    let [message, error, part] = vm.slots()?;
    let mut text = StringBuilder::new(vm)?;
    vm.push_description(&mut text, value)?;
    text.push(vm, b" could not be cloned.")?;
    text.finish(vm)?.store(message);
    vm.new_error(jerboa_rt::ErrorKind::Error, message)?.store(error);
    vm.new_string(b"DataCloneError")?.store(part);
    let key = vm.name_key("name")?;
    vm.define_own_property(error, key, &Descriptor::data(part, attributes::HIDDEN))?;
    Value::small(25).store(part);
    let key = vm.name_key("code")?;
    vm.define_own_property(error, key, &Descriptor::data(part, attributes::HIDDEN))?;
    Ok(error)
}
