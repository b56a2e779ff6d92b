//! Start-up of Cortex-M: vector table, reset, faults.

use core::arch::global_asm;

use crate::{STATUS_BUG, STDERR, entry};

pub use crate::device::{arena, stack_bytes, stack_floor};

unsafe extern "C" {
    fn jerboa_platform_exit(status: u32) -> !;
}

// The table has the 16 entries that the architecture fixes. No interrupt is enabled, so a device's own entries are
// not needed; a fault may be caused by an overflowing stack, hence the fresh stack pointer before it is reported.
global_asm!(
    r#"
    .section .jerboa.vectors, "a", %progbits
    .global jerboa_vectors
jerboa_vectors:
    .word __jerboa_stack_top
    .word jerboa_reset
    .rept 14
    .word jerboa_fault_entry
    .endr

    .section .text.jerboa_reset, "ax", %progbits
    .global jerboa_reset
    .type jerboa_reset, %function
    .thumb_func
jerboa_reset:
    ldr r0, =__jerboa_data_start
    ldr r1, =__jerboa_data_end
    ldr r2, =__jerboa_data_load
1:  cmp r0, r1
    beq 2f
    ldr r3, [r2], #4
    str r3, [r0], #4
    b 1b
2:  ldr r1, =__jerboa_bss_end
    ldr r0, =__jerboa_bss_start
    movs r2, #0
3:  cmp r0, r1
    beq 4f
    str r2, [r0], #4
    b 3b
4:  bl jerboa_image_main
    bl jerboa_platform_exit
    .ltorg
    .size jerboa_reset, . - jerboa_reset

    .section .text.jerboa_fault_entry, "ax", %progbits
    .global jerboa_fault_entry
    .type jerboa_fault_entry, %function
    .thumb_func
jerboa_fault_entry:
    ldr r0, =__jerboa_stack_top
    mov sp, r0
    b jerboa_fault
    .ltorg
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
