//! Numbers as ECMAScript sees them: conversions to and from text, to machine integers, and `Math`.
//!
//! Everything here is pure and works in caller-provided buffers. There is no heap, no `core::fmt`
//! and no table above 200 bytes: the conversions between binary and decimal share one exact digit
//! generator ([`digits`]) on one small fixed-capacity integer ([`bignum`]), because flash is what a
//! microcontroller has least of. Functions that a program does not call leave nothing behind in an
//! image; the linker drops them one by one.
//!
//! Text goes in and comes out as bytes. Output is ASCII; input is WTF-8 (see [`crate::text`]).

mod bignum;
mod compact;
pub mod date;
mod digits;
mod format;
#[cfg(test)]
mod format_tests;
mod integer;
#[cfg(test)]
mod integer_tests;
pub mod math;
#[cfg(any(test, feature = "testing"))]
pub mod oracle;
mod parse;
#[cfg(test)]
mod parse_tests;
mod radix;
pub mod soft;

pub use compact::f64_to_string_compact;
pub use format::{
    EXPONENTIAL_BUFFER, FIXED_BUFFER, PRECISION_BUFFER, SHORTEST_BUFFER, f64_to_exponential, f64_to_fixed,
    f64_to_precision, f64_to_string_shortest,
};
pub use integer::{
    I32_BUFFER, clamp, f64_to_array_index, f64_to_i32_exact, from_length, i32_to_decimal, is_integral,
    same_value, same_value_zero, to_i8, to_i16, to_i32, to_integer_or_infinity, to_length, to_u8,
    to_u8_clamp, to_u16, to_u32, u32_to_decimal,
};
pub use parse::{parse_float, parse_int, string_to_number};
pub use radix::f64_to_radix;
