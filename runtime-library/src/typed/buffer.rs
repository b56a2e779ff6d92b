//! `ArrayBuffer`.

use jerboa_abi::header::Kind;
use jerboa_rt::memory::move_bytes;
use jerboa_rt::value::{Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{Args, Piece, Result};

use super::{incompatible, index_in, other_species, require_new, to_index};

jerboa_rt::native! {
    /// `new ArrayBuffer(length)`
    fn jrt_n_array_buffer(vm, args) {
        let [length] = args.take(vm)?;
        require_new(vm, args, "ArrayBuffer")?;
        let number = vm.to_integer(length)?;
        match to_index(vm, length)? {
            Some(bytes) => vm.new_buffer(bytes),
            None if (0.0..9_007_199_254_740_992.0).contains(&number) => {
                Err(vm.throw_range("Array buffer allocation failed"))
            }
            None => Err(vm.throw_range("Invalid array buffer length")),
        }
    }

    /// `ArrayBuffer.isView(value)`
    fn jrt_n_array_buffer_is_view(vm, args) {
        let [value] = args.take(vm)?;
        Ok(Value::bool(vm.get(value).is(Kind::View)))
    }

    /// `buffer.byteLength`
    fn jrt_n_array_buffer_byte_length(vm, args) {
        let buffer = this(vm, args, "get ArrayBuffer.prototype.", Piece::Text("byteLength"))?;
        Ok(Value::small(vm.buffer_length(buffer) as i32))
    }

    /// `buffer.slice(start, end)`
    fn jrt_n_array_buffer_slice(vm, args) {
        let [start, end] = args.take(vm)?;
        let [result, constructor] = vm.slots()?;
        let buffer = this(vm, args, "ArrayBuffer.prototype.", Piece::Native(args.callee()))?;
        let length = vm.buffer_length(buffer);
        let from = index_in(vm, start, length, 0)?;
        let count = index_in(vm, end, length, length)?.saturating_sub(from);
        vm.get_named(buffer, jerboa_rt::property::name::CONSTRUCTOR)?.store(constructor);
        if other_species(vm, constructor, jerboa_abi::builtins::NativeId::ArrayBuffer)? {
            construct_other(vm, constructor, buffer, count, result)?;
        } else {
            vm.new_buffer(count)?.store(result);
        }
        move_bytes(vm.buffer_bytes(buffer) + from, vm.buffer_bytes(result), count);
        Ok(vm.get(result))
    }
}

/// Makes a buffer by the constructor of a class derived from `ArrayBuffer`.
fn construct_other(vm: &mut Vm, constructor: Slot, buffer: Slot, bytes: u32, to: Slot) -> Result<()> {
    let mark = vm.mark();
    vm.push(constructor)?;
    vm.push_value(Value::UNDEFINED)?;
    vm.push_value(Value::small(bytes as i32))?;
    vm.construct(1)?.store(to);
    vm.release(mark);
    if !vm.get(to).is(Kind::Buffer) {
        return Err(incompatible(vm, "ArrayBuffer.prototype.", Piece::Text("slice"), to));
    }
    if vm.get(to) == vm.get(buffer) {
        return Err(vm.throw_type("ArrayBuffer subclass returned this from species constructor"));
    }
    if vm.buffer_length(to) < bytes {
        return Err(vm.throw_type("Species constructor returned a too small ArrayBuffer"));
    }
    Ok(())
}

fn this(vm: &mut Vm, args: Args, owner: &str, name: Piece<'_>) -> Result<Slot> {
    let this = args.this();
    if vm.get(this).is(Kind::Buffer) { Ok(this) } else { Err(incompatible(vm, owner, name, this)) }
}
