//! What is printed about an exception that nobody caught: `Uncaught TypeError: …`, and where it was thrown.

use jerboa_abi::builtins::ObjectId;
use jerboa_abi::header::{self, Kind};
use jerboa_abi::value as word;

use crate::Result;
use crate::Thrown;
use crate::builder::StringBuilder;
use crate::coerce::{check_room_for_text, give_text};
use crate::error::{ErrorKind, Frame, FrameName, MAX_FRAMES, Piece};
use crate::gate::gate;
use crate::heap::store_len;
use crate::memory::load;
use crate::number::{I32_BUFFER, i32_to_decimal};
use crate::shape;
use crate::value::{Slot, Value};
use crate::vm::{Vm, root};

unsafe extern "C" {
    /// See the crate of the image: writes to descriptor 1 or 2 of the platform.
    fn jerboa_platform_write(fd: u32, ptr: *const u8, len: usize);
}

fn write(text: &[u8]) {
    // SAFETY: pointer and length are those of a live slice, which the platform only reads.
    unsafe { jerboa_platform_write(2, text.as_ptr(), text.len()) }
}

gate! {
    /// Takes the pending exception and prints it to the diagnostics of the platform, if that was not done when it was thrown.
    /// Runs no code of the program, unless `name`, `message` or `toString` of an error is such code.
    if Errors, pub fn uncaught(vm: &mut Vm) -> () {
        uncaught_by(vm, print);
    } else {
        let _ = vm;
    }
    /// As [`uncaught`], for a program that can not have changed what errors are: it gives their own words to them.
    if Errors, pub fn uncaught_plain(vm: &mut Vm) -> () {
        uncaught_by(vm, print_plain);
    } else {
        let _ = vm;
    }
}

/// Throws an error in a program in which nobody can see it before the program ends: reports it here and now, from the stack as
/// it is, so that neither an object nor a copy of the stack is made. What is thrown then is only a sign to end.
#[cfg_attr(not(target_os = "none"), allow(dead_code, reason = "behind a gate that is shut on devices only"))]
pub(crate) fn at_once(vm: &mut Vm, kind: ErrorKind, message: &[Piece<'_>]) -> Thrown {
    for piece in message {
        if let Piece::Value(slot) = piece
            && settle(vm, *slot).and_then(|()| check_room_for_text(vm, *slot)).is_err()
        {
            // That has been reported.
            return Thrown;
        }
    }
    begin(kind);
    for piece in message {
        match piece {
            Piece::Text(text) => write(text.as_bytes()),
            Piece::Bytes(bytes) => write(bytes),
            Piece::Value(slot) => {
                give_text(vm.get(*slot), &mut write);
            }
            Piece::Native(slot) => {
                give_text(Value::of(vm.native_name(load(slot.0))), &mut write);
            }
            Piece::Int(i) => write(i32_to_decimal(*i, &mut [0; I32_BUFFER])),
        }
    }
    trace(vm);
    end(vm)
}

/// As [`at_once`], for a text.
#[cfg_attr(not(target_os = "none"), allow(dead_code, reason = "behind a gate that is shut on devices only"))]
pub(crate) fn text_at_once(vm: &mut Vm, kind: ErrorKind, message: &str) -> Thrown {
    begin(kind);
    write(message.as_bytes());
    trace(vm);
    end(vm)
}

/// As [`text_at_once`], without the stack.
#[cfg_attr(not(target_os = "none"), allow(dead_code, reason = "behind a gate that is shut on devices only"))]
pub(crate) fn untraced(vm: &mut Vm, kind: ErrorKind, message: &str) -> Thrown {
    begin(kind);
    write(message.as_bytes());
    end(vm)
}

fn begin(kind: ErrorKind) {
    write(b"Uncaught ");
    write(kind_name(kind as u32));
    write(b": ");
}

/// Prints where the program is.
fn trace(vm: &mut Vm) {
    vm.set_root(root::TRACE, Value::small(0).word());
    if let Some(capture) = vm.capture_stack() {
        // SAFETY: the embedder's function keeps to `CaptureStack`.
        unsafe { capture(vm) };
    }
}

fn end(vm: &mut Vm) -> Thrown {
    write(b"\n");
    vm.set_root(root::PENDING, word::UNDEFINED);
    Thrown
}

/// Makes what a message says of a value a flat string, where it is no primitive value with a text of its own.
fn settle(vm: &mut Vm, slot: Slot) -> Result<()> {
    if vm.get(slot).is_object() || vm.get(slot).is(Kind::Symbol) {
        settle_object(vm, slot)
    } else {
        vm.flatten(slot)
    }
}

gate! {
    if Descriptions, fn settle_object(vm: &mut Vm, slot: Slot) -> Result<()> {
        let mut text = StringBuilder::new(vm)?;
        vm.push_description(&mut text, slot)?;
        text.finish(vm)?.store(slot);
        Ok(())
    }
}

/// Prints the lines of a position in the stack, of which the trace's root counts those so far. False when no more are wanted.
#[cfg_attr(not(target_os = "none"), allow(dead_code, reason = "behind a gate that is shut on devices only"))]
pub(crate) fn print_position(vm: &mut Vm, function: u32, position: u32) -> bool {
    let mut lines = word::to_int(vm.root(root::TRACE)) as u32;
    print_frames(vm, function, position, &mut lines);
    vm.set_root(root::TRACE, Value::small(lines as i32).word());
    lines < MAX_FRAMES
}

#[inline(always)]
fn uncaught_by(vm: &mut Vm, print: fn(&mut Vm, Slot) -> bool) {
    write(b"Uncaught ");
    let thrown = vm.take_thrown().map(|thrown| thrown.word());
    let mark = vm.mark();
    let described = thrown.is_some_and(|word| vm.push_word(word).is_ok_and(|slot| print(vm, slot)));
    if !described {
        write(b"exception");
    }
    vm.release(mark);
    write(b"\n");
}

gate! {
    /// Prints a thrown value; false if that is not possible.
    if Objects, fn print(vm: &mut Vm, thrown: Slot) -> bool {
        // Device images with such errors have their prototypes.
        if !cfg!(target_os = "none") && vm.intrinsic_word(ObjectId::ErrorPrototype) == word::NULL {
            return print_plain(vm, thrown);
        }
        describe(vm, thrown).map(|()| write(vm.text(thrown))).is_ok()
    } else {
        print_plain(vm, thrown)
    }
}

/// Prints a thrown value of a program that has no objects of its own.
fn print_plain(vm: &mut Vm, thrown: Slot) -> bool {
    if vm.get(thrown).is(Kind::Error) {
        print_own_error(vm, load(thrown.0));
        return true;
    }
    let primitive = !vm.get(thrown).is_object()
        && vm.primitive_to_string_compact(thrown).and_then(|()| vm.flatten(thrown)).is_ok();
    if primitive {
        write(vm.text(thrown));
    }
    primitive
}

/// Prints an error that the program never got hold of, so that nobody has changed what it says.
fn print_own_error(vm: &mut Vm, error: u32) {
    write(kind_name(header::index(load(error))));
    let message = load(error + 8);
    if Value::of(message).is_string() && message != word::EMPTY_STRING {
        write(b": ");
        write(&Value::of(message).text());
    }
    let stack = load(error + 4);
    if Value::of(stack).is(Kind::Bytes) {
        let mut lines = 0;
        for i in 0..store_len(load(stack)) / 2 {
            let entry = stack + 4 + 8 * i;
            print_frames(vm, load(entry), load(entry + 4), &mut lines);
        }
    }
}

/// The name of the errors of an empty shape.
fn kind_name(shape: u32) -> &'static [u8] {
    match shape {
        shape::TYPE_ERROR => b"TypeError",
        shape::RANGE_ERROR => b"RangeError",
        shape::REFERENCE_ERROR => b"ReferenceError",
        shape::SYNTAX_ERROR => b"SyntaxError",
        _ => b"Error",
    }
}

/// Prints a line for each function that was active at a position, with those that were inlined, as long as there are not too
/// many lines.
fn print_frames(vm: &mut Vm, function: u32, position: u32, lines: &mut u32) {
    let mut depth = 0;
    while let Some(frame) = vm.frame(function, position, depth).filter(|_| *lines < MAX_FRAMES) {
        print_frame(vm, frame);
        (depth, *lines) = (depth + 1, *lines + 1);
    }
}

gate! {
    /// Prints a line for a frame.
    if Files, fn print_frame(vm: &mut Vm, frame: Frame) {
        print_with_file::<true>(vm, frame)
    } else {
        print_with_file::<false>(vm, frame)
    }
}

/// Prints a line for a frame: `name (line:column)`, or the name alone without a line table. With `FILES`, the file's name is
/// in front of the line, if there are several files.
fn print_with_file<const FILES: bool>(vm: &mut Vm, frame: Frame) {
    let (named, line) = (frame.name.is_some(), frame.place);
    write(b"\n    at ");
    match frame.name {
        FrameName::String(name) => write(&Value::of(name).text()),
        FrameName::Text(name) => write(name),
    }
    if !named && line.is_none() {
        write(b"<anonymous>");
    }
    if let Some((line, column)) = line {
        write(if named { b" (" } else { b"" });
        if FILES && let Some(file) = crate::lines::file_name(vm, frame.file) {
            write(file);
            write(b":");
        }
        for (number, end) in [(line, &b":"[..]), (column, if named { b")" } else { b"" })] {
            write(i32_to_decimal(number as i32, &mut [0; I32_BUFFER]));
            write(end);
        }
    }
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
