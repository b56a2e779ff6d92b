//! The functions of `console` for primitive values.

use jerboa_abi::header::Kind;
use jerboa_rt::coerce::{check_room_for_text, give_text};
use jerboa_rt::gate;
use jerboa_rt::value::{Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{Args, Result, Thrown};

use super::output::Output;
use super::{STDERR, STDOUT};

jerboa_rt::native! {
    /// `console.log(…primitives)`
    fn jrt_n_console_log_primitive(vm, args) {
        write_line(vm, args, STDOUT)
    }

    /// `console.log` of the concatenation of primitive values, which is not made.
    fn jrt_n_console_log_parts(vm, args) {
        let mut out = Output::new(STDOUT);
        for part in (0..args.len()).filter_map(|i| args.get(i)) {
            write_text(vm, &mut out, part)?;
        }
        out.finish();
        Ok(Value::UNDEFINED)
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

/// Writes a primitive value: strings as they are, and -0 with its sign.
fn write(vm: &mut Vm, out: &mut Output, slot: Slot) -> Result<()> {
    let value = vm.get(slot);
    // The one number whose text does not tell it: zeros with a sign are no small integers.
    if value.is(Kind::Double) && value.double().to_bits() == (-0.0_f64).to_bits() {
        out.push(b"-");
    }
    write_text(vm, out, slot)
}

/// Writes the string that a primitive value is converted to.
#[inline(never)]
fn write_text(vm: &mut Vm, out: &mut Output, slot: Slot) -> Result<()> {
    vm.flatten(slot)?;
    check_room_for_text(vm, slot)?;
    if give_text(vm.get(slot), &mut |text| out.push(text)) {
        return Ok(());
    }
    Err(refuse(vm))
}

gate! {
    /// The compiler has not proved what it promised; the program is told rather than misled.
    if Objects, fn refuse(vm: &mut Vm) -> Thrown {
        vm.throw_type("console function for primitive values called with an object")
    }
}
