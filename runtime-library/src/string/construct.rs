//! `String`, `String.fromCharCode`, `String.fromCodePoint`, `String.raw`, `toString`, `valueOf`.

use jerboa_abi::builtins::NativeId;
use jerboa_abi::header::Kind;
use jerboa_rt::number::{is_integral, to_u16};
use jerboa_rt::text;
use jerboa_rt::value::Value;
use jerboa_rt::vm::Vm;
use jerboa_rt::{Args, ErrorKind, Piece, Result, StringBuilder};

jerboa_rt::native! {
    /// `String(value)`, `new String(value)`
    fn jrt_n_string(vm, args) {
        let [value] = args.take(vm)?;
        if args.is_empty() {
            Value::EMPTY_STRING.store(value);
        }
        if args.new_target().is_none()
            && vm.get(value).is(Kind::Symbol)
            && let Some(text) = vm.call_hook(NativeId::SymbolText, &[value])?
        {
            return Ok(Value::of(text));
        }
        vm.to_string(value)?;
        if args.new_target().is_some() { vm.new_wrapper(value) } else { Ok(vm.get(value)) }
    }

    /// `String.fromCharCode(…units)`
    fn jrt_n_string_from_char_code(vm, args) {
        if let (Some(unit), 1) = (args.get(0), args.len()) {
            let unit = to_u16(vm.to_number(unit)?);
            return Ok(Value::short_string(text::encode_unit(unit, &mut [0; 4])).unwrap_or(Value::EMPTY_STRING));
        }
        let mut string = StringBuilder::new(vm)?;
        for i in 0..args.len() {
            if let Some(unit) = args.get(i) {
                let unit = to_u16(vm.to_number(unit)?);
                string.push_unit(vm, unit)?;
            }
        }
        string.finish(vm)
    }

    /// `String.fromCodePoint(…codes)`
    fn jrt_n_string_from_code_point(vm, args) {
        let mut string = StringBuilder::new(vm)?;
        for i in 0..args.len() {
            let Some(argument) = args.get(i) else { continue };
            let code = vm.to_number(argument)?;
            if !is_integral(code) || !(0.0..=1_114_111.0).contains(&code) {
                vm.number(code)?.store(argument);
                return Err(vm.throw_error(
                    ErrorKind::Range,
                    &[Piece::Text("Invalid code point "), Piece::value(argument)],
                ));
            }
            string.push_code_point(vm, code as u32)?;
        }
        string.finish(vm)
    }

    /// `String.raw(template, …substitutions)`
    fn jrt_n_string_raw(vm, args) {
        let [template] = args.take(vm)?;
        let [raw, length, index, part] = vm.slots()?;
        vm.copy(template, raw);
        vm.to_object(raw)?;
        vm.get_by_name(raw, "raw")?.store(raw);
        vm.to_object(raw)?;
        vm.get_by_name(raw, "length")?.store(length);
        let length = vm.to_length(length)?;
        let mut string = StringBuilder::new(vm)?;
        let mut i = 0_u32;
        while f64::from(i) < length {
            vm.integer(i64::from(i))?.store(index);
            vm.get_element(raw, index)?.store(part);
            vm.to_flat_string(part)?;
            string.push_string(vm, part)?;
            i += 1;
            if f64::from(i) < length
                && let Some(substitution) = args.get(i)
            {
                vm.to_flat_string(substitution)?;
                string.push_string(vm, substitution)?;
            }
        }
        string.finish(vm)
    }

    /// `string.toString()`
    fn jrt_n_string_to_string(vm, args) {
        this_string(vm, args)
    }

    /// `string.valueOf()`
    fn jrt_n_string_value_of(vm, args) {
        this_string(vm, args)
    }
}

fn this_string<'a>(vm: &'a mut Vm, args: Args) -> Result<Value<'a>> {
    let this = args.this();
    if vm.get(this).is_string() {
        return Ok(vm.get(this));
    }
    if let Some(word) = vm.wrapped(this).filter(|value| value.is_string()).map(Value::word) {
        return Ok(Value::of(word));
    }
    Err(vm.throw_error(
        ErrorKind::Type,
        &[
            Piece::Text("String.prototype."),
            Piece::Native(args.callee()),
            Piece::Text(" requires that 'this' be a String"),
        ],
    ))
}
