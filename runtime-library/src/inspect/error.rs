//! Errors: their stack, with the constructor's name made plain, and in brackets if there are no positions in it.

use jerboa_rt::text::find_bytes;
use jerboa_rt::value::{Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{Result, StringBuilder};

use super::Inspector;
use super::value::push_spaces;
use crate::string::byte_part;

/// How the lines of positions begin.
const POSITION: &[u8] = b"\n    at";

impl Inspector {
    /// Puts the text of an error in a slot, and takes the keys off the list that the text already shows.
    pub(super) fn error_base(
        &self,
        vm: &mut Vm,
        error: Slot,
        constructor: Slot,
        keys: Slot,
        base: Slot,
    ) -> Result<()> {
        let mark = vm.mark();
        let [stack, name, message] = vm.slots()?;
        vm.get_by_name(error, "name")?.store(name);
        if vm.get(name).is_nullish() {
            vm.intern_text(b"Error")?.store(name);
        }
        vm.to_flat_string(name)?;
        vm.get_by_name(error, "stack")?.store(stack);
        if vm.get(stack).to_boolean() {
            vm.to_flat_string(stack)?;
        } else {
            crate::error::describe(vm, error, stack)?;
        }
        hide_shown_keys(vm, error, keys, stack)?;
        add_cause(vm, error, keys)?;
        improve(vm, stack, name, constructor)?;

        vm.get_by_name(error, "message")?.store(message);
        let after = message_end(vm, stack, message);
        let positions = find_bytes(vm.text(stack), POSITION, after);
        let mut text = StringBuilder::new(vm)?;
        if positions.is_none() {
            text.push(vm, b"[")?;
        }
        self.push_indented(vm, &mut text, stack)?;
        if positions.is_none() {
            text.push(vm, b"]")?;
        }
        text.finish(vm)?.store(base);
        vm.release(mark);
        Ok(())
    }

    /// Appends a text with its lines indented as the part that they are in.
    fn push_indented(&self, vm: &mut Vm, text: &mut StringBuilder, string: Slot) -> Result<()> {
        let [line] = vm.slots()?;
        let mut from = 0;
        loop {
            let (next, end) = {
                let all = vm.text(string);
                (find_bytes(all, b"\n", from).map_or(all.len(), |at| at + 1), all.len())
            };
            byte_part(vm, string, from, next)?.store(line);
            text.push_string(vm, line)?;
            from = next;
            if from >= end {
                return Ok(());
            }
            push_spaces(vm, text, self.indentation)?;
        }
    }
}

/// Where the search for positions begins: after the message, if the stack has it.
fn message_end(vm: &Vm, stack: Slot, message: Slot) -> usize {
    let message = vm.get(message);
    if !message.is_string() || message == Value::EMPTY_STRING {
        return 0;
    }
    let message = message.text();
    find_bytes(vm.text(stack), &message, 0).map_or(0, |at| at + message.len())
}

/// Takes `name`, `message` and `stack` off a list of keys if the stack's text shows what they hold.
fn hide_shown_keys(vm: &mut Vm, error: Slot, keys: Slot, stack: Slot) -> Result<()> {
    let mark = vm.mark();
    let [key, value] = vm.slots()?;
    let mut kept = 0;
    for i in 0..vm.array_length(keys) {
        vm.array_get(keys, i).store(key);
        let special = vm.get(key).is_string() && matches!(vm.text(key), b"name" | b"message" | b"stack");
        if special {
            vm.get_property(error, jerboa_rt::Key::slot(key))?.store(value);
            vm.to_flat_string(value)?;
            if find_bytes(vm.text(stack), vm.text(value), 0).is_some() {
                continue;
            }
        }
        vm.array_set(keys, kept, vm.get(key));
        kept += 1;
    }
    vm.set_array_length(keys, kept)?;
    vm.release(mark);
    Ok(())
}

/// Adds `cause` to the keys if the error has one that they do not show.
fn add_cause(vm: &mut Vm, error: Slot, keys: Slot) -> Result<()> {
    let mark = vm.mark();
    let [name] = vm.slots()?;
    vm.intern_text(b"cause")?.store(name);
    let listed = (0..vm.array_length(keys)).any(|i| vm.array_get(keys, i) == vm.get(name));
    if !listed && vm.has_property(error, jerboa_rt::Key::slot(name), true)? {
        vm.array_push(keys, name)?;
    }
    vm.release(mark);
    Ok(())
}

/// Puts the constructor's name in a stack that begins with the error's name, where they differ.
fn improve(vm: &mut Vm, stack: Slot, name: Slot, constructor: Slot) -> Result<()> {
    let (skip, contained) = {
        let (stack, name) = (vm.text(stack), vm.text(name));
        let regular = name.ends_with(b"Error")
            && stack.starts_with(name)
            && matches!(stack.get(name.len()), None | Some(b':' | b'\n'));
        if !regular || vm.get(constructor).is_null() || *name == *vm.text(constructor) {
            return Ok(());
        }
        (name.len(), find_bytes(vm.text(constructor), name, 0).is_some())
    };
    let mark = vm.mark();
    let [rest] = vm.slots()?;
    let end = vm.text(stack).len();
    byte_part(vm, stack, skip, end)?.store(rest);
    let mut text = StringBuilder::new(vm)?;
    text.push_string(vm, constructor)?;
    if !contained {
        text.push(vm, b" [")?;
        text.push_string(vm, name)?;
        text.push(vm, b"]")?;
    }
    text.push_string(vm, rest)?;
    text.finish(vm)?.store(stack);
    vm.release(mark);
    Ok(())
}
