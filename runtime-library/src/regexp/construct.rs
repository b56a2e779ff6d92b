//! `RegExp`, with the compiler for patterns that are known at run time only.

use jerboa_abi::builtins::ObjectId;
use jerboa_abi::regexp::{CompileError, Program, compile, flag};
use jerboa_rt::instance::InstanceClass;
use jerboa_rt::memory::pointer;
use jerboa_rt::text::Sink;
use jerboa_rt::value::{Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{ErrorKind, Piece, Result};

use super::{add_last_index, use_regexp};
use crate::pattern::{is_regexp, parts_of_like};
use crate::string::byte_part;

jerboa_rt::native! {
    /// `RegExp(pattern, flags)`, `new RegExp(pattern, flags)`
    fn jrt_n_reg_exp(vm, args) {
        let [pattern, flags] = args.take(vm)?;
        let [source, letters, regexp] = vm.slots()?;
        vm.regexp_hook.set(Some(use_regexp));
        let like = is_regexp(vm, pattern)?;
        if like && args.new_target().is_none() && vm.get(flags).is_undefined() {
            vm.get_by_name(pattern, "constructor")?.store(source);
            if vm.get(source) == vm.get(args.callee()) {
                return Ok(vm.get(pattern));
            }
        }
        if vm.get(pattern).instance_class() == Some(InstanceClass::RegExp) {
            source_of(vm, pattern, source)?;
            if vm.get(flags).is_undefined() {
                super::flags::letters(vm, pattern, letters, false)?;
            }
        } else if like {
            parts_of_like(vm, pattern, source, letters, flags)?;
        } else if !vm.get(pattern).is_undefined() {
            vm.copy(pattern, source);
            vm.to_flat_string(source)?;
        }
        if vm.get(source).is_undefined() {
            Value::EMPTY_STRING.store(source);
        }
        if !vm.get(flags).is_undefined() {
            vm.copy(flags, letters);
            vm.to_flat_string(letters)?;
        } else if vm.get(letters).is_undefined() {
            Value::EMPTY_STRING.store(letters);
        }
        make_program(vm, source, letters, source)?;
        vm.prototype_for(args, ObjectId::RegExpPrototype, regexp)?;
        vm.new_instance(InstanceClass::RegExp, regexp, source)?.store(regexp);
        add_last_index(vm, regexp)?;
        Ok(vm.get(regexp))
    }
}

/// The text that an instance was made of, in a slot.
pub(super) fn source_of(vm: &mut Vm, regexp: Slot, to: Slot) -> Result<()> {
    vm.instance_state(regexp).store(to);
    let (start, end) = {
        let text = vm.text(to);
        (text.len() - Program::of(text).source.len(), text.len())
    };
    byte_part(vm, to, start, end)?.store(to);
    Ok(())
}

/// Compiles a pattern with the letters of flags; the program goes to a slot.
fn make_program(vm: &mut Vm, pattern: Slot, letters: Slot, to: Slot) -> Result<()> {
    let Some(flags) = flag::parse(vm.text(letters)) else {
        return Err(vm.throw_error(
            ErrorKind::Syntax,
            &[
                Piece::Text("Invalid flags supplied to RegExp constructor '"),
                Piece::value(letters),
                Piece::Text("'"),
            ],
        ));
    };
    let mark = vm.mark();
    let [buffer] = vm.slots()?;
    let mut words = 32 + vm.text(pattern).len() as u32;
    let len = loop {
        vm.new_bytes(words)?.store(buffer);
        let compiled = {
            let pattern = vm.text(pattern);
            // SAFETY: the words of the object that was just made, to which nothing else refers.
            let target = unsafe {
                core::slice::from_raw_parts_mut(pointer(vm.get(buffer).word() + 4), 4 * words as usize)
            };
            compile(pattern, flags, target)
        };
        match compiled {
            Ok(len) => break len,
            Err(CompileError::Full) => words *= 2,
            Err(CompileError::Syntax(error)) => {
                return Err(vm.throw_error(
                    ErrorKind::Syntax,
                    &[
                        Piece::Text("Invalid regular expression: /"),
                        Piece::value(pattern),
                        Piece::Text("/"),
                        Piece::value(letters),
                        Piece::Text(": "),
                        Piece::Text(error.message()),
                    ],
                ));
            }
        }
    };
    vm.build_string(len, |vm, sink| {
        sink.push(jerboa_rt::memory::bytes(vm.get(buffer).word() + 4, len as u32));
    })?
    .store(to);
    vm.release(mark);
    Ok(())
}
