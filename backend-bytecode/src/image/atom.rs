//! Property keys that are array indices.
use jerboa_abi::value;

/// The array index that a property name spells in canonical decimal form, if it is in the range of small integers.
pub fn property_index(name: &[u8]) -> Option<i32> {
    if name.is_empty() || name.len() > 10 || (name[0] == b'0' && name.len() > 1) {
        return None;
    }
    let mut index: i64 = 0;
    for byte in name {
        if !byte.is_ascii_digit() {
            return None;
        }
        index = index * 10 + i64::from(byte - b'0');
    }
    (index <= i64::from(value::INT_MAX)).then_some(index as i32)
}

#[cfg(test)]
mod tests {
    use super::property_index;

    #[test]
    fn only_canonical_indices() {
        assert_eq!(property_index(b"0"), Some(0));
        assert_eq!(property_index(b"1073741823"), Some(1_073_741_823));
        for name in [&b""[..], b"00", b"01", b"-1", b"1.5", b"1073741824", b"9999999999", b"length"] {
            assert_eq!(property_index(name), None);
        }
    }
}
