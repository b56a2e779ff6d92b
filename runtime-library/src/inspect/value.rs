//! Values by type, properties, and what was seen before.

use jerboa_abi::builtins::NativeId;
use jerboa_abi::header::Kind;
use jerboa_abi::value::EMPTY_STRING;
use jerboa_rt::text::{Counter, find_bytes};
use jerboa_rt::value::{Key, Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{Result, StringBuilder};

use super::quote::{escaped, is_plain_key, quoted};
use super::{BREAK_LENGTH, Inspector, MAX_STRING_LENGTH};
use crate::object::descriptor::read_own_property;

/// Strings up to this length are never split into lines.
const MIN_LINE_LENGTH: u32 = 16;

/// Appends a flat string in quotation marks.
pub(super) fn push_quoted(vm: &mut Vm, text: &mut StringBuilder, string: Slot) -> Result<()> {
    let mut counter = Counter::default();
    quoted(vm.text(string), &mut counter);
    text.push_with(vm, counter.len, |vm, sink| quoted(vm.text(string), sink))
}

/// Appends spaces.
pub(super) fn push_spaces(vm: &mut Vm, text: &mut StringBuilder, count: u32) -> Result<()> {
    for _ in 0..count {
        text.push(vm, b" ")?;
    }
    Ok(())
}

impl Inspector {
    /// Puts the text of a value in a slot; `depth` is the number of objects around it.
    pub(super) fn format_value(&mut self, vm: &mut Vm, value: Slot, depth: u32, to: Slot) -> Result<()> {
        if !vm.get(value).is_object() {
            return self.format_primitive(vm, value, to);
        }
        if (0..vm.array_length(self.seen)).any(|i| vm.array_get(self.seen, i) == vm.get(value)) {
            return self.format_circular(vm, value, to);
        }
        vm.enter_native_code()?;
        let outcome = self.format_object(vm, value, depth, to);
        vm.leave_native_code();
        outcome
    }

    /// The number of an object that refers to itself, from 1.
    pub(super) fn circular_number(&self, vm: &Vm, value: Slot) -> Option<u32> {
        let same = |i: &u32| vm.array_get(self.circular, *i) == vm.get(value);
        (0..vm.array_length(self.circular)).find(same).map(|i| i + 1)
    }

    fn format_circular(&self, vm: &mut Vm, value: Slot, to: Slot) -> Result<()> {
        let number = match self.circular_number(vm, value) {
            Some(number) => number,
            None => {
                vm.array_push(self.circular, value)?;
                vm.array_length(self.circular)
            }
        };
        let mark = vm.mark();
        let mut text = StringBuilder::new(vm)?;
        text.push(vm, b"[Circular *")?;
        text.push_int(vm, number as i32)?;
        text.push(vm, b"]")?;
        text.finish(vm)?.store(to);
        vm.release(mark);
        Ok(())
    }

    pub(super) fn format_primitive(&self, vm: &mut Vm, value: Slot, to: Slot) -> Result<()> {
        vm.copy(value, to);
        if vm.get(value).as_number() == Some(0.0) && vm.get(value).as_int().is_none() {
            vm.new_string(b"-0")?.store(to);
            return Ok(());
        }
        if !vm.get(value).is_string() {
            if vm.get(value).is(Kind::Symbol)
                && let Some(text) = vm.call_hook(NativeId::SymbolText, &[value])?
            {
                Value::of(text).store(to);
                return Ok(());
            }
            return vm.to_string(to);
        }
        let mark = vm.mark();
        let [line] = vm.slots()?;
        vm.flatten(to)?;
        let length = vm.string_length(to)?;
        let left = length.saturating_sub(MAX_STRING_LENGTH);
        if left != 0 {
            vm.substring(to, 0, MAX_STRING_LENGTH)?.store(to);
        }
        let mut text = StringBuilder::new(vm)?;
        let shown = length - left;
        let split = shown > MIN_LINE_LENGTH && shown > BREAK_LENGTH.saturating_sub(self.indentation + 4);
        let mut from = 0;
        loop {
            let (next, end) = {
                let all = vm.text(to);
                let newline = if split { find_bytes(all, b"\n", from) } else { None };
                (newline.map_or(all.len(), |at| at + 1), all.len())
            };
            crate::string::byte_part(vm, to, from, next)?.store(line);
            push_quoted(vm, &mut text, line)?;
            from = next;
            if from >= end {
                break;
            }
            text.push(vm, b" +\n")?;
            push_spaces(vm, &mut text, self.indentation + 2)?;
        }
        if left != 0 {
            text.push(vm, b"... ")?;
            text.push_int(vm, left as i32)?;
            text.push(vm, if left > 1 { b" more characters" } else { b" more character" })?;
        }
        text.finish(vm)?.store(to);
        vm.release(mark);
        Ok(())
    }

    /// Puts the text of an object's own property in a slot, with its name if it is to be `named`.
    pub(super) fn format_property(
        &mut self,
        vm: &mut Vm,
        object: Slot,
        key: Slot,
        named: bool,
        depth: u32,
        to: Slot,
    ) -> Result<()> {
        let mark = vm.mark();
        let [value, setter, name] = vm.slots()?;
        let own = read_own_property(vm, object, Key::slot(key), value, setter)?;
        let enumerable = own.is_none_or(|own| own.is_enumerable());
        if own.is_some_and(|own| own.is_accessor()) {
            let label: &[u8] = match (vm.get(value).is_undefined(), vm.get(setter).is_undefined()) {
                (false, false) => b"[Getter/Setter]",
                (false, true) => b"[Getter]",
                (true, false) => b"[Setter]",
                (true, true) => b"undefined",
            };
            vm.new_string(label)?.store(to);
        } else {
            if own.is_none() {
                vm.get_property(object, Key::slot(key))?.store(value);
            }
            self.indentation += 2;
            self.format_value(vm, value, depth, to)?;
            self.indentation -= 2;
        }
        if named {
            vm.copy(key, name);
            let symbol = vm.get(key).is(Kind::Symbol);
            if symbol {
                let text = vm.call_hook(NativeId::SymbolText, &[key])?;
                Value::of(text.unwrap_or(EMPTY_STRING)).store(name);
            }
            vm.key_to_string(name)?;
            vm.flatten(name)?;
            let mut text = StringBuilder::new(vm)?;
            if symbol {
                text.push(vm, b"[")?;
                text.push_string(vm, name)?;
                text.push(vm, b"]")?;
            } else if *vm.text(name) == *b"__proto__" {
                text.push(vm, b"['__proto__']")?;
            } else if !enumerable {
                text.push(vm, b"[")?;
                let mut counter = Counter::default();
                escaped(vm.text(name), b'\'', &mut counter);
                text.push_with(vm, counter.len, |vm, sink| escaped(vm.text(name), b'\'', sink))?;
                text.push(vm, b"]")?;
            } else if is_plain_key(vm.text(name)) {
                text.push_string(vm, name)?;
            } else {
                push_quoted(vm, &mut text, name)?;
            }
            text.push(vm, b": ")?;
            text.push_string(vm, to)?;
            text.finish(vm)?.store(to);
        }
        vm.release(mark);
        Ok(())
    }
}
