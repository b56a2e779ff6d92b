//! Serial ports, polled. `__jerboa_uart_base` is the address of the port's registers; what a boot loader would set
//! up (baud rate, pins) is only touched where the port would not send otherwise.

unsafe extern "C" {
    static mut __jerboa_uart_base: u8;
}

/// The register at byte offset `offset`.
fn register<T>(offset: usize) -> *mut T {
    (&raw mut __jerboa_uart_base).wrapping_add(offset).cast()
}

/// Sends each byte with `send`, a newline as CR LF would be wrong: the bytes are the program's.
///
/// # Safety
/// `ptr` must point to `len` readable bytes.
unsafe fn each(ptr: *const u8, len: usize, mut send: impl FnMut(u8)) {
    // SAFETY: by the contract of this function.
    for &byte in unsafe { core::slice::from_raw_parts(ptr, len) } {
        send(byte);
    }
}

/// UART of Arm's Cortex-M System Design Kit (MPS2 boards).
///
/// # Safety
/// As `jerboa_platform_write`, and the port must be at `__jerboa_uart_base`.
#[unsafe(no_mangle)]
unsafe extern "C" fn jerboa_console_cmsdk_uart(_fd: u32, ptr: *const u8, len: usize) {
    const DATA: usize = 0;
    const STATE: usize = 4;
    const CTRL: usize = 8;
    const BAUDDIV: usize = 16;
    const TX_FULL: u32 = 1;
    const TX_ENABLE: u32 = 1;
    // SAFETY: registers of the port, by the contract of this function. It sends nothing at a divisor under 16.
    unsafe {
        if register::<u32>(CTRL).read_volatile() & TX_ENABLE == 0 {
            register::<u32>(BAUDDIV).write_volatile(16);
            register::<u32>(CTRL).write_volatile(TX_ENABLE);
        }
        each(ptr, len, |byte| {
            while register::<u32>(STATE).read_volatile() & TX_FULL != 0 {}
            register::<u32>(DATA).write_volatile(byte.into());
        });
    }
}

/// NS16550 and its many relatives, byte-wide registers.
///
/// # Safety
/// As `jerboa_platform_write`, and the port must be at `__jerboa_uart_base`.
#[unsafe(no_mangle)]
unsafe extern "C" fn jerboa_console_ns16550(_fd: u32, ptr: *const u8, len: usize) {
    const DATA: usize = 0;
    const LINE_STATUS: usize = 5;
    const TX_EMPTY: u8 = 0x20;
    // SAFETY: registers of the port, by the contract of this function.
    unsafe {
        each(ptr, len, |byte| {
            while register::<u8>(LINE_STATUS).read_volatile() & TX_EMPTY == 0 {}
            register::<u8>(DATA).write_volatile(byte);
        });
    }
}

/// UART of SiFive's FE310.
///
/// # Safety
/// As `jerboa_platform_write`, and the port must be at `__jerboa_uart_base`.
#[unsafe(no_mangle)]
unsafe extern "C" fn jerboa_console_sifive_uart(_fd: u32, ptr: *const u8, len: usize) {
    const TX_DATA: usize = 0;
    const TX_CTRL: usize = 8;
    const TX_FULL: u32 = 1 << 31;
    const TX_ENABLE: u32 = 1;
    // SAFETY: registers of the port, by the contract of this function.
    unsafe {
        let control = register::<u32>(TX_CTRL);
        control.write_volatile(control.read_volatile() | TX_ENABLE);
        each(ptr, len, |byte| {
            while register::<u32>(TX_DATA).read_volatile() & TX_FULL != 0 {}
            register::<u32>(TX_DATA).write_volatile(byte.into());
        });
    }
}
