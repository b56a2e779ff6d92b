//! What is shown of array buffers and of `DataView`s.

use jerboa_abi::header::Kind;
use jerboa_rt::memory::load_byte;
use jerboa_rt::value::Slot;
use jerboa_rt::vm::Vm;
use jerboa_rt::{Result, StringBuilder};

use super::{Inspector, MAX_ARRAY_LENGTH as MAX_BYTES};

/// Appends the texts of what a buffer or a `DataView` has inside.
pub(super) fn format(
    inspector: &mut Inspector,
    vm: &mut Vm,
    object: Slot,
    depth: u32,
    list: Slot,
) -> Result<()> {
    let mark = vm.mark();
    let [entry, value, shown] = vm.slots()?;
    if vm.get(object).is(Kind::Buffer) {
        contents(vm, object, entry)?;
        vm.array_push(list, entry)?;
        labelled(vm, b"byteLength: ", vm.buffer_length(object), entry)?;
        vm.array_push(list, entry)?;
    } else {
        labelled(vm, b"byteLength: ", vm.view_length(object), entry)?;
        vm.array_push(list, entry)?;
        labelled(vm, b"byteOffset: ", vm.view_offset(object), entry)?;
        vm.array_push(list, entry)?;
        vm.view_buffer(object).store(value);
        inspector.indentation += 2;
        inspector.format_value(vm, value, depth, shown)?;
        inspector.indentation -= 2;
        let mut text = StringBuilder::new(vm)?;
        text.push(vm, b"buffer: ")?;
        text.push_string(vm, shown)?;
        text.finish(vm)?.store(entry);
        vm.array_push(list, entry)?;
    }
    vm.release(mark);
    Ok(())
}

/// The bytes of a buffer in hexadecimal.
fn contents(vm: &mut Vm, buffer: Slot, to: Slot) -> Result<()> {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mark = vm.mark();
    let length = vm.buffer_length(buffer);
    let mut text = StringBuilder::new(vm)?;
    text.push(vm, b"[Uint8Contents]: <")?;
    for i in 0..length.min(MAX_BYTES) {
        let byte = load_byte(vm.buffer_bytes(buffer) + i) as usize;
        let digits = [b' ', DIGITS[byte >> 4 & 15], DIGITS[byte & 15]];
        text.push(vm, if i == 0 { &digits[1..] } else { &digits })?;
    }
    if length > MAX_BYTES {
        text.push(vm, b" ... ")?;
        text.push_int(vm, (length - MAX_BYTES) as i32)?;
        text.push(vm, if length == MAX_BYTES + 1 { b" more byte" } else { b" more bytes" })?;
    }
    text.push(vm, b">")?;
    text.finish(vm)?.store(to);
    vm.release(mark);
    Ok(())
}

fn labelled(vm: &mut Vm, label: &[u8], number: u32, to: Slot) -> Result<()> {
    let mark = vm.mark();
    let mut text = StringBuilder::new(vm)?;
    text.push(vm, label)?;
    text.push_int(vm, number as i32)?;
    text.finish(vm)?.store(to);
    vm.release(mark);
    Ok(())
}
