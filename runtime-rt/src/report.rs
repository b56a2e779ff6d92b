//! What is printed about an exception that nobody caught: `Uncaught TypeError: …`, and where it was thrown.

use jerboa_abi::builtins::ObjectId;
use jerboa_abi::header::{self, Kind};
use jerboa_abi::value as word;

use crate::Result;
use crate::builder::StringBuilder;
use crate::memory::{load, store};
use crate::shape;
use crate::value::{Slot, Value};
use crate::vm::Vm;

unsafe extern "C" {
    /// See the crate of the image: writes to descriptor 1 or 2 of the platform.
    fn jerboa_platform_write(fd: u32, ptr: *const u8, len: usize);
}

fn write(text: &[u8]) {
    // SAFETY: pointer and length are those of a live slice, which the platform only reads.
    unsafe { jerboa_platform_write(2, text.as_ptr(), text.len()) }
}

/// Takes the pending exception and prints it to the diagnostics of the platform. Runs no code of the program, unless
/// `name`, `message` or `toString` of an error is such code.
pub fn uncaught(vm: &mut Vm) {
    write(b"Uncaught ");
    let thrown = vm.take_pending().map(|thrown| thrown.word());
    let mark = vm.mark();
    let described = thrown.is_some_and(|word| {
        let slot = vm.push_word(word);
        slot.and_then(|slot| describe(vm, slot).map(|()| write(&vm.get(slot).text()))).is_ok()
    });
    if !described {
        write(b"exception");
    }
    vm.release(mark);
    write(b"\n");
}

/// As [`uncaught`], for a program that can not have changed what errors are: it gives their own words to them.
pub fn uncaught_plain(vm: &mut Vm) {
    write(b"Uncaught ");
    let thrown = vm.take_pending().map_or(word::UNDEFINED, Value::word);
    let mark = vm.mark();
    if let Ok(slot) = vm.push_word(thrown) {
        if vm.get(slot).is(Kind::Error) {
            write(match header::index(vm.get(slot).header()) {
                shape::TYPE_ERROR => b"TypeError: ",
                shape::RANGE_ERROR => b"RangeError: ",
                shape::REFERENCE_ERROR => b"ReferenceError: ",
                shape::SYNTAX_ERROR => b"SyntaxError: ",
                _ => b"Error: ",
            });
            store(slot.0, load(thrown + 8));
        }
        if vm.get(slot).is_object() {
            write(b"object");
        } else if vm.primitive_to_string_compact(slot).and_then(|()| vm.flatten(slot)).is_ok() {
            write(&vm.get(slot).text());
        }
    }
    vm.release(mark);
    write(b"\n");
}

/// Whether an object is one of the program's own errors: inherits from `Error.prototype`.
fn is_error(vm: &Vm, object: Slot) -> bool {
    let prototype = vm.intrinsic_word(ObjectId::ErrorPrototype);
    let mut at = load(object.0);
    while Value::of(at).is_object() && at != prototype {
        at = vm.prototype_word(at);
    }
    at == prototype
}

/// Puts the text for a thrown value in its slot, flat.
fn describe(vm: &mut Vm, thrown: Slot) -> Result<()> {
    if vm.get(thrown).is(Kind::Error) {
        // The stack, if it was captured and nobody has read or overwritten it.
        let stack = load(load(thrown.0) + 4);
        if Value::of(stack).is_string() {
            Value::of(stack).store(thrown);
        } else {
            vm.describe_stack(thrown)?.store(thrown);
        }
    } else if is_error(vm, thrown) {
        vm.to_string(thrown)?;
    } else {
        let mut text = StringBuilder::new(vm)?;
        vm.push_description(&mut text, thrown)?;
        text.finish(vm)?.store(thrown);
    }
    vm.flatten(thrown)
}
