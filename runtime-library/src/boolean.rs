//! `Boolean`.

use jerboa_rt::value::Value;
use jerboa_rt::vm::Vm;
use jerboa_rt::{Args, ErrorKind, Piece, Result};

jerboa_rt::native! {
    /// `Boolean(value)`, `new Boolean(value)`
    fn jrt_n_boolean(vm, args) {
        let [value] = args.take(vm)?;
        let boolean = Value::bool(vm.get(value).to_boolean());
        if args.new_target().is_none() {
            return Ok(boolean);
        }
        boolean.store(value);
        vm.new_wrapper(value)
    }

    /// `boolean.toString()`
    fn jrt_n_boolean_to_string(vm, args) {
        let text = if this_boolean(vm, args)? { "true" } else { "false" };
        vm.intern_text(text.as_bytes())
    }

    /// `boolean.valueOf()`
    fn jrt_n_boolean_value_of(vm, args) {
        Ok(Value::bool(this_boolean(vm, args)?))
    }
}

fn this_boolean(vm: &mut Vm, args: Args) -> Result<bool> {
    let this = args.this();
    if let Some(boolean) = vm.get(this).as_bool().or_else(|| vm.wrapped(this)?.as_bool()) {
        return Ok(boolean);
    }
    Err(vm.throw_error(
        ErrorKind::Type,
        &[
            Piece::Text("Boolean.prototype."),
            Piece::Native(args.callee()),
            Piece::Text(" requires that 'this' be a Boolean"),
        ],
    ))
}
