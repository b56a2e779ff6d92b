//! The machine stack of compiled code.
//!
//! It begins at the end of the VM's stack area and grows down towards the tagged stack. One area serves both, so that
//! nobody has to guess how much of each a program needs, and comparing the two tops bounds recursion of every kind:
//! compiled functions do so when they begin, the runtime whenever it takes words of the tagged stack.
//!
//! WebAssembly hides its machine stack. There the size of the tagged stack alone bounds recursion: every frame takes at least
//! two words, and the limit is the variable [`jerboa_stack_limit`].

use crate::vm::Vm;

// The reserves of a device image are the addresses of these symbols. The driver finds out what an image needs
// (`cli/src/driver/stack_depth`).
#[cfg(target_os = "none")]
unsafe extern "C" {
    safe static __jerboa_native_reserve: u8;
    safe static __jerboa_entry_reserve: u8;
}

/// Bytes that stay free below the machine stack for the runtime's own frames, between two of its checks.
#[cfg(target_os = "none")]
#[inline(always)]
fn native_reserve() -> u32 {
    (&raw const __jerboa_native_reserve).addr() as u32
}

/// What a function that is entered must find free. Compiled code knows it.
#[cfg(target_os = "none")]
#[inline(always)]
fn entry_reserve() -> u32 {
    (&raw const __jerboa_entry_reserve).addr() as u32
}

/// See above; on hosts memory is plenty.
#[cfg(not(any(target_os = "none", target_arch = "wasm32")))]
fn native_reserve() -> u32 {
    16 << 10
}

/// See above.
#[cfg(not(any(target_os = "none", target_arch = "wasm32")))]
fn entry_reserve() -> u32 {
    24 << 10
}

/// What the digits of a number take, and what throwing an error instead takes.
#[cfg(not(target_arch = "wasm32"))]
const DIGITS: u32 = if cfg!(target_pointer_width = "32") { 832 } else { 8 << 10 };

/// The bytes of the VM's stack area on targets whose machine stack can not be compared. The machine stack that comes with
/// it must not exceed what browsers give, about a megabyte.
#[cfg(target_arch = "wasm32")]
pub const STACK_BYTES: u32 = 48 << 10;

/// Where compiled functions must stop, see [`jerboa_abi::entry::symbol::STACK_LIMIT`].
#[cfg(target_arch = "wasm32")]
#[unsafe(no_mangle)]
pub static jerboa_stack_limit: core::sync::atomic::AtomicU32 = core::sync::atomic::AtomicU32::new(0);

/// Bytes above that limit which entries of the runtime use without asking.
#[cfg(target_arch = "wasm32")]
const LIMIT_RESERVE: u32 = 1024;

/// The machine's stack pointer.
#[cfg(not(target_arch = "wasm32"))]
#[inline(always)]
fn stack_pointer() -> u32 {
    let sp: usize;
    // SAFETY: reads a register.
    unsafe {
        #[cfg(any(target_arch = "arm", target_arch = "aarch64"))]
        core::arch::asm!("mov {}, sp", out(reg) sp, options(nomem, nostack, preserves_flags));
        #[cfg(any(target_arch = "riscv32", target_arch = "riscv64"))]
        core::arch::asm!("mv {}, sp", out(reg) sp, options(nomem, nostack, preserves_flags));
        #[cfg(target_arch = "x86_64")]
        core::arch::asm!("mov {}, rsp", out(reg) sp, options(nomem, nostack, preserves_flags));
    }
    sp as u32
}

/// The end of what the tagged stack may use now.
#[cfg(not(target_arch = "wasm32"))]
#[inline(always)]
pub(crate) fn limit(vm: &Vm) -> u32 {
    stack_pointer() - vm.machine_reserve.get()
}

/// See above.
#[cfg(target_arch = "wasm32")]
#[inline(always)]
pub(crate) fn limit(vm: &Vm) -> u32 {
    vm.raw_globals
}

/// Whether a function can be entered with the tagged stack's top at `sp`.
#[cfg(not(target_arch = "wasm32"))]
#[inline(always)]
pub(crate) fn has_room(sp: u32) -> bool {
    // Signed: a large frame may have passed the other stack's top already.
    stack_pointer().wrapping_sub(sp) as i32 >= entry_reserve() as i32
}

/// Whether the machine stack has room for [`Vm::check_room_for_digits`] with the tagged stack's top at `sp`.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn has_room_for_digits(sp: u32) -> bool {
    stack_pointer().wrapping_sub(sp) as i32 >= DIGITS as i32
}

/// See above.
#[cfg(target_arch = "wasm32")]
#[inline(always)]
pub(super) fn has_room(sp: u32) -> bool {
    sp < jerboa_stack_limit.load(core::sync::atomic::Ordering::Relaxed)
}

/// Tells a VM that its stack area holds the machine stack too.
#[inline]
pub(super) fn share(vm: &mut Vm) {
    #[cfg(not(target_arch = "wasm32"))]
    {
        vm.machine_reserve.set(native_reserve());
        vm.native_limit.set(crate::vm::NO_LIMIT);
    }
    #[cfg(target_arch = "wasm32")]
    jerboa_stack_limit.store(vm.raw_globals - LIMIT_RESERVE, core::sync::atomic::Ordering::Relaxed);
}

/// Calls `body(vm)` with the machine stack at the end of the VM's stack area. Device images start on it: see
/// `targets/device.ld`.
///
/// # Safety
/// `vm` is a live VM that [`crate::aot::attach`] was called for, and nobody uses its stack area yet, but for the machine stack
/// of a device.
#[inline]
pub unsafe fn on_shared_stack(vm: *mut Vm, body: unsafe extern "C" fn(*mut Vm) -> u32) -> u32 {
    #[cfg(any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64"))]
    // SAFETY: the area belongs to the VM, is aligned to 16 at its new end and is large on hosts.
    unsafe {
        let end = (*vm).raw_globals & !15;
        jerboa_call_on_stack(vm, body, end as usize)
    }
    #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64")))]
    // SAFETY: passed on from the caller.
    unsafe {
        body(vm)
    }
}

#[cfg(any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64"))]
#[allow(improper_ctypes, reason = "the assembly only hands the machine on")]
unsafe extern "C" {
    fn jerboa_call_on_stack(vm: *mut Vm, body: unsafe extern "C" fn(*mut Vm) -> u32, end: usize) -> u32;
}

#[cfg(target_arch = "riscv64")]
core::arch::global_asm!(
    r#"
    .section .text.jerboa_call_on_stack, "ax", @progbits
    .global jerboa_call_on_stack
    .type jerboa_call_on_stack, @function
jerboa_call_on_stack:
    addi sp, sp, -16
    sd ra, 8(sp)
    sd s0, 0(sp)
    mv s0, sp
    mv sp, a2
    jalr a1
    mv sp, s0
    ld s0, 0(sp)
    ld ra, 8(sp)
    addi sp, sp, 16
    ret
    .size jerboa_call_on_stack, . - jerboa_call_on_stack
"#
);

#[cfg(target_arch = "x86_64")]
core::arch::global_asm!(
    r#"
    .section .text.jerboa_call_on_stack, "ax", @progbits
    .global jerboa_call_on_stack
    .type jerboa_call_on_stack, @function
jerboa_call_on_stack:
    push rbp
    mov rbp, rsp
    mov rsp, rdx
    call rsi
    mov rsp, rbp
    pop rbp
    ret
    .size jerboa_call_on_stack, . - jerboa_call_on_stack
    .section .note.GNU-stack, "", @progbits
"#
);

#[cfg(target_arch = "aarch64")]
core::arch::global_asm!(
    r#"
    .section .text.jerboa_call_on_stack, "ax", @progbits
    .global jerboa_call_on_stack
    .type jerboa_call_on_stack, @function
jerboa_call_on_stack:
    stp x29, x30, [sp, #-16]!
    mov x29, sp
    mov sp, x2
    blr x1
    mov sp, x29
    ldp x29, x30, [sp], #16
    ret
    .size jerboa_call_on_stack, . - jerboa_call_on_stack
"#
);
