//! `DataView`.

use jerboa_abi::header::Kind;
use jerboa_abi::header::typed::Element;
use jerboa_rt::memory::{load_byte, store_byte};
use jerboa_rt::value::{Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{Args, Piece, Result};

use super::{incompatible, out_of_range, require_new, to_index};

jerboa_rt::native! {
    /// `new DataView(buffer, byteOffset, byteLength)`
    fn jrt_n_data_view(vm, args) {
        let [buffer, offset, length] = args.take(vm)?;
        require_new(vm, args, "DataView")?;
        if !vm.get(buffer).is(Kind::Buffer) {
            return Err(vm.throw_type("First argument to DataView constructor must be an ArrayBuffer"));
        }
        let end = vm.buffer_length(buffer);
        let start = match to_index(vm, offset)? {
            Some(start) if start <= end => start,
            _ => return Err(out_of_range(vm, "Start offset ", offset, " is outside the bounds of the buffer")),
        };
        let count = match to_index(vm, length)? {
            _ if vm.get(length).is_undefined() => end - start,
            Some(count) if count <= end - start => count,
            _ => return Err(out_of_range(vm, "Invalid DataView length ", length, "")),
        };
        vm.new_view(Element::DataView, buffer, start, count)
    }

    /// `view.buffer`
    fn jrt_n_data_view_buffer(vm, args) {
        let view = this(vm, args, "get DataView.prototype.", Piece::Text("buffer"))?;
        Ok(vm.view_buffer(view))
    }

    /// `view.byteLength`
    fn jrt_n_data_view_byte_length(vm, args) {
        let view = this(vm, args, "get DataView.prototype.", Piece::Text("byte_length"))?;
        Ok(Value::small(vm.view_length(view) as i32))
    }

    /// `view.byteOffset`
    fn jrt_n_data_view_byte_offset(vm, args) {
        let view = this(vm, args, "get DataView.prototype.", Piece::Text("byte_offset"))?;
        Ok(Value::small(vm.view_offset(view) as i32))
    }
}

/// Defines the methods that read and write elements of a type.
macro_rules! accessors {
    ($($element:ident $get:ident $set:ident;)+) => {
        jerboa_rt::native! {$(
            #[doc = concat!("`view.get", stringify!($element), "(byteOffset, littleEndian)`")]
            fn $get(vm, args) {
                get(vm, args, Element::$element)
            }

            #[doc = concat!("`view.set", stringify!($element), "(byteOffset, value, littleEndian)`")]
            fn $set(vm, args) {
                set(vm, args, Element::$element)
            }
        )+}
    };
}

accessors! {
    Int8 jrt_n_data_view_get_int8 jrt_n_data_view_set_int8;
    Uint8 jrt_n_data_view_get_uint8 jrt_n_data_view_set_uint8;
    Int16 jrt_n_data_view_get_int16 jrt_n_data_view_set_int16;
    Uint16 jrt_n_data_view_get_uint16 jrt_n_data_view_set_uint16;
    Int32 jrt_n_data_view_get_int32 jrt_n_data_view_set_int32;
    Uint32 jrt_n_data_view_get_uint32 jrt_n_data_view_set_uint32;
    Float32 jrt_n_data_view_get_float32 jrt_n_data_view_set_float32;
    Float64 jrt_n_data_view_get_float64 jrt_n_data_view_set_float64;
}

fn this(vm: &mut Vm, args: Args, owner: &str, name: Piece<'_>) -> Result<Slot> {
    let this = args.this();
    if vm.element_type(this) == Some(Element::DataView) {
        return Ok(this);
    }
    // V8 does not name the receiver here.
    let unnamed = vm.push_value(Value::UNDEFINED)?;
    Err(incompatible(vm, owner, name, unnamed))
}

/// The place of an access in the view.
fn place(vm: &mut Vm, offset: Slot) -> Result<u32> {
    match to_index(vm, offset)? {
        Some(place) => Ok(place),
        None => Err(outside(vm)),
    }
}

#[cold]
fn outside(vm: &mut Vm) -> jerboa_rt::Thrown {
    vm.throw_range("Offset is outside the bounds of the DataView")
}

/// The address of the `size` bytes at a place.
fn address(vm: &mut Vm, view: Slot, place: u32, size: u32) -> Result<u32> {
    if size > vm.view_length(view) || place > vm.view_length(view) - size {
        return Err(outside(vm));
    }
    Ok(vm.view_bytes(view) + place)
}

fn get<'a>(vm: &'a mut Vm, args: Args, element: Element) -> Result<Value<'a>> {
    let [offset, little] = args.take(vm)?;
    let view = this(vm, args, "DataView.prototype.", Piece::Native(args.callee()))?;
    let place = place(vm, offset)?;
    let little = vm.get(little).to_boolean();
    let size = 1 << element.shift();
    let first = address(vm, view, place, size)?;
    let mut bits = 0;
    for i in 0..size {
        let at = if little { size - 1 - i } else { i };
        bits = bits << 8 | u64::from(load_byte(first + at));
    }
    vm.element_value(element, bits)
}

fn set<'a>(vm: &'a mut Vm, args: Args, element: Element) -> Result<Value<'a>> {
    let [offset, value, little] = args.take(vm)?;
    let view = this(vm, args, "DataView.prototype.", Piece::Native(args.callee()))?;
    let place = place(vm, offset)?;
    let mut bits = vm.element_bits(element, value)?;
    let little = vm.get(little).to_boolean();
    let size = 1 << element.shift();
    let first = address(vm, view, place, size)?;
    for i in 0..size {
        let at = if little { i } else { size - 1 - i };
        store_byte(first + at, bits as u32);
        bits >>= 8;
    }
    Ok(Value::UNDEFINED)
}
