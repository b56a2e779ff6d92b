//! Comparisons of any values.

use jerboa_abi::header::{self, Kind};
use jerboa_abi::value as word;

use super::{entries, hold, known_number, truth};
use crate::memory::load;
use crate::ops::Comparison;
use crate::string::byte_len;
use crate::value::Value;

/// A comparison that fits no fast path.
#[inline(never)]
fn compare(sp: *mut u32, a: u32, b: u32, comparison: Comparison) -> u32 {
    let (vm, [a, b]) = hold(sp, [a, b]);
    truth(vm.compare(comparison, a, b))
}

/// Both operands, if they are numbers.
#[inline(never)]
fn numbers(a: u32, b: u32) -> Option<(f64, f64)> {
    Some((Value::of(a).as_number()?, Value::of(b).as_number()?))
}

/// `a === b` for words that differ, of which one at least is a pointer.
#[inline(never)]
fn pointers_equal(a: u32, b: u32) -> bool {
    let (x, y) = (Value::of(a), Value::of(b));
    if let Some((x, y)) = numbers(a, b) {
        // Of different words, those of 0 and -0 are equal.
        return x == y;
    }
    // An immediate string equals no other.
    x.is_pointer() && y.is_pointer() && x.is_string() && y.is_string() && strings_equal(a, b)
}

/// Whether two strings are equal, without making ropes flat.
fn strings_equal(a: u32, b: u32) -> bool {
    if byte_len(a) != byte_len(b) {
        return false;
    }
    let (mut a, mut b) = (Rest::new(a), Rest::new(b));
    while a.len > 0 {
        let ((x, x_len), (y, y_len)) = (a.last_piece(), b.last_piece());
        let len = x_len.min(y_len);
        let (x, y) = (Value::of(x).text(), Value::of(y).text());
        if x.get((x_len - len) as usize..x_len as usize) != y.get((y_len - len) as usize..y_len as usize) {
            return false;
        }
        a.len -= len;
        b.len -= len;
    }
    true
}

/// What is left of a string that is read from its end, where ropes grow.
struct Rest {
    /// The string, or a rope's left part as soon as all that is left lies in that.
    string: u32,
    /// In bytes.
    len: u32,
}

impl Rest {
    fn new(string: u32) -> Rest {
        Rest { string, len: byte_len(string) }
    }

    /// The flat string that holds the last bytes, and how many bytes of it are left.
    fn last_piece(&mut self) -> (u32, u32) {
        let is_rope = |string| Value::of(string).is(Kind::Rope);
        while is_rope(self.string) && byte_len(load(self.string + 4)) >= self.len {
            self.string = load(self.string + 4);
        }
        let (mut string, mut len) = (self.string, self.len);
        while is_rope(string) {
            let left = load(string + 4);
            let left_len = byte_len(left);
            if len > left_len {
                len -= left_len;
                string = load(string + 8);
            } else {
                string = left;
            }
        }
        (string, len)
    }
}

entries! {
    /// `a < b`.
    fn jrt_lt(sp: sp, a: val, b: val) -> truth {
        match numbers(a, b) {
            Some((x, y)) => u32::from(x < y),
            None => compare(sp, a, b, Comparison::Less),
        }
    }

    /// `a <= b`.
    fn jrt_le(sp: sp, a: val, b: val) -> truth {
        match numbers(a, b) {
            Some((x, y)) => u32::from(x <= y),
            None => compare(sp, a, b, Comparison::LessEqual),
        }
    }

    /// `a > b`.
    fn jrt_gt(sp: sp, a: val, b: val) -> truth {
        match numbers(a, b) {
            Some((x, y)) => u32::from(x > y),
            None => compare(sp, a, b, Comparison::Greater),
        }
    }

    /// `a >= b`.
    fn jrt_ge(sp: sp, a: val, b: val) -> truth {
        match numbers(a, b) {
            Some((x, y)) => u32::from(x >= y),
            None => compare(sp, a, b, Comparison::GreaterEqual),
        }
    }

    /// `a == b`.
    fn jrt_loose_eq(sp: sp, a: val, b: val) -> truth {
        let (vm, [a, b]) = hold(sp, [a, b]);
        truth(vm.loose_equals(a, b))
    }

    /// `a === b`. Neither collects nor throws, so ropes are compared as they are.
    fn jrt_strict_eq(a: val, b: val) -> bool {
        if a == b {
            // NaN is the one value that differs from itself.
            let nan = word::is_pointer(a) && header::kind(load(a)) == Kind::Double as u32 && Value::of(a).double().is_nan();
            return u32::from(!nan);
        }
        // Of words that are no pointers, different ones differ.
        u32::from((word::is_pointer(a) || word::is_pointer(b)) && pointers_equal(a, b))
    }

    /// `a instanceof b`.
    fn jrt_instance_of(sp: sp, a: val, b: val) -> truth {
        let (vm, [a, b]) = hold(sp, [a, b]);
        truth(vm.instance_of(a, b))
    }

    /// `key in object`.
    fn jrt_in(sp: sp, key: val, object: val) -> truth {
        let (vm, [key, object]) = hold(sp, [key, object]);
        truth(vm.has_element(key, object))
    }

    /// `a < b` of numbers.
    fn jrt_num_lt(a: val, b: val) -> bool {
        u32::from(known_number(a) < known_number(b))
    }

    /// `a <= b` of numbers.
    fn jrt_num_le(a: val, b: val) -> bool {
        u32::from(known_number(a) <= known_number(b))
    }
}
