//! Parts of a string: `at`, `charAt`, `charCodeAt`, `codePointAt`, `slice`, `substring`, `substr`, `concat`, `trim…`.

use jerboa_rt::text;
use jerboa_rt::value::{Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{Args, Piece, Result};

use super::{byte_part, clamped_index, receiver, require_coercible};

jerboa_rt::native! {
    /// `string.at(index)`
    fn jrt_n_string_at(vm, args) {
        let [index] = args.take(vm)?;
        let this = receiver(vm, args)?;
        let index = vm.to_integer(index)?;
        let place = if index < 0.0 { f64::from(vm.string_length(this)?) + index } else { index };
        Ok(unit_index(place).and_then(|place| vm.char_at(this, place)).unwrap_or(Value::UNDEFINED))
    }

    /// `string.charAt(index)`
    fn jrt_n_string_char_at(vm, args) {
        let [index] = args.take(vm)?;
        let this = receiver(vm, args)?;
        let index = vm.to_integer(index)?;
        Ok(unit_index(index).and_then(|index| vm.char_at(this, index)).unwrap_or(Value::EMPTY_STRING))
    }

    /// `string.charCodeAt(index)`
    fn jrt_n_string_char_code_at(vm, args) {
        let [index] = args.take(vm)?;
        let this = receiver(vm, args)?;
        let index = vm.to_integer(index)?;
        match unit_index(index).and_then(|index| vm.code_unit_at(this, index)) {
            Some(unit) => Ok(Value::small(i32::from(unit))),
            None => vm.number(f64::NAN),
        }
    }

    /// `string.codePointAt(index)`
    fn jrt_n_string_code_point_at(vm, args) {
        let [index] = args.take(vm)?;
        let this = receiver(vm, args)?;
        let Some(index) = unit_index(vm.to_integer(index)?) else { return Ok(Value::UNDEFINED) };
        let Some(unit) = vm.code_unit_at(this, index).map(u32::from) else { return Ok(Value::UNDEFINED) };
        let mut code = unit;
        if unit & 0xfc00 == 0xd800
            && let Some(low) = vm.code_unit_at(this, index + 1).map(u32::from)
            && low & 0xfc00 == 0xdc00
        {
            code = 0x1_0000 + ((unit & 0x3ff) << 10 | low & 0x3ff);
        }
        Ok(Value::small(code as i32))
    }

    /// `string.slice(start, end)`
    fn jrt_n_string_slice(vm, args) {
        let [start, end] = args.take(vm)?;
        let this = receiver(vm, args)?;
        let length = f64::from(vm.string_length(this)?);
        let from = vm.to_relative_index(start, length)?;
        let to = if vm.get(end).is_undefined() { length } else { vm.to_relative_index(end, length)? };
        part(vm, this, from, to)
    }

    /// `string.substring(start, end)`
    fn jrt_n_string_substring(vm, args) {
        let [start, end] = args.take(vm)?;
        let this = receiver(vm, args)?;
        let length = vm.string_length(this)?;
        let a = clamped_index(vm, start, length)?;
        let b = if vm.get(end).is_undefined() { length } else { clamped_index(vm, end, length)? };
        vm.substring(this, a.min(b), a.max(b))
    }

    /// `string.substr(start, length)`
    fn jrt_n_string_substr(vm, args) {
        let [start, count] = args.take(vm)?;
        let this = receiver(vm, args)?;
        let length = f64::from(vm.string_length(this)?);
        let from = vm.to_relative_index(start, length)?;
        let count = if vm.get(count).is_undefined() { length } else { vm.to_integer(count)? };
        part(vm, this, from, (from + count).min(length))
    }

    /// `string.concat(…strings)`
    fn jrt_n_string_concat(vm, args) {
        let this = receiver(vm, args)?;
        for i in 0..args.len() {
            if let Some(other) = args.get(i) {
                vm.to_string(other)?;
                vm.concat(this, other)?.store(this);
            }
        }
        Ok(vm.get(this))
    }

    /// `string.trim()`
    fn jrt_n_string_trim(vm, args) {
        trim(vm, args, "trim", true, true)
    }

    /// `string.trimStart()`
    fn jrt_n_string_trim_start(vm, args) {
        trim(vm, args, "trimLeft", true, false)
    }

    /// `string.trimEnd()`
    fn jrt_n_string_trim_end(vm, args) {
        trim(vm, args, "trimRight", false, true)
    }
}

/// An integral number as the index of a code unit that a string may have.
fn unit_index(index: f64) -> Option<u32> {
    (0.0..=f64::from(jerboa_rt::string::MAX_LENGTH)).contains(&index).then_some(index as u32)
}

/// The part between two indices, which are in range.
fn part(vm: &mut Vm, string: Slot, from: f64, to: f64) -> Result<Value<'_>> {
    if from >= to { Ok(Value::EMPTY_STRING) } else { vm.substring(string, from as u32, to as u32) }
}

fn trim<'a>(vm: &'a mut Vm, args: Args, method: &str, start: bool, end: bool) -> Result<Value<'a>> {
    let this = args.this();
    require_coercible(vm, this, Piece::Text(method))?;
    vm.to_flat_string(this)?;
    let (from, to) = {
        let all = vm.text(this);
        let from = if start { all.len() - text::trim_start(all).len() } else { 0 };
        let rest = all.get(from..).unwrap_or_default();
        (from, from + if end { text::trim_end(rest).len() } else { rest.len() })
    };
    byte_part(vm, this, from, to)
}
