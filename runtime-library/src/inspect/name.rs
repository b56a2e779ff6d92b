//! The name of the constructor that an object is shown with.

use jerboa_abi::builtins::ObjectId;
use jerboa_abi::header::Kind;
use jerboa_abi::value as word;
use jerboa_rt::memory::load;
use jerboa_rt::value::{Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{Result, StringBuilder};

use crate::object::descriptor::read_own_property;

/// The name that an object's kind alone gives it.
pub(super) fn kind_name(vm: &Vm, object: Slot) -> &'static str {
    let value = vm.get(object);
    match value.kind() {
        _ if value.is_callable() => "Function",
        _ if value.is_array() => "Array",
        Some(Kind::Error) => "Error",
        Some(Kind::Arguments) => "Arguments",
        Some(Kind::Instance) => value.instance_class().map_or("Object", |class| class.name()),
        Some(Kind::Buffer | Kind::View) => jerboa_rt::typed::buffer_class(vm, object).unwrap_or("Object"),
        Some(Kind::Wrapper) => match vm.wrapped(object) {
            Some(primitive) if primitive.is_string() => "String",
            Some(primitive) if primitive.is_number() => "Number",
            _ => "Boolean",
        },
        _ => "Object",
    }
}

/// The name if an image leaves out the prototype that the object's kind has by itself, so that it inherits from
/// `Object.prototype` directly.
fn left_out(vm: &Vm, object: Slot) -> Option<&'static str> {
    let name = kind_name(vm, object);
    let id = match name {
        "Array" => ObjectId::ArrayPrototype,
        "Function" => ObjectId::FunctionPrototype,
        "String" => ObjectId::StringPrototype,
        "Number" => ObjectId::NumberPrototype,
        "Boolean" => ObjectId::BooleanPrototype,
        _ => return None,
    };
    let missing = vm.intrinsic_word(id) == word::NULL
        && vm.prototype_word(load(object.0)) == vm.intrinsic_word(ObjectId::ObjectPrototype);
    missing.then_some(name)
}

/// Puts the name of an object's constructor in a slot: a string, or null if its prototype is null.
pub(super) fn constructor_name(vm: &mut Vm, object: Slot, to: Slot) -> Result<()> {
    let mark = vm.mark();
    let [at, function, setter] = vm.slots()?;
    if let Some(name) = left_out(vm, object) {
        vm.intern_text(name.as_bytes())?.store(to);
        vm.release(mark);
        return Ok(());
    }
    let key = vm.name_key("constructor")?;
    vm.copy(object, at);
    let mut levels = 0;
    while vm.get(at).is_object() {
        let word = load(at.0);
        if levels != 0
            && let Some(name) = vm.well_known_class(word)
        {
            vm.intern_text(name.as_bytes())?.store(to);
            vm.release(mark);
            return Ok(());
        }
        let own = read_own_property(vm, at, key, function, setter)?;
        if own.is_some_and(|own| !own.is_accessor())
            && vm.get(function).is_callable()
            && made_by(vm, object, function)?
        {
            vm.get_by_name(function, "name")?.store(to);
            if vm.get(to).is_string() && vm.get(to) != Value::EMPTY_STRING {
                vm.flatten(to)?;
                vm.release(mark);
                return Ok(());
            }
        }
        let prototype = vm.prototype_word(word);
        jerboa_rt::memory::store(at.0, prototype);
        levels += 1;
    }
    if levels <= 1 {
        Value::NULL.store(to);
    } else {
        without_constructor(vm, object, levels, to)?;
    }
    vm.release(mark);
    Ok(())
}

/// Whether an object inherits from a function's `prototype`.
fn made_by(vm: &mut Vm, object: Slot, function: Slot) -> Result<bool> {
    let prototype = vm.get_by_name(function, "prototype")?.word();
    let mut at = vm.prototype_word(load(object.0));
    while at != word::NULL {
        if at == prototype {
            return Ok(true);
        }
        at = vm.prototype_word(at);
    }
    Ok(false)
}

/// The name of an object whose prototypes end in one without a constructor.
fn without_constructor(vm: &mut Vm, object: Slot, levels: u32, to: Slot) -> Result<()> {
    let kind = kind_name(vm, object);
    let mut text = StringBuilder::new(vm)?;
    text.push(vm, kind.as_bytes())?;
    text.push(vm, if levels == 2 { b" <[Object: null prototype] {}>" } else { b" <Complex prototype>" })?;
    text.finish(vm)?.store(to);
    Ok(())
}
