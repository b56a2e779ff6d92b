//! An unsigned integer of fixed capacity, with just the operations that exact decimal conversion
//! needs.
//!
//! All comparisons go through [`Big::cmp_sum`], which evaluates `a + k*b - c` in one pass; it costs
//! one loop of code where separate add, double and compare routines would cost three.

use core::cmp::Ordering;

/// Limbs in a [`Big`].
///
/// The widest operand comes from the smallest doubles: with the power of two taken out of 10^k,
/// numerator and denominator stay below 2^770 (2^53 * 5^308 and 2^767). Up to 31 bits of
/// normalisation, twice 4 bits for factors of ten and 2 bits of rounding margin fit in 26 * 32 = 832.
const LIMBS: usize = 26;

/// An unsigned integer below 2^832, least significant limb first.
///
/// Limbs at and above `len` are zero, and the limb below `len` is not.
pub(super) struct Big {
    len: usize,
    limb: [u32; LIMBS],
}

impl Big {
    /// Zero.
    pub(super) const ZERO: Big = Big { len: 0, limb: [0; LIMBS] };

    /// Turns zero to `n * 2^shift * 5^power`, where a negative `shift` or `power` counts as zero. In place, since a copy of a number
    /// takes a hundred bytes of the stack.
    pub(super) fn set_product(&mut self, n: u64, shift: i32, power: i32) {
        let shift = shift.max(0) as u32;
        let bits = shift % 32;
        let low = n << bits;
        let high = if bits == 0 { 0 } else { n >> (64 - bits) };
        let start = (shift / 32) as usize;
        for (slot, value) in
            self.limb.iter_mut().skip(start).zip([low as u32, (low >> 32) as u32, high as u32])
        {
            *slot = value;
        }
        self.len = LIMBS;
        self.trim();
        let mut power = power;
        while power >= 13 {
            self.mul(1_220_703_125); // 5^13, the largest power of five in 32 bits
            power -= 13;
        }
        while power > 0 {
            self.mul(5);
            power -= 1;
        }
    }

    /// Drops leading zero limbs from `len`.
    fn trim(&mut self) {
        while let Some(last) = self.len.checked_sub(1) {
            if self.limb.get(last).is_some_and(|&limb| limb != 0) {
                break;
            }
            self.len = last;
        }
    }

    /// `self *= factor`. The product must fit.
    pub(super) fn mul(&mut self, factor: u32) {
        let mut carry = 0u32;
        for limb in self.limb.iter_mut().take(self.len) {
            let wide = u64::from(*limb) * u64::from(factor) + u64::from(carry);
            *limb = wide as u32;
            carry = (wide >> 32) as u32;
        }
        if carry != 0 {
            debug_assert!(self.len < LIMBS);
            if let Some(slot) = self.limb.get_mut(self.len) {
                *slot = carry;
                self.len += 1;
            }
        }
    }

    /// `self -= factor * other`. The difference must not be negative.
    fn sub_mul(&mut self, other: &Big, factor: u32) {
        let mut borrow = 0u64;
        for (limb, &sub) in self.limb.iter_mut().zip(&other.limb).take(self.len) {
            let take = u64::from(sub) * u64::from(factor) + borrow;
            let (low, under) = limb.overflowing_sub(take as u32);
            *limb = low;
            borrow = (take >> 32) + u64::from(under);
        }
        debug_assert!(borrow == 0);
        self.trim();
    }

    /// Compares `self + k * b` with `c`, for `k` up to 2.
    pub(super) fn cmp_sum(&self, k: u32, b: &Big, c: &Big) -> Ordering {
        let len = self.len.max(b.len).max(c.len);
        let mut carry = 0i64;
        let mut any = 0u32;
        for ((&x, &y), &z) in self.limb.iter().zip(&b.limb).zip(&c.limb).take(len) {
            carry += i64::from(x) + i64::from(k) * i64::from(y) - i64::from(z);
            any |= carry as u32;
            carry >>= 32;
        }
        if carry < 0 {
            Ordering::Less
        } else if carry == 0 && any == 0 {
            Ordering::Equal
        } else {
            Ordering::Greater
        }
    }

    /// Compares two integers.
    pub(super) fn cmp(&self, other: &Big) -> Ordering {
        self.cmp_sum(0, other, other)
    }

    /// The number of bits by which to shift a divisor left for [`Big::div_digit`].
    pub(super) fn normal_shift(&self) -> u32 {
        (self.top().leading_zeros() + 28) % 32
    }

    /// The most significant limb, or zero.
    fn top(&self) -> u32 {
        self.limb.get(self.len.wrapping_sub(1)).copied().unwrap_or(0)
    }

    /// Divides by `divisor`, leaves the remainder and returns the quotient, a decimal digit.
    ///
    /// Needs `self < 10 * divisor` and a divisor whose top limb has 28 significant bits. So ten
    /// times the divisor has no more limbs than the divisor, and the quotient of the top limbs is
    /// at most one too small.
    pub(super) fn div_digit(&mut self, divisor: &Big) -> u8 {
        let mut digit = 0;
        if self.len == divisor.len {
            digit = self.top() / (divisor.top() + 1);
            self.sub_mul(divisor, digit);
        }
        if self.cmp(divisor) != Ordering::Less {
            self.sub_mul(divisor, 1);
            digit += 1;
        }
        digit as u8
    }

    /// Whether this is zero.
    pub(super) fn is_zero(&self) -> bool {
        self.len == 0
    }
}
