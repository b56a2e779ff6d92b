//! Pseudo-random numbers for generators.

/// A small generator of pseudo-random numbers (xorshift), so that a seed names a program for good.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Random {
        Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// A number below `limit`.
    pub fn below(&mut self, limit: u64) -> u64 {
        (self.next() >> 11) % limit
    }

    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len() as u64) as usize]
    }

    /// A number that is often a boundary case.
    #[allow(dead_code, reason = "the encoders' tests have operands of their own")]
    pub fn interesting(&mut self) -> i64 {
        match self.below(8) {
            0 => self.below(16) as i64,
            1 => -(self.below(16) as i64),
            2 => 1 << self.below(63),
            3 => (1i64 << self.below(63)) - 1,
            4 => i64::from(*self.pick(&[i32::MIN, i32::MAX, -1, 0, 0xff, 0xffff, 0x10000])),
            5 => self.below(0x1_0000) as i64,
            6 => i64::from(self.next() as i32),
            _ => self.next() as i64,
        }
    }
}
