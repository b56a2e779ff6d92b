//! The functions of `console` for primitive values.

use jerboa_abi::header::Kind;
use jerboa_abi::value as word;

use super::output::Output;
use super::{STDERR, STDOUT};
use crate::gate::gate;
use crate::number::{I32_BUFFER, SHORTEST_BUFFER, f64_to_string_compact, i32_to_decimal};
use crate::value::{Slot, Value};
use crate::vm::Vm;
use crate::{Args, Result};

crate::native! {
    /// `console.log(…primitives)`
    fn jrt_n_console_log_primitive(vm, args) {
        write_line(vm, args, STDOUT)
    }

    /// `console.info(…primitives)`
    fn jrt_n_console_info_primitive(vm, args) {
        write_line(vm, args, STDOUT)
    }

    /// `console.debug(…primitives)`
    fn jrt_n_console_debug_primitive(vm, args) {
        write_line(vm, args, STDOUT)
    }

    /// `console.error(…primitives)`
    fn jrt_n_console_error_primitive(vm, args) {
        write_line(vm, args, STDERR)
    }

    /// `console.warn(…primitives)`
    fn jrt_n_console_warn_primitive(vm, args) {
        write_line(vm, args, STDERR)
    }
}

/// Writes primitive values with a space between them.
pub(super) fn write_line(vm: &mut Vm, args: Args, fd: u32) -> Result<Value<'static>> {
    let mut out = Output::new(fd);
    for i in 0..args.len() {
        if i != 0 {
            out.push(b" ");
        }
        if let Some(value) = args.get(i) {
            write(vm, &mut out, value)?;
        }
    }
    out.finish();
    Ok(Value::UNDEFINED)
}

gate! {
    if Doubles, fn write_double(out: &mut Output, number: f64) -> () {
        if number == 0.0 {
            out.push(b"-0");
        } else {
            out.push(f64_to_string_compact(number, &mut [0; SHORTEST_BUFFER]));
        }
    }
}

/// Writes a primitive value: strings as they are, and -0 with its sign.
fn write(vm: &mut Vm, out: &mut Output, slot: Slot) -> Result<()> {
    vm.flatten(slot)?;
    let value = vm.get(slot);
    if let Some(i) = value.as_int() {
        out.push(i32_to_decimal(i, &mut [0; I32_BUFFER]));
    } else if value.is_string() {
        out.push(&value.text());
    } else if value.is(Kind::Double) {
        write_double(out, value.double());
    } else {
        out.push(match value.word() {
            word::UNDEFINED => b"undefined",
            word::NULL => b"null",
            word::TRUE => b"true",
            word::FALSE => b"false",
            // The compiler has not proved what it promised; the program is told rather than misled.
            _ => return Err(vm.throw_type("console function for primitive values called with an object")),
        });
    }
    Ok(())
}
