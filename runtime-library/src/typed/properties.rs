//! Accessors and iterators of `%TypedArray%.prototype`.

use jerboa_rt::iterate::ArrayItems;
use jerboa_rt::value::{Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{Args, Piece, Result};

use super::{incompatible, require};

jerboa_rt::native! {
    /// `array.buffer`
    fn jrt_n_typed_buffer(vm, args) {
        let array = this(vm, args, "get %TypedArray%.prototype.", "buffer")?;
        Ok(vm.view_buffer(array))
    }

    /// `array.byteLength`
    fn jrt_n_typed_byte_length(vm, args) {
        let array = this(vm, args, "get TypedArray.prototype.", "byteLength")?;
        let shift = vm.typed_array(array).map_or(0, |element| element.shift());
        vm.integer(i64::from(vm.view_length(array)) << shift)
    }

    /// `array.byteOffset`
    fn jrt_n_typed_byte_offset(vm, args) {
        let array = this(vm, args, "get TypedArray.prototype.", "byteOffset")?;
        Ok(Value::small(vm.view_offset(array) as i32))
    }

    /// `array.length`
    fn jrt_n_typed_length(vm, args) {
        let array = this(vm, args, "get TypedArray.prototype.", "length")?;
        Ok(Value::small(vm.view_length(array) as i32))
    }

    /// `array[Symbol.toStringTag]`
    fn jrt_n_typed_tag(vm, args) {
        match vm.typed_array(args.this()) {
            Some(element) => vm.new_string(element.class().as_bytes()),
            None => Ok(Value::UNDEFINED),
        }
    }

    /// `array.entries()`
    fn jrt_n_typed_entries(vm, args) {
        require(vm, args.this())?;
        vm.new_array_iterator(args.this(), ArrayItems::Entries)
    }

    /// `array.keys()`
    fn jrt_n_typed_keys(vm, args) {
        require(vm, args.this())?;
        vm.new_array_iterator(args.this(), ArrayItems::Keys)
    }

    /// `array.values()`, `array[Symbol.iterator]()`
    fn jrt_n_typed_values(vm, args) {
        require(vm, args.this())?;
        vm.new_array_iterator(args.this(), ArrayItems::Values)
    }
}

fn this(vm: &mut Vm, args: Args, owner: &str, name: &str) -> Result<Slot> {
    let this = args.this();
    if vm.typed_array(this).is_some() {
        Ok(this)
    } else {
        Err(incompatible(vm, owner, Piece::Text(name), this))
    }
}
