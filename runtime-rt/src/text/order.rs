//! Ordering by UTF-16 code units, as `<` and `sort` need it.

use core::cmp::Ordering;

use super::units::Units;
use super::wtf8::is_continuation;

/// Compares two texts by their UTF-16 code units.
///
/// Byte order agrees with it except where a surrogate meets U+E000 to U+FFFF, so common prefixes
/// are skipped as bytes, and units are decoded from the first difference on.
pub fn compare(a: &[u8], b: &[u8]) -> Ordering {
    let mut same = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    while same != 0 && a.get(same).or(b.get(same)).is_some_and(|&byte| is_continuation(byte)) {
        same -= 1;
    }
    let rest = |text| Units::new(<[u8]>::get(text, same..).unwrap_or_default());
    rest(a).cmp(rest(b))
}
