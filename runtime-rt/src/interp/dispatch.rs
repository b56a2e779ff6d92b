//! The loop.
//!
//! One function with one `match` over the opcodes: measured on Cortex-M4, RV32 and x86-64, this is as fast as computed
//! goto or tail calls and smaller. What it needs to be: raw pointers (bounds checks cost 2.4 times the
//! instructions; the verifier has made them unnecessary), no reachable default arm (a range check on every instruction), no
//! calls in the hot arms (they would spill the machine registers that hold `pc`, `fp` and `rp`), and optimisation level 2.
//!
//! An arm ends in one of four ways: `continue` with `pc` advanced; a jump, whose test for a backward one is shared; a call,
//! whose code is shared; or `break` out of the inner loop when an exception is pending.

use jerboa_abi::edition;
use jerboa_abi::header::{self, Kind};
use jerboa_abi::image::{FUNCTION_BYTES, field, function};
use jerboa_abi::opcode::{Binary, Compare, Condition, ErrorKind, Opcode, Test, Unary, WINDOW_DEFAULT};
use jerboa_abi::value as word;

use super::frame::{State, reject_entry, unwind};
use super::slow::to_word;
use super::{helper, slow};
use crate::gate::gate;
use crate::image::{header_half, native_at};
use crate::memory::{load, load_byte, load_half, pointer, store};
use crate::number;
use crate::shape::attributes;
use crate::value::{Slot, Value};
use crate::vm::Vm;

/// Keeps the code of an arm up to here from being merged with that of other arms that end alike: a jump or two less for each
/// instruction that runs, for four to eight bytes. No instructions of its own.
macro_rules! distinct {
    ($op:ident, $value:expr) => {
        #[cfg(not(target_family = "wasm"))]
        core::arch::asm!(
            concat!("/* ", stringify!($op), " {0} */"),
            in(reg) usize::from($value),
            options(nomem, nostack, preserves_flags)
        )
    };
}

/// Where the `add` stands that `mul.add` does together with the `mul` before it.
const PRODUCT: usize = Opcode::MulAdd.size() + Opcode::Mul.size();
const _: () = assert!(PRODUCT == 5 && Opcode::Add.size() == 4);

/// A loop.
type Loop = unsafe fn(vm: &mut Vm, pc: *const u8, fp: *mut u32, rp: *mut u32) -> u32;

/// Defines the loop of each edition, from which the driver chooses.
#[cfg(all(feature = "helper-table", target_os = "none"))]
macro_rules! loops {
    ($($id:ident = $families:literal)*) => {$(
        const _: Loop = {
            #[unsafe(export_name = concat!("jerboa_loop.", stringify!($id)))]
            unsafe fn edition(vm: &mut Vm, pc: *const u8, fp: *mut u32, rp: *mut u32) -> u32 {
                // SAFETY: as the caller promises.
                unsafe { run_edition::<$families>(vm, pc, fp, rp) }
            }
            edition
        };
    )*};
}
#[cfg(all(feature = "helper-table", target_os = "none"))]
jerboa_abi::for_each_edition!(loops);

/// The loop of the program's edition.
///
/// # Safety
/// As [`run_edition`].
#[cfg(all(feature = "helper-table", target_os = "none"))]
#[inline(always)]
pub(super) unsafe fn run(vm: &mut Vm, pc: *const u8, fp: *mut u32, rp: *mut u32) -> u32 {
    unsafe extern "Rust" {
        /// See [`edition::CHOSEN`].
        fn jerboa_loop(vm: &mut Vm, pc: *const u8, fp: *mut u32, rp: *mut u32) -> u32;
    }
    // SAFETY: the driver makes it one of the loops, and as the caller promises.
    unsafe { jerboa_loop(vm, pc, fp, rp) }
}

/// The loop with all instructions.
///
/// # Safety
/// As [`run_edition`].
#[cfg(not(all(feature = "helper-table", target_os = "none")))]
#[inline(always)]
pub(super) unsafe fn run(vm: &mut Vm, pc: *const u8, fp: *mut u32, rp: *mut u32) -> u32 {
    let run: Loop = run_edition::<{ edition::Edition::Full as u8 }>;
    // SAFETY: as the caller promises.
    unsafe { run(vm, pc, fp, rp) }
}

/// Runs from an instruction until the frame returns to native code; gives the result's word, or `EXCEPTION`. `EDITION` is an
/// [`edition::Edition`].
///
/// # Safety
/// The image is verified, and the edition has all of its instructions. `pc` points to the first instruction of one of its functions, `fp` to a window with what
/// the function wants of arguments, `rp` to the return address `exit` on the raw stack; `vm.sp` equals `fp`.
#[allow(clippy::neg_cmp_op_on_partial_ord, reason = "`unless less` is true for NaN")]
unsafe fn run_edition<const EDITION: u8>(
    vm: &mut Vm,
    mut pc: *const u8,
    mut fp: *mut u32,
    mut rp: *mut u32,
) -> u32 {
    // SAFETY: the verifier has seen that every instruction is whole and stays in its function, that registers lie in
    // the frame (which `enter` has found room for), that jumps go to instructions, and that constants, functions, shapes
    // and module variables are in the image's tables. Tagged registers always hold values, so what a register
    // points to is an object of the heap or the image. Windows are written before they are used.
    unsafe {
        loop {
            let mut op = *pc;
            // The inner loop is left when an exception is pending.
            'dispatch: loop {
                // The macros stand inside the loop because labels are hygienic.
                /// Operand byte number `$k`.
                macro_rules! byte {
                    ($k:literal) => {
                        *pc.add($k)
                    };
                }
                /// 16-bit operand at byte `$k`.
                macro_rules! half {
                    ($k:literal) => {
                        (pc.add($k) as *const u16).read_unaligned()
                    };
                }
                /// Tagged register named by byte `$k`: registers are named by their offsets in bytes.
                macro_rules! t {
                    ($k:literal) => {
                        *fp.byte_add(byte!($k) as usize)
                    };
                }
                /// The same as a slot.
                macro_rules! slot {
                    ($k:literal) => {
                        Slot(address(fp) + u32::from(byte!($k)))
                    };
                }
                /// Raw register named by byte `$k`, signed.
                macro_rules! r {
                    ($k:literal) => {
                        *(rp.byte_add(byte!($k) as usize) as *mut i32)
                    };
                }
                /// Raw register pair named by byte `$k`.
                macro_rules! f {
                    ($k:literal) => {
                        (rp.byte_add(byte!($k) as usize) as *const f64).read_unaligned()
                    };
                }
                macro_rules! set_f {
                    ($k:literal, $value:expr) => {{
                        let value: f64 = $value;
                        (rp.byte_add(byte!($k) as usize) as *mut f64).write_unaligned(value)
                    }};
                }
                /// Goes on behind the instruction. The arm keeps its own copy of the way to the next one.
                macro_rules! next {
                    ($op:ident) => {{
                        pc = pc.add(const { Opcode::$op.size() });
                        op = *pc;
                        distinct!($op, op);
                        continue 'dispatch;
                    }};
                }
                /// The same for instructions that are rare or slow anyway: they share the way to the next one.
                macro_rules! next_shared {
                    ($op:ident) => {{
                        pc = pc.add(const { Opcode::$op.size() });
                        go!()
                    }};
                }
                /// Goes on at `pc`.
                macro_rules! go {
                    () => {{
                        op = *pc;
                        continue 'dispatch;
                    }};
                }
                /// Whether the edition has an instruction.
                macro_rules! has {
                    ($op:ident) => {
                        const { edition::has(EDITION, Opcode::$op) }
                    };
                }
                /// A value from a call that may throw.
                macro_rules! may {
                    ($call:expr) => {{
                        vm.engine.set(address(pc));
                        let word: u32 = $call;
                        if word == word::EXCEPTION {
                            break 'dispatch;
                        }
                        word
                    }};
                }
                /// `d = fast path, or out of line`.
                macro_rules! arithmetic {
                    ($op:ident, $slow:lifetime, |$x:ident, $y:ident| $fast:expr) => {{
                        let ($x, $y) = (t!(2), t!(3));
                        if $x & $y & word::INT_BIT != 0
                            && let Some(result) = $fast
                        {
                            t!(1) = result;
                            next!($op)
                        }
                        break $slow;
                    }};
                }
                /// The same with a byte on the right, given as a value word.
                macro_rules! arithmetic_imm {
                    ($op:ident, $slow:lifetime, |$x:ident, $y:ident| $fast:expr) => {{
                        let $x = t!(2);
                        let $y = i32::from(byte!(3) as i8);
                        if $x & word::INT_BIT != 0
                            && let Some(result) = $fast
                        {
                            t!(1) = result;
                            next!($op)
                        }
                        break $slow;
                    }};
                }
                /// Integers compare as words: both have the integer bit.
                macro_rules! ordering {
                    ($op:ident, $jump:lifetime, $slow:lifetime, |$x:ident, $y:ident| $fast:expr) => {{
                        let (x, y) = (t!(1), t!(2));
                        let ($x, $y) = (x as i32, y as i32);
                        if x & y & word::INT_BIT != 0 {
                            branch!($op, $jump, 3, $fast)
                        }
                        break $slow;
                    }};
                }
                macro_rules! ordering_imm {
                    ($op:ident, $jump:lifetime, $slow:lifetime, |$x:ident, $y:ident| $fast:expr) => {{
                        let x = t!(1);
                        let ($x, $y) = (x as i32, small(i32::from(byte!(2) as i8)) as i32);
                        if x & word::INT_BIT != 0 {
                            branch!($op, $jump, 3, $fast)
                        }
                        break $slow;
                    }};
                }
                /// Jumps by the offset in byte `$k` if the condition holds.
                macro_rules! branch {
        ($op:ident, $jump:lifetime, $k:literal, $condition:expr) => {{
            if $condition {
                break $jump offset(byte!($k));
            }
            next!($op)
        }};
    }
                /// The tail of a counting loop: jumps if the condition holds, for a unit of fuel. That the jump goes backwards is not
                /// tested: it always does in what the compiler makes.
                macro_rules! turn {
                    ($op:ident, $condition:expr) => {{
                        if $condition {
                            let distance = offset(byte!(4));
                            fuel!();
                            pc = pc.offset(distance);
                            op = *pc;
                            distinct!($op, op);
                            continue 'dispatch;
                        }
                        next!($op)
                    }};
                }
                /// `d = array[index]`, or out of line.
                macro_rules! element {
                    ($op:ident, $index:expr, $slow:expr) => {{
                        if let Some(element) = vm.plain_element_at(t!(2), $index) {
                            t!(1) = element;
                            next!($op)
                        }
                        t!(1) = may!($slow);
                        next_shared!($op)
                    }};
                }
                macro_rules! integer {
                    ($op:ident, |$a:ident, $b:ident| $result:expr) => {{
                        let ($a, $b) = (r!(2), r!(3));
                        r!(1) = $result;
                        next!($op)
                    }};
                }
                macro_rules! integer_imm {
                    ($op:ident, |$a:ident, $b:ident| $result:expr) => {{
                        let ($a, $b) = (r!(2), i32::from(byte!(3) as i8));
                        r!(1) = $result;
                        next!($op)
                    }};
                }
                macro_rules! checked {
        ($op:ident, $jump:lifetime, $result:expr) => {{
            match $result {
                (result, false) => {
                    r!(1) = result;
                    next!($op)
                }
                _ => break $jump half!(4) as i16 as isize,
            }
        }};
    }
                macro_rules! float {
                    ($op:ident, |$a:ident, $b:ident| $result:expr) => {{
                        let ($a, $b) = (f!(2), f!(3));
                        set_f!(1, $result);
                        next_shared!($op)
                    }};
                }
                /// Makes a frame, whose sizes are in bytes; `$window` words must stay free above it, of which there are at least `$straight`.
                macro_rules! enter {
                    ($op:ident, $first:expr, $clear:expr, $raw:expr, $window:expr, $straight:literal) => {{
                        let (first, count) = ($first as usize, $clear as usize);
                        let top = fp.byte_add(first + count);
                        let raw = rp.byte_sub($raw as usize);
                        let room = (address(raw) as i32).wrapping_sub(address(top) as i32);
                        if room < vm.stack_margin.get() as i32 + 4 * $window as i32 {
                            let state = State { pc: address(pc), fp: address(fp), rp: address(rp) };
                            match reject_entry(vm, state) {
                                Some(state) => (pc, fp, rp) = pointers(state),
                                None => return word::EXCEPTION,
                            }
                            go!()
                        }
                        let mut clear = fp.byte_add(first);
                        // Most frames are small, and the words above are free: no loop for the first ones.
                        if $straight == 4 {
                            *clear = word::UNDEFINED;
                            *clear.add(1) = word::UNDEFINED;
                            *clear.add(2) = word::UNDEFINED;
                            *clear.add(3) = word::UNDEFINED;
                        }
                        if count > 4 * $straight {
                            clear = clear.add($straight);
                            while clear != top {
                                *clear = word::UNDEFINED;
                                clear = clear.add(1);
                            }
                        }
                        rp = raw;
                        vm.sp.set(address(top));
                        vm.raw_sp.set(address(rp));
                        next!($op)
                    }};
                }
                /// Drops the frame; the caller's result register is byte -1 behind the return address.
                macro_rules! leave {
                    ($raw:expr) => {{
                        rp = rp.byte_add($raw as usize);
                        let link = *rp;
                        rp = rp.add(1);
                        vm.sp.set(address(fp));
                        vm.raw_sp.set(address(rp));
                        pc = pointer(link);
                        fp = fp.byte_sub(*pc.sub(2) as usize);
                    }};
                }
                /// Takes one unit of fuel.
                macro_rules! fuel {
                    () => {
                        match vm.fuel.get().checked_sub(1) {
                            Some(left) => vm.fuel.set(left),
                            None => {
                                vm.engine.set(address(pc));
                                if vm.out_of_fuel().is_err() {
                                    break 'dispatch;
                                }
                            }
                        }
                    };
                }

                let (argc, size) = 'call: {
                    let distance = 'jump: {
                        'slow: {
                            #[cfg(feature = "opcode-counts")]
                            super::counts::note(opcode(op));
                            match opcode(op) {
                                Opcode::Exit if has!(Exit) => {
                                    vm.engine.set(*rp);
                                    vm.raw_sp.set(address(rp.add(1)));
                                    return *fp;
                                }
                                Opcode::Enter if has!(Enter) => {
                                    enter!(Enter, byte!(1), byte!(2), byte!(3), WINDOW_DEFAULT, 4)
                                }
                                Opcode::EnterRaw if has!(EnterRaw) => {
                                    enter!(EnterRaw, 0u8, 0u8, byte!(1), WINDOW_DEFAULT, 0)
                                }
                                Opcode::EnterWide if has!(EnterWide) => {
                                    let bytes = |words: u16| 4 * usize::from(words);
                                    enter!(
                                        EnterWide,
                                        bytes(half!(1)),
                                        bytes(half!(3)),
                                        bytes(half!(5)),
                                        half!(7),
                                        0
                                    )
                                }
                                Opcode::FrameBack if has!(FrameBack) => {
                                    let result = *fp;
                                    fp = fp.sub(half!(1) as usize);
                                    *fp.add(half!(3) as usize) = result;
                                    next_shared!(FrameBack)
                                }
                                Opcode::FrameBackRaw if has!(FrameBackRaw) => {
                                    fp = fp.sub(half!(1) as usize);
                                    next_shared!(FrameBackRaw)
                                }
                                Opcode::Leave if has!(Leave) => {
                                    rp = rp.add(half!(1) as usize);
                                    next_shared!(Leave)
                                }
                                Opcode::Ret if has!(Ret) => {
                                    let result = t!(1);
                                    leave!(byte!(2));
                                    *fp.byte_add(*pc.sub(1) as usize) = result;
                                    go!()
                                }
                                Opcode::RetU if has!(RetU) => {
                                    leave!(byte!(1));
                                    *fp.byte_add(*pc.sub(1) as usize) = word::UNDEFINED;
                                    go!()
                                }
                                Opcode::RetR if has!(RetR) => {
                                    let result = r!(1);
                                    leave!(byte!(2));
                                    *(rp.byte_add(*pc.sub(1) as usize) as *mut i32) = result;
                                    go!()
                                }
                                Opcode::RetF if has!(RetF) => {
                                    let result = f!(1);
                                    leave!(byte!(2));
                                    (rp.byte_add(*pc.sub(1) as usize) as *mut f64).write_unaligned(result);
                                    go!()
                                }

                                Opcode::Mov if has!(Mov) => {
                                    t!(1) = t!(2);
                                    next!(Mov)
                                }
                                Opcode::MovR if has!(MovR) => {
                                    r!(1) = r!(2);
                                    next!(MovR)
                                }
                                Opcode::MovF if has!(MovF) => {
                                    set_f!(1, f!(2));
                                    next_shared!(MovF)
                                }
                                Opcode::Swap if has!(Swap) => {
                                    let (a, b) = (t!(1), t!(2));
                                    t!(1) = b;
                                    t!(2) = a;
                                    next_shared!(Swap)
                                }
                                Opcode::SwapR if has!(SwapR) => {
                                    let (a, b) = (r!(1), r!(2));
                                    r!(1) = b;
                                    r!(2) = a;
                                    next!(SwapR)
                                }
                                Opcode::TLoad if has!(TLoad) => {
                                    t!(1) = *fp.add(half!(2) as usize);
                                    next_shared!(TLoad)
                                }
                                Opcode::TStore if has!(TStore) => {
                                    *fp.add(half!(1) as usize) = t!(3);
                                    next_shared!(TStore)
                                }
                                Opcode::RLoad if has!(RLoad) => {
                                    r!(1) = *rp.add(half!(2) as usize) as i32;
                                    next_shared!(RLoad)
                                }
                                Opcode::RStore if has!(RStore) => {
                                    *rp.add(half!(1) as usize) = r!(3) as u32;
                                    next_shared!(RStore)
                                }
                                Opcode::FLoad if has!(FLoad) => {
                                    let value = (rp.add(half!(2) as usize) as *const f64).read_unaligned();
                                    set_f!(1, value);
                                    next_shared!(FLoad)
                                }
                                Opcode::FStore if has!(FStore) => {
                                    let value = f!(3);
                                    (rp.add(half!(1) as usize) as *mut f64).write_unaligned(value);
                                    next_shared!(FStore)
                                }
                                Opcode::LdK if has!(LdK) => {
                                    t!(1) = vm.constant_word(u32::from(byte!(2)));
                                    next!(LdK)
                                }
                                Opcode::LdK16 if has!(LdK16) => {
                                    t!(1) = vm.constant_word(u32::from(half!(2)));
                                    next_shared!(LdK16)
                                }
                                Opcode::LdD if has!(LdD) => {
                                    t!(1) = vm.image + 4 * u32::from(byte!(2));
                                    next!(LdD)
                                }
                                Opcode::LdI if has!(LdI) => {
                                    t!(1) = small(i32::from(byte!(2) as i8));
                                    next!(LdI)
                                }
                                Opcode::LdW if has!(LdW) => {
                                    t!(1) = u32::from(byte!(2));
                                    next!(LdW)
                                }
                                Opcode::LdFn if has!(LdFn) => {
                                    t!(1) = crate::image::function_at(vm.image, u32::from(half!(2)));
                                    next_shared!(LdFn)
                                }
                                Opcode::IConst if has!(IConst) => {
                                    r!(1) = i32::from(byte!(2) as i8);
                                    next!(IConst)
                                }
                                Opcode::IConst16 if has!(IConst16) => {
                                    r!(1) = i32::from(half!(2) as i16);
                                    next!(IConst16)
                                }
                                Opcode::IConst32 if has!(IConst32) => {
                                    r!(1) = (pc.add(2) as *const i32).read_unaligned();
                                    next!(IConst32)
                                }
                                Opcode::FConst if has!(FConst) => {
                                    set_f!(1, f64::from(byte!(2) as i8));
                                    next_shared!(FConst)
                                }
                                Opcode::FConstD if has!(FConstD) => {
                                    set_f!(1, Value::of(vm.image + 4 * u32::from(byte!(2))).double());
                                    next_shared!(FConstD)
                                }
                                Opcode::FConstK if has!(FConstK) => {
                                    set_f!(1, Value::of(vm.constant_word(u32::from(half!(2)))).double());
                                    next_shared!(FConstK)
                                }

                                Opcode::Add if has!(Add) => arithmetic!(Add, 'slow, |x, y| tagged_add(x, y)),
                                Opcode::Sub if has!(Sub) => arithmetic!(Sub, 'slow, |x, y| tagged_sub(x, y)),
                                Opcode::Mul if has!(Mul) => arithmetic!(Mul, 'slow, |x, y| tagged_mul(x, y)),
                                Opcode::Div if has!(Div) => arithmetic!(Div, 'slow, |x, y| tagged_div(x, y)),
                                Opcode::Rem if has!(Rem) => arithmetic!(Rem, 'slow, |x, y| tagged_rem(x, y)),
                                Opcode::And if has!(And) => arithmetic!(And, 'slow, |x, y| Some(x & y)),
                                Opcode::Or if has!(Or) => arithmetic!(Or, 'slow, |x, y| Some(x | y)),
                                Opcode::Xor if has!(Xor) => {
                                    arithmetic!(Xor, 'slow, |x, y| Some((x ^ y) | word::INT_BIT))
                                }
                                Opcode::Shl if has!(Shl) => arithmetic!(Shl, 'slow, |x, y| tagged_shl(x, y)),
                                Opcode::Sar if has!(Sar) => {
                                    arithmetic!(Sar, 'slow, |x, y| Some(tagged_sar(x, y)))
                                }
                                Opcode::Shr if has!(Shr) => arithmetic!(Shr, 'slow, |x, y| tagged_shr(x, y)),
                                Opcode::MulAdd if has!(MulAdd) => {
                                    // The operands of the two that follow, except for the product's register.
                                    let (x, y, s) = (t!(3), t!(4), t!(7));
                                    if x & y & s & word::INT_BIT != 0
                                        && let Some(sum) = tagged_mul_add(x, y, s)
                                    {
                                        t!(6) = sum;
                                        pc = pc.add(const { PRODUCT + Opcode::Add.size() });
                                        op = *pc;
                                        distinct!(MulAdd, op);
                                        continue 'dispatch;
                                    }
                                    next_shared!(MulAdd)
                                }
                                Opcode::BinaryOp if has!(BinaryOp) => {
                                    let Some(operator) = Binary::from_byte(byte!(1)) else {
                                        break 'dispatch;
                                    };
                                    t!(2) = may!(helper::binary(vm, operator, slot!(3), slot!(4)));
                                    next_shared!(BinaryOp)
                                }
                                Opcode::AddI if has!(AddI) => {
                                    arithmetic_imm!(AddI, 'slow, |x, y| (x as i32).checked_add(y << 1).map(|sum| sum as u32))
                                }
                                Opcode::SubI if has!(SubI) => {
                                    arithmetic_imm!(SubI, 'slow, |x, y| (x as i32)
.checked_sub(y << 1)
.map(|difference| difference as u32))
                                }
                                Opcode::MulI if has!(MulI) => {
                                    arithmetic_imm!(MulI, 'slow, |x, y| tagged_mul(x, small(y)))
                                }
                                Opcode::AndI if has!(AndI) => {
                                    arithmetic_imm!(AndI, 'slow, |x, y| Some(x & small(y)))
                                }
                                Opcode::OrI if has!(OrI) => {
                                    arithmetic_imm!(OrI, 'slow, |x, y| Some(x | small(y)))
                                }
                                Opcode::ShlI if has!(ShlI) => {
                                    arithmetic_imm!(ShlI, 'slow, |x, y| tagged_shl(x, small(y)))
                                }
                                Opcode::SarI if has!(SarI) => {
                                    arithmetic_imm!(SarI, 'slow, |x, y| Some(tagged_sar(x, small(y))))
                                }
                                Opcode::ShrI if has!(ShrI) => {
                                    arithmetic_imm!(ShrI, 'slow, |x, y| tagged_shr(x, small(y)))
                                }
                                Opcode::UnaryOp if has!(UnaryOp) => {
                                    let Some(operator) = Unary::from_byte(byte!(1)) else {
                                        break 'dispatch;
                                    };
                                    t!(2) = may!(helper::unary(vm, operator, slot!(3)));
                                    next_shared!(UnaryOp)
                                }
                                Opcode::CompareOp if has!(CompareOp) => {
                                    let Some(comparison) = Compare::from_byte(byte!(1)) else {
                                        break 'dispatch;
                                    };
                                    let result = may!(helper::compare(vm, comparison, slot!(3), slot!(4)));
                                    r!(2) = i32::from(result == word::TRUE);
                                    next_shared!(CompareOp)
                                }
                                Opcode::TestOp if has!(TestOp) => {
                                    r!(2) = i32::from(test(byte!(1), t!(3)));
                                    next_shared!(TestOp)
                                }
                                Opcode::Concat if has!(Concat) => {
                                    t!(1) = may!(helper::concat(vm, u32::from(byte!(2))));
                                    next_shared!(Concat)
                                }

                                Opcode::JLt if has!(JLt) => ordering!(JLt, 'jump, 'slow, |x, y| x < y),
                                Opcode::JNlt if has!(JNlt) => ordering!(JNlt, 'jump, 'slow, |x, y| x >= y),
                                Opcode::JLe if has!(JLe) => ordering!(JLe, 'jump, 'slow, |x, y| x <= y),
                                Opcode::JNle if has!(JNle) => ordering!(JNle, 'jump, 'slow, |x, y| x > y),
                                Opcode::JGt if has!(JGt) => ordering!(JGt, 'jump, 'slow, |x, y| x > y),
                                Opcode::JNgt if has!(JNgt) => ordering!(JNgt, 'jump, 'slow, |x, y| x <= y),
                                Opcode::JGe if has!(JGe) => ordering!(JGe, 'jump, 'slow, |x, y| x >= y),
                                Opcode::JNge if has!(JNge) => ordering!(JNge, 'jump, 'slow, |x, y| x < y),
                                Opcode::JLtI if has!(JLtI) => {
                                    ordering_imm!(JLtI, 'jump, 'slow, |x, y| x < y)
                                }
                                Opcode::JNltI if has!(JNltI) => {
                                    ordering_imm!(JNltI, 'jump, 'slow, |x, y| x >= y)
                                }
                                Opcode::JLeI if has!(JLeI) => {
                                    ordering_imm!(JLeI, 'jump, 'slow, |x, y| x <= y)
                                }
                                Opcode::JNleI if has!(JNleI) => {
                                    ordering_imm!(JNleI, 'jump, 'slow, |x, y| x > y)
                                }
                                Opcode::JGtI if has!(JGtI) => {
                                    ordering_imm!(JGtI, 'jump, 'slow, |x, y| x > y)
                                }
                                Opcode::JNgtI if has!(JNgtI) => {
                                    ordering_imm!(JNgtI, 'jump, 'slow, |x, y| x <= y)
                                }
                                Opcode::JGeI if has!(JGeI) => {
                                    ordering_imm!(JGeI, 'jump, 'slow, |x, y| x >= y)
                                }
                                Opcode::JNgeI if has!(JNgeI) => {
                                    ordering_imm!(JNgeI, 'jump, 'slow, |x, y| x < y)
                                }
                                Opcode::JSeq if has!(JSeq) => {
                                    let same = may!(strict_equal(vm, slot!(1), slot!(2)));
                                    branch!(JSeq, 'jump, 3, same == word::TRUE)
                                }
                                Opcode::JSne if has!(JSne) => {
                                    let same = may!(strict_equal(vm, slot!(1), slot!(2)));
                                    branch!(JSne, 'jump, 3, same != word::TRUE)
                                }
                                Opcode::JEq if has!(JEq) => {
                                    let same =
                                        may!(helper::compare(vm, Compare::LooseEq, slot!(1), slot!(2)));
                                    branch!(JEq, 'jump, 3, same == word::TRUE)
                                }
                                Opcode::JNe if has!(JNe) => {
                                    let same =
                                        may!(helper::compare(vm, Compare::LooseEq, slot!(1), slot!(2)));
                                    branch!(JNe, 'jump, 3, same != word::TRUE)
                                }
                                Opcode::JIs if has!(JIs) => {
                                    branch!(JIs, 'jump, 3, t!(1) == u32::from(byte!(2)))
                                }
                                Opcode::JIsnt if has!(JIsnt) => {
                                    branch!(JIsnt, 'jump, 3, t!(1) != u32::from(byte!(2)))
                                }
                                Opcode::JIsI if has!(JIsI) => {
                                    branch!(JIsI, 'jump, 3, t!(1) == small(i32::from(byte!(2) as i8)))
                                }
                                Opcode::JIsntI if has!(JIsntI) => {
                                    branch!(JIsntI, 'jump, 3, t!(1) != small(i32::from(byte!(2) as i8)))
                                }
                                Opcode::JTrue if has!(JTrue) => branch!(JTrue, 'jump, 2, truthy(t!(1))),
                                Opcode::JFalse if has!(JFalse) => branch!(JFalse, 'jump, 2, !truthy(t!(1))),
                                Opcode::JNullish if has!(JNullish) => {
                                    branch!(JNullish, 'jump, 2, Value::of(t!(1)).is_nullish())
                                }
                                Opcode::JNotNullish if has!(JNotNullish) => {
                                    branch!(JNotNullish, 'jump, 2, !Value::of(t!(1)).is_nullish())
                                }
                                Opcode::JInt if has!(JInt) => branch!(JInt, 'jump, 2, word::is_int(t!(1))),
                                Opcode::JNotInt if has!(JNotInt) => {
                                    branch!(JNotInt, 'jump, 2, !word::is_int(t!(1)))
                                }

                                Opcode::JClass if has!(JClass) => {
                                    branch!(JClass, 'jump, 4, has_shape(t!(1), u32::from(half!(2))))
                                }
                                Opcode::JNotClass if has!(JNotClass) => {
                                    branch!(JNotClass, 'jump, 4, !has_shape(t!(1), u32::from(half!(2))))
                                }
                                Opcode::Jmp if has!(Jmp) => break 'jump offset(byte!(1)),
                                Opcode::Jmp16 if has!(Jmp16) => break 'jump half!(1) as i16 as isize,
                                Opcode::JNz if has!(JNz) => branch!(JNz, 'jump, 2, r!(1) != 0),
                                Opcode::JZ if has!(JZ) => branch!(JZ, 'jump, 2, r!(1) == 0),

                                Opcode::IAdd if has!(IAdd) => integer!(IAdd, |a, b| a.wrapping_add(b)),
                                Opcode::ISub if has!(ISub) => integer!(ISub, |a, b| a.wrapping_sub(b)),
                                Opcode::IMul if has!(IMul) => integer!(IMul, |a, b| a.wrapping_mul(b)),
                                Opcode::IDiv if has!(IDiv) => {
                                    integer!(IDiv, |a, b| a.checked_div(b).unwrap_or(0))
                                }
                                Opcode::IRem if has!(IRem) => {
                                    integer!(IRem, |a, b| a.checked_rem(b).unwrap_or(0))
                                }
                                Opcode::IAnd if has!(IAnd) => integer!(IAnd, |a, b| a & b),
                                Opcode::IOr if has!(IOr) => integer!(IOr, |a, b| a | b),
                                Opcode::IXor if has!(IXor) => integer!(IXor, |a, b| a ^ b),
                                Opcode::IShl if has!(IShl) => integer!(IShl, |a, b| a.wrapping_shl(b as u32)),
                                Opcode::ISar if has!(ISar) => integer!(ISar, |a, b| a.wrapping_shr(b as u32)),
                                Opcode::IShr if has!(IShr) => {
                                    integer!(IShr, |a, b| (a as u32).wrapping_shr(b as u32) as i32)
                                }
                                Opcode::IAddI if has!(IAddI) => integer_imm!(IAddI, |a, b| a.wrapping_add(b)),
                                Opcode::IRsubI if has!(IRsubI) => {
                                    integer_imm!(IRsubI, |a, b| b.wrapping_sub(a))
                                }
                                Opcode::IMulI if has!(IMulI) => integer_imm!(IMulI, |a, b| a.wrapping_mul(b)),
                                Opcode::IDivI if has!(IDivI) => {
                                    integer_imm!(IDivI, |a, b| a.checked_div(b).unwrap_or(0))
                                }
                                Opcode::IRemI if has!(IRemI) => {
                                    integer_imm!(IRemI, |a, b| a.checked_rem(b).unwrap_or(0))
                                }
                                Opcode::IAndI if has!(IAndI) => integer_imm!(IAndI, |a, b| a & b),
                                Opcode::IOrI if has!(IOrI) => integer_imm!(IOrI, |a, b| a | b),
                                Opcode::IXorI if has!(IXorI) => integer_imm!(IXorI, |a, b| a ^ b),
                                Opcode::IShlI if has!(IShlI) => {
                                    integer_imm!(IShlI, |a, b| a.wrapping_shl(b as u32))
                                }
                                Opcode::ISarI if has!(ISarI) => {
                                    integer_imm!(ISarI, |a, b| a.wrapping_shr(b as u32))
                                }
                                Opcode::IShrI if has!(IShrI) => {
                                    integer_imm!(IShrI, |a, b| (a as u32).wrapping_shr(b as u32) as i32)
                                }
                                Opcode::IAddX if has!(IAddX) => {
                                    checked!(IAddX, 'jump, r!(2).overflowing_add(r!(3)))
                                }
                                Opcode::ISubX if has!(ISubX) => {
                                    checked!(ISubX, 'jump, r!(2).overflowing_sub(r!(3)))
                                }
                                Opcode::IMulX if has!(IMulX) => {
                                    checked!(IMulX, 'jump, multiply(r!(2), r!(3)))
                                }
                                Opcode::IAddIX if has!(IAddIX) => {
                                    checked!(IAddIX, 'jump, r!(2).overflowing_add(i32::from(byte!(3) as i8)))
                                }
                                Opcode::ICmp if has!(ICmp) => {
                                    r!(2) = i32::from(compare_integers(byte!(1), r!(3), r!(4)));
                                    next_shared!(ICmp)
                                }
                                Opcode::JIeq if has!(JIeq) => branch!(JIeq, 'jump, 3, r!(1) == r!(2)),
                                Opcode::JIne if has!(JIne) => branch!(JIne, 'jump, 3, r!(1) != r!(2)),
                                Opcode::JIlt if has!(JIlt) => branch!(JIlt, 'jump, 3, r!(1) < r!(2)),
                                Opcode::JIle if has!(JIle) => branch!(JIle, 'jump, 3, r!(1) <= r!(2)),
                                Opcode::JUlt if has!(JUlt) => {
                                    branch!(JUlt, 'jump, 3, (r!(1) as u32) < r!(2) as u32)
                                }
                                Opcode::JUle if has!(JUle) => {
                                    branch!(JUle, 'jump, 3, r!(1) as u32 <= r!(2) as u32)
                                }
                                Opcode::JIeqI if has!(JIeqI) => {
                                    branch!(JIeqI, 'jump, 3, r!(1) == i32::from(byte!(2) as i8))
                                }
                                Opcode::JIneI if has!(JIneI) => {
                                    branch!(JIneI, 'jump, 3, r!(1) != i32::from(byte!(2) as i8))
                                }
                                Opcode::JIltI if has!(JIltI) => {
                                    branch!(JIltI, 'jump, 3, r!(1) < i32::from(byte!(2) as i8))
                                }
                                Opcode::JIleI if has!(JIleI) => {
                                    branch!(JIleI, 'jump, 3, r!(1) <= i32::from(byte!(2) as i8))
                                }
                                Opcode::JIgtI if has!(JIgtI) => {
                                    branch!(JIgtI, 'jump, 3, r!(1) > i32::from(byte!(2) as i8))
                                }
                                Opcode::JIgeI if has!(JIgeI) => {
                                    branch!(JIgeI, 'jump, 3, r!(1) >= i32::from(byte!(2) as i8))
                                }
                                Opcode::AddJlt if has!(AddJlt) => {
                                    let sum = r!(1).wrapping_add(i32::from(byte!(2) as i8));
                                    r!(1) = sum;
                                    turn!(AddJlt, sum < r!(3))
                                }
                                Opcode::AddJltI if has!(AddJltI) => {
                                    let sum = r!(1).wrapping_add(i32::from(byte!(2) as i8));
                                    r!(1) = sum;
                                    turn!(AddJltI, sum < i32::from(byte!(3) as i8))
                                }
                                Opcode::AddJltR if has!(AddJltR) => {
                                    let sum = r!(1).wrapping_add(r!(2));
                                    r!(1) = sum;
                                    turn!(AddJltR, sum < r!(3))
                                }

                                Opcode::FAdd if has!(FAdd) => float!(FAdd, |a, b| add(a, b)),
                                Opcode::FSub if has!(FSub) => float!(FSub, |a, b| subtract(a, b)),
                                Opcode::FMul if has!(FMul) => float!(FMul, |a, b| multiply_floats(a, b)),
                                Opcode::FDiv if has!(FDiv) => float!(FDiv, |a, b| divide(a, b)),
                                Opcode::FRem if has!(FRem) => {
                                    let raw = |k: u8| address(rp.byte_add(k as usize));
                                    helper::float_rem(vm, raw(byte!(1)), raw(byte!(2)), raw(byte!(3)));
                                    next_shared!(FRem)
                                }
                                Opcode::FUnary if has!(FUnary) => {
                                    let raw = |k: u8| address(rp.byte_add(k as usize));
                                    helper::float_unary(vm, raw(byte!(2)), byte!(1), raw(byte!(3)));
                                    next_shared!(FUnary)
                                }
                                Opcode::FCmp if has!(FCmp) => {
                                    r!(2) = i32::from(compare_floats(byte!(1), f!(3), f!(4)));
                                    next_shared!(FCmp)
                                }
                                Opcode::FTest if has!(FTest) => {
                                    let x = f!(2);
                                    r!(1) = i32::from(x != 0.0 && !x.is_nan());
                                    next_shared!(FTest)
                                }
                                Opcode::JFlt if has!(JFlt) => branch!(JFlt, 'jump, 3, less(f!(1), f!(2))),
                                Opcode::JFnlt if has!(JFnlt) => branch!(JFnlt, 'jump, 3, !less(f!(1), f!(2))),
                                Opcode::JFle if has!(JFle) => {
                                    branch!(JFle, 'jump, 3, less_equal(f!(1), f!(2)))
                                }
                                Opcode::JFnle if has!(JFnle) => {
                                    branch!(JFnle, 'jump, 3, !less_equal(f!(1), f!(2)))
                                }
                                Opcode::JFeq if has!(JFeq) => branch!(JFeq, 'jump, 3, equal(f!(1), f!(2))),
                                Opcode::JFne if has!(JFne) => branch!(JFne, 'jump, 3, !equal(f!(1), f!(2))),

                                Opcode::BoxI if has!(BoxI) => {
                                    let x = r!(2);
                                    if let Some(word) = word::from_int(x) {
                                        t!(1) = word;
                                        next!(BoxI)
                                    }
                                    t!(1) = may!(to_word(vm.integer(i64::from(x))));
                                    next_shared!(BoxI)
                                }
                                Opcode::BoxU if has!(BoxU) => {
                                    let x = r!(2) as u32;
                                    t!(1) = may!(to_word(vm.integer(i64::from(x))));
                                    next_shared!(BoxU)
                                }
                                Opcode::BoxF if has!(BoxF) => {
                                    let x = f!(2);
                                    t!(1) = may!(to_word(vm.number(x)));
                                    next_shared!(BoxF)
                                }
                                Opcode::BoxB if has!(BoxB) => {
                                    t!(1) = word::from_bool(r!(2) & 1 != 0);
                                    next_shared!(BoxB)
                                }
                                Opcode::UnboxI if has!(UnboxI) => {
                                    let x = t!(2);
                                    r!(1) = if word::is_int(x) {
                                        word::to_int(x)
                                    } else {
                                        number::to_i32(to_float(x))
                                    };
                                    next!(UnboxI)
                                }
                                Opcode::UnboxF if has!(UnboxF) => {
                                    set_f!(1, to_float(t!(2)));
                                    next_shared!(UnboxF)
                                }
                                Opcode::UnboxB if has!(UnboxB) => {
                                    r!(1) = i32::from(t!(2) == word::TRUE);
                                    next_shared!(UnboxB)
                                }
                                Opcode::ToI if has!(ToI) => {
                                    let x = t!(2);
                                    if word::is_int(x) {
                                        r!(1) = word::to_int(x);
                                    } else {
                                        may!(helper::to_int(
                                            vm,
                                            address(rp.byte_add(byte!(1) as usize)),
                                            slot!(2)
                                        ));
                                    }
                                    next_shared!(ToI)
                                }
                                Opcode::ToF if has!(ToF) => {
                                    may!(helper::to_float(
                                        vm,
                                        address(rp.byte_add(byte!(1) as usize)),
                                        slot!(2)
                                    ));
                                    next_shared!(ToF)
                                }
                                Opcode::I2F if has!(I2F) => {
                                    set_f!(1, f64::from(r!(2)));
                                    next_shared!(I2F)
                                }
                                Opcode::U2F if has!(U2F) => {
                                    set_f!(1, f64::from(r!(2) as u32));
                                    next_shared!(U2F)
                                }
                                Opcode::F2I if has!(F2I) => {
                                    r!(1) = number::to_i32(f!(2));
                                    next_shared!(F2I)
                                }

                                Opcode::NewObject if has!(NewObject) => {
                                    t!(1) = may!(helper::new_object(vm, u32::from(half!(2))));
                                    next_shared!(NewObject)
                                }
                                Opcode::NewArray if has!(NewArray) => {
                                    t!(1) = may!(helper::new_array(vm, u32::from(byte!(2))));
                                    next_shared!(NewArray)
                                }
                                Opcode::ArrayPush if has!(ArrayPush) => {
                                    let (array, value) = (t!(1), t!(2));
                                    if !word::is_pointer(array)
                                        || vm.fast_push(array, load(array), value).is_none()
                                    {
                                        may!(helper::array_push(vm, slot!(1), slot!(2)));
                                    }
                                    next_shared!(ArrayPush)
                                }
                                Opcode::ArrayAppend if has!(ArrayAppend) => {
                                    may!(helper::array_append(vm, slot!(1), slot!(2)));
                                    next_shared!(ArrayAppend)
                                }
                                Opcode::GetProp if has!(GetProp) => {
                                    let key = vm.constant_word(u32::from(half!(3)));
                                    t!(1) = match own_slot(vm, t!(2), key) {
                                        0 => may!(helper::get_property(vm, slot!(2), key)),
                                        address => load(address),
                                    };
                                    next_shared!(GetProp)
                                }
                                Opcode::SetProp if has!(SetProp) => {
                                    let key = vm.constant_word(u32::from(half!(2)));
                                    match own_slot(vm, t!(1), key) {
                                        0 => {
                                            may!(helper::set_property(vm, slot!(1), key, slot!(4)));
                                        }
                                        address => store(address, t!(4)),
                                    }
                                    next_shared!(SetProp)
                                }
                                Opcode::GetField if has!(GetField) => {
                                    let field = vm.field_at(u32::from(byte!(3)));
                                    if let Some(address) = vm.field_address(t!(2), field) {
                                        t!(1) = load(address);
                                        next!(GetField)
                                    }
                                    t!(1) = may!(helper::get_property(vm, slot!(2), vm.field_key(field)));
                                    next_shared!(GetField)
                                }
                                Opcode::SetField if has!(SetField) => {
                                    let field = vm.field_at(u32::from(byte!(2)));
                                    if let Some(address) = vm.field_address(t!(1), field) {
                                        store(address, t!(3));
                                        next!(SetField)
                                    }
                                    may!(helper::set_property(vm, slot!(1), vm.field_key(field), slot!(3)));
                                    next_shared!(SetField)
                                }
                                Opcode::InitField if has!(InitField) => {
                                    let field = vm.field_at(u32::from(byte!(2)));
                                    let object = t!(1);
                                    match vm.field_address(object, field) {
                                        None => {
                                            may!(helper::set_property(
                                                vm,
                                                slot!(1),
                                                vm.grown_field_key(field),
                                                slot!(3)
                                            ));
                                        }
                                        Some(address) => {
                                            store(address, t!(3));
                                            let grow = vm.field_growth(field);
                                            store(object, load(object) + (grow << header::INDEX_SHIFT));
                                        }
                                    }
                                    next_shared!(InitField)
                                }
                                Opcode::JPush if has!(JPush) => {
                                    let (array, value) = (t!(2), t!(3));
                                    if word::is_pointer(array) && !vm.array_prototype_changed.get() {
                                        let header = load(array);
                                        if let Some(length) = vm.fast_push(array, header, value) {
                                            t!(1) = length;
                                            break 'jump half!(4) as i16 as isize;
                                        }
                                        if vm.pushes_as_built_in(header) {
                                            may!(helper::array_push(vm, slot!(2), slot!(3)));
                                            // It may have moved.
                                            t!(1) = load(t!(2) + 4);
                                            break 'jump half!(4) as i16 as isize;
                                        }
                                    }
                                    next_shared!(JPush)
                                }
                                Opcode::GetLength if has!(GetLength) => {
                                    let object = t!(2);
                                    t!(1) = if is_array(object) {
                                        load(object + 4)
                                    } else {
                                        may!(helper::get_length(vm, slot!(2)))
                                    };
                                    next_shared!(GetLength)
                                }
                                Opcode::StrLength if has!(StrLength) => {
                                    let string = t!(2);
                                    r!(1) = match ascii_string(string) {
                                        0 => word::to_int(may!(helper::string_length(vm, slot!(2)))),
                                        head => header::index(head) as i32,
                                    };
                                    next_shared!(StrLength)
                                }
                                Opcode::StrUnit if has!(StrUnit) => {
                                    let (string, index) = (t!(2), r!(3));
                                    let head = ascii_string(string);
                                    r!(1) = if (index as u32) < header::index(head) {
                                        load_byte(string + 4 + index as u32) as i32
                                    } else {
                                        word::to_int(may!(helper::string_unit(vm, slot!(2), index)))
                                    };
                                    next_shared!(StrUnit)
                                }
                                Opcode::ArrayLen if has!(ArrayLen) => {
                                    let array = t!(2);
                                    r!(1) = if is_array(array) { word::to_int(load(array + 4)) } else { 0 };
                                    next!(ArrayLen)
                                }
                                Opcode::GetElem if has!(GetElem) => {
                                    let key = t!(3);
                                    if word::is_int(key) {
                                        element!(
                                            GetElem,
                                            key >> 1,
                                            helper::get_element(vm, slot!(2), slot!(3))
                                        )
                                    }
                                    t!(1) = may!(helper::get_element(vm, slot!(2), slot!(3)));
                                    next_shared!(GetElem)
                                }
                                Opcode::GetElemI if has!(GetElemI) => {
                                    let index = r!(3);
                                    element!(
                                        GetElemI,
                                        index as u32,
                                        helper::get_element_at(vm, slot!(2), index)
                                    )
                                }
                                Opcode::GetElemX if has!(GetElemX) => {
                                    let index = r!(3).wrapping_add(r!(4));
                                    element!(
                                        GetElemX,
                                        index as u32,
                                        helper::get_element_at(vm, slot!(2), index)
                                    )
                                }
                                Opcode::SetElem if has!(SetElem) => {
                                    if word::is_int(t!(2)) && vm.plain_store_at(t!(1), t!(2) >> 1, t!(3)) {
                                        next!(SetElem)
                                    }
                                    may!(helper::set_element(vm, slot!(1), slot!(2), slot!(3)));
                                    next_shared!(SetElem)
                                }
                                Opcode::SetElemI if has!(SetElemI) => {
                                    let index = r!(2);
                                    if vm.plain_store_at(t!(1), index as u32, t!(3)) {
                                        next!(SetElemI)
                                    }
                                    may!(helper::set_element_at(vm, slot!(1), index, slot!(3)));
                                    next_shared!(SetElemI)
                                }
                                Opcode::TypedLen if has!(TypedLen) => {
                                    r!(1) = helper::typed_length(vm, t!(2)) as i32;
                                    next_shared!(TypedLen)
                                }
                                Opcode::TypedGetI if has!(TypedGetI) => {
                                    r!(1) = helper::typed_integer(vm, t!(2), r!(3)) as i32;
                                    next_shared!(TypedGetI)
                                }
                                Opcode::TypedGetF if has!(TypedGetF) => {
                                    let d = address(rp.byte_add(byte!(1) as usize));
                                    helper::typed_float(vm, d, t!(2), r!(3));
                                    next_shared!(TypedGetF)
                                }
                                Opcode::TypedSetI if has!(TypedSetI) => {
                                    helper::set_typed_integer(vm, t!(1), r!(2), r!(3));
                                    next_shared!(TypedSetI)
                                }
                                Opcode::TypedSetF if has!(TypedSetF) => {
                                    let value = address(rp.byte_add(byte!(3) as usize));
                                    helper::set_typed_float(vm, t!(1), r!(2), value);
                                    next_shared!(TypedSetF)
                                }
                                Opcode::DeleteProp if has!(DeleteProp) => {
                                    let key = vm.constant_word(u32::from(half!(3)));
                                    may!(helper::delete_key(vm, slot!(2), key));
                                    r!(1) = 1;
                                    next_shared!(DeleteProp)
                                }
                                Opcode::DeleteElem if has!(DeleteElem) => {
                                    may!(helper::delete_element(vm, slot!(2), slot!(3)));
                                    r!(1) = 1;
                                    next_shared!(DeleteElem)
                                }
                                Opcode::DefineOp if has!(DefineOp) => {
                                    may!(helper::define(vm, address(pc), address(fp)));
                                    next_shared!(DefineOp)
                                }
                                Opcode::SetProto if has!(SetProto) => {
                                    may!(helper::set_proto(vm, slot!(1), slot!(2)));
                                    next_shared!(SetProto)
                                }

                                Opcode::Closure if has!(Closure) => {
                                    t!(1) =
                                        may!(slow::new_closure(vm, u32::from(half!(2)), u32::from(byte!(4))));
                                    next_shared!(Closure)
                                }
                                Opcode::LoadCapture if has!(LoadCapture) => {
                                    t!(1) = slow::capture_address(t!(2), u32::from(byte!(3)))
                                        .map_or(word::UNDEFINED, load);
                                    next!(LoadCapture)
                                }
                                Opcode::StoreCapture if has!(StoreCapture) => {
                                    if let Some(address) = slow::capture_address(t!(1), u32::from(byte!(2))) {
                                        store(address, t!(3));
                                    }
                                    next_shared!(StoreCapture)
                                }
                                Opcode::NewCell if has!(NewCell) => {
                                    t!(1) = may!(to_word(vm.new_cell(slot!(2))));
                                    next_shared!(NewCell)
                                }
                                Opcode::LoadCell if has!(LoadCell) => {
                                    t!(1) = slow::cell_address(t!(2)).map_or(word::UNDEFINED, load);
                                    next!(LoadCell)
                                }
                                Opcode::StoreCell if has!(StoreCell) => {
                                    if let Some(address) = slow::cell_address(t!(1)) {
                                        store(address, t!(2));
                                    }
                                    next!(StoreCell)
                                }
                                Opcode::LdG if has!(LdG) => {
                                    t!(1) = load(vm.globals + u32::from(byte!(2)));
                                    next!(LdG)
                                }
                                Opcode::StG if has!(StG) => {
                                    store(vm.globals + u32::from(byte!(1)), t!(2));
                                    next!(StG)
                                }
                                Opcode::LdG16 if has!(LdG16) => {
                                    t!(1) = load(vm.globals + 4 * u32::from(half!(2)));
                                    next_shared!(LdG16)
                                }
                                Opcode::StG16 if has!(StG16) => {
                                    store(vm.globals + 4 * u32::from(half!(1)), t!(3));
                                    next_shared!(StG16)
                                }
                                Opcode::LdGR if has!(LdGR) => {
                                    r!(1) = load(vm.raw_globals + 4 * u32::from(half!(2))) as i32;
                                    next_shared!(LdGR)
                                }
                                Opcode::StGR if has!(StGR) => {
                                    store(vm.raw_globals + 4 * u32::from(half!(1)), r!(3) as u32);
                                    next_shared!(StGR)
                                }
                                Opcode::LdGF if has!(LdGF) => {
                                    let at = pointer(vm.raw_globals + 4 * u32::from(half!(2)));
                                    set_f!(1, (at as *const f64).read_unaligned());
                                    next_shared!(LdGF)
                                }
                                Opcode::StGF if has!(StGF) => {
                                    let at = pointer(vm.raw_globals + 4 * u32::from(half!(1)));
                                    (at as *mut f64).write_unaligned(f!(3));
                                    next_shared!(StGF)
                                }
                                Opcode::GlobalObject if has!(GlobalObject) => {
                                    t!(1) = vm.global_object().word();
                                    next_shared!(GlobalObject)
                                }
                                Opcode::CheckInit if has!(CheckInit) => {
                                    if t!(1) == word::EMPTY {
                                        vm.engine.set(address(pc));
                                        slow::throw_uninitialised(vm, vm.constant_word(u32::from(half!(2))));
                                        break 'dispatch;
                                    }
                                    next_shared!(CheckInit)
                                }

                                Opcode::Call if has!(Call) => {
                                    // Without this the arm is empty, and its constants are set at each dispatch.
                                    let argc = byte!(1);
                                    distinct!(Call, argc);
                                    break 'call (u32::from(argc), const { Opcode::Call.size() });
                                }
                                Opcode::CallNative if has!(CallNative) => {
                                    let window = vm.sp.get();
                                    store(window, native_at(vm.image, u32::from(byte!(1))));
                                    store(window + 4, word::UNDEFINED);
                                    let argc = byte!(2);
                                    distinct!(CallNative, argc);
                                    break 'call (u32::from(argc), const { Opcode::CallNative.size() });
                                }
                                Opcode::CallMethod if has!(CallMethod) => {
                                    let argc = u32::from(byte!(3));
                                    let key = vm.constant_word(u32::from(half!(1)));
                                    may!(helper::load_method(vm, key, argc));
                                    break 'call (argc, const { Opcode::CallMethod.size() });
                                }
                                Opcode::CallElem if has!(CallElem) => {
                                    let argc = u32::from(byte!(1));
                                    may!(helper::load_element_method(vm, argc));
                                    break 'call (argc, const { Opcode::CallElem.size() });
                                }
                                Opcode::CallArray if has!(CallArray) => {
                                    let argc = may!(helper::spread_arguments(vm, 2));
                                    break 'call (argc, const { Opcode::CallArray.size() });
                                }
                                Opcode::CallDirect if has!(CallDirect) => {
                                    fuel!();
                                    let callee = pc.offset(half!(1) as i16 as isize);
                                    rp = rp.sub(1);
                                    *rp = address(pc.add(const { Opcode::CallDirect.size() }));
                                    fp = pointer(vm.sp.get()).cast();
                                    pc = callee;
                                    go!()
                                }
                                Opcode::CallFar if has!(CallFar) => {
                                    fuel!();
                                    let descriptor = crate::image::function_at(vm.image, u32::from(half!(1)));
                                    rp = rp.sub(1);
                                    *rp = address(pc.add(const { Opcode::CallFar.size() }));
                                    fp = pointer(vm.sp.get()).cast();
                                    pc = pointer(vm.image + load(descriptor + function::CODE as u32));
                                    go!()
                                }
                                Opcode::New | Opcode::NewSpread if has!(New) || has!(NewSpread) => {
                                    let spread = *pc == Opcode::NewSpread as u8;
                                    let (argc, size) = if spread {
                                        (
                                            may!(helper::spread_arguments(vm, 3)),
                                            const { Opcode::NewSpread.size() },
                                        )
                                    } else {
                                        (u32::from(byte!(1)), const { Opcode::New.size() })
                                    };
                                    vm.engine.set(address(pc));
                                    match helper::construct(vm, argc) {
                                        word::EMPTY => break 'call (argc, size),
                                        word::EXCEPTION => break 'dispatch,
                                        object => {
                                            pc = pc.add(size);
                                            fp = pointer(vm.sp.get()).cast();
                                            fp = fp.byte_sub(*pc.sub(2) as usize);
                                            *fp.byte_add(*pc.sub(1) as usize) = object;
                                            go!()
                                        }
                                    }
                                }
                                Opcode::NewEnd if has!(NewEnd) => {
                                    let kept = vm.sp.get() - 4;
                                    vm.sp.set(kept);
                                    // The new object is where `this` of this window would be.
                                    t!(1) = vm.finish_construct(Slot(kept - 4), t!(1));
                                    next_shared!(NewEnd)
                                }

                                Opcode::ForInStart if has!(ForInStart) => {
                                    t!(1) = may!(helper::for_in(vm, slot!(2)));
                                    next_shared!(ForInStart)
                                }
                                Opcode::ForInNext if has!(ForInNext) => {
                                    t!(1) = may!(helper::iterator_next(vm, slot!(2)));
                                    next_shared!(ForInNext)
                                }
                                Opcode::IterStart if has!(IterStart) => {
                                    t!(1) = may!(helper::iterate(vm, slot!(2)));
                                    next_shared!(IterStart)
                                }
                                Opcode::IterNext if has!(IterNext) => {
                                    t!(1) = may!(helper::iterator_next(vm, slot!(2)));
                                    next_shared!(IterNext)
                                }
                                Opcode::IterClose if has!(IterClose) => {
                                    may!(helper::iterator_close(vm, slot!(1)));
                                    next_shared!(IterClose)
                                }

                                Opcode::Throw if has!(Throw) => {
                                    vm.set_thrown(slot!(1));
                                    break 'dispatch;
                                }
                                Opcode::ThrowError if has!(ThrowError) => {
                                    vm.engine.set(address(pc));
                                    let Some(kind) = ErrorKind::from_byte(byte!(1)) else {
                                        break 'dispatch;
                                    };
                                    slow::throw_error(vm, kind, vm.constant_word(u32::from(half!(2))));
                                    break 'dispatch;
                                }
                                Opcode::Catch if has!(Catch) => {
                                    t!(1) = vm.take_thrown().map_or(word::UNDEFINED, Value::word);
                                    next_shared!(Catch)
                                }
                                Opcode::Unreachable if has!(Unreachable) => {
                                    vm.engine.set(address(pc));
                                    slow::throw_error(vm, ErrorKind::Error, word::EMPTY_STRING);
                                    break 'dispatch;
                                }
                                // The edition has all instructions of the program.
                                _ => core::hint::unreachable_unchecked(),
                            }
                        }
                        // What the operators above leave. The instruction says which one it is: they are in the order of the selectors.
                        let op = opcode(*pc);
                        if op < Opcode::BinaryOp {
                            let number = op as u8 - Opcode::Add as u8;
                            let Some(operator) = Binary::from_byte(number) else { break 'dispatch };
                            t!(1) = may!(helper::binary(vm, operator, slot!(2), slot!(3)));
                            next_shared!(Add)
                        }
                        if op < Opcode::UnaryOp {
                            let operator = match op {
                                Opcode::AddI => Binary::Add,
                                Opcode::SubI => Binary::Sub,
                                Opcode::MulI => Binary::Mul,
                                Opcode::AndI => Binary::BitAnd,
                                Opcode::OrI => Binary::BitOr,
                                Opcode::ShlI => Binary::Shl,
                                Opcode::SarI => Binary::Sar,
                                _ => Binary::Shr,
                            };
                            t!(1) = may!(helper::binary_imm(vm, operator, slot!(2), byte!(3) as i8));
                            next_shared!(AddI)
                        }
                        let immediate = op >= Opcode::JLtI;
                        let first = if immediate { Opcode::JLtI } else { Opcode::JLt };
                        let number = op as u8 - first as u8;
                        let Some(comparison) = Compare::from_byte(number >> 1) else { break 'dispatch };
                        let holds = may!(if immediate {
                            helper::compare_imm(vm, comparison, slot!(1), byte!(2) as i8)
                        } else {
                            helper::compare(vm, comparison, slot!(1), slot!(2))
                        });
                        // The instructions alternate: jumps if it holds, jumps unless it does.
                        if (holds == word::TRUE) == (number & 1 == 0) {
                            break 'jump offset(byte!(3));
                        }
                        next_shared!(JLt)
                    };
                    if distance <= 0 {
                        fuel!();
                    }
                    pc = pc.offset(distance);
                    go!()
                };

                // Calls what is in the window at the stack pointer; the return address is `size` bytes on.
                let window = vm.sp.get();
                let callee = load(window);
                if word::is_pointer(callee) && header::kind(load(callee)) == Kind::Function as u32 {
                    fuel!();
                    let table = vm.image + 4 * header_half(vm.image, field::FUNCTIONS + 2);
                    let descriptor = table + FUNCTION_BYTES as u32 * header::index(load(callee));
                    // Neither here nor below does the size live across a call: it would cost `rp` its machine register.
                    rp = rp.sub(1);
                    *rp = address(pc.add(size));
                    if slow::takes_other_arguments(descriptor, argc) {
                        vm.engine.set(address(pc));
                        if slow::adjust_arguments(vm, window, argc, descriptor).is_err() {
                            rp = rp.add(1);
                            break 'dispatch;
                        }
                    }
                    fp = pointer(window).cast();
                    pc = pointer(vm.image + load(descriptor + function::CODE as u32));
                    go!()
                }
                vm.engine.set(address(pc));
                pc = pc.add(size);
                let result = slow::call_other(vm, argc);
                if result == word::EXCEPTION {
                    // What it called has put this back.
                    pc = pointer(vm.engine.get());
                    break 'dispatch;
                }
                fp = pointer(window).cast();
                fp = fp.byte_sub(*pc.sub(2) as usize);
                *fp.byte_add(*pc.sub(1) as usize) = result;
                op = *pc;
            }

            match unwind(vm, State { pc: address(pc), fp: address(fp), rp: address(rp) }) {
                Some(state) => (pc, fp, rp) = pointers(state),
                None => return word::EXCEPTION,
            }
        }
    }
}

fn pointers(state: State) -> (*const u8, *mut u32, *mut u32) {
    (pointer(state.pc), pointer(state.fp).cast(), pointer(state.rp).cast())
}

/// The address of memory below 4 GiB.
#[inline(always)]
fn address<T>(pointer: *const T) -> u32 {
    pointer as usize as u32
}

/// The instruction of a byte.
///
/// # Safety
/// The byte is one of the opcodes.
#[inline(always)]
unsafe fn opcode(byte: u8) -> Opcode {
    // SAFETY: as the caller promises; `Opcode` is `repr(u8)` and numbered from 0.
    unsafe { core::mem::transmute::<u8, Opcode>(byte) }
}

#[inline(always)]
fn offset(byte: u8) -> isize {
    byte as i8 as isize
}

/// The word of an integer that is in range.
#[inline(always)]
fn small(i: i32) -> u32 {
    ((i as u32) << 1) | word::INT_BIT
}

// Arithmetic on the words of small integers, 2i + 1; `None` where the result is another kind of number.

#[inline(always)]
fn tagged_add(x: u32, y: u32) -> Option<u32> {
    (x as i32 - 1).checked_add(y as i32).map(|sum| sum as u32)
}

#[inline(always)]
fn tagged_sub(x: u32, y: u32) -> Option<u32> {
    (x as i32).checked_sub(y as i32).map(|difference| difference as u32 | word::INT_BIT)
}

#[inline(always)]
fn tagged_mul(x: u32, y: u32) -> Option<u32> {
    let product = word::to_int(x).checked_mul(y as i32 - 1)?;
    // A product of 0 is -0 if one factor is negative.
    if product == 0 && (x | y) as i32 >> 31 != 0 { None } else { Some(product as u32 | word::INT_BIT) }
}

/// `s + x * y`. A product of -0 needs no care: it changes no sum.
#[inline(always)]
fn tagged_mul_add(x: u32, y: u32, s: u32) -> Option<u32> {
    let product = word::to_int(x).checked_mul(y as i32 - 1)?;
    product.checked_add(s as i32).map(|sum| sum as u32)
}

#[inline(always)]
fn tagged_div(x: u32, y: u32) -> Option<u32> {
    let (a, b) = (word::to_int(x), word::to_int(y));
    if b > 0 && a % b == 0 { Some(small(a / b)) } else { None }
}

#[inline(always)]
fn tagged_rem(x: u32, y: u32) -> Option<u32> {
    let (a, b) = (word::to_int(x), word::to_int(y));
    if a >= 0 && b > 0 { Some(small(a % b)) } else { None }
}

#[inline(always)]
fn tagged_shl(x: u32, y: u32) -> Option<u32> {
    word::from_int(word::to_int(x).wrapping_shl(word::to_int(y) as u32))
}

#[inline(always)]
fn tagged_sar(x: u32, y: u32) -> u32 {
    (x as i32).wrapping_shr(word::to_int(y) as u32) as u32 | word::INT_BIT
}

#[inline(always)]
fn tagged_shr(x: u32, y: u32) -> Option<u32> {
    let result = (word::to_int(x) as u32).wrapping_shr(word::to_int(y) as u32);
    if result <= word::INT_MAX as u32 { Some(small(result as i32)) } else { None }
}

/// Product, and whether it does not fit or is -0.
#[inline(always)]
fn multiply(a: i32, b: i32) -> (i32, bool) {
    let (product, overflow) = a.overflowing_mul(b);
    (product, overflow || product == 0 && (a | b) < 0)
}

/// The number that a register holds; NaN if it holds none.
#[inline(always)]
fn to_float(x: u32) -> f64 {
    Value::of(x).as_number().unwrap_or(f64::NAN)
}

/// Whether a value is an object with the shape of this id.
#[inline(always)]
fn has_shape(x: u32, shape: u32) -> bool {
    word::is_pointer(x) && load_byte(x) == header::OBJECT_BYTE && load_half(x + 2) == shape
}

/// ToBoolean, the common cases first.
#[inline(always)]
fn truthy(x: u32) -> bool {
    if word::is_bool(x) { x == word::TRUE } else { truthy_other(x) }
}

#[inline(never)]
fn truthy_other(x: u32) -> bool {
    Value::of(x).to_boolean()
}

/// `===`: `TRUE`, `FALSE` or `EXCEPTION`.
#[inline(always)]
fn strict_equal(vm: &mut Vm, a: Slot, b: Slot) -> u32 {
    let (x, y) = (load(a.0), load(b.0));
    // A pointer can equal another word (strings, 0 and the boxed -0), and differ from itself (NaN).
    if x & 3 != 0 && y & 3 != 0 {
        word::from_bool(x == y)
    } else {
        helper::compare(vm, Compare::StrictEq, a, b)
    }
}

/// The header of a flat string of ASCII that is short enough to have its length there; 0 for anything else.
#[inline(always)]
fn ascii_string(string: u32) -> u32 {
    const MASK: u32 = header::make(Kind::Free, header::string::ASCII, 0);
    if word::is_pointer(string) {
        let head = load(string);
        if head & MASK == header::make(Kind::String, header::string::ASCII, 0) & MASK {
            return head;
        }
    }
    0
}

// Arithmetic on doubles, which is a call where they are soft; it costs a branch more.
gate! {
    if FloatArithmetic, fn add(a: f64, b: f64) -> f64 { a + b }
    if FloatArithmetic, fn subtract(a: f64, b: f64) -> f64 { a - b }
    if FloatArithmetic, fn multiply_floats(a: f64, b: f64) -> f64 { a * b }
    if FloatArithmetic, fn divide(a: f64, b: f64) -> f64 { a / b }
    if FloatArithmetic, fn less(a: f64, b: f64) -> bool { a < b }
    if FloatArithmetic, fn less_equal(a: f64, b: f64) -> bool { a <= b }
    if FloatArithmetic, fn equal(a: f64, b: f64) -> bool { a == b }
    if FloatArithmetic, fn compare_floats(condition: u8, a: f64, b: f64) -> bool {
        match Condition::from_byte(condition) {
            Some(Condition::Eq) => a == b,
            Some(Condition::Ne) => a != b,
            Some(Condition::Lt) => a < b,
            Some(Condition::Le) => a <= b,
            _ => false,
        }
    }
    if PropertyAccess, fn own_slot(vm: &Vm, object: u32, key: u32) -> u32 {
        find_own_slot(vm, object, key)
    }
}

/// Address of an own data property that may be read and written without further checks, or 0.
#[inline(always)]
fn find_own_slot(vm: &Vm, object: u32, key: u32) -> u32 {
    if !word::is_pointer(object) || header::kind(load(object)) != Kind::Object as u32 {
        return 0;
    }
    match vm.table_find(object, key) {
        Ok(slot) if slot.attributes & PLAIN == attributes::WRITABLE => slot.address,
        _ => 0,
    }
}

/// Attributes that tell a plain writable property.
const PLAIN: u32 = attributes::WRITABLE | attributes::ACCESSOR;

/// Whether a register holds an array.
#[inline(always)]
fn is_array(x: u32) -> bool {
    word::is_pointer(x) && header::is_array(load(x))
}

#[inline(never)]
fn test(test: u8, x: u32) -> bool {
    let value = Value::of(x);
    match Test::from_byte(test) {
        Some(Test::Int) => word::is_int(x),
        Some(Test::Number) => value.is_number(),
        Some(Test::Empty) => x == word::EMPTY,
        Some(Test::Undefined) => x == word::UNDEFINED,
        Some(Test::Nullish) => value.is_nullish(),
        Some(Test::True) => value.to_boolean(),
        None => false,
    }
}

#[inline(never)]
fn compare_integers(condition: u8, a: i32, b: i32) -> bool {
    match Condition::from_byte(condition) {
        Some(Condition::Eq) => a == b,
        Some(Condition::Ne) => a != b,
        Some(Condition::Lt) => a < b,
        Some(Condition::Le) => a <= b,
        Some(Condition::Ult) => (a as u32) < b as u32,
        Some(Condition::Ule) => a as u32 <= b as u32,
        None => false,
    }
}
