//! `join`, `toString`, `toLocaleString`.

use jerboa_abi::header::Kind;

use super::Subject;
use crate::value::{Slot, Value};
use crate::vm::Vm;
use crate::{Result, StringBuilder};

crate::native! {
    /// `array.join(separator)`
    fn jrt_n_array_join(vm, args) {
        let [separator] = args.take(vm)?;
        let on = Subject::new(vm, args, "")?;
        join(vm, on, separator, false)
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
        if vm.get(method).is_undefined() && (vm.get(this).is_array() || vm.get(this).is(Kind::View)) {
            let on = Subject::new(vm, args, "")?;
            return join(vm, on, none, false);
        }
        crate::library::object::class::describe(vm, this)
    }

    /// `array.toLocaleString()`
    fn jrt_n_array_to_locale_string(vm, args) {
        let [none] = vm.slots()?;
        let on = Subject::new(vm, args, "")?;
        join(vm, on, none, true)
    }
}

/// The texts of the elements with a separator between them. An array that is being joined already, further out, gives the
/// empty string.
pub(in crate::library) fn join(
    vm: &mut Vm,
    (subject, length): (Subject, u64),
    separator: Slot,
    locale: bool,
) -> Result<Value<'_>> {
    let mut text = StringBuilder::new(vm)?;
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
    length: u64,
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
