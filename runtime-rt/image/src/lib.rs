//! What an image holds beside the compiled program and the runtime: start-up code, the platform functions that the
//! runtime calls, the panic handler and the numeric symbols that compiled code refers to.
//!
//! The crate is built once for a target triple, not once for a board. All that differs between boards is decided
//! when the image is linked: memory by the linker script's symbols, the console and the way to end by aliases
//! (`jerboa_console_write = jerboa_console_cmsdk_uart`), so that a board is added by a data file and code for
//! consoles that a board lacks is dropped by the linker.
//!
//! Control flow of an image: `jerboa_reset` (device), `main` (host) or `_start` (wasm) → [`image_main`] →
//! `jerboa_platform_exit`.
#![no_std]
#![cfg_attr(
    feature = "self-test",
    allow(
        dead_code,
        unused_imports,
        reason = "the self-test runs no program, so it asks for no stacks of a VM"
    )
)]
// See `memory`.
#![no_builtins]

// Its functions are only named by the program's object.
use jerboa_library as _;

mod entry;
mod marks;
mod numeric;
mod panic;
#[cfg(feature = "self-test")]
mod self_test;
#[cfg(all(target_os = "none", any(target_arch = "arm", target_arch = "riscv32")))]
mod soft_double;
mod stats;
#[cfg(feature = "sweep")]
mod sweep;

#[cfg(target_os = "none")]
mod console;
#[cfg(target_os = "none")]
mod device;
#[cfg(target_os = "none")]
mod memory;
#[cfg(all(target_os = "none", target_arch = "arm"))]
#[path = "start/arm.rs"]
mod start;
#[cfg(all(target_os = "none", any(target_arch = "riscv32", target_arch = "riscv64")))]
#[path = "start/riscv.rs"]
mod start;
#[cfg(not(any(target_os = "none", target_arch = "wasm32")))]
#[path = "start/host.rs"]
mod start;
#[cfg(target_arch = "wasm32")]
#[path = "start/wasm.rs"]
mod start;

#[cfg(not(feature = "self-test"))]
pub use entry::image_main;
#[cfg(feature = "self-test")]
pub use self_test::image_main;
pub use start::arena;
pub use stats::Stats;

/// File descriptor of the program's product.
pub const STDOUT: u32 = 1;
/// File descriptor of diagnostics: uncaught errors, `console.error`.
pub const STDERR: u32 = 2;

/// Exit status of a program that was stopped because it had used up what it was given.
pub const STATUS_STOPPED: u32 = 4;
/// Exit status that stands for a bug of Jerboa's or a machine fault.
pub const STATUS_BUG: u32 = 101;
