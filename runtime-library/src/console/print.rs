//! `print(…values)`: the strings of the values, with a space between them.

use jerboa_rt::value::Value;

use super::STDOUT;
use super::output::Output;

jerboa_rt::native! {
    /// `print(…values)`
    fn jrt_n_print(vm, args) {
        // A conversion may throw: then nothing is printed.
        for i in 0..args.len() {
            if let Some(value) = args.get(i) {
                vm.to_flat_string(value)?;
            }
        }
        let mut out = Output::new(STDOUT);
        for i in 0..args.len() {
            if i != 0 {
                out.push(b" ");
            }
            if let Some(value) = args.get(i) {
                out.push(vm.text(value));
            }
        }
        out.finish();
        Ok(Value::UNDEFINED)
    }
}
