//! Start-up of RISC-V in machine mode, without a boot loader: reset, traps.

use core::arch::global_asm;

use crate::{STATUS_BUG, STDERR, entry};

pub use crate::device::{arena, stack_bytes, stack_floor};

unsafe extern "C" {
    fn jerboa_platform_exit(status: u32) -> !;
}

// `.jerboa.vectors` is placed first, since the boot ROMs of the boards jump to the start of flash. Harts other than
// the first one sleep. No interrupt is enabled, so every trap is a fault; an overflowing stack may have caused it,
// hence the fresh stack pointer.
global_asm!(
    r#"
    .section .jerboa.vectors, "ax", @progbits
    .global jerboa_reset
    .type jerboa_reset, @function
jerboa_reset:
    .option push
    .option norelax
    la gp, __global_pointer$
    .option pop
    csrr t0, mhartid
    bnez t0, 9f
    la sp, __jerboa_stack_top
    la t0, jerboa_fault_entry
    csrw mtvec, t0
    la a0, __jerboa_data_start
    la a1, __jerboa_data_end
    la a2, __jerboa_data_load
1:  beq a0, a1, 2f
    lw a3, 0(a2)
    sw a3, 0(a0)
    addi a0, a0, 4
    addi a2, a2, 4
    j 1b
2:  la a0, __jerboa_bss_start
    la a1, __jerboa_bss_end
3:  beq a0, a1, 4f
    sw zero, 0(a0)
    addi a0, a0, 4
    j 3b
4:  call jerboa_image_main
    call jerboa_platform_exit
9:  wfi
    j 9b
    .size jerboa_reset, . - jerboa_reset

    .section .text.jerboa_fault_entry, "ax", @progbits
    .type jerboa_fault_entry, @function
    .p2align 2
jerboa_fault_entry:
    la sp, __jerboa_stack_top
    tail jerboa_fault
    .size jerboa_fault_entry, . - jerboa_fault_entry
"#
);

#[unsafe(no_mangle)]
extern "C" fn jerboa_image_main() -> u32 {
    crate::image_main()
}

#[unsafe(no_mangle)]
extern "C" fn jerboa_fault() -> ! {
    entry::write(STDERR, b"jerboa: machine fault\n");
    // SAFETY: ends the image; the faulted program does not go on.
    unsafe { jerboa_platform_exit(STATUS_BUG) }
}
