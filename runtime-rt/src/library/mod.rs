//! Built-in functions, a file or folder for each global object. Each is a native ([`crate::native!`]) under its linker
//! symbol, so that an image carries only those that its table of natives names.
//!
//! Messages of errors are those of V8, as Node 20 prints them.

mod array;
mod boolean;
mod class;
mod clone;
pub(crate) mod collection;
mod console;
mod date;
mod error;
#[cfg(feature = "evaluate")]
mod evaluate;
mod function;
mod generator;
mod global;
mod inspect;
mod iterator;
mod json;
mod literal;
mod math;
mod number;
mod object;
mod promise;
mod reflect;
mod regexp;
mod species;
mod string;
mod symbol;
#[cfg(test)]
mod tests;
pub(crate) mod typed;
mod uri;

use crate::Result;
use crate::memory::{load, store};
use crate::value::{Slot, Value};
use crate::vm::Vm;

/// The code of every native, by [`jerboa_abi::builtins::NativeId`]: for hosts, which run any image.
#[cfg(any(test, feature = "all-natives"))]
pub static NATIVES: &[crate::NativeFn] = {
    macro_rules! table {
        ($(($id:ident, $symbol:ident, $($rest:tt)*))*) => {
            &[$($symbol),*]
        };
    }
    use all::*;
    jerboa_abi::for_each_native!(table)
};

#[cfg(any(test, feature = "all-natives"))]
mod all {
    pub use super::array::by_copy::*;
    pub use super::array::construct::*;
    pub use super::array::copy::*;
    pub use super::array::iterate::*;
    pub use super::array::mutate::*;
    pub use super::array::search::*;
    pub use super::array::sort::*;
    pub use super::array::text::*;
    pub use super::boolean::*;
    pub use super::class::*;
    pub use super::clone::*;
    pub use super::collection::algebra::*;
    pub use super::collection::inspect::*;
    pub use super::collection::iterate::*;
    pub use super::collection::map::*;
    pub use super::collection::set::*;
    pub use super::collection::weak::*;
    pub use super::console::full::*;
    pub use super::console::primitive::*;
    pub use super::console::print::*;
    pub use super::date::*;
    pub use super::error::*;
    pub use super::function::*;
    pub use super::generator::*;
    pub use super::global::*;
    pub use super::iterator::*;
    pub use super::json::parse::*;
    pub use super::json::stringify::*;
    pub use super::literal::*;
    pub use super::math::*;
    pub use super::number::*;
    pub use super::object::class::*;
    pub use super::object::construct::*;
    pub use super::object::define::*;
    pub use super::object::enumerate::*;
    pub use super::object::integrity::*;
    pub use super::object::legacy::*;
    pub use super::object::prototype::*;
    pub use super::promise::async_generator::*;
    pub use super::promise::async_iterate::*;
    pub use super::promise::capability::*;
    pub use super::promise::combine::*;
    pub use super::promise::construct::*;
    pub use super::promise::coroutine::*;
    pub use super::promise::queue::*;
    pub use super::promise::timer::*;
    pub use super::reflect::*;
    pub use super::regexp::construct::*;
    pub use super::regexp::exec::*;
    pub use super::regexp::flags::*;
    pub use super::regexp::literal::*;
    pub use super::regexp::search::*;
    pub use super::species::*;
    pub use super::string::case::*;
    pub use super::string::construct::*;
    pub use super::string::pad::*;
    pub use super::string::part::*;
    pub use super::string::replace::*;
    pub use super::string::search::*;
    pub use super::string::split::*;
    pub use super::symbol::*;
    pub use super::typed::buffer::*;
    pub use super::typed::construct::*;
    pub use super::typed::copy::*;
    pub use super::typed::data_view::*;
    pub use super::typed::edit::*;
    pub use super::typed::properties::*;
    pub use super::typed::read::*;
    pub use super::typed::sort::*;
    pub use super::uri::*;
}

/// Throws a TypeError that names a value as V8 does where it has no source text of it: by its type, and what it is if it is a
/// primitive.
#[cold]
pub(crate) fn throw_call_site(vm: &mut Vm, value: Slot, text: &str) -> crate::Thrown {
    use crate::Piece;
    let Ok(kind) = vm.type_name(value).map(Value::word) else { return crate::Thrown };
    let Ok(kind) = vm.push_word(kind) else { return crate::Thrown };
    let shown = vm.get(value);
    let named = shown.is_undefined() || shown.is_object();
    let (before, after) = if shown.is_string() { (" \"", "\"") } else { (" ", "") };
    let pieces = if named {
        [Piece::value(kind), Piece::Text(""), Piece::Text(""), Piece::Text(""), Piece::Text(text)]
    } else {
        [Piece::value(kind), Piece::Text(before), Piece::value(value), Piece::Text(after), Piece::Text(text)]
    };
    vm.throw_error(crate::ErrorKind::Type, &pieces)
}

impl Vm {
    /// Counts a recursion of native code over data of the program, which takes C stack as a call from native code does.
    ///
    /// # Errors
    /// Throws a RangeError if it is too deep; [`Vm::leave_native_code`] is then not to be called.
    pub(crate) fn enter_native_code(&mut self) -> Result<()> {
        let depth = self.native_depth.get();
        if self.is_too_deep() {
            return Err(self.throw_stack_overflow());
        }
        self.native_depth.set(depth + 1);
        Ok(())
    }

    /// The end of what [`Vm::enter_native_code`] began.
    pub(crate) fn leave_native_code(&self) {
        self.native_depth.set(self.native_depth.get().saturating_sub(1));
    }

    /// Notes that an array is being joined, in two slots that must live until [`Vm::end_join`]. False, and nothing to end,
    /// if it is being joined already.
    pub(crate) fn begin_join(&mut self, array: Slot) -> Result<bool> {
        let mut record = self.joins.get();
        while record != 0 {
            if load(record) == load(array.0) {
                return Ok(false);
            }
            record = previous_join(record);
        }
        let record = self.push(array)?;
        self.push_word(Value::small((self.joins.get() >> 2) as i32).word())?;
        self.joins.set(record.0);
        Ok(true)
    }

    /// Forgets the innermost array that is being joined.
    pub(crate) fn end_join(&self) {
        let record = self.joins.get();
        if record != 0 {
            self.joins.set(previous_join(record));
            store(record, Value::UNDEFINED.word());
        }
    }
}

/// The address of the record before one in the list of joins: they are linked by word address, which is a small integer.
fn previous_join(record: u32) -> u32 {
    (jerboa_abi::value::to_int(load(record + 4)) as u32) << 2
}
