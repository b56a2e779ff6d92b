//! Throwing and catching.

use jerboa_abi::entry::error_kind;
use jerboa_abi::value as word;

use super::{address, enter, entries, vm};
use crate::error::{ErrorKind, Piece};
use crate::vm::{NOTHING_PENDING, root};

entries! {
    /// Makes a value the pending exception.
    fn jrt_throw(a: val) -> none {
        vm().set_root(root::PENDING, a);
    }

    /// Takes the pending exception.
    fn jrt_catch() -> val {
        let vm = vm();
        let thrown = vm.root(root::PENDING);
        vm.set_root(root::PENDING, NOTHING_PENDING);
        thrown
    }

    /// Whether an exception is pending.
    fn jrt_thrown() -> bool {
        u32::from(vm().root(root::PENDING) != NOTHING_PENDING)
    }

    /// Begins to stop the program: no handler gets to see why.
    fn jrt_out_of_fuel() -> none {
        vm().set_root(root::PENDING, word::EMPTY);
    }

    /// Whether the program is being stopped.
    fn jrt_stopped() -> bool {
        u32::from(vm().root(root::PENDING) == word::EMPTY)
    }

    /// Throws the ReferenceError of a binding that is used before its initialisation; `name` is a constant of the image.
    fn jrt_throw_uninitialized(sp: sp, name: i32) -> none {
        let vm = enter(address(sp));
        if let Ok(name) = vm.push_word(vm.constant_word(name as u32)) {
            let text = Piece::Text;
            vm.throw_error(
                ErrorKind::Reference,
                &[text("Cannot access '"), Piece::Value(name), text("' before initialization")],
            );
        }
    }

    /// Throws a new error; the message is a constant of the image.
    fn jrt_throw_error(sp: sp, kind: i32, message: i32) -> none {
        let vm = enter(address(sp));
        let kind = match kind {
            error_kind::TYPE_ERROR => ErrorKind::Type,
            error_kind::RANGE_ERROR => ErrorKind::Range,
            error_kind::REFERENCE_ERROR => ErrorKind::Reference,
            error_kind::SYNTAX_ERROR => ErrorKind::Syntax,
            _ => ErrorKind::Error,
        };
        vm.throw_message(kind, vm.constant_word(message as u32));
    }

    /// Throws the RangeError of a stack that is full.
    fn jrt_stack_overflow(sp: sp) -> none {
        enter(address(sp)).throw_stack_overflow();
    }
}
