//! Functions of the global scope: `parseInt`, `parseFloat`, `isNaN`, `isFinite`.

use jerboa_rt::number;
use jerboa_rt::value::Value;

jerboa_rt::native! {
    /// `parseInt(text, radix)`
    fn jrt_n_parse_int(vm, args) {
        let [text, radix] = args.take(vm)?;
        if vm.get(text).as_int().is_some() && vm.get(radix).is_undefined() {
            return Ok(vm.get(text));
        }
        vm.to_flat_string(text)?;
        let radix = vm.to_i32(radix)?;
        let number = number::parse_int(vm.text(text), radix);
        vm.number(number)
    }

    /// `parseFloat(text)`
    fn jrt_n_parse_float(vm, args) {
        let [text] = args.take(vm)?;
        vm.to_flat_string(text)?;
        let number = number::parse_float(vm.text(text));
        vm.number(number)
    }

    /// `isNaN(value)`
    fn jrt_n_is_nan(vm, args) {
        let [value] = args.take(vm)?;
        Ok(Value::bool(vm.to_number(value)?.is_nan()))
    }

    /// `isFinite(value)`
    fn jrt_n_is_finite(vm, args) {
        let [value] = args.take(vm)?;
        Ok(Value::bool(vm.to_number(value)?.is_finite()))
    }
}
