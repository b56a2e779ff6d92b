//! `join`, `toString`, `toLocaleString`.

use super::Subject;
use crate::value::{Slot, Value};
use crate::vm::Vm;
use crate::{Args, Result, StringBuilder};

crate::native! {
    /// `array.join(separator)`
    fn jrt_n_array_join(vm, args) {
        let [separator] = args.take(vm)?;
        join(vm, args, separator, false)
    }

    /// `array.toString()`
    fn jrt_n_array_to_string(vm, args) {
        let this = args.this();
        let [method, none] = vm.slots()?;
        vm.to_object(this)?;
        vm.get_by_name(this, "join")?.store(method);
        if vm.get(method).is_callable() {
            return vm.call_with(method, this, &[]);
        }
        // A program that never names `join` may have an image without it.
        if vm.get(method).is_undefined() && vm.get(this).is_array() {
            return join(vm, args, none, false);
        }
        crate::library::object::class::describe(vm, this)
    }

    /// `array.toLocaleString()`
    fn jrt_n_array_to_locale_string(vm, args) {
        let [none] = vm.slots()?;
        join(vm, args, none, true)
    }
}

/// The texts of the elements with a separator between them. An array that is being joined already, further out, gives the
/// empty string.
fn join(vm: &mut Vm, args: Args, separator: Slot, locale: bool) -> Result<Value<'_>> {
    let mut text = StringBuilder::new(vm)?;
    let (subject, length) = Subject::new(vm, args, "")?;
    if vm.get(separator).is_undefined() {
        Value::short_string(b",").unwrap_or(Value::EMPTY_STRING).store(separator);
    }
    vm.to_flat_string(separator)?;
    if !vm.begin_join(subject.object)? {
        return Ok(Value::EMPTY_STRING);
    }
    let outcome = join_elements(vm, &mut text, subject, length, separator, locale);
    vm.end_join();
    outcome?;
    text.finish(vm)
}

fn join_elements(
    vm: &mut Vm,
    text: &mut StringBuilder,
    subject: Subject,
    length: u32,
    separator: Slot,
    locale: bool,
) -> Result<()> {
    let [element, method] = vm.slots()?;
    for i in 0..length {
        if i != 0 {
            text.push_string(vm, separator)?;
        }
        subject.get(vm, i, element)?;
        if vm.get(element).is_nullish() {
            continue;
        }
        if locale {
            vm.get_by_name(element, "toLocaleString")?.store(method);
            vm.call_with(method, element, &[])?.store(element);
        }
        vm.to_string(element)?;
        text.push_string(vm, element)?;
    }
    Ok(())
}
