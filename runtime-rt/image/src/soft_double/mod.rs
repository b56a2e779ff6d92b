//! Addition, subtraction and multiplication of doubles, under the names that compilers give them.
//!
//! They take the place of the generic routines that come with Rust, which are weak symbols.

#[cfg(target_arch = "arm")]
mod arm;
#[cfg(target_arch = "riscv32")]
mod riscv;
