//! `join`, `toString`, `toLocaleString`.

use jerboa_abi::header::Kind;
use jerboa_rt::memory::{load, store};
use jerboa_rt::value::{Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{Result, StringBuilder};

use super::Subject;

jerboa_rt::native! {
    /// `array.join(separator)`
    fn jrt_n_array_join(vm, args) {
        let [separator] = args.take(vm)?;
        let on = Subject::new(vm, args)?;
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
            let on = Subject::new(vm, args)?;
            return join(vm, on, none, false);
        }
        crate::object::class::describe(vm, this)
    }

    /// `array.toLocaleString()`
    fn jrt_n_array_to_locale_string(vm, args) {
        let [none] = vm.slots()?;
        let on = Subject::new(vm, args)?;
        join(vm, on, none, true)
    }
}

/// The texts of the elements with a separator between them. An array that is being joined already, further out, gives the
/// empty string.
pub(crate) fn join(
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
    if !begin_join(vm, subject.object)? {
        return Ok(Value::EMPTY_STRING);
    }
    let outcome = join_elements(vm, &mut text, subject, length, separator, locale);
    end_join(vm);
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

/// Notes that an array is being joined, in two slots that must live until [`end_join`]. False, and nothing to end,
/// if it is being joined already.
fn begin_join(vm: &mut Vm, array: Slot) -> Result<bool> {
    let mut record = vm.joins.get();
    while record != 0 {
        if load(record) == load(array.0) {
            return Ok(false);
        }
        record = previous_join(record);
    }
    let record = vm.push(array)?;
    vm.push_word(Value::small((vm.joins.get() >> 2) as i32).word())?;
    vm.joins.set(record.0);
    Ok(true)
}

/// Forgets the innermost array that is being joined.
fn end_join(vm: &Vm) {
    let record = vm.joins.get();
    if record != 0 {
        vm.joins.set(previous_join(record));
        store(record, Value::UNDEFINED.word());
    }
}

/// The address of the record before one in the list of joins: they are linked by word address, which is a small integer.
fn previous_join(record: u32) -> u32 {
    (jerboa_abi::value::to_int(load(record + 4)) as u32) << 2
}
