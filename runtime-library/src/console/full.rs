//! The functions of `console` for any values.

use jerboa_abi::header::Kind;
use jerboa_rt::value::Value;
use jerboa_rt::vm::Vm;
use jerboa_rt::{Args, Result};

use super::output::Output;
use super::{STDERR, STDOUT, format, primitive};

jerboa_rt::native! {
    /// `console.log(…values)`
    fn jrt_n_console_log(vm, args) {
        log(vm, args, STDOUT)
    }

    /// `console.info(…values)`
    fn jrt_n_console_info(vm, args) {
        log(vm, args, STDOUT)
    }

    /// `console.debug(…values)`
    fn jrt_n_console_debug(vm, args) {
        log(vm, args, STDOUT)
    }

    /// `console.error(…values)`
    fn jrt_n_console_error(vm, args) {
        log(vm, args, STDERR)
    }

    /// `console.warn(…values)`
    fn jrt_n_console_warn(vm, args) {
        log(vm, args, STDERR)
    }
}

/// Whether the values are written one by one as they are.
fn is_plain(vm: &Vm, args: Args) -> bool {
    let Some(first) = args.get(0) else { return true };
    let formats = args.len() > 1 && vm.get(first).is_string();
    let primitive =
        |i| args.get(i).is_none_or(|value| !vm.get(value).is_object() && !vm.get(value).is(Kind::Symbol));
    !formats && (0..args.len()).all(primitive)
}

fn log(vm: &mut Vm, args: Args, fd: u32) -> Result<Value<'static>> {
    if is_plain(vm, args) {
        return primitive::write_line(vm, args, fd);
    }
    // Getters and conversions may throw, so the line is complete before any of it is written.
    let [line] = vm.slots()?;
    format::line(vm, args, line)?;
    let mut out = Output::new(fd);
    out.push(vm.text(line));
    out.finish();
    Ok(Value::UNDEFINED)
}
