//! A program for a board without a program: checks what the platform promises to the runtime.
//!
//! It takes the place of [`crate::image_main`] under the feature `self-test`. The driver's tests and `jerboa doctor` boot
//! it. It writes one line to each descriptor and ends with [`STATUS`]; a check that fails writes its name and ends
//! with 1.

use core::hint::black_box;
use core::sync::atomic::{AtomicU32, Ordering::Relaxed};

use jerboa_rt::number::soft;
use jerboa_rt::vm::Statistics;

use crate::entry::write;
use crate::{STDERR, STDOUT, marks, numeric, start, stats};

/// Neither 0 nor the status of any failure, so that it can only come from here.
const STATUS: u32 = 7;

/// Pairs of numbers that are added and multiplied.
const DOUBLES: u32 = 20_000;

/// Iterations of [`spin`].
const SPINS: u32 = 100_000;

/// A word of `.data`: its first value is only there if start-up copied it.
static INITIALISED: AtomicU32 = AtomicU32::new(0x6A65_7262);
/// A word of `.bss`: it is only zero if start-up cleared it.
static ZEROED: AtomicU32 = AtomicU32::new(0);

/// Runs the checks; the run between the marks is [`spin`] alone.
pub fn image_main() -> u32 {
    marks::jerboa_mark_setup();
    let mut failed = 0;
    let mut check = |name: &[u8], good: bool| {
        if !good {
            write(STDERR, name);
            failed = 1;
        }
    };
    check(b"self-test: .data was not copied\n", INITIALISED.swap(0, Relaxed) == 0x6A65_7262);
    check(b"self-test: .bss was not cleared\n", ZEROED.swap(1, Relaxed) == 0);
    check(b"self-test: the arena is not writable\n", arena_is_writable());
    check(b"self-test: the stack is not usable\n", stack_is_usable());
    check(b"self-test: numbers are wrong\n", numbers_are_right());
    marks::jerboa_mark_run();
    spin();
    marks::jerboa_mark_end();
    check(b"self-test: sums or products are wrong\n", doubles_are_right());
    write(STDOUT, b"self-test: output\n");
    write(STDERR, b"self-test: diagnostics\n");
    if failed == 0 { STATUS } else { failed }
}

fn arena_is_writable() -> bool {
    let (start, len) = start::arena();
    let last = start.wrapping_add(len - 1);
    // SAFETY: the arena is ours and has `len` bytes.
    let writable = unsafe {
        start.write_volatile(0x5A);
        last.write_volatile(0xA5);
        start.read_volatile() == 0x5A && last.read_volatile() == 0xA5
    };
    stats::record(&Statistics {
        heap_size: len as u32,
        heap_peak: 12,
        collections: 3,
        ..Statistics::default()
    });
    writable
}

/// Takes 512 bytes of stack, which a test can see or overflow.
#[inline(never)]
fn stack_is_usable() -> bool {
    let words = black_box([0x0123_4567u32; 128]);
    black_box(&words).iter().all(|&word| word == 0x0123_4567)
}

fn numbers_are_right() -> bool {
    let [two, nan, large] = black_box([2.0, f64::NAN, 1e300]);
    numeric::jrt_f64_to_i32_sat(nan) == 0
        && numeric::jrt_f64_to_i32_sat(-large) == i32::MIN
        && numeric::jrt_f64_to_u32_sat(large) == u32::MAX
        && libm::sqrt(two * two * two * two) == 4.0
        && libm::fmod(-7.5, two) == -1.5
}

/// Compares what the machine's routines give with [`soft`], whose own tests compare it with a processor's results.
fn doubles_are_right() -> bool {
    let mut state = 0x9e37_79b9_7f4a_7c15u64;
    let mut word = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    // Few significant bits make ties and exact results likely, near exponents make cancellation.
    let mut double = || {
        let (x, how) = (word(), word());
        let x = if how & 1 != 0 { x & (u64::MAX << (how >> 1 & 63)) } else { x };
        let exponent = if how >> 7 & 7 == 0 { how >> 10 & 0x7ff } else { 1023 - 32 + (how >> 10 & 63) };
        f64::from_bits(x & !(0x7ff << 52) | exponent << 52)
    };
    let same = |x: f64, bits: u64| x.to_bits() == bits || x.is_nan() && f64::from_bits(bits).is_nan();
    (0..DOUBLES).all(|_| {
        let [x, y] = black_box([double(), double()]);
        let (a, b) = (x.to_bits(), y.to_bits());
        same(x + y, soft::add(a, b))
            && same(x - y, soft::add(a, b ^ (1 << 63)))
            && same(x * y, soft::mul(a, b))
            && same(x / y, soft::div(a, b))
    })
}

/// A loop whose instructions are known: two each time round on Arm and RISC-V.
#[inline(never)]
fn spin() {
    #[cfg(target_arch = "arm")]
    // SAFETY: counts a register down.
    unsafe {
        core::arch::asm!("2:", "subs {0}, {0}, #1", "bne 2b", inout(reg) SPINS => _, options(nomem, nostack));
    }
    #[cfg(target_arch = "riscv32")]
    // SAFETY: counts a register down.
    unsafe {
        core::arch::asm!("2:", "addi {0}, {0}, -1", "bnez {0}, 2b", inout(reg) SPINS => _, options(nomem, nostack));
    }
    #[cfg(not(any(target_arch = "arm", target_arch = "riscv32")))]
    black_box(SPINS);
}
