//! Strings that are numbers when used as property keys.

use crate::number::{SHORTEST_BUFFER, f64_to_string_shortest, string_to_number};

/// The array index that `key` is the canonical text of: 0 to 2^32 - 2.
pub fn array_index(key: &[u8]) -> Option<u32> {
    let (&first, rest) = key.split_first()?;
    if first == b'0' {
        return rest.is_empty().then_some(0);
    }
    // Ten digits can not overflow the accumulator.
    if key.len() > 10 {
        return None;
    }
    let mut index = 0u64;
    for &byte in key {
        if !byte.is_ascii_digit() {
            return None;
        }
        index = index * 10 + u64::from(byte - b'0');
    }
    (index < u64::from(u32::MAX)).then_some(index as u32)
}

/// `CanonicalNumericIndexString`: the number that `key` is the canonical text of, `-0` included.
/// Typed arrays treat such a key as an index even if it is none.
pub fn canonical_numeric_index(key: &[u8]) -> Option<f64> {
    if key == b"-0" {
        return Some(-0.0);
    }
    // Spares the conversions for nearly every name.
    if !matches!(key.first()?, b'0'..=b'9' | b'-' | b'I' | b'N') {
        return None;
    }
    let number = string_to_number(key);
    let mut buf = [0; SHORTEST_BUFFER];
    (f64_to_string_shortest(number, &mut buf) == key).then_some(number)
}
