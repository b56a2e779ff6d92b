//! The value word: 32 bits on every target.
//!
//! | low bits    | meaning                                                                     |
//! |-------------|-----------------------------------------------------------------------------|
//! | `…00`       | pointer to a heap or ROM object, 4-aligned, never 0                         |
//! | `…1`        | small integer, 31 bits signed, `(i << 1) \| 1`                              |
//! | `….0010`    | constant: undefined, null, false, true, and two that no program can hold     |
//! | `….0110`    | string of 0 to 3 WTF-8 bytes: length in bits 4-5, bytes from bit 8 upwards   |
//! | `….1010`    | never a value: a call site, in a frame of compiled code ([`from_site`])     |
//! | `….1110`    | never a value: the low bits of a heap object's header ([`crate::header`])    |
//!
//! Pointers carry no tag, so that Thumb's 16-bit `ldr rt, [rn, #imm5*4]` reaches the first 31 fields of an
//! object; an addition of small integers costs one instruction more in return. All constants fit an 8-bit
//! immediate. On a 64-bit host the heap and the image lie below 4 GiB, so a pointer is a plain address there
//! too.
//!
//! Representations are canonical: an integral number in the range of small integers is always the small
//! integer (but -0 is a boxed double), and a string of at most 3 bytes is always the immediate one. So equal
//! words mean strictly equal values, except NaN; of different words, those of 0 and the boxed -0 are equal, and two
//! strings or two doubles may be.

/// The word of `undefined`.
pub const UNDEFINED: u32 = 0x02;
/// The word of `null`.
pub const NULL: u32 = 0x12;
/// The word of `false`.
pub const FALSE: u32 = 0x22;
/// The word of `true`; differs from [`FALSE`] in [`BOOL_BIT`] only.
pub const TRUE: u32 = 0x32;
/// No value: a binding before its initialisation, the end of an iteration, an absent element.
pub const EMPTY: u32 = 0x42;
/// What a call returns when it threw; the thrown value is then pending in the VM.
pub const EXCEPTION: u32 = 0x52;
/// `TRUE ^ FALSE`.
pub const BOOL_BIT: u32 = 0x10;
/// log2 of [`BOOL_BIT`].
pub const BOOL_SHIFT: u32 = 4;

/// Set in every small integer.
pub const INT_BIT: u32 = 1;
/// The smallest small integer.
pub const INT_MIN: i32 = -(1 << 30);
/// The greatest small integer.
pub const INT_MAX: i32 = (1 << 30) - 1;

/// Low nibble of an immediate string.
pub const SHORT_STRING_TAG: u32 = 0x6;
/// The word of the empty string.
pub const EMPTY_STRING: u32 = SHORT_STRING_TAG;
/// The most WTF-8 bytes that an immediate string holds.
pub const SHORT_STRING_MAX: usize = 3;

/// The word of a small integer, if it is in range.
#[inline(always)]
pub const fn from_int(i: i32) -> Option<u32> {
    // Doubling overflows exactly outside of the range.
    match i.checked_add(i) {
        Some(doubled) => Some(doubled as u32 | INT_BIT),
        None => None,
    }
}

/// Whether the word is a small integer.
#[inline(always)]
pub const fn is_int(word: u32) -> bool {
    word & INT_BIT != 0
}

/// The integer of a small-integer word.
#[inline(always)]
pub const fn to_int(word: u32) -> i32 {
    (word as i32) >> 1
}

/// The word of a boolean.
#[inline(always)]
pub const fn from_bool(b: bool) -> u32 {
    FALSE + ((b as u32) << BOOL_SHIFT)
}

/// Whether the word is `true` or `false`.
#[inline(always)]
pub const fn is_bool(word: u32) -> bool {
    word & !BOOL_BIT == FALSE
}

/// Whether a value's word is `undefined`, `null`, a boolean or [`EMPTY`]: one that its low byte tells.
#[inline(always)]
pub const fn is_constant(word: u32) -> bool {
    word & 0xf == UNDEFINED
}

/// Whether the word is a pointer.
#[inline(always)]
pub const fn is_pointer(word: u32) -> bool {
    word & 3 == 0
}

/// Whether the word is a string held in the word itself.
#[inline(always)]
pub const fn is_short_string(word: u32) -> bool {
    word & 0xf == SHORT_STRING_TAG
}

/// The word of a string of at most [`SHORT_STRING_MAX`] WTF-8 bytes; `None` if it is longer.
#[inline(always)]
pub const fn from_short_string(bytes: &[u8]) -> Option<u32> {
    if bytes.len() > SHORT_STRING_MAX {
        return None;
    }
    let mut word = SHORT_STRING_TAG | ((bytes.len() as u32) << 4);
    let mut i = 0;
    while i < bytes.len() {
        word |= (bytes[i] as u32) << (8 + 8 * i);
        i += 1;
    }
    Some(word)
}

/// Length and bytes of an immediate string.
#[inline(always)]
pub const fn short_string_bytes(word: u32) -> (usize, [u8; 3]) {
    (((word >> 4) & 3) as usize, [(word >> 8) as u8, (word >> 16) as u8, (word >> 24) as u8])
}

/// Low nibble of a call site.
pub const SITE_TAG: u32 = 0xa;
/// The greatest number of a call site.
pub const SITE_MAX: u32 = (1 << 28) - 1;

/// The word of a call site, if its number is in range. Compiled functions of programs that can look at an error's stack keep
/// it in their frames, see [`crate::entry::symbol::RUN_TRACED`].
#[inline(always)]
pub const fn from_site(number: u32) -> Option<u32> {
    if number <= SITE_MAX { Some(number << 4 | SITE_TAG) } else { None }
}

/// The number of the call site that the word is, if it is one.
#[inline(always)]
pub const fn to_site(word: u32) -> Option<u32> {
    if word & 0xf == SITE_TAG { Some(word >> 4) } else { None }
}
