//! `repeat`, `padStart`, `padEnd`.

use jerboa_rt::text::{self, Sink};
use jerboa_rt::value::Value;
use jerboa_rt::vm::Vm;
use jerboa_rt::{Args, ErrorKind, Piece, Result, StringBuilder};

use super::receiver;

jerboa_rt::native! {
    /// `string.repeat(count)`
    fn jrt_n_string_repeat(vm, args) {
        let [count] = args.take(vm)?;
        let this = receiver(vm, args)?;
        let times = vm.to_integer(count)?;
        if times < 0.0 || times == f64::INFINITY {
            return Err(vm.throw_error(
                ErrorKind::Range,
                &[Piece::Text("Invalid count value: "), Piece::value(count)],
            ));
        }
        let len = vm.text(this).len();
        if times == 0.0 || len == 0 {
            return Ok(Value::EMPTY_STRING);
        }
        if times * len as f64 > f64::from(jerboa_rt::string::MAX_LENGTH) {
            return Err(vm.throw_range("Invalid string length"));
        }
        let times = times as usize;
        let text = vm.text(this);
        if text::joint(text, text).is_some() {
            // Surrogates meet where the copies do.
            let mut string = StringBuilder::new(vm)?;
            for _ in 0..times {
                string.push_string(vm, this)?;
            }
            return string.finish(vm);
        }
        vm.build_string(times * len, |vm, sink| {
            for _ in 0..times {
                sink.push(vm.text(this));
            }
        })
    }

    /// `string.padStart(length, filler)`
    fn jrt_n_string_pad_start(vm, args) {
        pad(vm, args, true)
    }

    /// `string.padEnd(length, filler)`
    fn jrt_n_string_pad_end(vm, args) {
        pad(vm, args, false)
    }
}

fn pad<'a>(vm: &'a mut Vm, args: Args, start: bool) -> Result<Value<'a>> {
    let [length, filler] = args.take(vm)?;
    let this = receiver(vm, args)?;
    let wanted = vm.to_length(length)?;
    let have = vm.string_length(this)?;
    if wanted <= f64::from(have) {
        return Ok(vm.get(this));
    }
    if vm.get(filler).is_undefined() {
        Value::short_string(b" ").unwrap_or(Value::EMPTY_STRING).store(filler);
    }
    vm.to_flat_string(filler)?;
    let unit = vm.string_length(filler)?;
    if unit == 0 {
        return Ok(vm.get(this));
    }
    if wanted > f64::from(jerboa_rt::string::MAX_LENGTH) {
        return Err(vm.throw_range("Invalid string length"));
    }
    let missing = wanted as u32 - have;
    let mut string = StringBuilder::new(vm)?;
    if !start {
        string.push_string(vm, this)?;
    }
    for _ in 0..missing / unit {
        string.push_string(vm, filler)?;
    }
    vm.substring(filler, 0, missing % unit)?.store(filler);
    string.push_string(vm, filler)?;
    if start {
        string.push_string(vm, this)?;
    }
    string.finish(vm)
}
