//! The text form.
//!
//! ```text
//! file0 "fib.js"
//! str0 "fib"
//! g0 val "counter"
//! entry fn0
//! fn0 str0 (callee val, this val, arg0 i32, rest1 val, arguments val, new_target val) -> val length 1 captures 2 constructor has_properties @f0:1:1 {
//! block0(v0: val, v1: val, v2: i32, v3: val, v4: val, v5: val):
//!     v6 = iconst 2 @f0:2:9
//!     v7 = icmp slt, v2, v6 @f0:2:7
//!     branch v7, block1(v2), block2 @f0:2:3
//! …
//! }
//! text fn0 f0:3:10 str1
//! ```
//!
//! Numbers of values and blocks are kept by the parser, so that `print(parse(x)) == x` for everything that the printer
//! prints. An operand list, an immediate and a position follow the op's name; a position is left out when unknown.
mod parse;
mod print;

pub use parse::{ParseError, parse};
pub use print::{print, print_function};
