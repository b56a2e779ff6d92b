//! `Number` and `Number.prototype`.

use jerboa_rt::number::{
    EXPONENTIAL_BUFFER, FIXED_BUFFER, PRECISION_BUFFER, f64_to_exponential, f64_to_fixed, f64_to_precision,
    f64_to_radix, is_integral,
};
use jerboa_rt::text::Counter;
use jerboa_rt::value::{Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{Args, ErrorKind, Piece, Result, StringBuilder};

jerboa_rt::native! {
    /// `Number(value)`, `new Number(value)`
    fn jrt_n_number(vm, args) {
        let [value] = args.take(vm)?;
        let number = if args.is_empty() { 0.0 } else { vm.to_number(value)? };
        if args.new_target().is_none() {
            return vm.number(number);
        }
        vm.number(number)?.store(value);
        vm.new_wrapper(value)
    }

    /// `Number.isFinite(value)`
    fn jrt_n_number_is_finite(vm, args) {
        Ok(Value::bool(argument(vm, args).is_some_and(f64::is_finite)))
    }

    /// `Number.isInteger(value)`
    fn jrt_n_number_is_integer(vm, args) {
        Ok(Value::bool(argument(vm, args).is_some_and(is_integral)))
    }

    /// `Number.isNaN(value)`
    fn jrt_n_number_is_nan(vm, args) {
        Ok(Value::bool(argument(vm, args).is_some_and(f64::is_nan)))
    }

    /// `Number.isSafeInteger(value)`
    fn jrt_n_number_is_safe_integer(vm, args) {
        let safe = |number: f64| is_integral(number) && libm::fabs(number) <= 9_007_199_254_740_991.0;
        Ok(Value::bool(argument(vm, args).is_some_and(safe)))
    }

    /// `number.toString(radix)`
    fn jrt_n_number_to_string(vm, args) {
        let [radix] = args.take(vm)?;
        let number = this_number(vm, args)?;
        let base = if vm.get(radix).is_undefined() { 10.0 } else { vm.to_integer(radix)? };
        if !(2.0..=36.0).contains(&base) {
            return Err(vm.throw_range("toString() radix argument must be between 2 and 36"));
        }
        if base == 10.0 || !number.is_finite() {
            return decimal(vm, number, radix);
        }
        let mut counter = Counter::default();
        f64_to_radix(number, base as u32, &mut counter);
        vm.build_string(counter.len, |_, sink| f64_to_radix(number, base as u32, sink))
    }

    /// `number.toFixed(digits)`
    fn jrt_n_number_to_fixed(vm, args) {
        let [digits] = args.take(vm)?;
        let number = this_number(vm, args)?;
        let digits = vm.to_integer(digits)?;
        if !(0.0..=100.0).contains(&digits) {
            return Err(vm.throw_range("toFixed() digits argument must be between 0 and 100"));
        }
        vm.new_string(f64_to_fixed(number, digits as u32, &mut [0; FIXED_BUFFER]))
    }

    /// `number.toPrecision(precision)`
    fn jrt_n_number_to_precision(vm, args) {
        let [precision] = args.take(vm)?;
        let number = this_number(vm, args)?;
        if vm.get(precision).is_undefined() {
            return decimal(vm, number, precision);
        }
        let digits = vm.to_integer(precision)?;
        if !number.is_finite() {
            return decimal(vm, number, precision);
        }
        if !(1.0..=100.0).contains(&digits) {
            return Err(vm.throw_range("toPrecision() argument must be between 1 and 100"));
        }
        vm.new_string(f64_to_precision(number, digits as u32, &mut [0; PRECISION_BUFFER]))
    }

    /// `number.toExponential(digits)`
    fn jrt_n_number_to_exponential(vm, args) {
        let [digits] = args.take(vm)?;
        let number = this_number(vm, args)?;
        let shortest = vm.get(digits).is_undefined();
        let fraction = vm.to_integer(digits)?;
        if !number.is_finite() {
            return decimal(vm, number, digits);
        }
        if !(0.0..=100.0).contains(&fraction) {
            return Err(vm.throw_range("toExponential() argument must be between 0 and 100"));
        }
        let fraction = (!shortest).then_some(fraction as u32);
        vm.new_string(f64_to_exponential(number, fraction, &mut [0; EXPONENTIAL_BUFFER]))
    }

    /// `number.toLocaleString()`: as in American English, with at most three places behind the point.
    fn jrt_n_number_to_locale_string(vm, args) {
        let number = this_number(vm, args)?;
        if !number.is_finite() {
            return vm.new_string(match () {
                () if number.is_nan() => b"NaN",
                () if number > 0.0 => "∞".as_bytes(),
                () => "-∞".as_bytes(),
            });
        }
        if libm::fabs(number) >= 1e21 {
            return Err(vm.throw_range("toLocaleString() is not available for numbers of more than 21 digits"));
        }
        let mut buffer = [0; FIXED_BUFFER];
        let digits = f64_to_fixed(number, 3, &mut buffer);
        let (whole, fraction) = digits.split_at(digits.len().saturating_sub(4));
        grouped(vm, whole, fraction)
    }

    /// `number.valueOf()`
    fn jrt_n_number_value_of(vm, args) {
        let number = this_number(vm, args)?;
        vm.number(number)
    }
}

/// The first argument, if it is a number.
fn argument(vm: &Vm, args: Args) -> Option<f64> {
    vm.get(args.get(0)?).as_number()
}

fn this_number(vm: &mut Vm, args: Args) -> Result<f64> {
    let this = args.this();
    if let Some(number) = vm.get(this).as_number().or_else(|| vm.wrapped(this)?.as_number()) {
        return Ok(number);
    }
    Err(vm.throw_error(
        ErrorKind::Type,
        &[
            Piece::Text("Number.prototype."),
            Piece::Native(args.callee()),
            Piece::Text(" requires that 'this' be a Number"),
        ],
    ))
}

/// The shortest decimal text of a number; the slot is free for it.
fn decimal(vm: &mut Vm, number: f64, slot: Slot) -> Result<Value<'_>> {
    vm.number(number)?.store(slot);
    vm.to_string(slot)?;
    Ok(vm.get(slot))
}

/// A number's text with commas between groups of three digits, and without zeros at the end of the fraction.
fn grouped<'a>(vm: &'a mut Vm, whole: &[u8], fraction: &[u8]) -> Result<Value<'a>> {
    let mut text = StringBuilder::new(vm)?;
    let (sign, digits) = match whole {
        [b'-', rest @ ..] => (&b"-"[..], rest),
        _ => (&b""[..], whole),
    };
    text.push(vm, sign)?;
    let first = digits.len() % 3;
    let (head, tail) = digits.split_at(first);
    text.push(vm, head)?;
    for (i, group) in tail.chunks(3).enumerate() {
        if i != 0 || first != 0 {
            text.push(vm, b",")?;
        }
        text.push(vm, group)?;
    }
    let mut fraction = fraction;
    while let [rest @ .., b'0' | b'.'] = fraction {
        fraction = rest;
    }
    text.push(vm, fraction)?;
    text.finish(vm)
}
