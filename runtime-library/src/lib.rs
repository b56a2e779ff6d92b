//! Built-in functions, a file or folder for each global object. Each is a native ([`jerboa_rt::native!`]) under its linker
//! symbol, so that an image carries only those that its table of natives names.
//!
//! Messages of errors are those of V8, as Node 20 prints them.
//!
//! This is a crate of its own so that it can be compiled for size, while the core of the runtime, whose instructions run all the
//! time, is not. It is part of the runtime as much as the core is, and keeps to the rule of [`jerboa_rt::memory`].
#![cfg_attr(not(test), no_std)]

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
mod pattern;
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

use jerboa_rt::value::{Slot, Value};
use jerboa_rt::vm::Vm;

/// The code of every native, by [`jerboa_abi::builtins::NativeId`]: for hosts, which run any image.
#[cfg(any(test, feature = "all-natives"))]
pub static NATIVES: &[jerboa_rt::NativeFn] = {
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
    pub use super::regexp::protocol::*;
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
pub(crate) fn throw_call_site(vm: &mut Vm, value: Slot, text: &str) -> jerboa_rt::Thrown {
    use jerboa_rt::Piece;
    let Ok(kind) = vm.type_name(value).map(Value::word) else { return jerboa_rt::Thrown };
    let Ok(kind) = vm.push_word(kind) else { return jerboa_rt::Thrown };
    let shown = vm.get(value);
    let named = shown.is_undefined() || shown.is_object();
    let (before, after) = if shown.is_string() { (" \"", "\"") } else { (" ", "") };
    let pieces = if named {
        [Piece::value(kind), Piece::Text(""), Piece::Text(""), Piece::Text(""), Piece::Text(text)]
    } else {
        [Piece::value(kind), Piece::Text(before), Piece::value(value), Piece::Text(after), Piece::Text(text)]
    };
    vm.throw_error(jerboa_rt::ErrorKind::Type, &pieces)
}
