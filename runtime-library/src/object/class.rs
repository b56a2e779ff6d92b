//! `object.toString()` and `toLocaleString()`.

use jerboa_abi::builtins::{Class, NativeId, ObjectId};
use jerboa_abi::header::Kind;
use jerboa_abi::value::UNDEFINED;
use jerboa_rt::image::rom_class;
use jerboa_rt::value::{Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{Result, StringBuilder};

jerboa_rt::native! {
    /// `object.toString()`: `[object Class]`
    fn jrt_n_object_to_string(vm, args) {
        describe(vm, args.this())
    }

    /// `object.toLocaleString()`
    fn jrt_n_object_to_locale_string(vm, args) {
        let [method] = vm.slots()?;
        let this = args.this();
        if vm.get(this).is_nullish() {
            return Err(vm.throw_type("Object.prototype.toLocaleString called on null or undefined"));
        }
        vm.get_by_name(this, "toString")?.store(method);
        vm.call_with(method, this, &[])
    }
}

/// The name of a value's class as `Object.prototype.toString` gives it.
fn class_name(vm: &Vm, value: Slot) -> &'static str {
    let word = vm.get(value);
    let primitive = |value: Value<'_>| match () {
        () if value.is_string() => "String",
        () if value.is_number() => "Number",
        () if value.as_bool().is_some() => "Boolean",
        () => "Object",
    };
    match word.kind() {
        _ if word.is_undefined() => "Undefined",
        _ if word.is_null() => "Null",
        _ if word.is_callable() => "Function",
        _ if word.is_array() => "Array",
        Some(Kind::Error) => "Error",
        Some(Kind::Arguments) => "Arguments",
        Some(Kind::Instance) => word.instance_class().map_or("Object", |class| class.name()),
        Some(Kind::Buffer | Kind::View) => jerboa_rt::typed::buffer_class(vm, value).unwrap_or("Object"),
        Some(Kind::Wrapper) => vm.wrapped(value).map_or("Object", primitive),
        Some(Kind::RomObject) => match rom_class(word.word()) {
            class if class == Class::String as u32 => "String",
            class if class == Class::Number as u32 => "Number",
            class if class == Class::Boolean as u32 => "Boolean",
            _ if word.word() == vm.intrinsic_word(ObjectId::Math) => "Math",
            _ if word.word() == vm.intrinsic_word(ObjectId::Json) => "JSON",
            _ if word.word() == vm.intrinsic_word(ObjectId::Reflect) => "Reflect",
            _ if word.word() == vm.intrinsic_word(ObjectId::Console) => "console",
            _ if word.word() == vm.intrinsic_word(ObjectId::Global) => "global",
            _ => "Object",
        },
        _ => primitive(word),
    }
}

/// `[object Class]`
pub(crate) fn describe(vm: &mut Vm, value: Slot) -> Result<Value<'_>> {
    let class = class_name(vm, value);
    let custom = vm.call_hook(NativeId::CustomTag, &[value])?.unwrap_or(UNDEFINED);
    let custom = vm.push_word(custom)?;
    let mut text = StringBuilder::new(vm)?;
    text.push(vm, b"[object ")?;
    if vm.get(custom).is_string() {
        text.push_string(vm, custom)?;
    } else {
        text.push(vm, class.as_bytes())?;
    }
    text.push(vm, b"]")?;
    text.finish(vm)
}
