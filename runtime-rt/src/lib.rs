//! The runtime of Jerboa: values, heap, objects and operators for every engine, in one fixed arena.
//!
//! `no_std`, without an allocator and without `core::fmt`. A program is an image ([`jerboa_abi::image`]) that stays in
//! ROM; all that it makes lies in the arena that the embedder gives to [`Vm::new`].
//!
//! # The parts
//!
//! * [`value`]: [`Value`], [`Slot`], [`Key`]; rooting that the borrow checker enforces.
//! * [`heap`]: object layouts, allocation, the collector.
//! * [`vm`], `stack`, [`call`]: the machine, its stacks, calls and the convention of natives.
//! * [`string`], `atoms`, [`builder`]: strings and interned strings.
//! * [`shape`], `dictionary`, `object`, `side_table`, `cache`: how properties are stored.
//! * `property`, [`define`], [`keys`], [`array`], `typed`, [`function`](mod@function): what objects do in JavaScript.
//! * [`instance`]: objects of the built-in classes that have internal slots.
//! * [`coerce`], [`ops`], `iterate`, [`error`]: conversions, operators, iteration, errors.
//! * [`regexp`]: the matcher of regular expressions.
//! * [`number`] and [`text`]: pure algorithms that know no heap.
//! * [`report`]: what an embedder prints about an exception that nobody caught.
//! * `aot`: what code compiled ahead of time calls, for images that have such code (feature `aot`).
//!
//! The built-in functions are in `jerboa-library`.
//!
//! # How to write a native function
//!
//! [`native!`] defines it under its linker symbol. What it gets are slots; what may allocate takes `&mut Vm`, throws by
//! `Err(`[`Thrown`]`)`, and gives a [`Value`] that must be stored in a slot (or returned) before the next such call:
//!
//! ```
//! # use jerboa_rt::{Key, Value, native};
//! native! {
//!     /// `array.example(callback)`: a new array of what the callback gives for each element.
//!     fn jrt_n_example_map(vm, args) {
//!         let [callback, this] = args.take(vm)?;
//!         let [result, element, index] = vm.slots()?;
//!         let array = args.this();
//!         vm.new_array(vm.array_length(array))?.store(result);
//!         let mut i = 0;
//!         while i < vm.array_length(array) {
//!             vm.integer(i64::from(i))?.store(index);
//!             vm.get_element(array, index)?.store(element);
//!             vm.call_with(callback, this, &[element, index, array])?.store(element);
//!             vm.array_push(result, element)?;
//!             i += 1;
//!         }
//!         Ok(vm.get(result))
//!     }
//! }
//! ```
//!
//! The slots of a native are freed when it returns, also by an error.
#![cfg_attr(not(any(test, feature = "testing")), no_std)]

#[cfg(feature = "aot")]
pub mod aot;
pub mod array;
mod atoms;
pub mod builder;
mod cache;
pub mod call;
mod chain;
pub mod coerce;
pub mod define;
pub mod dictionary;
pub mod error;
pub mod function;
pub mod gate;
pub mod heap;
pub mod image;
pub mod instance;
pub mod interp;
pub mod iterate;
pub mod keys;
mod lines;
pub mod memory;
pub mod number;
mod object;
pub mod ops;
pub mod property;
pub mod regexp;
pub mod report;
pub mod shape;
mod side_table;
mod stack;
pub mod string;
#[cfg(feature = "fail-allocation")]
pub mod sweep;
pub mod symbol;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
#[cfg(test)]
mod tests;
pub mod text;
pub mod typed;
pub mod value;
pub mod vm;

pub use builder::StringBuilder;
pub use call::Args;
pub use coerce::Hint;
pub use define::Descriptor;
pub use error::{ErrorKind, Piece};
pub use image::ImageError;
pub use keys::Filter;
pub use value::{Key, Result, Slot, Thrown, Value};
#[cfg(feature = "evaluate")]
pub use vm::{EvaluatedFunction, Evaluator};
pub use vm::{InvokeFn, NativeFn, Options, Vm};
