//! Strings: WTF-8 bytes with the meaning of UTF-16 code units.
//!
//! A string is UTF-8 generalised to lone surrogates (WTF-8), which halves the memory of Latin text
//! and lets constants be read in place from flash. The program sees UTF-16: lengths, indices and
//! comparisons are in code units, and functions here translate. The rule that makes the encoding
//! unique, and so lets equality and hashing work on bytes, is that a high surrogate is never followed
//! by a low one: such a pair is always one 4-byte sequence. Concatenation joins halves, slicing
//! splits them, [`is_valid`] checks it.
//!
//! Every function accepts any bytes without panicking or reading out of bounds. The results make
//! sense for valid WTF-8 only; strings from outside are checked once, when an image is loaded.

mod case;
mod case_tables;
#[cfg(test)]
mod case_tables_tests;
mod edit;
mod hash;
mod json;
mod key;
mod order;
mod search;
mod sink;
mod space;
#[cfg(test)]
mod tests;
mod units;
mod wtf8;

pub use case::{simple_lower, simple_upper, to_lower, to_lower_ascii, to_upper, to_upper_ascii};
pub use edit::{Slice, concat, concat_len, joint, slice};
pub use hash::hash;
pub use json::{JsonStringError, json_quote, json_unquote};
pub use key::{array_index, canonical_numeric_index};
pub use order::compare;
pub use search::{find_bytes, index_of, last_index_of, rfind_bytes};
pub use sink::{Counter, Sink, SliceSink};
pub use space::{is_line_terminator, is_white_space, trim, trim_end, trim_start};
pub use units::{Place, Units, char_code_at, code_point_at, place_of, unit_index, utf16_len};
pub use wtf8::{decode, decode_last, encode, encode_unit, is_ascii, is_valid};
