//! Addition, subtraction and multiplication of doubles on Arm, under the names that compilers give them.
//!
//! They take the place of the generic routines that come with Rust, which are weak symbols: 32 to 45 instructions where
//! those take 80 to 110. Operands that are not ordinary go to [`jerboa_rt::number::soft`].

use jerboa_rt::number::soft;

#[unsafe(no_mangle)]
extern "C" fn jerboa_soft_add(a: u64, b: u64) -> u64 {
    soft::add(a, b)
}

#[unsafe(no_mangle)]
extern "C" fn jerboa_soft_mul(a: u64, b: u64) -> u64 {
    soft::mul(a, b)
}

// Doubles are in r1:r0 and r3:r2, high word first. In both routines a result is put together from r1:r0, its significand with
// the leading bit at bit 20 of r1; r4 or r5, the bits beyond it (bit 31 is worth half of the last place; the lowest
// stands for all that are lost); and lr, which has the sign in bit 11 and the exponent less one below it, so that adding
// lr << 20 to the significand packs the number, and a carry from rounding counts in the exponent.

// The larger exponent must be from 64 to 64 + 0x6ff: then cancellation does not underflow nor a carry overflow, and if the
// smaller number is zero or subnormal it is too small to matter.
core::arch::global_asm!(
    ".syntax unified",
    ".thumb",
    ".pushsection .text.jerboa_dadd, \"ax\", %progbits",
    ".balign 4",
    ".global __aeabi_dsub, __aeabi_dadd, __subdf3, __adddf3",
    ".type __aeabi_dsub, %function",
    ".type __aeabi_dadd, %function",
    ".type __subdf3, %function",
    ".type __adddf3, %function",
    ".thumb_func",
    "__subdf3:",
    ".thumb_func",
    "__aeabi_dsub:",
    "eor r3, r3, #0x80000000",
    ".thumb_func",
    "__adddf3:",
    ".thumb_func",
    "__aeabi_dadd:",
    "push {{r4, r5, r6, lr}}",
    "ubfx r6, r1, #20, #11",
    "ubfx r4, r3, #20, #11",
    "subs r5, r6, r4", // how far apart the exponents are
    "bmi 20f",
    "1:",
    "subs r6, r6, #64",
    "cmp r6, #0x700",
    "bhs 29f",
    "eor r6, r1, r3", // bit 31: the signs differ
    "lsrs r4, r1, #20",
    "sub lr, r4, #1",
    "movs r4, #1",
    "bfi r1, r4, #20, #12",
    "bfi r3, r4, #20, #12",
    "rsbs r4, r5, #32",
    "bls 21f",
    "lsl ip, r3, r4",
    "lsl r4, r2, r4",
    "lsrs r2, r5",
    "orr r2, r2, ip",
    "lsrs r3, r5",
    "2:",
    "cmp r6, #0",
    "bmi 23f",
    "adds r0, r0, r2",
    "adcs r1, r1, r3",
    "lsls r2, r1, #10", // bit 21
    "bmi 22f",
    "3:",
    "adds r4, r4, #0x80000000",
    "adcs r0, r0, #0",
    "adc r1, r1, lr, lsl #20",
    "cbz r4, 4f",
    "pop {{r4, r5, r6, pc}}",
    "4:", // a tie goes to even
    "bic r0, r0, #1",
    "pop {{r4, r5, r6, pc}}",
    "20:", // the second has the larger exponent
    "mov r6, r4",
    "rsbs r5, r5, #0",
    "mov r4, r0",
    "mov r0, r2",
    "mov r2, r4",
    "mov r4, r1",
    "mov r1, r3",
    "mov r3, r4",
    "b 1b",
    "21:", // at least a word apart
    "subs r5, r5, #32",
    "cmp r5, #23",
    "bhs 28f",
    "rsb r4, r5, #32",
    "lsl ip, r2, r4",
    "lsl r4, r3, r4",
    "lsrs r2, r5",
    "orrs r4, r2",
    "cmp ip, #0",
    "it ne",
    "orrne r4, r4, #1",
    "lsr r2, r3, r5",
    "movs r3, #0",
    "b 2b",
    "22:", // the sum has one bit more
    "and r2, r4, #1",
    "lsrs r1, r1, #1",
    "rrxs r0, r0",
    "rrx r4, r4",
    "orrs r4, r2",
    "add lr, lr, #1",
    "b 3b",
    "23:", // the signs differ
    "rsbs r4, r4, #0",
    "sbcs r0, r2",
    "sbcs r1, r3",
    "bmi 25f",
    "24:",
    "lsls r2, r1, #11", // bit 20
    "bmi 3b",
    // Of numbers more than one exponent apart, one bit is missing at most.
    "adds r4, r4, r4",
    "adcs r0, r0",
    "adcs r1, r1",
    "sub lr, lr, #1",
    "lsls r2, r1, #11",
    "bmi 3b",
    "b 26f",
    "25:", // equal exponents, and the second was larger: there are no bits beyond
    "rsbs r0, r0, #0",
    "mvn r1, r1",
    "adc r1, r1, #0",
    "eor lr, lr, #0x800",
    "26:", // cancellation
    "cbnz r1, 27f",
    "orrs r2, r0, r4",
    "beq 30f",
    "lsrs r1, r0, #12",
    "lsls r0, r0, #20",
    "orr r0, r0, r4, lsr #12",
    "lsls r4, r4, #20",
    "sub lr, lr, #20",
    "b 26b",
    "27:",
    "clz r2, r1",
    "subs r2, r2, #11",
    "rsb r3, r2, #32",
    "lsls r1, r2",
    "lsr r5, r0, r3",
    "orrs r1, r5",
    "lsls r0, r2",
    "lsr r5, r4, r3",
    "orrs r0, r5",
    "lsls r4, r2",
    "sub lr, lr, r2",
    "b 3b",
    "28:", // too far apart to matter
    "add r1, r1, lr, lsl #20",
    "pop {{r4, r5, r6, pc}}",
    "29:",
    "pop {{r4, r5, r6, lr}}",
    "b jerboa_soft_add",
    "30:", // both are zero now: the difference of equal numbers is +0
    "pop {{r4, r5, r6, pc}}",
    ".size __aeabi_dadd, . - __aeabi_dadd",
    ".popsection",
);

// Exponents must be from 512 to 512 + 0x3fb: then that of the product is in range.
core::arch::global_asm!(
    ".syntax unified",
    ".thumb",
    ".pushsection .text.jerboa_dmul, \"ax\", %progbits",
    ".balign 4",
    ".global __aeabi_dmul, __muldf3",
    ".type __aeabi_dmul, %function",
    ".type __muldf3, %function",
    ".thumb_func",
    "__muldf3:",
    ".thumb_func",
    "__aeabi_dmul:",
    "push {{r4, r5, r6, lr}}",
    "ubfx r4, r1, #20, #11",
    "ubfx r5, r3, #20, #11",
    "sub r4, r4, #512",
    "sub r5, r5, #512",
    "orr r6, r4, r5",
    "cmp r6, #0x3fc",
    "bhs 9f",
    "eor lr, r1, r3",
    "lsr lr, lr, #31",
    "add r4, r4, r5",
    "add lr, r4, lr, lsl #11",
    // The first with its leading bit at 63, the second at 52: the product's is at 115 or 116.
    "movs r5, #1",
    "bfi r3, r5, #20, #12",
    "lsls r1, r1, #11",
    "orr r1, r1, r0, lsr #21",
    "orr r1, r1, #0x80000000",
    "lsls r0, r0, #11",
    "umull ip, r5, r0, r2",
    "movs r6, #0",
    "umlal r5, r6, r1, r2",
    "movs r2, #0",
    "umlal r5, r2, r0, r3",
    "movs r4, #0",
    "adds r2, r2, r6",
    "adcs r4, r4",
    "umlal r2, r4, r1, r3",
    // r4:r2 is the significand, r5:ip what is beyond.
    "cmp ip, #0",
    "it ne",
    "orrne r5, r5, #1",
    "lsls r3, r4, #11", // bit 20
    "bmi 2f",
    "adds r5, r5, r5",
    "adcs r2, r2",
    "adcs r4, r4",
    "1:",
    "adds r5, r5, #0x80000000",
    "adcs r0, r2, #0",
    "adc r1, r4, lr, lsl #20",
    "cbz r5, 3f",
    "pop {{r4, r5, r6, pc}}",
    "2:",
    "add lr, lr, #1",
    "b 1b",
    "3:", // a tie goes to even
    "bic r0, r0, #1",
    "pop {{r4, r5, r6, pc}}",
    "9:",
    "pop {{r4, r5, r6, lr}}",
    "b jerboa_soft_mul",
    ".size __aeabi_dmul, . - __aeabi_dmul",
    ".popsection",
);
